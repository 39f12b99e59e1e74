/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <math.h>
#include <string.h>

#include "zc-business-private.h"
#include "zc-text.h"
#include "zc-workflow.h"

/* The loader of business files, first pass: shape, limits and ids. It is strict, because a file is
 * imported into a running server: what it does not understand it refuses, and names the place.
 */

#define BIT(type) (1u << ZC_FIELD_##type)
#define TEXTS (BIT (TEXT) | BIT (PARAGRAPH))
#define NUMBERS (BIT (INTEGER) | BIT (DECIMAL))
#define DAYS (BIT (DATE) | BIT (MONTH))
#define ANY ((1u << (ZC_FIELD_COMPUTED + 1)) - 1)
#define ANSWERS (ANY & ~BIT (COMPUTED))
#define RESOLVED                                                                                   \
  (BIT (TEXT) | BIT (DATE) | BIT (MONTH) | BIT (INTEGER) | BIT (ID_NUMBER) | BIT (MOBILE)          \
   | BIT (EMAIL))
#define NUMERIC (ZC_JSON_INTEGER | ZC_JSON_DECIMAL)

static const ZcJsonMember business_members[] = {
  { "id", ZC_JSON_STRING, TRUE },        { "revision", ZC_JSON_INTEGER, TRUE },
  { "title", ZC_JSON_STRING, TRUE },     { "year_rule", ZC_JSON_STRING, FALSE },
  { "target", ZC_JSON_ARRAY, TRUE },     { "stages", ZC_JSON_ARRAY, TRUE },
  { "resubmit", ZC_JSON_STRING, FALSE }, { "instructions", ZC_JSON_STRING, FALSE },
  { "sections", ZC_JSON_ARRAY, TRUE },   { "admits", ZC_JSON_OBJECT, FALSE },
  { "amends", ZC_JSON_OBJECT, FALSE },   { "grants", ZC_JSON_BOOL, FALSE },
};

static const ZcJsonMember section_members[] = {
  { "id", ZC_JSON_STRING, TRUE },
  { "title", ZC_JSON_STRING, TRUE },
  { "hint", ZC_JSON_STRING, FALSE },
  { "fills", ZC_JSON_STRING, FALSE },
  { "when", ZC_JSON_OBJECT, FALSE },
  { "unless", ZC_JSON_OBJECT, FALSE },
  { "entries", ZC_JSON_OBJECT, FALSE },
  { "entry_title", ZC_JSON_STRING, FALSE },
  { "locked_until", ZC_JSON_STRING, FALSE },
  { "fields", ZC_JSON_ARRAY, TRUE },
};

/* types: the field types that a member fits; resolved: whether it fits beside "from" */
static const struct
{
  ZcJsonMember member;
  guint types;
  gboolean resolved;
} field_members[] = {
  { { "id", ZC_JSON_STRING, TRUE }, ANY, TRUE },
  { { "type", ZC_JSON_STRING, TRUE }, ANY, TRUE },
  { { "label", ZC_JSON_STRING, TRUE }, ANY, TRUE },
  { { "hint", ZC_JSON_STRING, FALSE }, ANY, TRUE },
  { { "group", ZC_JSON_STRING, FALSE }, ANY, TRUE },
  { { "when", ZC_JSON_OBJECT, FALSE }, ANY, TRUE },
  { { "unless", ZC_JSON_OBJECT, FALSE }, ANY, TRUE },
  { { "from", ZC_JSON_STRING, FALSE }, RESOLVED, TRUE },
  { { "required", ZC_JSON_BOOL, FALSE }, ANSWERS, FALSE },
  { { "required_when", ZC_JSON_OBJECT, FALSE }, ANSWERS, FALSE },
  { { "choices", ZC_JSON_ARRAY, FALSE }, BIT (CHOICE), FALSE },
  { { "catalog", ZC_JSON_STRING, FALSE }, BIT (CHOICE), FALSE },
  { { "consent", ZC_JSON_BOOL, FALSE }, BIT (FLAG), FALSE },
  { { "sum", ZC_JSON_ARRAY, FALSE }, BIT (COMPUTED), FALSE },
  { { "not_in_future", ZC_JSON_BOOL, FALSE }, DAYS, FALSE },
  { { "not_before", ZC_JSON_STRING, FALSE }, DAYS, FALSE },
  { { "min_working_days", ZC_JSON_INTEGER, FALSE }, BIT (DATE), FALSE },
  { { "min_length", ZC_JSON_INTEGER, FALSE }, TEXTS, FALSE },
  { { "max_length", ZC_JSON_INTEGER, FALSE }, TEXTS, FALSE },
  { { "min", NUMERIC, FALSE }, NUMBERS, FALSE },
  { { "max", NUMERIC, FALSE }, NUMBERS, FALSE },
  { { "images", ZC_JSON_OBJECT, FALSE }, BIT (IMAGES), FALSE },
  { { "same_as", ZC_JSON_STRING, FALSE }, BIT (TEXT), FALSE },
  { { "advised", ZC_JSON_BOOL, FALSE }, ANSWERS, FALSE },
  { { "advised_when", ZC_JSON_OBJECT, FALSE }, ANSWERS, FALSE },
  { { "advise_min", NUMERIC, FALSE }, NUMBERS | BIT (COMPUTED), FALSE },
  { { "advise_share", ZC_JSON_OBJECT, FALSE }, NUMBERS | BIT (COMPUTED), FALSE },
};

