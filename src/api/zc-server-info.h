/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

/* What GET /v1/ tells: read-only. Properties of the same names as the getters. */
#define ZC_TYPE_SERVER_INFO (zc_server_info_get_type ())
G_DECLARE_FINAL_TYPE (ZcServerInfo, zc_server_info, ZC, SERVER_INFO, GObject)

ZcServerInfo *zc_server_info_new_from_json      (const ZcJsonValue *value,
                                                 GError           **error);
const char   *zc_server_info_get_version        (ZcServerInfo *self);
const char   *zc_server_info_get_epoch          (ZcServerInfo *self);
gint64        zc_server_info_get_time           (ZcServerInfo *self); /* ZcTime, at the moment of the answer */
const char   *zc_server_info_get_notice_version (ZcServerInfo *self);
const char   *zc_server_info_get_notice_title   (ZcServerInfo *self);
const char   *zc_server_info_get_notice_text    (ZcServerInfo *self); /* paragraphs, a blank line between */
const char   *zc_server_info_get_demo_outbox    (ZcServerInfo *self); /* (nullable): folder of the demo's outbox */
gboolean      zc_server_info_has_capability     (ZcServerInfo *self,
                                                 const char   *capability); /* S0.1 */
