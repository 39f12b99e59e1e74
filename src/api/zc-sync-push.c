/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-sync-private.h"

/* One turn after the other: list what is unsent, take the first that may travel, send it, list again. What goes
 * first is chosen in zc-sync-choose.c, sent in zc-sync-send.c. */

static void
turn_free (ZcSyncTurn *turn)
{
  g_object_unref (turn->sync);
  g_clear_object (&turn->cancellable);
  g_clear_pointer (&turn->images, g_ptr_array_unref);
  g_clear_pointer (&turn->row, zc_stored_section_free);
  g_free (turn->sha256);
  g_free (turn);
}

static void work (ZcSync *self);

static gboolean
work_cb (gpointer user_data)
{
  ZcSync *self = user_data;

  self->work_id = 0;
  work (self);
  return G_SOURCE_REMOVE;
}

/* The sooner of two wishes counts: what is not settled by then says itself how long it takes. */
void
zc_sync_work_soon (ZcSync *self, guint delay)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait = MAX ((gint64) delay, (self->not_before - now) / 1000);

  if (!self->running || self->needs_sign_in)
    return;
  if (self->working && delay == 0)
    {
      self->work_again = TRUE;
      return;
    }
  if (self->work_id != 0 && self->work_at <= now + wait * 1000 && self->work_at >= self->not_before)
    return;
  g_clear_handle_id (&self->work_id, g_source_remove);
  self->work_at = now + wait * 1000;
  self->work_id = g_timeout_add ((guint) wait, work_cb, self);
}

/* dossier: (nullable): all; error: (nullable): all is on the server */
void
zc_sync_answer_waiters (ZcSync *self, const char *dossier, const GError *error)
{
  GQueue waiting = self->waiters;
  GTask *task;

  g_queue_init (&self->waiters);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (dossier != NULL && strcmp (g_task_get_task_data (task), dossier) != 0)
        {
          g_queue_push_tail (&self->waiters, task);
          continue;
        }
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

void
zc_sync_end_turn (ZcSyncTurn *turn, gboolean again)
{
  g_autoptr (ZcSync) self = g_object_ref (turn->sync);

  self->working = FALSE;
  turn_free (turn);
  if (again || self->work_again)
    zc_sync_work_soon (self, 0);
  self->work_again = FALSE;
}

static void
refresh_pushed (ZcSync *self)
{
  GHashTableIter iter;
  gpointer dossier;

  g_hash_table_iter_init (&iter, self->to_refresh);
  while (g_hash_table_iter_next (&iter, &dossier, NULL))
    zc_sync_refresh (self, dossier);
  g_hash_table_remove_all (self->to_refresh);
}

typedef struct
{
  ZcSyncTurn *turn;
  GPtrArray  *rows;
} Listing;

static void
images_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Listing *listing = user_data;
  g_autoptr (GPtrArray) rows = listing->rows;
  ZcSyncTurn *turn = listing->turn;
  ZcSync *self = turn->sync;

  turn->images = zc_local_store_list_images_finish (ZC_LOCAL_STORE (source), result, NULL);
  if (turn->images == NULL || !self->running)
    {
      zc_sync_end_turn (turn, FALSE);
      return;
    }
  if (zc_sync_get_hold (self) == NULL)
    zc_sync_end_hold (self); /* its time is over */
  zc_sync_note_unsent (self, rows, turn->images);
  zc_sync_answer_settled (self, rows);
  turn->row = zc_sync_choose_row (self, rows, turn->images);
  if (turn->row != NULL)
    zc_sync_send_row (turn);
  else if (zc_sync_choose_image (turn, rows))
    zc_sync_send_image (turn);
  else
    {
      refresh_pushed (self);
      if (zc_sync_get_hold (self) != NULL)
        zc_sync_work_soon (self, zc_sync_left_of_hold (self));
      zc_sync_end_turn (turn, FALSE);
    }
}

static void
sections_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSyncTurn *turn = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);
  Listing *listing;

  if (rows == NULL)
    {
      zc_sync_answer_waiters (turn->sync, NULL, error);
      zc_sync_end_turn (turn, FALSE);
      return;
    }
  listing = g_new0 (Listing, 1);
  listing->turn = turn;
  listing->rows = rows;
  zc_local_store_list_unsent_images_async (turn->sync->store, images_listed_cb, listing);
}

static void
work (ZcSync *self)
{
  ZcSyncTurn *turn;

  if (self->working)
    {
      self->work_again = TRUE;
      return;
    }
  self->working = TRUE;
  self->work_again = FALSE;
  turn = g_new0 (ZcSyncTurn, 1);
  turn->sync = g_object_ref (self);
  turn->cancellable = g_object_ref (self->cancellable);
  zc_local_store_list_unsent_async (self->store, sections_listed_cb, turn);
}

/**
 * zc_sync_push_async:
 * @self: a running sync
 * @dossier: id of a dossier
 * @cancellable: (nullable): gives up waiting
 * @callback: called when all of it is on the server, or with the first error
 * @user_data: for @callback
 */
void
zc_sync_push_async (ZcSync *self,
                    const char *dossier,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (dossier), g_free);
  if (self->needs_sign_in || !self->running)
    {
      g_task_return_error (task, zc_refusal_new (self->needs_sign_in ? ZC_REFUSAL_SIGNED_OUT : ZC_REFUSAL_OFFLINE, "not sending"));
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->waiters, task);
  self->not_before = 0;
  zc_sync_end_hold (self);
  zc_sync_work_soon (self, 0);
}

gboolean
zc_sync_push_finish (ZcSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
