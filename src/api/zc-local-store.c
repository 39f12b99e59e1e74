/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "zc-id.h"
#include "zc-local-store-private.h"

/* The store as a whole: its folder and lock, its thread, its signals. */

enum
{
  SECTION_EDITED,
  SECTION_REPLACED,
  IMAGE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcLocalStore, zc_local_store, G_TYPE_OBJECT)

void
zc_local_store_announce (ZcLocalStore *self, ZcStoreEffect effect, const char *dossier, const char *item)
{
  static const guint of_effect[] = {
    [ZC_STORE_SECTION_EDITED] = SECTION_EDITED,
    [ZC_STORE_SECTION_REPLACED] = SECTION_REPLACED,
    [ZC_STORE_IMAGE_CHANGED] = IMAGE_CHANGED,
  };

  if (effect != ZC_STORE_NOTHING)
    g_signal_emit (self, signals[of_effect[effect]], 0, dossier, item);
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

  zc_store_run_jobs (data->store, data->db);
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
  self->opened_at = zc_time_now ();
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

/**
 * zc_local_store_get_opened_at:
 *
 * Returns: what was kept before that is of a former run of the program (P2)
 */
ZcTime
zc_local_store_get_opened_at (ZcLocalStore *self)
{
  return self->opened_at;
}
