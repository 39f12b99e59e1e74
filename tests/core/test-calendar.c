/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-calendar.h"

/* Working days, by tables: what the State Council published for 2019 to 2026, how notices are
 * counted over it, and the layers above (decisions 7). */

static const struct
{
  const char *day;
  ZcDay kind;
} days[] = {
  /* weekdays and weekends that nobody speaks of */
  { "2026-11-23", ZC_DAY_WORKING },
  { "2026-11-27", ZC_DAY_WORKING },
  { "2026-11-28", ZC_DAY_OFF },
  { "2026-11-29", ZC_DAY_OFF },
  /* each year: a day off in the week, a weekend day that is worked */
  { "2019-01-01", ZC_DAY_OFF },
  { "2019-05-03", ZC_DAY_OFF }, /* Labour Day, made longer in March of that year */
  { "2019-05-05", ZC_DAY_WORKING },
  { "2019-10-12", ZC_DAY_WORKING },
  { "2020-01-19", ZC_DAY_WORKING },
  { "2020-01-31", ZC_DAY_OFF }, /* the Spring Festival, made longer while it lasted … */
  { "2020-02-01", ZC_DAY_OFF }, /* … so that this Saturday was not worked after all */
  { "2020-02-03", ZC_DAY_WORKING },
  { "2020-06-28", ZC_DAY_WORKING },
  { "2021-02-17", ZC_DAY_OFF },
  { "2021-02-20", ZC_DAY_WORKING },
  { "2021-09-18", ZC_DAY_WORKING },
  { "2022-01-30", ZC_DAY_WORKING },
  { "2022-04-02", ZC_DAY_WORKING },
  { "2022-10-08", ZC_DAY_WORKING },
  { "2022-12-31", ZC_DAY_OFF }, /* told by the paper of 2023 */
  { "2023-01-02", ZC_DAY_OFF },
  { "2023-04-05", ZC_DAY_OFF },
  { "2023-10-06", ZC_DAY_OFF },
  { "2023-10-07", ZC_DAY_WORKING },
  { "2024-02-09", ZC_DAY_WORKING }, /* New Year's Eve was none */
  { "2024-02-18", ZC_DAY_WORKING },
  { "2024-09-14", ZC_DAY_WORKING },
  { "2025-01-28", ZC_DAY_OFF },
  { "2025-02-08", ZC_DAY_WORKING },
  { "2025-04-27", ZC_DAY_WORKING },
  { "2025-10-08", ZC_DAY_OFF },
  { "2026-01-04", ZC_DAY_WORKING },
  { "2026-02-23", ZC_DAY_OFF },
  { "2026-02-28", ZC_DAY_WORKING },
  { "2026-09-20", ZC_DAY_WORKING },
  { "2026-12-31", ZC_DAY_WORKING },
  /* beyond what is published, although 2019 speaks of the last days of 2018 */
  { "2018-12-31", ZC_DAY_UNKNOWN },
  { "2027-01-01", ZC_DAY_UNKNOWN },
  { "2027-03-08", ZC_DAY_UNKNOWN },
  /* no days */
  { "2026-02-30", ZC_DAY_UNKNOWN },
  { "2026-2-3", ZC_DAY_UNKNOWN },
  { "", ZC_DAY_UNKNOWN },
};

static void
test_days (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_test_message ("%s", days[i].day);
      g_assert_cmpint (zc_calendar_get_day (zc_calendar_get_national (), days[i].day), ==,
                       days[i].kind);
    }
}

/* The working days of whole years, as another program (chinese-days) counts them. */
static const struct
{
  const char *first, *last;
  int n;
} years[] = {
  { "2019-01-01", "2019-12-31", 250 }, { "2020-01-01", "2020-12-31", 249 },
  { "2021-01-01", "2021-12-31", 250 }, { "2022-01-01", "2022-12-31", 249 },
  { "2023-01-01", "2023-12-31", 249 }, { "2024-01-01", "2024-12-31", 251 },
  { "2025-01-01", "2025-12-31", 248 }, { "2026-01-01", "2026-12-31", 248 },
};

