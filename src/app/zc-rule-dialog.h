/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-refusal.h"

#define ZC_TYPE_RULE_DIALOG (zc_rule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcRuleDialog, zc_rule_dialog, ZC, RULE_DIALOG, AdwDialog)

AdwDialog *zc_rule_dialog_new (ZcRefusal   code,
                               const char *name); /* (nullable) */
