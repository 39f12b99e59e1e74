/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <gio/gio.h>
#include <microhttpd.h>

#include "zc-http.h"
#include "zc-memory.h"

/* libmicrohttpd with an outer loop of ours (its inner one stalls when 128 events come together,
 * notes/server.md), and the limits that it does not know: a deadline for the whole header, a least
 * rate for bodies and replies, connections by address.
 *
 * A connection that runs into a limit is shut down; libmicrohttpd then closes it by itself. */

#define SWEEP_MS 1000
#define MAX_EVENTS 64
#define BODY_GRACE_US (5 * G_TIME_SPAN_SECOND)
#define NEVER G_MAXINT64

typedef struct _Connection Connection;

/* One function for a loop to run. */
typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} Post;

struct _ZcLoop
{
  ZcHttp *http;
  struct MHD_Daemon *daemon;
  GThread *thread;
  int epoll;
  int wake;      /* eventfd */
  int listening; /* -1: this loop accepts nothing */
  GMutex mutex;
  GArray *posts;      /* of Post, under the mutex */
  GArray *posts_run;  /* of Post: those being run */
  GArray *handed;     /* of int: sockets from the other loop, under the mutex */
  GQueue connections; /* of Connection */
  gint exchanges;     /* atomic: under way */
  gint64 swept;
};

struct _ZcHttp
{
  const ZcConfig *config;
  const ZcHttpHandler *handler;
  gpointer data;
  char *waiting_prefix; /* "GET /v1/changes" */
  ZcLoop loops[2];      /* the front, those that wait */
  int port;
  gint quiescing; /* atomic */
  gint stopping;  /* atomic */
  GMutex mutex;
  GHashTable *addresses; /* address → connections */
  guint n_connections;
};

struct _Connection
{
  ZcLoop *loop;
  GList link;
  int fd;
  gint64 deadline;      /* monotonic; NEVER while it is our turn */
  ZcExchange *exchange; /* (nullable) */
  gboolean ended;       /* the client had closed in the middle of a request when last looked at */
};

typedef enum
{
  STATE_HEAD, /* the header is not there yet, or has not been looked at */
  STATE_HELD, /* suspended: it is our turn */
  STATE_BODY,
  STATE_REPLY,
} State;

struct _ZcExchange
{
  Connection *connection;
  struct MHD_Connection *mhd;
  char *target;
  const char *method;
  State state;
  gboolean in_head;    /* head() is running */
  gboolean head_again; /* held at the header: libmicrohttpd calls once more without news */
  gboolean body_first; /* the reply comes behind the body */
  gboolean body_done;
  gint64 body_limit;
  gint64 body_bytes;
  gint64 body_since; /* monotonic */
  gint64 held_since;
  ZcReply *reply;
  int status;
  gpointer data;
};

/* --- addresses
 * ------------------------------------------------------------------------------------ */

