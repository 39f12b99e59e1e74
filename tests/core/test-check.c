/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-check.h"

/* The check of answers, by tables: a whole dossier of an invented business, in which each case
 * spoils one piece. */

#define NOW "2026-11-24T00:00:00+08:00" /* the 24th in China, still the 23rd in UTC */
#define A "018f0000-0000-7000-8000-00000000000a"
#define B "018f0000-0000-7000-8000-00000000000b"
#define PICTURE(n, rest)                                                                           \
  "{'sha256':'000000000000000000000000000000000000000000000000000000000000000" n "'," rest "}"
#define SMALL "'bytes':400,'width':900,'height':900,'name':'a.jpg'"

static const char whole[]
    = "{'target':{'unit':'u','level':'junior'},'account':{'has_title':false},"
      "'vow':{'values':{'agreed':true,'signature':'韦晓','signed_on':'2026-11-24'}},"
      "'keeper':{'values':{'path':'正常','call_at':'13800138000','hives':3,'yield':1.5,'wax':0.25,'"
      "stung':true,"
      "'since':'2020-03','until':'2020-03-01',"
      "'portrait':[" PICTURE ("1", SMALL) "," PICTURE ("2", SMALL) "],'swarm':[" PICTURE (
          "3", SMALL) "]}},"
                      "'harvests':{'entries':[{'id':'" A
                      "','values':{'harvest_year':'2024','scales':[" PICTURE (
                          "1", SMALL) "]}},"
                                      "{'id':'" B "','values':{'harvest_year':'2025','sold':true,'"
                                      "price':8.5,'buyer':'散户',"
                                      "'scales':[" PICTURE ("4", SMALL) "]}}]}}";

typedef struct
{
  ZcBusiness *business;
  ZcJson *json;
  const ZcJsonValue **sections;
  ZcAnswers answers;
} Dossier;

static ZcBusiness *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ZcBusiness *business;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  business = zc_business_parse (text, length, &error);
  g_assert_no_error (error);
  return business;
}

static ZcJson *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  ZcJson *json = zc_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static void
open_dossier (Dossier *dossier, ZcBusiness *business, const char *text)
{
  const ZcJsonValue *root;
  guint n = zc_business_get_n_sections (business);

  *dossier = (Dossier){ .business = business,
                        .json = parse (text),
                        .sections = g_new0 (const ZcJsonValue *, n) };
  root = zc_json_root (dossier->json);
  for (guint i = 0; i < n; i++)
    dossier->sections[i] = zc_json_get (root, zc_business_get_section (business, i)->id);
  dossier->answers = (ZcAnswers){ .business = business,
                                  .sections = dossier->sections,
                                  .target = zc_json_get (root, "target"),
                                  .has_title = zc_json_get_bool (zc_json_get (root, "account"),
                                                                 "has_title", FALSE) };
  g_assert_true (zc_time_parse (NOW, &dossier->answers.now));
}

static void
close_dossier (Dossier *dossier)
{
  zc_json_unref (dossier->json);
  g_free (dossier->sections);
  zc_business_unref (dossier->business);
}

/* The whole dossier with the first of each piece replaced. */
static char *
replace (const char *text, const char *piece, const char *instead)
{
  const char *at = strstr (text, piece);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int)(at - text), text, instead, at + strlen (piece));
}

/* "section.field code limit; …", an entry by the last digit of its id, an image by that of its
 * digest. */
static char *
describe (GPtrArray *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];

      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", problem->section);
      if (problem->entry != NULL)
        g_string_append_printf (text, "#%s", problem->entry + strlen (problem->entry) - 1);
      if (problem->field != NULL)
        g_string_append_printf (text, ".%s", problem->field);
      if (problem->image != NULL)
        g_string_append_printf (text, "@%s", problem->image + MAX (strlen (problem->image), 1) - 1);
      g_string_append_printf (text, " %s", zc_problem_code_to_string (problem->code));
      if (problem->limit != -1)
        g_string_append_printf (text, " %" G_GINT64_FORMAT, problem->limit);
      g_string_append (text, problem->advice ? "?" : "");
    }
  return g_string_free (text, FALSE);
}

