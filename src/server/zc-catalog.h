/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"
#include "zc-store.h"

/* The catalogue's files: levels.json, series.json, regions.json, notice.json. Importing again brings what changed. */
gboolean  zc_catalog_import     (const char  *directory,
                                 ZcStore     *store,
                                 GError     **error);
/* A file of ours, read by the strict reader: (transfer full) */
ZcJson   *zc_catalog_read_file  (const char  *directory,
                                 const char  *name,
                                 GError     **error);
