/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-dossier.h"
#include "zc-workflow.h"

/* Where an approval leads, by the table of the workflow. */
gboolean    zc_approval_find_next (const ZcBusiness *business,
                                   ZcDossier        *dossier,
                                   gboolean          to_department,
                                   ZcWorkflowNext   *next);
const char *zc_approval_get_body  (ZcDossier        *dossier,
                                   ZcStage           stage);
char       *zc_approval_dup_text  (const ZcBusiness *business,
                                   ZcDossier        *dossier);
