/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-time.h"

/* One reading of the clock, one written form (RFC 3339, UTC, milliseconds), one kind of day. */

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define CHINA_MS (8 * 60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * zc_time_now:
 *
 * Returns: the present instant in milliseconds since the epoch
 */
ZcTime
zc_time_now (void)
{
  return g_get_real_time () / 1000;
}

/**
 * zc_time_format:
 * @time: an instant
 *
 * Returns: (transfer full): "2026-11-23T08:15:30.123Z"
 */
char *
zc_time_format (ZcTime time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc_usec (time * 1000);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, g_date_time_get_microsecond (date) / 1000);
}

/**
 * zc_time_parse:
 * @text: RFC 3339 with an offset
 * @time: (out): the instant
 *
 * Returns: whether @text was a complete instant; @time is untouched when not
 */
gboolean
zc_time_parse (const char *text, ZcTime *time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  if (date == NULL)
    return FALSE;
  *time = g_date_time_to_unix_usec (date) / 1000;
  return TRUE;
}

/**
 * zc_time_china_day:
 * @time: an instant
 * @days: how many days further
 *
 * Returns: 00:00 in China of the day that holds @time, moved by @days
 */
ZcTime
zc_time_china_day (ZcTime time, int days)
{
  gint64 day = (time + CHINA_MS) / DAY_MS;

  return (day + days) * DAY_MS - CHINA_MS;
}

/**
 * zc_time_china_year:
 * @time: an instant
 *
 * Returns: the calendar year in China
 */
int
zc_time_china_year (ZcTime time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc ((time + CHINA_MS) / 1000);

  return g_date_time_get_year (date);
}

static gboolean
read_digits (const char *text, int count, int *value)
{
  *value = 0;
  for (int i = 0; i < count; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }
  return TRUE;
}

/**
 * zc_date_is_valid:
 * @date: a text
 *
 * Returns: whether @date is a real day of the calendar written "2026-11-23", from 1900 to 2199
 */
gboolean
zc_date_is_valid (const char *date)
{
  int year, month, day;

  return strlen (date) == 10 && read_digits (date, 4, &year) && date[4] == '-' &&
         read_digits (date + 5, 2, &month) && date[7] == '-' && read_digits (date + 8, 2, &day) &&
         year >= 1900 && year < 2200 && g_date_valid_dmy (day, month, year);
}

/**
 * zc_month_is_valid:
 * @month: a text
 *
 * Returns: whether @month is written "2026-11", from 1900 to 2199
 */
gboolean
zc_month_is_valid (const char *month)
{
  int year, number;

  return strlen (month) == 7 && read_digits (month, 4, &year) && month[4] == '-' &&
         read_digits (month + 5, 2, &number) && year >= 1900 && year < 2200 && number >= 1 && number <= 12;
}
