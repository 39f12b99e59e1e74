/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-place.h"

/* The images of one field, in their order, with its limits in one line beside the button (S3.1.2c). Files come by the file
 * chooser or are dropped. Actions: images.add, images.dismiss. */
#define ZC_TYPE_IMAGE_STRIP (zc_image_strip_get_type ())
G_DECLARE_FINAL_TYPE (ZcImageStrip, zc_image_strip, ZC, IMAGE_STRIP, GtkBox)

GtkWidget  *zc_image_strip_new             (const ZcFieldPlace *place,
                                            const ZcField      *field);
GtkWidget  *zc_image_strip_get_add_button  (ZcImageStrip       *self);
void        zc_image_strip_add_files       (ZcImageStrip       *self,
                                            GListModel         *files,
                                            const char         *replaces);
gboolean    zc_image_strip_is_busy         (ZcImageStrip       *self);
const char *zc_image_strip_get_refused_text (ZcImageStrip      *self);
void        zc_image_strip_update_marks    (ZcImageStrip       *self);
