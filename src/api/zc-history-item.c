/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <string.h>

#include "zc-history-item.h"
#include "zc-left.h"
#include "zc-record.h"

/* What happened to a dossier, and how far along its stages it is (S3.5.4). */

struct _ZcHistoryItem
{
  GObject parent_instance;

  gint64      at;
  int         act;
  int         from_stage, from_state;
  int         to_stage, to_state;
  char       *act_id;
  char       *role;
  char       *body_name;
  char       *person_name;
  char       *opinion;
  char       *code;
  char       *receipt_number;
  GListStore *notes;
  GListStore *left;
};

G_DEFINE_FINAL_TYPE (ZcHistoryItem, zc_history_item, G_TYPE_OBJECT)

struct _ZcStageStatus
{
  GObject parent_instance;

  int   stage;
  char *stage_id;
  int   progress;
};

G_DEFINE_FINAL_TYPE (ZcStageStatus, zc_stage_status, G_TYPE_OBJECT)

static const ZcRecordField item_fields[] = {
  { "at", zc_record_int64, G_STRUCT_OFFSET (ZcHistoryItem, at) },
  { "act", zc_record_int, G_STRUCT_OFFSET (ZcHistoryItem, act) },
  { "from-stage", zc_record_int, G_STRUCT_OFFSET (ZcHistoryItem, from_stage) },
  { "from-state", zc_record_int, G_STRUCT_OFFSET (ZcHistoryItem, from_state) },
  { "to-stage", zc_record_int, G_STRUCT_OFFSET (ZcHistoryItem, to_stage) },
  { "to-state", zc_record_int, G_STRUCT_OFFSET (ZcHistoryItem, to_state) },
  { "act-id", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, act_id) },
  { "role", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, role) },
  { "body-name", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, body_name) },
  { "person-name", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, person_name) },
  { "opinion", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, opinion) },
  { "code", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, code) },
  { "receipt-number", zc_record_string, G_STRUCT_OFFSET (ZcHistoryItem, receipt_number) },
  { "notes", zc_record_list, G_STRUCT_OFFSET (ZcHistoryItem, notes) },
  { "left", zc_record_list, G_STRUCT_OFFSET (ZcHistoryItem, left) },
};

static const ZcRecordField stage_fields[] = {
  { "stage", zc_record_int, G_STRUCT_OFFSET (ZcStageStatus, stage) },
  { "stage-id", zc_record_string, G_STRUCT_OFFSET (ZcStageStatus, stage_id) },
  { "progress", zc_record_int, G_STRUCT_OFFSET (ZcStageStatus, progress) },
};

static void
zc_history_item_class_init (ZcHistoryItemClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), item_fields, G_N_ELEMENTS (item_fields));
}

static void
zc_history_item_init (ZcHistoryItem *self)
{
}

static void
zc_stage_status_class_init (ZcStageStatusClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), stage_fields, G_N_ELEMENTS (stage_fields));
}

static void
zc_stage_status_init (ZcStageStatus *self)
{
}

static int
read_stage (const ZcJsonValue *object, const char *key)
{
  const char *name = zc_json_get_string (object, key);
  ZcStage stage;

  return name != NULL && zc_stage_from_string (name, &stage) ? (int) stage : ZC_STAGE_LAST;
}

static int
read_state (const ZcJsonValue *object, const char *key)
{
  const char *name = zc_json_get_string (object, key);
  ZcState state;

  return name != NULL && zc_state_from_string (name, &state) ? (int) state : ZC_STATE_LAST;
}

/**
 * zc_history_item_new_from_json:
 * @value: an item of GET /v1/dossiers/{id}/history
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the event
 */
ZcHistoryItem *
zc_history_item_new_from_json (const ZcJsonValue *value, GError **error)
{
  g_autoptr (ZcHistoryItem) self = g_object_new (ZC_TYPE_HISTORY_ITEM, NULL);
  const ZcJsonValue *by = zc_json_get (value, "by");
  ZcAct act;

  self->at = zc_record_time (value, "at");
  self->act_id = zc_record_dup (value, "act");
  self->act = zc_act_from_string (self->act_id, &act) ? (int) act : ZC_ACT_LAST;
  self->from_stage = read_stage (zc_json_get (value, "from"), "stage");
  self->from_state = read_state (zc_json_get (value, "from"), "state");
  self->to_stage = read_stage (zc_json_get (value, "to"), "stage");
  self->to_state = read_state (zc_json_get (value, "to"), "state");
  self->role = zc_record_dup (by, "role");
  self->body_name = zc_record_dup (by, "body");
  self->person_name = zc_record_dup (by, "name");
  self->opinion = zc_record_dup (value, "opinion");
  self->code = zc_record_dup (value, "code");
  self->receipt_number = zc_record_dup (value, "receipt");
  self->notes = zc_notes_read (zc_json_get (value, "notes"), error);
  self->left = zc_left_read (zc_json_get (value, "left"), error);
  return self->notes != NULL && self->left != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * zc_stage_status_new_from_json:
 * @value: an item of the stages of GET /v1/dossiers/{id}/history
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the stage
 */
ZcStageStatus *
zc_stage_status_new_from_json (const ZcJsonValue *value, GError **error)
{
  static const char *const names[] = { "done", "current", "ahead", "skipped" };
  ZcStageStatus *self = g_object_new (ZC_TYPE_STAGE_STATUS, NULL);

  self->stage_id = zc_record_dup (value, "id");
  self->stage = read_stage (value, "id");
  self->progress = ZC_STAGE_AHEAD;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (zc_json_get_string (value, "status"), names[i]) == 0)
      self->progress = i;
  return self;
}

gint64
zc_history_item_get_at (ZcHistoryItem *self)
{
  return self->at;
}

ZcAct
zc_history_item_get_act (ZcHistoryItem *self)
{
  return self->act;
}

ZcStage
zc_history_item_get_to_stage (ZcHistoryItem *self)
{
  return self->to_stage;
}

ZcState
zc_history_item_get_to_state (ZcHistoryItem *self)
{
  return self->to_state;
}

const char *
zc_history_item_get_role (ZcHistoryItem *self)
{
  return self->role;
}

const char *
zc_history_item_get_body_name (ZcHistoryItem *self)
{
  return self->body_name;
}

const char *
zc_history_item_get_person_name (ZcHistoryItem *self)
{
  return self->person_name;
}

const char *
zc_history_item_get_code (ZcHistoryItem *self)
{
  return self->code;
}

const char *
zc_history_item_get_opinion (ZcHistoryItem *self)
{
  return self->opinion;
}

const char *
zc_history_item_get_receipt_number (ZcHistoryItem *self)
{
  return self->receipt_number;
}

GListModel *
zc_history_item_get_notes (ZcHistoryItem *self)
{
  return G_LIST_MODEL (self->notes);
}

/**
 * zc_history_item_get_left:
 * @self: an event
 *
 * Returns: (transfer none): of ZcLeft: when the form was updated, what found no place in the newer one; else empty
 */
GListModel *
zc_history_item_get_left (ZcHistoryItem *self)
{
  return G_LIST_MODEL (self->left);
}

/**
 * zc_history_item_is_form_update:
 * @self: an event
 *
 * Returns: whether its owner moved the draft to a newer form; no act of the workflow
 */
gboolean
zc_history_item_is_form_update (ZcHistoryItem *self)
{
  return strcmp (self->act_id, "update-form") == 0;
}

ZcStage
zc_stage_status_get_stage (ZcStageStatus *self)
{
  return self->stage;
}

ZcStageProgress
zc_stage_status_get_progress (ZcStageStatus *self)
{
  return self->progress;
}
