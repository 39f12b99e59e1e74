/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-business.h"
#include "zc-draft.h"
#include "zc-notebook.h"
#include "zc-session.h"

/* Below a dossier that staff read: where it stands, who holds it, and exactly the acts that the server allows now (B2).
 * Properties: session: ZcSession; dossier: ZcDossier (nullable); online: boolean (acts need the network, decisions 2); busy: boolean
 *   (one is on its way); problem: string ("" or why the last one was not done); missing: string ("" or what is to be filled in before
 *   it can be sent on, by section, U5); notice: string ("" or until when the unit's public notice must run, U7).
 * Actions, "decision" of zc_decision_bar_get_actions(): accept, release, approve, return, return-back, refuse.
 * Signal "decided" (act: int, ZcAct): it is done; the dossier of the session is up to date by then.
 * Signal "incomplete" (problems: GPtrArray of ZcProblem): sending on was asked for, and this keeps it from being done.
 */
#define ZC_TYPE_DECISION_BAR (zc_decision_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZcDecisionBar, zc_decision_bar, ZC, DECISION_BAR, GtkBox)

GActionGroup *zc_decision_bar_get_actions (ZcDecisionBar *self); /* (transfer none): for the keys of the page around it */
/* What the questions before a decision tell: the stages of the business. */
void          zc_decision_bar_set_form    (ZcDecisionBar *self,
                                           ZcBusiness    *business);
void          zc_decision_bar_set_notebook (ZcDecisionBar *self,
                                            ZcNotebook    *notebook);
void          zc_decision_bar_set_draft   (ZcDecisionBar *self,
                                           ZcDraft       *draft);    /* (nullable) */
