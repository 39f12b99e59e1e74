/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-catalog-item.h"
#include "zc-record.h"

/* One row of what can be chosen: level, series, region, unit, office, committee, business. */

typedef struct
{
  char     *id;
  GStrv     names;
  gboolean  exam_only;
  gint64    open_until;
  gint64    opens_at;
  gint64    closed_at;
} Level;

struct _ZcCatalogItem
{
  GObject parent_instance;

  char      *id;
  char      *name;
  char      *detail;
  int        year;
  int        revision;
  gboolean   open;
  gint64     window_start;
  gint64     window_end;
  char      *taken;
  gboolean   superior;
  char      *admits;
  char      *amends;
  GPtrArray *levels; /* (nullable): Level: only series say */
  GStrv      level_ids;
  GListStore *people; /* (nullable): only departments say */
};

G_DEFINE_FINAL_TYPE (ZcCatalogItem, zc_catalog_item, G_TYPE_OBJECT)

static const ZcRecordField fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcCatalogItem, id) },
  { "name", zc_record_string, G_STRUCT_OFFSET (ZcCatalogItem, name) },
  { "detail", zc_record_string, G_STRUCT_OFFSET (ZcCatalogItem, detail) },
  { "year", zc_record_int, G_STRUCT_OFFSET (ZcCatalogItem, year) },
  { "revision", zc_record_int, G_STRUCT_OFFSET (ZcCatalogItem, revision) },
  { "open", zc_record_boolean, G_STRUCT_OFFSET (ZcCatalogItem, open) },
  { "window-start", zc_record_int64, G_STRUCT_OFFSET (ZcCatalogItem, window_start) },
  { "window-end", zc_record_int64, G_STRUCT_OFFSET (ZcCatalogItem, window_end) },
  { "taken", zc_record_string, G_STRUCT_OFFSET (ZcCatalogItem, taken) },
  { "superior", zc_record_boolean, G_STRUCT_OFFSET (ZcCatalogItem, superior) },
  { "admits", zc_record_string, G_STRUCT_OFFSET (ZcCatalogItem, admits) },
  { "amends", zc_record_string, G_STRUCT_OFFSET (ZcCatalogItem, amends) },
};

static void (*finalize_fields) (GObject *object);

static void
level_free (Level *level)
{
  g_free (level->id);
  g_strfreev (level->names);
  g_free (level);
}

static void
zc_catalog_item_finalize (GObject *object)
{
  g_clear_pointer (&ZC_CATALOG_ITEM (object)->levels, g_ptr_array_unref);
  g_clear_pointer (&ZC_CATALOG_ITEM (object)->level_ids, g_strfreev);
  g_clear_object (&ZC_CATALOG_ITEM (object)->people);
  finalize_fields (object);
}

static void
zc_catalog_item_class_init (ZcCatalogItemClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), fields, G_N_ELEMENTS (fields));
  finalize_fields = G_OBJECT_CLASS (klass)->finalize;
  G_OBJECT_CLASS (klass)->finalize = zc_catalog_item_finalize;
}

static void
zc_catalog_item_init (ZcCatalogItem *self)
{
}

static Level *
read_level (const ZcJsonValue *value)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const ZcJsonValue *array = zc_json_get (value, "names");
  Level *level = g_new0 (Level, 1);

  for (guint i = 0; i < zc_json_size (array); i++)
    if (zc_json_string (zc_json_at (array, i)) != NULL)
      g_strv_builder_add (names, zc_json_string (zc_json_at (array, i)));
  level->id = zc_record_dup (value, "id");
  level->names = g_strv_builder_end (names);
  level->exam_only = zc_json_get_bool (value, "exam_only", FALSE);
  level->open_until = zc_record_time (value, "open_until");
  level->opens_at = zc_record_time (value, "opens_at");
  level->closed_at = zc_record_time (value, "closed_at");
  return level;
}

static GPtrArray *
read_levels (const ZcJsonValue *array)
{
  GPtrArray *levels;

  if (zc_json_type (array) != ZC_JSON_ARRAY)
    return NULL;
  levels = g_ptr_array_new_with_free_func ((GDestroyNotify) level_free);
  for (guint i = 0; i < zc_json_size (array); i++)
    g_ptr_array_add (levels, read_level (zc_json_at (array, i)));
  return levels;
}

/* (transfer full) (nullable) */
static GStrv
list_ids (GPtrArray *levels)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (levels == NULL)
    return NULL;
  for (guint i = 0; i < levels->len; i++)
    g_strv_builder_add (ids, ((const Level *) g_ptr_array_index (levels, i))->id);
  return g_strv_builder_end (ids);
}

static gboolean
read_people (ZcCatalogItem *self, const ZcJsonValue *array, GError **error)
{
  if (zc_json_type (array) != ZC_JSON_ARRAY)
    return TRUE;
  self->people = g_list_store_new (ZC_TYPE_CATALOG_ITEM);
  for (guint i = 0; i < zc_json_size (array); i++)
    {
      g_autoptr (ZcCatalogItem) person = zc_catalog_item_new_from_json (zc_json_at (array, i), error);

      if (person == NULL)
        return FALSE;
      g_list_store_append (self->people, person);
    }
  return TRUE;
}

static char *
dup_detail (const ZcJsonValue *value)
{
  const ZcJsonValue *office = zc_json_get (value, "office");

  if (office != NULL)
    return zc_record_dup (office, "name");
  return zc_record_dup (value, zc_json_get (value, "role") != NULL ? "role" : "credit_code");
}

static char *
dup_first (const ZcJsonValue *value, const char *key, const char *other)
{
  return zc_record_dup (value, zc_json_get_string (value, key) != NULL ? key : other);
}

