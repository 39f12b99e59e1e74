/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-image-intake.h"

/* Offers to make images fit (S3.1.2g): before and after side by side, with facts; one press takes all of them.
 * Actions: fit.accept, fit.previous, fit.next; fit.wanted (boolean state): the one shown is taken. */
#define ZC_TYPE_FIT_DIALOG (zc_fit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcFitDialog, zc_fit_dialog, ZC, FIT_DIALOG, AdwDialog)

AdwDialog *zc_fit_dialog_new     (ZcIntake      *intake,
                                  ZcImagePool   *pool,
                                  const ZcField *field);
void       zc_fit_dialog_present (GtkWidget     *parent,
                                  ZcIntake      *intake,
                                  ZcImagePool   *pool,
                                  const ZcField *field);
