/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-image-pool.h"

/* All that was changed here and elsewhere in one dossier, to be chosen from (P16). Nothing is taken over before the person finishes;
 * closing it leaves everything as it was, the question included. */
#define ZC_TYPE_CONFLICT_DIALOG (zc_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcConflictDialog, zc_conflict_dialog, ZC, CONFLICT_DIALOG, AdwDialog)

AdwDialog *zc_conflict_dialog_new (ZcDraft     *draft,
                                   ZcImagePool *pool);
