/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-catalog-item.h"
#include "zc-client-private.h"
#include "zc-record.h"

/* One pair of functions for each call of the contract: the first words the request, the second reads the answer. */

#define DEVICE_LENGTH 60 /* characters of a device's name that are sent */

static void
get (ZcClient *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const ZcRequest request = { .method = "GET", .path = path };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

/* json: (transfer full) */
static void
send_json (ZcClient *self,
           const char *method,
           const char *path,
           char *json,
           const char *key,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autofree char *body = json;
  const ZcRequest request = { .method = method, .path = path, .json = body, .key = key };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

static char *
dossier_path (const char *dossier, const char *rest)
{
  return g_strconcat ("/v1/dossiers/", dossier, rest, NULL);
}

/* An answer that lacks what the contract promises is the server's fault. */
static void
set_unreadable (GError **error, GError *reason)
{
  zc_refusal_set (error, ZC_REFUSAL_INTERNAL, "the server's answer cannot be read: %s",
                  reason != NULL ? reason->message : "something is missing");
  g_clear_error (&reason);
}

static gboolean
finish_plain (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);

  return reply != NULL;
}

typedef gpointer (*Reader) (const ZcJsonValue *value, GError **error);

static gpointer
finish_object (ZcClient *self, GAsyncResult *result, Reader reader, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  GError *reason = NULL;
  gpointer object;

  if (reply == NULL)
    return NULL;
  object = reader (zc_reply_root (reply), &reason);
  if (object == NULL)
    set_unreadable (error, reason);
  return object;
}

static GListModel *
read_list (ZcReply *reply, const char *member, GType type, Reader reader, GError **error)
{
  GError *reason = NULL;
  GListStore *list = zc_record_list_new (zc_json_get (zc_reply_root (reply), member), type, reader, &reason);

  if (list == NULL)
    set_unreadable (error, reason);
  return (GListModel *) list;
}

static GListModel *
finish_list (ZcClient *self, GAsyncResult *result, GType type, Reader reader, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);

  return reply != NULL ? read_list (reply, "items", type, reader, error) : NULL;
}

/* --- before and around signing in --- */

void
zc_client_get_info_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  get (self, "/v1/", cancellable, callback, user_data);
}

ZcServerInfo *
zc_client_get_info_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_server_info_new_from_json, error);
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
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "purpose", purpose);
  zc_json_add_string (&writer, "channel", channel);
  zc_json_add_string (&writer, "address", address);
  zc_json_end_object (&writer);
  send_json (self, "POST", "/v1/codes", g_string_free (out, FALSE), NULL, cancellable, callback, user_data);
}

gboolean
zc_client_ask_code_finish (ZcClient *self, GAsyncResult *result, int *expires_in, int *resend_after, GError **error)
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
add_optional (ZcJsonWriter *writer, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    zc_json_add_string (writer, key, value);
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
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "notice_version", registration->notice_version);
  zc_json_add_string (&writer, "name", registration->name);
  zc_json_add_string (&writer, "id_kind", registration->id_kind);
  zc_json_add_string (&writer, "id_number", registration->id_number);
  add_optional (&writer, "birth_date", registration->birth_date);
  add_optional (&writer, "sex", registration->sex);
  zc_json_add_string (&writer, "mobile", registration->mobile);
  zc_json_add_string (&writer, "email", registration->email);
  zc_json_add_string (&writer, "password", registration->password);
  write_questions (&writer, registration);
  zc_json_add_string (&writer, "sms_code", registration->sms_code);
  zc_json_add_string (&writer, "email_code", registration->email_code);
  zc_json_end_object (&writer);
  send_json (self, "POST", "/v1/accounts", g_string_free (out, FALSE), key, cancellable, callback, user_data);
}

gboolean
zc_client_register_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
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
  g_autofree char *name = g_utf8_substring (device, 0, MIN (g_utf8_strlen (device, -1), DEVICE_LENGTH));
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "method", method);
  zc_json_add_string (&writer, members[0], members[1]);
  zc_json_add_string (&writer, members[2], members[3]);
  zc_json_add_string (&writer, "device", name);
  zc_json_end_object (&writer);
  send_json (self, "POST", "/v1/sessions", g_string_free (out, FALSE), NULL, cancellable, callback, user_data);
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
      set_unreadable (error, reason);
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
  g_autofree char *path = g_strconcat ("/v1/sessions/", session != NULL ? session : "current", NULL);
  const ZcRequest request = { .method = "DELETE", .path = path };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
  if (session == NULL)
    zc_client_set_token (self, NULL);
}

gboolean
zc_client_sign_out_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
}

void
zc_client_list_sessions_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  get (self, "/v1/sessions", cancellable, callback, user_data);
}

ZcReply *
zc_client_list_sessions_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_begin_factor_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const ZcRequest request = { .method = "POST", .path = "/v1/factor" };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

ZcReply *
zc_client_begin_factor_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_get_factor_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  get (self, "/v1/factor", cancellable, callback, user_data);
}

