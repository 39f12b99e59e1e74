/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-exif.h"
#include "zc-jpeg-picture.h"
#include "zc-jpeg.h"

/* The walk through a JPEG's bytes: markers, segments, coded data, end. It knows where each piece
 * begins and ends, and which pieces are metadata; what the pieces mean is zc-jpeg-picture's.
 *
 * Allowed beside the picture: JFIF without a thumbnail (APP0), ICC profiles (APP2), Adobe (APP14).
 * Metadata is all else: EXIF, XMP, MPF, comments, JFXX, a thumbnail inside JFIF, what follows in an
 * Adobe segment. The first problem met, in the order of the bytes, is the verdict.
 */

#define MARKER_SOI 0xD8
#define MARKER_EOI 0xD9
#define MARKER_SOS 0xDA
#define MARKER_DQT 0xDB
#define MARKER_DRI 0xDD
#define MARKER_DHT 0xC4
#define MARKER_APP0 0xE0
#define MARKER_APP1 0xE1
#define MARKER_APP2 0xE2
#define MARKER_APP14 0xEE
#define MARKER_APP15 0xEF
#define MARKER_COM 0xFE

#define JFIF_SIZE 14
#define ICC_HEADER_SIZE 14
#define ADOBE_SIZE 12

typedef enum
{
  BEFORE_START, /* the three bytes that every JPEG begins with */
  BEFORE_MARKER,
  AT_CODE, /* behind a marker's 0xFF */
  AT_LENGTH,
  IN_SEGMENT,
  IN_SCAN,
  IN_SCAN_CODE, /* behind a 0xFF in coded data */
  AT_END,
} State;

/* A piece that clean-up leaves out, and the few bytes that stand in for it. */
typedef struct
{
  gsize start;
  gsize end;
  guint8 instead[4 + JFIF_SIZE];
  guint n_instead;
} Cut;

struct _ZcJpegWalk
{
  gboolean strict;
  State state;
  ZcProblemCode problem;
  ZcJpegPicture picture;
  ZcJpegInfo info;
  gsize offset; /* of the next byte */
  gsize marker_start;
  guint8 marker;
  guint length_bytes; /* read so far: 0, 1 or 2 */
  gsize length;       /* of the segment behind its length */
  gsize kept;         /* how much of it is looked at */
  gsize remaining;
  GByteArray *segment;
  GArray *cuts; /* (nullable): Cut, where clean-up wants to know */
};

/* --- segments --------------------------------------------------------------------------------- */

static gboolean
is_metadata_marker (guint8 marker)
{
  if (marker == MARKER_COM)
    return TRUE;
  return marker >= MARKER_APP0 && marker <= MARKER_APP15 && marker != MARKER_APP0
         && marker != MARKER_APP2 && marker != MARKER_APP14;
}

static gboolean
is_frame_marker (guint8 marker)
{
  return marker >= 0xC0 && marker <= 0xCF && marker != MARKER_DHT && marker != 0xC8
         && marker != 0xCC;
}

/* DAC: arithmetic; JPG, DHP, EXP: hierarchical and later extensions; SOF48: JPEG-LS */
static gboolean
is_foreign_coding (guint8 marker)
{
  return marker == 0xCC || marker == 0xC8 || marker == 0xDE || marker == 0xDF || marker == 0xF7;
}

static gsize
count_wanted (const ZcJpegWalk *walk)
{
  switch (walk->marker)
    {
    case MARKER_APP0:
    case MARKER_APP2:
    case MARKER_APP14:
      return MIN (walk->length, JFIF_SIZE);
    case MARKER_APP1:
      return walk->strict ? 0 : walk->length;
    default:
      return is_metadata_marker (walk->marker) ? 0 : walk->length;
    }
}

static gboolean
begins_with (const ZcJpegWalk *walk, const char *text, gsize size)
{
  return walk->segment->len >= size && memcmp (walk->segment->data, text, size) == 0;
}

static void
cut_segment (ZcJpegWalk *walk, const guint8 *instead, guint n_instead)
{
  Cut cut = { walk->marker_start, walk->offset, { 0xFF, walk->marker, 0, n_instead + 2 }, 0 };

  walk->info.has_metadata = TRUE;
  if (walk->strict)
    walk->problem = ZC_PROBLEM_METADATA;
  if (walk->cuts == NULL)
    return;
  if (n_instead > 0)
    {
      memcpy (cut.instead + 4, instead, n_instead);
      cut.n_instead = 4 + n_instead;
    }
  g_array_append_val (walk->cuts, cut);
}

