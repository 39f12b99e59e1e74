/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-decision-bar.h"
#include "zc-opinion-dialog.h"
#include "zc-why-button.h"

/* What the files of the decision bar share. */
struct _ZcDecisionBar
{
  GtkBox parent_instance;

  ZcSession          *session;
  ZcDossier          *dossier;   /* (nullable) */
  ZcBusiness         *business;  /* (nullable) */
  ZcNotebook         *notebook;  /* (nullable): what was noted, and goes with a return or a refusal */
  ZcDraft            *draft;     /* (nullable) */
  GSimpleActionGroup *actions;
  ZcAction           *unanswered; /* (nullable): sent, its answer never came: the same again is the same decision */
  char               *unanswered_text;
  ZcOpinionDialog    *dialog;    /* (nullable): the one that is open */
  char               *word;      /* (nullable): what was decided, and not yet told */
  ZcWhyButton        *why;       /* beside the problem */
  ZcWhyButton        *held_why;  /* beside the reason: a colleague holds it */
  char               *problem;
  char               *missing;   /* what is to be filled in before it can be sent on (U5), by section; "" */
  char               *notice;    /* until when the unit's public notice must run (U7); "" */

  gint64              version;   /* of the dossier when the person began to decide (decisions 2) */
  ZcAct               act;       /* that is on its way */
  guint               online : 1;
  guint               busy : 1;
  guint               mine : 1;  /* held by this person when last looked at */
  guint               lost : 1;  /* the problem tells that it is no longer */
  guint               asks_sign_in : 1; /* the problem is that one has to sign in again */
};

gboolean zc_decision_bar_allows (ZcDecisionBar *self,
                                 ZcAct          act); /* by the server's word */
gboolean zc_decision_bar_is_mine (ZcDecisionBar *self); /* this person holds it */

/* words */
gboolean zc_decision_bar_offers_departments (ZcDecisionBar *self,
                                             ZcAct          act); /* it is asked where it goes */
char    *zc_decision_bar_dup_intro          (ZcDecisionBar *self,
                                             ZcAct          act); /* (transfer full): above the question */
char    *zc_decision_bar_dup_released       (ZcDecisionBar *self); /* (transfer full): afterwards */
char    *zc_decision_bar_dup_lost           (ZcDecisionBar *self, /* (transfer full): what happened */
                                             const char   **rule); /* (out) (nullable): published name of the refusal behind it */
void     zc_decision_bar_explain_held       (ZcDecisionBar *self); /* the rule beside the reason */
