/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-sync-private.h"

/* A server that was put back to an older copy of itself (R34): what it had acknowledged is compared with what it holds now, and sent
 * again where it is lost. What is in doubt is marked in the store, so that a program which ends meanwhile goes on at its next start. */

typedef struct
{
  ZcSync *sync;
  char   *dossier; /* as it was called before */
  char   *json;    /* (nullable) */
} Recovery;

static void
recovery_free (Recovery *recovery)
{
  g_object_unref (recovery->sync);
  g_free (recovery->dossier);
  g_free (recovery->json);
  g_free (recovery);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recovery, recovery_free)

/* --- a dossier that is gone with the server's memory --- */

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Recovery) recovery = user_data;
  ZcSync *self = recovery->sync;
  g_autoptr (GError) error = NULL;

  if (!zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    g_warning ("a dossier that the server lost stays on this computer alone: %s", error->message);
  else if (self->running)
    {
      zc_sync_tell_gone (self, recovery->dossier); /* under its old id */
      zc_sync_tell_changes (self);
      zc_sync_work_soon (self, 0);
    }
}

static void
take_begun (Recovery *recovery, ZcDossier *begun)
{
  g_autofree char *json = zc_dossier_to_json (begun);
  const char *id = zc_dossier_get_id (begun);

  zc_local_store_move_dossier_async (recovery->sync->store, recovery->dossier, id, json, moved_cb, recovery);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Recovery) recovery = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) begun = zc_client_create_dossier_finish (ZC_CLIENT (source), result, &error);

  if (begun != NULL)
    take_begun (g_steal_pointer (&recovery), begun);
  else
    g_message ("a dossier that the server lost cannot be begun anew now: %s", error->message);
}

/* The old id is the key: however often and on however many computers this is tried, one dossier comes of it. */
static void
begin_anew (Recovery *recovery)
{
  g_autoptr (ZcDossier) lost = zc_dossier_new_from_text (recovery->json);
  ZcTarget target;

  if (lost == NULL)
    {
      recovery_free (recovery);
      return;
    }
  target = (ZcTarget){ .unit = zc_dossier_get_target_id (lost, "unit"),
                       .series = zc_dossier_get_target_id (lost, "series"),
                       .level = zc_dossier_get_target_id (lost, "level"),
                       .committee = zc_dossier_get_target_id (lost, "committee"),
                       .body = zc_dossier_get_target_id (lost, "body") };
  if (target.committee == NULL) /* else it follows from the committee */
    target.office = zc_dossier_get_target_id (lost, "office");
  zc_client_create_dossier_async (recovery->sync->client, zc_dossier_get_business (lost), &target, recovery->dossier,
                                  recovery->sync->cancellable, begun_cb, recovery);
}

static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Recovery) recovery = user_data;

  recovery->json = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  if (recovery->json != NULL && recovery->sync->running)
    begin_anew (g_steal_pointer (&recovery));
}

/* --- what is in doubt --- */

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Recovery) recovery = user_data;
  ZcSync *self = recovery->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_sync_pull_finish (ZC_SYNC (source), result, &error);

  if (dossier != NULL)
    zc_sync_work_soon (self, 0);
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND) && self->running)
    {
      const char *lost = recovery->dossier;

      zc_local_store_get_dossier_async (self->store, lost, known_cb, g_steal_pointer (&recovery));
    }
}

static void
doubtful_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSync) self = user_data;
  g_autoptr (GPtrArray) list = zc_local_store_list_dossiers_finish (ZC_LOCAL_STORE (source), result, NULL);

  for (guint i = 0; list != NULL && self->running && i < list->len; i++)
    {
      Recovery *recovery = g_new0 (Recovery, 1);

      recovery->sync = g_object_ref (self);
      recovery->dossier = g_strdup (g_ptr_array_index (list, i));
      zc_sync_pull_async (self, recovery->dossier, self->cancellable, pulled_cb, recovery);
    }
}

static void
epoch_noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSync) self = user_data;
  g_autofree char *before = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);

  if (!self->running)
    return;
  if (before != NULL)
    {
      g_message ("the server was put back to an older state; what is here is compared with it");
      zc_sync_tell_changes (self);
    }
  zc_local_store_list_doubtful_async (self->store, doubtful_cb, g_object_ref (self));
}

/* The cursor is "EPOCH.SEQ" (decisions 21). What a former run knew is in the store: also one that slept meanwhile notices. */
void
zc_sync_note_epoch (ZcSync *self)
{
  const char *dot = self->cursor != NULL ? strrchr (self->cursor, '.') : NULL;
  g_autofree char *epoch = dot != NULL ? g_strndup (self->cursor, (gsize) (dot - self->cursor)) : NULL;

  if (epoch != NULL && g_set_str (&self->epoch, epoch))
    zc_local_store_note_epoch_async (self->store, epoch, epoch_noted_cb, g_object_ref (self));
}
