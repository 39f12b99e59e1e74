/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "zc-raster.h"

/* Decoding at a fraction of the size and encoding at a quality, by libjpeg-turbo. A picture whose
 * data is broken is not taken: half a certificate above a grey field would look like a good upload.
 */

/* The walk refuses more for pictures that are uploaded; these are read only to be made smaller. */
#define MAX_PIXELS G_GINT64_CONSTANT (300000000)
#define MAX_PIXELS_PROGRESSIVE G_GINT64_CONSTANT (100000000)
#define MAX_SCANS 100
#define MAX_PROFILE 65536

typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf escape;
  ZcProblemCode problem;
} Errors;

typedef struct
{
  struct jpeg_decompress_struct codec;
  Errors errors;
  struct jpeg_progress_mgr progress;
  GCancellable *cancellable;
  ZcRaster *raster;
} Decoder;

typedef struct
{
  struct jpeg_compress_struct codec;
  Errors errors;
  unsigned char *data;
  unsigned long size;
  GBytes *file;
} Encoder;

/* --- what libjpeg calls ----------------------------------------------------------------------- */

static void
escape_cb (j_common_ptr codec)
{
  Errors *errors = (Errors *)codec->err;

  if (errors->problem == ZC_PROBLEM_NONE)
    errors->problem = ZC_PROBLEM_IMAGE_DAMAGED;
  longjmp (errors->escape, 1);
}

/* Warnings come with level -1. Oddities of writers are borne, missing or wrong picture data is not.
 */
static void
note_warning_cb (j_common_ptr codec, int level)
{
  Errors *errors = (Errors *)codec->err;

  if (level >= 0)
    return;
  switch (errors->base.msg_code)
    {
    case JWRN_JPEG_EOF:
      errors->problem = ZC_PROBLEM_IMAGE_TRUNCATED;
      escape_cb (codec);
      break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
      escape_cb (codec);
      break;
    default:
      break;
    }
}

static void
say_nothing_cb (j_common_ptr codec)
{
}

static void
watch_cb (j_common_ptr codec)
{
  Decoder *self = codec->client_data;

  if (g_cancellable_is_cancelled (self->cancellable) || self->codec.input_scan_number > MAX_SCANS)
    escape_cb (codec);
}

static struct jpeg_error_mgr *
set_up_errors (Errors *errors)
{
  jpeg_std_error (&errors->base);
  errors->base.error_exit = escape_cb;
  errors->base.emit_message = note_warning_cb;
  errors->base.output_message = say_nothing_cb;
  return &errors->base;
}

/* --- decoding --------------------------------------------------------------------------------- */

static void
begin_decoding (Decoder *self, GBytes *file)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  jpeg_create_decompress (&self->codec);
  self->codec.client_data = self;
  self->progress.progress_monitor = watch_cb;
  self->codec.progress = &self->progress;
  jpeg_mem_src (&self->codec, data, size);
  jpeg_save_markers (&self->codec, JPEG_APP0 + 2, 0xFFFF);
  jpeg_read_header (&self->codec, TRUE);
}

static gboolean
is_within_reach (const Decoder *self)
{
  gint64 pixels = (gint64)self->codec.image_width * self->codec.image_height;

  return pixels <= (self->codec.progressive_mode ? MAX_PIXELS_PROGRESSIVE : MAX_PIXELS);
}

static ZcRasterColour
choose_colour (struct jpeg_decompress_struct *codec)
{
  switch (codec->jpeg_color_space)
    {
    case JCS_GRAYSCALE:
      codec->out_color_space = JCS_GRAYSCALE;
      return ZC_RASTER_GREY;
    case JCS_YCbCr:
      codec->out_color_space = JCS_YCbCr;
      return ZC_RASTER_YCC;
    default:
      codec->out_color_space = codec->num_components == 4 ? JCS_CMYK : JCS_RGB;
      return ZC_RASTER_RGB;
    }
}

