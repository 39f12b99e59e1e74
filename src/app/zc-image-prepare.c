/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <string.h>

#include <turbojpeg.h>

#include "zc-check.h"
#include "zc-image-fit-private.h"
#include "zc-jpeg.h"
#include "zc-pixbuf.h"
#include "zc-raster.h"

/* Taking a file in, gently: metadata cut without loss; turned without loss where the edges allow
 * it, else encoded anew in a quality that no eye tells from the original.
 */

#define QUALITY_TURNED 95 /* when only the orientation asks for encoding */

/* --- results ---------------------------------------------------------------------------------- */

void
zc_ready_image_set_problem (ZcReadyImage *ready,
                            ZcProblemCode problem,
                            gint64 limit,
                            gboolean can_be_made_to_fit)
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

/* The last look at what goes into the store is the server's own walk. */
void
zc_ready_image_take (ZcReadyImage *ready, GBytes *data, int quality)
{
  ZcJpegInfo info;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  ZcProblemCode problem = zc_jpeg_check (bytes, size, TRUE, &info);

  zc_ready_image_set_problem (ready, problem, -1, FALSE);
  if (problem != ZC_PROBLEM_NONE)
    return;
  ready->data = g_bytes_ref (data);
  ready->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, data);
  ready->after = (ZcImageFacts){ (gint64)size, info.width, info.height, quality };
  ready->was_encoded = quality > 0;
}

ZcProblemCode
zc_image_check_pixels (const ZcImageLimits *limits, int width, int height, gint64 *limit)
{
  return zc_check_image_limits (limits, 0, width, height, limit);
}

/* What a file is, for the sentence that says why it is not taken. */
static const char *
name_kind (GBytes *file)
{
  static const struct
  {
    guint offset;
    const char *start;
    guint size;
    const char *kind;
  } kinds[] = {
    { 0, "\xff\xd8\xff", 3, "JPEG" }, { 0, "\x89PNG", 4, "PNG" },    { 0, "GIF8", 4, "GIF" },
    { 0, "%PDF", 4, "PDF" },          { 0, "BM", 2, "BMP" },         { 8, "WEBP", 4, "WebP" },
    { 0, "II*\0", 4, "TIFF" },        { 0, "MM\0*", 4, "TIFF" },     { 4, "ftypheic", 8, "HEIC" },
    { 4, "ftypheix", 8, "HEIC" },     { 4, "ftypmif1", 8, "HEIC" },  { 4, "ftypavif", 8, "AVIF" },
    { 4, "ftyp", 4, "MP4" },          { 0, "PK\x03\x04", 4, "ZIP" },
  };
  gsize size;
  const char *data = g_bytes_get_data (file, &size);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (size >= kinds[i].offset + kinds[i].size
        && memcmp (data + kinds[i].offset, kinds[i].start, kinds[i].size) == 0)
      return kinds[i].kind;
  return NULL;
}

/* --- preparing -------------------------------------------------------------------------------- */

static GBytes *
turn_without_loss (GBytes *file, const ZcJpegInfo *info)
{
  static const int operations[]
      = { TJXOP_NONE,      TJXOP_NONE,  TJXOP_HFLIP,      TJXOP_ROT180, TJXOP_VFLIP,
          TJXOP_TRANSPOSE, TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270 };
  tjtransform transform = { .op = operations[info->orientation], .options = TJXOPT_PERFECT };
  tjhandle turner = tjInitTransform ();
  unsigned char *data = NULL;
  unsigned long size = 0;
  GBytes *turned = NULL;

  if (info->progressive)
    transform.options |= TJXOPT_PROGRESSIVE;
  if (tjTransform (turner, g_bytes_get_data (file, NULL), g_bytes_get_size (file), 1, &data, &size,
                   &transform, 0)
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
take_turned (ZcReadyImage *ready,
             GBytes *clean,
             const ZcJpegInfo *info,
             const ZcImageLimits *limits,
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
    zc_ready_image_set_problem (ready, ZC_PROBLEM_IMAGE_DAMAGED, -1, FALSE);
  else if (limits->max_bytes > 0 && (gint64)g_bytes_get_size (turned) > limits->max_bytes)
    zc_ready_image_set_problem (ready, ZC_PROBLEM_TOO_MANY_BYTES, limits->max_bytes, TRUE);
  else
    {
      zc_ready_image_take (ready, turned, quality);
      ready->was_turned = TRUE;
    }
}

static void
prepare_jpeg (ZcReadyImage *ready,
              GBytes *clean,
              const ZcJpegInfo *info,
              const ZcImageLimits *limits,
              GCancellable *cancellable)
{
  gint64 limit;
  ZcProblemCode problem;

  set_before (ready, info->width, info->height, info->orientation);
  problem = zc_image_check_pixels (limits, ready->before.width, ready->before.height, &limit);
  ready->was_cleaned = (gint64)g_bytes_get_size (clean) != ready->before.bytes;
  if (problem != ZC_PROBLEM_NONE)
    zc_ready_image_set_problem (ready, problem, limit, FALSE);
  else if (limits->max_bytes > 0 && (gint64)g_bytes_get_size (clean) > limits->max_bytes)
    zc_ready_image_set_problem (ready, ZC_PROBLEM_TOO_MANY_BYTES, limits->max_bytes, TRUE);
  else if (info->orientation > 1)
    take_turned (ready, clean, info, limits, cancellable);
  else
    zc_ready_image_take (ready, clean, 0);
}

/* A damaged picture is decoded, small, to the end: the damage may be harmless to it. */
static gboolean
is_readable_picture (
    GBytes *file, ZcProblemCode problem, int *width, int *height, GCancellable *cancellable)
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
prepare_other (ZcReadyImage *ready,
               GBytes *file,
               ZcProblemCode problem,
               const ZcJpegInfo *info,
               const ZcImageLimits *limits,
               GCancellable *cancellable)
{
  int width = 0, height = 0;
  gboolean is_readable = is_readable_picture (file, problem, &width, &height, cancellable);
  ZcProblemCode pixels;
  gint64 limit;

  set_before (ready, width, height, info->orientation);
  zc_ready_image_set_problem (
      ready, problem, problem == ZC_PROBLEM_TOO_MANY_PIXELS ? ZC_JPEG_MAX_PIXELS : -1, is_readable);
  if (!is_readable)
    return;
  pixels = zc_image_check_pixels (limits, ready->before.width, ready->before.height, &limit);
  if (pixels == ZC_PROBLEM_NONE)
    return;
  if (problem == ZC_PROBLEM_NOT_JPEG) /* whatever its size, that is what is said of it (S3.1.2c) */
    zc_ready_image_set_problem (ready, problem, -1, FALSE);
  else
    zc_ready_image_set_problem (ready, pixels, limit, FALSE);
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
zc_image_prepare (GBytes *data,
                  const ZcImageLimits *limits,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (ZcReadyImage) ready = g_new0 (ZcReadyImage, 1);
  ZcJpegInfo info;
  ZcProblemCode problem;
  g_autoptr (GBytes) clean = zc_jpeg_clean (data, &info, &problem);

  ready->limit = -1;
  ready->kind = name_kind (data);
  ready->before.bytes = (gint64)g_bytes_get_size (data);
  if (clean != NULL)
    prepare_jpeg (ready, clean, &info, limits, cancellable);
  else if (problem == ZC_PROBLEM_IMAGE_EMPTY || problem == ZC_PROBLEM_IMAGE_TRUNCATED)
    zc_ready_image_set_problem (ready, problem, -1, FALSE);
  else
    prepare_other (ready, data, problem, &info, limits, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&ready);
}
