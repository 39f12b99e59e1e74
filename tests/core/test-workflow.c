/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-workflow.h"

/* The way of a dossier. First each rule by name, as one table of cases; then the whole space of
 * stage, state, act and person, which must always end in a next step or in a refusal that names its
 * rule. */

#define OWNER ZC_WHO_OWNER
#define STAFF ZC_WHO_STAFF
#define HOLDER (ZC_WHO_STAFF | ZC_WHO_HOLDER)
#define LEADER (ZC_WHO_STAFF | ZC_WHO_LEADER)
#define SYSTEM ZC_WHO_SYSTEM
#define GRANTED -1

static const char *const evaluation[]
    = { "unit",   "department", "office",      "committee", "fees", "review",
        "notice", "approval",   "certificate", "mailing",   NULL };
static const char *const no_departments[]
    = { "unit", "office", "fees", "approval", "certificate", NULL };
static const char *const verification[] = { "applicant", "office", "certificate", NULL };

typedef struct
{
  const char *name;
  ZcWorkflowCase subject; /* stages: evaluation where NULL */
  ZcAct act;
  guint who;
  const char *opinion;
  int refusal; /* GRANTED or ZcRefusal */
  ZcWorkflowNext next;
} Rule;

#define AT(s, t) .stage = ZC_STAGE_##s, .state = ZC_STATE_##t
#define TO(s, t)                                                                                   \
  GRANTED,                                                                                         \
  {                                                                                                \
    ZC_STAGE_##s, ZC_STATE_##t                                                                     \
  }
#define NOT(code) ZC_REFUSAL_##code