static void
read_jfif (ZcJpegWalk *walk)
{
  guint8 *data = walk->segment->data;

  if (!begins_with (walk, "JFIF", 5) || walk->length < JFIF_SIZE)
    cut_segment (walk, NULL, 0);
  else if (walk->length > JFIF_SIZE || data[12] != 0 || data[13] != 0)
    {
      data[12] = data[13] = 0;
      cut_segment (walk, data, JFIF_SIZE);
    }
}

static void
read_icc (ZcJpegWalk *walk)
{
  const guint8 *data = walk->segment->data;

  if (!begins_with (walk, "ICC_PROFILE", 12) || walk->length <= ICC_HEADER_SIZE || data[12] == 0
      || data[12] > data[13])
    cut_segment (walk, NULL, 0);
}

static void
read_adobe (ZcJpegWalk *walk)
{
  if (!begins_with (walk, "Adobe", 5) || walk->length < ADOBE_SIZE)
    cut_segment (walk, NULL, 0);
  else if (walk->length > ADOBE_SIZE)
    cut_segment (walk, walk->segment->data, ADOBE_SIZE);
}

static void
read_metadata (ZcJpegWalk *walk)
{
  if (walk->marker == MARKER_APP1 && walk->info.orientation == 0)
    walk->info.orientation = zc_exif_get_orientation (walk->segment->data, walk->segment->len);
  cut_segment (walk, NULL, 0);
}

static void
read_frame (ZcJpegWalk *walk)
{
  walk->problem = zc_jpeg_picture_read_frame (&walk->picture, walk->marker, walk->segment->data,
                                              walk->segment->len);
}

/* A segment is complete, its bytes (as many as are looked at) in walk->segment. */
static void
end_segment (ZcJpegWalk *walk)
{
  const guint8 *data = walk->segment->data;
  gsize size = walk->segment->len;

  walk->state = BEFORE_MARKER;
  if (is_frame_marker (walk->marker))
    read_frame (walk);
  else if (walk->marker == MARKER_DQT)
    walk->problem = zc_jpeg_picture_read_quantization (&walk->picture, data, size);
  else if (walk->marker == MARKER_DHT)
    walk->problem = zc_jpeg_picture_read_huffman (&walk->picture, data, size);
  else if (walk->marker == MARKER_DRI)
    walk->problem = zc_jpeg_picture_read_interval (&walk->picture, data, size);
  else if (walk->marker == MARKER_SOS)
    {
      walk->problem = zc_jpeg_picture_begin_scan (&walk->picture, data, size);
      walk->state = IN_SCAN;
    }
  else if (walk->marker == MARKER_APP0)
    read_jfif (walk);
  else if (walk->marker == MARKER_APP2)
    read_icc (walk);
  else if (walk->marker == MARKER_APP14)
    read_adobe (walk);
  else
    read_metadata (walk);
}

/* --- markers ---------------------------------------------------------------------------------- */

static gboolean
has_a_segment (guint8 marker)
{
  return is_frame_marker (marker) || marker == MARKER_DHT || marker == MARKER_DQT
         || marker == MARKER_DRI || marker == MARKER_SOS || marker == MARKER_COM
         || (marker >= MARKER_APP0 && marker <= MARKER_APP15);
}

static void
end_picture (ZcJpegWalk *walk)
{
  walk->problem = zc_jpeg_picture_end (&walk->picture);
  walk->info.end = walk->offset;
  walk->state = AT_END;
}

/* walk->marker has just been read, walk->offset is behind it. */
static void
begin_marker (ZcJpegWalk *walk)
{
  walk->state = AT_LENGTH;
  walk->length_bytes = 0;
  walk->length = 0;
  if (walk->marker == MARKER_EOI)
    end_picture (walk);
  else if (is_foreign_coding (walk->marker))
    walk->problem = ZC_PROBLEM_CODING;
  else if (walk->strict && is_metadata_marker (walk->marker))
    walk->problem = ZC_PROBLEM_METADATA;
  else if (!has_a_segment (walk->marker))
    walk->problem = ZC_PROBLEM_IMAGE_DAMAGED;
}

static void
begin_segment (ZcJpegWalk *walk)
{
  if (walk->length < 2)
    {
      walk->problem = ZC_PROBLEM_IMAGE_DAMAGED;
      return;
    }
  walk->length -= 2;
  walk->remaining = walk->length;
  walk->kept = count_wanted (walk);
  g_byte_array_set_size (walk->segment, 0);
  walk->state = IN_SEGMENT;
  if (walk->remaining == 0)
    end_segment (walk);
}

