/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-time.h"
#include "zc-types.h"

/* Once an hour: takes away what has served its time. */
gboolean  zc_housekeeping_is_due (ZcTime    last,
                                  ZcTime    now);
void      zc_housekeeping_run    (ZcServer *server,
                                  ZcTime    now);
