/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "workflow-rule.h"

/* The way of a dossier as a whole, whose rules are tried one by one in test-workflow-*.c: all of
 * stage, state, act and person must end in a next step or in a refusal that names its rule. */

static const guint people[] = {
  0,      OWNER,         STAFF,          HOLDER,         LEADER, HOLDER | LEADER,
  SYSTEM, OWNER | STAFF, OWNER | HOLDER, OWNER | LEADER,
};

typedef void (*Visit) (const ZcWorkflowCase *subject, ZcAct act, guint who, gpointer data);

/* Every stage, state, act and person, with each switch of the case both ways. */
static void
visit_all (Visit visit, gpointer data)
{
  static const char *const *const businesses[]
      = { workflow_evaluation, workflow_no_departments, workflow_verification };

  for (guint business = 0; business < G_N_ELEMENTS (businesses); business++)
    for (guint stage = 0; stage < ZC_STAGE_LAST; stage++)
      for (guint state = 0; state < ZC_STATE_LAST; state++)
        for (guint flags = 0; flags < 16; flags++)
          for (guint who = 0; who < G_N_ELEMENTS (people); who++)
            for (guint act = 0; act < ZC_ACT_LAST; act++)
              {
                ZcWorkflowCase subject = {
                  .stages = businesses[business],
                  .stage = (ZcStage)stage,
                  .state = (ZcState)state,
                  .held = (flags & 1) != 0,
                  .left_first = (flags & 2) != 0,
                  .to_department = (flags & 4) != 0,
                  .window_open = (flags & 8) != 0,
                };

                visit (&subject, (ZcAct)act, people[who], data);
              }
}

typedef struct
{
  guint asked;
  guint granted;
  guint refused[ZC_REFUSAL_LAST];
} Counts;

static void
count (const ZcWorkflowCase *subject, ZcAct act, guint who, gpointer data)
{
  Counts *counts = data;
  ZcWorkflowNext next;
  g_autoptr (GError) error = NULL;
  gboolean granted = zc_workflow_decide (subject, act, who, "x", &next, &error);

  counts->asked++;
  g_assert_cmpint (granted, ==, error == NULL);
  g_assert_cmpint ((zc_workflow_allowed (subject, who) >> act) & 1, ==, granted);
  if (!granted)
    {
      g_assert_cmpuint (error->domain, ==, ZC_REFUSAL_ERROR);
      g_assert_nonnull (zc_refusal_rule ((ZcRefusal)error->code));
      counts->refused[error->code]++;
      return;
    }
  counts->granted++;
  g_assert_cmpint (next.stage, <, ZC_STAGE_LAST);
  g_assert_cmpint (next.state, <, ZC_STATE_LAST);
  if (subject->to_department)
    g_assert_true (act == ZC_ACT_APPROVE && next.stage == ZC_STAGE_DEPARTMENT);
  if (zc_workflow_opinion_required (act))
    g_assert_false (zc_workflow_decide (subject, act, who, "\n", &next, NULL));
}

/* The figures are those of the table as it was read through by a person: a row that is added, lost
 * or widened shows here. */
static void
test_whole_space (void)
{
  static const ZcRefusal named[] = {
    ZC_REFUSAL_FORBIDDEN,   ZC_REFUSAL_OWN_DOSSIER,      ZC_REFUSAL_WINDOW_CLOSED,
    ZC_REFUSAL_NOT_ALLOWED, ZC_REFUSAL_ALREADY_ACCEPTED, ZC_REFUSAL_HELD,
    ZC_REFUSAL_NOT_HELD,    ZC_REFUSAL_TARGET,           ZC_REFUSAL_WITH_DEPARTMENT,
    ZC_REFUSAL_WITH_OFFICE, ZC_REFUSAL_WITH_COMMITTEE,   ZC_REFUSAL_EXAMINED,
  };
  static const guint expected[] = { 238224, 90288, 96, 172744, 256, 2112, 8784, 3764, 288, 272, 288, 2304 };
  Counts counts = { 0 };
  guint sum = 0;

  visit_all (count, &counts);
  g_assert_cmpuint (counts.asked, ==, 3 * 11 * 9 * 16 * 11 * 10);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_test_message ("%s: %u", zc_refusal_to_string (named[i]), counts.refused[named[i]]);
      sum += counts.refused[named[i]];
    }
  g_test_message ("granted: %u", counts.granted);
  g_assert_cmpuint (sum + counts.granted, ==, counts.asked);
  g_assert_cmpuint (counts.granted, ==, 3300);
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    g_assert_cmpuint (counts.refused[named[i]], ==, expected[i]);
}

