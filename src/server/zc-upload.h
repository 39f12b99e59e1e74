/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-blob.h"

/* Uploads on their way into the blob store: the front hands over what arrives, a few threads hash, walk and write it. An upload
 * takes a thread only while there is something to do, so slow clients hold up nobody. */
typedef struct _ZcUploads ZcUploads;
typedef struct _ZcUploadTask ZcUploadTask;

typedef struct
{
  /* On a thread of the uploads. error: NULL when it is durable and request->upload tells what it is. Takes the request's reference. */
  void (*finished) (ZcRequest *request, const GError *error);
  /* There is room again for a client that was held back. */
  void (*drained)  (ZcRequest *request);
} ZcUploadHandler;

ZcUploads    *zc_uploads_start    (ZcBlobs               *blobs,
                                   int                    threads,
                                   const ZcUploadHandler *handler);
void          zc_uploads_stop     (ZcUploads             *uploads);
/* FALSE: too many at once. Takes a reference of the request, whose params name the digest "sha256". */
gboolean      zc_upload_begin     (ZcUploads             *uploads,
                                   ZcRequest             *request);
/* TRUE: enough for now: hold the client back until drained. */
gboolean      zc_upload_feed      (ZcUploadTask          *task,
                                   const void            *bytes,
                                   gsize                  size);
void          zc_upload_end       (ZcUploadTask          *task);
/* The client has gone. */
void          zc_upload_abort     (ZcUploadTask          *task);
