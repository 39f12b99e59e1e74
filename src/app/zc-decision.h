/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-acts.h"
#include "zc-notebook.h"

/* What the person decided: the words, and where it goes. */
typedef struct
{
  ZcAct       act;
  gint64      version;    /* of the dossier when the person began to decide (decisions 2) */
  const char *opinion;
  const char *code;       /* (nullable) */
  GListModel *notes;      /* (nullable) */
  const char *department; /* (nullable) */
  const char *person;     /* (nullable) */
} ZcDecision;

char     *zc_decision_dup_text    (const ZcDecision *decision);
ZcAction *zc_decision_make_action (const ZcDecision *decision,
                                   const char       *dossier); /* id */
