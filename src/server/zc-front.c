/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-engine.h"
#include "zc-front.h"
#include "zc-header.h"
#include "zc-http.h"
#include "zc-log.h"
#include "zc-upload.h"
#include "zc-waiting.h"

/* The front: runs on the loops' threads. A request belongs to its exchange and, while it is worked
 * on, to the engine as well; request->transport is the exchange as long as there is one, and is
 * looked at by its loop's thread alone. */

#define FIRST_BODY (16 * 1024)
#define FORGET_BODY (1024 * 1024) /* of a refused request, read so that the client sees the reply  \
                                   */
#define WAITING_PATH "/v1/changes"

struct _ZcFront
{
  ZcServer *server;
  ZcHttp *http;
  ZcUploads *uploads;
  guint64 n_requests; /* atomic */
};

static ZcMethod
find_method (const char *name)
{
  static const char *names[] = { "GET", "HEAD", "POST", "PUT", "DELETE" };

  for (ZcMethod method = 0; method < G_N_ELEMENTS (names); method++)
    if (strcmp (names[method], name) == 0)
      return method;
  return ZC_METHOD_OTHER;
}

/* --- replies
 * ------------------------------------------------------------------------------------------- */

/* The client has this very text already. */
static ZcReply *
answer_unchanged (const ZcRequest *request, ZcReply *reply)
{
  ZcReply *unchanged;

  if (reply->status != 200 || reply->etag == NULL || request->if_none_match == NULL
      || request->method > ZC_METHOD_HEAD || strstr (request->if_none_match, reply->etag) == NULL)
    return reply;
  unchanged = zc_reply_new (304);
  unchanged->etag = g_steal_pointer (&reply->etag);
  unchanged->cacheable = reply->cacheable;
  zc_reply_free (reply);
  return unchanged;
}

/* On the loop's thread; the engine's reference ends here. */
static void
deliver_cb (gpointer data)
{
  ZcRequest *request = data;

  if (request->transport != NULL)
    zc_exchange_reply (request->transport,
                       answer_unchanged (request, g_steal_pointer (&request->reply)));
  zc_request_free (request);
}

static void
answer_cb (ZcRequest *request, ZcReply *reply)
{
  request->reply = reply;
  zc_loop_post (request->loop, deliver_cb, request);
}

/* --- uploads
 * ------------------------------------------------------------------------------------------- */

static void
drained_on_loop_cb (gpointer data)
{
  ZcRequest *request = data;

  if (request->transport != NULL)
    zc_exchange_go_on (request->transport);
  zc_request_free (request);
}

static void
drained_cb (ZcRequest *request)
{
  zc_loop_post (request->loop, drained_on_loop_cb, zc_request_ref (request));
}

static const ZcUploadHandler upload_handler = {
  .finished = zc_engine_uploaded,
  .drained = drained_cb,
};

static void
refuse_busy (ZcExchange *exchange, const ZcRequest *request)
{
  g_autoptr (GError) error = zc_refusal_new (ZC_REFUSAL_BUSY, "too many uploads at once");

  zc_refusal_set_retry (error, 1);
  zc_exchange_reply (exchange, zc_reply_error (error, request));
}

/* The engine has said whether the body may come. */
static void
permitted_on_loop_cb (gpointer data)
{
  ZcRequest *request = data;
  ZcExchange *exchange = request->transport;

  request->answer = answer_cb;
  if (exchange == NULL)
    ;
  else if (request->reply != NULL)
    zc_exchange_reply (exchange, g_steal_pointer (&request->reply));
  else if (zc_upload_begin (request->front_data, request))
    zc_exchange_go_on (exchange);
  else
    refuse_busy (exchange, request);
  zc_request_free (request);
}

static void
permitted_cb (ZcRequest *request, ZcReply *reply)
{
  request->reply = reply;
  zc_loop_post (request->loop, permitted_on_loop_cb, request);
}

/* --- the header
 * ---------------------------------------------------------------------------------------- */

