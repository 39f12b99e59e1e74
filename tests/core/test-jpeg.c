/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-exif.h"
#include "zc-jpeg.h"

/* The JPEG walk against the corpus and its verdict table, fed in every way, cut at every byte, with
 * flipped bits. ZC_TEST_TABLE names the table, ZC_TEST_CORPUS the folder that was made from it.
 */

typedef struct
{
  char *file;
  ZcProblemCode strict;
  ZcProblemCode lenient;
} Row;

static void
row_free (Row *row)
{
  g_free (row->file);
  g_free (row);
}

static ZcProblemCode
read_verdict (const char *text)
{
  ZcProblemCode code
      = g_str_equal (text, "-") ? ZC_PROBLEM_NONE : zc_problem_code_from_string (text);

  g_assert_true (code != ZC_PROBLEM_NONE || g_str_equal (text, "-"));
  return code;
}

static GPtrArray *
read_table (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (g_getenv ("ZC_TEST_TABLE"), &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      Row row;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      g_assert_cmpuint (g_strv_length (columns), ==, 4);
      row = (Row){ g_strdup (columns[0]), read_verdict (columns[2]), read_verdict (columns[3]) };
      g_ptr_array_add (rows, g_memdup2 (&row, sizeof row));
    }
  g_assert_cmpuint (rows->len, >, 100);
  return g_steal_pointer (&rows);
}

static GBytes *
load (const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZC_TEST_CORPUS"), file, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

/* Pieces lie in memory of their own, so that AddressSanitizer sees a step beyond them; single bytes
 * do not, since there are millions.
 */
static ZcProblemCode
check_in_pieces (GBytes *file, gsize piece, gboolean strict, ZcJpegInfo *info)
{
  g_autoptr (ZcJpegWalk) walk = zc_jpeg_walk_new (strict);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  for (gsize at = 0; at < size; at += piece)
    {
      gsize n = MIN (piece, size - at);
      g_autofree guint8 *copy = piece > 1 ? g_memdup2 (data + at, n) : NULL;

      if (zc_jpeg_walk_feed (walk, copy != NULL ? copy : data + at, n) != ZC_PROBLEM_NONE)
        break;
    }
  return zc_jpeg_walk_finish (walk, info);
}

static ZcProblemCode
check (GBytes *file, gboolean strict, ZcJpegInfo *info)
{
  return check_in_pieces (file, MAX (g_bytes_get_size (file), 1), strict, info);
}

static void
assert_verdict (const Row *row, ZcProblemCode found, ZcProblemCode expected)
{
  if (found != expected)
    {
      g_test_message ("%s: found %s, expected %s", row->file,
                      found == ZC_PROBLEM_NONE ? "-" : zc_problem_code_to_string (found),
                      expected == ZC_PROBLEM_NONE ? "-" : zc_problem_code_to_string (expected));
      g_test_fail ();
    }
}

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = read_table ();

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      g_autoptr (GBytes) file = load (row->file);

      assert_verdict (row, check (file, TRUE, NULL), row->strict);
      assert_verdict (row, check (file, FALSE, NULL), row->lenient);
    }
}

static void
test_pieces (void)
{
  static const gsize pieces[] = { 1, 5, 64, 4096 };
  g_autoptr (GPtrArray) rows = read_table ();

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      g_autoptr (GBytes) file = load (row->file);
      ZcJpegInfo whole, parts;

      for (guint j = 0; j < 2 * G_N_ELEMENTS (pieces); j++)
        {
          check (file, j % 2, &whole);
          assert_verdict (row, check_in_pieces (file, pieces[j / 2], j % 2, &parts),
                          j % 2 ? row->strict : row->lenient);
          g_assert_cmpmem (&whole, sizeof whole, &parts, sizeof parts);
        }
    }
}

