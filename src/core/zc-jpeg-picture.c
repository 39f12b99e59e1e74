/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-jpeg-picture.h"
#include "zc-jpeg.h"

/* The meaning of a JPEG's segments (ITU-T T.81, annexes B and G): frame, tables, scans. Nothing is
 * decoded; but tables must exist before they are used, a scan must hold at least the bits that its
 * blocks need, and at the end every coefficient of every component must have been sent to its last
 * bit.
 */

#define MAX_BLOCKS_IN_UNIT 10
#define MAX_DC_SYMBOL 15
#define MAX_LOW_BIT 13

typedef struct
{
  ZcJpegComponent *components[ZC_JPEG_MAX_COMPONENTS];
  guint n_components;
  guint first; /* coefficients, in zigzag order */
  guint last;
  int high_bit; /* 0: these bits are the first */
  int low_bit;
  guint8 dc_tables; /* asked for, a bit each */
  guint8 ac_tables;
} Scan;

static guint
get_16 (const guint8 *data)
{
  return (guint)data[0] << 8 | data[1];
}

static gint64
divide_up (gint64 a, gint64 b)
{
  return (a + b - 1) / b;
}

static ZcProblemCode
damaged_unless (gboolean holds)
{
  return holds ? ZC_PROBLEM_NONE : ZC_PROBLEM_IMAGE_DAMAGED;
}

static void
get_greatest_sampling (const ZcJpegPicture *picture, int *horizontal, int *vertical)
{
  *horizontal = *vertical = 1;
  for (guint i = 0; i < picture->n_components; i++)
    {
      *horizontal = MAX (*horizontal, picture->components[i].horizontal);
      *vertical = MAX (*vertical, picture->components[i].vertical);
    }
}

/* --- frame ------------------------------------------------------------------------------------ */

static ZcProblemCode
check_frame_header (guint8 marker, const guint8 *data, gsize size)
{
  gint64 width, height;

  if (marker > 0xC2)
    return ZC_PROBLEM_CODING;
  if (size < 6)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  if (data[0] != 8)
    return data[0] > 8 ? ZC_PROBLEM_BIT_DEPTH : ZC_PROBLEM_IMAGE_DAMAGED;
  if (size != 6 + 3 * (gsize)data[5])
    return ZC_PROBLEM_IMAGE_DAMAGED;
  if (data[5] != 1 && data[5] != 3)
    return ZC_PROBLEM_COMPONENTS;
  height = get_16 (data + 1);
  width = get_16 (data + 3);
  if (width == 0 || height == 0)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  return width * height > ZC_JPEG_MAX_PIXELS ? ZC_PROBLEM_TOO_MANY_PIXELS : ZC_PROBLEM_NONE;
}

static ZcProblemCode
add_component (ZcJpegPicture *picture, const guint8 *data)
{
  ZcJpegComponent *component = &picture->components[picture->n_components];

  for (guint i = 0; i < picture->n_components; i++)
    if (picture->components[i].id == data[0])
      return ZC_PROBLEM_IMAGE_DAMAGED;
  component->id = data[0];
  component->horizontal = data[1] >> 4;
  component->vertical = data[1] & 15;
  component->quantization = data[2];
  memset (component->low_bit, -1, sizeof component->low_bit);
  picture->n_components++;
  return damaged_unless (component->horizontal >= 1 && component->horizontal <= 4
                         && component->vertical >= 1 && component->vertical <= 4
                         && component->quantization <= 3);
}

/* Lawful, but no decoder in use can do it: components whose sizes are in no whole proportion. */
static ZcProblemCode
check_proportions (const ZcJpegPicture *picture)
{
  int h, v;

  get_greatest_sampling (picture, &h, &v);
  for (guint i = 0; i < picture->n_components; i++)
    if (h % picture->components[i].horizontal != 0 || v % picture->components[i].vertical != 0)
      return ZC_PROBLEM_CODING;
  return ZC_PROBLEM_NONE;
}

ZcProblemCode
zc_jpeg_picture_read_frame (ZcJpegPicture *picture, guint8 marker, const guint8 *data, gsize size)
{
  ZcProblemCode problem = check_frame_header (marker, data, size);

  if (picture->n_components != 0)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  if (size >= 6)
    {
      picture->height = (int)get_16 (data + 1);
      picture->width = (int)get_16 (data + 3);
    }
  picture->progressive = marker == 0xC2;
  for (guint i = 0; problem == ZC_PROBLEM_NONE && i < data[5]; i++)
    problem = add_component (picture, data + 6 + 3 * i);
  return problem == ZC_PROBLEM_NONE ? check_proportions (picture) : problem;
}

