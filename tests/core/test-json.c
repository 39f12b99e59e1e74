/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <malloc.h>
#include <string.h>

#include "zc-json.h"

/* The strict reader, the writer and the canonical form: tables of what is taken and what is not,
 * the vectors of RFC 8785, sizes that a stranger may send, and mutated documents by the ten
 * thousand. */

typedef struct
{
  const char *name;
  const char *text;
  gsize length; /* 0: up to the NUL */
  int code;     /* ZcJsonError, -1: taken */
} Sample;

static const Sample samples[] = {
  /* taken */
  { "/json/SEC-S22/taken/scalar", "1", 0, -1 },
  { "/json/SEC-S22/taken/space-around", " \t\r\n{ } \n", 0, -1 },
  { "/json/SEC-S22/taken/largest-integer", "[9007199254740991,-9007199254740991]", 0, -1 },
  { "/json/SEC-S22/taken/chinese", "{\"姓名\":\"韦晓岚\"}", 0, -1 },
  { "/json/SEC-S22/taken/beyond-the-basic-plane", "\"𠮷\\ud842\\udfb7\"", 0, -1 },
  { "/json/SEC-S22/taken/same-name-in-two-objects", "[{\"a\":1},{\"a\":{\"a\":2}}]", 0, -1 },
  { "/json/SEC-S22/taken/names-that-differ-in-length", "{\"a\":1,\"aa\":2,\"\":3}", 0, -1 },
  /* one name twice */
  { "/json/SEC-S22/duplicate/plain", "{\"a\":1,\"a\":1}", 0, ZC_JSON_ERROR_DUPLICATE_KEY },
  { "/json/SEC-S22/duplicate/escaped", "{\"a\":1,\"\\u0061\":2}", 0, ZC_JSON_ERROR_DUPLICATE_KEY },
  { "/json/SEC-S22/duplicate/empty", "{\"\":1,\"\":2}", 0, ZC_JSON_ERROR_DUPLICATE_KEY },
  { "/json/SEC-S22/duplicate/inside", "[{\"x\":{\"b\":[],\"a\":1,\"b\":2}}]", 0,
    ZC_JSON_ERROR_DUPLICATE_KEY },
  { "/json/SEC-S22/duplicate/many",
    "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,"
    "\"l\":1,"
    "\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1,\"b\":1}",
    0, ZC_JSON_ERROR_DUPLICATE_KEY },
  /* numbers that do not fit, or are none */
  { "/json/SEC-S22/number/2^53", "9007199254740992", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/2^53+1", "[9007199254740993]", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/-2^53", "-9007199254740992", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/2^53-by-exponent", "9007199254740992e0", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/1e20", "1e20", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/2^64+1", "18446744073709551617", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/infinite", "1e400", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/vanishing", "1e-400", 0, ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/long",
    "0.00000000000000000000000000000000000000000000000000000000000000000001", 0,
    ZC_JSON_ERROR_NUMBER },
  { "/json/SEC-S22/number/NaN", "NaN", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/nan", "nan", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/Infinity", "[-Infinity]", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/leading-zero", "01", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/minus-leading-zero", "-01", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/plus", "+1", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/hexadecimal", "0x10", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/no-fraction", "1.", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/no-whole", ".5", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/no-exponent", "1e", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/minus-alone", "-", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/two-points", "1.2.3", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/number/full-width", "１", 0, ZC_JSON_ERROR_SYNTAX },
  /* text that is none */
  { "/json/SEC-S22/utf8/lone-high-surrogate", "\"\\ud83d\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/lone-low-surrogate", "\"\\ude00\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/two-high-surrogates", "\"\\ud83d\\ud83d\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/surrogate-then-letter", "\"\\ud83dx\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/surrogate-as-bytes", "\"\xed\xa0\xbd\xed\xb8\x80\"", 0,
    ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/nul-escaped", "\"a\\u0000b\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/nul-in-a-name", "{\"\\u0000\":1}", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/overlong-2", "\"\xc0\xaf\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/overlong-2b", "\"\xc1\xbf\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/overlong-3", "\"\xe0\x9f\xbf\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/overlong-4", "\"\xf0\x8f\xbf\xbf\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/beyond-unicode", "\"\xf4\x90\x80\x80\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/five-bytes", "\"\xf8\x88\x80\x80\x80\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/continuation-alone", "\"\x80\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/cut", "\"\xe4\xb8\"", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/cut-by-the-end", "\"\xe4\xb8", 0, ZC_JSON_ERROR_UTF8 },
  { "/json/SEC-S22/utf8/gbk", "\"\xd6\xb0\xb3\xc6\"", 0, ZC_JSON_ERROR_UTF8 },
  /* shape */
  { "/json/SEC-S22/syntax/nothing", "", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/space-alone", " ", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/byte-order-mark", "\xef\xbb\xbf{}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/utf-16", "{\0}\0", 4, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/behind-the-end", "{} x", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/two-documents", "{}{}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/nul-behind-the-end", "{}\0", 3, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/nul-in-a-string", "\"a\0b\"", 5, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/line-feed-in-a-string", "\"a\nb\"", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/tab-in-a-string", "\"\t\"", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/open-string", "\"abc", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/open-escape", "\"abc\\", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/escape-of-the-end", "\"abc\\\"", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/unknown-escape", "\"\\x41\"", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/short-unicode-escape", "\"\\u12\"", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/apostrophes", "{'a':1}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/bare-name", "{a:1}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/number-as-name", "{1:1}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/no-colon", "{\"a\" 1}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/no-value", "{\"a\":}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/no-comma", "[1 2]", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/comma-at-the-end", "[1,]", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/comma-at-the-end-of-an-object", "{\"a\":1,}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/comma-first", "[,1]", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/open-array", "[1", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/open-object", "{\"a\":1", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/wrong-closer", "[1}", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/closer-alone", "]", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/comment", "{}//", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/comment-inside", "[/**/]", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/True", "True", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/nulls", "nulls", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/undefined", "undefined", 0, ZC_JSON_ERROR_SYNTAX },
  { "/json/SEC-S22/syntax/no-break-space", "\xc2\xa0{}", 0, ZC_JSON_ERROR_SYNTAX },
};

static void
test_sample (gconstpointer data)
{
  const Sample *sample = data;
  gsize length = sample->length > 0 ? sample->length : strlen (sample->text);
  /* a copy of just this length, so that AddressSanitizer sees a step beyond it */
  g_autofree char *copy = g_memdup2 (sample->text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (copy, length, &error);

  if (sample->code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (json);
      return;
    }
  g_assert_null (json);
  g_assert_error (error, ZC_JSON_ERROR, sample->code);
}

static ZcJson *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ZcJson *json = zc_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return json;
}

static void
assert_canonical (const char *text, const char *expected)
{
  g_autoptr (ZcJson) json = parse (text);
  gsize length;
  g_autofree char *canonical = zc_json_canonical (zc_json_root (json), &length);

  g_assert_cmpstr (canonical, ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
}

static void
test_depth (void)
{
  static const struct
  {
    const char *open, *close;
    guint depth;
    gboolean closed;
    int code;
  } rows[] = {
    { "[", "]", ZC_JSON_MAX_DEPTH, TRUE, -1 },
    { "[", "]", ZC_JSON_MAX_DEPTH + 1, TRUE, ZC_JSON_ERROR_DEPTH },
    { "[", "]", 100000, FALSE, ZC_JSON_ERROR_DEPTH },
    { "[", "]", 100000, TRUE, ZC_JSON_ERROR_DEPTH },
    { "{\"a\":", "}", 100000, FALSE, ZC_JSON_ERROR_DEPTH },
    { "[{\"a\":", "}]", ZC_JSON_MAX_DEPTH / 2, FALSE, ZC_JSON_ERROR_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcJson) json = NULL;

      for (guint k = 0; k < rows[i].depth; k++)
        g_string_append (text, rows[i].open);
      for (guint k = 0; rows[i].closed && k < rows[i].depth; k++)
        g_string_append (text, rows[i].close);
      json = zc_json_parse (text->str, text->len, &error);
      if (rows[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, ZC_JSON_ERROR, rows[i].code);
    }
}

/* One block of at most 9 bytes for each byte read, whatever the text is made of. */
static void
test_memory (void)
{
  static const char *const units[] = { "[],", "0,", "\"\",", "{},", "{\"\":0}," };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new ("[");
      g_autoptr (GError) error = NULL;
      g_autoptr (ZcJson) json = NULL;

      while (text->len < 1024 * 1024)
        g_string_append (text, units[i]);
      text->str[text->len - 1] = ']';
      json = zc_json_parse (text->str, text->len, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (zc_json_size (zc_json_root (json)), ==,
                        (text->len - 1) / strlen (units[i]));
      if (g_getenv ("ZC_SANITIZED") == NULL)
        g_assert_cmpuint (malloc_usable_size (json), <, 9 * text->len + 8192);
    }
}

static void
test_many_keys (void)
{
  const guint n = 1000000;
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = NULL, doubled = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "\"k%u\":%u,", i, i);
  text->str[text->len - 1] = '}';
  json = zc_json_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (zc_json_size (zc_json_root (json)), ==, n);
  g_assert_cmpint (zc_json_get_integer (zc_json_root (json), "k999999", -1), ==, 999999);
  g_assert_true (zc_json_equal (zc_json_root (json), zc_json_root (json)));

  text->str[text->len - 1] = ',';
  g_string_append (text, "\"k500000\":0}");
  doubled = zc_json_parse (text->str, text->len, &error);
  g_assert_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_DUPLICATE_KEY);
}

static void
test_long_string (void)
{
  const gsize length = 50 * 1024 * 1024;
  g_autofree char *text = g_malloc (length);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = NULL, open = NULL;

  memset (text, 'a', length);
  text[0] = '"';
  open = zc_json_parse (text, length, &error);
  g_assert_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_SYNTAX);
  g_clear_error (&error);
  text[length - 1] = '"';
  json = zc_json_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (zc_json_string (zc_json_root (json))), ==, length - 2);
}

/* The errors tell a place, and nothing of what stood there. */
static void
test_error_is_silent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse ("{\"id\":secret}", 13, &error);

  g_assert_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, "byte 6: value expected");
}

