/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-stage-text.h"

/* Stages, states and acts in the words of offices. */

static const struct
{
  const char *name;
  const char *waiting;
  const char *in_review;
} stages[ZC_STAGE_LAST] = {
  [ZC_STAGE_APPLICANT]
  = { N_ ("Application"), N_ ("With the applicant"), N_ ("With the applicant") },
  [ZC_STAGE_UNIT] = { N_ ("Unit"), N_ ("Waiting for the unit"), N_ ("In review at the unit") },
  [ZC_STAGE_DEPARTMENT]
  = { N_ ("Department"), N_ ("Waiting for the department"), N_ ("In review at the department") },
  [ZC_STAGE_OFFICE]
  = { N_ ("Title reform office"), N_ ("Waiting for the office"), N_ ("In review at the office") },
  [ZC_STAGE_COMMITTEE]
  = { N_ ("Committee"), N_ ("Waiting for the committee"), N_ ("In review at the committee") },
  [ZC_STAGE_FEES] = { N_ ("Fees"), N_ ("Waiting for payment"), N_ ("Payment under way") },
  [ZC_STAGE_REVIEW]
  = { N_ ("Evaluation"), N_ ("Waiting for the evaluation"), N_ ("In evaluation") },
  [ZC_STAGE_NOTICE]
  = { N_ ("Public notice"), N_ ("Waiting for the public notice"), N_ ("In public notice") },
  [ZC_STAGE_APPROVAL]
  = { N_ ("Approval document"), N_ ("Waiting for approval"), N_ ("Being approved") },
  [ZC_STAGE_CERTIFICATE]
  = { N_ ("Certificate"), N_ ("Waiting for the certificate"), N_ ("Certificate being made") },
  [ZC_STAGE_MAILING] = { N_ ("Mailing"), N_ ("Waiting to be mailed"), N_ ("Being mailed") },
};

static const char *const states[ZC_STATE_LAST] = {
  [ZC_STATE_DRAFT] = N_ ("Being filled in"),
  [ZC_STATE_WITHDRAWN] = N_ ("Withdrawn, to be changed"),
  [ZC_STATE_RETURNED] = N_ ("Returned, to be changed"),
  [ZC_STATE_PASSED] = N_ ("Completed"),
  [ZC_STATE_REFUSED] = N_ ("Refused"),
  [ZC_STATE_EXPIRED] = N_ ("Expired"),
  [ZC_STATE_ABANDONED] = N_ ("Given up"),
};

static const char *const acts[ZC_ACT_LAST + 1] = {
  [ZC_ACT_SUBMIT] = N_ ("Submitted"),
  [ZC_ACT_WITHDRAW] = N_ ("Withdrawn"),
  [ZC_ACT_ABANDON] = N_ ("Given up"),
  [ZC_ACT_ACCEPT] = N_ ("Accepted for review"),
  [ZC_ACT_RELEASE] = N_ ("Released"),
  [ZC_ACT_ASSIGN] = N_ ("Assigned"),
  [ZC_ACT_APPROVE] = N_ ("Approved"),
  [ZC_ACT_RETURN] = N_ ("Returned to the applicant"),
  [ZC_ACT_RETURN_BACK] = N_ ("Returned one stage"),
  [ZC_ACT_REFUSE] = N_ ("Refused"),
  [ZC_ACT_EXPIRE] = N_ ("Closed by its deadline"),
  [ZC_ACT_LAST] = N_ ("Step recorded"),
};

/**
 * zc_stage_text:
 *
 * Returns: (transfer none): "单位审核"
 */
const char *
zc_stage_text (ZcStage stage)
{
  g_return_val_if_fail (stage < ZC_STAGE_LAST, "");
  return _ (stages[stage].name);
}

/**
 * zc_status_text:
 *
 * Returns: (transfer none): where a dossier stands, in one phrase: "单位待受理"
 */
const char *
zc_status_text (ZcStage stage, ZcState state)
{
  g_return_val_if_fail (stage < ZC_STAGE_LAST && state < ZC_STATE_LAST, "");
  if (state == ZC_STATE_WAITING)
    return _ (stages[stage].waiting);
  if (state == ZC_STATE_IN_REVIEW)
    return _ (stages[stage].in_review);
  return _ (states[state]);
}

/**
 * zc_act_text:
 *
 * Returns: (transfer none): what was done: "退回"
 */
const char *
zc_act_text (ZcAct act)
{
  return _ (acts[MIN (act, ZC_ACT_LAST)]);
}

/**
 * zc_role_text:
 * @role: "applicant", or the kind of a body
 *
 * Returns: (transfer none): who that is: "单位"
 */
const char *
zc_role_text (const char *role)
{
  static const struct
  {
    const char *role;
    const char *text;
  } roles[] = {
    { "applicant", N_ ("Applicant") },
    { "unit", NC_ ("role", "Unit") },
    { "department", NC_ ("role", "Department") },
    { "office", NC_ ("role", "Title reform office") },
    { "committee", NC_ ("role", "Committee") },
    { "granting-body", N_ ("Granting body") },
    { "system", N_ ("Platform") },
  };
  if (g_strcmp0 (role, "applicant") == 0)
    return _ (roles[0].text);
  for (guint i = 1; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (role, roles[i].role) == 0)
      return i >= 5 ? _ (roles[i].text) : g_dpgettext2 (NULL, "role", roles[i].text);
  return "";
}

/**
 * zc_membership_role_text:
 * @role: "clerk", "leader"
 *
 * Returns: (transfer none): that in words
 */
const char *
zc_membership_role_text (const char *role)
{
  return g_strcmp0 (role, "leader") == 0 ? _ ("leader") : _ ("clerk");
}

/**
 * zc_history_dup_title:
 *
 * Returns: (transfer full): who did what: "退回申报人 · 广西南方机械有限公司"
 */
char *
zc_history_dup_title (ZcHistoryItem *item)
{
  const char *body = zc_history_item_get_body_name (item);
  const char *person = zc_history_item_get_person_name (item);
  const char *who
      = body != NULL && *body != '\0' ? body : zc_role_text (zc_history_item_get_role (item));
  const char *what = zc_history_item_is_form_update (item)
                         ? _ ("Form Updated")
                         : zc_act_text (zc_history_item_get_act (item));
  if (person != NULL && *person != '\0' && body != NULL && *body != '\0')
    return g_strdup_printf ("%s · %s %s", what, body, person);
  return g_strdup_printf ("%s · %s", what, who);
}
