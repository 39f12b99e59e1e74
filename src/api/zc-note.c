/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-note.h"
#include "zc-record.h"

/* A remark of a reviewer at its place, as it crosses the wire. */

struct _ZcNote
{
  GObject parent_instance;

  char *section;
  char *entry;
  char *field;
  char *image;
  char *text;
  char *code;
};

G_DEFINE_FINAL_TYPE (ZcNote, zc_note, G_TYPE_OBJECT)

static const ZcRecordField note_fields[] = {
  { "section", zc_record_string, G_STRUCT_OFFSET (ZcNote, section) },
  { "entry", zc_record_string, G_STRUCT_OFFSET (ZcNote, entry) },
  { "field", zc_record_string, G_STRUCT_OFFSET (ZcNote, field) },
  { "image", zc_record_string, G_STRUCT_OFFSET (ZcNote, image) },
  { "text", zc_record_string, G_STRUCT_OFFSET (ZcNote, text) },
  { "code", zc_record_string, G_STRUCT_OFFSET (ZcNote, code) },
};

static void
zc_note_class_init (ZcNoteClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), note_fields, G_N_ELEMENTS (note_fields));
}

static void
zc_note_init (ZcNote *self)
{
}

static gpointer
note_new (const ZcJsonValue *value, GError **error)
{
  ZcNote *self = g_object_new (ZC_TYPE_NOTE, NULL);

  self->section = zc_record_dup (value, "section");
  self->entry = zc_record_dup (value, "entry");
  self->field = zc_record_dup (value, "field");
  self->image = zc_record_dup (value, "image");
  self->text = zc_record_dup (value, "text");
  self->code = zc_record_dup (value, "code");
  return self;
}

/**
 * zc_notes_read:
 * @array: (nullable): NOTEs of a reply
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a list of ZcNote
 */
GListStore *
zc_notes_read (const ZcJsonValue *array, GError **error)
{
  return zc_record_list_new (array, ZC_TYPE_NOTE, note_new, error);
}

/**
 * zc_note_new:
 * @section: (nullable): where it belongs: section
 * @entry: (nullable): id of the entry
 * @field: (nullable): id of the field
 * @image: (nullable): digest of the image
 * @code: (nullable): why, of the published list
 * @text: what the reviewer says
 *
 * Returns: (transfer full): a remark
 */
ZcNote *
zc_note_new (const char *section,
             const char *entry,
             const char *field,
             const char *image,
             const char *code,
             const char *text)
{
  ZcNote *self = g_object_new (ZC_TYPE_NOTE, NULL);

  self->section = g_strdup (section != NULL ? section : "");
  self->entry = g_strdup (entry != NULL ? entry : "");
  self->field = g_strdup (field != NULL ? field : "");
  self->image = g_strdup (image != NULL ? image : "");
  self->text = g_strdup (text != NULL ? text : "");
  self->code = g_strdup (code != NULL ? code : "");
  return self;
}

const char *
zc_note_get_section (ZcNote *self)
{
  return self->section;
}

const char *
zc_note_get_entry (ZcNote *self)
{
  return self->entry;
}

const char *
zc_note_get_field (ZcNote *self)
{
  return self->field;
}

const char *
zc_note_get_image (ZcNote *self)
{
  return self->image;
}

const char *
zc_note_get_text (ZcNote *self)
{
  return self->text;
}

const char *
zc_note_get_code (ZcNote *self)
{
  return self->code;
}

static void
add_place (ZcJsonWriter *writer, const char *key, const char *value)
{
  if (*value != '\0')
    zc_json_add_string (writer, key, value);
}

/**
 * zc_note_write:
 * @self: a remark
 * @writer: where it stands in an array
 */
void
zc_note_write (ZcNote *self, ZcJsonWriter *writer)
{
  zc_json_begin_object (writer, NULL);
  add_place (writer, "section", self->section);
  add_place (writer, "entry", self->entry);
  add_place (writer, "field", self->field);
  add_place (writer, "image", self->image);
  zc_json_add_string (writer, "text", self->text);
  add_place (writer, "code", self->code);
  zc_json_end_object (writer);
}
