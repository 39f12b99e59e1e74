/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-identity.h"
#include "zc-merge.h"
#include "zc-past.h"
#include "zc-record.h"

/* What was returned, place by place, beside what stands there now. */

struct _ZcPast
{
  GObject parent_instance;

  JsonNode *root; /* the reply about the revision */
};

G_DEFINE_FINAL_TYPE (ZcPast, zc_past, G_TYPE_OBJECT)

static JsonNode *
get_member (JsonNode *object, const char *name)
{
  if (object == NULL || !JSON_NODE_HOLDS_OBJECT (object))
    return NULL;
  return json_object_get_member (json_node_get_object (object), name);
}

static const char *
get_string (JsonNode *object, const char *name)
{
  JsonNode *value = get_member (object, name);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_get_string (value)
             : NULL;
}

static JsonNode *
find_document (ZcPast *self, const char *section)
{
  return get_member (get_member (get_member (self->root, "content"), "sections"), section);
}

static JsonArray *
get_entries (JsonNode *document)
{
  JsonNode *entries = get_member (document, "entries");

  return entries != NULL && JSON_NODE_HOLDS_ARRAY (entries) ? json_node_get_array (entries) : NULL;
}

static void
zc_past_finalize (GObject *object)
{
  g_clear_pointer (&ZC_PAST (object)->root, json_node_unref);
  G_OBJECT_CLASS (zc_past_parent_class)->finalize (object);
}

static void
zc_past_class_init (ZcPastClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_past_finalize;
}

static void
zc_past_init (ZcPast *self)
{
}

void
zc_difference_free (ZcDifference *difference)
{
  g_free (difference->section);
  g_free (difference->entry);
  g_free (difference->field);
  g_free (difference);
}

/**
 * zc_past_new:
 * @json: what the server told of a revision
 * @error: return location
 *
 * Returns: (transfer full) (nullable): that submission
 */
ZcPast *
zc_past_new (const char *json, GError **error)
{
  JsonNode *root = json_from_string (json, error);
  ZcPast *self;

  if (root == NULL)
    return NULL;
  self = g_object_new (ZC_TYPE_PAST, NULL);
  self->root = root;
  return self;
}

int
zc_past_get_revision (ZcPast *self)
{
  JsonNode *revision = get_member (self->root, "revision");

  return revision != NULL && JSON_NODE_HOLDS_VALUE (revision) ? (int) json_node_get_int (revision) : 0;
}

gboolean
zc_past_has_section (ZcPast *self, const char *section)
{
  return find_document (self, section) != NULL;
}

/* --- what the account and the target told (decisions 15) --- */

/* (transfer full) (nullable): NULL: what stood there cannot be told in words */
static char *
dup_resolved (ZcPast *self, const char *from)
{
  JsonNode *content = get_member (self->root, "content");
  JsonNode *year = get_member (content, "year");
  const char *id_number = get_string (get_member (content, "account"), "id_number");

  if (g_str_equal (from, "account.id_number"))
    return id_number != NULL ? zc_mask_id_number (id_number) : NULL;
  if (g_str_has_prefix (from, "account."))
    return g_strdup (get_string (get_member (content, "account"), from + strlen ("account.")));
  if (g_str_equal (from, "target.year") && year != NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (year));
  return NULL;
}

static gboolean
is_resolved_changed (ZcPast *self, ZcDraft *draft, const char *from)
{
  ZcDossier *dossier = zc_draft_get_dossier (draft);
  JsonNode *target = get_member (get_member (self->root, "content"), "target");
  g_autofree char *then = dup_resolved (self, from);
  const char *now = zc_dossier_get_resolved (dossier, from);

  if (g_str_has_prefix (from, "target.") && !g_str_equal (from, "target.year"))
    return g_strcmp0 (get_string (target, from + strlen ("target.")),
                      zc_dossier_get_target_id (dossier, from + strlen ("target.")))
           != 0;
  return now != NULL && g_strcmp0 (now, then) != 0;
}

