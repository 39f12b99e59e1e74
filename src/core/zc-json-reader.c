/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <math.h>

#include "zc-json-private.h"

/* The strict reader: one pass over a copy of the text, no recursion, one allocation.
 *
 * A text of n bytes holds at most n / 2 + 1 values, since each has a first byte of its own and, but
 * for the last, a byte of its own that follows it. The block has room for so many: finished values
 * wait at its left end, a stack; when their container closes they move to its right end and stay
 * there. So no pointer ever moves, and pages that are not needed are never touched. */

#define MAX_INTEGER G_GINT64_CONSTANT (9007199254740991) /* 2^53 - 1 */
#define MAX_NUMBER_LENGTH 64
#define FEW_MEMBERS 16 /* up to here each key is compared with each */

typedef struct
{
  ZcJsonValue *first; /* of its children on the stack */
  gboolean object;
} Frame;

typedef struct
{
  const guchar *start;
  guchar *at;
  ZcJsonValue *top; /* of the stack: the next free place */
  ZcJsonValue *low; /* of the values in their last place: the lowest */
  guint depth;
  Frame frames[ZC_JSON_MAX_DEPTH];
} Reader;

static const guint8 plain[256] = { /* ASCII that stands for itself in a string */
                                   [0x20 ... 0x21] = 1,
                                   [0x23 ... 0x5b] = 1,
                                   [0x5d ... 0x7f] = 1
};

static gboolean
fail (const Reader *reader, ZcJsonError code, const char *what, GError **error)
{
  g_set_error (error, ZC_JSON_ERROR, (int)code, "byte %" G_GSIZE_FORMAT ": %s",
               (gsize)(reader->at - reader->start), what);
  return FALSE;
}

static ZcJsonValue *
push (Reader *reader, ZcJsonType type, gsize size)
{
  ZcJsonValue *value = reader->top++;

  g_assert (value < reader->low);
  value->type = type;
  value->size = (guint32)size;
  return value;
}

static inline void
skip_space (Reader *reader)
{
  while (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t')
    reader->at++;
}

static inline gboolean
is_continuation (guchar byte)
{
  return (byte & 0xc0) == 0x80;
}

/* Bytes of the well-formed character at @at: 0 for overlong forms, surrogates, what is beyond
 * U+10FFFF. */
static inline guint
utf8_length (const guchar *at)
{
  if (at[0] >= 0xe0 && at[0] <= 0xef)
    return is_continuation (at[1]) && is_continuation (at[2]) && (at[0] != 0xe0 || at[1] >= 0xa0)
                   && (at[0] != 0xed || at[1] < 0xa0)
               ? 3
               : 0;
  if (at[0] >= 0xc2 && at[0] <= 0xdf)
    return is_continuation (at[1]) ? 2 : 0;
  if (at[0] >= 0xf0 && at[0] <= 0xf4)
    return is_continuation (at[1]) && is_continuation (at[2]) && is_continuation (at[3])
                   && (at[0] != 0xf0 || at[1] >= 0x90) && (at[0] != 0xf4 || at[1] < 0x90)
               ? 4
               : 0;
  return 0;
}

/* Runs on to a quote, a backslash, a control character or a byte that is no UTF-8. */
static guchar *
skip_plain (guchar *at)
{
  for (;;)
    {
      guint length;

      while (plain[*at])
        at++;
      if (*at < 0x80 || (length = utf8_length (at)) == 0)
        return at;
      at += length;
    }
}

static gboolean
read_hex (Reader *reader, gunichar *unit, GError **error)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, reader->at++)
    {
      int digit = g_ascii_xdigit_value ((char)*reader->at);

      if (digit < 0)
        return fail (reader, ZC_JSON_ERROR_SYNTAX, "four hexadecimal digits expected", error);
      *unit = *unit << 4 | (gunichar)digit;
    }
  return TRUE;
}

