/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <math.h>

#include "zc-image-fit-private.h"
#include "zc-jpeg.h"
#include "zc-pixbuf.h"
#include "zc-raster.h"

/* Making to fit: the picture is decoded at an eighth-step of its size, which makes decoding cheap,
 * and scale and quality are foretold from the file's bytes and from the last attempt instead of
 * being searched for.
 */

#define LONG_EDGE 2560       /* enough for any page: A4 at 220 dots an inch */
#define BYTES_PER_PIXEL 0.10 /* of a page in good quality, where the file does not tell */
#define DETAIL 1.18 /* bytes grow with pixels to this power: shrinking takes noise away too */
#define QUALITY_BEST 92
#define QUALITY_WANTED 78 /* below GOOD_ENOUGH fewer pixels look better than worse ones */
#define QUALITY_GOOD_ENOUGH 65
#define QUALITY_LEAST 10
#define MAX_ATTEMPTS 8
#define FULL_ENOUGH 0.80 /* of the limit: a further attempt would gain little */
#define AIM 0.95

typedef struct
{
  GBytes *file;
  GdkPixbuf *pixbuf; /* (nullable): of what is not JPEG; upright */
  int orientation;
  int width; /* as stored */
  int height;
  double bytes_per_pixel; /* it would take in QUALITY_WANTED, unscaled; a guess */
} Source;

typedef struct
{
  Source *source;
  const ZcImageLimits *limits;
  gint64 max_bytes;
  GCancellable *cancellable;
  ZcReadyImage *ready;
  gint64 last_size; /* of the last attempt */
  int last_quality;
} Search;

/* --- making to fit ---------------------------------------------------------------------------- */

/* How many bytes a quality takes, in proportion: measured on photos of documents. */
static const struct
{
  int quality;
  double bytes;
} curve[] = { { 10, 0.33 }, { 20, 0.53 }, { 30, 0.70 }, { 40, 0.85 }, { 50, 1.00 },
              { 60, 1.17 }, { 70, 1.42 }, { 75, 1.62 }, { 80, 1.88 }, { 85, 2.30 },
              { 90, 3.05 }, { 95, 4.70 }, { 100, 9.0 } };

static double
get_proportion (int quality)
{
  guint i = 1;

  while (i < G_N_ELEMENTS (curve) - 1 && curve[i].quality < quality)
    i++;
  return curve[i - 1].bytes
         + (curve[i].bytes - curve[i - 1].bytes) * (quality - curve[i - 1].quality)
               / (curve[i].quality - curve[i - 1].quality);
}

/* The best quality that should come out at @wanted bytes, given one attempt. */
static int
predict_quality (const Search *search, double wanted)
{
  double proportion = get_proportion (search->last_quality) * wanted / (double)search->last_size;
  int quality = QUALITY_BEST;

  while (quality > 0 && get_proportion (quality) > proportion)
    quality--;
  return quality;
}

static GBytes *
encode_once (Search *search, ZcRaster *raster, int quality)
{
  GBytes *file = zc_raster_encode_jpeg (raster, quality);

  search->last_quality = quality;
  search->last_size = file != NULL ? (gint64)g_bytes_get_size (file) : G_MAXINT64;
  return file;
}

/* Encodes to the limit, not below @least. Each attempt narrows the range of qualities left. */
static GBytes *
encode_to_limit (Search *search, ZcRaster *raster, int least, int *quality)
{
  int fits = least - 1, exceeds = QUALITY_BEST + 1;
  int next = predict_quality (search, search->max_bytes * AIM);
  g_autoptr (GBytes) best = NULL;

  for (guint i = 0;
       i < MAX_ATTEMPTS && exceeds - fits > 1 && !g_cancellable_is_cancelled (search->cancellable);
       i++)
    {
      g_autoptr (GBytes) attempt
          = encode_once (search, raster, CLAMP (next, fits + 1, exceeds - 1));

      if (search->last_size > search->max_bytes)
        exceeds = search->last_quality;
      else
        {
          fits = *quality = search->last_quality;
          g_clear_pointer (&best, g_bytes_unref);
          best = g_steal_pointer (&attempt);
          if (search->last_size >= search->max_bytes * FULL_ENOUGH)
            break;
        }
      next = predict_quality (search, search->max_bytes * AIM);
      if (best == NULL && next < least && least > QUALITY_LEAST)
        break; /* fewer pixels will do better */
    }
  return g_steal_pointer (&best);
}

static int
scale_edge (int edge, int eighths)
{
  return (edge * eighths + 7) / 8;
}

static gboolean
has_enough_pixels (const Search *search, int eighths)
{
  gint64 limit;

  return zc_image_check_pixels (search->limits, scale_edge (search->ready->before.width, eighths),
                                scale_edge (search->ready->before.height, eighths), &limit)
         == ZC_PROBLEM_NONE;
}

static int
find_least_scale (const Search *search)
{
  int eighths = 1;

  while (eighths < 8 && !has_enough_pixels (search, eighths))
    eighths++;
  return eighths;
}

/* How many bytes the picture should take at a scale, in QUALITY_WANTED. */
static double
expect_bytes (const Search *search, int eighths)
{
  const Source *source = search->source;

  return (double)source->width * source->height * source->bytes_per_pixel
         * pow (eighths / 8.0, 2 * DETAIL);
}

static int
find_first_scale (const Search *search, int least)
{
  int eighths = 8;

  for (; eighths > least; eighths--)
    if (scale_edge (MAX (search->source->width, search->source->height), eighths) <= LONG_EDGE
        && expect_bytes (search, eighths) <= search->max_bytes)
      break;
  return eighths;
}

