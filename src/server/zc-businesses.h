/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-types.h"

/* Every business and revision in the store: parsed once, immutable, shared by all threads. What is imported while the server
 * runs is there at the next request.
 *
 * Another text under the same id and revision is refused; all revisions stay (decisions 16). */
ZcBusinesses *zc_businesses_new    (void);
void          zc_businesses_free   (ZcBusinesses  *businesses);
/* Reads the *.json of a folder (business.schema.json apart) and writes those that @store does not have yet. */
gboolean      zc_businesses_import (const char    *directory,
                                    ZcStore       *store,
                                    GError       **error);
gboolean      zc_business_import   (const ZcBusiness *business,
                                    ZcStore       *store,
                                    GError       **error);
/* The newest of each, by id: (transfer container) of ZcBusiness. */
GPtrArray    *zc_businesses_list   (ZcBusinesses  *businesses,
                                    ZcStore       *store,
                                    GError       **error);
ZcBusiness   *zc_businesses_get    (ZcBusinesses  *businesses,   /* revision 0: the newest; (transfer none) */
                                    ZcStore       *store,
                                    const char    *id,
                                    int            revision,
                                    GError       **error);
