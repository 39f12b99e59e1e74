/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-business.h"

/* The loader: every file we ship is taken, everything that is wrong is refused with its place. */

static ZcBusiness *
load (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  ZcBusiness *business;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  business = zc_business_parse (text, length, &error);
  g_assert_no_error (error);
  return business;
}

static void
test_evaluation (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("ZC_TEST_BUSINESSES"), "evaluation.json", NULL);
  g_autoptr (ZcBusiness) business = load (path);
  const ZcSection *basic = zc_business_find_section (business, "basic_information", NULL);
  const ZcField *photo = zc_section_find_field (basic, "bareheaded_photo");
  guint kinds = 0, index;

  g_assert_cmpstr (zc_business_get_id (business), ==, "evaluation");
  g_assert_true (zc_business_is_one_series_per_year (business));
  g_assert_cmpuint (zc_business_get_n_sections (business), >=, 3);
  for (guint i = 0; i < basic->n_fields; i++)
    kinds += basic->fields[i].type == ZC_FIELD_IMAGES;
  g_assert_cmpuint (kinds, ==, 4);
  g_assert_cmpint (photo->images.max_bytes, ==, 300 * 1024);
  g_assert_cmpint (photo->images.min_width, ==, 295);
  g_assert_cmpint (photo->images.min_height, ==, 413);
  g_assert_cmpuint (photo->images.max, ==, 2);
  g_assert_cmpint (zc_business_get_max_image_bytes (business), ==, 600 * 1024);
  g_assert_true (zc_business_find_section (business, "education_history", &index)->repeats);
  g_assert_true (zc_business_get_section (business, index)->fields[0].required);
}

/* The greatest counts and lengths that the offices ask, by section and field. */
static void
test_evaluation_limits (void)
{
  static const struct
  {
    const char *section, *field;
    guint images, length;
  } limits[] = {
    { "basic_information", "identity_card_front", 1, 0 },
    { "basic_information", "bareheaded_photo", 2, 0 },
    { "current_title", "current_title_pages", 3, 0 },
    { "current_title", "appointment_pages", 3, 0 },
    { "education_history", "diploma_pages", 5, 0 },
    { "work_experience", "experience_pages", 5, 0 },
    { "continuing_education", "training_pages", 5, 0 },
    { "annual_assessment", "assessment_pages", 5, 0 },
    { "publications", "publication_cover_pages", 5, 0 },
    { "publications", "publication_contents_pages", 5, 0 },
    { "publications", "publication_text_pages", 50, 0 },
    { "achievements", "achievement_content", 0, 70 },
    { "achievements", "achievement_my_role", 0, 150 },
    { "achievements", "achievement_completion", 0, 250 },
    { "achievements", "achievement_project_pages", 20, 0 },
    { "achievements", "achievement_post_pages", 20, 0 },
    { "achievements", "achievement_award_pages", 20, 0 },
    { "awards", "award_summary", 0, 70 },
    { "awards", "award_pages", 20, 0 },
    { "patents", "patent_pages", 20, 0 },
    { "professional_qualifications", "qualification_pages", 20, 0 },
    { "overseas_work", "overseas_pages", 20, 0 },
    { "work_summary", "work_summary_text", 0, 1500 },
    { "other_materials", "material_pages", 10, 0 },
  };
  g_autofree char *path
      = g_build_filename (g_getenv ("ZC_TEST_BUSINESSES"), "evaluation.json", NULL);
  g_autoptr (ZcBusiness) business = load (path);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const ZcSection *section = zc_business_find_section (business, limits[i].section, NULL);
      const ZcField *field = zc_section_find_field (section, limits[i].field);

      g_assert_cmpuint (field->images.max, ==, limits[i].images);
      g_assert_cmpuint (field->max_length, ==, limits[i].length);
    }
}

static gboolean
is_page (const ZcField *field)
{
  return field->type == ZC_FIELD_IMAGES && field->images.min_long_edge > 0;
}

/* Every page but ID sides and photo: at most 600 KB, long edge at least 800 pixels. */
static void
test_evaluation_pages (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("ZC_TEST_BUSINESSES"), "evaluation.json", NULL);
  g_autoptr (ZcBusiness) business = load (path);
  guint others = 0, units = 0;

  for (guint i = 0; i < zc_business_get_n_sections (business); i++)
    {
      const ZcSection *section = zc_business_get_section (business, i);

      units += section->fills == ZC_FILLS_UNIT;
      for (guint j = 0; j < section->n_fields; j++)
        {
          const ZcField *field = &section->fields[j];

          others += field->type == ZC_FIELD_IMAGES && !is_page (field);
          if (is_page (field))
            g_assert_true (field->images.max_bytes == 600 * 1024
                           && field->images.min_long_edge == 800);
        }
    }
  g_assert_cmpuint (others, ==, 3);
  g_assert_cmpuint (units, ==, 4);
}

