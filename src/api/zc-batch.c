/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-batch.h"

/* One act on many dossiers, each by a decision of its own. */

#define AT_ONCE 4 /* requests under way */

struct _ZcBatchItem
{
  GObject parent_instance;

  char     *dossier;
  char     *name;
  char     *title;
  GError   *error; /* (nullable) */
  gint64    version;
  ZcOutcome outcome;
};

enum
{
  ITEM_DOSSIER = 1,
  ITEM_NAME,
  ITEM_TITLE,
  ITEM_OUTCOME,
  ITEM_ERROR,
  N_ITEM_PROPS
};
static GParamSpec *item_props[N_ITEM_PROPS];

G_DEFINE_FINAL_TYPE (ZcBatchItem, zc_batch_item, G_TYPE_OBJECT)

struct _ZcBatch
{
  ZcListBase parent_instance;

  ZcClient *client;  /* (nullable) */
  char     *opinion; /* (nullable) */
  char     *person;  /* (nullable) */
  ZcAct     act;
  guint     next;    /* the first that was not sent */
  guint     under_way;
  guint     answered;
  guint     done;

  gboolean running;
  gboolean stopped;
};

enum
{
  PROP_N_ITEMS = 1,
  PROP_ANSWERED,
  PROP_DONE,
  PROP_RUNNING,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZcBatch, zc_batch, ZC_TYPE_LIST_BASE)

static guint
count_items (ZcBatch *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self));
}

/* --- the item --- */

static void
item_settle (ZcBatchItem *self, ZcOutcome outcome, GError *error)
{
  self->outcome = outcome;
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_OUTCOME]);
  g_object_notify_by_pspec (G_OBJECT (self), item_props[ITEM_ERROR]);
}

static void
zc_batch_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcBatchItem *self = ZC_BATCH_ITEM (object);

  switch (id)
    {
    case ITEM_DOSSIER:
      g_value_set_string (value, self->dossier);
      break;
    case ITEM_NAME:
      g_value_set_string (value, self->name);
      break;
    case ITEM_TITLE:
      g_value_set_string (value, self->title);
      break;
    case ITEM_OUTCOME:
      g_value_set_int (value, (int) self->outcome);
      break;
    case ITEM_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_batch_item_finalize (GObject *object)
{
  ZcBatchItem *self = ZC_BATCH_ITEM (object);

  g_free (self->dossier);
  g_free (self->name);
  g_free (self->title);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (zc_batch_item_parent_class)->finalize (object);
}

static void
zc_batch_item_class_init (ZcBatchItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zc_batch_item_get_property;
  object_class->finalize = zc_batch_item_finalize;
  item_props[ITEM_DOSSIER] = g_param_spec_string ("dossier", NULL, NULL, NULL, told);
  item_props[ITEM_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, told);
  item_props[ITEM_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, told);
  item_props[ITEM_OUTCOME] = g_param_spec_int ("outcome", NULL, NULL, ZC_OUTCOME_NONE, ZC_OUTCOME_REFUSED, ZC_OUTCOME_NONE, told);
  item_props[ITEM_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, N_ITEM_PROPS, item_props);
}

static void
zc_batch_item_init (ZcBatchItem *self)
{
}

const char *
zc_batch_item_get_dossier (ZcBatchItem *self)
{
  return self->dossier;
}

const char *
zc_batch_item_get_name (ZcBatchItem *self)
{
  return self->name;
}

const char *
zc_batch_item_get_title (ZcBatchItem *self)
{
  return self->title;
}

ZcOutcome
zc_batch_item_get_outcome (ZcBatchItem *self)
{
  return self->outcome;
}

const GError *
zc_batch_item_get_error (ZcBatchItem *self)
{
  return self->error;
}

/* --- running --- */

typedef struct
{
  ZcBatch     *batch;
  ZcBatchItem *item;
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->batch);
  g_object_unref (step->item);
  g_free (step);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void send_next (ZcBatch *self);

/* What would meet every other one too. */
static gboolean
stops_all (const GError *error)
{
  return g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE) ||
         g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SIGNED_OUT);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  ZcBatch *self = step->batch;
  GError *error = NULL;
  g_autoptr (ZcDossier) dossier = zc_action_perform_finish (ZC_ACTION (source), result, &error);

  self->under_way--;
  self->answered++;
  if (dossier != NULL)
    self->done++;
  else if (stops_all (error))
    self->stopped = TRUE;
  if (dossier != NULL)
    item_settle (step->item, ZC_OUTCOME_DONE, NULL);
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_STALE))
    item_settle (step->item, ZC_OUTCOME_CHANGED, error);
  else
    item_settle (step->item, ZC_OUTCOME_REFUSED, error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ANSWERED]);
  send_next (self);
}

