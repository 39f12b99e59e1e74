/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A few threads for everything that decodes or encodes pictures, and the queue before them. */
typedef enum
{
  ZC_IMAGE_WORK_SEEN,   /* someone looks at the place where it will appear: thumbnails */
  ZC_IMAGE_WORK_WAITED, /* someone waits for it: a file just chosen */
  ZC_IMAGE_WORK_LONG,   /* making to fit, of many */
} ZcImageUrgency;

#define ZC_TYPE_IMAGE_POOL (zc_image_pool_get_type ())
G_DECLARE_FINAL_TYPE (ZcImagePool, zc_image_pool, ZC, IMAGE_POOL, GObject)

ZcImagePool *zc_image_pool_new (guint n_threads);
guint zc_image_pool_get_pending (ZcImagePool *self);
void
zc_image_pool_push (ZcImagePool *self, GTask *task, ZcImageUrgency urgency, GTaskThreadFunc work);
