/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"

/* The answer to a request with an Idempotency-Key, kept so that the same key gives the same answer (decisions 20). Keys are
 * apart by account; what nobody signed in asked for is told apart by its content. */

/* Of method, path and body, into the request. */
void      zc_idempotency_digest (ZcRequest       *request);
/* *reply is the kept answer, or NULL where the key is new. FALSE: refused, the key had other content. */
gboolean  zc_idempotency_find   (ZcRequest       *request,
                                 ZcStore         *store,
                                 ZcReply        **reply,
                                 GError         **error);
gboolean  zc_idempotency_keep   (ZcRequest       *request,
                                 ZcStore         *store,
                                 const ZcReply   *reply,
                                 GError         **error);
