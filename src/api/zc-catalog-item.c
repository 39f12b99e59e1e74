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
  GPtrArray *levels; /* (nullable): Level: only series say */
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
  ZcCatalogItem *self;
  const ZcJsonValue *office = zc_json_get (value, "office");
  const ZcJsonValue *window = zc_json_get (value, "window");

  if (zc_json_get_string (value, "id") == NULL)
    {
      g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "an item without id");
      return NULL;
    }
  self = g_object_new (ZC_TYPE_CATALOG_ITEM, NULL);
  self->id = zc_record_dup (value, "id");
  self->name = dup_first (value, "name", "title");
  self->detail = office != NULL ? zc_record_dup (office, "name") : zc_record_dup (value, "credit_code");
  self->year = zc_json_get_integer (value, "year", 0);
  self->revision = zc_json_get_integer (value, "revision", 0);
  self->open = zc_json_get_bool (value, "open", TRUE);
  self->window_start = zc_record_time (window, "start");
  self->window_end = zc_record_time (window, "end");
  self->levels = read_levels (zc_json_get (value, "levels"));
  return self;
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
