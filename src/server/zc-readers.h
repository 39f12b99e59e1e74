/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-store.h"

/* A few threads, each with a reading connection of its own, behind one bounded queue. */
typedef void (*ZcReadFunc) (gpointer data, ZcStore *store);

ZcReaders *zc_readers_start (ZcServer    *server,
                             const char  *name,
                             int          threads,
                             int          limit,
                             int          nice,      /* 0: as the rest; more: behind all that is to be done at once */
                             GError     **error);
void       zc_readers_stop  (ZcReaders   *readers);  /* finishes what is queued */
/* FALSE: the queue is full. Without a bound: for what was taken in already. */
gboolean   zc_readers_push  (ZcReaders   *readers,
                             ZcReadFunc   func,
                             gpointer     data,
                             gboolean     bounded);
