/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-missing-text.h"

/* What is still to be filled in before a dossier can be sent on (U5), in a line. */

static guint
count_missing (GPtrArray *problems, const char *section)
{
  guint n = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = g_ptr_array_index (problems, i);

      n += !problem->advice && g_strcmp0 (problem->section, section) == 0;
    }
  return n;
}

/**
 * zc_missing_dup_text:
 * @problems: of #ZcProblem: what the check of @draft found
 *
 * Returns: (transfer full): the sections that something is missing in, each with the number of its items; "": none
 */
char *
zc_missing_dup_text (ZcDraft *draft, GPtrArray *problems)
{
  GListModel *sections = zc_draft_get_sections (draft);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);
      guint n = count_missing (problems, zc_draft_section_get_id (section));

      if (n > 0)
        g_string_append_printf (words, _("%s%s (%u)"), words->len > 0 ? _(", ") : "", zc_draft_section_get_definition (section)->title, n);
    }
  return g_string_free (words, FALSE);
}
