/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <math.h>
#include <string.h>

#include <turbojpeg.h>

#include "zc-check.h"
#include "zc-image-fit.h"
#include "zc-jpeg.h"
#include "zc-pixbuf.h"
#include "zc-raster.h"

/* Taking a file in goes from the gentle to the firm: metadata cut without loss; turned without loss
 * where the edges allow it; encoded anew only where they do not, or where the user agreed to have it
 * made to fit. Then the picture is decoded at an eighth-step of its size (which makes decoding cheap)
 * and the quality is predicted from the size of the last attempt instead of being searched for.
 */

#define MAX_FILE (256 * 1024 * 1024) /* no picture of a person's is larger */
#define LONG_EDGE 2560               /* enough for any page: A4 at 220 dots an inch */
#define BYTES_PER_PIXEL 0.10         /* of a page in good quality, where the file does not tell */
#define DETAIL 1.18                  /* bytes grow with the pixels to this power: shrinking also takes noise away */
#define QUALITY_TURNED 95            /* when only the orientation asks for encoding */
#define QUALITY_BEST 92
#define QUALITY_WANTED 78            /* below GOOD_ENOUGH fewer pixels look better than worse ones */
#define QUALITY_GOOD_ENOUGH 65
#define QUALITY_LEAST 10
#define MAX_ATTEMPTS 8
#define FULL_ENOUGH 0.80             /* of the limit: a further attempt would gain little */
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

typedef struct
{
  GFile *file;
  GBytes *data;
  ZcImageLimits limits;
} Request;

/* --- results ---------------------------------------------------------------------------------- */

static void
set_problem (ZcReadyImage *ready, ZcProblemCode problem, gint64 limit, gboolean can_be_made_to_fit)
{
  ready->problem = problem;
  ready->limit = limit;
  ready->can_be_made_to_fit = can_be_made_to_fit;
}

static void
set_before (ZcReadyImage *ready, int width, int height, int orientation)
{
  ready->before.width = orientation >= 5 ? height : width;
  ready->before.height = orientation >= 5 ? width : height;
}

/* The last look at what goes into the store is the server's own: nothing leaves that it would refuse. */
static void
take_data (ZcReadyImage *ready, GBytes *data, int quality)
{
  ZcJpegInfo info;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  ZcProblemCode problem = zc_jpeg_check (bytes, size, TRUE, &info);

  set_problem (ready, problem, -1, FALSE);
  if (problem != ZC_PROBLEM_NONE)
    return;
  ready->data = g_bytes_ref (data);
  ready->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, data);
  ready->after = (ZcImageFacts) { (gint64) size, info.width, info.height, quality };
  ready->was_encoded = quality > 0;
}

static ZcProblemCode
check_pixels (const ZcImageLimits *limits, int width, int height, gint64 *limit)
{
  return zc_check_image_limits (limits, 0, width, height, limit);
}

/* --- preparing -------------------------------------------------------------------------------- */

static GBytes *
turn_without_loss (GBytes *file, const ZcJpegInfo *info)
{
  static const int operations[] = { TJXOP_NONE,      TJXOP_NONE,   TJXOP_HFLIP,      TJXOP_ROT180, TJXOP_VFLIP,
                                    TJXOP_TRANSPOSE, TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270 };
  tjtransform transform = { .op = operations[info->orientation], .options = TJXOPT_PERFECT };
  tjhandle turner = tjInitTransform ();
  unsigned char *data = NULL;
  unsigned long size = 0;
  GBytes *turned = NULL;

  if (info->progressive)
    transform.options |= TJXOPT_PROGRESSIVE;
  if (tjTransform (turner, g_bytes_get_data (file, NULL), g_bytes_get_size (file), 1, &data, &size, &transform, 0)
      == 0)
    turned = g_bytes_new (data, size);
  tjFree (data);
  tjDestroy (turner);
  return turned;
}

