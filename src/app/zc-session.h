/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-acts.h"
#include "zc-business.h"
#include "zc-catalog-item.h"
#include "zc-client.h"
#include "zc-credentials.h"
#include "zc-dossier-list.h"
#include "zc-image-pool.h"
#include "zc-sync.h"

typedef enum
{
  ZC_SESSION_STARTING,    /* asks the server who it is and the secret store who we are */
  ZC_SESSION_UNREACHABLE, /* nobody is signed in and the server does not answer; or the local store cannot be opened */
  ZC_SESSION_SIGNED_OUT,
  ZC_SESSION_OPENING,     /* signed in, the local store is being opened */
  ZC_SESSION_SIGNED_IN,
} ZcSessionState;

/* The state of one window: who is signed in, for whom they act, which dossiers there are, what is not sent yet. Widgets bind to
 * its properties and never change it but through the functions below.
 *
 * Properties (read-only): state: int (ZcSessionState); expired: boolean (signed in, but the server asks to sign in again, P18);
 *   info: ZcServerInfo (nullable); account: ZcAccount (nullable); membership: ZcMembership (nullable: acts for oneself);
 *   staff: boolean (acts for a body); acting-name: string (the body's name, or the word for oneself);
 *   dossiers: ZcDossierList (nullable); businesses: GListModel of ZcCatalogItem; sync-state: int (ZcSyncState);
 *   sync-text: string (that in words); online: boolean; persistent: boolean (the sign-in outlives the program, P24);
 *   problem: string (nullable: why it is UNREACHABLE).
 * Signals: "toast" (text): a short word to the person; "refused" (GError): what was not possible; "dossier-changed" (ZcDossier); "dossier-gone" (id).
 */
#define ZC_TYPE_SESSION (zc_session_get_type ())
G_DECLARE_FINAL_TYPE (ZcSession, zc_session, ZC, SESSION, GObject)

ZcSession      *zc_session_new            (const char *server);
void            zc_session_start          (ZcSession  *self);
void            zc_session_ask_info       (ZcSession  *self);
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
ZcImagePool    *zc_session_get_pool       (ZcSession  *self);  /* the threads that decode pictures */
GListModel     *zc_session_get_businesses (ZcSession  *self);
ZcTime          zc_session_get_now        (ZcSession  *self);  /* by the server's clock, as far as it is known */
gboolean        zc_session_offers         (ZcSession  *self,
                                           const char *capability);
void            zc_session_toast          (ZcSession  *self,
                                           const char *text);
/* Says in words why something failed; a cancelled call says nothing. */
void            zc_session_toast_error    (ZcSession    *self,
                                           const GError *error);
/* What this window just learnt of a dossier (an act's answer): the list and every open page follow. */
void            zc_session_learn          (ZcSession  *self,
                                           ZcDossier  *dossier);
void            zc_session_reload         (ZcSession  *self);
/* Where the person is, kept for the next start (P2). place: any text of the window's own; NULL: nowhere. Signing out forgets it. */
void            zc_session_keep_place     (ZcSession  *self,
                                           const char *place);
void            zc_session_get_place_async  (ZcSession *self, GAsyncReadyCallback callback, gpointer user_data);
char           *zc_session_get_place_finish (ZcSession *self, GAsyncResult *result, GError **error); /* (nullable) */

/* --- signing in and out --------------------------------------------------------------------------------- */
/* as_staff: act for the first body of the account. While expired: goes on with the same account, for whom it acted before. */
void            zc_session_sign_in_async  (ZcSession           *self,
                                           const char          *identifier,
                                           const char          *password,
                                           gboolean             as_staff,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
void            zc_session_sign_in_with_code_async (ZcSession           *self,
                                                    const char          *mobile,
                                                    const char          *code,
                                                    gboolean             as_staff,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        zc_session_sign_in_finish (ZcSession           *self,
                                           GAsyncResult        *result,
                                           GError             **error);
/* After ZC_REFUSAL_SECOND_FACTOR or ZC_REFUSAL_NO_FACTOR, which leave the sign-in half done: goes on with it once the factor was
 * shown (finish as above), or gives it up. */
void            zc_session_continue_sign_in_async (ZcSession           *self,
                                                   GAsyncReadyCallback  callback,
                                                   gpointer             user_data);
void            zc_session_drop_sign_in   (ZcSession           *self);
/* Whether the second factor is what is missing. */
gboolean        zc_session_asks_factor    (const GError        *error);
void            zc_session_sign_out       (ZcSession           *self);
/* membership (nullable): the id of one of the account's; NULL: oneself. */
void            zc_session_act_for_async  (ZcSession           *self,
                                           const char          *membership,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean        zc_session_act_for_finish (ZcSession           *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Becomes the first of a body's staff by an invitation: "account" has the new membership, the session acts for whom it did. */
void            zc_session_redeem_async   (ZcSession           *self,
                                           const char          *invitation,
                                           const char          *key,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean        zc_session_redeem_finish  (ZcSession           *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* --- what pages show -------------------------------------------------------------------------------------- */
/* revision 0: the newest. From memory, the server, or where that cannot be reached the local store. */
void            zc_session_load_business_async  (ZcSession           *self,
                                                 const char          *id,
                                                 int                  revision,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
ZcBusiness     *zc_session_load_business_finish (ZcSession           *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
/* The dossier in full (transfer full): from the server, or where that cannot be reached as it was last seen. */
void            zc_session_load_dossier_async   (ZcSession           *self,
                                                 const char          *id,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
ZcDossier      *zc_session_load_dossier_finish  (ZcSession           *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);

/* --- what a person decides ---------------------------------------------------------------------------------------- */
/* The answers are (transfer full) and already learnt by the window; a stale refusal's present dossier is, too. */
void            zc_session_perform_async  (ZcSession           *self,
                                           ZcAction            *action,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
ZcDossier      *zc_session_perform_finish (ZcSession           *self,
                                           GAsyncResult        *result,
                                           GError             **error);
void            zc_session_create_dossier_async  (ZcSession           *self,
                                                  const char          *business,
                                                  const ZcTarget      *target,
                                                  const char          *key,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
/* The same from an old one (P27): finish it as a creation. */
void            zc_session_copy_dossier_async    (ZcSession           *self,
                                                  ZcDossier           *source,
                                                  const ZcTarget      *target,
                                                  const char          *key,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
ZcDossier      *zc_session_create_dossier_finish (ZcSession           *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void            zc_session_retarget_async        (ZcSession           *self,
                                                  ZcDossier           *dossier,
                                                  const ZcTarget      *target,
                                                  const char          *key,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
ZcDossier      *zc_session_retarget_finish       (ZcSession           *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void            zc_session_update_form_async     (ZcSession           *self,
                                                  ZcDossier           *dossier,
                                                  const char          *key,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
ZcDossier      *zc_session_update_form_finish    (ZcSession           *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void            zc_session_delete_dossier_async  (ZcSession           *self,
                                                  const char          *id,
                                                  const char          *key,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean        zc_session_delete_dossier_finish (ZcSession           *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