/**
 * zc_catalog_item_new_from_json:
 * @value: an item of a catalogue list, or of GET /v1/businesses
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the item
 */
ZcCatalogItem *
zc_catalog_item_new_from_json (const ZcJsonValue *value, GError **error)
{
  g_autoptr (ZcCatalogItem) self = NULL;
  const ZcJsonValue *window = zc_json_get (value, "window");

  if (zc_json_get_string (value, "id") == NULL)
    {
      g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "an item without id");
      return NULL;
    }
  self = g_object_new (ZC_TYPE_CATALOG_ITEM, NULL);
  self->id = zc_record_dup (value, "id");
  self->name = dup_first (value, "name", "title");
  self->detail = dup_detail (value);
  self->year = zc_json_get_integer (value, "year", 0);
  self->revision = zc_json_get_integer (value, "revision", 0);
  self->open = zc_json_get_bool (value, "open", TRUE);
  self->window_start = zc_record_time (window, "start");
  self->window_end = zc_record_time (window, "end");
  self->taken = zc_record_dup (value, "taken");
  self->superior = zc_json_get_bool (value, "superior", FALSE);
  self->admits = zc_record_dup (value, "admits");
  self->amends = zc_record_dup (value, "amends");
  self->levels = read_levels (zc_json_get (value, "levels"));
  self->level_ids = list_ids (self->levels);
  return read_people (self, zc_json_get (value, "people"), error) ? g_steal_pointer (&self) : NULL;
}

static const Level *
find_level (ZcCatalogItem *self, const char *id)
{
  for (guint i = 0; self->levels != NULL && i < self->levels->len; i++)
    {
      const Level *level = g_ptr_array_index (self->levels, i);

      if (strcmp (level->id, id) == 0)
        return level;
    }
  return NULL;
}

const char *
zc_catalog_item_get_id (ZcCatalogItem *self)
{
  return self->id;
}

const char *
zc_catalog_item_get_name (ZcCatalogItem *self)
{
  return self->name;
}

const char *
zc_catalog_item_get_admits (ZcCatalogItem *self)
{
  return self->admits;
}

const char *
zc_catalog_item_get_amends (ZcCatalogItem *self)
{
  return self->amends;
}

const char *
zc_catalog_item_get_detail (ZcCatalogItem *self)
{
  return self->detail;
}

int
zc_catalog_item_get_year (ZcCatalogItem *self)
{
  return self->year;
}

int
zc_catalog_item_get_revision (ZcCatalogItem *self)
{
  return self->revision;
}

gboolean
zc_catalog_item_get_open (ZcCatalogItem *self)
{
  return self->open;
}

gint64
zc_catalog_item_get_window_end (ZcCatalogItem *self)
{
  return self->window_end;
}

gint64
zc_catalog_item_get_window_start (ZcCatalogItem *self)
{
  return self->window_start;
}

/**
 * zc_catalog_item_get_taken:
 * @self: a committee of a year
 *
 * Returns: (transfer none): the person's own dossier that holds the place of that year; "" when it is free
 */
const char *
zc_catalog_item_get_taken (ZcCatalogItem *self)
{
  return self->taken;
}

/**
 * zc_catalog_item_get_people:
 * @self: a department
 *
 * Returns: (transfer none) (nullable): #ZcCatalogItem of who may act there: id of the membership, name, detail: role
 */
GListModel *
zc_catalog_item_get_people (ZcCatalogItem *self)
{
  return (GListModel *) self->people;
}

/**
 * zc_catalog_item_get_level_window:
 * @self: a series
 * @level: a level's id
 * @opens_at: (out): when the next window opens; 0: none is to come
 * @closed_at: (out): when the last one of this year closed; 0: none did
 *
 * Returns: until when some committee takes filings of that level; 0: none does now
 */
gint64
zc_catalog_item_get_level_window (ZcCatalogItem *self, const char *level, gint64 *opens_at, gint64 *closed_at)
{
  const Level *found = find_level (self, level);

  *opens_at = found != NULL ? found->opens_at : 0;
  *closed_at = found != NULL ? found->closed_at : 0;
  return found != NULL ? found->open_until : 0;
}

/**
 * zc_catalog_item_get_levels:
 * @self: a series
 *
 * Returns: (transfer none) (nullable): the ids of its levels; %NULL for what is no series
 */
const char *const *
zc_catalog_item_get_levels (ZcCatalogItem *self)
{
  return (const char *const *) self->level_ids;
}

/**
 * zc_catalog_item_has_level:
 * @self: a series
 * @level: a level's id
 *
 * Returns: whether the series knows that level; TRUE for what is no series
 */
gboolean
zc_catalog_item_has_level (ZcCatalogItem *self, const char *level)
{
  return self->levels == NULL || find_level (self, level) != NULL;
}

/**
 * zc_catalog_item_is_exam_only:
 * @self: a series
 * @level: a level's id
 *
 * Returns: whether titles of that level come from the national exam alone (decisions 14)
 */
gboolean
zc_catalog_item_is_exam_only (ZcCatalogItem *self, const char *level)
{
  const Level *found = find_level (self, level);

  return found != NULL && found->exam_only;
}

/**
 * zc_catalog_item_get_level_names:
 * @self: a series
 * @level: a level's id
 *
 * Returns: (transfer none) (nullable): the names of the titles of that level in the series
 */
const char *const *
zc_catalog_item_get_level_names (ZcCatalogItem *self, const char *level)
{
  const Level *found = find_level (self, level);

  return found != NULL ? (const char *const *) found->names : NULL;
}
