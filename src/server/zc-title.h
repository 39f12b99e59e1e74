/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* Whether an applicant holds a title: what account.has_title of the conditions is asked of. */

/* As the conditions of this dossier see it. FALSE: it could not be found out. */
gboolean zc_title_find   (const ZcDossier      *dossier,
                          ZcServer             *server,
                          ZcStore              *store,
                          gboolean             *held,      /* (out) */
                          GError              **error);
/* In the writer, after an act: judges anew what sees it differently now. */
gboolean zc_title_follow (const ZcDossier      *dossier,   /* before the act */
                          const ZcWorkflowNext *next,
                          ZcRequest            *request,
                          ZcStore              *store,
                          GError              **error);
