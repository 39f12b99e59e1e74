/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-merge.h"

/* A draft on its way to the server: saved by the person's wish, and made ready to be submitted just as it is on the screen. */

/* --- saving: store, send --- */

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (zc_sync_push_finish (ZC_SYNC (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = ZC_DRAFT (source);
  GError *error = NULL;

  if (!zc_draft_flush_finish (self, result, &error))
    g_task_return_error (task, error);
  else if (self->sync == NULL)
    g_task_return_boolean (task, TRUE);
  else
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      zc_sync_push_async (self->sync, zc_dossier_get_id (self->dossier), cancellable, pushed_cb, g_steal_pointer (&task));
    }
}

/**
 * zc_draft_save_async:
 * @self: a draft
 * @cancellable: (nullable): gives up waiting; nothing stored is lost
 * @callback: called when the server holds what is on the screen, or with why not
 * @user_data: for @callback
 */
void
zc_draft_save_async (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  zc_draft_check_now (self);
  zc_draft_flush_async (self, flushed_cb, g_task_new (self, cancellable, callback, user_data));
}

gboolean
zc_draft_save_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- submitting --- */

/* The server must hold the very text on the screen, of every section: else the person submits what they have not seen. */
static gboolean
is_on_screen (ZcDraft *self, const ZcStoredSection *row)
{
  ZcDraftSection *section = zc_draft_find_section (self, row->section);
  g_autoptr (JsonNode) held = row->base_body != NULL ? json_from_string (row->base_body, NULL) : NULL;

  if (section == NULL)
    return TRUE;
  return !row->dirty && held != NULL && zc_documents_equal (held, section->document);
}

static ZcAction *
make_submission (ZcDraft *self, GPtrArray *rows, GError **error)
{
  g_autoptr (ZcAction) action =
      zc_action_new (zc_dossier_get_id (self->dossier), ZC_ACT_SUBMIT, zc_dossier_get_version (self->dossier));

  for (guint i = 0; i < rows->len; i++)
    if (!is_on_screen (self, g_ptr_array_index (rows, i)))
      {
        zc_refusal_set (error, ZC_REFUSAL_STALE, "section %s is not on the server as it is on the screen",
                        ((ZcStoredSection *) g_ptr_array_index (rows, i))->section);
        return NULL;
      }
  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);
      ZcDraftSection *section = zc_draft_find_section (self, row->section);

      if (section != NULL && section->visible)
        zc_action_add_section (action, row->section, row->base_version);
    }
  return g_steal_pointer (&action);
}

static void
versions_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);
  ZcAction *action = rows != NULL ? make_submission (self, rows, &error) : NULL;

  if (action != NULL)
    g_task_return_pointer (task, action, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (ZcDossier) dossier = zc_sync_pull_finish (ZC_SYNC (source), result, &error);

  if (dossier == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (dossier != self->dossier)
    zc_dossier_update_from (self->dossier, dossier);
  zc_local_store_load_sections_async (self->store, zc_dossier_get_id (self->dossier), versions_read_cb, g_steal_pointer (&task));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = ZC_DRAFT (source);
  GError *error = NULL;

  if (zc_draft_save_finish (self, result, &error))
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      zc_sync_pull_async (self->sync, zc_dossier_get_id (self->dossier), cancellable, pulled_cb, g_steal_pointer (&task));
    }
  else
    g_task_return_error (task, error);
}

/**
 * zc_draft_prepare_submit_async:
 * @self: a draft with sync
 * @cancellable: (nullable): gives up
 * @callback: called with the action, to be confirmed and performed
 * @user_data: for @callback
 *
 * Sends what is unsent and asks for the present versions. Another device's change that came in meanwhile is shown
 * ("reloaded") and refused here with ZC_REFUSAL_STALE only where it differs from the screen.
 */
void
zc_draft_prepare_submit_async (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->sync != NULL);

  zc_draft_save_async (self, cancellable, saved_cb, g_task_new (self, cancellable, callback, user_data));
}

ZcAction *
zc_draft_prepare_submit_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
