/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* What a reviewer says at places of a dossier, with a decision that asks for something (P9). */

/* Their shape, and whether this act may carry them: before anything is read. */
gboolean zc_dossier_notes_read  (ZcAct              act,
                                 const ZcJsonValue *notes,   /* (nullable) */
                                 GError           **error);
/* Their places, in the answers as the caller sees them, and whether whom the act goes to sees them there. */
gboolean zc_dossier_notes_check (const ZcDossier   *dossier,
                                 ZcAct              act,
                                 ZcRequest         *request,
                                 ZcStore           *store,
                                 const ZcJsonValue *notes,   /* (nullable) */
                                 GError           **error);
/* As the array "notes", those that the caller may know of. */
void     zc_dossier_notes_write (const ZcDossier   *dossier,
                                 gint64             submission, /* of which they were made */
                                 const ZcJsonValue *notes,      /* (nullable) */
                                 ZcJsonWriter      *writer);
/* Lines of plain text, not too many characters; NULL is none, and in order. */
gboolean zc_note_text_is_valid  (const char        *text,
                                 glong              most);
