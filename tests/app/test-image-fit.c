/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-image-fit.h"
#include "zc-jpeg.h"
#include "zc-pixbuf.h"
#include "zc-thumbnail.h"

/* Users' files on their way in: phone photos, scans, other kinds, broken ones. The folders are made
 * by tests/support/make_photos.py and named by ZC_TEST_CORPUS, ZC_TEST_SAMPLES and ZC_TEST_PHOTOS.
 */

#define KB 1024

/* The limits in use (domain.md 2.3), and ones that are hard to meet. */
static const ZcImageLimits page = { 0, 9, 600 * KB, 0, 0, 800 };
static const ZcImageLimits all_limits[] = {
  { 0, 9, 600 * KB, 0, 0, 800 },   { 0, 9, 500 * KB, 0, 0, 0 },
  { 0, 9, 300 * KB, 295, 413, 0 }, { 0, 9, 2048 * KB, 0, 0, 2000 },
  { 0, 9, 100 * KB, 413, 579, 0 }, { 0, 9, 61 * KB + 7, 600, 400, 800 },
};

static GBytes *
load (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv (folder), file, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static GPtrArray *
list_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv (folder), 0, NULL);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (!g_str_equal (name, "made"))
      g_ptr_array_add (files, g_strdup (name));
  g_ptr_array_sort_values (files, (GCompareFunc)strcmp);
  g_assert_cmpuint (files->len, >, 0);
  return files;
}

static ZcReadyImage *
prepare (GBytes *data, const ZcImageLimits *limits)
{
  g_autoptr (GError) error = NULL;
  ZcReadyImage *ready = zc_image_prepare (data, limits, NULL, &error);

  g_assert_no_error (error);
  return ready;
}

static ZcReadyImage *
fit (GBytes *data, const ZcImageLimits *limits)
{
  g_autoptr (GError) error = NULL;
  ZcReadyImage *ready = zc_image_fit (data, limits, NULL, &error);

  g_assert_no_error (error);
  return ready;
}

static gboolean
contains (GBytes *data, const char *text)
{
  return memmem (g_bytes_get_data (data, NULL), g_bytes_get_size (data), text, strlen (text))
         != NULL;
}

/* What is ready passes the server's walk and the field's limits, and its facts are true. */
static void
assert_ready (const ZcReadyImage *ready, const ZcImageLimits *limits)
{
  g_autofree char *sha256 = NULL;
  ZcJpegInfo info;

  g_assert_cmpstr (zc_problem_code_to_string (ready->problem), ==,
                   zc_problem_code_to_string (ZC_PROBLEM_NONE));
  g_assert_nonnull (ready->data);
  g_assert_cmpint (zc_jpeg_check (g_bytes_get_data (ready->data, NULL),
                                  g_bytes_get_size (ready->data), TRUE, &info),
                   ==, ZC_PROBLEM_NONE);
  g_assert_cmpint (ready->after.bytes, ==, g_bytes_get_size (ready->data));
  g_assert_cmpint (ready->after.width, ==, info.width);
  g_assert_cmpint (ready->after.height, ==, info.height);
  g_assert_cmpint (ready->after.bytes, <=, limits->max_bytes);
  g_assert_cmpint (info.width, >=, limits->min_width);
  g_assert_cmpint (info.height, >=, limits->min_height);
  g_assert_cmpint (MAX (info.width, info.height), >=, limits->min_long_edge);
  g_assert_cmpint (info.orientation, ==, 1);
  g_assert_false (contains (ready->data, "Exif"));
  g_assert_cmpint (ready->after.quality > 0, ==, ready->was_encoded);
  sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, ready->data);
  g_assert_cmpstr (ready->sha256, ==, sha256);
}

