/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-record.h"

/* A draft to look at: the same object that forms bind to, filled from the server, kept in memory alone. */

typedef struct
{
  ZcClient   *client;
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
  g_clear_pointer (&view->business, zc_business_unref);
  g_clear_object (&view->dossier);
  g_clear_object (&view->draft);
  g_clear_error (&view->error);
  g_free (view);
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

/* Only what the server lists for this session is shown, in the order of the form. */
static void
ask_sections (GTask *task)
{
  View *view = g_task_get_task_data (task);
  const char *id = zc_dossier_get_id (view->dossier);

  view->draft = zc_draft_new (view->business, view->dossier);
  view->draft->client = g_object_ref (view->client);
  view->waiting = 1;
  for (guint i = 0; i < zc_business_get_n_sections (view->business); i++)
    {
      const ZcSection *section = zc_business_get_section (view->business, i);

      if (zc_dossier_find_section (view->dossier, section->id) == NULL)
        continue;
      zc_draft_add_section (view->draft, i);
      view->waiting++;
      zc_client_get_section_async (view->client, id, section->id, g_task_get_cancellable (task), section_cb, g_object_ref (task));
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
