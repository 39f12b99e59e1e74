/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The session token of one server in the desktop's secret store, never in a file (P17). Every call ends within 3 seconds.
 * Without a Secret Service, or with a locked one that nobody unlocks, the token lives in memory and is forgotten at exit: property
 * `persistent` is then FALSE (notify), which the app says (P24). No call is ever fatal.
 */
#define ZC_TYPE_CREDENTIALS (zc_credentials_get_type ())
G_DECLARE_FINAL_TYPE (ZcCredentials, zc_credentials, ZC, CREDENTIALS, GObject)

ZcCredentials *zc_credentials_new            (const char    *server);
gboolean       zc_credentials_get_persistent (ZcCredentials *self); /* TRUE until something failed */
/* account: the id, which names the local store. */
void           zc_credentials_load_async     (ZcCredentials *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Returns whether there was one; never an error but cancellation. */
gboolean       zc_credentials_load_finish    (ZcCredentials *self, GAsyncResult *result, char **account, char **token, GError **error);
void           zc_credentials_save_async     (ZcCredentials *self, const char *account, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Returns TRUE when it will be there after a restart. */
gboolean       zc_credentials_save_finish    (ZcCredentials *self, GAsyncResult *result, GError **error);
void           zc_credentials_forget_async   (ZcCredentials *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean       zc_credentials_forget_finish  (ZcCredentials *self, GAsyncResult *result, GError **error);
