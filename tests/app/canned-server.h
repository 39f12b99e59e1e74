/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A server that says what a test wants it to say, over real HTTP on a port of the system's choice. */
typedef struct _CannedServer CannedServer;

CannedServer *canned_server_new     (void);
void          canned_server_free    (CannedServer *self);
char         *canned_server_dup_url (CannedServer *self);
/* From now on: the answer to a request that begins with start, as "POST /v1/dossiers/x/acts". */
void          canned_server_answer  (CannedServer *self,
                                     const char   *start,
                                     int           status,
                                     const char   *body);
/* The body of the n-th request that began so, NULL: there was none. (transfer full) */
char         *canned_server_dup_sent (CannedServer *self,
                                      const char   *start,
                                      guint         n);
/* Its first line: method, path and query */
char         *canned_server_dup_line (CannedServer *self,
                                      const char   *start,
                                      guint         n);
/* Its Idempotency-Key */
char         *canned_server_dup_key  (CannedServer *self,
                                      const char   *start,
                                      guint         n);
/* Its Zhicheng-Unattended: NULL where a person has asked */
char         *canned_server_dup_unattended (CannedServer *self,
                                            const char   *start,
                                            guint         n);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CannedServer, canned_server_free)