/* --- tables ----------------------------------------------------------------------------------- */

ZcProblemCode
zc_jpeg_picture_read_quantization (ZcJpegPicture *picture, const guint8 *data, gsize size)
{
  if (size == 0)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  for (gsize at = 0; at < size;)
    {
      guint width = (data[at] >> 4) + 1, number = data[at] & 15;
      gsize end = at + 1 + 64 * width;

      if (width > 2 || number > 3 || end > size)
        return ZC_PROBLEM_IMAGE_DAMAGED;
      for (at++; at < end; at += width)
        if (data[at] == 0 && data[at + width - 1] == 0)
          return ZC_PROBLEM_IMAGE_DAMAGED;
      picture->quantization_tables |= 1 << number;
    }
  return ZC_PROBLEM_NONE;
}

/* The counts of codes by length, 1 to 16 bits: do they fit into a binary tree? */
static gboolean
codes_fit (const guint8 *counts, gsize *n_codes)
{
  guint32 room = 1;

  *n_codes = 0;
  for (guint i = 0; i < 16; i++)
    {
      room *= 2;
      if (counts[i] > room)
        return FALSE;
      room -= counts[i];
      *n_codes += counts[i];
    }
  return *n_codes <= 256;
}

ZcProblemCode
zc_jpeg_picture_read_huffman (ZcJpegPicture *picture, const guint8 *data, gsize size)
{
  if (size == 0)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  for (gsize at = 0; at < size;)
    {
      guint8 class = data[at] >> 4, number = data[at] & 15;
      gsize n_codes, end;

      if (class > 1 || number > 3 || size - at < 17 || !codes_fit (data + at + 1, &n_codes))
        return ZC_PROBLEM_IMAGE_DAMAGED;
      end = at + 17 + n_codes;
      if (end > size)
        return ZC_PROBLEM_IMAGE_DAMAGED;
      for (at += 17; at < end; at++)
        if (class == 0 && data[at] > MAX_DC_SYMBOL)
          return ZC_PROBLEM_IMAGE_DAMAGED;
      *(class == 0 ? &picture->dc_tables : &picture->ac_tables) |= 1 << number;
    }
  return ZC_PROBLEM_NONE;
}

ZcProblemCode
zc_jpeg_picture_read_interval (ZcJpegPicture *picture, const guint8 *data, gsize size)
{
  if (size != 2)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  picture->restart_interval = get_16 (data);
  return ZC_PROBLEM_NONE;
}

/* --- scans ------------------------------------------------------------------------------------ */

static ZcJpegComponent *
find_component (ZcJpegPicture *picture, guint8 id)
{
  for (guint i = 0; i < picture->n_components; i++)
    if (picture->components[i].id == id)
      return &picture->components[i];
  return NULL;
}

static gboolean
add_to_scan (Scan *scan, ZcJpegComponent *component, guint8 tables)
{
  if (component == NULL || tables >> 4 > 3 || (tables & 15) > 3)
    return FALSE;
  for (guint i = 0; i < scan->n_components; i++)
    if (scan->components[i] == component)
      return FALSE;
  scan->components[scan->n_components++] = component;
  scan->dc_tables |= 1 << (tables >> 4);
  scan->ac_tables |= 1 << (tables & 15);
  return TRUE;
}

static gboolean
read_scan (ZcJpegPicture *picture, Scan *scan, const guint8 *data, gsize size)
{
  guint n = size > 0 ? data[0] : 0;

  if (n < 1 || n > picture->n_components || size != 4 + 2 * (gsize)n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!add_to_scan (scan, find_component (picture, data[1 + 2 * i]), data[2 + 2 * i]))
      return FALSE;
  data += 1 + 2 * n;
  scan->first = data[0];
  scan->last = data[1];
  scan->high_bit = data[2] >> 4;
  scan->low_bit = data[2] & 15;
  return TRUE;
}

/* Which coefficients a scan may hold (T.81 B.2.3 and G.1.1.1). */
static gboolean
check_spectrum (const ZcJpegPicture *picture, const Scan *scan)
{
  if (!picture->progressive)
    return scan->first == 0 && scan->last == 63 && scan->high_bit == 0 && scan->low_bit == 0;
  if (scan->low_bit > MAX_LOW_BIT || (scan->high_bit != 0 && scan->high_bit != scan->low_bit + 1))
    return FALSE;
  if (scan->first == 0)
    return scan->last == 0;
  return scan->n_components == 1 && scan->first <= scan->last && scan->last <= 63;
}