/* --- the table --- */

typedef struct
{
  const char *name; /* with the requirement */
  const char *piece;
  const char *instead;
  const char *problems;
  gboolean stored; /* whether the structure is right all the same */
} Case;

static const Case cases[] = {
  { "S3.1.3a/whole", "'path':'正常'", "'path':'正常'", "", TRUE },
  /* what is required, and what counts as nothing */
  { "S3.1.2b/absent", "'signature':'韦晓',", "", "vow.signature required", TRUE },
  { "S3.1.2b/null", "'signature':'韦晓'", "'signature':null", "vow.signature required", TRUE },
  { "S3.1.2b/empty-text", "'signature':'韦晓'", "'signature':''", "vow.signature required", TRUE },
  { "S3.1.2b/blank-text", "'signature':'韦晓'", "'signature':' \\u3000\\u200b'",
    "vow.signature required", TRUE },
  { "S3.1.2b/no-images", "'scales':[" PICTURE ("1", SMALL) "]", "'scales':[]",
    "harvests#a.scales required", TRUE },
  { "S3.1.2b/two-at-once", "'signature':'韦晓','signed_on':'2026-11-24'", "'signature':''",
    "vow.signature required; vow.signed_on required", TRUE },
  { "S3.1.2b/section-never-written",
    "'vow':{'values':{'agreed':true,'signature':'韦晓','signed_on':'2026-11-24'}},", "",
    "vow.agreed required; vow.signature required; vow.signed_on required", TRUE },
  { "S3.1.2b/consent-refused", "'agreed':true", "'agreed':false", "vow.agreed required", TRUE },
  { "S3.1.2b/optional-blank", "'since':'2020-03'", "'since':''", "", TRUE },
  /* structure */
  { "B5/unknown-field", "'path':'正常'", "'path':'正常','colour':1", "keeper.colour unknown-field",
    FALSE },
  { "B5/resolved-field-sent", "'path':'正常'", "'path':'正常','called':'韦晓岚'",
    "keeper.called unknown-field", FALSE },
  { "B5/number-for-text", "'signature':'韦晓'", "'signature':7", "vow.signature type", FALSE },
  { "B5/text-for-number", "'hives':3", "'hives':'3'", "keeper.hives type", FALSE },
  { "B5/half-for-integer", "'hives':3", "'hives':3.5", "keeper.hives type", FALSE },
  { "B5/whole-decimal-for-integer", "'hives':3", "'hives':3.0", "", TRUE },
  { "B5/text-for-flag", "'stung':true", "'stung':'true'", "keeper.stung type; keeper.calm required",
    FALSE },
  { "B5/object-for-images", "'scales':[" PICTURE ("1", SMALL) "]", "'scales':{}",
    "harvests#a.scales type", FALSE },
  { "B5/document-no-object",
    "'vow':{'values':{'agreed':true,'signature':'韦晓','signed_on':'2026-11-24'}}", "'vow':[]",
    "vow type", FALSE },
  { "B5/entries-for-values",
    "'vow':{'values':{'agreed':true,'signature':'韦晓','signed_on':'2026-11-24'}}",
    "'vow':{'entries':[]}", "vow type", FALSE },
  { "B5/more-beside-values", "'vow':{", "'vow':{'more':1,", "vow type", FALSE },
  { "B5/control-character", "'signature':'韦晓'", "'signature':'韦\\n晓'",
    "vow.signature control-character", FALSE },
  { "B5/turned-direction", "'signature':'韦晓'", "'signature':'韦\\u202e晓'",
    "vow.signature control-character", FALSE },
  /* texts, in characters as people count them */
  { "S3.1.2b/too-short", "'signature':'韦晓'", "'signature':'韦'", "vow.signature too-short 2",
    TRUE },
  { "S3.1.2b/longest", "'signature':'韦晓'", "'signature':'甲乙丙丁'", "", TRUE },
  { "S3.1.2b/too-long", "'signature':'韦晓'", "'signature':'甲乙丙丁戊'",
    "vow.signature too-long 4", FALSE },
  { "S3.1.2b/rare-characters", "'signature':'韦晓'", "'signature':'𠮷𠮷𠮷𠮷'", "", TRUE },
  { "S3.1.2b/accents", "'signature':'韦晓'", "'signature':'e\\u0301e\\u0301e\\u0301e\\u0301'", "",
    TRUE },
  { "S3.1.2b/families", "'signature':'韦晓'",
    "'signature':'"
    "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍"
    "👦"
    "'",
    "vow.signature too-long 4", FALSE },
  /* numbers */
  { "S3.1.2b/least", "'hives':3", "'hives':-3", "", TRUE },
  { "S3.1.2b/too-small", "'hives':3", "'hives':-4", "keeper.hives too-small -3", TRUE },
  { "S3.1.2b/too-large", "'hives':3", "'hives':8", "keeper.hives too-large 7", TRUE },
  { "S3.1.2b/too-large-decimal", "'yield':1.5", "'yield':99.76", "keeper.yield too-large", TRUE },
  { "S3.1.2b/largest-decimal", "'yield':1.5", "'yield':99.75", "", TRUE },
  { "S3.1.2b/sum", "'path':'正常'", "'path':'正常','total':4.75", "", TRUE },
  { "B4/wrong-sum", "'path':'正常'", "'path':'正常','total':5", "keeper.total computed", TRUE },
  /* days */
  { "S3.1.2b/no-such-day", "'signed_on':'2026-11-24'", "'signed_on':'2025-02-29'",
    "vow.signed_on date", TRUE },
  { "S3.1.2b/no-day", "'signed_on':'2026-11-24'", "'signed_on':'昨天'", "vow.signed_on date",
    TRUE },
  { "B4/tomorrow", "'signed_on':'2026-11-24'", "'signed_on':'2026-11-25'",
    "vow.signed_on in-future", TRUE },
  { "S3.1.2b/no-such-month", "'since':'2020-03'", "'since':'2020-13'", "keeper.since month", TRUE },
  { "B4/before-its-start", "'until':'2020-03-01'", "'until':'2020-02-29'",
    "keeper.until date-order", TRUE },
  /* choices and what people are told by */
  { "S3.1.2b/not-a-choice", "'path':'正常'", "'path':'走后门'", "keeper.path not-a-choice", TRUE },
  { "S3.1.2b/catalog", "'path':'正常'", "'path':'正常','people':'壮族'", "", TRUE },
  { "S3.1.2b/not-in-catalog", "'path':'正常'", "'path':'正常','people':'外星族'",
    "keeper.people not-a-choice", TRUE },
  { "S3.1.2b/mobile", "'call_at':'13800138000'", "'call_at':'23800138000'", "keeper.call_at mobile",
    TRUE },
  { "S3.1.2b/email", "'path':'正常'", "'path':'正常','mail_to':'a@b'", "keeper.mail_to email",
    TRUE },
  { "S3.1.2b/credit-code", "'path':'正常'", "'path':'正常','farm_code':'91350100M000100Y44'",
    "keeper.farm_code credit-code", TRUE },
  { "S3.1.2b/id-checksum", "'path':'正常'", "'path':'正常','partner_paper':'110101199003078031'",
    "keeper.partner_paper id-checksum", TRUE },
  { "S3.1.2b/id-of-hong-kong", "'path':'正常'",
    "'path':'正常','partner_paper':'810000199408230021'", "", TRUE },
  { "S3.1.2b/id-old-permit", "'path':'正常'", "'path':'正常','partner_paper':'ABC123456789012'", "",
    TRUE },
  /* images */
  { "S3.1.2c/too-few", "," PICTURE ("2", SMALL) "]", "]", "keeper.portrait too-few-images 2",
    TRUE },
  { "S3.1.2c/one-too-many", "'swarm':[" PICTURE ("3", SMALL),
    "'swarm':[" PICTURE ("3", SMALL) "," PICTURE ("5", SMALL), "keeper.swarm too-many-images 1",
    FALSE },
  { "S3.1.2c/one-byte-too-many", PICTURE ("2", SMALL),
    PICTURE ("2", "'bytes':1001,'width':900,'height':900"), "keeper.portrait@2 too-many-bytes 1000",
    FALSE },
  { "S3.1.2c/just-enough", PICTURE ("2", SMALL),
    PICTURE ("2", "'bytes':1000,'width':100,'height':200"), "", TRUE },
  { "S3.1.2c/too-narrow", PICTURE ("2", SMALL), PICTURE ("2", "'bytes':9,'width':99,'height':200"),
    "keeper.portrait@2 too-narrow 100", FALSE },
  { "S3.1.2c/too-low", PICTURE ("2", SMALL), PICTURE ("2", "'bytes':9,'width':100,'height':199"),
    "keeper.portrait@2 too-low 200", FALSE },
  { "S3.1.2c/edge-too-short", PICTURE ("3", SMALL),
    PICTURE ("3", "'bytes':9,'width':639,'height':12"), "keeper.swarm@3 edge-too-short 640",
    FALSE },
  { "S3.1.2c/same-image-twice", PICTURE ("2", SMALL), PICTURE ("1", SMALL),
    "keeper.portrait@1 duplicate-image", FALSE },
  { "S3.1.2c/no-digest", PICTURE ("3", SMALL), "{'sha256':'A'," SMALL "}", "keeper.swarm@A type",
    FALSE },
  { "S3.1.2c/unknown-member", PICTURE ("3", SMALL), PICTURE ("3", SMALL ",'dpi':3"),
    "keeper.swarm@3 type", FALSE },
  { "P5/no-bytes", PICTURE ("3", SMALL), PICTURE ("3", "'bytes':0,'width':900,'height':900"),
    "keeper.swarm@3 type", FALSE },
  /* entries */
  { "S3.1.2d/same-id-twice", "'id':'" B "'", "'id':'" A "'", "harvests#a duplicate-entry", FALSE },
  { "S3.1.2d/id-no-uuid", "'id':'" B "'", "'id':'b'", "harvests type", FALSE },
  { "S3.1.2d/in-the-second", "'harvest_year':'2025',", "", "harvests#b.harvest_year required",
    TRUE },
  { "S3.1.2d/limits-per-entry", PICTURE ("4", SMALL),
    PICTURE ("4", "'bytes':501,'width':9,'height':9"), "harvests#b.scales@4 too-many-bytes 500",
    FALSE },
  /* conditions */
  { "B5/when-of-same-section", "'path':'正常'", "'path':'破格'",
    "keeper.exception required; harvests#b.bargain required", TRUE },
  { "B5/chain", "'path':'正常'", "'path':'破格','exception':'发明'",
    "keeper.invention required; harvests#b.bargain required", TRUE },
  { "B5/hidden-answers-nothing", "'path':'正常'", "'path':'正常','exception':'发明'", "", TRUE },
  { "B5/hidden-is-unchecked", "'path':'正常'", "'path':'正常','exception':'外星','invention':'短'",
    "", TRUE },
  { "B5/hidden-keeps-its-shape", "'path':'正常'", "'path':'正常','invention':7",
    "keeper.invention type", FALSE },
  { "B5/integer", "'hives':3", "'hives':6", "keeper.big_farm_note required", TRUE },
  { "B5/flag-false", "'stung':true", "'stung':false", "keeper.calm required", TRUE },
  { "B5/flag-untouched", "'stung':true,", "", "keeper.calm required", TRUE },
  { "B5/unless-wins",
    "'path':'正常','call_at':'13800138000','hives':3,'yield':1.5,'wax':0.25,'stung':true",
    "'path':'转评','call_at':'13800138000','hives':3,'stung':false", "", TRUE },
  { "B5/required-when-both",
    "'level':'junior'},'account':{'has_title':false},'vow':{'values':{'agreed':true,'signature':'"
    "韦晓','signed_on':'2026-11-24'}},'keeper':{'values':{'path':'正常'",
    "'level':'senior'},'account':{'has_title':false},'vow':{'values':{'agreed':true,'signature':'"
    "韦晓','signed_on':'2026-11-24'}},'keeper':{'values':{'path':'转评'",
    "keeper.partner_paper required", TRUE },
  { "B5/section-by-target", "'level':'junior'", "'level':'senior'", "thesis.abstract required",
    TRUE },
  { "B5/section-by-account", "'has_title':false", "'has_title':true",
    "diploma.diploma_name required", TRUE },
  { "B5/same-entry", "'harvest_year':'2024'", "'harvest_year':'2024','sold':true",
    "harvests#a.price required; harvests#a.buyer required", TRUE },
  { "B5/entry-and-target", "'harvest_year':'2024'", "'harvest_year':'2020','sold':true,'price':1",
    "", TRUE },
  { "B5/entry-chain", "'buyer':'散户'", "'buyer':'合作社','member':'短'",
    "harvests#b.member too-short 3", TRUE },
  { "B5/entry-and-section", "'path':'正常'", "'path':'破格','exception':'获奖'",
    "harvests#b.bargain required", TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *text = replace (whole, one->piece, one->instead);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  gboolean stored = TRUE;
  Dossier dossier;

  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), text);
  problems = zc_check (&dossier.answers, ZC_FILLS_APPLICANT);
  described = describe (problems);
  g_assert_cmpstr (described, ==, one->problems);
  for (guint i = 0; i < zc_business_get_n_sections (dossier.business); i++)
    {
      g_autoptr (GPtrArray) broken = zc_check_structure (dossier.business, i, dossier.sections[i]);

      stored = stored && broken->len == 0;
    }
  g_assert_cmpint (stored, ==, one->stored);
  close_dossier (&dossier);
}

