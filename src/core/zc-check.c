/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <math.h>
#include <string.h>

#include "zc-check-private.h"
#include "zc-id.h"

/* The check: walks one section's document along the fields of its definition. Without answers it
 * sees the structure alone; with them it also asks which fields apply, which are required, and
 * whether what they hold is right. The walk allocates nothing but the problems it finds.
 */

#define MAX_UNKNOWN_FIELDS 20 /* told of one set of values */
#define MAX_UNKNOWN_NAME 64   /* characters told of the name of one */

typedef struct
{
  const ZcAnswers *answers; /* NULL: structure alone */
  const ZcSection *section;
  guint index;
  const char *entry; /* id of the entry we are in */
  const char *field;
  GPtrArray *problems;
} Walk;

static void
report (Walk *walk, ZcProblemCode code, gint64 limit)
{
  g_ptr_array_add (walk->problems,
                   zc_problem_new (code, walk->section->id, walk->entry, walk->field, NULL, limit));
}

/* What is better, and keeps nobody from anything (P8). */
static void
advise (Walk *walk, ZcProblemCode code, gint64 limit)
{
  report (walk, code, limit);
  ((ZcProblem *)walk->problems->pdata[walk->problems->len - 1])->advice = TRUE;
}

static void
report_image (gpointer data, const char *image, ZcProblemCode code, gint64 limit)
{
  Walk *walk = data;

  g_ptr_array_add (walk->problems, zc_problem_new (code, walk->section->id, walk->entry,
                                                   walk->field, image, limit));
}

/* --- one field --- */

/* Returns whether the value may be looked at further. */
static gboolean
check_shape (Walk *walk, const ZcField *field, const ZcJsonValue *value)
{
  guint before = walk->problems->len;
  gint64 limit;
  ZcProblemCode code = zc_value_check_shape (field, value, &limit);

  if (code != ZC_PROBLEM_NONE)
    report (walk, code, limit);
  if (code != ZC_PROBLEM_TYPE && field->type == ZC_FIELD_IMAGES)
    zc_value_check_images (field, value, report_image, walk);
  return walk->problems->len == before;
}

/* Dates and months compare by what both of them tell. */
static gboolean
is_before (const char *day, const char *other)
{
  return strncmp (day, other, MIN (strlen (day), strlen (other))) < 0;
}

static gboolean
is_valid_day (const ZcField *field, const char *day)
{
  return day != NULL
         && (field->type == ZC_FIELD_DATE ? zc_date_is_valid (day) : zc_month_is_valid (day));
}

/* A notice that is too short is told at once, while it can still be made longer; that it runs only
 * when nothing else is wrong with it (U7; the day it starts counts, decisions 7). How long it runs
 * beyond its working days needs no calendar. */
static void
check_notice (Walk *walk, const ZcField *field, const char *start, const char *end)
{
  const ZcCalendar *calendar
      = walk->answers->calendar != NULL ? walk->answers->calendar : zc_calendar_get_national ();
  char last[11], today[11];
  gboolean known = zc_calendar_find_last (calendar, start, field->min_working_days, last);

  zc_value_write_today (walk->answers->now, today);
  if (known ? strcmp (end, last) < 0 : zc_calendar_count (calendar, start, end) >= 0)
    report (walk, ZC_PROBLEM_FEW_WORKING_DAYS, field->min_working_days);
  else if (!known)
    report (walk, ZC_PROBLEM_CALENDAR, -1);
  else if (strcmp (end, today) >= 0)
    report (walk, ZC_PROBLEM_NOT_OVER, -1);
}

static void
check_order (Walk *walk, const ZcField *field, const ZcJsonValue *value, const ZcJsonValue *values)
{
  const ZcField *other = zc_section_find_field (walk->section, field->not_before);
  const ZcJsonValue *other_value = zc_json_get (values, other->id);
  const char *start = other_value != NULL && zc_json_type (other_value) == ZC_JSON_STRING
                          ? zc_json_string (other_value)
                          : NULL;

  if (!is_valid_day (other, start)
      || !zc_field_applies (walk->answers, walk->index, other,
                            walk->section->repeats ? values : NULL))
    return;
  if (is_before (zc_json_string (value), start))
    report (walk, ZC_PROBLEM_DATE_ORDER, -1);
  else if (field->min_working_days > 0)
    check_notice (walk, field, start, zc_json_string (value));
}

