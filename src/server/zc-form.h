/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* A dossier's answers and the newest revision of its business: 更新表格 and 复制 (decisions 16, P27). */

/* The revision that a dossier can be moved to; *newer NULL: it has the newest. FALSE: the store failed. */
gboolean zc_form_find_newer (const ZcDossier   *dossier,
                             ZcRequest         *request,
                             ZcStore           *store,
                             const ZcBusiness **newer,  /* (out) (transfer none) (nullable) */
                             GError           **error);
/* In the writer: moves the dossier to that revision. *left: JSON array of what found no place: (transfer full) */
gboolean zc_form_update     (const ZcDossier   *dossier,
                             ZcRequest         *request,
                             ZcStore           *store,
                             const ZcBusiness  *newer,
                             char             **left,
                             GError           **error);
/* Whether its owner may begin another one from it. */
gboolean zc_form_may_copy   (const ZcDossier   *dossier);
/* In the writer: answers of one dossier into another one of the same person that has none yet. */
gboolean zc_form_copy       (const ZcDossier   *from,
                             const ZcDossier   *to,
                             ZcRequest         *request,
                             ZcStore           *store,
                             char             **left,
                             GError           **error);
