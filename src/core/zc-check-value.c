/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <math.h>
#include <string.h>

#include "zc-check-private.h"
#include "zc-id.h"
#include "zc-identity.h"
#include "zc-text.h"

/* One value against one field. Shape is what may be stored at all; content is what is right. */

gboolean
zc_value_get_integer (const ZcJsonValue *value, gint64 *integer)
{
  double decimal;

  if (value == NULL || (zc_json_type (value) & (ZC_JSON_INTEGER | ZC_JSON_DECIMAL)) == 0)
    return FALSE;
  decimal = zc_json_decimal (value, NAN);
  if (decimal != floor (decimal) || fabs (decimal) > 9007199254740991.0)
    return FALSE;
  *integer = (gint64)decimal;
  return TRUE;
}

gboolean
zc_value_is_empty (const ZcJsonValue *value)
{
  if (value == NULL)
    return TRUE;
  switch (zc_json_type (value))
    {
    case ZC_JSON_NULL:
      return TRUE;
    case ZC_JSON_STRING:
      return zc_text_is_blank (zc_json_string (value));
    case ZC_JSON_ARRAY:
      return zc_json_size (value) == 0;
    default:
      return FALSE;
    }
}

/* --- shape --- */

static guint
json_types (ZcFieldType type)
{
  switch (type)
    {
    case ZC_FIELD_INTEGER:
    case ZC_FIELD_DECIMAL:
    case ZC_FIELD_COMPUTED:
      return ZC_JSON_INTEGER | ZC_JSON_DECIMAL;
    case ZC_FIELD_FLAG:
      return ZC_JSON_BOOL;
    case ZC_FIELD_IMAGES:
      return ZC_JSON_ARRAY;
    default:
      return ZC_JSON_STRING;
    }
}

static ZcProblemCode
check_text_shape (const ZcField *field, const char *text, gint64 *limit)
{
  if (zc_text_has_control (text, field->type == ZC_FIELD_PARAGRAPH))
    return ZC_PROBLEM_CONTROL_CHARACTER;
  if (field->max_length == 0 || !zc_text_exceeds (text, field->max_length))
    return ZC_PROBLEM_NONE;
  *limit = field->max_length;
  return ZC_PROBLEM_TOO_LONG;
}

ZcProblemCode
zc_value_check_shape (const ZcField *field, const ZcJsonValue *value, gint64 *limit)
{
  ZcJsonType type = zc_json_type (value);
  gint64 integer;

  *limit = -1;
  if (type == ZC_JSON_NULL)
    return ZC_PROBLEM_NONE;
  if ((type & json_types (field->type)) == 0)
    return ZC_PROBLEM_TYPE;
  if (field->type == ZC_FIELD_INTEGER && !zc_value_get_integer (value, &integer))
    return ZC_PROBLEM_TYPE;
  if (type == ZC_JSON_STRING)
    return check_text_shape (field, zc_json_string (value), limit);
  if (field->type == ZC_FIELD_IMAGES && zc_json_size (value) > field->images.max)
    {
      *limit = field->images.max;
      return ZC_PROBLEM_TOO_MANY_IMAGES;
    }
  return ZC_PROBLEM_NONE;
}

/* --- images --- */

static gboolean
has_image_members (const ZcJsonValue *image)
{
  const ZcJsonValue *name = zc_json_get (image, "name");

  return zc_json_type (image) == ZC_JSON_OBJECT && zc_json_size (image) == 4u + (name != NULL)
         && zc_json_get (image, "sha256") != NULL && zc_json_get (image, "bytes") != NULL
         && zc_json_get (image, "width") != NULL && zc_json_get (image, "height") != NULL;
}

static gboolean
is_image_name (const ZcJsonValue *name)
{
  return name == NULL
         || (zc_json_type (name) == ZC_JSON_STRING
             && !zc_text_has_control (zc_json_string (name), FALSE)
             && !zc_text_exceeds (zc_json_string (name), ZC_IMAGE_NAME_MAX));
}

static gboolean
is_image (const ZcJsonValue *image, gint64 *bytes, gint64 *width, gint64 *height)
{
  const char *digest;

  if (image == NULL || !has_image_members (image) || !is_image_name (zc_json_get (image, "name"))
      || zc_json_type (zc_json_get (image, "sha256")) != ZC_JSON_STRING)
    return FALSE;
  digest = zc_json_get_string (image, "sha256");
  return zc_sha256_is_valid (digest) && zc_value_get_integer (zc_json_get (image, "bytes"), bytes)
         && zc_value_get_integer (zc_json_get (image, "width"), width)
         && zc_value_get_integer (zc_json_get (image, "height"), height) && *bytes > 0 && *width > 0
         && *width <= G_MAXINT32 && *height > 0 && *height <= G_MAXINT32;
}

static gboolean
stands_before (const ZcJsonValue *images, guint index, const char *digest)
{
  for (guint i = 0; i < index; i++)
    {
      if (g_strcmp0 (zc_json_get_string (zc_json_at (images, i), "sha256"), digest) == 0)
        return TRUE;
    }
  return FALSE;
}

static ZcProblemCode
check_image (const ZcField *field, const ZcJsonValue *images, guint index, gint64 *limit)
{
  const ZcJsonValue *image = zc_json_at (images, index);
  gint64 bytes, width, height;

  *limit = -1;
  if (!is_image (image, &bytes, &width, &height))
    return ZC_PROBLEM_TYPE;
  if (stands_before (images, index, zc_json_get_string (image, "sha256")))
    return ZC_PROBLEM_DUPLICATE_IMAGE;
  return zc_check_image_limits (&field->images, bytes, width, height, limit);
}

