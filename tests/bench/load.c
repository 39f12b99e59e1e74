/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-bench"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#include "wire.h"

/* load KIND PORT CONNECTIONS SECONDS ADDRESSES [BODY]: as many requests as a server answers over so many connections. The
 * same for every server. Prints "REQUESTS PER-SECOND P50-MS P99-MS WORST-MS": the last is the highest median of one address.
 *
 *   save    each connection saves the section of its line of ADDRESSES ("TOKEN PATH VERSION") again and again with another
 *           text, as the app does: If-Match, Idempotency-Key. BODY holds "@@@@@@@@" where the text changes.
 *   get     the connections together read the lines ("TOKEN PATH") in turn.
 *   upload  each connection sends images to its line's path, which ends with "/images/": BODY, a JPEG, each time with
 *           another few bytes near its end.
 *   post    each connection posts BODY to its line's path.
 *
 * Any answer but success ends it with what the server said. */

#define TAIL 2048 /* how far from the end an image differs */

typedef enum
{
  SAVE,
  GET,
  UPLOAD,
  POST,
} Kind;

typedef struct
{
  char *token;
  char *path;
  gint64 version;
  GArray *times; /* us */
} Address;

typedef struct
{
  int fd;
  Address *address;
  GString *request;
  gsize sent;
  GString *reply;
  gint64 began;
} Connection;

typedef struct
{
  Kind kind;
  int epoll;
  char *body;
  gsize body_length;
  char *mark;
  GChecksum *hashed; /* what lies before the mark */
  guint64 serial;
  GArray *addresses;
  guint turn;
  Connection *connections;
  guint n;
  guint under_way;
  GArray *times; /* us */
  gint64 until;
} Load;

static void
begin_request (Connection *connection, const char *method, const char *more)
{
  g_string_printf (connection->request, "%s %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n", method,
                   connection->address->path, more, connection->address->token);
}

static void
end_request (Load *load, Connection *connection, const char *type)
{
  if (type != NULL)
    g_string_append_printf (connection->request, "Content-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n", type,
                            load->body_length);
  g_string_append (connection->request, "\r\n");
  if (type != NULL)
    g_string_append_len (connection->request, load->body, (gssize) load->body_length);
}

static void
compose_save (Load *load, Connection *connection)
{
  begin_request (connection, "PUT", "");
  g_string_append_printf (connection->request,
                          "If-Match: \"%" G_GINT64_FORMAT "\"\r\nIdempotency-Key: 00000000-0000-4000-8000-%012" G_GINT64_MODIFIER "x\r\n",
                          connection->address->version, load->serial & 0xffffffffffff);
  end_request (load, connection, "application/json");
}

static void
compose_upload (Load *load, Connection *connection)
{
  g_autoptr (GChecksum) hash = g_checksum_copy (load->hashed);

  g_checksum_update (hash, (const guchar *) load->mark, (gssize) load->body_length - (load->mark - load->body));
  begin_request (connection, "PUT", g_checksum_get_string (hash));
  end_request (load, connection, "image/jpeg");
}

static void
compose (Load *load, Connection *connection)
{
  char number[9];

  load->serial++;
  if (load->mark != NULL)
    {
      g_snprintf (number, sizeof number, "%08x", (guint) (load->serial & 0xffffffff));
      memcpy (load->mark, number, 8);
    }
  if (load->kind == GET)
    connection->address = &g_array_index (load->addresses, Address, load->turn++ % load->addresses->len);
  if (load->kind == SAVE)
    compose_save (load, connection);
  else if (load->kind == UPLOAD)
    compose_upload (load, connection);
  else
    {
      begin_request (connection, load->kind == GET ? "GET" : "POST", "");
      end_request (load, connection, load->kind == GET ? NULL : "application/json");
    }
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
                        connection->request->len - connection->sent, MSG_NOSIGNAL | MSG_DONTWAIT);

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
take_reply (Load *load, Connection *connection)
{
  gint64 took = g_get_monotonic_time () - connection->began;

  if (strncmp (connection->reply->str, "HTTP/1.1 20", 11) != 0)
    g_error ("refused: %.900s", connection->reply->str);
  if (load->kind == SAVE)
    {
      gint64 version = zc_wire_number (connection->reply->str, "\netag:");

      g_assert_cmpint (version, >, connection->address->version);
      connection->address->version = version;
    }
  g_array_append_val (load->times, took);
  g_array_append_val (connection->address->times, took);
}

