/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

#define ZC_TYPE_SECTION_STATUS (zc_section_status_get_type ())
G_DECLARE_FINAL_TYPE (ZcSectionStatus, zc_section_status, ZC, SECTION_STATUS, GObject)
/* Properties: id: string; state: int (ZcSectionState); version: gint64; n-problems: uint; own: boolean (this session's side fills
 * it in: what may be kept on this computer). The server's word. */
const char  *zc_section_status_get_id         (ZcSectionStatus *self);
int          zc_section_status_get_state      (ZcSectionStatus *self); /* ZcSectionState of zc-check.h */
gint64       zc_section_status_get_version    (ZcSectionStatus *self);
guint        zc_section_status_get_n_problems (ZcSectionStatus *self);
gboolean     zc_section_status_get_own        (ZcSectionStatus *self);

/* Those of a reply's "sections"; (transfer full) (nullable) */
GListStore  *zc_section_statuses_read         (const ZcJsonValue *array,
                                               GError           **error);