/* --- counts of entries --- */

static void
test_entries (void)
{
  static const struct
  {
    guint n;
    const char *problems;
  } counts[] = {
    { 0, "harvests too-few-entries 1" },
    { 1, "" },
    { 3, "" },
    { 4, "harvests too-many-entries 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GString) text = g_string_new ("{'harvests':{'entries':[");
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char *described = NULL;
      Dossier dossier;

      for (guint j = 0; j < counts[i].n; j++)
        g_string_append_printf (
            text,
            "%s{'id':'018f0000-0000-7000-8000-%012x','values':{'harvest_year':'1','scales':[%s]}}",
            j > 0 ? "," : "", j, PICTURE ("1", SMALL));
      g_string_append (text, "]}}");
      open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), text->str);
      problems = zc_check_section (&dossier.answers, 2);
      described = describe (problems);
      g_assert_cmpstr (described, ==, counts[i].problems);
      close_dossier (&dossier);
    }
}

/* A document full of strangers gets a short answer. */
static void
test_strangers (void)
{
  g_autoptr (GString) text = g_string_new ("{'vow':{'values':{'x':1");
  g_autoptr (GPtrArray) problems = NULL;
  Dossier dossier;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, ",'x%d':1", i);
  g_string_append (text, "}}}");
  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), text->str);
  problems = zc_check_structure (dossier.business, 0, dossier.sections[0]);
  g_assert_cmpuint (problems->len, ==, 20);
  close_dossier (&dossier);
}

