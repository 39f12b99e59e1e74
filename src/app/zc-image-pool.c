/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <sys/resource.h>
#include <unistd.h>

#include "zc-image-pool.h"

/* As many threads as processors, not one a picture: fifty photos dropped at once would otherwise
 * take fifty times the memory and every processor. The threads yield to the window's (nice), so
 * that it stays fluent; more urgent work goes first, equal work in the order it came.
 */

#define NICE 10

typedef struct
{
  GTask *task;
  GTaskThreadFunc work;
  ZcImageUrgency urgency;
  guint number; /* in the order of coming */
} Job;

struct _ZcImagePool
{
  GObject parent_instance;

  GThreadPool *threads;
  guint n_pushed;
  guint n_pending;
};

G_DEFINE_FINAL_TYPE (ZcImagePool, zc_image_pool, G_TYPE_OBJECT)

enum
{
  PROP_PENDING = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *first = a, *second = b;

  if (first->urgency != second->urgency)
    return first->urgency < second->urgency ? -1 : 1;
  return (first->number > second->number) - (first->number < second->number);
}

static void
yield_to_the_window (void)
{
  static GPrivate done;

  if (g_private_get (&done) == NULL)
    setpriority (PRIO_PROCESS, (id_t)gettid (), NICE); /* on Linux: of this thread alone */
  g_private_set (&done, GINT_TO_POINTER (TRUE));
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autofree Job *job = data;
  g_autoptr (GTask) task = job->task;

  yield_to_the_window ();
  if (!g_task_return_error_if_cancelled (task))
    job->work (task, g_task_get_source_object (task), g_task_get_task_data (task),
               g_task_get_cancellable (task));
}

static void
note_completed_cb (GObject *task, GParamSpec *property, gpointer data)
{
  ZcImagePool *self = ZC_IMAGE_POOL (data);

  self->n_pending--;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
zc_image_pool_finalize (GObject *object)
{
  ZcImagePool *self = ZC_IMAGE_POOL (object);

  /* Each job holds the pool by its task: none is left. Not waited for, since this may be one of the
   * threads. */
  g_thread_pool_free (self->threads, FALSE, FALSE);
  G_OBJECT_CLASS (zc_image_pool_parent_class)->finalize (object);
}

static void
zc_image_pool_get_property (GObject *object, guint id, GValue *value, GParamSpec *property)
{
  if (id == PROP_PENDING)
    g_value_set_uint (value, ZC_IMAGE_POOL (object)->n_pending);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, property);
}

static void
zc_image_pool_class_init (ZcImagePoolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = zc_image_pool_finalize;
  object_class->get_property = zc_image_pool_get_property;
  properties[PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zc_image_pool_init (ZcImagePool *self)
{
}

/**
 * zc_image_pool_new:
 * @n_threads: how many; 0: as many as there are processors
 *
 * Returns: (transfer full): the pool
 */
ZcImagePool *
zc_image_pool_new (guint n_threads)
{
  ZcImagePool *self = g_object_new (ZC_TYPE_IMAGE_POOL, NULL);
  int n = n_threads > 0 ? (int)n_threads : (int)g_get_num_processors ();

  /* exclusive: the threads keep their niceness, so they must not go back to GLib's common ones */
  self->threads = g_thread_pool_new (run_job, NULL, n, TRUE, NULL);
  g_thread_pool_set_sort_function (self->threads, compare_jobs, NULL);
  return self;
}

/**
 * zc_image_pool_get_pending:
 *
 * Returns: how many jobs have come and not been answered; the property is told of in the thread
 * that pushes
 */
guint
zc_image_pool_get_pending (ZcImagePool *self)
{
  return self->n_pending;
}

/**
 * zc_image_pool_push:
 * @task: (transfer none): its source object must be the pool
 * @urgency: where in the queue
 * @work: runs in one of the threads and returns through @task; not run when cancelled before
 *
 * To be called in one thread, that of the window.
 */
void
zc_image_pool_push (ZcImagePool *self, GTask *task, ZcImageUrgency urgency, GTaskThreadFunc work)
{
  Job *job = g_new (Job, 1);

  g_return_if_fail (g_task_get_source_object (task) == self);
  *job = (Job){ g_object_ref (task), work, urgency, self->n_pushed++ };
  self->n_pending++;
  g_signal_connect (task, "notify::completed", G_CALLBACK (note_completed_cb), self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
  g_thread_pool_push (self->threads, job, NULL);
}
