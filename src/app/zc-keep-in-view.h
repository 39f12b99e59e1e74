/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void zc_keep_in_view (GtkScrolledWindow *scroller);
