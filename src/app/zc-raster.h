/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

#include "zc-problem.h"

/* Pixels between decoding and encoding. JPEG's own colours (Y, Cb, Cr) are kept as they are:
 * turning and scaling need no other, and each conversion would lose a little.
 */
typedef enum
{
  ZC_RASTER_GREY,
  ZC_RASTER_YCC,
  ZC_RASTER_RGB,
} ZcRasterColour;

typedef struct
{
  guint8 *pixels; /* rows without gaps */
  int width;
  int height;
  int channels; /* 1 or 3 */
  ZcRasterColour colour;
  GBytes *profile; /* (nullable): ICC */
} ZcRaster;

void zc_raster_free (ZcRaster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRaster, zc_raster_free)

ZcRaster *zc_raster_new_from_pixbuf (GdkPixbuf *pixbuf);
ZcRaster *zc_raster_turn (ZcRaster *self, int orientation);

ZcProblemCode zc_raster_probe_jpeg (GBytes *file, int *width, int *height, int *quality);
ZcProblemCode
zc_raster_decode_jpeg (GBytes *file, int eighths, GCancellable *cancellable, ZcRaster **raster);
GBytes *zc_raster_encode_jpeg (ZcRaster *self, int quality);
