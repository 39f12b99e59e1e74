/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-image-text.h"

/* Sizes, facts and limits of images in words. The limits are read from the field's definition alone
 * (B3): what stands beside the button is what the check measures by. */

/**
 * zc_bytes_dup_text:
 * @bytes: a size; 1 KB is 1,024 bytes (decisions 15)
 *
 * A size is rounded up, so that one that is over a limit never reads like the limit.
 *
 * Returns: (transfer full): "300 KB", "4.9 MB"
 */
char *
zc_bytes_dup_text (gint64 bytes)
{
  if (bytes < 1024)
    return g_strdup_printf (_ ("%d bytes"), (int) bytes);
  if (bytes < 1024 * 1024)
    return g_strdup_printf ("%d KB", (int) ((bytes + 1023) / 1024));
  if (bytes % (1024 * 1024) == 0)
    return g_strdup_printf ("%d MB", (int) (bytes / (1024 * 1024)));
  return g_strdup_printf ("%.1f MB", (double) ((bytes * 10 + 1048575) / 1048576) / 10.0);
}

/**
 * zc_image_facts_dup_text:
 *
 * Returns: (transfer full): "4000 × 3000 像素，4.9 MB"
 */
char *
zc_image_facts_dup_text (int width,
                         int height,
                         gint64 bytes)
{
  g_autofree char *size = zc_bytes_dup_text (bytes);

  return g_strdup_printf (_ ("%d × %d pixels, %s"), width, height, size);
}

static char *
dup_count (const ZcImageLimits *limits)
{
  if (limits->min == limits->max)
    return g_strdup_printf (_ ("%u images"), limits->max);
  if (limits->min > 0)
    return g_strdup_printf (_ ("%u to %u images"), limits->min, limits->max);
  return g_strdup_printf (_ ("up to %u images"), limits->max);
}

static char *
dup_least (const ZcImageLimits *limits)
{
  if (limits->min_width > 0 && limits->min_height > 0)
    return g_strdup_printf (_ ("at least %d × %d pixels"), limits->min_width, limits->min_height);
  if (limits->min_width > 0)
    return g_strdup_printf (_ ("at least %d pixels wide"), limits->min_width);
  if (limits->min_height > 0)
    return g_strdup_printf (_ ("at least %d pixels high"), limits->min_height);
  if (limits->min_long_edge > 0)
    return g_strdup_printf (_ ("longer edge at least %d pixels"), limits->min_long_edge);
  return NULL;
}

/**
 * zc_image_limits_dup_text:
 *
 * Returns: (transfer full): one line: kind, count, size and least pixels (S3.1.2c)
 */
char *
zc_image_limits_dup_text (const ZcImageLimits *limits)
{
  g_autofree char *count = dup_count (limits);
  g_autofree char *bytes = zc_bytes_dup_text (limits->max_bytes);
  g_autofree char *least = dup_least (limits);

  if (limits->max_bytes <= 0 && least == NULL)
    return g_strdup_printf (_ ("JPEG, %s"), count);
  if (least == NULL)
    return g_strdup_printf (_ ("JPEG, %s, each up to %s"), count, bytes);
  if (limits->max_bytes <= 0)
    return g_strdup_printf (_ ("JPEG, %s, %s"), count, least);
  return g_strdup_printf (_ ("JPEG, %s, each up to %s, %s"), count, bytes, least);
}
