/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "zc-memory.h"
#include "zc-readers.h"
#include "zc-server.h"

/* Threads that read: whatever is not the writer's and must not hold up the front. */

typedef struct
{
  ZcReadFunc func;
  gpointer data;
} Task;

typedef struct
{
  ZcReaders *readers;
  ZcStore *store;
  GThread *thread;
} Reader;

struct _ZcReaders
{
  GMutex mutex;
  GCond cond;
  GArray *tasks; /* a ring of Task */
  guint head, length, limit;
  gboolean stopping;
  Reader *readers;
  guint n_readers;
  int nice;
};

static void
grow (ZcReaders *readers)
{
  guint old = readers->tasks->len;

  g_array_set_size (readers->tasks, old * 2);
  /* what had wrapped around moves behind the old end */
  for (guint i = 0; i < readers->head; i++)
    g_array_index (readers->tasks, Task, old + i) = g_array_index (readers->tasks, Task, i);
}

static gboolean
take_task (ZcReaders *readers, Task *task)
{
  gboolean taken;

  g_mutex_lock (&readers->mutex);
  while (readers->length == 0 && !readers->stopping)
    g_cond_wait (&readers->cond, &readers->mutex);
  taken = readers->length > 0;
  if (taken)
    {
      *task = g_array_index (readers->tasks, Task, readers->head);
      readers->head = (readers->head + 1) % readers->tasks->len;
      readers->length--;
    }
  g_mutex_unlock (&readers->mutex);
  return taken;
}

/* On Linux a thread has a priority of its own. */
static void
yield_to_others (int nice)
{
  if (nice > 0 && setpriority (PRIO_PROCESS, (id_t)gettid (), nice) != 0)
    g_warning ("setpriority: %s", g_strerror (errno));
}

static gpointer
run_reader (gpointer data)
{
  Reader *reader = data;
  Task task;

  yield_to_others (reader->readers->nice);
  zc_memory_reserve ();
  while (take_task (reader->readers, &task))
    task.func (task.data, reader->store);
  return NULL;
}

ZcReaders *
zc_readers_start (
    ZcServer *server, const char *name, int threads, int limit, int nice, GError **error)
{
  ZcReaders *readers = g_new0 (ZcReaders, 1);

  g_mutex_init (&readers->mutex);
  g_cond_init (&readers->cond);
  readers->tasks = g_array_new (FALSE, TRUE, sizeof (Task));
  g_array_set_size (readers->tasks, 64);
  readers->limit = (guint)limit;
  readers->nice = nice;
  readers->readers = g_new0 (Reader, threads);
  for (int i = 0; i < threads; i++)
    {
      Reader *reader = &readers->readers[i];

      reader->readers = readers;
      reader->store = zc_server_open_store (server, TRUE, error);
      if (reader->store == NULL)
        {
          zc_readers_stop (readers);
          return NULL;
        }
      reader->thread = g_thread_new (name, run_reader, reader);
      readers->n_readers++;
    }
  return readers;
}

void
zc_readers_stop (ZcReaders *readers)
{
  if (readers == NULL)
    return;
  g_mutex_lock (&readers->mutex);
  readers->stopping = TRUE;
  g_cond_broadcast (&readers->cond);
  g_mutex_unlock (&readers->mutex);
  for (guint i = 0; i < readers->n_readers; i++)
    {
      g_thread_join (readers->readers[i].thread);
      zc_store_close (readers->readers[i].store);
    }
  g_array_unref (readers->tasks);
  g_free (readers->readers);
  g_mutex_clear (&readers->mutex);
  g_cond_clear (&readers->cond);
  g_free (readers);
}

gboolean
zc_readers_push (ZcReaders *readers, ZcReadFunc func, gpointer data, gboolean bounded)
{
  gboolean taken;

  g_mutex_lock (&readers->mutex);
  taken = !bounded || readers->length < readers->limit;
  if (taken)
    {
      if (readers->length == readers->tasks->len)
        grow (readers);
      g_array_index (readers->tasks, Task, (readers->head + readers->length) % readers->tasks->len)
          = (Task){ func, data };
      readers->length++;
      g_cond_signal (&readers->cond);
    }
  g_mutex_unlock (&readers->mutex);
  return taken;
}
