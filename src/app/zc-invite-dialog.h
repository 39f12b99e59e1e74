/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-client.h"

/* Asks whom to invite to the body that one acts for, then shows the one-time invitation, this once (U2, SEC-S18). */
#define ZC_TYPE_INVITE_DIALOG (zc_invite_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcInviteDialog, zc_invite_dialog, ZC, INVITE_DIALOG, AdwDialog)

AdwDialog *zc_invite_dialog_new (ZcClient *client);
