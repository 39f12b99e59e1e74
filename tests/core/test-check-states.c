/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "check-fixture.h"

/* What the check says of a whole dossier: the unit's part and its notice, the states of sections, advice, what depends on what. */

/* --- the unit's sections --- */

static void
test_unit (void)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  CheckDossier dossier;

  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), "{'keeper':{'values':{'path':'破格'}}}");
  problems = zc_check (&dossier.answers, ZC_FILLS_UNIT);
  described = check_describe (problems);
  g_assert_cmpstr (described, ==, "verdict.opinion_text required; verdict.visited required");
  check_close (&dossier);
}

/* --- its public notice --- */

static const struct
{
  const char *name;
  const char *values; /* of the notice, which must run for 3 working days */
  const char *now;
  const char *problems;
  ZcRefusal refusal; /* the unit's other section being complete */
} notices[] = {
  { "U7/nothing-recorded", "", NOW, "", ZC_REFUSAL_LAST },
  { "U7/over-and-long-enough", "'posted_on':'2026-11-18','posted_until':'2026-11-20'", NOW, "",
    ZC_REFUSAL_LAST },
  { "U7/a-day-short", "'posted_on':'2026-11-19','posted_until':'2026-11-20'", NOW,
    "posting.posted_until too-few-working-days 3", ZC_REFUSAL_PUBLIC_NOTICE },
  { "U7/weekend-adds-nothing", "'posted_on':'2026-11-19','posted_until':'2026-11-22'", NOW,
    "posting.posted_until too-few-working-days 3", ZC_REFUSAL_PUBLIC_NOTICE },
  { "U7/runs-into-the-holiday", "'posted_on':'2026-09-29','posted_until':'2026-10-07'", NOW,
    "posting.posted_until too-few-working-days 3", ZC_REFUSAL_PUBLIC_NOTICE },
  { "U7/worked-saturday-counts", "'posted_on':'2026-10-08','posted_until':'2026-10-10'", NOW, "",
    ZC_REFUSAL_LAST },
  { "U7/short-is-told-before-it-is-over", "'posted_on':'2026-11-24','posted_until':'2026-11-25'",
    NOW, "posting.posted_until too-few-working-days 3", ZC_REFUSAL_PUBLIC_NOTICE },
  { "U7/ends-today", "'posted_on':'2026-11-18','posted_until':'2026-11-24'", NOW,
    "posting.posted_until not-over", ZC_REFUSAL_NOTICE_RUNNING },
  { "U7/last-millisecond", "'posted_on':'2026-11-18','posted_until':'2026-11-24'",
    "2026-11-24T23:59:59.999+08:00", "posting.posted_until not-over", ZC_REFUSAL_NOTICE_RUNNING },
  { "U7/the-day-after", "'posted_on':'2026-11-18','posted_until':'2026-11-24'",
    "2026-11-25T00:00:00+08:00", "", ZC_REFUSAL_LAST },
  { "U7/ends-later", "'posted_on':'2026-11-24','posted_until':'2026-11-30'", NOW,
    "posting.posted_until not-over", ZC_REFUSAL_NOTICE_RUNNING },
  { "U7/no-calendar-after", "'posted_on':'2026-12-30','posted_until':'2027-01-08'",
    "2027-02-01T00:00:00+08:00", "posting.posted_until calendar", ZC_REFUSAL_CALENDAR },
  { "U7/long-enough-before-it", "'posted_on':'2026-12-29','posted_until':'2027-01-08'",
    "2027-02-01T00:00:00+08:00", "", ZC_REFUSAL_LAST },
  { "U7/short-before-it", "'posted_on':'2026-12-30','posted_until':'2026-12-31'",
    "2027-02-01T00:00:00+08:00", "posting.posted_until too-few-working-days 3",
    ZC_REFUSAL_PUBLIC_NOTICE },
  { "U7/no-calendar-before", "'posted_on':'2018-03-01','posted_until':'2018-03-30'", NOW,
    "posting.posted_until calendar", ZC_REFUSAL_CALENDAR },
  { "U7/in-the-wrong-order", "'posted_on':'2026-11-20','posted_until':'2026-11-18'", NOW,
    "posting.posted_until date-order", ZC_REFUSAL_PUBLIC_NOTICE },
  { "U7/no-start-yet", "'posted_until':'2026-11-18'", NOW, "", ZC_REFUSAL_LAST },
  { "N12/what-can-be-mended-first",
    "'posted_on':'2026-12-30','posted_until':'2027-01-08','posted_at':'一二三四五六七八九十百'", NOW,
    "posting.posted_until calendar; posting.posted_at too-long 10", ZC_REFUSAL_PUBLIC_NOTICE },
};

