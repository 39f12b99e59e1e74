/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"
#include "zc-credentials.h"
#include "zc-dossier-list.h"
#include "zc-sync.h"

typedef enum
{
  ZC_SESSION_STARTING,    /* asks the server who it is and the secret store who we are */
  ZC_SESSION_UNREACHABLE, /* nobody is signed in and the server does not answer */
  ZC_SESSION_SIGNED_OUT,
  ZC_SESSION_OPENING,     /* signed in, the local store is being opened */
  ZC_SESSION_SIGNED_IN,
} ZcSessionState;

/* The state of one window: who is signed in, for whom they act, which dossiers there are, what is not sent yet. Widgets bind to
 * its properties and never change it but through the functions below.
 *
 * Properties (read-only): state: int (ZcSessionState); expired: boolean (signed in, but the server asks to sign in again, P18);
 *   info: ZcServerInfo (nullable); account: ZcAccount (nullable); membership: ZcMembership (nullable: acts for oneself);
 *   staff: boolean (acts for a body); acting-name: string ("本人" or the body's name); dossiers: ZcDossierList (nullable);
 *   businesses: GListModel of ZcCatalogItem (nullable); sync-state: int (ZcSyncState); sync-text: string (that in words);
 *   online: boolean; persistent: boolean (the sign-in outlives the program, P24); problem: string (nullable: why it is UNREACHABLE,
 *   or why the local store could not be opened).
 * Signals: "toast" (text): a short word to the person; "dossier-changed" (ZcDossier); "dossier-gone" (id).
 */
#define ZC_TYPE_SESSION (zc_session_get_type ())
G_DECLARE_FINAL_TYPE (ZcSession, zc_session, ZC, SESSION, GObject)

ZcSession      *zc_session_new            (const char *server);
void            zc_session_start          (ZcSession  *self);
ZcSessionState  zc_session_get_state      (ZcSession  *self);
gboolean        zc_session_get_expired    (ZcSession  *self);
ZcClient       *zc_session_get_client     (ZcSession  *self);
ZcServerInfo   *zc_session_get_info       (ZcSession  *self);  /* (nullable) */
ZcAccount      *zc_session_get_account    (ZcSession  *self);  /* (nullable) */
ZcMembership   *zc_session_get_membership (ZcSession  *self);  /* (nullable) */
gboolean        zc_session_get_staff      (ZcSession  *self);
ZcLocalStore   *zc_session_get_store      (ZcSession  *self);  /* (nullable) */
ZcSync         *zc_session_get_sync       (ZcSession  *self);  /* (nullable) */
ZcDossierList  *zc_session_get_dossiers   (ZcSession  *self);  /* (nullable) */
GListModel     *zc_session_get_businesses (ZcSession  *self);  /* (nullable) */
gboolean        zc_session_offers         (ZcSession  *self,
                                           const char *capability);
void            zc_session_toast          (ZcSession  *self,
                                           const char *text);
/* What this window just learnt of a dossier (an act's answer): the list and every open page follow. */
void            zc_session_learn          (ZcSession  *self,
                                           ZcDossier  *dossier);
