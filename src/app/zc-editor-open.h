/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"
#include "zc-session.h"

/* Everything that editing a dossier needs, one after the other: dossier, business, what the server has newer, the draft, and where
 * the person was in it. Without the network: as it is on this computer. */
char    *zc_editor_dup_setting (ZcDossier           *dossier);
void     zc_editor_open_async  (ZcSession           *session,
                                const char          *dossier,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
ZcDraft *zc_editor_open_finish (GAsyncResult        *result,
                                char               **section,
                                GError             **error);
