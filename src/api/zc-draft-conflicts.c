/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-merge.h"

/* What was changed here and elsewhere (P16): listed for the person, and settled by what they choose. A section with something
 * unsettled is kept back, so the server goes on holding the other version until then. */

static JsonArray *
get_conflicts (JsonNode *node)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return object != NULL && json_object_has_member (object, "conflicts") ? json_object_get_array_member (object, "conflicts") : NULL;
}

int
zc_conflicts_count (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  JsonArray *conflicts = get_conflicts (node);

  return conflicts != NULL ? (int) json_array_get_length (conflicts) : 0;
}

/* --- listing --- */

/* What is on the screen now, which may have been edited since; what was deleted here stays deleted in the telling. */
static JsonNode *
mine_of (ZcDraftSection *section, JsonObject *conflict, const char *entry, const char *field)
{
  JsonNode *told = json_object_get_member (conflict, "mine");

  if (field == NULL && (told == NULL || JSON_NODE_HOLDS_NULL (told)))
    return NULL;
  return zc_document_find (section->document, entry, field);
}

static void
list_section (ZcDraftSection *section, GListStore *list)
{
  g_autoptr (JsonNode) node = section->conflicts != NULL ? json_from_string (section->conflicts, NULL) : NULL;
  JsonArray *conflicts = get_conflicts (node);

  for (guint i = 0; conflicts != NULL && i < json_array_get_length (conflicts); i++)
    {
      JsonObject *told = json_array_get_object_element (conflicts, i);
      const char *entry = json_object_get_string_member_with_default (told, "entry", NULL);
      const char *field = json_object_get_string_member_with_default (told, "field", NULL);
      g_autoptr (ZcConflict) conflict = zc_conflict_new (section->definition, entry, field, mine_of (section, told, entry, field),
                                                         json_object_get_member (told, "theirs"));

      g_list_store_append (list, conflict);
    }
}

static ZcDraftSection *
section_at (ZcDraft *self, guint index)
{
  g_autoptr (ZcDraftSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), index);

  return section; /* the list holds it */
}

/**
 * zc_draft_list_conflicts:
 * @self: a draft
 *
 * Returns: (transfer full): a list of #ZcConflict, as things are now
 */
GListModel *
zc_draft_list_conflicts (ZcDraft *self)
{
  GListStore *list = g_list_store_new (ZC_TYPE_CONFLICT);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sections)); i++)
    list_section (section_at (self, i), list);
  return G_LIST_MODEL (list);
}

/* --- settling --- */

static JsonArray *
entries_of (JsonNode *document)
{
  return json_object_get_array_member (json_node_get_object (document), "entries");
}

static void
remove_entry (JsonNode *document, const char *id)
{
  JsonArray *entries = entries_of (document);

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (entry, "id", NULL), id) == 0)
        {
          json_array_remove_element (entries, i);
          return;
        }
    }
}

/* An entry that was deleted here since comes back with what is chosen of it. values: (transfer full) */
static void
add_entry (JsonNode *document, const char *id, JsonObject *values)
{
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "id", id);
  json_object_set_object_member (entry, "values", values);
  json_array_add_object_element (entries_of (document), entry);
}

static void
take_entry (JsonNode *document, const char *id, JsonNode *chosen)
{
  if (chosen == NULL)
    remove_entry (document, id);
  else if (zc_document_find (document, id, NULL) == NULL)
    {
      g_autoptr (JsonNode) values = json_node_copy (chosen);

      add_entry (document, id, json_node_dup_object (values));
    }
}

static void
take_field (JsonNode *document, const char *entry, const char *field, JsonNode *chosen)
{
  JsonNode *values = zc_document_find (document, entry, NULL);

  if (values == NULL && entry != NULL && chosen != NULL)
    {
      add_entry (document, entry, json_object_new ());
      values = zc_document_find (document, entry, NULL);
    }
  if (values == NULL)
    return;
  if (chosen != NULL)
    json_object_set_member (json_node_get_object (values), field, json_node_copy (chosen));
  else
    json_object_remove_member (json_node_get_object (values), field);
}

/* Mine is what is on the screen: nothing to be done, but for an entry that was deleted here. */
static void
take_choice (JsonNode *document, ZcConflict *conflict)
{
  ZcSide choice = zc_conflict_get_choice (conflict);
  JsonNode *chosen = zc_conflict_get_value (conflict, choice);

  if (zc_conflict_get_field (conflict) == NULL)
    take_entry (document, zc_conflict_get_entry (conflict), chosen);
  else if (choice == ZC_SIDE_THEIRS)
    take_field (document, zc_conflict_get_entry (conflict), zc_conflict_get_field (conflict), chosen);
}