static void
test_catalogs (void)
{
  g_assert_cmpuint (g_strv_length ((GStrv)zc_catalog_choices ("nations")), ==, 56);
  g_assert_cmpuint (g_strv_length ((GStrv)zc_catalog_choices ("provinces")), ==, 34);
  g_assert_cmpuint (g_strv_length ((GStrv)zc_catalog_choices ("industries")), ==, 20);
  g_assert_null (zc_catalog_choices ("colours"));
}

/* What the registration of a unit takes in, and what it must bring (U1). */
static void
test_unit_registration (void)
{
  static const char document[] = "{\"values\":{\"social_credit_code\":\"91350100M000100Y43\"}}";
  g_autofree char *path
      = g_build_filename (g_getenv ("ZC_TEST_BUSINESSES"), "unit_registration.json", NULL);
  g_autoptr (ZcBusiness) business = load (path);
  g_autoptr (ZcJson) answers = zc_json_parse (document, strlen (document), NULL);
  const ZcAdmission *admission = zc_business_get_admission (business);
  const ZcSection *papers = zc_business_find_section (business, "unit_papers", NULL);
  const ZcJsonValue *sections[8] = { NULL };

  g_assert_cmpstr (admission->kind, ==, "unit");
  g_assert_cmpstr (admission->name.field->id, ==, "registered_name");
  g_assert_cmpstr (admission->seal.field->id, ==, "seal_imprint");
  g_assert_cmpstr (admission->head.field->id, ==, "head_credit_code");
  g_assert_null (zc_answer_place_get_text (&admission->credit_code, sections));
  sections[admission->credit_code.section] = zc_json_root (answers);
  g_assert_cmpstr (zc_answer_place_get_text (&admission->credit_code, sections), ==,
                   "91350100M000100Y43");
  g_assert_null (zc_answer_place_get_text (&admission->name, sections));
  g_assert_true (zc_business_is_one_open_per_person (business));
  g_assert_cmpuint (papers->n_fields, ==, 3);
  for (guint i = 0; i < papers->n_fields; i++)
    g_assert_true (papers->fields[i].type == ZC_FIELD_IMAGES && papers->fields[i].required);
}

/* An invented business with every feature of the format. */
static void
test_odd (void)
{
  g_autoptr (ZcBusiness) business = load (g_getenv ("ZC_TEST_ODD"));
  const ZcSection *keeper = zc_business_get_section (business, 1);
  const ZcSection *harvests = zc_business_find_section (business, "harvests", NULL);
  const ZcField *invention = zc_section_find_field (keeper, "invention");
  const ZcField *member = zc_section_find_field (harvests, "member");

  g_assert_cmpint (zc_business_get_revision (business), ==, 7);
  g_assert_cmpstr (zc_business_get_title (business), ==, "养蜂技艺评定");
  g_assert_false (zc_business_is_one_series_per_year (business));
  g_assert_true (zc_business_is_one_open_per_person (business));
  g_assert_true (zc_business_resubmits_to_returning_stage (business));
  g_assert_cmpstr (zc_business_get_target (business)[1], ==, "level");
  g_assert_cmpstr (zc_business_get_stages (business)[2], ==, "certificate");
  g_assert_null (zc_business_get_stages (business)[3]);
  g_assert_true (g_str_has_prefix (zc_business_get_instructions (business), "一、"));
  g_assert_cmpint (invention->when.items[0].scope, ==, ZC_SCOPE_SECTION);
  g_assert_true (invention->when.items[0].field == zc_section_find_field (keeper, "exception"));
  g_assert_cmpint (member->when.items[0].scope, ==, ZC_SCOPE_ENTRY);
  g_assert_cmpstr (harvests->entry_title, ==, "harvest_year");
  g_assert_cmpint (zc_business_find_section (business, "verdict", NULL)->fills, ==, ZC_FILLS_UNIT);
  g_assert_cmpstr (zc_business_find_section (business, "stamp", NULL)->locked_until, ==,
                   "notice-ended");
  g_assert_cmpstr (zc_section_find_field (keeper, "called")->from, ==, "account.name");
  g_assert_cmpuint (
      g_strv_length ((GStrv)zc_field_get_choices (zc_section_find_field (keeper, "people"))), ==,
      56);
  g_assert_null (zc_business_find_section (business, "nobody", NULL));
  g_assert_null (zc_section_find_field (keeper, "nobody"));
}