/* --- comparing --- */

static ZcDraftSection *
find_applicants (ZcDraft *draft, const char *section)
{
  ZcDraftSection *found = zc_draft_find_section (draft, section);

  return found != NULL && zc_draft_section_get_definition (found)->fills == ZC_FILLS_APPLICANT ? found : NULL;
}

/* What would be submitted now: what does not apply is not. */
static JsonNode *
find_now (ZcDraft *draft, ZcDraftSection *section, const char *entry, const char *field)
{
  if (!zc_draft_section_get_visible (section)
      || !zc_draft_field_applies (draft, zc_draft_section_get_id (section), entry, field))
    return NULL;
  return zc_draft_get_value (draft, zc_draft_section_get_id (section), entry, field);
}

static gboolean
is_field_changed (ZcPast *self, ZcDraft *draft, ZcDraftSection *section, const char *entry, const ZcField *field)
{
  if (field->from != NULL)
    return is_resolved_changed (self, draft, field->from);
  if (field->type == ZC_FIELD_COMPUTED)
    return FALSE; /* what it adds up is told */
  return !zc_values_equal (find_now (draft, section, entry, field->id),
                           zc_document_find (find_document (self, zc_draft_section_get_id (section)), entry, field->id));
}

static void
add (GPtrArray *found, ZcDifferenceKind kind, ZcDraftSection *section, const char *entry, const char *field)
{
  ZcDifference *difference = g_new0 (ZcDifference, 1);

  difference->kind = kind;
  difference->section = g_strdup (zc_draft_section_get_id (section));
  difference->entry = g_strdup (entry);
  difference->field = g_strdup (field);
  g_ptr_array_add (found, difference);
}

static void
compare_fields (ZcPast *self, ZcDraft *draft, ZcDraftSection *section, const char *entry, GPtrArray *found)
{
  const ZcSection *definition = zc_draft_section_get_definition (section);

  for (guint i = 0; i < definition->n_fields; i++)
    if (is_field_changed (self, draft, section, entry, &definition->fields[i]))
      add (found, ZC_DIFFERENCE_CHANGED, section, entry, definition->fields[i].id);
}

/* Whether those entries that were there and are, stand in the order in which they stood. */
static gboolean
is_in_order (ZcPast *self, ZcDraft *draft, ZcDraftSection *section)
{
  JsonArray *then = get_entries (find_document (self, zc_draft_section_get_id (section)));
  GListModel *now = zc_draft_get_entries (draft, zc_draft_section_get_id (section));
  guint at = 0;

  for (guint i = 0; i < g_list_model_get_n_items (now); i++)
    {
      g_autoptr (ZcDraftEntry) item = g_list_model_get_item (now, i);
      const char *id = zc_draft_entry_get_id (item);

      if (!zc_past_has_entry (self, zc_draft_section_get_id (section), id))
        continue;
      while (at < json_array_get_length (then) && g_strcmp0 (get_string (json_array_get_element (then, at), "id"), id) != 0)
        at++;
      if (at == json_array_get_length (then))
        return FALSE;
    }
  return TRUE;
}

static void
compare_entries (ZcPast *self, ZcDraft *draft, ZcDraftSection *section, GPtrArray *found)
{
  const char *id = zc_draft_section_get_id (section);
  GListModel *now = zc_draft_get_entries (draft, id);
  JsonArray *then = get_entries (find_document (self, id));

  if (!is_in_order (self, draft, section))
    add (found, ZC_DIFFERENCE_MOVED, section, NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (now); i++)
    {
      g_autoptr (ZcDraftEntry) item = g_list_model_get_item (now, i);

      if (zc_past_has_entry (self, id, zc_draft_entry_get_id (item)))
        compare_fields (self, draft, section, zc_draft_entry_get_id (item), found);
      else
        add (found, ZC_DIFFERENCE_ADDED, section, zc_draft_entry_get_id (item), NULL);
    }
  for (guint i = 0; then != NULL && i < json_array_get_length (then); i++)
    {
      const char *entry = get_string (json_array_get_element (then, i), "id");

      if (zc_draft_find_entry (draft, id, entry, NULL) == 0)
        add (found, ZC_DIFFERENCE_REMOVED, section, entry, NULL);
    }
}

