/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-housekeeping.h"
#include "zc-server.h"
#include "zc-writer.h"

/* Kept answers past their hours, rows of the feed past their days, counted tries whose span is over, codes and sessions long dead. */

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
                        ZC_INT (work->now - work->config->idempotency_hours * HOUR_MS)) &&
         zc_store_exec (store, error, "DELETE FROM attempt WHERE until <= $1", ZC_INT (work->now)) &&
         zc_store_exec (store, error, "DELETE FROM code WHERE expires_at <= $1", ZC_INT (work->now - DAY_MS));
}

/* The floor moves first: a cursor below it is told to begin anew, as what it missed may be gone. */
static gboolean
clear_feed (ZcStore *store, gpointer data, GError **error)
{
  const Work *work = data;
  ZcTime before = work->now - work->config->change_days * DAY_MS;

  return zc_store_exec (store, error,
                        "INSERT INTO setting (name, value) SELECT 'change_floor', CAST (max (seq) AS TEXT) FROM change "
                        "WHERE at < $1 HAVING max (seq) IS NOT NULL "
                        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        ZC_INT (before)) &&
         zc_store_exec (store, error, "DELETE FROM change WHERE at < $1", ZC_INT (before));
}

static gboolean
clear_sessions (ZcStore *store, gpointer data, GError **error)
{
  const Work *work = data;
  ZcTime before = work->now - DEAD_DAYS * DAY_MS;

  return zc_store_exec (store, error,
                        "DELETE FROM session WHERE ended_at < $1 OR expires_at < $1 OR last_used_at < $2",
                        ZC_INT (before), ZC_INT (before - work->config->applicant_idle_days * DAY_MS));
}

void
zc_housekeeping_run (ZcServer *server, ZcTime now)
{
  static const ZcWriteFunc chores[] = { clear_answers, clear_feed, clear_sessions };
  Work work = { server->config, now };

  for (guint i = 0; i < G_N_ELEMENTS (chores); i++)
    {
      g_autoptr (GError) error = NULL;

      if (!zc_writer_run (server->writer, chores[i], &work, &error))
        g_warning ("housekeeping: %s", error->message);
    }
}
