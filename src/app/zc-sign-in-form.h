/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Signing in by password or by code: two tabs, one button. Properties: session: ZcSession; staff: boolean (act for one's body).
 * The session's state tells when it is done; signal "done" for those that only wait for that. */
#define ZC_TYPE_SIGN_IN_FORM (zc_sign_in_form_get_type ())
G_DECLARE_FINAL_TYPE (ZcSignInForm, zc_sign_in_form, ZC, SIGN_IN_FORM, GtkBox)
