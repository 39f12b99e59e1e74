/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "zc-schema-rules.h"

/* A business as JSON Schema 2020-12 (B4), for validators that know nothing of us. "properties" hold
 * the structure of each section's document; "allOf" holds one rule a field: if it applies, then its
 * content. Whatever the schema refuses, zc_check() refuses too; what zc_check() alone can refuse is
 * listed under "x-server-only". Patterns keep to what Python's and ECMAScript's expressions read
 * alike.
 */

#define BLANK                                                                                      \
  "\\u0009-\\u000d\\u0020\\u00a0\\u1680\\u2000-"                                                   \
  "\\u200d\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff"
#define CONTROL                                                                                    \
  "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069"
#define LINE_ENDS "\\u0009\\u000a\\u000d\\u2028\\u2029"
/* Where every code point is a character of its own: in other texts only we can count. */
#define PLAIN                                                                                      \
  "\\u0000-\\u000c\\u000e-\\u02ff\\u0370-\\u0482\\u2010-\\u2027\\u2030-\\u205e\\u2100-\\u2bff"     \
  "\\u3000-\\u3029\\u3030-\\u3098\\u309b-\\ua48f\\uac00-\\ud7a3\\uf900-\\ufaff\\uff00-\\uff9d"     \
  "\U00020000-\U000323af"
#define END "$(?!\\n)" /* Python's $ forgives a line end */
#define YEAR "(?:19|20|21)[0-9][0-9]"
#define DAY(dash)                                                                                  \
  "(?:" YEAR dash "(?:(?:0[13578]|1[02])" dash "(?:0[1-9]|[12][0-9]|3[01])|"                       \
  "(?:0[469]|11)" dash "(?:0[1-9]|[12][0-9]|30)|02" dash "(?:0[1-9]|1[0-9]|2[0-8]))|"              \
  "(?:(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])|2000)" dash "02" dash "29)"
#define REGION "(?:(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71)[0-9]{4}|8[1-3]0000|9[0-9]{5})"
#define CREDIT "0-9A-HJ-NP-RTUWXY"
#define LOCAL_PART "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
#define HOST_PART "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"

static const struct
{
  const char *name;
  const char *pattern;
} patterns[] = {
  { "visible", "[^" BLANK "]" },
  { "date", "^" DAY ("-") END },
  { "month", "^" YEAR "-(?:0[1-9]|1[0-2])" END },
  { "id-number", "^(?:" REGION DAY ("") "[0-9]{3}[0-9Xx]|[A-Za-z]{3}[0-9]{12})" END },
  { "credit-code", "^(?!0)[" CREDIT "]{2}[0-9]{6}[" CREDIT "]{10}" END },
  { "mobile", "^1[3-9][0-9]{9}" END },
  { "email", "^(?=.{1,64}@)(?=.{1,254}" END ")" LOCAL_PART "(?:\\." LOCAL_PART ")*@(?:" HOST_PART
             "\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]" END },
  { "uuid", "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" END },
  { "sha256", "^[0-9a-f]{64}" END },
};

/* What follows from arithmetic, from the clock, from another value, or from how people count. */
static const char *const server_only[] = {
  "id-checksum", "id-date",   "credit-code",     "date-order",      "in-future", "computed",
  "too-long",    "too-short", "duplicate-entry", "duplicate-image", "not-the-same",
  "too-few-working-days", "not-over", "calendar", NULL,
};

static void
add_reference (ZcJsonWriter *json, const char *key, const char *name)
{
  g_autofree char *reference = g_strconcat ("#/$defs/", name, NULL);

  zc_json_add_string (json, key, reference);
}

static void
add_strings (ZcJsonWriter *json, const char *key, const char *const *strings)
{
  zc_json_begin_array (json, key);
  for (guint i = 0; strings[i] != NULL; i++)
    zc_json_add_string (json, NULL, strings[i]);
  zc_json_end_array (json);
}

