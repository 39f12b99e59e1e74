/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "check-fixture.h"

/* What the tests of the check share. */

const char check_whole[]
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

ZcBusiness *
check_load (const char *path)
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

ZcJson *
check_parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  ZcJson *json = zc_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

void
check_open (CheckDossier *dossier, ZcBusiness *business, const char *text)
{
  const ZcJsonValue *root;
  guint n = zc_business_get_n_sections (business);

  *dossier = (CheckDossier){ .business = business,
                        .json = check_parse (text),
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

void
check_close (CheckDossier *dossier)
{
  zc_json_unref (dossier->json);
  g_free (dossier->sections);
  zc_business_unref (dossier->business);
}

/* The whole dossier with the first of each piece replaced. */
char *
check_replace (const char *text, const char *piece, const char *instead)
{
  const char *at = strstr (text, piece);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int)(at - text), text, instead, at + strlen (piece));
}

/* "section.field code limit; …", an entry by the last digit of its id, an image by that of its
 * digest. */
char *
check_describe (GPtrArray *problems)
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
