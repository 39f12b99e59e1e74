/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <stdio.h>

#include "zc-calendar-resources.h"
#include "zc-calendar.h"
#include "zc-json.h"
#include "zc-time.h"

/* A calendar is what its layers say of single days; a day that none speaks of is what its weekday
 * is, if its year is known at all. Of two layers that speak of the same day the later one has the
 * word: a region's holiday may so cancel a weekend day that the State Council made up for. */

#define FOLDER "/io/github/zhicheng/core/calendar"
#define MIN_YEAR 1900
#define MAX_YEAR 2199

struct _ZcCalendar
{
  GHashTable *years; /* those known, as integers */
  GHashTable *days;  /* Julian day → ZcDay, where somebody spoke of it */
};

static const ZcJsonMember layer_members[] = {
  { "$schema", ZC_JSON_STRING, FALSE }, { "$id", ZC_JSON_STRING, FALSE },
  { "year", ZC_JSON_INTEGER, TRUE },    { "region", ZC_JSON_STRING, FALSE },
  { "papers", ZC_JSON_ARRAY, FALSE },   { "days", ZC_JSON_ARRAY, TRUE },
};
static const ZcJsonMember day_members[] = {
  { "name", ZC_JSON_STRING, TRUE },
  { "date", ZC_JSON_STRING, TRUE },
  { "isOffDay", ZC_JSON_BOOL, TRUE },
};

G_DEFINE_QUARK (zc - calendar - error - quark, zc_calendar_error)

static gboolean
read_date (const char *day, GDate *date)
{
  int year, month, number;

  if (!zc_date_is_valid (day) || sscanf (day, "%4d-%2d-%2d", &year, &month, &number) != 3)
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

static gpointer
key_of (const GDate *date)
{
  return GUINT_TO_POINTER (g_date_get_julian (date));
}

static ZcDay
look_up (const ZcCalendar *calendar, const GDate *date)
{
  gpointer told;

  if (!g_hash_table_contains (calendar->years, GINT_TO_POINTER (g_date_get_year (date))))
    return ZC_DAY_UNKNOWN;
  if (g_hash_table_lookup_extended (calendar->days, key_of (date), NULL, &told))
    return (ZcDay)GPOINTER_TO_INT (told);
  return g_date_get_weekday (date) <= G_DATE_FRIDAY ? ZC_DAY_WORKING : ZC_DAY_OFF;
}

/**
 * zc_calendar_new:
 *
 * Returns: (transfer full): a calendar that knows no year
 */
ZcCalendar *
zc_calendar_new (void)
{
  ZcCalendar *calendar = g_atomic_rc_box_new0 (ZcCalendar);

  calendar->years = g_hash_table_new (NULL, NULL);
  calendar->days = g_hash_table_new (NULL, NULL);
  return calendar;
}

ZcCalendar *
zc_calendar_ref (ZcCalendar *calendar)
{
  return g_atomic_rc_box_acquire (calendar);
}

static void
clear (gpointer data)
{
  ZcCalendar *calendar = data;

  g_hash_table_unref (calendar->years);
  g_hash_table_unref (calendar->days);
}

void
zc_calendar_unref (ZcCalendar *calendar)
{
  g_atomic_rc_box_release_full (calendar, clear);
}

static gboolean
read_days (const ZcJsonValue *days, GHashTable *told, GError **error)
{
  for (guint i = 0; i < zc_json_size (days); i++)
    {
      const ZcJsonValue *item = zc_json_at (days, i);
      GDate date;

      if (!zc_json_expect (item, day_members, G_N_ELEMENTS (day_members), error))
        {
          g_prefix_error (error, "days[%u]: ", i);
          return FALSE;
        }
      if (!read_date (zc_json_get_string (item, "date"), &date)
          || g_hash_table_contains (told, key_of (&date)))
        {
          g_set_error (error, ZC_CALENDAR_ERROR, ZC_CALENDAR_ERROR_INVALID,
                       "days[%u].date: a day of the calendar, each once", i);
          return FALSE;
        }
      g_hash_table_insert (told, key_of (&date),
                           GINT_TO_POINTER (zc_json_get_bool (item, "isOffDay", FALSE)
                                                ? ZC_DAY_OFF
                                                : ZC_DAY_WORKING));
    }
  return TRUE;
}

static gboolean
read_layer (const ZcJsonValue *root, gint64 *year, GHashTable *told, GError **error)
{
  if (!zc_json_expect (root, layer_members, G_N_ELEMENTS (layer_members), error))
    return FALSE;
  for (guint i = 0; i < zc_json_size (zc_json_get (root, "papers")); i++)
    if (zc_json_string (zc_json_at (zc_json_get (root, "papers"), i)) == NULL)
      {
        g_set_error (error, ZC_CALENDAR_ERROR, ZC_CALENDAR_ERROR_INVALID, "papers[%u]: a text", i);
        return FALSE;
      }
  *year = zc_json_get_integer (root, "year", 0);
  if (*year < MIN_YEAR || *year > MAX_YEAR)
    {
      g_set_error (error, ZC_CALENDAR_ERROR, ZC_CALENDAR_ERROR_INVALID, "year: from %d to %d",
                   MIN_YEAR, MAX_YEAR);
      return FALSE;
    }
  return read_days (zc_json_get (root, "days"), told, error);
}

/**
 * zc_calendar_add:
 * @calendar: nobody else reads it yet
 * @text: one year of one layer, in the shape of holiday-cn (U18): {"year", "papers", "days":
 * [{"name", "date", "isOffDay"}]}; with a "region" it corrects a year and does not make it known
 * @length: its bytes
 * @error: of #ZC_JSON_ERROR or #ZC_CALENDAR_ERROR, with the place
 *
 * What is added later has the word. A year may speak of days of the year before: its holiday of New
 * Year may begin in December.
 *
 * Returns: whether it was taken: all of it or nothing
 */
gboolean
zc_calendar_add (ZcCalendar *calendar, const char *text, gsize length, GError **error)
{
  g_autoptr (ZcJson) json = zc_json_parse (text, length, error);
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key, day;
  gint64 year;

  if (json == NULL || !read_layer (zc_json_root (json), &year, told, error))
    return FALSE;
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &key, &day))
    g_hash_table_insert (calendar->days, key, day);
  if (zc_json_get (zc_json_root (json), "region") == NULL)
    g_hash_table_add (calendar->years, GINT_TO_POINTER ((int)year));
  return TRUE;
}

