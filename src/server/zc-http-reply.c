/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <gio/gio.h>

#include "zc-http-private.h"

/* From a reply to what libmicrohttpd sends. */

static void
free_reply_cb (void *data)
{
  zc_reply_free (data);
}

static struct MHD_Response *
make_response (ZcReply *reply, guint64 *size)
{
  if (reply->fd >= 0)
    {
      *size = reply->file_size;
      return MHD_create_response_from_fd64 (*size, g_steal_fd (&reply->fd));
    }
  *size = reply->text != NULL    ? reply->text->len
          : reply->bytes != NULL ? g_bytes_get_size (reply->bytes)
                                 : 0;
  if (*size == 0)
    return MHD_create_response_empty (MHD_RF_NONE);
  return MHD_create_response_from_buffer_with_free_callback_cls (
      (size_t)*size, reply->text != NULL ? reply->text->str : g_bytes_get_data (reply->bytes, NULL),
      free_reply_cb, reply);
}

static void
add_header (struct MHD_Response *response, const char *name, const char *value)
{
  if (value != NULL && MHD_add_response_header (response, name, value) != MHD_YES)
    g_warning ("a header could not be added: %s", name);
}

static void
add_headers (struct MHD_Response *response, const ZcReply *reply, gboolean close)
{
  char seconds[16];

  add_header (response, "X-Content-Type-Options", "nosniff");
  add_header (response, "Cache-Control", reply->cacheable ? "private, no-cache" : "no-store");
  add_header (response, "Content-Type", reply->content_type);
  add_header (response, "ETag", reply->etag);
  add_header (response, "Location", reply->location);
  add_header (response, "Allow", reply->allow);
  if (reply->attachment)
    add_header (response, "Content-Disposition", "attachment");
  if (reply->status == 401)
    add_header (response, "WWW-Authenticate", "Bearer");
  if (reply->retry_after > 0)
    {
      g_snprintf (seconds, sizeof seconds, "%d", reply->retry_after);
      add_header (response, "Retry-After", seconds);
    }
  if (close)
    add_header (response, "Connection", "close");
}

enum MHD_Result
zc_exchange_queue_reply (ZcExchange *exchange)
{
  ZcHttp *http = exchange->connection->loop->http;
  ZcReply *reply = g_steal_pointer (&exchange->reply);
  guint64 size = 0;
  struct MHD_Response *response = make_response (reply, &size);
  gboolean kept
      = size > 0 && (reply->text != NULL || reply->bytes != NULL); /* the response frees it */
  enum MHD_Result result;

  add_headers (response, reply, reply->close || g_atomic_int_get (&http->quiescing));
  exchange->state = ZC_EXCHANGE_REPLY;
  exchange->status = reply->status;
  exchange->connection->deadline = zc_deadline_in (
      http->config->idle_seconds + (int)MIN (size / (guint64)http->config->body_rate, 86400));
  result = MHD_queue_response (exchange->mhd, (unsigned int)reply->status, response);
  if (!kept)
    zc_reply_free (reply);
  MHD_destroy_response (response);
  return result;
}
