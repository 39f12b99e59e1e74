/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-workflow.h"

/* The way of a dossier as one table (domain 3.1, 3.2; decisions 2 to 5, 8, 13). A row says: at
 * these stages, in these states, this act is open to these people if the guards hold, and leads
 * there. What no row grants is refused, and the refusal names the rule. */

#define AT(stage) (1u << ZC_STAGE_##stage)
#define IN(state) (1u << ZC_STATE_##state)

/* Where the content is examined: these return dossiers and send them on. */
#define EXAMINING (AT (UNIT) | AT (DEPARTMENT) | AT (OFFICE) | AT (COMMITTEE))
/* What follows is no examination of papers any more: nothing goes back to the applicant from there.
 */
#define CONCLUDING (AT (REVIEW) | AT (NOTICE) | AT (APPROVAL) | AT (CERTIFICATE) | AT (MAILING))

#define STAFF (ZC_WHO_STAFF | ZC_WHO_LEADER)
#define ANY_STAFF (STAFF | ZC_WHO_HOLDER)

typedef enum
{
  GUARD_NONE,
  GUARD_WINDOW_OPEN,
  GUARD_WINDOW_CLOSED,
  GUARD_NOT_BEGUN,  /* at the first reviewing stage, which it has not left since it was submitted */
  GUARD_DEPARTMENT /* the one act that may name a department, where the business has departments */
} Guard;

typedef enum
{
  GO_STAY,
  GO_APPLICANT,
  GO_REVIEWERS, /* the first reviewing stage, or the one that returned it */
  GO_ON,
  GO_BACK
} Go;

typedef struct
{
  guint stages;
  guint states;
  ZcAct act;
  guint who;
  Guard guard;
  Go go;
  ZcState state;
} Row;

static const Row rows[] = {
  /* The applicant's side. The filing window bounds the first submission; whoever returns a dossier
   * gives it a time of its own, which the server's EXPIRE ends: so a returned one may come back
   * after the window. */
  { AT (APPLICANT), IN (DRAFT) | IN (WITHDRAWN), ZC_ACT_SUBMIT, ZC_WHO_OWNER, GUARD_WINDOW_OPEN,
    GO_REVIEWERS, ZC_STATE_WAITING },
  { AT (APPLICANT), IN (RETURNED), ZC_ACT_SUBMIT, ZC_WHO_OWNER, GUARD_NONE, GO_REVIEWERS,
    ZC_STATE_WAITING },
  { EXAMINING, IN (WAITING), ZC_ACT_WITHDRAW, ZC_WHO_OWNER, GUARD_NOT_BEGUN, GO_APPLICANT,
    ZC_STATE_WITHDRAWN },
  { AT (APPLICANT), IN (DRAFT) | IN (WITHDRAWN) | IN (RETURNED), ZC_ACT_ABANDON, ZC_WHO_OWNER,
    GUARD_NONE, GO_STAY, ZC_STATE_ABANDONED },

  /* Accepting makes a holder; a leader frees what a colleague holds, the server what lies idle. */
  { EXAMINING | CONCLUDING, IN (WAITING), ZC_ACT_ACCEPT, STAFF, GUARD_NONE, GO_STAY,
    ZC_STATE_IN_REVIEW },
  { EXAMINING | CONCLUDING, IN (IN_REVIEW), ZC_ACT_RELEASE,
    ZC_WHO_HOLDER | ZC_WHO_LEADER | ZC_WHO_SYSTEM, GUARD_NONE, GO_STAY, ZC_STATE_WAITING },
  /* Who is asked holds nothing by that: colleagues may take it up too, and the applicant may withdraw. */
  { EXAMINING | CONCLUDING, IN (WAITING), ZC_ACT_ASSIGN, ZC_WHO_LEADER, GUARD_NONE, GO_STAY,
    ZC_STATE_WAITING },

  /* Only the holder decides. */
  { AT (UNIT) | AT (DEPARTMENT), IN (IN_REVIEW), ZC_ACT_APPROVE, ZC_WHO_HOLDER, GUARD_DEPARTMENT,
    GO_ON, ZC_STATE_WAITING },
  { AT (OFFICE) | AT (COMMITTEE) | CONCLUDING, IN (IN_REVIEW), ZC_ACT_APPROVE, ZC_WHO_HOLDER,
    GUARD_NONE, GO_ON, ZC_STATE_WAITING },
  { EXAMINING, IN (IN_REVIEW), ZC_ACT_RETURN, ZC_WHO_HOLDER, GUARD_NONE, GO_APPLICANT,
    ZC_STATE_RETURNED },
  { EXAMINING & ~AT (UNIT), IN (IN_REVIEW), ZC_ACT_RETURN_BACK, ZC_WHO_HOLDER, GUARD_NONE, GO_BACK,
    ZC_STATE_WAITING },
  { EXAMINING | AT (REVIEW) | AT (NOTICE) | AT (APPROVAL), IN (IN_REVIEW), ZC_ACT_REFUSE,
    ZC_WHO_HOLDER, GUARD_NONE, GO_STAY, ZC_STATE_REFUSED },

  /* Payment is told by the provider's signed notice, not by a person. */
  { AT (FEES), IN (WAITING), ZC_ACT_APPROVE, ZC_WHO_SYSTEM, GUARD_NONE, GO_ON,
    ZC_STATE_WAITING },

  /* Deadlines: of filing, of mending what was returned, of accepting, of paying. What somebody
     holds does not expire. */
  { AT (APPLICANT), IN (DRAFT) | IN (WITHDRAWN), ZC_ACT_EXPIRE, ZC_WHO_SYSTEM, GUARD_WINDOW_CLOSED,
    GO_STAY, ZC_STATE_EXPIRED },
  { AT (APPLICANT), IN (RETURNED), ZC_ACT_EXPIRE, ZC_WHO_SYSTEM, GUARD_NONE, GO_STAY,
    ZC_STATE_EXPIRED },
  { EXAMINING | AT (FEES), IN (WAITING), ZC_ACT_EXPIRE, ZC_WHO_SYSTEM, GUARD_NONE, GO_STAY,
    ZC_STATE_EXPIRED },
};

