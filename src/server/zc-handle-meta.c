/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-jpeg.h"
#include "zc-server.h"

/* What the server is and can do, told before anybody signs in. */

/* Clients show what they find here (S0.1); a name is never taken back within an API version. */
static const char *const capabilities[] = {
  "registration", "sign-in-password", "sign-in-code", "evaluation", "retarget",
  "withdraw",     "abandon",          "unit-review",  "departments",
  "changes",      "assign",           "notes",        "phrases",
};

static void
write_capabilities (ZcJsonWriter *writer, const ZcConfig *config)
{
  zc_json_begin_array (writer, "capabilities");
  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    zc_json_add_string (writer, NULL, capabilities[i]);
  if (config->staff_second_factor != ZC_FACTOR_OFF)
    zc_json_add_string (writer, NULL, "second-factor");
  zc_json_end_array (writer);
}

static void
write_limits (ZcJsonWriter *writer, const ZcConfig *config)
{
  zc_json_begin_object (writer, "limits");
  zc_json_add_integer (writer, "json_bytes", config->json_bytes);
  zc_json_add_integer (writer, "image_bytes", config->image_bytes);
  zc_json_add_integer (writer, "image_pixels", ZC_JPEG_MAX_PIXELS);
  zc_json_end_object (writer);
}

static void
write_demo (ZcJsonWriter *writer, const ZcConfig *config)
{
  g_autofree char *outbox = NULL;

  if (!config->demo)
    return;
  outbox = g_canonicalize_filename (config->outbox_directory, NULL);
  zc_json_begin_object (writer, "demo");
  zc_json_add_string (writer, "outbox", outbox);
  zc_json_end_object (writer);
}

static gboolean
write_notice (ZcJsonWriter *writer, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT value FROM setting WHERE name = 'notice'");

  if (zc_rows_next (rows))
    zc_json_add_raw (writer, "notice", zc_rows_text (rows, 0));
  else
    zc_json_add_string (writer, "notice", NULL);
  return zc_rows_end (rows, error);
}

ZcReply *
zc_handle_root (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcServer *server = request->server;
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", "zhicheng");
  zc_json_add_string (&writer, "version", ZC_VERSION);
  zc_json_add_string (&writer, "api", "v1");
  zc_json_add_time (&writer, "time", request->received);
  zc_json_add_string (&writer, "epoch", server->epoch);
  write_capabilities (&writer, request->server->config);
  if (!write_notice (&writer, store, error))
    return NULL;
  write_limits (&writer, server->config);
  write_demo (&writer, server->config);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

ZcReply *
zc_handle_health (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  ZcReply *reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "status", "ok");
  zc_json_end_object (&writer);
  return reply;
}
