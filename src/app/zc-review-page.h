/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Where staff read a dossier and decide: sections, form, images; the decisions at the bottom. While it is seen it keeps in the
 * session where the person is: which dossier, for which body, at which section (P2).
 * Signal: "lost" (GError): what one was to be brought back to can no longer be read. */
#define ZC_TYPE_REVIEW_PAGE (zc_review_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcReviewPage, zc_review_page, ZC, REVIEW_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_review_page_new (ZcSession  *session,
                                       const char *dossier);
/* Where the person was, as this page kept it; NULL: that is no review, or not of the body that one acts for now. */
AdwNavigationPage *zc_review_page_new_from_place (ZcSession  *session,
                                                  const char *place);
gboolean           zc_review_page_is_place       (const char *place);
