/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-account.h"
#include "zc-business.h"
#include "zc-calendar.h"
#include "zc-dossier.h"
#include "zc-history-item.h"
#include "zc-json.h"
#include "zc-refusal.h"
#include "zc-server-info.h"

/* The one way to the server: one SoupSession, one token, one mapping from answers to errors.
 *
 * Every call is an async/finish pair; the callback runs in the thread-default main context of the caller.
 * Every failure is of ZC_REFUSAL_ERROR (what the server said, with its problems, retry_after, current …; network
 * trouble is ZC_REFUSAL_OFFLINE) or G_IO_ERROR_CANCELLED. Word it by its code, never show its English message.
 * `key` is the Idempotency-Key: make it with zc_id_new() when the person decides, keep it for every retry of the
 * same decision. Addresses, bodies and tokens are never logged.
 *
 * Property "reachable": boolean: whether the last request got any answer (TRUE before the first).
 * Signal "signed-out": the server no longer knows the token (401 "signed-out"). The token stays set until another
 *   replaces it; ZcSync waits for zc_sync_resume().
 */
#define ZC_TYPE_CLIENT (zc_client_get_type ())
G_DECLARE_FINAL_TYPE (ZcClient, zc_client, ZC, CLIENT, GObject)

ZcClient   *zc_client_new        (const char *server); /* "https://host[:port]" */
const char *zc_client_get_server (ZcClient   *self);   /* normal form, without "/" at the end */
const char *zc_client_get_token  (ZcClient   *self);   /* (nullable) */
void        zc_client_set_token  (ZcClient   *self,
                                  const char *token);  /* (nullable): signed out */
gboolean    zc_client_get_reachable (ZcClient *self);

/* --- the core: any request ---------------------------------------------------------------------- */
typedef struct
{
  const char *method;        /* "GET" … */
  const char *path;          /* "/v1/me?x=y": already encoded, see zc_client_path() */
  const char *json;          /* (nullable): body, JSON */
  GBytes     *bytes;         /* (nullable): body, image/jpeg */
  const char *key;           /* (nullable): Idempotency-Key */
  const char *if_match;      /* (nullable): ETag without quotes */
  gboolean    unattended;    /* nobody has asked for it just now: it does not keep the session of staff alive (decision 24) */
  guint       timeout;       /* seconds without a byte moving; 0: 30 */
} ZcRequest;

/* An answer of 2xx: reference counted, immutable. */
typedef struct _ZcReply ZcReply;
ZcReply           *zc_reply_ref      (ZcReply       *reply);
void               zc_reply_unref    (ZcReply       *reply);
int                zc_reply_status   (const ZcReply *reply);
const char        *zc_reply_etag     (const ZcReply *reply); /* (nullable), without quotes */
GBytes            *zc_reply_bytes    (const ZcReply *reply);
const ZcJsonValue *zc_reply_root     (const ZcReply *reply); /* (nullable): where the answer was JSON */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcReply, zc_reply_unref)

