/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-exif.h"

/* The one thing wanted of a photo's EXIF data: which way up it is. Everything else in there is cut
 * unread. The bytes are a stranger's: every offset is checked, no link is followed twice.
 */

#define PREFIX "Exif\0" /* and the string's own end: six bytes */
#define PREFIX_SIZE 6
#define TIFF_HEADER_SIZE 8
#define ENTRY_SIZE 12
#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define TYPE_LONG 4

typedef struct
{
  const guint8 *data; /* from the TIFF header on: offsets count from here */
  gsize size;
  gboolean big_endian;
} Tiff;

static guint
read_16 (const Tiff *tiff, gsize at)
{
  const guint8 *p = tiff->data + at;

  return tiff->big_endian ? (guint)p[0] << 8 | p[1] : (guint)p[1] << 8 | p[0];
}

static guint32
read_32 (const Tiff *tiff, gsize at)
{
  guint32 first = read_16 (tiff, at), second = read_16 (tiff, at + 2);

  return tiff->big_endian ? first << 16 | second : second << 16 | first;
}

static gboolean
open_tiff (Tiff *tiff, const guint8 *payload, gsize size)
{
  if (size < PREFIX_SIZE + TIFF_HEADER_SIZE || memcmp (payload, PREFIX, PREFIX_SIZE) != 0)
    return FALSE;
  tiff->data = payload + PREFIX_SIZE;
  tiff->size = size - PREFIX_SIZE;
  tiff->big_endian = tiff->data[0] == 'M';
  return (memcmp (tiff->data, "II", 2) == 0 || memcmp (tiff->data, "MM", 2) == 0)
         && read_16 (tiff, 2) == 42;
}

/* The value of an entry of the tag, or 0 where it is not one of 1 to 8. */
static int
read_orientation (const Tiff *tiff, gsize entry)
{
  guint type = read_16 (tiff, entry + 2);
  guint32 value = 0;

  if (read_32 (tiff, entry + 4) != 1)
    return 0;
  if (type == TYPE_SHORT)
    value = read_16 (tiff, entry + 8);
  else if (type == TYPE_LONG)
    value = read_32 (tiff, entry + 8);
  return value <= 8 ? (int)value : 0;
}

/**
 * zc_exif_get_orientation:
 * @payload: an APP1 segment behind its length
 * @size: its bytes
 *
 * Reads the tag Orientation of the first directory, of either byte order.
 *
 * Returns: 1 to 8; 0 where @payload is no EXIF or does not say
 */
int
zc_exif_get_orientation (const guint8 *payload, gsize size)
{
  Tiff tiff;
  gsize directory, n_entries;

  if (!open_tiff (&tiff, payload, size))
    return 0;
  directory = read_32 (&tiff, 4);
  if (directory > tiff.size - 2)
    return 0;
  n_entries = MIN (read_16 (&tiff, directory), (tiff.size - 2 - directory) / ENTRY_SIZE);
  for (gsize i = 0; i < n_entries; i++)
    {
      gsize entry = directory + 2 + i * ENTRY_SIZE;

      if (read_16 (&tiff, entry) == TAG_ORIENTATION)
        return read_orientation (&tiff, entry);
    }
  return 0;
}
