/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* Every reading of a dossier by staff is noted, once an hour for each of them; the applicant may see who (domain 4). */
void  zc_reading_note  (const ZcDossier *dossier,
                        ZcRequest       *request);
