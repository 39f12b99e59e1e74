/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A day or a month to choose. Signal picked: (const char *text). */
#define ZC_TYPE_DATE_PICKER (zc_date_picker_get_type ())
G_DECLARE_FINAL_TYPE (ZcDatePicker, zc_date_picker, ZC, DATE_PICKER, GtkPopover)

GtkWidget *zc_date_picker_new     (gboolean      month);
void       zc_date_picker_turn_to (ZcDatePicker *self,
                                   GDateTime    *day);
