/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-call.h"

/* The calls before, around and about signing in. */

#define DEVICE_LENGTH 60 /* characters of a device's name that are sent */

void
zc_client_get_info_async (ZcClient *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/", NULL, cancellable, callback, user_data);
}

ZcServerInfo *
zc_client_get_info_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_server_info_new_from_json, error);
}

void
zc_client_ask_code_async (ZcClient *self,
                          const char *purpose,
                          const char *channel,
                          const char *address,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "purpose", purpose);
  zc_json_add_string (&body.writer, "channel", channel);
  zc_json_add_string (&body.writer, "address", address);
  zc_call_body_send (&body, self, "POST", "/v1/codes", NULL, cancellable, callback, user_data);
}

gboolean
zc_client_ask_code_finish (
    ZcClient *self, GAsyncResult *result, int *expires_in, int *resend_after, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);

  if (reply == NULL)
    return FALSE;
  if (expires_in != NULL)
    *expires_in = zc_json_get_integer (zc_reply_root (reply), "expires_in", 0);
  if (resend_after != NULL)
    *resend_after = zc_json_get_integer (zc_reply_root (reply), "resend_after", 0);
  return TRUE;
}

static void
write_questions (ZcJsonWriter *writer, const ZcRegistration *registration)
{
  zc_json_begin_array (writer, "questions");
  for (guint i = 0; i < G_N_ELEMENTS (registration->questions); i++)
    {
      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "question", registration->questions[i]);
      zc_json_add_string (writer, "answer", registration->answers[i]);
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
}

void
zc_client_register_async (ZcClient *self,
                          const ZcRegistration *registration,
                          const char *key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "notice_version", registration->notice_version);
  zc_json_add_string (&body.writer, "name", registration->name);
  zc_json_add_string (&body.writer, "id_kind", registration->id_kind);
  zc_json_add_string (&body.writer, "id_number", registration->id_number);
  zc_call_add_optional (&body.writer, "birth_date", registration->birth_date);
  zc_call_add_optional (&body.writer, "sex", registration->sex);
  zc_json_add_string (&body.writer, "mobile", registration->mobile);
  zc_json_add_string (&body.writer, "email", registration->email);
  zc_json_add_string (&body.writer, "password", registration->password);
  write_questions (&body.writer, registration);
  zc_json_add_string (&body.writer, "sms_code", registration->sms_code);
  zc_json_add_string (&body.writer, "email_code", registration->email_code);
  zc_call_body_send (&body, self, "POST", "/v1/accounts", key, cancellable, callback, user_data);
}

gboolean
zc_client_register_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

static void
sign_in (ZcClient *self,
         const char *method,
         const char *const members[4], /* two names and their values */
         const char *device,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autofree char *name
      = g_utf8_substring (device, 0, MIN (g_utf8_strlen (device, -1), DEVICE_LENGTH));
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "method", method);
  zc_json_add_string (&body.writer, members[0], members[1]);
  zc_json_add_string (&body.writer, members[2], members[3]);
  zc_json_add_string (&body.writer, "device", name);
  zc_call_body_send (&body, self, "POST", "/v1/sessions", NULL, cancellable, callback, user_data);
}

void
zc_client_sign_in_async (ZcClient *self,
                         const char *identifier,
                         const char *password,
                         const char *device,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  const char *const members[] = { "identifier", identifier, "password", password };

  sign_in (self, "password", members, device, cancellable, callback, user_data);
}

void
zc_client_sign_in_with_code_async (ZcClient *self,
                                   const char *mobile,
                                   const char *code,
                                   const char *device,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  const char *const members[] = { "mobile", mobile, "code", code };

  sign_in (self, "code", members, device, cancellable, callback, user_data);
}

/**
 * zc_client_sign_in_finish:
 * @self: a client
 * @result: given to the callback
 * @error: return location
 *
 * Takes the new token.
 *
 * Returns: (transfer full) (nullable): who is signed in now
 */
ZcAccount *
zc_client_sign_in_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  const ZcJsonValue *root = reply != NULL ? zc_reply_root (reply) : NULL;
  GError *reason = NULL;
  ZcAccount *account;

  if (reply == NULL)
    return NULL;
  account = zc_account_new_from_json (zc_json_get (root, "account"), &reason);
  if (account == NULL || zc_json_get_string (root, "token") == NULL)
    {
      g_clear_object (&account);
      zc_call_set_unreadable (error, reason);
      return NULL;
    }
  zc_client_set_token (self, zc_json_get_string (root, "token"));
  return account;
}

void
zc_client_sign_out_async (ZcClient *self,
                          const char *session,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autofree char *path
      = g_strconcat ("/v1/sessions/", session != NULL ? session : "current", NULL);

  zc_call_send (self, "DELETE", path, NULL, cancellable, callback, user_data);
  if (session == NULL)
    zc_client_set_token (self, NULL);
}

gboolean
zc_client_sign_out_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

void
zc_client_list_sessions_async (ZcClient *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/sessions", NULL, cancellable, callback, user_data);
}

ZcReply *
zc_client_list_sessions_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_begin_factor_async (ZcClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  zc_call_send (self, "POST", "/v1/factor", NULL, cancellable, callback, user_data);
}

ZcReply *
zc_client_begin_factor_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_get_factor_async (ZcClient *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/factor", NULL, cancellable, callback, user_data);
}

ZcReply *
zc_client_get_factor_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_renew_codes_async (ZcClient *self,
                             const char *code,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "code", code);
  zc_call_body_send (&body, self, "POST", "/v1/factor/recovery-codes", NULL, cancellable, callback,
                     user_data);
}

ZcReply *
zc_client_renew_codes_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_show_factor_async (ZcClient *self,
                             const char *code,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "code", code);
  zc_call_body_send (&body, self, "PUT", "/v1/sessions/current/factor", NULL, cancellable, callback,
                     user_data);
}

gboolean
zc_client_show_factor_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

void
zc_client_redeem_async (ZcClient *self,
                        const char *invitation,
                        const char *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "invitation", invitation);
  zc_call_body_send (&body, self, "POST", "/v1/memberships", key, cancellable, callback, user_data);
}

ZcAccount *
zc_client_redeem_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_account_new_from_json, error);
}

void
zc_client_choose_membership_async (ZcClient *self,
                                   const char *membership,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "membership", membership);
  zc_call_body_send (&body, self, "PUT", "/v1/sessions/current/membership", NULL, cancellable,
                     callback, user_data);
}

gboolean
zc_client_choose_membership_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

void
zc_client_get_me_async (ZcClient *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/me", NULL, cancellable, callback, user_data);
}

ZcAccount *
zc_client_get_me_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_account_new_from_json, error);
}