/**
 * zc_calendar_new_national:
 *
 * The files are this program's own, and a test reads each of them: what cannot be read is a slip of
 * who built it.
 *
 * Returns: (transfer full): the calendar of the State Council, to which layers can be added
 */
ZcCalendar *
zc_calendar_new_national (void)
{
  GResource *resource = zc_calendar_get_resource ();
  g_auto (GStrv) names
      = g_resource_enumerate_children (resource, FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  ZcCalendar *calendar = zc_calendar_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes
          = g_resource_lookup_data (resource, path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autoptr (GError) error = NULL;
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      if (!zc_calendar_add (calendar, text, length, &error))
        g_error ("%s: %s", names[i], error->message);
    }
  return calendar;
}

/**
 * zc_calendar_get_national:
 *
 * Returns: (transfer none): the calendar of the State Council, lives as long as the program
 */
const ZcCalendar *
zc_calendar_get_national (void)
{
  static ZcCalendar *national;

  if (g_once_init_enter_pointer (&national))
    g_once_init_leave_pointer (&national, zc_calendar_new_national ());
  return national;
}

/**
 * zc_calendar_get_day:
 * @calendar: a calendar
 * @day: "2026-11-23"
 *
 * Returns: what kind of day it is; %ZC_DAY_UNKNOWN too where there is no such day
 */
ZcDay
zc_calendar_get_day (const ZcCalendar *calendar, const char *day)
{
  GDate date;

  return read_date (day, &date) ? look_up (calendar, &date) : ZC_DAY_UNKNOWN;
}

/**
 * zc_calendar_count:
 * @calendar: a calendar
 * @first: a day
 * @last: a day
 *
 * Returns: the working days from @first to @last, both counted, 0 where the end lies before the
 * start; -1 where the kind of one of them is not known (decisions 7: nobody guesses)
 */
int
zc_calendar_count (const ZcCalendar *calendar, const char *first, const char *last)
{
  GDate date, end;
  int n = 0;

  if (!read_date (first, &date) || !read_date (last, &end))
    return -1;
  for (; g_date_compare (&date, &end) <= 0; g_date_add_days (&date, 1))
    {
      ZcDay day = look_up (calendar, &date);

      if (day == ZC_DAY_UNKNOWN)
        return -1;
      n += day == ZC_DAY_WORKING;
    }
  return n;
}

/**
 * zc_calendar_find_last:
 * @calendar: a calendar
 * @first: the day on which a notice starts, which counts (decisions 7)
 * @n: working days, at least 1
 * @last: (out): the last of them; untouched where it is not known
 *
 * Returns: whether it is known
 */
gboolean
zc_calendar_find_last (const ZcCalendar *calendar, const char *first, guint n, char last[11])
{
  GDate date;
  ZcDay day;

  if (n == 0 || !read_date (first, &date))
    return FALSE;
  for (day = look_up (calendar, &date); day != ZC_DAY_UNKNOWN; day = look_up (calendar, &date))
    {
      if (day == ZC_DAY_WORKING && --n == 0)
        return g_date_strftime (last, 11, "%Y-%m-%d", &date) == 10;
      g_date_add_days (&date, 1);
    }
  return FALSE;
}
