/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-image-fit.h"

/* The same as tasks of the pool: the file is read, worked on and let go of in one of its threads.
 */

#define MAX_FILE (256 * 1024 * 1024) /* no picture of a person's is larger */

typedef struct
{
  GFile *file;
  GBytes *data;
  ZcImageLimits limits;
} Request;

static void
request_free (Request *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

/* The file is read whole first: a mapped one could change or shrink while it is decoded. */
static GBytes *
read_file (Request *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;

  if (request->data != NULL)
    return g_steal_pointer (&request->data);
  info = g_file_query_info (request->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);
  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > MAX_FILE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           "too large for a picture");
      return NULL;
    }
  return g_file_load_bytes (request->file, cancellable, NULL, error);
}

static void
run_task (GTask *task,
          ZcReadyImage *(*work) (GBytes *, const ZcImageLimits *, GCancellable *, GError **),
          GCancellable *cancellable)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = read_file (request, cancellable, &error);
  ZcReadyImage *ready = data != NULL ? work (data, &request->limits, cancellable, &error) : NULL;

  /* megabytes are given back here and not in the window's thread */
  g_clear_pointer (&data, g_bytes_unref);
  if (ready != NULL)
    g_task_return_pointer (task, ready, (GDestroyNotify)zc_ready_image_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
prepare_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_task (task, zc_image_prepare, cancellable);
}

static void
fit_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  run_task (task, zc_image_fit, cancellable);
}

static GTask *
make_task (ZcImagePool *pool,
           GFile *file,
           GBytes *data,
           const ZcImageLimits *limits,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (pool, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  g_set_object (&request->file, file);
  request->data = data != NULL ? g_bytes_ref (data) : NULL;
  request->limits = *limits;
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  return task;
}

/* --- public ----------------------------------------------------------------------------------- */

/**
 * zc_image_prepare_async:
 * @pool: where the work is done
 * @file: (nullable): read there too
 * @data: (nullable): or its bytes
 * @limits: of the field
 *
 * See zc_image_prepare().
 */
void
zc_image_prepare_async (ZcImagePool *pool,
                        GFile *file,
                        GBytes *data,
                        const ZcImageLimits *limits,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail ((file == NULL) != (data == NULL));
  task = make_task (pool, file, data, limits, cancellable, callback, user_data);
  g_task_set_source_tag (task, zc_image_prepare_async);
  zc_image_pool_push (pool, task, ZC_IMAGE_WORK_WAITED, prepare_thread);
}

ZcReadyImage *
zc_image_prepare_finish (ZcImagePool *pool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pool), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * zc_image_fit_async:
 *
 * As zc_image_prepare_async(); see zc_image_fit(). Of many pictures, each is answered as soon as it
 * is ready.
 */
void
zc_image_fit_async (ZcImagePool *pool,
                    GFile *file,
                    GBytes *data,
                    const ZcImageLimits *limits,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail ((file == NULL) != (data == NULL));
  task = make_task (pool, file, data, limits, cancellable, callback, user_data);
  g_task_set_source_tag (task, zc_image_fit_async);
  zc_image_pool_push (pool, task, ZC_IMAGE_WORK_LONG, fit_thread);
}

ZcReadyImage *
zc_image_fit_finish (ZcImagePool *pool, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pool), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
