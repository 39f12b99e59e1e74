/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-attempt.h"
#include "zc-base32.h"
#include "zc-factor.h"
#include "zc-handlers.h"
#include "zc-person.h"

/* Setting up the second factor of staff, and showing it (SEC-S16). Wrong codes are counted for the
 * account, whatever session they come from, and slow it down as wrong passwords do. */

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define MAX_CODE_BYTES 64
#define RECOVERY_GROUP 5
#define ISSUER "Zhicheng"

static gboolean
check_may_set_up (const ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT 1 FROM membership WHERE account = $1 AND from_at <= $2"
      " AND (until_at IS NULL OR until_at > $2)",
      ZC_TEXT (request->caller.account), ZC_INT (request->received));
  gboolean staff = zc_rows_next (rows);
  ZcFactor factor;

  if (!zc_rows_end (rows, error)
      || !zc_factor_load (request->server, store, request->caller.account, &factor, error))
    return FALSE;
  if (!staff || request->server->config->staff_second_factor == ZC_FACTOR_OFF)
    zc_refusal_set (error, ZC_REFUSAL_FORBIDDEN, "a second factor is for staff, where it is asked");
  else if (factor.confirmed)
    zc_refusal_set (error, ZC_REFUSAL_NOT_ALLOWED, "there is a second factor already");
  else if (request->caller.by_code)
    zc_refusal_set (error, ZC_REFUSAL_STEP_UP, "who holds the phone alone must not bind it for good");
  else
    return TRUE;
  return FALSE;
}

gboolean
zc_prepare_factor_post (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcFactorDraft *draft = NULL;

  if (!check_may_set_up (request, store, error))
    return FALSE;
  draft = zc_factor_draft_new (request->server, error);
  if (draft == NULL)
    return FALSE;
  zc_request_set_prepared (request, draft, (GDestroyNotify)zc_factor_draft_free);
  return TRUE;
}

/* The key URI that authenticators read. */
static char *
make_uri (const char *name, const char *secret)
{
  g_autofree char *label = g_uri_escape_string (name, NULL, FALSE);

  return g_strdup_printf ("otpauth://totp/" ISSUER ":%s?secret=%s&issuer=" ISSUER, label, secret);
}

static void
write_codes (ZcJsonWriter *writer, const ZcFactorDraft *draft)
{
  zc_json_begin_array (writer, "recovery_codes");
  for (int i = 0; i < ZC_FACTOR_RECOVERY_CODES; i++)
    {
      g_autofree char *code = zc_base32_group (draft->codes[i], RECOVERY_GROUP);

      zc_json_add_string (writer, NULL, code);
    }
  zc_json_end_array (writer);
}

static ZcReply *
reply_draft (const ZcFactorDraft *draft, const char *name)
{
  g_autofree char *secret = zc_base32_encode (draft->secret, sizeof draft->secret);
  g_autofree char *uri = make_uri (name, secret);
  ZcJsonWriter writer;
  ZcReply *reply = zc_reply_json (201, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "secret", secret);
  zc_json_add_string (&writer, "uri", uri);
  write_codes (&writer, draft);
  zc_json_end_object (&writer);
  return reply;
}

/* Nothing of it counts before a code of the secret was shown. */
ZcReply *
zc_handle_factor_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcFactorDraft *draft = request->prepared;
  g_autoptr (ZcPerson) person
      = zc_person_load (request->server, store, request->caller.account, error);

  if (person == NULL || !check_may_set_up (request, store, error)
      || !zc_factor_begin (request->server, store, request->caller.account, draft,
                           request->received, error)
      || !zc_event_note (request, store, "second-factor-begin", NULL, NULL, error))
    return NULL;
  return reply_draft (draft, person->name);
}

/* What prepare found out about a recovery code: @hash is that of the right one of @number. */
typedef struct
{
  int number;
  char *hash;
} Recovery;

static void
recovery_free (Recovery *recovery)
{
  g_free (recovery->hash);
  g_free (recovery);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recovery, recovery_free)

static void
count_for (const ZcRequest *request, guint8 subject[ZC_SEAL_INDEX_BYTES])
{
  zc_seal_index (request->server->seal, "factor", request->caller.account, subject);
}

