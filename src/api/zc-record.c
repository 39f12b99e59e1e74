/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-record.h"
#include "zc-time.h"

/* Read-only objects without a page of boilerplate each: a const table says where every property lies in the struct. */

typedef struct
{
  const ZcRecordField *fields;
  guint                n_fields;
} Table;

static GQuark
table_quark (void)
{
  return g_quark_from_static_string ("zc-record-table");
}

static const Table *
table_of (gpointer object)
{
  return g_type_get_qdata (G_OBJECT_TYPE (object), table_quark ());
}

GType
zc_record_string (void)
{
  return G_TYPE_STRING;
}

GType
zc_record_int (void)
{
  return G_TYPE_INT;
}

GType
zc_record_uint (void)
{
  return G_TYPE_UINT;
}

GType
zc_record_int64 (void)
{
  return G_TYPE_INT64;
}

GType
zc_record_boolean (void)
{
  return G_TYPE_BOOLEAN;
}

GType
zc_record_list (void)
{
  return G_TYPE_LIST_MODEL;
}

static gboolean
is_object (GType type)
{
  return g_type_is_a (type, G_TYPE_OBJECT) || g_type_is_a (type, G_TYPE_INTERFACE);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const ZcRecordField *field = &table_of (object)->fields[id - 1];
  gpointer place = G_STRUCT_MEMBER_P (object, field->offset);
  GType type = field->type ();

  if (type == G_TYPE_STRING)
    g_value_set_string (value, *(char **) place);
  else if (type == G_TYPE_INT)
    g_value_set_int (value, *(int *) place);
  else if (type == G_TYPE_UINT)
    g_value_set_uint (value, *(guint *) place);
  else if (type == G_TYPE_INT64)
    g_value_set_int64 (value, *(gint64 *) place);
  else if (type == G_TYPE_BOOLEAN)
    g_value_set_boolean (value, *(gboolean *) place);
  else
    g_value_set_object (value, *(GObject **) place);
}

static void
finalize (GObject *object)
{
  const Table *table = table_of (object);

  for (guint i = 0; i < table->n_fields; i++)
    {
      gpointer *place = G_STRUCT_MEMBER_P (object, table->fields[i].offset);
      GType type = table->fields[i].type ();

      if (type == G_TYPE_STRING)
        g_clear_pointer (place, g_free);
      else if (is_object (type))
        g_clear_object ((GObject **) place);
    }
  G_OBJECT_CLASS (g_type_class_peek (G_TYPE_OBJECT))->finalize (object);
}

static GParamSpec *
make_spec (const ZcRecordField *field)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GType type = field->type ();

  if (type == G_TYPE_STRING)
    return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
  if (type == G_TYPE_INT)
    return g_param_spec_int (field->name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);
  if (type == G_TYPE_UINT)
    return g_param_spec_uint (field->name, NULL, NULL, 0, G_MAXUINT, 0, flags);
  if (type == G_TYPE_INT64)
    return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  if (type == G_TYPE_BOOLEAN)
    return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);
  return g_param_spec_object (field->name, NULL, NULL, type, flags);
}

/**
 * zc_record_install:
 * @klass: the class being initialised, directly below GObject
 * @fields: (array length=n_fields): its properties, static
 * @n_fields: how many
 *
 * Gives the class its properties, and frees what they own with the object. A class with more to free chains up
 * from a finalize of its own.
 */
void
zc_record_install (GObjectClass *klass, const ZcRecordField *fields, guint n_fields)
{
  Table *table = g_new (Table, 1); /* as long as the type: for ever */

  table->fields = fields;
  table->n_fields = n_fields;
  g_type_set_qdata (G_OBJECT_CLASS_TYPE (klass), table_quark (), table);
  klass->get_property = get_property;
  klass->finalize = finalize;
  for (guint i = 0; i < n_fields; i++)
    g_object_class_install_property (klass, i + 1, make_spec (&fields[i]));
}

