/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-image-pool.h"

/* One place that was changed here and elsewhere: both versions side by side, one of which is chosen (P16). */
#define ZC_TYPE_CONFLICT_ROW (zc_conflict_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcConflictRow, zc_conflict_row, ZC, CONFLICT_ROW, AdwBin)

GtkWidget *zc_conflict_row_new (ZcDraft     *draft,
                                ZcImagePool *pool,
                                ZcConflict  *conflict);
