/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-approval.h"
#include "zc-stage-text.h"

/**
 * zc_approval_find_next:
 * @dossier: held by who decides
 * @to_department: whether it is sent to one
 * @next: (out caller-allocates): where it leads then
 *
 * Returns: whether it can be approved so: the table's word
 */
gboolean
zc_approval_find_next (const ZcBusiness *business, ZcDossier *dossier, gboolean to_department, ZcWorkflowNext *next)
{
  const ZcWorkflowCase subject = {
    .stages = zc_business_get_stages (business),
    .stage = zc_dossier_get_stage (dossier),
    .state = ZC_STATE_IN_REVIEW,
    .held = TRUE,
    .window_open = TRUE,
    .to_department = to_department,
  };

  return zc_workflow_decide (&subject, ZC_ACT_APPROVE, ZC_WHO_STAFF | ZC_WHO_HOLDER, NULL, next, NULL);
}

/**
 * zc_approval_get_body:
 * @stage: where it leads
 *
 * Returns: (transfer none) (nullable): the name of the body, where that is known
 */
const char *
zc_approval_get_body (ZcDossier *dossier, ZcStage stage)
{
  const char *name = NULL;

  if (stage == ZC_STAGE_UNIT)
    name = zc_dossier_get_target_name (dossier, "unit");
  else if (stage == ZC_STAGE_OFFICE)
    name = zc_dossier_get_target_name (dossier, "office");
  else if (stage == ZC_STAGE_COMMITTEE)
    name = zc_dossier_get_target_name (dossier, "committee");
  return name != NULL && *name != '\0' ? name : NULL;
}

/**
 * zc_approval_dup_text:
 *
 * Returns: (transfer full): where it goes when it is approved, in a sentence; "": nowhere
 */
char *
zc_approval_dup_text (const ZcBusiness *business, ZcDossier *dossier)
{
  ZcWorkflowNext next;
  const char *name;

  if (!zc_approval_find_next (business, dossier, FALSE, &next))
    return g_strdup ("");
  if (next.state == ZC_STATE_PASSED && zc_business_get_amendment (business) != NULL)
    return g_strdup (_("The unit is changed with it, at once; what it was before stays on record."));
  if (next.state == ZC_STATE_PASSED)
    return g_strdup (zc_business_get_admission (business) != NULL
                         ? _("The unit is admitted with it, and the registrant is its first leader.")
                         : _("This is the last step: the application is completed with it."));
  name = zc_approval_get_body (dossier, next.stage);
  if (name == NULL)
    return g_strdup_printf (_("It goes on to the next step: %s."), zc_stage_text (next.stage));
  return g_strdup_printf (_("It goes on to the next step: %s (%s)."), zc_stage_text (next.stage), name);
}