static void
check_sum (Walk *walk, const ZcField *field, const ZcJsonValue *value, const ZcJsonValue *values)
{
  double sum = zc_field_sum (walk->answers, walk->index, field, values);

  if (fabs (zc_json_decimal (value, 0) - sum) > 1e-6 * MAX (1.0, fabs (sum)))
    report (walk, ZC_PROBLEM_COMPUTED, -1);
}

/* Blanks around a name and the way its characters are composed are no difference. */
static void
check_same (Walk *walk, const ZcJsonValue *value)
{
  g_autofree char *answer = NULL, *known = NULL;

  if (walk->answers->name == NULL)
    return;
  answer = g_utf8_normalize (zc_json_string (value), -1, G_NORMALIZE_NFC);
  known = g_utf8_normalize (walk->answers->name, -1, G_NORMALIZE_NFC);
  if (g_strcmp0 (g_strstrip (answer), g_strstrip (known)) != 0)
    report (walk, ZC_PROBLEM_NOT_THE_SAME, -1);
}

static void
check_content (Walk *walk,
               const ZcField *field,
               const ZcJsonValue *value,
               const ZcJsonValue *values)
{
  gint64 limit;
  ZcProblemCode code = zc_value_check_content (field, value, walk->answers->now, &limit);

  if (code != ZC_PROBLEM_NONE)
    report (walk, code, limit);
  else if (field->not_before != NULL)
    check_order (walk, field, value, values);
  else if (field->sum != NULL)
    check_sum (walk, field, value, values);
  else if (field->same_as != NULL)
    check_same (walk, value);
}

/* The number of a field, or the sum it shows; FALSE: something of it is not answered yet. */
static gboolean
read_number (Walk *walk, const ZcField *field, const ZcJsonValue *values, double *number)
{
  const ZcJsonValue *entry = walk->section->repeats ? values : NULL;

  for (guint i = 0; field->sum != NULL && field->sum[i] != NULL; i++)
    {
      const ZcField *part = zc_section_find_field (walk->section, field->sum[i]);

      if (zc_value_is_empty (zc_json_get (values, part->id))
          && zc_field_applies (walk->answers, walk->index, part, entry))
        return FALSE;
    }
  *number = field->sum != NULL ? zc_field_sum (walk->answers, walk->index, field, values)
                               : zc_json_decimal (zc_json_get (values, field->id), NAN);
  return !isnan (*number) && zc_field_applies (walk->answers, walk->index, field, entry);
}

/* A least number that is no whole one is told rounded up: who follows it is on the safe side. */
static void
check_advised_number (Walk *walk, const ZcField *field, const ZcJsonValue *values)
{
  const ZcShare *share = &field->advise_share;
  double number, whole, least;

  if ((!field->has_advise_min && share->of == NULL) || !read_number (walk, field, values, &number))
    return;
  least = field->has_advise_min ? field->advise_min : -INFINITY;
  if (share->of != NULL
      && read_number (walk, zc_section_find_field (walk->section, share->of), values, &whole))
    least = MAX (least, whole * share->parts / share->whole);
  if (number < least - 1e-6 * MAX (1.0, fabs (least)))
    advise (walk, ZC_PROBLEM_TOO_SMALL, (gint64)ceil (least));
}

/* Returns whether the document has a member of that name. */
static gboolean
check_field (Walk *walk, const ZcField *field, const ZcJsonValue *values)
{
  const ZcJsonValue *value = field->from == NULL ? zc_json_get (values, field->id) : NULL;
  const ZcJsonValue *entry = walk->section->repeats ? values : NULL;
  gboolean empty = zc_value_is_empty (value);
  guint before;

  walk->field = field->id;
  if (value != NULL && !check_shape (walk, field, value))
    return TRUE;
  if (walk->answers == NULL || field->from != NULL
      || !zc_field_applies (walk->answers, walk->index, field, entry))
    return value != NULL;
  if (!empty && field->consent)
    empty = !zc_json_bool (value, FALSE);
  before = walk->problems->len;
  if (!empty)
    check_content (walk, field, value, values);
  else if (zc_field_is_demanded (walk->answers, field, entry))
    report (walk, ZC_PROBLEM_REQUIRED, -1);
  else if (zc_field_is_advised (walk->answers, walk->index, field, entry))
    advise (walk, ZC_PROBLEM_REQUIRED, -1);
  if (walk->problems->len == before)
    check_advised_number (walk, field, values);
  return value != NULL;
}

/* --- one document --- */

static void
report_unknown_field (Walk *walk, const char *name)
{
  g_autofree char *cut = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_UNKNOWN_NAME));

  walk->field = cut;
  report (walk, ZC_PROBLEM_UNKNOWN_FIELD, -1);
  walk->field = NULL;
}

