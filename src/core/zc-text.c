/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-text.h"

/* Counting follows the extended grapheme clusters of Unicode (UAX #29), from what GLib knows of a
 * character: marks of all kinds, variation selectors, joiners, skin tones and tags belong to the
 * character before them; what stands behind a zero-width joiner belongs to an emoji before it; two
 * regional indicators make one flag; jamo make one syllable; CR LF is one. Left out is what no form
 * here meets: prepended marks and the conjuncts of Indic scripts count one by one.
 */

typedef enum
{
  KIND_OTHER,
  KIND_CR,
  KIND_LF,
  KIND_CONTROL,
  KIND_EXTEND,
  KIND_JOINER,
  KIND_FLAG,
  KIND_PICTURE,
  KIND_JAMO_L,
  KIND_JAMO_V,
  KIND_JAMO_T,
} Kind;

static gboolean
is_picture (gunichar c)
{
  return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2190 && c <= 0x2bff) || c == 0xa9 || c == 0xae
         || c == 0x203c || c == 0x2049 || c == 0x2122 || c == 0x2139 || c == 0x3030 || c == 0x303d
         || c == 0x3297 || c == 0x3299;
}

static gboolean
is_extending (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK
         || type == G_UNICODE_SPACING_MARK || c == 0x200c || (c >= 0x1f3fb && c <= 0x1f3ff)
         || (c >= 0xe0020 && c <= 0xe007f) || c == 0xff9e || c == 0xff9f;
}

static Kind
jamo_kind (gunichar c)
{
  switch (g_unichar_break_type (c))
    {
    case G_UNICODE_BREAK_HANGUL_L_JAMO:
      return KIND_JAMO_L;
    case G_UNICODE_BREAK_HANGUL_V_JAMO:
    case G_UNICODE_BREAK_HANGUL_LV_SYLLABLE:
      return KIND_JAMO_V;
    case G_UNICODE_BREAK_HANGUL_T_JAMO:
    case G_UNICODE_BREAK_HANGUL_LVT_SYLLABLE:
      return KIND_JAMO_T;
    default:
      return KIND_OTHER;
    }
}

static Kind
kind_of (gunichar c)
{
  if (c >= 0x20 && c < 0x7f)
    return KIND_OTHER;
  if (c >= 0x4e00 && c <= 0x9fff)
    return KIND_OTHER;
  if (c == '\r')
    return KIND_CR;
  if (c == '\n')
    return KIND_LF;
  if (c == 0x200d)
    return KIND_JOINER;
  if (c >= 0x1f1e6 && c <= 0x1f1ff)
    return KIND_FLAG;
  if (is_extending (c))
    return KIND_EXTEND;
  if (g_unichar_iscntrl (c))
    return KIND_CONTROL;
  return is_picture (c) ? KIND_PICTURE : jamo_kind (c);
}

/* A vowel continues a syllable; so does a whole one after a leading consonant, and a final
 * consonant after a vowel. */
static gboolean
continues_syllable (Kind before, Kind kind, gunichar c)
{
  gboolean whole = c >= 0xac00 && c <= 0xd7a3;

  if (before == KIND_JAMO_L)
    return kind == KIND_JAMO_L || kind == KIND_JAMO_V || (kind == KIND_JAMO_T && whole);
  if (whole)
    return FALSE;
  if (before == KIND_JAMO_V)
    return kind == KIND_JAMO_V || kind == KIND_JAMO_T;
  return before == KIND_JAMO_T && kind == KIND_JAMO_T;
}

/**
 * zc_text_length:
 * @text: valid UTF-8
 *
 * Returns: how many characters a person would count in @text, spaces and line ends included
 */
gsize
zc_text_length (const char *text)
{
  Kind before = KIND_CONTROL;
  gsize length = 0;
  guint flags = 0;
  gboolean picture = FALSE, joined = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      Kind kind = kind_of (c);
      gboolean attached = before != KIND_CONTROL && before != KIND_CR && before != KIND_LF;
      gboolean same = (before == KIND_CR && kind == KIND_LF)
                      || (attached && (kind == KIND_EXTEND || kind == KIND_JOINER))
                      || (joined && kind == KIND_PICTURE)
                      || (before == KIND_FLAG && kind == KIND_FLAG && flags % 2 == 1)
                      || continues_syllable (before, kind, c);

      length += !same;
      flags = kind == KIND_FLAG ? flags + 1 : 0;
      joined = kind == KIND_JOINER && picture;
      picture = kind == KIND_PICTURE || (picture && kind == KIND_EXTEND);
      before = kind;
    }
  return length;
}