static gboolean
pass_lock (const ZcRequest *request, ZcStore *store, GError **error)
{
  guint8 subject[ZC_SEAL_INDEX_BYTES];

  count_for (request, subject);
  return zc_attempt_pass (store, &(ZcAttempt){ "factor", subject }, request->server->config,
                          request->received, error);
}

static gboolean
read_code (const ZcRequest *request, char **code, GError **error)
{
  static const ZcJsonMember members[] = { { "code", ZC_JSON_STRING, TRUE } };

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return FALSE;
  *code = zc_base32_normal (zc_json_get_string (zc_request_body (request), "code"));
  return TRUE;
}

gboolean
zc_prepare_session_factor_put (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (Recovery) recovery = g_new0 (Recovery, 1);
  g_autofree char *code = NULL;

  if (!read_code (request, &code, error) || !pass_lock (request, store, error))
    return FALSE;
  recovery->number = g_ascii_digit_value (code[0]);
  if (!zc_totp_has_shape (code) && strlen (code) <= MAX_CODE_BYTES)
    {
      if (!zc_factor_find_hash (store, request->caller.account, recovery->number, &recovery->hash,
                                error))
        return FALSE;
      if (!zc_password_verify (request->server->passwords, recovery->hash, code))
        g_clear_pointer (&recovery->hash, g_free);
    }
  zc_request_set_prepared (request, g_steal_pointer (&recovery), (GDestroyNotify)recovery_free);
  return TRUE;
}

/* @stands: the code was right and counts no more. */
static gboolean
spend_recovery (const ZcRequest *request, ZcStore *store, gboolean *stands, GError **error)
{
  const Recovery *recovery = request->prepared;

  *stands = FALSE;
  if (recovery->hash == NULL)
    return TRUE;
  if (!zc_store_exec (store, error,
                      "UPDATE recovery_code SET used_at = $4"
                      " WHERE account = $1 AND number = $2 AND hash = $3 AND used_at IS NULL",
                      ZC_TEXT (request->caller.account), ZC_INT (recovery->number),
                      ZC_TEXT (recovery->hash), ZC_INT (request->received)))
    return FALSE;
  *stands = zc_store_changes (store) == 1;
  return TRUE;
}

static gboolean
spend_step (
    const ZcRequest *request, ZcStore *store, const ZcFactor *factor, gint64 step, GError **error)
{
  if (!zc_store_exec (store, error,
                      "UPDATE factor SET step = $2, confirmed_at = COALESCE (confirmed_at, $3)"
                      " WHERE account = $1",
                      ZC_TEXT (request->caller.account), ZC_INT (step), ZC_INT (request->received)))
    return FALSE;
  return factor->confirmed
         || zc_factor_tell_owner (request->server, store, request->caller.account,
                                  "【职称申报】您的单位账号已绑定动态验证码。如非本人操作，请立即联系平台运维人员。",
                                  error);
}

/* Counted and recorded, so a reply and not an error. */
static ZcReply *
refuse_code (const ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (GError) refusal = zc_refusal_new (ZC_REFUSAL_WRONG_CODE, "no code of this account");
  guint8 subject[ZC_SEAL_INDEX_BYTES];

  count_for (request, subject);
  if (!zc_attempt_add (store, &(ZcAttempt){ "factor", subject }, request->received, DAY_MS, TRUE,
                       error)
      || !zc_event_note (request, store, "second-factor-refused", NULL, NULL, error))
    return NULL;
  return zc_reply_error (refusal, request);
}

static ZcReply *
take_code (const ZcRequest *request, ZcStore *store, const char *how, GError **error)
{
  guint8 subject[ZC_SEAL_INDEX_BYTES];

  count_for (request, subject);
  if (!zc_attempt_clear (store, &(ZcAttempt){ "factor", subject }, error)
      || !zc_store_exec (store, error, "UPDATE session SET factor_at = $2 WHERE id = $1",
                         ZC_TEXT (request->caller.session), ZC_INT (request->received))
      || !zc_event_note (request, store, "second-factor", NULL, how, error))
    return NULL;
  return zc_reply_new (204);
}