ZcReply *
zc_client_get_factor_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

/* (transfer full): the body that has a code alone */
static char *
make_code_body (const char *code)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "code", code);
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}

void
zc_client_renew_codes_async (ZcClient *self,
                             const char *code,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  send_json (self, "POST", "/v1/factor/recovery-codes", make_code_body (code), NULL, cancellable, callback, user_data);
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
  send_json (self, "PUT", "/v1/sessions/current/factor", make_code_body (code), NULL, cancellable, callback, user_data);
}

gboolean
zc_client_show_factor_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
}

void
zc_client_redeem_async (ZcClient *self,
                        const char *invitation,
                        const char *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "invitation", invitation);
  zc_json_end_object (&writer);
  send_json (self, "POST", "/v1/memberships", g_string_free (out, FALSE), key, cancellable, callback, user_data);
}

ZcAccount *
zc_client_redeem_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_account_new_from_json, error);
}

void
zc_client_choose_membership_async (ZcClient *self,
                                   const char *membership,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "membership", membership);
  zc_json_end_object (&writer);
  send_json (self, "PUT", "/v1/sessions/current/membership", g_string_free (out, FALSE), NULL, cancellable, callback,
             user_data);
}

gboolean
zc_client_choose_membership_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
}

void
zc_client_get_me_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  get (self, "/v1/me", cancellable, callback, user_data);
}

ZcAccount *
zc_client_get_me_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_account_new_from_json, error);
}

/* --- catalogue and businesses --- */

void
zc_client_get_catalog_async (ZcClient *self,
                             const char *list,
                             const char *text,
                             const char *series,
                             const char *level,
                             const char *business,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *base = g_strconcat ("/v1/catalog/", list, NULL);
  g_autofree char *path
      = zc_client_path (base, "q", text, "series", series, "level", level, "business", business, NULL);

  get (self, path, cancellable, callback, user_data);
}

GListModel *
zc_client_get_catalog_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, ZC_TYPE_CATALOG_ITEM, (Reader) zc_catalog_item_new_from_json, error);
}

void
zc_client_load_calendar_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  get (self, "/v1/catalog/calendar", cancellable, callback, user_data);
}

gboolean
zc_client_load_calendar_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  const ZcJsonValue *layers = reply != NULL ? zc_json_get (zc_reply_root (reply), "layers") : NULL;
  g_autoptr (ZcCalendar) calendar = zc_calendar_new_national ();

  if (reply == NULL)
    return FALSE;
  for (guint i = 0; i < zc_json_size (layers); i++)
    {
      gsize length;
      g_autofree char *layer = zc_json_canonical (zc_json_at (layers, i), &length);

      if (!zc_calendar_add (calendar, layer, length, error))
        return FALSE;
    }
  zc_client_take_calendar (self, g_steal_pointer (&calendar));
  return TRUE;
}

void
zc_client_list_businesses_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  get (self, "/v1/businesses", cancellable, callback, user_data);
}

GListModel *
zc_client_list_businesses_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_list (self, result, ZC_TYPE_CATALOG_ITEM, (Reader) zc_catalog_item_new_from_json, error);
}

void
zc_client_get_business_async (ZcClient *self,
                              const char *id,
                              int revision,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *number = revision > 0 ? g_strdup_printf ("%d", revision) : NULL;
  g_autofree char *base = g_strconcat ("/v1/businesses/", id, NULL);
  g_autofree char *path = zc_client_path (base, "revision", number, NULL);

  get (self, path, cancellable, callback, user_data);
}

ZcBusiness *
zc_client_get_business_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  GError *reason = NULL;
  ZcBusiness *business;
  gsize length;
  const char *text;

  if (reply == NULL)
    return NULL;
  text = g_bytes_get_data (zc_reply_bytes (reply), &length);
  business = zc_business_parse (text, length, &reason);
  if (business == NULL)
    set_unreadable (error, reason);
  return business;
}

/* --- dossiers --- */

static void
write_target (ZcJsonWriter *writer, const ZcTarget *target)
{
  zc_json_begin_object (writer, "target");
  add_optional (writer, "unit", target->unit);
  add_optional (writer, "series", target->series);
  add_optional (writer, "level", target->level);
  add_optional (writer, "committee", target->committee);
  add_optional (writer, "office", target->office);
  add_optional (writer, "body", target->body);
  zc_json_end_object (writer);
}

void
zc_client_create_dossier_async (ZcClient *self,
                                const char *business,
                                const ZcTarget *target,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  zc_client_copy_dossier_async (self, NULL, business, target, key, cancellable, callback, user_data);
}

/**
 * zc_client_copy_dossier_async:
 * @self: a client
 * @copy_from: (nullable): id of a dossier of the same account; %NULL: begins from nothing
 * @business: id
 * @target: where the new one goes
 * @key: of the request
 * @cancellable: (nullable): gives up
 * @callback: called with the answer: zc_client_create_dossier_finish()
 * @user_data: for @callback
 */
