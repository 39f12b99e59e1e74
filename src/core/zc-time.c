/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <stdio.h>
#include <string.h>

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

/* Rounds down, also before 1970, where C rounds towards zero. */
static gint64
count_days (ZcTime time)
{
  return time / DAY_MS - (time % DAY_MS < 0);
}

/* The Gregorian date of a day since 1970-01-01, in whole numbers: lists are written by the page,
 * and GDateTime would take longer than all else in a row. A year is counted from March here, so
 * that the leap day is its last. */
static void
find_date (gint64 days, int *year, int *month, int *day)
{
  gint64 shifted = days + 719468; /* since 0000-03-01 */
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int in_era = (int)(shifted - era * 146097);
  int of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  int in_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
  int from_march = (5 * in_year + 2) / 153;

  *day = in_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = (int)(era * 400) + of_era + (*month <= 2);
}

static void
write_digits (char *at, int value, int count)
{
  for (int i = count - 1; i >= 0; i--, value /= 10)
    at[i] = (char)('0' + value % 10);
}

/**
 * zc_time_format:
 * @time: an instant of the years 0 to 9999
 *
 * Returns: (transfer full): "2026-11-23T08:15:30.123Z"
 */
char *
zc_time_format (ZcTime time)
{
  gint64 days = count_days (time);
  int rest = (int)(time - days * DAY_MS), year, month, day;
  char *text = g_strdup ("0000-00-00T00:00:00.000Z");

  find_date (days, &year, &month, &day);
  g_return_val_if_fail (year >= 0 && year <= 9999, text);
  write_digits (text, year, 4);
  write_digits (text + 5, month, 2);
  write_digits (text + 8, day, 2);
  write_digits (text + 11, rest / 3600000, 2);
  write_digits (text + 14, rest / 60000 % 60, 2);
  write_digits (text + 17, rest / 1000 % 60, 2);
  write_digits (text + 20, rest % 1000, 3);
  return text;
}

/* Whether @text has a digit wherever @pattern has a 0, and the pattern's character everywhere else.
 */
static gboolean
has_form (const char *text, const char *pattern)
{
  for (; *pattern != 0; text++, pattern++)
    if (*pattern == '0' ? !g_ascii_isdigit (*text) : *text != *pattern)
      return FALSE;
  return TRUE;
}

/* Thousandths of the fraction at @text, what is finer cut; *@text moves behind it. */
static gboolean
read_fraction (const char **text, int *thousandths)
{
  int weight = 100;

  *thousandths = 0;
  if (**text != '.')
    return TRUE;
  if (!g_ascii_isdigit (*++*text))
    return FALSE;
  for (; g_ascii_isdigit (**text); ++*text, weight /= 10)
    *thousandths += (**text - '0') * weight;
  return TRUE;
}

/* "Z" or "+08:00", in minutes. */
static gboolean
read_offset (const char *text, int *minutes)
{
  *minutes = 0;
  if (g_str_equal (text, "Z"))
    return TRUE;
  if ((!has_form (text, "+00:00") && !has_form (text, "-00:00")) || text[6] != 0)
    return FALSE;
  *minutes = ((text[1] - '0') * 10 + text[2] - '0') * 60 + (text[4] - '0') * 10 + text[5] - '0';
  if (text[1] > '2' || (text[1] == '2' && text[2] > '3') || text[4] > '5')
    return FALSE;
  if (*text == '-')
    *minutes = -*minutes;
  return TRUE;
}

/**
 * zc_time_parse:
 * @text: RFC 3339 with an offset
 * @time: (out): the instant; what is finer than a millisecond is cut
 *
 * Returns: whether @text was a complete instant; @time is untouched when not
 */
gboolean
zc_time_parse (const char *text, ZcTime *time)
{
  g_autoptr (GDateTime) date = NULL;
  const char *rest = text + strlen ("0000-00-00T00:00:00");
  int year, month, day, hour, minute, second, thousandths, offset;

  if (!has_form (text, "0000-00-00T00:00:00") || !read_fraction (&rest, &thousandths)
      || !read_offset (rest, &offset))
    return FALSE;
  sscanf (text, "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second);
  date = g_date_time_new_utc (year, month, day, hour, minute, second);
  if (date == NULL)
    return FALSE;
  *time = (g_date_time_to_unix (date) - offset * 60) * 1000 + thousandths;
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
  return (count_days (time + CHINA_MS) + days) * DAY_MS - CHINA_MS;
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
  int year, month, day;

  find_date (count_days (time + CHINA_MS), &year, &month, &day);
  return year;
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

  return strlen (date) == 10 && read_digits (date, 4, &year) && date[4] == '-'
         && read_digits (date + 5, 2, &month) && date[7] == '-' && read_digits (date + 8, 2, &day)
         && year >= 1900 && year < 2200 && g_date_valid_dmy (day, month, year);
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

  return strlen (month) == 7 && read_digits (month, 4, &year) && month[4] == '-'
         && read_digits (month + 5, 2, &number) && year >= 1900 && year < 2200 && number >= 1
         && number <= 12;
}
