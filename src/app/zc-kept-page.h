/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-business.h"

/* After another target: what was filled in and is no longer asked for. It is kept and not submitted (S3.1.2e). Its button closes the
 * dialog it stands in ("target.cancel"). */
#define ZC_TYPE_KEPT_PAGE (zc_kept_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcKeptPage, zc_kept_page, ZC, KEPT_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_kept_page_new (const ZcBusiness *business,
                                     GListModel       *kept); /* of ZcNote: section, field */
