/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "zc-image-fit.h"
#include "zc-thumbnail.h"

/* bench-image-fit PHOTO [N]: N times a photo is made to fit 600 KB and shown as a thumbnail, in a
 * pool of as many threads as processors, while a timer of 5 ms runs in the main loop. Says the time
 * it took and the timer's longest gap.
 */

typedef struct
{
  ZcImagePool *pool;
  guint n_waiting;
  gint64 last_tick;
  gint64 longest_gap;
} Bench;

static gboolean
tick_cb (gpointer data)
{
  Bench *bench = data;
  gint64 now = g_get_monotonic_time ();

  bench->longest_gap = MAX (bench->longest_gap, now - bench->last_tick);
  bench->last_tick = now;
  return G_SOURCE_CONTINUE;
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
      = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, &error);

  g_assert_no_error (error);
  bench->n_waiting--;
}

static void
fitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReadyImage) ready = zc_image_fit_finish (ZC_IMAGE_POOL (source), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (ready->data);
  zc_thumbnail_load_async (bench->pool, NULL, ready->data, 192, NULL, shown_cb, bench);
}

int
main (int argc, char *argv[])
{
  const ZcImageLimits limits = { 0, 50, 600 * 1024, 0, 0, 800 };
  g_autoptr (GFile) photo = argc > 1 ? g_file_new_for_path (argv[1]) : NULL;
  guint n = argc > 2 ? (guint)atoi (argv[2]) : 50;
  gint64 start = g_get_monotonic_time ();
  Bench bench = { zc_image_pool_new (0), n, start, 0 };

  g_return_val_if_fail (photo != NULL, 2);
  g_timeout_add (5, tick_cb, &bench);
  for (guint i = 0; i < n; i++)
    zc_image_fit_async (bench.pool, photo, NULL, &limits, NULL, fitted_cb, &bench);
  while (bench.n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  g_print ("%u photos in %.2f s, longest gap %.1f ms\n", n,
           (double)(g_get_monotonic_time () - start) / 1e6, (double)bench.longest_gap / 1e3);
  g_object_unref (bench.pool);
  return 0;
}
