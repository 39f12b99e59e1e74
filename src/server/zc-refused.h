/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"
#include "zc-store.h"

/* Who tried what they may not (P15): a row of the record for each refusal of right, act "refused". The same by the same person
 * within a minute is counted and told by one more row when the minute is over; and one person fills no more rows a minute than
 * the configuration says, so that no flood of refusals fills the disk. What was counted lies in memory: a crash loses the count,
 * never the first row, which is on the disk before the answer goes. */
ZcRefused *zc_refused_new    (int               per_minute);
void       zc_refused_free   (ZcRefused        *refused);
gboolean   zc_refused_claim  (ZcRefused        *refused,
                              const ZcRequest  *request,
                              const ZcReply    *reply,
                              char            **subject);  /* (out) (transfer full): of the row to be written */
void       zc_refused_disown (ZcRefused        *refused,
                              const ZcRequest  *request,
                              const char       *subject);
gboolean   zc_refused_write  (const ZcRequest  *request,
                              ZcStore          *store,
                              const char       *subject,
                              GError          **error);
/* Writes what was counted and is over by @now; waits for the writer. */
void       zc_refused_tell   (ZcServer         *server,
                              ZcTime            now);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRefused, zc_refused_free)
