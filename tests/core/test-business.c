/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-business.h"

/* The loader: every file we ship is taken, everything that is wrong is refused with its place. */

static ZcBusiness *
load_shipped (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZC_TEST_BUSINESSES"), name, NULL);
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
  g_autoptr (ZcBusiness) business = load_shipped ("evaluation.json");
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

static void
test_catalogs (void)
{
  g_assert_cmpuint (g_strv_length ((GStrv)zc_catalog_choices ("nations")), ==, 56);
  g_assert_cmpuint (g_strv_length ((GStrv)zc_catalog_choices ("provinces")), ==, 34);
  g_assert_null (zc_catalog_choices ("colours"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/business/S3.1.2a/evaluation", test_evaluation);
  g_test_add_func ("/business/B3/catalogs", test_catalogs);
  return g_test_run ();
}
