/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

gboolean zc_focus_is_free (GtkWidget *widget);
gboolean zc_focus_is_lost (GtkWidget *widget);
