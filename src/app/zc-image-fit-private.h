/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-image-fit.h"

/* Shared by preparing and making to fit. */
void zc_ready_image_set_problem (ZcReadyImage *ready,
                                 ZcProblemCode problem,
                                 gint64 limit,
                                 gboolean can_be_made_to_fit);
void zc_ready_image_take (ZcReadyImage *ready, GBytes *data, int quality);
ZcProblemCode
zc_image_check_pixels (const ZcImageLimits *limits, int width, int height, gint64 *limit);
