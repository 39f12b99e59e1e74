/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-store.h"

/* The one thread that writes. What is queued runs in one transaction for up to 512 jobs; only when it is on the disk is
 * each job told. A job that fails undoes what it wrote and no more; for that all may have to run once more, and when the
 * transaction itself fails, each runs once more in one of its own: so run must be fit to run twice, and thrice.
 *
 * After a failed sync nothing is acknowledged any more until the server is started again: what the kernel has dropped cannot
 * be known. */
typedef struct _ZcJob ZcJob;
struct _ZcJob
{
  gboolean (*run)    (ZcJob *job, ZcStore *store, GError **error);
  void     (*finish) (ZcJob *job, const GError *error); /* NULL: durable. Called on the writer's thread */
  GError    *error;                                      /* private to the writer */
};

ZcWriter *zc_writer_start  (ZcServer    *server,
                            GError     **error);
void      zc_writer_stop   (ZcWriter    *writer);  /* finishes what is queued */
/* FALSE: the queue is full, or the disk has failed; @job is untouched */
gboolean  zc_writer_push   (ZcWriter    *writer,
                            ZcJob       *job,
                            GError     **error);
/* Waits until it is durable: for threads of the server's own. */
typedef gboolean (*ZcWriteFunc) (ZcStore *store, gpointer data, GError **error);
gboolean  zc_writer_run    (ZcWriter    *writer,
                            ZcWriteFunc  func,
                            gpointer     data,
                            GError     **error);
gboolean  zc_writer_is_broken (ZcWriter *writer);
/* A number that moves when who may do what has changed and is durable: read before a reading transaction begins, it tells the
 * writer whether what that transaction saw of sessions and memberships still stands (zc_store_access_changes()). */
guint64   zc_writer_access_stamp (ZcWriter *writer);
