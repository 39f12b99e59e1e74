/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-problem.h"

/* What a JPEG's segments say about its picture, and whether they agree with each other. Part of zc-jpeg. */
#define ZC_JPEG_MAX_SCANS 100
#define ZC_JPEG_MAX_COMPONENTS 3

typedef struct
{
  guint8 id;
  guint8 horizontal;     /* sampling factors */
  guint8 vertical;
  guint8 quantization;   /* number of its table */
  gint8  low_bit[64];    /* by coefficient: the lowest bit sent so far; -1: nothing yet */
} ZcJpegComponent;

typedef struct
{
  int             width;
  int             height;
  gboolean        progressive;
  guint           n_components; /* 0 before the frame */
  ZcJpegComponent components[ZC_JPEG_MAX_COMPONENTS];
  guint8          quantization_tables; /* defined so far, a bit each */
  guint8          dc_tables;
  guint8          ac_tables;
  guint           restart_interval;    /* units; 0: no restart markers */
  guint           n_scans;
  /* of the scan that is open */
  gint64          restarts_due;
  gint64          n_restarts;
  gint64          n_bytes;             /* of coded data, stuffing not counted */
  gint64          least_bits;
} ZcJpegPicture;

void           zc_jpeg_picture_init                (ZcJpegPicture *picture);
ZcProblemCode  zc_jpeg_picture_read_frame          (ZcJpegPicture *picture,
                                                    guint8         marker,
                                                    const guint8  *data,
                                                    gsize          size);
ZcProblemCode  zc_jpeg_picture_read_quantization   (ZcJpegPicture *picture,
                                                    const guint8  *data,
                                                    gsize          size);
ZcProblemCode  zc_jpeg_picture_read_huffman        (ZcJpegPicture *picture,
                                                    const guint8  *data,
                                                    gsize          size);
ZcProblemCode  zc_jpeg_picture_read_interval       (ZcJpegPicture *picture,
                                                    const guint8  *data,
                                                    gsize          size);
ZcProblemCode  zc_jpeg_picture_begin_scan          (ZcJpegPicture *picture,
                                                    const guint8  *data,
                                                    gsize          size);
ZcProblemCode  zc_jpeg_picture_restart             (ZcJpegPicture *picture,
                                                    guint          number);
ZcProblemCode  zc_jpeg_picture_end_scan            (ZcJpegPicture *picture);
ZcProblemCode  zc_jpeg_picture_end                 (ZcJpegPicture *picture);
