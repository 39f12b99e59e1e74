/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Signing out while something has not reached the server: says what, and lets the person send it first, keep it here, or discard
 * it (decisions 25). Closing it signs nobody out. */
#define ZC_TYPE_SIGN_OUT_DIALOG (zc_sign_out_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcSignOutDialog, zc_sign_out_dialog, ZC, SIGN_OUT_DIALOG, AdwDialog)

AdwDialog *zc_sign_out_dialog_new (ZcSession *session);
