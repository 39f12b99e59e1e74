/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-refusal.h"
#include "zc-request.h"

/* Images as files named by their SHA-256: written to a temporary file, synced, renamed, the folder synced,
 * and only then named by a row. A file is there whole or not at all. */
typedef struct _ZcBlobWriter ZcBlobWriter;

ZcBlobs      *zc_blobs_open        (const char    *directory,
                                    GError       **error);
void          zc_blobs_close       (ZcBlobs       *blobs);
/* Clears away what a crash left half written: at the start of the server alone. */
void          zc_blobs_sweep       (ZcBlobs       *blobs);
char         *zc_blobs_path        (ZcBlobs       *blobs,      /* (transfer full) */
                                    const char    *sha256);
gboolean      zc_blobs_has         (ZcBlobs       *blobs,
                                    const char    *sha256);
gboolean      zc_blobs_remove      (ZcBlobs       *blobs,
                                    const char    *sha256,
                                    GError       **error);

/* Hashes and walks the JPEG while it writes. Refusals are of ZC_REFUSAL_ERROR: too-large, image. */
ZcBlobWriter *zc_blob_writer_new   (ZcBlobs       *blobs,
                                    const char    *sha256,     /* which its bytes must have */
                                    gint64         max_bytes,
                                    GError       **error);
gboolean      zc_blob_writer_feed  (ZcBlobWriter  *writer,
                                    const void    *data,
                                    gsize          size,
                                    GError       **error);
/* Makes it durable under its digest and tells what it is. */
gboolean      zc_blob_writer_finish (ZcBlobWriter *writer,
                                     ZcUpload     *upload,
                                     GError      **error);
void          zc_blob_writer_free  (ZcBlobWriter  *writer);    /* unfinished: leaves nothing behind */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcBlobWriter, zc_blob_writer_free)
