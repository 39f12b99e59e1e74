/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* "waiting": {"working_days", "within"} of what registers or changes a body and lies at an office, else null (U1). */
gboolean  zc_age_write (const ZcDossier *dossier,
                        const ZcRequest *request,
                        ZcStore         *store,
                        ZcJsonWriter    *writer,
                        GError         **error);
