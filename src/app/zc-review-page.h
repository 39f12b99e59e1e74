/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Where staff read a dossier and decide: sections, form, images; the decisions at the bottom. */
#define ZC_TYPE_REVIEW_PAGE (zc_review_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcReviewPage, zc_review_page, ZC, REVIEW_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_review_page_new (ZcSession  *session,
                                       const char *dossier);