static const char *const stage_names[ZC_STAGE_LAST] = {
  "applicant", "unit",   "department", "office",      "committee", "fees",
  "review",    "notice", "approval",   "certificate", "mailing",
};
static const char *const state_names[ZC_STATE_LAST] = {
  "draft",  "withdrawn", "returned", "waiting",   "in-review",
  "passed", "refused",   "expired",  "abandoned",
};
static const char *const act_names[ZC_ACT_LAST] = {
  "submit",  "withdraw", "abandon",     "accept", "release", "assign",
  "approve", "return",   "return-back", "refuse", "expire",
};

/* The stage that follows @stage in the business, departments left out: ZC_STAGE_LAST at the end. */
static ZcStage
find_next (const char *const *stages, ZcStage stage)
{
  gboolean passed = stage == ZC_STAGE_APPLICANT;
  ZcStage found;

  for (; *stages != NULL; stages++)
    {
      if (!zc_stage_from_string (*stages, &found) || found == ZC_STAGE_APPLICANT)
        continue;
      if (passed && found != ZC_STAGE_DEPARTMENT)
        return found;
      passed = passed || found == stage;
    }
  return ZC_STAGE_LAST;
}

/* The stage before @stage in the business, departments left out: ZC_STAGE_LAST when it is the
 * first. */
static ZcStage
find_previous (const char *const *stages, ZcStage stage)
{
  ZcStage previous = ZC_STAGE_LAST, found;

  for (; *stages != NULL; stages++)
    {
      if (!zc_stage_from_string (*stages, &found) || found == ZC_STAGE_APPLICANT)
        continue;
      if (found == stage)
        return previous;
      if (found != ZC_STAGE_DEPARTMENT)
        previous = found;
    }
  return ZC_STAGE_LAST;
}

static ZcStage
find_back (const ZcWorkflowCase *subject)
{
  if (subject->stage == zc_workflow_first_stage (subject->stages))
    return ZC_STAGE_LAST;
  if (subject->sender != ZC_STAGE_APPLICANT)
    return subject->sender;
  return find_previous (subject->stages, subject->stage);
}

static ZcStage
find_reviewers (const ZcWorkflowCase *subject)
{
  if (subject->state == ZC_STATE_RETURNED && subject->resubmits_to_returning_stage
      && subject->origin != ZC_STAGE_APPLICANT)
    return subject->origin;
  return zc_workflow_first_stage (subject->stages);
}