/* All that is granted in the evaluation while its window is open; what is not listed here is
 * granted to nobody. */
static const struct
{
  const char *place; /* "stage state" */
  const char *owner, *staff, *holder, *leader, *system;
} grants[] = {
  { "applicant draft", "submit abandon", "", "", "", "" },
  { "applicant withdrawn", "submit abandon", "", "", "", "" },
  { "applicant returned", "submit abandon", "", "", "", "expire" },
  { "unit waiting", "withdraw", "accept", "accept", "accept assign", "expire" },
  { "department waiting", "", "accept", "accept", "accept assign", "expire" },
  { "office waiting", "", "accept", "accept", "accept assign", "expire" },
  { "committee waiting", "", "accept", "accept", "accept assign", "expire" },
  { "fees waiting", "", "", "", "", "approve expire" },
  { "review waiting", "", "accept", "accept", "accept assign", "" },
  { "notice waiting", "", "accept", "accept", "accept assign", "" },
  { "approval waiting", "", "accept", "accept", "accept assign", "" },
  { "certificate waiting", "", "accept", "accept", "accept assign", "" },
  { "mailing waiting", "", "accept", "accept", "accept assign", "" },
  { "unit in-review", "", "", "release approve return refuse", "release", "release" },
  { "department in-review", "", "", "release approve return return-back refuse", "release",
    "release" },
  { "office in-review", "", "", "release approve return return-back refuse", "release", "release" },
  { "committee in-review", "", "", "release approve return return-back refuse", "release",
    "release" },
  { "review in-review", "", "", "release approve refuse", "release", "release" },
  { "notice in-review", "", "", "release approve refuse", "release", "release" },
  { "approval in-review", "", "", "release approve refuse", "release", "release" },
  { "certificate in-review", "", "", "release approve", "release", "release" },
  { "mailing in-review", "", "", "release approve", "release", "release" },
};

static void
assert_allowed (const ZcWorkflowCase *subject, guint who, const char *expected)
{
  guint allowed = zc_workflow_allowed (subject, who);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint act = 0; act < ZC_ACT_LAST; act++)
    if (allowed & 1u << act)
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "",
                              zc_act_to_string ((ZcAct)act));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_grants (void)
{
  guint found = 0;

  for (guint stage = 0; stage < ZC_STAGE_LAST; stage++)
    for (guint state = 0; state < ZC_STATE_LAST; state++)
      {
        ZcWorkflowCase subject = { .stages = workflow_evaluation,
                                   .stage = (ZcStage)stage,
                                   .state = (ZcState)state,
                                   .held = state == ZC_STATE_IN_REVIEW,
                                   .left_first = stage > ZC_STAGE_UNIT,
                                   .window_open = TRUE };
        g_autofree char *place = g_strdup_printf ("%s %s", zc_stage_to_string (subject.stage),
                                                  zc_state_to_string (subject.state));
        guint i = 0;

        while (i < G_N_ELEMENTS (grants) && !g_str_equal (grants[i].place, place))
          i++;
        found += i < G_N_ELEMENTS (grants);
        assert_allowed (&subject, OWNER, i < G_N_ELEMENTS (grants) ? grants[i].owner : "");
        assert_allowed (&subject, STAFF, i < G_N_ELEMENTS (grants) ? grants[i].staff : "");
        assert_allowed (&subject, HOLDER, i < G_N_ELEMENTS (grants) ? grants[i].holder : "");
        assert_allowed (&subject, LEADER, i < G_N_ELEMENTS (grants) ? grants[i].leader : "");
        assert_allowed (&subject, SYSTEM, i < G_N_ELEMENTS (grants) ? grants[i].system : "");
        assert_allowed (&subject, 0, "");
      }
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (grants));
}

/* Laws that hold wherever the dossier is. */
static void
check_laws (const ZcWorkflowCase *subject, ZcAct act, guint who, gpointer data)
{
  ZcWorkflowNext next;
  gboolean owners = act == ZC_ACT_SUBMIT || act == ZC_ACT_WITHDRAW || act == ZC_ACT_ABANDON;
  gboolean ended = subject->state >= ZC_STATE_PASSED;

  if (!zc_workflow_decide (subject, act, who, "x", &next, NULL))
    return;
  g_assert_false (ended);
  g_assert_cmpint (owners, ==, (who & OWNER) != 0); /* nobody acts on their own as staff */
  if (act == ZC_ACT_APPROVE || act == ZC_ACT_RETURN || act == ZC_ACT_RETURN_BACK
      || act == ZC_ACT_REFUSE)
    g_assert_true ((who & SYSTEM) != 0 || ((who & ZC_WHO_HOLDER) != 0 && subject->held));
  if (act == ZC_ACT_WITHDRAW)
    {
      g_assert_cmpint (subject->stage, ==, zc_workflow_first_stage (subject->stages));
      g_assert_cmpint (subject->state, ==, ZC_STATE_WAITING);
      g_assert_false (subject->left_first);
    }
  /* whatever comes back to the applicant can be edited, and nothing else */
  g_assert_cmpint (zc_workflow_is_editable (next.stage, next.state), ==,
                   act == ZC_ACT_WITHDRAW || act == ZC_ACT_RETURN);
}

