/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-batch.h"
#include "zc-notebook.h"
#include "zc-session.h"

/* Several applications and one act (P10): says what will be done with how many, does it, tells what became of each. A row of the
 * result opens the review ("win.review"). */
#define ZC_TYPE_BATCH_DIALOG (zc_batch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcBatchDialog, zc_batch_dialog, ZC, BATCH_DIALOG, AdwDialog)

AdwDialog *zc_batch_dialog_new      (ZcSession     *session,
                                     ZcBatch       *batch,
                                     guint          left_out); /* how many were chosen to whom the act is not open */
void       zc_batch_dialog_keep_in  (ZcBatchDialog *self,
                                     ZcNotebook    *notebook);
char      *zc_batch_dialog_dup_text (ZcBatchDialog *self);     /* the result, a line each (transfer full) */
