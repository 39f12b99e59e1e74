/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft.h"

struct _ZcDraft
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcDraft, zc_draft, G_TYPE_OBJECT)
static void zc_draft_class_init (ZcDraftClass *klass) {}
static void zc_draft_init (ZcDraft *self) {}

struct _ZcDraftSection
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcDraftSection, zc_draft_section, G_TYPE_OBJECT)
static void zc_draft_section_class_init (ZcDraftSectionClass *klass) {}
static void zc_draft_section_init (ZcDraftSection *self) {}

struct _ZcDraftEntry
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcDraftEntry, zc_draft_entry, G_TYPE_OBJECT)
static void zc_draft_entry_class_init (ZcDraftEntryClass *klass) {}
static void zc_draft_entry_init (ZcDraftEntry *self) {}

struct _ZcDraftImage
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcDraftImage, zc_draft_image, G_TYPE_OBJECT)
static void zc_draft_image_class_init (ZcDraftImageClass *klass) {}
static void zc_draft_image_init (ZcDraftImage *self) {}

const char *
zc_draft_section_get_id (ZcDraftSection *self)
{
  return NULL;
}

const ZcSection *
zc_draft_section_get_definition (ZcDraftSection *self)
{
  return NULL;
}

gboolean
zc_draft_section_get_visible (ZcDraftSection *self)
{
  return 0;
}

ZcSectionState
zc_draft_section_get_state (ZcDraftSection *self)
{
  return 0;
}

gboolean
zc_draft_section_get_confirmed (ZcDraftSection *self)
{
  return 0;
}

guint
zc_draft_section_get_n_problems (ZcDraftSection *self)
{
  return 0;
}

ZcSyncState
zc_draft_section_get_sync_state (ZcDraftSection *self)
{
  return 0;
}

const char *
zc_draft_entry_get_id (ZcDraftEntry *self)
{
  return NULL;
}

const char *
zc_draft_entry_get_title (ZcDraftEntry *self)
{
  return NULL;
}

const char *
zc_draft_image_get_sha256 (ZcDraftImage *self)
{
  return NULL;
}

const char *
zc_draft_image_get_name (ZcDraftImage *self)
{
  return NULL;
}

gint64
zc_draft_image_get_bytes (ZcDraftImage *self)
{
  return 0;
}

int
zc_draft_image_get_width (ZcDraftImage *self)
{
  return 0;
}

int
zc_draft_image_get_height (ZcDraftImage *self)
{
  return 0;
}

ZcSyncState
zc_draft_image_get_sync_state (ZcDraftImage *self)
{
  return 0;
}

void
zc_draft_open_async (ZcLocalStore *store, ZcSync *sync, ZcBusiness *business, ZcDossier *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcDraft *
zc_draft_open_finish (GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_draft_flush_async (ZcDraft *self, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_draft_flush_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_draft_save_async (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_draft_save_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_draft_prepare_submit_async (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcAction *
zc_draft_prepare_submit_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

ZcBusiness *
zc_draft_get_business (ZcDraft *self)
{
  return NULL;
}

ZcDossier *
zc_draft_get_dossier (ZcDraft *self)
{
  return NULL;
}

GListModel *
zc_draft_get_sections (ZcDraft *self)
{
  return NULL;
}

ZcDraftSection *
zc_draft_find_section (ZcDraft *self, const char *section)
{
  return NULL;
}

gboolean
zc_draft_get_editable (ZcDraft *self)
{
  return 0;
}

ZcSyncState
zc_draft_get_state (ZcDraft *self)
{
  return 0;
}

gint64
zc_draft_get_recovered_at (ZcDraft *self)
{
  return 0;
}

const GError *
zc_draft_get_store_error (ZcDraft *self)
{
  return NULL;
}

JsonNode *
zc_draft_get_value (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return NULL;
}

void
zc_draft_set_value (ZcDraft *self, const char *section, const char *entry, const char *field, JsonNode *value)
{
  
}

char *
zc_draft_dup_text (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return NULL;
}

void
zc_draft_set_text (ZcDraft *self, const char *section, const char *entry, const char *field, const char *text)
{
  
}

gboolean
zc_draft_get_flag (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return 0;
}

void
zc_draft_set_flag (ZcDraft *self, const char *section, const char *entry, const char *field, gboolean flag)
{
  
}

GListModel *
zc_draft_get_entries (ZcDraft *self, const char *section)
{
  return NULL;
}

const char *
zc_draft_add_entry (ZcDraft *self, const char *section)
{
  return NULL;
}

JsonNode *
zc_draft_remove_entry (ZcDraft *self, const char *section, const char *entry, guint *position)
{
  return NULL;
}

void
zc_draft_insert_entry (ZcDraft *self, const char *section, guint position, JsonNode *entry)
{
  
}

void
zc_draft_move_entry (ZcDraft *self, const char *section, const char *entry, guint position)
{
  
}

GListModel *
zc_draft_get_images (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return NULL;
}

void
zc_draft_add_image_async (ZcDraft *self, const char *section, const char *entry, const char *field, GBytes *jpeg, const char *name, const char *replaces, int position, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_draft_add_image_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return 0;
}

JsonNode *
zc_draft_remove_image (ZcDraft *self, const char *section, const char *entry, const char *field, const char *sha256, guint *position)
{
  return NULL;
}

void
zc_draft_insert_image (ZcDraft *self, const char *section, const char *entry, const char *field, guint position, JsonNode *image)
{
  
}

void
zc_draft_move_image (ZcDraft *self, const char *section, const char *entry, const char *field, const char *sha256, guint position)
{
  
}

void
zc_draft_load_image_async (ZcDraft *self, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GBytes *
zc_draft_load_image_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

gboolean
zc_draft_field_applies (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return 0;
}

gboolean
zc_draft_field_is_required (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return 0;
}

GPtrArray *
zc_draft_get_problems (ZcDraft *self, const char *section)
{
  return NULL;
}

const ZcProblem *
zc_draft_find_problem (ZcDraft *self, const char *section, const char *entry, const char *field, const char *image)
{
  return NULL;
}

GPtrArray *
zc_draft_check (ZcDraft *self)
{
  return NULL;
}

char *
zc_draft_dup_conflicts (ZcDraft *self, const char *section)
{
  return NULL;
}
