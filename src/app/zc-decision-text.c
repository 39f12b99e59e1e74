/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-decision-text.h"
#include "zc-stage-text.h"
#include "zc-sync-text.h"

/* Whether there is something to decide, and what a decision brings about, in words. */

/**
 * zc_decision_dup_state:
 * @self: unused: a closure of a .ui calls this
 *
 * Returns: (transfer full): where the dossier is, and who holds it
 */
char *
zc_decision_dup_state (gpointer self, int stage, int state, gboolean held_by_me, const char *holder)
{
  if (state == ZC_STATE_IN_REVIEW && held_by_me)
    return g_strdup (_("In review: you hold it"));
  if (state == ZC_STATE_IN_REVIEW && holder != NULL && *holder != '\0')
    return g_strdup_printf (_("In review: %s holds it"), holder);
  return g_strdup (zc_status_text (stage, state));
}

/**
 * zc_decision_offline_text:
 *
 * Returns: (transfer none): why nothing can be decided while the server cannot be reached
 */
const char *
zc_decision_offline_text (void)
{
  return _("No network: decisions can be taken when the server is reached again.");
}

/**
 * zc_decision_dup_reason:
 * @self: unused: a closure of a .ui calls this
 * @assigned: (nullable): who is asked to take it up
 * @missing: what is to be filled in before, or ""
 * @notice: until when the unit's public notice must run, or ""
 *
 * Returns: (transfer full): why nothing, or not everything, can be pressed; or what follows
 */
char *
zc_decision_dup_reason (gpointer self,
                        gboolean online,
                        gboolean busy,
                        gboolean held,
                        gboolean held_by_me,
                        gboolean can_accept,
                        gboolean assigned_to_me,
                        const char *assigned,
                        const char *missing,
                        const char *notice)
{
  g_autofree char *unfinished = NULL;

  if (busy)
    return g_strdup (_("Being sent…"));
  if (!online)
    return g_strdup (zc_decision_offline_text ());
  if (held && !held_by_me)
    return g_strdup (_("You can read everything; the colleague or a leader can release it."));
  if (can_accept && assigned_to_me)
    return g_strdup (_("It was sent for you to take up."));
  if (can_accept && assigned != NULL && *assigned != '\0')
    return g_strdup_printf (_("%s is asked to take it up; you may do it too."), assigned);
  if (can_accept)
    return g_strdup (_("Once accepted you hold it, and the applicant can no longer withdraw it."));
  if (held_by_me && *missing != '\0')
    unfinished = g_strdup_printf (_("Before you can approve, the unit's own part is to be completed: %s"), missing);
  if (unfinished != NULL && *notice != '\0')
    return g_strdup_printf (_("%s. %s"), unfinished, notice);
  if (unfinished != NULL)
    return g_steal_pointer (&unfinished);
  return g_strdup (held_by_me ? "" : _("There is nothing to decide here now."));
}

/**
 * zc_decision_dup_lost:
 * @can_accept: whether it waits to be accepted again
 * @holder: (nullable): who holds it now
 * @written: whether the person was writing an opinion
 *
 * For who held a dossier until a leader released it, or it lay idle, or it was decided elsewhere (U4).
 *
 * Returns: (transfer full): what happened, what to do, and what became of what was written
 */
char *
zc_decision_dup_lost (gboolean can_accept, const char *holder, gboolean written)
{
  g_autofree char *what = NULL;

  if (holder != NULL && *holder != '\0')
    what = g_strdup_printf (_("You no longer hold this dossier: %s has accepted it."), holder);
  else if (can_accept)
    what = g_strdup (_("You no longer hold this dossier: it was released. You can accept it again."));
  else
    what = g_strdup (_("You no longer hold this dossier: it has gone on."));
  if (!written)
    return g_steal_pointer (&what);
  return g_strdup_printf (_("%s What you wrote is kept on this computer and is here again once you hold it."), what);
}

/**
 * zc_decision_success_text:
 *
 * Returns: (transfer none): what was done by it
 */
const char *
zc_decision_success_text (ZcAct act)
{
  switch (act)
    {
    case ZC_ACT_ACCEPT:
      return _("Accepted; you can decide now");
    case ZC_ACT_RELEASE:
      return _("Released; a colleague can accept it");
    case ZC_ACT_APPROVE:
      return _("Approved and sent on");
    case ZC_ACT_REFUSE:
      return _("Refused; the applicant is told");
    case ZC_ACT_RETURN_BACK:
      return _("Returned to whoever sent it on");
    default:
      return _("Returned; the applicant sees your opinion");
    }
}

/**
 * zc_decision_consequence_text:
 * @act: asks for an opinion
 * @business: (nullable): of the dossier
 *
 * Returns: (transfer none): what follows from it
 */
const char *
zc_decision_consequence_text (ZcAct act, const ZcBusiness *business)
{
  switch (act)
    {
    case ZC_ACT_RETURN:
      return _("The applicant can change everything and submit again. History keeps both submissions and your reason.");
    case ZC_ACT_RETURN_BACK:
      return _("It goes back to whoever sent it on. History keeps your reason.");
    default:
      if (business != NULL && zc_business_is_one_open_per_person (business))
        return _("It ends here; the applicant may begin another one. If something can be mended, return it instead.");
      return _("The application ends here: the applicant cannot apply again this year. If something can be mended, return it "
                         "instead.");
    }
}

/**
 * zc_decision_dup_recovered:
 * @notebook: of the dossier that is decided on
 *
 * Returns: (transfer full) (nullable): to which decisions something was written that a former run of the program left unsent, and
 *   when (P2); %NULL: to none
 */
char *
zc_decision_dup_recovered (ZcNotebook *notebook)
{
  static const struct
  {
    ZcAct       act;
    const char *name; /* as its button says */
  } written[] = {
    { ZC_ACT_APPROVE, N_("Approve") },
    { ZC_ACT_RETURN, N_("Return") },
    { ZC_ACT_RETURN_BACK, N_("Return One Stage") },
    { ZC_ACT_REFUSE, N_("Refuse") },
  };
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    if (*zc_notebook_get_opinion (notebook, written[i].act) != '\0')
      g_string_append_printf (names, names->len > 0 ? _(", “%s”") : _("“%s”"), _(written[i].name));
  if (names->len == 0 || zc_notebook_get_recovered_at (notebook) == 0)
    return NULL;
  return zc_recovered_dup_opinion_text (names->str, zc_notebook_get_recovered_at (notebook));
}