static void
send_one (ZcBatch *self, ZcBatchItem *item)
{
  g_autoptr (ZcAction) action = zc_action_new (item->dossier, self->act, item->version);
  Step *step = g_new0 (Step, 1);

  step->batch = g_object_ref (self);
  step->item = g_object_ref (item);
  if (self->opinion != NULL)
    zc_action_set_opinion (action, self->opinion);
  if (self->person != NULL)
    zc_action_set_person (action, self->person);
  self->under_way++;
  zc_action_perform_async (action, self->client, NULL, answered_cb, step);
}

static void
send_next (ZcBatch *self)
{
  while (!self->stopped && self->under_way < AT_ONCE && self->next < count_items (self))
    {
      g_autoptr (ZcBatchItem) item = g_list_model_get_item (G_LIST_MODEL (self), self->next++);

      send_one (self, item);
    }
  if (self->under_way > 0 || !self->running)
    return;
  self->running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

/* --- the object --- */

static void
zc_batch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcBatch *self = ZC_BATCH (object);

  switch (id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, count_items (self));
      break;
    case PROP_ANSWERED:
      g_value_set_uint (value, self->answered);
      break;
    case PROP_DONE:
      g_value_set_uint (value, self->done);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_batch_finalize (GObject *object)
{
  ZcBatch *self = ZC_BATCH (object);

  g_clear_object (&self->client);
  g_free (self->opinion);
  g_free (self->person);
  G_OBJECT_CLASS (zc_batch_parent_class)->finalize (object);
}

static void
zc_batch_class_init (ZcBatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zc_batch_get_property;
  object_class->finalize = zc_batch_finalize;
  ZC_LIST_BASE_CLASS (klass)->get_item_type = zc_batch_item_get_type;
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, told);
  props[PROP_ANSWERED] = g_param_spec_uint ("answered", NULL, NULL, 0, G_MAXUINT, 0, told);
  props[PROP_DONE] = g_param_spec_uint ("done", NULL, NULL, 0, G_MAXUINT, 0, told);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zc_batch_init (ZcBatch *self)
{
}

/**
 * zc_batch_new:
 * @act: what is done with each
 *
 * Returns: (transfer full): of nothing yet
 */
ZcBatch *
zc_batch_new (ZcAct act)
{
  ZcBatch *self = g_object_new (ZC_TYPE_BATCH, NULL);

  self->act = act;
  return self;
}

/* Two who bear one name are told apart by the masked number. (transfer full) */
static char *
dup_title (ZcDossier *dossier)
{
  const char *title = zc_dossier_get_title (dossier);
  g_autofree char *number = NULL;

  g_object_get (dossier, "applicant-id-number", &number, NULL);
  return number != NULL && *number != '\0' ? g_strdup_printf ("%s · %s", number, title) : g_strdup (title);
}

/**
 * zc_batch_add:
 * @self: not running yet
 * @dossier: one that was chosen
 * @version: the one that it had when it was chosen (decisions 2)
 */
void
zc_batch_add (ZcBatch *self, ZcDossier *dossier, gint64 version)
{
  g_autoptr (ZcBatchItem) item = g_object_new (ZC_TYPE_BATCH_ITEM, NULL);

  item->dossier = g_strdup (zc_dossier_get_id (dossier));
  item->version = version;
  item->title = dup_title (dossier);
  g_object_get (dossier, "applicant-name", &item->name, NULL);
  g_list_store_append (zc_list_base_get_store (ZC_LIST_BASE (self)), item);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

ZcAct
zc_batch_get_act (ZcBatch *self)
{
  return self->act;
}

guint
zc_batch_get_done (ZcBatch *self)
{
  return self->done;
}

guint
zc_batch_get_answered (ZcBatch *self)
{
  return self->answered;
}

gboolean
zc_batch_get_running (ZcBatch *self)
{
  return self->running;
}

void
zc_batch_set_person (ZcBatch *self, const char *person)
{
  g_return_if_fail (self->client == NULL);

  g_set_str (&self->person, person);
}

/**
 * zc_batch_run:
 * @self: not run before
 * @client: the way to the server
 * @opinion: (nullable): the same for all
 *
 * Runs until "running" is FALSE again; @self lives as long.
 */
void
zc_batch_run (ZcBatch *self, ZcClient *client, const char *opinion)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  self->opinion = g_strdup (opinion);
  self->running = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  send_next (self);
}

void
zc_batch_stop (ZcBatch *self)
{
  self->stopped = TRUE;
}
