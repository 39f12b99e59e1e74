/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-merge.h"

/* Three-way merge of a section's document (P16). Two rules: nothing that one side alone did is undone, and nothing that either
 * side typed vanishes without being told. */

typedef struct
{
  JsonArray  *conflicts;
  const char *entry; /* (nullable): the one being merged */
} Merging;

/* Both take their argument. */
static JsonNode *
wrap_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static JsonNode *
wrap_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static gboolean
is_empty (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return json_node_get_value_type (node) == G_TYPE_STRING && *json_node_get_string (node) == '\0';
}

static gboolean values_equal (JsonNode *a, JsonNode *b);

static gboolean
contains_all (JsonObject *a, JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &value))
    if (!values_equal (value, json_object_get_member (b, name)))
      return FALSE;
  return TRUE;
}

static gboolean
arrays_equal (JsonArray *a, JsonArray *b)
{
  guint n = json_array_get_length (a);

  if (n != json_array_get_length (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!values_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
      return FALSE;
  return TRUE;
}

/* 1 and 1.0 are the same number; empty is empty however it is written. */
static gboolean
values_equal (JsonNode *a, JsonNode *b)
{
  if (is_empty (a) || is_empty (b))
    return is_empty (a) && is_empty (b);
  if (JSON_NODE_TYPE (a) != JSON_NODE_TYPE (b))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (a))
    return contains_all (json_node_get_object (a), json_node_get_object (b)) &&
           contains_all (json_node_get_object (b), json_node_get_object (a));
  if (JSON_NODE_HOLDS_ARRAY (a))
    return arrays_equal (json_node_get_array (a), json_node_get_array (b));
  return json_node_equal (a, b);
}

static JsonNode *
member (JsonNode *object, const char *name)
{
  if (object == NULL || !JSON_NODE_HOLDS_OBJECT (object))
    return NULL;
  return json_object_get_member (json_node_get_object (object), name);
}

static const char *
text_member (JsonNode *object, const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static void
add_value (JsonObject *object, const char *name, JsonNode *value)
{
  json_object_set_member (object, name, value != NULL ? json_node_copy (value) : json_node_new (JSON_NODE_NULL));
}

static void
tell (Merging *merging, const char *field, JsonNode *mine, JsonNode *theirs)
{
  JsonObject *conflict = json_object_new ();

  if (merging->entry != NULL)
    json_object_set_string_member (conflict, "entry", merging->entry);
  if (field != NULL)
    json_object_set_string_member (conflict, "field", field);
  add_value (conflict, "mine", mine);
  add_value (conflict, "theirs", theirs);
  json_array_add_object_element (merging->conflicts, conflict);
}

/* --- lists of things with a name of their own: images by digest, entries by id --- */

static JsonNode *
find_item (JsonNode *array, const char *key, const char *id)
{
  guint n = array != NULL && JSON_NODE_HOLDS_ARRAY (array) ? json_array_get_length (json_node_get_array (array)) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (array), i);

      if (id != NULL && g_strcmp0 (text_member (item, key), id) == 0)
        return item;
    }
  return NULL;
}

static guint
n_items (JsonNode *array)
{
  return array != NULL && JSON_NODE_HOLDS_ARRAY (array) ? json_array_get_length (json_node_get_array (array)) : 0;
}

static const char *
item_id (JsonNode *array, guint index, const char *key)
{
  return text_member (json_array_get_element (json_node_get_array (array), index), key);
}

/* Where the items that both base and side hold stand in another order. */
static gboolean
was_reordered (JsonNode *base, JsonNode *side, const char *key)
{
  guint at = 0;

  for (guint i = 0; i < n_items (side); i++)
    {
      const char *id = item_id (side, i, key);

      if (find_item (base, key, id) == NULL)
        continue;
      while (at < n_items (base) &&
             (find_item (side, key, item_id (base, at, key)) == NULL))
        at++;
      if (at >= n_items (base) || g_strcmp0 (item_id (base, at, key), id) != 0)
        return TRUE;
      at++;
    }
  return FALSE;
}

static gint
index_of (GPtrArray *ids, const char *id)
{
  guint index;

  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, &index) ? (gint) index : -1;
}