static void
test_notice (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = g_strdup_printf (
      "{'verdict':{'values':{'opinion_text':'同意'}},'posting':{'values':{%s}}}", notices[i].values);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  CheckDossier dossier;

  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), text);
  g_assert_true (zc_time_parse (notices[i].now, &dossier.answers.now));
  problems = zc_check (&dossier.answers, ZC_FILLS_UNIT);
  described = check_describe (problems);
  g_assert_cmpstr (described, ==, notices[i].problems);
  g_assert_cmpint (zc_check_attestation (dossier.business, problems), ==, notices[i].refusal);
  check_close (&dossier);
}

/* What is missing beside a notice that only runs: the unit can do that. */
static void
test_attestation (void)
{
  g_autoptr (GPtrArray) problems = NULL;
  CheckDossier dossier;

  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")),
                "{'posting':{'values':{'posted_on':'2026-11-18','posted_until':'2026-11-24'}}}");
  problems = zc_check (&dossier.answers, ZC_FILLS_UNIT);
  g_assert_cmpint (zc_check_attestation (dossier.business, problems), ==, ZC_REFUSAL_UNIT_PART);
  for (guint i = 0; i < problems->len; i++)
    ((ZcProblem *)problems->pdata[i])->advice = TRUE;
  g_assert_cmpint (zc_check_attestation (dossier.business, problems), ==, ZC_REFUSAL_LAST);
  check_close (&dossier);
}

/* A layer of a region, or a calendar imported later, has the word (decisions 7). */
static void
test_other_calendar (void)
{
  static const char year[] = "{\"year\":2027,\"days\":[{\"name\":\"元旦\",\"date\":\"2027-01-04\",\"isOffDay\":true}]}";
  g_autoptr (ZcCalendar) calendar = zc_calendar_new ();
  g_autoptr (GPtrArray) short_one = NULL, whole_one = NULL;
  g_autofree char *described = NULL;
  CheckDossier dossier;
  guint posting;

  g_assert_true (zc_calendar_add (calendar, year, strlen (year), NULL));
  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")),
                "{'posting':{'values':{'posted_on':'2027-01-01','posted_until':'2027-01-05'}}}");
  g_assert_true (zc_time_parse ("2027-02-01T00:00:00+08:00", &dossier.answers.now));
  dossier.answers.calendar = calendar;
  zc_business_find_section (dossier.business, "posting", &posting);
  short_one = zc_check_section (&dossier.answers, posting);
  described = check_describe (short_one);
  g_assert_cmpstr (described, ==, "posting.posted_until too-few-working-days 3");
  check_close (&dossier);
  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")),
                "{'posting':{'values':{'posted_on':'2027-01-01','posted_until':'2027-01-06'}}}");
  g_assert_true (zc_time_parse ("2027-02-01T00:00:00+08:00", &dossier.answers.now));
  dossier.answers.calendar = calendar;
  whole_one = zc_check_section (&dossier.answers, posting);
  g_assert_cmpuint (whole_one->len, ==, 0);
  check_close (&dossier);
}

/* --- states --- */

