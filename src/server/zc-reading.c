/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-reading.h"

/* Readings stay on the readers' threads: the first of an hour waits for one commit, which it shares
 * with whatever is written just then; each after that looks up one row, which the reader sees only once
 * it is on the disk. So the promise that nothing is shown before it is on record costs less than it
 * did to write behind every answer, and holds for all that staff read, not for the masked alone. */

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * zc_reading_note:
 * @request: by whom
 * @act: (transfer none): ZC_READING_…, static
 * @dossier: what is read, or by which it came
 * @store: the reader's
 * @error: of the store
 *
 * Sees to it that a reading is in the record before its answer goes (P15, P20), when it is staff's; the
 * owner's is nobody's business.
 *
 * Returns: %FALSE when that cannot be known
 */
gboolean
zc_reading_note (ZcRequest *request,
                 const char *act,
                 const char *dossier,
                 ZcStore *store,
                 GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (request->caller.membership == NULL)
    return TRUE;
  rows = zc_store_query (store,
                         "SELECT 1 FROM reading WHERE dossier = $1 AND membership = $2"
                         " AND hour = $3 AND act = $4",
                         ZC_TEXT (dossier), ZC_TEXT (request->caller.membership),
                         ZC_INT (request->received / HOUR_MS), ZC_TEXT (act));
  if (!zc_rows_next (rows))
    {
      request->reading = act;
      g_free (request->reading_dossier);
      request->reading_dossier = g_strdup (dossier);
    }
  return zc_rows_end (rows, error);
}

/**
 * zc_reading_write:
 * @request: with a reading
 * @store: the writer's
 * @error: of the store
 *
 * Writes what zc_reading_note() has found missing.
 *
 * Returns: whether it stands in the record
 */
gboolean
zc_reading_write (const ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcCaller *caller = &request->caller;

  return zc_store_exec (
      store, error,
      "INSERT INTO reading (dossier, membership, hour, act, account, body, at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dossier, membership, hour, act) DO NOTHING",
      ZC_TEXT (request->reading_dossier), ZC_TEXT (caller->membership),
      ZC_INT (request->received / HOUR_MS), ZC_TEXT (request->reading), ZC_TEXT (caller->account),
      ZC_TEXT (caller->body), ZC_INT (request->received));
}
