/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-types.h"

/* Every business and revision this server knows: loaded at the start, immutable, shared by all threads.
 *
 * Another text under the same id and revision is refused; all revisions stay (decisions 16). */
ZcBusinesses *zc_businesses_new    (void);
void          zc_businesses_free   (ZcBusinesses  *businesses);
/* Reads the *.json of a folder (business.schema.json apart) and writes those that @store does not have yet. */
gboolean      zc_businesses_import (const char    *directory,
                                    ZcStore       *store,
                                    GError       **error);
gboolean      zc_businesses_load   (ZcBusinesses  *businesses,
                                    ZcStore       *store,
                                    GError       **error);
guint         zc_businesses_count  (ZcBusinesses  *businesses);  /* ids */
ZcBusiness   *zc_businesses_nth    (ZcBusinesses  *businesses,   /* its newest revision, by id: (transfer none) */
                                    guint          index);
ZcBusiness   *zc_businesses_get    (ZcBusinesses  *businesses,   /* revision 0: the newest; (nullable) (transfer none) */
                                    const char    *id,
                                    int            revision);