static void
compare_section (ZcPast *self, ZcDraft *draft, ZcDraftSection *section, GPtrArray *found)
{
  if (zc_draft_section_get_definition (section)->fills != ZC_FILLS_APPLICANT)
    return;
  if (zc_draft_section_get_definition (section)->repeats)
    compare_entries (self, draft, section, found);
  else
    compare_fields (self, draft, section, NULL, found);
}

/* --- the public side --- */

/**
 * zc_past_list_differences:
 * @draft: what stands there now
 *
 * Returns: (transfer full): #ZcDifference, in the order of the form
 */
GPtrArray *
zc_past_list_differences (ZcPast *self, ZcDraft *draft)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_difference_free);
  GListModel *sections = zc_draft_get_sections (draft);

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      compare_section (self, draft, section, found);
    }
  return found;
}

static gboolean
holds_image (JsonNode *images, const char *sha256)
{
  JsonArray *array = images != NULL && JSON_NODE_HOLDS_ARRAY (images) ? json_node_get_array (images) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (g_strcmp0 (get_string (json_array_get_element (array, i), "sha256"), sha256) == 0)
      return TRUE;
  return FALSE;
}

/* Of a section or an entry as a whole: anything in it. */
static gboolean
is_part_changed (ZcPast *self, ZcDraft *draft, ZcDraftSection *section, const char *entry)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_difference_free);

  if (entry == NULL)
    compare_section (self, draft, section, found);
  else if (zc_draft_find_entry (draft, zc_draft_section_get_id (section), entry, NULL) == 0)
    return TRUE;
  else
    compare_fields (self, draft, section, entry, found);
  return found->len > 0;
}

/**
 * zc_past_is_changed:
 * @draft: what stands there now
 * @section: id of a section
 * @entry: (nullable): id of an entry
 * @field: (nullable): id of a field
 * @image: (nullable): digest of an image that stood there
 *
 * Returns: whether something else stands there now; of an image: whether it is there no more
 */
gboolean
zc_past_is_changed (ZcPast *self,
                    ZcDraft *draft,
                    const char *section,
                    const char *entry,
                    const char *field,
                    const char *image)
{
  ZcDraftSection *found = find_applicants (draft, section);
  const ZcField *definition;

  if (found == NULL)
    return FALSE;
  definition = field != NULL ? zc_section_find_field (zc_draft_section_get_definition (found), field) : NULL;
  if (definition == NULL)
    return is_part_changed (self, draft, found, entry);
  if (entry != NULL && zc_draft_find_entry (draft, section, entry, NULL) == 0)
    return TRUE;
  if (image != NULL)
    return !holds_image (find_now (draft, found, entry, field), image);
  return is_field_changed (self, draft, found, entry, definition);
}

gboolean
zc_past_has_entry (ZcPast *self, const char *section, const char *entry)
{
  JsonArray *entries = get_entries (find_document (self, section));

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    if (g_strcmp0 (get_string (json_array_get_element (entries, i), "id"), entry) == 0)
      return TRUE;
  return FALSE;
}

gboolean
zc_past_has_image (ZcPast *self, const char *section, const char *entry, const char *field, const char *sha256)
{
  return holds_image (zc_document_find (find_document (self, section), entry, field), sha256);
}

/**
 * zc_past_dup_text:
 * @draft: whose form it is
 * @section: id of a section
 * @entry: (nullable): id of an entry
 * @field: id of a field
 *
 * Returns: (transfer full): the text that stood there; "" when it was empty, or is not known (a body has only its id here)
 */
