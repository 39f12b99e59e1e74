/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The session has ended while work was open (P18): sign in again over it, then the same work goes on. */
#define ZC_TYPE_SIGN_IN_DIALOG (zc_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcSignInDialog, zc_sign_in_dialog, ZC, SIGN_IN_DIALOG, AdwDialog)

AdwDialog *zc_sign_in_dialog_new (ZcSession *session);
