/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

/* Pictures of any kind that gdk-pixbuf has a loader for, with limits on what a header may claim. */
gboolean zc_pixbuf_probe (GBytes *file, int *width, int *height);
GdkPixbuf *zc_pixbuf_load (GBytes *file, int max_edge, GCancellable *cancellable, GError **error);
