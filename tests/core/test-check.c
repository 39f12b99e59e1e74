/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "check-fixture.h"

/* The check of answers, by tables: what is wrong with a section, its entries and its images. */

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
  g_autofree char *text = check_replace (check_whole, one->piece, one->instead);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *described = NULL;
  gboolean stored = TRUE;
  CheckDossier dossier;

  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), text);
  problems = zc_check (&dossier.answers, ZC_FILLS_APPLICANT);
  described = check_describe (problems);
  g_assert_cmpstr (described, ==, one->problems);
  for (guint i = 0; i < zc_business_get_n_sections (dossier.business); i++)
    {
      g_autoptr (GPtrArray) broken = zc_check_structure (dossier.business, i, dossier.sections[i]);

      stored = stored && broken->len == 0;
    }
  g_assert_cmpint (stored, ==, one->stored);
  check_close (&dossier);
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
      CheckDossier dossier;

      for (guint j = 0; j < counts[i].n; j++)
        g_string_append_printf (
            text,
            "%s{'id':'018f0000-0000-7000-8000-%012x','values':{'harvest_year':'1','scales':[%s]}}",
            j > 0 ? "," : "", j, PICTURE ("1", SMALL));
      g_string_append (text, "]}}");
      check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), text->str);
      problems = zc_check_section (&dossier.answers, 2);
      described = check_describe (problems);
      g_assert_cmpstr (described, ==, counts[i].problems);
      check_close (&dossier);
    }
}

/* A document full of strangers gets a short answer. */
static void
test_strangers (void)
{
  g_autoptr (GString) text = g_string_new ("{'vow':{'values':{'x':1");
  g_autoptr (GPtrArray) problems = NULL;
  CheckDossier dossier;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (text, ",'x%d':1", i);
  g_string_append (text, "}}}");
  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), text->str);
  problems = zc_check_structure (dossier.business, 0, dossier.sections[0]);
  g_assert_cmpuint (problems->len, ==, 20);
  check_close (&dossier);
}

/* --- images and submission --- */

static void
test_images (void)
{
  g_autoptr (GPtrArray) keeper = NULL, harvests = NULL, none = NULL;
  CheckDossier dossier;

  check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), check_whole);
  keeper
      = zc_answers_list_images (zc_business_get_section (dossier.business, 1), dossier.sections[1]);
  harvests
      = zc_answers_list_images (zc_business_get_section (dossier.business, 2), dossier.sections[2]);
  none = zc_answers_list_images (zc_business_get_section (dossier.business, 2), NULL);
  g_assert_cmpuint (keeper->len, ==, 3);
  g_assert_true (g_str_has_suffix (keeper->pdata[2], "3"));
  g_assert_cmpuint (harvests->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
  check_close (&dossier);
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
      g_autoptr (ZcJson) wanted = check_parse (documents[i].submitted);
      CheckDossier dossier;

      check_open (&dossier, check_load (g_getenv ("ZC_TEST_ODD")), documents[i].text);
      submitted = zc_answers_submitted_section (&dossier.answers, documents[i].section);
      got = zc_json_parse (submitted, strlen (submitted), NULL);
      g_assert_true (zc_json_equal (zc_json_root (got), zc_json_root (wanted)));
      check_close (&dossier);
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
  CheckDossier dossier;

  g_assert_true (g_file_get_contents (g_getenv ("ZC_TEST_ODD"), &text, NULL, NULL));
  changed = check_replace (text, "\"max_bytes\": 1000", "\"max_bytes\": 399");
  check_open (&dossier, zc_business_parse (changed, strlen (changed), NULL), check_whole);
  problems = zc_check_section (&dossier.answers, 1);
  described = check_describe (problems);
  g_assert_cmpstr (described, ==,
                   "keeper.portrait@1 too-many-bytes 399; keeper.portrait@2 too-many-bytes 399");
  check_close (&dossier);
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
  g_test_add_func ("/check/S3.1.2d/entries", test_entries);
  g_test_add_func ("/check/P5/strangers", test_strangers);
  g_test_add_func ("/check/P5/images", test_images);
  g_test_add_func ("/check/B5/submitted", test_submitted);
  g_test_add_func ("/check/B3/one-number", test_one_number);
  return g_test_run ();
}
