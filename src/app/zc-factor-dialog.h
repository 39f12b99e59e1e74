/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "zc-client.h"

/* The second factor of staff (SEC-S16): a code of the authenticator; before that, when there is none yet, setting it up;
 * later on, other recovery codes.
 * Signals: "shown": the server has taken a code, the dialog is closed; "given-up": closed before that.
 */
#define ZC_TYPE_FACTOR_DIALOG (zc_factor_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcFactorDialog, zc_factor_dialog, ZC, FACTOR_DIALOG, AdwDialog)

AdwDialog *zc_factor_dialog_new           (ZcClient *client,
                                           gboolean  set_up);
AdwDialog *zc_factor_dialog_new_for_codes (ZcClient *client,
                                           guint     left);
