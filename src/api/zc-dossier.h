/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"
#include "zc-note.h"
#include "zc-section-status.h"
#include "zc-workflow.h"

/* One dossier as the server last told it: read-only; the same object is brought up to date in place and notifies.
 * A list gives the summary (detailed = FALSE), zc_client_get_dossier_async() the whole.
 * Properties (strings are never NULL, "" where absent; times are ZcTime, 0 where absent):
 *   id, business, business-title, title ("职称评审 · 2026"), unit, series, level, committee, office (names), sought, way, registered-body, head (the unit that what registers is a branch of), stage-id, state-id,
 *   applicant-name, applicant-id-number, holder-name, assigned-name (who is asked to take it up), returned-opinion, returned-code, returned-by (name of the body), receipt-number, receipt-digest: string
 *   revision, year, stage (ZcStage), state (ZcState), sections-done, sections-total, submissions, returned-revision (the submission that was returned; 0: none),
 *   waited (working days that a registration waits; -1: it does not, or they are not known), wait-limit (within how many it should be decided; 0: not said): int
 *   version, created-at, updated-at, submitted-at, deadline, returned-at, receipt-at: gint64
 *   held, held-by-me, assigned-to-me, detailed, editable (has "edit"), can-submit, can-withdraw, can-delete, can-retarget, can-accept,
 *   can-release, can-approve, can-return, can-return-back, can-refuse, can-abandon: boolean
 *   sections: GListModel of ZcSectionStatus; notes: GListModel of ZcNote; kept: as zc_dossier_get_kept()
 * What a return said (returned-…, notes) is of the return that stands, and for staff, once it was sent again, of the last one.
 * Signal "changed": after any of them has changed, once.
 */
#define ZC_TYPE_DOSSIER (zc_dossier_get_type ())
G_DECLARE_FINAL_TYPE (ZcDossier, zc_dossier, ZC, DOSSIER, GObject)

ZcDossier   *zc_dossier_new_from_json     (const ZcJsonValue *value,   /* SUMMARY or DOSSIER */
                                           GError           **error);
ZcDossier   *zc_dossier_new_from_text     (const char        *text);   /* (nullable): as kept here or sent along; NULL: none, or not to be read */
/* Brings self up to date; an older version than the present one is ignored (answers TRUE). */
gboolean     zc_dossier_update            (ZcDossier         *self,
                                           const ZcJsonValue *value,
                                           GError           **error);
gboolean     zc_dossier_update_from       (ZcDossier         *self,    /* the same from another object of the same id */
                                           ZcDossier         *other);
char        *zc_dossier_to_json           (ZcDossier         *self);   /* as received: for the local store */
/* What is known when a summary arrives after the whole: newer's members, and known's where newer has none. (transfer full) */
char        *zc_dossier_json_union        (const ZcJsonValue *known,
                                           const ZcJsonValue *newer);
const char  *zc_dossier_get_id            (ZcDossier *self);
const char  *zc_dossier_get_business      (ZcDossier *self);
int          zc_dossier_get_revision      (ZcDossier *self);
const char  *zc_dossier_get_title         (ZcDossier *self);
const char  *zc_dossier_get_sought        (ZcDossier *self);
const char  *zc_dossier_get_way           (ZcDossier *self);
const char  *zc_dossier_get_registered_body (ZcDossier *self);
int          zc_dossier_get_year          (ZcDossier *self);
/* name: "unit", "series", "level", "committee", "office", "body" */
const char  *zc_dossier_get_target_id     (ZcDossier  *self,
                                           const char *name);          /* (nullable) */
const char  *zc_dossier_get_target_name   (ZcDossier  *self,
                                           const char *name);          /* (nullable) */
char        *zc_dossier_dup_target_json   (ZcDossier  *self);          /* {"unit": id, …}: ids only, what zc_check() takes */
ZcStage      zc_dossier_get_stage         (ZcDossier *self);
ZcState      zc_dossier_get_state         (ZcDossier *self);
gint64       zc_dossier_get_version       (ZcDossier *self);
gint64       zc_dossier_get_deadline      (ZcDossier *self);
gint64       zc_dossier_get_submitted_at  (ZcDossier *self);
gboolean     zc_dossier_get_detailed      (ZcDossier *self);
/* "edit", "retarget", "submit", "withdraw", "delete", "view", "progress", "copy", "accept" …: by the server's word (B2) */
gboolean     zc_dossier_has_action        (ZcDossier  *self,
                                           const char *action);
const char  *zc_dossier_get_refusal       (ZcDossier  *self,
                                           const char *action);
gboolean     zc_dossier_is_returned       (ZcDossier *self);           /* an opinion stands on top */
const char  *zc_dossier_get_returned_opinion (ZcDossier *self);
GListModel  *zc_dossier_get_notes         (ZcDossier *self);
int          zc_dossier_get_returned_revision (ZcDossier *self);      /* 0: it was never returned, or this session need not know */
GListModel  *zc_dossier_get_left          (ZcDossier *self);           /* of ZcLeft: what found no place in a newer form (decisions 16) */
GListModel  *zc_dossier_get_kept          (ZcDossier *self);           /* of ZcNote: what another target no longer asks for (S3.1.2e) */
const char  *zc_dossier_get_receipt_number (ZcDossier *self);
int          zc_dossier_get_submissions   (ZcDossier *self);
GListModel  *zc_dossier_get_sections      (ZcDossier *self);
ZcSectionStatus *zc_dossier_find_section  (ZcDossier  *self,
                                           const char *section);       /* (transfer none) (nullable) */
/* What a field's `from` stands for ("account.name", "target.unit" …): the text to show; NULL when the server did not tell. */
const char  *zc_dossier_get_resolved      (ZcDossier  *self,
                                           const char *from);
