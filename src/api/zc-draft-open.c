/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-record.h"

/* Opening a draft: by its applicant, by who looks at it, by who reviews it. One way for all, in five steps:
 *
 *   1. the dossier    as it is known / asked for if it is a summary / pulled
 *   2. the rows       what the store holds of it
 *   3. the sections   what is filled in here is taken from its row, what is only shown comes from the server
 *   4. the images     whose files are on this computer
 *   5. following      everything is followed that may change it from elsewhere
 *
 * Without a store (who only looks) nothing is filled in: 2 and 4 fall away, and nothing is followed. Each step hands the task on
 * to the next; the last one stands first. */

typedef struct
{
  ZcDraft *draft;  /* the one being opened */
  gboolean own;    /* by its applicant, from the store alone */
  GPtrArray *rows; /* (nullable): ZcStoredSection: what the store holds of the dossier */
  guint waiting;   /* sections asked of the server */
  GError *error;   /* (nullable): the first of their errors */
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_object (&opening->draft);
  g_clear_pointer (&opening->rows, g_ptr_array_unref);
  g_clear_error (&opening->error);
  g_free (opening);
}

/* --- 5. following --- */

static void
hand_over (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  ZcDraft *draft = opening->draft;

  if (draft->store != NULL)
    zc_draft_follow (draft);
  zc_draft_check_now (draft);
  if (draft->store != NULL)
    zc_draft_read_again (draft); /* what may have come since the rows were read */
  g_task_return_pointer (task, g_steal_pointer (&opening->draft), g_object_unref);
}

/* --- 4. the images --- */

static void
images_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) images
      = zc_local_store_list_images_finish (ZC_LOCAL_STORE (source), result, &error);

  if (images == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (images, i);

      if (image->path != NULL)
        g_hash_table_add (opening->draft->images_here, g_strdup (image->sha256));
    }
  hand_over (task);
}

static void
list_images (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  ZcDraft *draft = opening->draft;
  const char *dossier = zc_dossier_get_id (draft->dossier);

  if (draft->store == NULL)
    {
      hand_over (task);
      return;
    }
  draft->recovered_at = zc_local_store_take_recovered (draft->store, dossier);
  zc_local_store_list_images_async (draft->store, dossier, images_listed_cb, g_object_ref (task));
}

/* --- 3. the sections --- */

static void
end_sections (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  if (opening->error != NULL)
    g_task_return_error (task, g_steal_pointer (&opening->error));
  else
    list_images (task);
}

static void
take_answer (ZcDraft *draft, const ZcJsonValue *root)
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
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_get_section_finish (ZC_CLIENT (source), result, &error);

  if (reply != NULL)
    take_answer (opening->draft, zc_reply_root (reply));
  else if (opening->error == NULL)
    opening->error = g_steal_pointer (&error);
  if (--opening->waiting == 0)
    end_sections (task);
}

static const ZcStoredSection *
find_row (Opening *opening, const char *section)
{
  for (guint i = 0; opening->rows != NULL && i < opening->rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (opening->rows, i);

      if (strcmp (row->section, section) == 0)
        return row;
    }
  return NULL;
}

static void
add_kept (ZcDraft *draft, guint index, const ZcStoredSection *row)
{
  draft->fills = zc_draft_add_section (draft, index, TRUE)->definition->fills;
  if (row != NULL)
    zc_draft_take_first (draft, row);
}

static void
add_shown (GTask *task, guint index, ZcSectionStatus *status)
{
  Opening *opening = g_task_get_task_data (task);
  ZcDraft *draft = opening->draft;

  zc_draft_add_section (draft, index, FALSE)->n_problems
      = zc_section_status_get_n_problems (status);
  opening->waiting++;
  zc_client_get_section_async (draft->client, zc_dossier_get_id (draft->dossier),
                               zc_section_status_get_id (status), g_task_get_cancellable (task),
                               section_cb, g_object_ref (task));
}