static void
test_bomb (void)
{
  g_autoptr (GBytes) bomb = load ("bomb-64k.jpg");
  g_autoptr (ZcJpegWalk) walk = zc_jpeg_walk_new (TRUE);
  ZcJpegInfo info;

  g_assert_cmpuint (g_bytes_get_size (bomb), ==, 186);
  g_assert_cmpint (zc_jpeg_walk_feed (walk, g_bytes_get_data (bomb, NULL), 186), ==,
                   ZC_PROBLEM_TOO_MANY_PIXELS);
  zc_jpeg_walk_finish (walk, &info);
  g_assert_cmpint (info.width, ==, 65535);
  g_assert_cmpint (info.height, ==, 65535);
}

static void
test_info (void)
{
  static const struct
  {
    const char *file;
    int width, height, components, orientation;
    gboolean progressive, has_metadata;
  } cases[] = {
    { "colour.jpg", 320, 240, 3, 1, FALSE, FALSE },
    { "grey.jpg", 320, 240, 1, 1, FALSE, FALSE },
    { "dot.jpg", 1, 1, 3, 1, FALSE, FALSE },
    { "progressive.jpg", 320, 240, 3, 1, TRUE, FALSE },
    { "exif-gps-6.jpg", 320, 240, 3, 6, FALSE, TRUE },
    { "exif-big-endian.jpg", 320, 240, 3, 3, FALSE, TRUE },
    { "phone.jpg", 320, 240, 3, 6, FALSE, TRUE },
    { "trailing-video.jpg", 320, 240, 3, 1, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) file = load (cases[i].file);
      ZcJpegInfo info;

      g_assert_cmpint (check (file, FALSE, &info), ==, ZC_PROBLEM_NONE);
      g_assert_cmpint (info.width, ==, cases[i].width);
      g_assert_cmpint (info.height, ==, cases[i].height);
      g_assert_cmpint (info.components, ==, cases[i].components);
      g_assert_cmpint (info.orientation, ==, cases[i].orientation);
      g_assert_cmpint (info.progressive, ==, cases[i].progressive);
      g_assert_cmpint (info.has_metadata, ==, cases[i].has_metadata);
      g_assert_cmpuint (info.end, <=, g_bytes_get_size (file));
    }
}

/* Whatever is cut from a good file, at any byte: told as truncated or empty, never taken. */
static void
test_truncation (void)
{
  static const char *const files[] = { "colour.jpg", "progressive.jpg", "restart.jpg", "split.jpg",
                                       "icc.jpg",    "fill-bytes.jpg",  "dot.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = load (files[i]);
      gsize size = g_bytes_get_size (file);

      for (gsize end = 0; end < size; end++)
        {
          ZcProblemCode verdict = zc_jpeg_check (g_bytes_get_data (file, NULL), end, TRUE, NULL);

          g_assert_cmpint (verdict, ==,
                           end == 0 ? ZC_PROBLEM_IMAGE_EMPTY : ZC_PROBLEM_IMAGE_TRUNCATED);
        }
    }
}

static void
test_one_byte_more (void)
{
  g_autoptr (GBytes) file = load ("tiny.jpg");
  gsize size = g_bytes_get_size (file);
  g_autofree guint8 *longer = g_malloc (size + 1);

  memcpy (longer, g_bytes_get_data (file, NULL), size);
  for (int byte = 0; byte < 256; byte++)
    {
      longer[size] = (guint8)byte;
      g_assert_cmpint (zc_jpeg_check (longer, size + 1, TRUE, NULL), ==, ZC_PROBLEM_TRAILING_BYTES);
      g_assert_cmpint (zc_jpeg_check (longer, size + 1, FALSE, NULL), ==, ZC_PROBLEM_NONE);
    }
}

static GBytes *
flip_bits (GBytes *file, GRand *random)
{
  gsize size;
  guint8 *copy = g_memdup2 (g_bytes_get_data (file, &size), g_bytes_get_size (file));

  size = g_bytes_get_size (file);
  for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
    copy[g_rand_int_range (random, 0, (gint32)size)] ^= 1 << g_rand_int_range (random, 0, 8);
  return g_bytes_new_take (copy, size);
}

