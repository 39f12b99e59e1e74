/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-check.h"
#include "zc-record.h"
#include "zc-sync-private.h"

/* The other direction: a dossier and its sections into the store, and the feed of changes. */

#define FEED_WAIT "50"    /* seconds that the server may hold the request */
#define FEED_TIMEOUT 75   /* seconds without a byte before the connection counts as dead */

/* --- one dossier --- */

typedef struct
{
  ZcDossier *dossier;
  GPtrArray *wanted;   /* ids of sections to fetch */
  guint      next;
  int        former;   /* revision of the form that what is here is of, while it is fetched; 0: both are here */
} Pull;

static void
pull_free (Pull *pull)
{
  g_clear_object (&pull->dossier);
  g_clear_pointer (&pull->wanted, g_ptr_array_unref);
  g_free (pull);
}

static void fetch_next (GTask *task);

static void
end_pull (GTask *task)
{
  g_autoptr (GTask) owned = task;
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);

  zc_sync_tell_dossier (self, pull->dossier);
  g_task_return_pointer (task, g_steal_pointer (&pull->dossier), g_object_unref);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    {
      fetch_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ZcReply) reply = zc_client_get_section_finish (ZC_CLIENT (source), result, &error);
  const ZcJsonValue *root = reply != NULL ? zc_reply_root (reply) : NULL;
  g_autofree char *body = zc_record_text (zc_json_get (root, "body"));
  g_autofree char *problems = zc_record_text (zc_json_get (root, "problems"));

  if (reply == NULL)
    {
      zc_sync_is_signed_out (self, error);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  zc_local_store_section_pulled_async (self->store, zc_dossier_get_id (pull->dossier),
                                       g_ptr_array_index (pull->wanted, pull->next - 1), body,
                                       zc_json_get_integer (root, "version", 0), zc_json_get_string (root, "state"), problems,
                                       stored_cb, task);
}

static void
fetch_next (GTask *task)
{
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);

  if (pull->next >= pull->wanted->len)
    {
      end_pull (task);
      return;
    }
  zc_client_get_section_async (self->client, zc_dossier_get_id (pull->dossier), g_ptr_array_index (pull->wanted, pull->next++),
                               g_task_get_cancellable (task), fetched_cb, task);
}

static gint64
version_here (GPtrArray *rows, const char *section)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      if (strcmp (row->section, section) == 0)
        return row->base_version;
    }
  return -1;
}

typedef enum
{
  OWN_NONE,
  OWN_SOME,
  OWN_ALL,
} Own;

/* How much of a dossier is for this computer to keep: an applicant's all of it; of one that staff read, what they fill in
 * themselves. Whatever else it tells of a person never reaches the disk of a review workstation. */
static Own
count_own (ZcDossier *dossier)
{
  GListModel *sections = zc_dossier_get_sections (dossier);
  guint n = g_list_model_get_n_items (sections), own = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcSectionStatus) status = g_list_model_get_item (sections, i);

      own += zc_section_status_get_own (status);
    }
  return own == n ? OWN_ALL : own > 0 ? OWN_SOME : OWN_NONE;
}

/* What staff kept of a dossier goes when it has left their hands; what was not sent stays. */
static void
keep_dossier (ZcSync *self, ZcDossier *dossier)
{
  g_autofree char *json = zc_dossier_to_json (dossier);

  switch (count_own (dossier))
    {
    case OWN_ALL:
      zc_local_store_put_dossier_async (self->store, zc_dossier_get_id (dossier), json, NULL, NULL);
      break;
    case OWN_NONE:
      zc_local_store_remove_dossier_async (self->store, zc_dossier_get_id (dossier), NULL, NULL);
      break;
    case OWN_SOME:
    default:
      break;
    }
}

