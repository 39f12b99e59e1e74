/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-business.h"

/* Every business that we ship is taken, and says what it should; so does an invented one with every feature. */

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
  return g_test_run ();
}
