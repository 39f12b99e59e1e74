/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-pixbuf.h"
#include "zc-thumbnail.h"

/* Pictures made small, ready to be drawn. Reading, decoding and making the texture all happen in
 * the pool; the window's thread gets a texture that shares its pixels.
 */

typedef struct
{
  GFile *file;
  GBytes *data;
  int size;
} Request;

static void
request_free (Request *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static GdkTexture *
make_texture (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 pixels, (gsize)gdk_pixbuf_get_rowstride (pixbuf));
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GBytes) data = NULL;

  data = request->data != NULL ? g_steal_pointer (&request->data)
                               : g_file_load_bytes (request->file, cancellable, NULL, &error);
  if (data != NULL)
    pixbuf = zc_pixbuf_load (data, request->size, cancellable, &error);
  if (pixbuf != NULL)
    g_task_return_pointer (task, make_texture (pixbuf), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * zc_thumbnail_load_async:
 * @pool: where the work is done
 * @file: (nullable): the picture
 * @data: (nullable): or its bytes
 * @size: greatest edge, in device pixels
 *
 * A smaller picture is not enlarged.
 */
void
zc_thumbnail_load_async (ZcImagePool *pool,
                         GFile *file,
                         GBytes *data,
                         int size,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (pool, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_return_if_fail ((file == NULL) != (data == NULL));
  g_set_object (&request->file, file);
  request->data = data != NULL ? g_bytes_ref (data) : NULL;
  request->size = size;
  g_task_set_source_tag (task, zc_thumbnail_load_async);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  zc_image_pool_push (pool, task, ZC_IMAGE_WORK_SEEN, load_thread);
}

/**
 * zc_thumbnail_load_finish:
 *
 * Returns: (transfer full): the picture, upright; %NULL and @error of GIOError or GdkPixbufError
 */
GdkTexture *
zc_thumbnail_load_finish (ZcImagePool *pool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pool), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