/* A section that was never written needs no asking: it is empty. */
static void
choose_sections (ZcSync *self, Pull *pull, GPtrArray *rows)
{
  GListModel *sections = zc_dossier_get_sections (pull->dossier);

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcSectionStatus) status = g_list_model_get_item (sections, i);
      const char *id = zc_section_status_get_id (status);
      gint64 version = zc_section_status_get_version (status);

      if (!zc_section_status_get_own (status) || version <= version_here (rows, id))
        continue;
      if (version > 0)
        g_ptr_array_add (pull->wanted, g_strdup (id));
      else
        zc_local_store_section_pulled_async (self->store, zc_dossier_get_id (pull->dossier), id, "{}", 0,
                                             zc_section_state_to_string (zc_section_status_get_state (status)), NULL, NULL, NULL);
    }
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  choose_sections (g_task_get_source_object (task), pull, rows);
  fetch_next (task);
}

/* --- another form (decisions 16): what is here is moved into it before what the server moved comes --- */

static void
fail_pull (GTask *task, GError *error)
{
  zc_sync_is_signed_out (g_task_get_source_object (task), error);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
form_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;

  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    zc_local_store_load_sections_async (ZC_LOCAL_STORE (source), zc_dossier_get_id (pull->dossier), rows_cb, task);
  else
    fail_pull (task, error);
}

static void
take_form (GTask *task)
{
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);

  zc_local_store_take_form_async (self->store, zc_dossier_get_id (pull->dossier), zc_dossier_get_business (pull->dossier),
                                  zc_dossier_get_revision (pull->dossier), form_taken_cb, task);
}

static void fetch_form (GTask *task, int revision);

static void
form_fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ZcBusiness) business = zc_client_get_business_finish (ZC_CLIENT (source), result, &error);

  if (business == NULL)
    {
      fail_pull (task, error);
      return;
    }
  zc_local_store_put_business_async (self->store, zc_business_get_id (business), zc_business_get_revision (business),
                                     zc_business_get_text (business, NULL), NULL, NULL);
  if (pull->former == 0)
    take_form (task);
  else
    {
      int former = pull->former;

      pull->former = 0;
      fetch_form (task, former);
    }
}

static void
fetch_form (GTask *task, int revision)
{
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);

  zc_client_get_business_async (self->client, zc_dossier_get_business (pull->dossier), revision, g_task_get_cancellable (task),
                                form_fetched_cb, task);
}

static void
form_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Pull *pull = g_task_get_task_data (task);
  g_autofree char *known = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  const char *at = known != NULL ? strrchr (known, '@') : NULL;
  int revision = zc_dossier_get_revision (pull->dossier);

  pull->former = at != NULL ? (int) g_ascii_strtoll (at + 1, NULL, 10) : 0;
  if (pull->former == 0 || pull->former == revision)
    take_form (task);
  else
    fetch_form (task, revision);
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ZcSync *self = g_task_get_source_object (task);
  Pull *pull = g_task_get_task_data (task);
  g_autofree char *form = NULL;
  GError *error = NULL;

  pull->dossier = zc_client_get_dossier_finish (ZC_CLIENT (source), result, &error);
  if (pull->dossier == NULL)
    {
      fail_pull (task, error);
      return;
    }
  keep_dossier (self, pull->dossier);
  form = g_strconcat (ZC_LOCAL_STORE_FORM, zc_dossier_get_id (pull->dossier), NULL);
  if (count_own (pull->dossier) != OWN_NONE)
    zc_local_store_get_setting_async (self->store, form, form_known_cb, task);
  else
    zc_local_store_load_sections_async (self->store, zc_dossier_get_id (pull->dossier), rows_cb, task);
}

/**
 * zc_sync_pull_async:
 * @self: a sync
 * @dossier: id of a dossier
 * @cancellable: (nullable): gives up
 * @callback: called when the store is as new as the server
 * @user_data: for @callback
 *
 * Only sections that this session's side fills in come into the store, by the server's word.
 */
void
zc_sync_pull_async (ZcSync *self,
                    const char *dossier,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Pull *pull = g_new0 (Pull, 1);

  pull->wanted = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, pull, (GDestroyNotify) pull_free);
  zc_client_get_dossier_async (self->client, dossier, cancellable, dossier_cb, task);
}