static const ZcJsonMember image_members[] = {
  { "min", ZC_JSON_INTEGER, FALSE },        { "max", ZC_JSON_INTEGER, TRUE },
  { "max_bytes", ZC_JSON_INTEGER, TRUE },   { "min_width", ZC_JSON_INTEGER, FALSE },
  { "min_height", ZC_JSON_INTEGER, FALSE }, { "min_long_edge", ZC_JSON_INTEGER, FALSE },
};

static const ZcJsonMember entries_members[] = {
  { "min", ZC_JSON_INTEGER, FALSE },
  { "max", ZC_JSON_INTEGER, TRUE },
  { "min_when", ZC_JSON_OBJECT, FALSE },
  { "advise_min", ZC_JSON_INTEGER, FALSE },
};

static const ZcJsonMember share_members[] = {
  { "of", ZC_JSON_STRING, TRUE },
  { "parts", ZC_JSON_INTEGER, TRUE },
  { "in", ZC_JSON_INTEGER, TRUE },
};

static const char *const targets[]
    = { "unit", "series", "level", "committee", "office", "body", NULL };

static const char *const sources[] = {
  "account.name",       "account.sex",    "account.id_number",
  "account.birth_date", "account.mobile", "account.email",
  "target.unit",        "target.office",  "target.year",
  NULL,
};

/* --- where we are, and what is wrong there --- */

/**
 * zc_loader_enter:
 * @loader: a loading
 * @format: what to add to the path, "sections[%u]"
 *
 * Returns: the mark for zc_loader_leave()
 */
gsize
zc_loader_enter (ZcLoader *loader, const char *format, ...)
{
  gsize mark = loader->path->len;
  va_list args;

  if (mark > 0)
    g_string_append_c (loader->path, '.');
  va_start (args, format);
  g_string_append_vprintf (loader->path, format, args);
  va_end (args);
  return mark;
}

void
zc_loader_leave (ZcLoader *loader, gsize mark)
{
  g_string_truncate (loader->path, mark);
}

/**
 * zc_loader_fail:
 * @loader: a loading
 * @member: (nullable): the member of the present place that is wrong
 * @format: what is wrong
 *
 * Returns: FALSE, with the error set: "sections[3].fields[1].images.max: …"
 */
gboolean
zc_loader_fail (ZcLoader *loader, const char *member, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (member != NULL)
    zc_loader_enter (loader, "%s", member);
  g_set_error (loader->error, ZC_BUSINESS_ERROR, ZC_BUSINESS_ERROR_INVALID, "%s%s%s",
               loader->path->str, loader->path->len > 0 ? ": " : "", message);
  return FALSE;
}

/**
 * zc_loader_block:
 * @loader: a loading
 * @count: of elements
 * @size: of one
 *
 * Returns: (transfer none): zeroed memory that lives as long as the business
 */
void *
zc_loader_block (ZcLoader *loader, gsize count, gsize size)
{
  void *block = g_malloc0_n (MAX (count, 1), size);

  g_ptr_array_add (loader->business->blocks, block);
  return block;
}

static gboolean
expect (ZcLoader *loader, const ZcJsonValue *value, const ZcJsonMember *members, guint n_members)
{
  g_autoptr (GError) error = NULL;

  if (value == NULL || zc_json_type (value) != ZC_JSON_OBJECT)
    return zc_loader_fail (loader, NULL, "must be an object");
  if (!zc_json_expect (value, members, n_members, &error))
    return zc_loader_fail (loader, NULL, "%s", error->message);
  return TRUE;
}