void
zc_value_check_images (const ZcField *field,
                       const ZcJsonValue *value,
                       ZcImageProblemFunc report,
                       gpointer data)
{
  for (guint i = 0; i < zc_json_size (value); i++)
    {
      gint64 limit;
      ZcProblemCode code = check_image (field, value, i, &limit);

      if (code != ZC_PROBLEM_NONE)
        report (data, zc_json_get_string (zc_json_at (value, i), "sha256"), code, limit);
    }
}

/**
 * zc_check_image_limits:
 * @limits: of a field
 * @bytes: of the file
 * @width: pixels
 * @height: pixels
 * @limit: (out): the limit that is broken, -1 where none is
 *
 * Returns: ZC_PROBLEM_NONE or the first limit the image breaks
 */
ZcProblemCode
zc_check_image_limits (
    const ZcImageLimits *limits, gint64 bytes, int width, int height, gint64 *limit)
{
  const struct
  {
    gboolean broken;
    ZcProblemCode code;
    gint64 limit;
  } cases[] = {
    { limits->max_bytes > 0 && bytes > limits->max_bytes, ZC_PROBLEM_TOO_MANY_BYTES,
      limits->max_bytes },
    { width < limits->min_width, ZC_PROBLEM_TOO_NARROW, limits->min_width },
    { height < limits->min_height, ZC_PROBLEM_TOO_LOW, limits->min_height },
    { MAX (width, height) < limits->min_long_edge, ZC_PROBLEM_EDGE_TOO_SHORT,
      limits->min_long_edge },
  };

  *limit = -1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (!cases[i].broken)
        continue;
      *limit = cases[i].limit;
      return cases[i].code;
    }
  return ZC_PROBLEM_NONE;
}

/* --- content --- */

static ZcProblemCode
check_number (const ZcField *field, double number, gint64 *limit)
{
  gboolean small = field->has_min && number < field->min;
  gboolean large = field->has_max && number > field->max;
  double bound = small ? field->min : field->max;

  if (!small && !large)
    return ZC_PROBLEM_NONE;
  if (bound == floor (bound))
    *limit = (gint64)bound;
  return small ? ZC_PROBLEM_TOO_SMALL : ZC_PROBLEM_TOO_LARGE;
}

void
zc_value_write_today (ZcTime now, char today[11])
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc ((now + 8 * 60 * 60 * 1000) / 1000);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  g_strlcpy (today, text, 11);
}

static ZcProblemCode
check_day (const ZcField *field, const char *day, ZcTime now)
{
  char today[11];

  if (field->type == ZC_FIELD_DATE && !zc_date_is_valid (day))
    return ZC_PROBLEM_DATE;
  if (field->type == ZC_FIELD_MONTH && !zc_month_is_valid (day))
    return ZC_PROBLEM_MONTH;
  if (!field->not_in_future)
    return ZC_PROBLEM_NONE;
  zc_value_write_today (now, today);
  return strncmp (day, today, strlen (day)) > 0 ? ZC_PROBLEM_IN_FUTURE : ZC_PROBLEM_NONE;
}

static ZcProblemCode
check_length (const ZcField *field, const char *text, gint64 *limit)
{
  if (field->min_length == 0 || zc_text_length (text) >= field->min_length)
    return ZC_PROBLEM_NONE;
  *limit = field->min_length;
  return ZC_PROBLEM_TOO_SHORT;
}

/* Which document a number is of shows in its form. */
static ZcProblemCode
check_id_number (const char *number, ZcTime now)
{
  ZcIdentityKind kind = ZC_IDENTITY_ID_CARD;
  char birth_date[11];
  ZcSex sex;

  if (number[0] == '9' || g_ascii_isalpha (number[0]))
    kind = ZC_IDENTITY_FOREIGN_PERMANENT;
  else if (g_str_has_prefix (number, "81") || g_str_has_prefix (number, "82")
           || g_str_has_prefix (number, "83"))
    kind = ZC_IDENTITY_RESIDENCE_PERMIT;
  return zc_identity_check (kind, number, now, birth_date, &sex);
}

static ZcProblemCode
check_string (const ZcField *field, const char *text, ZcTime now, gint64 *limit)
{
  switch (field->type)
    {
    case ZC_FIELD_DATE:
    case ZC_FIELD_MONTH:
      return check_day (field, text, now);
    case ZC_FIELD_CHOICE:
      return g_strv_contains (zc_field_get_choices (field), text) ? ZC_PROBLEM_NONE
                                                                  : ZC_PROBLEM_NOT_A_CHOICE;
    case ZC_FIELD_ID_NUMBER:
      return check_id_number (text, now);
    case ZC_FIELD_CREDIT_CODE:
      return zc_credit_code_check (text);
    case ZC_FIELD_MOBILE:
      return zc_mobile_check (text);
    case ZC_FIELD_EMAIL:
      return zc_email_check (text);
    default:
      return check_length (field, text, limit);
    }
}

/* Of a value that is not empty and whose shape is right. */
ZcProblemCode
zc_value_check_content (const ZcField *field, const ZcJsonValue *value, ZcTime now, gint64 *limit)
{
  *limit = -1;
  switch (zc_json_type (value))
    {
    case ZC_JSON_STRING:
      return check_string (field, zc_json_string (value), now, limit);
    case ZC_JSON_INTEGER:
    case ZC_JSON_DECIMAL:
      return check_number (field, zc_json_decimal (value, 0), limit);
    case ZC_JSON_ARRAY:
      if (zc_json_size (value) >= field->images.min)
        return ZC_PROBLEM_NONE;
      *limit = field->images.min;
      return ZC_PROBLEM_TOO_FEW_IMAGES;
    default:
      return ZC_PROBLEM_NONE;
    }
}
