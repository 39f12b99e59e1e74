/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <libsoup/soup.h>

#include "zc-client-private.h"
#include "zc-id.h"

/* The transport: one session, one token, answers to errors. What each call of the contract says is in zc-client-SUBJECT.c. */

#define CONNECTIONS 8
#define IDLE_TIMEOUT 20 /* seconds: idle connections go before the server closes them under a request (idle_seconds=60) */
#define DEFAULT_TIMEOUT 30
/* seconds without a byte after which a connection is closed under a request that nobody awaits any more: beyond every wait */
#define SOCKET_TIMEOUT 300

struct _ZcClient
{
  GObject parent_instance;

  SoupSession *session;
  char        *server;
  char        *token;
  ZcCalendar  *calendar; /* (nullable): what the server counts by, once it was asked */

  gboolean reachable;
};

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_REACHABLE,
  N_PROPS
};

enum
{
  SIGNED_OUT,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcClient, zc_client, G_TYPE_OBJECT)

struct _ZcReply
{
  int     status;
  char   *etag;
  GBytes *bytes;
  ZcJson *json;
};

/* One request under way. */
typedef struct
{
  SoupMessage  *message;
  char         *log_path;  /* without the query: it may hold what a person typed */
  char         *token;     /* (nullable): the one it was sent with */
  char         *expected;  /* (nullable): digest of the answer's bytes */
  GTask        *task;      /* (not owned): the one whose data this is */
  GCancellable *outer;     /* (nullable): its caller's, of a long wait */
  gulong        outer_id;
  guint         leave_id;
  guint         watch_id;
  guint         timeout;   /* seconds */
  gint64        moved_at;  /* monotonic: the last byte either way */
  gboolean      left;      /* the task has been answered: what still comes is nobody's */
} Call;

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->leave_id, g_source_remove);
  g_clear_handle_id (&call->watch_id, g_source_remove);
  if (call->outer != NULL)
    g_cancellable_disconnect (call->outer, call->outer_id);
  g_clear_object (&call->outer);
  g_clear_object (&call->message);
  g_free (call->log_path);
  g_free (call->token);
  g_free (call->expected);
  g_free (call);
}

static void
reply_clear (ZcReply *reply)
{
  g_free (reply->etag);
  g_clear_pointer (&reply->bytes, g_bytes_unref);
  g_clear_pointer (&reply->json, zc_json_unref);
}

/* When to stop waiting is for our own watch to say, which knows what each request waits for.
 * None of a session's features is needed: the token goes in a header, bytes come as they are. And libsoup 3.6.5 gives up a
 * reference too many to each feature when a server goes while requests are under way, until one of them is freed in use (seen). */
static SoupSession *
new_session (void)
{
  SoupSession *session = soup_session_new_with_options (
      "user-agent", "zhicheng/" ZC_VERSION, "timeout", SOCKET_TIMEOUT, "idle-timeout", IDLE_TIMEOUT,
      "max-conns", CONNECTIONS, "max-conns-per-host", CONNECTIONS, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_SESSION_FEATURE);
  return session;
}

static void
set_reachable (ZcClient *self, gboolean reachable)
{
  if (self->reachable == reachable)
    return;
  self->reachable = reachable;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REACHABLE]);
}

static char *
dup_etag (SoupMessage *message)
{
  const char *etag = soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag");
  gsize length = etag != NULL ? strlen (etag) : 0;

  if (length < 2 || etag[0] != '"' || etag[length - 1] != '"')
    return NULL;
  return g_strndup (etag + 1, length - 2);
}

static gboolean
is_type (SoupMessage *message, const char *type)
{
  return g_strcmp0 (soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL), type) == 0;
}

/* An answer that is none of ours: a proxy's page, a captive portal, a redirect. */
static GError *
foreign_error (int status)
{
  if (status == 502 || status == 503 || status == 504)
    return zc_refusal_new (ZC_REFUSAL_OFFLINE, "the server behind the proxy does not answer (%d)", status);
  if (status == 413)
    return zc_refusal_new (ZC_REFUSAL_TOO_LARGE, "refused by the proxy");
  return zc_refusal_new (ZC_REFUSAL_INTERNAL, "an answer that is not the server's (%d)", status);
}

