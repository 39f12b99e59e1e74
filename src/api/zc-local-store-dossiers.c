/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-local-store-private.h"

/* The calls for what is kept of the server: dossiers, businesses, settings and its epoch. */

void
zc_local_store_put_dossier_async (ZcLocalStore *self,
                                  const char *dossier,
                                  const char *json,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_put_dossier, NULL, dossier, NULL, callback, user_data);

  job->args.text = g_strdup (json);
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_remove_dossier_async (ZcLocalStore *self,
                                     const char *dossier,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  zc_store_job_push (
      self, &self->texts,
      zc_store_job_new (self, zc_store_remove_dossier, NULL, dossier, NULL, callback, user_data));
}

void
zc_local_store_put_business_async (ZcLocalStore *self,
                                   const char *id,
                                   int revision,
                                   const char *text,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_put_business, NULL, NULL, id, callback, user_data);

  job->args.number = revision;
  job->args.text = g_strdup (text);
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_take_form_async (ZcLocalStore *self,
                                const char *dossier,
                                const char *business,
                                int revision,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_take_form, NULL, dossier, business, callback, user_data);

  job->args.number = revision;
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_put_setting_async (ZcLocalStore *self,
                                  const char *name,
                                  const char *value,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_put_setting, NULL, NULL, name, callback, user_data);

  job->args.text = g_strdup (value);
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_drop_setting_async (ZcLocalStore *self,
                                   const char *name,
                                   const char *value,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_drop_setting, NULL, NULL, name, callback, user_data);

  job->args.text = g_strdup (value);
  zc_store_job_push (self, &self->texts, job);
}

gboolean
zc_local_store_write_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
zc_local_store_list_dossiers_async (ZcLocalStore *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     zc_store_job_new (self, zc_store_list_dossiers,
                                       (GDestroyNotify)g_ptr_array_unref, NULL, NULL, callback,
                                       user_data));
}

GPtrArray *
zc_local_store_list_dossiers_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zc_local_store_get_dossier_async (ZcLocalStore *self,
                                  const char *dossier,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  zc_store_job_push (
      self, &self->texts,
      zc_store_job_new (self, zc_store_get_dossier, g_free, dossier, NULL, callback, user_data));
}

void
zc_local_store_get_business_async (ZcLocalStore *self,
                                   const char *id,
                                   int revision,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_get_business, g_free, NULL, id, callback, user_data);

  job->args.number = revision;
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_note_epoch_async (ZcLocalStore *self,
                                 const char *epoch,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_note_epoch, g_free, NULL, NULL, callback, user_data);

  job->args.text = g_strdup (epoch);
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_list_doubtful_async (ZcLocalStore *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  zc_store_job_push (self, &self->texts,
                     zc_store_job_new (self, zc_store_list_doubtful,
                                       (GDestroyNotify)g_ptr_array_unref, NULL, NULL, callback,
                                       user_data));
}

void
zc_local_store_move_dossier_async (ZcLocalStore *self,
                                   const char *dossier,
                                   const char *begun,
                                   const char *json,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ZcStoreJob *job
      = zc_store_job_new (self, zc_store_move_dossier, NULL, dossier, begun, callback, user_data);

  job->args.text = g_strdup (json);
  zc_store_job_push (self, &self->texts, job);
}

void
zc_local_store_get_setting_async (ZcLocalStore *self,
                                  const char *name,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  zc_store_job_push (
      self, &self->texts,
      zc_store_job_new (self, zc_store_get_setting, g_free, NULL, name, callback, user_data));
}

char *
zc_local_store_get_text_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
