/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-history-item.h"

struct _ZcHistoryItem
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcHistoryItem, zc_history_item, G_TYPE_OBJECT)
static void zc_history_item_class_init (ZcHistoryItemClass *klass) {}
static void zc_history_item_init (ZcHistoryItem *self) {}

struct _ZcStageStatus
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcStageStatus, zc_stage_status, G_TYPE_OBJECT)
static void zc_stage_status_class_init (ZcStageStatusClass *klass) {}
static void zc_stage_status_init (ZcStageStatus *self) {}

ZcHistoryItem *
zc_history_item_new_from_json (const ZcJsonValue *value, GError **error)
{
  return NULL;
}

gint64
zc_history_item_get_at (ZcHistoryItem *self)
{
  return 0;
}

ZcAct
zc_history_item_get_act (ZcHistoryItem *self)
{
  return 0;
}

ZcStage
zc_history_item_get_to_stage (ZcHistoryItem *self)
{
  return 0;
}

ZcState
zc_history_item_get_to_state (ZcHistoryItem *self)
{
  return 0;
}

const char *
zc_history_item_get_role (ZcHistoryItem *self)
{
  return NULL;
}

const char *
zc_history_item_get_body_name (ZcHistoryItem *self)
{
  return NULL;
}

const char *
zc_history_item_get_person_name (ZcHistoryItem *self)
{
  return NULL;
}

const char *
zc_history_item_get_opinion (ZcHistoryItem *self)
{
  return NULL;
}

const char *
zc_history_item_get_receipt_number (ZcHistoryItem *self)
{
  return NULL;
}

GListModel *
zc_history_item_get_notes (ZcHistoryItem *self)
{
  return NULL;
}

ZcStageStatus *
zc_stage_status_new_from_json (const ZcJsonValue *value, GError **error)
{
  return NULL;
}

ZcStage
zc_stage_status_get_stage (ZcStageStatus *self)
{
  return 0;
}

ZcStageProgress
zc_stage_status_get_progress (ZcStageStatus *self)
{
  return 0;
}
