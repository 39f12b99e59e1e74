/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-public-notice-text.h"
#include "zc-time-text.h"

/* How long the unit's public notice must run, in days of the calendar (U7, N9): what a bare "five
 * working days" leaves to whoever has no calendar at hand. */

static char *
word_short (ZcDraft *draft, const char *start, guint n)
{
  g_autofree char *from = zc_date_dup_text (start), *until = NULL;
  char last[11];

  if (!zc_calendar_find_last (zc_draft_get_calendar (draft), start, n, last))
    return g_strdup (_ ("The public notice reaches into a year without a published calendar of "
                        "working days, so they cannot be counted. Please check the dates, or ask "
                        "the operator of the platform."));
  until = zc_date_dup_text (last);
  return g_strdup_printf (
      ngettext ("The public notice starts on %s: %u working day ends on %s, and "
                "it can be sent on from the day after.",
                "The public notice starts on %s: %u working days end on %s, and "
                "it can be sent on from the day after.",
                n),
      from, n, until);
}

static char *
word_running (const char *end)
{
  g_autofree char *until = zc_date_dup_text (end);

  return g_strdup_printf (
      _ ("The public notice runs until %s; it can be sent on from the day after."), until);
}

/* NULL: the problem is none of a notice's length, or it has no start yet. */
static char *
word_problem (ZcDraft *draft, const ZcProblem *problem, const ZcField *field)
{
  g_autofree char *start
      = zc_draft_dup_text (draft, problem->section, problem->entry, field->not_before);
  g_autofree char *end = zc_draft_dup_text (draft, problem->section, problem->entry, field->id);

  if (!zc_date_is_valid (start))
    return NULL;
  switch ((int)problem->code)
    {
    case ZC_PROBLEM_REQUIRED:
    case ZC_PROBLEM_FEW_WORKING_DAYS:
    case ZC_PROBLEM_CALENDAR:
      return word_short (draft, start, field->min_working_days);
    case ZC_PROBLEM_NOT_OVER:
      return word_running (end);
    default:
      return NULL;
    }
}

static const ZcField *
find_field (ZcDraft *draft, const ZcProblem *problem)
{
  const ZcSection *section
      = problem->section != NULL
            ? zc_business_find_section (zc_draft_get_business (draft), problem->section, NULL)
            : NULL;

  return section != NULL && problem->field != NULL ? zc_section_find_field (section, problem->field)
                                                   : NULL;
}

/**
 * zc_public_notice_dup_text:
 * @draft: with the unit's own part
 * @problems: (element-type ZcProblem): by zc_draft_check()
 *
 * Returns: (transfer full): a sentence that says until when the notice must run; "" where nothing of
 * that is left to say, or where it has no start yet
 */
char *
zc_public_notice_dup_text (ZcDraft *draft, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];
      const ZcField *field = find_field (draft, problem);
      char *words = field != NULL && field->min_working_days > 0
                        ? word_problem (draft, problem, field)
                        : NULL;

      if (words != NULL)
        return words;
    }
  return g_strdup ("");
}
