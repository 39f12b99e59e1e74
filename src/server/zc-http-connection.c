/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "zc-http-private.h"

/* Connections and the limits that libmicrohttpd does not know: how many by address, a deadline for
 * the whole header, a least rate for bodies and replies.
 *
 * A connection that runs into a limit is shut down; libmicrohttpd then closes it by itself. */

#define BODY_GRACE_US (5 * G_TIME_SPAN_SECOND)

char *
zc_http_format_address (const struct sockaddr *address)
{
  char text[INET6_ADDRSTRLEN] = "?";
  const void *bytes
      = address->sa_family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;

  inet_ntop (address->sa_family, bytes, text, sizeof text);
  return g_strdup (g_str_has_prefix (text, "::ffff:") ? text + strlen ("::ffff:") : text);
}

static gboolean
is_trusted (const ZcConfig *config, const char *address)
{
  return g_strv_contains ((const char *const *)config->trusted_proxies, address);
}

/* Counts a new connection; FALSE: one too many. */
gboolean
zc_connection_count_in (ZcHttp *http, const struct sockaddr *address)
{
  g_autofree char *name = zc_http_format_address (address);
  gboolean room;
  int count;

  g_mutex_lock (&http->mutex);
  count = GPOINTER_TO_INT (g_hash_table_lookup (http->addresses, name));
  room = (int)http->n_connections < http->config->connections
         && (count < http->config->connections_per_address || is_trusted (http->config, name));
  if (room)
    {
      g_hash_table_replace (http->addresses, g_strdup (name), GINT_TO_POINTER (count + 1));
      http->n_connections++;
    }
  g_mutex_unlock (&http->mutex);
  return room;
}

void
zc_connection_count_out (ZcHttp *http, const struct sockaddr *address)
{
  g_autofree char *name = zc_http_format_address (address);
  int count;

  g_mutex_lock (&http->mutex);
  count = GPOINTER_TO_INT (g_hash_table_lookup (http->addresses, name));
  if (count > 1)
    g_hash_table_replace (http->addresses, g_strdup (name), GINT_TO_POINTER (count - 1));
  else
    g_hash_table_remove (http->addresses, name);
  http->n_connections--;
  g_mutex_unlock (&http->mutex);
}

gint64
zc_deadline_in (int seconds)
{
  return g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
}

void
zc_connection_notify_cb (void *data,
                         struct MHD_Connection *mhd,
                         void **context,
                         enum MHD_ConnectionNotificationCode code)
{
  ZcLoop *loop = data;
  ZcConnection *connection = *context;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      connection = g_new0 (ZcConnection, 1);
      connection->loop = loop;
      connection->link.data = connection;
      connection->fd = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      connection->deadline = zc_deadline_in (loop->http->config->header_seconds);
      g_queue_push_tail_link (&loop->connections, &connection->link);
      *context = connection;
    }
  else if (connection != NULL)
    {
      zc_connection_count_out (
          loop->http,
          MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
      g_queue_unlink (&loop->connections, &connection->link);
      g_free (connection);
      *context = NULL;
    }
}

/* Slower than the least rate, counted from when the body began and without the time it was held
 * back by us. */
static gboolean
is_too_slow (const ZcExchange *exchange, const ZcConfig *config, gint64 now)
{
  gint64 elapsed = now - exchange->body_since - BODY_GRACE_US;

  return exchange->state == ZC_EXCHANGE_BODY && elapsed > 0
         && exchange->body_bytes < elapsed / G_TIME_SPAN_SECOND * config->body_rate;
}

/* Whether the client has closed before its request was whole. libmicrohttpd does not see an end that
 * came together with the bytes before it; such a connection would count until its deadline. Told at
 * the second look, a second later: what is there may just not have been worked on yet. */
static gboolean
has_left (ZcConnection *connection)
{
  const ZcExchange *exchange = connection->exchange;
  gboolean half = exchange == NULL || exchange->state == ZC_EXCHANGE_HEAD
                  || (exchange->state == ZC_EXCHANGE_BODY && !exchange->body_done);
  gboolean before = connection->ended;
  char byte;

  connection->ended
      = half && recv (connection->fd, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) == 0;
  return before && connection->ended;
}

void
zc_connection_sweep (ZcLoop *loop, gint64 now)
{
  const ZcConfig *config = loop->http->config;

  if (now - loop->swept < ZC_CONNECTION_SWEEP_MS * 1000)
    return;
  loop->swept = now;
  for (GList *link = loop->connections.head; link != NULL; link = link->next)
    {
      ZcConnection *connection = link->data;

      if (now > connection->deadline || has_left (connection)
          || (connection->exchange != NULL && is_too_slow (connection->exchange, config, now)))
        {
          shutdown (connection->fd, SHUT_RDWR);
          connection->deadline = ZC_DEADLINE_NEVER;
        }
    }
}