static GError *
refusal_of (SoupMessage *message, GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  int status = soup_message_get_status (message);

  if (status == 404 && strcmp (soup_message_get_method (message), "HEAD") == 0)
    return zc_refusal_new (ZC_REFUSAL_NOT_FOUND, "the server does not hold it"); /* an answer without a body */
  if (!is_type (message, "application/problem+json"))
    return foreign_error (status);
  return zc_refusal_from_json (status, text, length);
}

static ZcReply *
reply_of (SoupMessage *message, GBytes *bytes, GError **error)
{
  g_autoptr (ZcReply) reply = g_atomic_rc_box_new0 (ZcReply);
  g_autoptr (GError) local = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  reply->status = soup_message_get_status (message);
  reply->etag = dup_etag (message);
  reply->bytes = g_bytes_ref (bytes);
  if (length > 0 && (is_type (message, "application/json") || is_type (message, "application/schema+json")))
    {
      reply->json = zc_json_parse (text, length, &local);
      if (reply->json == NULL)
        {
          zc_refusal_set (error, ZC_REFUSAL_INTERNAL, "the server's answer cannot be read: %s", local->message);
          return NULL;
        }
    }
  return g_steal_pointer (&reply);
}

static gboolean
is_expected (const Call *call, GBytes *bytes)
{
  g_autofree char *digest = NULL;

  if (call->expected == NULL)
    return TRUE;
  digest = zc_sha256_hex (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return strcmp (digest, call->expected) == 0;
}

/* (transfer full): that the session of before has ended says nothing of the one since: who signed in again while an answer was
 * underway is not asked once more. Nothing was done, and it can be sent again. */
static GError *
without_late_word (ZcClient *self, Call *call, GError *error)
{
  if (!g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SIGNED_OUT) || call->token == NULL || self->token == NULL ||
      g_str_equal (call->token, self->token))
    return error;
  g_error_free (error);
  return zc_refusal_new (ZC_REFUSAL_OFFLINE, "asked with the session of before");
}

static void
fail (GTask *task, GError *reason)
{
  ZcClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = without_late_word (self, call, reason);
  gboolean ended = g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SIGNED_OUT) && call->token != NULL && self->token != NULL;

  g_debug ("%s %s: %s", soup_message_get_method (call->message), call->log_path,
           error->domain == ZC_REFUSAL_ERROR ? zc_refusal_to_string (error->code) : "cancelled");
  g_task_return_error (task, error);
  if (ended)
    g_signal_emit (self, signals[SIGNED_OUT], 0);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (ZcClient) self = g_object_ref (g_task_get_source_object (task));
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  int status = soup_message_get_status (call->message);
  ZcReply *reply;

  g_clear_handle_id (&call->leave_id, g_source_remove);
  g_clear_handle_id (&call->watch_id, g_source_remove);
  if (call->left)
    return;
  if (bytes == NULL)
    {
      set_reachable (self, FALSE);
      fail (task, zc_refusal_new (ZC_REFUSAL_OFFLINE, "%s", error->message));
      return;
    }
  if (status < 200 || status > 299)
    {
      GError *refusal = refusal_of (call->message, bytes);

      set_reachable (self, !g_error_matches (refusal, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE));
      fail (task, refusal);
      return;
    }
  set_reachable (self, TRUE);
  reply = is_expected (call, bytes) ? reply_of (call->message, bytes, &error)
                                    : (zc_refusal_set (&error, ZC_REFUSAL_INTERNAL, "other bytes than those asked for"), NULL);
  if (reply == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  g_debug ("%s %s: %d", soup_message_get_method (call->message), call->log_path, status);
  g_task_return_pointer (task, reply, (GDestroyNotify) zc_reply_unref);
}

static void
moved_cb (Call *call)
{
  call->moved_at = g_get_monotonic_time ();
}

/* Answers the task now and leaves the request to itself. */
static void
leave (Call *call, GError *error)
{
  call->left = TRUE;
  fail (call->task, error);
}

/* What stands still may hold its connection for long: whatever is asked from now on goes by others. */
static void
renew_session (ZcClient *self)
{
  g_clear_object (&self->session); /* its requests hold it */
  self->session = new_session ();
}