/* Whatever lies in the folder of businesses must load, be its own name, and have a schema. */
static void
test_shipped (void)
{
  const char *folder = g_getenv ("ZC_TEST_BUSINESSES");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (ZcBusiness) business = NULL;
      g_autoptr (ZcJson) schema = NULL;
      g_autofree char *text = NULL;
      g_autofree char *file = NULL;

      if (!g_str_has_suffix (name, ".json") || g_str_has_suffix (name, ".schema.json"))
        continue;
      business = load (path);
      file = g_strconcat (zc_business_get_id (business), ".json", NULL);
      g_assert_cmpstr (name, ==, file);
      text = zc_business_export_schema (business);
      schema = zc_json_parse (text, strlen (text), NULL);
      g_assert_nonnull (schema);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* Damaged files are refused with a message or taken; nothing else happens. */
static void
test_damaged (void)
{
  static const char bytes[] = "\"{}[]:,0a-_. \n\xff";
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_getenv ("ZC_TEST_ODD"), &text, &length, NULL));
  for (gsize i = 0; i < length; i += 3)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) short_error = NULL;
      g_autoptr (ZcBusiness) business = NULL;
      char kept = text[i];

      text[i] = bytes[(i / 3) % (sizeof bytes - 1)];
      business = zc_business_parse (text, length, &error);
      g_assert_true ((business != NULL) == (error == NULL));
      text[i] = kept;
      g_assert_null (zc_business_parse (text, i, &short_error));
      g_assert_nonnull (short_error);
    }
}

/* The text is published as it is, to the byte. */
static void
test_text (void)
{
  g_autofree char *text = NULL;
  g_autoptr (ZcBusiness) business = load (g_getenv ("ZC_TEST_ODD"));
  gsize length, published;

  g_assert_true (g_file_get_contents (g_getenv ("ZC_TEST_ODD"), &text, &length, NULL));
  g_assert_cmpmem (zc_business_get_text (business, &published), published, text, length);
}

/* A small right business; each case replaces one piece of it. */
static const char small[]
    = "{'id':'b','revision':1,'title':'业务','target':['unit','level'],'stages':['unit','office'],"
      "'instructions':'读','sections':["
      "{'id':'one','title':'一','fields':["
      "{'id':'t','type':'text','label':'文','max_length':9},"
      "{'id':'c','type':'choice','label':'选','choices':['甲','乙']},"
      "{'id':'f','type':'flag','label':'否'},"
      "{'id':'n','type':'integer','label':'数','min':0,'max':5},"
      "{'id':'d','type':'date','label':'日'},"
      "{'id':'s','type':'computed','label':'和','sum':['n']},"
      "{'id':'w','type':'text','label':'名','from':'account.name'},"
      "{'id':'p','type':'images','label':'图','images':{'max':2,'max_bytes':100}}]},"
      "{'id':'many','title':'多','entries':{'min':0,'max':3},'entry_title':'x','fields':["
      "{'id':'x','type':'text','label':'文'},{'id':'y','type':'month','label':'月','not_before':'z'"
      "},"
      "{'id':'z','type':'month','label':'起'}]},"
      "{'id':'late','title':'后','fills':'unit','fields':[{'id':'o','type':'flag','label':'见'}]}]"
      "}";

typedef struct
{
  const char *name;
  const char *piece;
  const char *instead;
  const char *message; /* NULL: is taken */
} Case;

