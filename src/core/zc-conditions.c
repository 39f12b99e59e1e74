/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-check-private.h"
#include "zc-text.h"

/* Which sections and fields apply, and which are required: the conditions of a business, asked of
 * answers. */

static gboolean conditions_hold (const ZcAnswers *answers,
                                 const ZcConditions *conditions,
                                 const ZcJsonValue *entry);

static const ZcJsonValue *
section_values (const ZcAnswers *answers, guint section)
{
  return zc_json_get (answers->sections[section], "values");
}

/* What a stored value is called in a condition; NULL: nothing was answered. */
static const char *
name_value (const ZcField *field, const ZcJsonValue *value, char number[32])
{
  gint64 integer;

  switch (field->type)
    {
    case ZC_FIELD_FLAG:
      return zc_json_bool (value, FALSE) ? "true" : "false";
    case ZC_FIELD_INTEGER:
      if (!zc_value_get_integer (value, &integer))
        return NULL;
      g_snprintf (number, 32, "%" G_GINT64_FORMAT, integer);
      return number;
    default:
      return value != NULL && zc_json_type (value) == ZC_JSON_STRING ? zc_json_string (value)
                                                                     : NULL;
    }
}

static gboolean
conditions_on_field_hold (const ZcAnswers *answers, const ZcField *field, const ZcJsonValue *entry)
{
  if (!conditions_hold (answers, &field->when, entry))
    return FALSE;
  return field->unless.n_items == 0 || !conditions_hold (answers, &field->unless, entry);
}

/* A field that does not apply answers nothing, even if something is still stored. */
static gboolean
field_answers (const ZcAnswers *answers, const ZcCondition *item, const ZcJsonValue *entry)
{
  const ZcJsonValue *values
      = item->scope == ZC_SCOPE_ENTRY ? entry : section_values (answers, item->section);
  const char *answer;
  char number[32];

  if (!conditions_on_field_hold (answers, item->field, entry))
    return FALSE;
  answer = name_value (item->field, zc_json_get (values, item->field->id), number);
  return answer != NULL && g_strv_contains (item->values, answer);
}

static gboolean
condition_holds (const ZcAnswers *answers, const ZcCondition *item, const ZcJsonValue *entry)
{
  const char *id;

  switch (item->scope)
    {
    case ZC_SCOPE_TARGET:
      id = zc_json_get_string (answers->target, item->member);
      return id != NULL && g_strv_contains (item->values, id);
    case ZC_SCOPE_ACCOUNT:
      return g_strv_contains (item->values, answers->has_title ? "true" : "false");
    case ZC_SCOPE_SECTION:
      return zc_section_applies (answers, item->section) && field_answers (answers, item, NULL);
    case ZC_SCOPE_ENTRY:
    default:
      return field_answers (answers, item, entry);
    }
}

static gboolean
conditions_hold (const ZcAnswers *answers, const ZcConditions *conditions, const ZcJsonValue *entry)
{
  for (guint i = 0; i < conditions->n_items; i++)
    {
      if (!condition_holds (answers, &conditions->items[i], entry))
        return FALSE;
    }
  return TRUE;
}

/**
 * zc_section_applies:
 * @answers: all answers of a dossier
 * @section: place of a section
 *
 * Returns: whether the section is asked of this dossier at all
 */
gboolean
zc_section_applies (const ZcAnswers *answers, guint section)
{
  const ZcSection *definition = zc_business_get_section (answers->business, section);

  if (!conditions_hold (answers, &definition->when, NULL))
    return FALSE;
  return definition->unless.n_items == 0 || !conditions_hold (answers, &definition->unless, NULL);
}

/**
 * zc_field_applies:
 * @answers: all answers of a dossier
 * @section: place of a section
 * @field: of that section
 * @entry: (nullable): the values of the entry, in a repeating section
 *
 * Returns: whether the field is asked: shown, checked and submitted
 */