static ZcConflict *
find_choice (GListModel *conflicts, ZcDraftSection *section, JsonObject *told)
{
  const char *entry = json_object_get_string_member_with_default (told, "entry", NULL);
  const char *field = json_object_get_string_member_with_default (told, "field", NULL);

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr (ZcConflict) conflict = g_list_model_get_item (conflicts, i);

      if (zc_conflict_get_definition (conflict) == section->definition && zc_conflict_get_choice (conflict) != ZC_SIDE_NONE &&
          g_strcmp0 (zc_conflict_get_entry (conflict), entry) == 0 && g_strcmp0 (zc_conflict_get_field (conflict), field) == 0)
        return conflict; /* the list holds it */
    }
  return NULL;
}

/* One section: its document with what was chosen, and what still waits. */
typedef struct
{
  ZcDraftSection *section;
  JsonNode       *document;
  char           *text;
  char           *left;    /* (nullable) */
  guint           n_taken;
} Settled;

static void
settled_clear (Settled *settled)
{
  g_clear_pointer (&settled->document, json_node_unref);
  g_clear_pointer (&settled->text, g_free);
  g_clear_pointer (&settled->left, g_free);
}

/* json-glib's copies share what lies below the top: the text is the copy. */
static JsonNode *
copy_document (JsonNode *document)
{
  g_autofree char *text = json_to_string (document, FALSE);

  return json_from_string (text, NULL);
}

static void
settle_section (Settled *settled, ZcDraftSection *section, GListModel *conflicts)
{
  g_autoptr (JsonNode) node = json_from_string (section->conflicts, NULL);
  JsonArray *told = get_conflicts (node);

  settled->section = section;
  settled->document = copy_document (section->document);
  settled->n_taken = 0;
  for (guint i = told != NULL ? json_array_get_length (told) : 0; i-- > 0;)
    {
      ZcConflict *conflict = find_choice (conflicts, section, json_array_get_object_element (told, i));

      if (conflict == NULL)
        continue;
      take_choice (settled->document, conflict);
      json_array_remove_element (told, i);
      settled->n_taken++;
    }
  settled->text = json_to_string (settled->document, FALSE);
  settled->left = told != NULL && json_array_get_length (told) > 0 ? json_to_string (node, FALSE) : NULL;
}

typedef struct
{
  GListModel *conflicts;
  guint       next;      /* section */
  Settled     settled;   /* under way */
} Settling;

static void
settling_free (Settling *settling)
{
  g_object_unref (settling->conflicts);
  settled_clear (&settling->settled);
  g_free (settling);
}

static void settle_next (GTask *task);

static void
take_settled (ZcDraft *self, Settled *settled)
{
  ZcDraftSection *section = settled->section;

  zc_draft_take_document (self, section, g_steal_pointer (&settled->document));
  g_set_str (&section->stored, settled->text);
  g_set_str (&section->conflicts, settled->left);
  zc_draft_set_number (section, "n-conflicts", &section->n_conflicts, zc_conflicts_count (settled->left));
  section->dirty = TRUE; /* until the store or the server say otherwise */
  zc_draft_update_states (self);
  zc_draft_check_soon (self);
  g_signal_emit (self, zc_draft_signals[ZC_DRAFT_RELOADED], 0, section->id);
}

static void
section_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean settled = zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error);

  if (settled)
    take_settled (self, &settling->settled);
  settled_clear (&settling->settled);
  zc_draft_read_again (self);
  if (settled)
    {
      settle_next (task);
      return;
    }
  if (g_error_matches (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_REPLACED))
    {
      g_clear_error (&error);
      error = zc_refusal_new (ZC_REFUSAL_PRECONDITION, "the section was replaced while choosing");
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
settle_next (GTask *task)
{
  ZcDraft *self = g_task_get_source_object (task);
  Settling *settling = g_task_get_task_data (task);

  while (settling->next < g_list_model_get_n_items (G_LIST_MODEL (self->sections)))
    {
      ZcDraftSection *section = section_at (self, settling->next++);
      ZcSettling chosen;

      if (section->conflicts == NULL)
        continue;
      settle_section (&settling->settled, section, settling->conflicts);
      if (settling->settled.n_taken == 0)
        {
          settled_clear (&settling->settled);
          continue;
        }
      chosen = (ZcSettling){ settling->settled.text, section->revision, section->conflicts, settling->settled.left };
      zc_local_store_settle_conflicts_async (self->store, zc_dossier_get_id (self->dossier), section->id, &chosen,
                                             section_settled_cb, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (zc_draft_flush_finish (ZC_DRAFT (source), result, &error))
    {
      settle_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * zc_draft_settle_async:
 * @self: an editable draft
 * @conflicts: a list of zc_draft_list_conflicts(), with choices
 * @callback: called when what was chosen is durable, or with why not
 * @user_data: for @callback
 */
void
zc_draft_settle_async (ZcDraft *self, GListModel *conflicts, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Settling *settling = g_new0 (Settling, 1);

  g_return_if_fail (self->store != NULL);

  settling->conflicts = g_object_ref (conflicts);
  g_task_set_task_data (task, settling, (GDestroyNotify) settling_free);
  zc_draft_flush_async (self, flushed_cb, task);
}

gboolean
zc_draft_settle_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
