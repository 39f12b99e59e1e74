/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The people of the body that one acts for, for its leaders: who they are, shutting out and letting in, inviting (U2). */
#define ZC_TYPE_STAFF_PAGE (zc_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcStaffPage, zc_staff_page, ZC, STAFF_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_staff_page_new (ZcSession *session);
