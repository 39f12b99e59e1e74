/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* One event of a dossier: read-only. Properties: at: gint64 (ZcTime); act (ZcAct), from-stage, to-stage (ZcStage),
 * from-state, to-state (ZcState): int; act-id, role, body-name, person-name, opinion, code, receipt-number: string ("" where absent);
 * notes: GListModel of ZcNote. An act unknown to this program has act = ZC_ACT_LAST and its act-id. */
#define ZC_TYPE_HISTORY_ITEM (zc_history_item_get_type ())
G_DECLARE_FINAL_TYPE (ZcHistoryItem, zc_history_item, ZC, HISTORY_ITEM, GObject)
ZcHistoryItem *zc_history_item_new_from_json   (const ZcJsonValue *value,
                                                GError           **error);
gint64         zc_history_item_get_at          (ZcHistoryItem *self);
ZcAct          zc_history_item_get_act         (ZcHistoryItem *self);
ZcStage        zc_history_item_get_to_stage    (ZcHistoryItem *self);
ZcState        zc_history_item_get_to_state    (ZcHistoryItem *self);
const char    *zc_history_item_get_role        (ZcHistoryItem *self);
const char    *zc_history_item_get_body_name   (ZcHistoryItem *self);
const char    *zc_history_item_get_person_name (ZcHistoryItem *self);
const char    *zc_history_item_get_opinion     (ZcHistoryItem *self);
const char    *zc_history_item_get_code        (ZcHistoryItem *self); /* why it was returned or refused: of zc-reason.h, "" */
const char    *zc_history_item_get_receipt_number (ZcHistoryItem *self);
GListModel    *zc_history_item_get_left        (ZcHistoryItem *self); /* of ZcLeft */
gboolean       zc_history_item_is_form_update  (ZcHistoryItem *self);
GListModel    *zc_history_item_get_notes       (ZcHistoryItem *self);

typedef enum
{
  ZC_STAGE_DONE,
  ZC_STAGE_CURRENT,
  ZC_STAGE_AHEAD,
  ZC_STAGE_SKIPPED,
} ZcStageProgress;

/* One stage of the progress bar. Properties: stage: int (ZcStage), stage-id: string, progress: int (ZcStageProgress). */
#define ZC_TYPE_STAGE_STATUS (zc_stage_status_get_type ())
G_DECLARE_FINAL_TYPE (ZcStageStatus, zc_stage_status, ZC, STAGE_STATUS, GObject)
ZcStageStatus  *zc_stage_status_new_from_json (const ZcJsonValue *value,
                                               GError           **error);
ZcStage         zc_stage_status_get_stage     (ZcStageStatus *self);
ZcStageProgress zc_stage_status_get_progress  (ZcStageStatus *self);