/* Behind "\u": one character, of which a pair of surrogates makes one too. */
static gboolean
read_unicode_escape (Reader *reader, guchar **out, GError **error)
{
  gunichar character, low;

  if (!read_hex (reader, &character, error))
    return FALSE;
  if (character >= 0xd800 && character <= 0xdbff && reader->at[0] == '\\' && reader->at[1] == 'u')
    {
      reader->at += 2;
      if (!read_hex (reader, &low, error))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (reader, ZC_JSON_ERROR_UTF8, "lone surrogate", error);
      character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
    }
  if (character >= 0xd800 && character <= 0xdfff)
    return fail (reader, ZC_JSON_ERROR_UTF8, "lone surrogate", error);
  if (character == 0)
    return fail (reader, ZC_JSON_ERROR_UTF8, "NUL in a string", error);
  *out += g_unichar_to_utf8 (character, (char *)*out);
  return TRUE;
}

static gboolean
read_escape (Reader *reader, guchar **out, GError **error)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  reader->at++;
  if (*reader->at == 'u')
    {
      reader->at++;
      return read_unicode_escape (reader, out, error);
    }
  letter = *reader->at == 0 ? NULL : strchr (letters, *reader->at);
  if (letter == NULL)
    return fail (reader, ZC_JSON_ERROR_SYNTAX, "unknown escape", error);
  reader->at++;
  *(*out)++ = (guchar)meanings[letter - letters];
  return TRUE;
}

/* Decodes in place: what is written is never longer than what was read. */
static gboolean
read_string (Reader *reader, GError **error)
{
  guchar *from = ++reader->at, *out, *run;

  out = reader->at = skip_plain (from);
  while (*reader->at != '"')
    {
      if (*reader->at >= 0x80)
        return fail (reader, ZC_JSON_ERROR_UTF8, "not UTF-8", error);
      if (*reader->at != '\\')
        return fail (reader, ZC_JSON_ERROR_SYNTAX, "string without end, or control character in it",
                     error);
      if (!read_escape (reader, &out, error))
        return FALSE;
      run = reader->at;
      reader->at = skip_plain (run);
      memmove (out, run, (gsize)(reader->at - run));
      out += reader->at - run;
    }
  reader->at++;
  *out = 0;
  push (reader, ZC_JSON_STRING, (gsize)(out - from))->string = (const char *)from;
  return TRUE;
}

/* One digit or more. */
static gboolean
skip_digits (Reader *reader, GError **error)
{
  if (!g_ascii_isdigit (*reader->at))
    return fail (reader, ZC_JSON_ERROR_SYNTAX, "digit expected", error);
  while (g_ascii_isdigit (*reader->at))
    reader->at++;
  return TRUE;
}

static gboolean
skip_number (Reader *reader, gboolean *integer, GError **error)
{
  if (*reader->at == '-')
    reader->at++;
  if (reader->at[0] == '0' && g_ascii_isdigit (reader->at[1]))
    return fail (reader, ZC_JSON_ERROR_SYNTAX, "number with a leading zero", error);
  if (!skip_digits (reader, error))
    return FALSE;
  *integer = TRUE;
  if (*reader->at == '.')
    {
      reader->at++;
      *integer = FALSE;
      if (!skip_digits (reader, error))
        return FALSE;
    }
  if (*reader->at == 'e' || *reader->at == 'E')
    {
      reader->at++;
      *integer = FALSE;
      if (*reader->at == '+' || *reader->at == '-')
        reader->at++;
      return skip_digits (reader, error);
    }
  return TRUE;
}

/* Whether a digit other than 0 stands before the exponent. */
static gboolean
is_written_zero (const guchar *from, const guchar *end)
{
  for (; from < end && (*from | 0x20) != 'e'; from++)
    if (*from >= '1' && *from <= '9')
      return FALSE;
  return TRUE;
}

/* A number that is whole and fits is an integer, however it is written: 1.0 and 1e0 are 1, as in
 * RFC 8785 and JSON Schema. */
