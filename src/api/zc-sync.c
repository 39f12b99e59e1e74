/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-sync-private.h"

/* What sync knows and tells: where every section and image is, whether the server can be reached, whether the session stands.
 * The work is in zc-sync-push.c, listening and fetching in zc-sync-pull.c. */

#define BACK_OFF_FIRST 1000  /* ms */
#define BACK_OFF_LAST 60000

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ONLINE,
  PROP_N_UNSENT,
  PROP_NEEDS_SIGN_IN,
  N_PROPS
};

enum
{
  SECTION_CHANGED,
  IMAGE_CHANGED,
  DOSSIER_CHANGED,
  DOSSIER_GONE,
  CHANGES,
  CONFLICT,
  SIGN_IN_NEEDED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcSync, zc_sync, G_TYPE_OBJECT)

static void
item_free (ZcSyncItem *item)
{
  g_clear_error (&item->error);
  g_free (item);
}

static char *
key_of (const char *dossier, const char *item)
{
  return g_strconcat (dossier, "\n", item, NULL);
}

ZcSyncItem *
zc_sync_item (ZcSync *self, const char *dossier, const char *item)
{
  g_autofree char *key = key_of (dossier, item);

  return g_hash_table_lookup (self->items, key);
}

ZcSyncItem *
zc_sync_add_item (ZcSync *self, const char *dossier, const char *item, gboolean image)
{
  ZcSyncItem *known = zc_sync_item (self, dossier, item);

  if (known != NULL)
    return known;
  known = g_new0 (ZcSyncItem, 1);
  known->image = image;
  known->since = g_get_monotonic_time ();
  g_hash_table_insert (self->items, key_of (dossier, item), known);
  zc_sync_tell_item (self, dossier, item, image);
  zc_sync_update (self);
  return known;
}

void
zc_sync_remove_item (ZcSync *self, const char *dossier, const char *item)
{
  g_autofree char *key = key_of (dossier, item);
  ZcSyncItem *known = g_hash_table_lookup (self->items, key);
  gboolean image = known != NULL && known->image;

  if (known == NULL)
    return;
  g_hash_table_remove (self->items, key);
  zc_sync_tell_item (self, dossier, item, image);
  zc_sync_update (self);
}

static ZcSyncState
state_of (ZcSync *self, const ZcSyncItem *item)
{
  if (item == NULL)
    return ZC_SYNC_ON_SERVER;
  if (item->error != NULL)
    return ZC_SYNC_REFUSED;
  if (item->conflict)
    return ZC_SYNC_CONFLICT;
  if (!self->running)
    return ZC_SYNC_SAVED;
  if (self->needs_sign_in)
    return ZC_SYNC_NEEDS_SIGN_IN;
  if (item->sending)
    return ZC_SYNC_SENDING;
  if (item->image && self->online && zc_sync_get_hold (self) != NULL)
    return ZC_SYNC_HELD_UP;
  return self->online ? ZC_SYNC_WAITING : ZC_SYNC_OFFLINE;
}

void
zc_sync_update (ZcSync *self)
{
  GHashTableIter iter;
  gpointer item;
  int worst = ZC_SYNC_ON_SERVER;
  guint count = g_hash_table_size (self->items);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    worst = MIN (worst, (int) state_of (self, item));
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != worst)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (self->n_unsent != count)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_UNSENT]);
  self->state = worst;
  self->n_unsent = count;
  g_object_thaw_notify (G_OBJECT (self));
}

void
zc_sync_tell_item (ZcSync *self, const char *dossier, const char *item, gboolean image)
{
  g_signal_emit (self, signals[image ? IMAGE_CHANGED : SECTION_CHANGED], 0, dossier, item);
}

void
zc_sync_tell_dossier (ZcSync *self, ZcDossier *dossier)
{
  const char *id = zc_dossier_get_id (dossier);

  g_hash_table_add (self->followed, g_strdup (id));
  if (!zc_dossier_has_action (dossier, "edit"))
    g_hash_table_remove (self->editable, id);
  else if (g_hash_table_add (self->editable, g_strdup (id)) && self->n_unsent > 0)
    zc_sync_work_soon (self, 0); /* what waited for it to be editable */
  g_signal_emit (self, signals[DOSSIER_CHANGED], 0, dossier);
}

