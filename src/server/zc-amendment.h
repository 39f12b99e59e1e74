/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"
#include "zc-submission.h"

/* What passing changes of a unit (U2): its name, its seal or its head, asked for by one of its leaders. All do nothing where the business
 * changes nothing. */

/* Begun, addressed, submitted, passed: refused as "not-a-leader" unless account leads that unit now. */
gboolean  zc_amendment_check (const ZcBusiness   *business,
                              const char         *unit,
                              const char         *account,
                              ZcTime              now,
                              ZcStore            *store,
                              GError            **error);
/* Submitted: refused as "head-unknown" or "head-below" as well where that unit cannot be its head. */
gboolean  zc_amendment_note  (const ZcDossier    *dossier,
                              const ZcSubmission *submission,
                              ZcTime              now,
                              ZcStore            *store,
                              GError            **error);
/* Passed: changes the unit as it was last submitted, in the writer, in the transaction of the act. */
gboolean  zc_amendment_make  (const ZcDossier    *dossier,
                              const ZcRequest    *request,
                              ZcStore            *store,
                              GError            **error);
