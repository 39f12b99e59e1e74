/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-place.h"

/* One image of a strip: its thumbnail, where it is in words, and what can be done with it.
 * Actions: tile.open, tile.backward, tile.forward, tile.replace, tile.remove.
 * Signals: "open"; "move" (int: position wanted); "replace"; "remove". */
#define ZC_TYPE_IMAGE_TILE (zc_image_tile_get_type ())
G_DECLARE_FINAL_TYPE (ZcImageTile, zc_image_tile, ZC, IMAGE_TILE, GtkBox)

GtkWidget    *zc_image_tile_new          (const ZcFieldPlace *place,
                                          ZcDraftImage       *image);
ZcDraftImage *zc_image_tile_get_image    (ZcImageTile        *self);
void          zc_image_tile_set_position (ZcImageTile        *self,
                                          guint               position,
                                          guint               n_images,
                                          gboolean            reorders);
guint         zc_image_tile_get_position (ZcImageTile        *self);
const ZcFieldPlace *zc_image_tile_get_place (ZcImageTile        *self);
void          zc_image_tile_set_mark     (ZcImageTile        *self,
                                          const char         *text);
void          zc_image_tile_set_problem  (ZcImageTile        *self,
                                          const char         *text);