static gboolean
read_decimal (Reader *reader, const guchar *from, GError **error)
{
  double number = g_ascii_strtod ((const char *)from, NULL);

  if (!isfinite (number) || (number == 0 && !is_written_zero (from, reader->at)))
    return fail (reader, ZC_JSON_ERROR_NUMBER, "number out of range", error);
  /* RFC 8785 writes whole numbers below 1e21 with all their digits: one beyond 2^53 - 1 would not be read again */
  if (number == trunc (number) && fabs (number) > (double)MAX_INTEGER && fabs (number) < 1e21)
    return fail (reader, ZC_JSON_ERROR_NUMBER, "integer beyond 2^53 - 1", error);
  if (number == trunc (number) && fabs (number) <= (double)MAX_INTEGER)
    push (reader, ZC_JSON_INTEGER, 0)->integer = (gint64)number;
  else
    push (reader, ZC_JSON_DECIMAL, 0)->decimal = number;
  return TRUE;
}

static gboolean
read_number (Reader *reader, GError **error)
{
  const guchar *from = reader->at;
  gboolean integer;
  gint64 number = 0;

  if (!skip_number (reader, &integer, error))
    return FALSE;
  if (reader->at - from > MAX_NUMBER_LENGTH)
    return fail (reader, ZC_JSON_ERROR_NUMBER, "number too long", error);
  if (!integer)
    return read_decimal (reader, from, error);
  for (const guchar *digit = *from == '-' ? from + 1 : from; digit < reader->at; digit++)
    {
      number = number * 10 + (*digit - '0');
      if (number > MAX_INTEGER)
        return fail (reader, ZC_JSON_ERROR_NUMBER, "integer beyond 2^53 - 1", error);
    }
  push (reader, ZC_JSON_INTEGER, 0)->integer = *from == '-' ? -number : number;
  return TRUE;
}

static gboolean
read_word (Reader *reader, const char *word, ZcJsonType type, GError **error)
{
  gsize length = strlen (word);

  if (strncmp ((const char *)reader->at, word, length) != 0)
    return fail (reader, ZC_JSON_ERROR_SYNTAX, "value expected", error);
  push (reader, type, 0)->flag = *word == 't';
  reader->at += length;
  return TRUE;
}