static GdkPixbuf *
decode (GBytes *data)
{
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = zc_pixbuf_load (data, 0, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

/* The mean difference of a channel between two pictures of one size. */
static double
compare (GdkPixbuf *a, GdkPixbuf *b)
{
  int width = gdk_pixbuf_get_width (a), height = gdk_pixbuf_get_height (a);
  double sum = 0;

  g_assert_cmpint (gdk_pixbuf_get_width (b), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    {
      const guint8 *p = gdk_pixbuf_read_pixels (a) + y * gdk_pixbuf_get_rowstride (a);
      const guint8 *q = gdk_pixbuf_read_pixels (b) + y * gdk_pixbuf_get_rowstride (b);

      for (int i = 0; i < 3 * width; i++)
        sum += ABS (p[i] - q[i]);
    }
  return sum / (3.0 * width * height);
}

/* --- orientation ------------------------------------------------------------------------------ */

static void
test_orientations (void)
{
  g_autoptr (GBytes) upright = load ("ZC_TEST_SAMPLES", "upright.jpg");
  g_autoptr (GdkPixbuf) wanted = decode (upright);

  for (int tag = 1; tag <= 8; tag++)
    {
      g_autofree char *name = g_strdup_printf ("even-%d.jpg", tag);
      g_autoptr (GBytes) file = load ("ZC_TEST_SAMPLES", name);
      g_autoptr (ZcReadyImage) ready
          = prepare (file, &(ZcImageLimits){ 0, 1, 600 * KB, 480, 640, 0 });
      g_autoptr (GdkPixbuf) found = NULL;

      assert_ready (ready, &(ZcImageLimits){ 0, 1, 600 * KB, 480, 640, 0 });
      g_assert_false (ready->was_encoded);
      g_assert_true (ready->was_cleaned);
      g_assert_cmpint (ready->was_turned, ==, tag > 1);
      found = decode (ready->data);
      g_assert_cmpfloat (compare (found, wanted), ==, 0.0);
    }
}

static void
test_odd_edges (void)
{
  g_autoptr (GBytes) upright = load ("ZC_TEST_SAMPLES", "odd-upright.jpg");
  g_autoptr (GdkPixbuf) wanted = decode (upright);

  for (int tag = 1; tag <= 8; tag++)
    {
      g_autofree char *name = g_strdup_printf ("odd-%d.jpg", tag);
      g_autoptr (GBytes) file = load ("ZC_TEST_SAMPLES", name);
      g_autoptr (ZcReadyImage) ready = prepare (file, &page);
      g_autoptr (ZcReadyImage) small
          = prepare (file, &(ZcImageLimits){ 0, 1, 600 * KB, 477, 635, 0 });
      g_autoptr (GdkPixbuf) found = NULL;

      g_assert_cmpint (ready->problem, ==, ZC_PROBLEM_EDGE_TOO_SHORT);
      assert_ready (small, &(ZcImageLimits){ 0, 1, 600 * KB, 477, 635, 0 });
      found = decode (small->data);
      g_assert_cmpfloat (compare (found, wanted), <, 2.0);
    }
}

/* The decoder's own turning (of what is made to fit) agrees with the lossless one. */
static void
test_orientations_when_made_to_fit (void)
{
  const ZcImageLimits tight = { 0, 1, 14 * KB, 480, 640, 0 };
  g_autoptr (GBytes) upright = load ("ZC_TEST_SAMPLES", "upright.jpg");
  g_autoptr (GdkPixbuf) wanted = decode (upright);

  for (int tag = 1; tag <= 8; tag++)
    {
      g_autofree char *name = g_strdup_printf ("even-%d.jpg", tag);
      g_autoptr (GBytes) file = load ("ZC_TEST_SAMPLES", name);
      g_autoptr (ZcReadyImage) ready = fit (file, &tight);
      g_autoptr (GdkPixbuf) found = NULL;

      assert_ready (ready, &tight);
      g_assert_true (ready->was_encoded);
      found = decode (ready->data);
      g_assert_cmpfloat (compare (found, wanted), <, 4.0);
    }
}

/* --- making to fit ---------------------------------------------------------------------------- */

static gboolean
has_the_pixels (const ZcReadyImage *ready, const ZcImageLimits *limits)
{
  return ready->before.width >= limits->min_width && ready->before.height >= limits->min_height
         && MAX (ready->before.width, ready->before.height) >= limits->min_long_edge;
}

/* Every photo, scan, page and portrait, of every kind: within the limits, or told that it is too
 * small. */
static void
test_everything_fits (void)
{
  g_autoptr (GPtrArray) files = list_files ("ZC_TEST_PHOTOS");

  for (guint i = 0; i < files->len; i++)
    {
      const char *name = g_ptr_array_index (files, i);
      g_autoptr (GBytes) file = load ("ZC_TEST_PHOTOS", name);

      for (guint j = 0; j < G_N_ELEMENTS (all_limits); j++)
        {
          g_autoptr (ZcReadyImage) ready = fit (file, &all_limits[j]);

          g_test_message (
              "%s: %dx%d %" G_GINT64_FORMAT " -> %dx%d %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
              " q%d %s",
              name, ready->before.width, ready->before.height, ready->before.bytes,
              ready->after.width, ready->after.height, ready->after.bytes, all_limits[j].max_bytes,
              ready->after.quality,
              ready->problem == ZC_PROBLEM_NONE ? "" : zc_problem_code_to_string (ready->problem));
          if (has_the_pixels (ready, &all_limits[j]))
            assert_ready (ready, &all_limits[j]);
          else
            g_assert_true (ready->data == NULL && (ready->limit > 0 || ready->problem == ZC_PROBLEM_NOT_JPEG) && !ready->can_be_made_to_fit);
        }
    }
}

static void
test_phone_photo (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZC_TEST_PHOTOS"), "phone-01.jpg", NULL);
  g_autoptr (GBytes) file = load ("ZC_TEST_PHOTOS", "phone-01.jpg");
  g_autoptr (ZcReadyImage) offered = prepare (file, &page);
  g_autoptr (ZcReadyImage) ready = NULL;
  g_autoptr (GBytes) afterwards = NULL;

  g_assert_cmpuint (g_bytes_get_size (file), >, 4 * KB * KB);
  g_assert_cmpint (offered->problem, ==, ZC_PROBLEM_TOO_MANY_BYTES);
  g_assert_cmpint (offered->limit, ==, page.max_bytes);
  g_assert_true (offered->can_be_made_to_fit);
  g_assert_cmpint (offered->before.width, ==, 3024); /* upright, though stored on its side */
  g_assert_cmpint (offered->before.height, ==, 4032);
  ready = fit (file, &page);
  assert_ready (ready, &page);
  g_assert_true (ready->was_turned);
  g_assert_cmpint (ready->after.width, <, ready->after.height);
  g_assert_cmpint (ready->after.bytes, >, page.max_bytes / 2);
  afterwards = load ("ZC_TEST_PHOTOS", "phone-01.jpg");
  g_assert_true (g_bytes_equal (file, afterwards));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_never_a_byte_over (void)
{
  g_autoptr (GBytes) file = load ("ZC_TEST_PHOTOS", "page-small.jpg");
  gint64 size = (gint64)g_bytes_get_size (file);

  for (gint64 max_bytes = 20 * KB; max_bytes < size; max_bytes += 3001)
    {
      const ZcImageLimits limits = { 0, 1, max_bytes, 0, 0, 200 };
      g_autoptr (ZcReadyImage) ready = fit (file, &limits);

      assert_ready (ready, &limits);
    }
}

static void
test_one_byte_too_many (void)
{
  g_autoptr (GBytes) file = load ("ZC_TEST_PHOTOS", "page-small.jpg");
  ZcImageLimits limits = { 0, 1, (gint64)g_bytes_get_size (file), 0, 0, 0 };
  g_autoptr (ZcReadyImage) exact = prepare (file, &limits);
  g_autoptr (ZcReadyImage) over = NULL, fitted = NULL;

  assert_ready (exact, &limits);
  g_assert_true (exact->data == file);
  limits.max_bytes--;
  over = prepare (file, &limits);
  g_assert_cmpint (over->problem, ==, ZC_PROBLEM_TOO_MANY_BYTES);
  g_assert_cmpint (over->limit, ==, limits.max_bytes);
  fitted = fit (file, &limits);
  assert_ready (fitted, &limits);
}

static void
test_too_few_pixels (void)
{
  static const struct
  {
    ZcImageLimits limits;
    ZcProblemCode problem;
    gint64 limit;
  } cases[] = {
    { { 0, 1, 600 * KB, 121, 0, 0 }, ZC_PROBLEM_TOO_NARROW, 121 },
    { { 0, 1, 600 * KB, 120, 169, 0 }, ZC_PROBLEM_TOO_LOW, 169 },
    { { 0, 1, 600 * KB, 0, 0, 169 }, ZC_PROBLEM_EDGE_TOO_SHORT, 169 },
    { { 0, 1, 1 * KB, 121, 0, 0 }, ZC_PROBLEM_TOO_NARROW, 121 },
  };
  g_autoptr (GBytes) file = load ("ZC_TEST_PHOTOS", "portrait-tiny.jpg");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZcReadyImage) ready = prepare (file, &cases[i].limits);

      g_assert_cmpint (ready->problem, ==, cases[i].problem);
      g_assert_cmpint (ready->limit, ==, cases[i].limit);
      g_assert_false (ready->can_be_made_to_fit);
      g_assert_null (ready->data);
    }
}

/* A limit that no encoding of the least size can meet is told, not exceeded. */
static void
test_impossible (void)
{
  const ZcImageLimits limits = { 0, 1, 2 * KB, 0, 0, 4000 };
  g_autoptr (GBytes) file = load ("ZC_TEST_PHOTOS", "phone-01.jpg");
  g_autoptr (ZcReadyImage) ready = fit (file, &limits);

  g_assert_cmpint (ready->problem, ==, ZC_PROBLEM_TOO_MANY_BYTES);
  g_assert_null (ready->data);
  g_assert_false (ready->can_be_made_to_fit);
}

/* The corpus of bad files: what is told before, and that making to fit never takes half a picture.
 */
static void
test_bad_files (void)
{
  static const struct
  {
    const char *file;
    ZcProblemCode problem;
    gboolean can_be_made_to_fit;
    const char *kind;
  } cases[] = {
    { "empty.jpg", ZC_PROBLEM_IMAGE_EMPTY, FALSE },
    { "png-named.jpg", ZC_PROBLEM_NOT_JPEG, TRUE, "PNG" },
    { "gif-named.jpg", ZC_PROBLEM_NOT_JPEG, TRUE, "GIF" },
    { "bmp-named.jpg", ZC_PROBLEM_NOT_JPEG, TRUE, "BMP" },
    { "tiff-named.jpg", ZC_PROBLEM_NOT_JPEG, TRUE, "TIFF" },
    { "heic-named.jpg", ZC_PROBLEM_NOT_JPEG, FALSE, "HEIC" },
    { "pdf-named.jpg", ZC_PROBLEM_NOT_JPEG, FALSE, "PDF" },
    { "html-named.jpg", ZC_PROBLEM_NOT_JPEG, FALSE },
    { "svg-named.jpg", ZC_PROBLEM_NOT_JPEG, FALSE },
    { "png-64k-by-64k.jpg", ZC_PROBLEM_NOT_JPEG, FALSE, "PNG" },
    { "cut-in-half.jpg", ZC_PROBLEM_IMAGE_TRUNCATED, FALSE },
    { "no-end.jpg", ZC_PROBLEM_IMAGE_TRUNCATED, FALSE },
    { "cmyk.jpg", ZC_PROBLEM_COMPONENTS, TRUE, "JPEG" },
    { "arithmetic.jpg", ZC_PROBLEM_CODING, TRUE },
    { "lossless.jpg", ZC_PROBLEM_CODING, FALSE },
    { "bits-12.jpg", ZC_PROBLEM_BIT_DEPTH, FALSE },
    { "bomb-64k.jpg", ZC_PROBLEM_TOO_MANY_PIXELS, FALSE, "JPEG" },
    { "huffman-overfull.jpg", ZC_PROBLEM_IMAGE_DAMAGED, FALSE },
    { "scan-too-short.jpg", ZC_PROBLEM_IMAGE_DAMAGED, FALSE },
    { "restart-missing.jpg", ZC_PROBLEM_IMAGE_DAMAGED, FALSE },
    { "rubbish-between-segments.jpg", ZC_PROBLEM_IMAGE_DAMAGED, TRUE },
  };
  const ZcImageLimits any = { 0, 1, 600 * KB, 0, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) file = load ("ZC_TEST_CORPUS", cases[i].file);
      g_autoptr (ZcReadyImage) ready = prepare (file, &any);

      g_test_message ("%s", cases[i].file);
      g_assert_cmpstr (zc_problem_code_to_string (ready->problem), ==,
                       zc_problem_code_to_string (cases[i].problem));
      g_assert_cmpint (ready->can_be_made_to_fit, ==, cases[i].can_be_made_to_fit);
      if (cases[i].kind != NULL)
        g_assert_cmpstr (ready->kind, ==, cases[i].kind);
      g_assert_null (ready->data);
    }
}

/* Half a picture of another kind is not taken either. */
static void
test_halves (void)
{
  static const char *const files[]
      = { "png-cut-in-half.jpg", "tiff-cut-in-half.jpg", "gif-cut-in-half.jpg" };
  const ZcImageLimits any = { 0, 1, 600 * KB, 0, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = load ("ZC_TEST_CORPUS", files[i]);
      g_autoptr (ZcReadyImage) ready = fit (file, &any);

      g_test_message ("%s", files[i]);
      g_assert_null (ready->data);
      g_assert_cmpint (ready->problem, !=, ZC_PROBLEM_NONE);
    }
}

static void
flip_bits (guint8 *data, gsize size, GRand *random)
{
  for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
    data[g_rand_int_range (random, 0, (gint32)size)] ^= 1 << g_rand_int_range (random, 0, 8);
}

static void
test_flipped_bits (void)
{
  static const char *const files[]
      = { "phone.jpg", "progressive.jpg", "cmyk.jpg", "arithmetic.jpg", "png-named.jpg" };
  const ZcImageLimits any = { 0, 1, 8 * KB, 0, 0, 0 };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261124);

  for (guint i = 0; i < 60 * G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = load ("ZC_TEST_CORPUS", files[i / 60]);
      gsize size = g_bytes_get_size (file);
      guint8 *copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (ZcReadyImage) ready = NULL;

      flip_bits (copy, size, random);
      flipped = g_bytes_new_take (copy, size);
      ready = fit (flipped, &any);
      g_assert_true ((ready->data != NULL) == (ready->problem == ZC_PROBLEM_NONE));
    }
}

