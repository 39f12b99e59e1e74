/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

/* An answer that found no place in a newer form (decisions 16): read-only, as it was named and stored. Properties:
 *   section-title, entry-title ("" outside a list), label, text: string; n-images: uint; flag: boolean (a tick) */
#define ZC_TYPE_LEFT (zc_left_get_type ())
G_DECLARE_FINAL_TYPE (ZcLeft, zc_left, ZC, LEFT, GObject)
const char *zc_left_get_section_title (ZcLeft             *self);
const char *zc_left_get_entry_title   (ZcLeft             *self);
const char *zc_left_get_label         (ZcLeft             *self);
const char *zc_left_get_text          (ZcLeft             *self); /* texts and numbers; "" for the others */
guint       zc_left_get_n_images      (ZcLeft             *self);
gboolean    zc_left_get_flag          (ZcLeft             *self);
/* The array "left" of a reply: (transfer full), of ZcLeft; empty where array is NULL. */
GListStore *zc_left_read              (const ZcJsonValue  *array,
                                       GError            **error);