/* Where @row leads: FALSE when the business has no such stage. */
static gboolean
find_destination (const ZcWorkflowCase *subject, const Row *row, ZcWorkflowNext *next)
{
  next->state = row->state;
  switch (row->go)
    {
    case GO_APPLICANT:
      next->stage = ZC_STAGE_APPLICANT;
      return TRUE;
    case GO_REVIEWERS:
      next->stage = find_reviewers (subject);
      return next->stage != ZC_STAGE_LAST;
    case GO_BACK:
      next->stage = find_back (subject);
      return next->stage != ZC_STAGE_LAST;
    case GO_ON:
      next->stage = subject->to_department ? ZC_STAGE_DEPARTMENT
                                           : find_next (subject->stages, subject->stage);
      if (next->stage != ZC_STAGE_LAST)
        return TRUE;
      next->state = ZC_STATE_PASSED; /* the last stage is done */
      next->stage = subject->stage;
      return TRUE;
    case GO_STAY:
    default:
      next->stage = subject->stage;
      return TRUE;
    }
}

static gboolean
has_departments (const ZcWorkflowCase *subject)
{
  return g_strv_contains (subject->stages, stage_names[ZC_STAGE_DEPARTMENT]);
}

static gboolean
refuse (ZcRefusal code, const ZcWorkflowCase *subject, ZcAct act, GError **error)
{
  zc_refusal_set (error, code, "%s at stage %s, state %s", act_names[act],
                  stage_names[subject->stage], state_names[subject->state]);
  return FALSE;
}

/* Not to be withdrawn any more: the refusal that names who has it now, for only they can return it
 * (N12). */
static ZcRefusal
explain_too_late (ZcStage stage)
{
  switch ((int)stage)
    {
    case ZC_STAGE_UNIT:
      return ZC_REFUSAL_ALREADY_ACCEPTED;
    case ZC_STAGE_DEPARTMENT:
      return ZC_REFUSAL_WITH_DEPARTMENT;
    case ZC_STAGE_OFFICE:
      return ZC_REFUSAL_WITH_OFFICE;
    case ZC_STAGE_COMMITTEE:
      return ZC_REFUSAL_WITH_COMMITTEE;
    default:
      return ZC_REFUSAL_EXAMINED;
    }
}

/* Where it goes on to is chosen when it is sent on to a department, and by no other act: one stage
 * back is the department that it came by (U6). */
static gboolean
check_guard (const ZcWorkflowCase *subject, const Row *row, GError **error)
{
  if (subject->to_department && row->guard != GUARD_DEPARTMENT)
    return refuse (ZC_REFUSAL_TARGET, subject, row->act, error);
  switch (row->guard)
    {
    case GUARD_WINDOW_OPEN:
      return subject->window_open || refuse (ZC_REFUSAL_WINDOW_CLOSED, subject, row->act, error);
    case GUARD_WINDOW_CLOSED:
      return !subject->window_open || refuse (ZC_REFUSAL_NOT_ALLOWED, subject, row->act, error);
    case GUARD_NOT_BEGUN:
      return (subject->stage == zc_workflow_first_stage (subject->stages) && !subject->left_first)
             || refuse (explain_too_late (subject->stage), subject, row->act, error);
    case GUARD_DEPARTMENT:
      return !subject->to_department || has_departments (subject)
             || refuse (ZC_REFUSAL_TARGET, subject, row->act, error);
    case GUARD_NONE:
    default:
      return TRUE;
    }
}

/* Whoever may do the act at some place of the table. Who could be the holder, had they accepted, is
 * among them. */
static gboolean
may_ever (ZcAct act, guint who)
{
  guint open_to = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].act == act)
      open_to |= rows[i].who;
  if (open_to & ZC_WHO_HOLDER)
    open_to |= STAFF;
  return (open_to & who) != 0;
}

/* Whether the table has the act at this stage in that state. */
static gboolean
has_row (ZcStage stage, ZcState state, ZcAct act)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].act == act && (rows[i].stages & 1u << stage) && (rows[i].states & 1u << state))
      return TRUE;
  return FALSE;
}

