/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-record.h"

/* A draft to look at: the same object that forms bind to, filled from the server, kept in memory alone. Who reviews it may fill in
 * sections of their own: those, and no others, come from the store. */

typedef struct
{
  ZcClient     *client;
  ZcLocalStore *store;  /* (nullable): nothing is filled in */
  ZcSync       *sync;   /* (nullable) */
  GPtrArray    *rows;   /* (nullable): ZcStoredSection: what the store holds of the dossier */
  ZcBusiness *business;
  ZcDossier  *dossier;
  ZcDraft    *draft;    /* (nullable): until the dossier is known in detail */
  guint       waiting;  /* sections under way */
  GError     *error;    /* (nullable): the first */
} View;

static void
view_free (View *view)
{
  g_clear_object (&view->client);
  g_clear_object (&view->store);
  g_clear_object (&view->sync);
  g_clear_pointer (&view->rows, g_ptr_array_unref);
  g_clear_pointer (&view->business, zc_business_unref);
  g_clear_object (&view->dossier);
  g_clear_object (&view->draft);
  g_clear_error (&view->error);
  g_free (view);
}

static void
following_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  ZcDraft *draft = zc_draft_open_finish (result, &error);

  if (draft != NULL)
    g_task_return_pointer (task, draft, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
follow (GTask *task)
{
  View *view = g_task_get_task_data (task);
  GTask *following = g_task_new (NULL, g_task_get_cancellable (task), following_cb, g_object_ref (task));

  g_task_set_task_data (following, g_steal_pointer (&view->draft), g_object_unref);
  zc_draft_follow (following);
}

static void
end_view (GTask *task)
{
  View *view = g_task_get_task_data (task);

  if (view->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&view->error));
      return;
    }
  if (view->store != NULL)
    {
      follow (task);
      return;
    }
  zc_draft_check_now (view->draft);
  g_task_return_pointer (task, g_steal_pointer (&view->draft), g_object_unref);
}

static void
take_section (ZcDraft *draft, const ZcJsonValue *root)
{
  ZcDraftSection *section = zc_draft_find_section (draft, zc_json_get_string (root, "id"));
  g_autofree char *text = zc_record_text (zc_json_get (root, "body"));
  JsonNode *document = json_from_string (text, NULL);

  if (section != NULL && document != NULL)
    {
      section->base_version = zc_json_get_integer (root, "version", 0);
      g_set_str (&section->server_state, zc_json_get_string (root, "state"));
      zc_draft_take_document (draft, section, document);
    }
  else
    g_clear_pointer (&document, json_node_unref);
}

static void
section_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  View *view = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_get_section_finish (ZC_CLIENT (source), result, &error);

  if (reply != NULL)
    take_section (view->draft, zc_reply_root (reply));
  else if (view->error == NULL)
    view->error = g_steal_pointer (&error);
  if (--view->waiting == 0)
    end_view (task);
}

static const ZcStoredSection *
find_row (View *view, const char *section)
{
  for (guint i = 0; view->rows != NULL && i < view->rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (view->rows, i);

      if (strcmp (row->section, section) == 0)
        return row;
    }
  return NULL;
}

static void
add_section (GTask *task, guint index, ZcSectionStatus *status)
{
  View *view = g_task_get_task_data (task);
  const char *section = zc_section_status_get_id (status);
  const ZcStoredSection *row = find_row (view, section);
  gboolean kept = row != NULL && (row->dirty || zc_section_status_get_own (status));
  ZcDraftSection *added = zc_draft_add_section (view->draft, index, kept);

  if (kept)
    {
      view->draft->fills = added->definition->fills;
      zc_draft_take_first (view->draft, row);
      return;
    }
  added->n_problems = zc_section_status_get_n_problems (status);
  view->waiting++;
  zc_client_get_section_async (view->client, zc_dossier_get_id (view->dossier), section, g_task_get_cancellable (task), section_cb,
                               g_object_ref (task));
}

/* Only what the server lists for this session is shown, in the order of the form. */
static void
ask_sections (GTask *task)
{
  View *view = g_task_get_task_data (task);

  view->draft = zc_draft_new (view->business, view->dossier);
  view->draft->client = g_object_ref (view->client);
  zc_draft_be_kept (view->draft, view->store, view->sync);
  view->waiting = 1;
  for (guint i = 0; i < zc_business_get_n_sections (view->business); i++)
    {
      ZcSectionStatus *status = zc_dossier_find_section (view->dossier, zc_business_get_section (view->business, i)->id);

      if (status != NULL)
        add_section (task, i, status);
    }
  if (--view->waiting == 0)
    end_view (task);
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  View *view = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ZcDossier) dossier = zc_client_get_dossier_finish (ZC_CLIENT (source), result, &error);

  if (dossier == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  zc_dossier_update_from (view->dossier, dossier);
  ask_sections (task);
}

/**
 * zc_draft_open_view_async:
 * @client: signed in
 * @business: the form, of the dossier's revision
 * @dossier: what to look at; brought up to date if it is a summary
 * @cancellable: (nullable): gives up
 * @callback: called when it can be shown
 * @user_data: for @callback
 */
void
zc_draft_open_view_async (ZcClient *client,
                          ZcBusiness *business,
                          ZcDossier *dossier,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  View *view = g_new0 (View, 1);

  view->client = g_object_ref (client);
  view->business = zc_business_ref (business);
  view->dossier = g_object_ref (dossier);
  g_task_set_task_data (task, view, (GDestroyNotify) view_free);
  if (zc_dossier_get_detailed (dossier))
    ask_sections (task);
  else
    zc_client_get_dossier_async (client, zc_dossier_get_id (dossier), cancellable, dossier_cb, g_object_ref (task));
}

ZcDraft *
zc_draft_open_view_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- with sections of one's own --- */

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  View *view = g_task_get_task_data (task);
  GError *error = NULL;

  view->rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);
  if (view->rows != NULL)
    ask_sections (task);
  else
    g_task_return_error (task, error);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  View *view = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ZcDossier) dossier = zc_sync_pull_finish (ZC_SYNC (source), result, &error);

  if (dossier == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  zc_dossier_update_from (view->dossier, dossier);
  zc_local_store_load_sections_async (view->store, zc_dossier_get_id (view->dossier), rows_cb, g_steal_pointer (&task));
}

/**
 * zc_draft_open_review_async:
 * @store: of the staff member's account
 * @sync: of the same account, acting for a body
 * @business: the form, of the dossier's revision
 * @dossier: what is reviewed; brought up to date
 * @cancellable: (nullable): gives up
 * @callback: called when it can be shown
 * @user_data: for @callback
 */
void
zc_draft_open_review_async (ZcLocalStore *store,
                            ZcSync *sync,
                            ZcBusiness *business,
                            ZcDossier *dossier,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  View *view = g_new0 (View, 1);

  view->client = g_object_ref (zc_sync_get_client (sync));
  view->store = g_object_ref (store);
  view->sync = g_object_ref (sync);
  view->business = zc_business_ref (business);
  view->dossier = g_object_ref (dossier);
  g_task_set_task_data (task, view, (GDestroyNotify) view_free);
  zc_sync_pull_async (sync, zc_dossier_get_id (dossier), cancellable, pulled_cb, task);
}
