/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-workflow.h"

/* The opinion that goes with a decision; where one is required (U6) nothing can be confirmed without it.
 * Signal "decided" (opinion: "" where none). Action: opinion.confirm. */
#define ZC_TYPE_OPINION_DIALOG (zc_opinion_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcOpinionDialog, zc_opinion_dialog, ZC, OPINION_DIALOG, AdwDialog)

AdwDialog *zc_opinion_dialog_new (ZcAct act);