void      zc_client_send_async  (ZcClient            *self,
                                 const ZcRequest     *request,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
ZcReply  *zc_client_send_finish (ZcClient            *self,
                                 GAsyncResult        *result,
                                 GError             **error);
/* A path with its variable parts percent-encoded: ("/v1/catalog/units", "q", text, NULL): pairs with a NULL value are left out. */
char     *zc_client_path        (const char          *path,
                                 ...) G_GNUC_NULL_TERMINATED;

/* --- before and around signing in ------------------------------------------------------------------ */
void          zc_client_get_info_async     (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcServerInfo *zc_client_get_info_finish    (ZcClient *self, GAsyncResult *result, GError **error);

/* purpose: "register", "sign-in"; channel: "sms", "email". resend_after: seconds until another may be asked for. */
void          zc_client_ask_code_async     (ZcClient *self, const char *purpose, const char *channel, const char *address,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_ask_code_finish    (ZcClient *self, GAsyncResult *result, int *expires_in, int *resend_after, GError **error);

typedef struct
{
  const char *notice_version;
  const char *name;
  const char *id_kind;        /* zc_identity_kind_to_string() */
  const char *id_number;
  const char *birth_date;     /* (nullable): only for the old foreign permit */
  const char *sex;            /* (nullable): the same: "male", "female" */
  const char *mobile;
  const char *email;
  const char *password;
  const char *questions[3];
  const char *answers[3];
  const char *sms_code;
  const char *email_code;
} ZcRegistration;

/* Problems of ZC_REFUSAL_INVALID name the members of the contract in their field: "id_number", "sms_code", "questions" … */
void          zc_client_register_async     (ZcClient *self, const ZcRegistration *registration, const char *key,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_register_finish    (ZcClient *self, GAsyncResult *result, GError **error);

/* Signing in sets the token of the client and answers the account; zc_client_get_token() is what ZcCredentials keeps. */
void          zc_client_sign_in_async      (ZcClient *self, const char *identifier, const char *password, const char *device,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void          zc_client_sign_in_with_code_async (ZcClient *self, const char *mobile, const char *code, const char *device,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcAccount    *zc_client_sign_in_finish     (ZcClient *self, GAsyncResult *result, GError **error); /* (transfer full), for both */
/* Ends the session at the server (session NULL: this one, whose token is forgotten whatever the answer). */
void          zc_client_sign_out_async     (ZcClient *self, const char *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_sign_out_finish    (ZcClient *self, GAsyncResult *result, GError **error);
/* The sessions of the account, newest first: the reply's root is {"items":[{"id","device","created_at","last_used_at","acts_for",
 * "current"}]}. zc_client_sign_out_async() with "others" ends all but this one. */
void          zc_client_list_sessions_async  (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_list_sessions_finish (ZcClient *self, GAsyncResult *result, GError **error);
/* A new second factor: the reply's root is {"secret","uri","recovery_codes"}. It counts once a code of it was shown. */
void          zc_client_begin_factor_async   (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_begin_factor_finish  (ZcClient *self, GAsyncResult *result, GError **error);
/* code: of the authenticator, or a recovery code. ZC_REFUSAL_WRONG_CODE, ZC_REFUSAL_LOCKED. */
void          zc_client_show_factor_async    (ZcClient *self, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_show_factor_finish   (ZcClient *self, GAsyncResult *result, GError **error);
/* What there is of the second factor: the reply's root is {"policy","set_up","recovery_codes_left"}. */
void          zc_client_get_factor_async     (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_get_factor_finish    (ZcClient *self, GAsyncResult *result, GError **error);
/* Other recovery codes, for a code of the authenticator: the reply's root is {"recovery_codes"}. Those before count no more. */
void          zc_client_renew_codes_async    (ZcClient *self, const char *code, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_renew_codes_finish   (ZcClient *self, GAsyncResult *result, GError **error);
/* Becomes the first of a body's staff. ZC_REFUSAL_WRONG_CODE. */
void          zc_client_redeem_async         (ZcClient *self, const char *invitation, const char *key,
                                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcAccount    *zc_client_redeem_finish        (ZcClient *self, GAsyncResult *result, GError **error);
/* Whom the session acts for; membership NULL: for oneself. ZC_REFUSAL_SECOND_FACTOR: show it first; ZC_REFUSAL_NO_FACTOR: begin one. */
void          zc_client_choose_membership_async  (ZcClient *self, const char *membership, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_choose_membership_finish (ZcClient *self, GAsyncResult *result, GError **error);
void          zc_client_get_me_async       (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcAccount    *zc_client_get_me_finish      (ZcClient *self, GAsyncResult *result, GError **error);

/* --- catalogue and businesses ------------------------------------------------------------------------ */
/* list: "levels", "series", "regions", "units", "led-units" (by oneself), "reporting-units" (to one's office), "offices", "granting-bodies", "departments", "colleagues", "committees". text: search, for units
 * and departments. series, level, business: for committees. Answers a GListStore of ZcCatalogItem (the first 100; more for levels, series, regions: all). */
void          zc_client_get_catalog_async  (ZcClient *self, const char *list, const char *text, const char *series, const char *level,
                                            const char *business, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel   *zc_client_get_catalog_finish (ZcClient *self, GAsyncResult *result, GError **error);
/* The working days as the server counts them, kept from then on for the checks on this computer (decisions 7). */
void          zc_client_load_calendar_async  (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_load_calendar_finish (ZcClient *self, GAsyncResult *result, GError **error);
const ZcCalendar *zc_client_get_calendar   (ZcClient *self); /* (transfer none): the State Council's until then */
/* Answers a GListStore of ZcCatalogItem: id, name (title), revision. */
void          zc_client_list_businesses_async  (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel   *zc_client_list_businesses_finish (ZcClient *self, GAsyncResult *result, GError **error);
void          zc_client_get_business_async     (ZcClient *self, const char *id, int revision, /* 0: the newest */
                                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcBusiness   *zc_client_get_business_finish    (ZcClient *self, GAsyncResult *result, GError **error);

/* --- dossiers ------------------------------------------------------------------------------------------ */
/* The ids of where a dossier goes; NULL where the business does not ask. */
typedef struct
{
  const char *unit;
  const char *series;
  const char *level;
  const char *committee;
  const char *office;
  const char *body;
} ZcTarget;

/* Lists are ZcDossierList's. ZC_REFUSAL_ONE_SERIES: zc_refusal_get_existing() is the dossier that holds the place. */
void          zc_client_create_dossier_async  (ZcClient *self, const char *business, const ZcTarget *target, const char *key,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The same from an old one of one's own: copy_from is its id (P27). Finish it as a creation. */
void          zc_client_copy_dossier_async    (ZcClient *self, const char *copy_from, const char *business, const ZcTarget *target, const char *key,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcDossier    *zc_client_create_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error);
void          zc_client_get_dossier_async     (ZcClient *self, const char *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcDossier    *zc_client_get_dossier_finish    (ZcClient *self, GAsyncResult *result, GError **error);
void          zc_client_delete_dossier_async  (ZcClient *self, const char *dossier, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_delete_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error);
void          zc_client_put_target_async      (ZcClient *self, const char *dossier, gint64 version, const ZcTarget *target, const char *key,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcDossier    *zc_client_put_target_finish     (ZcClient *self, GAsyncResult *result, GError **error);
/* To the newest revision of its business: zc_dossier_get_left() of the answer is what found no place (decisions 16). */
void          zc_client_update_form_async     (ZcClient *self, const char *dossier, gint64 version, const char *key,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcDossier    *zc_client_update_form_finish    (ZcClient *self, GAsyncResult *result, GError **error);

/* The reply's root is as in the contract: {"id","version","state","problems","body"}. */
void          zc_client_get_section_async     (ZcClient *self, const char *dossier, const char *section, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_get_section_finish    (ZcClient *self, GAsyncResult *result, GError **error);
void          zc_client_put_section_async     (ZcClient *self, const char *dossier, const char *section, gint64 base_version, const char *body,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_put_section_finish    (ZcClient *self, GAsyncResult *result, GError **error);

void          zc_client_put_image_async       (ZcClient *self, const char *dossier, const char *sha256, GBytes *jpeg,
                                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_client_put_image_finish      (ZcClient *self, GAsyncResult *result, GError **error);
/* Whether the server holds it, as this account may know. */
void          zc_client_has_image_async       (ZcClient *self, const char *dossier, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* An error of ZC_REFUSAL_NOT_FOUND: it does not. */
gboolean      zc_client_has_image_finish      (ZcClient *self, GAsyncResult *result, GError **error);
/* Staff pages show images through this; an applicant's editor through zc_draft_load_image_async(). The digest is verified. */
void          zc_client_get_image_async       (ZcClient *self, const char *dossier, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes       *zc_client_get_image_finish      (ZcClient *self, GAsyncResult *result, GError **error);

/* Items: GListStore of ZcHistoryItem, oldest first. stages: GListStore of ZcStageStatus, from "applicant" on. Both (transfer full). */
void          zc_client_get_history_async     (ZcClient *self, const char *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GListModel   *zc_client_get_history_finish    (ZcClient *self, GAsyncResult *result, GListModel **stages, GError **error);
/* The frozen content of submission n: the reply's root is {"number","revision","submitted_at","digest","content"}. */
void          zc_client_get_revision_async    (ZcClient *self, const char *dossier, int revision, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcReply      *zc_client_get_revision_finish   (ZcClient *self, GAsyncResult *result, GError **error);
