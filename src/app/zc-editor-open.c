/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-editor-open.h"

/* The steps of opening a dossier for editing; each is a function, the next one its callback. Everything that decides what is shown
 * first is known at the end: nothing moves under the hands of who begins to type at once. */
typedef struct
{
  ZcSession *session;
  ZcDossier *dossier;
  ZcBusiness *business;
  ZcDraft *draft;
  char *section; /* (nullable) */
} Opening;

static void
free_opening (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->session);
  g_clear_object (&opening->dossier);
  g_clear_pointer (&opening->business, zc_business_unref);
  g_clear_object (&opening->draft);
  g_free (opening->section);
  g_free (opening);
}

/* Where the person was is a convenience: without it the dossier opens at its beginning. */
static void
section_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);

  opening->section = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = zc_editor_dup_setting (opening->dossier);

  opening->draft = zc_draft_open_finish (result, &error);
  if (opening->draft == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    zc_local_store_get_setting_async (zc_session_get_store (opening->session), name, section_cb, g_steal_pointer (&task));
}

/* What could not be pulled is opened as it was left; whether there is anything to open, the store knows. */
static void
pulled_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  GTask *task = data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) fresh = zc_sync_pull_finish (ZC_SYNC (source), result, &error);

  if (fresh != NULL)
    g_set_object (&opening->dossier, fresh);
  zc_draft_open_async (zc_session_get_store (opening->session),
                       zc_session_get_sync (opening->session), opening->business, opening->dossier,
                       g_task_get_cancellable (task), opened_cb, task);
}

static void
business_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ZcSync *sync = zc_session_get_sync (opening->session);

  opening->business = zc_session_load_business_finish (opening->session, result, &error);
  if (opening->business == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (sync == NULL || zc_session_get_store (opening->session) == NULL)
    g_task_return_error (task, zc_refusal_new (ZC_REFUSAL_SIGNED_OUT, "There is no local store"));
  else
    {
      const char *id = zc_dossier_get_id (opening->dossier);

      GCancellable *cancellable = g_task_get_cancellable (task);

      zc_sync_pull_async (sync, id, cancellable, pulled_cb, g_steal_pointer (&task));
    }
}

static void
dossier_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  opening->dossier = zc_session_load_dossier_finish (opening->session, result, &error);
  if (opening->dossier == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    zc_session_load_business_async (opening->session, zc_dossier_get_business (opening->dossier),
                                    zc_dossier_get_revision (opening->dossier), business_cb,
                                    g_steal_pointer (&task));
}

/**
 * zc_editor_dup_setting:
 *
 * Returns: (transfer full): the name in the local store under which it stands where the person is in that dossier (P2)
 */
char *
zc_editor_dup_setting (ZcDossier *dossier)
{
  return g_strconcat ("section:", zc_dossier_get_id (dossier), NULL);
}

/**
 * zc_editor_open_async:
 * @dossier: id
 */
void
zc_editor_open_async (ZcSession *session,
                      const char *dossier,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, zc_editor_open_async);
  opening->session = g_object_ref (session);
  g_task_set_task_data (task, opening, free_opening);
  zc_session_load_dossier_async (session, dossier, dossier_cb, task);
}

/**
 * zc_editor_open_finish:
 * @section: (out) (transfer full) (nullable): id of the section in which the person was
 *
 * Returns: (transfer full): the draft
 */
ZcDraft *
zc_editor_open_finish (GAsyncResult *result,
                       char **section,
                       GError **error)
{
  Opening *opening = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  *section = g_steal_pointer (&opening->section);
  return g_steal_pointer (&opening->draft);
}
