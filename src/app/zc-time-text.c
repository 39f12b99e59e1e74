/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-time-text.h"

/* Times in words, as offices in China read them: always China's time, whatever this computer's zone
 * is. */

#define CHINA_SECONDS (8 * 60 * 60)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static char *
format_china (ZcTime time, const char *format)
{
  if (time <= 0)
    return g_strdup ("");
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (CHINA_SECONDS);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (local, format);
}

/**
 * zc_time_dup_date:
 *
 * Returns: (transfer full): "2026年11月23日"; "" for 0
 */
char *
zc_time_dup_date (ZcTime time)
{
  /* Translators: strftime format of a day */
  return format_china (time, _ ("%B %-d, %Y"));
}

/**
 * zc_time_dup_minute:
 *
 * Returns: (transfer full): "2026年11月23日 16:05"; "" for 0
 */
char *
zc_time_dup_minute (ZcTime time)
{
  /* Translators: strftime format of a day and a minute */
  return format_china (time, _ ("%B %-d, %Y %H:%M"));
}

static gint64
count_days (ZcTime from, ZcTime to)
{
  return (zc_time_china_day (to, 0) - zc_time_china_day (from, 0)) / DAY_MS;
}

/**
 * zc_time_dup_deadline:
 * @end: the first instant at which it is closed; 0: there is none
 * @now: the server's time
 *
 * Returns: (transfer full): "还有 12 天，2026年12月5日 17:00 截止"; "" where there is no deadline
 */
char *
zc_time_dup_deadline (ZcTime end, ZcTime now)
{
  if (end <= 0)
    return g_strdup ("");
  g_autofree char *minute = zc_time_dup_minute (end);
  if (now >= end)
    return g_strdup_printf (_ ("Closed since %s"), minute);
  gint64 days = count_days (now, end);
  if (days == 0)
    return g_strdup_printf (_ ("Closes today, %s"), minute);
  return g_strdup_printf (ngettext ("%d day left, closes %s", "%d days left, closes %s", days),
                          (int)days, minute);
}

/**
 * zc_time_dup_waited:
 * @days: working days since it was submitted, as the server counts them; -1: not known, or nothing waits
 * @limit: within how many it should be decided; 0: nothing is said
 *
 * Returns: (transfer full): "已等 2 个工作日，应在 3 个工作日内办理"; "" where nothing waits (U1)
 */
char *
zc_time_dup_waited (int days, int limit)
{
  if (days < 0)
    return g_strdup ("");
  if (limit <= 0)
    return g_strdup_printf (ngettext ("Waiting for %d working day", "Waiting for %d working days", days), days);
  if (days > limit)
    return g_strdup_printf (ngettext ("Waiting for %d working day, beyond the %d in which it should be decided",
                                      "Waiting for %d working days, beyond the %d in which it should be decided",
                                      days),
                            days, limit);
  return g_strdup_printf (ngettext ("Waiting for %d working day, to be decided within %d",
                                    "Waiting for %d working days, to be decided within %d", days),
                          days, limit);
}

static char *
format_day (const char *date, const char *format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (CHINA_SECONDS);
  g_autofree char *midnight = g_strconcat (date, "T00:00:00", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, zone);
  return day != NULL ? g_date_time_format (day, format) : NULL;
}

/**
 * zc_date_dup_text:
 * @date: "1990-03-07"
 *
 * Returns: (transfer full): "1990年3月7日"; the text itself where it is no date
 */
char *
zc_date_dup_text (const char *date)
{
  /* Translators: strftime format of a day */
  char *text = format_day (date, _ ("%B %-d, %Y"));
  return text != NULL ? text : g_strdup (date);
}

/**
 * zc_month_dup_text:
 * @month: "2012-07"
 *
 * Returns: (transfer full): "2012年7月"; the text itself where it is no month
 */
char *
zc_month_dup_text (const char *month)
{
  g_autofree char *first = g_strconcat (month, "-01", NULL);
  /* Translators: strftime format of a month */
  char *text = format_day (first, _ ("%B %Y"));
  return text != NULL ? text : g_strdup (month);
}
