/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-memory.h"
#include "zc-server.h"
#include "zc-store-private.h"
#include "zc-waiting.h"
#include "zc-writer.h"

/* Group commit: while one batch is being synced the next one gathers, so batches find their size by
 * themselves. A second thread moves the log into the database, with a connection of its own, so
 * that no commit waits for it. */

#define MAX_BATCH 512
#define LOG_PASSIVE (16 * G_GINT64_CONSTANT (1048576))
#define LOG_RESTART (256 * G_GINT64_CONSTANT (1048576))
#define LOG_STEP (4 * G_GINT64_CONSTANT (1048576))

struct _ZcWriter
{
  ZcServer *server;
  ZcStore *store;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue queue;
  guint limit;
  gboolean stopping;
  gint broken;          /* atomic */
  guint64 access_stamp; /* atomic */

  /* the checkpointer's */
  ZcStore *log_store;
  GThread *log_thread;
  GCond log_cond;
  gint64 log_bytes;
  gint64 log_done; /* how long the log was when it was last moved */
};

static gboolean
run_job (ZcJob *job, ZcStore *store, GError **error)
{
  if (!zc_store_savepoint (store, error))
    return FALSE;
  if (job->run (job, store, error))
    return zc_store_release (store, error);
  zc_store_rollback_to (store);
  return FALSE;
}

typedef enum
{
  DONE,
  SPOILT, /* a job would have had to undo what it wrote */
  FAILED, /* the database gave up the whole transaction, not this job alone */
} Outcome;

static Outcome
run_jobs (ZcWriter *writer, ZcJob **jobs, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_clear_error (&jobs[i]->error);
      run_job (jobs[i], writer->store, &jobs[i]->error);
      if (!zc_store_in_transaction (writer->store))
        {
          g_propagate_error (error, g_error_copy (jobs[i]->error));
          return FAILED;
        }
      if (zc_store_is_spoilt (writer->store))
        return SPOILT;
    }
  return DONE;
}

/* First without savepoints: jobs that fail mostly do so before they write. Where one had written
 * something all run once more, each with its own. */
static Outcome
try_jobs (ZcWriter *writer, ZcJob **jobs, guint n, GError **error)
{
  Outcome outcome
      = zc_store_begin_bold (writer->store, error) ? run_jobs (writer, jobs, n, error) : FAILED;

  if (outcome != SPOILT)
    return outcome;
  zc_store_rollback (writer->store);
  return zc_store_begin (writer->store, error) ? run_jobs (writer, jobs, n, error) : FAILED;
}

/* Runs @n jobs and commits. FALSE: nothing of them is stored, and @error says why; else each job
 * has its own error. */
static gboolean
commit_jobs (ZcWriter *writer, ZcJob **jobs, guint n, GError **error)
{
  if (try_jobs (writer, jobs, n, error) == FAILED)
    return FALSE;
  if (zc_store_commit (writer->store, error))
    {
      __atomic_store_n (&writer->access_stamp, zc_store_access_changes (writer->store),
                        __ATOMIC_RELEASE);
      return TRUE;
    }
  zc_store_rollback (writer->store);
  return FALSE;
}

static void
note_failure (ZcWriter *writer, const GError *error)
{
  g_warning ("the writer could not commit: %s", error->message);
  if (!g_error_matches (error, ZC_STORE_ERROR, ZC_STORE_ERROR_IO))
    return;
  g_warning ("the disk failed: nothing is stored any more until the server is started again");
  g_atomic_int_set (&writer->broken, TRUE);
}

/* One by one, so that a job which the disk or the database cannot bear harms no other. */
static void
commit_singly (ZcWriter *writer, ZcJob **jobs, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      if (zc_writer_is_broken (writer))
        g_set_error (&error, ZC_STORE_ERROR, ZC_STORE_ERROR_IO, "the disk has failed");
      else if (commit_jobs (writer, &jobs[i], 1, &error))
        continue;
      else
        note_failure (writer, error);
      g_clear_error (&jobs[i]->error);
      jobs[i]->error = g_steal_pointer (&error);
    }
}

static void
wake_waiters (ZcWriter *writer)
{
  g_autoptr (GPtrArray) notes = zc_store_take_notes (writer->store);

  if (notes == NULL)
    return;
  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (notes->pdata[i], "outbox"))
      {
        if (writer->server->outbox != NULL)
          zc_outbox_wake (writer->server->outbox);
      }
    else if (writer->server->waiting != NULL)
      zc_waiting_note (writer->server->waiting, notes->pdata[i]);
  if (writer->server->waiting != NULL)
    zc_waiting_wake (writer->server->waiting);
}

static void
wake_checkpointer (ZcWriter *writer)
{
  gint64 bytes = zc_store_log_bytes (writer->store);

  if (bytes < LOG_PASSIVE)
    return;
  g_mutex_lock (&writer->mutex);
  writer->log_bytes = bytes;
  if (bytes < writer->log_done)
    writer->log_done = 0;
  g_cond_signal (&writer->log_cond);
  g_mutex_unlock (&writer->mutex);
}

static void
write_batch (ZcWriter *writer, ZcJob **jobs, guint n)
{
  g_autoptr (GError) error = NULL;

  if (zc_writer_is_broken (writer))
    commit_singly (writer, jobs, n);
  else if (!commit_jobs (writer, jobs, n, &error))
    {
      note_failure (writer, error);
      commit_singly (writer, jobs, n);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) failure = g_steal_pointer (&jobs[i]->error);

      jobs[i]->finish (jobs[i], failure); /* the job may be gone now */
    }
  wake_waiters (writer);
  wake_checkpointer (writer);
}

