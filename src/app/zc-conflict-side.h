/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-image-pool.h"

/* One of the two versions of a place, to be read: text, the values of an entry line by line, pictures small. */
#define ZC_TYPE_CONFLICT_SIDE (zc_conflict_side_get_type ())
G_DECLARE_FINAL_TYPE (ZcConflictSide, zc_conflict_side, ZC, CONFLICT_SIDE, AdwBin)

void  zc_conflict_side_show     (ZcConflictSide *self,
                                 ZcDraft        *draft,
                                 ZcImagePool    *pool,
                                 ZcConflict     *conflict,
                                 ZcSide          side);
/* All that it says, for assistive technology: (transfer full). */
char *zc_conflict_side_dup_text (ZcConflictSide *self);
