/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-calendars.h"
#include "zc-id.h"
#include "zc-import-value.h"
#include "zc-store.h"
#include "zc-time.h"

/* Calendars between the store, which is the truth, and the check: put together once for each state
 * of the store, shared by all threads. */

struct _ZcCalendars
{
  GMutex lock;
  ZcCalendar *calendar; /* (nullable) */
  char *stamp;          /* of the store that it was made from; "": nothing was imported */
};

ZcCalendars *
zc_calendars_new (void)
{
  ZcCalendars *calendars = g_new0 (ZcCalendars, 1);

  g_mutex_init (&calendars->lock);
  return calendars;
}

void
zc_calendars_free (ZcCalendars *calendars)
{
  if (calendars == NULL)
    return;
  g_clear_pointer (&calendars->calendar, zc_calendar_unref);
  g_free (calendars->stamp);
  g_mutex_clear (&calendars->lock);
  g_free (calendars);
}

/* (transfer full) (nullable): what changes with each import */
static char *
read_stamp (ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT value FROM setting WHERE name = 'calendar'");
  g_autofree char *stamp = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : g_strdup ("");

  return zc_rows_end (rows, error) ? g_steal_pointer (&stamp) : NULL;
}

static ZcCalendar *
put_together (ZcStore *store, GError **error)
{
  g_autoptr (ZcCalendar) calendar = zc_calendar_new_national ();
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT text FROM calendar ORDER BY region, year");

  while (zc_rows_next (rows))
    if (!zc_calendar_add (calendar, zc_rows_text (rows, 0), strlen (zc_rows_text (rows, 0)), error))
      return NULL;
  return zc_rows_end (rows, error) ? g_steal_pointer (&calendar) : NULL;
}

/**
 * zc_calendars_get:
 * @calendars: of the server
 * @store: any connection
 * @error: of the store
 *
 * Returns: (transfer full): the calendar as it is imported now
 */
ZcCalendar *
zc_calendars_get (ZcCalendars *calendars, ZcStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;
  g_autofree char *stamp = read_stamp (store, error);

  if (stamp == NULL)
    return NULL;
  locker = g_mutex_locker_new (&calendars->lock);
  if (g_strcmp0 (stamp, calendars->stamp) != 0)
    {
      ZcCalendar *calendar = put_together (store, error);

      if (calendar == NULL)
        return NULL;
      g_clear_pointer (&calendars->calendar, zc_calendar_unref);
      calendars->calendar = calendar;
      g_set_str (&calendars->stamp, stamp);
    }
  return zc_calendar_ref (calendars->calendar);
}

/**
 * zc_calendars_import:
 * @layer: one year, in the shape of holiday-cn (U18)
 * @store: in a transaction
 * @error: what is wrong, with its place, or of the store
 *
 * Returns: whether it is in the store
 */
gboolean
zc_calendars_import (const ZcJsonValue *layer, ZcStore *store, GError **error)
{
  g_autoptr (ZcCalendar) trial = zc_calendar_new ();
  g_autofree char *stamp = zc_id_new (), *text = NULL;
  const char *region = zc_json_get_string (layer, "region");
  gsize length;

  text = zc_json_canonical (layer, &length);
  return zc_calendar_add (trial, text, length, error)
         && (region == NULL || zc_import_check_name ("region", region, error))
         && zc_store_exec (store, error,
                           "INSERT INTO calendar (year, region, text, at) VALUES ($1, $2, $3, $4)"
                           " ON CONFLICT (year, region) DO UPDATE SET text = excluded.text, at = "
                           "excluded.at",
                           ZC_INT (zc_json_get_integer (layer, "year", 0)),
                           ZC_TEXT (region != NULL ? region : ""), ZC_TEXT (text),
                           ZC_INT (zc_time_now ()))
         && zc_store_exec (store, error,
                           "INSERT INTO setting (name, value) VALUES ('calendar', $1)"
                           " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                           ZC_TEXT (stamp));
}
