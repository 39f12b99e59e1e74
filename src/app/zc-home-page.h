/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The applicant's home: what needs doing now, then the businesses, then all dossiers as cards.
 * Action: home.apply ("s": id of a business). */
#define ZC_TYPE_HOME_PAGE (zc_home_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcHomePage, zc_home_page, ZC, HOME_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_home_page_new (ZcSession *session);
