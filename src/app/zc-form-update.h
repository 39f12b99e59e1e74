/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"
#include "zc-session.h"

/* 更新表格: sends what is unsent, then asks the server for the newest form (decisions 16). Needs the network, is never queued. */
void       zc_form_update_async  (ZcSession            *session,
                                  ZcDraft              *draft,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
ZcDossier *zc_form_update_finish (GAsyncResult         *result,
                                  GError              **error);
