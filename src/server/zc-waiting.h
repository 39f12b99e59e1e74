/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"

/* Requests that wait for a change (GET /v1/changes), by audience. The writer notes audiences and wakes them after its
 * commit, all of a batch at once. */
typedef void (*ZcWakeFunc) (ZcRequest *request);

ZcWaiting *zc_waiting_new     (ZcWakeFunc  wake);
void       zc_waiting_free    (ZcWaiting  *waiting);
/* @seen: zc_waiting_stamp() from before the handler read. FALSE: its audience changed since then, so run the handler again. */
guint64    zc_waiting_stamp   (ZcWaiting  *waiting);
gboolean   zc_waiting_add     (ZcWaiting  *waiting,
                               ZcRequest  *request,
                               guint64     seen);
void       zc_waiting_note    (ZcWaiting  *waiting,
                               const char *audience);
void       zc_waiting_wake    (ZcWaiting  *waiting);
/* Wakes whose wait is over, with timed_out set. all: everybody, for good: nobody waits any more. */
void       zc_waiting_expire  (ZcWaiting  *waiting,
                               ZcTime      now,
                               gboolean    all);