/* --- values --- */

static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);

  return length > 0 && length <= 64 && g_ascii_islower (id[0])
         && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static gboolean
read_id (ZcLoader *loader, const ZcJsonValue *object, const char **id)
{
  *id = zc_json_get_string (object, "id");
  if (!is_id (*id))
    return zc_loader_fail (loader, "id",
                           "“%s” is no id: a letter from a to z, then letters, digits and _", *id);
  return TRUE;
}

/* Words for people: something to be seen, nothing that hides. Absent leaves *text as it was. */
static gboolean
read_words (
    ZcLoader *loader, const ZcJsonValue *object, const char *member, guint max, const char **text)
{
  const char *words = zc_json_get_string (object, member);

  if (words == NULL)
    return TRUE;
  if (zc_text_is_blank (words))
    return zc_loader_fail (loader, member, "must not be blank");
  if (zc_text_exceeds (words, max))
    return zc_loader_fail (loader, member, "must not be longer than %u characters", max);
  if (zc_text_has_control (words, max > ZC_BUSINESS_MAX_LABEL))
    return zc_loader_fail (loader, member, "holds a control character");
  *text = words;
  return TRUE;
}

static gboolean
read_count (ZcLoader *loader,
            const ZcJsonValue *object,
            const char *member,
            gint64 low,
            gint64 high,
            gint64 *count)
{
  const ZcJsonValue *value = zc_json_get (object, member);

  if (value == NULL)
    return TRUE;
  *count = zc_json_integer (value, -1);
  if (*count < low || *count > high)
    return zc_loader_fail (loader, member, "must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                           low, high);
  return TRUE;
}

/* One of two words, the first of which is meant where the member is absent. */
static gboolean
read_either (ZcLoader *loader,
             const ZcJsonValue *object,
             const char *member,
             const char *usual,
             const char *other,
             gboolean *is_other)
{
  const char *word = zc_json_get_string (object, member);

  *is_other = g_strcmp0 (word, other) == 0;
  if (word == NULL || *is_other || strcmp (word, usual) == 0)
    return TRUE;
  return zc_loader_fail (loader, member, "must be “%s” or “%s”", usual, other);
}

static gboolean
read_year_rule (ZcLoader *loader, const ZcJsonValue *object)
{
  const char *rule = zc_json_get_string (object, "year_rule");

  loader->business->one_series_per_year = g_strcmp0 (rule, "one-series-per-year") == 0;
  loader->business->one_open_per_person = g_strcmp0 (rule, "one-open-per-person") == 0;
  if (rule == NULL || strcmp (rule, "none") == 0 || loader->business->one_series_per_year
      || loader->business->one_open_per_person)
    return TRUE;
  return zc_loader_fail (loader, "year_rule",
                         "must be “none”, “one-series-per-year” or “one-open-per-person”");
}

/**
 * zc_loader_strings:
 * @loader: a loading
 * @array: (nullable): an array of strings
 * @member: its name, for the message
 * @max: greatest count
 * @strings: (out): NULL-terminated, borrowed from the business
 *
 * Reads a list of different, visible strings, at least one of them.
 *
 * Returns: whether it was one
 */
gboolean
zc_loader_strings (ZcLoader *loader,
                   const ZcJsonValue *array,
                   const char *member,
                   guint max,
                   const char ***strings)
{
  guint size = zc_json_size (array);
  const char **list;

  if (array == NULL || zc_json_type (array) != ZC_JSON_ARRAY || size == 0 || size > max)
    return zc_loader_fail (loader, member, "must be a list of 1 to %u strings", max);
  list = zc_loader_block (loader, size + 1, sizeof *list);
  for (guint i = 0; i < size; i++)
    {
      const char *string = zc_json_string (zc_json_at (array, i));

      if (zc_text_is_blank (string) || zc_text_has_control (string, FALSE)
          || zc_text_exceeds (string, ZC_BUSINESS_MAX_LABEL))
        return zc_loader_fail (loader, member,
                               "[%u] must be a visible string of at most %d characters", i,
                               ZC_BUSINESS_MAX_LABEL);
      if (g_strv_contains ((const char *const *)list, string))
        return zc_loader_fail (loader, member, "“%s” stands there twice", string);
      list[i] = string;
    }
  *strings = list;
  return TRUE;
}

/* --- fields --- */

static gboolean
read_type (ZcLoader *loader, const ZcJsonValue *object, ZcFieldType *type)
{
  const char *name = zc_json_get_string (object, "type");

  for (guint i = 0; i <= ZC_FIELD_COMPUTED; i++)
    {
      if (strcmp (zc_field_type_to_string (i), name) == 0)
        {
          *type = i;
          return TRUE;
        }
    }
  return zc_loader_fail (loader, "type", "“%s” is no type of field", name);
}

static gboolean
check_members_fit (ZcLoader *loader, const ZcJsonValue *object, ZcFieldType type)
{
  gboolean resolved = zc_json_get (object, "from") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (field_members); i++)
    {
      const char *name = field_members[i].member.name;

      if (zc_json_get (object, name) == NULL)
        continue;
      if ((field_members[i].types & (1u << type)) == 0)
        return zc_loader_fail (loader, name, "does not fit a field of type %s",
                               zc_field_type_to_string (type));
      if (resolved && !field_members[i].resolved)
        return zc_loader_fail (loader, name,
                               "does not fit beside “from”: nobody answers that field");
    }
  return TRUE;
}

