/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <string.h>

#include "zc-pixbuf.h"

/* gdk-pixbuf behind a guard: the size is looked at before memory is taken for it, and drawings that
 * could fetch other files (SVG) are not opened.
 */

#define PIECE 65536
/* JPEG is decoded at a fraction and in strips: it may be far larger than what is decoded whole. */
#define MAX_PIXELS G_GINT64_CONSTANT (100000000)
#define MAX_PIXELS_JPEG G_GINT64_CONSTANT (300000000)

typedef struct
{
  int width;
  int height;
  int max_edge; /* 0: as it is */
  int last_row; /* drawn so far */
  gboolean probe_only;
  gboolean refused;
} Guard;

static gboolean
is_acceptable (GdkPixbufLoader *loader, gint64 width, gint64 height)
{
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name = format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;
  gboolean is_jpeg = g_strcmp0 (name, "jpeg") == 0;

  return g_strcmp0 (name, "svg") != 0 && width * height <= (is_jpeg ? MAX_PIXELS_JPEG : MAX_PIXELS);
}

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Guard *guard = data;

  guard->width = width;
  guard->height = height;
  guard->refused = !is_acceptable (loader, width, height);
  if (guard->refused || guard->probe_only)
    gdk_pixbuf_loader_set_size (loader, 0, 0); /* stops it */
  else if (guard->max_edge > 0 && MAX (width, height) > guard->max_edge)
    {
      double scale = (double)guard->max_edge / MAX (width, height);

      gdk_pixbuf_loader_set_size (loader, MAX (1, (int)(width * scale + 0.5)),
                                  MAX (1, (int)(height * scale + 0.5)));
    }
}

static void
area_updated_cb (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer data)
{
  Guard *guard = data;

  guard->last_row = MAX (guard->last_row, y + height);
}

/* Some loaders are content with half a file: what was never drawn was never there. PNG may be drawn
 * in several passes, so it must also come to its last chunk.
 */
static gboolean
is_whole (GBytes *file, const Guard *guard)
{
  static const guint8 png_start[] = { 0x89, 'P', 'N', 'G' }, png_end[] = { 'I', 'E', 'N', 'D' };
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (guard->last_row > 0 && guard->last_row < guard->height)
    return FALSE;
  return size < sizeof png_start || memcmp (data, png_start, sizeof png_start) != 0
         || memmem (data, size, png_end, sizeof png_end) != NULL;
}

static gboolean
feed (
    GdkPixbufLoader *loader, GBytes *file, Guard *guard, GCancellable *cancellable, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  for (gsize at = 0; at < size; at += PIECE)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !gdk_pixbuf_loader_write (loader, data + at, MIN (PIECE, size - at), error))
      return FALSE;
    else if (guard->refused || (guard->probe_only && guard->width > 0))
      break;
  return TRUE;
}

static GdkPixbuf *
load (GBytes *file, Guard *guard, GCancellable *cancellable, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  gboolean fed;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), guard);
  g_signal_connect (loader, "area-updated", G_CALLBACK (area_updated_cb), guard);
  fed = feed (loader, file, guard, cancellable, error);
  if (!gdk_pixbuf_loader_close (loader, fed ? error : NULL) || !fed)
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf != NULL && (guard->max_edge > 0 || is_whole (file, guard)))
    return gdk_pixbuf_apply_embedded_orientation (pixbuf);
  g_set_error_literal (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_CORRUPT_IMAGE,
                       "not a whole picture");
  return NULL;
}

/**
 * zc_pixbuf_probe:
 * @width: (out): as stored
 *
 * Returns: whether there is a loader for it that tells a size within reach
 */
gboolean
zc_pixbuf_probe (GBytes *file, int *width, int *height)
{
  Guard guard = { .probe_only = TRUE };
  g_autoptr (GdkPixbuf) none = load (file, &guard, NULL, NULL);

  *width = guard.width;
  *height = guard.height;
  return guard.width > 0 && guard.height > 0 && !guard.refused;
}

/**
 * zc_pixbuf_load:
 * @max_edge: scaled down to this while it is decoded; 0: as it is, and then it must be whole
 *
 * Returns: (transfer full): the picture, upright
 */
GdkPixbuf *
zc_pixbuf_load (GBytes *file, int max_edge, GCancellable *cancellable, GError **error)
{
  Guard guard = { .max_edge = max_edge };

  return load (file, &guard, cancellable, error);
}
