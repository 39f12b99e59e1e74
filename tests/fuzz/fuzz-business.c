/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "zc-check.h"

/* Business files (B5), and answers checked against them: a file, a NUL, and the document of its first section. Whatever is
 * taken as a business has a schema and checks any document; what breaks the structure has a problem in the full check too. */

static void
check_document (const ZcBusiness *business, const char *text, gsize length)
{
  g_autoptr (ZcJson) document = zc_json_parse (text, length, NULL);
  g_autofree const ZcJsonValue **sections = g_new0 (const ZcJsonValue *, zc_business_get_n_sections (business));
  ZcAnswers answers = { .business = business, .sections = sections, .now = G_GINT64_CONSTANT (1800000000000) };
  g_autoptr (GPtrArray) structure = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  g_autofree char *submitted = NULL;

  if (document == NULL)
    return;
  structure = zc_check_structure (business, 0, zc_json_root (document));
  if (structure->len > 0)
    return; /* never stored, so never looked at further */
  sections[0] = zc_json_root (document);
  whole = zc_check (&answers, ZC_FILLS_APPLICANT);
  zc_section_state (&answers, 0, NULL);
  submitted = zc_answers_submitted_section (&answers, 0);
  fuzz_check (submitted != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  const char *end = memchr (text, '\0', size);
  gsize length = end != NULL ? (gsize) (end - text) : size;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBusiness) business = zc_business_parse (text, length, &error);
  g_autofree char *schema = NULL;
  g_autoptr (ZcJson) parsed = NULL;

  fuzz_check ((business == NULL) == (error != NULL));
  if (business == NULL)
    return 0;
  schema = zc_business_export_schema (business);
  parsed = zc_json_parse (schema, strlen (schema), NULL);
  fuzz_check (parsed != NULL);
  if (end != NULL)
    check_document (business, end + 1, size - length - 1);
  return 0;
}
