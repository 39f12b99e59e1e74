/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-import-value.h"

/* Units, departments, offices, committees and granting bodies; and what committees evaluate when. */
gboolean  zc_bodies_import (const ZcImport     *import,
                            const ZcJsonValue  *bodies,
                            GError            **error);
gboolean  zc_scopes_import (const ZcImport     *import,
                            const ZcJsonValue  *scopes,
                            GError            **error);
