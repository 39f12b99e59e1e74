/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <sys/socket.h>

#include "zc-http-private.h"

/* An exchange: what libmicrohttpd calls in its course, and what the front does with it. */

/* The request line is there. */
void *
zc_exchange_begin_cb (void *data, const char *target, struct MHD_Connection *mhd)
{
  ZcConnection *connection
      = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  ZcExchange *exchange = g_new0 (ZcExchange, 1);
  gint64 deadline = zc_deadline_in (connection->loop->http->config->header_seconds);

  exchange->connection = connection;
  exchange->mhd = mhd;
  exchange->target = g_strdup (target);
  connection->exchange = exchange;
  connection->deadline = MIN (connection->deadline, deadline);
  g_atomic_int_inc (&connection->loop->exchanges);
  return exchange;
}

/* More than was allowed: only possible without a Content-Length, which is looked at beforehand. */
static void
cut_off (ZcExchange *exchange)
{
  exchange->connection->deadline = ZC_DEADLINE_NEVER;
  shutdown (exchange->connection->fd, SHUT_RDWR);
}

static void
take_chunk (ZcExchange *exchange, const char *bytes, size_t *size)
{
  ZcHttp *http = exchange->connection->loop->http;
  gsize length = *size;

  exchange->body_bytes += (gint64)length;
  *size = 0;
  if (exchange->body_bytes > exchange->body_limit)
    cut_off (exchange);
  else if (exchange->reply == NULL)
    http->handler->chunk (exchange, bytes, length, http->data);
}

static void
call_handler (ZcExchange *exchange, const char *method)
{
  ZcHttp *http = exchange->connection->loop->http;

  if (exchange->state == ZC_EXCHANGE_HEAD)
    {
      exchange->method = method;
      exchange->in_head = TRUE;
      http->handler->head (exchange, http->data);
      exchange->in_head = FALSE;
      exchange->head_again = exchange->state == ZC_EXCHANGE_HELD;
    }
  else if (exchange->head_again)
    exchange->head_again = FALSE;
  else if (exchange->state == ZC_EXCHANGE_BODY && !exchange->body_done)
    {
      exchange->body_done = TRUE;
      http->handler->end (exchange, http->data);
    }
}

/* libmicrohttpd calls this when the header is there, for each piece of the body, at its end, and
 * after each resumption. */
enum MHD_Result
zc_exchange_access_cb (void *data,
                       struct MHD_Connection *mhd,
                       const char *url,
                       const char *method,
                       const char *version,
                       const char *bytes,
                       size_t *size,
                       void **context)
{
  ZcExchange *exchange = *context;

  if (*size > 0)
    {
      take_chunk (exchange, bytes, size);
      return MHD_YES;
    }
  if (exchange->reply == NULL)
    call_handler (exchange, method);
  if (exchange->body_first)
    {
      exchange->body_first = FALSE;
      return MHD_YES;
    }
  return exchange->reply != NULL && exchange->state != ZC_EXCHANGE_HELD
             ? zc_exchange_queue_reply (exchange)
             : MHD_YES;
}

void
zc_exchange_end_cb (void *data,
                    struct MHD_Connection *mhd,
                    void **context,
                    enum MHD_RequestTerminationCode code)
{
  ZcLoop *loop = data;
  ZcExchange *exchange = *context;

  if (exchange == NULL)
    return;
  loop->http->handler->gone (exchange, exchange->status, loop->http->data);
  exchange->connection->exchange = NULL;
  exchange->connection->deadline = zc_deadline_in (loop->http->config->idle_seconds);
  g_clear_pointer (&exchange->reply, zc_reply_free);
  g_free (exchange->target);
  g_free (exchange);
  *context = NULL;
  g_atomic_int_add (&loop->exchanges, -1);
}

ZcLoop *
zc_exchange_get_loop (ZcExchange *exchange)
{
  return exchange->connection->loop;
}

const char *
zc_exchange_get_method (ZcExchange *exchange)
{
  return exchange->method;
}

char *
zc_exchange_get_target (ZcExchange *exchange)
{
  return exchange->target;
}

typedef struct
{
  ZcHeaderFunc func;
  gpointer data;
} Walk;

static enum MHD_Result
header_cb (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  Walk *walk = data;

  walk->func (name, value != NULL ? value : "", walk->data);
  return MHD_YES;
}

void
zc_exchange_each_header (ZcExchange *exchange, ZcHeaderFunc func, gpointer data)
{
  Walk walk = { func, data };

  MHD_get_connection_values (exchange->mhd, MHD_HEADER_KIND, header_cb, &walk);
}

const struct sockaddr *
zc_exchange_get_address (ZcExchange *exchange)
{
  return MHD_get_connection_info (exchange->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
}

void
zc_exchange_set_data (ZcExchange *exchange, gpointer data)
{
  exchange->data = data;
}

gpointer
zc_exchange_get_data (ZcExchange *exchange)
{
  return exchange->data;
}

/* What is queued before the end of the request makes libmicrohttpd close the connection behind it:
 * so replies wait for that end. */
void
zc_exchange_take_body (ZcExchange *exchange, gint64 limit)
{
  exchange->body_limit = limit;
  exchange->body_since = g_get_monotonic_time ();
  exchange->state = ZC_EXCHANGE_BODY;
  exchange->connection->deadline = ZC_DEADLINE_NEVER;
}

void
zc_exchange_hold (ZcExchange *exchange)
{
  exchange->state = ZC_EXCHANGE_HELD;
  exchange->held_since = g_get_monotonic_time ();
  exchange->connection->deadline = ZC_DEADLINE_NEVER;
  MHD_suspend_connection (exchange->mhd);
}

void
zc_exchange_go_on (ZcExchange *exchange)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (exchange->state == ZC_EXCHANGE_HELD);
  exchange->state = ZC_EXCHANGE_BODY;
  exchange->body_since += now - exchange->held_since;
  MHD_resume_connection (exchange->mhd);
}

void
zc_exchange_reply (ZcExchange *exchange, ZcReply *reply)
{
  g_return_if_fail (exchange->reply == NULL);
  exchange->reply = reply;
  exchange->body_first = exchange->in_head && exchange->state == ZC_EXCHANGE_BODY;
  if (exchange->state != ZC_EXCHANGE_HELD)
    return;
  if (exchange->body_done)
    exchange->state = ZC_EXCHANGE_REPLY;
  else
    {
      /* refused before or in the middle of its body: the rest is read and forgotten, for then the
       * client reads the reply */
      exchange->body_first = exchange->head_again;
      exchange->state = ZC_EXCHANGE_BODY;
      exchange->body_since += g_get_monotonic_time () - exchange->held_since;
    }
  MHD_resume_connection (exchange->mhd);
}
