/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-problem.h"

/* A JPEG's structure, walked from its first byte to its end, entropy-coded segments included (decisions 18).
 * Fed in pieces of any size, in constant memory: the server walks while it hashes and writes; nothing is decoded.
 */
#define ZC_JPEG_MAX_PIXELS 50000000

typedef struct
{
  int      width;
  int      height;
  int      components;    /* 1 or 3 */
  int      orientation;   /* 1 to 8, of EXIF; 1 where none */
  gboolean progressive;
  gboolean has_metadata;  /* anything but JFIF, ICC and Adobe markers */
  gsize    end;           /* bytes up to and with the end of image */
} ZcJpegInfo;

typedef struct _ZcJpegWalk ZcJpegWalk;

/* strict: as the server takes it (metadata and trailing bytes are problems). Not strict: as a camera makes it (they are noted). */
ZcJpegWalk    *zc_jpeg_walk_new    (gboolean          strict);
void           zc_jpeg_walk_free   (ZcJpegWalk       *walk);
ZcProblemCode  zc_jpeg_walk_feed   (ZcJpegWalk       *walk,
                                    const guint8     *data,
                                    gsize             size);
ZcProblemCode  zc_jpeg_walk_finish (ZcJpegWalk       *walk,
                                    ZcJpegInfo       *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcJpegWalk, zc_jpeg_walk_free)

ZcProblemCode  zc_jpeg_check       (const guint8     *data,
                                    gsize             size,
                                    gboolean          strict,
                                    ZcJpegInfo       *info);
/* Without loss: metadata, and all behind the first picture's end, cut. The orientation is told in info, not applied
 * (the desktop turns it). NULL and the problem when the file is no JPEG that could be mended so. */
GBytes        *zc_jpeg_clean       (GBytes           *file,
                                    ZcJpegInfo       *info,
                                    ZcProblemCode    *problem);