/* Some of them tell the slip; thousands would only make the answer longer than the question. */
static void
report_unknown_fields (Walk *walk, const ZcJsonValue *values)
{
  guint enough = walk->problems->len + MAX_UNKNOWN_FIELDS;

  for (guint i = 0; i < zc_json_size (values) && walk->problems->len < enough; i++)
    {
      const ZcField *field = zc_section_find_field (walk->section, zc_json_key (values, i));

      if (field != NULL && field->from == NULL)
        continue;
      report_unknown_field (walk, zc_json_key (values, i));
    }
}

static void
check_values (Walk *walk, const ZcJsonValue *values)
{
  guint known = 0;

  for (guint i = 0; i < walk->section->n_fields; i++)
    known += check_field (walk, &walk->section->fields[i], values);
  if (known < zc_json_size (values))
    report_unknown_fields (walk, values);
  walk->field = NULL;
}

static gboolean
is_object (const ZcJsonValue *value)
{
  return value != NULL && zc_json_type (value) == ZC_JSON_OBJECT;
}

static const char *
entry_id (const ZcJsonValue *entry)
{
  const ZcJsonValue *id = is_object (entry) ? zc_json_get (entry, "id") : NULL;
  const char *text = id != NULL && zc_json_type (id) == ZC_JSON_STRING ? zc_json_string (id) : NULL;

  return text != NULL && zc_id_is_valid (text) ? text : NULL;
}

static gboolean
has_entry_before (const ZcJsonValue *entries, guint index, const char *id)
{
  for (guint i = 0; i < index; i++)
    {
      if (g_strcmp0 (entry_id (zc_json_at (entries, i)), id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_entry (Walk *walk, const ZcJsonValue *entries, guint index)
{
  const ZcJsonValue *entry = zc_json_at (entries, index);
  const ZcJsonValue *values = is_object (entry) ? zc_json_get (entry, "values") : NULL;

  walk->entry = entry_id (entry);
  if (walk->entry == NULL || !is_object (values) || zc_json_size (entry) != 2)
    report (walk, ZC_PROBLEM_TYPE, -1);
  else if (has_entry_before (entries, index, walk->entry))
    report (walk, ZC_PROBLEM_DUPLICATE_ENTRY, -1);
  else
    check_values (walk, values);
  walk->entry = NULL;
}

static void
check_entries (Walk *walk, const ZcJsonValue *entries)
{
  guint size = zc_json_size (entries);
  guint min = walk->answers != NULL ? zc_section_min_entries (walk->answers, walk->index) : 0;

  if (size > walk->section->max_entries)
    report (walk, ZC_PROBLEM_TOO_MANY_ENTRIES, walk->section->max_entries);
  if (size < min)
    report (walk, ZC_PROBLEM_TOO_FEW_ENTRIES, min);
  else if (walk->answers != NULL && size < walk->section->advise_entries)
    advise (walk, ZC_PROBLEM_TOO_FEW_ENTRIES, walk->section->advise_entries);
  for (guint i = 0; i < MIN (size, walk->section->max_entries); i++)
    check_entry (walk, entries, i);
}

static void
check_document (Walk *walk, const ZcJsonValue *document)
{
  const char *member = walk->section->repeats ? "entries" : "values";
  ZcJsonType type = walk->section->repeats ? ZC_JSON_ARRAY : ZC_JSON_OBJECT;
  const ZcJsonValue *content
      = document != NULL && is_object (document) ? zc_json_get (document, member) : NULL;

  if (document != NULL
      && (content == NULL || zc_json_type (content) != type || zc_json_size (document) != 1))
    report (walk, ZC_PROBLEM_TYPE, -1);
  else if (walk->section->repeats)
    check_entries (walk, content);
  else
    check_values (walk, content);
}

static GPtrArray *
new_problems (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)zc_problem_free);
}

static void
check_into (const ZcAnswers *answers, guint section, GPtrArray *problems)
{
  Walk walk = { .answers = zc_section_applies (answers, section) ? answers : NULL,
                .section = zc_business_get_section (answers->business, section),
                .index = section,
                .problems = problems };

  if (walk.answers != NULL || answers->sections[section] != NULL)
    check_document (&walk, answers->sections[section]);
}

/**
 * zc_check_structure:
 * @business: a business
 * @section: place of a section
 * @document: (nullable): its document
 *
 * Looks at what may be stored at all, whether it applies or not: shape, types, unknown fields,
 * control characters, and the upper limits.
 *
 * Returns: (transfer full): #ZcProblem, none where the document may be stored
 */
GPtrArray *
zc_check_structure (const ZcBusiness *business, guint section, const ZcJsonValue *document)
{
  Walk walk = { .section = zc_business_get_section (business, section),
                .index = section,
                .problems = new_problems () };

  if (document != NULL)
    check_document (&walk, document);
  return walk.problems;
}

/**
 * zc_check_section:
 * @answers: all answers of a dossier
 * @section: place of a section
 *
 * Looks at a section wholly: structure, and of what applies also what is required and right.
 *
 * Returns: (transfer full): #ZcProblem in the order of the form
 */
GPtrArray *
zc_check_section (const ZcAnswers *answers, guint section)
{
  GPtrArray *problems = new_problems ();

  check_into (answers, section, problems);
  return problems;
}

/**
 * zc_check:
 * @answers: all answers of a dossier
 * @fills: whose sections
 *
 * Returns: (transfer full): #ZcProblem of all sections that @fills fills, in the order of the form
 */
GPtrArray *
zc_check (const ZcAnswers *answers, ZcFills fills)
{
  GPtrArray *problems = new_problems ();

  for (guint i = 0; i < zc_business_get_n_sections (answers->business); i++)
    {
      if (zc_business_get_section (answers->business, i)->fills == fills)
        check_into (answers, i, problems);
    }
  return problems;
}

/**
 * zc_section_is_notice:
 * @section: of a business
 *
 * Returns: whether it records a public notice, which has to run for some working days (U7)
 */
gboolean
zc_section_is_notice (const ZcSection *section)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].min_working_days > 0)
      return TRUE;
  return FALSE;
}

