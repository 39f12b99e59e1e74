/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "workflow-rule.h"

/* How one rule is tried. */

const char *const workflow_evaluation[]
    = { "unit",   "department", "office",      "committee", "fees", "review",
        "notice", "approval",   "certificate", "mailing",   NULL };
const char *const workflow_no_departments[]
    = { "unit", "office", "fees", "approval", "certificate", NULL };
const char *const workflow_verification[] = { "applicant", "office", "certificate", NULL };

static void
test_rule (gconstpointer data)
{
  const WorkflowRule *rule = data;
  const ZcWorkflowNext untouched = { ZC_STAGE_LAST, ZC_STATE_LAST };
  ZcWorkflowCase subject = rule->subject;
  ZcWorkflowNext next = untouched;
  g_autoptr (GError) error = NULL;
  gboolean granted;

  if (subject.stages == NULL)
    subject.stages = workflow_evaluation;
  granted = zc_workflow_decide (&subject, rule->act, rule->who, rule->opinion, &next, &error);
  if (rule->refusal == GRANTED)
    {
      g_assert_no_error (error);
      g_assert_true (granted);
      g_assert_cmpstr (zc_stage_to_string (next.stage), ==, zc_stage_to_string (rule->next.stage));
      g_assert_cmpstr (zc_state_to_string (next.state), ==, zc_state_to_string (rule->next.state));
      return;
    }
  g_assert_false (granted);
  g_assert_error (error, ZC_REFUSAL_ERROR, rule->refusal);
  g_assert_cmpint (next.stage, ==, untouched.stage);
}

void
workflow_rules_add (const WorkflowRule *rules, guint n_rules)
{
  for (guint i = 0; i < n_rules; i++)
    g_test_add_data_func (rules[i].name, &rules[i], test_rule);
}