static void
test_whole_corpus_made_to_fit (void)
{
  const ZcImageLimits any = { 0, 1, 8 * KB, 0, 0, 0 };
  g_autoptr (GPtrArray) files = list_files ("ZC_TEST_CORPUS");

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GBytes) file = load ("ZC_TEST_CORPUS", g_ptr_array_index (files, i));
      g_autoptr (ZcReadyImage) ready = fit (file, &any);

      g_test_message ("%s", (char *)g_ptr_array_index (files, i));
      if (ready->data != NULL)
        assert_ready (ready, &any);
      else
        g_assert_cmpint (ready->problem, !=, ZC_PROBLEM_NONE);
    }
}

static void
test_profile_is_kept (void)
{
  g_autoptr (GBytes) file = load ("ZC_TEST_CORPUS", "icc.jpg");
  const ZcImageLimits limits = { 0, 1, (gint64)g_bytes_get_size (file) * 3 / 4, 0, 0, 0 };
  g_autoptr (ZcReadyImage) ready = fit (file, &limits);

  assert_ready (ready, &limits);
  g_assert_true (ready->was_encoded);
  g_assert_true (contains (ready->data, "ICC_PROFILE"));
}

/* --- the pool --------------------------------------------------------------------------------- */

typedef struct
{
  ZcImagePool *pool;
  guint n_waiting;
  guint n_ready;
  guint n_cancelled;
} Batch;