static const Case cases[] = {
  { "as-it-is", "'id':'b'", "'id':'b'", NULL },
  { "all-shapes", "'id':'b'", "'id':'a9_z'", NULL },
  { "unknown-member", "'id':'b',", "'id':'b','colour':1,", "\"colour\"" },
  { "unknown-member-of-section", "'title':'一',", "'title':'一','colour':1,", "sections[0]: " },
  { "unknown-member-of-field", "'label':'文',", "'label':'文','colour':1,",
    "sections[0].fields[0]: " },
  { "unknown-member-of-images", "'max_bytes':100", "'max_bytes':100,'dpi':3",
    "sections[0].fields[7].images: " },
  { "missing-title", "'title':'业务',", "", "\"title\"" },
  { "wrong-type", "'revision':1", "'revision':'1'", "\"revision\"" },
  { "not-an-object", "{'id':'x','type':'text','label':'文'}", "7", "sections[1].fields[0]: " },
  { "revision-zero", "'revision':1", "'revision':0", "revision: " },
  { "bad-id", "'id':'b'", "'id':'B'", "id: “B”" },
  { "bad-section-id", "'id':'one'", "'id':'one-1'", "sections[0].id: " },
  { "bad-field-id", "'id':'t'", "'id':'9'", "sections[0].fields[0].id: " },
  { "reserved-section-id", "'id':'one'", "'id':'target'", "sections[0].id: " },
  { "same-section-twice", "'id':'many'", "'id':'one'", "sections[1].id: " },
  { "same-field-twice", "'id':'c'", "'id':'t'", "sections[0].fields[1].id: " },
  { "blank-label", "'label':'文','max", "'label':' \\u3000','max",
    "sections[0].fields[0].label: " },
  { "control-in-label", "'label':'文','max", "'label':'文\\u0007','max",
    "sections[0].fields[0].label: " },
  { "unknown-type", "'type':'flag','label':'否'", "'type':'colour','label':'否'",
    "sections[0].fields[2].type: " },
  { "member-of-another-type", "'type':'flag','label':'否'", "'type':'flag','label':'否','max':3",
    "sections[0].fields[2].max: " },
  { "consent-not-a-flag", "'label':'文','max", "'label':'文','consent':true,'max",
    "sections[0].fields[0].consent: " },
  { "unknown-target", "['unit','level']", "['unit','moon']", "target: " },
  { "unknown-stage", "['unit','office']", "['unit','moon']", "stages: " },
  { "applicant-is-no-stage", "['unit','office']", "['applicant']", "stages: " },
  { "stage-twice", "['unit','office']", "['unit','unit']", "stages: " },
  { "no-stages", "['unit','office']", "[]", "stages: " },
  { "unknown-year-rule", "'id':'b'", "'id':'b','year_rule':'often'", "year_rule: " },
  { "unknown-resubmit", "'id':'b'", "'id':'b','resubmit':'never'", "resubmit: " },
  { "unknown-lock", "'title':'一',", "'title':'一','locked_until':'dawn',",
    "sections[0].locked_until: " },
  { "unknown-fills", "'fills':'unit'", "'fills':'moon'", "sections[2].fills: " },
  { "no-fields", "[{'id':'o','type':'flag','label':'见'}]", "[]", "sections[2].fields: " },
  { "choice-without-choices", ",'choices':['甲','乙']", "", "sections[0].fields[1]: " },
  { "choices-and-catalog", "'choices':['甲','乙']", "'choices':['甲'],'catalog':'nations'",
    "sections[0].fields[1]: " },
  { "catalog", "'choices':['甲','乙']", "'catalog':'degrees'", NULL },
  { "unknown-catalog", "'choices':['甲','乙']", "'catalog':'moons'",
    "sections[0].fields[1].catalog: " },
  { "choice-twice", "'choices':['甲','乙']", "'choices':['甲','甲']",
    "sections[0].fields[1].choices: " },
  { "empty-choice", "'choices':['甲','乙']", "'choices':['甲','']",
    "sections[0].fields[1].choices: " },
  { "lengths-cross", "'max_length':9", "'max_length':9,'min_length':10",
    "sections[0].fields[0].min_length: " },
  { "length-zero", "'max_length':9", "'max_length':0", "sections[0].fields[0].max_length: " },
  { "range-crosses", "'min':0,'max':5", "'min':6,'max':5", "sections[0].fields[3].min: " },
  { "range-of-one", "'min':0,'max':5", "'min':5,'max':5", NULL },
  { "half-an-integer", "'min':0,'max':5", "'min':0.5,'max':5", "sections[0].fields[3].min: " },
  { "images-missing", ",'images':{'max':2,'max_bytes':100}", "", "sections[0].fields[7].images: " },
  { "images-cross", "'max':2,'max_bytes':100", "'min':3,'max':2,'max_bytes':100",
    "sections[0].fields[7].images.min: " },
  { "images-none", "'max':2,'max_bytes':100", "'max':0,'max_bytes':100",
    "sections[0].fields[7].images.max: " },
  { "images-without-bytes", "'max':2,'max_bytes':100", "'max':2",
    "sections[0].fields[7].images: " },
  { "images-wider-than-jpeg", "'max_bytes':100", "'max_bytes':100,'min_width':65536",
    "sections[0].fields[7].images.min_width: " },
  { "entries-cross", "'min':0,'max':3", "'min':4,'max':3", "sections[1].entries.min: " },
  { "entries-without-max", "'min':0,'max':3", "'min':0", "sections[1].entries: " },
  { "entry-title-unknown", "'entry_title':'x'", "'entry_title':'q'", "sections[1].entry_title: " },
  { "entry-title-without-entries", "'title':'一',", "'title':'一','entry_title':'t',",
    "sections[0].entry_title: " },
  { "sum-unknown", "'sum':['n']", "'sum':['q']", "sections[0].fields[5].sum: " },
  { "sum-of-text", "'sum':['n']", "'sum':['t']", "sections[0].fields[5].sum: " },
  { "sum-of-itself", "'sum':['n']", "'sum':['s']", "sections[0].fields[5].sum: " },
  { "computed-without-sum", ",'sum':['n']", "", "sections[0].fields[5]: " },
  { "computed-required", "'sum':['n']", "'sum':['n'],'required':true",
    "sections[0].fields[5].required: " },
  { "order-unknown", "'not_before':'z'", "'not_before':'q'", "sections[1].fields[1].not_before: " },
  { "order-after-itself", "'not_before':'z'", "'not_before':'y'",
    "sections[1].fields[1].not_before: " },
  { "order-of-text", "'not_before':'z'", "'not_before':'x'", "sections[1].fields[1].not_before: " },
  { "notice", "'label':'日'}", "'label':'日'},{'id':'e','type':'date','label':'止','not_before':'d','min_working_days':5}", NULL },
  { "notice-of-no-day", "'label':'日'}",
    "'label':'日'},{'id':'e','type':'date','label':'止','not_before':'d','min_working_days':0}",
    "sections[0].fields[5].min_working_days: " },
  { "notice-too-long", "'label':'日'}",
    "'label':'日'},{'id':'e','type':'date','label':'止','not_before':'d','min_working_days':201}",
    "sections[0].fields[5].min_working_days: " },
  { "notice-without-start", "'label':'日'", "'label':'日','min_working_days':5",
    "sections[0].fields[4].min_working_days: " },
  { "notice-that-starts-in-a-month", "'type':'month','label':'月'",
    "'type':'date','label':'月','min_working_days':5", "sections[1].fields[1].min_working_days: " },
  { "notice-that-ends-in-a-month", "'not_before':'z'", "'not_before':'z','min_working_days':5",
    "sections[1].fields[1].min_working_days: " },
  { "from-unknown", "'from':'account.name'", "'from':'account.password'",
    "sections[0].fields[6].from: " },
  { "from-no-such-target", "'from':'account.name'", "'from':'target.committee'",
    "sections[0].fields[6].from: " },
  { "from-target", "'from':'account.name'", "'from':'target.level'", NULL },
  { "from-required", "'from':'account.name'", "'from':'account.name','required':true",
    "sections[0].fields[6].required: " },
  { "advised", "'label':'否'", "'label':'否','advised':true", NULL },
  { "advised-when", "'label':'否'", "'label':'否','advised_when':{'.c':['甲']}", NULL },
  { "advised-and-required", "'label':'否'", "'label':'否','required':true,'advised':true",
    "sections[0].fields[2].advised: " },
  { "advised-when-and-required", "'label':'否'",
    "'label':'否','required':true,'advised_when':{'.c':['甲']}",
    "sections[0].fields[2].advised_when: " },
  { "advised-twice", "'label':'否'", "'label':'否','advised':true,'advised_when':{'.c':['甲']}",
    "sections[0].fields[2].advised_when: " },
  { "advised-when-unknown", "'label':'否'", "'label':'否','advised_when':{'.q':['甲']}",
    "sections[0].fields[2].advised_when[“.q”]: " },
  { "advised-sum", "'sum':['n']", "'sum':['n'],'advised':true", "sections[0].fields[5].advised: " },
  { "advise-min", "'min':0,'max':5", "'min':0,'max':5,'advise_min':5", NULL },
  { "advise-min-of-sum", "'sum':['n']", "'sum':['n'],'advise_min':2.5", NULL },
  { "advise-min-says-nothing", "'min':0,'max':5", "'min':0,'max':5,'advise_min':0",
    "sections[0].fields[3].advise_min: " },
  { "advise-min-out-of-reach", "'min':0,'max':5", "'min':0,'max':5,'advise_min':6",
    "sections[0].fields[3].advise_min: " },
  { "advise-min-of-text", "'max_length':9", "'max_length':9,'advise_min':1",
    "sections[0].fields[0].advise_min: " },
  { "advise-share", "'min':0,'max':5", "'min':0,'max':5,'advise_share':{'of':'s','parts':2,'in':3}",
    NULL },
  { "advise-share-of-text", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'t','parts':2,'in':3}",
    "sections[0].fields[3].advise_share: " },
  { "advise-share-of-itself", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'n','parts':2,'in':3}",
    "sections[0].fields[3].advise_share: " },
  { "advise-more-than-all", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'s','parts':4,'in':3}",
    "sections[0].fields[3].advise_share.parts: " },
  { "advise-share-of-none", "'min':0,'max':5",
    "'min':0,'max':5,'advise_share':{'of':'s','parts':0,'in':3}",
    "sections[0].fields[3].advise_share.parts: " },
  { "advise-entries", "'min':0,'max':3", "'max':3,'advise_min':3", NULL },
  { "advise-too-many-entries", "'min':0,'max':3", "'max':3,'advise_min':4",
    "sections[1].entries.advise_min: " },
  { "min-when", "'min':0,'max':3", "'min':1,'max':3,'min_when':{'one.c':['甲']}", NULL },
  { "min-when-without-min", "'min':0,'max':3", "'max':3,'min_when':{'one.c':['甲']}",
    "sections[1].entries.min_when: " },
  { "min-when-in-the-entry", "'min':0,'max':3", "'min':1,'max':3,'min_when':{'.x':['甲']}",
    "sections[1].entries.min_when[“.x”]: " },
  { "same-as", "'max_length':9", "'max_length':9,'same_as':'account.name'", NULL },
  { "same-as-a-secret", "'max_length':9", "'max_length':9,'same_as':'account.password'",
    "sections[0].fields[0].same_as: " },
  { "same-as-not-a-text", "'min':0,'max':5", "'min':0,'max':5,'same_as':'account.name'",
    "sections[0].fields[3].same_as: " },
  { "required-and-required-when", "'label':'否'",
    "'label':'否','required':true,'required_when':{'.c':['甲']}",
    "sections[0].fields[2].required_when: " },
};

