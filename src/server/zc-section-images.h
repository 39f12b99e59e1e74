/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-check.h"
#include "zc-store.h"

/* Every image that a document names must be one that @account uploaded, or that a section of @dossier which the same side
 * fills names already (colleagues of a unit go on with each other's), and be told with its real size (decisions 19):
 * ZcProblem for each that is not, (transfer full); NULL: the store failed. */
GPtrArray *zc_section_images_check (ZcStore            *store,
                                    const ZcSection    *section,
                                    const ZcJsonValue  *document,
                                    const char         *account,
                                    const char         *dossier,
                                    GError            **error);
