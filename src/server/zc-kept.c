/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-kept.h"

/* What another target leaves without a question. */

/* Neither absent nor null, "" or []. */
static gboolean
is_answer (const ZcJsonValue *value)
{
  const char *text = zc_json_string (value);

  if (zc_json_type (value) == ZC_JSON_ARRAY)
    return zc_json_size (value) > 0;
  return text != NULL ? *text != '\0' : zc_json_type (value) != ZC_JSON_NULL;
}

static gboolean
is_left (const ZcAnswers *before,
         const ZcAnswers *after,
         guint section,
         const ZcField *field,
         const ZcJsonValue *values,
         gboolean repeats)
{
  const ZcJsonValue *entry = repeats ? values : NULL;

  return is_answer (zc_json_get (values, field->id))
         && zc_field_applies (before, section, field, entry)
         && !zc_field_applies (after, section, field, entry);
}

/* In any entry of a repeating section. */
static gboolean
is_left_anywhere (const ZcAnswers *before,
                  const ZcAnswers *after,
                  guint section,
                  const ZcField *field)
{
  const ZcJsonValue *document = after->sections[section];
  const ZcJsonValue *entries = zc_json_get (document, "entries");

  if (!zc_business_get_section (after->business, section)->repeats)
    return is_left (before, after, section, field, zc_json_get (document, "values"), FALSE);
  for (guint i = 0; i < zc_json_size (entries); i++)
    if (is_left (before, after, section, field, zc_json_get (zc_json_at (entries, i), "values"),
                 TRUE))
      return TRUE;
  return FALSE;
}

static void
write_place (ZcJsonWriter *writer, const char *section, const char *field)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "section", section);
  if (field != NULL)
    zc_json_add_string (writer, "field", field);
  zc_json_end_object (writer);
}

static void
write_section (ZcJsonWriter *writer, const ZcAnswers *before, const ZcAnswers *after, guint index)
{
  const ZcSection *section = zc_business_get_section (after->business, index);
  ZcSectionState state = zc_section_state (before, index, NULL);

  if (state == ZC_SECTION_HIDDEN || state == ZC_SECTION_EMPTY || state == ZC_SECTION_OPTIONAL)
    return;
  if (!zc_section_applies (after, index))
    {
      write_place (writer, section->id, NULL);
      return;
    }
  for (guint i = 0; i < section->n_fields; i++)
    if (is_left_anywhere (before, after, index, &section->fields[i]))
      write_place (writer, section->id, section->fields[i].id);
}

/**
 * zc_kept_to_json:
 * @before: as it was addressed
 * @after: the same answers, as it is addressed now
 *
 * Returns: (transfer full): a JSON array of the applicant's sections, and of fields in sections that
 * stay, which were asked for and filled in and are not asked for any more
 */
char *
zc_kept_to_json (const ZcAnswers *before, const ZcAnswers *after)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_array (&writer, NULL);
  for (guint i = 0; i < zc_business_get_n_sections (after->business); i++)
    if (zc_business_get_section (after->business, i)->fills == ZC_FILLS_APPLICANT)
      write_section (&writer, before, after, i);
  zc_json_end_array (&writer);
  return g_string_free_and_steal (out);
}
