/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-workflow.h"

/* Whether what was applied for has been granted: held against the whole table of the workflow. */

static const char *const stages[] = { "unit",   "department", "office",      "committee", "fees", "review",
                                      "notice", "approval",   "certificate", "mailing",   NULL };
static const guint everybody[]
    = { ZC_WHO_OWNER, ZC_WHO_STAFF | ZC_WHO_HOLDER, ZC_WHO_STAFF | ZC_WHO_LEADER, ZC_WHO_SYSTEM };

/* Nothing refuses it any more, nor gives it back: every act on it leads where it still is granted. */
static void
test_stays (void)
{
  guint acts = 0;

  for (guint stage = 0; stage < ZC_STAGE_LAST; stage++)
    for (guint state = 0; state < ZC_STATE_LAST; state++)
      for (guint who = 0; who < G_N_ELEMENTS (everybody); who++)
        for (guint act = 0; act < ZC_ACT_LAST; act++)
          {
            const ZcWorkflowCase subject = { .stages = stages, .stage = (ZcStage)stage, .state = (ZcState)state, .held = TRUE };
            ZcWorkflowNext next;

            if (!zc_workflow_has_granted (subject.stage, subject.state)
                || !zc_workflow_decide (&subject, (ZcAct)act, everybody[who], "…", &next, NULL))
              continue;
            g_assert_true (zc_workflow_has_granted (next.stage, next.state));
            acts++;
          }
  g_assert_cmpuint (acts, >, 0);
}

static void
test_begins (void)
{
  g_assert_false (zc_workflow_has_granted (ZC_STAGE_APPLICANT, ZC_STATE_DRAFT));
  g_assert_false (zc_workflow_has_granted (ZC_STAGE_APPROVAL, ZC_STATE_IN_REVIEW));
  g_assert_false (zc_workflow_has_granted (ZC_STAGE_OFFICE, ZC_STATE_REFUSED));
  g_assert_true (zc_workflow_has_granted (ZC_STAGE_CERTIFICATE, ZC_STATE_WAITING));
  g_assert_true (zc_workflow_has_granted (ZC_STAGE_OFFICE, ZC_STATE_PASSED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/granted/decision-15/stays", test_stays);
  g_test_add_func ("/granted/decision-15/begins", test_begins);
  return g_test_run ();
}
