/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-time.h"

/* Instants, their one written form, and China's days. */

#define HOUR (60 * 60 * G_GINT64_CONSTANT (1000))

static const struct
{
  const char *text;
  ZcTime time;
} instants[] = {
  { "1970-01-01T00:00:00.000Z", 0 },
  { "1969-12-31T23:59:59.999Z", -1 },
  { "2026-11-23T08:15:30.123Z", G_GINT64_CONSTANT (1795421730123) },
  { "2000-02-29T12:00:00.000Z", G_GINT64_CONSTANT (951825600000) },
  { "1900-03-01T00:00:00.001Z", G_GINT64_CONSTANT (-2203891199999) },
  { "2100-02-28T23:59:59.999Z", G_GINT64_CONSTANT (4107542399999) },
  { "2100-03-01T00:00:00.000Z", G_GINT64_CONSTANT (4107542400000) },
  { "9999-12-31T23:59:59.999Z", G_GINT64_CONSTANT (253402300799999) },
};

static void
test_written_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      g_autofree char *text = zc_time_format (instants[i].time);
      ZcTime time = 7;

      g_assert_cmpstr (text, ==, instants[i].text);
      g_assert_true (zc_time_parse (text, &time));
      g_assert_cmpint (time, ==, instants[i].time);
    }
}

/* No millisecond gets lost on the way to a text and back. */
static void
test_every_millisecond (void)
{
  for (ZcTime time = G_GINT64_CONSTANT (1795421730000); time < G_GINT64_CONSTANT (1795421732000);
       time++)
    {
      g_autofree char *text = zc_time_format (time);
      ZcTime back = 0;

      g_assert_true (zc_time_parse (text, &back));
      g_assert_cmpint (back, ==, time);
    }
}

/* The formatter's own calendar agrees with GLib's on every day of 150 years. */
static void
test_every_day (void)
{
  for (ZcTime time = -70 * 365 * 24 * HOUR; time < 80 * 365 * 24 * HOUR; time += 23 * HOUR)
    {
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / 1000);
      g_autofree char *expected = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S.000Z");
      g_autofree char *text = zc_time_format (time);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    ZcTime time; /* -1: refused */
  } rows[] = {
    { "2026-11-23T08:15:30Z", G_GINT64_CONSTANT (1795421730000) },
    { "2026-11-23T16:15:30+08:00", G_GINT64_CONSTANT (1795421730000) },
    { "2026-11-23T03:45:30.5-04:30", G_GINT64_CONSTANT (1795421730500) },
    { "2026-11-23T08:15:30.123456Z", G_GINT64_CONSTANT (1795421730123) },
    { "2026-11-23T08:15:30.999999999Z", G_GINT64_CONSTANT (1795421730999) },
    { "", -1 },
    { "2026-11-23", -1 },
    { "2026-11-23T08:15:30", -1 },
    { "2026-11-23T08:15Z", -1 },
    { "20261123T081530Z", -1 },
    { "2026-W48-1T08:15:30Z", -1 },
    { "2026-327T08:15:30Z", -1 },
    { "2026-11-31T08:15:30Z", -1 },
    { "2026-02-29T08:15:30Z", -1 },
    { "2026-11-23T24:15:30Z", -1 },
    { "2026-11-23T08:60:30Z", -1 },
    { "2026-11-23T08:15:61Z", -1 },
    { "2026-11-23T08:15:30.Z", -1 },
    { "2026-11-23T08:15:30,5Z", -1 },
    { "2026-11-23T08:15:30+0800", -1 },
    { "2026-11-23T08:15:30+24:00", -1 },
    { "2026-11-23T08:15:30Zx", -1 },
    { " 2026-11-23T08:15:30Z", -1 },
    { "2026-11-23T08:15:30Z\n", -1 },
    { "２０２６-11-23T08:15:30Z", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ZcTime time = 7;
      gboolean good = zc_time_parse (rows[i].text, &time);

      if (good != (rows[i].time != -1) || time != (good ? rows[i].time : 7))
        g_test_fail_printf ("row %u: \"%s\" is %" G_GINT64_FORMAT, i, rows[i].text, time);
    }
}

