/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-types.h"

/* Messages to people: rows written in the transaction of their cause, sent by a worker with back-off.
 *
 * Table outbox (id TEXT PRIMARY KEY, channel TEXT NOT NULL, template TEXT NOT NULL, payload BLOB, created_at BIGINT NOT NULL,
 *   next_at BIGINT NOT NULL, tries INTEGER NOT NULL, sent_at BIGINT, given_up_at BIGINT), index (next_at) WHERE sent_at IS NULL AND
 *   given_up_at IS NULL. payload: {"to", "text"}, sealed; NULL once sent. */
gboolean  zc_outbox_add    (ZcServer    *server,
                            ZcStore     *store,
                            const char  *channel,   /* "sms", "email" */
                            const char  *to,
                            const char  *template,  /* "code-register" … */
                            const char  *text,
                            GError     **error);

ZcOutbox *zc_outbox_start  (ZcServer    *server,
                            GError     **error);
void      zc_outbox_wake   (ZcOutbox    *outbox);
void      zc_outbox_stop   (ZcOutbox    *outbox);
