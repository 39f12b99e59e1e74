/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-call.h"
#include "zc-record.h"

/* How requests are worded and answers read: once, for all calls. */

/**
 * zc_call_body_begin:
 * @body: (out caller-allocates): its writer is open for the members; zc_call_body_send() clears it
 */
void
zc_call_body_begin (ZcCallBody *body)
{
  body->text = g_string_new (NULL);
  zc_json_writer_init (&body->writer, body->text);
  zc_json_begin_object (&body->writer, NULL);
}

/**
 * zc_call_body_send:
 * @body: begun, its members written
 * @client: the way to the server
 * @method: "POST" or "PUT"
 * @path: already encoded
 * @key: (nullable): Idempotency-Key
 * @cancellable: (nullable): gives the request up
 * @callback: called when the answer is whole: zc_client_send_finish() or one of zc_call_finish_*()
 * @user_data: for @callback
 */
void
zc_call_body_send (ZcCallBody *body,
                   ZcClient *client,
                   const char *method,
                   const char *path,
                   const char *key,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GString) text = g_steal_pointer (&body->text);
  ZcRequest request = { .method = method, .path = path, .key = key };

  zc_json_end_object (&body->writer);
  request.json = text->str;
  zc_client_send_async (client, &request, cancellable, callback, user_data);
}

void
zc_call_add_optional (ZcJsonWriter *writer, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    zc_json_add_string (writer, name, value);
}

void
zc_call_send (ZcClient *client,
              const char *method,
              const char *path,
              const char *key,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  const ZcRequest request = { .method = method, .path = path, .key = key };

  zc_client_send_async (client, &request, cancellable, callback, user_data);
}

gboolean
zc_call_finish_plain (ZcClient *client, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (client, result, error);

  return reply != NULL;
}

/**
 * zc_call_finish_object:
 * @client: a client
 * @result: given to the callback
 * @reader: makes the object of the answer's root
 * @error: return location: what the server said, or ZC_REFUSAL_INTERNAL where @reader fails
 *
 * Returns: (transfer full) (nullable): the object
 */
gpointer
zc_call_finish_object (ZcClient *client, GAsyncResult *result, ZcCallReader reader, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (client, result, error);
  GError *reason = NULL;
  gpointer object;

  if (reply == NULL)
    return NULL;
  object = reader (zc_reply_root (reply), &reason);
  if (object == NULL)
    zc_call_set_unreadable (error, reason);
  return object;
}

GListModel *
zc_call_finish_list (
    ZcClient *client, GAsyncResult *result, GType type, ZcCallReader reader, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (client, result, error);

  return reply != NULL ? zc_call_read_list (reply, "items", type, reader, error) : NULL;
}

/**
 * zc_call_read_list:
 * @reply: an answer
 * @member: the array in it
 * @type: of the items
 * @reader: makes one of each member of the array
 * @error: return location: ZC_REFUSAL_INTERNAL where one cannot be read
 *
 * Returns: (transfer full) (nullable): a list store of @type
 */
GListModel *
zc_call_read_list (
    const ZcReply *reply, const char *member, GType type, ZcCallReader reader, GError **error)
{
  GError *reason = NULL;
  GListStore *list
      = zc_record_list_new (zc_json_get (zc_reply_root (reply), member), type, reader, &reason);

  if (list == NULL)
    zc_call_set_unreadable (error, reason);
  return (GListModel *)list;
}

void
zc_call_set_unreadable (GError **error, GError *reason)
{
  zc_refusal_set (error, ZC_REFUSAL_INTERNAL, "the server's answer cannot be read: %s",
                  reason != NULL ? reason->message : "something is missing");
  g_clear_error (&reason);
}
