/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-upload.h"

/* A task's chunks wait in it; whoever adds the first one puts the task into the pool, and the
 * thread that has it goes on until nothing is left. The front's pointer to a task
 * (request->upload_task) is good until finished() has been called for it on the front's side, since
 * the request holds the task's memory. */

#define MUCH (512 * 1024)
#define LITTLE (128 * 1024)
#define OPEN_PER_THREAD 16

struct _ZcUploads
{
  ZcBlobs *blobs;
  const ZcUploadHandler *handler;
  GThreadPool *pool;
  gint open; /* atomic */
  int limit;
};

struct _ZcUploadTask
{
  ZcUploads *uploads;
  ZcRequest *request;
  GMutex mutex;
  GQueue chunks; /* of GBytes */
  gsize pending;
  gboolean held; /* the client is held back */
  gboolean ended;
  gboolean aborted;
  gboolean scheduled;
  gboolean done;

  /* the thread's */
  ZcBlobWriter *writer;
  GError *error;
};

static void
schedule (ZcUploadTask *task)
{
  if (task->scheduled || task->done)
    return;
  task->scheduled = TRUE;
  g_thread_pool_push (task->uploads->pool, task, NULL);
}

/* The next chunk, or NULL with *last: nothing will come any more. */
static GBytes *
take_chunk (ZcUploadTask *task, gboolean *last, gboolean *drained)
{
  GBytes *chunk;

  g_mutex_lock (&task->mutex);
  chunk = task->aborted ? NULL : g_queue_pop_head (&task->chunks);
  if (chunk != NULL)
    task->pending -= g_bytes_get_size (chunk);
  *drained = task->held && task->pending < LITTLE;
  if (*drained)
    task->held = FALSE;
  *last = chunk == NULL && (task->ended || task->aborted);
  if (chunk == NULL && !*last)
    task->scheduled = FALSE;
  task->done |= *last;
  g_mutex_unlock (&task->mutex);
  return chunk;
}

static void
begin_file (ZcUploadTask *task)
{
  const ZcRequest *request = task->request;

  if (task->writer == NULL && task->error == NULL)
    task->writer = zc_blob_writer_new (task->uploads->blobs, zc_request_param (request, "sha256"),
                                       request->upload_limit, &task->error);
}

static void
write_chunk (ZcUploadTask *task, GBytes *chunk)
{
  gsize size;
  const void *bytes = g_bytes_get_data (chunk, &size);

  begin_file (task);
  if (task->error == NULL)
    zc_blob_writer_feed (task->writer, bytes, size, &task->error);
}

static gboolean
was_aborted (ZcUploadTask *task)
{
  gboolean aborted;

  g_mutex_lock (&task->mutex);
  aborted = task->aborted;
  g_mutex_unlock (&task->mutex);
  return aborted;
}

static void
finish_task (ZcUploadTask *task)
{
  ZcRequest *request = task->request;
  gboolean aborted = was_aborted (task);

  if (!aborted)
    begin_file (task); /* an empty one has had no piece */
  if (!aborted && task->error == NULL)
    zc_blob_writer_finish (task->writer, &request->upload, &task->error);
  g_clear_pointer (&task->writer, zc_blob_writer_free);
  g_atomic_int_add (&task->uploads->open, -1);
  if (aborted)
    zc_request_free (request);
  else
    task->uploads->handler->finished (request, task->error);
}

static void
run_task (gpointer data, gpointer user_data)
{
  ZcUploadTask *task = data;
  gboolean last = FALSE;

  while (!last)
    {
      gboolean drained;
      g_autoptr (GBytes) chunk = take_chunk (task, &last, &drained);

      if (chunk != NULL)
        write_chunk (task, chunk);
      else if (!last)
        return;
      if (drained && !last)
        task->uploads->handler->drained (task->request);
    }
  finish_task (task);
}

ZcUploads *
zc_uploads_start (ZcBlobs *blobs, int threads, const ZcUploadHandler *handler)
{
  ZcUploads *uploads = g_new0 (ZcUploads, 1);

  uploads->blobs = blobs;
  uploads->handler = handler;
  uploads->limit = threads * OPEN_PER_THREAD;
  uploads->pool = g_thread_pool_new (run_task, uploads, threads, FALSE, NULL);
  return uploads;
}

void
zc_uploads_stop (ZcUploads *uploads)
{
  if (uploads == NULL)
    return;
  g_thread_pool_free (uploads->pool, FALSE, TRUE);
  g_free (uploads);
}

static void
free_task (gpointer data)
{
  ZcUploadTask *task = data;

  g_queue_clear_full (&task->chunks, (GDestroyNotify)g_bytes_unref);
  g_clear_error (&task->error);
  g_mutex_clear (&task->mutex);
  g_free (task);
}

gboolean
zc_upload_begin (ZcUploads *uploads, ZcRequest *request)
{
  ZcUploadTask *task;

  if (g_atomic_int_add (&uploads->open, 1) >= uploads->limit)
    {
      g_atomic_int_add (&uploads->open, -1);
      return FALSE;
    }
  task = g_new0 (ZcUploadTask, 1);
  task->uploads = uploads;
  task->request = zc_request_ref (request);
  g_mutex_init (&task->mutex);
  g_queue_init (&task->chunks);
  request->upload_task = task;
  request->upload_task_free = free_task;
  return TRUE;
}

gboolean
zc_upload_feed (ZcUploadTask *task, const void *bytes, gsize size)
{
  GBytes *chunk = g_bytes_new (bytes, size);
  gboolean much;

  g_mutex_lock (&task->mutex);
  g_queue_push_tail (&task->chunks, chunk);
  task->pending += size;
  much = task->pending > MUCH;
  task->held |= much;
  schedule (task);
  g_mutex_unlock (&task->mutex);
  return much;
}

void
zc_upload_end (ZcUploadTask *task)
{
  g_mutex_lock (&task->mutex);
  task->ended = TRUE;
  schedule (task);
  g_mutex_unlock (&task->mutex);
}

void
zc_upload_abort (ZcUploadTask *task)
{
  g_mutex_lock (&task->mutex);
  task->aborted = TRUE;
  schedule (task);
  g_mutex_unlock (&task->mutex);
}
