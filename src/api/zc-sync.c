/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-sync.h"

struct _ZcSync
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcSync, zc_sync, G_TYPE_OBJECT)
static void zc_sync_class_init (ZcSyncClass *klass) {}
static void zc_sync_init (ZcSync *self) {}

const char *
zc_sync_state_to_string (ZcSyncState state)
{
  return NULL;
}

ZcSync *
zc_sync_new (ZcClient *client, ZcLocalStore *store)
{
  return NULL;
}

void
zc_sync_start (ZcSync *self)
{
  
}

void
zc_sync_stop (ZcSync *self)
{
  
}

void
zc_sync_resume (ZcSync *self)
{
  
}

void
zc_sync_wake (ZcSync *self)
{
  
}

ZcSyncState
zc_sync_get_state (ZcSync *self)
{
  return 0;
}

gboolean
zc_sync_get_online (ZcSync *self)
{
  return 0;
}

ZcSyncState
zc_sync_get_section_state (ZcSync *self, const char *dossier, const char *section)
{
  return 0;
}

ZcSyncState
zc_sync_get_image_state (ZcSync *self, const char *dossier, const char *sha256)
{
  return 0;
}

GError *
zc_sync_dup_error (ZcSync *self, const char *dossier, const char *item)
{
  return NULL;
}

void
zc_sync_push_async (ZcSync *self, const char *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

gboolean
zc_sync_push_finish (ZcSync *self, GAsyncResult *result, GError **error)
{
  return 0;
}

void
zc_sync_pull_async (ZcSync *self, const char *dossier, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcDossier *
zc_sync_pull_finish (ZcSync *self, GAsyncResult *result, GError **error)
{
  return NULL;
}
