/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* What stands at the top right of every page after signing in: what is not sent yet, for whom one acts, the gear (S2.4e).
 * Property: session: ZcSession; left alone, it is the window's. */
#define ZC_TYPE_SESSION_MENU (zc_session_menu_get_type ())
G_DECLARE_FINAL_TYPE (ZcSessionMenu, zc_session_menu, ZC, SESSION_MENU, GtkBox)
