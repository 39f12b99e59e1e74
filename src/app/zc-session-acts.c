/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-session-private.h"

/* What a person decides about dossiers. Needs the network, is never queued (decisions 2); whatever
 * the answer tells of the dossier is learnt by the whole window. */

/* A refusal may carry the dossier as it is now. */
static void
learn_current (ZcSession *self, const GError *error)
{
  const char *text = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_current (error) : NULL;
  g_autoptr (ZcDossier) dossier = zc_dossier_new_from_text (text);
  if (dossier != NULL)
    zc_session_learn (self, dossier);
}

static void
return_dossier (GTask *task, ZcDossier *dossier, GError *error)
{
  ZcSession *self = g_task_get_source_object (task);
  if (dossier == NULL)
    {
      learn_current (self, error);
      g_task_return_error (task, error);
      return;
    }
  zc_session_learn (self, dossier);
  zc_session_reload (self);
  g_task_return_pointer (task, dossier, g_object_unref);
}

/* --- acts
 * ------------------------------------------------------------------------------------------------------------------
 */
static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ZcDossier *dossier = zc_action_perform_finish (ZC_ACTION (source), result, &error);
  return_dossier (task, dossier, error);
}

void
zc_session_perform_async (ZcSession *self,
                          ZcAction *action,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  zc_action_perform_async (action, self->client, NULL, performed_cb,
                           g_task_new (self, NULL, callback, user_data));
}

ZcDossier *
zc_session_perform_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- beginning, aiming elsewhere, deleting
 * ------------------------------------------------------------------------------------ */
static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ZcDossier *dossier = zc_client_create_dossier_finish (ZC_CLIENT (source), result, &error);
  return_dossier (task, dossier, error);
}

void
zc_session_create_dossier_async (ZcSession *self,
                                 const char *business,
                                 const ZcTarget *target,
                                 const char *key,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  zc_client_create_dossier_async (self->client, business, target, key, NULL, created_cb,
                                  g_task_new (self, NULL, callback, user_data));
}

void
zc_session_copy_dossier_async (ZcSession *self,
                               ZcDossier *source,
                               const ZcTarget *target,
                               const char *key,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  zc_client_copy_dossier_async (self->client, zc_dossier_get_id (source),
                                zc_dossier_get_business (source), target, key, NULL, created_cb,
                                g_task_new (self, NULL, callback, user_data));
}

ZcDossier *
zc_session_create_dossier_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
retargeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ZcDossier *dossier = zc_client_put_target_finish (ZC_CLIENT (source), result, &error);
  return_dossier (task, dossier, error);
}

void
zc_session_retarget_async (ZcSession *self,
                           ZcDossier *dossier,
                           const ZcTarget *target,
                           const char *key,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  zc_client_put_target_async (self->client, zc_dossier_get_id (dossier),
                              zc_dossier_get_version (dossier), target, key, NULL, retargeted_cb,
                              g_task_new (self, NULL, callback, user_data));
}

ZcDossier *
zc_session_retarget_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ZcDossier *dossier = zc_client_update_form_finish (ZC_CLIENT (source), result, &error);
  return_dossier (task, dossier, error);
}

void
zc_session_update_form_async (ZcSession *self,
                              ZcDossier *dossier,
                              const char *key,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  zc_client_update_form_async (self->client, zc_dossier_get_id (dossier),
                               zc_dossier_get_version (dossier), key, NULL, updated_cb,
                               g_task_new (self, NULL, callback, user_data));
}

ZcDossier *
zc_session_update_form_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  if (!zc_client_delete_dossier_finish (ZC_CLIENT (source), result, &error))
    {
      learn_current (self, error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->store != NULL)
    zc_local_store_remove_dossier_async (self->store, g_task_get_task_data (task), removed_cb,
                                         NULL);
  g_signal_emit_by_name (self, "dossier-gone", g_task_get_task_data (task));
  zc_session_reload (self);
  g_task_return_boolean (task, TRUE);
}

void
zc_session_delete_dossier_async (ZcSession *self,
                                 const char *id,
                                 const char *key,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, g_strdup (id), g_free);
  zc_client_delete_dossier_async (self->client, id, key, NULL, deleted_cb, task);
}

gboolean
zc_session_delete_dossier_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
