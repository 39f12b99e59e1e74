/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Working days (decisions 7): weekdays, corrected by what is published for each year, in layers. A day of a year for which
 * nothing is published is not known, and neither is any count that holds one. Days are written "2026-11-23".
 * A calendar is filled first and only read afterwards, then by any thread.
 */
typedef struct _ZcCalendar ZcCalendar;

typedef enum
{
  ZC_DAY_UNKNOWN, /* no calendar of its year */
  ZC_DAY_OFF,
  ZC_DAY_WORKING,
} ZcDay;

#define ZC_CALENDAR_ERROR (zc_calendar_error_quark ())
typedef enum
{
  ZC_CALENDAR_ERROR_INVALID, /* the message names the place: "days[3].date: …" */
} ZcCalendarError;
GQuark            zc_calendar_error_quark  (void);

ZcCalendar       *zc_calendar_new          (void);
ZcCalendar       *zc_calendar_new_national (void); /* a copy of the State Council's below, to lay more over it */
ZcCalendar       *zc_calendar_ref          (ZcCalendar        *calendar);
void              zc_calendar_unref        (ZcCalendar        *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcCalendar, zc_calendar_unref)
gboolean          zc_calendar_add          (ZcCalendar        *calendar,
                                            const char        *text,
                                            gsize              length,
                                            GError           **error);
/* What the State Council published, as this program brings it: data/calendar. */
const ZcCalendar *zc_calendar_get_national (void);

ZcDay             zc_calendar_get_day      (const ZcCalendar  *calendar,
                                            const char        *day);
/* The working days from first to last, both counted; -1: one of them is not known. */
int               zc_calendar_count        (const ZcCalendar  *calendar,
                                            const char        *first,
                                            const char        *last);
/* The last day of a notice that starts on first, which counts, and runs for n working days; FALSE: not known. */
gboolean          zc_calendar_find_last    (const ZcCalendar  *calendar,
                                            const char        *first,
                                            guint              n,
                                            char               last[11]);
