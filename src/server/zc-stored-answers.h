/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* The answers of one dossier as the store holds them, opened, in the shape that zc_check() reads. */
typedef struct
{
  ZcAnswers        answers;   /* borrows what is below */
  guint            n;         /* sections of the business */
  ZcJson         **documents; /* NULL: never written, or not asked for */
  gint64          *versions;
  ZcSectionState  *states;    /* the last verdict */
  guint           *problems;
  const ZcJsonValue **sections;
  ZcJson          *target;
  ZcCalendar      *calendar;  /* (nullable): nothing that is filled in now is counted by it */
} ZcStoredAnswers;

/* wanted: which sections to open, one flag a section; NULL: all. Versions and verdicts come for all. */
ZcStoredAnswers *zc_stored_answers_load (ZcServer        *server,
                                         ZcStore         *store,
                                         const ZcDossier *dossier,
                                         const gboolean  *wanted,
                                         ZcTime           now,
                                         GError         **error);
/* Answers of a dossier that has none yet. */
ZcStoredAnswers *zc_stored_answers_new  (const ZcDossier *dossier,
                                         ZcTime           now);
void             zc_stored_answers_set  (ZcStoredAnswers *stored,
                                         guint            section,
                                         ZcJson          *document);  /* (nullable) (transfer none) */
void             zc_stored_answers_free (ZcStoredAnswers *stored);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcStoredAnswers, zc_stored_answers_free)

/* The document of a section nobody wrote yet. */
const char      *zc_section_empty_document (const ZcSection *section);
/* Writes the verdict of every section anew and counts the dossier's sections; new rows where there are none. */
gboolean         zc_stored_answers_judge   (ZcStoredAnswers *stored,
                                            ZcStore         *store,
                                            const char      *dossier,
                                            ZcTime           now,
                                            GError         **error);
gboolean         zc_dossier_count_sections (ZcStore         *store,
                                            const char      *dossier,
                                            ZcTime           now,
                                            GError         **error);
char            *zc_section_context        (const char      *dossier,   /* of the seal: (transfer full) */
                                            const char      *section);