/* Each bit is sent once, the high ones first, and a block's mean before the rest of it. */
static gboolean
note_coefficients (const Scan *scan)
{
  for (guint i = 0; i < scan->n_components; i++)
    {
      gint8 *low_bit = scan->components[i]->low_bit;

      if (scan->first > 0 && low_bit[0] < 0)
        return FALSE;
      for (guint k = scan->first; k <= scan->last; k++)
        {
          if (low_bit[k] != (scan->high_bit == 0 ? -1 : scan->high_bit))
            return FALSE;
          low_bit[k] = (gint8)scan->low_bit;
        }
    }
  return TRUE;
}

static gboolean
check_tables (const ZcJpegPicture *picture, const Scan *scan)
{
  gboolean needs_dc = scan->first == 0 && scan->high_bit == 0;
  gboolean needs_ac = scan->last > 0;

  for (guint i = 0; i < scan->n_components; i++)
    if ((picture->quantization_tables & 1 << scan->components[i]->quantization) == 0)
      return FALSE;
  return (!needs_dc || (scan->dc_tables & ~picture->dc_tables) == 0)
         && (!needs_ac || (scan->ac_tables & ~picture->ac_tables) == 0);
}

/* How many units (MCUs) a scan has, and of how many blocks one is (T.81 A.2). */
static gint64
count_units (const ZcJpegPicture *picture, const Scan *scan, guint *n_blocks)
{
  int h, v;

  get_greatest_sampling (picture, &h, &v);
  if (scan->n_components == 1)
    {
      const ZcJpegComponent *one = scan->components[0];

      *n_blocks = 1;
      return divide_up (divide_up ((gint64)picture->width * one->horizontal, h), 8)
             * divide_up (divide_up ((gint64)picture->height * one->vertical, v), 8);
    }
  *n_blocks = 0;
  for (guint i = 0; i < scan->n_components; i++)
    *n_blocks += (guint)scan->components[i]->horizontal * scan->components[i]->vertical;
  return divide_up (picture->width, 8 * h) * divide_up (picture->height, 8 * v);
}

/* No code is shorter than a bit: a block takes a bit for its mean, and one more for the rest of it
 * where the scan is not progressive; there, a run of empty blocks can share one code.
 */
static guint
count_least_bits (const ZcJpegPicture *picture, const Scan *scan)
{
  if (!picture->progressive)
    return 2;
  return scan->first == 0 ? 1 : 0;
}

ZcProblemCode
zc_jpeg_picture_begin_scan (ZcJpegPicture *picture, const guint8 *data, gsize size)
{
  Scan scan = { 0 };
  guint n_blocks;
  gint64 n_units;

  if (picture->n_scans++ == ZC_JPEG_MAX_SCANS || !read_scan (picture, &scan, data, size)
      || !check_spectrum (picture, &scan) || !check_tables (picture, &scan)
      || !note_coefficients (&scan))
    return ZC_PROBLEM_IMAGE_DAMAGED;
  n_units = count_units (picture, &scan, &n_blocks);
  picture->least_bits = n_units * n_blocks * count_least_bits (picture, &scan);
  picture->restarts_due
      = picture->restart_interval > 0 ? divide_up (n_units, picture->restart_interval) - 1 : 0;
  picture->n_restarts = 0;
  picture->n_bytes = 0;
  return damaged_unless (n_blocks <= MAX_BLOCKS_IN_UNIT);
}

ZcProblemCode
zc_jpeg_picture_restart (ZcJpegPicture *picture, guint number)
{
  if (picture->n_restarts == picture->restarts_due || number != picture->n_restarts % 8)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  picture->n_restarts++;
  return ZC_PROBLEM_NONE;
}

ZcProblemCode
zc_jpeg_picture_end_scan (ZcJpegPicture *picture)
{
  return damaged_unless (picture->n_restarts == picture->restarts_due && picture->n_bytes > 0
                         && picture->n_bytes * 8 >= picture->least_bits);
}

/* --- the whole -------------------------------------------------------------------------------- */

void
zc_jpeg_picture_init (ZcJpegPicture *picture)
{
  memset (picture, 0, sizeof *picture);
}

ZcProblemCode
zc_jpeg_picture_end (ZcJpegPicture *picture)
{
  if (picture->n_components == 0)
    return ZC_PROBLEM_IMAGE_DAMAGED;
  for (guint i = 0; i < picture->n_components; i++)
    for (guint k = 0; k < 64; k++)
      if (picture->components[i].low_bit[k] != 0)
        return ZC_PROBLEM_IMAGE_DAMAGED;
  return ZC_PROBLEM_NONE;
}