static gboolean
read_from (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  const char *const *target = zc_business_get_target (loader->business);
  const char *from = zc_json_get_string (object, "from");

  field->from = from;
  if (from == NULL || g_strv_contains (sources, from))
    return TRUE;
  if (g_str_has_prefix (from, "target.") && g_strv_contains (target, from + strlen ("target.")))
    return TRUE;
  return zc_loader_fail (loader, "from", "“%s” is nothing that the account or the target tells",
                         from);
}

static gboolean
read_choices (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  const ZcJsonValue *choices = zc_json_get (object, "choices");

  field->catalog = zc_json_get_string (object, "catalog");
  if (field->type != ZC_FIELD_CHOICE)
    return TRUE;
  if ((choices == NULL) == (field->catalog == NULL))
    return zc_loader_fail (loader, NULL, "a choice needs either “choices” or “catalog”");
  if (field->catalog != NULL && zc_catalog_choices (field->catalog) == NULL)
    return zc_loader_fail (loader, "catalog", "there is no catalogue “%s”", field->catalog);
  return choices == NULL
         || zc_loader_strings (loader, choices, "choices", ZC_BUSINESS_MAX_CHOICES,
                               &field->choices);
}

static gboolean
read_lengths (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  gint64 min = 0, max = 0;

  if (!read_count (loader, object, "min_length", 1, ZC_BUSINESS_MAX_LENGTH, &min)
      || !read_count (loader, object, "max_length", 1, ZC_BUSINESS_MAX_LENGTH, &max))
    return FALSE;
  if (max > 0 && min > max)
    return zc_loader_fail (loader, "min_length", "is greater than max_length");
  field->min_length = min;
  field->max_length = max;
  return TRUE;
}

static gboolean
read_number (ZcLoader *loader,
             const ZcJsonValue *object,
             const char *member,
             const ZcField *field,
             gboolean *has,
             double *number)
{
  const ZcJsonValue *value = zc_json_get (object, member);

  *has = value != NULL;
  *number = zc_json_decimal (value, 0);
  if (field->type == ZC_FIELD_INTEGER && *number != floor (*number))
    return zc_loader_fail (loader, member, "must be an integer, as the field is");
  if (fabs (*number) > ZC_BUSINESS_MAX_NUMBER)
    return zc_loader_fail (loader, member, "is beyond what a number can tell exactly");
  return TRUE;
}

static gboolean
read_range (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  if (field->type != ZC_FIELD_INTEGER && field->type != ZC_FIELD_DECIMAL)
    return TRUE;
  if (!read_number (loader, object, "min", field, &field->has_min, &field->min)
      || !read_number (loader, object, "max", field, &field->has_max, &field->max))
    return FALSE;
  if (field->has_min && field->has_max && field->min > field->max)
    return zc_loader_fail (loader, "min", "is greater than max");
  return TRUE;
}