/* --- the unit's sections --- */

static void
test_unit (void)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  Dossier dossier;

  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), "{'keeper':{'values':{'path':'破格'}}}");
  problems = zc_check (&dossier.answers, ZC_FILLS_UNIT);
  described = describe (problems);
  g_assert_cmpstr (described, ==, "verdict.opinion_text required; verdict.visited required");
  close_dossier (&dossier);
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
  Dossier dossier;

  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), text);
  g_assert_true (zc_time_parse (notices[i].now, &dossier.answers.now));
  problems = zc_check (&dossier.answers, ZC_FILLS_UNIT);
  described = describe (problems);
  g_assert_cmpstr (described, ==, notices[i].problems);
  g_assert_cmpint (zc_check_attestation (dossier.business, problems), ==, notices[i].refusal);
  close_dossier (&dossier);
}

/* What is missing beside a notice that only runs: the unit can do that. */
static void
test_attestation (void)
{
  g_autoptr (GPtrArray) problems = NULL;
  Dossier dossier;

  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")),
                "{'posting':{'values':{'posted_on':'2026-11-18','posted_until':'2026-11-24'}}}");
  problems = zc_check (&dossier.answers, ZC_FILLS_UNIT);
  g_assert_cmpint (zc_check_attestation (dossier.business, problems), ==, ZC_REFUSAL_UNIT_PART);
  for (guint i = 0; i < problems->len; i++)
    ((ZcProblem *)problems->pdata[i])->advice = TRUE;
  g_assert_cmpint (zc_check_attestation (dossier.business, problems), ==, ZC_REFUSAL_LAST);
  close_dossier (&dossier);
}