/* --- bytes ------------------------------------------------------------------------------------ */

static gsize
take_segment (ZcJpegWalk *walk, const guint8 *data, gsize size)
{
  gsize n = MIN (size, walk->remaining);

  if (walk->segment->len < walk->kept)
    g_byte_array_append (walk->segment, data, MIN (n, walk->kept - walk->segment->len));
  walk->offset += n;
  walk->remaining -= n;
  if (walk->remaining == 0)
    end_segment (walk);
  return n;
}

static gsize
take_coded_data (ZcJpegWalk *walk, const guint8 *data, gsize size)
{
  const guint8 *found = memchr (data, 0xFF, size);
  gsize n = found != NULL ? (gsize)(found - data) : size;

  walk->offset += n;
  walk->picture.n_bytes += n;
  if (found == NULL)
    return n;
  walk->marker_start = walk->offset++;
  walk->state = IN_SCAN_CODE;
  return n + 1;
}

static void
take_scan_code (ZcJpegWalk *walk, guint8 byte)
{
  if (byte == 0xFF) /* fill bytes */
    return;
  walk->state = IN_SCAN;
  if (byte == 0)
    walk->picture.n_bytes++;
  else if (byte >= 0xD0 && byte <= 0xD7)
    walk->problem = zc_jpeg_picture_restart (&walk->picture, byte - 0xD0);
  else
    {
      walk->problem = zc_jpeg_picture_end_scan (&walk->picture);
      walk->marker = byte;
      if (walk->problem == ZC_PROBLEM_NONE)
        begin_marker (walk);
    }
}

static void
take_start (ZcJpegWalk *walk, guint8 byte)
{
  static const guint8 start[] = { 0xFF, MARKER_SOI, 0xFF };

  if (byte != start[walk->offset - 1])
    walk->problem = ZC_PROBLEM_NOT_JPEG;
  else if (walk->offset == sizeof start)
    {
      walk->marker_start = walk->offset - 1;
      walk->state = AT_CODE;
    }
}

static void
take_byte (ZcJpegWalk *walk, guint8 byte)
{
  walk->offset++;
  if (walk->state == BEFORE_START)
    take_start (walk, byte);
  else if (walk->state == IN_SCAN_CODE)
    take_scan_code (walk, byte);
  else if (walk->state == BEFORE_MARKER)
    {
      walk->problem = byte == 0xFF ? ZC_PROBLEM_NONE : ZC_PROBLEM_IMAGE_DAMAGED;
      walk->marker_start = walk->offset - 1;
      walk->state = AT_CODE;
    }
  else if (walk->state == AT_CODE && byte != 0xFF)
    {
      walk->marker = byte;
      begin_marker (walk);
    }
  else if (walk->state == AT_LENGTH)
    {
      walk->length = walk->length << 8 | byte;
      if (++walk->length_bytes == 2)
        begin_segment (walk);
    }
}

static gsize
take_rest (ZcJpegWalk *walk, gsize size)
{
  if (walk->strict)
    walk->problem = ZC_PROBLEM_TRAILING_BYTES;
  walk->offset += size;
  return size;
}

static gsize
take (ZcJpegWalk *walk, const guint8 *data, gsize size)
{
  switch (walk->state)
    {
    case IN_SEGMENT:
      return take_segment (walk, data, size);
    case IN_SCAN:
      return take_coded_data (walk, data, size);
    case AT_END:
      return take_rest (walk, size);
    case BEFORE_START:
    case BEFORE_MARKER:
    case AT_CODE:
    case AT_LENGTH:
    case IN_SCAN_CODE:
    default:
      take_byte (walk, *data);
      return 1;
    }
}

/* --- clean-up --------------------------------------------------------------------------------- */

static GBytes *
copy_without (GBytes *file, gsize end, GArray *cuts)
{
  const guint8 *data = g_bytes_get_data (file, NULL);
  g_autoptr (GByteArray) kept = g_byte_array_sized_new ((guint)end);
  gsize at = 0;

  for (guint i = 0; i < cuts->len; i++)
    {
      const Cut *cut = &g_array_index (cuts, Cut, i);

      g_byte_array_append (kept, data + at, (guint)(cut->start - at));
      g_byte_array_append (kept, cut->instead, cut->n_instead);
      at = cut->end;
    }
  g_byte_array_append (kept, data + at, (guint)(end - at));
  return g_byte_array_free_to_bytes (g_steal_pointer (&kept));
}

