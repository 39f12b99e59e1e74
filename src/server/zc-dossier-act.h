/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-submission.h"

/* An act on a dossier, worked out without writing: what the workflow grants, where it leads, and for a submission what is
 * frozen. Worked out on a reader thread, written by the writer while nothing of it has changed. */
typedef struct
{
  ZcDossier       *dossier;
  ZcAct            act;
  ZcWorkflowNext   next;
  const char      *opinion;    /* (nullable): not empty; of the request's JSON, as below */
  const char      *code;       /* (nullable): of zc-reason.h */
  const ZcJsonValue *notes;    /* (nullable) */
  const char      *department; /* (nullable): approved to */
  const char      *person;     /* (nullable): membership there that is asked to take it up */
  char            *back_body;  /* (nullable): who sent it on to where it is, for one stage back */
  char            *back_person; /* (nullable): the membership that did, if it may still act */
  ZcStoredAnswers *stored;     /* (nullable): of an act that looks at the answers */
  ZcSubmission    *submission; /* (nullable): of a submission */
} ZcDossierAct;

ZcDossierAct *zc_dossier_act_work_out (ZcRequest     *request,
                                       ZcStore       *store,
                                       GError       **error);
/* In the writer. TRUE and *written FALSE: it was worked out from something that is no more. */
gboolean      zc_dossier_act_write    (ZcDossierAct  *act,
                                       ZcRequest     *request,
                                       ZcStore       *store,
                                       gboolean      *written,
                                       GError       **error);
void          zc_dossier_act_free     (ZcDossierAct  *act);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcDossierAct, zc_dossier_act_free)
