/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <math.h>

#include "zc-draft-private.h"
#include "zc-id.h"

/* The documents of a draft as trees: values, entries and images, read and changed by place. */

JsonNode *
zc_draft_empty_document (const ZcSection *definition)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  if (definition->repeats)
    json_object_set_array_member (object, "entries", json_array_new ());
  else
    json_object_set_object_member (object, "values", json_object_new ());
  json_node_take_object (node, object);
  return node;
}

static JsonArray *
get_entries (ZcDraftSection *section)
{
  return json_object_get_array_member (json_node_get_object (section->document), "entries");
}

static const char *
id_of (JsonNode *entry)
{
  return json_object_get_string_member_with_default (json_node_get_object (entry), "id", "");
}

static gint
index_of_entry (JsonArray *entries, const char *id)
{
  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (strcmp (id_of (json_array_get_element (entries, i)), id) == 0)
      return (gint) i;
  return -1;
}

/* The object that holds the values of a place; NULL: no such entry. */
static JsonObject *
get_values (ZcDraftSection *section, const char *entry)
{
  gint index;

  if (!section->repeats)
    return json_object_get_object_member (json_node_get_object (section->document), "values");
  index = entry != NULL ? index_of_entry (get_entries (section), entry) : -1;
  return index >= 0 ? json_object_get_object_member (json_array_get_object_element (get_entries (section), index), "values") : NULL;
}

static gboolean
is_empty (JsonNode *value)
{
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return json_array_get_length (json_node_get_array (value)) == 0;
  return json_node_get_value_type (value) == G_TYPE_STRING && *json_node_get_string (value) == '\0';
}

/* --- what follows a document: the list of entries, the lists of images --- */

static ZcDraftEntry *
find_item (GListStore *list, const char *id, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftEntry) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (strcmp (item->id, id) == 0)
        {
          if (position != NULL)
            *position = i;
          return item; /* the list holds it */
        }
    }
  return NULL;
}

static char *
title_of (ZcDraft *self, ZcDraftSection *section, const char *entry)
{
  if (section->definition->entry_title == NULL)
    return g_strdup ("");
  return zc_draft_dup_text (self, section->id, entry, section->definition->entry_title);
}

static void
refresh_titles (ZcDraft *self, ZcDraftSection *section)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (section->entries)); i++)
    {
      g_autoptr (ZcDraftEntry) item = g_list_model_get_item (G_LIST_MODEL (section->entries), i);
      g_autofree char *title = title_of (self, section, item->id);

      zc_draft_set_string (item, "title", &item->title, title);
    }
}

static void
refresh_entries (ZcDraft *self, ZcDraftSection *section)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *entries = section->repeats ? get_entries (section) : NULL;

  if (entries == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      const char *id = id_of (json_array_get_element (entries, i));
      ZcDraftEntry *known = find_item (section->entries, id, NULL);

      g_ptr_array_add (items, known != NULL ? g_object_ref (known) : zc_draft_entry_new (id));
    }
  g_list_store_splice (section->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (section->entries)), items->pdata, items->len);
  refresh_titles (self, section);
}

static ZcDraftImage *
find_image (GListStore *list, const char *sha256)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (ZcDraftImage) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (strcmp (item->sha256, sha256) == 0)
        return item; /* the list holds it */
    }
  return NULL;
}

static void
refresh_image (ZcDraft *self, ZcDraftImage *image)
{
  gboolean here = g_hash_table_contains (self->images_here, image->sha256);
  ZcSyncState state = self->store != NULL ? ZC_SYNC_SAVED : ZC_SYNC_ON_SERVER;

  if (self->sync != NULL)
    state = zc_sync_get_image_state (self->sync, zc_dossier_get_id (self->dossier), image->sha256);
  zc_draft_set_number (image, "here", &image->here, here);
  zc_draft_set_number (image, "sync-state", &image->sync_state, (int) state);
}

static gboolean
holds_the_same (GListStore *list, GPtrArray *items)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (item != g_ptr_array_index (items, i))
        return FALSE;
    }
  return TRUE;
}

