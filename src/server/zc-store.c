/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-store-private.h"

/* What every database shares: dispatch, transactions in plain SQL, and the notes of who is to be
 * woken. */

G_DEFINE_QUARK (zc - store - error, zc_store_error)

void
zc_store_close (ZcStore *store)
{
  if (store == NULL)
    return;
  g_clear_pointer (&store->notes, g_ptr_array_unref);
  store->ops->close (store);
}

/**
 * zc_store_exec_values:
 * @store: a connection
 * @sql: a string literal
 * @values: its parameters, $1 first
 *
 * Runs a statement that gives no rows. Use zc_store_exec().
 */
gboolean
zc_store_exec_values (
    ZcStore *store, const char *sql, const ZcValue *values, guint n_values, GError **error)
{
  return store->ops->exec (store, sql, values, n_values, error);
}

/**
 * zc_store_query_values:
 * @store: a connection
 * @sql: a string literal
 * @values: its parameters, $1 first
 *
 * Starts a query. Use zc_store_query().
 *
 * Returns: (transfer full): its rows; failures are told by zc_rows_end()
 */
ZcRows *
zc_store_query_values (ZcStore *store, const char *sql, const ZcValue *values, guint n_values)
{
  return store->ops->query (store, sql, values, n_values);
}

gint64
zc_store_changes (ZcStore *store)
{
  return store->ops->changes (store);
}

gboolean
zc_store_run_script (ZcStore *store, const char *script, GError **error)
{
  return store->ops->script (store, script, error);
}

int
zc_store_get_version (ZcStore *store, GError **error)
{
  return store->ops->version (store, error);
}

gboolean
zc_store_set_version (ZcStore *store, int version, GError **error)
{
  return store->ops->set_version (store, version, error);
}

gboolean
zc_store_checkpoint (ZcStore *store, gboolean restart, GError **error)
{
  return store->ops->checkpoint (store, restart, error);
}

gint64
zc_store_log_bytes (ZcStore *store)
{
  return store->ops->log_bytes (store);
}

gboolean
zc_store_in_transaction (ZcStore *store)
{
  return store->ops->in_transaction (store);
}

guint64
zc_store_access_changes (ZcStore *store)
{
  return store->ops->access_changes (store);
}

static gboolean
begin (ZcStore *store, gboolean bold, GError **error)
{
  store->bold = bold;
  store->spoilt = FALSE;
  store->depth = 0;
  return store->ops->begin (store, error);
}

gboolean
zc_store_begin (ZcStore *store, GError **error)
{
  return begin (store, FALSE, error);
}

gboolean
zc_store_begin_bold (ZcStore *store, GError **error)
{
  return begin (store, TRUE, error);
}

gboolean
zc_store_is_spoilt (ZcStore *store)
{
  return store->spoilt;
}

gboolean
zc_store_commit (ZcStore *store, GError **error)
{
  return zc_store_exec (store, error, "COMMIT");
}

void
zc_store_rollback (ZcStore *store)
{
  g_autoptr (GError) error = NULL;

  if (!zc_store_exec (store, &error, "ROLLBACK"))
    g_debug ("rollback: %s", error->message);
}

gboolean
zc_store_savepoint (ZcStore *store, GError **error)
{
  if (!store->bold)
    return zc_store_exec (store, error, "SAVEPOINT request");
  g_return_val_if_fail (store->depth < ZC_STORE_MAX_DEPTH, FALSE);
  store->marks[store->depth++] = store->ops->total_changes (store);
  return TRUE;
}

gboolean
zc_store_release (ZcStore *store, GError **error)
{
  if (!store->bold)
    return zc_store_exec (store, error, "RELEASE SAVEPOINT request");
  store->depth--;
  return TRUE;
}

/* Undoes what was written since zc_store_savepoint() and closes it. */
void
zc_store_rollback_to (ZcStore *store)
{
  g_autoptr (GError) error = NULL;

  if (store->bold)
    {
      store->spoilt |= store->marks[--store->depth] != store->ops->total_changes (store);
      return;
    }
  if (!zc_store_exec (store, &error, "ROLLBACK TO SAVEPOINT request")
      || !zc_store_exec (store, &error, "RELEASE SAVEPOINT request"))
    g_debug ("rollback to savepoint: %s", error->message);
}

/**
 * zc_store_note:
 * @store: the writer's connection
 * @name: an audience, or "outbox"
 *
 * Remembers who is to be woken once the present transaction is durable.
 */
void
zc_store_note (ZcStore *store, const char *name)
{
  if (store->notes == NULL)
    store->notes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (store->notes, g_strdup (name));
}

GPtrArray *
zc_store_take_notes (ZcStore *store)
{
  return g_steal_pointer (&store->notes);
}

gboolean
zc_rows_next (ZcRows *rows)
{
  return rows->error == NULL && rows->store->ops->next (rows);
}

gboolean
zc_rows_end (ZcRows *rows, GError **error)
{
  if (rows->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&rows->error));
  return FALSE;
}

void
zc_rows_free (ZcRows *rows)
{
  if (rows == NULL)
    return;
  g_clear_error (&rows->error);
  rows->store->ops->free_rows (rows);
}

const char *
zc_rows_text (ZcRows *rows, int column)
{
  return rows->store->ops->text (rows, column);
}

char *
zc_rows_dup_text (ZcRows *rows, int column)
{
  return g_strdup (zc_rows_text (rows, column));
}

gint64
zc_rows_integer (ZcRows *rows, int column)
{
  return rows->store->ops->integer (rows, column);
}

const void *
zc_rows_blob (ZcRows *rows, int column, gsize *size)
{
  return rows->store->ops->blob (rows, column, size);
}

gboolean
zc_rows_is_null (ZcRows *rows, int column)
{
  return rows->store->ops->is_null (rows, column);
}