/* Puts the items that only `other` has behind the one they stand behind there. */
static void
weave (GPtrArray *ids, JsonNode *other, const char *key)
{
  for (guint i = 0; i < n_items (other); i++)
    {
      const char *id = item_id (other, i, key);
      const char *before = i > 0 ? item_id (other, i - 1, key) : NULL;
      gint at = before != NULL ? index_of (ids, before) : -1;

      if (id != NULL && index_of (ids, id) < 0)
        g_ptr_array_insert (ids, at + 1, (gpointer) id);
    }
}

/* The order of whoever changed it (mine if both did), with everything either side has. */
static GPtrArray *
merged_order (JsonNode *base, JsonNode *mine, JsonNode *theirs, const char *key)
{
  gboolean follow_theirs = was_reordered (base, theirs, key) && !was_reordered (base, mine, key);
  JsonNode *first = follow_theirs ? theirs : mine;
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < n_items (first); i++)
    if (item_id (first, i, key) != NULL && index_of (ids, item_id (first, i, key)) < 0)
      g_ptr_array_add (ids, (gpointer) item_id (first, i, key));
  weave (ids, follow_theirs ? mine : theirs, key);
  return ids;
}

static gboolean
is_list_of (JsonNode *node, const char *key)
{
  if (node == NULL || is_empty (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  for (guint i = 0; i < n_items (node); i++)
    if (item_id (node, i, key) == NULL)
      return FALSE;
  return TRUE;
}

/* Images are never changed, only added and taken away: what one side took away and the other left goes. */
static JsonNode *
merge_images (JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  g_autoptr (GPtrArray) order = merged_order (base, mine, theirs, "sha256");
  JsonArray *merged = json_array_new ();

  for (guint i = 0; i < order->len; i++)
    {
      const char *id = g_ptr_array_index (order, i);
      JsonNode *here = find_item (mine, "sha256", id), *there = find_item (theirs, "sha256", id);

      if (find_item (base, "sha256", id) == NULL || (here != NULL && there != NULL))
        json_array_add_element (merged, json_node_copy (here != NULL ? here : there));
    }
  return wrap_array (merged);
}

/* The one picture of a field, replaced on both sides: there may be place for one alone. */
static gboolean
is_one_replaced_twice (JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  return n_items (base) == 1 && n_items (mine) == 1 && n_items (theirs) == 1;
}

static JsonNode *
merge_value (Merging *merging, const char *field, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  if (values_equal (mine, theirs) || values_equal (base, theirs))
    return mine != NULL ? json_node_copy (mine) : NULL;
  if (values_equal (base, mine))
    return theirs != NULL ? json_node_copy (theirs) : NULL;
  if (is_list_of (base, "sha256") && is_list_of (mine, "sha256") && is_list_of (theirs, "sha256") &&
      !is_one_replaced_twice (base, mine, theirs))
    return merge_images (base, mine, theirs);
  tell (merging, field, mine, theirs);
  return mine != NULL ? json_node_copy (mine) : NULL;
}

static void
merge_members (Merging *merging, JsonObject *merged, JsonNode *names, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  JsonObjectIter iter;
  const char *name;

  if (names == NULL || !JSON_NODE_HOLDS_OBJECT (names))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (names));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      JsonNode *value;

      if (json_object_has_member (merged, name))
        continue;
      value = merge_value (merging, name, member (base, name), member (mine, name), member (theirs, name));
      if (!is_empty (value))
        json_object_set_member (merged, name, g_steal_pointer (&value));
      g_clear_pointer (&value, json_node_unref);
    }
}

static JsonNode *
merge_values (Merging *merging, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  JsonObject *merged = json_object_new ();

  merge_members (merging, merged, mine, base, mine, theirs);
  /* a field that both emptied, or one of which the other side alone knows */
  merge_members (merging, merged, theirs, base, mine, theirs);
  return wrap_object (merged);
}

static JsonNode *
merge_entry (Merging *merging, const char *id, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  JsonObject *merged = json_object_new ();

  merging->entry = id;
  json_object_set_string_member (merged, "id", id);
  json_object_set_member (merged, "values",
                          merge_values (merging, member (base, "values"), member (mine, "values"), member (theirs, "values")));
  merging->entry = NULL;
  return wrap_object (merged);
}