static GBytes *
turn_by_encoding (GBytes *file, int orientation, GCancellable *cancellable)
{
  g_autoptr (ZcRaster) raster = NULL;

  if (zc_raster_decode_jpeg (file, 8, cancellable, &raster) != ZC_PROBLEM_NONE)
    return NULL;
  raster = zc_raster_turn (g_steal_pointer (&raster), orientation);
  return zc_raster_encode_jpeg (raster, QUALITY_TURNED);
}

static void
take_turned (ZcReadyImage *ready, GBytes *clean, const ZcJpegInfo *info, const ZcImageLimits *limits,
             GCancellable *cancellable)
{
  g_autoptr (GBytes) turned = turn_without_loss (clean, info);
  int quality = 0;

  if (turned == NULL)
    {
      quality = QUALITY_TURNED;
      turned = turn_by_encoding (clean, info->orientation, cancellable);
    }
  if (turned == NULL)
    set_problem (ready, ZC_PROBLEM_IMAGE_DAMAGED, -1, FALSE);
  else if (limits->max_bytes > 0 && (gint64) g_bytes_get_size (turned) > limits->max_bytes)
    set_problem (ready, ZC_PROBLEM_TOO_MANY_BYTES, limits->max_bytes, TRUE);
  else
    {
      take_data (ready, turned, quality);
      ready->was_turned = TRUE;
    }
}

static void
prepare_jpeg (ZcReadyImage *ready, GBytes *clean, const ZcJpegInfo *info, const ZcImageLimits *limits,
              GCancellable *cancellable)
{
  gint64 limit;
  ZcProblemCode problem;

  set_before (ready, info->width, info->height, info->orientation);
  problem = check_pixels (limits, ready->before.width, ready->before.height, &limit);
  ready->was_cleaned = (gint64) g_bytes_get_size (clean) != ready->before.bytes;
  if (problem != ZC_PROBLEM_NONE)
    set_problem (ready, problem, limit, FALSE);
  else if (limits->max_bytes > 0 && (gint64) g_bytes_get_size (clean) > limits->max_bytes)
    set_problem (ready, ZC_PROBLEM_TOO_MANY_BYTES, limits->max_bytes, TRUE);
  else if (info->orientation > 1)
    take_turned (ready, clean, info, limits, cancellable);
  else
    take_data (ready, clean, 0);
}

/* A damaged picture is decoded, small, to the end: the damage may be harmless to it. */
static gboolean
is_readable_picture (GBytes *file, ZcProblemCode problem, int *width, int *height, GCancellable *cancellable)
{
  g_autoptr (ZcRaster) small = NULL;
  int quality;

  if (problem == ZC_PROBLEM_NOT_JPEG)
    return zc_pixbuf_probe (file, width, height);
  if (zc_raster_probe_jpeg (file, width, height, &quality) != ZC_PROBLEM_NONE)
    return FALSE;
  return problem != ZC_PROBLEM_IMAGE_DAMAGED
         || zc_raster_decode_jpeg (file, 1, cancellable, &small) == ZC_PROBLEM_NONE;
}

/* What cannot be taken as it is: would making it to fit help? */
static void
prepare_other (ZcReadyImage *ready, GBytes *file, ZcProblemCode problem, const ZcJpegInfo *info,
               const ZcImageLimits *limits, GCancellable *cancellable)
{
  int width = 0, height = 0;
  gboolean is_readable = is_readable_picture (file, problem, &width, &height, cancellable);
  ZcProblemCode pixels;
  gint64 limit;

  set_before (ready, width, height, info->orientation);
  set_problem (ready, problem, problem == ZC_PROBLEM_TOO_MANY_PIXELS ? ZC_JPEG_MAX_PIXELS : -1, is_readable);
  if (!is_readable)
    return;
  pixels = check_pixels (limits, ready->before.width, ready->before.height, &limit);
  if (pixels != ZC_PROBLEM_NONE)
    set_problem (ready, pixels, limit, FALSE);
}

/* --- making to fit ---------------------------------------------------------------------------- */