static ZcProblemCode
walk_whole (ZcJpegWalk *walk, GBytes *file, ZcJpegInfo *info)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  zc_jpeg_walk_feed (walk, data, size);
  return zc_jpeg_walk_finish (walk, info);
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * zc_jpeg_walk_new:
 * @strict: whether metadata and trailing bytes are problems (as for the server), or noted only
 *
 * Returns: (transfer full): a walk at the first byte; it needs at most 64 KiB, however large the
 * file
 */
ZcJpegWalk *
zc_jpeg_walk_new (gboolean strict)
{
  ZcJpegWalk *walk = g_new0 (ZcJpegWalk, 1);

  walk->strict = strict;
  walk->segment = g_byte_array_new ();
  zc_jpeg_picture_init (&walk->picture);
  return walk;
}

void
zc_jpeg_walk_free (ZcJpegWalk *walk)
{
  if (walk == NULL)
    return;
  g_byte_array_unref (walk->segment);
  g_clear_pointer (&walk->cuts, g_array_unref);
  g_free (walk);
}

/**
 * zc_jpeg_walk_feed:
 * @walk: a walk
 * @data: the next bytes of the file, as many as there are
 *
 * The verdict does not depend on how the file is cut into pieces.
 *
 * Returns: the first problem so far, which stays: the rest of the file need not be fed
 */
ZcProblemCode
zc_jpeg_walk_feed (ZcJpegWalk *walk, const guint8 *data, gsize size)
{
  gsize taken = 0;

  while (taken < size && walk->problem == ZC_PROBLEM_NONE)
    taken += take (walk, data + taken, size - taken);
  return walk->problem;
}

/**
 * zc_jpeg_walk_finish:
 * @walk: a walk to which the whole file was fed
 * @info: (out) (optional): what the file said of itself up to the problem, if there is one
 *
 * Returns: the verdict; #ZC_PROBLEM_NONE for a whole JPEG
 */
ZcProblemCode
zc_jpeg_walk_finish (ZcJpegWalk *walk, ZcJpegInfo *info)
{
  if (walk->problem == ZC_PROBLEM_NONE && walk->state != AT_END)
    walk->problem = walk->offset == 0 ? ZC_PROBLEM_IMAGE_EMPTY : ZC_PROBLEM_IMAGE_TRUNCATED;
  walk->info.width = walk->picture.width;
  walk->info.height = walk->picture.height;
  walk->info.components = (int)walk->picture.n_components;
  walk->info.progressive = walk->picture.progressive;
  walk->info.orientation = MAX (walk->info.orientation, 1);
  if (info != NULL)
    *info = walk->info;
  return walk->problem;
}

/**
 * zc_jpeg_check:
 * @data: a whole file
 * @strict: as for zc_jpeg_walk_new()
 * @info: (out) (optional): what the file says of itself
 *
 * Returns: the verdict
 */
ZcProblemCode
zc_jpeg_check (const guint8 *data, gsize size, gboolean strict, ZcJpegInfo *info)
{
  g_autoptr (ZcJpegWalk) walk = zc_jpeg_walk_new (strict);

  zc_jpeg_walk_feed (walk, data, size);
  return zc_jpeg_walk_finish (walk, info);
}

/**
 * zc_jpeg_clean:
 * @file: a whole file, as a camera made it
 * @info: (out) (optional): what it says of itself, before the cut; its orientation is not applied
 * @problem: (out) (optional): why it could not be cleaned
 *
 * Cuts metadata and whatever follows the first picture (a second one, depth, a motion picture). The
 * rest is copied byte for byte; only an oversize JFIF or Adobe segment is brought to its plain
 * form.
 *
 * Returns: (transfer full) (nullable): the clean file, which passes the strict walk; @file itself
 *   where nothing had to be cut; %NULL and @problem where it is no JPEG that can be mended so
 */
GBytes *
zc_jpeg_clean (GBytes *file, ZcJpegInfo *info, ZcProblemCode *problem)
{
  g_autoptr (ZcJpegWalk) walk = zc_jpeg_walk_new (FALSE);
  ZcJpegInfo own_info;
  ZcProblemCode verdict;

  walk->cuts = g_array_new (FALSE, FALSE, sizeof (Cut));
  verdict = walk_whole (walk, file, &own_info);
  if (info != NULL)
    *info = own_info;
  if (problem != NULL)
    *problem = verdict;
  if (verdict != ZC_PROBLEM_NONE)
    return NULL;
  if (walk->cuts->len == 0 && own_info.end == g_bytes_get_size (file))
    return g_bytes_ref (file);
  return copy_without (file, own_info.end, walk->cuts);
}
