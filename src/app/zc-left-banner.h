/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-local-store.h"

/* What was typed on this computer and found no place when another computer took a newer form (decisions 16): told by a banner, from
 * which it is read. */
void zc_left_banner_watch (AdwBanner    *banner,
                           ZcLocalStore *store,
                           const char   *dossier); /* id */
