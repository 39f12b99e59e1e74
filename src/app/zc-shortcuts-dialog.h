/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* What the keys do (P21). */
#define ZC_TYPE_SHORTCUTS_DIALOG (zc_shortcuts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcShortcutsDialog, zc_shortcuts_dialog, ZC, SHORTCUTS_DIALOG, AdwDialog)

AdwDialog *zc_shortcuts_dialog_new (void);
