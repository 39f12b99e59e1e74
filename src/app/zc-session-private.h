/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  GListStore     *businesses;
  ZcImagePool    *pool;
  GHashTable     *loaded;       /* "id@revision" → ZcBusiness */
  ZcAccount      *pending;      /* (nullable): signed in, but the second factor is still asked for */
  char           *old_token;    /* (nullable): from before that */
  char           *account_id;   /* whose store is opened */
  char           *acting_for;   /* (nullable): membership that was chosen before the session expired */
  char           *problem;
  gint64          clock_offset; /* the server's clock less ours, milliseconds */

  ZcSessionState  state;
  guint           expired : 1;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_EXPIRED,
  PROP_INFO,
  PROP_ACCOUNT,
  PROP_MEMBERSHIP,
  PROP_STAFF,
  PROP_ACTING_NAME,
  PROP_DOSSIERS,
  PROP_BUSINESSES,
  PROP_SYNC_STATE,
  PROP_SYNC_TEXT,
  PROP_ONLINE,
  PROP_PERSISTENT,
  PROP_PROBLEM,
  N_PROPS
} ZcSessionProperty;

void zc_session_notify        (ZcSession         *self,
                               ZcSessionProperty  property);
void zc_session_set_state     (ZcSession         *self,
                               ZcSessionState     state);
void zc_session_set_expired   (ZcSession         *self,
                               gboolean           expired);
void zc_session_take_account  (ZcSession         *self,
                               ZcAccount         *account); /* (transfer full) (nullable) */
/* A dossier by which a unit was admitted: its registrant may act for it from now on (U1). */
void zc_session_notice_admission (ZcSession      *self,
                               ZcDossier         *dossier);
void zc_session_notify_acting (ZcSession         *self);
void zc_session_open          (ZcSession         *self);
void zc_session_close         (ZcSession         *self);
void zc_session_list_businesses (ZcSession       *self);
void zc_session_watch_client  (ZcSession         *self);
