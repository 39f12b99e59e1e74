/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-account-json.h"
#include "zc-attempt.h"
#include "zc-code.h"
#include "zc-factor.h"
#include "zc-handlers.h"
#include "zc-identity.h"
#include "zc-text.h"

/* Signing in and out. Whatever is wrong, the answer, its time and its counters are the same for
 * known and unknown people (S2.1, SEC-S06): the hash of nobody is computed as well, and the counter
 * is of what was typed, not of an account. */

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define MAX_DEVICE_CHARACTERS 80
#define MAX_PASSWORD_BYTES 1024

static const ZcJsonMember password_members[] = {
  { "method", ZC_JSON_STRING, TRUE },
  { "identifier", ZC_JSON_STRING, TRUE },
  { "password", ZC_JSON_STRING, TRUE },
  { "device", ZC_JSON_STRING, TRUE },
};
static const ZcJsonMember code_members[] = {
  { "method", ZC_JSON_STRING, TRUE },
  { "mobile", ZC_JSON_STRING, TRUE },
  { "code", ZC_JSON_STRING, TRUE },
  { "device", ZC_JSON_STRING, TRUE },
};

typedef struct
{
  gboolean by_code;
  char *identifier; /* in its normal form */
  char *account;    /* (nullable): whose it is */
  char *hash;       /* (nullable): of the password that was right; must still be the account's */
  guint8 subject[ZC_SEAL_INDEX_BYTES];
  guint8 peer[ZC_SEAL_INDEX_BYTES];
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_free (sign_in->identifier);
  g_free (sign_in->account);
  g_free (sign_in->hash);
  g_free (sign_in);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SignIn, sign_in_free)

static gboolean
read_sign_in (const ZcRequest *request, SignIn *sign_in, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  const char *method = zc_json_get_string (body, "method");
  const char *device;

  sign_in->by_code = g_strcmp0 (method, "code") == 0;
  if (!sign_in->by_code && g_strcmp0 (method, "password") != 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "method: \"password\" or \"code\"");
      return FALSE;
    }
  if (!zc_request_expect (request, sign_in->by_code ? code_members : password_members, 4, error))
    return FALSE;
  device = zc_json_get_string (body, "device");
  if (g_utf8_strlen (device, -1) > MAX_DEVICE_CHARACTERS || zc_text_has_control (device, FALSE))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "device: one line of at most %d characters",
                      MAX_DEVICE_CHARACTERS);
      return FALSE;
    }
  return TRUE;
}

/* An ID number or a mobile: 11 digits are a mobile, all else is an ID number. */
static gboolean
find_account (const ZcRequest *request, ZcStore *store, SignIn *sign_in, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  const char *typed = zc_json_get_string (body, sign_in->by_code ? "mobile" : "identifier");
  g_autofree char *mobile = zc_normal_mobile (typed);
  g_autoptr (ZcRows) rows = NULL;
  guint8 index[ZC_SEAL_INDEX_BYTES];

  if (sign_in->by_code || zc_mobile_check (mobile) == ZC_PROBLEM_NONE)
    {
      sign_in->identifier = g_steal_pointer (&mobile);
      rows = zc_store_query (
          store,
          "SELECT id, password FROM account WHERE mobile_normal = $1 AND disabled_at IS NULL",
          ZC_TEXT (sign_in->identifier));
    }
  else
    {
      sign_in->identifier = zc_normal_id_number (typed);
      zc_seal_index (request->server->seal, "account.id_number", sign_in->identifier, index);
      rows = zc_store_query (
          store, "SELECT id, password FROM account WHERE id_index = $1 AND disabled_at IS NULL",
          ZC_BLOB (index, sizeof index));
    }
  zc_seal_index (request->server->seal, "sign-in", sign_in->identifier, sign_in->subject);
  zc_seal_index (request->server->seal, "peer", request->peer, sign_in->peer);
  if (zc_rows_next (rows))
    {
      sign_in->account = zc_rows_dup_text (rows, 0);
      sign_in->hash = zc_rows_dup_text (rows, 1);
    }
  return zc_rows_end (rows, error);
}

static gboolean
pass_locks (const ZcRequest *request, ZcStore *store, const SignIn *sign_in, GError **error)
{
  const ZcConfig *config = request->server->config;
  ZcTime now = request->received;
  ZcAttempts attempts;

  if (!zc_attempt_pass (store, &(ZcAttempt){ "sign-in", sign_in->subject }, config, now, error))
    return FALSE;
  if (!zc_attempt_read (store, &(ZcAttempt){ "sign-in-peer", sign_in->peer }, now, &attempts,
                        error))
    return FALSE;
  if (attempts.count >= config->sign_in_peer_tries)
    return zc_attempt_refuse (ZC_REFUSAL_TOO_MANY, attempts.until, now, error);
  return TRUE;
}

