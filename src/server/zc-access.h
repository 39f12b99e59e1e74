/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-router.h"

/* Who asks: token → session → account, membership, body. Run on the thread's own connection before prepare, and again in the
 * writer's transaction before the handler: what ended in between counts.
 *
 * Table session (id TEXT PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE, account TEXT NOT NULL, membership TEXT, device TEXT NOT NULL,
 *   method TEXT NOT NULL ("password", "code"), created_at BIGINT NOT NULL, last_used_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT).
 * Table membership (id, account, body, role ("clerk", "leader"), from_at, until_at (nullable)); body (id, kind, name …); account (id, disabled_at (nullable) …).
 * expires_at is the absolute end; a session idle for longer than the configuration says has ended as well: applicants by days,
 * those acting for a membership by minutes. */
#define ZC_TOKEN_HASH_BYTES 32

gboolean  zc_access_check       (ZcRequest   *request,
                                 ZcStore     *store,
                                 GError     **error);
void      zc_access_hash_token  (const char  *token,
                                 guint8       hash[ZC_TOKEN_HASH_BYTES]);
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