static void
refresh_list (ZcDraft *self, GListStore *list, JsonNode *value)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *images = value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    {
      JsonNode *image = json_array_get_element (images, i);
      const char *sha256 = json_object_get_string_member_with_default (json_node_get_object (image), "sha256", "");
      ZcDraftImage *known = find_image (list, sha256);

      g_ptr_array_add (items, known != NULL ? g_object_ref (known) : zc_draft_image_new (image));
      refresh_image (self, g_ptr_array_index (items, i));
    }
  if (!holds_the_same (list, items))
    g_list_store_splice (list, 0, g_list_model_get_n_items (G_LIST_MODEL (list)), items->pdata, items->len);
}

void
zc_draft_refresh_images (ZcDraft *self, const char *section)
{
  GHashTableIter iter;
  gpointer key, list;

  g_hash_table_iter_init (&iter, self->image_lists);
  while (g_hash_table_iter_next (&iter, &key, &list))
    {
      g_auto (GStrv) place = g_strsplit (key, "\n", 3);
      const char *entry = *place[1] != '\0' ? place[1] : NULL;

      if (section == NULL || strcmp (place[0], section) == 0)
        refresh_list (self, list, zc_draft_get_value (self, place[0], entry, place[2]));
    }
}

static gboolean
is_document (ZcDraftSection *section, JsonNode *document)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (document) ? json_node_get_object (document) : NULL;
  JsonNode *content = object != NULL ? json_object_get_member (object, section->repeats ? "entries" : "values") : NULL;

  if (content == NULL)
    return FALSE;
  return section->repeats ? JSON_NODE_HOLDS_ARRAY (content) : JSON_NODE_HOLDS_OBJECT (content);
}

void
zc_draft_take_document (ZcDraft *self, ZcDraftSection *section, JsonNode *document)
{
  if (!is_document (section, document))
    {
      json_node_unref (document);
      document = zc_draft_empty_document (section->definition);
    }
  json_node_unref (section->document);
  section->document = document;
  g_clear_pointer (&section->snapshot, zc_json_unref);
  refresh_entries (self, section);
  zc_draft_refresh_images (self, section->id);
}

void
zc_draft_emit_value (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  g_signal_emit (self, zc_draft_signals[ZC_DRAFT_VALUE_CHANGED], 0, section, entry, field);
}

/* --- values --- */

/**
 * zc_draft_get_value:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 *
 * Returns: (transfer none) (nullable): the stored value; valid until the next change
 */
JsonNode *
zc_draft_get_value (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  JsonObject *values = found != NULL ? get_values (found, entry) : NULL;
  JsonNode *value = values != NULL ? json_object_get_member (values, field) : NULL;

  return is_empty (value) ? NULL : value;
}

static void
emit_sums (ZcDraft *self, ZcDraftSection *section, const char *entry, const char *field)
{
  for (guint i = 0; i < section->definition->n_fields; i++)
    {
      const ZcField *computed = &section->definition->fields[i];

      if (computed->sum != NULL && g_strv_contains (computed->sum, field))
        zc_draft_emit_value (self, section->id, entry, computed->id);
    }
}

/**
 * zc_draft_set_value:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 * @value: (transfer full) (nullable): the new value
 *
 * Changes what is on the screen; the store has it within a second.
 */
void
zc_draft_set_value (ZcDraft *self, const char *section, const char *entry, const char *field, JsonNode *value)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  JsonObject *values = found != NULL ? get_values (found, entry) : NULL;
  g_autoptr (JsonNode) owned = value;
  JsonNode *before;

  g_return_if_fail (found != NULL && found->kept && values != NULL);

  before = json_object_get_member (values, field);
  if (is_empty (owned) ? is_empty (before) : before != NULL && json_node_equal (before, owned))
    return;
  if (is_empty (owned))
    json_object_remove_member (values, field);
  else
    json_object_set_member (values, field, g_steal_pointer (&owned));
  zc_draft_touch (self, found);
  if (g_strcmp0 (found->definition->entry_title, field) == 0)
    refresh_titles (self, found);
  zc_draft_refresh_images (self, section);
  zc_draft_emit_value (self, section, entry, field);
  emit_sums (self, found, entry, field);
}

static char *
number_text (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (number == floor (number) && fabs (number) < 1e15)
    return g_strdup_printf ("%.0f", number);
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", number));
}

static double
number_of (JsonNode *value)
{
  GType type = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (value) : 0;
}