/* Every byte but those that continue a character; a plain loop, which the compiler turns into a wide one. */
static gsize
count_points (const char *text, gsize bytes)
{
  gsize points = 0;

  for (gsize i = 0; i < bytes; i++)
    points += ((guchar)text[i] & 0xc0) != 0x80;
  return points;
}

/**
 * zc_text_exceeds:
 * @text: valid UTF-8
 * @max_length: characters
 *
 * Returns: whether @text is longer than @max_length characters, or holds more code points than
 *   that many characters could ever need
 */
gboolean
zc_text_exceeds (const char *text, guint max_length)
{
  gsize bytes = strlen (text);
  gsize points;

  if (bytes <= max_length)
    return FALSE;
  points = count_points (text, bytes);
  if (points <= max_length)
    return FALSE;
  if (points > (gsize)max_length * ZC_TEXT_POINTS_PER_CHARACTER)
    return TRUE;
  return zc_text_length (text) > max_length;
}

static gboolean
is_blank (gunichar c)
{
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0xa0 || c == 0x1680
         || (c >= 0x2000 && c <= 0x200d) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
         || c == 0x2060 || c == 0x3000 || c == 0xfeff;
}

/**
 * zc_text_is_blank:
 * @text: (nullable): valid UTF-8
 *
 * Returns: whether @text shows nothing: it is empty, or holds spaces, line ends and invisible
 * joiners alone
 */
gboolean
zc_text_is_blank (const char *text)
{
  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!is_blank (g_utf8_get_char (at)))
        return FALSE;
    }
  return TRUE;
}

/* Controls proper, and those that turn the direction of writing: they make a text read otherwise
 * than it is stored. */
static gboolean
is_control (gunichar c, gboolean many_lines)
{
  if (c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
    return !many_lines;
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

/* The first bytes of all of them, which no other byte of a character equals. */
static const guint8 may_start_control[256] = {
  [0x00 ... 0x1f] = TRUE,
  [0x7f] = TRUE,
  [0xc2] = TRUE,
  [0xe2] = TRUE,
};

#define BLOCK 32

/* Plain arithmetic over a block, which the compiler turns into a few wide instructions: an answer of
 * 8 KB is looked through at every save. */
static gboolean
may_hold_control (const guchar *block)
{
  guint8 found = 0;

  for (guint i = 0; i < BLOCK; i++)
    found |= (guint8)((block[i] < 0x20) | (block[i] == 0x7f) | (block[i] == 0xc2)
                      | (block[i] == 0xe2));
  return found != 0;
}

/**
 * zc_text_has_control:
 * @text: valid UTF-8
 * @many_lines: whether line ends and tabs are welcome
 *
 * Returns: whether @text holds a character that no form takes
 */
gboolean
zc_text_has_control (const char *text, gboolean many_lines)
{
  const guchar *at = (const guchar *)text, *end = at + strlen (text);

  while (at < end)
    {
      const guchar *stop = at + MIN (end - at, BLOCK);

      if (stop - at == BLOCK && !may_hold_control (at))
        at = stop;
      for (; at < stop; at++)
        if (may_start_control[*at] && is_control (g_utf8_get_char ((const char *)at), many_lines))
          return TRUE;
    }
  return FALSE;
}

/**
 * zc_text_dup_line:
 * @text: any bytes, a file's name, say
 * @max_length: characters
 *
 * Returns: (transfer full): @text as one line of right UTF-8 without control characters, cut from
 * its end to at most @max_length code points
 */
char *
zc_text_dup_line (const char *text, guint max_length)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);
  guint length = 0;

  for (const char *at = valid; *at != '\0' && length < max_length; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_control (c, FALSE))
        continue;
      g_string_append_unichar (line, c);
      length++;
    }
  return g_string_free (line, FALSE);
}
