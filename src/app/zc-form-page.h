/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-place.h"

/* One section of any business, drawn from its definition; it scrolls. read_only in the place makes it a page to read.
 * Signal "image-activated" (images: GListModel of ZcDraftImage, position: uint) → boolean: TRUE when the handler shows the image
 *   itself; FALSE, or no handler: the viewer opens as a dialog. */
#define ZC_TYPE_FORM_PAGE (zc_form_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcFormPage, zc_form_page, ZC, FORM_PAGE, AdwBin)

GtkWidget  *zc_form_page_new             (const ZcFieldPlace *place);
GtkWidget  *zc_form_page_new_empty       (const ZcFieldPlace *place);
gboolean    zc_form_page_add_next        (ZcFormPage         *self);
void        zc_form_page_complete        (ZcFormPage         *self);
void        zc_form_page_grow            (ZcFormPage         *self);
gboolean    zc_form_page_is_whole        (ZcFormPage         *self);
const char *zc_form_page_get_section     (ZcFormPage         *self);
void        zc_form_page_reveal_problems (ZcFormPage         *self);
gboolean    zc_form_page_focus_place     (ZcFormPage         *self,
                                          const char         *entry,
                                          const char         *field);
gboolean    zc_form_page_show_image      (ZcFormPage         *self,
                                          GListModel         *images,
                                          guint               position);