ZcDossier *
zc_sync_pull_finish (ZcSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- the feed --- */

static void feed (ZcSync *self);

static gboolean
feed_cb (gpointer user_data)
{
  ZcSync *self = user_data;

  self->feed_id = 0;
  feed (self);
  return G_SOURCE_REMOVE;
}

void
zc_sync_feed_soon (ZcSync *self, guint delay)
{
  if (!self->running || self->needs_sign_in || self->feeding)
    return;
  g_clear_handle_id (&self->feed_id, g_source_remove);
  self->feed_id = g_timeout_add (delay, feed_cb, self);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZcSync *self = ZC_SYNC (source);
  g_autofree char *id = user_data;
  g_autoptr (ZcDossier) dossier = zc_sync_pull_finish (self, result, NULL);
  gboolean again = GPOINTER_TO_INT (g_hash_table_lookup (self->refreshing, id));

  g_hash_table_remove (self->refreshing, id);
  if (again && self->running)
    zc_sync_refresh (self, id);
  if (dossier != NULL)
    zc_sync_work_soon (self, 0); /* what waited for it to be editable, or turns out to be lost there */
}

void
zc_sync_refresh (ZcSync *self, const char *dossier)
{
  gboolean under_way = g_hash_table_contains (self->refreshing, dossier);

  g_hash_table_insert (self->refreshing, g_strdup (dossier), GINT_TO_POINTER (under_way));
  if (!under_way)
    zc_sync_pull_async (self, dossier, self->cancellable, refreshed_cb, g_strdup (dossier));
}

static void
take_change (ZcSync *self, const ZcJsonValue *item)
{
  const char *dossier = zc_json_get_string (item, "dossier");

  if (dossier == NULL)
    return;
  if (zc_json_get_bool (item, "gone", FALSE))
    {
      zc_local_store_remove_dossier_async (self->store, dossier, NULL, NULL);
      zc_sync_tell_gone (self, dossier);
    }
  else if (g_hash_table_contains (self->followed, dossier))
    zc_sync_refresh (self, dossier); /* a section's change leaves the dossier's version as it is */
}

static void
refresh_followed (ZcSync *self)
{
  GHashTableIter iter;
  gpointer dossier;

  g_hash_table_iter_init (&iter, self->followed);
  while (g_hash_table_iter_next (&iter, &dossier, NULL))
    zc_sync_refresh (self, dossier);
}

static void
take_changes (ZcSync *self, const ZcJsonValue *root)
{
  const ZcJsonValue *items = zc_json_get (root, "items");

  g_set_str (&self->cursor, zc_json_get_string (root, "cursor"));
  zc_sync_note_epoch (self);
  for (guint i = 0; i < zc_json_size (items); i++)
    take_change (self, zc_json_at (items, i));
  if (zc_json_size (items) > 0)
    zc_sync_tell_changes (self);
}

static void
feed_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  self->feeding = FALSE;
  if (!self->running || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    {
      self->feed_tries = 0;
      take_changes (self, zc_reply_root (reply));
      zc_sync_feed_soon (self, 0);
    }
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_GONE))
    {
      g_clear_pointer (&self->cursor, g_free); /* another epoch, or too long ago: everything may have changed */
      refresh_followed (self);
      zc_sync_tell_changes (self);
      zc_sync_feed_soon (self, 0);
    }
  else if (!zc_sync_is_signed_out (self, error))
    zc_sync_feed_soon (self, MAX (zc_sync_back_off (++self->feed_tries), (guint) zc_refusal_get_retry (error) * 1000));
}

static void
feed (ZcSync *self)
{
  /* after a failure the first question is answered at once: whether the server is back is known now, not when it has news */
  const char *wait = self->cursor == NULL ? NULL : self->feed_tries > 0 ? "0" : FEED_WAIT;
  g_autofree char *path = zc_client_path ("/v1/changes", "since", self->cursor, "wait", wait, NULL);
  const ZcRequest request = { .method = "GET", .path = path, .timeout = FEED_TIMEOUT };

  if (self->feeding || zc_client_get_token (self->client) == NULL)
    return;
  self->feeding = TRUE;
  zc_client_send_async (self->client, &request, self->cancellable, feed_answered_cb, g_object_ref (self));
}
