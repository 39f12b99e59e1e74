/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-check.h"
#include "zc-record.h"
#include "zc-section-status.h"

/* How far a section is, by the server's word. */

struct _ZcSectionStatus
{
  GObject parent_instance;

  char   *id;
  int     state;
  gint64  version;
  guint   n_problems;
  gboolean own;
};

G_DEFINE_FINAL_TYPE (ZcSectionStatus, zc_section_status, G_TYPE_OBJECT)

static const ZcRecordField status_fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcSectionStatus, id) },
  { "state", zc_record_int, G_STRUCT_OFFSET (ZcSectionStatus, state) },
  { "version", zc_record_int64, G_STRUCT_OFFSET (ZcSectionStatus, version) },
  { "n-problems", zc_record_uint, G_STRUCT_OFFSET (ZcSectionStatus, n_problems) },
  { "own", zc_record_boolean, G_STRUCT_OFFSET (ZcSectionStatus, own) },
};

static void
zc_section_status_class_init (ZcSectionStatusClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), status_fields, G_N_ELEMENTS (status_fields));
}

static void
zc_section_status_init (ZcSectionStatus *self)
{
}

static gpointer
status_new (const ZcJsonValue *value, GError **error)
{
  ZcSectionStatus *self = g_object_new (ZC_TYPE_SECTION_STATUS, NULL);
  const char *name = zc_json_get_string (value, "state");
  ZcSectionState state = ZC_SECTION_EMPTY;

  if (name != NULL)
    zc_section_state_from_string (name, &state);
  self->id = zc_record_dup (value, "id");
  self->state = state;
  self->version = zc_json_get_integer (value, "version", 0);
  self->n_problems = zc_json_get_integer (value, "problems", 0);
  self->own = zc_json_get_bool (value, "own", FALSE);
  return self;
}

/**
 * zc_section_statuses_read:
 * @array: (nullable): "sections" of a reply
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a list of ZcSectionStatus
 */
GListStore *
zc_section_statuses_read (const ZcJsonValue *array, GError **error)
{
  return zc_record_list_new (array, ZC_TYPE_SECTION_STATUS, status_new, error);
}

const char *
zc_section_status_get_id (ZcSectionStatus *self)
{
  return self->id;
}

int
zc_section_status_get_state (ZcSectionStatus *self)
{
  return self->state;
}

gint64
zc_section_status_get_version (ZcSectionStatus *self)
{
  return self->version;
}

guint
zc_section_status_get_n_problems (ZcSectionStatus *self)
{
  return self->n_problems;
}

gboolean
zc_section_status_get_own (ZcSectionStatus *self)
{
  return self->own;
}
