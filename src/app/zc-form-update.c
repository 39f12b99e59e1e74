/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-form-update.h"
#include "zc-id.h"

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  ZcDossier *dossier = zc_session_update_form_finish (ZC_SESSION (source), result, &error);

  if (dossier != NULL)
    g_task_return_pointer (task, dossier, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* What the server does not hold could not be moved by it. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();
  ZcDraft *draft = ZC_DRAFT (source);
  ZcSession *session = g_task_get_task_data (task);

  if (!zc_draft_save_finish (draft, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    zc_session_update_form_async (session, zc_draft_get_dossier (draft), key, updated_cb,
                                  g_steal_pointer (&task));
}

/**
 * zc_form_update_async:
 * @session: whose dossier it is
 * @draft: what is on the screen
 * @cancellable: (nullable): gives up
 * @callback: called when the dossier has the newest form, or with why not: nothing has changed then
 * @user_data: for @callback
 */
void
zc_form_update_async (ZcSession *session,
                      ZcDraft *draft,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, zc_form_update_async);
  g_task_set_task_data (task, g_object_ref (session), g_object_unref);
  zc_draft_save_async (draft, cancellable, saved_cb, task);
}

/**
 * zc_form_update_finish:
 *
 * Returns: (transfer full): the dossier with its newest form, and what found no place in it
 */
ZcDossier *
zc_form_update_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
