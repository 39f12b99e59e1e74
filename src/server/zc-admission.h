/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-submission.h"

/* What passing takes in (U1): dossiers of a business that says so register a body. In the writer, in the transaction of the act;
 * both do nothing where the business takes in nothing. */

/* Submitted: notes name, credit code, seal and head. Refused as "credit-code-taken" where there is such a body already, as
 * "head-unknown" where it says it is a branch of what is no unit. */
gboolean  zc_admission_note   (const ZcDossier    *dossier,
                               const ZcSubmission *submission,
                               ZcStore            *store,
                               GError            **error);
/* Passed: makes the body with its log, and its registrant the first leader. Of two with one credit code one is taken in, the other refused. */
gboolean  zc_admission_make   (const ZcDossier    *dossier,
                               const ZcRequest    *request,
                               ZcStore            *store,
                               GError            **error);
/* "registers": {"name", "credit_code", "head": {"name", "credit_code"}, "body"} or null: of what was submitted. */
gboolean  zc_admission_write  (const ZcDossier    *dossier,
                               ZcStore            *store,
                               ZcJsonWriter       *writer,
                               GError            **error);
