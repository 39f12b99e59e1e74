/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <libsecret/secret.h>

#include "zc-credentials.h"

/* One secret for each server: "ACCOUNT TOKEN". Every call has a limit of its own: a prompt that nobody answers, or a service
 * that hangs, must not hold up the program. */

#define LIMIT_SECONDS 3

struct _ZcCredentials
{
  GObject parent_instance;

  char     *server;
  char     *account; /* (nullable): what memory holds */
  char     *token;   /* (nullable) */
  gboolean  persistent;
};

enum
{
  PROP_0,
  PROP_PERSISTENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZcCredentials, zc_credentials, G_TYPE_OBJECT)

/* One call to libsecret under way. */
typedef struct
{
  GCancellable *inner;
  GCancellable *outer;
  gulong        outer_id;
  guint         limit_id;
} Call;

static const SecretSchema schema = {
  ZC_APP_ID ".Session",
  SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->limit_id, g_source_remove);
  if (call->outer != NULL)
    g_cancellable_disconnect (call->outer, call->outer_id);
  g_clear_object (&call->outer);
  g_clear_object (&call->inner);
  g_free (call);
}

static gboolean
limit_cb (gpointer user_data)
{
  Call *call = user_data;

  call->limit_id = 0;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static GTask *
begin (ZcCredentials *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Call *call = g_new0 (Call, 1);

  call->inner = g_cancellable_new ();
  if (cancellable != NULL)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb), g_object_ref (call->inner),
                                              g_object_unref);
    }
  call->limit_id = g_timeout_add_seconds (LIMIT_SECONDS, limit_cb, call);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  return task;
}

static GCancellable *
limit_of (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  return call->inner;
}

static void
set_persistent (ZcCredentials *self, gboolean persistent)
{
  if (self->persistent == persistent)
    return;
  self->persistent = persistent;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSISTENT]);
}

static void
remember (ZcCredentials *self, const char *account, const char *token)
{
  g_set_str (&self->account, account);
  g_set_str (&self->token, token);
}

static void
remember_secret (ZcCredentials *self, const char *secret)
{
  const char *space = strchr (secret, ' ');
  g_autofree char *account = NULL;

  if (space == NULL)
    return;
  account = g_strndup (secret, space - secret);
  remember (self, account, space + 1);
}

/* No failure of the secret store is the person's trouble: it is told by the property, and the call goes on. */
static gboolean
succeeded (ZcCredentials *self, const GError *error)
{
  if (error == NULL)
    return TRUE;
  g_info ("the session is not remembered: %s", error->message);
  set_persistent (self, FALSE);
  return FALSE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcCredentials *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_pointer (&secret, secret_password_free);
      return;
    }
  if (succeeded (self, error) && secret != NULL)
    remember_secret (self, secret);
  g_clear_pointer (&secret, secret_password_free);
  g_task_return_boolean (task, self->token != NULL);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcCredentials *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  secret_password_store_finish (result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (error == NULL)
    set_persistent (self, TRUE);
  g_task_return_boolean (task, succeeded (self, error));
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcCredentials *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, succeeded (self, error));
}

static void
zc_credentials_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, ZC_CREDENTIALS (object)->persistent);
}

static void
zc_credentials_finalize (GObject *object)
{
  ZcCredentials *self = ZC_CREDENTIALS (object);

  g_free (self->server);
  g_free (self->account);
  g_free (self->token);
  G_OBJECT_CLASS (zc_credentials_parent_class)->finalize (object);
}

static void
zc_credentials_class_init (ZcCredentialsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zc_credentials_get_property;
  object_class->finalize = zc_credentials_finalize;
  props[PROP_PERSISTENT] =
      g_param_spec_boolean ("persistent", NULL, NULL, TRUE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zc_credentials_init (ZcCredentials *self)
{
  self->persistent = TRUE;
}

/**
 * zc_credentials_new:
 * @server: the server's address: sessions of different servers do not meet
 *
 * Returns: (transfer full): credentials, not yet loaded
 */
ZcCredentials *
zc_credentials_new (const char *server)
{
  ZcCredentials *self = g_object_new (ZC_TYPE_CREDENTIALS, NULL);

  self->server = g_strdup (server);
  return self;
}

gboolean
zc_credentials_get_persistent (ZcCredentials *self)
{
  return self->persistent;
}

/**
 * zc_credentials_load_async:
 * @self: credentials
 * @cancellable: (nullable): gives up
 * @callback: called within 3 seconds
 * @user_data: for @callback
 *
 * Looks for the session of a former run. A locked keyring looks like "none", as libsecret tells it.
 */
void
zc_credentials_load_async (ZcCredentials *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = begin (self, cancellable, callback, user_data);

  secret_password_lookup (&schema, limit_of (task), looked_up_cb, task, "server", self->server, NULL);
}

gboolean
zc_credentials_load_finish (ZcCredentials *self, GAsyncResult *result, char **account, char **token, GError **error)
{
  gboolean found = g_task_propagate_boolean (G_TASK (result), error);

  if (account != NULL)
    *account = found ? g_strdup (self->account) : NULL;
  if (token != NULL)
    *token = found ? g_strdup (self->token) : NULL;
  return found;
}

/**
 * zc_credentials_save_async:
 * @self: credentials
 * @account: id of the account
 * @token: its session's token
 * @cancellable: (nullable): gives up
 * @callback: called within 3 seconds
 * @user_data: for @callback
 *
 * Memory holds them at once, whatever becomes of the secret store.
 */
void
zc_credentials_save_async (ZcCredentials *self,
                           const char *account,
                           const char *token,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = begin (self, cancellable, callback, user_data);
  g_autofree char *label = g_strconcat ("Zhicheng: ", self->server, NULL);
  g_autofree char *secret = g_strconcat (account, " ", token, NULL);

  remember (self, account, token);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, secret, limit_of (task), stored_cb, task, "server",
                         self->server, NULL);
}

gboolean
zc_credentials_save_finish (ZcCredentials *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
zc_credentials_forget_async (ZcCredentials *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = begin (self, cancellable, callback, user_data);

  remember (self, NULL, NULL);
  secret_password_clear (&schema, limit_of (task), cleared_cb, task, "server", self->server, NULL);
}

gboolean
zc_credentials_forget_finish (ZcCredentials *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
