/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-left.h"
#include "zc-record.h"

struct _ZcLeft
{
  GObject parent_instance;

  char    *section_title;
  char    *entry_title;
  char    *label;
  char    *text;
  guint    n_images;
  gboolean flag;
};

G_DEFINE_FINAL_TYPE (ZcLeft, zc_left, G_TYPE_OBJECT)

static const ZcRecordField fields[] = {
  { "section-title", zc_record_string, G_STRUCT_OFFSET (ZcLeft, section_title) },
  { "entry-title", zc_record_string, G_STRUCT_OFFSET (ZcLeft, entry_title) },
  { "label", zc_record_string, G_STRUCT_OFFSET (ZcLeft, label) },
  { "text", zc_record_string, G_STRUCT_OFFSET (ZcLeft, text) },
  { "n-images", zc_record_uint, G_STRUCT_OFFSET (ZcLeft, n_images) },
  { "flag", zc_record_boolean, G_STRUCT_OFFSET (ZcLeft, flag) },
};

static void
zc_left_class_init (ZcLeftClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
zc_left_init (ZcLeft *self)
{
}

static char *
dup_text (const ZcJsonValue *value)
{
  ZcJsonType type = zc_json_type (value);

  if (type == ZC_JSON_STRING)
    return g_strdup (zc_json_string (value));
  return type == ZC_JSON_INTEGER || type == ZC_JSON_DECIMAL ? zc_record_text (value) : g_strdup ("");
}

static gpointer
left_new (const ZcJsonValue *item, GError **error)
{
  ZcLeft *self = g_object_new (ZC_TYPE_LEFT, NULL);
  const ZcJsonValue *value = zc_json_get (item, "value");

  self->section_title = zc_record_dup (item, "section_title");
  self->entry_title = zc_record_dup (item, "entry_title");
  self->label = zc_record_dup (item, "label");
  self->text = dup_text (value);
  self->n_images = zc_json_type (value) == ZC_JSON_ARRAY ? zc_json_size (value) : 0;
  self->flag = zc_json_get_bool (item, "value", FALSE);
  return self;
}

/**
 * zc_left_read:
 * @array: (nullable): "left" of a reply
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a list of ZcLeft, in the order of the form
 */
GListStore *
zc_left_read (const ZcJsonValue *array, GError **error)
{
  return zc_record_list_new (array, ZC_TYPE_LEFT, left_new, error);
}

const char *
zc_left_get_section_title (ZcLeft *self)
{
  return self->section_title;
}

const char *
zc_left_get_entry_title (ZcLeft *self)
{
  return self->entry_title;
}

const char *
zc_left_get_label (ZcLeft *self)
{
  return self->label;
}

const char *
zc_left_get_text (ZcLeft *self)
{
  return self->text;
}

guint
zc_left_get_n_images (ZcLeft *self)
{
  return self->n_images;
}

gboolean
zc_left_get_flag (ZcLeft *self)
{
  return self->flag;
}
