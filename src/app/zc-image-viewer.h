/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-image-pool.h"
#include "zc-notebook.h"

/* The images of a field one by one: zoom, turn the view, next and previous, by pointer and key; the neighbours are decoded ahead. What
 * a reviewer has noted on the image that is shown stands under it. Actions: viewer.previous, .next, .zoom-in, .zoom-out, .fit, .turn. */
#define ZC_TYPE_IMAGE_VIEWER (zc_image_viewer_get_type ())
G_DECLARE_FINAL_TYPE (ZcImageViewer, zc_image_viewer, ZC, IMAGE_VIEWER, AdwBin)

GtkWidget *zc_image_viewer_new          (ZcImagePool   *pool);
void       zc_image_viewer_show         (ZcImageViewer *self,
                                         ZcDraft       *draft,
                                         GListModel    *images,
                                         guint          position);
guint      zc_image_viewer_get_position (ZcImageViewer *self);
const char *zc_image_viewer_get_sha256  (ZcImageViewer *self);          /* (nullable): of the image that is shown */
gboolean   zc_image_viewer_is_ready     (ZcImageViewer *self,           /* whether it would be shown without waiting */
                                         const char    *sha256);
/* Where notes on images go, by the action notes.image of whoever stands above (key N); NULL (as at first): they cannot be made. */
void       zc_image_viewer_set_notebook (ZcImageViewer *self,
                                         ZcNotebook    *notebook);
void       zc_image_viewer_present      (GtkWidget     *parent,
                                         ZcImagePool   *pool,
                                         ZcDraft       *draft,
                                         GListModel    *images,
                                         guint          position,
                                         const char    *title);