void
zc_sync_tell_changes (ZcSync *self)
{
  g_signal_emit (self, signals[CHANGES], 0);
}

void
zc_sync_tell_gone (ZcSync *self, const char *dossier)
{
  g_signal_emit (self, signals[DOSSIER_GONE], 0, dossier);
}

void
zc_sync_tell_conflict (ZcSync *self, const char *dossier, const char *section)
{
  g_signal_emit (self, signals[CONFLICT], 0, dossier, section);
}

void
zc_sync_set_online (ZcSync *self, gboolean online)
{
  if (self->online == online)
    return;
  self->online = online;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ONLINE]);
  zc_sync_update (self);
  if (online)
    zc_sync_wake (self);
}

gboolean
zc_sync_is_signed_out (ZcSync *self, const GError *error)
{
  if (!g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SIGNED_OUT))
    return FALSE;
  if (!self->needs_sign_in)
    {
      self->needs_sign_in = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEEDS_SIGN_IN]);
      zc_sync_update (self);
      g_signal_emit (self, signals[SIGN_IN_NEEDED], 0);
    }
  return TRUE;
}

/* Twice as long after each failure, within bounds, and never at the same moment as everybody else. */
guint
zc_sync_back_off (guint tries)
{
  guint delay = BACK_OFF_FIRST;

  for (guint i = 1; i < tries && delay < BACK_OFF_LAST; i++)
    delay *= 2;
  return (guint) (MIN (delay, BACK_OFF_LAST) * g_random_double_range (0.5, 1.5));
}

/* --- what wakes it --- */

static void
section_edited_cb (ZcSync *self, const char *dossier, const char *section)
{
  ZcSyncItem *item = zc_sync_add_item (self, dossier, section, FALSE);

  if (item->error != NULL)
    {
      g_clear_error (&item->error); /* of another text */
      zc_sync_tell_item (self, dossier, section, FALSE);
      zc_sync_update (self);
    }
  zc_sync_work_soon (self, ZC_SYNC_SETTLE);
}

static void
image_changed_cb (ZcSync *self, const char *dossier, const char *sha256)
{
  ZcSyncItem *item = zc_sync_item (self, dossier, sha256);

  if (item == NULL)
    zc_sync_add_item (self, dossier, sha256, TRUE)->fresh = TRUE;
  zc_sync_work_soon (self, ZC_SYNC_SETTLE);
}

static void
network_changed_cb (ZcSync *self, gboolean available)
{
  if (available)
    zc_sync_wake (self);
}

static void
reachable_cb (ZcSync *self)
{
  zc_sync_set_online (self, zc_client_get_reachable (self->client));
}

static void
zc_sync_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcSync *self = ZC_SYNC (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    case PROP_N_UNSENT:
      g_value_set_uint (value, self->n_unsent);
      break;
    default:
      g_value_set_boolean (value, self->needs_sign_in);
    }
}

static void
zc_sync_dispose (GObject *object)
{
  ZcSync *self = ZC_SYNC (object);

  zc_sync_stop (self);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (zc_sync_parent_class)->dispose (object);
}

static void
zc_sync_finalize (GObject *object)
{
  ZcSync *self = ZC_SYNC (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->hold);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->followed);
  g_hash_table_unref (self->refreshing);
  g_hash_table_unref (self->editable);
  g_hash_table_unref (self->to_refresh);
  g_free (self->cursor);
  g_free (self->epoch);
  G_OBJECT_CLASS (zc_sync_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType first)
{
  return g_signal_new (name, ZC_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, first, G_TYPE_STRING);
}

static void
zc_sync_class_init (ZcSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zc_sync_get_property;
  object_class->dispose = zc_sync_dispose;
  object_class->finalize = zc_sync_finalize;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ZC_SYNC_UNSAVED, ZC_SYNC_ON_SERVER, ZC_SYNC_ON_SERVER, flags);
  props[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, flags);
  props[PROP_N_UNSENT] = g_param_spec_uint ("n-unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_NEEDS_SIGN_IN] = g_param_spec_boolean ("needs-sign-in", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SECTION_CHANGED] = new_signal ("section-changed", 2, G_TYPE_STRING);
  signals[IMAGE_CHANGED] = new_signal ("image-changed", 2, G_TYPE_STRING);
  signals[DOSSIER_CHANGED] = new_signal ("dossier-changed", 1, ZC_TYPE_DOSSIER);
  signals[DOSSIER_GONE] = new_signal ("dossier-gone", 1, G_TYPE_STRING);
  signals[CHANGES] = new_signal ("changes", 0, G_TYPE_STRING);
  signals[CONFLICT] = new_signal ("conflict", 2, G_TYPE_STRING);
  signals[SIGN_IN_NEEDED] = new_signal ("sign-in-needed", 0, G_TYPE_STRING);
}

