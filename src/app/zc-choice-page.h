/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-choice.h"
#include "zc-session.h"

/* One list of the catalogue to choose one item from, with a search: units and departments are searched at the server, the others
 * here. What cannot be chosen now is shown below with the reason. Signal "chosen" (ZcCatalogItem). */
#define ZC_TYPE_CHOICE_PAGE (zc_choice_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcChoicePage, zc_choice_page, ZC, CHOICE_PAGE, AdwNavigationPage)

/* items (nullable): known already; NULL: the catalogue is asked */
AdwNavigationPage *zc_choice_page_new (ZcSession      *session,
                                       const ZcChoice *choice,
                                       GListModel     *items);
