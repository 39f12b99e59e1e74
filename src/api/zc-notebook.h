/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"
#include "zc-list-base.h"
#include "zc-workflow.h"

/* What a reviewer notes at places of one dossier before they decide (P9): a GListModel of ZcNote, in the order in which they were
 * made. It is written to the local store of their account as it is typed, and read from there when the dossier is opened again:
 * nothing noted is lost, and nothing of it leaves this computer before it is sent with a decision. It is one person's, for one body
 * that they act for: a colleague who takes the dossier over has notes of their own, and whoever gives it back finds theirs again.
 * Properties: n-notes: uint; recovered-at: gint64 (as zc_notebook_get_recovered_at(); notifies once it was read, P2). */
#define ZC_TYPE_NOTEBOOK (zc_notebook_get_type ())
G_DECLARE_FINAL_TYPE (ZcNotebook, zc_notebook, ZC, NOTEBOOK, ZcListBase)

/* store (nullable): without one it is kept in memory alone. body: for which the reviewer acts. */
ZcNotebook *zc_notebook_new     (ZcLocalStore *store,
                                 const char   *dossier,
                                 const char   *body);
gboolean    zc_notebook_is_full (ZcNotebook   *self);  /* the server takes no more with one decision */
/* note takes the place of old, or (old NULL) stands at the end. */
void        zc_notebook_put     (ZcNotebook   *self,
                                 ZcNote       *old,
                                 ZcNote       *note);
void        zc_notebook_remove  (ZcNotebook   *self,
                                 ZcNote       *note);
/* What is written to a decision of that kind and not sent yet, kept as the notes are (P1). text "": nothing. */
const char *zc_notebook_get_opinion (ZcNotebook   *self,
                                     ZcAct         act);
void        zc_notebook_set_opinion (ZcNotebook   *self,
                                     ZcAct         act,
                                     const char   *text);
/* When an opinion was last written that a former run of the program left unsent; 0: none is left (P2). */
ZcTime      zc_notebook_get_recovered_at (ZcNotebook *self);
/* They were sent, or are no longer wanted; the opinions too. */
void        zc_notebook_clear   (ZcNotebook   *self);
/* What the applicant sees was sent to them, with the opinion; what is noted elsewhere is kept. */
void        zc_notebook_clear_seen (ZcNotebook *self,
                                    ZcDraft    *draft);
/* What was noted at a place that is there no more moves to what it stood in: the field, the entry, the section. */
void        zc_notebook_fit     (ZcNotebook   *self,
                                 ZcDraft      *draft);
/* Writes what is not in the store yet. */
void        zc_notebook_flush   (ZcNotebook   *self);
