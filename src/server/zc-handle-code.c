/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-attempt.h"
#include "zc-code.h"
#include "zc-handlers.h"
#include "zc-identity.h"
#include "zc-problems.h"

/* POST /v1/codes: sends a verification code. Known, unknown and taken addresses get the same answer
 * (SEC-S07). */

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

static const ZcJsonMember members[] = {
  { "purpose", ZC_JSON_STRING, TRUE },
  { "channel", ZC_JSON_STRING, TRUE },
  { "address", ZC_JSON_STRING, TRUE },
};

static gboolean
read_code_for (const ZcRequest *request, ZcCodeFor *code_for, char **normal, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  const char *address = zc_json_get_string (body, "address");
  ZcProblemCode problem;
  gboolean sms;

  code_for->purpose = zc_json_get_string (body, "purpose");
  code_for->channel = zc_json_get_string (body, "channel");
  sms = g_str_equal (code_for->channel, "sms");
  if (!g_str_equal (code_for->purpose, "register") && !g_str_equal (code_for->purpose, "sign-in"))
    return zc_problems_refuse ("purpose", ZC_PROBLEM_NOT_A_CHOICE, -1, error);
  if (!sms
      && (!g_str_equal (code_for->channel, "email") || g_str_equal (code_for->purpose, "sign-in")))
    return zc_problems_refuse ("channel", ZC_PROBLEM_NOT_A_CHOICE, -1, error);
  *normal = sms ? zc_normal_mobile (address) : zc_normal_email (address);
  problem = sms ? zc_mobile_check (*normal) : zc_email_check (*normal);
  if (problem != ZC_PROBLEM_NONE)
    return zc_problems_refuse ("address", problem, -1, error);
  code_for->address = *normal;
  return TRUE;
}

/* One limit: refused with the time to wait, or counted. */
static gboolean
pass_limit (
    ZcStore *store, const ZcAttempt *attempt, ZcTime now, int most, gint64 span_ms, GError **error)
{
  ZcAttempts attempts;
  GError *refusal;

  if (!zc_attempt_read (store, attempt, now, &attempts, error))
    return FALSE;
  if (attempts.count < most)
    return zc_attempt_add (store, attempt, now, span_ms, FALSE, error);
  refusal = zc_refusal_new (ZC_REFUSAL_TOO_MANY, "%s", attempt->kind);
  zc_refusal_set_retry (refusal, zc_attempt_seconds (attempts.until, now));
  g_propagate_error (error, refusal);
  return FALSE;
}

/* A refusal undoes the counting of the limits before it: asking too early costs nothing (SEC-S10).
 */
static gboolean
pass_limits (const ZcRequest *request, ZcStore *store, const ZcCodeFor *code_for, GError **error)
{
  const ZcConfig *config = request->server->config;
  guint8 address[ZC_SEAL_INDEX_BYTES], peer[ZC_SEAL_INDEX_BYTES];
  ZcTime now = request->received;

  zc_code_index (request->server->seal, code_for, address);
  zc_seal_index (request->server->seal, "peer", request->peer, peer);
  return pass_limit (store, &(ZcAttempt){ "code-gap", address }, now, 1,
                     config->code_gap_seconds * 1000, error)
         && pass_limit (store, &(ZcAttempt){ "code-hour", address }, now, config->codes_per_hour,
                        HOUR_MS, error)
         && pass_limit (store, &(ZcAttempt){ "code-day", address }, now, config->codes_per_day,
                        24 * HOUR_MS, error)
         && pass_limit (store, &(ZcAttempt){ "code-peer", peer }, now, config->codes_per_peer_hour,
                        HOUR_MS, error);
}

static gboolean
find_account (ZcStore *store, const ZcCodeFor *code_for, gboolean *found, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (g_str_equal (code_for->channel, "sms"))
    rows = zc_store_query (store, "SELECT id FROM account WHERE mobile_normal = $1",
                           ZC_TEXT (code_for->address));
  else
    rows = zc_store_query (store, "SELECT id FROM account WHERE email_normal = $1",
                           ZC_TEXT (code_for->address));
  *found = zc_rows_next (rows);
  return zc_rows_end (rows, error);
}

static char *
word_message (const ZcCodeFor *code_for, const char *code, int minutes, gboolean taken)
{
  if (g_str_equal (code_for->purpose, "sign-in"))
    return g_strdup_printf ("【职称申报】验证码 %s，用于登录，%d "
                            "分钟内有效。工作人员不会向您索要验证码，请勿告诉他人。",
                            code, minutes);
  if (taken)
    return g_strdup_printf (
        "【职称申报】验证码 %s，用于注册，%d 分钟内有效。此%s已注册过账号，可以直接登录；"
        "如果不是您本人操作，请忽略本消息。",
        code, minutes, g_str_equal (code_for->channel, "sms") ? "手机号码" : "邮箱");
  return g_strdup_printf (
      "【职称申报】验证码 %s，用于注册，%d 分钟内有效。如果不是您本人操作，请忽略本消息。", code,
      minutes);
}

static gboolean
send_code (const ZcRequest *request, ZcStore *store, const ZcCodeFor *code_for, GError **error)
{
  ZcServer *server = request->server;
  gboolean signs_in = g_str_equal (code_for->purpose, "sign-in");
  g_autofree char *code = NULL, *text = NULL;
  gboolean taken;

  if (!find_account (store, code_for, &taken, error))
    return FALSE;
  code = zc_code_make (server, store, code_for, request->received, error);
  if (code == NULL)
    return FALSE;
  if (signs_in && !taken) /* nobody to send it to; the answer does not tell */
    return TRUE;
  text = word_message (code_for, code, MAX (1, server->config->code_seconds / 60), taken);
  return zc_outbox_add (server, store, code_for->channel, code_for->address,
                        signs_in ? "code-sign-in" : "code-register", text, error);
}

ZcReply *
zc_handle_code_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcConfig *config = request->server->config;
  g_autofree char *normal = NULL;
  ZcCodeFor code_for;
  ZcJsonWriter writer;
  ZcReply *reply;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error)
      || !read_code_for (request, &code_for, &normal, error)
      || !pass_limits (request, store, &code_for, error)
      || !send_code (request, store, &code_for, error)
      || !zc_event_note (request, store, "code", NULL, code_for.purpose, error))
    return NULL;
  reply = zc_reply_json (202, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_integer (&writer, "expires_in", config->code_seconds);
  zc_json_add_integer (&writer, "resend_after", config->code_gap_seconds);
  zc_json_end_object (&writer);
  return reply;
}
