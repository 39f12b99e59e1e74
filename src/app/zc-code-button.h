/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Asks the server for a verification code, then counts down until another may be asked for (the server says how long).
 * Properties: session: ZcSession; purpose ("register", "sign-in"), channel ("sms", "email"), address: string.
 * Signals: "wrong-address" (text): it is no address; "failed" (text): the server did not send one; "sent" (text): what to do now.
 */
#define ZC_TYPE_CODE_BUTTON (zc_code_button_get_type ())
G_DECLARE_FINAL_TYPE (ZcCodeButton, zc_code_button, ZC, CODE_BUTTON, GtkButton)

void zc_code_button_wait (ZcCodeButton *self,
                          int           seconds);