/* An applicant has what applicants fill in; anybody else what the server lists for this session. */
static gboolean
belongs_here (Opening *opening, const ZcSection *section, ZcSectionStatus *status)
{
  return opening->own ? section->fills == ZC_FILLS_APPLICANT : status != NULL;
}

/* Who reviews keeps what their own body fills in, and what was typed and never arrived even when the dossier has moved on. */
static gboolean
is_kept (Opening *opening, const ZcStoredSection *row, ZcSectionStatus *status)
{
  return opening->own || (row != NULL && (row->dirty || zc_section_status_get_own (status)));
}

static void
add_section (GTask *task, guint index)
{
  Opening *opening = g_task_get_task_data (task);
  const ZcSection *section = zc_business_get_section (opening->draft->business, index);
  ZcSectionStatus *status = zc_dossier_find_section (opening->draft->dossier, section->id);
  const ZcStoredSection *row = find_row (opening, section->id);

  if (!belongs_here (opening, section, status))
    return;
  if (is_kept (opening, row, status))
    add_kept (opening->draft, index, row);
  else
    add_shown (task, index, status);
}

/* In the order of the form. */
static void
add_sections (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);

  opening->waiting = 1; /* for this very loop: no answer ends it */
  for (guint i = 0; i < zc_business_get_n_sections (opening->draft->business); i++)
    add_section (task, i);
  if (--opening->waiting == 0)
    end_sections (task);
}

/* --- 2. the rows --- */

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);
  if (opening->rows != NULL)
    add_sections (task);
  else
    g_task_return_error (task, error);
}

static void
read_rows (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  ZcDraft *draft = opening->draft;

  if (draft->store != NULL)
    zc_local_store_load_sections_async (draft->store, zc_dossier_get_id (draft->dossier), rows_cb,
                                        g_object_ref (task));
  else
    add_sections (task);
}

/* --- 1. the dossier --- */

/* fresh: (nullable): NULL where error, (transfer full), says why */
static void
take_fresh (GTask *task, ZcDossier *fresh, GError *error)
{
  Opening *opening = g_task_get_task_data (task);

  if (fresh == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  zc_dossier_update_from (opening->draft->dossier, fresh);
  zc_draft_take_dossier (opening->draft);
  read_rows (task);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ZcDossier) fresh = zc_client_get_dossier_finish (ZC_CLIENT (source), result, &error);

  take_fresh (task, fresh, error);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ZcDossier) fresh = zc_sync_pull_finish (ZC_SYNC (source), result, &error);

  take_fresh (task, fresh, error);
}

/* draft: (transfer full): knows its dossier, and where its text is kept and comes from */
static GTask *
new_opening (ZcDraft *draft,
             gboolean own,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->draft = draft;
  opening->own = own;
  g_task_set_task_data (task, opening, (GDestroyNotify)opening_free);
  return task;
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
  ZcDraft *draft = zc_draft_new (business, dossier);
  g_autoptr (GTask) task = new_opening (draft, TRUE, cancellable, callback, user_data);

  zc_draft_be_kept (draft, store, sync);
  read_rows (task);
}

ZcDraft *
zc_draft_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
  ZcDraft *draft = zc_draft_new (business, dossier);
  g_autoptr (GTask) task = new_opening (draft, FALSE, cancellable, callback, user_data);

  draft->client = g_object_ref (client);
  if (zc_dossier_get_detailed (dossier))
    read_rows (task);
  else
    zc_client_get_dossier_async (client, zc_dossier_get_id (dossier), cancellable, told_cb,
                                 g_object_ref (task));
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
  ZcDraft *draft = zc_draft_new (business, dossier);
  g_autoptr (GTask) task = new_opening (draft, FALSE, cancellable, callback, user_data);

  zc_draft_be_kept (draft, store, sync);
  zc_sync_pull_async (sync, zc_dossier_get_id (dossier), cancellable, pulled_cb,
                      g_object_ref (task));
}

ZcDraft *
zc_draft_open_view_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
