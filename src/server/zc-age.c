/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-age.h"
#include "zc-server.h"

/* How long a registration waits, in working days: it is to be decided within so many (U1). */

#define CHINA_MS (8 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* What is to be decided: *within: 0: nothing is said of how soon. */
static gboolean
is_counted (const ZcDossier *dossier, guint *within)
{
  const ZcAdmission *admission = zc_business_get_admission (dossier->business);
  const ZcAmendment *amendment = zc_business_get_amendment (dossier->business);

  *within = admission != NULL   ? admission->working_days
            : amendment != NULL ? amendment->working_days
                                : 0;
  return (admission != NULL || amendment != NULL)
         && (dossier->state == ZC_STATE_WAITING || dossier->state == ZC_STATE_IN_REVIEW);
}

/* "2026-11-23", in China */
static char *
dup_day (ZcTime time)
{
  char *day = zc_time_format (time + CHINA_MS);

  day[strlen ("2026-11-23")] = '\0';
  return day;
}

/* The day of submission is not counted, as with every span the office must keep (decisions 7); -1: a
 * year has no published calendar. */
static int
count_days (const ZcCalendar *calendar, ZcTime submitted, ZcTime now)
{
  g_autofree char *first = dup_day (submitted);
  g_autofree char *last = dup_day (now);
  int days = zc_calendar_count (calendar, first, last);

  return days > 0 && zc_calendar_get_day (calendar, first) == ZC_DAY_WORKING ? days - 1 : days;
}

static void
add_count (ZcJsonWriter *writer, const char *key, gboolean known, gint64 days)
{
  if (known)
    zc_json_add_integer (writer, key, days);
  else
    zc_json_add_string (writer, key, NULL);
}

/**
 * zc_age_write:
 * @dossier: as the caller sees it
 * @request: whose moment counts
 * @store: any connection
 * @writer: where to
 * @error: of the store
 *
 * Writes the member "waiting": the working days since the day it was submitted, by the calendar of this
 * server, and within how many it is to be decided; null for what is no registration, or waits for no
 * office.
 *
 * Returns: whether it could be worked out
 */
gboolean
zc_age_write (const ZcDossier *dossier,
              const ZcRequest *request,
              ZcStore *store,
              ZcJsonWriter *writer,
              GError **error)
{
  g_autoptr (ZcCalendar) calendar = NULL;
  guint within;
  int days;

  if (!is_counted (dossier, &within))
    {
      zc_json_add_string (writer, "waiting", NULL);
      return TRUE;
    }
  calendar = zc_calendars_get (request->server->calendars, store, error);
  if (calendar == NULL)
    return FALSE;
  days = count_days (calendar, dossier->submitted_at, request->received);
  zc_json_begin_object (writer, "waiting");
  add_count (writer, "working_days", days >= 0, days);
  add_count (writer, "within", within > 0, within);
  zc_json_end_object (writer);
  return TRUE;
}
