/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-notebook.h"
#include "zc-workflow.h"

char       *zc_decision_dup_state        (gpointer          self,
                                          int               stage,
                                          int               state,
                                          gboolean          held_by_me,
                                          const char       *holder);
const char *zc_decision_offline_text     (void);
char       *zc_decision_dup_reason       (gpointer          self,
                                          gboolean          online,
                                          gboolean          busy,
                                          gboolean          held,
                                          gboolean          held_by_me,
                                          gboolean          can_accept,
                                          gboolean          assigned_to_me,
                                          const char       *assigned,
                                          const char       *missing,
                                          const char       *notice);
char       *zc_decision_dup_lost         (gboolean          can_accept,
                                          const char       *holder,
                                          gboolean          written);
const char *zc_decision_success_text     (ZcAct             act);
const char *zc_decision_consequence_text (ZcAct             act,
                                          const ZcBusiness *business);
char       *zc_decision_dup_recovered    (ZcNotebook       *notebook); /* (nullable) */
