/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"
#include "zc-history-item.h"

const char *zc_stage_text        (ZcStage        stage);
const char *zc_status_text       (ZcStage        stage,
                                  ZcState        state);
const char *zc_act_text          (ZcAct          act);
char       *zc_history_dup_title (ZcHistoryItem *item);
const char *zc_role_text         (const char    *role);
const char *zc_membership_role_text (const char *role);
