/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-notebook.h"
#include "zc-reader.h"

/* A reviewer's own tools over a reader (P9): the notes they make at its places, what the last return asked for, and what changed
 * since, one change after the other. Its actions are to be inserted as "notes" above the reader:
 *   notes.add (ssss): a note on section, entry, field, image ("" where not); notes.here: where the focus is; notes.image: on the
 *   image that is shown; notes.edit, notes.remove (u: position); notes.next-change, notes.previous-change.
 * Properties: notebook: ZcNotebook. */
#define ZC_TYPE_REVIEW_TOOLS (zc_review_tools_get_type ())
G_DECLARE_FINAL_TYPE (ZcReviewTools, zc_review_tools, ZC, REVIEW_TOOLS, GtkBox)

/* Before the reader is opened. */
void          zc_review_tools_attach       (ZcReviewTools *self,
                                            ZcSession     *session,
                                            ZcReader      *reader,
                                            const char    *dossier);
GActionGroup *zc_review_tools_get_actions  (ZcReviewTools *self);
ZcNotebook   *zc_review_tools_get_notebook (ZcReviewTools *self);
