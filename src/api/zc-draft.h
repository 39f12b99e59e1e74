/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "zc-business.h"
#include "zc-check.h"
#include "zc-acts.h"
#include "zc-conflict.h"
#include "zc-sync.h"

/* The editing state of one dossier: what forms bind to. The screen shows the draft; the draft is written to the local store
 * by itself (300 ms after the last key, 700 ms after the first at the latest), sync sends it from there. Nobody ever needs to
 * "save" in order to keep data. Main thread only.
 *
 * A place is (section, entry, field): ids of the business; entry is NULL outside repeating sections.
 *
 * Properties:
 *   editable: boolean (the server's "edit"); state: int (ZcSyncState: the worst of its sections; what the header says in words);
 *   store-error: GError boxed (nullable; the disk is in trouble: "未保存"); recovered-at: gint64 (ZcTime of the last edit that a
 *   former run of the program left unsent, 0: none: "what was recovered", P2); n-conflicts: int (places of all sections that were
 *   changed here and elsewhere and wait for a choice, P16); past: ZcPast (nullable: what it is held against, where somebody asked)
 * Signals (all after the fact):
 *   "value-changed" (section, entry (nullable), field): by anybody, the setter included
 *   "applies-changed" (section, entry (nullable), field (nullable)): a when/unless/required_when now answers differently;
 *       field NULL: of the section. Ask zc_draft_field_applies(), zc_draft_field_is_required() again
 *   "problems-changed" (section): zc_draft_get_problems() answers differently (checked ~150 ms after a change)
 *   "reloaded" (section): the whole document was replaced by what another device wrote: build the form again
 *   "conflict" (section): something was changed here and elsewhere; both are kept (zc_draft_dup_conflicts())
 */
typedef struct _ZcPast ZcPast;

#define ZC_TYPE_DRAFT (zc_draft_get_type ())
G_DECLARE_FINAL_TYPE (ZcDraft, zc_draft, ZC, DRAFT, GObject)

/* One section in the list on the left: read-only, lives as long as the draft. Properties:
 *   id, title, hint: string; repeats: boolean; visible: boolean (its when holds);
 *   state: int (ZcSectionState, checked on this computer just now); confirmed: boolean (state is the server's word on the very
 *   text on the screen: the green tick is state COMPLETE and confirmed; a grey mark is COMPLETE and not confirmed: 本机检查通过);
 *   n-problems: uint; sync-state: int (ZcSyncState); n-conflicts: int (places that wait for a choice). */
#define ZC_TYPE_DRAFT_SECTION (zc_draft_section_get_type ())
G_DECLARE_FINAL_TYPE (ZcDraftSection, zc_draft_section, ZC, DRAFT_SECTION, GObject)
const char      *zc_draft_section_get_id         (ZcDraftSection *self);
const ZcSection *zc_draft_section_get_definition (ZcDraftSection *self);
gboolean         zc_draft_section_get_kept       (ZcDraftSection *self); /* in the local store: filled in by this session's side */
gboolean         zc_draft_section_get_visible    (ZcDraftSection *self);
ZcSectionState   zc_draft_section_get_state      (ZcDraftSection *self);
gboolean         zc_draft_section_get_confirmed  (ZcDraftSection *self);
guint            zc_draft_section_get_n_problems (ZcDraftSection *self);
ZcSyncState      zc_draft_section_get_sync_state (ZcDraftSection *self);
int              zc_draft_section_get_n_conflicts (ZcDraftSection *self);

/* One entry of a repeating section: the items of zc_draft_get_entries(). The same object as long as the entry lives, also when
 * moved. Properties: id: string; title: string (the value of the section's entry_title; "" when empty); n-problems: uint. */
#define ZC_TYPE_DRAFT_ENTRY (zc_draft_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZcDraftEntry, zc_draft_entry, ZC, DRAFT_ENTRY, GObject)
const char      *zc_draft_entry_get_id           (ZcDraftEntry *self);
const char      *zc_draft_entry_get_title        (ZcDraftEntry *self);

/* One image of a field: the items of zc_draft_get_images(). Properties: sha256, name: string; bytes: gint64; width, height: int;
 * sync-state: int (ZcSyncState); here: boolean (its file is on this computer). */
#define ZC_TYPE_DRAFT_IMAGE (zc_draft_image_get_type ())
G_DECLARE_FINAL_TYPE (ZcDraftImage, zc_draft_image, ZC, DRAFT_IMAGE, GObject)
const char      *zc_draft_image_get_sha256       (ZcDraftImage *self);
const char      *zc_draft_image_get_name         (ZcDraftImage *self);
gint64           zc_draft_image_get_bytes        (ZcDraftImage *self);
int              zc_draft_image_get_width        (ZcDraftImage *self);
int              zc_draft_image_get_height       (ZcDraftImage *self);
ZcSyncState      zc_draft_image_get_sync_state   (ZcDraftImage *self);

