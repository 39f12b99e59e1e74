/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "zc-id.h"
#include "zc-local-store.h"
#include "zc-store-db.h"

/* The store's thread and its two queues. Everything that waits in the first is written as one transaction, so that a burst of
 * edits costs one sync; image files go one by one, and never make text wait for more than one of them. */

typedef struct
{
  ZcStoreWork    work;
  GDestroyNotify free_result; /* (nullable): the result is TRUE or nothing */
  ZcStoreArgs    args;
  GPtrArray     *tasks;       /* GTask: more than one when edits of a section were written as one */
  gpointer       result;
  GError        *error;
  ZcStoreEffect  effect;
} Job;

struct _ZcLocalStore
{
  GObject parent_instance;

  char         *folder;
  GMainContext *context; /* where signals are emitted */
  GThread      *thread;
  int           lock;    /* file descriptor */
  GHashTable   *left;    /* dossier → gint64: last edit that a former run left unsent */

  GMutex    mutex;       /* guards what follows */
  GCond     cond;
  GQueue    texts;       /* Job */
  GQueue    images;      /* Job */
  gboolean  closing;
  GTask    *close_task;  /* (nullable) */
};

enum
{
  SECTION_EDITED,
  SECTION_REPLACED,
  IMAGE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcLocalStore, zc_local_store, G_TYPE_OBJECT)

static void
job_free (Job *job)
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

/* --- back on the main context --- */

static void
announce (ZcLocalStore *self, const Job *job)
{
  static const guint of_effect[] = {
    [ZC_STORE_SECTION_EDITED] = SECTION_EDITED,
    [ZC_STORE_SECTION_REPLACED] = SECTION_REPLACED,
    [ZC_STORE_IMAGE_CHANGED] = IMAGE_CHANGED,
  };

  if (job->error == NULL && job->effect != ZC_STORE_NOTHING)
    g_signal_emit (self, signals[of_effect[job->effect]], 0, job->args.dossier, job->args.item);
}

static void
answer (Job *job)
{
  g_autoptr (ZcLocalStore) self = g_object_ref (g_task_get_source_object (g_ptr_array_index (job->tasks, 0)));

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
  announce (self, job);
}

static gboolean
answer_cb (gpointer user_data)
{
  GPtrArray *jobs = user_data;

  for (guint i = 0; i < jobs->len; i++)
    answer (g_ptr_array_index (jobs, i));
  return G_SOURCE_REMOVE;
}

/* The last reference to a job's tasks, and with them perhaps to the store, must not be dropped on the store's thread: the
 * jobs go to the main context whole. */
static void
answer_all (ZcLocalStore *self, GPtrArray *jobs)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, answer_cb, jobs, (GDestroyNotify) g_ptr_array_unref);
  g_source_attach (source, self->context);
}

/* --- on the store's thread --- */

static void
run (ZcStoreDb *db, Job *job)
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
      Job *job = g_ptr_array_index (jobs, i);
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
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);

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

typedef struct
{
  ZcLocalStore *store; /* borrowed: its thread ends before it */
  ZcStoreDb    *db;
} ThreadData;

static gboolean closed_cb (gpointer user_data);

static gpointer
thread_main (gpointer user_data)
{
  g_autofree ThreadData *data = user_data;
  GTask *close_task;
  GPtrArray *jobs;

  while ((jobs = take_jobs (data->store)) != NULL)
    {
      run_all (data->db, jobs);
      answer_all (data->store, jobs);
    }
  zc_store_db_close (data->db);
  g_mutex_lock (&data->store->mutex);
  close_task = g_steal_pointer (&data->store->close_task);
  g_mutex_unlock (&data->store->mutex);
  if (close_task != NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_callback (source, closed_cb, close_task, g_object_unref);
      g_source_attach (source, data->store->context);
    }
  return NULL;
}

/* --- queueing --- */

static gboolean
is_of_section (const Job *job, const Job *edit)
{
  return g_strcmp0 (job->args.dossier, edit->args.dossier) == 0 &&
         (job->args.item == NULL || strcmp (job->args.item, edit->args.item) == 0);
}

/* An edit of a section whose former edit still waits takes its place, if nothing else of that section lies between. */
static gboolean
coalesce (GQueue *queue, Job *edit)
{
  for (GList *l = queue->tail; edit->work == zc_store_put_section && l != NULL; l = l->prev)
    {
      Job *waiting = l->data;

      if (!is_of_section (waiting, edit))
        continue;
      if (waiting->work != zc_store_put_section || waiting->args.number != edit->args.number ||
          waiting->args.form != edit->args.form)
        return FALSE;
      g_set_str (&waiting->args.text, edit->args.text);
      g_ptr_array_extend_and_steal (waiting->tasks, g_steal_pointer (&edit->tasks));
      return TRUE;
    }
  return FALSE;
}

