/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-record.h"

/* What lists are made of: sections, entries and images of a draft. */

G_DEFINE_FINAL_TYPE (ZcDraftSection, zc_draft_section, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (ZcDraftEntry, zc_draft_entry, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (ZcDraftImage, zc_draft_image, G_TYPE_OBJECT)

static const ZcRecordField section_fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcDraftSection, id) },
  { "title", zc_record_string, G_STRUCT_OFFSET (ZcDraftSection, title) },
  { "hint", zc_record_string, G_STRUCT_OFFSET (ZcDraftSection, hint) },
  { "repeats", zc_record_boolean, G_STRUCT_OFFSET (ZcDraftSection, repeats) },
  { "visible", zc_record_boolean, G_STRUCT_OFFSET (ZcDraftSection, visible) },
  { "state", zc_record_int, G_STRUCT_OFFSET (ZcDraftSection, state) },
  { "confirmed", zc_record_boolean, G_STRUCT_OFFSET (ZcDraftSection, confirmed) },
  { "n-problems", zc_record_uint, G_STRUCT_OFFSET (ZcDraftSection, n_problems) },
  { "sync-state", zc_record_int, G_STRUCT_OFFSET (ZcDraftSection, sync_state) },
  { "n-conflicts", zc_record_int, G_STRUCT_OFFSET (ZcDraftSection, n_conflicts) },
};

static const ZcRecordField entry_fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcDraftEntry, id) },
  { "title", zc_record_string, G_STRUCT_OFFSET (ZcDraftEntry, title) },
  { "n-problems", zc_record_uint, G_STRUCT_OFFSET (ZcDraftEntry, n_problems) },
};

static const ZcRecordField image_fields[] = {
  { "sha256", zc_record_string, G_STRUCT_OFFSET (ZcDraftImage, sha256) },
  { "name", zc_record_string, G_STRUCT_OFFSET (ZcDraftImage, name) },
  { "bytes", zc_record_int64, G_STRUCT_OFFSET (ZcDraftImage, bytes) },
  { "width", zc_record_int, G_STRUCT_OFFSET (ZcDraftImage, width) },
  { "height", zc_record_int, G_STRUCT_OFFSET (ZcDraftImage, height) },
  { "sync-state", zc_record_int, G_STRUCT_OFFSET (ZcDraftImage, sync_state) },
  { "here", zc_record_boolean, G_STRUCT_OFFSET (ZcDraftImage, here) },
};

static void (*finalize_fields) (GObject *object);

static void
zc_draft_section_finalize (GObject *object)
{
  ZcDraftSection *self = ZC_DRAFT_SECTION (object);

  g_clear_pointer (&self->document, json_node_unref);
  g_clear_pointer (&self->snapshot, zc_json_unref);
  g_hash_table_unref (self->rules);
  g_ptr_array_unref (self->problems);
  g_object_unref (self->entries);
  g_free (self->stored);
  g_free (self->server_state);
  g_free (self->conflicts);
  finalize_fields (object);
}

static void
zc_draft_section_class_init (ZcDraftSectionClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), section_fields, G_N_ELEMENTS (section_fields));
  finalize_fields = G_OBJECT_CLASS (klass)->finalize;
  G_OBJECT_CLASS (klass)->finalize = zc_draft_section_finalize;
}

static void
zc_draft_section_init (ZcDraftSection *self)
{
  self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_problem_free);
  self->entries = g_list_store_new (ZC_TYPE_DRAFT_ENTRY);
  self->sync_state = ZC_SYNC_ON_SERVER;
}

static void
zc_draft_entry_class_init (ZcDraftEntryClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), entry_fields, G_N_ELEMENTS (entry_fields));
}

static void
zc_draft_entry_init (ZcDraftEntry *self)
{
}

static void
zc_draft_image_class_init (ZcDraftImageClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), image_fields, G_N_ELEMENTS (image_fields));
}

static void
zc_draft_image_init (ZcDraftImage *self)
{
}

ZcDraftSection *
zc_draft_section_new (const ZcSection *definition, guint index)
{
  ZcDraftSection *self = g_object_new (ZC_TYPE_DRAFT_SECTION, NULL);

  self->definition = definition;
  self->index = index;
  self->id = g_strdup (definition->id);
  self->title = g_strdup (definition->title);
  self->hint = g_strdup (definition->hint != NULL ? definition->hint : "");
  self->repeats = definition->repeats;
  self->document = zc_draft_empty_document (definition);
  return self;
}

ZcDraftEntry *
zc_draft_entry_new (const char *id)
{
  ZcDraftEntry *self = g_object_new (ZC_TYPE_DRAFT_ENTRY, NULL);

  self->id = g_strdup (id);
  self->title = g_strdup ("");
  return self;
}

ZcDraftImage *
zc_draft_image_new (JsonNode *value)
{
  JsonObject *object = json_node_get_object (value);
  ZcDraftImage *self = g_object_new (ZC_TYPE_DRAFT_IMAGE, NULL);

  self->sha256 = g_strdup (json_object_get_string_member_with_default (object, "sha256", ""));
  self->name = g_strdup (json_object_get_string_member_with_default (object, "name", ""));
  self->bytes = json_object_get_int_member_with_default (object, "bytes", 0);
  self->width = json_object_get_int_member_with_default (object, "width", 0);
  self->height = json_object_get_int_member_with_default (object, "height", 0);
  self->sync_state = ZC_SYNC_SAVED;
  return self;
}

void
zc_draft_set_number (gpointer object, const char *property, int *member, int value)
{
  if (*member == value)
    return;
  *member = value;
  g_object_notify (object, property);
}

void
zc_draft_set_string (gpointer object, const char *property, char **member, const char *value)
{
  if (g_set_str (member, value))
    g_object_notify (object, property);
}

const char *
zc_draft_section_get_id (ZcDraftSection *self)
{
  return self->id;
}

const ZcSection *
zc_draft_section_get_definition (ZcDraftSection *self)
{
  return self->definition;
}

gboolean
zc_draft_section_get_kept (ZcDraftSection *self)
{
  return self->kept;
}

gboolean
zc_draft_section_get_visible (ZcDraftSection *self)
{
  return self->visible;
}

ZcSectionState
zc_draft_section_get_state (ZcDraftSection *self)
{
  return self->state;
}

gboolean
zc_draft_section_get_confirmed (ZcDraftSection *self)
{
  return self->confirmed;
}

guint
zc_draft_section_get_n_problems (ZcDraftSection *self)
{
  return self->n_problems;
}

ZcSyncState
zc_draft_section_get_sync_state (ZcDraftSection *self)
{
  return self->sync_state;
}

int
zc_draft_section_get_n_conflicts (ZcDraftSection *self)
{
  return self->n_conflicts;
}

const char *
zc_draft_entry_get_id (ZcDraftEntry *self)
{
  return self->id;
}

const char *
zc_draft_entry_get_title (ZcDraftEntry *self)
{
  return self->title;
}

const char *
zc_draft_image_get_sha256 (ZcDraftImage *self)
{
  return self->sha256;
}

const char *
zc_draft_image_get_name (ZcDraftImage *self)
{
  return self->name;
}

gint64
zc_draft_image_get_bytes (ZcDraftImage *self)
{
  return self->bytes;
}

int
zc_draft_image_get_width (ZcDraftImage *self)
{
  return self->width;
}

int
zc_draft_image_get_height (ZcDraftImage *self)
{
  return self->height;
}

ZcSyncState
zc_draft_image_get_sync_state (ZcDraftImage *self)
{
  return self->sync_state;
}
