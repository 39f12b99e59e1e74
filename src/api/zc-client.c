/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-client.h"

struct _ZcClient
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcClient, zc_client, G_TYPE_OBJECT)
static void zc_client_class_init (ZcClientClass *klass) {}
static void zc_client_init (ZcClient *self) {}

ZcClient *
zc_client_new (const char *server)
{
  return NULL;
}

const char *
zc_client_get_server (ZcClient *self)
{
  return NULL;
}

const char *
zc_client_get_token (ZcClient *self)
{
  return NULL;
}

void
zc_client_set_token (ZcClient *self, const char *token)
{
  
}

ZcReply *
zc_reply_ref (ZcReply *reply)
{
  return NULL;
}

void
zc_reply_unref (ZcReply *reply)
{
  
}

int
zc_reply_status (const ZcReply *reply)
{
  return 0;
}

const char *
zc_reply_etag (const ZcReply *reply)
{
  return NULL;
}

GBytes *
zc_reply_bytes (const ZcReply *reply)
{
  return NULL;
}

const ZcJsonValue *
zc_reply_root (const ZcReply *reply)
{
  return NULL;
}

void
zc_client_send_async (ZcClient *self, const ZcRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcReply *
zc_client_send_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

char *
zc_client_path (const char *path, ...)
{
  return NULL;
}

void
zc_client_get_info_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcServerInfo *
zc_client_get_info_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_ask_code_async (ZcClient *self, const char *purpose, const char *channel, const char *address, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_client_ask_code_finish (ZcClient *self, GAsyncResult *result, int *expires_in, int *resend_after, GError **error)
{
  return 0;
}

void
zc_client_register_async (ZcClient *self, const ZcRegistration *registration, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_client_register_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_client_sign_in_async (ZcClient *self, const char *identifier, const char *password, const char *device, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_client_sign_in_with_code_async (ZcClient *self, const char *mobile, const char *code, const char *device, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcAccount *
zc_client_sign_in_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_sign_out_async (ZcClient *self, const char *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_client_sign_out_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_client_choose_membership_async (ZcClient *self, const char *membership, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_client_choose_membership_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_client_get_me_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcAccount *
zc_client_get_me_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_get_catalog_async (ZcClient *self, const char *list, const char *text, const char *series, const char *level, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GListModel *
zc_client_get_catalog_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_list_businesses_async (ZcClient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GListModel *
zc_client_list_businesses_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_get_business_async (ZcClient *self, const char *id, int revision, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcBusiness *
zc_client_get_business_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_create_dossier_async (ZcClient *self, const char *business, const ZcTarget *target, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcDossier *
zc_client_create_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_get_dossier_async (ZcClient *self, const char *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcDossier *
zc_client_get_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_delete_dossier_async (ZcClient *self, const char *dossier, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_client_delete_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_client_put_target_async (ZcClient *self, const char *dossier, gint64 version, const ZcTarget *target, const char *key, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcDossier *
zc_client_put_target_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_get_section_async (ZcClient *self, const char *dossier, const char *section, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcReply *
zc_client_get_section_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_put_section_async (ZcClient *self, const char *dossier, const char *section, gint64 base_version, const char *body, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcReply *
zc_client_put_section_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_put_image_async (ZcClient *self, const char *dossier, const char *sha256, GBytes *jpeg, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_client_put_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_client_get_image_async (ZcClient *self, const char *dossier, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GBytes *
zc_client_get_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_client_get_history_async (ZcClient *self, const char *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GListModel *
zc_client_get_history_finish (ZcClient *self, GAsyncResult *result, GListModel **stages, GError **error)
{
  return NULL;
}

void
zc_client_get_revision_async (ZcClient *self, const char *dossier, int revision, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcReply *
zc_client_get_revision_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return NULL;
}
