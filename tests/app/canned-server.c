/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "canned-server.h"

typedef struct
{
  char *start;
  char *body;
  char *key; /* of requests */
  char *unattended;
  int   status;
} Message;

struct _CannedServer
{
  GSocketService *service;
  GMutex          mutex;   /* over what follows: connections are served by threads */
  GPtrArray      *answers; /* Message; the last that fits counts */
  GPtrArray      *sent;    /* Message */
  guint16         port;
};

static void
message_free (gpointer data)
{
  Message *message = data;

  g_free (message->start);
  g_free (message->body);
  g_free (message->key);
  g_free (message->unattended);
  g_free (message);
}

/* Reads one request: its first line, its key and its body. */
static Message *
read_request (GDataInputStream *input)
{
  Message *request = g_new0 (Message, 1);
  gsize length = 0;
  char *line;

  request->start = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  while ((line = g_data_input_stream_read_line (input, NULL, NULL, NULL)) != NULL && *g_strchomp (line) != '\0')
    {
      if (g_ascii_strncasecmp (line, "content-length:", 15) == 0)
        length = (gsize) g_ascii_strtoull (line + 15, NULL, 10);
      if (g_ascii_strncasecmp (line, "idempotency-key:", 16) == 0)
        request->key = g_strdup (g_strchug (line + 16));
      if (g_ascii_strncasecmp (line, "zhicheng-unattended:", 20) == 0)
        request->unattended = g_strdup (g_strchug (line + 20));
      g_free (line);
    }
  g_free (line);
  request->body = g_malloc0 (length + 1);
  g_input_stream_read_all (G_INPUT_STREAM (input), request->body, length, NULL, NULL, NULL);
  return request;
}

static char *
dup_answer (CannedServer *self, const char *start)
{
  const Message *found = NULL;

  for (guint i = 0; start != NULL && i < self->answers->len; i++)
    {
      const Message *answer = g_ptr_array_index (self->answers, i);

      if (g_str_has_prefix (start, answer->start))
        found = answer;
    }
  if (found == NULL)
    return g_strdup ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  return g_strdup_printf ("HTTP/1.1 %d Answer\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", found->status,
                          found->status < 400 ? "application/json" : "application/problem+json", strlen (found->body), found->body);
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  CannedServer *self = user_data;
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  Message *request = read_request (input);
  g_autofree char *answer = NULL;

  g_mutex_lock (&self->mutex);
  answer = dup_answer (self, request->start);
  g_ptr_array_add (self->sent, request);
  g_mutex_unlock (&self->mutex);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer, strlen (answer), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

/* With the service's last reference: each connection being answered holds one. */
static void
free_cb (gpointer data, GClosure *closure)
{
  CannedServer *self = data;

  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->sent);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

CannedServer *
canned_server_new (void)
{
  CannedServer *self = g_new0 (CannedServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->answers = g_ptr_array_new_with_free_func (message_free);
  self->sent = g_ptr_array_new_with_free_func (message_free);
  /* no limit: one that was reached would begin to listen again after an answer, though closed meanwhile */
  self->service = g_threaded_socket_service_new (-1);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect_data (self->service, "run", G_CALLBACK (run_cb), self, free_cb, 0);
  g_socket_service_start (self->service);
  return self;
}

void
canned_server_free (CannedServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service); /* and with it self, once no thread is answering any more */
}

char *
canned_server_dup_url (CannedServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

void
canned_server_answer (CannedServer *self, const char *start, int status, const char *body)
{
  Message *answer = g_new0 (Message, 1);

  answer->start = g_strdup (start);
  answer->body = g_strdup (body);
  answer->status = status;
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

static const Message *
find_sent (CannedServer *self, const char *start, guint n)
{
  for (guint i = 0; i < self->sent->len; i++)
    {
      const Message *request = g_ptr_array_index (self->sent, i);

      if (request->start != NULL && g_str_has_prefix (request->start, start) && n-- == 0)
        return request;
    }
  return NULL;
}

static char *
dup_part (CannedServer *self, const char *start, guint n, gsize offset)
{
  const Message *request;
  char *part;

  g_mutex_lock (&self->mutex);
  request = find_sent (self, start, n);
  part = request != NULL ? g_strdup (G_STRUCT_MEMBER (char *, request, offset)) : NULL;
  g_mutex_unlock (&self->mutex);
  return part;
}

char *
canned_server_dup_sent (CannedServer *self, const char *start, guint n)
{
  return dup_part (self, start, n, G_STRUCT_OFFSET (Message, body));
}

char *
canned_server_dup_line (CannedServer *self, const char *start, guint n)
{
  return dup_part (self, start, n, G_STRUCT_OFFSET (Message, start));
}

char *
canned_server_dup_key (CannedServer *self, const char *start, guint n)
{
  return dup_part (self, start, n, G_STRUCT_OFFSET (Message, key));
}

char *
canned_server_dup_unattended (CannedServer *self, const char *start, guint n)
{
  return dup_part (self, start, n, G_STRUCT_OFFSET (Message, unattended));
}
