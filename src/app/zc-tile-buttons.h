/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What is done to one image of a form that is filled in: moved, replaced, removed, by the actions "tile.…" of the tile above it.
 * An image that is only looked at has none: four buttons take as long to make as all the rest of a tile. */
#define ZC_TYPE_TILE_BUTTONS (zc_tile_buttons_get_type ())
G_DECLARE_FINAL_TYPE (ZcTileButtons, zc_tile_buttons, ZC, TILE_BUTTONS, GtkBox)

GtkWidget *zc_tile_buttons_new          (void);
void       zc_tile_buttons_set_number   (ZcTileButtons *self,
                                         guint          number);
void       zc_tile_buttons_set_reorders (ZcTileButtons *self,
                                         gboolean       reorders);
