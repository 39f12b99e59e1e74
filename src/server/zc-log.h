/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Log lines go to the standard error, one write a line, with the time in UTC. */
void zc_log_start   (void);
/* One line about a request: its number, method, the pattern of its route, status and time. No address, no path with its ids, no
 * person. On the loops' threads, many thousand times a second: it neither allocates nor formats the time anew each time. */
void zc_log_request (guint64     number,
                     const char *method,
                     const char *pattern,
                     int         status,
                     gint64      us);
