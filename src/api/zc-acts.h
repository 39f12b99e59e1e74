/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"

/* One decision of a person about one dossier. Its key is made once: when the reply is lost, the same request goes again with
 * the same key (a few times, for some 20 seconds), so that the act happens once and its answer is known. Acts are never queued
 * (decisions 2): when the server cannot be reached the error is ZC_REFUSAL_OFFLINE, and performing the same ZcAction object
 * again is still the same decision.
 */
#define ZC_TYPE_ACTION (zc_action_get_type ())
G_DECLARE_FINAL_TYPE (ZcAction, zc_action, ZC, ACTION, GObject)

/* version: the dossier's, as it was on the screen (decisions 2). */
ZcAction  *zc_action_new              (const char *dossier,
                                       ZcAct       act,
                                       gint64      version);
void       zc_action_set_opinion      (ZcAction   *self,
                                       const char *opinion);
void       zc_action_set_code         (ZcAction   *self,   /* why it is returned or refused: of zc-reason.h */
                                       const char *code);
void       zc_action_add_note         (ZcAction   *self,
                                       ZcNote     *note);
/* Submit: one call for each visible section with its version as on the screen; zc_draft_prepare_submit() does it. */
void       zc_action_add_section      (ZcAction   *self,
                                       const char *section,
                                       gint64      version);
/* Approve: to that department, asking that person (a membership) to take it up (U6). */
void       zc_action_set_department   (ZcAction   *self,
                                       const char *body,
                                       const char *person);
/* Assign: that person of the body where it is (a membership) is asked to take it up (P10). */
void       zc_action_set_person       (ZcAction   *self,
                                       const char *person);
const char *zc_action_get_key         (ZcAction   *self);
void       zc_action_perform_async    (ZcAction            *self,
                                       ZcClient            *client,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* (transfer full): the dossier after it. ZC_REFUSAL_STALE: zc_refusal_get_current() is the dossier as it is now. */
ZcDossier *zc_action_perform_finish   (ZcAction            *self,
                                       GAsyncResult        *result,
                                       GError             **error);
