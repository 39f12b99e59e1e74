/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Registering (S1.2 to S1.7): the notice first, then the person, the channels with their codes, password and security questions.
 * What is typed lives in this page alone and goes with it (S1.5). */
#define ZC_TYPE_REGISTRATION_PAGE (zc_registration_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcRegistrationPage, zc_registration_page, ZC, REGISTRATION_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_registration_page_new (ZcSession *session);
