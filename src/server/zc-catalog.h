/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"
#include "zc-store.h"

/* The catalogue: levels, series, regions, the registration notice; bodies and the windows of committees. Importing again brings
 * what changed. */
gboolean  zc_catalog_import       (const char         *directory,
                                   ZcStore            *store,
                                   GError            **error);
/* One file's value: an object with some of "regions", "levels", "series", "bodies", "scopes", or a notice. */
gboolean  zc_catalog_import_value (const ZcJsonValue  *root,
                                   ZcStore            *store,
                                   GError            **error);
/* A file of ours, read by the strict reader: (transfer full) */
ZcJson   *zc_catalog_read_file    (const char         *directory,
                                   const char         *name,
                                   GError            **error);