static void
fitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Batch *batch = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReadyImage) ready = zc_image_fit_finish (ZC_IMAGE_POOL (source), result, &error);

  batch->n_waiting--;
  if (ready != NULL)
    {
      assert_ready (ready, &page);
      batch->n_ready++;
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      batch->n_cancelled++;
    }
}

static void
push_photos (Batch *batch, guint n, GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZC_TEST_PHOTOS"), "phone-01.jpg", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < n; i++, batch->n_waiting++)
    zc_image_fit_async (batch->pool, file, NULL, &page, cancellable, fitted_cb, batch);
}

static void
run_batch (Batch *batch)
{
  while (batch->n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
count_cb (GObject *pool, GParamSpec *property, gpointer data)
{
  guint *seen = data;

  g_assert_cmpuint (zc_image_pool_get_pending (ZC_IMAGE_POOL (pool)), <=, 4);
  (*seen)++;
}

static void
test_pool (void)
{
  Batch batch = { .pool = zc_image_pool_new (2) };
  ZcImagePool *pool = batch.pool;
  guint seen = 0;

  g_signal_connect (batch.pool, "notify::pending", G_CALLBACK (count_cb), &seen);
  push_photos (&batch, 4, NULL);
  g_assert_cmpuint (zc_image_pool_get_pending (batch.pool), ==, 4);
  run_batch (&batch);
  while (zc_image_pool_get_pending (batch.pool) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (batch.n_ready, ==, 4);
  g_assert_cmpuint (seen, ==, 8);
  g_object_add_weak_pointer (G_OBJECT (batch.pool), (gpointer *)&pool);
  g_object_unref (batch.pool);
  while (g_atomic_pointer_get (&pool)
         != NULL) /* a thread may still be letting go of its last task */
    g_thread_yield ();
}

static void
test_cancelled (void)
{
  Batch batch = { .pool = zc_image_pool_new (1) };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  push_photos (&batch, 20, cancellable);
  g_cancellable_cancel (cancellable);
  run_batch (&batch);
  g_assert_cmpuint (batch.n_cancelled, ==, 20);
  g_object_unref (batch.pool);
}

static void
missing_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zc_image_prepare_finish (ZC_IMAGE_POOL (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  *(gboolean *)data = TRUE;
}

static void
test_missing_file (void)
{
  g_autoptr (ZcImagePool) pool = zc_image_pool_new (1);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at-all.jpg");
  gboolean done = FALSE;

  zc_image_prepare_async (pool, file, NULL, &page, NULL, missing_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GdkTexture **texture = data;

  *texture = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, &error);
  g_assert_no_error (error);
}

static void
test_thumbnail (void)
{
  g_autoptr (ZcImagePool) pool = zc_image_pool_new (1);
  g_autoptr (GBytes) photo = load ("ZC_TEST_PHOTOS", "phone-01.jpg");
  g_autoptr (GdkTexture) texture = NULL;

  zc_thumbnail_load_async (pool, NULL, photo, 256, NULL, thumbnail_cb, &texture);
  while (texture == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 192);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 256);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image-fit/P6/eight-orientations", test_orientations);
  g_test_add_func ("/image-fit/P6/odd-edges", test_odd_edges);
  g_test_add_func ("/image-fit/P6/eight-orientations-made-to-fit",
                   test_orientations_when_made_to_fit);
  g_test_add_func ("/image-fit/S3.1.2g/phone-photo", test_phone_photo);
  g_test_add_func ("/image-fit/S3.1.2g/everything-fits", test_everything_fits);
  g_test_add_func ("/image-fit/S3.1.2g/never-a-byte-over", test_never_a_byte_over);
  g_test_add_func ("/image-fit/S3.1.2c/one-byte-too-many", test_one_byte_too_many);
  g_test_add_func ("/image-fit/S3.1.2c/too-few-pixels", test_too_few_pixels);
  g_test_add_func ("/image-fit/S3.1.2g/impossible", test_impossible);
  g_test_add_func ("/image-fit/S3.1.2c/bad-files", test_bad_files);
  g_test_add_func ("/image-fit/S3.1.2c/half-a-picture", test_halves);
  g_test_add_func ("/image-fit/S3.1.2g/flipped-bits", test_flipped_bits);
  g_test_add_func ("/image-fit/S3.1.2g/whole-corpus", test_whole_corpus_made_to_fit);
  g_test_add_func ("/image-fit/S3.1.2g/profile-is-kept", test_profile_is_kept);
  g_test_add_func ("/image-fit/pool", test_pool);
  g_test_add_func ("/image-fit/cancelled", test_cancelled);
  g_test_add_func ("/image-fit/missing-file", test_missing_file);
  g_test_add_func ("/image-fit/P6/thumbnail", test_thumbnail);
  return g_test_run ();
}
