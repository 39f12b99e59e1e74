/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* 详情: what was submitted, to be read (S3.1.4, S3.5.5). Action: detail.receipt. */
#define ZC_TYPE_DETAIL_PAGE (zc_detail_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcDetailPage, zc_detail_page, ZC, DETAIL_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_detail_page_new (ZcSession  *session,
                                       const char *dossier);