/* The day a notice starts counts: its last day, and the one before, which is not enough. */
static const struct
{
  const char *name;
  const char *first;
  guint n;
  const char *last; /* NULL: not known */
} notices[] = {
  { "plain week", "2025-03-10", 5, "2025-03-14" },
  { "one day", "2025-03-10", 1, "2025-03-10" },
  { "over a weekend", "2025-03-13", 5, "2025-03-19" },
  { "starts on a Saturday, which does not count", "2025-03-15", 5, "2025-03-21" },
  { "starts on a worked Sunday, which counts", "2026-09-20", 5, "2026-09-24" },
  /* Spring Festival */
  { "2019", "2019-01-30", 5, "2019-02-03" },
  { "2019, into it", "2019-02-01", 5, "2019-02-12" },
  { "2020, made longer", "2020-01-22", 5, "2020-02-05" },
  { "2021", "2021-02-09", 5, "2021-02-20" },
  { "2022", "2022-01-28", 5, "2022-02-08" },
  { "2023", "2023-01-19", 5, "2023-01-30" },
  { "2024", "2024-02-08", 5, "2024-02-20" },
  { "2025", "2025-01-26", 5, "2025-02-07" },
  { "2026", "2026-02-12", 5, "2026-02-25" },
  /* National Day */
  { "2019", "2019-09-29", 5, "2019-10-10" },
  { "2020, with mid-autumn", "2020-09-29", 5, "2020-10-12" },
  { "2021", "2021-09-30", 5, "2021-10-12" },
  { "2022", "2022-09-30", 5, "2022-10-11" },
  { "2023, with mid-autumn", "2023-09-28", 5, "2023-10-10" },
  { "2024", "2024-09-27", 5, "2024-10-09" },
  { "2025", "2025-09-29", 5, "2025-10-11" },
  { "2026", "2026-09-30", 5, "2026-10-12" },
  /* from year to year */
  { "into 2020", "2019-12-30", 5, "2020-01-06" },
  { "into 2023", "2022-12-29", 5, "2023-01-05" },
  { "into 2026", "2025-12-30", 5, "2026-01-06" },
  { "into a year without a calendar", "2026-12-29", 5, NULL },
  { "just before it", "2026-12-25", 5, "2026-12-31" },
  { "from before the first year", "2018-12-28", 5, NULL },
  { "of no days", "2025-03-10", 0, NULL },
  { "from no day", "2025-03-32", 5, NULL },
  { "of half a year", "2025-01-02", 125, "2025-07-07" },
};

static void
test_notices (void)
{
  const ZcCalendar *calendar = zc_calendar_get_national ();

  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      char last[11] = "untouched";

      g_test_message ("%s: %s", notices[i].name, notices[i].first);
      g_assert_true (zc_calendar_find_last (calendar, notices[i].first, notices[i].n, last)
                     == (notices[i].last != NULL));
      g_assert_cmpstr (last, ==, notices[i].last != NULL ? notices[i].last : "untouched");
      if (notices[i].last != NULL)
        g_assert_cmpint (zc_calendar_count (calendar, notices[i].first, last), ==, notices[i].n);
    }
}

static void
test_count (void)
{
  const ZcCalendar *calendar = zc_calendar_get_national ();

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    g_assert_cmpint (zc_calendar_count (calendar, years[i].first, years[i].last), ==, years[i].n);
  g_assert_cmpint (zc_calendar_count (calendar, "2026-10-01", "2026-10-07"), ==, 0);
  g_assert_cmpint (zc_calendar_count (calendar, "2026-11-24", "2026-11-23"), ==, 0);
  g_assert_cmpint (zc_calendar_count (calendar, "2026-12-31", "2027-01-01"), ==, -1);
  g_assert_cmpint (zc_calendar_count (calendar, "2018-12-31", "2019-01-02"), ==, -1);
  g_assert_cmpint (zc_calendar_count (calendar, "2026-11-31", "2026-12-01"), ==, -1);
  g_assert_cmpint (zc_calendar_count (calendar, "2026-11-23", "soon"), ==, -1);
}

static void
add (ZcCalendar *calendar, const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;

  zc_calendar_add (calendar, json, strlen (json), &error);
  g_assert_no_error (error);
}