static char *
sum_text (ZcDraft *self, ZcDraftSection *section, const char *entry, const ZcField *field)
{
  double sum = 0;

  for (guint i = 0; field->sum[i] != NULL; i++)
    if (zc_draft_field_applies (self, section->id, entry, field->sum[i]))
      sum += number_of (zc_draft_get_value (self, section->id, entry, field->sum[i]));
  return number_text (sum);
}

/* (transfer full): what a person sees of a stored value, "" when empty */
char *
zc_draft_value_text (JsonNode *value)
{
  GType type = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return number_text (json_node_get_double (value));
  return g_strdup (type == G_TYPE_BOOLEAN && json_node_get_boolean (value) ? "true" : "");
}

/**
 * zc_draft_dup_text:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 *
 * Returns: (transfer full): what a person sees there, "" when empty
 */
char *
zc_draft_dup_text (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  const ZcField *definition = found != NULL ? zc_section_find_field (found->definition, field) : NULL;

  if (definition == NULL)
    return g_strdup ("");
  if (definition->from != NULL)
    {
      const char *text = zc_dossier_get_resolved (self->dossier, definition->from);

      return g_strdup (text != NULL ? text : "");
    }
  if (definition->type == ZC_FIELD_COMPUTED && definition->sum != NULL)
    return sum_text (self, found, entry, definition);
  return zc_draft_value_text (zc_draft_get_value (self, section, entry, field));
}

static JsonNode *
text_node (const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_string (node, text);
  return node;
}

/* What cannot be read as a number stays as it was typed, and the check says so. */
static JsonNode *
number_node (const char *text, gboolean integer)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  JsonNode *node;
  gint64 whole;
  double number;
  char *end;

  if (g_ascii_string_to_signed (trimmed, 10, -G_GINT64_CONSTANT (9007199254740991), G_GINT64_CONSTANT (9007199254740991), &whole,
                                NULL))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_int (node, whole);
      return node;
    }
  number = g_ascii_strtod (trimmed, &end);
  if (integer || *trimmed == '\0' || *end != '\0' || !isfinite (number) || strspn (trimmed, "+-.0123456789") != strlen (trimmed))
    return text_node (text);
  node = json_node_new (JSON_NODE_VALUE);
  json_node_set_double (node, number);
  return node;
}

static JsonNode *
flag_node (gboolean flag)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_boolean (node, flag);
  return node;
}

/**
 * zc_draft_set_text:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 * @text: what was typed or chosen
 */
void
zc_draft_set_text (ZcDraft *self, const char *section, const char *entry, const char *field, const char *text)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  const ZcField *definition = found != NULL ? zc_section_find_field (found->definition, field) : NULL;
  JsonNode *value;

  g_return_if_fail (definition != NULL && definition->type != ZC_FIELD_IMAGES && definition->type != ZC_FIELD_COMPUTED);
  g_return_if_fail (definition->from == NULL);

  if (*text == '\0')
    value = NULL;
  else if (definition->type == ZC_FIELD_INTEGER || definition->type == ZC_FIELD_DECIMAL)
    value = number_node (text, definition->type == ZC_FIELD_INTEGER);
  else if (definition->type == ZC_FIELD_FLAG)
    value = flag_node (strcmp (text, "true") == 0);
  else
    value = text_node (text);
  zc_draft_set_value (self, section, entry, field, value);
}

gboolean
zc_draft_get_flag (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  JsonNode *value = zc_draft_get_value (self, section, entry, field);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (value);
}

void
zc_draft_set_flag (ZcDraft *self, const char *section, const char *entry, const char *field, gboolean flag)
{
  zc_draft_set_value (self, section, entry, field, flag_node (flag));
}

/* --- entries --- */

GListModel *
zc_draft_get_entries (ZcDraft *self, const char *section)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);

  return found != NULL ? G_LIST_MODEL (found->entries) : NULL;
}

/**
 * zc_draft_find_entry:
 * @self: a draft
 * @section: (nullable): id of a section
 * @entry: (nullable): id of an entry
 * @title: (out) (optional) (transfer full): what the person calls it; untouched where it is not there
 *
 * Returns: its number among the entries of the section, from 1; 0: it is not there
 */
