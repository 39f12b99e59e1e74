/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-workflow.h"

/* One rule of the way of a dossier, as a case by name: what each test-workflow-*.c has a table of. */
typedef struct
{
  const char    *name;
  ZcWorkflowCase subject; /* stages: workflow_evaluation where NULL */
  ZcAct          act;
  guint          who;
  const char    *opinion;
  int            refusal; /* GRANTED or ZcRefusal */
  ZcWorkflowNext next;
} WorkflowRule;

/* The stages of three businesses, NULL at the end. */
extern const char *const workflow_evaluation[];
extern const char *const workflow_no_departments[];
extern const char *const workflow_verification[];

/* Adds a test for each. */
void workflow_rules_add (const WorkflowRule *rules,
                         guint               n_rules);

#define OWNER ZC_WHO_OWNER
#define STAFF ZC_WHO_STAFF
#define HOLDER (ZC_WHO_STAFF | ZC_WHO_HOLDER)
#define LEADER (ZC_WHO_STAFF | ZC_WHO_LEADER)
#define SYSTEM ZC_WHO_SYSTEM
#define GRANTED -1

#define AT(s, t) .stage = ZC_STAGE_##s, .state = ZC_STATE_##t
#define TO(s, t)                                                                                   \
  GRANTED,                                                                                         \
  {                                                                                                \
    ZC_STAGE_##s, ZC_STATE_##t                                                                     \
  }
#define NOT(code) ZC_REFUSAL_##code