/* The same work whether somebody has this identifier or not. */
static void
verify_password (const ZcRequest *request, SignIn *sign_in)
{
  const char *password = zc_json_get_string (zc_request_body (request), "password");

  if (strlen (password) > MAX_PASSWORD_BYTES)
    password = "";
  if (!zc_password_verify (request->server->passwords, sign_in->hash, password))
    g_clear_pointer (&sign_in->hash, g_free);
}

gboolean
zc_prepare_session_post (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (SignIn) sign_in = g_new0 (SignIn, 1);

  if (!read_sign_in (request, sign_in, error) || !find_account (request, store, sign_in, error)
      || !pass_locks (request, store, sign_in, error))
    return FALSE;
  if (!sign_in->by_code)
    verify_password (request, sign_in);
  zc_request_set_prepared (request, g_steal_pointer (&sign_in), (GDestroyNotify)sign_in_free);
  return TRUE;
}

/* One neutral answer; counted and recorded, so a reply and not an error. */
static ZcReply *
refuse_sign_in (ZcRequest *request, ZcStore *store, const SignIn *sign_in, GError **error)
{
  g_autoptr (GError) refusal = zc_refusal_new (ZC_REFUSAL_WRONG_PASSWORD, "wrong credentials");
  ZcEvent event = { .at = request->received,
                    .act = "sign-in-refused",
                    .account = sign_in->account,
                    .role = "applicant" };

  if (!zc_attempt_add (store, &(ZcAttempt){ "sign-in", sign_in->subject }, request->received,
                       DAY_MS, TRUE, error)
      || !zc_attempt_add (store, &(ZcAttempt){ "sign-in-peer", sign_in->peer }, request->received,
                          HOUR_MS, FALSE, error)
      || !zc_event_append (request->server, store, &event, NULL, error))
    return NULL;
  return zc_reply_error (refusal, request);
}

/* Whether the password that was right is the account's still. */
static gboolean
password_stands (ZcStore *store, const SignIn *sign_in, gboolean *stands, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT 1 FROM account WHERE id = $1 AND password = $2 AND disabled_at IS NULL",
      ZC_TEXT (sign_in->account), ZC_TEXT (sign_in->hash));

  *stands = sign_in->account != NULL && sign_in->hash != NULL && zc_rows_next (rows);
  return zc_rows_end (rows, error);
}

static gboolean
code_stands (const ZcRequest *request,
             ZcStore *store,
             const SignIn *sign_in,
             gboolean *stands,
             GError **error)
{
  ZcCodeFor code_for = { "sign-in", "sms", sign_in->identifier };
  const char *code = zc_json_get_string (zc_request_body (request), "code");
  ZcCodeVerdict verdict;

  if (!zc_code_judge (request->server, store, &code_for, code, request->received, &verdict, error))
    return FALSE;
  *stands = verdict == ZC_CODE_RIGHT && sign_in->account != NULL;
  if (verdict == ZC_CODE_WRONG)
    return zc_code_count_wrong (request->server, store, &code_for, error);
  return zc_code_spend (request->server, store, &code_for, request->received, error);
}

