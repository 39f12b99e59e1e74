/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-refusal.h"
#include "zc-time.h"

/* A dossier moves along stages by one table: every act is a row {stage, state, act, who, guard, next}.
 * Pure functions, the clock an argument. The server asks it what to do and tells the client which acts are allowed.
 */
typedef enum
{
  ZC_STAGE_APPLICANT,   /* 个人申报 */
  ZC_STAGE_UNIT,        /* 单位审核 */
  ZC_STAGE_DEPARTMENT,  /* 主管部门审核 */
  ZC_STAGE_OFFICE,      /* 职改办审核 */
  ZC_STAGE_COMMITTEE,   /* 评审会受理 */
  ZC_STAGE_FEES,        /* 交费 */
  ZC_STAGE_REVIEW,      /* 评审 */
  ZC_STAGE_NOTICE,      /* 评审结果公示 */
  ZC_STAGE_APPROVAL,    /* 批文 */
  ZC_STAGE_CERTIFICATE, /* 发证 */
  ZC_STAGE_MAILING,     /* 邮寄 */
  ZC_STAGE_LAST
} ZcStage;

typedef enum
{
  ZC_STATE_DRAFT,      /* being filled in */
  ZC_STATE_WITHDRAWN,  /* a draft again, by the applicant */
  ZC_STATE_RETURNED,   /* a draft again, by a reviewer */
  ZC_STATE_WAITING,    /* 待受理 */
  ZC_STATE_IN_REVIEW,  /* 审核中: accepted, has a holder */
  ZC_STATE_PASSED,     /* the end: the last stage is done */
  ZC_STATE_REFUSED,    /* 不通过 */
  ZC_STATE_EXPIRED,    /* 逾期 */
  ZC_STATE_ABANDONED,  /* 放弃 */
  ZC_STATE_LAST
} ZcState;

typedef enum
{
  ZC_ACT_SUBMIT,      /* 报送 */
  ZC_ACT_WITHDRAW,    /* 撤回 */
  ZC_ACT_ABANDON,     /* 放弃 */
  ZC_ACT_ACCEPT,      /* 受理 */
  ZC_ACT_RELEASE,     /* 解除受理 */
  ZC_ACT_ASSIGN,      /* 分派: a leader asks somebody of the body to take it up */
  ZC_ACT_APPROVE,     /* 通过, sent on to the next stage */
  ZC_ACT_RETURN,      /* 退回 to the applicant */
  ZC_ACT_RETURN_BACK, /* 退回 one stage */
  ZC_ACT_REFUSE,      /* 不通过 */
  ZC_ACT_EXPIRE,      /* by the server, a deadline passed */
  ZC_ACT_LAST
} ZcAct;

/* Who asks, seen from the dossier. */
typedef enum
{
  ZC_WHO_OWNER = 1 << 0,   /* the applicant */
  ZC_WHO_STAFF = 1 << 1,   /* acts for the body where the dossier is now */
  ZC_WHO_HOLDER = 1 << 2,  /* the staff member who accepted it */
  ZC_WHO_LEADER = 1 << 3,  /* a leader of that body */
  ZC_WHO_SYSTEM = 1 << 4,
} ZcWho;

/* What the rules look at. */
typedef struct
{
  const char * const *stages;     /* of the business, in order, without "applicant" */
  ZcStage             stage;
  ZcState             state;
  ZcStage             origin;     /* the stage that returned it, ZC_STAGE_APPLICANT when none did */
  ZcStage             sender;     /* the stage that sent it on to this one; ZC_STAGE_APPLICANT: not told, then the
                                     business's stage before this one that is no department */
  gboolean            held;       /* somebody has accepted and not released */
  gboolean            left_first; /* it has left the first reviewing stage since the last submission */
  gboolean            resubmits_to_returning_stage;
  gboolean            to_department; /* approve at unit or department: to a (further) department */
  gboolean            window_open;
} ZcWorkflowCase;

typedef struct
{
  ZcStage stage;
  ZcState state;
} ZcWorkflowNext;

/* Decides an act: TRUE and where it leads, or FALSE with an error of ZC_REFUSAL_ERROR that names the rule. who: ZcWho, or-ed.
 * Whether the content is complete is the caller's to check (zc_check()). */
gboolean       zc_workflow_decide      (const ZcWorkflowCase *subject,
                                        ZcAct                 act,
                                        guint                 who,
                                        const char           *opinion,
                                        ZcWorkflowNext       *next,
                                        GError              **error);
/* The acts that zc_workflow_decide() would grant now, as a mask of 1 << ZcAct. */
guint          zc_workflow_allowed     (const ZcWorkflowCase *subject,
                                        guint                 who);
gboolean       zc_workflow_is_editable (ZcStage               stage,
                                        ZcState               state); /* draft, withdrawn, returned, at the applicant's */
gboolean       zc_workflow_has_granted (ZcStage               stage,
                                        ZcState               state); /* what was applied for can be refused no more */
ZcStage        zc_workflow_first_stage (const char * const   *stages);
gboolean       zc_workflow_opinion_required (ZcAct            act);
/* How much a reviewer may write, in characters as people count them: the server refuses more, the client stops there. */
#define ZC_OPINION_MAX_CHARACTERS 2000

const char    *zc_stage_to_string      (ZcStage               stage);
gboolean       zc_stage_from_string    (const char           *name,
                                        ZcStage              *stage);
const char    *zc_state_to_string      (ZcState               state); /* "draft", "withdrawn", "returned", "waiting", "in-review" … */
gboolean       zc_state_from_string    (const char           *name,
                                        ZcState              *state);
const char    *zc_act_to_string        (ZcAct                 act);   /* "submit", "withdraw", "abandon", "accept", "release", "assign", "approve", "return", "return-back", "refuse", "expire" */
gboolean       zc_act_from_string      (const char           *name,
                                        ZcAct                *act);
