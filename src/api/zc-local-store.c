/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-local-store.h"

struct _ZcLocalStore
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcLocalStore, zc_local_store, G_TYPE_OBJECT)
static void zc_local_store_class_init (ZcLocalStoreClass *klass) {}
static void zc_local_store_init (ZcLocalStore *self) {}

GQuark
zc_local_store_error_quark (void)
{
  return g_quark_from_static_string ("zc_local_store_error_quark");
}

void
zc_local_store_open_async (const char *root, const char *server, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcLocalStore *
zc_local_store_open_finish (GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_local_store_close_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_local_store_close_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return 0;
}

const char *
zc_local_store_get_folder (ZcLocalStore *self)
{
  return NULL;
}

void
zc_local_store_put_dossier_async (ZcLocalStore *self, const char *dossier, const char *json, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_remove_dossier_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_put_business_async (ZcLocalStore *self, const char *id, int revision, const char *text, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_put_setting_async (ZcLocalStore *self, const char *name, const char *value, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_local_store_write_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_local_store_list_dossiers_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GPtrArray *
zc_local_store_list_dossiers_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_local_store_get_dossier_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_get_business_async (ZcLocalStore *self, const char *id, int revision, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_get_setting_async (ZcLocalStore *self, const char *name, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

char *
zc_local_store_get_text_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_stored_section_free (ZcStoredSection *section)
{
  
}

void
zc_local_store_put_section_async (ZcLocalStore *self, const char *dossier, const char *section, const char *body, gint64 revision, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_load_sections_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_list_unsent_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GPtrArray *
zc_local_store_list_sections_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_local_store_section_sent_async (ZcLocalStore *self, const char *dossier, const char *section, const char *sent, gint64 version, const char *state, const char *problems, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_section_pulled_async (ZcLocalStore *self, const char *dossier, const char *section, const char *body, gint64 version, const char *state, const char *problems, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_section_refused_async (ZcLocalStore *self, const char *dossier, const char *section, const char *sent, const char *refusal, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_discard_section_async (ZcLocalStore *self, const char *dossier, const char *section, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_stored_image_free (ZcStoredImage *image)
{
  
}

void
zc_local_store_put_image_async (ZcLocalStore *self, const char *dossier, const char *sha256, GBytes *jpeg, gboolean uploaded, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_image_sent_async (ZcLocalStore *self, const char *dossier, const char *sha256, const char *refusal, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

void
zc_local_store_list_images_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GPtrArray *
zc_local_store_list_images_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return NULL;
}

void
zc_local_store_read_image_async (ZcLocalStore *self, const char *dossier, const char *sha256, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

GBytes *
zc_local_store_read_image_finish (ZcLocalStore *self, GAsyncResult *result, GError **error)
{
  return NULL;
}
