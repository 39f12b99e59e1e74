/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Closures of the .ui files of rows and cells; what they look up is NULL where there is no row. Texts are (transfer full).
 * state: ZcState; holder, assigned: whom it is with, whom it was given to; days: how long it has waited, -1: nobody counts;
 * limit: within how many it should be decided, 0: none. */
char    *zc_queue_row_dup_text           (gpointer    object,
                                          const char *name,
                                          const char *sought,
                                          gint64      submitted_at,
                                          const char *unit,
                                          int         days,
                                          int         limit);
char    *zc_queue_row_dup_minute         (gpointer    object,
                                          gint64      time);
char    *zc_queue_row_dup_state          (gpointer    object,
                                          int         state,
                                          gboolean    held_by_me,
                                          const char *holder,
                                          gboolean    assigned_to_me,
                                          const char *assigned);
char    *zc_queue_row_dup_waited         (gpointer    object,
                                          int         days,
                                          int         limit);
gboolean zc_queue_row_is_waiting         (gpointer    object,
                                          int         days);
char   **zc_queue_row_dup_waited_classes (gpointer    object,
                                          int         days,
                                          int         limit);
