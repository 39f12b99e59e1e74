/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-date-entry.h"
#include "zc-image-text.h"
#include "zc-local-store.h"
#include "zc-problem-text.h"
#include "zc-refusal-text.h"
#include "zc-rule-text.h"
#include "zc-sync-text.h"

/* The sentences of the form: every code has its own, says what to do, and names the limit it is given. */

static void
test_every_problem (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = ZC_PROBLEM_REQUIRED; code < ZC_PROBLEM_LAST; code++)
    {
      ZcProblem problem = { .code = code, .limit = 1234567 };
      char *text = zc_problem_dup_text (&problem, NULL);

      g_assert_cmpuint (strlen (text), >, 10);
      g_assert_false (g_str_has_suffix (text, ".")); /* it also stands inside a line */
      if (!g_hash_table_add (seen, text) && code < ZC_PROBLEM_PASSWORD_SHORT)
        g_error ("%s shares its sentence with another code", zc_problem_code_to_string (code));
    }
}

static void
test_limits_in_problems (void)
{
  static const struct
  {
    ZcProblemCode code;
    gint64 limit;
    const char *holds;
  } cases[] = {
    { ZC_PROBLEM_TOO_LONG, 1500, "1500" },          { ZC_PROBLEM_TOO_MANY_IMAGES, 5, "5" },
    { ZC_PROBLEM_TOO_MANY_BYTES, 614400, "600 KB" }, { ZC_PROBLEM_TOO_NARROW, 295, "295" },
    { ZC_PROBLEM_TOO_LOW, 413, "413" },             { ZC_PROBLEM_EDGE_TOO_SHORT, 800, "800" },
    { ZC_PROBLEM_TOO_MANY_PIXELS, 50000000, "50" }, { ZC_PROBLEM_TOO_FEW_ENTRIES, 1, "1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ZcProblem problem = { .code = cases[i].code, .limit = cases[i].limit };
      g_autofree char *text = zc_problem_dup_text (&problem, NULL);

      g_assert_nonnull (strstr (text, cases[i].holds));
    }
}

static void
test_required_by_type (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  static const ZcFieldType types[]
      = { ZC_FIELD_TEXT, ZC_FIELD_CHOICE, ZC_FIELD_DATE, ZC_FIELD_IMAGES, ZC_FIELD_FLAG };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      ZcProblem problem = { .code = ZC_PROBLEM_REQUIRED, .limit = -1 };
      ZcField field = { .type = types[i] };

      g_assert_true (g_hash_table_add (seen, zc_problem_dup_text (&problem, &field)));
    }
}

/* Advice says that one may go on without it (P8). */
static void
test_advice (void)
{
  static const ZcProblemCode codes[]
      = { ZC_PROBLEM_REQUIRED, ZC_PROBLEM_TOO_SMALL, ZC_PROBLEM_TOO_FEW_ENTRIES };
  static const ZcFieldType types[] = { ZC_FIELD_TEXT, ZC_FIELD_CHOICE, ZC_FIELD_IMAGES };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (types); j++)
      {
        ZcProblem problem = { .code = codes[i], .limit = 90 };
        ZcField field = { .type = types[j] };
        g_autofree char *error = zc_problem_dup_text (&problem, &field);
        g_autofree char *advice = NULL;

        problem.advice = TRUE;
        advice = zc_problem_dup_text (&problem, &field);
        g_assert_cmpstr (advice, !=, error);
        g_assert_true (g_str_has_prefix (advice, "Recommended: "));
        g_assert_nonnull (strstr (advice, "you can submit with"));
        g_assert_true ((strstr (advice, "90") != NULL) == (codes[i] != ZC_PROBLEM_REQUIRED));
      }
}

static void
test_every_refusal (void)
{
  for (int code = 0; code < ZC_REFUSAL_LAST; code++)
    {
      g_autoptr (GError) error = zc_refusal_new (code, "English for logs");
      g_autofree char *text = zc_refusal_dup_text (error);

      g_assert_cmpuint (strlen (zc_refusal_what (error)), >, 10);
      g_assert_cmpuint (strlen (zc_refusal_next (error)), >, 10);
      g_assert_null (strstr (text, "English for logs"));
      g_assert_true ((zc_refusal_who (error) != NULL) == (zc_refusal_lifted_by (code) != NULL));
      g_assert_true ((zc_rule_text_find (zc_refusal_rule (code)) != NULL) == (zc_refusal_rule (code) != NULL));
    }
}

