/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-acts.h"
#include "zc-way-group.h"

/* Asks for what a decision needs before it is sent: the opinion (required for returning and refusing, U6) and remarks fixed to
 * sections. It stays open until the server has answered, so that nothing typed is lost.
 * Properties: busy: boolean (it is being sent); problem: string ("" or why it was not taken); possible: boolean (the act is still
 *   allowed, and there is a network). Signal "decided": the person confirmed.
 */
#define ZC_TYPE_OPINION_DIALOG (zc_opinion_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcOpinionDialog, zc_opinion_dialog, ZC, OPINION_DIALOG, AdwDialog)

/* sections (nullable): GListModel of ZcDraftSection that remarks may be fixed to */
ZcOpinionDialog *zc_opinion_dialog_new          (ZcAct            act,
                                                 const char      *intro,
                                                 GListModel      *sections);
ZcAct            zc_opinion_dialog_get_act      (ZcOpinionDialog *self);
char            *zc_opinion_dialog_dup_opinion  (ZcOpinionDialog *self);
GListModel      *zc_opinion_dialog_dup_notes    (ZcOpinionDialog *self); /* (transfer full): of ZcNote */
ZcWayGroup      *zc_opinion_dialog_get_way      (ZcOpinionDialog *self);
