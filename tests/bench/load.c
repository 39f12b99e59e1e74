/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-bench"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

/* load PORT CONNECTIONS SECONDS BODY ADDRESSES: saves sections over so many connections at once, each the one of a line of
 * ADDRESSES ("TOKEN PATH VERSION"), again and again with another text, as the app does: If-Match, Idempotency-Key. BODY holds
 * "@@@@@@@@" where the text changes. Prints "SAVES-PER-SECOND P50-MS P99-MS ERRORS". The same for every server. */

typedef struct
{
  int fd;
  char *token;
  char *path;
  gint64 version;
  guint64 serial;
  GString *request;
  gsize sent;
  GString *reply;
  gint64 began;
} Connection;

typedef struct
{
  int port;
  int epoll;
  char *body;
  gsize body_length;
  char *mark;
  Connection *connections;
  guint n;
  GArray *times; /* us */
  guint errors;
  gint64 until;
} Load;

static void
compose (Load *load, Connection *connection, guint index)
{
  char number[16];

  g_snprintf (number, sizeof number, "%08x", (guint) (connection->serial++ & 0xffffffff));
  memcpy (load->mark, number, 8);
  g_string_printf (connection->request,
                   "PUT %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nIf-Match: \"%" G_GINT64_FORMAT "\"\r\n"
                   "Idempotency-Key: %08x-0000-4000-8000-%012" G_GINT64_MODIFIER "x\r\nContent-Type: application/json\r\n"
                   "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                   connection->path, connection->token, connection->version, index, connection->serial & 0xffffffffffff, load->body_length);
  g_string_append_len (connection->request, load->body, (gssize) load->body_length);
  connection->sent = 0;
  g_string_truncate (connection->reply, 0);
  connection->began = g_get_monotonic_time ();
}

static void
send_some (Load *load, Connection *connection)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };

  while (connection->sent < connection->request->len)
    {
      ssize_t n = send (connection->fd, connection->request->str + connection->sent,
                        connection->request->len - connection->sent, MSG_NOSIGNAL);

      if (n < 0 && errno == EAGAIN)
        {
          event.events |= EPOLLOUT;
          break;
        }
      if (n <= 0)
        g_error ("send: %s", g_strerror (errno));
      connection->sent += (gsize) n;
    }
  epoll_ctl (load->epoll, EPOLL_CTL_MOD, connection->fd, &event);
}

static void
connect_to (Load *load, Connection *connection)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) load->port) };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };
  int yes = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  connection->fd = socket (AF_INET, SOCK_STREAM, 0);
  setsockopt (connection->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect (connection->fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("connect: %s", g_strerror (errno));
  epoll_ctl (load->epoll, EPOLL_CTL_ADD, connection->fd, &event);
}

/* The value of a header, where the reply is whole; -1: not yet. */
static gint64
find_number (const char *head, const char *name)
{
  const char *found = strcasestr (head, name);

  if (found == NULL)
    return -1;
  found += strlen (name);
  return g_ascii_strtoll (found + strspn (found, " \""), NULL, 10);
}

static gboolean
is_whole (Connection *connection)
{
  const char *end = strstr (connection->reply->str, "\r\n\r\n");

  if (end == NULL)
    return FALSE;
  return connection->reply->len >= (gsize) (end + 4 - connection->reply->str) + (gsize) MAX (find_number (connection->reply->str, "content-length:"), 0);
}

static void
take_reply (Load *load, Connection *connection)
{
  gint64 took = g_get_monotonic_time () - connection->began;
  gint64 version = find_number (connection->reply->str, "etag:");

  if (strncmp (connection->reply->str, "HTTP/1.1 200", 12) == 0 && version > connection->version)
    {
      connection->version = version;
      g_array_append_val (load->times, took);
    }
  else if (load->errors++ == 0)
    g_printerr ("refused: %.600s\n", connection->reply->str);
}

static void
receive (Load *load, Connection *connection)
{
  char buffer[16384];
  ssize_t n = recv (connection->fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (n < 0 && errno == EAGAIN)
    return;
  if (n <= 0)
    g_error ("the server closed: %s", n < 0 ? g_strerror (errno) : "end");
  g_string_append_len (connection->reply, buffer, n);
  if (!is_whole (connection))
    return;
  take_reply (load, connection);
  if (g_get_monotonic_time () >= load->until)
    return;
  compose (load, connection, (guint) (connection - load->connections));
  send_some (load, connection);
}

static void
run (Load *load)
{
  struct epoll_event events[256];

  for (guint i = 0; i < load->n; i++)
    {
      compose (load, &load->connections[i], i);
      send_some (load, &load->connections[i]);
    }
  while (g_get_monotonic_time () < load->until)
    {
      int n = epoll_wait (load->epoll, events, G_N_ELEMENTS (events), 100);

      for (int i = 0; i < n; i++)
        if (events[i].events & EPOLLOUT)
          send_some (load, events[i].data.ptr);
        else
          receive (load, events[i].data.ptr);
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return (*(const gint64 *) a > *(const gint64 *) b) - (*(const gint64 *) a < *(const gint64 *) b);
}

static double
percentile (GArray *times, double part)
{
  guint index = (guint) ((double) times->len * part);

  return times->len == 0 ? 0 : (double) g_array_index (times, gint64, MIN (index, times->len - 1)) / 1e3;
}

static void
read_addresses (Load *load, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("cannot read %s", path);
  lines = g_strsplit (text, "\n", -1);
  load->connections = g_new0 (Connection, load->n);
  for (guint i = 0; i < load->n; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 3);

      load->connections[i] = (Connection){ .token = g_strdup (parts[0]), .path = g_strdup (parts[1]),
                                           .version = g_ascii_strtoll (parts[2], NULL, 10), .serial = (guint64) g_get_real_time (),
                                           .request = g_string_new (NULL), .reply = g_string_new (NULL) };
      connect_to (load, &load->connections[i]);
    }
}

int
main (int argc, char *argv[])
{
  double seconds;
  Load load = { 0 };

  if (argc != 6)
    return 2;
  load.port = atoi (argv[1]);
  load.n = (guint) atoi (argv[2]);
  seconds = g_ascii_strtod (argv[3], NULL);
  load.epoll = epoll_create1 (0);
  load.times = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!g_file_get_contents (argv[4], &load.body, &load.body_length, NULL))
    g_error ("cannot read %s", argv[4]);
  load.mark = strstr (load.body, "@@@@@@@@");
  g_return_val_if_fail (load.mark != NULL, 2);
  read_addresses (&load, argv[5]);
  load.until = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);
  run (&load);
  g_array_sort (load.times, compare);
  printf ("%.0f %.2f %.2f %u\n", (double) load.times->len / seconds, percentile (load.times, 0.5), percentile (load.times, 0.99), load.errors);
  return load.errors == 0 ? 0 : 1;
}