gboolean
zc_field_applies (const ZcAnswers *answers,
                  guint section,
                  const ZcField *field,
                  const ZcJsonValue *entry)
{
  return zc_section_applies (answers, section) && conditions_on_field_hold (answers, field, entry);
}

/**
 * zc_field_is_required:
 * @answers: all answers of a dossier
 * @section: place of a section
 * @field: of that section
 * @entry: (nullable): the values of the entry, in a repeating section
 *
 * Returns: whether the field applies and must be answered (＊)
 */
gboolean
zc_field_is_required (const ZcAnswers *answers,
                      guint section,
                      const ZcField *field,
                      const ZcJsonValue *entry)
{
  return zc_field_applies (answers, section, field, entry)
         && zc_field_is_demanded (answers, field, entry);
}

/* The same of a field that is known to apply. */
gboolean
zc_field_is_demanded (const ZcAnswers *answers, const ZcField *field, const ZcJsonValue *entry)
{
  return field->required
         || (field->required_when.n_items > 0
             && conditions_hold (answers, &field->required_when, entry));
}

/**
 * zc_field_is_advised:
 * @answers: all answers of a dossier
 * @section: place of a section
 * @field: of that section
 * @entry: (nullable): the values of the entry, in a repeating section
 *
 * Returns: whether the field applies and is better answered, though nothing demands it (P8)
 */
gboolean
zc_field_is_advised (const ZcAnswers *answers,
                     guint section,
                     const ZcField *field,
                     const ZcJsonValue *entry)
{
  gboolean advised = field->advised
                     || (field->advised_when.n_items > 0
                         && conditions_hold (answers, &field->advised_when, entry));

  return advised && zc_field_applies (answers, section, field, entry)
         && !zc_field_is_demanded (answers, field, entry);
}

/**
 * zc_section_min_entries:
 * @answers: all answers of a dossier
 * @section: place of a section
 *
 * Returns: how many entries it must have at the present target and answers (S3.1.2e)
 */
guint
zc_section_min_entries (const ZcAnswers *answers, guint section)
{
  const ZcSection *definition = zc_business_get_section (answers->business, section);

  return conditions_hold (answers, &definition->min_when, NULL) ? definition->min_entries : 0;
}

/* --- who reads whom --- */

static gboolean
conditions_read (const ZcBusiness *business, const ZcConditions *conditions, guint on);

static gboolean
applying_reads (const ZcBusiness *business, guint section, const ZcField *field, guint on)
{
  const ZcSection *definition = zc_business_get_section (business, section);

  return conditions_read (business, &definition->when, on)
         || conditions_read (business, &definition->unless, on)
         || conditions_read (business, &field->when, on)
         || conditions_read (business, &field->unless, on);
}

static gboolean
conditions_read (const ZcBusiness *business, const ZcConditions *conditions, guint on)
{
  for (guint i = 0; i < conditions->n_items; i++)
    {
      const ZcCondition *item = &conditions->items[i];

      if (item->field == NULL)
        continue;
      if (item->section == on || applying_reads (business, item->section, item->field, on))
        return TRUE;
    }
  return FALSE;
}

/**
 * zc_section_depends_on:
 * @business: a business
 * @section: place of a section
 * @on: place of another
 *
 * Returns: whether conditions of @section look at answers of @on, themselves or by way of what they
 * look at
 */
gboolean
zc_section_depends_on (const ZcBusiness *business, guint section, guint on)
{
  const ZcSection *definition = zc_business_get_section (business, section);

  if (section == on)
    return FALSE;
  if (conditions_read (business, &definition->min_when, on))
    return TRUE;
  for (guint i = 0; i < definition->n_fields; i++)
    {
      const ZcField *field = &definition->fields[i];

      if (applying_reads (business, section, field, on)
          || conditions_read (business, &field->required_when, on)
          || conditions_read (business, &field->advised_when, on))
        return TRUE;
    }
  return FALSE;
}