static void
test_access (void)
{
  g_autoptr (ZcJson) json = parse ("{\"s\":\"x\\n\",\"i\":-5,\"d\":1.5,\"t\":true,\"z\":null,"
                                   "\"a\":[1,\"二\",[]],\"o\":{\"k\":false}}");
  const ZcJsonValue *root = zc_json_root (json), *array = zc_json_get (root, "a");
  static const ZcJsonType types[]
      = { ZC_JSON_STRING, ZC_JSON_INTEGER, ZC_JSON_DECIMAL, ZC_JSON_BOOL,
          ZC_JSON_NULL,   ZC_JSON_ARRAY,   ZC_JSON_OBJECT };

  g_assert_cmpuint (zc_json_size (root), ==, G_N_ELEMENTS (types));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_assert_cmpint (zc_json_type (zc_json_at (root, i)), ==, types[i]);
      g_assert_true (zc_json_get (root, zc_json_key (root, i)) == zc_json_at (root, i));
    }
  g_assert_cmpstr (zc_json_key (root, 0), ==, "s");
  g_assert_cmpstr (zc_json_get_string (root, "s"), ==, "x\n");
  g_assert_null (zc_json_get_string (root, "i"));
  g_assert_cmpint (zc_json_get_integer (root, "i", 7), ==, -5);
  g_assert_cmpint (zc_json_get_integer (root, "d", 7), ==, 7);
  g_assert_cmpfloat (zc_json_decimal (zc_json_get (root, "d"), 7), ==, 1.5);
  g_assert_cmpfloat (zc_json_decimal (zc_json_get (root, "i"), 7), ==, -5);
  g_assert_true (zc_json_get_bool (root, "t", FALSE));
  g_assert_false (zc_json_get_bool (zc_json_get (root, "o"), "k", TRUE));
  g_assert_cmpuint (zc_json_size (array), ==, 3);
  g_assert_cmpstr (zc_json_string (zc_json_at (array, 1)), ==, "二");
  g_assert_null (zc_json_at (array, 3));
  g_assert_null (zc_json_key (array, 0));
}

