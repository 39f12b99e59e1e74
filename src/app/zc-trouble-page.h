/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* In place of what could not be loaded: what happened, what to do, the rule behind it where there is one (N12), and another try. */
#define ZC_TYPE_TROUBLE_PAGE (zc_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcTroublePage, zc_trouble_page, ZC, TROUBLE_PAGE, AdwBin)

void zc_trouble_page_explain (ZcTroublePage *self,
                              const GError  *error);