static gboolean
watch_cb (gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (ZcClient) self = g_object_ref (g_task_get_source_object (call->task));

  if (g_get_monotonic_time () - call->moved_at < (gint64) call->timeout * G_USEC_PER_SEC)
    return G_SOURCE_CONTINUE;
  call->watch_id = 0;
  renew_session (self);
  set_reachable (self, FALSE);
  leave (call, zc_refusal_new (ZC_REFUSAL_OFFLINE, "no byte moved for %u s", call->timeout));
  return G_SOURCE_REMOVE;
}

static gboolean
leave_cb (gpointer user_data)
{
  Call *call = user_data;

  call->leave_id = 0;
  g_clear_handle_id (&call->watch_id, g_source_remove);
  leave (call, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer, Call *call)
{
  if (!call->left && call->leave_id == 0)
    call->leave_id = g_idle_add (leave_cb, call); /* not in the middle of what the caller is at */
}

/* libsoup 3.6.5 touches what it has freed when a request is cancelled (seen when a session is given up while a server goes: one
 * run in six). So none is: whoever gives up a long wait is answered at once, and the request comes to its end by itself; the
 * answer to any other is awaited, and the task says "cancelled" by itself. */
static void
watch (Call *call, GCancellable *cancellable)
{
  if (cancellable != NULL && call->timeout > DEFAULT_TIMEOUT)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), call, NULL);
    }
  moved_cb (call);
  call->watch_id = g_timeout_add_seconds (1, watch_cb, call);
  g_signal_connect_swapped (call->message, "wrote-body-data", G_CALLBACK (moved_cb), call);
  g_signal_connect_swapped (call->message, "got-headers", G_CALLBACK (moved_cb), call);
  g_signal_connect_swapped (call->message, "got-body-data", G_CALLBACK (moved_cb), call);
}

static void
set_headers (ZcClient *self, SoupMessage *message, const ZcRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_append (headers, "Accept", "application/json, application/problem+json, image/jpeg");
  if (self->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_append (headers, "Authorization", bearer);
    }
  if (request->key != NULL)
    soup_message_headers_append (headers, "Idempotency-Key", request->key);
  if (request->unattended)
    soup_message_headers_append (headers, "Zhicheng-Unattended", "1");
  if (request->if_match != NULL)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", request->if_match);

      soup_message_headers_append (headers, "If-Match", quoted);
    }
}

static void
set_body (SoupMessage *message, const ZcRequest *request)
{
  if (request->json != NULL)
    {
      g_autoptr (GBytes) json = g_bytes_new (request->json, strlen (request->json));

      soup_message_set_request_body_from_bytes (message, "application/json", json);
    }
  else if (request->bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "image/jpeg", request->bytes);
}

/* Each request goes over a connection of its own. When a kept one turns out to be closed, libsoup 3.6.5 sends the request once
 * more by itself: without its body, blindly, though the server may hold an upload already (P4), and forgets its item twice, so
 * that it touches freed memory later (seen when a server goes under requests).
 * expected: (nullable): digest that the answer's bytes must have. */
void
zc_client_send_expecting (ZcClient *self,
                          const ZcRequest *request,
                          const char *expected,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *uri = g_strconcat (self->server, request->path, NULL);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, zc_client_send_async);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  call->message = soup_message_new (request->method, uri);
  if (call->message == NULL)
    {
      g_task_return_error (task, zc_refusal_new (ZC_REFUSAL_OFFLINE, "not the address of a server"));
      g_object_unref (task);
      return;
    }
  call->task = task;
  call->log_path = g_strndup (request->path, strcspn (request->path, "?"));
  call->token = g_strdup (self->token);
  call->expected = g_strdup (expected);
  call->timeout = request->timeout > 0 ? request->timeout : DEFAULT_TIMEOUT;
  soup_message_set_flags (call->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  set_headers (self, call->message, request);
  set_body (call->message, request);
  watch (call, cancellable);
  soup_session_send_and_read_async (self->session, call->message, G_PRIORITY_DEFAULT, NULL, answered_cb, task);
}