static void
read_profile (Decoder *self)
{
  JOCTET *data = NULL;
  unsigned int size = 0;

  if (self->codec.num_components != 4 && jpeg_read_icc_profile (&self->codec, &data, &size)
      && size <= MAX_PROFILE)
    self->raster->profile = g_bytes_new (data, size);
  free (data);
}

/* Inks to light. Adobe writes inks inverted, as most who write CMYK as JPEG do by now. */
static void
convert_inks (guint8 *to, const guint8 *from, guint width, gboolean inverted)
{
  for (guint x = 0; x < width; x++, from += 4, to += 3)
    for (guint i = 0; i < 3; i++)
      {
        guint light = inverted ? from[i] : 255 - from[i],
              black = inverted ? from[3] : 255 - from[3];

        to[i] = (guint8)((light * black + 127) / 255);
      }
}

static void
read_rows (Decoder *self)
{
  struct jpeg_decompress_struct *codec = &self->codec;
  gsize stride = (gsize)self->raster->width * self->raster->channels;
  JSAMPARRAY inks = codec->output_components == 4
                        ? codec->mem->alloc_sarray ((j_common_ptr)codec, JPOOL_IMAGE,
                                                    codec->output_width * 4, 1)
                        : NULL;

  while (codec->output_scanline < codec->output_height)
    {
      JSAMPROW row = self->raster->pixels + stride * codec->output_scanline;

      jpeg_read_scanlines (codec, inks != NULL ? inks : &row, 1);
      if (inks != NULL)
        convert_inks (row, inks[0], codec->output_width, codec->saw_Adobe_marker);
    }
}

static void
decode (Decoder *self, int eighths)
{
  struct jpeg_decompress_struct *codec = &self->codec;
  ZcRaster *raster = self->raster;

  codec->scale_num = (unsigned)eighths;
  codec->scale_denom = 8;
  raster->colour = choose_colour (codec);
  jpeg_start_decompress (codec);
  raster->width = (int)codec->output_width;
  raster->height = (int)codec->output_height;
  raster->channels = raster->colour == ZC_RASTER_GREY ? 1 : 3;
  raster->pixels = g_malloc ((gsize)raster->width * raster->height * raster->channels);
  read_profile (self);
  read_rows (self);
  jpeg_finish_decompress (codec);
}

/* The quality on libjpeg's scale whose table for brightness is as coarse as this picture's. */
static int
estimate_quality (const struct jpeg_decompress_struct *codec)
{
  const int standard_sum = 3692; /* of T.81's table K.1, which is quality 50 */
  int number = codec->comp_info[0].quant_tbl_no, sum = 0, scale;
  const JQUANT_TBL *table
      = number >= 0 && number < NUM_QUANT_TBLS ? codec->quant_tbl_ptrs[number] : NULL;

  if (table == NULL)
    return 0;
  for (guint i = 0; i < DCTSIZE2; i++)
    sum += table->quantval[i];
  scale = 100 * sum / standard_sum;
  return CLAMP (scale <= 100 ? (200 - scale) / 2 : 5000 / scale, 1, 100);
}

/* --- encoding --------------------------------------------------------------------------------- */

static void
set_up_encoding (Encoder *self, const ZcRaster *raster, int quality)
{
  static const J_COLOR_SPACE spaces[] = { JCS_GRAYSCALE, JCS_YCbCr, JCS_RGB };

  jpeg_create_compress (&self->codec);
  jpeg_mem_dest (&self->codec, &self->data, &self->size);
  self->codec.image_width = (JDIMENSION)raster->width;
  self->codec.image_height = (JDIMENSION)raster->height;
  self->codec.input_components = raster->channels;
  self->codec.in_color_space = spaces[raster->colour];
  jpeg_set_defaults (&self->codec);
  jpeg_set_quality (&self->codec, quality, TRUE);
  self->codec.optimize_coding = TRUE;
}

