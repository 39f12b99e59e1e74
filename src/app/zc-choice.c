/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-choice.h"
#include "zc-time-text.h"

/* Why something of the catalogue cannot be chosen now. What can be told is the server's word: the
 * catalogue carries windows, exams and places taken; here they are put into words. */

static char *
word_opening (ZcTime opens_at)
{
  g_autofree char *minute = zc_time_dup_minute (opens_at);

  return g_strdup_printf (_ ("Not open yet: opens on %s"), minute);
}

static char *
word_closing (ZcTime closed_at)
{
  g_autofree char *minute = zc_time_dup_minute (closed_at);

  return g_strdup_printf (_ ("Closed since %s"), minute);
}

/* The next opening tells more than the last closing. */
static char *
word_windows (ZcTime opens_at, ZcTime closed_at, const char *none)
{
  if (opens_at > 0)
    return word_opening (opens_at);
  return closed_at > 0 ? word_closing (closed_at) : g_strdup (none);
}

static char *
dup_level_hindrance (const ZcChoice *choice, const char *level)
{
  gint64 opens_at, closed_at;

  if (choice->series == NULL)
    return NULL;
  if (!zc_catalog_item_has_level (choice->series, level))
    return g_strdup (_ ("This series has no such level"));
  if (choice->grants && zc_catalog_item_is_exam_only (choice->series, level))
    return g_strdup (_ ("Gained by the national exam alone"));
  if (!choice->evaluated)
    return NULL;
  if (zc_catalog_item_get_level_window (choice->series, level, &opens_at, &closed_at) > 0)
    return NULL;
  return word_windows (opens_at, closed_at, _ ("No committee evaluates this level this year"));
}

static gboolean
are_all_by_exam (ZcCatalogItem *series, const char *const *levels)
{
  for (guint i = 0; levels[i] != NULL; i++)
    if (!zc_catalog_item_is_exam_only (series, levels[i]))
      return FALSE;
  return levels[0] != NULL;
}

/* A series is as open as its levels are together. */
static char *
dup_series_hindrance (const ZcChoice *choice, ZcCatalogItem *series)
{
  const char *const *levels = zc_catalog_item_get_levels (series);
  gint64 opens_at = 0, closed_at = 0;

  if (levels == NULL)
    return NULL;
  if (choice->grants && are_all_by_exam (series, levels))
    return g_strdup (_ ("Gained by the national exam alone"));
  if (!choice->evaluated)
    return NULL;
  for (guint i = 0; levels[i] != NULL; i++)
    {
      gint64 opens, closed;

      if (zc_catalog_item_get_level_window (series, levels[i], &opens, &closed) > 0)
        return NULL;
      if (opens > 0 && (opens_at == 0 || opens < opens_at))
        opens_at = opens;
      closed_at = MAX (closed_at, closed);
    }
  return word_windows (opens_at, closed_at, _ ("No committee evaluates this series this year"));
}

static char *
dup_committee_hindrance (const ZcChoice *choice, ZcCatalogItem *committee, ZcTime now)
{
  const char *taken = zc_catalog_item_get_taken (committee);
  ZcTime start = zc_catalog_item_get_window_start (committee);
  ZcTime end = zc_catalog_item_get_window_end (committee);

  if (!zc_catalog_item_get_open (committee))
    return now < start ? word_opening (start) : word_closing (end);
  if (*taken != '\0' && g_strcmp0 (taken, choice->own) != 0)
    return g_strdup_printf (_ ("You already have an application of %d; one series a year"),
                            zc_catalog_item_get_year (committee));
  return NULL;
}

/**
 * zc_choice_dup_hindrance:
 * @choice: what is being chosen
 * @item: of its list
 * @now: the server's time
 *
 * Returns: (transfer full) (nullable): why it cannot be chosen now; %NULL: it can
 */
char *
zc_choice_dup_hindrance (const ZcChoice *choice, ZcCatalogItem *item, ZcTime now)
{
  if (g_strcmp0 (choice->list, "series") == 0)
    return dup_series_hindrance (choice, item);
  if (g_strcmp0 (choice->list, "levels") == 0)
    return dup_level_hindrance (choice, zc_catalog_item_get_id (item));
  if (g_strcmp0 (choice->list, "committees") == 0)
    return dup_committee_hindrance (choice, item, now);
  if (g_strcmp0 (choice->list, "departments") == 0 && zc_catalog_item_get_people (item) != NULL
      && g_list_model_get_n_items (zc_catalog_item_get_people (item)) == 0)
    return g_strdup (_ ("Nobody can act for it in this system yet"));
  return NULL;
}