/* No row fits stage and state: the rule that a person can understand. */
static ZcRefusal
explain_place (const ZcWorkflowCase *subject, ZcAct act, guint who)
{
  gboolean waiting = subject->state == ZC_STATE_WAITING,
           in_review = subject->state == ZC_STATE_IN_REVIEW;

  if (act == ZC_ACT_WITHDRAW && subject->stage != ZC_STAGE_APPLICANT && (waiting || in_review))
    return explain_too_late (subject->stage);
  if ((act == ZC_ACT_ACCEPT || act == ZC_ACT_ASSIGN) && in_review && subject->held
      && !(who & ZC_WHO_HOLDER))
    return ZC_REFUSAL_HELD;
  if (waiting && (who & ANY_STAFF) && has_row (subject->stage, ZC_STATE_IN_REVIEW, act))
    return ZC_REFUSAL_NOT_HELD;
  return ZC_REFUSAL_NOT_ALLOWED;
}

/* A row fits stage and state, but not these people. */
static ZcRefusal
explain_who (const ZcWorkflowCase *subject, const Row *row, guint who)
{
  if (!(row->who & ZC_WHO_HOLDER) || !(who & STAFF))
    return ZC_REFUSAL_FORBIDDEN;
  return subject->held ? ZC_REFUSAL_HELD : ZC_REFUSAL_NOT_HELD;
}

/* The row that grants it, or an error. */
static const Row *
find_row (const ZcWorkflowCase *subject, ZcAct act, guint who, GError **error)
{
  const Row *near = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];

      if (row->act != act || !(row->stages & 1u << subject->stage)
          || !(row->states & 1u << subject->state))
        continue;
      if (row->who & who)
        return row;
      near = row;
    }
  refuse (near == NULL ? explain_place (subject, act, who) : explain_who (subject, near, who),
          subject, act, error);
  return NULL;
}

