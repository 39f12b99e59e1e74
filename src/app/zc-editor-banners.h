/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-session.h"

/* What waits for the person above the form, or is kept back here: a full disk, conflicts, a newer form, what found no place in it,
 * what the server does not take (R13), what was recovered (P2). Follows the draft. Presses editor.conflicts and
 * editor.update-form. */
#define ZC_TYPE_EDITOR_BANNERS (zc_editor_banners_get_type ())
G_DECLARE_FINAL_TYPE (ZcEditorBanners, zc_editor_banners, ZC, EDITOR_BANNERS, GtkBox)

void zc_editor_banners_open (ZcEditorBanners *self,
                             ZcSession       *session,
                             ZcDraft         *draft);