/* Whoever has it now is named all through: in what happened, what to do and who can lift it; no other is (N12). */
static void
test_withdraw_too_late (void)
{
  static const struct
  {
    ZcRefusal code;
    const char *holder; /* NULL: nobody can return it any more */
  } cases[] = {
    { ZC_REFUSAL_ALREADY_ACCEPTED, "our unit" },
    { ZC_REFUSAL_WITH_DEPARTMENT, "he department" },
    { ZC_REFUSAL_WITH_OFFICE, "he title reform office" },
    { ZC_REFUSAL_WITH_COMMITTEE, "he committee" },
    { ZC_REFUSAL_EXAMINED, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = zc_refusal_new (cases[i].code, "x");
      const char *const texts[] = { zc_refusal_what (error), zc_refusal_next (error), zc_refusal_who (error) };

      g_assert_true ((strstr (texts[1], "return it") != NULL) == (cases[i].holder != NULL));
      for (gsize text = 0; text < G_N_ELEMENTS (texts); text++)
        for (gsize other = 0; other + 1 < G_N_ELEMENTS (cases); other++)
          g_assert_true ((strstr (texts[text], cases[other].holder) != NULL) == (other == i));
    }
}

static void
test_refusal_details (void)
{
  g_autoptr (GError) wait = zc_refusal_new (ZC_REFUSAL_TOO_MANY, "x");
  g_autoptr (GError) image = zc_refusal_new (ZC_REFUSAL_IMAGE, "x");
  g_autoptr (GError) disk = g_error_new_literal (ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_DISK, "x");
  g_autoptr (GError) strange = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_problem_free);
  g_autofree char *wait_text = NULL;
  g_autofree char *image_text = NULL;

  zc_refusal_set_retry (wait, 42);
  g_ptr_array_add (problems, zc_problem_new (ZC_PROBLEM_IMAGE_TRUNCATED, NULL, NULL, NULL, NULL, -1));
  zc_refusal_take_problems (image, problems);
  wait_text = zc_refusal_dup_text (wait);
  image_text = zc_refusal_dup_text (image);
  g_assert_nonnull (strstr (wait_text, "42"));
  g_assert_nonnull (strstr (image_text, "in the middle of the picture"));
  g_assert_nonnull (strstr (zc_refusal_what (disk), "Not saved"));
  g_assert_cmpuint (strlen (zc_refusal_what (strange)), >, 5);
}

static void
test_image_limits (void)
{
  static const struct
  {
    ZcImageLimits limits;
    const char *text;
  } cases[] = {
    { { 1, 1, 512000, 0, 0, 0 }, "JPEG, 1 images, each up to 500 KB" },
    { { 1, 2, 307200, 295, 413, 0 }, "JPEG, 1 to 2 images, each up to 300 KB, at least 295 × 413 pixels" },
    { { 0, 5, 614400, 0, 0, 800 }, "JPEG, up to 5 images, each up to 600 KB, longer edge at least 800 pixels" },
    { { 0, 50, 2097152, 0, 0, 0 }, "JPEG, up to 50 images, each up to 2 MB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = zc_image_limits_dup_text (&cases[i].limits);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_bytes (void)
{
  static const struct
  {
    gint64 bytes;
    const char *text;
  } cases[] = { { 0, "0 bytes" },     { 1023, "1023 bytes" },  { 307200, "300 KB" },
                { 307201, "301 KB" }, { 1048576, "1 MB" },     { 1048577, "1.1 MB" },
                { 5138022, "4.9 MB" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = zc_bytes_dup_text (cases[i].bytes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_dates (void)
{
  static const struct
  {
    const char *typed;
    gboolean month;
    const char *date;
  } cases[] = {
    { "2019-07-01", FALSE, "2019-07-01" }, { "2019-7-1", FALSE, "2019-07-01" },
    { "2019.7.1", FALSE, "2019-07-01" },   { "2019/07/01", FALSE, "2019-07-01" },
    { "２０１９．７．１", FALSE, "2019-07-01" }, { "２０１９年１２月", TRUE, "2019-12" },
    { "20190701", FALSE, "2019-07-01" },   { "2019年7月1日", FALSE, "2019-07-01" },
    { "2019-02-29", FALSE, NULL },         { "2019-07", FALSE, NULL },
    { "201907011", FALSE, NULL },          { "", FALSE, NULL },
    { "2019-07", TRUE, "2019-07" },        { "2019年7月", TRUE, "2019-07" },
    { "201907", TRUE, "2019-07" },         { "2019-13", TRUE, NULL },
    { "2019-07-01", TRUE, NULL },          { "去年", TRUE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *date = zc_date_normalize (cases[i].typed, cases[i].month);

      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

/* Wherever an image or a text is, that is said in words; held up is not merely waiting. */
static void
test_where_it_is (void)
{
  for (int state = ZC_SYNC_UNSAVED; state <= ZC_SYNC_ON_SERVER; state++)
    {
      g_assert_cmpstr (zc_sync_state_text ((ZcSyncState) state), !=, "");
      g_assert_cmpstr (zc_image_state_text ((ZcSyncState) state), !=, "");
    }
  g_assert_cmpstr (zc_image_state_text (ZC_SYNC_HELD_UP), !=, zc_image_state_text (ZC_SYNC_WAITING));
  g_assert_cmpstr (zc_sync_state_text (ZC_SYNC_HELD_UP), !=, zc_sync_state_text (ZC_SYNC_SAVED));
}

int
main (int argc, char *argv[])
{
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-texts/S3.1.2c/every-problem", test_every_problem);
  g_test_add_func ("/form-texts/S3.1.2c/limits", test_limits_in_problems);
  g_test_add_func ("/form-texts/S3.1.2b/required-by-type", test_required_by_type);
  g_test_add_func ("/form-texts/P8/advice", test_advice);
  g_test_add_func ("/form-texts/N12/every-refusal", test_every_refusal);
  g_test_add_func ("/form-texts/S3.1.5b/withdraw-too-late", test_withdraw_too_late);
  g_test_add_func ("/form-texts/N12/details", test_refusal_details);
  g_test_add_func ("/form-texts/B3/image-limits", test_image_limits);
  g_test_add_func ("/form-texts/B3/bytes", test_bytes);
  g_test_add_func ("/form-texts/S3.1.2a/dates", test_dates);
  g_test_add_func ("/form-texts/SEC-S35/P1/where-it-is", test_where_it_is);
  return g_test_run ();
}