static void
encode (Encoder *self, const ZcRaster *raster)
{
  gsize stride = (gsize)raster->width * raster->channels;

  jpeg_start_compress (&self->codec, TRUE);
  if (raster->profile != NULL)
    {
      gsize size;
      const guint8 *profile = g_bytes_get_data (raster->profile, &size);

      jpeg_write_icc_profile (&self->codec, profile, (unsigned)size);
    }
  while (self->codec.next_scanline < self->codec.image_height)
    {
      JSAMPROW row = raster->pixels + stride * self->codec.next_scanline;

      jpeg_write_scanlines (&self->codec, &row, 1);
    }
  jpeg_finish_compress (&self->codec);
}

/* --- turning ---------------------------------------------------------------------------------- */

/* EXIF's orientations 5 to 8 swap the edges; which of them mirror, by bits. */
static void
find_source (int orientation, int width, int height, int x, int y, int *from_x, int *from_y)
{
  gboolean swaps = orientation >= 5;
  gboolean from_right
      = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean from_below
      = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;

  *from_x = swaps ? y : x;
  *from_y = swaps ? x : y;
  if (from_right)
    *from_x = width - 1 - *from_x;
  if (from_below)
    *from_y = height - 1 - *from_y;
}

static void
copy_row (const ZcRaster *from, guint8 *to, int y, int width, int orientation)
{
  int x0, y0, x1, y1;
  gssize step;
  const guint8 *pixel;

  find_source (orientation, from->width, from->height, 0, y, &x0, &y0);
  find_source (orientation, from->width, from->height, 1, y, &x1, &y1);
  step = ((gssize)(y1 - y0) * from->width + (x1 - x0)) * from->channels;
  pixel = from->pixels + ((gssize)y0 * from->width + x0) * from->channels;
  for (int x = 0; x < width; x++, pixel += step, to += from->channels)
    {
      to[0] = pixel[0];
      if (from->channels == 3)
        {
          to[1] = pixel[1];
          to[2] = pixel[2];
        }
    }
}

/* --- public ----------------------------------------------------------------------------------- */

void
zc_raster_free (ZcRaster *self)
{
  if (self == NULL)
    return;
  g_free (self->pixels);
  g_clear_pointer (&self->profile, g_bytes_unref);
  g_free (self);
}

static GBytes *
read_pixbuf_profile (GdkPixbuf *pixbuf)
{
  const char *text = gdk_pixbuf_get_option (pixbuf, "icc-profile");
  gsize size;
  guchar *data;

  if (text == NULL)
    return NULL;
  data = g_base64_decode (text, &size);
  /* bytes 16 to 19 of a profile name the colours it is for */
  if (size > MAX_PROFILE || size < 128 || memcmp (data + 16, "RGB ", 4) != 0)
    g_clear_pointer (&data, g_free);
  return data != NULL ? g_bytes_new_take (data, size) : NULL;
}

/**
 * zc_raster_new_from_pixbuf:
 *
 * Returns: (transfer full): its pixels; what is transparent lies on white
 */
