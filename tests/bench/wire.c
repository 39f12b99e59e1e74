/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-bench"

#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

int
zc_wire_connect (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("connect: %s", g_strerror (errno));
  return fd;
}

gint64
zc_wire_number (const char *reply, const char *header)
{
  const char *found = strcasestr (reply, header);

  if (found == NULL)
    return -1;
  found += strlen (header);
  return g_ascii_strtoll (found + strspn (found, " \""), NULL, 10);
}

gboolean
zc_wire_is_whole (const GString *reply)
{
  const char *end = strstr (reply->str, "\r\n\r\n");
  gint64 length;

  if (end == NULL)
    return FALSE;
  length = zc_wire_number (reply->str, "\ncontent-length:");
  return reply->len >= (gsize) (end + 4 - reply->str) + (gsize) MAX (length, 0);
}
