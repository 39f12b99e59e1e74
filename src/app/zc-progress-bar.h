/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-dossier.h"

/* The stages of a dossier from left to right; the right-most tick is where it stands, in words below it (S3.5.4). */
#define ZC_TYPE_PROGRESS_BAR (zc_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZcProgressBar, zc_progress_bar, ZC, PROGRESS_BAR, AdwBin)

/* stages: ZcStageStatus, in order; status: where it stands in words */
void        zc_progress_bar_show       (ZcProgressBar *self,
                                        GListModel    *stages,
                                        const char    *status);
const char *zc_progress_bar_get_status (ZcProgressBar *self);
