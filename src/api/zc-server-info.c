/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-server-info.h"

struct _ZcServerInfo
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcServerInfo, zc_server_info, G_TYPE_OBJECT)
static void zc_server_info_class_init (ZcServerInfoClass *klass) {}
static void zc_server_info_init (ZcServerInfo *self) {}

ZcServerInfo *
zc_server_info_new_from_json (const ZcJsonValue *value, GError **error)
{
  return NULL;
}

const char *
zc_server_info_get_version (ZcServerInfo *self)
{
  return NULL;
}

const char *
zc_server_info_get_epoch (ZcServerInfo *self)
{
  return NULL;
}

gint64
zc_server_info_get_time (ZcServerInfo *self)
{
  return 0;
}

const char *
zc_server_info_get_notice_version (ZcServerInfo *self)
{
  return NULL;
}

const char *
zc_server_info_get_notice_title (ZcServerInfo *self)
{
  return NULL;
}

const char *
zc_server_info_get_notice_text (ZcServerInfo *self)
{
  return NULL;
}

const char *
zc_server_info_get_demo_outbox (ZcServerInfo *self)
{
  return NULL;
}

gboolean
zc_server_info_has_capability (ZcServerInfo *self, const char *capability)
{
  return 0;
}