static ZcReply *
begin_session (ZcRequest *request, ZcStore *store, const SignIn *sign_in, GError **error)
{
  const char *method = sign_in->by_code ? "code" : "password";
  const char *device = zc_json_get_string (zc_request_body (request), "device");
  g_autoptr (ZcReply) reply = NULL;
  g_autofree char *token = NULL, *id = NULL;
  ZcJsonWriter writer;
  ZcTime expires_at;

  token = zc_access_begin (request->server, store, sign_in->account, device, method,
                           request->received, &id, &expires_at, error);
  if (token == NULL)
    return NULL;
  reply = zc_reply_json (201, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id", id);
  zc_json_add_string (&writer, "token", token);
  zc_json_add_time (&writer, "expires_at", expires_at);
  zc_json_add_string (&writer, "method", method);
  zc_json_begin_object (&writer, "account");
  if (!zc_account_write_members (request->server, store, sign_in->account, request->received,
                                 &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  zc_json_add_string (&writer, "membership", NULL);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

ZcReply *
zc_handle_session_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const SignIn *sign_in = request->prepared;
  ZcEvent event = {
    .at = request->received, .act = "sign-in", .account = sign_in->account, .role = "applicant"
  };
  gboolean stands;

  if (!pass_locks (request, store, sign_in, error))
    return NULL;
  if (!(sign_in->by_code ? code_stands (request, store, sign_in, &stands, error)
                         : password_stands (store, sign_in, &stands, error)))
    return NULL;
  if (!stands)
    return refuse_sign_in (request, store, sign_in, error);
  if (!zc_attempt_clear (store, &(ZcAttempt){ "sign-in", sign_in->subject }, error)
      || !zc_event_append (request->server, store, &event, NULL, error))
    return NULL;
  return begin_session (request, store, sign_in, error);
}

/* Those that could still be used: none that was ended or has expired. */
ZcReply *
zc_handle_session_list (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcConfig *config = request->server->config;
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT s.id, s.device, s.created_at, s.last_used_at, s.expires_at, b.name FROM session s"
      " LEFT JOIN membership m ON m.id = s.membership LEFT JOIN body b ON b.id = m.body"
      " WHERE s.account = $1 AND s.ended_at IS NULL AND s.expires_at > $2"
      " AND (s.membership IS NOT NULL OR s.last_used_at > $3)"
      " AND (s.membership IS NULL OR (s.last_used_at > $4 AND s.created_at > $5))"
      " ORDER BY s.created_at DESC, s.id",
      ZC_TEXT (request->caller.account), ZC_INT (request->received),
      ZC_INT (request->received - config->applicant_idle_days * DAY_MS),
      ZC_INT (request->received - config->staff_idle_minutes * MINUTE_MS),
      ZC_INT (request->received - config->staff_hours * HOUR_MS));

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    {
      zc_json_begin_object (&writer, NULL);
      zc_json_add_string (&writer, "id", zc_rows_text (rows, 0));
      zc_json_add_string (&writer, "device", zc_rows_text (rows, 1));
      zc_json_add_time (&writer, "created_at", zc_rows_integer (rows, 2));
      zc_json_add_time (&writer, "last_used_at", zc_rows_integer (rows, 3));
      zc_json_add_time (&writer, "expires_at", zc_rows_integer (rows, 4));
      zc_json_add_string (&writer, "acts_for", zc_rows_text (rows, 5));
      zc_json_add_bool (&writer, "current",
                        g_strcmp0 (zc_rows_text (rows, 0), request->caller.session) == 0);
      zc_json_end_object (&writer);
    }
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}

/* All but the one that asks; there may be none. */
static ZcReply *
end_others (ZcRequest *request, ZcStore *store, GError **error)
{
  if (!zc_store_exec (
          store, error,
          "UPDATE session SET ended_at = $3 WHERE id <> $1 AND account = $2 AND ended_at IS NULL",
          ZC_TEXT (request->caller.session), ZC_TEXT (request->caller.account),
          ZC_INT (request->received))
      || (zc_store_changes (store) > 0
          && !zc_event_note (request, store, "sign-out", NULL, "others", error)))
    return NULL;
  return zc_reply_new (204);
}

ZcReply *
zc_handle_session_delete (ZcRequest *request, ZcStore *store, GError **error)
{
  const char *id = zc_request_param (request, "id");

  if (g_str_equal (id, "others"))
    return end_others (request, store, error);
  if (g_str_equal (id, "current"))
    id = request->caller.session;
  if (!zc_store_exec (
          store, error,
          "UPDATE session SET ended_at = $3 WHERE id = $1 AND account = $2 AND ended_at IS NULL",
          ZC_TEXT (id), ZC_TEXT (request->caller.account), ZC_INT (request->received)))
    return NULL;
  if (zc_store_changes (store) == 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such session");
      return NULL;
    }
  return zc_event_note (request, store, "sign-out", NULL, id, error) ? zc_reply_new (204) : NULL;
}

/* Whom this session acts for (decisions 13). */
ZcReply *
zc_handle_membership_put (ZcRequest *request, ZcStore *store, GError **error)
{
  static const ZcJsonMember members[] = { { "membership", ZC_JSON_STRING | ZC_JSON_NULL, TRUE } };
  const char *membership;
  ZcJsonWriter writer;
  ZcReply *reply;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return NULL;
  membership = zc_json_get_string (zc_request_body (request), "membership");
  if (!zc_store_exec (store, error,
                      "UPDATE session SET membership = $2 WHERE id = $1 AND ($2 IS NULL OR EXISTS "
                      "(SELECT 1 FROM membership m"
                      " WHERE m.id = $2 AND m.account = $3 AND m.from_at <= $4 AND (m.until_at IS "
                      "NULL OR m.until_at > $4)))",
                      ZC_TEXT (request->caller.session), ZC_TEXT (membership),
                      ZC_TEXT (request->caller.account), ZC_INT (request->received)))
    return NULL;
  if (zc_store_changes (store) == 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such membership");
      return NULL;
    }
  if ((membership != NULL && !zc_factor_pass (request, store, error))
      || !zc_event_note (request, store, "act-for", NULL, membership, error))
    return NULL;
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "membership", membership);
  zc_json_end_object (&writer);
  return reply;
}
