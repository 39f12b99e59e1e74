/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-store.h"

/* The feed behind /v1/changes: one row for an audience ("a:ACCOUNT" or "b:BODY") and dossier, moved forward at each change.
 * Settings: "epoch", made by init and at a restore; "change_floor", below which rows were cleared away. */

/* In the writer, in the transaction of the cause. Wakes who waits for the audience after the commit. */
gboolean  zc_change_move    (ZcStore     *store,
                             const char  *audience,
                             const char  *dossier,
                             gint64       version,
                             gboolean     gone,
                             ZcTime       now,
                             GError     **error);
gboolean  zc_change_account (ZcStore     *store,
                             const char  *account,
                             const char  *dossier,
                             gint64       version,
                             gboolean     gone,
                             ZcTime       now,
                             GError     **error);
gboolean  zc_change_body    (ZcStore     *store,
                             const char  *body,
                             const char  *dossier,
                             gint64       version,
                             gboolean     gone,
                             ZcTime       now,
                             GError     **error);
/* In the transaction of an import: whose drafts could take this revision of a business. */
gboolean  zc_change_business (ZcStore    *store,
                             const char  *business,
                             int          revision,
                             ZcTime       now,
                             GError     **error);
/* The present cursor "EPOCH.SEQ": (transfer full) */
char     *zc_change_cursor  (ZcServer    *server,
                             ZcStore     *store,
                             GError     **error);
/* Reads "EPOCH.SEQ": 410 for another epoch or one too old, 400 for anything else. */
gboolean  zc_change_parse   (ZcServer    *server,
                             ZcStore     *store,
                             const char  *cursor,
                             gint64      *seq,
                             GError     **error);
/* GET /v1/changes whole: a handler of kind WAIT. */
struct _ZcReply *zc_change_handle (struct _ZcRequest *request,
                                   ZcStore           *store,
                                   GError           **error);