/* Nothing breaks, pieces change nothing, and what is taken comes out of the clean-up unchanged. */
static void
test_flipped_bits (void)
{
  static const char *const files[] = { "tiny.jpg",    "phone.jpg",           "progressive.jpg",
                                       "restart.jpg", "exif-big-endian.jpg", "icc.jpg" };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = load (files[i]);

      for (guint round = 0; round < 400; round++)
        {
          g_autoptr (GBytes) flipped = flip_bits (file, random);
          g_autoptr (GBytes) clean = NULL;
          ZcProblemCode verdict = check (flipped, FALSE, NULL), problem;

          g_assert_cmpint (check_in_pieces (flipped, 5, FALSE, NULL), ==, verdict);
          clean = zc_jpeg_clean (flipped, NULL, &problem);
          g_assert_cmpint (problem, ==, verdict);
          g_assert_true ((clean != NULL) == (verdict == ZC_PROBLEM_NONE));
          if (clean != NULL)
            g_assert_cmpint (check (clean, TRUE, NULL), ==, ZC_PROBLEM_NONE);
        }
    }
}

static void
test_clean (void)
{
  g_autoptr (GPtrArray) rows = read_table ();

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      g_autoptr (GBytes) file = load (row->file);
      ZcProblemCode problem;
      g_autoptr (GBytes) clean = zc_jpeg_clean (file, NULL, &problem);
      ZcJpegInfo before, after;

      assert_verdict (row, problem, row->lenient);
      g_assert_true ((clean != NULL) == (row->lenient == ZC_PROBLEM_NONE));
      if (clean == NULL)
        continue;
      check (file, FALSE, &before);
      assert_verdict (row, check (clean, TRUE, &after), ZC_PROBLEM_NONE);
      g_assert_cmpint (before.width, ==, after.width);
      g_assert_cmpint (before.height, ==, after.height);
      g_assert_true ((clean == file) == (row->strict == ZC_PROBLEM_NONE));
    }
}

/* What is kept is kept byte for byte: metadata around a picture comes off and leaves that picture.
 */