/* A whole number without a point, whatever it was read as. */
static void
add_bound (ZcJsonWriter *json, const char *key, double bound)
{
  if (bound == (double)(gint64)bound)
    zc_json_add_integer (json, key, (gint64)bound);
  else
    zc_json_add_decimal (json, key, bound);
}

/* --- structure --- */

static void
add_nullable (ZcJsonWriter *json, const char *type)
{
  add_strings (json, "type", (const char *const[]){ type, "null", NULL });
}

/* Either short enough for anybody's count, or with joined characters in it and not beyond all
 * measure. */
static void
add_length_limit (ZcJsonWriter *json, guint max_length)
{
  zc_json_begin_array (json, "anyOf");
  zc_json_begin_object (json, NULL);
  zc_json_add_integer (json, "maxLength", max_length);
  zc_json_end_object (json);
  zc_json_begin_object (json, NULL);
  zc_json_add_string (json, "pattern", "[^" PLAIN "]");
  zc_json_add_integer (json, "maxLength", (gint64)max_length * ZC_TEXT_POINTS_PER_CHARACTER);
  zc_json_end_object (json);
  zc_json_end_array (json);
}

static void
add_text_structure (ZcJsonWriter *json, const ZcField *field)
{
  add_nullable (json, "string");
  add_reference (json, "$ref", field->type == ZC_FIELD_PARAGRAPH ? "lines" : "line");
  if (field->max_length > 0)
    add_length_limit (json, field->max_length);
}

static void
add_integer_range (ZcJsonWriter *json, const char *key, gint64 least, gint64 greatest)
{
  zc_json_begin_object (json, key);
  zc_json_add_string (json, "type", "integer");
  zc_json_add_integer (json, "minimum", least);
  zc_json_add_integer (json, "maximum", greatest);
  zc_json_end_object (json);
}

static void
add_edge_choice (ZcJsonWriter *json, const ZcImageLimits *limits)
{
  static const char *const edges[] = { "width", "height" };

  if (limits->min_long_edge == 0)
    return;
  zc_json_begin_array (json, "anyOf");
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      zc_json_begin_object (json, NULL);
      zc_json_begin_object (json, "properties");
      add_integer_range (json, edges[i], limits->min_long_edge, G_MAXINT32);
      zc_json_end_object (json);
      zc_json_end_object (json);
    }
  zc_json_end_array (json);
}

static void
add_image (ZcJsonWriter *json, const ZcImageLimits *limits)
{
  zc_json_begin_object (json, "items");
  zc_json_add_string (json, "type", "object");
  zc_json_begin_object (json, "properties");
  zc_json_begin_object (json, "sha256");
  add_reference (json, "$ref", "sha256");
  zc_json_end_object (json);
  add_integer_range (json, "bytes", 1, limits->max_bytes);
  add_integer_range (json, "width", MAX (limits->min_width, 1), G_MAXINT32);
  add_integer_range (json, "height", MAX (limits->min_height, 1), G_MAXINT32);
  zc_json_begin_object (json, "name");
  add_reference (json, "$ref", "image-name");
  zc_json_end_object (json);
  zc_json_end_object (json);
  add_strings (json, "required",
               (const char *const[]){ "sha256", "bytes", "width", "height", NULL });
  zc_json_add_bool (json, "additionalProperties", FALSE);
  add_edge_choice (json, limits);
  zc_json_end_object (json);
}

static void
add_field_structure (ZcJsonWriter *json, const ZcField *field)
{
  zc_json_begin_object (json, field->id);
  zc_json_add_string (json, "title", field->label);
  switch (field->type)
    {
    case ZC_FIELD_INTEGER:
      add_nullable (json, "integer");
      zc_json_add_integer (json, "minimum", -(gint64)ZC_BUSINESS_MAX_NUMBER);
      zc_json_add_integer (json, "maximum", (gint64)ZC_BUSINESS_MAX_NUMBER);
      break;
    case ZC_FIELD_DECIMAL:
    case ZC_FIELD_COMPUTED:
      add_nullable (json, "number");
      break;
    case ZC_FIELD_FLAG:
      add_nullable (json, "boolean");
      break;
    case ZC_FIELD_IMAGES:
      add_nullable (json, "array");
      zc_json_add_integer (json, "maxItems", field->images.max);
      add_image (json, &field->images);
      break;
    default:
      add_text_structure (json, field);
    }
  zc_json_end_object (json);
}

