/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-calendar.h"
#include "zc-json.h"
#include "zc-types.h"

/* The working days that this server counts by: what its program brings, and above that what was imported, the years of the
 * State Council first, then those of regions (decisions 7). A region's layer counts for the whole platform. What is imported
 * while the server runs is there at the next request. */
typedef struct _ZcCalendars ZcCalendars;

ZcCalendars *zc_calendars_new    (void);
void         zc_calendars_free   (ZcCalendars        *calendars);
/* (transfer full); NULL: the store failed */
ZcCalendar  *zc_calendars_get    (ZcCalendars        *calendars,
                                  ZcStore            *store,
                                  GError            **error);
/* Writes one year of one layer, in a transaction. */
gboolean     zc_calendars_import (const ZcJsonValue  *layer,
                                  ZcStore            *store,
                                  GError            **error);