static void
zc_sync_init (ZcSync *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) item_free);
  self->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refreshing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->editable = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->to_refresh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->state = ZC_SYNC_ON_SERVER;
  self->online = TRUE;
  g_queue_init (&self->waiters);
}

/**
 * zc_sync_new:
 * @client: with the token of the store's account
 * @store: what is kept on this computer
 *
 * Returns: (transfer full): a sync that does nothing before zc_sync_start()
 */
ZcSync *
zc_sync_new (ZcClient *client, ZcLocalStore *store)
{
  ZcSync *self = g_object_new (ZC_TYPE_SYNC, NULL);

  self->client = g_object_ref (client);
  self->store = g_object_ref (store);
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (store, "section-edited", G_CALLBACK (section_edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "image-changed", G_CALLBACK (image_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::reachable", G_CALLBACK (reachable_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

ZcClient *
zc_sync_get_client (ZcSync *self)
{
  return self->client;
}

/**
 * zc_sync_start:
 * @self: a sync
 *
 * Begins to push what waits, and to listen for changes.
 */
void
zc_sync_start (ZcSync *self)
{
  if (self->running)
    return;
  self->running = TRUE;
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  self->tries = 0;
  self->not_before = 0;
  zc_sync_update (self);
  zc_sync_work_soon (self, 0);
  zc_sync_feed_soon (self, 0);
}

/**
 * zc_sync_stop:
 * @self: a sync
 *
 * Ends all requests; what was not sent stays in the store.
 */
void
zc_sync_stop (ZcSync *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "sync was stopped");

  if (!self->running)
    return;
  self->running = FALSE;
  g_clear_handle_id (&self->work_id, g_source_remove);
  g_clear_handle_id (&self->feed_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  zc_sync_answer_waiters (self, NULL, error);
  zc_sync_update (self);
}

void
zc_sync_resume (ZcSync *self)
{
  if (self->needs_sign_in)
    {
      self->needs_sign_in = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEEDS_SIGN_IN]);
      zc_sync_update (self);
    }
  zc_sync_wake (self);
}

void
zc_sync_wake (ZcSync *self)
{
  self->not_before = 0;
  zc_sync_end_hold (self);
  zc_sync_work_soon (self, 0);
  zc_sync_feed_soon (self, 0);
}

ZcSyncState
zc_sync_get_state (ZcSync *self)
{
  return self->state;
}

gboolean
zc_sync_get_online (ZcSync *self)
{
  return self->online;
}

ZcSyncState
zc_sync_get_section_state (ZcSync *self, const char *dossier, const char *section)
{
  return state_of (self, zc_sync_item (self, dossier, section));
}

ZcSyncState
zc_sync_get_image_state (ZcSync *self, const char *dossier, const char *sha256)
{
  return state_of (self, zc_sync_item (self, dossier, sha256));
}

guint
zc_sync_count_unsent (ZcSync *self, const char *dossier)
{
  g_autofree char *prefix = key_of (dossier, "");
  GHashTableIter iter;
  gpointer key;
  guint count = 0;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    count += g_str_has_prefix (key, prefix);
  return count;
}

GError *
zc_sync_dup_error (ZcSync *self, const char *dossier, const char *item)
{
  ZcSyncItem *known = zc_sync_item (self, dossier, item);

  return known != NULL && known->error != NULL ? g_error_copy (known->error) : NULL;
}

/**
 * zc_sync_state_to_string:
 * @state: a state
 *
 * Returns: its name, for tests and logs
 */
const char *
zc_sync_state_to_string (ZcSyncState state)
{
  static const char *const names[] = { "unsaved", "refused", "conflict", "needs-sign-in", "offline",
                                       "held-up", "saved", "waiting", "sending", "on-server" };

  return state < G_N_ELEMENTS (names) ? names[state] : "unknown";
}
