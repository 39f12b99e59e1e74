/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"

/* What keeps a dossier from being sent on, as links to the fields (U5); closed until it is opened. What is mended goes from it by
 * itself, and with the last of it the panel. Action: missing.close. Signal "chosen" (section, entry (nullable), field (nullable)). */
#define ZC_TYPE_MISSING_PANEL (zc_missing_panel_get_type ())
G_DECLARE_FINAL_TYPE (ZcMissingPanel, zc_missing_panel, ZC, MISSING_PANEL, AdwBin)

void zc_missing_panel_set_draft (ZcMissingPanel *self,
                                 ZcDraft        *draft);
void zc_missing_panel_open      (ZcMissingPanel *self,
                                 GPtrArray      *problems);