/* The first right code of a new secret confirms it. */
ZcReply *
zc_handle_session_factor_put (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autofree char *code = NULL;
  gboolean stands;
  ZcFactor factor;
  gint64 step;

  if (!read_code (request, &code, error) || !pass_lock (request, store, error)
      || !zc_factor_load (request->server, store, request->caller.account, &factor, error))
    return NULL;
  if (!factor.known)
    {
      zc_refusal_set (error, ZC_REFUSAL_NO_FACTOR, "POST /v1/factor first");
      return NULL;
    }
  if (zc_totp_find_step (factor.secret, code, request->received, factor.step, &step))
    return spend_step (request, store, &factor, step, error)
               ? take_code (request, store, factor.confirmed ? "totp" : "set-up", error)
               : NULL;
  if (!spend_recovery (request, store, &stands, error))
    return NULL;
  return stands ? take_code (request, store, "recovery", error)
                : refuse_code (request, store, error);
}

/* --- what there is of it, and other recovery codes --- */

/* What the owner sees of it: no secret, no code. */
ZcReply *
zc_handle_factor_get (ZcRequest *request, ZcStore *store, GError **error)
{
  static const char *const policies[] = {
    [ZC_FACTOR_REQUIRED] = "required",
    [ZC_FACTOR_OFFERED] = "offered",
    [ZC_FACTOR_OFF] = "off",
  };
  gint64 left;
  ZcFactor factor;
  ZcJsonWriter writer;
  ZcReply *reply;

  if (!zc_factor_load (request->server, store, request->caller.account, &factor, error)
      || !zc_factor_count_codes (store, request->caller.account, &left, error))
    return NULL;
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "policy", policies[request->server->config->staff_second_factor]);
  zc_json_add_bool (&writer, "set_up", factor.confirmed);
  zc_json_add_integer (&writer, "recovery_codes_left", factor.confirmed ? left : 0);
  zc_json_end_object (&writer);
  return reply;
}

static gboolean
load_confirmed (const ZcRequest *request, ZcStore *store, ZcFactor *factor, GError **error)
{
  if (!zc_factor_load (request->server, store, request->caller.account, factor, error))
    return FALSE;
  if (!factor->confirmed)
    zc_refusal_set (error, ZC_REFUSAL_NO_FACTOR, "POST /v1/factor first, then show a code of it");
  return factor->confirmed;
}

/* Nothing is hashed for a code that is wrong. */
gboolean
zc_prepare_recovery_codes_post (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autofree char *code = NULL;
  ZcFactorDraft *draft;
  ZcFactor factor;
  gint64 step;

  if (!read_code (request, &code, error) || !pass_lock (request, store, error)
      || !load_confirmed (request, store, &factor, error))
    return FALSE;
  if (!zc_totp_find_step (factor.secret, code, request->received, factor.step, &step))
    return TRUE;
  draft = zc_factor_draft_new (request->server, error);
  if (draft == NULL)
    return FALSE;
  zc_request_set_prepared (request, draft, (GDestroyNotify)zc_factor_draft_free);
  return TRUE;
}

static gboolean
record_renewal (const ZcRequest *request, ZcStore *store, GError **error)
{
  return zc_event_note (request, store, "recovery-codes", NULL, NULL, error)
         && zc_factor_tell_owner (request->server, store, request->caller.account,
                                  "【职称申报】您的恢复码已更换，原有的恢复码全部作废。如非本人操作，请立即联系平台运维人员。",
                                  error);
}

/* A code of the authenticator itself, which counts no more: one recovery code must not bring ten others. */
ZcReply *
zc_handle_recovery_codes_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcFactorDraft *draft = request->prepared;
  guint8 subject[ZC_SEAL_INDEX_BYTES];
  g_autofree char *code = NULL;
  ZcJsonWriter writer;
  ZcReply *reply;
  ZcFactor factor;
  gint64 step;

  if (!read_code (request, &code, error) || !pass_lock (request, store, error)
      || !load_confirmed (request, store, &factor, error))
    return NULL;
  if (draft == NULL || !zc_totp_find_step (factor.secret, code, request->received, factor.step, &step))
    return refuse_code (request, store, error);
  count_for (request, subject);
  if (!spend_step (request, store, &factor, step, error)
      || !zc_attempt_clear (store, &(ZcAttempt){ "factor", subject }, error)
      || !zc_factor_replace_codes (store, request->caller.account, draft, error)
      || !record_renewal (request, store, error))
    return NULL;
  reply = zc_reply_json (201, &writer);
  zc_json_begin_object (&writer, NULL);
  write_codes (&writer, draft);
  zc_json_end_object (&writer);
  return reply;
}
