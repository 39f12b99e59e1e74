/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-session.h"

/* Where a dossier is filled in: its sections with their state left, the form right. Loads what it shows.
 * Properties: section: string (the id of the one shown, "" while none is; notifies: where the person is, P2).
 * Actions: editor.save (Ctrl+S), editor.submit (Ctrl+Return), editor.next, editor.previous (section; Ctrl+Page Down, Up),
 *   editor.retry. Signal "submitted" (ZcDossier): the page has gone back and shows the receipt. */
#define ZC_TYPE_EDITOR_PAGE (zc_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcEditorPage, zc_editor_page, ZC, EDITOR_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_editor_page_new          (ZcSession    *session,
                                                const char   *dossier);
AdwNavigationPage *zc_editor_page_new_for_draft (ZcSession   *session,
                                                ZcDraft      *draft);
ZcDraft           *zc_editor_page_get_draft    (ZcEditorPage *self);
const char        *zc_editor_page_get_section  (ZcEditorPage *self);
void               zc_editor_page_show_place   (ZcEditorPage *self,
                                                const char   *section,
                                                const char   *entry,
                                                const char   *field);
const char        *zc_editor_page_get_status   (ZcEditorPage *self);