static void
test_absent (void)
{
  g_assert_cmpint (zc_json_type (NULL), ==, ZC_JSON_NULL);
  g_assert_cmpuint (zc_json_size (NULL), ==, 0);
  g_assert_null (zc_json_at (NULL, 0));
  g_assert_null (zc_json_key (NULL, 0));
  g_assert_null (zc_json_get (NULL, "a"));
  g_assert_null (zc_json_string (NULL));
  g_assert_cmpint (zc_json_integer (NULL, 3), ==, 3);
  g_assert_cmpfloat (zc_json_decimal (NULL, 2.5), ==, 2.5);
  g_assert_true (zc_json_bool (NULL, TRUE));
  g_assert_null (zc_json_get_string (NULL, "a"));
  g_assert_cmpint (zc_json_get_integer (NULL, "a", 3), ==, 3);
  g_assert_true (zc_json_get_bool (NULL, "a", TRUE));
  g_assert_true (zc_json_equal (NULL, NULL));
}

/* However a whole number is written, it is one integer: so a schema says, and so the canonical
 * form. */
static void
test_whole_numbers (void)
{
  static const struct
  {
    const char *text;
    ZcJsonType type;
    gint64 value;
  } rows[] = {
    { "1.0", ZC_JSON_INTEGER, 1 },    { "-0", ZC_JSON_INTEGER, 0 },
    { "-0.0", ZC_JSON_INTEGER, 0 },   { "0e999", ZC_JSON_INTEGER, 0 },
    { "1e3", ZC_JSON_INTEGER, 1000 }, { "12.5e1", ZC_JSON_INTEGER, 125 },
    { "1e21", ZC_JSON_DECIMAL, -1 },  { "0.5", ZC_JSON_DECIMAL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZcJson) json = parse (rows[i].text);

      g_assert_cmpint (zc_json_type (zc_json_root (json)), ==, rows[i].type);
      g_assert_cmpint (zc_json_integer (zc_json_root (json), -1), ==, rows[i].value);
    }
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean equal;
  } rows[] = {
    { "{\"a\":1,\"b\":[1,2]}", "{\"b\":[1,2.0],\"a\":1}", TRUE },
    { "[1,2]", "[2,1]", FALSE },
    { "[1]", "[1,1]", FALSE },
    { "{\"a\":1}", "{\"a\":2}", FALSE },
    { "{\"a\":1}", "{\"b\":1}", FALSE },
    { "{\"a\":1}", "{\"a\":1,\"b\":null}", FALSE },
    { "\"a\"", "\"\\u0061\"", TRUE },
    { "\"1\"", "1", FALSE },
    { "true", "false", FALSE },
    { "null", "null", TRUE },
    { "0.5", "5e-1", TRUE },
    { "0.5", "0.25", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZcJson) a = parse (rows[i].a), b = parse (rows[i].b);

      g_assert_cmpint (zc_json_equal (zc_json_root (a), zc_json_root (b)), ==, rows[i].equal);
      g_assert_false (zc_json_equal (zc_json_root (a), NULL));
    }
}

