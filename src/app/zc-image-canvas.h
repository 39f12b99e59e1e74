/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Draws one picture, fitted into its room or at a zoom, turned by quarters. Only the view turns, never the image. */
#define ZC_TYPE_IMAGE_CANVAS (zc_image_canvas_get_type ())
G_DECLARE_FINAL_TYPE (ZcImageCanvas, zc_image_canvas, ZC, IMAGE_CANVAS, GtkWidget)

void   zc_image_canvas_set_texture (ZcImageCanvas *self,
                                    GdkTexture    *texture);
void   zc_image_canvas_set_zoom    (ZcImageCanvas *self,
                                    double         zoom);
double zc_image_canvas_get_zoom    (ZcImageCanvas *self);
double zc_image_canvas_get_scale   (ZcImageCanvas *self);
void   zc_image_canvas_set_turns   (ZcImageCanvas *self,
                                    int            turns);
int    zc_image_canvas_get_turns   (ZcImageCanvas *self);
