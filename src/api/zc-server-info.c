/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-record.h"
#include "zc-server-info.h"

/* What a server says of itself before anybody signs in: abilities, notice, time. */

struct _ZcServerInfo
{
  GObject parent_instance;

  char   *version;
  char   *epoch;
  gint64  time;
  char   *notice_version;
  char   *notice_title;
  char   *notice_text;
  char   *demo_outbox;
  GStrv   capabilities;
};

G_DEFINE_FINAL_TYPE (ZcServerInfo, zc_server_info, G_TYPE_OBJECT)

static const ZcRecordField fields[] = {
  { "version", zc_record_string, G_STRUCT_OFFSET (ZcServerInfo, version) },
  { "epoch", zc_record_string, G_STRUCT_OFFSET (ZcServerInfo, epoch) },
  { "time", zc_record_int64, G_STRUCT_OFFSET (ZcServerInfo, time) },
  { "notice-version", zc_record_string, G_STRUCT_OFFSET (ZcServerInfo, notice_version) },
  { "notice-title", zc_record_string, G_STRUCT_OFFSET (ZcServerInfo, notice_title) },
  { "notice-text", zc_record_string, G_STRUCT_OFFSET (ZcServerInfo, notice_text) },
  { "demo-outbox", zc_record_string, G_STRUCT_OFFSET (ZcServerInfo, demo_outbox) },
};

static void (*finalize_fields) (GObject *object);

static void
zc_server_info_finalize (GObject *object)
{
  g_strfreev (ZC_SERVER_INFO (object)->capabilities);
  finalize_fields (object);
}

static void
zc_server_info_class_init (ZcServerInfoClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), fields, G_N_ELEMENTS (fields));
  finalize_fields = G_OBJECT_CLASS (klass)->finalize;
  G_OBJECT_CLASS (klass)->finalize = zc_server_info_finalize;
}

static void
zc_server_info_init (ZcServerInfo *self)
{
}

static GStrv
dup_strings (const ZcJsonValue *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < zc_json_size (array); i++)
    if (zc_json_string (zc_json_at (array, i)) != NULL)
      g_strv_builder_add (builder, zc_json_string (zc_json_at (array, i)));
  return g_strv_builder_end (builder);
}

/**
 * zc_server_info_new_from_json:
 * @value: the answer of GET /v1/
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what it says; an error when it is no server of ours
 */
ZcServerInfo *
zc_server_info_new_from_json (const ZcJsonValue *value, GError **error)
{
  ZcServerInfo *self;
  const ZcJsonValue *notice = zc_json_get (value, "notice");

  if (g_strcmp0 (zc_json_get_string (value, "name"), "zhicheng") != 0)
    {
      g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "not a server of this program");
      return NULL;
    }
  self = g_object_new (ZC_TYPE_SERVER_INFO, NULL);
  self->version = zc_record_dup (value, "version");
  self->epoch = zc_record_dup (value, "epoch");
  self->time = zc_record_time (value, "time");
  self->notice_version = zc_record_dup (notice, "version");
  self->notice_title = zc_record_dup (notice, "title");
  self->notice_text = zc_record_dup (notice, "text");
  self->demo_outbox = g_strdup (zc_json_get_string (zc_json_get (value, "demo"), "outbox"));
  self->capabilities = dup_strings (zc_json_get (value, "capabilities"));
  return self;
}

const char *
zc_server_info_get_version (ZcServerInfo *self)
{
  return self->version;
}

const char *
zc_server_info_get_epoch (ZcServerInfo *self)
{
  return self->epoch;
}

gint64
zc_server_info_get_time (ZcServerInfo *self)
{
  return self->time;
}

const char *
zc_server_info_get_notice_version (ZcServerInfo *self)
{
  return self->notice_version;
}

const char *
zc_server_info_get_notice_title (ZcServerInfo *self)
{
  return self->notice_title;
}

const char *
zc_server_info_get_notice_text (ZcServerInfo *self)
{
  return self->notice_text;
}

const char *
zc_server_info_get_demo_outbox (ZcServerInfo *self)
{
  return self->demo_outbox;
}

/**
 * zc_server_info_has_capability:
 * @self: a server's word
 * @capability: "registration", "evaluation" …
 *
 * Returns: whether the server offers it: what it does not offer is not shown (S0.1)
 */
gboolean
zc_server_info_has_capability (ZcServerInfo *self, const char *capability)
{
  return g_strv_contains ((const char *const *) self->capabilities, capability);
}