/* How many bytes a quality takes, in proportion: measured on photos of documents, libjpeg's scale. */
static const struct
{
  int quality;
  double bytes;
} curve[] = { { 10, 0.33 }, { 20, 0.53 }, { 30, 0.70 }, { 40, 0.85 }, { 50, 1.00 }, { 60, 1.17 }, { 70, 1.42 },
              { 75, 1.62 }, { 80, 1.88 }, { 85, 2.30 }, { 90, 3.05 }, { 95, 4.70 }, { 100, 9.0 } };

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
  double proportion = get_proportion (search->last_quality) * wanted / (double) search->last_size;
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
  search->last_size = file != NULL ? (gint64) g_bytes_get_size (file) : G_MAXINT64;
  return file;
}

/* Encodes to the limit, not below @least. Each attempt narrows the range of qualities still possible. */
static GBytes *
encode_to_limit (Search *search, ZcRaster *raster, int least, int *quality)
{
  int fits = least - 1, exceeds = QUALITY_BEST + 1, next = predict_quality (search, search->max_bytes * AIM);
  g_autoptr (GBytes) best = NULL;

  for (guint i = 0; i < MAX_ATTEMPTS && exceeds - fits > 1 && !g_cancellable_is_cancelled (search->cancellable); i++)
    {
      g_autoptr (GBytes) attempt = encode_once (search, raster, CLAMP (next, fits + 1, exceeds - 1));

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

  return check_pixels (search->limits, scale_edge (search->ready->before.width, eighths),
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

  return (double) source->width * source->height * source->bytes_per_pixel * pow (eighths / 8.0, 2 * DETAIL);
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

/* The last attempt was too large at a quality that is still good: how much smaller must the picture be? */
static int
find_next_scale (const Search *search, int eighths, int least)
{
  double expected = search->last_size * get_proportion (QUALITY_WANTED) / get_proportion (search->last_quality);
  int next = (int) (eighths * pow (search->max_bytes * AIM / expected, 0.5 / DETAIL) + 0.5);

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
          set_problem (search->ready, problem, -1, FALSE);
          return;
        }
      if (search->last_quality == 0) /* the first attempt of all goes by the guess */
        {
          search->last_quality = QUALITY_WANTED;
          search->last_size = (gint64) expect_bytes (search, eighths) + 1;
        }
      fitted = encode_to_limit (search, raster, eighths > least ? QUALITY_GOOD_ENOUGH : QUALITY_LEAST, &quality);
      if (fitted != NULL)
        {
          take_data (search->ready, fitted, quality);
          return;
        }
      if (eighths == least)
        {
          set_problem (search->ready, ZC_PROBLEM_TOO_MANY_BYTES, search->limits->max_bytes, FALSE);
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
  if (source->pixbuf != NULL || zc_raster_probe_jpeg (source->file, &width, &height, &quality) != ZC_PROBLEM_NONE
      || quality < QUALITY_LEAST)
    return;
  source->bytes_per_pixel
      = (double) size / ((double) width * height) * get_proportion (QUALITY_WANTED) / get_proportion (quality);
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
make_to_fit (ZcReadyImage *ready, GBytes *file, const ZcImageLimits *limits, GCancellable *cancellable)
{
  Source source = { 0 };
  Search search = { .source = &source, .limits = limits, .cancellable = cancellable, .ready = ready };

  search.max_bytes = limits->max_bytes > 0 ? limits->max_bytes : G_MAXINT64 / 2;
  if (open_source (&source, file, ready, cancellable))
    {
      run_search (&search);
      ready->was_turned = ready->data != NULL && source.orientation > 1;
    }
  else
    set_problem (ready, ZC_PROBLEM_IMAGE_DAMAGED, -1, FALSE);
  g_clear_object (&source.pixbuf);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static void
request_free (Request *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

/* The file is read whole first: a mapped one could change or shrink while it is decoded. */
static GBytes *
read_file (Request *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  if (request->data != NULL)
    return g_steal_pointer (&request->data);
  info = g_file_query_info (request->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_FILE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "too large for a picture");
      return NULL;
    }
  return g_file_load_bytes (request->file, cancellable, NULL, error);
}

static void
run_task (GTask *task,
          ZcReadyImage *(*work) (GBytes *, const ZcImageLimits *, GCancellable *, GError **),
          GCancellable *cancellable)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = read_file (request, cancellable, &error);
  ZcReadyImage *ready = data != NULL ? work (data, &request->limits, cancellable, &error) : NULL;

  /* megabytes are given back here and not in the window's thread */
  g_clear_pointer (&data, g_bytes_unref);
  if (ready != NULL)
    g_task_return_pointer (task, ready, (GDestroyNotify) zc_ready_image_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
prepare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_task (task, zc_image_prepare, cancellable);
}

static void
fit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_task (task, zc_image_fit, cancellable);
}

static GTask *
make_task (ZcImagePool *pool, GFile *file, GBytes *data, const ZcImageLimits *limits, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (pool, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_set_object (&request->file, file);
  request->data = data != NULL ? g_bytes_ref (data) : NULL;
  request->limits = *limits;
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  return task;
}

/* --- public ----------------------------------------------------------------------------------- */

void
zc_ready_image_free (ZcReadyImage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self->sha256);
  g_free (self);
}

/**
 * zc_image_prepare:
 * @data: a user's file, whole
 * @limits: of the field
 *
 * Cuts what does not belong to the picture and turns it upright, without loss where the edges allow
 * it (decisions 18). Takes as long as a photo takes to be read; call it in a thread that may wait.
 *
 * Returns: (transfer full): the picture ready for the store, or what is wrong with it and whether
 *   zc_image_fit() would help; %NULL and G_IO_ERROR_CANCELLED
 */
ZcReadyImage *
zc_image_prepare (GBytes *data, const ZcImageLimits *limits, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZcReadyImage) ready = g_new0 (ZcReadyImage, 1);
  ZcJpegInfo info;
  ZcProblemCode problem;
  g_autoptr (GBytes) clean = zc_jpeg_clean (data, &info, &problem);

  ready->limit = -1;
  ready->before.bytes = (gint64) g_bytes_get_size (data);
  if (clean != NULL)
    prepare_jpeg (ready, clean, &info, limits, cancellable);
  else if (problem == ZC_PROBLEM_IMAGE_EMPTY || problem == ZC_PROBLEM_IMAGE_TRUNCATED)
    set_problem (ready, problem, -1, FALSE);
  else
    prepare_other (ready, data, problem, &info, limits, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&ready);
}

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

/**
 * zc_image_prepare_async:
 * @pool: where the work is done
 * @file: (nullable): read there too
 * @data: (nullable): or its bytes
 * @limits: of the field
 *
 * See zc_image_prepare().
 */
void
zc_image_prepare_async (ZcImagePool *pool, GFile *file, GBytes *data, const ZcImageLimits *limits,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail ((file == NULL) != (data == NULL));
  task = make_task (pool, file, data, limits, cancellable, callback, user_data);
  g_task_set_source_tag (task, zc_image_prepare_async);
  zc_image_pool_push (pool, task, ZC_IMAGE_WORK_WAITED, prepare_thread);
}

ZcReadyImage *
zc_image_prepare_finish (ZcImagePool *pool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pool), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * zc_image_fit_async:
 *
 * As zc_image_prepare_async(); see zc_image_fit(). Of many pictures, each is answered as soon as it is ready.
 */
void
zc_image_fit_async (ZcImagePool *pool, GFile *file, GBytes *data, const ZcImageLimits *limits,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail ((file == NULL) != (data == NULL));
  task = make_task (pool, file, data, limits, cancellable, callback, user_data);
  g_task_set_source_tag (task, zc_image_fit_async);
  zc_image_pool_push (pool, task, ZC_IMAGE_WORK_LONG, fit_thread);
}

ZcReadyImage *
zc_image_fit_finish (ZcImagePool *pool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pool), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
