/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"

char *zc_bytes_dup_text        (gint64               bytes);
char *zc_image_facts_dup_text  (int                  width,
                                int                  height,
                                gint64               bytes);
char *zc_image_limits_dup_text (const ZcImageLimits *limits);
