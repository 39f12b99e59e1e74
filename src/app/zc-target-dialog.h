/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* 我要申报 and 报送职改办: where a dossier goes, asked as its business asks (S3.1.1a). Actions: target.choose ("s"), target.confirm.
 * 取消 leaves nothing; 确定 makes the dossier, once however often it is pressed (S3.1.1c), and opens it. */
#define ZC_TYPE_TARGET_DIALOG (zc_target_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcTargetDialog, zc_target_dialog, ZC, TARGET_DIALOG, AdwDialog)

/* dossier (nullable): the one whose target is changed; NULL: a new one */
AdwDialog *zc_target_dialog_new (ZcSession  *session,
                                 const char *business,
                                 ZcDossier  *dossier);
/* 复制: a new one from source, whose target is proposed (P27). */
AdwDialog *zc_target_dialog_new_copy (ZcSession *session,
                                      ZcDossier *source);