static const struct
{
  const char *name;
  const char *text;
  guint section;
  ZcSectionState state;
  guint problems;
} states[] = {
  { "never-written", "{}", 0, ZC_SECTION_EMPTY, 3 },
  { "nothing-in-it", "{'vow':{'values':{}}}", 0, ZC_SECTION_EMPTY, 3 },
  { "blanks-are-nothing", "{'vow':{'values':{'signature':' '}}}", 0, ZC_SECTION_EMPTY, 3 },
  { "something-in-it", "{'vow':{'values':{'signature':'韦晓'}}}", 0, ZC_SECTION_INCOMPLETE, 2 },
  { "all-in-it", "{'vow':{'values':{'agreed':true,'signature':'韦晓','signed_on':'2020-01-01'}}}",
    0, ZC_SECTION_COMPLETE, 0 },
  { "one-wrong", "{'vow':{'values':{'agreed':true,'signature':'韦晓','signed_on':'2020-01-32'}}}",
    0, ZC_SECTION_INCOMPLETE, 1 },
  { "hidden-by-account", "{}", 3, ZC_SECTION_HIDDEN, 0 },
  { "shown-by-account", "{'account':{'has_title':true}}", 3, ZC_SECTION_EMPTY, 1 },
  { "hidden-by-target", "{'target':{'level':'junior'},'thesis':{'values':{'abstract':'有'}}}", 4,
    ZC_SECTION_HIDDEN, 0 },
  { "shown-by-target", "{'target':{'level':'senior'},'thesis':{'values':{'abstract':'有'}}}", 4,
    ZC_SECTION_COMPLETE, 0 },
  { "hidden-by-unless", "{'target':{'level':'senior'},'keeper':{'values':{'path':'转评'}}}", 4,
    ZC_SECTION_HIDDEN, 0 },
  { "entries-optional", "{'remarks':{'entries':[]}}", 5, ZC_SECTION_OPTIONAL, 0 },
  { "entry-without-values", "{'remarks':{'entries':[{'id':'" A "','values':{}}]}}", 5,
    ZC_SECTION_INCOMPLETE, 1 },
  { "no-entries-yet", "{}", 2, ZC_SECTION_EMPTY, 1 },
  { "nothing-required", "{}", 6, ZC_SECTION_OPTIONAL, 0 },
  { "not-required-but-there", "{'stamp':{'values':{'stamped':'7'}}}", 6, ZC_SECTION_COMPLETE, 0 },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      ZcSectionState state, back;
      guint n = 99;
      CheckDossier dossier;

      g_test_message ("%s", states[i].name);
      check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), states[i].text);
      state = zc_section_state (&dossier.answers, states[i].section, &n);
      g_assert_cmpint (state, ==, states[i].state);
      g_assert_cmpuint (n, ==, states[i].problems);
      g_assert_true (zc_section_state_from_string (zc_section_state_to_string (state), &back));
      g_assert_cmpint (back, ==, state);
      check_close (&dossier);
    }
}

/* --- P8: advice, marked "?", blocks nothing --- */