static void
refuse_closed (Job *job)
{
  for (guint i = 0; i < job->tasks->len; i++)
    g_task_return_new_error (g_ptr_array_index (job->tasks, i), ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_CLOSED,
                             "the local store is closed");
  job_free (job);
}

static void
push (ZcLocalStore *self, GQueue *queue, Job *job)
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

static Job *
new_job (ZcLocalStore *self,
         ZcStoreWork work,
         GDestroyNotify free_result,
         const char *dossier,
         const char *item,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->free_result = free_result;
  job->args.dossier = g_strdup (dossier);
  job->args.item = g_strdup (item);
  job->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (job->tasks, g_task_new (self, NULL, callback, user_data));
  return job;
}

/* --- opening and closing --- */

static char *
folder_of (const char *root, const char *server, const char *account)
{
  g_autofree char *both = g_strconcat (server, "\n", account, NULL);
  g_autofree char *digest = zc_sha256_hex (both, strlen (both));
  g_autofree char *home = root != NULL ? g_strdup (root) : g_build_filename (g_get_user_data_dir (), "zhicheng", NULL);

  digest[32] = '\0'; /* half of it tells accounts apart; a folder's name should stay readable */
  return g_build_filename (home, digest, NULL);
}

static int
take_lock (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0 || (fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600)) < 0)
    {
      g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_DISK, "%s: %s", folder, g_strerror (errno));
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  close (fd);
  g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_IN_USE, "another process has the local store open");
  return -1;
}

/* Before anything is sent: what a former run left is told even when it reaches the server at once (P2). */
static gboolean
read_left (ZcLocalStore *self, ZcStoreDb *db, GError **error)
{
  const ZcStoreArgs none = { 0 };
  ZcStoreEffect effect;
  g_autoptr (GPtrArray) rows = zc_store_list_unsent (db, &none, &effect, error); /* the last edit last */

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      g_hash_table_replace (self->left, g_strdup (row->dossier), g_memdup2 (&row->edited_at, sizeof row->edited_at));
    }
  return rows != NULL;
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  ZcLocalStore *self = task_data;
  GError *error = NULL;
  ThreadData *data;
  ZcStoreDb *db;

  self->lock = take_lock (self->folder, &error);
  db = self->lock >= 0 ? zc_store_db_open (self->folder, &error) : NULL;
  if (db != NULL && !read_left (self, db, &error))
    g_clear_pointer (&db, zc_store_db_close);
  if (db == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  data = g_new0 (ThreadData, 1);
  data->store = self;
  data->db = db;
  self->thread = g_thread_new ("zc-store", thread_main, data);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
stop_thread (ZcLocalStore *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

/* The thread has done its last: joining it does not wait. */
static gboolean
closed_cb (gpointer user_data)
{
  GTask *task = user_data;

  stop_thread (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
zc_local_store_finalize (GObject *object)
{
  ZcLocalStore *self = ZC_LOCAL_STORE (object);

  stop_thread (self);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->left);
  g_free (self->folder);
  G_OBJECT_CLASS (zc_local_store_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, ZC_TYPE_LOCAL_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                       G_TYPE_STRING);
}

static void
zc_local_store_class_init (ZcLocalStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_local_store_finalize;
  signals[SECTION_EDITED] = new_signal ("section-edited");
  signals[SECTION_REPLACED] = new_signal ("section-replaced");
  signals[IMAGE_CHANGED] = new_signal ("image-changed");
}

static void
zc_local_store_init (ZcLocalStore *self)
{
  self->lock = -1;
  self->context = g_main_context_ref_thread_default ();
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->texts);
  g_queue_init (&self->images);
}

/**
 * zc_local_store_open_async:
 * @root: (nullable): folder of all stores; NULL: the user's data folder
 * @server: the server's address
 * @account: id of the account
 * @cancellable: (nullable): gives up
 * @callback: called when it is open
 * @user_data: for @callback
 *
 * Opens what is kept here of one account at one server, makes it where there is none, and holds its lock.
 */
void
zc_local_store_open_async (const char *root,
                           const char *server,
                           const char *account,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ZcLocalStore *self = g_object_new (ZC_TYPE_LOCAL_STORE, NULL);

  self->folder = folder_of (root, server, account);
  g_task_set_task_data (task, self, g_object_unref);
  g_task_run_in_thread (task, open_thread);
}

ZcLocalStore *
zc_local_store_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zc_local_store_close_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  gboolean first;

  g_mutex_lock (&self->mutex);
  first = !self->closing;
  self->closing = TRUE;
  if (first)
    self->close_task = g_object_ref (task);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  if (!first)
    g_task_return_boolean (task, TRUE);
}

gboolean
zc_local_store_close_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const char *
zc_local_store_get_folder (ZcLocalStore *self)
{
  return self->folder;
}

/**
 * zc_local_store_take_recovered:
 * @self: a store
 * @dossier: its id
 *
 * Returns: when the last edit of it was made that a former run of the program left unsent; told once, 0 afterwards
 */
ZcTime
zc_local_store_take_recovered (ZcLocalStore *self, const char *dossier)
{
  const ZcTime *found = g_hash_table_lookup (self->left, dossier);
  ZcTime at = found != NULL ? *found : 0;

  g_hash_table_remove (self->left, dossier);
  return at;
}

/* --- the calls --- */

void
zc_local_store_put_dossier_async (ZcLocalStore *self,
                                  const char *dossier,
                                  const char *json,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Job *job = new_job (self, zc_store_put_dossier, NULL, dossier, NULL, callback, user_data);

  job->args.text = g_strdup (json);
  push (self, &self->texts, job);
}

void
zc_local_store_remove_dossier_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts, new_job (self, zc_store_remove_dossier, NULL, dossier, NULL, callback, user_data));
}