char *
zc_past_dup_text (ZcPast *self, ZcDraft *draft, const char *section, const char *entry, const char *field)
{
  const ZcSection *definition = zc_business_find_section (zc_draft_get_business (draft), section, NULL);
  const ZcField *found = definition != NULL ? zc_section_find_field (definition, field) : NULL;
  char *text;

  if (found == NULL || found->from == NULL)
    return zc_draft_value_text (zc_document_find (find_document (self, section), entry, field));
  text = dup_resolved (self, found->from);
  return text != NULL ? text : g_strdup ("");
}

/**
 * zc_past_list_images:
 * @section: id of a section
 * @entry: (nullable): id of an entry
 * @field: id of a field of images
 *
 * Returns: (transfer full): #ZcDraftImage, as they stood there
 */
GListModel *
zc_past_list_images (ZcPast *self, const char *section, const char *entry, const char *field)
{
  GListStore *images = g_list_store_new (ZC_TYPE_DRAFT_IMAGE);
  JsonNode *value = zc_document_find (find_document (self, section), entry, field);
  JsonArray *array = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr (ZcDraftImage) image = zc_draft_image_new (json_array_get_element (array, i));

      g_list_store_append (images, image);
    }
  return G_LIST_MODEL (images);
}

/* --- a draft and its past --- */

ZcPast *
zc_draft_get_past (ZcDraft *self)
{
  return self->past;
}

/**
 * zc_draft_set_past:
 * @past: (nullable): what was returned
 */
void
zc_draft_set_past (ZcDraft *self, ZcPast *past)
{
  if (g_set_object (&self->past, past))
    g_object_notify (G_OBJECT (self), "past");
}

static const char *
or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

/**
 * zc_draft_note_is_seen:
 * @note: on this draft
 *
 * Returns: whether the applicant sees the section where it stands: none of the unit's own (U5)
 */
gboolean
zc_draft_note_is_seen (ZcDraft *self, ZcNote *note)
{
  const ZcSection *section
      = zc_business_find_section (zc_draft_get_business (self), zc_note_get_section (note), NULL);

  return section != NULL && section->fills == ZC_FILLS_APPLICANT;
}

/**
 * zc_draft_note_is_done:
 * @note: of the return
 *
 * Returns: whether what it is about says something else by now (see above for what that means)
 */
gboolean
zc_draft_note_is_done (ZcDraft *self, ZcNote *note)
{
  return self->past != NULL
         && zc_past_is_changed (self->past, self, zc_note_get_section (note), or_null (zc_note_get_entry (note)),
                                or_null (zc_note_get_field (note)), or_null (zc_note_get_image (note)));
}

/* --- loading --- */

typedef struct
{
  ZcClient     *client;
  ZcLocalStore *store; /* (nullable) */
  char         *dossier;
  int           revision;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_object_unref (wanted->client);
  g_clear_object (&wanted->store);
  g_free (wanted->dossier);
  g_free (wanted);
}

/* One for each dossier: the next return takes its place. */
static char *
dup_setting (const Wanted *wanted)
{
  return g_strconcat (ZC_LOCAL_STORE_RETURNED, wanted->dossier, NULL);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Wanted *wanted = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ZcReply) reply = zc_client_get_revision_finish (ZC_CLIENT (source), result, &error);
  g_autofree char *name = dup_setting (wanted);
  g_autofree char *text = NULL;
  ZcPast *past;

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  text = zc_record_text (zc_reply_root (reply));
  past = zc_past_new (text, &error);
  if (past == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (wanted->store != NULL)
    zc_local_store_put_setting_async (wanted->store, name, text, kept_cb, NULL);
  g_task_return_pointer (task, past, g_object_unref);
}

