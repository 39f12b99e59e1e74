/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-notebook.h"
#include "zc-way-group.h"

/* Asks for what a decision needs before it is sent: the opinion (required for returning and refusing, U6), and with these two a reason
 * (P9); it shows the notes that go with it. It stays open until the server has answered, so that nothing typed is lost.
 * Properties: busy: boolean (it is being sent); problem: string ("" or why it was not taken); obstacle: string ("" or why nothing
 *   can be sent, whatever is written: no network, or the act is not allowed any more). Signal "decided": the person confirmed.
 */
#define ZC_TYPE_OPINION_DIALOG (zc_opinion_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcOpinionDialog, zc_opinion_dialog, ZC, OPINION_DIALOG, AdwDialog)

ZcOpinionDialog *zc_opinion_dialog_new          (ZcAct            act,
                                                 const char      *intro,
                                                 ZcNotebook      *notebook,
                                                 ZcDraft         *draft);
ZcAct            zc_opinion_dialog_get_act      (ZcOpinionDialog *self);
void             zc_opinion_dialog_explain      (ZcOpinionDialog *self,
                                                 ZcDossier       *dossier, /* (nullable) */
                                                 const char      *code); /* (nullable) */
char            *zc_opinion_dialog_dup_opinion  (ZcOpinionDialog *self);
const char      *zc_opinion_dialog_get_code     (ZcOpinionDialog *self); /* (nullable) */
GListModel      *zc_opinion_dialog_get_notes    (ZcOpinionDialog *self); /* (nullable): of ZcNote */
ZcWayGroup      *zc_opinion_dialog_get_way      (ZcOpinionDialog *self);
