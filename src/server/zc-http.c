/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <gio/gio.h>

#include "zc-http-private.h"

/* The front as a whole: where it listens, and the life of its two loops. */

static int
open_listening (const ZcConfig *config, int *port, GError **error)
{
  g_autoptr (GInetAddress) host = g_inet_address_new_from_string (config->listen);
  g_autoptr (GSocketAddress) address
      = host != NULL ? g_inet_socket_address_new (host, (guint16)config->port) : NULL;
  struct sockaddr_storage native = { 0 };
  socklen_t length = sizeof native;
  int on = 1, fd;

  if (address == NULL || !g_socket_address_to_native (address, &native, sizeof native, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "[server] listen: not an address: %s", config->listen);
      return -1;
    }
  fd = socket (native.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0
      || setsockopt (fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &config->header_seconds, sizeof (int)) != 0
      || bind (fd, (struct sockaddr *)&native,
               (socklen_t)g_socket_address_get_native_size (address))
             != 0
      || listen (fd, 1024) != 0 || getsockname (fd, (struct sockaddr *)&native, &length) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s:%d: %s", config->listen, config->port,
                   g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  *port = ntohs (native.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&native)->sin6_port
                                              : ((struct sockaddr_in *)&native)->sin_port);
  return fd;
}

ZcHttp *
zc_http_start (const ZcConfig *config,
               const char *waiting_path,
               const ZcHttpHandler *handler,
               gpointer data,
               GError **error)
{
  ZcHttp *http = g_new0 (ZcHttp, 1);
  int listening;

  http->config = config;
  http->handler = handler;
  http->data = data;
  http->waiting_prefix = g_strconcat ("GET ", waiting_path, NULL);
  http->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&http->mutex);
  zc_loop_init (&http->loops[0], http);
  zc_loop_init (&http->loops[1], http);
  listening = open_listening (config, &http->port, error);
  if (listening < 0 || !zc_loop_start (&http->loops[1], "waiting", -1, error)
      || !zc_loop_start (&http->loops[0], "front", listening, error))
    {
      zc_http_stop (http);
      return NULL;
    }
  return http;
}

int
zc_http_get_port (ZcHttp *http)
{
  return http->port;
}

void
zc_http_quiesce (ZcHttp *http)
{
  g_atomic_int_set (&http->quiescing, TRUE);
  zc_loop_wake (&http->loops[0]);
  zc_loop_wake (&http->loops[1]);
}

gboolean
zc_http_is_quiet (ZcHttp *http)
{
  return g_atomic_int_get (&http->loops[0].exchanges) == 0
         && g_atomic_int_get (&http->loops[1].exchanges) == 0;
}

void
zc_http_stop (ZcHttp *http)
{
  g_atomic_int_set (&http->stopping, TRUE);
  zc_loop_stop (&http->loops[0]);
  zc_loop_stop (&http->loops[1]);
  g_hash_table_unref (http->addresses);
  g_mutex_clear (&http->mutex);
  g_free (http->waiting_prefix);
  g_free (http);
}
