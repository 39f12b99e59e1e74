/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-stored-answers.h"

/* A submission: what was sent, frozen as RFC 8785 text with its digest and its receipt number (B1). */
typedef struct
{
  int     number;
  char   *receipt;
  char   *digest;
  char   *content; /* canonical */
  gsize   size;
  ZcJson *json;    /* the content, parsed */
  ZcTime  submitted_at;
} ZcSubmission;

/* What would be sent now: nothing is written. */
ZcSubmission *zc_submission_make   (ZcServer              *server,
                                    ZcStore               *store,
                                    const ZcDossier       *dossier,
                                    const ZcStoredAnswers *stored,
                                    ZcTime                 now,
                                    GError               **error);
gboolean      zc_submission_write  (ZcSubmission          *submission,
                                    ZcServer              *server,
                                    ZcStore               *store,
                                    const ZcDossier       *dossier,
                                    GError               **error);
/* 404 when there is none of that number. */
ZcSubmission *zc_submission_load   (ZcServer              *server,
                                    ZcStore               *store,
                                    const char            *dossier,
                                    int                    number,
                                    GError               **error);
void          zc_submission_free   (ZcSubmission          *submission);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSubmission, zc_submission_free)

void          zc_submission_write_receipt (const ZcSubmission *submission,
                                           ZcJsonWriter       *writer,
                                           const char         *key);
/* Whether the applicant held a title then; FALSE where the business does not ask. */
gboolean      zc_submission_get_has_title (const ZcSubmission *submission);
/* Its answers in the shape of the check; borrows from @submission. Free with zc_stored_answers_free(). */
ZcStoredAnswers *zc_submission_answers (const ZcSubmission *submission,
                                        const ZcDossier    *dossier);
