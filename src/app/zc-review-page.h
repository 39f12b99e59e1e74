/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-session.h"

/* Where staff read a dossier and decide: its sections, the form, an image; the decision bar below. Loads what it shows.
 * Reading never locks (decisions 3). Actions: review.next, review.previous (section), review.retry. */
#define ZC_TYPE_REVIEW_PAGE (zc_review_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcReviewPage, zc_review_page, ZC, REVIEW_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_review_page_new (ZcSession  *session,
                                       const char *dossier_id);
