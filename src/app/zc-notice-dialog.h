/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A text that must be read to its end: 关闭 works only then. Signal "read": it was, and was closed. */
#define ZC_TYPE_NOTICE_DIALOG (zc_notice_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcNoticeDialog, zc_notice_dialog, ZC, NOTICE_DIALOG, AdwDialog)

AdwDialog *zc_notice_dialog_new (const char *title,
                                 const char *text);
