/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"

/* What 保存 says of a section: what is still missing in it, as links to the fields (S3.1.2b). Hidden until there is something.
 * Action: saved.close. Signal "chosen" (section, entry (nullable), field (nullable)). */
#define ZC_TYPE_SAVED_PANEL (zc_saved_panel_get_type ())
G_DECLARE_FINAL_TYPE (ZcSavedPanel, zc_saved_panel, ZC, SAVED_PANEL, AdwBin)

void zc_saved_panel_open (ZcSavedPanel *self,
                          ZcDraft      *draft);
void zc_saved_panel_tell (ZcSavedPanel *self,
                          const char   *section,
                          gboolean      sent);
