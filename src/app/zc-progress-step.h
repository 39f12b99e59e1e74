/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-history-item.h"

/* One stage of the bar: a circle between two lines, its name, and for the current one where it stands in words. */
#define ZC_TYPE_PROGRESS_STEP (zc_progress_step_get_type ())
G_DECLARE_FINAL_TYPE (ZcProgressStep, zc_progress_step, ZC, PROGRESS_STEP, GtkBox)

GtkWidget *zc_progress_step_new       (const char      *name,
                                       ZcStageProgress  progress,
                                       const char      *status); /* (nullable) */
void       zc_progress_step_set_first (ZcProgressStep  *self);
void       zc_progress_step_set_last  (ZcProgressStep  *self);
