/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-stored-answers.h"

/* What a save would write, worked out without writing anything: on a reader thread first, and again in the writer
 * when what it was worked out from has changed meanwhile. */
typedef struct
{
  ZcDossier       *dossier;
  ZcStoredAnswers *stored;     /* with the new document in place */
  guint            index;      /* of the section */
  const ZcSection *section;
  gboolean        *related;    /* sections whose answers were read */
  gboolean         unchanged;  /* the store holds this very document */
  ZcSectionState  *states;     /* new verdicts, of the section and those that depend on it */
  guint           *problems;
  GPtrArray       *found;      /* ZcProblem of this section */
  GPtrArray       *added;      /* images named now and not before */
  GPtrArray       *removed;
  guint8          *sealed;
  gsize            sealed_size;
} ZcSectionSave;

ZcSectionSave *zc_section_save_work_out (ZcRequest      *request,
                                         ZcStore        *store,
                                         GError        **error);
/* In the writer. TRUE and *written FALSE: it was worked out from something that is no more. */
gboolean       zc_section_save_write    (ZcSectionSave  *save,
                                         ZcRequest      *request,
                                         ZcStore        *store,
                                         gboolean       *written,
                                         GError        **error);
void           zc_section_save_free     (ZcSectionSave  *save);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSectionSave, zc_section_save_free)