static void
ask_server (GTask *task)
{
  const Wanted *wanted = g_task_get_task_data (task);

  zc_client_get_revision_async (wanted->client, wanted->dossier, wanted->revision, NULL, told_cb, task);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Wanted *wanted = g_task_get_task_data (task);
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcPast) past = text != NULL ? zc_past_new (text, NULL) : NULL;

  if (past != NULL && zc_past_get_revision (past) == wanted->revision)
    g_task_return_pointer (task, g_steal_pointer (&past), g_object_unref);
  else
    ask_server (g_steal_pointer (&task));
}

/**
 * zc_past_load_async:
 * @client: signed in
 * @store: (nullable): of the owner: with it what was returned is known without the network too. Staff give none: nothing of the
 *   applicant's is kept at theirs.
 * @dossier: id of a dossier
 * @revision: the number of a submission
 * @callback: called with it
 * @user_data: for @callback
 */
void
zc_past_load_async (ZcClient *client,
                    ZcLocalStore *store,
                    const char *dossier,
                    int revision,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);
  g_autofree char *name = NULL;

  wanted->client = g_object_ref (client);
  wanted->store = store != NULL ? g_object_ref (store) : NULL;
  wanted->dossier = g_strdup (dossier);
  wanted->revision = revision;
  g_task_set_task_data (task, wanted, wanted_free);
  name = dup_setting (wanted);
  if (store != NULL)
    zc_local_store_get_setting_async (store, name, stored_cb, task);
  else
    ask_server (task);
}

ZcPast *
zc_past_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- keeping up with the dossier --- */

typedef struct
{
  ZcDraft      *draft;  /* not owned: the handler goes with it */
  ZcClient     *client;
  ZcLocalStore *store;  /* (nullable) */
} Follow;

static void
follow_free (gpointer data, GClosure *closure)
{
  Follow *follow = data;

  g_object_unref (follow->client);
  g_clear_object (&follow->store);
  g_free (follow);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDraft) draft = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcPast) past = zc_past_load_finish (result, &error);

  if (past == NULL)
    {
      g_info ("what was returned is not known here: %s", error->message);
      draft->past_asked = 0; /* again, when the server is next heard of */
    }
  else if (zc_past_get_revision (past) == zc_dossier_get_returned_revision (draft->dossier))
    zc_draft_set_past (draft, past);
}

/* While its owner mends it, and once it was sent again: a submission held against itself tells nothing. */
static gboolean
is_wanted (ZcDossier *dossier)
{
  int revision = zc_dossier_get_returned_revision (dossier);

  if (zc_dossier_is_returned (dossier))
    return revision > 0 && zc_dossier_has_action (dossier, "edit");
  return revision > 0 && revision < zc_dossier_get_submissions (dossier);
}

static void
follow_cb (ZcDossier *dossier, Follow *follow)
{
  int revision = is_wanted (dossier) ? zc_dossier_get_returned_revision (dossier) : 0;

  if (revision == 0)
    zc_draft_set_past (follow->draft, NULL);
  else if (follow->draft->past_asked != revision)
    zc_past_load_async (follow->client, follow->store, zc_dossier_get_id (dossier), revision, loaded_cb,
                        g_object_ref (follow->draft));
  follow->draft->past_asked = revision;
}

/**
 * zc_draft_follow_past:
 * @client: signed in
 * @store: (nullable): see zc_past_load_async()
 *
 * From now on the draft knows what was returned, whenever there is something to hold against it.
 */
void
zc_draft_follow_past (ZcDraft *self, ZcClient *client, ZcLocalStore *store)
{
  Follow *follow = g_new0 (Follow, 1);

  follow->draft = self;
  follow->client = g_object_ref (client);
  follow->store = store != NULL ? g_object_ref (store) : NULL;
  self->past_id = g_signal_connect_data (self->dossier, "changed", G_CALLBACK (follow_cb), follow, follow_free, 0);
  follow_cb (self->dossier, follow);
}