/* Spaces of any kind, the ideographic one too, and characters without ink say nothing. */
static gboolean
says_something (const char *text)
{
  for (; text != NULL && *text != 0; text = g_utf8_next_char (text))
    if (g_unichar_isgraph (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

static gboolean
is_owners_act (ZcAct act)
{
  return act == ZC_ACT_SUBMIT || act == ZC_ACT_WITHDRAW || act == ZC_ACT_ABANDON;
}

/**
 * zc_workflow_decide:
 * @subject: the dossier as the rules see it
 * @act: what is asked for
 * @who: #ZcWho, or-ed: all that the person who asks is to this dossier
 * @opinion: (nullable): UTF-8
 * @next: (out): where it leads; untouched when refused
 * @error: of #ZC_REFUSAL_ERROR
 *
 * The order of the questions is: may such a person ever do it, is it their own dossier, does it fit
 * stage and state, is it open to them here, do the guards hold, is an opinion given. Whoever holds
 * a dossier is a holder only while @subject says that it is held.
 *
 * Returns: whether it is granted
 */
gboolean
zc_workflow_decide (const ZcWorkflowCase *subject,
                    ZcAct act,
                    guint who,
                    const char *opinion,
                    ZcWorkflowNext *next,
                    GError **error)
{
  const Row *row;
  ZcWorkflowNext found;

  if (!subject->held)
    who &= ~(guint)ZC_WHO_HOLDER;
  if (!may_ever (act, who))
    return refuse (ZC_REFUSAL_FORBIDDEN, subject, act, error);
  if (!is_owners_act (act) && (who & ZC_WHO_OWNER))
    return refuse (ZC_REFUSAL_OWN_DOSSIER, subject, act, error);
  row = find_row (subject, act, who, error);
  if (row == NULL || !check_guard (subject, row, error))
    return FALSE;
  if (!find_destination (subject, row, &found))
    return refuse (ZC_REFUSAL_NOT_ALLOWED, subject, act, error);
  if (zc_workflow_opinion_required (act) && !says_something (opinion))
    return refuse (ZC_REFUSAL_OPINION, subject, act, error);
  *next = found;
  return TRUE;
}

/**
 * zc_workflow_allowed:
 * @subject: the dossier as the rules see it
 * @who: #ZcWho, or-ed
 *
 * Returns: the acts that zc_workflow_decide() would grant now, given an opinion, as a mask of 1 <<
 * #ZcAct
 */
guint
zc_workflow_allowed (const ZcWorkflowCase *subject, guint who)
{
  ZcWorkflowNext next;
  guint allowed = 0;

  for (guint act = 0; act < ZC_ACT_LAST; act++)
    if (zc_workflow_decide (subject, (ZcAct)act, who, "…", &next, NULL))
      allowed |= 1u << act;
  return allowed;
}

/**
 * zc_workflow_is_editable:
 * @stage: where the dossier is
 * @state: and how
 *
 * Returns: whether its owner may write sections: a draft, withdrawn or returned, at the applicant's
 * (S3.5.2)
 */
gboolean
zc_workflow_is_editable (ZcStage stage, ZcState state)
{
  return stage == ZC_STAGE_APPLICANT
         && (state == ZC_STATE_DRAFT || state == ZC_STATE_WITHDRAWN || state == ZC_STATE_RETURNED);
}

/**
 * zc_workflow_has_granted:
 * @stage: where the dossier is
 * @state: and how
 *
 * Returns: whether what was applied for has been granted: the last stage is done, or the approval,
 * so that only the certificate is to be made or sent, and no row of the table refuses any more
 */
gboolean
zc_workflow_has_granted (ZcStage stage, ZcState state)
{
  return state == ZC_STATE_PASSED || stage == ZC_STAGE_CERTIFICATE || stage == ZC_STAGE_MAILING;
}

/**
 * zc_workflow_first_stage:
 * @stages: names of a business's stages, in order
 *
 * Returns: the first reviewing stage (decisions 8); %ZC_STAGE_LAST where there is none
 */
ZcStage
zc_workflow_first_stage (const char *const *stages)
{
  return find_next (stages, ZC_STAGE_APPLICANT);
}

/**
 * zc_workflow_opinion_required:
 * @act: an act
 *
 * Returns: whether it is refused without an opinion (U6)
 */
gboolean
zc_workflow_opinion_required (ZcAct act)
{
  return act == ZC_ACT_RETURN || act == ZC_ACT_RETURN_BACK || act == ZC_ACT_REFUSE;
}

static int
find_name (const char *const *names, int n_names, const char *name)
{
  for (int i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

/**
 * zc_stage_to_string:
 * @stage: a stage
 *
 * Returns: (transfer none): its name in businesses and on the wire
 */
const char *
zc_stage_to_string (ZcStage stage)
{
  g_return_val_if_fail ((int)stage >= 0 && stage < ZC_STAGE_LAST, NULL);

  return stage_names[stage];
}

/**
 * zc_stage_from_string:
 * @name: a name
 * @stage: (out): the stage of that name; untouched where there is none
 *
 * Returns: whether there is one
 */
gboolean
zc_stage_from_string (const char *name, ZcStage *stage)
{
  int found = find_name (stage_names, ZC_STAGE_LAST, name);

  if (found >= 0)
    *stage = (ZcStage)found;
  return found >= 0;
}

/**
 * zc_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
zc_state_to_string (ZcState state)
{
  g_return_val_if_fail ((int)state >= 0 && state < ZC_STATE_LAST, NULL);

  return state_names[state];
}

/**
 * zc_state_from_string:
 * @name: a name
 * @state: (out): the state of that name; untouched where there is none
 *
 * Returns: whether there is one
 */
gboolean
zc_state_from_string (const char *name, ZcState *state)
{
  int found = find_name (state_names, ZC_STATE_LAST, name);

  if (found >= 0)
    *state = (ZcState)found;
  return found >= 0;
}

/**
 * zc_act_to_string:
 * @act: an act
 *
 * Returns: (transfer none): its name on the wire
 */
const char *
zc_act_to_string (ZcAct act)
{
  g_return_val_if_fail ((int)act >= 0 && act < ZC_ACT_LAST, NULL);

  return act_names[act];
}

/**
 * zc_act_from_string:
 * @name: a name
 * @act: (out): the act of that name; untouched where there is none
 *
 * Returns: whether there is one
 */
gboolean
zc_act_from_string (const char *name, ZcAct *act)
{
  int found = find_name (act_names, ZC_ACT_LAST, name);

  if (found >= 0)
    *act = (ZcAct)found;
  return found >= 0;
}
