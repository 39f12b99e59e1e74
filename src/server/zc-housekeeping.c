/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-housekeeping.h"
#include "zc-server.h"
#include "zc-writer.h"

/* Images that nothing has named for days, kept answers past their hours, rows of the feed past
 * their days, counted tries whose span is over, codes and sessions long dead. */

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define DAY_MS (24 * HOUR_MS)
#define DEAD_DAYS 30

typedef struct
{
  const ZcConfig *config;
  ZcTime now;
} Work;

gboolean
zc_housekeeping_is_due (ZcTime last, ZcTime now)
{
  return now - last >= HOUR_MS || now < last;
}

static gboolean
clear_answers (ZcStore *store, gpointer data, GError **error)
{
  const Work *work = data;

  return zc_store_exec (store, error, "DELETE FROM idempotency WHERE at <= $1",
                        ZC_INT (work->now - work->config->idempotency_hours * HOUR_MS))
         && zc_store_exec (store, error, "DELETE FROM attempt WHERE until <= $1",
                           ZC_INT (work->now))
         && zc_store_exec (store, error, "DELETE FROM code WHERE expires_at <= $1",
                           ZC_INT (work->now - DAY_MS));
}

/* An invitation names a person: nothing of that is kept once it is long over. */
static gboolean
clear_invitations (ZcStore *store, gpointer data, GError **error)
{
  const Work *work = data;

  return zc_store_exec (store, error, "DELETE FROM invitation WHERE expires_at <= $1",
                        ZC_INT (work->now - DEAD_DAYS * DAY_MS));
}

/* The floor moves first: a cursor below it is told to begin anew, as what it missed may be gone. */
static gboolean
clear_feed (ZcStore *store, gpointer data, GError **error)
{
  const Work *work = data;
  ZcTime before = work->now - work->config->change_days * DAY_MS;

  return zc_store_exec (store, error,
                        "INSERT INTO setting (name, value) SELECT 'change_floor', CAST (max (seq) "
                        "AS TEXT) FROM change "
                        "WHERE at < $1 HAVING max (seq) IS NOT NULL "
                        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        ZC_INT (before))
         && zc_store_exec (store, error, "DELETE FROM change WHERE at < $1", ZC_INT (before));
}

static gboolean
clear_sessions (ZcStore *store, gpointer data, GError **error)
{
  const Work *work = data;
  ZcTime before = work->now - DEAD_DAYS * DAY_MS;

  return zc_store_exec (
      store, error,
      "DELETE FROM session WHERE ended_at < $1 OR expires_at < $1 OR last_used_at < $2",
      ZC_INT (before), ZC_INT (before - work->config->applicant_idle_days * DAY_MS));
}

/* --- images that nothing names
 * ---------------------------------------------------------------------------- */

#define IMAGES_AT_ONCE 100

typedef struct
{
  ZcServer *server;
  ZcTime before;
  GPtrArray *digests; /* (nullable): without a row since the last step */
} Sweep;

/* First the rows: when they are gone for good, the bytes may go. */
static gboolean
forget_images (ZcStore *store, gpointer data, GError **error)
{
  Sweep *sweep = data;
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT i.sha256 FROM image i WHERE i.touched_at < $1 "
      "AND NOT EXISTS (SELECT 1 FROM section_image s WHERE s.sha256 = i.sha256) "
      "AND NOT EXISTS (SELECT 1 FROM submission_image m WHERE m.sha256 = i.sha256) "
      "ORDER BY i.touched_at LIMIT $2",
      ZC_INT (sweep->before), ZC_INT (IMAGES_AT_ONCE));

  g_ptr_array_set_size (sweep->digests, 0);
  while (zc_rows_next (rows))
    g_ptr_array_add (sweep->digests, zc_rows_dup_text (rows, 0));
  if (!zc_rows_end (rows, error))
    return FALSE;
  for (guint i = 0; i < sweep->digests->len; i++)
    if (!zc_store_exec (store, error, "DELETE FROM image_owner WHERE sha256 = $1",
                        ZC_TEXT (sweep->digests->pdata[i]))
        || !zc_store_exec (store, error, "DELETE FROM image WHERE sha256 = $1",
                           ZC_TEXT (sweep->digests->pdata[i])))
      return FALSE;
  return TRUE;
}

static gboolean
has_row (ZcStore *store, const char *sha256, gboolean *found, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT 1 FROM image WHERE sha256 = $1", ZC_TEXT (sha256));

  *found = zc_rows_next (rows);
  return zc_rows_end (rows, error);
}

/* In the writer as well: an upload of the same picture writes its row before this, and then it
 * stays, or after it, and then is told to come again, since its file is gone (zc-engine.c). */
static gboolean
remove_files (ZcStore *store, gpointer data, GError **error)
{
  Sweep *sweep = data;
  gboolean found;

  for (guint i = 0; i < sweep->digests->len; i++)
    {
      if (!has_row (store, sweep->digests->pdata[i], &found, error))
        return FALSE;
      if (!found && !zc_blobs_remove (sweep->server->blobs, sweep->digests->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
sweep_images (ZcServer *server, ZcTime now, GError **error)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  Sweep sweep = { server, now - server->config->image_days * DAY_MS, digests };

  do
    if (!zc_writer_run (server->writer, forget_images, &sweep, error)
        || !zc_writer_run (server->writer, remove_files, &sweep, error))
      return FALSE;
  while (digests->len == IMAGES_AT_ONCE);
  return TRUE;
}

void
zc_housekeeping_run (ZcServer *server, ZcTime now)
{
  static const ZcWriteFunc chores[] = { clear_answers, clear_invitations, clear_feed, clear_sessions };
  Work work = { server->config, now };
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (chores); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!zc_writer_run (server->writer, chores[i], &work, &error))
        g_warning ("housekeeping: %s", error->message);
    }
  if (!sweep_images (server, now, &failure))
    g_warning ("housekeeping: images: %s", failure->message);
}
