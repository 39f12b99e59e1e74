/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-image-pool.h"

/* The images of a field one by one: zoom, turn the view, next and previous, by pointer and key.
 * Actions: viewer.previous, .next, .zoom-in, .zoom-out, .fit, .turn. */
#define ZC_TYPE_IMAGE_VIEWER (zc_image_viewer_get_type ())
G_DECLARE_FINAL_TYPE (ZcImageViewer, zc_image_viewer, ZC, IMAGE_VIEWER, AdwBin)

GtkWidget *zc_image_viewer_new          (ZcImagePool   *pool);
void       zc_image_viewer_show         (ZcImageViewer *self,
                                         ZcDraft       *draft,
                                         GListModel    *images,
                                         guint          position);
guint      zc_image_viewer_get_position (ZcImageViewer *self);
void       zc_image_viewer_present      (GtkWidget     *parent,
                                         ZcImagePool   *pool,
                                         ZcDraft       *draft,
                                         GListModel    *images,
                                         guint          position,
                                         const char    *title);