/* The refusal that one problem alone would be. */
static ZcRefusal
name_obstacle (const ZcBusiness *business, const ZcProblem *problem)
{
  const ZcSection *section = problem->section != NULL
                                 ? zc_business_find_section (business, problem->section, NULL)
                                 : NULL;

  if (problem->code == ZC_PROBLEM_CALENDAR)
    return ZC_REFUSAL_CALENDAR;
  if (problem->code == ZC_PROBLEM_NOT_OVER)
    return ZC_REFUSAL_NOTICE_RUNNING;
  return section != NULL && zc_section_is_notice (section) ? ZC_REFUSAL_PUBLIC_NOTICE
                                                           : ZC_REFUSAL_UNIT_PART;
}

/**
 * zc_check_attestation:
 * @business: whose sections were checked
 * @problems: (element-type ZcProblem): by zc_check() of the unit's sections
 *
 * A unit sends a dossier on once its own part is complete, its public notice with it (U5, U7). Of
 * several obstacles the one is named that the unit can do something about: what is to be filled in,
 * the notice before the rest; then what the operator lifts; then what only time does.
 *
 * Returns: the refusal, or %ZC_REFUSAL_LAST where only advice is left
 */
ZcRefusal
zc_check_attestation (const ZcBusiness *business, GPtrArray *problems)
{
  static const ZcRefusal order[] = { ZC_REFUSAL_PUBLIC_NOTICE, ZC_REFUSAL_UNIT_PART,
                                     ZC_REFUSAL_CALENDAR, ZC_REFUSAL_NOTICE_RUNNING };
  guint found = G_N_ELEMENTS (order);

  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];
      ZcRefusal refusal = problem->advice ? ZC_REFUSAL_LAST : name_obstacle (business, problem);

      for (guint j = 0; j < found; j++)
        if (order[j] == refusal)
          found = j;
    }
  return found < G_N_ELEMENTS (order) ? order[found] : ZC_REFUSAL_LAST;
}

/**
 * zc_field_sum:
 * @answers: all answers of a dossier
 * @section: place of a section
 * @field: a computed field of it
 * @values: (nullable): the values that stand beside it: the section's, or the entry's
 *
 * Returns: the sum of those of its numbers that apply; what is not answered counts as 0
 */
double
zc_field_sum (const ZcAnswers *answers,
              guint section,
              const ZcField *field,
              const ZcJsonValue *values)
{
  const ZcSection *definition = zc_business_get_section (answers->business, section);
  double sum = 0;

  for (guint i = 0; field->sum != NULL && field->sum[i] != NULL; i++)
    {
      const ZcField *part = zc_section_find_field (definition, field->sum[i]);

      if (zc_field_applies (answers, section, part, definition->repeats ? values : NULL))
        sum += zc_json_decimal (zc_json_get (values, part->id), 0);
    }
  return sum;
}