static void
test_clean_is_lossless (void)
{
  static const char *const dressed[] = { "phone.jpg",
                                         "exif.jpg",
                                         "exif-gps-6.jpg",
                                         "xmp.jpg",
                                         "comment.jpg",
                                         "comment-before-end.jpg",
                                         "mpf.jpg",
                                         "app15.jpg",
                                         "jfxx-thumbnail.jpg",
                                         "trailing-second.jpg",
                                         "trailing-video.jpg" };
  g_autoptr (GBytes) plain = load ("colour.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (dressed); i++)
    {
      g_autoptr (GBytes) file = load (dressed[i]);
      g_autoptr (GBytes) clean = zc_jpeg_clean (file, NULL, NULL);

      g_assert_nonnull (clean);
      g_assert_true (g_bytes_equal (clean, plain));
    }
}

static void
test_clean_keeps_colour (void)
{
  g_autoptr (GBytes) icc = load ("icc.jpg"), thumbnail = load ("jfif-thumbnail.jpg");
  g_autoptr (GBytes) adobe = load ("adobe-long.jpg"), plain = load ("colour.jpg");
  g_autoptr (GBytes) kept = zc_jpeg_clean (icc, NULL, NULL);
  g_autoptr (GBytes) jfif = zc_jpeg_clean (thumbnail, NULL, NULL);
  g_autoptr (GBytes) plain_adobe = zc_jpeg_clean (adobe, NULL, NULL);

  g_assert_true (kept == icc);
  g_assert_cmpuint (g_bytes_get_size (jfif), ==, g_bytes_get_size (plain));
  g_assert_cmpuint (g_bytes_get_size (plain_adobe), ==, g_bytes_get_size (plain) + 4 + 12);
}

/* An EXIF segment by hand: byte order, directory at an offset, one entry. */
static GByteArray *
make_exif (gboolean big, guint32 directory, guint16 n, guint16 type, guint32 count, guint32 value)
{
  GByteArray *exif = g_byte_array_new ();
  const guint16 words[] = { 42, 0x0112, type };
  guint8 entry[26] = { 0 };

  memcpy (entry, big ? "MM" : "II", 2);
#define PUT_16(at, x)                                                                              \
  memcpy (entry + (at), &(guint16){ big ? GUINT16_TO_BE (x) : GUINT16_TO_LE (x) }, 2)
#define PUT_32(at, x)                                                                              \
  memcpy (entry + (at), &(guint32){ big ? GUINT32_TO_BE (x) : GUINT32_TO_LE (x) }, 4)
  PUT_16 (2, words[0]);
  PUT_32 (4, directory);
  PUT_16 (8, n);
  PUT_16 (10, words[1]);
  PUT_16 (12, words[2]);
  PUT_32 (14, count);
  if (type == 3)
    PUT_16 (18, (guint16)value);
  else
    PUT_32 (18, value);
#undef PUT_16
#undef PUT_32
  g_byte_array_append (exif, (const guint8 *)"Exif\0\0", 6);
  g_byte_array_append (exif, entry, sizeof entry);
  return exif;
}

static void
test_exif (void)
{
  static const struct
  {
    guint32 directory;
    guint16 n, type;
    guint32 count, value;
    int expected;
  } cases[] = {
    { 8, 1, 3, 1, 1, 1 },          { 8, 1, 3, 1, 6, 6 },          { 8, 1, 3, 1, 8, 8 },
    { 8, 1, 4, 1, 5, 5 },          { 8, 65535, 3, 1, 3, 3 },      { 8, 1, 3, 1, 0, 0 },
    { 8, 1, 3, 1, 9, 0 },          { 8, 1, 4, 1, 0xffffffff, 0 }, { 8, 1, 3, 2, 6, 0 },
    { 8, 1, 2, 1, 6, 0 },          { 8, 0, 3, 1, 6, 0 },          { 0, 1, 3, 1, 6, 0 },
    { 24, 1, 3, 1, 6, 0 },         { 25, 1, 3, 1, 6, 0 },         { 0xffffffff, 1, 3, 1, 6, 0 },
    { 0xfffffffe, 1, 3, 1, 6, 0 }, { 0x80000000, 1, 3, 1, 6, 0 },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) exif
          = make_exif (i % 2, cases[i / 2].directory, cases[i / 2].n, cases[i / 2].type,
                       cases[i / 2].count, cases[i / 2].value);

      g_assert_cmpint (zc_exif_get_orientation (exif->data, exif->len), ==, cases[i / 2].expected);
      for (gsize size = 0; size < exif->len; size++)
        {
          g_autofree guint8 *cut = g_memdup2 (exif->data, size);

          zc_exif_get_orientation (cut, size);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg/P5/S3.1.2c/SEC-S31/SEC-S32/verdict-table", test_table);
  g_test_add_func ("/jpeg/P5/fed-in-pieces", test_pieces);
  g_test_add_func ("/jpeg/P5/S3.1.2c/SEC-S31/64k-by-64k", test_bomb);
  g_test_add_func ("/jpeg/P5/what-a-file-says-of-itself", test_info);
  g_test_add_func ("/jpeg/P5/S3.1.2c/SEC-S32/truncated-at-every-byte", test_truncation);
  g_test_add_func ("/jpeg/P5/S3.1.2c/one-byte-behind-the-end", test_one_byte_more);
  g_test_add_func ("/jpeg/P5/SEC-S32/flipped-bits", test_flipped_bits);
  g_test_add_func ("/jpeg/P6/clean-passes-the-walk", test_clean);
  g_test_add_func ("/jpeg/P6/clean-is-lossless", test_clean_is_lossless);
  g_test_add_func ("/jpeg/P6/clean-keeps-colour", test_clean_keeps_colour);
  g_test_add_func ("/jpeg/P6/hostile-exif", test_exif);
  return g_test_run ();
}