/* Conditions, put on the flag of the first section. */
static const Case conditions[] = {
  { "same-section", NULL, "'when':{'.c':['甲']}", NULL },
  { "named-section", NULL, "'when':{'one.c':['甲','乙']}", NULL },
  { "target", NULL, "'when':{'target.level':['senior']}", NULL },
  { "account", NULL, "'unless':{'account.has_title':['false']}", NULL },
  { "required-when", NULL, "'required_when':{'.n':['3'],'.c':['甲']}", NULL },
  { "unknown-field", NULL, "'when':{'.q':['甲']}", "sections[0].fields[2].when[“.q”]: " },
  { "unknown-section", NULL, "'unless':{'q.c':['甲']}", "sections[0].fields[2].unless[“q.c”]: " },
  { "unknown-field-there", NULL, "'required_when':{'one.q':['甲']}",
    "sections[0].fields[2].required_when[“one.q”]: " },
  { "target-not-asked", NULL, "'when':{'target.committee':['x']}", "when[“target.committee”]: " },
  { "account-secret", NULL, "'when':{'account.name':['x']}", "when[“account.name”]: " },
  { "no-key", NULL, "'when':{}", "sections[0].fields[2].when: " },
  { "key-without-dot", NULL, "'when':{'c':['甲']}", "when[“c”]: " },
  { "key-with-two-dots", NULL, "'when':{'one.c.d':['甲']}", "when[“one.c.d”]: " },
  { "no-values", NULL, "'when':{'.c':[]}", "when[“.c”]: " },
  { "values-no-list", NULL, "'when':{'.c':'甲'}", "when[“.c”]: " },
  { "value-no-choice", NULL, "'when':{'.c':['丙']}", "when[“.c”]: " },
  { "value-no-integer", NULL, "'when':{'.n':['three']}", "when[“.n”]: " },
  { "value-no-flag", NULL, "'when':{'account.has_title':['maybe']}",
    "when[“account.has_title”]: " },
  { "repeating-section", NULL, "'when':{'many.x':['甲']}", "when[“many.x”]: " },
  { "unit-comes-later", NULL, "'when':{'late.o':['true']}", "when[“late.o”]: " },
  { "images", NULL, "'when':{'.p':['x']}", "when[“.p”]: " },
  { "from-elsewhere", NULL, "'when':{'.w':['x']}", "when[“.w”]: " },
  { "itself", NULL, "'when':{'.f':['true']}", "sections[0].fields[2]: " },
};

