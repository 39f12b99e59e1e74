/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-dossier.h"

struct _ZcDossier
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcDossier, zc_dossier, G_TYPE_OBJECT)
static void zc_dossier_class_init (ZcDossierClass *klass) {}
static void zc_dossier_init (ZcDossier *self) {}

struct _ZcSectionStatus
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcSectionStatus, zc_section_status, G_TYPE_OBJECT)
static void zc_section_status_class_init (ZcSectionStatusClass *klass) {}
static void zc_section_status_init (ZcSectionStatus *self) {}

struct _ZcNote
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcNote, zc_note, G_TYPE_OBJECT)
static void zc_note_class_init (ZcNoteClass *klass) {}
static void zc_note_init (ZcNote *self) {}

const char *
zc_section_status_get_id (ZcSectionStatus *self)
{
  return NULL;
}

int
zc_section_status_get_state (ZcSectionStatus *self)
{
  return 0;
}

gint64
zc_section_status_get_version (ZcSectionStatus *self)
{
  return 0;
}

guint
zc_section_status_get_n_problems (ZcSectionStatus *self)
{
  return 0;
}

ZcNote *
zc_note_new (const char *section, const char *entry, const char *field, const char *image, const char *text)
{
  return NULL;
}

const char *
zc_note_get_section (ZcNote *self)
{
  return NULL;
}

const char *
zc_note_get_entry (ZcNote *self)
{
  return NULL;
}

const char *
zc_note_get_field (ZcNote *self)
{
  return NULL;
}

const char *
zc_note_get_image (ZcNote *self)
{
  return NULL;
}

const char *
zc_note_get_text (ZcNote *self)
{
  return NULL;
}

ZcDossier *
zc_dossier_new_from_json (const ZcJsonValue *value, GError **error)
{
  return NULL;
}

gboolean
zc_dossier_update (ZcDossier *self, const ZcJsonValue *value, GError **error)
{
  return 0;
}

gboolean
zc_dossier_update_from (ZcDossier *self, ZcDossier *other)
{
  return 0;
}

char *
zc_dossier_to_json (ZcDossier *self)
{
  return NULL;
}

const char *
zc_dossier_get_id (ZcDossier *self)
{
  return NULL;
}

const char *
zc_dossier_get_business (ZcDossier *self)
{
  return NULL;
}

int
zc_dossier_get_revision (ZcDossier *self)
{
  return 0;
}

const char *
zc_dossier_get_title (ZcDossier *self)
{
  return NULL;
}

int
zc_dossier_get_year (ZcDossier *self)
{
  return 0;
}

const char *
zc_dossier_get_target_id (ZcDossier *self, const char *name)
{
  return NULL;
}

const char *
zc_dossier_get_target_name (ZcDossier *self, const char *name)
{
  return NULL;
}

char *
zc_dossier_dup_target_json (ZcDossier *self)
{
  return NULL;
}

ZcStage
zc_dossier_get_stage (ZcDossier *self)
{
  return 0;
}

ZcState
zc_dossier_get_state (ZcDossier *self)
{
  return 0;
}

gint64
zc_dossier_get_version (ZcDossier *self)
{
  return 0;
}

gint64
zc_dossier_get_deadline (ZcDossier *self)
{
  return 0;
}

gint64
zc_dossier_get_submitted_at (ZcDossier *self)
{
  return 0;
}

gboolean
zc_dossier_get_detailed (ZcDossier *self)
{
  return 0;
}

gboolean
zc_dossier_has_action (ZcDossier *self, const char *action)
{
  return 0;
}

gboolean
zc_dossier_is_returned (ZcDossier *self)
{
  return 0;
}

const char *
zc_dossier_get_returned_opinion (ZcDossier *self)
{
  return NULL;
}

GListModel *
zc_dossier_get_notes (ZcDossier *self)
{
  return NULL;
}

const char *
zc_dossier_get_receipt_number (ZcDossier *self)
{
  return NULL;
}

int
zc_dossier_get_submissions (ZcDossier *self)
{
  return 0;
}

GListModel *
zc_dossier_get_sections (ZcDossier *self)
{
  return NULL;
}

ZcSectionStatus *
zc_dossier_find_section (ZcDossier *self, const char *section)
{
  return NULL;
}

const char *
zc_dossier_get_resolved (ZcDossier *self, const char *from)
{
  return NULL;
}
