/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-refusal-text.h"
#include "zc-session-private.h"
#include "zc-sync-text.h"

/* The state of a window: what it is and how it is read. How it comes about is in
 * zc-session-sign-in.c, what pages load through it in zc-session-load.c. */

G_DEFINE_FINAL_TYPE (ZcSession, zc_session, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_TOAST,
  SIGNAL_REFUSED,
  SIGNAL_DOSSIER_CHANGED,
  SIGNAL_DOSSIER_GONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
zc_session_notify (ZcSession *self, ZcSessionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
zc_session_set_state (ZcSession *self, ZcSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  zc_session_notify (self, PROP_STATE);
}

void
zc_session_set_expired (ZcSession *self, gboolean expired)
{
  if (self->expired == expired)
    return;
  self->expired = expired;
  zc_session_notify (self, PROP_EXPIRED);
}

void
zc_session_notify_acting (ZcSession *self)
{
  zc_session_notify (self, PROP_MEMBERSHIP);
  zc_session_notify (self, PROP_STAFF);
  zc_session_notify (self, PROP_ACTING_NAME);
}

void
zc_session_take_account (ZcSession *self, ZcAccount *account)
{
  g_clear_object (&self->account);
  self->account = account;
  zc_session_notify (self, PROP_ACCOUNT);
  zc_session_notify_acting (self);
}

static void
notify_sync (ZcSession *self)
{
  zc_session_notify (self, PROP_SYNC_STATE);
  zc_session_notify (self, PROP_SYNC_TEXT);
  zc_session_notify (self, PROP_ONLINE);
}

/* Something has changed elsewhere. Nobody here has asked: in a busy office it would keep an empty chair signed in. */
static void
changes_cb (ZcSession *self)
{
  if (self->dossiers != NULL)
    zc_dossier_list_refresh (self->dossiers);
}

static void
gone_cb (ZcSession *self, const char *dossier)
{
  g_signal_emit (self, signals[SIGNAL_DOSSIER_GONE], 0, dossier);
  changes_cb (self);
}

static void
sign_in_needed_cb (ZcSession *self)
{
  if (self->state == ZC_SESSION_SIGNED_IN)
    zc_session_set_expired (self, TRUE);
}

static void
watch_sync (ZcSession *self)
{
  g_signal_connect_object (self->sync, "notify", G_CALLBACK (notify_sync), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "dossier-changed", G_CALLBACK (zc_session_learn), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "dossier-gone", G_CALLBACK (gone_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "changes", G_CALLBACK (changes_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "sign-in-needed", G_CALLBACK (sign_in_needed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
zc_session_watch_client (ZcSession *self)
{
  g_signal_connect_object (self->client, "signed-out", G_CALLBACK (sign_in_needed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* A list that was loaded may tell of what nobody here has done. */
static void
listed_cb (ZcSession *self, GParamSpec *property, ZcDossierList *list)
{
  guint n = zc_dossier_list_get_loading (list) ? 0 : g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (list), i);
      zc_session_notice_admission (self, dossier);
    }
}

static void
make_list (ZcSession *self)
{
  g_clear_object (&self->dossiers);
  self->dossiers
      = zc_dossier_list_new (self->client, zc_session_get_staff (self) ? NULL : self->store);
  g_signal_connect_object (self->dossiers, "notify::loading", G_CALLBACK (listed_cb), self,
                           G_CONNECT_SWAPPED);
  zc_session_notify (self, PROP_DOSSIERS);
  zc_dossier_list_reload (self->dossiers);
}

/* The account and its store are there: the work begins. */
void
zc_session_open (ZcSession *self)
{
  if (self->sync == NULL)
    {
      self->sync = zc_sync_new (self->client, self->store);
      watch_sync (self);
      zc_sync_start (self->sync);
      notify_sync (self);
    }
  make_list (self);
  zc_session_list_businesses (self);
  zc_session_set_state (self, ZC_SESSION_SIGNED_IN);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_close_finish (ZC_LOCAL_STORE (source), result, NULL);
}

/* Gives up what belongs to an account, without a word: whoever has held it last may be going themselves. */
static void
let_go (ZcSession *self)
{
  if (self->sync != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->sync, self);
      zc_sync_stop (self->sync);
    }
  g_clear_object (&self->sync);
  g_clear_object (&self->dossiers);
  if (self->store != NULL)
    zc_local_store_close_async (self->store, closed_cb, NULL);
  g_clear_object (&self->store);
  g_clear_pointer (&self->account_id, g_free);
  g_clear_pointer (&self->acting_for, g_free);
}

/* Gives up everything that belongs to an account. */
void
zc_session_close (ZcSession *self)
{
  let_go (self);
  g_list_store_remove_all (self->businesses);
}

static void
zc_session_dispose (GObject *object)
{
  ZcSession *self = ZC_SESSION (object);
  let_go (self);
  g_clear_object (&self->account);
  g_clear_object (&self->pending);
  g_clear_object (&self->businesses);
  g_clear_object (&self->pool);
  g_clear_object (&self->info);
  g_clear_object (&self->credentials);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (zc_session_parent_class)->dispose (object);
}

static void
zc_session_finalize (GObject *object)
{
  ZcSession *self = ZC_SESSION (object);
  g_hash_table_unref (self->loaded);
  g_free (self->problem);
  g_free (self->old_token);
  G_OBJECT_CLASS (zc_session_parent_class)->finalize (object);
}

static const char *
acting_name (ZcSession *self)
{
  ZcMembership *membership = zc_session_get_membership (self);
  return membership != NULL ? zc_membership_get_body_name (membership) : _ ("Myself");
}

static ZcSyncState
sync_state (ZcSession *self)
{
  return self->sync != NULL ? zc_sync_get_state (self->sync) : ZC_SYNC_ON_SERVER;
}

/* Nothing unsent, yet no network: the person should know before doing what needs it. */
static const char *
sync_text (ZcSession *self)
{
  ZcSyncState state = sync_state (self);
  if (self->sync != NULL && state == ZC_SYNC_ON_SERVER && !zc_sync_get_online (self->sync))
    return _ ("No network");
  return zc_sync_state_text (state);
}

static void
zc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcSession *self = ZC_SESSION (object);
  switch ((ZcSessionProperty)id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_EXPIRED:
      g_value_set_boolean (value, self->expired);
      break;
    case PROP_INFO:
      g_value_set_object (value, self->info);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    case PROP_MEMBERSHIP:
      g_value_set_object (value, zc_session_get_membership (self));
      break;
    case PROP_STAFF:
      g_value_set_boolean (value, zc_session_get_staff (self));
      break;
    case PROP_ACTING_NAME:
      g_value_set_string (value, acting_name (self));
      break;
    case PROP_DOSSIERS:
      g_value_set_object (value, self->dossiers);
      break;
    case PROP_BUSINESSES:
      g_value_set_object (value, self->businesses);
      break;
    case PROP_SYNC_STATE:
      g_value_set_int (value, sync_state (self));
      break;
    case PROP_SYNC_TEXT:
      g_value_set_string (value, sync_text (self));
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->sync == NULL || zc_sync_get_online (self->sync));
      break;
    case PROP_PERSISTENT:
      g_value_set_boolean (value, self->credentials == NULL
                                      || zc_credentials_get_persistent (self->credentials));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  properties[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, 0, ZC_SESSION_SIGNED_IN, 0, flags);
  properties[PROP_EXPIRED] = g_param_spec_boolean ("expired", NULL, NULL, FALSE, flags);
  properties[PROP_INFO] = g_param_spec_object ("info", NULL, NULL, ZC_TYPE_SERVER_INFO, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, ZC_TYPE_ACCOUNT, flags);
  properties[PROP_MEMBERSHIP]
      = g_param_spec_object ("membership", NULL, NULL, ZC_TYPE_MEMBERSHIP, flags);
  properties[PROP_STAFF] = g_param_spec_boolean ("staff", NULL, NULL, FALSE, flags);
  properties[PROP_ACTING_NAME] = g_param_spec_string ("acting-name", NULL, NULL, NULL, flags);
  properties[PROP_DOSSIERS]
      = g_param_spec_object ("dossiers", NULL, NULL, ZC_TYPE_DOSSIER_LIST, flags);
  properties[PROP_BUSINESSES]
      = g_param_spec_object ("businesses", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  properties[PROP_SYNC_STATE]
      = g_param_spec_int ("sync-state", NULL, NULL, 0, ZC_SYNC_ON_SERVER, ZC_SYNC_ON_SERVER, flags);
  properties[PROP_SYNC_TEXT] = g_param_spec_string ("sync-text", NULL, NULL, NULL, flags);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, flags);
  properties[PROP_PERSISTENT] = g_param_spec_boolean ("persistent", NULL, NULL, TRUE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static guint
add_signal (ZcSessionClass *klass, const char *name, GType argument)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, argument);
}

static void
zc_session_class_init (ZcSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = zc_session_dispose;
  object_class->finalize = zc_session_finalize;
  object_class->get_property = zc_session_get_property;
  install_properties (object_class);
  signals[SIGNAL_TOAST] = add_signal (klass, "toast", G_TYPE_STRING);
  signals[SIGNAL_REFUSED] = add_signal (klass, "refused", G_TYPE_ERROR);
  signals[SIGNAL_DOSSIER_CHANGED] = add_signal (klass, "dossier-changed", ZC_TYPE_DOSSIER);
  signals[SIGNAL_DOSSIER_GONE] = add_signal (klass, "dossier-gone", G_TYPE_STRING);
}

static void
zc_session_init (ZcSession *self)
{
  self->pool = zc_image_pool_new (MAX (g_get_num_processors (), 2));
  self->businesses = g_list_store_new (ZC_TYPE_CATALOG_ITEM);
  self->loaded
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)zc_business_unref);
}

ZcSessionState
zc_session_get_state (ZcSession *self)
{
  return self->state;
}

gboolean
zc_session_get_expired (ZcSession *self)
{
  return self->expired;
}

ZcClient *
zc_session_get_client (ZcSession *self)
{
  return self->client;
}

ZcServerInfo *
zc_session_get_info (ZcSession *self)
{
  return self->info;
}

ZcAccount *
zc_session_get_account (ZcSession *self)
{
  return self->account;
}

ZcMembership *
zc_session_get_membership (ZcSession *self)
{
  return self->account != NULL ? zc_account_get_membership (self->account) : NULL;
}

gboolean
zc_session_get_staff (ZcSession *self)
{
  return zc_session_get_membership (self) != NULL;
}

ZcLocalStore *
zc_session_get_store (ZcSession *self)
{
  return self->store;
}

ZcSync *
zc_session_get_sync (ZcSession *self)
{
  return self->sync;
}

ZcDossierList *
zc_session_get_dossiers (ZcSession *self)
{
  return self->dossiers;
}

ZcImagePool *
zc_session_get_pool (ZcSession *self)
{
  return self->pool;
}

GListModel *
zc_session_get_businesses (ZcSession *self)
{
  return G_LIST_MODEL (self->businesses);
}

/**
 * zc_session_get_now:
 *
 * Returns: the server's time: deadlines are in its words, however wrong this computer's clock is
 * (P14)
 */
ZcTime
zc_session_get_now (ZcSession *self)
{
  return zc_time_now () + self->clock_offset;
}

/**
 * zc_session_offers:
 *
 * Returns: whether the server offers a part of the platform; what it does not offer is not shown
 * (S0.1)
 */
gboolean
zc_session_offers (ZcSession *self, const char *capability)
{
  return self->info != NULL && zc_server_info_has_capability (self->info, capability);
}

void
zc_session_toast (ZcSession *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, text);
}

void
zc_session_toast_error (ZcSession *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_REFUSED], 0, error);
}

void
zc_session_learn (ZcSession *self, ZcDossier *dossier)
{
  if (self->dossiers != NULL)
    zc_dossier_list_update (self->dossiers, dossier);
  zc_session_notice_admission (self, dossier);
  g_signal_emit (self, signals[SIGNAL_DOSSIER_CHANGED], 0, dossier);
}

void
zc_session_reload (ZcSession *self)
{
  if (self->dossiers != NULL)
    zc_dossier_list_reload (self->dossiers);
}
