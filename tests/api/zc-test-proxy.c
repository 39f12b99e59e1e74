/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-test-proxy.h"

struct _ZcTestProxy
{
  GSocketService *service;
  char           *address;
  guint16         server; /* port */

  GMutex      mutex;      /* over what follows: each connection has a thread */
  GCond       cond;
  GPtrArray  *exchanges;  /* ZcTestExchange */
  GPtrArray  *open;       /* GSocket: of clients and towards the server */
  ZcTestFault fault;
  gboolean    armed;
  guint       fitting;    /* requests seen that fit the fault */
  gboolean    up;
  guint       replays;
  guint       n_replays;
  guint       other_answers;
  guint       threads;
};

static void
exchange_free (gpointer data)
{
  ZcTestExchange *exchange = data;

  g_free (exchange->method);
  g_free (exchange->path);
  g_free (exchange);
}

/* --- one message: its head, and how long its body is --- */
typedef struct
{
  GByteArray *bytes; /* all that was read of it */
  gsize       head;  /* length of the head; 0: not whole */
  gsize       body;  /* length told */
} Message;

static void
message_clear (Message *message)
{
  g_clear_pointer (&message->bytes, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

static gsize
told_length (const char *head)
{
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *length = strstr (lower, "\r\ncontent-length:");

  g_assert_null (strstr (lower, "\r\ntransfer-encoding:"));
  return length != NULL ? (gsize) g_ascii_strtoull (length + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

static gboolean
read_more (GSocket *socket, Message *message, gsize most)
{
  guint8 buffer[16384];
  gssize n = g_socket_receive (socket, (char *) buffer, MIN (most, sizeof buffer), NULL, NULL);

  if (n > 0)
    g_byte_array_append (message->bytes, buffer, (guint) n);
  return n > 0;
}

/* Byte by byte: nothing of the next message is taken. */
static gboolean
read_head (GSocket *socket, Message *message)
{
  message->bytes = g_byte_array_new ();
  while (message->bytes->len < 4 || memcmp (message->bytes->data + message->bytes->len - 4, "\r\n\r\n", 4) != 0)
    if (!read_more (socket, message, 1))
      return FALSE;
  message->head = message->bytes->len;
  {
    g_autofree char *head = g_strndup ((const char *) message->bytes->data, message->head);

    message->body = told_length (head);
  }
  return TRUE;
}

static gboolean
read_body (GSocket *socket, Message *message)
{
  while (message->bytes->len < message->head + message->body)
    if (!read_more (socket, message, message->head + message->body - message->bytes->len))
      return FALSE;
  return TRUE;
}

static gboolean
send_bytes (GSocket *socket, const guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = g_socket_send (socket, (const char *) bytes, length, NULL, NULL);

      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static guint
status_of (const Message *reply)
{
  return reply->head > 12 ? (guint) g_ascii_strtoull ((const char *) reply->bytes->data + 9, NULL, 10) : 0;
}

/* --- connections --- */
static void
forget_socket (ZcTestProxy *self, GSocket *socket)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove (self->open, socket);
  g_mutex_unlock (&self->mutex);
  g_socket_close (socket, NULL);
}

/* FALSE: the proxy is down. */
static gboolean
know_socket (ZcTestProxy *self, GSocket *socket)
{
  gboolean up;

  g_mutex_lock (&self->mutex);
  up = self->up;
  if (up)
    g_ptr_array_add (self->open, g_object_ref (socket));
  g_mutex_unlock (&self->mutex);
  return up;
}

static GSocket *
connect_server (ZcTestProxy *self)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", self->server);

  if (!g_socket_connect (socket, address, NULL, NULL) || !know_socket (self, socket))
    return NULL;
  return g_steal_pointer (&socket);
}

static ZcTestExchange *
begin_exchange (ZcTestProxy *self, const Message *request, ZcTestFault *fault, gboolean *faulty)
{
  g_autofree char *head = g_strndup ((const char *) request->bytes->data, request->head);
  g_auto (GStrv) words = g_strsplit (head, " ", 3);
  ZcTestExchange *exchange = g_new0 (ZcTestExchange, 1);

  exchange->method = g_strdup (words[0]);
  exchange->path = g_strdup (words[1]);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->exchanges, exchange);
  *fault = self->fault;
  *faulty = self->armed && strcmp (exchange->method, self->fault.method) == 0 && strstr (exchange->path, self->fault.path) != NULL &&
            self->fitting++ == self->fault.nth;
  if (*faulty)
    self->armed = FALSE;
  g_mutex_unlock (&self->mutex);
  return exchange;
}

static void
note (ZcTestProxy *self, ZcTestExchange *exchange, gint64 bytes, gboolean complete, guint status)
{
  g_mutex_lock (&self->mutex);
  exchange->bytes = bytes;
  exchange->complete = complete;
  exchange->status = status;
  g_mutex_unlock (&self->mutex);
}

static gsize
place (gint64 at, gsize length)
{
  return at < 0 ? length - MIN ((gsize) -at, length) : MIN ((gsize) at, length);
}

/* Sends what may pass; FALSE: the connections are to be closed. */
static gboolean
pass_request (ZcTestProxy *self, GSocket *server, Message *request, ZcTestExchange *exchange, const ZcTestFault *fault)
{
  gsize passing = request->bytes->len;

  if (fault != NULL && fault->kind == ZC_FAULT_CUT_HEAD)
    passing = place (fault->at, request->head);
  else if (fault != NULL && fault->kind == ZC_FAULT_CUT_BODY)
    passing = request->head + place (fault->at, request->body);
  else if (fault != NULL && fault->kind == ZC_FAULT_FLIP)
    request->bytes->data[request->head + place (fault->at, request->body - 1)] ^= 1;
  if (!send_bytes (server, request->bytes->data, passing))
    return FALSE;
  note (self, exchange, (gint64) passing - (gint64) MIN (passing, request->head), passing == request->bytes->len, 0);
  return passing == request->bytes->len;
}

static gboolean
read_reply (GSocket *server, const ZcTestExchange *exchange, Message *reply)
{
  if (!read_head (server, reply))
    return FALSE;
  if (strcmp (exchange->method, "HEAD") == 0)
    reply->body = 0;
  return read_body (server, reply);
}

static void
replay (ZcTestProxy *self, const Message *request, const ZcTestExchange *exchange)
{
  guint replays = g_str_equal (exchange->method, "GET") || g_str_equal (exchange->method, "HEAD") ? 0 : self->replays;

  for (guint i = 0; i < replays; i++)
    {
      g_autoptr (GSocket) server = connect_server (self);
      g_auto (Message) reply = { 0 };

      if (server == NULL || !send_bytes (server, request->bytes->data, request->bytes->len) || !read_reply (server, exchange, &reply))
        g_error ("%s %s could not be sent again", exchange->method, exchange->path);
      forget_socket (self, server);
      g_mutex_lock (&self->mutex);
      self->n_replays++;
      self->other_answers +=
          status_of (&reply) != exchange->status && !(strstr (exchange->path, "/images/") != NULL && status_of (&reply) == 200);
      g_mutex_unlock (&self->mutex);
    }
}

/* One request and its reply; FALSE: the connections are to be closed. */
static gboolean
serve_one (ZcTestProxy *self, GSocket *client, GSocket *server)
{
  g_auto (Message) request = { 0 }, reply = { 0 };
  ZcTestExchange *exchange;
  ZcTestFault fault;
  gboolean faulty;
  gsize passing;

  if (!read_head (client, &request))
    return FALSE;
  exchange = begin_exchange (self, &request, &fault, &faulty);
  if (!read_body (client, &request) || !pass_request (self, server, &request, exchange, faulty ? &fault : NULL) ||
      !read_reply (server, exchange, &reply))
    return FALSE;
  note (self, exchange, (gint64) request.body, TRUE, status_of (&reply));
  replay (self, &request, exchange);
  passing = faulty && fault.kind == ZC_FAULT_CUT_REPLY ? place (fault.at, reply.bytes->len) : reply.bytes->len;
  return send_bytes (client, reply.bytes->data, passing) && passing == reply.bytes->len;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  ZcTestProxy *self = user_data;
  GSocket *client = g_socket_connection_get_socket (connection);
  g_autoptr (GSocket) server = NULL;

  g_mutex_lock (&self->mutex);
  self->threads++;
  g_mutex_unlock (&self->mutex);
  g_socket_set_blocking (client, TRUE);
  if (know_socket (self, client))
    {
      server = connect_server (self);
      while (server != NULL && serve_one (self, client, server))
        ;
      forget_socket (self, client);
    }
  if (server != NULL)
    forget_socket (self, server);
  g_mutex_lock (&self->mutex);
  self->threads--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

ZcTestProxy *
zc_test_proxy_new (const char *server)
{
  ZcTestProxy *self = g_new0 (ZcTestProxy, 1);
  guint16 port;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->exchanges = g_ptr_array_new_with_free_func (exchange_free);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = (guint16) g_ascii_strtoull (strrchr (server, ':') + 1, NULL, 10);
  self->up = TRUE;
  self->service = g_threaded_socket_service_new (64);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, NULL);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  return self;
}

static void
cut_all (ZcTestProxy *self)
{
  for (guint i = 0; i < self->open->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->open, i), TRUE, TRUE, NULL);
}

void
zc_test_proxy_free (ZcTestProxy *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_mutex_lock (&self->mutex);
  self->up = FALSE;
  cut_all (self);
  while (self->threads > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_object_unref (self->service);
  g_ptr_array_unref (self->exchanges);
  g_ptr_array_unref (self->open);
  g_free (self->address);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

const char *
zc_test_proxy_get_address (ZcTestProxy *self)
{
  return self->address;
}

void
zc_test_proxy_set_fault (ZcTestProxy *self, const ZcTestFault *fault)
{
  g_mutex_lock (&self->mutex);
  self->armed = fault != NULL;
  self->fitting = 0;
  if (fault != NULL)
    self->fault = *fault;
  g_mutex_unlock (&self->mutex);
}

void
zc_test_proxy_set_up (ZcTestProxy *self, gboolean up)
{
  g_mutex_lock (&self->mutex);
  self->up = up;
  if (!up)
    cut_all (self);
  g_mutex_unlock (&self->mutex);
}

void
zc_test_proxy_set_replays (ZcTestProxy *self, guint replays)
{
  g_mutex_lock (&self->mutex);
  self->replays = replays;
  g_mutex_unlock (&self->mutex);
}

guint
zc_test_proxy_count_other_answers (ZcTestProxy *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->other_answers;
  g_mutex_unlock (&self->mutex);
  return count;
}

guint
zc_test_proxy_count_replays (ZcTestProxy *self)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = self->n_replays;
  g_mutex_unlock (&self->mutex);
  return count;
}

GPtrArray *
zc_test_proxy_list (ZcTestProxy *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (exchange_free);

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->exchanges->len; i++)
    {
      ZcTestExchange *copy = g_memdup2 (g_ptr_array_index (self->exchanges, i), sizeof (ZcTestExchange));

      copy->method = g_strdup (copy->method);
      copy->path = g_strdup (copy->path);
      g_ptr_array_add (list, copy);
    }
  g_mutex_unlock (&self->mutex);
  return list;
}