static const Rule rules[] = {
  /* submit */
  { "/workflow/S3.1.3b/submit",
    { AT (APPLICANT, DRAFT), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/S3.1.3b/submit-after-window",
    { AT (APPLICANT, DRAFT) },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    NOT (WINDOW_CLOSED) },
  { "/workflow/S3.1.3b/submit-by-staff",
    { AT (APPLICANT, DRAFT), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    STAFF,
    NULL,
    NOT (FORBIDDEN) },
  { "/workflow/S3.1.3b/submit-by-nobody",
    { AT (APPLICANT, DRAFT), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    0,
    NULL,
    NOT (FORBIDDEN) },
  { "/workflow/S3.1.3b/submit-twice",
    { AT (UNIT, WAITING), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.3b/submit-abandoned",
    { AT (APPLICANT, ABANDONED), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.3b/submit-expired",
    { AT (APPLICANT, EXPIRED), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/U8/submit-refused",
    { AT (UNIT, REFUSED), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.3b/submit-where-office-is-first",
    { .stages = verification, AT (APPLICANT, DRAFT), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (OFFICE, WAITING) },
  { "/workflow/S3.1.5a/submit-withdrawn",
    { AT (APPLICANT, WITHDRAWN), .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/S3.1.5a/submit-withdrawn-after-window",
    { AT (APPLICANT, WITHDRAWN) },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    NOT (WINDOW_CLOSED) },
  { "/workflow/S3.1.5c/submit-returned",
    { AT (APPLICANT, RETURNED), .origin = ZC_STAGE_OFFICE, .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/S3.1.5c/submit-returned-after-window",
    { AT (APPLICANT, RETURNED), .origin = ZC_STAGE_UNIT },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/S3.1.5c/submit-to-returning-stage",
    { AT (APPLICANT, RETURNED), .origin = ZC_STAGE_OFFICE, .resubmits_to_returning_stage = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (OFFICE, WAITING) },
  { "/workflow/S3.1.5c/withdrawn-goes-to-the-first-stage",
    { AT (APPLICANT, WITHDRAWN), .origin = ZC_STAGE_OFFICE, .resubmits_to_returning_stage = TRUE,
      .window_open = TRUE },
    ZC_ACT_SUBMIT,
    OWNER,
    NULL,
    TO (UNIT, WAITING) },
  /* withdraw */
  { "/workflow/S3.1.5a/withdraw",
    { AT (UNIT, WAITING) },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    TO (APPLICANT, WITHDRAWN) },
  { "/workflow/S3.1.5a/withdraw-by-staff-of-the-unit-who-owns-it",
    { AT (UNIT, WAITING) },
    ZC_ACT_WITHDRAW,
    OWNER | STAFF,
    NULL,
    TO (APPLICANT, WITHDRAWN) },
  { "/workflow/S3.5.3/withdraw-where-office-is-first",
    { .stages = verification, AT (OFFICE, WAITING) },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    TO (APPLICANT, WITHDRAWN) },
  { "/workflow/S3.1.5b/withdraw-in-review",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (ALREADY_ACCEPTED) },
  { "/workflow/S3.1.5b/withdraw-at-office",
    { AT (OFFICE, WAITING), .left_first = TRUE },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (ALREADY_ACCEPTED) },
  { "/workflow/S3.1.5b/withdraw-in-review-at-committee",
    { AT (COMMITTEE, IN_REVIEW), .held = TRUE, .left_first = TRUE },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (ALREADY_ACCEPTED) },
  { "/workflow/S3.1.5b/withdraw-at-fees",
    { AT (FEES, WAITING), .left_first = TRUE },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (ALREADY_ACCEPTED) },
  { "/workflow/S3.1.5b/withdraw-sent-back-to-unit",
    { AT (UNIT, WAITING), .left_first = TRUE },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (ALREADY_ACCEPTED) },
  { "/workflow/S3.1.5a/withdraw-by-unit",
    { AT (UNIT, WAITING) },
    ZC_ACT_WITHDRAW,
    STAFF,
    NULL,
    NOT (FORBIDDEN) },
  { "/workflow/S3.1.5a/withdraw-draft",
    { AT (APPLICANT, DRAFT) },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.5a/withdraw-refused",
    { AT (UNIT, REFUSED) },
    ZC_ACT_WITHDRAW,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  /* abandon */
  { "/workflow/S3.1.1b/abandon-draft",
    { AT (APPLICANT, DRAFT) },
    ZC_ACT_ABANDON,
    OWNER,
    NULL,
    TO (APPLICANT, ABANDONED) },
  { "/workflow/S3.1.1b/abandon-returned",
    { AT (APPLICANT, RETURNED) },
    ZC_ACT_ABANDON,
    OWNER,
    NULL,
    TO (APPLICANT, ABANDONED) },
  { "/workflow/S3.1.1b/abandon-submitted",
    { AT (UNIT, WAITING) },
    ZC_ACT_ABANDON,
    OWNER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.1b/abandon-by-staff",
    { AT (APPLICANT, DRAFT) },
    ZC_ACT_ABANDON,
    LEADER,
    NULL,
    NOT (FORBIDDEN) },
  /* accept and release */
  { "/workflow/U4/accept",
    { AT (UNIT, WAITING) },
    ZC_ACT_ACCEPT,
    STAFF,
    NULL,
    TO (UNIT, IN_REVIEW) },
  { "/workflow/P10/assign", { AT (UNIT, WAITING) }, ZC_ACT_ASSIGN, LEADER, NULL, TO (UNIT, WAITING) },
  { "/workflow/P10/assign-by-clerk", { AT (UNIT, WAITING) }, ZC_ACT_ASSIGN, STAFF, NULL, NOT (FORBIDDEN) },
  { "/workflow/P10/assign-own", { AT (UNIT, WAITING) }, ZC_ACT_ASSIGN, OWNER | LEADER, NULL, NOT (OWN_DOSSIER) },
  { "/workflow/P10/assign-what-a-colleague-holds", { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_ASSIGN, LEADER, NULL, NOT (HELD) },
  { "/workflow/P10/assign-draft", { AT (APPLICANT, DRAFT) }, ZC_ACT_ASSIGN, LEADER, NULL, NOT (NOT_ALLOWED) },
  { "/workflow/P10/assign-to-a-department", { AT (UNIT, WAITING), .to_department = TRUE },
    ZC_ACT_ASSIGN, LEADER, NULL, NOT (TARGET) },
  { "/workflow/U4/accept-by-leader",
    { AT (OFFICE, WAITING) },
    ZC_ACT_ACCEPT,
    ZC_WHO_LEADER,
    NULL,
    TO (OFFICE, IN_REVIEW) },
  { "/workflow/U4/accept-by-applicant",
    { AT (UNIT, WAITING) },
    ZC_ACT_ACCEPT,
    OWNER,
    NULL,
    NOT (FORBIDDEN) },
  { "/workflow/U4/accept-own",
    { AT (UNIT, WAITING) },
    ZC_ACT_ACCEPT,
    OWNER | STAFF,
    NULL,
    NOT (OWN_DOSSIER) },
  { "/workflow/U4/accept-what-a-colleague-holds",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_ACCEPT,
    STAFF,
    NULL,
    NOT (HELD) },
  { "/workflow/U4/accept-twice",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_ACCEPT,
    HOLDER,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.3b/accept-draft",
    { AT (APPLICANT, DRAFT) },
    ZC_ACT_ACCEPT,
    STAFF,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/U4/accept-withdrawn",
    { AT (APPLICANT, WITHDRAWN) },
    ZC_ACT_ACCEPT,
    STAFF,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/U4/release",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RELEASE,
    HOLDER,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/U4/release-by-leader",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RELEASE,
    LEADER,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/U4/release-when-idle",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RELEASE,
    SYSTEM,
    NULL,
    TO (UNIT, WAITING) },
  { "/workflow/U4/release-by-colleague",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RELEASE,
    STAFF,
    NULL,
    NOT (HELD) },
  { "/workflow/U4/release-what-nobody-holds",
    { AT (UNIT, WAITING) },
    ZC_ACT_RELEASE,
    STAFF,
    NULL,
    NOT (NOT_HELD) },
  /* decide */
  { "/workflow/U6/approve",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (OFFICE, WAITING) },
  { "/workflow/U6/approve-to-department",
    { AT (UNIT, IN_REVIEW), .held = TRUE, .to_department = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (DEPARTMENT, WAITING) },
  { "/workflow/U6/approve-to-further-department",
    { AT (DEPARTMENT, IN_REVIEW), .held = TRUE, .to_department = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (DEPARTMENT, WAITING) },
  { "/workflow/U6/approve-at-department",
    { AT (DEPARTMENT, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (OFFICE, WAITING) },
  { "/workflow/U6/approve-to-department-that-there-is-not",
    { .stages = no_departments, AT (UNIT, IN_REVIEW), .held = TRUE, .to_department = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    NOT (TARGET) },
  { "/workflow/U6/approve-to-department-from-office",
    { AT (OFFICE, IN_REVIEW), .held = TRUE, .to_department = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    NOT (TARGET) },
  { "/workflow/U6/approve-at-office",
    { AT (OFFICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (COMMITTEE, WAITING) },
  { "/workflow/U6/approve-at-office-without-committee",
    { .stages = no_departments, AT (OFFICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (FEES, WAITING) },
  { "/workflow/U6/approve-unaccepted",
    { AT (UNIT, WAITING) },
    ZC_ACT_APPROVE,
    STAFF,
    NULL,
    NOT (NOT_HELD) },
  { "/workflow/U6/approve-by-colleague",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    STAFF,
    NULL,
    NOT (HELD) },
  { "/workflow/U6/approve-by-leader-who-does-not-hold-it",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    LEADER,
    NULL,
    NOT (HELD) },
  { "/workflow/U6/approve-by-former-holder",
    { AT (UNIT, WAITING), .held = FALSE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    NOT (NOT_HELD) },
  { "/workflow/U6/approve-by-applicant",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    OWNER,
    NULL,
    NOT (FORBIDDEN) },
  { "/workflow/U6/approve-own",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    OWNER | HOLDER,
    NULL,
    NOT (OWN_DOSSIER) },
  { "/workflow/U6/approve-refused",
    { AT (UNIT, REFUSED) },
    ZC_ACT_APPROVE,
    STAFF,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/S3.1.5c/return",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    "学历证书不清晰",
    TO (APPLICANT, RETURNED) },
  { "/workflow/U6/return-from-committee",
    { AT (COMMITTEE, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    "缺",
    TO (APPLICANT, RETURNED) },
  { "/workflow/U6/return-without-opinion",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    NULL,
    NOT (OPINION) },
  { "/workflow/U6/return-with-empty-opinion",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    "",
    NOT (OPINION) },
  { "/workflow/U6/return-with-spaces",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    " \t\r\n",
    NOT (OPINION) },
  { "/workflow/U6/return-with-ideographic-spaces",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    "\u3000\u00a0\u200b\ufeff",
    NOT (OPINION) },
  { "/workflow/U6/return-by-colleague",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    STAFF,
    "x",
    NOT (HELD) },
  { "/workflow/U6/return-unaccepted",
    { AT (UNIT, WAITING) },
    ZC_ACT_RETURN,
    STAFF,
    "x",
    NOT (NOT_HELD) },
  { "/workflow/U6/return-back-at-office",
    { AT (OFFICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    "x",
    TO (UNIT, WAITING) },
  { "/workflow/U6/return-back-to-department",
    { AT (OFFICE, IN_REVIEW), .held = TRUE, .sender = ZC_STAGE_DEPARTMENT }, ZC_ACT_RETURN_BACK, HOLDER, "x",
        TO (DEPARTMENT, WAITING) },
  { "/workflow/U6/return-back-to-a-former-department",
    { AT (DEPARTMENT, IN_REVIEW), .held = TRUE, .sender = ZC_STAGE_DEPARTMENT }, ZC_ACT_RETURN_BACK, HOLDER, "x",
        TO (DEPARTMENT, WAITING) },
  { "/workflow/U6/return-back-from-department-to-unit",
    { AT (DEPARTMENT, IN_REVIEW), .held = TRUE, .sender = ZC_STAGE_UNIT }, ZC_ACT_RETURN_BACK, HOLDER, "x",
        TO (UNIT, WAITING) },
  { "/workflow/U6/return-back-at-department",
    { AT (DEPARTMENT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    "x",
    TO (UNIT, WAITING) },
  { "/workflow/U6/return-back-at-committee",
    { AT (COMMITTEE, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    "x",
    TO (OFFICE, WAITING) },
  { "/workflow/U6/return-back-at-unit",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    "x",
    NOT (NOT_ALLOWED) },
  { "/workflow/U6/return-back-to-another-department",
    { AT (OFFICE, IN_REVIEW), .held = TRUE, .sender = ZC_STAGE_DEPARTMENT, .to_department = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    "x",
    NOT (TARGET) },
  { "/workflow/U6/return-back-at-first-office",
    { .stages = verification, AT (OFFICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    "x",
    NOT (NOT_ALLOWED) },
  { "/workflow/U6/return-back-without-opinion",
    { AT (OFFICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN_BACK,
    HOLDER,
    " ",
    NOT (OPINION) },
  { "/workflow/U6/refuse",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_REFUSE,
    HOLDER,
    "不符合申报条件",
    TO (UNIT, REFUSED) },
  { "/workflow/U6/refuse-without-opinion",
    { AT (OFFICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_REFUSE,
    HOLDER,
    "",
    NOT (OPINION) },
  { "/workflow/U6/refuse-unaccepted",
    { AT (OFFICE, WAITING) },
    ZC_ACT_REFUSE,
    STAFF,
    "x",
    NOT (NOT_HELD) },
  /* after the committee */
  { "/workflow/U9/paid",
    { AT (FEES, WAITING), .left_first = TRUE },
    ZC_ACT_APPROVE,
    SYSTEM,
    NULL,
    TO (REVIEW, WAITING) },
  { "/workflow/U9/paid-by-a-clerk's-word",
    { AT (FEES, WAITING), .left_first = TRUE },
    ZC_ACT_APPROVE,
    STAFF,
    NULL,
    NOT (FORBIDDEN) },
  { "/workflow/U9/not-paid",
    { AT (FEES, WAITING), .left_first = TRUE },
    ZC_ACT_EXPIRE,
    SYSTEM,
    NULL,
    TO (FEES, EXPIRED) },
  { "/workflow/U12/voted",
    { AT (REVIEW, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (NOTICE, WAITING) },
  { "/workflow/U12/voted-against",
    { AT (REVIEW, IN_REVIEW), .held = TRUE },
    ZC_ACT_REFUSE,
    HOLDER,
    "9 : 2",
    TO (REVIEW, REFUSED) },
  { "/workflow/U13/noticed",
    { AT (NOTICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (APPROVAL, WAITING) },
  { "/workflow/U13/no-way-back-to-the-applicant",
    { AT (NOTICE, IN_REVIEW), .held = TRUE },
    ZC_ACT_RETURN,
    HOLDER,
    "x",
    NOT (NOT_ALLOWED) },
  { "/workflow/U14/certified",
    { AT (CERTIFICATE, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (MAILING, WAITING) },
  { "/workflow/U14/certified-is-the-end",
    { .stages = no_departments, AT (CERTIFICATE, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (CERTIFICATE, PASSED) },
  { "/workflow/S3.5.6/mailed",
    { AT (MAILING, IN_REVIEW), .held = TRUE },
    ZC_ACT_APPROVE,
    HOLDER,
    NULL,
    TO (MAILING, PASSED) },
  { "/workflow/U14/nothing-after-the-end",
    { AT (MAILING, PASSED) },
    ZC_ACT_ACCEPT,
    STAFF,
    NULL,
    NOT (NOT_ALLOWED) },
  /* deadlines */
  { "/workflow/P14/draft-expires",
    { AT (APPLICANT, DRAFT) },
    ZC_ACT_EXPIRE,
    SYSTEM,
    NULL,
    TO (APPLICANT, EXPIRED) },
  { "/workflow/P14/draft-in-time-does-not",
    { AT (APPLICANT, DRAFT), .window_open = TRUE },
    ZC_ACT_EXPIRE,
    SYSTEM,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/P14/returned-expires",
    { AT (APPLICANT, RETURNED), .window_open = TRUE },
    ZC_ACT_EXPIRE,
    SYSTEM,
    NULL,
    TO (APPLICANT, EXPIRED) },
  { "/workflow/P14/unaccepted-expires",
    { AT (UNIT, WAITING) },
    ZC_ACT_EXPIRE,
    SYSTEM,
    NULL,
    TO (UNIT, EXPIRED) },
  { "/workflow/P14/held-does-not",
    { AT (UNIT, IN_REVIEW), .held = TRUE },
    ZC_ACT_EXPIRE,
    SYSTEM,
    NULL,
    NOT (NOT_ALLOWED) },
  { "/workflow/P14/expire-by-staff",
    { AT (UNIT, WAITING) },
    ZC_ACT_EXPIRE,
    LEADER,
    NULL,
    NOT (FORBIDDEN) },
};

static void
test_rule (gconstpointer data)
{
  const Rule *rule = data;
  const ZcWorkflowNext untouched = { ZC_STAGE_LAST, ZC_STATE_LAST };
  ZcWorkflowCase subject = rule->subject;
  ZcWorkflowNext next = untouched;
  g_autoptr (GError) error = NULL;
  gboolean granted;

  if (subject.stages == NULL)
    subject.stages = evaluation;
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

/* --- the whole space -----------------------------------------------------------------------------
 */

static const guint people[] = {
  0,      OWNER,         STAFF,          HOLDER,         LEADER, HOLDER | LEADER,
  SYSTEM, OWNER | STAFF, OWNER | HOLDER, OWNER | LEADER,
};

typedef void (*Visit) (const ZcWorkflowCase *subject, ZcAct act, guint who, gpointer data);

/* Every stage, state, act and person, with each switch of the case both ways. */
static void
visit_all (Visit visit, gpointer data)
{
  static const char *const *const businesses[] = { evaluation, no_departments, verification };

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
    ZC_REFUSAL_NOT_HELD,    ZC_REFUSAL_TARGET,
  };
  static const guint expected[] = { 238224, 90288, 96, 172744, 3408, 2112, 8784, 3764 };
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
        ZcWorkflowCase subject = { .stages = evaluation,
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
  ZcWorkflowCase subject = { .stages = evaluation, .window_open = TRUE };
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
      = { .stages = evaluation, .stage = ZC_STAGE_UNIT, .state = ZC_STATE_WAITING };
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

  g_assert_cmpint (zc_workflow_first_stage (evaluation), ==, ZC_STAGE_UNIT);
  g_assert_cmpint (zc_workflow_first_stage (verification), ==, ZC_STAGE_OFFICE);
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    g_test_add_data_func (rules[i].name, &rules[i], test_rule);
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
