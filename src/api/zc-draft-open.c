/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"

/* Opening a draft: what the store holds is read, then everything is followed that may change it from elsewhere. */

/* --- what others do to it --- */

static gboolean
is_mine (ZcDraft *self, const char *dossier)
{
  return strcmp (dossier, zc_dossier_get_id (self->dossier)) == 0;
}

static void
section_replaced_cb (ZcDraft *self, const char *dossier, const char *section)
{
  if (is_mine (self, dossier))
    zc_draft_read_again (self);
}

static void
section_synced_cb (ZcDraft *self, const char *dossier, const char *section)
{
  if (is_mine (self, dossier))
    zc_draft_read_again (self);
}

static void
image_synced_cb (ZcDraft *self, const char *dossier, const char *sha256)
{
  if (is_mine (self, dossier))
    zc_draft_refresh_images (self, NULL);
}

static void
sync_notify_cb (ZcDraft *self)
{
  zc_draft_update_states (self);
  zc_draft_refresh_images (self, NULL);
}

static void
server_told_cb (ZcDraft *self, ZcDossier *dossier)
{
  if (dossier != self->dossier && is_mine (self, zc_dossier_get_id (dossier)))
    zc_dossier_update_from (self->dossier, dossier);
}

static void
dossier_changed_cb (ZcDraft *self)
{
  zc_draft_take_dossier (self);
  zc_draft_check_soon (self);
  for (guint i = 0; i < zc_draft_n_sections (self); i++)
    {
      const ZcSection *section = zc_draft_section_at (self, i)->definition;

      for (guint j = 0; j < section->n_fields; j++)
        if (section->fields[j].from != NULL)
          zc_draft_emit_value (self, section->id, NULL, section->fields[j].id);
    }
}

static void
watch (ZcDraft *self)
{
  g_signal_connect_object (self->store, "section-replaced", G_CALLBACK (section_replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dossier, "changed", G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  if (self->sync == NULL)
    return;
  g_signal_connect_object (self->sync, "section-changed", G_CALLBACK (section_synced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "image-changed", G_CALLBACK (image_synced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "dossier-changed", G_CALLBACK (server_told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "notify", G_CALLBACK (sync_notify_cb), self, G_CONNECT_SWAPPED);
}

/* --- opening --- */

static void
images_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) images = zc_local_store_list_images_finish (ZC_LOCAL_STORE (source), result, &error);

  if (images == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (images, i);

      if (image->path != NULL)
        g_hash_table_add (self->images_here, g_strdup (image->sha256));
    }
  watch (self);
  zc_draft_check_now (self);
  zc_draft_read_again (self); /* what may have come between the two readings */
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

void
zc_draft_follow (GTask *task)
{
  ZcDraft *self = g_task_get_task_data (task);

  self->recovered_at = zc_local_store_take_recovered (self->store, zc_dossier_get_id (self->dossier));
  zc_local_store_list_images_async (self->store, zc_dossier_get_id (self->dossier), images_listed_cb, task);
}

static void
first_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    zc_draft_take_first (self, g_ptr_array_index (rows, i));
  zc_draft_follow (g_steal_pointer (&task));
}

static void
add_sections (ZcDraft *self)
{
  for (guint i = 0; i < zc_business_get_n_sections (self->business); i++)
    if (zc_business_get_section (self->business, i)->fills == self->fills)
      zc_draft_add_section (self, i, TRUE);
}

/**
 * zc_draft_open_async:
 * @store: where it is kept
 * @sync: (nullable): who sends it
 * @business: the form, of the dossier's revision
 * @dossier: whose draft
 * @cancellable: (nullable): gives up
 * @callback: called when the draft can be shown
 * @user_data: for @callback
 */
void
zc_draft_open_async (ZcLocalStore *store,
                     ZcSync *sync,
                     ZcBusiness *business,
                     ZcDossier *dossier,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  ZcDraft *self = zc_draft_new (business, dossier);

  zc_draft_be_kept (self, store, sync);
  if (sync != NULL)
    self->client = g_object_ref (zc_sync_get_client (sync));
  add_sections (self);
  g_task_set_task_data (task, self, g_object_unref);
  zc_local_store_load_sections_async (store, zc_dossier_get_id (dossier), first_read_cb, task);
}

ZcDraft *
zc_draft_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