void
zc_client_copy_dossier_async (ZcClient *self,
                              const char *copy_from,
                              const char *business,
                              const ZcTarget *target,
                              const char *key,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "business", business);
  write_target (&writer, target);
  add_optional (&writer, "copy_from", copy_from);
  zc_json_end_object (&writer);
  send_json (self, "POST", "/v1/dossiers", g_string_free (out, FALSE), key, cancellable, callback, user_data);
}

ZcDossier *
zc_client_create_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_dossier_new_from_json, error);
}

void
zc_client_get_dossier_async (ZcClient *self,
                             const char *dossier,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "");

  get (self, path, cancellable, callback, user_data);
}

ZcDossier *
zc_client_get_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_dossier_new_from_json, error);
}

void
zc_client_delete_dossier_async (ZcClient *self,
                                const char *dossier,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "");
  const ZcRequest request = { .method = "DELETE", .path = path, .key = key };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

gboolean
zc_client_delete_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
}

void
zc_client_put_target_async (ZcClient *self,
                            const char *dossier,
                            gint64 version,
                            const ZcTarget *target,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/target");
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_integer (&writer, "version", version);
  write_target (&writer, target);
  zc_json_end_object (&writer);
  send_json (self, "PUT", path, g_string_free (out, FALSE), key, cancellable, callback, user_data);
}

ZcDossier *
zc_client_put_target_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_dossier_new_from_json, error);
}

void
zc_client_update_form_async (ZcClient *self,
                             const char *dossier,
                             gint64 version,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/form");
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_integer (&writer, "version", version);
  zc_json_end_object (&writer);
  send_json (self, "POST", path, g_string_free (out, FALSE), key, cancellable, callback, user_data);
}

ZcDossier *
zc_client_update_form_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_object (self, result, (Reader) zc_dossier_new_from_json, error);
}

void
zc_client_get_section_async (ZcClient *self,
                             const char *dossier,
                             const char *section,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/dossiers/", dossier, "/sections/", section, NULL);

  get (self, path, cancellable, callback, user_data);
}

ZcReply *
zc_client_get_section_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_put_section_async (ZcClient *self,
                             const char *dossier,
                             const char *section,
                             gint64 base_version,
                             const char *body,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/dossiers/", dossier, "/sections/", section, NULL);
  g_autofree char *etag = g_strdup_printf ("%" G_GINT64_FORMAT, base_version);
  const ZcRequest request = { .method = "PUT", .path = path, .json = body, .if_match = etag };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

ZcReply *
zc_client_put_section_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_put_image_async (ZcClient *self,
                           const char *dossier,
                           const char *sha256,
                           GBytes *jpeg,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/dossiers/", dossier, "/images/", sha256, NULL);
  const ZcRequest request = { .method = "PUT", .path = path, .bytes = jpeg };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

gboolean
zc_client_put_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
}

void
zc_client_has_image_async (ZcClient *self,
                           const char *dossier,
                           const char *sha256,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/dossiers/", dossier, "/images/", sha256, NULL);
  const ZcRequest request = { .method = "HEAD", .path = path };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

gboolean
zc_client_has_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return finish_plain (self, result, error);
}

void
zc_client_get_image_async (ZcClient *self,
                           const char *dossier,
                           const char *sha256,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/dossiers/", dossier, "/images/", sha256, NULL);
  const ZcRequest request = { .method = "GET", .path = path };

  zc_client_send_expecting (self, &request, sha256, cancellable, callback, user_data);
}

GBytes *
zc_client_get_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);

  return reply != NULL ? g_bytes_ref (zc_reply_bytes (reply)) : NULL;
}

void
zc_client_get_history_async (ZcClient *self,
                             const char *dossier,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/history");

  get (self, path, cancellable, callback, user_data);
}

/**
 * zc_client_get_history_finish:
 * @self: a client
 * @result: given to the callback
 * @stages: (out) (optional) (transfer full): the stages, from "applicant" on
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the events, oldest first
 */
GListModel *
zc_client_get_history_finish (ZcClient *self, GAsyncResult *result, GListModel **stages, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  g_autoptr (GListModel) bar = NULL;
  GListModel *items;

  if (reply == NULL)
    return NULL;
  bar = read_list (reply, "stages", ZC_TYPE_STAGE_STATUS, (Reader) zc_stage_status_new_from_json, error);
  if (bar == NULL)
    return NULL;
  items = read_list (reply, "items", ZC_TYPE_HISTORY_ITEM, (Reader) zc_history_item_new_from_json, error);
  if (items != NULL && stages != NULL)
    *stages = g_steal_pointer (&bar);
  return items;
}

void
zc_client_get_revision_async (ZcClient *self,
                              const char *dossier,
                              int revision,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/v1/dossiers/%s/revisions/%d", dossier, revision);

  get (self, path, cancellable, callback, user_data);
}

ZcReply *
zc_client_get_revision_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}