static gboolean
has_duplicate_keys (const ZcJsonValue *object)
{
  const ZcJsonValue *members = object->children;
  g_autofree const ZcJsonValue **keys = NULL;

  if (object->size <= FEW_MEMBERS)
    {
      for (guint i = 1; i < object->size; i++)
        for (guint k = 0; k < i; k++)
          if (members[2 * i].size == members[2 * k].size
              && memcmp (members[2 * i].string, members[2 * k].string, members[2 * i].size) == 0)
            return TRUE;
      return FALSE;
    }
  keys = _zc_json_sort_keys (object);
  for (guint i = 1; i < object->size; i++)
    if (_zc_json_compare_keys (keys[i - 1], keys[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
open_container (Reader *reader, GError **error)
{
  Frame *frame = &reader->frames[reader->depth];

  if (reader->depth == ZC_JSON_MAX_DEPTH)
    return fail (reader, ZC_JSON_ERROR_DEPTH, "nested too deep", error);
  frame->first = reader->top;
  frame->object = *reader->at == '{';
  reader->depth++;
  reader->at++;
  return TRUE;
}

/* The container's children leave the stack for their last place, and it takes theirs there. */
static gboolean
close_container (Reader *reader, GError **error)
{
  Frame *frame = &reader->frames[--reader->depth];
  gsize n = (gsize)(reader->top - frame->first);
  ZcJsonValue *value;

  reader->low -= n;
  memmove (reader->low, frame->first, n * sizeof (ZcJsonValue));
  reader->top = frame->first;
  value = push (reader, frame->object ? ZC_JSON_OBJECT : ZC_JSON_ARRAY, frame->object ? n / 2 : n);
  value->children = reader->low;
  reader->at++;
  if (frame->object && has_duplicate_keys (value))
    return fail (reader, ZC_JSON_ERROR_DUPLICATE_KEY, "object with two members of one name", error);
  return TRUE;
}

static gboolean
in_object (const Reader *reader)
{
  return reader->depth > 0 && reader->frames[reader->depth - 1].object;
}

static gboolean
at_closer (const Reader *reader)
{
  return reader->depth > 0 && *reader->at == (in_object (reader) ? '}' : ']');
}

static gboolean
read_key (Reader *reader, GError **error)
{
  skip_space (reader);
  if (*reader->at != '"')
    return fail (reader, ZC_JSON_ERROR_SYNTAX, "name of a member expected", error);
  if (!read_string (reader, error))
    return FALSE;
  skip_space (reader);
  if (*reader->at != ':')
    return fail (reader, ZC_JSON_ERROR_SYNTAX, "colon expected", error);
  reader->at++;
  return TRUE;
}

/* A whole value, or the beginning of a container with something in it (then @opened). */
static gboolean
read_value (Reader *reader, gboolean *opened, GError **error)
{
  *opened = FALSE;
  skip_space (reader);
  switch (*reader->at)
    {
    case '"':
      return read_string (reader, error);
    case '{':
    case '[':
      if (!open_container (reader, error))
        return FALSE;
      skip_space (reader);
      *opened = !at_closer (reader);
      return *opened || close_container (reader, error);
    case 't':
      return read_word (reader, "true", ZC_JSON_BOOL, error);
    case 'f':
      return read_word (reader, "false", ZC_JSON_BOOL, error);
    case 'n':
      return read_word (reader, "null", ZC_JSON_NULL, error);
    default:
      if (*reader->at == '-' || g_ascii_isdigit (*reader->at))
        return read_number (reader, error);
      return fail (reader, ZC_JSON_ERROR_SYNTAX, "value expected", error);
    }
}

/* Behind a value: closes what ends here, up to a comma or the end of the document (then @done). */
static gboolean
read_end_of_value (Reader *reader, gboolean *done, GError **error)
{
  for (;;)
    {
      skip_space (reader);
      *done = reader->depth == 0;
      if (*done)
        return TRUE;
      if (*reader->at == ',')
        {
          reader->at++;
          return TRUE;
        }
      if (!at_closer (reader))
        return fail (reader, ZC_JSON_ERROR_SYNTAX, "comma or end of the container expected", error);
      if (!close_container (reader, error))
        return FALSE;
    }
}

static gboolean
read_document (Reader *reader, GError **error)
{
  gboolean opened, done = FALSE;

  while (!done)
    {
      if (in_object (reader) && !read_key (reader, error))
        return FALSE;
      if (!read_value (reader, &opened, error))
        return FALSE;
      if (!opened && !read_end_of_value (reader, &done, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * zc_json_parse:
 * @text: (array length=length): JSON in UTF-8, which need not end in NUL
 * @length: bytes of @text
 * @error: of #ZC_JSON_ERROR; the message names a byte, never what was read
 *
 * Reads strictly (decisions 26, SEC-S22, SEC-S24). The memory needed is at most 9 times @length and
 * a little, of which only what the values need is touched.
 *
 * Returns: (transfer full) (nullable): the document
 */
ZcJson *
zc_json_parse (const char *text, gsize length, GError **error)
{
  gsize n_values = length / 2 + 1;
  g_autoptr (ZcJson) json = NULL;
  Reader reader = { 0 };

  if (length > G_MAXINT32)
    {
      g_set_error_literal (error, ZC_JSON_ERROR, ZC_JSON_ERROR_SYNTAX, "longer than 2 GiB");
      return NULL;
    }
  json = g_try_malloc (sizeof (ZcJson) + n_values * sizeof (ZcJsonValue) + length + 1);
  if (json == NULL)
    {
      g_set_error_literal (error, ZC_JSON_ERROR, ZC_JSON_ERROR_SYNTAX,
                           "longer than there is memory");
      return NULL;
    }
  g_atomic_ref_count_init (&json->ref_count);
  reader.top = json->values;
  reader.low = json->values + n_values;
  reader.start = reader.at = (guchar *)reader.low;
  if (length > 0)
    memcpy (reader.at, text, length);
  reader.at[length] = 0;
  if (!read_document (&reader, error))
    return NULL;
  if (reader.at != reader.start + length)
    {
      fail (&reader, ZC_JSON_ERROR_SYNTAX, "something behind the end", error);
      return NULL;
    }
  return g_steal_pointer (&json);
}
