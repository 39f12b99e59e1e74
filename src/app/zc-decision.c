/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-decision.h"

/**
 * zc_decision_dup_text:
 * @decision: what was decided
 *
 * Returns: (transfer full): all that it says: two of the same text are the same decision
 */
char *
zc_decision_dup_text (const ZcDecision *decision)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%s %" G_GINT64_FORMAT " %s %s %s\n%s", zc_act_to_string (decision->act), decision->version,
                   decision->department != NULL ? decision->department : "", decision->person != NULL ? decision->person : "",
                   decision->code != NULL ? decision->code : "", decision->opinion);
  for (guint i = 0; decision->notes != NULL && i < g_list_model_get_n_items (decision->notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (decision->notes, i);

      g_string_append_printf (text, "\n%s\t%s\t%s\t%s\t%s\t%s", zc_note_get_section (note), zc_note_get_entry (note),
                              zc_note_get_field (note), zc_note_get_image (note), zc_note_get_code (note), zc_note_get_text (note));
    }
  return g_string_free (text, FALSE);
}

/**
 * zc_decision_make_action:
 * @decision: what was decided
 * @dossier: id
 *
 * Returns: (transfer full): to be sent
 */
ZcAction *
zc_decision_make_action (const ZcDecision *decision, const char *dossier)
{
  ZcAction *action = zc_action_new (dossier, decision->act, decision->version);

  if (*decision->opinion != '\0')
    zc_action_set_opinion (action, decision->opinion);
  if (decision->code != NULL)
    zc_action_set_code (action, decision->code);
  if (decision->department != NULL)
    zc_action_set_department (action, decision->department, decision->person);
  for (guint i = 0; decision->notes != NULL && i < g_list_model_get_n_items (decision->notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (decision->notes, i);

      zc_action_add_note (action, note);
    }
  return action;
}