static char *
quote (const char *text)
{
  char *quoted = g_strdup (text);

  g_strdelimit (quoted, "'", '"');
  return quoted;
}

static void
check_text (const char *text, const char *message)
{
  g_autofree char *quoted = quote (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBusiness) business = zc_business_parse (quoted, strlen (quoted), &error);

  if (message == NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_null (business);
  g_assert_nonnull (error);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” does not name %s", error->message, message);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  const char *at = strstr (small, one->piece);
  g_autofree char *text = NULL;

  g_assert_nonnull (at);
  text = g_strdup_printf ("%.*s%s%s", (int)(at - small), small, one->instead,
                          at + strlen (one->piece));
  check_text (text, one->message);
}

/* Put behind the business's own members, which ask a name and a credit code in several ways. */
static const Case admissions[] = {
  { "whole", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c'}", NULL },
  { "another-kind", NULL, "{'kind':'office','name':'one.n','credit_code':'one.c'}",
    "admits.kind: " },
  { "no-code", NULL, "{'kind':'unit','name':'one.n'}", "admits: " },
  { "surplus", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','x':1}", "admits: " },
  { "no-dot", NULL, "{'kind':'unit','name':'n','credit_code':'one.c'}", "admits.name: " },
  { "empty", NULL, "{'kind':'unit','name':'','credit_code':'one.c'}", "admits.name: " },
  { "no-section", NULL, "{'kind':'unit','name':'q.n','credit_code':'one.c'}", "admits.name: " },
  { "no-field", NULL, "{'kind':'unit','name':'one.q','credit_code':'one.c'}", "admits.name: " },
  { "name-no-text", NULL, "{'kind':'unit','name':'one.c','credit_code':'one.c'}",
    "admits.name: " },
  { "code-a-text", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.n'}",
    "admits.credit_code: " },
  { "not-required", NULL, "{'kind':'unit','name':'one.o','credit_code':'one.c'}",
    "admits.name: " },
  { "of-the-account", NULL, "{'kind':'unit','name':'one.a','credit_code':'one.c'}",
    "admits.name: " },
  { "sometimes", NULL, "{'kind':'unit','name':'one.w','credit_code':'one.c'}", "admits.name: " },
  { "in-entries", NULL, "{'kind':'unit','name':'many.n','credit_code':'one.c'}",
    "admits.name: " },
  { "of-the-unit", NULL, "{'kind':'unit','name':'late.n','credit_code':'one.c'}",
    "admits.name: " },
  { "hidden-section", NULL, "{'kind':'unit','name':'some.n','credit_code':'one.c'}",
    "admits.name: " },
  { "all", NULL,
    "{'kind':'unit','name':'one.n','credit_code':'one.c','seal':'one.s','head':'one.h',"
    "'working_days':3}",
    NULL },
  { "seal-no-image", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','seal':'one.n'}",
    "admits.seal: " },
  { "two-seals", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','seal':'one.p'}",
    "admits.seal: " },
  { "head-a-text", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','head':'one.n'}",
    "admits.head: " },
  { "heads", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','head':'many.c'}",
    "admits.head: " },
  { "no-day", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c','working_days':0}",
    "admits.working_days: " },
};
/* The same, of a business that changes a unit. */
static const Case amendments[] = {
  { "name", NULL, "{'kind':'unit','name':'one.n'}", NULL },
  { "seal", NULL, "{'kind':'unit','seal':'one.s','working_days':3}", NULL },
  { "both", NULL, "{'kind':'unit','name':'one.n','seal':'one.s'}", NULL },
  { "head", NULL, "{'kind':'unit','head':'one.h'}", NULL },
  { "head-a-text", NULL, "{'kind':'unit','head':'one.n'}", "amends.head: " },
  { "neither", NULL, "{'kind':'unit'}", "amends: " },
  { "another-kind", NULL, "{'kind':'office','name':'one.n'}", "amends.kind: " },
  { "surplus", NULL, "{'kind':'unit','name':'one.n','credit_code':'one.c'}", "amends: " },
  { "not-required", NULL, "{'kind':'unit','name':'one.o'}", "amends.name: " },
  { "two-seals", NULL, "{'kind':'unit','seal':'one.p'}", "amends.seal: " },
  { "too-many-days", NULL, "{'kind':'unit','name':'one.n','working_days':4294967297}",
    "amends.working_days: " },
};
static const char admitting[]
    = "{'id':'b','revision':1,'title':'业务','target':['%s'],'stages':['office'],'sections':["
      "{'id':'one','title':'一','fields':["
      "{'id':'n','type':'text','label':'名','required':true},"
      "{'id':'o','type':'text','label':'名'},"
      "{'id':'a','type':'text','label':'名','from':'account.name'},"
      "{'id':'f','type':'flag','label':'否'},"
      "{'id':'w','type':'text','label':'名','required':true,'when':{'.f':['true']}},"
      "{'id':'c','type':'credit-code','label':'码','required':true},"
      "{'id':'h','type':'credit-code','label':'总','required':true,'when':{'.f':['true']}},"
      "{'id':'s','type':'images','label':'章','required':true,'images':{'max':1,'max_bytes':9}},"
      "{'id':'p','type':'images','label':'章','required':true,'images':{'max':2,'max_bytes':9}}]},"
      "{'id':'many','title':'多','entries':{'min':1,'max':3},'fields':["
      "{'id':'c','type':'credit-code','label':'码','required':true},"
      "{'id':'n','type':'text','label':'名','required':true}]},"
      "{'id':'some','title':'有','when':{'one.f':['true']},'fields':["
      "{'id':'n','type':'text','label':'名','required':true}]},"
      "{'id':'late','title':'后','fills':'unit','fields':["
      "{'id':'n','type':'text','label':'名','required':true}]}],'%s':%s}";

static void
check_taking (const char *target, const char *member, const Case *one)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *text = g_strdup_printf (admitting, target, member, one->instead);
  g_autofree char *homeless = g_strdup_printf (admitting, "level", member, one->instead);
#pragma GCC diagnostic pop

  check_text (text, one->message);
  check_text (homeless, member);
}

static void
test_admission (gconstpointer data)
{
  check_taking ("office", "admits", data);
}

static void
test_amendment (gconstpointer data)
{
  check_taking ("unit", "amends", data);
}

/* What may be changed of a unit, by one business each, and where its digest or text is read (U2). */
static void
test_unit_changes (void)
{
  static const char document[] = "{\"values\":{\"seal_new_imprint\":[{\"sha256\":\"ab\"}]}}";
  const char *directory = g_getenv ("ZC_TEST_BUSINESSES");
  g_autofree char *rename = g_build_filename (directory, "unit_rename.json", NULL);
  g_autofree char *reseal = g_build_filename (directory, "unit_seal.json", NULL);
  g_autoptr (ZcBusiness) renaming = load (rename);
  g_autoptr (ZcBusiness) resealing = load (reseal);
  g_autoptr (ZcJson) answers = zc_json_parse (document, strlen (document), NULL);
  const ZcAmendment *name = zc_business_get_amendment (renaming);
  const ZcAmendment *seal = zc_business_get_amendment (resealing);
  const ZcJsonValue *sections[8] = { NULL };

  g_assert_null (zc_business_get_admission (renaming));
  g_assert_cmpstr (name->name.field->id, ==, "renamed_to");
  g_assert_null (name->seal.field);
  g_assert_null (zc_answer_place_get_image (&name->seal, sections));
  g_assert_null (seal->name.field);
  g_assert_cmpuint (seal->working_days, ==, 3);
  g_assert_null (zc_answer_place_get_image (&seal->seal, sections));
  sections[seal->seal.section] = zc_json_root (answers);
  g_assert_cmpstr (zc_answer_place_get_image (&seal->seal, sections), ==, "ab");
}

static void
test_condition (gconstpointer data)
{
  static const char flag[] = "'type':'flag','label':'否'";
  const Case *one = data;
  const char *after = strstr (small, flag) + strlen (flag);
  g_autofree char *text
      = g_strdup_printf ("%.*s,%s%s", (int)(after - small), small, one->instead, after);

  check_text (text, one->message);
}

/* Two fields that wait for each other; a section that waits for itself. */
static void
test_cycles (void)
{
  static const char head[]
      = "{'id':'b','revision':1,'title':'业','target':['unit'],'stages':['unit'],'sections':[";
  g_autofree char *pair
      = g_strconcat (head,
                     "{'id':'a','title':'一','fields':[{'id':'f','type':'flag','label':'一','when':"
                     "{'.g':['true']}},"
                     "{'id':'g','type':'flag','label':'二','unless':{'.f':['true']}}]}]}",
                     NULL);
  g_autofree char *section = g_strconcat (head,
                                          "{'id':'a','title':'一','when':{'a.f':['true']},'fields':"
                                          "[{'id':'f','type':'flag','label':'一'}]}]}",
                                          NULL);
  g_autofree char *across = g_strconcat (head,
                                         "{'id':'a','title':'一','when':{'z.g':['true']},'fields':["
                                         "{'id':'f','type':'flag','label':'一'}]},"
                                         "{'id':'z','title':'二','fields':[{'id':'g','type':'flag',"
                                         "'label':'二','when':{'a.f':['false']}}]}]}",
                                         NULL);

  check_text (pair, "sections[0].fields[0]: ");
  check_text (section, "sections[0].fields[0]: ");
  check_text (across, "sections[0].fields[0]: ");
}

/* Each field hangs on all before it: what doubles at each step is refused before it is ever asked.
 */
static void
test_entangled (void)
{
  g_autoptr (GString) text = g_string_new (
      "{'id':'b','revision':1,'title':'业','target':['unit'],'stages':['unit'],'sections':[{'id':'"
      "a','title':'一','fields':["
      "{'id':'f0','type':'flag','label':'零'},{'id':'f1','type':'flag','label':'一'}");

  for (int i = 2; i < 30; i++)
    g_string_append_printf (
        text, ",{'id':'f%d','type':'flag','label':'多','when':{'.f%d':['true'],'a.f%d':['true']}}",
        i, i - 1, i - 2);
  g_string_append (text, "]}]}");
  check_text (text->str, "sections[0].fields[");
}

/* More than the format's bounds is refused before anything walks it. */
static void
test_bounds (void)
{
  g_autoptr (GString) text = g_string_new (
      "{'id':'b','revision':1,'title':'业','target':['unit'],'stages':['unit'],'sections':[");

  for (int i = 0; i < 65; i++)
    g_string_append_printf (
        text, "%s{'id':'s%d','title':'一','fields':[{'id':'f','type':'flag','label':'一'}]}",
        i > 0 ? "," : "", i);
  g_string_append (text, "]}");
  check_text (text->str, "sections: ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/business/S3.1.2a/evaluation", test_evaluation);
  g_test_add_func ("/business/B3/evaluation-limits", test_evaluation_limits);
  g_test_add_func ("/business/S3.1.2c/evaluation-pages", test_evaluation_pages);
  g_test_add_func ("/business/B3/catalogs", test_catalogs);
  g_test_add_func ("/business/U1/unit-registration", test_unit_registration);
  g_test_add_func ("/business/U2/unit-changes", test_unit_changes);
  g_test_add_func ("/business/B5/odd", test_odd);
  g_test_add_func ("/business/B5/shipped", test_shipped);
  g_test_add_func ("/business/B5/damaged", test_damaged);
  g_test_add_func ("/business/B4/text", test_text);
  g_test_add_func ("/business/B5/cycles", test_cycles);
  g_test_add_func ("/business/B5/entangled", test_entangled);
  g_test_add_func ("/business/B5/bounds", test_bounds);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/B5/file/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/B5/condition/%s", conditions[i].name);

      g_test_add_data_func (path, &conditions[i], test_condition);
    }
  for (guint i = 0; i < G_N_ELEMENTS (admissions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/U1/admits/%s", admissions[i].name);

      g_test_add_data_func (path, &admissions[i], test_admission);
    }
  for (guint i = 0; i < G_N_ELEMENTS (amendments); i++)
    {
      g_autofree char *path = g_strdup_printf ("/business/U2/amends/%s", amendments[i].name);

      g_test_add_data_func (path, &amendments[i], test_amendment);
    }
  return g_test_run ();
}
