/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <math.h>
#include <string.h>

#include "zc-business-private.h"

/* The loader of business files, first pass: one field. Which members it may have goes by its type. */

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

static const ZcJsonMember share_members[] = {
  { "of", ZC_JSON_STRING, TRUE },
  { "parts", ZC_JSON_INTEGER, TRUE },
  { "in", ZC_JSON_INTEGER, TRUE },
};

static const char *const sources[] = {
  "account.name",  "account.sex", "account.id_number", "account.birth_date", "account.mobile",
  "account.email", "target.unit", "target.office",     "target.year",        NULL,
};

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

  if (!zc_loader_count (loader, object, "min_length", 1, ZC_BUSINESS_MAX_LENGTH, &min)
      || !zc_loader_count (loader, object, "max_length", 1, ZC_BUSINESS_MAX_LENGTH, &max))
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
  if (!zc_loader_expect (loader, share, share_members, G_N_ELEMENTS (share_members))
      || !zc_loader_count (loader, share, "parts", 1, ZC_BUSINESS_MAX_SHARE, &parts)
      || !zc_loader_count (loader, share, "in", 1, ZC_BUSINESS_MAX_SHARE, &whole))
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

  if (!zc_loader_expect (loader, object, image_members, G_N_ELEMENTS (image_members))
      || !zc_loader_count (loader, object, "max", 1, ZC_BUSINESS_MAX_IMAGES, &max)
      || !zc_loader_count (loader, object, "min", 0, ZC_BUSINESS_MAX_IMAGES, &min)
      || !zc_loader_count (loader, object, "max_bytes", 1, ZC_BUSINESS_MAX_IMAGE_BYTES, &bytes)
      || !zc_loader_count (loader, object, "min_width", 1, pixels, &width)
      || !zc_loader_count (loader, object, "min_height", 1, pixels, &height)
      || !zc_loader_count (loader, object, "min_long_edge", 1, pixels, &edge))
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
  if (!zc_loader_count (loader, object, "min_working_days", 1, ZC_BUSINESS_MAX_WORKING_DAYS,
                        &working_days))
    return FALSE;
  field->min_working_days = working_days;
  return TRUE;
}

/**
 * zc_business_parse_field:
 * @loader: a loading, at the field
 * @object: it
 * @field: (out): zeroed; what it names elsewhere in the file is linked later
 *
 * Returns: whether it makes sense by itself
 */
gboolean
zc_business_parse_field (ZcLoader *loader, const ZcJsonValue *object, ZcField *field)
{
  ZcJsonMember members[G_N_ELEMENTS (field_members)];

  for (guint i = 0; i < G_N_ELEMENTS (field_members); i++)
    members[i] = field_members[i].member;
  return zc_loader_expect (loader, object, members, G_N_ELEMENTS (members))
         && zc_loader_id (loader, object, &field->id) && read_type (loader, object, &field->type)
         && check_members_fit (loader, object, field->type)
         && zc_loader_words (loader, object, "label", ZC_BUSINESS_MAX_LABEL, &field->label)
         && zc_loader_words (loader, object, "hint", ZC_BUSINESS_MAX_HINT, &field->hint)
         && zc_loader_words (loader, object, "group", ZC_BUSINESS_MAX_LABEL, &field->group)
         && read_from (loader, object, field) && read_demands (loader, object, field)
         && read_choices (loader, object, field) && read_lengths (loader, object, field)
         && read_range (loader, object, field) && read_images (loader, object, field)
         && read_advice (loader, object, field) && read_same_as (loader, object, field);
}