static gboolean
read_share (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  const ZcJsonValue *share = zc_json_get (object, "advise_share");
  gint64 parts = 0, whole = 0;
  gsize mark;

  if (share == NULL)
    return TRUE;
  mark = zc_loader_enter (loader, "advise_share");
  if (!expect (loader, share, share_members, G_N_ELEMENTS (share_members))
      || !read_count (loader, share, "parts", 1, ZC_BUSINESS_MAX_SHARE, &parts)
      || !read_count (loader, share, "in", 1, ZC_BUSINESS_MAX_SHARE, &whole))
    return FALSE;
  if (parts > whole)
    return zc_loader_fail (loader, "parts", "is greater than in");
  zc_loader_leave (loader, mark);
  field->advise_share
      = (ZcShare){ .of = zc_json_get_string (share, "of"), .parts = parts, .whole = whole };
  return TRUE;
}

/* Advice says something only inside what is not an error. */
static gboolean
read_advice (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  const gboolean conditional = zc_json_get (object, "advised_when") != NULL;

  field->advised = zc_json_get_bool (object, "advised", FALSE);
  if ((field->advised || conditional) && field->required)
    return zc_loader_fail (loader, field->advised ? "advised" : "advised_when",
                           "contradicts “required”");
  if (field->advised && conditional)
    return zc_loader_fail (loader, "advised_when",
                           "contradicts “advised”: always, or on a condition");
  if (!read_number (loader, object, "advise_min", field, &field->has_advise_min,
                    &field->advise_min))
    return FALSE;
  if (field->has_advise_min
      && ((field->has_min && field->advise_min <= field->min)
          || (field->has_max && field->advise_min > field->max)))
    return zc_loader_fail (loader, "advise_min", "does not lie between min and max");
  return read_share (loader, object, field);
}

static gboolean
read_same_as (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  field->same_as = zc_json_get_string (object, "same_as");
  if (field->same_as == NULL || g_str_equal (field->same_as, "account.name"))
    return TRUE;
  return zc_loader_fail (loader, "same_as", "must be “account.name”");
}

static gboolean
read_image_limits (ZcLoader *loader, const ZcJsonValue *object, ZcImageLimits *limits)
{
  gint64 min = 0, max = 0, bytes = 0, width = 0, height = 0, edge = 0;
  const gint64 pixels = ZC_BUSINESS_MAX_PIXELS;

  if (!expect (loader, object, image_members, G_N_ELEMENTS (image_members))
      || !read_count (loader, object, "max", 1, ZC_BUSINESS_MAX_IMAGES, &max)
      || !read_count (loader, object, "min", 0, ZC_BUSINESS_MAX_IMAGES, &min)
      || !read_count (loader, object, "max_bytes", 1, ZC_BUSINESS_MAX_IMAGE_BYTES, &bytes)
      || !read_count (loader, object, "min_width", 1, pixels, &width)
      || !read_count (loader, object, "min_height", 1, pixels, &height)
      || !read_count (loader, object, "min_long_edge", 1, pixels, &edge))
    return FALSE;
  if (min > max)
    return zc_loader_fail (loader, "min", "is greater than max");
  *limits = (ZcImageLimits){ .min = min,
                             .max = max,
                             .max_bytes = bytes,
                             .min_width = width,
                             .min_height = height,
                             .min_long_edge = edge };
  return TRUE;
}

static gboolean
read_images (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  gsize mark;

  if (field->type != ZC_FIELD_IMAGES)
    return TRUE;
  mark = zc_loader_enter (loader, "images");
  if (!read_image_limits (loader, zc_json_get (object, "images"), &field->images))
    return FALSE;
  zc_loader_leave (loader, mark);
  return TRUE;
}

static gboolean
read_demands (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  gint64 working_days = 0;

  field->required = zc_json_get_bool (object, "required", FALSE);
  field->consent = zc_json_get_bool (object, "consent", FALSE);
  field->not_in_future = zc_json_get_bool (object, "not_in_future", FALSE);
  if (field->required && zc_json_get (object, "required_when") != NULL)
    return zc_loader_fail (loader, "required_when",
                           "contradicts “required”: always, or on a condition");
  if (field->type == ZC_FIELD_COMPUTED && zc_json_get (object, "sum") == NULL)
    return zc_loader_fail (loader, NULL, "a computed field needs “sum”");
  if (!read_count (loader, object, "min_working_days", 1, ZC_BUSINESS_MAX_WORKING_DAYS,
                   &working_days))
    return FALSE;
  field->min_working_days = working_days;
  return TRUE;
}

