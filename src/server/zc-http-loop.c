/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <gio/gio.h>

#include "zc-http-private.h"
#include "zc-memory.h"

/* A loop: an outer one of ours around libmicrohttpd, whose inner one stalls when 128 events come
 * together. */

#define MAX_EVENTS 64

/* One function for a loop to run. */
typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} Post;

void
zc_loop_wake (ZcLoop *loop)
{
  guint64 one = 1;

  if (write (loop->wake, &one, sizeof one) < 0 && errno != EAGAIN)
    g_warning ("eventfd: %s", g_strerror (errno));
}

void
zc_loop_post (ZcLoop *loop, void (*func) (gpointer data), gpointer data)
{
  Post post = { func, data };
  gboolean first;

  g_mutex_lock (&loop->mutex);
  first = loop->posts->len == 0;
  g_array_append_val (loop->posts, post);
  g_mutex_unlock (&loop->mutex);
  if (first)
    zc_loop_wake (loop);
}

static void
add_connection (ZcLoop *loop, int fd)
{
  struct sockaddr_storage address = { 0 };
  socklen_t length = sizeof address;

  if (getpeername (fd, (struct sockaddr *)&address, &length) != 0)
    {
      close (fd);
      return;
    }
  if (!zc_connection_count_in (loop->http, (struct sockaddr *)&address))
    {
      g_info ("a connection was refused: too many");
      close (fd);
      return;
    }
  /* it closes the socket itself when it fails */
  if (MHD_add_connection (loop->daemon, fd, (struct sockaddr *)&address, length) != MHD_YES)
    zc_connection_count_out (loop->http, (struct sockaddr *)&address);
}

static void
take_handed (ZcLoop *loop)
{
  g_autoptr (GArray) handed = g_array_new (FALSE, FALSE, sizeof (int));

  g_mutex_lock (&loop->mutex);
  g_array_append_vals (handed, loop->handed->data, loop->handed->len);
  g_array_set_size (loop->handed, 0);
  g_mutex_unlock (&loop->mutex);
  for (guint i = 0; i < handed->len; i++)
    add_connection (loop, g_array_index (handed, int, i));
}

static void
run_posts (ZcLoop *loop)
{
  GArray *posts;

  g_mutex_lock (&loop->mutex);
  posts = loop->posts;
  loop->posts = loop->posts_run;
  loop->posts_run = posts;
  g_mutex_unlock (&loop->mutex);
  for (guint i = 0; i < posts->len; i++)
    {
      Post *post = &g_array_index (posts, Post, i);

      post->func (post->data);
    }
  g_array_set_size (posts, 0);
}

/* By its first bytes, which are mostly there already: the kernel hands a connection over when it
 * has sent something. */
static gboolean
will_wait (ZcHttp *http, int fd)
{
  char bytes[64];
  gsize length = strlen (http->waiting_prefix);

  return recv (fd, bytes, MIN (sizeof bytes, length), MSG_PEEK | MSG_DONTWAIT) == (gssize)length
         && memcmp (bytes, http->waiting_prefix, length) == 0;
}

static void
hand_over (ZcLoop *loop, int fd)
{
  g_mutex_lock (&loop->mutex);
  g_array_append_val (loop->handed, fd);
  g_mutex_unlock (&loop->mutex);
  zc_loop_wake (loop);
}

