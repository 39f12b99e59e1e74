/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <float.h>
#include <math.h>

#include "zc-json-private.h"
#include "zc-time.h"

/* Writing JSON straight into a string, and its canonical form (RFC 8785). Both write strings and
 * numbers alike, so what the server sends is canonical but for the order of members. */

#define MAX_INTEGER 9007199254740991.0 /* 2^53 - 1 */

/**
 * zc_json_writer_init:
 * @writer: a writer, usually on the stack; nothing needs to be freed
 * @out: the string to append to, which the writer borrows
 */
void
zc_json_writer_init (ZcJsonWriter *writer, GString *out)
{
  writer->out = out;
  writer->comma = FALSE;
}

static void
append_escaped (GString *out, guchar byte)
{
  static const char letters[] = "btn\0fr"; /* of 0x08 to 0x0d */

  if (byte == '"' || byte == '\\')
    g_string_append_printf (out, "\\%c", byte);
  else if (byte >= 0x08 && byte <= 0x0d && byte != 0x0b)
    g_string_append_printf (out, "\\%c", letters[byte - 0x08]);
  else
    g_string_append_printf (out, "\\u%04x", byte);
}

static inline gboolean
must_escape (guchar byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\';
}

static void
append_string (GString *out, const char *text, gsize length)
{
  const char *end = text + length;

  g_string_append_c (out, '"');
  while (text < end)
    {
      const char *run = text;

      while (text < end && !must_escape ((guchar)*text))
        text++;
      g_string_append_len (out, run, text - run);
      if (text < end)
        append_escaped (out, (guchar)*text++);
    }
  g_string_append_c (out, '"');
}

/* The comma and the name that a value needs before it. */
static void
begin_value (ZcJsonWriter *writer, const char *key)
{
  if (writer->comma)
    g_string_append_c (writer->out, ',');
  if (key != NULL)
    {
      append_string (writer->out, key, strlen (key));
      g_string_append_c (writer->out, ':');
    }
  writer->comma = TRUE;
}

static void
begin_container (ZcJsonWriter *writer, const char *key, char bracket)
{
  begin_value (writer, key);
  g_string_append_c (writer->out, bracket);
  writer->comma = FALSE;
}

static void
end_container (ZcJsonWriter *writer, char bracket)
{
  g_string_append_c (writer->out, bracket);
  writer->comma = TRUE;
}

/**
 * zc_json_begin_object:
 * @writer: a writer
 * @key: (nullable): the member's name, where the object is one
 */
void
zc_json_begin_object (ZcJsonWriter *writer, const char *key)
{
  begin_container (writer, key, '{');
}

/**
 * zc_json_end_object:
 * @writer: a writer
 */
void
zc_json_end_object (ZcJsonWriter *writer)
{
  end_container (writer, '}');
}

/**
 * zc_json_begin_array:
 * @writer: a writer
 * @key: (nullable): the member's name
 */
void
zc_json_begin_array (ZcJsonWriter *writer, const char *key)
{
  begin_container (writer, key, '[');
}

/**
 * zc_json_end_array:
 * @writer: a writer
 */
void
zc_json_end_array (ZcJsonWriter *writer)
{
  end_container (writer, ']');
}

/**
 * zc_json_add_string:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @value: (nullable): UTF-8; %NULL writes null
 */
void
zc_json_add_string (ZcJsonWriter *writer, const char *key, const char *value)
{
  begin_value (writer, key);
  if (value == NULL)
    g_string_append (writer->out, "null");
  else
    append_string (writer->out, value, strlen (value));
}

static void
append_integer (GString *out, gint64 value)
{
  guint64 rest = value < 0 ? 0 - (guint64)value : (guint64)value;
  char buffer[24], *at = buffer + sizeof buffer;

  do
    *--at = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--at = '-';
  g_string_append_len (out, at, buffer + sizeof buffer - at);
}

/**
 * zc_json_add_integer:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @value: an integer; others read only ±(2^53 − 1) exactly
 */
void
zc_json_add_integer (ZcJsonWriter *writer, const char *key, gint64 value)
{
  begin_value (writer, key);
  append_integer (writer->out, value);
}

typedef struct
{
  char digits[20]; /* without point; no zero at the end */
  int point;       /* the number is 0.DIGITS times ten to this power */
} Digits;

/* @text is "d.ddde±xx", positive. */
static void
take_digits (const char *text, Digits *found)
{
  const char *exponent = strchr (text, 'e');
  gsize n = 0;

  for (const char *at = text; at < exponent; at++)
    if (g_ascii_isdigit (*at))
      found->digits[n++] = *at;
  while (n > 1 && found->digits[n - 1] == '0')
    n--;
  found->digits[n] = 0;
  found->point = (int)g_ascii_strtoll (exponent + 1, NULL, 10) + 1;
}

/* The next number of as many digits, away from zero. A power of two lies off the middle of the
 * numbers that are read as it: there the shortest text may be this one rather than the nearest. */
static gboolean
round_up_reads_back (const char *text, double value, char up[40])
{
  char *digit;

  g_strlcpy (up, text, 40);
  digit = strchr (up, 'e') - 1;
  if (!g_ascii_isdigit (*digit) || *digit == '9')
    return FALSE;
  ++*digit;
  return g_ascii_strtod (up, NULL) == value;
}

