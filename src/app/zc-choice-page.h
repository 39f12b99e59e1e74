/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* One list of the catalogue to choose one item from, with a search: units and offices are searched at the server, the others here.
 * Signal "chosen" (ZcCatalogItem). */
#define ZC_TYPE_CHOICE_PAGE (zc_choice_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcChoicePage, zc_choice_page, ZC, CHOICE_PAGE, AdwNavigationPage)

/* list: as of zc_client_get_catalog_async(); series (nullable): what levels and committees depend on; level (nullable): committees */
AdwNavigationPage *zc_choice_page_new (ZcSession     *session,
                                       const char    *title,
                                       const char    *list,
                                       ZcCatalogItem *series,
                                       const char    *series_id,
                                       const char    *level);