static void
test_expect (void)
{
  static const ZcJsonMember members[] = {
    { "name", ZC_JSON_STRING, TRUE },
    { "age", ZC_JSON_INTEGER | ZC_JSON_NULL, FALSE },
  };
  static const struct
  {
    const char *text, *message; /* NULL: as expected */
  } rows[] = {
    { "{\"name\":\"x\"}", NULL },
    { "{\"age\":null,\"name\":\"x\"}", NULL },
    { "{\"age\":1}", "member \"name\": missing" },
    { "{\"name\":null}", "member \"name\": of another type" },
    { "{\"name\":\"x\",\"age\":\"1\"}", "member \"age\": of another type" },
    { "{\"name\":\"x\",\"state\":\"passed\"}", "member \"state\": unknown" },
    { "{\"name\":\"x\",\"a\\r\\nb\":1}", "member \"a\\r\\nb\": unknown" },
    { "[]", "an object is expected" },
    { "null", "an object is expected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZcJson) json = parse (rows[i].text);
      g_autoptr (GError) error = NULL;
      gboolean good = zc_json_expect (zc_json_root (json), members, G_N_ELEMENTS (members), &error);

      g_assert_cmpint (good, ==, rows[i].message == NULL);
      if (good)
        continue;
      g_assert_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

static void
test_writer (void)
{
  g_autoptr (ZcJson) inner = parse ("{\"b\": [1, 2.50, \"\\u4e8c\"], \"a\": {}}");
  g_autoptr (GString) out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "s", "\"\\/\b\f\n\r\t\v\x1b 职\x7f");
  zc_json_add_string (&writer, "none", NULL);
  zc_json_add_integer (&writer, "least", G_MININT64);
  zc_json_add_integer (&writer, "zero", 0);
  zc_json_add_decimal (&writer, "half", -0.5);
  zc_json_add_bool (&writer, "yes", TRUE);
  zc_json_add_time (&writer, "at", G_GINT64_CONSTANT (1795421730123));
  zc_json_add_time (&writer, "never", 0);
  zc_json_begin_array (&writer, "list");
  zc_json_begin_array (&writer, NULL);
  zc_json_end_array (&writer);
  zc_json_add_bool (&writer, NULL, FALSE);
  zc_json_begin_object (&writer, NULL);
  zc_json_end_object (&writer);
  zc_json_end_array (&writer);
  zc_json_add_value (&writer, "value", zc_json_root (inner));
  zc_json_add_value (&writer, "nothing", NULL);
  zc_json_add_raw (&writer, "raw", "[1]");
  zc_json_end_object (&writer);
  g_assert_cmpstr (out->str, ==,
                   "{\"s\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u000b\\u001b 职\x7f\",\"none\":null,"
                   "\"least\":-9223372036854775808,\"zero\":0,\"half\":-0.5,\"yes\":true,"
                   "\"at\":\"2026-11-23T08:15:30.123Z\",\"never\":null,\"list\":[[],false,{}],"
                   "\"value\":{\"b\":[1,2.5,\"二\"],\"a\":{}},\"nothing\":null,\"raw\":[1]}");
}

/* RFC 8785, 3.2.2 and 3.2.3. */
static void
test_canonical (void)
{
  assert_canonical (
      "{\n  \"numbers\": [333333333.33333329, 1E30, 4.50,\n"
      "              2e-3, 0.000000000000000000000000001],\n"
      "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
      "  \"literals\": [null, true, false]\n}",
      "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
      "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  assert_canonical (
      "{\"\\u20ac\": \"Euro Sign\", \"\\r\": \"Carriage Return\",\n"
      "\"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\", \"1\": \"One\",\n"
      "\"\\ud83d\\ude00\": \"Emoji: Grinning Face\", \"\\u0080\": \"Control\",\n"
      "\"\\u00f6\": \"Latin Small Letter O With Diaeresis\"}",
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
      "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
      "\"😀\":\"Emoji: Grinning Face\",\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}");
  assert_canonical ("{\"b\":{\"d\":1,\"c\":2},\"aa\":[],\"a\":{}}",
                    "{\"a\":{},\"aa\":[],\"b\":{\"c\":2,\"d\":1}}");
  assert_canonical ("\"\\u2028\\u007f\\u001F\"", "\"\xe2\x80\xa8\x7f\\u001f\"");
}

/* RFC 8785, appendix B, and the least digits at a power of two, where the neighbours lie unevenly.
 */
static void
test_canonical_numbers (void)
{
  static const struct
  {
    guint64 bits;
    const char *text;
  } rows[] = {
    { 0x0000000000000000, "0" },
    { 0x8000000000000000, "0" },
    { 0x0000000000000001, "5e-324" },
    { 0x8000000000000001, "-5e-324" },
    { 0x7fefffffffffffff, "1.7976931348623157e+308" },
    { 0xffefffffffffffff, "-1.7976931348623157e+308" },
    { 0x4340000000000000, "9007199254740992" },
    { 0xc340000000000000, "-9007199254740992" },
    { 0x4430000000000000, "295147905179352830000" },
    { 0x44b52d02c7e14af5, "9.999999999999997e+22" },
    { 0x44b52d02c7e14af6, "1e+23" },
    { 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
    { 0x444b1ae4d6e2ef4e, "999999999999999700000" },
    { 0x444b1ae4d6e2ef4f, "999999999999999900000" },
    { 0x444b1ae4d6e2ef50, "1e+21" },
    { 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" },
    { 0x3eb0c6f7a0b5ed8d, "0.000001" },
    { 0x41b3de4355555553, "333333333.3333332" },
    { 0x41b3de4355555554, "333333333.33333325" },
    { 0x41b3de4355555555, "333333333.3333333" },
    { 0x41b3de4355555556, "333333333.3333334" },
    { 0x41b3de4355555557, "333333333.33333343" },
    { 0xbecbf647612f3696, "-0.0000033333333333333333" },
    { 0x43143ff3c1cb0959, "1424953923781206.2" },
    { 0x3fe0000000000000, "0.5" },
    { 0x0010000000000000, "2.2250738585072014e-308" },
    { 0x0008000000000000, "1.1125369292536007e-308" },
    { 0x3fb999999999999a, "0.1" },
    { 0x3fd3333333333334, "0.30000000000000004" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      ZcJsonWriter writer;
      double value;

      memcpy (&value, &rows[i].bits, sizeof value);
      zc_json_writer_init (&writer, out);
      zc_json_add_decimal (&writer, NULL, value);
      g_assert_cmpstr (out->str, ==, rows[i].text);
    }
}

/* Every power of two and many others are read back as they were written. */
static void
test_numbers_come_back (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      guint64 bits = i < 2046 ? (guint64)(i + 1) << 52
                              : ((guint64)g_test_rand_int () << 32 | (guint32)g_test_rand_int ())
                                    & ~G_GUINT64_CONSTANT (0x8000000000000000);
      ZcJsonWriter writer;
      double value;

      if (bits >> 52 == 0x7ff)
        continue;
      memcpy (&value, &bits, sizeof value);
      zc_json_writer_init (&writer, out);
      zc_json_add_decimal (&writer, NULL, value);
      g_assert_cmpfloat (g_ascii_strtod (out->str, NULL), ==, value);
      g_assert_cmpuint (out->len, <=, 25);
    }
}

/* What the reader takes is JSON to json-glib too, and its canonical form is a fixed point. */
static void
check_taken (const ZcJson *json, const char *text, gsize length)
{
  gsize first_length;
  g_autofree char *first = zc_json_canonical (zc_json_root (json), &first_length);
  g_autoptr (ZcJson) again = zc_json_parse (first, first_length, NULL);
  g_autofree char *second = NULL;
  g_autoptr (JsonParser) peer = json_parser_new ();

  g_assert_nonnull (again);
  g_assert_true (zc_json_equal (zc_json_root (json), zc_json_root (again)));
  second = zc_json_canonical (zc_json_root (again), NULL);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (json_parser_load_from_data (peer, text, (gssize)length, NULL));
}

static void
test_mutations (void)
{
  static const char seed[]
      = "{\"entries\":[{\"id\":\"0199\",\"values\":{\"学校\":\"广西大学\",\"学制\":4.5,"
        "\"n\":[1,-20,3e2,true,false,null,\"\\u5b66\\ud83d\\ude00\\n\"],\"e\":{},\"a\":[]}}]}";
  static const char bytes[] = "{}[]\",:\\u0019eE+-.ntf \x80\xe4\xed\xf4\x1f\xc0";
  guint taken = 0;

  for (guint i = 0; i < 50000; i++)
    {
      gsize length = sizeof seed - 1;
      g_autofree char *text = g_memdup2 (seed, length);
      g_autoptr (ZcJson) json = NULL;

      for (int k = g_test_rand_int_range (1, 4); k > 0; k--)
        text[g_test_rand_int_range (0, (gint32)length)]
            = bytes[g_test_rand_int_range (0, sizeof bytes)];
      if (i % 5 == 0)
        length = (gsize)g_test_rand_int_range (0, (gint32)length);
      text = g_realloc (text, length + 1); /* a read beyond the end is seen by AddressSanitizer */
      json = zc_json_parse (text, length, NULL);
      if (json != NULL)
        {
          check_taken (json, text, length);
          taken++;
        }
    }
  g_assert_cmpuint (taken, >, 500);
}

static void
test_references (void)
{
  ZcJson *json = parse ("[1]");
  const ZcJsonValue *root = zc_json_root (json);

  g_assert_true (zc_json_ref (json) == json);
  zc_json_unref (json);
  g_assert_cmpint (zc_json_integer (zc_json_at (root, 0), 0), ==, 1);
  zc_json_unref (json);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    g_test_add_data_func (samples[i].name, &samples[i], test_sample);
  g_test_add_func ("/json/SEC-S24/depth", test_depth);
  g_test_add_func ("/json/SEC-S24/memory", test_memory);
  g_test_add_func ("/json/SEC-S24/million-keys", test_many_keys);
  g_test_add_func ("/json/SEC-S24/long-string", test_long_string);
  g_test_add_func ("/json/SEC-S22/error-is-silent", test_error_is_silent);
  g_test_add_func ("/json/SEC-S22/whole-numbers", test_whole_numbers);
  g_test_add_func ("/json/SEC-S22/SEC-S21/expect", test_expect);
  g_test_add_func ("/json/SEC-S22/mutations", test_mutations);
  g_test_add_func ("/json/access", test_access);
  g_test_add_func ("/json/absent", test_absent);
  g_test_add_func ("/json/equal", test_equal);
  g_test_add_func ("/json/references", test_references);
  g_test_add_func ("/json/writer", test_writer);
  g_test_add_func ("/json/B1/canonical", test_canonical);
  g_test_add_func ("/json/B1/numbers", test_canonical_numbers);
  g_test_add_func ("/json/B1/numbers-come-back", test_numbers_come_back);
  return g_test_run ();
}