static void
zc_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcClient *self = ZC_CLIENT (object);

  if (id == PROP_SERVER)
    g_value_set_string (value, self->server);
  else
    g_value_set_boolean (value, self->reachable);
}

static void
zc_client_finalize (GObject *object)
{
  ZcClient *self = ZC_CLIENT (object);

  g_clear_object (&self->session);
  g_free (self->server);
  g_free (self->token);
  g_clear_pointer (&self->calendar, zc_calendar_unref);
  G_OBJECT_CLASS (zc_client_parent_class)->finalize (object);
}

static void
zc_client_class_init (ZcClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zc_client_get_property;
  object_class->finalize = zc_client_finalize;
  props[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  props[PROP_REACHABLE] = g_param_spec_boolean ("reachable", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNED_OUT] = g_signal_new ("signed-out", ZC_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_client_init (ZcClient *self)
{
  self->reachable = TRUE;
  self->session = new_session ();
}

/**
 * zc_client_new:
 * @server: "https://host[:port]"
 *
 * Returns: (transfer full): a client without token
 */
ZcClient *
zc_client_new (const char *server)
{
  ZcClient *self = g_object_new (ZC_TYPE_CLIENT, NULL);
  gsize length = strlen (server);

  while (length > 0 && server[length - 1] == '/')
    length--;
  self->server = g_strndup (server, length);
  return self;
}

const char *
zc_client_get_server (ZcClient *self)
{
  return self->server;
}

const char *
zc_client_get_token (ZcClient *self)
{
  return self->token;
}

/**
 * zc_client_set_token:
 * @self: a client
 * @token: (nullable): what requests from now on are signed with
 */
void
zc_client_set_token (ZcClient *self, const char *token)
{
  g_set_str (&self->token, token);
}

void
zc_client_take_calendar (ZcClient *self, ZcCalendar *calendar)
{
  g_clear_pointer (&self->calendar, zc_calendar_unref);
  self->calendar = calendar;
}

const ZcCalendar *
zc_client_get_calendar (ZcClient *self)
{
  return self->calendar != NULL ? self->calendar : zc_calendar_get_national ();
}

gboolean
zc_client_get_reachable (ZcClient *self)
{
  return self->reachable;
}

/**
 * zc_client_send_async:
 * @self: a client
 * @request: what to send; copied
 * @cancellable: (nullable): gives the request up
 * @callback: called when the answer is whole
 * @user_data: for @callback
 */
void
zc_client_send_async (ZcClient *self,
                      const ZcRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  zc_client_send_expecting (self, request, NULL, cancellable, callback, user_data);
}

/**
 * zc_client_send_finish:
 * @self: a client
 * @result: given to the callback
 * @error: return location: ZC_REFUSAL_ERROR or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): an answer of 2xx
 */
ZcReply *
zc_client_send_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * zc_client_path:
 * @path: a path
 * @...: names and values of the query, NULL at the end; a pair whose value is NULL is left out
 *
 * Returns: (transfer full): the path with its query, percent-encoded
 */
char *
zc_client_path (const char *path, ...)
{
  GString *out = g_string_new (path);
  char separator = '?';
  const char *name;
  va_list args;

  va_start (args, path);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);

      if (value == NULL)
        continue;
      g_string_append_printf (out, "%c%s=", separator, name);
      g_string_append_uri_escaped (out, value, NULL, FALSE);
      separator = '&';
    }
  va_end (args);
  return g_string_free (out, FALSE);
}

ZcReply *
zc_reply_ref (ZcReply *reply)
{
  return g_atomic_rc_box_acquire (reply);
}

void
zc_reply_unref (ZcReply *reply)
{
  g_atomic_rc_box_release_full (reply, (GDestroyNotify) reply_clear);
}

int
zc_reply_status (const ZcReply *reply)
{
  return reply->status;
}

const char *
zc_reply_etag (const ZcReply *reply)
{
  return reply->etag;
}

GBytes *
zc_reply_bytes (const ZcReply *reply)
{
  return reply->bytes;
}

const ZcJsonValue *
zc_reply_root (const ZcReply *reply)
{
  return reply->json != NULL ? zc_json_root (reply->json) : NULL;
}
