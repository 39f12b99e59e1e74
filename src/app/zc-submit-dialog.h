/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-session.h"

/* 报送 (S3.1.3a): what is missing as links, or the filing instructions, which must be read to their end, then 同意并报送.
 * Action: submit.send.
 * Signals: "chosen" (section, entry (nullable), field (nullable)): lead there; "submitted" (ZcDossier): as it is now; the
 *   dialog is closed then. */
#define ZC_TYPE_SUBMIT_DIALOG (zc_submit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcSubmitDialog, zc_submit_dialog, ZC, SUBMIT_DIALOG, AdwDialog)

AdwDialog  *zc_submit_dialog_new      (ZcDraft        *draft,
                                       ZcSession      *session);
const char *zc_submit_dialog_get_page (ZcSubmitDialog *self);