/* The fewest digits that are read as @value, the nearest of them (ECMA-262, Number::toString). */
static void
find_shortest (double value, Digits *found)
{
  char text[40], up[40], format[8];
  /* a normal number of up to 15 digits is told by 15; of the smallest numbers fewer may be enough
   */
  int precision = value >= DBL_MIN ? 14 : 0;

  for (; precision <= 16; precision++)
    {
      g_snprintf (format, sizeof format, "%%.%de", precision);
      g_ascii_formatd (text, sizeof text, format, value);
      if (g_ascii_strtod (text, NULL) == value)
        break;
      if (precision < 16 && round_up_reads_back (text, value, up))
        {
          g_strlcpy (text, up, sizeof text);
          break;
        }
    }
  take_digits (text, found);
}

static void
append_zeros (GString *out, int count)
{
  for (int i = 0; i < count; i++)
    g_string_append_c (out, '0');
}

/* ECMA-262, Number::toString, for a positive number that is no integer of the reader's. */
static void
append_digits (GString *out, const Digits *number)
{
  int n = (int)strlen (number->digits), point = number->point;

  if (n <= point && point <= 21)
    {
      g_string_append (out, number->digits);
      append_zeros (out, point - n);
    }
  else if (point > 0 && point <= 21)
    g_string_append_printf (out, "%.*s.%s", point, number->digits, number->digits + point);
  else if (point > -6 && point <= 0)
    {
      g_string_append (out, "0.");
      append_zeros (out, -point);
      g_string_append (out, number->digits);
    }
  else
    g_string_append_printf (out, "%c%s%se%+d", number->digits[0], n > 1 ? "." : "",
                            number->digits + 1, point - 1);
}

static void
append_decimal (GString *out, double value)
{
  Digits digits;

  if (value == trunc (value) && fabs (value) <= MAX_INTEGER)
    {
      append_integer (out, (gint64)value);
      return;
    }
  if (value < 0)
    g_string_append_c (out, '-');
  find_shortest (fabs (value), &digits);
  append_digits (out, &digits);
}

/**
 * zc_json_add_decimal:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @value: a finite number, written as ECMAScript writes it
 */
void
zc_json_add_decimal (ZcJsonWriter *writer, const char *key, double value)
{
  g_return_if_fail (isfinite (value));

  begin_value (writer, key);
  append_decimal (writer->out, value);
}

/**
 * zc_json_add_bool:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @value: true or false
 */
void
zc_json_add_bool (ZcJsonWriter *writer, const char *key, gboolean value)
{
  begin_value (writer, key);
  g_string_append (writer->out, value ? "true" : "false");
}

/**
 * zc_json_add_time:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @time: a #ZcTime; 0 writes null
 */
void
zc_json_add_time (ZcJsonWriter *writer, const char *key, gint64 time)
{
  g_autofree char *text = time == 0 ? NULL : zc_time_format (time);

  zc_json_add_string (writer, key, text);
}

/**
 * zc_json_add_raw:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @json: one value, already JSON; the writer trusts it
 */
void
zc_json_add_raw (ZcJsonWriter *writer, const char *key, const char *json)
{
  begin_value (writer, key);
  g_string_append (writer->out, json);
}

static void append_value (GString *out, const ZcJsonValue *value, gboolean sorted);

static void
append_array (GString *out, const ZcJsonValue *array, gboolean sorted)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < array->size; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_value (out, &array->children[i], sorted);
    }
  g_string_append_c (out, ']');
}

static void
append_object (GString *out, const ZcJsonValue *object, gboolean sorted)
{
  g_autofree const ZcJsonValue **keys = sorted ? _zc_json_sort_keys (object) : NULL;

  g_string_append_c (out, '{');
  for (guint i = 0; i < object->size; i++)
    {
      const ZcJsonValue *key = sorted ? keys[i] : &object->children[2 * i];

      if (i > 0)
        g_string_append_c (out, ',');
      append_string (out, key->string, key->size);
      g_string_append_c (out, ':');
      append_value (out, key + 1, sorted);
    }
  g_string_append_c (out, '}');
}

/* Calls itself no deeper than the reader lets a document be. */
static void
append_value (GString *out, const ZcJsonValue *value, gboolean sorted)
{
  switch (zc_json_type (value))
    {
    case ZC_JSON_BOOL:
      g_string_append (out, value->flag ? "true" : "false");
      break;
    case ZC_JSON_INTEGER:
      append_integer (out, value->integer);
      break;
    case ZC_JSON_DECIMAL:
      append_decimal (out, value->decimal);
      break;
    case ZC_JSON_STRING:
      append_string (out, value->string, value->size);
      break;
    case ZC_JSON_ARRAY:
      append_array (out, value, sorted);
      break;
    case ZC_JSON_OBJECT:
      append_object (out, value, sorted);
      break;
    case ZC_JSON_NULL:
    default:
      g_string_append (out, "null");
    }
}

/**
 * zc_json_add_value:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @value: (nullable): a value that was read; %NULL writes null
 */
void
zc_json_add_value (ZcJsonWriter *writer, const char *key, const ZcJsonValue *value)
{
  begin_value (writer, key);
  append_value (writer->out, value, FALSE);
}

/**
 * zc_json_canonical:
 * @value: (nullable): a value
 * @length: (out) (optional): bytes of the text
 *
 * RFC 8785: the one text of a value, for digests and signatures (B1).
 *
 * Returns: (transfer full): the text
 */
char *
zc_json_canonical (const ZcJsonValue *value, gsize *length)
{
  GString *out = g_string_new (NULL);

  append_value (out, value, TRUE);
  if (length != NULL)
    *length = out->len;
  return g_string_free_and_steal (out);
}
