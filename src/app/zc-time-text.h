/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-time.h"

char *zc_time_dup_date     (ZcTime time);
char *zc_time_dup_minute   (ZcTime time);
char *zc_time_dup_deadline (ZcTime end,
                            ZcTime now);
char *zc_time_dup_waited   (int days,
                            int limit);
char *zc_date_dup_text     (const char *date);
char *zc_month_dup_text    (const char *month);
