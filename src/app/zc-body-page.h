/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* A unit: what it is called and where it belongs, its branches, and what was changed of its name and seal, for its leaders and
 * for the office that it reports to (U2). */
#define ZC_TYPE_BODY_PAGE (zc_body_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcBodyPage, zc_body_page, ZC, BODY_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_body_page_new      (ZcSession  *session,
                                          const char *body);
/* The units that report to the office that the session acts for, to open the page of one: tag "units". */
AdwNavigationPage *zc_body_page_new_list (ZcSession  *session);