void
zc_local_store_put_business_async (ZcLocalStore *self,
                                   const char *id,
                                   int revision,
                                   const char *text,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Job *job = new_job (self, zc_store_put_business, NULL, NULL, id, callback, user_data);

  job->args.number = revision;
  job->args.text = g_strdup (text);
  push (self, &self->texts, job);
}

void
zc_local_store_take_form_async (ZcLocalStore *self,
                                const char *dossier,
                                const char *business,
                                int revision,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Job *job = new_job (self, zc_store_take_form, NULL, dossier, business, callback, user_data);

  job->args.number = revision;
  push (self, &self->texts, job);
}

void
zc_local_store_put_setting_async (ZcLocalStore *self,
                                  const char *name,
                                  const char *value,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Job *job = new_job (self, zc_store_put_setting, NULL, NULL, name, callback, user_data);

  job->args.text = g_strdup (value);
  push (self, &self->texts, job);
}

gboolean
zc_local_store_write_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
zc_local_store_list_dossiers_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts,
        new_job (self, zc_store_list_dossiers, (GDestroyNotify) g_ptr_array_unref, NULL, NULL, callback, user_data));
}

GPtrArray *
zc_local_store_list_dossiers_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zc_local_store_get_dossier_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts, new_job (self, zc_store_get_dossier, g_free, dossier, NULL, callback, user_data));
}

void
zc_local_store_get_business_async (ZcLocalStore *self,
                                   const char *id,
                                   int revision,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Job *job = new_job (self, zc_store_get_business, g_free, NULL, id, callback, user_data);

  job->args.number = revision;
  push (self, &self->texts, job);
}

void
zc_local_store_note_epoch_async (ZcLocalStore *self, const char *epoch, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = new_job (self, zc_store_note_epoch, g_free, NULL, NULL, callback, user_data);

  job->args.text = g_strdup (epoch);
  push (self, &self->texts, job);
}

void
zc_local_store_list_doubtful_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts,
        new_job (self, zc_store_list_doubtful, (GDestroyNotify) g_ptr_array_unref, NULL, NULL, callback, user_data));
}

void
zc_local_store_move_dossier_async (ZcLocalStore *self,
                                   const char *dossier,
                                   const char *begun,
                                   const char *json,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  Job *job = new_job (self, zc_store_move_dossier, NULL, dossier, begun, callback, user_data);

  job->args.text = g_strdup (json);
  push (self, &self->texts, job);
}

void
zc_local_store_get_setting_async (ZcLocalStore *self, const char *name, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts, new_job (self, zc_store_get_setting, g_free, NULL, name, callback, user_data));
}

char *
zc_local_store_get_text_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zc_local_store_put_section_async (ZcLocalStore *self,
                                  const char *dossier,
                                  const char *section,
                                  const char *body,
                                  const char *base,
                                  gint64 revision,
                                  int form,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Job *job = new_job (self, zc_store_put_section, NULL, dossier, section, callback, user_data);

  job->args.text = g_strdup (body);
  job->args.state = g_strdup (base);
  job->args.number = revision;
  job->args.form = form;
  push (self, &self->texts, job);
}

