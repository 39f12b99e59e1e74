/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The one window: pages on top of each other, toasts over them; it shows what the session's state asks for.
 * Actions that lead somewhere ("s": id of a dossier): win.edit, win.view, win.progress, win.review, win.open (edit or view, by what
 * is allowed); win.sign-in ("s": "person" or "staff"), win.register, win.back, win.reload, win.retry, win.shortcuts, win.safety.
 * Actions that decide: win.withdraw, win.delete, win.retarget ("s"), win.sign-out; win.act-for ("s": a membership, "" oneself).
 * A page is pushed once: asked for again, the window goes back to it.
 * Property: acting-for: string (the membership's id, "" for oneself).
 */
#define ZC_TYPE_WINDOW (zc_window_get_type ())
G_DECLARE_FINAL_TYPE (ZcWindow, zc_window, ZC, WINDOW, AdwApplicationWindow)

ZcWindow   *zc_window_new          (AdwApplication    *application,
                                    ZcSession         *session);
ZcSession  *zc_window_get_session  (ZcWindow          *self);
void        zc_window_push         (ZcWindow          *self,
                                    AdwNavigationPage *page);
/* The tag of the page that is on top. */
const char *zc_window_get_place    (ZcWindow          *self);