static char *
format_address (const struct sockaddr *address)
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
static gboolean
count_in (ZcHttp *http, const struct sockaddr *address)
{
  g_autofree char *name = format_address (address);
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

static void
count_out (ZcHttp *http, const struct sockaddr *address)
{
  g_autofree char *name = format_address (address);
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

/* --- connections and their deadlines
 * ----------------------------------------------------------------- */

static gint64
after_seconds (int seconds)
{
  return g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
}

static void
connection_cb (void *data,
               struct MHD_Connection *mhd,
               void **context,
               enum MHD_ConnectionNotificationCode code)
{
  ZcLoop *loop = data;
  Connection *connection = *context;

  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    {
      connection = g_new0 (Connection, 1);
      connection->loop = loop;
      connection->link.data = connection;
      connection->fd = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      connection->deadline = after_seconds (loop->http->config->header_seconds);
      g_queue_push_tail_link (&loop->connections, &connection->link);
      *context = connection;
    }
  else if (connection != NULL)
    {
      count_out (loop->http,
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

  return exchange->state == STATE_BODY && elapsed > 0
         && exchange->body_bytes < elapsed / G_TIME_SPAN_SECOND * config->body_rate;
}

/* Whether the client has closed before its request was whole. libmicrohttpd does not see an end that
 * came together with the bytes before it; such a connection would count until its deadline. Told at
 * the second look, a second later: what is there may just not have been worked on yet. */
static gboolean
has_left (Connection *connection)
{
  const ZcExchange *exchange = connection->exchange;
  gboolean half = exchange == NULL || exchange->state == STATE_HEAD
                  || (exchange->state == STATE_BODY && !exchange->body_done);
  gboolean before = connection->ended;
  char byte;

  connection->ended
      = half && recv (connection->fd, &byte, sizeof byte, MSG_PEEK | MSG_DONTWAIT) == 0;
  return before && connection->ended;
}

static void
sweep (ZcLoop *loop, gint64 now)
{
  const ZcConfig *config = loop->http->config;

  if (now - loop->swept < SWEEP_MS * 1000)
    return;
  loop->swept = now;
  for (GList *link = loop->connections.head; link != NULL; link = link->next)
    {
      Connection *connection = link->data;

      if (now > connection->deadline || has_left (connection)
          || (connection->exchange != NULL && is_too_slow (connection->exchange, config, now)))
        {
          shutdown (connection->fd, SHUT_RDWR);
          connection->deadline = NEVER;
        }
    }
}

/* --- exchanges
 * --------------------------------------------------------------------------------------- */

/* The request line is there. */
static void *
target_cb (void *data, const char *target, struct MHD_Connection *mhd)
{
  Connection *connection
      = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
  ZcExchange *exchange = g_new0 (ZcExchange, 1);
  gint64 deadline = after_seconds (connection->loop->http->config->header_seconds);

  exchange->connection = connection;
  exchange->mhd = mhd;
  exchange->target = g_strdup (target);
  connection->exchange = exchange;
  connection->deadline = MIN (connection->deadline, deadline);
  g_atomic_int_inc (&connection->loop->exchanges);
  return exchange;
}

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

static enum MHD_Result
queue_reply (ZcExchange *exchange)
{
  ZcHttp *http = exchange->connection->loop->http;
  ZcReply *reply = g_steal_pointer (&exchange->reply);
  guint64 size = 0;
  struct MHD_Response *response = make_response (reply, &size);
  gboolean kept
      = size > 0 && (reply->text != NULL || reply->bytes != NULL); /* the response frees it */
  enum MHD_Result result;

  add_headers (response, reply, reply->close || g_atomic_int_get (&http->quiescing));
  exchange->state = STATE_REPLY;
  exchange->status = reply->status;
  exchange->connection->deadline = after_seconds (
      http->config->idle_seconds + (int)MIN (size / (guint64)http->config->body_rate, 86400));
  result = MHD_queue_response (exchange->mhd, (unsigned int)reply->status, response);
  if (!kept)
    zc_reply_free (reply);
  MHD_destroy_response (response);
  return result;
}

static void
suspend (ZcExchange *exchange)
{
  exchange->state = STATE_HELD;
  exchange->held_since = g_get_monotonic_time ();
  exchange->connection->deadline = NEVER;
  MHD_suspend_connection (exchange->mhd);
}

/* More than was allowed: only possible without a Content-Length, which is looked at beforehand. */
static void
cut_off (ZcExchange *exchange)
{
  exchange->connection->deadline = NEVER;
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

  if (exchange->state == STATE_HEAD)
    {
      exchange->method = method;
      exchange->in_head = TRUE;
      http->handler->head (exchange, http->data);
      exchange->in_head = FALSE;
      exchange->head_again = exchange->state == STATE_HELD;
    }
  else if (exchange->head_again)
    exchange->head_again = FALSE;
  else if (exchange->state == STATE_BODY && !exchange->body_done)
    {
      exchange->body_done = TRUE;
      http->handler->end (exchange, http->data);
    }
}

/* libmicrohttpd calls this when the header is there, for each piece of the body, at its end, and
 * after each resumption. */
static enum MHD_Result
access_cb (void *data,
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
  return exchange->reply != NULL && exchange->state != STATE_HELD ? queue_reply (exchange)
                                                                  : MHD_YES;
}

static void
completed_cb (void *data,
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
  exchange->connection->deadline = after_seconds (loop->http->config->idle_seconds);
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
  exchange->state = STATE_BODY;
  exchange->connection->deadline = NEVER;
}

void
zc_exchange_hold (ZcExchange *exchange)
{
  suspend (exchange);
}

void
zc_exchange_go_on (ZcExchange *exchange)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (exchange->state == STATE_HELD);
  exchange->state = STATE_BODY;
  exchange->body_since += now - exchange->held_since;
  MHD_resume_connection (exchange->mhd);
}

void
zc_exchange_reply (ZcExchange *exchange, ZcReply *reply)
{
  g_return_if_fail (exchange->reply == NULL);
  exchange->reply = reply;
  exchange->body_first = exchange->in_head && exchange->state == STATE_BODY;
  if (exchange->state != STATE_HELD)
    return;
  if (exchange->body_done)
    exchange->state = STATE_REPLY;
  else
    {
      /* refused before or in the middle of its body: the rest is read and forgotten, for then the
       * client reads the reply */
      exchange->body_first = exchange->head_again;
      exchange->state = STATE_BODY;
      exchange->body_since += g_get_monotonic_time () - exchange->held_since;
    }
  MHD_resume_connection (exchange->mhd);
}

/* --- loops
 * ------------------------------------------------------------------------------------------- */

static void
wake_loop (ZcLoop *loop)
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
    wake_loop (loop);
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
  if (!count_in (loop->http, (struct sockaddr *)&address))
    {
      g_info ("a connection was refused: too many");
      close (fd);
      return;
    }
  /* it closes the socket itself when it fails */
  if (MHD_add_connection (loop->daemon, fd, (struct sockaddr *)&address, length) != MHD_YES)
    count_out (loop->http, (struct sockaddr *)&address);
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
  wake_loop (loop);
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

  if (MHD_get_timeout (loop->daemon, &ms) == MHD_YES && ms < SWEEP_MS)
    return (int)ms;
  return SWEEP_MS;
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
      sweep (loop, g_get_monotonic_time ());
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

  return MHD_start_daemon (MHD_USE_EPOLL | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME
                               | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG,
                           0, NULL, NULL, access_cb, loop, MHD_OPTION_EXTERNAL_LOGGER, log_cb, NULL,
                           MHD_OPTION_CONNECTION_LIMIT, (unsigned int)config->connections + 16,
                           MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)config->idle_seconds,
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)config->connection_memory,
                           MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1, MHD_OPTION_UNESCAPE_CALLBACK,
                           unescape_cb, NULL, MHD_OPTION_URI_LOG_CALLBACK, target_cb, NULL,
                           MHD_OPTION_NOTIFY_COMPLETED, completed_cb, loop,
                           MHD_OPTION_NOTIFY_CONNECTION, connection_cb, loop, MHD_OPTION_END);
}

static gboolean
start_loop (ZcLoop *loop, const char *name, int listening, GError **error)
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

static void
init_loop (ZcLoop *loop, ZcHttp *http)
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
static void
stop_loop (ZcLoop *loop)
{
  if (loop->thread != NULL)
    {
      wake_loop (loop);
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
  init_loop (&http->loops[0], http);
  init_loop (&http->loops[1], http);
  listening = open_listening (config, &http->port, error);
  if (listening < 0 || !start_loop (&http->loops[1], "waiting", -1, error)
      || !start_loop (&http->loops[0], "front", listening, error))
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
  wake_loop (&http->loops[0]);
  wake_loop (&http->loops[1]);
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
  stop_loop (&http->loops[0]);
  stop_loop (&http->loops[1]);
  g_hash_table_unref (http->addresses);
  g_mutex_clear (&http->mutex);
  g_free (http->waiting_prefix);
  g_free (http);
}
