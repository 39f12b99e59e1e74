/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-approval.h"
#include "zc-decision-bar-private.h"
#include "zc-decision-text.h"

/* What is said before a decision and after a release: where the dossier goes, and what becomes of what was noted. */

/* A colleague who takes it over finds no note of one's own: that is said where it is given away. */
char *
zc_decision_bar_dup_released (ZcDecisionBar *self)
{
  guint n = self->notebook != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->notebook)) : 0;

  if (n == 0)
    return g_strdup (zc_decision_success_text (ZC_ACT_RELEASE));
  return g_strdup_printf (ngettext ("Released. The colleague who accepts it does not see the %u note you made; it stays with you here",
                                    "Released. The colleague who accepts it does not see the %u notes you made; they stay with you here", n),
                          n);
}

/* A choice where the business knows departments, and the server lists them (S0.1). */
gboolean
zc_decision_bar_offers_departments (ZcDecisionBar *self, ZcAct act)
{
  ZcServerInfo *info = zc_session_get_info (self->session);
  ZcWorkflowNext next;

  return act == ZC_ACT_APPROVE && self->business != NULL && info != NULL
         && zc_server_info_has_capability (info, "departments") && zc_approval_find_next (self->business, self->dossier, TRUE, &next);
}

/* Where it goes, unless that is asked below; and what becomes of what was noted. */
static char *
dup_approval_intro (ZcDecisionBar *self)
{
  g_autofree char *next = self->business != NULL && !zc_decision_bar_offers_departments (self, ZC_ACT_APPROVE) ? zc_approval_dup_text (self->business, self->dossier) : g_strdup ("");
  guint n = self->notebook != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->notebook)) : 0;
  g_autofree char *notes = NULL;

  if (n == 0)
    return g_steal_pointer (&next);
  notes = g_strdup_printf (ngettext ("An approval takes no notes along: the %u you made is deleted with it.",
                                     "An approval takes no notes along: the %u you made are deleted with it.", n),
                           n);
  return g_strdup_printf ("%s%s%s", next, *next != '\0' ? "\n" : "", notes);
}

static guint
count_unseen (ZcDecisionBar *self)
{
  guint n = 0;

  for (guint i = 0; self->notebook != NULL && self->draft != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->notebook)); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (self->notebook), i);

      n += zc_draft_note_is_seen (self->draft, note) ? 0 : 1;
    }
  return n;
}

/* (transfer full): @text, and what becomes of notes that the applicant could not see */
static char *
dup_with_left_out (ZcDecisionBar *self, ZcAct act, const char *text)
{
  guint n = count_unseen (self);
  g_autoptr (GString) all = g_string_new (text);

  if (n == 0)
    return g_strdup (text);
  g_string_append_c (all, '\n');
  if (act == ZC_ACT_REFUSE)
    g_string_append_printf (all, ngettext ("%u note in the unit's own part, which the applicant does not see, is left out and deleted with it.",
                                           "%u notes in the unit's own part, which the applicant does not see, are left out and deleted with it.", n),
                            n);
  else
    g_string_append_printf (all, ngettext ("%u note in the unit's own part, which the applicant does not see, is left out; it stays here for when it comes back.",
                                           "%u notes in the unit's own part, which the applicant does not see, are left out; they stay here for when it comes back.", n),
                            n);
  if (zc_decision_bar_allows (self, ZC_ACT_RETURN_BACK))
    g_string_append_printf (all, " %s", _("If the unit is to change its part, return it one stage instead."));
  return g_strdup (all->str);
}

char *
zc_decision_bar_dup_intro (ZcDecisionBar *self, ZcAct act)
{
  const char *consequence;

  if (act == ZC_ACT_APPROVE)
    return dup_approval_intro (self);
  consequence = zc_decision_consequence_text (act, self->business);
  return act == ZC_ACT_RETURN_BACK ? g_strdup (consequence) : dup_with_left_out (self, act, consequence);
}

gboolean
zc_decision_bar_is_mine (ZcDecisionBar *self)
{
  gboolean mine = FALSE;

  if (self->dossier != NULL)
    g_object_get (self->dossier, "held-by-me", &mine, NULL);
  return mine;
}

/* Where a colleague holds it nothing can be pressed: the rule stands beside the words that say so (N12). */
void
zc_decision_bar_explain_held (ZcDecisionBar *self)
{
  gboolean held = FALSE;

  if (self->held_why == NULL)
    return;
  if (self->dossier != NULL)
    g_object_get (self->dossier, "held", &held, NULL);
  held = held && !zc_decision_bar_is_mine (self) && *self->problem == '\0';
  zc_why_button_set_code (self->held_why, held ? zc_refusal_to_string (ZC_REFUSAL_HELD) : NULL);
}

char *
zc_decision_bar_dup_lost (ZcDecisionBar *self, const char **rule)
{
  gboolean can_accept = zc_decision_bar_allows (self, ZC_ACT_ACCEPT);
  g_autofree char *holder = NULL;

  g_object_get (self->dossier, "holder-name", &holder, NULL);
  *rule = NULL;
  if (holder != NULL && *holder != '\0')
    *rule = zc_refusal_to_string (ZC_REFUSAL_HELD);
  else if (can_accept)
    *rule = zc_refusal_to_string (ZC_REFUSAL_NOT_HELD);
  return zc_decision_dup_lost (can_accept, holder, self->dialog != NULL);
}
