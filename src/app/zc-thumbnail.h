/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "zc-image-pool.h"

/* Exactly one of file and data is given; size is the greatest edge in device pixels. */
void        zc_thumbnail_load_async  (ZcImagePool          *pool,
                                      GFile                *file,
                                      GBytes               *data,
                                      int                   size,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
GdkTexture *zc_thumbnail_load_finish (ZcImagePool          *pool,
                                      GAsyncResult         *result,
                                      GError              **error);
