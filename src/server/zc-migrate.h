/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-store.h"

/* Numbered files of data/sql, in the program as a resource; each runs once, whole or not at all. */
int       zc_migrate_newest  (void);
/* Brings @store to this program's version; refuses one made by a newer program (ZC_STORE_ERROR_NEWER). */
gboolean  zc_migrate         (ZcStore     *store,
                              GError     **error);
/* Refuses unless @store is exactly of this program's version. */
gboolean  zc_migrate_check   (ZcStore     *store,
                              GError     **error);