static const struct
{
  const char *name;
  const char *text;
  guint section;
  const char *problems;
  ZcSectionState state;
} advice[] = {
  { "P8/signature-is-the-account's", "{'grower':{'values':{'signed':' 韦晓岚 ','note':'有','buyer':'张'}}}", 0,
    "", ZC_SECTION_COMPLETE },
  { "P8/signature-of-another", "{'grower':{'values':{'signed':'韦晓','note':'有','buyer':'张'}}}", 0,
    "grower.signed not-the-same", ZC_SECTION_INCOMPLETE },
  { "P8/advised-and-empty", "{'grower':{'values':{'signed':'韦晓岚','note':' ','buyer':'张'}}}", 0,
    "grower.note required?", ZC_SECTION_COMPLETE },
  { "P8/advised-on-a-condition",
    "{'grower':{'values':{'signed':'韦晓岚','note':'有','fruit':'柑橘','photo':[]}}}", 0,
    "grower.photo required?; grower.buyer required?", ZC_SECTION_COMPLETE },
  { "P8/required-beats-advised", "{'grower':{'values':{'signed':'韦晓岚','note':'有','fruit':'苹果'}}}",
    0, "grower.buyer required", ZC_SECTION_INCOMPLETE },
  { "P8/advice-that-does-not-apply",
    "{'grower':{'values':{'signed':'韦晓岚','note':'有','fruit':'龙眼'}}}", 0, "",
    ZC_SECTION_COMPLETE },
  { "P8/least-number", "{'grower':{'values':{'signed':'韦晓岚','note':'有','buyer':'张','trees':49}}}", 0,
    "grower.trees too-small 50?", ZC_SECTION_COMPLETE },
  { "P8/below-the-real-limit",
    "{'grower':{'values':{'signed':'韦晓岚','note':'有','buyer':'张','trees':0}}}", 0,
    "grower.trees too-small 1", ZC_SECTION_INCOMPLETE },
  { "P8/share-rounded-up",
    "{'grower':{'values':{'signed':'韦晓岚','note':'有','buyer':'张','trees':100,'grafted':66.5}}}", 0,
    "grower.grafted too-small 67?", ZC_SECTION_COMPLETE },
  { "P8/share-just-reached",
    "{'grower':{'values':{'signed':'韦晓岚','note':'有','buyer':'张','trees':99,'grafted':66}}}", 0, "",
    ZC_SECTION_COMPLETE },
  { "P8/share-of-nothing-yet",
    "{'grower':{'values':{'signed':'韦晓岚','note':'有','buyer':'张','grafted':1}}}", 0, "",
    ZC_SECTION_COMPLETE },
  { "P8/nothing-entered", "{}", 1, "years too-few-entries 2?", ZC_SECTION_OPTIONAL },
  { "P8/sum-too-small",
    "{'years':{'entries':[{'id':'" A "','values':{'year':2024,'spring':5,'autumn':5}},"
    "{'id':'" B "','values':{'year':2025,'spring':5.25,'autumn':5.25}}]}}",
    1, "years#a.total too-small 11?", ZC_SECTION_COMPLETE },
  { "P8/sum-not-there-yet",
    "{'years':{'entries':[{'id':'" A "','values':{'year':2024,'spring':5}},"
    "{'id':'" B "','values':{'year':2025,'spring':9,'autumn':9}}]}}",
    1, "years#a.autumn required", ZC_SECTION_INCOMPLETE },
  { "P8/share-of-a-sum",
    "{'years':{'entries':[{'id':'" A "','values':{'year':2024,'spring':20,'autumn':10}},"
    "{'id':'" B "','values':{'year':2025,'spring':9,'autumn':9}}]}}",
    1, "years#a.autumn too-small 15?", ZC_SECTION_COMPLETE },
  { "S3.1.2e/entries-not-asked", "{'target':{'level':'junior'},'grower':{'values':{'fruit':'苹果'}}}", 2,
    "", ZC_SECTION_OPTIONAL },
  { "S3.1.2e/entries-asked", "{'target':{'level':'senior'},'grower':{'values':{'fruit':'苹果'}}}", 2,
    "prizes too-few-entries 1", ZC_SECTION_EMPTY },
  { "S3.1.2e/entries-asked-in-half", "{'target':{'level':'senior'},'grower':{'values':{'fruit':'龙眼'}}}",
    2, "", ZC_SECTION_OPTIONAL },
};

static void
test_advice (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), blocking = 99;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  CheckDossier dossier;

  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ADVICE")), advice[i].text);
  dossier.answers.name = "韦晓岚";
  problems = zc_check_section (&dossier.answers, advice[i].section);
  described = check_describe (problems);
  g_assert_cmpstr (described, ==, advice[i].problems);
  g_assert_cmpint (zc_section_state (&dossier.answers, advice[i].section, &blocking), ==,
                   advice[i].state);
  g_assert_cmpuint (blocking, ==, strchr (described, '?') == NULL ? problems->len : 0);
  check_close (&dossier);
}

/* --- what depends on what --- */

static void
test_depends (void)
{
  static const struct
  {
    const char *section, *on;
    gboolean depends;
  } pairs[] = {
    { "harvests", "keeper", TRUE },  { "thesis", "keeper", TRUE },  { "verdict", "keeper", TRUE },
    { "keeper", "harvests", FALSE }, { "keeper", "keeper", FALSE }, { "vow", "keeper", FALSE },
    { "diploma", "keeper", FALSE },
  };
  g_autoptr (ZcBusiness) business = check_load (g_getenv ("ZC_TEST_ODD"));

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint section, on;

      g_assert_nonnull (zc_business_find_section (business, pairs[i].section, &section));
      g_assert_nonnull (zc_business_find_section (business, pairs[i].on, &on));
      g_assert_cmpint (zc_section_depends_on (business, section, on), ==, pairs[i].depends);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (advice); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/%s", advice[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_advice);
    }
  g_test_add_func ("/check/U5/unit", test_unit);
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/%s", notices[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_notice);
    }
  g_test_add_func ("/check/U5/N12/attestation", test_attestation);
  g_test_add_func ("/check/U7/other-calendar", test_other_calendar);
  g_test_add_func ("/check/S3.1.2a/states", test_states);
  g_test_add_func ("/check/S3.1.2a/depends", test_depends);
  return g_test_run ();
}