static gboolean
take_bytes (gpointer mine, gpointer theirs, gsize size)
{
  if (memcmp (mine, theirs, size) == 0)
    return FALSE;
  memcpy (mine, theirs, size);
  return TRUE;
}

static gboolean
take_list (GListStore *mine, GListModel *theirs)
{
  guint n = g_list_model_get_n_items (theirs);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, g_list_model_get_item (theirs, i));
  g_list_store_splice (mine, 0, g_list_model_get_n_items (G_LIST_MODEL (mine)), items->pdata, n);
  return FALSE;
}

static gboolean
take_field (const ZcRecordField *field, gpointer self, gpointer other)
{
  gpointer mine = G_STRUCT_MEMBER_P (self, field->offset);
  gpointer theirs = G_STRUCT_MEMBER_P (other, field->offset);
  GType type = field->type ();

  if (type == G_TYPE_STRING)
    return g_set_str (mine, *(char **) theirs);
  if (type == G_TYPE_INT64)
    return take_bytes (mine, theirs, sizeof (gint64));
  if (type == G_TYPE_INT || type == G_TYPE_UINT || type == G_TYPE_BOOLEAN)
    return take_bytes (mine, theirs, sizeof (int));
  if (type == G_TYPE_LIST_MODEL)
    return take_list (*(GListStore **) mine, *(GListModel **) theirs);
  return g_set_object ((GObject **) mine, *(GObject **) theirs);
}

/**
 * zc_record_take:
 * @self: an object whose class was installed with zc_record_install()
 * @other: another of the same class
 *
 * Returns: whether a property of @self changed
 */
gboolean
zc_record_take (gpointer self, gpointer other)
{
  const Table *table = table_of (self);
  gboolean changed = FALSE;

  g_return_val_if_fail (G_OBJECT_TYPE (self) == G_OBJECT_TYPE (other), FALSE);

  g_object_freeze_notify (self);
  for (guint i = 0; i < table->n_fields; i++)
    if (take_field (&table->fields[i], self, other))
      {
        changed = TRUE;
        g_object_notify (self, table->fields[i].name);
      }
  g_object_thaw_notify (self);
  return changed;
}

/**
 * zc_record_dup:
 * @object: (nullable): an object of a reply
 * @key: a member
 *
 * Returns: (transfer full): its text, "" where absent
 */
char *
zc_record_dup (const ZcJsonValue *object, const char *key)
{
  const char *text = zc_json_get_string (object, key);

  return g_strdup (text != NULL ? text : "");
}

/**
 * zc_record_time:
 * @object: (nullable): an object of a reply
 * @key: a member
 *
 * Returns: the instant, 0 where absent
 */
gint64
zc_record_time (const ZcJsonValue *object, const char *key)
{
  const char *text = zc_json_get_string (object, key);
  ZcTime time = 0;

  return text != NULL && zc_time_parse (text, &time) ? time : 0;
}

/**
 * zc_record_text:
 * @value: (nullable): a value
 *
 * Returns: (transfer full): @value as JSON, "null" where absent
 */
char *
zc_record_text (const ZcJsonValue *value)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  if (value != NULL)
    zc_json_add_value (&writer, NULL, value);
  else
    g_string_append (out, "null");
  return g_string_free (out, FALSE);
}

/**
 * zc_record_list_new:
 * @array: (nullable): an array of a reply; absent counts as empty
 * @type: the type of the items
 * @item_new: makes one
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the list
 */
GListStore *
zc_record_list_new (const ZcJsonValue *array,
                    GType type,
                    gpointer (*item_new) (const ZcJsonValue *value, GError **error),
                    GError **error)
{
  g_autoptr (GListStore) list = g_list_store_new (type);

  for (guint i = 0; i < zc_json_size (array); i++)
    {
      g_autoptr (GObject) item = item_new (zc_json_at (array, i), error);

      if (item == NULL)
        return NULL;
      g_list_store_append (list, item);
    }
  return g_steal_pointer (&list);
}
