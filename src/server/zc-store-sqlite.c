/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include <sqlite3.h>

#include "zc-store-private.h"

/* SQLite: WAL, every commit synced (measured: synchronous=NORMAL lost 231 of 600 states), 8 KB pages,
 * checkpoints left to a thread of their own. Statements are kept by the address of their text. */

#define MAX_VALUES 40
#define PAGE_BYTES 8192
#define COPY_BELOW                                                                                 \
  512 /* smaller values are copied at binding: they may live in a scope that ends first */

typedef struct
{
  sqlite3_stmt *handle;
  gboolean in_use;
  gboolean cached;
  guint n_values;
  int places[MAX_VALUES]; /* "$n" is a named parameter, numbered by where it first appears */
} Statement;

typedef struct
{
  ZcStore base;
  sqlite3 *handle;
  GHashTable *statements; /* address of the text → Statement */
  gint64 log_pages;       /* after the last commit */
  guint64 access_changes;
} SqliteStore;

typedef struct
{
  ZcRows base;
  Statement *statement;
  gboolean done; /* stepping once more would begin anew */
} SqliteRows;

static ZcStoreError
error_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CONSTRAINT:
      return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY
                 ? ZC_STORE_ERROR_UNIQUE
                 : ZC_STORE_ERROR_CHECK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ZC_STORE_ERROR_BUSY;
    case SQLITE_FULL:
      return ZC_STORE_ERROR_FULL;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
      return ZC_STORE_ERROR_IO;
    default:
      return ZC_STORE_ERROR_SQL;
    }
}

static void
set_error (sqlite3 *handle, GError **error)
{
  const char *message = sqlite3_errmsg (handle);
  ZcStoreError code = error_code (sqlite3_extended_errcode (handle));

  if (code == ZC_STORE_ERROR_UNIQUE && g_str_has_prefix (message, "UNIQUE constraint failed: "))
    message += strlen ("UNIQUE constraint failed: ");
  g_set_error_literal (error, ZC_STORE_ERROR, code, message);
}

static void
free_statement (Statement *statement)
{
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

static void
find_places (Statement *statement)
{
  char name[8];

  for (guint i = 0; i < MAX_VALUES; i++)
    {
      g_snprintf (name, sizeof name, "$%u", i + 1);
      statement->places[i] = sqlite3_bind_parameter_index (statement->handle, name);
    }
  statement->n_values = (guint)sqlite3_bind_parameter_count (statement->handle);
}

static Statement *
prepare_statement (SqliteStore *store, const char *sql, gboolean cached, GError **error)
{
  Statement *statement = g_new0 (Statement, 1);

  if (sqlite3_prepare_v3 (store->handle, sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0,
                          &statement->handle, NULL)
      != SQLITE_OK)
    {
      set_error (store->handle, error);
      g_free (statement);
      return NULL;
    }
  statement->cached = cached;
  find_places (statement);
  if (cached)
    g_hash_table_insert (store->statements, (gpointer)sql, statement);
  return statement;
}

/* A statement ready to bind; the same text twice at a time gets a second one. */
static Statement *
take_statement (SqliteStore *store, const char *sql, GError **error)
{
  Statement *statement = g_hash_table_lookup (store->statements, sql);

  if (statement == NULL || statement->in_use)
    statement = prepare_statement (store, sql, statement == NULL, error);
  if (statement != NULL)
    statement->in_use = TRUE;
  return statement;
}

static void
give_back (Statement *statement)
{
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->in_use = FALSE;
  if (!statement->cached)
    free_statement (statement);
}

static int
bind_value (sqlite3_stmt *handle, int place, const ZcValue *value)
{
  gsize size = value->size < 0 && value->data != NULL ? strlen (value->data) : (gsize)value->size;
  sqlite3_destructor_type keep = size < COPY_BELOW ? SQLITE_TRANSIENT : SQLITE_STATIC;

  switch (value->type)
    {
    case ZC_VALUE_INTEGER:
      return sqlite3_bind_int64 (handle, place, value->integer);
    case ZC_VALUE_TEXT:
      return sqlite3_bind_text64 (handle, place, value->data, size, keep, SQLITE_UTF8);
    case ZC_VALUE_BLOB:
      return sqlite3_bind_blob64 (handle, place, value->data, size, keep);
    case ZC_VALUE_NULL:
    default:
      return sqlite3_bind_null (handle, place);
    }
}

static Statement *
start (SqliteStore *store, const char *sql, const ZcValue *values, guint n_values, GError **error)
{
  Statement *statement = take_statement (store, sql, error);

  if (statement == NULL)
    return NULL;
  if (n_values != statement->n_values || n_values > MAX_VALUES)
    {
      g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_SQL, "%u values for: %s", n_values, sql);
      give_back (statement);
      return NULL;
    }
  for (guint i = 0; i < n_values; i++)
    if (bind_value (statement->handle, statement->places[i], &values[i]) != SQLITE_OK)
      {
        set_error (store->handle, error);
        give_back (statement);
        return NULL;
      }
  return statement;
}

