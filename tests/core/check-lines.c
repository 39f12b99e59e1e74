/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "zc-check.h"

/* The other half of test_schema.py and of the outside judges. check-lines FILE --schema prints the schema of a business;
 * check-lines FILE reads dossiers in the schema's form, one a line, and prints what zc_check()
 * says: the codes of what blocks, or "ok"; of advice a schema knows nothing. check-lines --load reads business files, one a line, and prints why
 * each is refused, or "ok".
 */

static ZcBusiness *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ZcBusiness *business;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  business = zc_business_parse (text, length, &error);
  if (business == NULL)
    g_error ("%s: %s", path, error->message);
  return business;
}

static gboolean
knows_all (const ZcBusiness *business, const ZcJsonValue *root)
{
  for (guint i = 0; i < zc_json_size (root); i++)
    {
      const char *key = zc_json_key (root, i);

      if (strcmp (key, "target") != 0 && strcmp (key, "account") != 0
          && zc_business_find_section (business, key, NULL) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_blocking (GPtrArray *problems, gboolean any)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];

      if (problem->advice)
        continue;
      printf ("%s%s", any ? " " : "", zc_problem_code_to_string (problem->code));
      any = TRUE;
    }
  return any;
}

/* Every line is read by the clock of 2026-11-24, 00:00 in China. */
static void
print_codes (const ZcBusiness *business, const ZcJsonValue *root)
{
  guint n = zc_business_get_n_sections (business);
  g_autofree const ZcJsonValue **sections = g_new0 (const ZcJsonValue *, n);
  ZcAnswers answers = { .business = business, .sections = sections };
  gboolean any = !knows_all (business, root);

  if (any)
    printf ("%s", zc_problem_code_to_string (ZC_PROBLEM_UNKNOWN_SECTION));
  answers.target = zc_json_get (root, "target");
  answers.name = zc_json_get_string (zc_json_get (root, "account"), "name");
  answers.has_title = zc_json_get_bool (zc_json_get (root, "account"), "has_title", FALSE);
  zc_time_parse ("2026-11-24T00:00:00+08:00", &answers.now);
  for (guint i = 0; i < n; i++)
    sections[i] = zc_json_get (root, zc_business_get_section (business, i)->id);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) problems = zc_check_section (&answers, i);

      if (zc_business_get_section (business, i)->fills == ZC_FILLS_UNIT && sections[i] == NULL)
        continue;
      any = print_blocking (problems, any) || any;
    }
  printf (any ? "\n" : "ok\n");
}

static void
print_loading (const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBusiness) business = zc_business_parse (line, length, &error);

  printf ("%s\n", business != NULL ? "ok" : error->message);
}

static void
print_check (const ZcBusiness *business, const char *line, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (line, length, &error);

  if (json == NULL)
    printf ("json: %s\n", error->message);
  else
    print_codes (business, zc_json_root (json));
}

int
main (int argc, char **argv)
{
  g_autoptr (ZcBusiness) business = strcmp (argv[1], "--load") != 0 ? load (argv[1]) : NULL;
  g_autoptr (GIOChannel) in = g_io_channel_unix_new (STDIN_FILENO);
  char *text;
  gsize end;

  if (argc > 2)
    {
      g_autofree char *schema = zc_business_export_schema (business);

      puts (schema);
      return 0;
    }
  g_io_channel_set_encoding (in, NULL, NULL);
  while (g_io_channel_read_line (in, &text, NULL, &end, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autofree char *line = text;

      if (business != NULL)
        print_check (business, line, end);
      else
        print_loading (line, end);
    }
  return 0;
}
