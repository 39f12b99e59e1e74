/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-types.h"

/* Messages to people: rows written in the transaction of their cause, sent by a worker with back-off.
 *
 * The row goes when the provider has taken the message. */
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