/* A layer of a region, or a calendar imported later, has the word (decisions 7). */
static void
test_other_calendar (void)
{
  static const char year[] = "{\"year\":2027,\"days\":[{\"name\":\"元旦\",\"date\":\"2027-01-04\",\"isOffDay\":true}]}";
  g_autoptr (ZcCalendar) calendar = zc_calendar_new ();
  g_autoptr (GPtrArray) short_one = NULL, whole_one = NULL;
  g_autofree char *described = NULL;
  Dossier dossier;
  guint posting;

  g_assert_true (zc_calendar_add (calendar, year, strlen (year), NULL));
  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")),
                "{'posting':{'values':{'posted_on':'2027-01-01','posted_until':'2027-01-05'}}}");
  g_assert_true (zc_time_parse ("2027-02-01T00:00:00+08:00", &dossier.answers.now));
  dossier.answers.calendar = calendar;
  zc_business_find_section (dossier.business, "posting", &posting);
  short_one = zc_check_section (&dossier.answers, posting);
  described = describe (short_one);
  g_assert_cmpstr (described, ==, "posting.posted_until too-few-working-days 3");
  close_dossier (&dossier);
  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")),
                "{'posting':{'values':{'posted_on':'2027-01-01','posted_until':'2027-01-06'}}}");
  g_assert_true (zc_time_parse ("2027-02-01T00:00:00+08:00", &dossier.answers.now));
  dossier.answers.calendar = calendar;
  whole_one = zc_check_section (&dossier.answers, posting);
  g_assert_cmpuint (whole_one->len, ==, 0);
  close_dossier (&dossier);
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
      Dossier dossier;

      g_test_message ("%s", states[i].name);
      open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), states[i].text);
      state = zc_section_state (&dossier.answers, states[i].section, &n);
      g_assert_cmpint (state, ==, states[i].state);
      g_assert_cmpuint (n, ==, states[i].problems);
      g_assert_true (zc_section_state_from_string (zc_section_state_to_string (state), &back));
      g_assert_cmpint (back, ==, state);
      close_dossier (&dossier);
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
  Dossier dossier;

  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ADVICE")), advice[i].text);
  dossier.answers.name = "韦晓岚";
  problems = zc_check_section (&dossier.answers, advice[i].section);
  described = describe (problems);
  g_assert_cmpstr (described, ==, advice[i].problems);
  g_assert_cmpint (zc_section_state (&dossier.answers, advice[i].section, &blocking), ==,
                   advice[i].state);
  g_assert_cmpuint (blocking, ==, strchr (described, '?') == NULL ? problems->len : 0);
  close_dossier (&dossier);
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
  g_autoptr (ZcBusiness) business = load (g_getenv ("ZC_TEST_ODD"));

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint section, on;

      g_assert_nonnull (zc_business_find_section (business, pairs[i].section, &section));
      g_assert_nonnull (zc_business_find_section (business, pairs[i].on, &on));
      g_assert_cmpint (zc_section_depends_on (business, section, on), ==, pairs[i].depends);
    }
}