ZcRaster *
zc_raster_new_from_pixbuf (GdkPixbuf *pixbuf)
{
  ZcRaster *self = g_new0 (ZcRaster, 1);
  int from_channels = gdk_pixbuf_get_n_channels (pixbuf),
      stride = gdk_pixbuf_get_rowstride (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  guint8 *to;

  self->width = gdk_pixbuf_get_width (pixbuf);
  self->height = gdk_pixbuf_get_height (pixbuf);
  self->channels = 3;
  self->colour = ZC_RASTER_RGB;
  self->profile = read_pixbuf_profile (pixbuf);
  self->pixels = to = g_malloc ((gsize)self->width * self->height * 3);
  for (int y = 0; y < self->height; y++)
    {
      const guint8 *from = pixels + (gsize)stride * y;

      for (int x = 0; x < self->width; x++, from += from_channels)
        for (int i = 0, alpha = from_channels == 4 ? from[3] : 255; i < 3; i++)
          *to++ = (guint8)((from[i] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  return self;
}

/**
 * zc_raster_turn:
 * @self: (transfer full): as stored
 * @orientation: of EXIF, 1 to 8
 *
 * Returns: (transfer full): upright
 */
ZcRaster *
zc_raster_turn (ZcRaster *self, int orientation)
{
  g_autoptr (ZcRaster) from = self;
  ZcRaster *turned;

  if (orientation <= 1)
    return g_steal_pointer (&from);
  turned = g_memdup2 (from, sizeof *from);
  turned->profile = g_steal_pointer (&from->profile);
  if (orientation >= 5)
    {
      turned->width = from->height;
      turned->height = from->width;
    }
  turned->pixels = g_malloc ((gsize)turned->width * turned->height * turned->channels);
  for (int y = 0; y < turned->height; y++)
    copy_row (from, turned->pixels + (gsize)y * turned->width * turned->channels, y, turned->width,
              orientation);
  return turned;
}

/**
 * zc_raster_probe_jpeg:
 * @width: (out): as stored
 * @quality: (out): a guess at the quality it was encoded in, 1 to 100; 0: cannot be guessed
 *
 * Reads the header alone.
 *
 * Returns: #ZC_PROBLEM_NONE where the picture looks as if it could be decoded
 */
ZcProblemCode
zc_raster_probe_jpeg (GBytes *file, int *width, int *height, int *quality)
{
  Decoder self = { 0 };
  ZcProblemCode problem;

  self.codec.err = set_up_errors (&self.errors);
  if (setjmp (self.errors.escape) == 0)
    {
      begin_decoding (&self, file);
      *width = (int)self.codec.image_width;
      *height = (int)self.codec.image_height;
      *quality = estimate_quality (&self.codec);
      if (!is_within_reach (&self))
        self.errors.problem = ZC_PROBLEM_TOO_MANY_PIXELS;
    }
  problem = self.errors.problem;
  jpeg_destroy_decompress (&self.codec);
  return problem;
}

/**
 * zc_raster_decode_jpeg:
 * @eighths: the size wanted, 1 to 8 of eight: smaller ones are quicker
 * @raster: (out): the picture as stored, not turned
 *
 * Returns: a problem where the picture, or some of it, cannot be decoded, or when cancelled
 */
ZcProblemCode
zc_raster_decode_jpeg (GBytes *file, int eighths, GCancellable *cancellable, ZcRaster **raster)
{
  Decoder self = { 0 };
  ZcProblemCode problem;

  *raster = NULL;
  self.cancellable = cancellable;
  self.raster = g_new0 (ZcRaster, 1);
  self.codec.err = set_up_errors (&self.errors);
  if (setjmp (self.errors.escape) == 0)
    {
      begin_decoding (&self, file);
      if (is_within_reach (&self))
        decode (&self, eighths);
      else
        self.errors.problem = ZC_PROBLEM_TOO_MANY_PIXELS;
    }
  problem = self.errors.problem;
  jpeg_destroy_decompress (&self.codec);
  if (problem == ZC_PROBLEM_NONE)
    *raster = g_steal_pointer (&self.raster);
  g_clear_pointer (&self.raster, zc_raster_free);
  return problem;
}

/**
 * zc_raster_encode_jpeg:
 * @quality: 1 to 100
 *
 * Returns: (transfer full) (nullable): a JPEG with no metadata but the colour profile; %NULL when
 * out of memory
 */
GBytes *
zc_raster_encode_jpeg (ZcRaster *self, int quality)
{
  Encoder encoder = { 0 };

  encoder.codec.err = set_up_errors (&encoder.errors);
  if (setjmp (encoder.errors.escape) == 0)
    {
      set_up_encoding (&encoder, self, quality);
      encode (&encoder, self);
      encoder.file = g_bytes_new (encoder.data, encoder.size);
    }
  jpeg_destroy_compress (&encoder.codec);
  free (encoder.data);
  return encoder.file;
}