void
zc_local_store_load_sections_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts,
        new_job (self, zc_store_load_sections, (GDestroyNotify) g_ptr_array_unref, dossier, NULL, callback, user_data));
}

void
zc_local_store_list_unsent_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts,
        new_job (self, zc_store_list_unsent, (GDestroyNotify) g_ptr_array_unref, NULL, NULL, callback, user_data));
}

GPtrArray *
zc_local_store_list_sections_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static Job *
new_server_word (ZcLocalStore *self,
                 ZcStoreWork work,
                 const char *dossier,
                 const char *section,
                 const char *body,
                 gint64 version,
                 const char *state,
                 const char *problems,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  Job *job = new_job (self, work, NULL, dossier, section, callback, user_data);

  job->args.text = g_strdup (body);
  job->args.number = version;
  job->args.state = g_strdup (state);
  job->args.problems = g_strdup (problems);
  return job;
}

void
zc_local_store_section_sent_async (ZcLocalStore *self,
                                   const char *dossier,
                                   const char *section,
                                   const char *sent,
                                   gint64 version,
                                   const char *state,
                                   const char *problems,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  push (self, &self->texts,
        new_server_word (self, zc_store_section_sent, dossier, section, sent, version, state, problems, callback, user_data));
}

void
zc_local_store_section_pulled_async (ZcLocalStore *self,
                                     const char *dossier,
                                     const char *section,
                                     const char *body,
                                     gint64 version,
                                     const char *state,
                                     const char *problems,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  push (self, &self->texts,
        new_server_word (self, zc_store_section_pulled, dossier, section, body, version, state, problems, callback, user_data));
}

void
zc_local_store_section_refused_async (ZcLocalStore *self,
                                      const char *dossier,
                                      const char *section,
                                      const char *sent,
                                      const char *refusal,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  push (self, &self->texts,
        new_server_word (self, zc_store_section_refused, dossier, section, sent, 0, refusal, NULL, callback, user_data));
}

void
zc_local_store_discard_section_async (ZcLocalStore *self,
                                      const char *dossier,
                                      const char *section,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  push (self, &self->texts, new_job (self, zc_store_discard_section, NULL, dossier, section, callback, user_data));
}

void
zc_local_store_settle_conflicts_async (ZcLocalStore *self,
                                       const char *dossier,
                                       const char *section,
                                       const ZcSettling *settling,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  push (self, &self->texts,
        new_server_word (self, zc_store_settle_conflicts, dossier, section, settling->body, settling->revision, settling->left,
                         settling->shown, callback, user_data));
}

void
zc_local_store_put_image_async (ZcLocalStore *self,
                                const char *dossier,
                                const char *sha256,
                                GBytes *jpeg,
                                gboolean uploaded,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Job *job = new_job (self, zc_store_put_image, NULL, dossier, sha256, callback, user_data);

  job->args.bytes = g_bytes_ref (jpeg);
  job->args.flag = uploaded;
  push (self, &self->images, job);
}

void
zc_local_store_image_sent_async (ZcLocalStore *self,
                                 const char *dossier,
                                 const char *sha256,
                                 const char *refusal,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Job *job = new_job (self, zc_store_image_sent, NULL, dossier, sha256, callback, user_data);

  job->args.state = g_strdup (refusal);
  push (self, &self->images, job);
}

void
zc_local_store_image_lost_async (ZcLocalStore *self,
                                 const char *dossier,
                                 const char *sha256,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  push (self, &self->images, new_job (self, zc_store_image_lost, NULL, dossier, sha256, callback, user_data));
}

void
zc_local_store_discard_images_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->texts, new_job (self, zc_store_discard_images, NULL, dossier, NULL, callback, user_data));
}

void
zc_local_store_list_unsent_images_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->images,
        new_job (self, zc_store_list_unsent_images, (GDestroyNotify) g_ptr_array_unref, NULL, NULL, callback, user_data));
}

void
zc_local_store_list_images_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, &self->images,
        new_job (self, zc_store_list_images, (GDestroyNotify) g_ptr_array_unref, dossier, NULL, callback, user_data));
}

GPtrArray *
zc_local_store_list_images_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zc_local_store_read_image_async (ZcLocalStore *self,
                                 const char *dossier,
                                 const char *sha256,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  push (self, &self->images,
        new_job (self, zc_store_read_image, (GDestroyNotify) g_bytes_unref, dossier, sha256, callback, user_data));
}

GBytes *
zc_local_store_read_image_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