static void
add_values_structure (ZcJsonWriter *json, const ZcSection *section)
{
  zc_json_begin_object (json, "values");
  zc_json_add_string (json, "type", "object");
  zc_json_begin_object (json, "properties");
  for (guint i = 0; i < section->n_fields; i++)
    {
      if (section->fields[i].from == NULL)
        add_field_structure (json, &section->fields[i]);
    }
  zc_json_end_object (json);
  zc_json_add_bool (json, "additionalProperties", FALSE);
  zc_json_end_object (json);
}

static void
add_entries_structure (ZcJsonWriter *json, const ZcSection *section)
{
  zc_json_begin_object (json, "entries");
  zc_json_add_string (json, "type", "array");
  zc_json_add_integer (json, "maxItems", section->max_entries);
  zc_json_begin_object (json, "items");
  zc_json_add_string (json, "type", "object");
  zc_json_begin_object (json, "properties");
  zc_json_begin_object (json, "id");
  add_reference (json, "$ref", "uuid");
  zc_json_end_object (json);
  add_values_structure (json, section);
  zc_json_end_object (json);
  add_strings (json, "required", (const char *const[]){ "id", "values", NULL });
  zc_json_add_bool (json, "additionalProperties", FALSE);
  zc_json_end_object (json);
  zc_json_end_object (json);
}

static void
add_section_structure (ZcJsonWriter *json, const ZcSection *section)
{
  zc_json_begin_object (json, section->id);
  zc_json_add_string (json, "title", section->title);
  zc_json_add_string (json, "type", "object");
  zc_json_begin_object (json, "properties");
  if (section->repeats)
    add_entries_structure (json, section);
  else
    add_values_structure (json, section);
  zc_json_end_object (json);
  add_strings (json, "required",
               (const char *const[]){ section->repeats ? "entries" : "values", NULL });
  zc_json_add_bool (json, "additionalProperties", FALSE);
  zc_json_end_object (json);
}

static void
add_context (ZcJsonWriter *json)
{
  zc_json_begin_object (json, "target");
  zc_json_add_string (json, "type", "object");
  zc_json_end_object (json);
  zc_json_begin_object (json, "account");
  zc_json_add_string (json, "type", "object");
  zc_json_end_object (json);
}

/* --- content --- */

static void
add_number_content (ZcJsonWriter *json, const ZcField *field)
{
  zc_json_add_string (json, "type", "number");
  if (field->has_min)
    add_bound (json, "minimum", field->min);
  if (field->has_max)
    add_bound (json, "maximum", field->max);
}

static void
add_content_of_type (ZcJsonWriter *json, const ZcField *field)
{
  switch (field->type)
    {
    case ZC_FIELD_TEXT:
    case ZC_FIELD_PARAGRAPH:
      add_reference (json, "$ref", "visible");
      if (field->min_length > 0)
        zc_json_add_integer (json, "minLength", field->min_length);
      break;
    case ZC_FIELD_INTEGER:
    case ZC_FIELD_DECIMAL:
      add_number_content (json, field);
      break;
    case ZC_FIELD_CHOICE:
      add_strings (json, "enum", zc_field_get_choices (field));
      break;
    case ZC_FIELD_FLAG:
      zc_json_add_string (json, "type", "boolean");
      break;
    case ZC_FIELD_IMAGES:
      zc_json_add_string (json, "type", "array");
      zc_json_add_integer (json, "minItems", MAX (field->images.min, 1));
      break;
    case ZC_FIELD_COMPUTED:
      zc_json_add_string (json, "type", "number");
      break;
    default:
      add_reference (json, "$ref", zc_field_type_to_string (field->type));
    }
}

