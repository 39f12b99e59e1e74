/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

void zc_toast       (GtkWidget       *widget,
                     const char      *text);
void zc_toast_error (GtkWidget       *widget,
                     const GError    *error);
void zc_toast_about (GtkWidget       *widget,
                     const char      *text,
                     const char      *why);
void zc_toast_clear (AdwToastOverlay *overlay);
void zc_toast_undo  (GtkWidget       *widget,
                     const char      *text,
                     GCallback        undo,
                     gpointer         user_data,
                     GClosureNotify   destroy);