static gboolean
find_route (ZcFront *front, ZcRequest *request, ZcExchange *exchange, char **allow, GError **error)
{
  char *query;

  request->text = g_strdup (zc_exchange_get_target (exchange));
  query = strchr (request->text, '?');
  if (query != NULL)
    *query++ = '\0';
  request->path = g_strdup (request->text);
  if (!g_str_is_ascii (request->path))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "the path is malformed");
      return FALSE;
    }
  return zc_router_find (front->server->router, request, request->text, allow, error)
         && zc_router_read_query (request, query, error);
}

static gboolean
refuse_size (GError **error, gint64 limit)
{
  GError *refusal = zc_refusal_new (ZC_REFUSAL_TOO_LARGE, "the body has too many bytes");

  zc_refusal_set_limit (refusal, limit);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gint64
body_limit (const ZcRequest *request)
{
  const ZcConfig *config = request->server->config;

  if (request->route->max_body > 0)
    return request->route->max_body;
  return request->route->body == ZC_BODY_JPEG ? config->image_bytes : config->json_bytes;
}

static gboolean
check_body (const ZcRequest *request, const ZcHeader *header, GError **error)
{
  static const char *types[] = { NULL, "application/json", "image/jpeg" };
  const char *type = types[request->route->body];

  if (type == NULL && zc_header_has_body (header))
    zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "no body is taken here");
  else if (type != NULL && g_strcmp0 (request->content_type, type) != 0)
    zc_refusal_set (error, ZC_REFUSAL_MEDIA_TYPE, "the body must be %s", type);
  else if (header->content_length > body_limit (request))
    return refuse_size (error, body_limit (request));
  else
    return TRUE;
  return FALSE;
}

/* What can be refused without a look into the store. */
static gboolean
check_request (const ZcRequest *request, const ZcHeader *header, GError **error)
{
  if (request->route->access != ZC_ACCESS_ANYONE && request->token == NULL)
    zc_refusal_set (error, ZC_REFUSAL_SIGNED_OUT, "no token");
  else if ((request->route->flags & ZC_ROUTE_NEEDS_KEY) != 0 && request->key == NULL)
    zc_refusal_set (error, ZC_REFUSAL_NO_KEY, "Idempotency-Key is missing");
  else
    return check_body (request, header, error);
  return FALSE;
}

/* Where the body is not too long the client gets to send it, or it might not see why it was
 * refused. */
static void
refuse_head (ZcExchange *exchange,
             const ZcRequest *request,
             const ZcHeader *header,
             char *allow,
             const GError *error)
{
  ZcReply *reply = zc_reply_error (error, request);
  gboolean body = zc_header_has_body (header);

  reply->allow = allow;
  if (body && !header->malformed && !header->expects && header->content_length <= FORGET_BODY)
    {
      zc_exchange_take_body (exchange, FORGET_BODY);
      zc_exchange_reply (exchange, reply);
      return;
    }
  reply->close = body || header->malformed;
  if (!reply->close)
    zc_exchange_take_body (exchange, 0);
  zc_exchange_reply (exchange, reply);
}

static void
run_plain (ZcExchange *exchange, ZcRequest *request)
{
  g_autoptr (GError) error = NULL;
  ZcReply *reply;

  reply = request->route->handler (request, NULL, &error);
  zc_exchange_reply (exchange, reply != NULL ? answer_unchanged (request, reply)
                                             : zc_reply_error (error, request));
}

static void
start_upload (ZcFront *front, ZcExchange *exchange, ZcRequest *request)
{
  request->received = zc_time_now ();
  request->upload_limit = body_limit (request);
  request->front_data = front->uploads;
  request->answer = permitted_cb;
  zc_exchange_take_body (exchange, body_limit (request));
  zc_exchange_hold (exchange);
  zc_engine_ask (request);
}

static void
start_request (ZcFront *front, ZcExchange *exchange, ZcRequest *request, const ZcHeader *header)
{
  if (request->route->kind == ZC_KIND_UPLOAD)
    {
      start_upload (front, exchange, request);
      return;
    }
  if (request->route->body != ZC_BODY_NONE)
    request->body
        = g_byte_array_sized_new ((guint)CLAMP (header->content_length + 1, 64, FIRST_BODY));
  zc_exchange_take_body (exchange, request->body != NULL ? body_limit (request) : 0);
}

