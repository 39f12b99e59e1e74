/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zc-field-place.h"

/* The control for a type of field: every one but images has a property "text": string, which is all that a row needs of it. */
GtkWidget *zc_field_control_new        (const ZcFieldPlace *place,
                                        const ZcField *field);
GtkWidget *zc_field_control_get_target (GtkWidget     *control);
gboolean   zc_field_control_has_text   (const ZcField *field);
gboolean   zc_field_is_shown_only      (const ZcField *field);
