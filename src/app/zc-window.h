/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The one window: pages on top of each other, toasts over them.
 * Actions that lead somewhere ("s": id of a dossier): win.edit, win.view, win.progress, win.review; win.back, win.reload,
 * win.shortcuts, win.sign-out. A page is pushed once: asked for again, the window goes back to it.
 */
#define ZC_TYPE_WINDOW (zc_window_get_type ())
G_DECLARE_FINAL_TYPE (ZcWindow, zc_window, ZC, WINDOW, AdwApplicationWindow)

ZcWindow  *zc_window_new         (AdwApplication    *application,
                                  ZcSession         *session);
ZcSession *zc_window_get_session (ZcWindow          *self);
void       zc_window_push        (ZcWindow          *self,
                                  AdwNavigationPage *page);