/* 0: stop. */
static guint
take_batch (ZcWriter *writer, ZcJob *jobs[MAX_BATCH])
{
  guint n = 0;

  g_mutex_lock (&writer->mutex);
  while (writer->queue.length == 0 && !writer->stopping)
    g_cond_wait (&writer->cond, &writer->mutex);
  while (n < MAX_BATCH && writer->queue.length > 0)
    jobs[n++] = g_queue_pop_head (&writer->queue);
  g_mutex_unlock (&writer->mutex);
  return n;
}

static gpointer
run_writer (gpointer data)
{
  ZcWriter *writer = data;
  ZcJob *jobs[MAX_BATCH];
  guint n;

  zc_memory_reserve ();
  while ((n = take_batch (writer, jobs)) > 0)
    write_batch (writer, jobs, n);
  return NULL;
}

/* 0: stop. */
static gint64
wait_for_log (ZcWriter *writer)
{
  gint64 bytes;

  g_mutex_lock (&writer->mutex);
  while (!writer->stopping && writer->log_bytes < MAX (LOG_PASSIVE, writer->log_done + LOG_STEP))
    g_cond_wait (&writer->log_cond, &writer->mutex);
  bytes = writer->stopping ? 0 : writer->log_bytes;
  writer->log_done = bytes;
  g_mutex_unlock (&writer->mutex);
  return bytes;
}

static gpointer
run_checkpointer (gpointer data)
{
  ZcWriter *writer = data;
  gint64 bytes;

  while ((bytes = wait_for_log (writer)) > 0)
    {
      g_autoptr (GError) error = NULL;

      if (!zc_store_checkpoint (writer->log_store, bytes > LOG_RESTART, &error))
        g_warning ("checkpoint: %s", error->message);
    }
  return NULL;
}

ZcWriter *
zc_writer_start (ZcServer *server, GError **error)
{
  ZcStore *store = zc_server_open_store (server, FALSE, error);
  ZcStore *log_store = store != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  ZcWriter *writer;

  if (log_store == NULL)
    {
      zc_store_close (store);
      return NULL;
    }
  writer = g_new0 (ZcWriter, 1);
  writer->server = server;
  writer->store = store;
  writer->log_store = log_store;
  writer->limit = (guint)server->config->queue;
  g_mutex_init (&writer->mutex);
  g_cond_init (&writer->cond);
  g_cond_init (&writer->log_cond);
  g_queue_init (&writer->queue);
  writer->thread = g_thread_new ("writer", run_writer, writer);
  writer->log_thread = g_thread_new ("checkpointer", run_checkpointer, writer);
  return writer;
}

void
zc_writer_stop (ZcWriter *writer)
{
  if (writer == NULL)
    return;
  g_mutex_lock (&writer->mutex);
  writer->stopping = TRUE;
  g_cond_signal (&writer->cond);
  g_cond_signal (&writer->log_cond);
  g_mutex_unlock (&writer->mutex);
  g_thread_join (writer->thread);
  g_thread_join (writer->log_thread);
  zc_store_close (writer->log_store);
  zc_store_close (writer->store);
  g_mutex_clear (&writer->mutex);
  g_cond_clear (&writer->cond);
  g_cond_clear (&writer->log_cond);
  g_free (writer);
}

static gboolean
push (ZcWriter *writer, ZcJob *job, gboolean bounded)
{
  gboolean taken;

  g_mutex_lock (&writer->mutex);
  taken = !bounded || writer->queue.length < writer->limit;
  if (taken)
    {
      g_queue_push_tail (&writer->queue, job);
      if (writer->queue.length == 1)
        g_cond_signal (&writer->cond);
    }
  g_mutex_unlock (&writer->mutex);
  return taken;
}

gboolean
zc_writer_push (ZcWriter *writer, ZcJob *job, GError **error)
{
  if (zc_writer_is_broken (writer))
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_IO, "the disk has failed");
  else if (!push (writer, job, TRUE))
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_BUSY, "the writer's queue is full");
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  ZcJob job;
  ZcWriteFunc func;
  gpointer data;
  GError *error;
  GMutex mutex;
  GCond cond;
  gboolean done;
} Call;

static gboolean
run_call (ZcJob *job, ZcStore *store, GError **error)
{
  Call *call = (Call *)job;

  return call->func (store, call->data, error);
}

static void
finish_call (ZcJob *job, const GError *error)
{
  Call *call = (Call *)job;

  g_mutex_lock (&call->mutex);
  call->error = error != NULL ? g_error_copy (error) : NULL;
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->mutex);
}

gboolean
zc_writer_run (ZcWriter *writer, ZcWriteFunc func, gpointer data, GError **error)
{
  Call call = { .job = { .run = run_call, .finish = finish_call }, .func = func, .data = data };

  g_mutex_init (&call.mutex);
  g_cond_init (&call.cond);
  push (writer, &call.job, FALSE);
  g_mutex_lock (&call.mutex);
  while (!call.done)
    g_cond_wait (&call.cond, &call.mutex);
  g_mutex_unlock (&call.mutex);
  g_mutex_clear (&call.mutex);
  g_cond_clear (&call.cond);
  if (call.error == NULL)
    return TRUE;
  g_propagate_error (error, call.error);
  return FALSE;
}

guint64
zc_writer_access_stamp (ZcWriter *writer)
{
  return __atomic_load_n (&writer->access_stamp, __ATOMIC_ACQUIRE);
}

gboolean
zc_writer_is_broken (ZcWriter *writer)
{
  return g_atomic_int_get (&writer->broken);
}
