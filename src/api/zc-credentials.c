/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-credentials.h"

struct _ZcCredentials
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcCredentials, zc_credentials, G_TYPE_OBJECT)
static void zc_credentials_class_init (ZcCredentialsClass *klass) {}
static void zc_credentials_init (ZcCredentials *self) {}

ZcCredentials *
zc_credentials_new (const char *server)
{
  return NULL;
}

gboolean
zc_credentials_get_persistent (ZcCredentials *self)
{
  return 0;
}

void
zc_credentials_load_async (ZcCredentials *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_credentials_load_finish (ZcCredentials *self, GAsyncResult *result, char **account, char **token, GError **error)
{
  return 0;
}

void
zc_credentials_save_async (ZcCredentials *self, const char *account, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_credentials_save_finish (ZcCredentials *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_credentials_forget_async (ZcCredentials *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_credentials_forget_finish (ZcCredentials *self, GAsyncResult *result, GError **error)
{
  return 0;
}
