/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-router.h"

/* Who asks: token → session → account, membership, body. Run on the thread's own connection before prepare, and again in the
 * writer's transaction before the handler: what ended in between counts.
 *
 * expires_at is the absolute end; a session idle for longer than the configuration says has ended as well: applicants by days,
 * those acting for a membership by minutes. */
#define ZC_TOKEN_DIGEST_BYTES 32

gboolean  zc_access_check       (ZcRequest   *request,
                                 ZcStore     *store,
                                 GError     **error);
void      zc_access_digest_token (const char  *token,
                               guint8       digest[ZC_TOKEN_DIGEST_BYTES]);
/* The last use of a session, which ends it when it lies too far back. */
gboolean  zc_access_needs_touch (const ZcRequest *request);
gboolean  zc_access_touch       (ZcStore     *store,
                                 const char  *session,
                                 ZcTime       now,
                                 GError     **error);
/* Makes a session for @account and tells its token, which is stored nowhere: (transfer full). @id (out) (transfer full). */
char     *zc_access_begin       (ZcServer    *server,
                                 ZcStore     *store,
                                 const char  *account,
                                 const char  *device,
                                 const char  *method,
                                 ZcTime       now,
                                 char       **id,
                                 ZcTime      *expires_at,
                                 GError     **error);
