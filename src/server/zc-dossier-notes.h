/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* What a reviewer says at places of a dossier, with a decision that asks for something (P9). */

/* Their shape, and whether this act may carry them: before anything is read. */
gboolean zc_dossier_notes_read  (ZcAct              act,
                                 const ZcJsonValue *notes,   /* (nullable) */
                                 GError           **error);
/* Their places, in the answers as the caller sees them. */
gboolean zc_dossier_notes_check (const ZcDossier   *dossier,
                                 ZcRequest         *request,
                                 ZcStore           *store,
                                 const ZcJsonValue *notes,   /* (nullable) */
                                 GError           **error);
/* Lines of plain text, not too many characters; NULL is none, and in order. */
gboolean zc_note_text_is_valid  (const char        *text,
                                 glong              most);
