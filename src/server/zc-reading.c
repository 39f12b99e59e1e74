/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-reading.h"
#include "zc-server.h"
#include "zc-writer.h"

/* Readings are noted by a small job of the writer's, so that reading itself stays on the readers'
 * threads. */

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  ZcJob job;
  char *dossier;
  char *membership;
  char *account;
  char *body;
  ZcTime at;
} Note;

static gboolean
run_note (ZcJob *job, ZcStore *store, GError **error)
{
  const Note *note = (const Note *)job;

  return zc_store_exec (store, error,
                        "INSERT INTO reading (dossier, membership, hour, account, body, at) VALUES "
                        "($1, $2, $3, $4, $5, $6)"
                        " ON CONFLICT (dossier, membership, hour) DO NOTHING",
                        ZC_TEXT (note->dossier), ZC_TEXT (note->membership),
                        ZC_INT (note->at / HOUR_MS), ZC_TEXT (note->account), ZC_TEXT (note->body),
                        ZC_INT (note->at));
}

static void
free_note (Note *note)
{
  g_free (note->dossier);
  g_free (note->membership);
  g_free (note->account);
  g_free (note->body);
  g_free (note);
}

static void
finish_note (ZcJob *job, const GError *error)
{
  if (error != NULL)
    g_warning ("a reading could not be noted: %s", error->message);
  free_note ((Note *)job);
}

/**
 * zc_reading_note:
 * @dossier: what is read
 * @request: by whom
 *
 * Notes the reading when it is staff's; the owner's is nobody's business.
 */
void
zc_reading_note (const ZcDossier *dossier, ZcRequest *request)
{
  g_autoptr (GError) error = NULL;
  Note *note;

  if (request->caller.membership == NULL)
    return;
  note = g_new0 (Note, 1);
  note->job.run = run_note;
  note->job.finish = finish_note;
  note->dossier = g_strdup (dossier->id);
  note->membership = g_strdup (request->caller.membership);
  note->account = g_strdup (request->caller.account);
  note->body = g_strdup (request->caller.body);
  note->at = request->received;
  if (zc_writer_push (request->server->writer, &note->job, &error))
    return;
  finish_note (&note->job, error);
}