static ZcRequest *
make_request (ZcFront *front, ZcExchange *exchange)
{
  ZcRequest *request = zc_request_new ();

  request->server = front->server;
  request->number = __atomic_add_fetch (&front->n_requests, 1, __ATOMIC_RELAXED);
  request->started = g_get_monotonic_time ();
  request->transport = exchange;
  request->loop = zc_exchange_get_loop (exchange);
  request->answer = answer_cb;
  request->method = find_method (zc_exchange_get_method (exchange));
  zc_exchange_set_data (exchange, request);
  return request;
}

static void
head_cb (ZcExchange *exchange, gpointer data)
{
  ZcFront *front = data;
  ZcRequest *request = make_request (front, exchange);
  g_autoptr (GError) error = NULL;
  char *allow = NULL;
  ZcHeader header;

  if (zc_header_read (&header, request, exchange, front->server->config, &error)
      && find_route (front, request, exchange, &allow, &error)
      && check_request (request, &header, &error))
    start_request (front, exchange, request, &header);
  else
    refuse_head (exchange, request, &header, allow, error);
  zc_header_clear (&header);
}

static void
chunk_cb (ZcExchange *exchange, const void *bytes, gsize size, gpointer data)
{
  ZcRequest *request = zc_exchange_get_data (exchange);

  if (request->body != NULL)
    g_byte_array_append (request->body, bytes, (guint)size);
  else if (zc_upload_feed (request->upload_task, bytes, size))
    zc_exchange_hold (exchange);
}

static void
end_cb (ZcExchange *exchange, gpointer data)
{
  ZcRequest *request = zc_exchange_get_data (exchange);

  request->received = zc_time_now ();
  if (request->body != NULL)
    {
      g_byte_array_append (request->body, (const guint8 *)"", 1);
      request->body->len--;
    }
  if (request->route->kind == ZC_KIND_PLAIN)
    {
      run_plain (exchange, request);
      return;
    }
  zc_exchange_hold (exchange);
  if (request->upload_task != NULL)
    zc_upload_end (request->upload_task);
  else
    zc_engine_run (request);
}

static void
gone_cb (ZcExchange *exchange, int status, gpointer data)
{
  ZcRequest *request = zc_exchange_get_data (exchange);

  if (request == NULL)
    return;
  zc_log_request (request->number,
                  request->method != ZC_METHOD_OTHER ? zc_exchange_get_method (exchange) : "-",
                  request->route != NULL ? request->route->pattern : "-", status,
                  g_get_monotonic_time () - request->started);
  request->transport = NULL;
  if (request->upload_task != NULL)
    zc_upload_abort (request->upload_task);
  zc_request_free (request);
}

static const ZcHttpHandler http_handler = {
  .head = head_cb,
  .chunk = chunk_cb,
  .end = end_cb,
  .gone = gone_cb,
};

ZcFront *
zc_front_start (ZcServer *server, GError **error)
{
  ZcFront *front = g_new0 (ZcFront, 1);

  front->server = server;
  front->uploads = zc_uploads_start (server->blobs, server->config->uploads, &upload_handler);
  front->http = zc_http_start (server->config, WAITING_PATH, &http_handler, front, error);
  if (front->http != NULL)
    return front;
  zc_uploads_stop (front->uploads);
  g_free (front);
  return NULL;
}

int
zc_front_get_port (ZcFront *front)
{
  return zc_http_get_port (front->http);
}

gboolean
zc_front_quiesce (ZcFront *front, int seconds)
{
  gint64 until = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;

  zc_http_quiesce (front->http);
  zc_waiting_expire (front->server->waiting, zc_time_now (), TRUE);
  while (!zc_http_is_quiet (front->http) && g_get_monotonic_time () < until)
    g_usleep (10000);
  return zc_http_is_quiet (front->http);
}

void
zc_front_stop (ZcFront *front)
{
  zc_http_stop (front->http);
  zc_uploads_stop (front->uploads);
  g_free (front);
}