static void
accept_connections (ZcLoop *loop)
{
  ZcHttp *http = loop->http;
  int fd;

  while ((fd = accept4 (loop->listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    {
      int on = 1;

      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      if (will_wait (http, fd))
        hand_over (&http->loops[1], fd);
      else
        add_connection (loop, fd);
    }
  if (errno != EAGAIN && errno != EWOULDBLOCK && errno != ECONNABORTED && errno != EINTR)
    {
      g_warning ("accept: %s", g_strerror (errno));
      g_usleep (10000);
    }
}

static void
close_listening (ZcLoop *loop)
{
  if (loop->listening < 0)
    return;
  epoll_ctl (loop->epoll, EPOLL_CTL_DEL, loop->listening, NULL);
  close (loop->listening);
  loop->listening = -1;
}

static int
loop_timeout (ZcLoop *loop)
{
  MHD_UNSIGNED_LONG_LONG ms;

  if (MHD_get_timeout (loop->daemon, &ms) == MHD_YES && ms < ZC_CONNECTION_SWEEP_MS)
    return (int)ms;
  return ZC_CONNECTION_SWEEP_MS;
}

static void
serve_events (ZcLoop *loop, const struct epoll_event *events, int n)
{
  guint64 count;

  for (int i = 0; i < n; i++)
    if (events[i].data.fd == loop->wake)
      {
        if (read (loop->wake, &count, sizeof count) < 0 && errno != EAGAIN)
          g_warning ("eventfd: %s", g_strerror (errno));
        take_handed (loop);
      }
    else if (events[i].data.fd == loop->listening)
      accept_connections (loop);
}

static gpointer
run_loop (gpointer data)
{
  ZcLoop *loop = data;
  struct epoll_event events[MAX_EVENTS];

  zc_memory_reserve ();
  while (!g_atomic_int_get (&loop->http->stopping))
    {
      int n = epoll_wait (loop->epoll, events, MAX_EVENTS, loop_timeout (loop));

      if (g_atomic_int_get (&loop->http->quiescing))
        close_listening (loop);
      serve_events (loop, events, n);
      run_posts (loop);
      MHD_run (loop->daemon);
      zc_connection_sweep (loop, g_get_monotonic_time ());
    }
  return NULL;
}

static void G_GNUC_PRINTF (2, 0) log_cb (void *data, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  g_debug ("libmicrohttpd: %s", g_strchomp (text));
}

/* Paths are compared as sent. */
static size_t
unescape_cb (void *data, struct MHD_Connection *mhd, char *text)
{
  return strlen (text);
}

static gboolean
watch (int epoll, int fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

  return fd < 0 || epoll_ctl (epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static struct MHD_Daemon *
start_daemon (ZcLoop *loop)
{
  const ZcConfig *config = loop->http->config;

  return MHD_start_daemon (
      MHD_USE_EPOLL | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET
          | MHD_USE_ERROR_LOG,
      0, NULL, NULL, zc_exchange_access_cb, loop, MHD_OPTION_EXTERNAL_LOGGER, log_cb, NULL,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned int)config->connections + 16,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)config->idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)config->connection_memory,
      MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, MHD_OPTION_UNESCAPE_CALLBACK, unescape_cb, NULL,
      MHD_OPTION_URI_LOG_CALLBACK, zc_exchange_begin_cb, NULL, MHD_OPTION_NOTIFY_COMPLETED,
      zc_exchange_end_cb, loop, MHD_OPTION_NOTIFY_CONNECTION, zc_connection_notify_cb, loop,
      MHD_OPTION_END);
}

gboolean
zc_loop_start (ZcLoop *loop, const char *name, int listening, GError **error)
{
  const union MHD_DaemonInfo *info;

  loop->listening = listening;
  loop->daemon = start_daemon (loop);
  info = loop->daemon != NULL ? MHD_get_daemon_info (loop->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
  loop->epoll = epoll_create1 (EPOLL_CLOEXEC);
  loop->wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (info == NULL || loop->epoll < 0 || loop->wake < 0 || !watch (loop->epoll, info->epoll_fd)
      || !watch (loop->epoll, loop->wake) || !watch (loop->epoll, listening))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the HTTP loop does not start: %s",
                   g_strerror (errno));
      return FALSE;
    }
  loop->thread = g_thread_new (name, run_loop, loop);
  return TRUE;
}

void
zc_loop_init (ZcLoop *loop, ZcHttp *http)
{
  loop->http = http;
  loop->listening = loop->epoll = loop->wake = -1;
  g_mutex_init (&loop->mutex);
  g_queue_init (&loop->connections);
  loop->posts = g_array_new (FALSE, FALSE, sizeof (Post));
  loop->posts_run = g_array_new (FALSE, FALSE, sizeof (Post));
  loop->handed = g_array_new (FALSE, FALSE, sizeof (int));
}

/* Closed sockets go to the kernel at once, those held are let go before (zc_http_is_quiet()). */
void
zc_loop_stop (ZcLoop *loop)
{
  if (loop->thread != NULL)
    {
      zc_loop_wake (loop);
      g_thread_join (loop->thread);
    }
  close_listening (loop);
  if (loop->daemon != NULL)
    MHD_stop_daemon (loop->daemon);
  if (loop->epoll >= 0)
    close (loop->epoll);
  if (loop->wake >= 0)
    close (loop->wake);
  g_array_unref (loop->posts);
  g_array_unref (loop->posts_run);
  g_array_unref (loop->handed);
  g_mutex_clear (&loop->mutex);
}
