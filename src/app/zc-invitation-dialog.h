/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

/* Becoming the first of a body's staff by a one-time code of the operator's (SEC-S18). */
#define ZC_TYPE_INVITATION_DIALOG (zc_invitation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcInvitationDialog, zc_invitation_dialog, ZC, INVITATION_DIALOG, AdwDialog)

AdwDialog *zc_invitation_dialog_new (ZcSession *session);