void
zc_schema_add_content (ZcJsonWriter *json, const ZcField *field, gboolean required)
{
  zc_json_begin_object (json, field->id);
  if (required)
    {
      if (field->consent)
        zc_json_add_bool (json, "const", TRUE);
      add_content_of_type (json, field);
    }
  else
    {
      zc_json_begin_array (json, "anyOf");
      zc_json_begin_object (json, NULL);
      add_reference (json, "$ref", "empty");
      zc_json_end_object (json);
      zc_json_begin_object (json, NULL);
      add_content_of_type (json, field);
      zc_json_end_object (json);
      zc_json_end_array (json);
    }
  zc_json_end_object (json);
}

/* --- definitions --- */

static void
add_pattern (ZcJsonWriter *json, const char *name, const char *pattern)
{
  zc_json_begin_object (json, name);
  zc_json_add_string (json, "type", "string");
  zc_json_add_string (json, "pattern", pattern);
  zc_json_end_object (json);
}

static void
add_pattern_refused (ZcJsonWriter *json, const char *name, const char *pattern)
{
  zc_json_begin_object (json, name);
  add_pattern (json, "not", pattern);
  zc_json_end_object (json);
}

/* Nothing answered: null, what shows nothing, and an empty list. */
static void
add_empty (ZcJsonWriter *json)
{
  zc_json_begin_object (json, "empty");
  add_strings (json, "type", (const char *const[]){ "null", "string", "array", NULL });
  zc_json_add_string (json, "pattern", "^[" BLANK "]*$");
  zc_json_add_integer (json, "maxItems", 0);
  zc_json_end_object (json);
}

static void
add_definitions (ZcJsonWriter *json, const ZcBusiness *business)
{
  zc_json_begin_object (json, "$defs");
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    add_pattern (json, patterns[i].name, patterns[i].pattern);
  add_pattern_refused (json, "lines", "[" CONTROL "]");
  add_pattern_refused (json, "line", "[" CONTROL LINE_ENDS "]");
  add_empty (json);
  zc_json_begin_object (json, "image-name");
  zc_json_add_string (json, "type", "string");
  add_reference (json, "$ref", "line");
  add_length_limit (json, ZC_IMAGE_NAME_MAX);
  zc_json_end_object (json);
  zc_schema_add_applying (json, business);
  zc_json_end_object (json);
}

static void
add_heading (ZcJsonWriter *json, const ZcBusiness *business)
{
  g_autofree char *id
      = g_strdup_printf ("urn:zhicheng:business:%s:%d", business->id, business->revision);

  zc_json_add_string (json, "$schema", "https://json-schema.org/draft/2020-12/schema");
  zc_json_add_string (json, "$id", id);
  zc_json_add_string (json, "title", business->title);
  add_strings (json, "x-server-only", server_only);
}

/**
 * zc_business_export_schema:
 * @business: a business
 *
 * Returns: (transfer full): its JSON Schema 2020-12, of one object: "target" (ids), "account"
 * (has_title) and the document of each section under the section's id. The unit's sections are only
 * asked for where they are there.
 */
char *
zc_business_export_schema (const ZcBusiness *business)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter json;

  zc_json_writer_init (&json, out);
  zc_json_begin_object (&json, NULL);
  add_heading (&json, business);
  zc_json_add_string (&json, "type", "object");
  zc_json_begin_object (&json, "properties");
  add_context (&json);
  for (guint i = 0; i < business->n_sections; i++)
    add_section_structure (&json, &business->sections[i]);
  zc_json_end_object (&json);
  zc_json_add_bool (&json, "additionalProperties", FALSE);
  zc_schema_add_rules (&json, business);
  add_definitions (&json, business);
  zc_json_end_object (&json);
  return g_string_free (out, FALSE);
}
