/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-check-private.h"

/* What follows from answers besides their problems: the state of a section, the images they name,
 * and the document as it is submitted.
 */

static const char *const state_names[] = {
  [ZC_SECTION_EMPTY] = "empty",       [ZC_SECTION_INCOMPLETE] = "incomplete",
  [ZC_SECTION_COMPLETE] = "complete", [ZC_SECTION_OPTIONAL] = "optional",
  [ZC_SECTION_HIDDEN] = "hidden",
};

/* --- state --- */

/* Something that was hidden since does not count as entered; any entry does. */
static gboolean
is_entered (const ZcAnswers *answers, guint section)
{
  const ZcSection *definition = zc_business_get_section (answers->business, section);
  const ZcJsonValue *document = answers->sections[section];
  const ZcJsonValue *values = zc_json_get (document, "values");

  if (definition->repeats)
    return zc_json_size (zc_json_get (document, "entries")) > 0;
  for (guint i = 0; i < definition->n_fields; i++)
    {
      const ZcField *field = &definition->fields[i];

      if (field->type != ZC_FIELD_COMPUTED && !zc_value_is_empty (zc_json_get (values, field->id))
          && zc_field_applies (answers, section, field, NULL))
        return TRUE;
    }
  return FALSE;
}

/**
 * zc_section_judge:
 * @answers: all answers of a dossier
 * @section: place of a section
 * @found: what zc_check_section() says of it
 * @n_problems: (out) (optional): how many problems block it
 *
 * Returns: where the section stands; empty with nothing required is #ZC_SECTION_OPTIONAL and counts
 * as complete
 */
ZcSectionState
zc_section_judge (const ZcAnswers *answers, guint section, GPtrArray *found, guint *n_problems)
{
  guint blocking = 0;

  for (guint i = 0; i < found->len; i++)
    blocking += !((ZcProblem *)found->pdata[i])->advice;
  if (n_problems != NULL)
    *n_problems = blocking;
  if (!zc_section_applies (answers, section))
    return ZC_SECTION_HIDDEN;
  if (!is_entered (answers, section))
    return blocking > 0 ? ZC_SECTION_EMPTY : ZC_SECTION_OPTIONAL;
  return blocking > 0 ? ZC_SECTION_INCOMPLETE : ZC_SECTION_COMPLETE;
}

/**
 * zc_section_state:
 * @answers: all answers of a dossier
 * @section: place of a section
 * @n_problems: (out) (optional): how many problems block it
 *
 * Returns: where the section stands, as zc_section_judge() has it, for those who need no more
 */
ZcSectionState
zc_section_state (const ZcAnswers *answers, guint section, guint *n_problems)
{
  g_autoptr (GPtrArray) found = zc_check_section (answers, section);

  return zc_section_judge (answers, section, found, n_problems);
}

const char *
zc_section_state_to_string (ZcSectionState state)
{
  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

/**
 * zc_section_state_from_string:
 * @name: (nullable): "complete", say
 * @state: (out): what it means
 *
 * Returns: whether @name is a state
 */
gboolean
zc_section_state_from_string (const char *name, ZcSectionState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    {
      if (g_strcmp0 (state_names[i], name) != 0)
        continue;
      *state = i;
      return TRUE;
    }
  return FALSE;
}

/* --- images --- */

static void
add_images (GHashTable *seen, GPtrArray *digests, const ZcJsonValue *images)
{
  for (guint i = 0; i < zc_json_size (images); i++)
    {
      const char *digest = zc_json_get_string (zc_json_at (images, i), "sha256");

      if (digest != NULL && g_hash_table_add (seen, (char *)digest))
        g_ptr_array_add (digests, (char *)digest);
    }
}

static void
add_images_of_values (GHashTable *seen,
                      GPtrArray *digests,
                      const ZcSection *section,
                      const ZcJsonValue *values)
{
  for (guint i = 0; i < section->n_fields; i++)
    {
      if (section->fields[i].type == ZC_FIELD_IMAGES)
        add_images (seen, digests, zc_json_get (values, section->fields[i].id));
    }
}

/**
 * zc_answers_list_images:
 * @section: a section's definition
 * @document: (nullable): its document, of right structure
 *
 * Returns: (transfer full): the digests it names, in the order of the form, each once; the strings
 * are the document's
 */
GPtrArray *
zc_answers_list_images (const ZcSection *section, const ZcJsonValue *document)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const ZcJsonValue *entries = zc_json_get (document, "entries");
  GPtrArray *digests = g_ptr_array_new ();

  if (!section->repeats)
    add_images_of_values (seen, digests, section, zc_json_get (document, "values"));
  for (guint i = 0; section->repeats && i < zc_json_size (entries); i++)
    add_images_of_values (seen, digests, section, zc_json_get (zc_json_at (entries, i), "values"));
  return digests;
}

/* --- submission --- */

static void
write_values (ZcJsonWriter *writer,
              const ZcAnswers *answers,
              guint section,
              const ZcJsonValue *values)
{
  const ZcSection *definition = zc_business_get_section (answers->business, section);

  zc_json_begin_object (writer, "values");
  for (guint i = 0; i < definition->n_fields; i++)
    {
      const ZcField *field = &definition->fields[i];
      const ZcJsonValue *value = field->from == NULL ? zc_json_get (values, field->id) : NULL;

      if (value != NULL
          && zc_field_applies (answers, section, field, definition->repeats ? values : NULL))
        zc_json_add_value (writer, field->id, value);
    }
  zc_json_end_object (writer);
}

static void
write_entries (ZcJsonWriter *writer,
               const ZcAnswers *answers,
               guint section,
               const ZcJsonValue *entries)
{
  zc_json_begin_array (writer, "entries");
  for (guint i = 0; i < zc_json_size (entries); i++)
    {
      const ZcJsonValue *entry = zc_json_at (entries, i);

      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "id", zc_json_get_string (entry, "id"));
      write_values (writer, answers, section, zc_json_get (entry, "values"));
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
}

/**
 * zc_answers_submitted_section:
 * @answers: all answers of a dossier
 * @section: place of a section
 *
 * Returns: (transfer full): the section's document as it is submitted, as JSON: what does not apply
 * is left out; of a section that does not apply, everything
 */
char *
zc_answers_submitted_section (const ZcAnswers *answers, guint section)
{
  const ZcJsonValue *document
      = zc_section_applies (answers, section) ? answers->sections[section] : NULL;
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  if (zc_business_get_section (answers->business, section)->repeats)
    write_entries (&writer, answers, section, zc_json_get (document, "entries"));
  else
    write_values (&writer, answers, section, zc_json_get (document, "values"));
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}