static gboolean
read_field (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  ZcJsonMember members[G_N_ELEMENTS (field_members)];

  for (guint i = 0; i < G_N_ELEMENTS (field_members); i++)
    members[i] = field_members[i].member;
  return expect (loader, object, members, G_N_ELEMENTS (members))
         && read_id (loader, object, &field->id) && read_type (loader, object, &field->type)
         && check_members_fit (loader, object, field->type)
         && read_words (loader, object, "label", ZC_BUSINESS_MAX_LABEL, &field->label)
         && read_words (loader, object, "hint", ZC_BUSINESS_MAX_HINT, &field->hint)
         && read_words (loader, object, "group", ZC_BUSINESS_MAX_LABEL, &field->group)
         && read_from (loader, object, field) && read_demands (loader, object, field)
         && read_choices (loader, object, field) && read_lengths (loader, object, field)
         && read_range (loader, object, field) && read_images (loader, object, field)
         && read_advice (loader, object, field) && read_same_as (loader, object, field);
}

/* --- sections --- */

static gboolean
read_fields (ZcLoader *loader, const ZcJsonValue *array, ZcSection *section)
{
  guint size = zc_json_size (array);
  ZcField *fields;

  if (size == 0 || size > ZC_BUSINESS_MAX_FIELDS)
    return zc_loader_fail (loader, "fields", "must be 1 to %d", ZC_BUSINESS_MAX_FIELDS);
  fields = zc_loader_block (loader, size, sizeof *fields);
  section->fields = fields;
  for (guint i = 0; i < size; i++)
    {
      gsize mark = zc_loader_enter (loader, "fields[%u]", i);

      if (!read_field (loader, zc_json_at (array, i), &fields[i]))
        return FALSE;
      if (zc_section_find_field (section, fields[i].id) != NULL)
        return zc_loader_fail (loader, "id", "“%s” is another field's already", fields[i].id);
      zc_loader_leave (loader, mark);
      section->n_fields = i + 1;
    }
  return TRUE;
}

static gboolean
read_entries (ZcLoader *loader, const ZcJsonValue *object, ZcSection *section)
{
  const ZcJsonValue *entries = zc_json_get (object, "entries");
  gint64 min = 0, max = 0, advised = 0;
  gsize mark;

  section->repeats = entries != NULL;
  if (entries == NULL)
    return TRUE;
  mark = zc_loader_enter (loader, "entries");
  if (!expect (loader, entries, entries_members, G_N_ELEMENTS (entries_members))
      || !read_count (loader, entries, "min", 0, ZC_BUSINESS_MAX_ENTRIES, &min)
      || !read_count (loader, entries, "max", 1, ZC_BUSINESS_MAX_ENTRIES, &max)
      || !read_count (loader, entries, "advise_min", 1, ZC_BUSINESS_MAX_ENTRIES, &advised))
    return FALSE;
  if (min > max || advised > max)
    return zc_loader_fail (loader, min > max ? "min" : "advise_min", "is greater than max");
  if (min == 0 && zc_json_get (entries, "min_when") != NULL)
    return zc_loader_fail (loader, "min_when", "says when “min” is asked for: there is none");
  zc_loader_leave (loader, mark);
  section->min_entries = min;
  section->max_entries = max;
  section->advise_entries = advised;
  return TRUE;
}

static gboolean
read_section (ZcLoader *loader, const ZcJsonValue *object, ZcSection *section)
{
  gboolean unit;

  if (!expect (loader, object, section_members, G_N_ELEMENTS (section_members))
      || !read_id (loader, object, &section->id)
      || !read_words (loader, object, "title", ZC_BUSINESS_MAX_LABEL, &section->title)
      || !read_words (loader, object, "hint", ZC_BUSINESS_MAX_HINT, &section->hint)
      || !read_either (loader, object, "fills", "applicant", "unit", &unit)
      || !read_entries (loader, object, section))
    return FALSE;
  if (g_str_equal (section->id, "target") || g_str_equal (section->id, "account"))
    return zc_loader_fail (loader, "id", "“%s” means something else in conditions", section->id);
  section->fills = unit ? ZC_FILLS_UNIT : ZC_FILLS_APPLICANT;
  section->locked_until = zc_json_get_string (object, "locked_until");
  if (section->locked_until != NULL && !g_str_equal (section->locked_until, "notice-ended"))
    return zc_loader_fail (loader, "locked_until", "must be “notice-ended”");
  return read_fields (loader, zc_json_get (object, "fields"), section);
}