/* Days begin at 00:00 in China, eight hours before those of UTC, also long before 1970. */
static void
test_china_day (void)
{
  static const struct
  {
    const char *time;
    int days;
    const char *expected;
  } rows[] = {
    { "2026-11-23T08:15:30.123Z", 0, "2026-11-22T16:00:00.000Z" },
    { "2026-11-23T15:59:59.999Z", 0, "2026-11-22T16:00:00.000Z" },
    { "2026-11-23T16:00:00.000Z", 0, "2026-11-23T16:00:00.000Z" },
    { "2026-11-23T15:59:59.999Z", 1, "2026-11-23T16:00:00.000Z" },
    { "2026-11-23T08:15:30.123Z", -23, "2026-10-30T16:00:00.000Z" },
    { "2026-12-31T16:00:00.000Z", 59, "2027-02-28T16:00:00.000Z" },
    { "1970-01-01T00:00:00.000Z", 0, "1969-12-31T16:00:00.000Z" },
    { "1969-06-01T12:00:00.000Z", 0, "1969-05-31T16:00:00.000Z" },
    { "1949-10-01T07:00:00.000Z", 0, "1949-09-30T16:00:00.000Z" },
    { "1990-07-01T12:00:00.000Z", 0,
      "1990-06-30T16:00:00.000Z" }, /* no daylight saving, though there was */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ZcTime time = 0;
      g_autofree char *day = NULL;

      g_assert_true (zc_time_parse (rows[i].time, &time));
      day = zc_time_format (zc_time_china_day (time, rows[i].days));
      g_assert_cmpstr (day, ==, rows[i].expected);
    }
}

static void
test_china_year (void)
{
  static const struct
  {
    const char *time;
    int year;
  } rows[] = {
    { "2026-12-31T15:59:59.999Z", 2026 }, { "2026-12-31T16:00:00.000Z", 2027 },
    { "2027-01-01T00:00:00.000Z", 2027 }, { "1969-12-31T15:59:59.999Z", 1969 },
    { "1969-12-31T16:00:00.000Z", 1970 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ZcTime time = 0;

      g_assert_true (zc_time_parse (rows[i].time, &time));
      g_assert_cmpint (zc_time_china_year (time), ==, rows[i].year);
    }
}

static void
test_now (void)
{
  ZcTime before = g_get_real_time () / 1000, now = zc_time_now ();

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time () / 1000);
}

typedef struct
{
  const char *text;
  gboolean good;
} Text;

static void
test_dates (void)
{
  static const Text rows[] = {
    { "2026-11-23", TRUE },  { "2024-02-29", TRUE },  { "1900-01-01", TRUE },
    { "2199-12-31", TRUE },  { "2026-02-29", FALSE }, { "1900-02-29", FALSE },
    { "2026-04-31", FALSE }, { "2026-00-10", FALSE }, { "2026-13-10", FALSE },
    { "2026-10-00", FALSE }, { "1899-12-31", FALSE }, { "2200-01-01", FALSE },
    { "2026-1-1", FALSE },   { "2026/11/23", FALSE }, { "2026-11-23 ", FALSE },
    { "", FALSE },           { "+026-11-23", FALSE }, { "2026-11-2x", FALSE },
    { "２０２６", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (zc_date_is_valid (rows[i].text) != rows[i].good)
      g_test_fail_printf ("row %u: \"%s\"", i, rows[i].text);
}

static void
test_months (void)
{
  static const Text rows[] = {
    { "2026-11", TRUE },  { "1900-01", TRUE },  { "2199-12", TRUE },  { "2026-00", FALSE },
    { "2026-13", FALSE }, { "1899-12", FALSE }, { "2026-1", FALSE },  { "2026-111", FALSE },
    { "2026/11", FALSE }, { "", FALSE },        { "2026-1x", FALSE }, { "2026-11-23", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (zc_month_is_valid (rows[i].text) != rows[i].good)
      g_test_fail_printf ("row %u: \"%s\"", i, rows[i].text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/P14/written-form", test_written_form);
  g_test_add_func ("/time/P14/every-millisecond", test_every_millisecond);
  g_test_add_func ("/time/P14/every-day", test_every_day);
  g_test_add_func ("/time/SEC-S22/parse", test_parse);
  g_test_add_func ("/time/P14/china-day", test_china_day);
  g_test_add_func ("/time/S3.1.1b/china-year", test_china_year);
  g_test_add_func ("/time/now", test_now);
  g_test_add_func ("/time/S1.4/dates", test_dates);
  g_test_add_func ("/time/S1.4/months", test_months);
  return g_test_run ();
}