/* The last attempt was too large in a quality that is still good: how far must the picture shrink?
 */
static int
find_next_scale (const Search *search, int eighths, int least)
{
  double expected
      = search->last_size * get_proportion (QUALITY_WANTED) / get_proportion (search->last_quality);
  int next = (int)(eighths * pow (search->max_bytes * AIM / expected, 0.5 / DETAIL) + 0.5);

  return CLAMP (next, least, eighths - 1);
}

static ZcProblemCode
load_raster (Search *search, int eighths, ZcRaster **raster)
{
  Source *source = search->source;
  ZcProblemCode problem = ZC_PROBLEM_NONE;

  if (source->pixbuf == NULL)
    {
      problem = zc_raster_decode_jpeg (source->file, eighths, search->cancellable, raster);
      if (problem == ZC_PROBLEM_NONE)
        *raster = zc_raster_turn (*raster, source->orientation);
    }
  else
    {
      g_autoptr (GdkPixbuf) scaled
          = gdk_pixbuf_scale_simple (source->pixbuf, scale_edge (source->width, eighths),
                                     scale_edge (source->height, eighths), GDK_INTERP_BILINEAR);

      *raster = zc_raster_new_from_pixbuf (scaled);
    }
  return problem;
}

static void
run_search (Search *search)
{
  int least = find_least_scale (search), eighths = find_first_scale (search, least), quality = 0;

  while (!g_cancellable_is_cancelled (search->cancellable))
    {
      g_autoptr (ZcRaster) raster = NULL;
      g_autoptr (GBytes) fitted = NULL;
      ZcProblemCode problem = load_raster (search, eighths, &raster);

      if (problem != ZC_PROBLEM_NONE)
        {
          zc_ready_image_set_problem (search->ready, problem, -1, FALSE);
          return;
        }
      if (search->last_quality == 0) /* the first attempt of all goes by the guess */
        {
          search->last_quality = QUALITY_WANTED;
          search->last_size = (gint64)expect_bytes (search, eighths) + 1;
        }
      fitted = encode_to_limit (search, raster,
                                eighths > least ? QUALITY_GOOD_ENOUGH : QUALITY_LEAST, &quality);
      if (fitted != NULL)
        {
          zc_ready_image_take (search->ready, fitted, quality);
          return;
        }
      if (eighths == least)
        {
          zc_ready_image_set_problem (search->ready, ZC_PROBLEM_TOO_MANY_BYTES,
                                      search->limits->max_bytes, FALSE);
          return;
        }
      eighths = find_next_scale (search, eighths, least);
    }
}

static void
guess_detail (Source *source, gsize size)
{
  int width, height, quality = 0;

  source->bytes_per_pixel = BYTES_PER_PIXEL;
  if (source->pixbuf != NULL
      || zc_raster_probe_jpeg (source->file, &width, &height, &quality) != ZC_PROBLEM_NONE
      || quality < QUALITY_LEAST)
    return;
  source->bytes_per_pixel = (double)size / ((double)width * height)
                            * get_proportion (QUALITY_WANTED) / get_proportion (quality);
}

static gboolean
open_source (Source *source, GBytes *file, ZcReadyImage *ready, GCancellable *cancellable)
{
  ZcJpegInfo info;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  ZcProblemCode problem = zc_jpeg_check (data, size, FALSE, &info);

  source->file = file;
  source->orientation = info.orientation;
  source->width = ready->before.width;
  source->height = ready->before.height;
  guess_detail (source, info.end > 0 ? info.end : size);
  if (problem != ZC_PROBLEM_NOT_JPEG)
    return TRUE;
  source->pixbuf = zc_pixbuf_load (file, 0, cancellable, NULL);
  if (source->pixbuf == NULL)
    return FALSE;
  source->width = ready->before.width = gdk_pixbuf_get_width (source->pixbuf);
  source->height = ready->before.height = gdk_pixbuf_get_height (source->pixbuf);
  return TRUE;
}

static void
make_to_fit (ZcReadyImage *ready,
             GBytes *file,
             const ZcImageLimits *limits,
             GCancellable *cancellable)
{
  Source source = { 0 };
  Search search
      = { .source = &source, .limits = limits, .cancellable = cancellable, .ready = ready };

  search.max_bytes = limits->max_bytes > 0 ? limits->max_bytes : G_MAXINT64 / 2;
  if (open_source (&source, file, ready, cancellable))
    {
      run_search (&search);
      ready->was_turned = ready->data != NULL && source.orientation > 1;
    }
  else
    zc_ready_image_set_problem (ready, ZC_PROBLEM_IMAGE_DAMAGED, -1, FALSE);
  g_clear_object (&source.pixbuf);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * zc_image_fit:
 * @data: a user's file, whole: JPEG, also of kinds that are not taken as they are, or whatever
 *   gdk-pixbuf reads
 * @limits: of the field
 *
 * Makes it a JPEG of at most the limit's bytes and at least its pixels (S3.1.2g); never enlarges.
 * What fits already is only prepared.
 *
 * Returns: (transfer full): as for zc_image_prepare(); a problem is final here
 */
ZcReadyImage *
zc_image_fit (GBytes *data, const ZcImageLimits *limits, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZcReadyImage) ready = zc_image_prepare (data, limits, cancellable, error);

  if (ready == NULL || !ready->can_be_made_to_fit)
    return g_steal_pointer (&ready);
  make_to_fit (ready, data, limits, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&ready);
}