int
zc_draft_find_entry (ZcDraft *self, const char *section, const char *entry, char **title)
{
  ZcDraftSection *found = section != NULL ? zc_draft_find_section (self, section) : NULL;
  guint position = 0;
  ZcDraftEntry *item = found != NULL && entry != NULL ? find_item (found->entries, entry, &position) : NULL;

  if (item != NULL && title != NULL)
    *title = g_strdup (item->title);
  return item != NULL ? (int) position + 1 : 0;
}

static JsonNode *
new_entry (const char *id)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_object_member (object, "values", json_object_new ());
  json_node_take_object (node, object);
  return node;
}

/**
 * zc_draft_add_entry:
 * @self: a draft
 * @section: id of a repeating section
 *
 * Returns: (transfer none) (nullable): the id of the new entry, at the end; NULL: there are as many as there may be
 */
const char *
zc_draft_add_entry (ZcDraft *self, const char *section)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  g_autofree char *id = zc_id_new ();
  guint n;

  g_return_val_if_fail (found != NULL && found->kept && found->repeats, NULL);

  n = json_array_get_length (get_entries (found));
  if (found->definition->max_entries > 0 && n >= found->definition->max_entries)
    return NULL;
  zc_draft_insert_entry (self, section, n, new_entry (id));
  return find_item (found->entries, id, NULL)->id;
}

/* json-glib has no insertion: the array is made anew. Takes entry. */
static void
insert_at (ZcDraftSection *section, guint position, JsonNode *entry)
{
  JsonArray *before = get_entries (section);
  JsonArray *after = json_array_new ();
  guint n = json_array_get_length (before);

  for (guint i = 0; i <= n; i++)
    {
      if (i == MIN (position, n))
        json_array_add_element (after, entry);
      if (i < n)
        json_array_add_element (after, json_array_dup_element (before, i));
    }
  json_object_set_array_member (json_node_get_object (section->document), "entries", after);
}

/**
 * zc_draft_remove_entry:
 * @self: a draft
 * @section: id of a repeating section
 * @entry: id of one of its entries
 * @position: (out) (optional): where it stood
 *
 * Returns: (transfer full) (nullable): the entry, for zc_draft_insert_entry()
 */
JsonNode *
zc_draft_remove_entry (ZcDraft *self, const char *section, const char *entry, guint *position)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  gint index = found != NULL && found->repeats ? index_of_entry (get_entries (found), entry) : -1;
  JsonNode *removed;
  guint place;

  if (index < 0)
    return NULL;
  removed = json_array_dup_element (get_entries (found), index);
  json_array_remove_element (get_entries (found), index);
  if (position != NULL)
    *position = index;
  zc_draft_touch (self, found);
  if (find_item (found->entries, entry, &place) != NULL)
    g_list_store_remove (found->entries, place);
  return removed;
}

void
zc_draft_insert_entry (ZcDraft *self, const char *section, guint position, JsonNode *entry)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  guint n;

  g_return_if_fail (found != NULL && found->kept && found->repeats && JSON_NODE_HOLDS_OBJECT (entry));

  n = g_list_model_get_n_items (G_LIST_MODEL (found->entries));
  insert_at (found, position, entry);
  zc_draft_touch (self, found);
  {
    g_autoptr (ZcDraftEntry) item = zc_draft_entry_new (id_of (entry));

    g_list_store_insert (found->entries, MIN (position, n), item);
  }
  refresh_titles (self, found);
  zc_draft_refresh_images (self, section);
}

void
zc_draft_move_entry (ZcDraft *self, const char *section, const char *entry, guint position)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);
  gint index = found != NULL && found->repeats ? index_of_entry (get_entries (found), entry) : -1;
  g_autoptr (ZcDraftEntry) item = NULL;
  JsonNode *node;
  guint place = 0;

  if (index < 0 || (guint) index == position)
    return;
  node = json_array_dup_element (get_entries (found), index);
  json_array_remove_element (get_entries (found), index);
  insert_at (found, position, node);
  zc_draft_touch (self, found);
  item = g_object_ref (find_item (found->entries, entry, &place));
  g_list_store_remove (found->entries, place);
  g_list_store_insert (found->entries, MIN (position, g_list_model_get_n_items (G_LIST_MODEL (found->entries))), item);
}