/* An entry that one side deleted: goes if the other left it alone, stays (and is told) if the other changed it. */
static JsonNode *
keep_deleted (Merging *merging, const char *id, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  JsonNode *left = mine != NULL ? mine : theirs;

  if (base == NULL)
    return json_node_copy (left); /* not deleted: new */
  if (values_equal (member (base, "values"), member (left, "values")))
    return NULL;
  merging->entry = id;
  tell (merging, NULL, member (mine, "values"), member (theirs, "values"));
  merging->entry = NULL;
  return json_node_copy (left);
}

static JsonNode *
merge_entries (Merging *merging, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  g_autoptr (GPtrArray) order = merged_order (base, mine, theirs, "id");
  JsonArray *merged = json_array_new ();

  for (guint i = 0; i < order->len; i++)
    {
      const char *id = g_ptr_array_index (order, i);
      JsonNode *root = find_item (base, "id", id), *here = find_item (mine, "id", id), *there = find_item (theirs, "id", id);
      JsonNode *entry = here != NULL && there != NULL ? merge_entry (merging, id, root, here, there)
                                                      : keep_deleted (merging, id, root, here, there);

      if (entry != NULL)
        json_array_add_element (merged, entry);
    }
  return wrap_array (merged);
}

/**
 * zc_merge_documents:
 * @base: (nullable): what both began from
 * @mine: this computer's document
 * @theirs: the server's document
 * @result: (out): what comes of them; clear it with zc_merge_clear()
 */
void
zc_merge_documents (JsonNode *base, JsonNode *mine, JsonNode *theirs, ZcMerge *result)
{
  Merging merging = { json_array_new (), NULL };
  JsonObject *document = json_object_new ();

  if (member (mine, "entries") != NULL || member (theirs, "entries") != NULL)
    json_object_set_member (document, "entries",
                            merge_entries (&merging, member (base, "entries"), member (mine, "entries"), member (theirs, "entries")));
  else
    json_object_set_member (document, "values",
                            merge_values (&merging, member (base, "values"), member (mine, "values"), member (theirs, "values")));
  result->merged = wrap_object (document);
  result->conflicts = NULL;
  if (json_array_get_length (merging.conflicts) > 0)
    {
      JsonObject *object = json_object_new ();

      json_object_set_array_member (object, "conflicts", json_array_ref (merging.conflicts));
      result->conflicts = wrap_object (object);
    }
  json_array_unref (merging.conflicts);
}

/**
 * zc_merge_clear:
 * @merge: a result, or zeroes
 */
void
zc_merge_clear (ZcMerge *merge)
{
  g_clear_pointer (&merge->merged, json_node_unref);
  g_clear_pointer (&merge->conflicts, json_node_unref);
}

/**
 * zc_values_equal:
 * @a: (nullable): a value of a document
 * @b: (nullable): another
 *
 * Returns: whether they say the same; empty is empty however it is written
 */
gboolean
zc_values_equal (JsonNode *a, JsonNode *b)
{
  return values_equal (a, b);
}

/**
 * zc_document_find:
 * @document: a section's document
 * @entry: (nullable): id of an entry
 * @field: (nullable): id of a field; NULL: all values of the entry
 *
 * Returns: (transfer none) (nullable): what stands there
 */
JsonNode *
zc_document_find (JsonNode *document, const char *entry, const char *field)
{
  JsonNode *values =
      entry != NULL ? member (find_item (member (document, "entries"), "id", entry), "values") : member (document, "values");

  return field != NULL ? member (values, field) : values;
}

static gboolean
is_empty_document (JsonNode *document)
{
  JsonNode *values = member (document, "values");

  if (!is_empty (member (document, "entries")))
    return FALSE;
  return values == NULL || !JSON_NODE_HOLDS_OBJECT (values) || json_object_get_size (json_node_get_object (values)) == 0;
}

/**
 * zc_documents_equal:
 * @a: a document
 * @b: another
 *
 * Returns: whether they say the same
 */
gboolean
zc_documents_equal (JsonNode *a, JsonNode *b)
{
  return values_equal (a, b) || (is_empty_document (a) && is_empty_document (b));
}