static gboolean
sqlite_exec (ZcStore *base, const char *sql, const ZcValue *values, guint n_values, GError **error)
{
  SqliteStore *store = (SqliteStore *)base;
  Statement *statement = start (store, sql, values, n_values, error);
  int code;

  if (statement == NULL)
    return FALSE;
  do
    code = sqlite3_step (statement->handle);
  while (code == SQLITE_ROW);
  if (code != SQLITE_DONE)
    set_error (store->handle, error);
  give_back (statement);
  return code == SQLITE_DONE;
}

static ZcRows *
sqlite_query (ZcStore *base, const char *sql, const ZcValue *values, guint n_values)
{
  SqliteRows *rows = g_new0 (SqliteRows, 1);

  rows->base.store = base;
  rows->statement = start ((SqliteStore *)base, sql, values, n_values, &rows->base.error);
  return &rows->base;
}

static gint64
sqlite_changes (ZcStore *base)
{
  return sqlite3_changes64 (((SqliteStore *)base)->handle);
}

static gint64
sqlite_total_changes (ZcStore *base)
{
  return sqlite3_total_changes64 (((SqliteStore *)base)->handle);
}

static gboolean
sqlite_script (ZcStore *base, const char *script, GError **error)
{
  SqliteStore *store = (SqliteStore *)base;

  if (sqlite3_exec (store->handle, script, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (store->handle, error);
  return FALSE;
}

static int
sqlite_version (ZcStore *base, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (base, "PRAGMA user_version");
  int version = zc_rows_next (rows) ? (int)zc_rows_integer (rows, 0) : -1;

  return zc_rows_end (rows, error) ? version : -1;
}

static gboolean
sqlite_set_version (ZcStore *base, int version, GError **error)
{
  g_autofree char *script = g_strdup_printf ("PRAGMA user_version = %d", version);

  return sqlite_script (base, script, error);
}

/* A writing connection takes the lock at once: a transaction that began by reading could not become
 * a writing one. */
static gboolean
sqlite_begin (ZcStore *base, GError **error)
{
  if (sqlite3_db_readonly (((SqliteStore *)base)->handle, "main"))
    return zc_store_exec (base, error, "BEGIN");
  return zc_store_exec (base, error, "BEGIN IMMEDIATE");
}

static gboolean
sqlite_checkpoint (ZcStore *base, gboolean restart, GError **error)
{
  SqliteStore *store = (SqliteStore *)base;
  int mode = restart ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
  int code = sqlite3_wal_checkpoint_v2 (store->handle, "main", mode, NULL, NULL);

  if (code == SQLITE_OK || code == SQLITE_BUSY)
    return TRUE;
  set_error (store->handle, error);
  return FALSE;
}

static gint64
sqlite_log_bytes (ZcStore *base)
{
  return ((SqliteStore *)base)->log_pages * PAGE_BYTES;
}

static gboolean
sqlite_in_transaction (ZcStore *base)
{
  return !sqlite3_get_autocommit (((SqliteStore *)base)->handle);
}

static guint64
sqlite_access_changes (ZcStore *base)
{
  return ((SqliteStore *)base)->access_changes;
}

static void
update_cb (void *data, int operation, const char *database, const char *table, sqlite3_int64 row)
{
  static const char *const tables[] = { "session", "membership", "account", "body", NULL };

  if (g_strv_contains (tables, table))
    ((SqliteStore *)data)->access_changes++;
}

/* Statistics of memory cost a lock at every allocation. */
static gpointer
configure (gpointer data)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  return NULL;
}

static int
log_cb (void *data, sqlite3 *handle, const char *name, int pages)
{
  ((SqliteStore *)data)->log_pages = pages;
  return SQLITE_OK;
}

static void
sqlite_close (ZcStore *base)
{
  SqliteStore *store = (SqliteStore *)base;

  g_clear_pointer (&store->statements, g_hash_table_unref);
  sqlite3_close (store->handle);
  g_free (store);
}

static gboolean
sqlite_next (ZcRows *base)
{
  SqliteRows *rows = (SqliteRows *)base;
  int code = rows->done ? SQLITE_DONE : sqlite3_step (rows->statement->handle);

  rows->done = code != SQLITE_ROW;
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    set_error (((SqliteStore *)base->store)->handle, &base->error);
  return code == SQLITE_ROW;
}

static void
sqlite_free_rows (ZcRows *base)
{
  SqliteRows *rows = (SqliteRows *)base;

  if (rows->statement != NULL)
    give_back (rows->statement);
  g_free (rows);
}

static const char *
sqlite_text (ZcRows *rows, int column)
{
  return (const char *)sqlite3_column_text (((SqliteRows *)rows)->statement->handle, column);
}

static gint64
sqlite_integer (ZcRows *rows, int column)
{
  return sqlite3_column_int64 (((SqliteRows *)rows)->statement->handle, column);
}

static const void *
sqlite_blob (ZcRows *rows, int column, gsize *size)
{
  sqlite3_stmt *handle = ((SqliteRows *)rows)->statement->handle;
  const void *data = sqlite3_column_blob (handle, column);

  if (size != NULL)
    *size = (gsize)sqlite3_column_bytes (handle, column);
  return data;
}

static gboolean
sqlite_is_null (ZcRows *rows, int column)
{
  return sqlite3_column_type (((SqliteRows *)rows)->statement->handle, column) == SQLITE_NULL;
}

static const ZcStoreOps sqlite_ops = {
  .exec = sqlite_exec,
  .query = sqlite_query,
  .changes = sqlite_changes,
  .total_changes = sqlite_total_changes,
  .script = sqlite_script,
  .version = sqlite_version,
  .set_version = sqlite_set_version,
  .begin = sqlite_begin,
  .checkpoint = sqlite_checkpoint,
  .log_bytes = sqlite_log_bytes,
  .in_transaction = sqlite_in_transaction,
  .access_changes = sqlite_access_changes,
  .close = sqlite_close,
  .next = sqlite_next,
  .free_rows = sqlite_free_rows,
  .text = sqlite_text,
  .integer = sqlite_integer,
  .blob = sqlite_blob,
  .is_null = sqlite_is_null,
};

/* page_size counts only for a file that is still empty. */
static const char settings[] = "PRAGMA busy_timeout = 5000;"
                               "PRAGMA page_size = 8192;"
                               "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA wal_autocheckpoint = 0;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA cache_size = -16384;";

/**
 * zc_store_open_sqlite:
 * @path: the database file; made where it is missing and @read_only is not set
 * @read_only: for reader threads
 *
 * Returns: (transfer full): a connection for one thread at a time, or %NULL with @error
 */
ZcStore *
zc_store_open_sqlite (const char *path, gboolean read_only, GError **error)
{
  int flags = SQLITE_OPEN_NOMUTEX
              | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  SqliteStore *store = g_new0 (SqliteStore, 1);
  static GOnce once = G_ONCE_INIT;

  g_once (&once, configure, NULL);
  store->base.ops = &sqlite_ops;
  store->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)free_statement);
  if (sqlite3_open_v2 (path, &store->handle, flags, NULL) != SQLITE_OK
      || sqlite3_extended_result_codes (store->handle, 1) != SQLITE_OK
      || sqlite3_exec (store->handle,
                       read_only ? strstr (settings, "PRAGMA foreign_keys") : settings, NULL, NULL,
                       NULL)
             != SQLITE_OK
      || sqlite3_busy_timeout (store->handle, 5000) != SQLITE_OK)
    {
      set_error (store->handle, error);
      g_prefix_error (error, "%s: ", path);
      sqlite_close (&store->base);
      return NULL;
    }
  sqlite3_wal_hook (store->handle, log_cb, store);
  sqlite3_update_hook (store->handle, update_cb, store);
  return &store->base;
}