/* --- images and submission --- */

static void
test_images (void)
{
  g_autoptr (GPtrArray) keeper = NULL, harvests = NULL, none = NULL;
  Dossier dossier;

  open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), whole);
  keeper
      = zc_answers_list_images (zc_business_get_section (dossier.business, 1), dossier.sections[1]);
  harvests
      = zc_answers_list_images (zc_business_get_section (dossier.business, 2), dossier.sections[2]);
  none = zc_answers_list_images (zc_business_get_section (dossier.business, 2), NULL);
  g_assert_cmpuint (keeper->len, ==, 3);
  g_assert_true (g_str_has_suffix (keeper->pdata[2], "3"));
  g_assert_cmpuint (harvests->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
  close_dossier (&dossier);
}

static void
test_submitted (void)
{
  static const struct
  {
    const char *text;
    guint section;
    const char *submitted;
  } documents[] = {
    { "{'keeper':{'values':{'exception':'发明','path':'正常','hives':3,'invention':'旧的'}}}", 1,
      "{'values':{'path':'正常','hives':3}}" },
    { "{'keeper':{'values':{'path':'破格','exception':'发明','invention':'新的蜂箱'}}}", 1,
      "{'values':{'path':'破格','exception':'发明','invention':'新的蜂箱'}}" },
    { "{'harvests':{'entries':[{'id':'" A "','values':{'price':3,'harvest_year':'2024'}}]}}", 2,
      "{'entries':[{'id':'" A "','values':{'harvest_year':'2024'}}]}" },
    { "{'diploma':{'values':{'diploma_name':'旧'}}}", 3, "{'values':{}}" },
    { "{}", 2, "{'entries':[]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *submitted = NULL;
      g_autoptr (ZcJson) got = NULL;
      g_autoptr (ZcJson) wanted = parse (documents[i].submitted);
      Dossier dossier;

      open_dossier (&dossier, load (g_getenv ("ZC_TEST_ODD")), documents[i].text);
      submitted = zc_answers_submitted_section (&dossier.answers, documents[i].section);
      got = zc_json_parse (submitted, strlen (submitted), NULL);
      g_assert_true (zc_json_equal (zc_json_root (got), zc_json_root (wanted)));
      close_dossier (&dossier);
    }
}

/* --- B3: one number, read by the check from the file --- */

static void
test_one_number (void)
{
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  Dossier dossier;

  g_assert_true (g_file_get_contents (g_getenv ("ZC_TEST_ODD"), &text, NULL, NULL));
  changed = replace (text, "\"max_bytes\": 1000", "\"max_bytes\": 399");
  open_dossier (&dossier, zc_business_parse (changed, strlen (changed), NULL), whole);
  problems = zc_check_section (&dossier.answers, 1);
  described = describe (problems);
  g_assert_cmpstr (described, ==,
                   "keeper.portrait@1 too-many-bytes 399; keeper.portrait@2 too-many-bytes 399");
  close_dossier (&dossier);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (advice); i++)
    {
      g_autofree char *path = g_strdup_printf ("/check/%s", advice[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_advice);
    }
  g_test_add_func ("/check/S3.1.2d/entries", test_entries);
  g_test_add_func ("/check/P5/strangers", test_strangers);
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
  g_test_add_func ("/check/P5/images", test_images);
  g_test_add_func ("/check/B5/submitted", test_submitted);
  g_test_add_func ("/check/B3/one-number", test_one_number);
  return g_test_run ();
}
