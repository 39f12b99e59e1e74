/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-text.h"

/* Characters as people count them. */

static const struct
{
  const char *name;
  const char *text;
  gsize length;
} texts[] = {
  { "nothing", "", 0 },
  { "ascii", "abc de", 6 },
  { "chinese", "职称评审，二〇二六。", 10 },
  { "beyond-the-basic-plane", "𠮷野家", 3 },
  { "line-ends", "一\r\n二\n三\r四", 7 },
  { "accent", "e\u0301", 1 },
  { "accents", "e\u0301\u0323\u0302", 1 },
  { "accent-after-line-end", "\n\u0301", 2 },
  { "variation", "葛\U000E0100城", 2 },
  { "keycap", "1\uFE0F\u20E3", 1 },
  { "flag", "🇨🇳", 1 },
  { "three-flags", "🇨🇳🇨🇳🇫🇷", 3 },
  { "half-a-flag", "🇨🇳🇨", 2 },
  { "skin", "👍🏽👍", 2 },
  { "family", "👨‍👩‍👧‍👦", 1 },
  { "heart-on-fire", "❤️‍🔥", 1 },
  { "joiner-between-letters", "a\u200db", 2 },
  { "england", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1 },
  { "syllable-of-jamo", "\u1112\u1161\u11ab", 1 },
  { "syllable-and-final", "하\u11ab", 1 },
  { "syllables", "한글", 2 },
  { "kana-with-voice-mark", "か\u3099", 1 },
  { "devanagari", "नि", 1 },
};

static void
test_length (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i].name);
      g_assert_cmpuint (zc_text_length (texts[i].text), ==, texts[i].length);
    }
}

/* Where the schema counts code points itself (PLAIN in zc-schema-export.c), each must be a
 * character to us too, whatever stands before it. */
static void
test_plain (void)
{
  static const gunichar ranges[][2] = {
    { 0x1, 0xc },         { 0xe, 0x2ff },     { 0x370, 0x482 },   { 0x2010, 0x2027 },
    { 0x2030, 0x205e },   { 0x2100, 0x2bff }, { 0x3000, 0x3029 }, { 0x3030, 0x3098 },
    { 0x309b, 0xa48f },   { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xff00, 0xff9d },
    { 0x20000, 0x323af },
  };
  static const char *const before[] = { "职", "가", "갂", "☎", "a", "\n", "か" };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (gunichar c = ranges[i][0]; c <= ranges[i][1]; c++)
      for (guint j = 0; j < G_N_ELEMENTS (before); j++)
        {
          char character[7] = { 0 };
          g_autofree char *text = NULL;

          g_unichar_to_utf8 (c, character);
          text = g_strconcat (before[j], character, NULL);
          if (zc_text_length (text) != 2)
            g_error ("U+%04X joins “%s”", c, before[j]);
        }
}

static void
test_exceeds (void)
{
  g_autoptr (GString) heap = g_string_new ("e");

  g_assert_false (zc_text_exceeds ("四个汉字", 4));
  g_assert_true (zc_text_exceeds ("四个汉字吗", 4));
  g_assert_false (zc_text_exceeds ("", 0));
  for (int i = 0; i < 200; i++)
    g_string_append (heap, "\u0301");
  g_assert_cmpuint (zc_text_length (heap->str), ==, 1);
  g_assert_true (zc_text_exceeds (heap->str, 10));
  g_assert_false (zc_text_exceeds (heap->str, 20));
}

static void
test_blank (void)
{
  g_assert_true (zc_text_is_blank (NULL));
  g_assert_true (zc_text_is_blank (""));
  g_assert_true (zc_text_is_blank (" \t\r\n\u00a0\u3000\u200b\ufeff"));
  g_assert_false (zc_text_is_blank (" ."));
}

static void
test_control (void)
{
  static const char *const controls[] = { "\n", "\x7f", "\xc2\x85", "\u2028", "\u202e", "\u2067" };

  g_assert_false (zc_text_has_control ("平常的 text, 1–2 ·", FALSE));
  g_assert_false (zc_text_has_control ("一行\r\n\t二行", TRUE));
  g_assert_true (zc_text_has_control ("一行\n二行", FALSE));
  g_assert_true (zc_text_has_control ("响\a", TRUE));
  g_assert_true (zc_text_has_control ("\u202e反", TRUE));
  g_assert_true (zc_text_has_control ("\xc2\x85", TRUE));
  g_assert_true (zc_text_has_control ("\x7f", TRUE));
  for (guint before = 0; before < 80; before++) /* wherever it stands in a long text */
    for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        for (guint n = 0; n < before; n++)
          g_string_append (text, n % 3 == 0 ? "甲" : "x");
        g_assert_false (zc_text_has_control (text->str, FALSE));
        g_string_append (text, controls[i]);
        g_assert_true (zc_text_has_control (text->str, FALSE));
        g_string_append (text, "，测速用的一段文字，测速用的一段文字");
        g_assert_true (zc_text_has_control (text->str, FALSE));
      }
}

static void
test_line (void)
{
  static const struct
  {
    const char *text, *line;
  } lines[] = {
    { "照片.jpg", "照片.jpg" },
    { "two\nlines\t.jpg", "twolines.jpg" },
    { "\u202egpj.exe", "gpj.exe" },
    { "\xff.jpg", "\ufffd.jpg" },
    { "一二三四五六七八九十甲乙丙", "一二三四五六七八九十甲乙" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = zc_text_dup_line (lines[i].text, 12);

      g_assert_cmpstr (line, ==, lines[i].line);
      g_assert_false (zc_text_has_control (line, FALSE));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/S3.1.2b/length", test_length);
  g_test_add_func ("/text/B4/plain", test_plain);
  g_test_add_func ("/text/S3.1.2b/exceeds", test_exceeds);
  g_test_add_func ("/text/S3.1.2b/blank", test_blank);
  g_test_add_func ("/text/S3.1.2b/control", test_control);
  g_test_add_func ("/text/S3.1.2g/line", test_line);
  return g_test_run ();
}
