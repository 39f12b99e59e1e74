/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* What staff may do with a dossier now, by the server's word (B2): 受理 释放 通过 退回 不通过. Actions: decision.accept, .release,
 * .approve, .return, .return-back, .refuse. Signal "decided" (act: int): the dossier has left this body's hands. */
#define ZC_TYPE_DECISION_BAR (zc_decision_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZcDecisionBar, zc_decision_bar, ZC, DECISION_BAR, AdwBin)

void zc_decision_bar_show (ZcDecisionBar *self,
                           ZcSession     *session,
                           ZcDossier     *dossier); /* (nullable) */