/* An invented region: its festival takes two weekdays off and a worked Sunday back. */
static void
test_layers (void)
{
  g_autoptr (ZcCalendar) calendar = zc_calendar_new ();
  char last[11];

  add (calendar,
       "{'year':2024,'papers':['通知'],'days':[{'name':'清明','date':'2024-04-04','isOffDay':true},"
       "{'name':'清明','date':'2024-04-05','isOffDay':true},{'name':'清明','date':'2024-04-07','"
       "isOffDay':false}]}");
  g_assert_true (zc_calendar_find_last (calendar, "2024-04-03", 5, last));
  g_assert_cmpstr (last, ==, "2024-04-10");
  add (calendar, "{'year':2024,'region':'450000','days':[{'name':'三月三','date':'2024-04-07','"
                 "isOffDay':false},"
                 "{'name':'三月三','date':'2024-04-10','isOffDay':true},{'name':'三月三','date':'"
                 "2024-04-11','isOffDay':true}]}");
  g_assert_true (zc_calendar_find_last (calendar, "2024-04-03", 5, last));
  g_assert_cmpstr (last, ==, "2024-04-12");
  add (calendar, "{'year':2024,'region':'450000','days':[{'name':'三月三','date':'2024-04-07','"
                 "isOffDay':true}]}");
  g_assert_true (zc_calendar_find_last (calendar, "2024-04-03", 5, last));
  g_assert_cmpstr (last, ==, "2024-04-15");
  /* a region alone makes no year known; the year's own paper does, and speaks of the year before */
  add (calendar, "{'year':2025,'region':'450000','days':[{'name':'三月三','date':'2025-03-31','"
                 "isOffDay':true}]}");
  g_assert_cmpint (zc_calendar_get_day (calendar, "2025-03-31"), ==, ZC_DAY_UNKNOWN);
  g_assert_cmpint (zc_calendar_get_day (calendar, "2024-12-31"), ==, ZC_DAY_WORKING);
  add (calendar, "{'$schema':'s','$id':'i','year':2025,'days':[{'name':'元旦','date':'2024-12-31','"
                 "isOffDay':true}]}");
  g_assert_cmpint (zc_calendar_get_day (calendar, "2024-12-31"), ==, ZC_DAY_OFF);
  g_assert_cmpint (zc_calendar_get_day (calendar, "2025-03-31"), ==, ZC_DAY_OFF);
}

static const struct
{
  const char *text;
  const char *message;
} refused[] = {
  { "[]", "" },
  { "{'days':[]}", "year" },
  { "{'year':2024}", "days" },
  { "{'year':24,'days':[]}", "year: " },
  { "{'year':2024,'papers':[1],'days':[]}", "papers[0]: " },
  { "{'year':2024,'days':[],'colour':1}", "colour" },
  { "{'year':2024,'days':[{'name':'x','date':'2024-02-30','isOffDay':true}]}", "days[0].date: " },
  { "{'year':2024,'days':[{'name':'x','date':'2024-02-01'}]}", "days[0]: " },
  { "{'year':2024,'days':[{'name':'x','date':'2024-02-01','isOffDay':true},{'name':'x','date':'"
    "2024-02-01',"
    "'isOffDay':false}]}",
    "days[1].date: " },
};

/* What cannot be read leaves the calendar as it was. */
static void
test_refused (void)
{
  g_autoptr (ZcCalendar) calendar = zc_calendar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *json = g_strdelimit (g_strdup (refused[i].text), "'", '"');
      g_autoptr (GError) error = NULL;

      g_assert_false (zc_calendar_add (calendar, json, strlen (json), &error));
      g_assert_nonnull (strstr (error->message, refused[i].message));
      g_assert_cmpint (zc_calendar_get_day (calendar, "2024-02-01"), ==, ZC_DAY_UNKNOWN);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/U7/N9/days", test_days);
  g_test_add_func ("/calendar/U7/N9/notices", test_notices);
  g_test_add_func ("/calendar/U7/S3.4.3/count", test_count);
  g_test_add_func ("/calendar/S3.4.3/U18/layers", test_layers);
  g_test_add_func ("/calendar/U18/refused", test_refused);
  return g_test_run ();
}
