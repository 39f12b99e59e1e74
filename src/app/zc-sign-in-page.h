/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Signing in, and the way to registering (S2.0). Properties: session: ZcSession; staff: boolean. */
#define ZC_TYPE_SIGN_IN_PAGE (zc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcSignInPage, zc_sign_in_page, ZC, SIGN_IN_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_sign_in_page_new (ZcSession *session,
                                        gboolean   staff);
