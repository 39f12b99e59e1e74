/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* Who are you (S1.1): an applicant, or staff of a unit, department, office, committee or granting body. Leads on by win.sign-in. */
#define ZC_TYPE_START_PAGE (zc_start_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcStartPage, zc_start_page, ZC, START_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_start_page_new (void);
