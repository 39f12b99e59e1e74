/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-dossier.h"

/* The receipt of the latest submission (B1): number, time, digest. Actions: receipt.copy, receipt.progress. */
#define ZC_TYPE_RECEIPT_DIALOG (zc_receipt_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcReceiptDialog, zc_receipt_dialog, ZC, RECEIPT_DIALOG, AdwDialog)

/* just_now: it was submitted a moment ago; the dialog says so first. */
AdwDialog *zc_receipt_dialog_new (ZcDossier *dossier,
                                  gboolean   just_now);
