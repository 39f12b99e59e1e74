/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-session.h"

struct _ZcSession
{
  GObject parent_instance;

  ZcClient       *client;
  ZcCredentials  *credentials;
  ZcServerInfo   *info;
  ZcAccount      *account;
  ZcLocalStore   *store;
  ZcSync         *sync;
  ZcDossierList  *dossiers;
  GListModel     *businesses;

  ZcSessionState  state;
  guint           expired : 1;
};

G_DEFINE_FINAL_TYPE (ZcSession, zc_session, G_TYPE_OBJECT)

enum
{
  SIGNAL_TOAST,
  SIGNAL_DOSSIER_CHANGED,
  SIGNAL_DOSSIER_GONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
zc_session_dispose (GObject *object)
{
  ZcSession *self = ZC_SESSION (object);
  g_clear_object (&self->dossiers);
  g_clear_object (&self->businesses);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  g_clear_object (&self->account);
  g_clear_object (&self->info);
  g_clear_object (&self->credentials);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (zc_session_parent_class)->dispose (object);
}

static void
zc_session_class_init (ZcSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_session_dispose;
  signals[SIGNAL_TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_DOSSIER_CHANGED] = g_signal_new ("dossier-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                  NULL, NULL, NULL, G_TYPE_NONE, 1, ZC_TYPE_DOSSIER);
  signals[SIGNAL_DOSSIER_GONE] = g_signal_new ("dossier-gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
zc_session_init (ZcSession *self)
{
}

ZcSession *
zc_session_new (const char *server)
{
  ZcSession *self = g_object_new (ZC_TYPE_SESSION, NULL);
  self->client = zc_client_new (server);
  self->credentials = zc_credentials_new (server);
  return self;
}

void
zc_session_start (ZcSession *self)
{
  g_return_if_fail (ZC_IS_SESSION (self));
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

GListModel *
zc_session_get_businesses (ZcSession *self)
{
  return self->businesses;
}

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
zc_session_learn (ZcSession *self, ZcDossier *dossier)
{
  if (self->dossiers != NULL)
    zc_dossier_list_update (self->dossiers, dossier);
  g_signal_emit (self, signals[SIGNAL_DOSSIER_CHANGED], 0, dossier);
}