static void
test_laws (void)
{
  visit_all (check_laws, NULL);
}

static ZcWorkflowNext
go (ZcWorkflowCase *subject, ZcAct act, guint who)
{
  g_autoptr (GError) error = NULL;
  ZcWorkflowNext next;

  zc_workflow_decide (subject, act, who, "x", &next, &error);
  g_assert_no_error (error);
  subject->stage = next.stage;
  subject->state = next.state;
  subject->held = next.state == ZC_STATE_IN_REVIEW;
  return next;
}

/* From the first draft to the certificate, returned twice on the way. */
static void
test_whole_way (void)
{
  ZcWorkflowCase subject = { .stages = workflow_evaluation, .window_open = TRUE };
  static const ZcStage later[]
      = { ZC_STAGE_OFFICE, ZC_STAGE_COMMITTEE, ZC_STAGE_FEES,        ZC_STAGE_REVIEW,
          ZC_STAGE_NOTICE, ZC_STAGE_APPROVAL,  ZC_STAGE_CERTIFICATE, ZC_STAGE_MAILING };

  for (int time = 0; time < 2; time++)
    {
      go (&subject, ZC_ACT_SUBMIT, OWNER);
      go (&subject, ZC_ACT_ACCEPT, STAFF);
      go (&subject, ZC_ACT_RETURN, HOLDER);
      g_assert_true (zc_workflow_is_editable (subject.stage, subject.state));
    }
  go (&subject, ZC_ACT_SUBMIT, OWNER);
  go (&subject, ZC_ACT_ACCEPT, STAFF);
  go (&subject, ZC_ACT_APPROVE, HOLDER);
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    {
      g_assert_cmpint (subject.stage, ==, later[i]);
      g_assert_cmpint (subject.state, ==, ZC_STATE_WAITING);
      if (later[i] != ZC_STAGE_FEES)
        go (&subject, ZC_ACT_ACCEPT, STAFF);
      go (&subject, ZC_ACT_APPROVE, later[i] == ZC_STAGE_FEES ? SYSTEM : HOLDER);
    }
  g_assert_cmpint (subject.stage, ==, ZC_STAGE_MAILING);
  g_assert_cmpint (subject.state, ==, ZC_STATE_PASSED);
}

/* Withdrawing and accepting exclude each other: after either, the other is refused; a release opens
 * it again. */
static void
test_withdraw_or_accept (void)
{
  ZcWorkflowCase subject
      = { .stages = workflow_evaluation, .stage = ZC_STAGE_UNIT, .state = ZC_STATE_WAITING };
  ZcWorkflowCase other = subject;
  ZcWorkflowNext next;

  go (&subject, ZC_ACT_ACCEPT, STAFF);
  g_assert_false (zc_workflow_decide (&subject, ZC_ACT_WITHDRAW, OWNER, NULL, &next, NULL));
  go (&subject, ZC_ACT_RELEASE, HOLDER);
  go (&subject, ZC_ACT_WITHDRAW, OWNER);
  go (&other, ZC_ACT_WITHDRAW, OWNER);
  g_assert_false (zc_workflow_decide (&other, ZC_ACT_ACCEPT, STAFF, NULL, &next, NULL));
}

static void
test_editable (void)
{
  guint editable = 0;

  for (guint stage = 0; stage < ZC_STAGE_LAST; stage++)
    for (guint state = 0; state < ZC_STATE_LAST; state++)
      editable += zc_workflow_is_editable ((ZcStage)stage, (ZcState)state);
  g_assert_cmpuint (editable, ==, 3);
  g_assert_true (zc_workflow_is_editable (ZC_STAGE_APPLICANT, ZC_STATE_DRAFT));
  g_assert_true (zc_workflow_is_editable (ZC_STAGE_APPLICANT, ZC_STATE_WITHDRAWN));
  g_assert_true (zc_workflow_is_editable (ZC_STAGE_APPLICANT, ZC_STATE_RETURNED));
}