static void
receive (Load *load, Connection *connection)
{
  char buffer[65536];
  ssize_t n = recv (connection->fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (n < 0 && errno == EAGAIN)
    return;
  if (n <= 0)
    g_error ("the server closed: %s", n < 0 ? g_strerror (errno) : "end");
  g_string_append_len (connection->reply, buffer, n);
  if (!zc_wire_is_whole (connection->reply))
    return;
  take_reply (load, connection);
  if (g_get_monotonic_time () >= load->until)
    {
      load->under_way--;
      return;
    }
  compose (load, connection);
  send_some (load, connection);
}

static void
run (Load *load)
{
  struct epoll_event events[256];

  for (guint i = 0; i < load->n; i++)
    {
      compose (load, &load->connections[i]);
      send_some (load, &load->connections[i]);
    }
  load->under_way = load->n;
  while (load->under_way > 0) /* to the last answer: what is saved next must know its version */
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

  g_array_sort (times, compare);
  return times->len == 0 ? 0 : (double) g_array_index (times, gint64, MIN (index, times->len - 1)) / 1e3;
}

static double
find_worst (Load *load)
{
  double worst = 0;

  for (guint i = 0; i < load->addresses->len; i++)
    worst = MAX (worst, percentile (g_array_index (load->addresses, Address, i).times, 0.5));
  return worst;
}

static void
read_addresses (Load *load, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("cannot read %s", path);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  load->addresses = g_array_new (FALSE, FALSE, sizeof (Address));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 3);
      Address address = { g_strdup (parts[0]), g_strdup (parts[1]), parts[2] != NULL ? g_ascii_strtoll (parts[2], NULL, 10) : 0,
                          g_array_new (FALSE, FALSE, sizeof (gint64)) };

      g_array_append_val (load->addresses, address);
    }
}

/* Where bytes may be put in an image without making a marker. */
static char *
find_quiet_place (char *body, gsize length)
{
  for (char *place = body + length - TAIL; place < body + length - 16; place++)
    if (memchr (place - 1, 0xff, 10) == NULL)
      return place;
  g_error ("the image has no quiet place");
}

static void
read_body (Load *load, const char *path)
{
  if (!g_file_get_contents (path, &load->body, &load->body_length, NULL))
    g_error ("cannot read %s", path);
  if (load->kind == SAVE)
    {
      load->mark = strstr (load->body, "@@@@@@@@");
      g_assert_nonnull (load->mark);
    }
  else if (load->kind == UPLOAD)
    {
      load->mark = find_quiet_place (load->body, load->body_length);
      load->hashed = g_checksum_new (G_CHECKSUM_SHA256);
      g_checksum_update (load->hashed, (const guchar *) load->body, load->mark - load->body);
    }
}

static void
connect_all (Load *load, int port)
{
  load->connections = g_new0 (Connection, load->n);
  for (guint i = 0; i < load->n; i++)
    {
      Connection *connection = &load->connections[i];
      struct epoll_event event = { .events = EPOLLIN, .data.ptr = connection };

      connection->fd = zc_wire_connect (port);
      connection->address = &g_array_index (load->addresses, Address, i % load->addresses->len);
      connection->request = g_string_new (NULL);
      connection->reply = g_string_new (NULL);
      epoll_ctl (load->epoll, EPOLL_CTL_ADD, connection->fd, &event);
    }
}

int
main (int argc, char *argv[])
{
  static const char *const kinds[] = { "save", "get", "upload", "post", NULL };
  Load load = { 0 };
  double seconds;
  gint64 began;

  g_return_val_if_fail (argc >= 6 && g_strv_contains (kinds, argv[1]), 2);
  while (!g_str_equal (kinds[load.kind], argv[1]))
    load.kind++;
  load.n = (guint) atoi (argv[3]);
  seconds = g_ascii_strtod (argv[4], NULL);
  load.epoll = epoll_create1 (0);
  load.times = g_array_new (FALSE, FALSE, sizeof (gint64));
  load.serial = (guint64) g_get_real_time ();
  if (argc > 6)
    read_body (&load, argv[6]);
  read_addresses (&load, argv[5]);
  connect_all (&load, atoi (argv[2]));
  began = g_get_monotonic_time ();
  load.until = began + (gint64) (seconds * G_USEC_PER_SEC);
  run (&load);
  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  printf ("%u %.1f %.3f %.3f %.3f\n", load.times->len, (double) load.times->len / seconds, percentile (load.times, 0.5),
          percentile (load.times, 0.99), find_worst (&load));
  return 0;
}