/* --- opening and closing ------------------------------------------------------------------------------- */
/* Reads the store (pull the dossier with zc_sync_pull_async() first when it is not there yet). sync (nullable): tests. */
void       zc_draft_open_async     (ZcLocalStore *store, ZcSync *sync, ZcBusiness *business, ZcDossier *dossier,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcDraft   *zc_draft_open_finish    (GAsyncResult *result, GError **error);
/* To look at, for the detail page (S3.5.5) and for staff: filled from the server as this session may see it, the unit's sections
 * too; read-only (editable FALSE, setters are slips), nothing is written to the disk. dossier is asked for again if it is a summary. */
void       zc_draft_open_view_async  (ZcClient *client, ZcBusiness *business, ZcDossier *dossier,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcDraft   *zc_draft_open_view_finish (GAsyncResult *result, GError **error); /* for the two */
/* The same for whom the dossier is with and who fill in sections of their own (U5): the applicant's are to look at and kept in memory
 * alone; one's own are pulled into the store, and editable as long as the dossier is (editable TRUE: setters of those sections).
 * What was typed and never arrived is shown even when the dossier has moved on. */
void       zc_draft_open_review_async  (ZcLocalStore *store, ZcSync *sync, ZcBusiness *business, ZcDossier *dossier,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Writes what is not yet in the store; completes when it is durable. Call it before closing a window. */
void       zc_draft_flush_async    (ZcDraft *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean   zc_draft_flush_finish   (ZcDraft *self, GAsyncResult *result, GError **error);
/* 保存: store, send, check; completes when the server holds it (or with why not: it is stored all the same). */
void       zc_draft_save_async     (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   zc_draft_save_finish    (ZcDraft *self, GAsyncResult *result, GError **error);
/* 报送: sends what is unsent, then makes the action with dossier and section versions as they are on this screen. */
void       zc_draft_prepare_submit_async  (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcAction  *zc_draft_prepare_submit_finish (ZcDraft *self, GAsyncResult *result, GError **error);

ZcBusiness      *zc_draft_get_business   (ZcDraft *self);
const ZcCalendar *zc_draft_get_calendar  (ZcDraft *self);            /* (transfer none): the working days that it is checked by */
ZcDossier       *zc_draft_get_dossier    (ZcDraft *self);
GListModel      *zc_draft_get_sections   (ZcDraft *self);            /* ZcDraftSection: all the applicant fills, in a view all that may be seen; hidden ones too: filter on visible */
ZcDraftSection  *zc_draft_find_section   (ZcDraft *self, const char *section); /* (transfer none) */
gboolean         zc_draft_get_editable   (ZcDraft *self);
ZcSyncState      zc_draft_get_state      (ZcDraft *self);
gint64           zc_draft_get_recovered_at (ZcDraft *self);
int              zc_draft_get_n_conflicts (ZcDraft *self);
const GError    *zc_draft_get_store_error (ZcDraft *self);           /* (nullable) */
/* What was returned: with it the draft tells what changed since (P9). */
ZcPast          *zc_draft_get_past        (ZcDraft *self);           /* (nullable) */
void             zc_draft_set_past        (ZcDraft *self, ZcPast *past);
/* Once: from now on the draft knows its past whenever there is one to be held against. store (nullable): of the owner. */
void             zc_draft_follow_past     (ZcDraft *self, ZcClient *client, ZcLocalStore *store);
/* Whether what a note is about says something else by now; FALSE as long as the past is not known. */
gboolean         zc_draft_note_is_done    (ZcDraft *self, ZcNote *note);
/* Whether the applicant sees where it stands: the unit's own sections they do not. */
gboolean         zc_draft_note_is_seen    (ZcDraft *self, ZcNote *note);

/* --- values ----------------------------------------------------------------------------------------------- */
/* (transfer none) (nullable): the stored value; NULL when empty. Valid until the next change. */
JsonNode   *zc_draft_get_value     (ZcDraft *self, const char *section, const char *entry, const char *field);
/* value: (transfer full) (nullable): NULL, "" and [] are all "empty" and take the member away. No-op when equal. */
void        zc_draft_set_value     (ZcDraft *self, const char *section, const char *entry, const char *field, JsonNode *value);
/* The text a person sees: strings as they are, numbers as typed, `from` resolved, sums computed, flags "true"/""; "" when empty. (transfer full) */
char       *zc_draft_dup_text      (ZcDraft *self, const char *section, const char *entry, const char *field);
/* What a person typed, for every type but images and computed: text that is no number in a number field is kept as typed text,
 * and the check says so. */
void        zc_draft_set_text      (ZcDraft *self, const char *section, const char *entry, const char *field, const char *text);
gboolean    zc_draft_get_flag      (ZcDraft *self, const char *section, const char *entry, const char *field);
void        zc_draft_set_flag      (ZcDraft *self, const char *section, const char *entry, const char *field, gboolean flag);

/* --- entries ---------------------------------------------------------------------------------------------- */
GListModel *zc_draft_get_entries   (ZcDraft *self, const char *section);   /* (transfer none): ZcDraftEntry, lives as long as the draft */
int         zc_draft_find_entry    (ZcDraft *self, const char *section, const char *entry, char **title); /* its number from 1; 0: not there */
guint       zc_draft_get_min_entries (ZcDraft *self, const char *section);
const char *zc_draft_add_entry     (ZcDraft *self, const char *section);   /* at the end: its id, (transfer none); NULL: max_entries reached */
/* (transfer full): the entry, for undo with insert_entry at the position it had */
JsonNode   *zc_draft_remove_entry  (ZcDraft *self, const char *section, const char *entry, guint *position);
void        zc_draft_insert_entry  (ZcDraft *self, const char *section, guint position, JsonNode *entry); /* (transfer full) */
void        zc_draft_move_entry    (ZcDraft *self, const char *section, const char *entry, guint position);

/* --- images ----------------------------------------------------------------------------------------------- */
/* (transfer full): ZcDraftImage; follows the field as long as it is held. */
GListModel *zc_draft_get_images    (ZcDraft *self, const char *section, const char *entry, const char *field);
/* jpeg: cleaned and made to fit by the caller; refused here as by the server: error ZC_REFUSAL_IMAGE with one problem (structure,
 * limits of the field, one too many, the same twice). Completes when file and answer are durable. replaces (nullable): the digest
 * whose place it takes; position: -1 for the end. */
void        zc_draft_add_image_async  (ZcDraft *self, const char *section, const char *entry, const char *field, GBytes *jpeg, const char *name,
                                       const char *replaces, int position, GAsyncReadyCallback callback, gpointer user_data);
gboolean    zc_draft_add_image_finish (ZcDraft *self, GAsyncResult *result, GError **error);
/* (transfer full): the image's value, for undo with insert_image; NULL: not there */
JsonNode   *zc_draft_remove_image  (ZcDraft *self, const char *section, const char *entry, const char *field, const char *sha256, guint *position);
void        zc_draft_insert_image  (ZcDraft *self, const char *section, const char *entry, const char *field, guint position, JsonNode *image);
void        zc_draft_move_image    (ZcDraft *self, const char *section, const char *entry, const char *field, const char *sha256, guint position);
/* The bytes, from this computer or else from the server (then kept here). Decode them off the main thread. */
void        zc_draft_load_image_async  (ZcDraft *self, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes     *zc_draft_load_image_finish (ZcDraft *self, GAsyncResult *result, GError **error);

/* --- rules ------------------------------------------------------------------------------------------------ */
gboolean    zc_draft_field_applies     (ZcDraft *self, const char *section, const char *entry, const char *field);
gboolean    zc_draft_field_is_required (ZcDraft *self, const char *section, const char *entry, const char *field);
gboolean    zc_draft_field_is_advised (ZcDraft *self, const char *section, const char *entry, const char *field);
GPtrArray  *zc_draft_get_problems      (ZcDraft *self, const char *section); /* (transfer none): ZcProblem, never NULL */
/* The first problem at a place; image (nullable). (transfer none) (nullable) */
const ZcProblem *zc_draft_find_problem (ZcDraft *self, const char *section, const char *entry, const char *field, const char *image);
/* All that is filled in here, in the order of the form, checked at once: what keeps it from being submitted (P8), or from being
 * sent on by the unit (U5). (transfer full) */
GPtrArray  *zc_draft_check             (ZcDraft *self);
char       *zc_draft_dup_conflicts     (ZcDraft *self, const char *section); /* (nullable): JSON of zc-merge.h */

/* --- what was changed here and elsewhere (P16) ---------------------------------------------------------------- */
/* (transfer full): ZcConflict, in the order of the form: a list of now, on which nothing depends before it is settled. */
GListModel *zc_draft_list_conflicts    (ZcDraft *self);
/* Takes over what was chosen in conflicts; what was not goes on waiting. Completes when it is durable; it is sent by itself. Error
 * ZC_REFUSAL_PRECONDITION: something changed meanwhile, nothing was taken over: list them again. */
void        zc_draft_settle_async      (ZcDraft *self, GListModel *conflicts, GAsyncReadyCallback callback, gpointer user_data);
gboolean    zc_draft_settle_finish     (ZcDraft *self, GAsyncResult *result, GError **error);
