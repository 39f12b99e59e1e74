/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Instants are milliseconds since the epoch, UTC. Days are counted in China's time (+08:00, no DST). */
typedef gint64 ZcTime;

ZcTime    zc_time_now        (void);
char     *zc_time_format     (ZcTime       time);
gboolean  zc_time_parse      (const char  *text,
                              ZcTime      *time);
ZcTime    zc_time_china_day  (ZcTime       time,
                              int          days);
int       zc_time_china_year (ZcTime       time);
gboolean  zc_date_is_valid   (const char  *date);
gboolean  zc_month_is_valid  (const char  *month);
