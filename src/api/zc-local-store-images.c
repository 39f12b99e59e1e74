/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-local-store-private.h"

/* The calls for images, whose files go one by one, in a queue of their own. */

void
zc_local_store_put_image_async (ZcLocalStore *self,
                                const char *dossier,
                                const char *sha256,
                                GBytes *jpeg,
                                gboolean uploaded,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_put_image, NULL, dossier, sha256, callback, user_data);

  job->args.bytes = g_bytes_ref (jpeg);
  job->args.flag = uploaded;
  zc_store_job_push (self, &self->images, job);
}

void
zc_local_store_image_sent_async (ZcLocalStore *self,
                                 const char *dossier,
                                 const char *sha256,
                                 const char *refusal,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_image_sent, NULL, dossier, sha256, callback, user_data);

  job->args.state = g_strdup (refusal);
  zc_store_job_push (self, &self->images, job);
}

void
zc_local_store_image_lost_async (ZcLocalStore *self,
                                 const char *dossier,
                                 const char *sha256,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  zc_store_job_push (
      self, &self->images,
      zc_store_job_new (self, zc_store_image_lost, NULL, dossier, sha256, callback, user_data));
}

void
zc_local_store_discard_images_async (ZcLocalStore *self,
                                     const char *dossier,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  zc_store_job_push (
      self, &self->texts,
      zc_store_job_new (self, zc_store_discard_images, NULL, dossier, NULL, callback, user_data));
}

void
zc_local_store_list_unsent_images_async (ZcLocalStore *self,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  zc_store_job_push (self, &self->images,
                     zc_store_job_new (self, zc_store_list_unsent_images,
                                       (GDestroyNotify)g_ptr_array_unref, NULL, NULL, callback,
                                       user_data));
}

void
zc_local_store_list_images_async (ZcLocalStore *self,
                                  const char *dossier,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  zc_store_job_push (self, &self->images,
                     zc_store_job_new (self, zc_store_list_images,
                                       (GDestroyNotify)g_ptr_array_unref, dossier, NULL, callback,
                                       user_data));
}

GPtrArray *
zc_local_store_list_images_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zc_local_store_read_image_async (ZcLocalStore *self,
                                 const char *dossier,
                                 const char *sha256,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  zc_store_job_push (self, &self->images,
                     zc_store_job_new (self, zc_store_read_image, (GDestroyNotify)g_bytes_unref,
                                       dossier, sha256, callback, user_data));
}

GBytes *
zc_local_store_read_image_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