static void
test_first_stage (void)
{
  static const char *const none[] = { NULL }, *const unknown[] = { "applicant", "something", NULL };

  g_assert_cmpint (zc_workflow_first_stage (workflow_evaluation), ==, ZC_STAGE_UNIT);
  g_assert_cmpint (zc_workflow_first_stage (workflow_verification), ==, ZC_STAGE_OFFICE);
  g_assert_cmpint (zc_workflow_first_stage (none), ==, ZC_STAGE_LAST);
  g_assert_cmpint (zc_workflow_first_stage (unknown), ==, ZC_STAGE_LAST);
}

static void
test_names (void)
{
  for (guint i = 0; i < ZC_STAGE_LAST; i++)
    {
      ZcStage stage = ZC_STAGE_LAST;

      g_assert_true (zc_stage_from_string (zc_stage_to_string ((ZcStage)i), &stage));
      g_assert_cmpint (stage, ==, i);
    }
  for (guint i = 0; i < ZC_STATE_LAST; i++)
    {
      ZcState state = ZC_STATE_LAST;

      g_assert_true (zc_state_from_string (zc_state_to_string ((ZcState)i), &state));
      g_assert_cmpint (state, ==, i);
    }
  for (guint i = 0; i < ZC_ACT_LAST; i++)
    {
      ZcAct act = ZC_ACT_LAST;

      g_assert_true (zc_act_from_string (zc_act_to_string ((ZcAct)i), &act));
      g_assert_cmpint (act, ==, i);
    }
  g_assert_false (zc_stage_from_string ("", &(ZcStage){ 0 }));
  g_assert_false (zc_state_from_string ("WAITING", &(ZcState){ 0 }));
  g_assert_false (zc_act_from_string ("delete", &(ZcAct){ 0 }));
  g_assert_cmpstr (zc_state_to_string (ZC_STATE_IN_REVIEW), ==, "in-review");
  g_assert_cmpstr (zc_act_to_string (ZC_ACT_RETURN_BACK), ==, "return-back");
}

/* Wherever a dossier lies that is withdrawn too late, accepted or about to be: the refusal names
 * who has it there, and no other. */
static void
test_too_late_names_holder (void)
{
  static const char *const holders[ZC_STAGE_LAST] = {
    [ZC_STAGE_UNIT] = "unit",           [ZC_STAGE_DEPARTMENT] = "department",
    [ZC_STAGE_OFFICE] = "office",       [ZC_STAGE_COMMITTEE] = "committee",
    [ZC_STAGE_FEES] = "nobody",         [ZC_STAGE_REVIEW] = "nobody",
    [ZC_STAGE_NOTICE] = "nobody",       [ZC_STAGE_APPROVAL] = "nobody",
    [ZC_STAGE_CERTIFICATE] = "nobody",  [ZC_STAGE_MAILING] = "nobody",
  };

  for (guint stage = ZC_STAGE_UNIT; stage < ZC_STAGE_LAST; stage++)
    for (guint state = ZC_STATE_WAITING; state <= ZC_STATE_IN_REVIEW; state++)
      {
        gboolean held = state == ZC_STATE_IN_REVIEW;
        ZcWorkflowCase subject = { .stages = held ? workflow_verification : workflow_evaluation, /* the office is first there */
                                   .stage = (ZcStage)stage, .state = (ZcState)state, .held = held, .left_first = !held };
        ZcWorkflowNext next;
        g_autoptr (GError) error = NULL;

        g_assert_false (zc_workflow_decide (&subject, ZC_ACT_WITHDRAW, ZC_WHO_OWNER, NULL, &next, &error));
        g_assert_cmpstr (zc_refusal_rule ((ZcRefusal)error->code), ==, "withdraw-before-acceptance");
        g_assert_cmpstr (zc_refusal_lifted_by ((ZcRefusal)error->code), ==, holders[stage]);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/N12/S3.1.5b/too-late-names-holder", test_too_late_names_holder);
  g_test_add_func ("/workflow/B2/whole-space", test_whole_space);
  g_test_add_func ("/workflow/B2/grants", test_grants);
  g_test_add_func ("/workflow/SEC-S20/laws", test_laws);
  g_test_add_func ("/workflow/S3.1.5c/whole-way", test_whole_way);
  g_test_add_func ("/workflow/S3.1.5b/withdraw-or-accept", test_withdraw_or_accept);
  g_test_add_func ("/workflow/S3.1.4/S3.5.2/editable", test_editable);
  g_test_add_func ("/workflow/first-stage", test_first_stage);
  g_test_add_func ("/workflow/names", test_names);
  return g_test_run ();
}