static gboolean
read_sections (ZcLoader *loader, const ZcJsonValue *array)
{
  ZcBusiness *business = loader->business;
  guint size = zc_json_size (array);

  if (size == 0 || size > ZC_BUSINESS_MAX_SECTIONS)
    return zc_loader_fail (loader, "sections", "must be 1 to %d", ZC_BUSINESS_MAX_SECTIONS);
  business->sections = zc_loader_block (loader, size, sizeof *business->sections);
  for (guint i = 0; i < size; i++)
    {
      gsize mark = zc_loader_enter (loader, "sections[%u]", i);

      if (!read_section (loader, zc_json_at (array, i), &business->sections[i]))
        return FALSE;
      if (zc_business_find_section (business, business->sections[i].id, NULL) != NULL)
        return zc_loader_fail (loader, "id", "“%s” is another section's already",
                               business->sections[i].id);
      zc_loader_leave (loader, mark);
      business->n_sections = i + 1;
    }
  return TRUE;
}

/* --- the business --- */

static gboolean
read_target (ZcLoader *loader, const ZcJsonValue *object)
{
  ZcBusiness *business = loader->business;

  if (!zc_loader_strings (loader, zc_json_get (object, "target"), "target", G_N_ELEMENTS (targets),
                          &business->target))
    return FALSE;
  for (guint i = 0; business->target[i] != NULL; i++)
    {
      if (!g_strv_contains (targets, business->target[i]))
        return zc_loader_fail (loader, "target", "“%s” is nothing a dossier can go to",
                               business->target[i]);
    }
  return TRUE;
}

static gboolean
read_stages (ZcLoader *loader, const ZcJsonValue *object)
{
  ZcBusiness *business = loader->business;
  ZcStage stage;

  if (!zc_loader_strings (loader, zc_json_get (object, "stages"), "stages", ZC_STAGE_LAST,
                          &business->stages))
    return FALSE;
  for (guint i = 0; business->stages[i] != NULL; i++)
    {
      if (!zc_stage_from_string (business->stages[i], &stage) || stage == ZC_STAGE_APPLICANT)
        return zc_loader_fail (loader, "stages", "“%s” is no stage behind the applicant's",
                               business->stages[i]);
    }
  return TRUE;
}

static gboolean
read_business (ZcLoader *loader, const ZcJsonValue *object)
{
  ZcBusiness *business = loader->business;
  gint64 revision = 0;

  business->instructions = "";
  if (!expect (loader, object, business_members, G_N_ELEMENTS (business_members))
      || !read_id (loader, object, &business->id)
      || !read_count (loader, object, "revision", 1, G_MAXINT32, &revision)
      || !read_words (loader, object, "title", ZC_BUSINESS_MAX_LABEL, &business->title)
      || !read_words (loader, object, "instructions", ZC_BUSINESS_MAX_INSTRUCTIONS,
                      &business->instructions)
      || !read_year_rule (loader, object)
      || !read_either (loader, object, "resubmit", "first-stage", "returning-stage",
                       &business->resubmits_to_returning_stage))
    return FALSE;
  business->revision = revision;
  if (!read_target (loader, object))
    return FALSE;
  /* whatever a committee evaluates is new */
  business->grants = zc_json_get_bool (
      object, "grants", g_strv_contains (zc_business_get_target (business), "committee"));
  return read_stages (loader, object)
         && read_sections (loader, zc_json_get (object, "sections")) && zc_business_link (loader);
}

/**
 * zc_business_parse:
 * @text: a business file
 * @length: its bytes
 * @error: (out): #ZC_JSON_ERROR or #ZC_BUSINESS_ERROR, with the place in the message
 *
 * Reads a business and proves it whole: nothing unknown, nothing twice, no limit that contradicts
 * another, no condition on what is not there.
 *
 * Returns: (transfer full) (nullable): the business
 */
ZcBusiness *
zc_business_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (ZcJson) json = zc_json_parse (text, length, error);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (ZcBusiness) business = NULL;
  ZcLoader loader;

  if (json == NULL)
    return NULL;
  business = g_atomic_rc_box_new0 (ZcBusiness);
  business->json = g_steal_pointer (&json);
  business->text = g_strndup (text, length);
  business->length = length;
  business->blocks = g_ptr_array_new_with_free_func (g_free);
  loader = (ZcLoader){ .business = business, .path = path, .error = error };
  if (!read_business (&loader, zc_json_root (business->json)))
    return NULL;
  return g_steal_pointer (&business);
}
