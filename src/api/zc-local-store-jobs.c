/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-local-store-private.h"

/* How jobs wait, run and are answered. Everything that waits in the first queue is written as
 * one transaction, so that a burst of edits costs one sync; image files go one by one, and never
 * make text wait for more than one of them. */

static void
job_free (ZcStoreJob *job)
{
  g_free (job->args.dossier);
  g_free (job->args.item);
  g_free (job->args.text);
  g_free (job->args.state);
  g_free (job->args.problems);
  g_clear_pointer (&job->args.bytes, g_bytes_unref);
  g_clear_pointer (&job->tasks, g_ptr_array_unref);
  g_clear_error (&job->error);
  g_free (job);
}

/* --- queueing: any thread --- */

static gboolean
is_of_section (const ZcStoreJob *job, const ZcStoreJob *edit)
{
  return g_strcmp0 (job->args.dossier, edit->args.dossier) == 0
         && (job->args.item == NULL || strcmp (job->args.item, edit->args.item) == 0);
}

/* An edit of a section whose former edit still waits takes its place, if nothing else of that
 * section lies between. */
static gboolean
coalesce (GQueue *queue, ZcStoreJob *edit)
{
  for (GList *l = queue->tail; edit->work == zc_store_put_section && l != NULL; l = l->prev)
    {
      ZcStoreJob *waiting = l->data;

      if (!is_of_section (waiting, edit))
        continue;
      if (waiting->work != zc_store_put_section || waiting->args.number != edit->args.number
          || waiting->args.form != edit->args.form)
        return FALSE;
      g_set_str (&waiting->args.text, edit->args.text);
      g_ptr_array_extend_and_steal (waiting->tasks, g_steal_pointer (&edit->tasks));
      return TRUE;
    }
  return FALSE;
}

static void
refuse_closed (ZcStoreJob *job)
{
  for (guint i = 0; i < job->tasks->len; i++)
    g_task_return_new_error (g_ptr_array_index (job->tasks, i), ZC_LOCAL_STORE_ERROR,
                             ZC_LOCAL_STORE_ERROR_CLOSED, "the local store is closed");
  job_free (job);
}

void
zc_store_job_push (ZcLocalStore *self, GQueue *queue, ZcStoreJob *job)
{
  gboolean open;

  g_mutex_lock (&self->mutex);
  open = !self->closing;
  if (open && coalesce (queue, job))
    g_clear_pointer (&job, job_free);
  else if (open)
    g_queue_push_tail (queue, job);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (!open)
    refuse_closed (job);
}

/**
 * zc_store_job_new:
 * @self: a store
 * @work: what its thread does
 * @free_result: (nullable): frees what @work returns; %NULL: it only writes
 * @dossier: (nullable): its id
 * @item: (nullable): section, digest, business or setting
 * @callback: called once it is durable, or has failed
 * @user_data: for @callback
 *
 * Returns: (transfer full): a job whose further arguments are to be filled in, for zc_store_job_push()
 */
ZcStoreJob *
zc_store_job_new (ZcLocalStore *self,
                  ZcStoreWork work,
                  GDestroyNotify free_result,
                  const char *dossier,
                  const char *item,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  ZcStoreJob *job = g_new0 (ZcStoreJob, 1);

  job->work = work;
  job->free_result = free_result;
  job->args.dossier = g_strdup (dossier);
  job->args.item = g_strdup (item);
  job->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (job->tasks, g_task_new (self, NULL, callback, user_data));
  return job;
}

/* --- back on the main context --- */

static void
answer (ZcStoreJob *job)
{
  g_autoptr (ZcLocalStore) self
      = g_object_ref (g_task_get_source_object (g_ptr_array_index (job->tasks, 0)));

  for (guint i = 0; i < job->tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (job->tasks, i);

      if (job->error != NULL)
        g_task_return_error (task, g_error_copy (job->error));
      else if (job->free_result == NULL)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_pointer (task, g_steal_pointer (&job->result), job->free_result);
    }
  if (job->error == NULL)
    zc_local_store_announce (self, job->effect, job->args.dossier, job->args.item);
}

static gboolean
answer_cb (gpointer user_data)
{
  GPtrArray *jobs = user_data;

  for (guint i = 0; i < jobs->len; i++)
    answer (g_ptr_array_index (jobs, i));
  return G_SOURCE_REMOVE;
}

/* The last reference to a job's tasks, and with them perhaps to the store, must not be dropped
 * on the store's thread: the jobs go to the main context whole. */
static void
answer_all (ZcLocalStore *self, GPtrArray *jobs)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, jobs, (GDestroyNotify)g_ptr_array_unref);
  g_source_attach (source, self->context);
}

/* --- on the store's thread --- */

static void
run (ZcStoreDb *db, ZcStoreJob *job)
{
  if (!zc_store_db_run (db, "SAVEPOINT job", &job->error))
    return;
  job->result = job->work (db, &job->args, &job->effect, &job->error);
  if (job->error != NULL)
    zc_store_db_run (db, "ROLLBACK TO job", NULL);
  zc_store_db_run (db, "RELEASE job", job->error == NULL ? &job->error : NULL);
}

/* Nothing of a transaction that was not committed counts, whatever its jobs returned. */
static void
fail_all (GPtrArray *jobs, const GError *error, gboolean ran)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      ZcStoreJob *job = g_ptr_array_index (jobs, i);
      gboolean only_read = job->free_result != NULL;

      if (job->error == NULL && !(ran && only_read))
        job->error = g_error_copy (error);
    }
}

static void
run_all (ZcStoreDb *db, GPtrArray *jobs)
{
  g_autoptr (GError) error = NULL;

  if (!zc_store_db_run (db, "BEGIN IMMEDIATE", &error))
    {
      fail_all (jobs, error, FALSE);
      return;
    }
  for (guint i = 0; i < jobs->len; i++)
    run (db, g_ptr_array_index (jobs, i));
  if (zc_store_db_run (db, "COMMIT", &error))
    return;
  zc_store_db_run (db, "ROLLBACK", NULL);
  fail_all (jobs, error, TRUE);
}

/* All texts that wait, or one image; NULL: closing, and nothing is left. */
static GPtrArray *
take_jobs (ZcLocalStore *self)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)job_free);

  g_mutex_lock (&self->mutex);
  while (self->texts.length == 0 && self->images.length == 0 && !self->closing)
    g_cond_wait (&self->cond, &self->mutex);
  if (self->texts.length > 0)
    while (self->texts.length > 0)
      g_ptr_array_add (jobs, g_queue_pop_head (&self->texts));
  else if (self->images.length > 0)
    g_ptr_array_add (jobs, g_queue_pop_head (&self->images));
  g_mutex_unlock (&self->mutex);
  return jobs->len > 0 ? g_steal_pointer (&jobs) : NULL;
}

void
zc_store_run_jobs (ZcLocalStore *self, ZcStoreDb *db)
{
  GPtrArray *jobs;

  while ((jobs = take_jobs (self)) != NULL)
    {
      run_all (db, jobs);
      answer_all (self, jobs);
    }
}
