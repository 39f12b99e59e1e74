/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-image-pool.h"
#include "zc-problem.h"

/* A user's file on its way into a form: cleaned and turned upright without loss where it fits its
 * field's limits, made to fit where the user agrees. The file itself is only ever read.
 */
typedef struct
{
  gint64 bytes;
  int width; /* upright */
  int height;
  int quality; /* of JPEG, 1 to 100; 0: not encoded by us */
} ZcImageFacts;

typedef struct
{
  GBytes *data;         /* (nullable): what goes into the store; NULL where there is a problem */
  char *sha256;         /* (nullable): of data, in hex */
  ZcImageFacts before;  /* the file; sizes 0 where it does not tell */
  ZcImageFacts after;   /* data */
  gboolean was_cleaned; /* metadata or bytes behind the end were cut */
  gboolean was_turned;
  gboolean was_encoded;  /* anew, so with some loss */
  ZcProblemCode problem; /* why the file cannot be taken; NONE where data is there */
  gint64 limit;          /* that it breaks; -1 where the problem has none */
  gboolean can_be_made_to_fit;
  const char *kind; /* (nullable): what the file is by its first bytes: "JPEG", "PNG", "HEIC" … */
} ZcReadyImage;

void zc_ready_image_free (ZcReadyImage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcReadyImage, zc_ready_image_free)

/* Exactly one of file and data is given. Errors are of reading (GIOError) and of being cancelled;
 * what is wrong with the picture itself is told in the result.
 */
void zc_image_prepare_async (ZcImagePool *pool,
                             GFile *file,
                             GBytes *data,
                             const ZcImageLimits *limits,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
ZcReadyImage *zc_image_prepare_finish (ZcImagePool *pool, GAsyncResult *result, GError **error);
void zc_image_fit_async (ZcImagePool *pool,
                         GFile *file,
                         GBytes *data,
                         const ZcImageLimits *limits,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
ZcReadyImage *zc_image_fit_finish (ZcImagePool *pool, GAsyncResult *result, GError **error);

/* The work itself, for a thread that may wait. */
ZcReadyImage *zc_image_prepare (GBytes *data,
                                const ZcImageLimits *limits,
                                GCancellable *cancellable,
                                GError **error);
ZcReadyImage *
zc_image_fit (GBytes *data, const ZcImageLimits *limits, GCancellable *cancellable, GError **error);
