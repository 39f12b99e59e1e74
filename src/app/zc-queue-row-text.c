/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-queue-row-text.h"
#include "zc-time-text.h"
#include "zc-workflow.h"

/* What a row of the staff's queue says: closures of its cells. */

char *
zc_queue_row_dup_minute (gpointer object, gint64 time)
{
  return zc_time_dup_minute (time);
}

char *
zc_queue_row_dup_state (gpointer object, int state, gboolean held_by_me, const char *holder, gboolean assigned_to_me, const char *assigned)
{
  if (state != ZC_STATE_IN_REVIEW && assigned_to_me)
    return g_strdup (_("To be accepted by you"));
  if (state != ZC_STATE_IN_REVIEW && assigned != NULL && *assigned != '\0')
    return g_strdup_printf (_("To be accepted, for %s"), assigned);
  if (state != ZC_STATE_IN_REVIEW)
    return g_strdup (_("To be accepted"));
  if (held_by_me)
    return g_strdup (_("In review, by you"));
  if (holder == NULL || *holder == '\0')
    return g_strdup (_("In review"));
  return g_strdup_printf (_("In review, by %s"), holder);
}

/* Of a registration, how long it waits stands below (U1). */
char *
zc_queue_row_dup_waited (gpointer object, int days, int limit)
{
  return zc_time_dup_waited (days, limit);
}

gboolean
zc_queue_row_is_waiting (gpointer object, int days)
{
  return days >= 0;
}

/* Beyond the days within which it should be decided. */
char **
zc_queue_row_dup_waited_classes (gpointer object, int days, int limit)
{
  return g_strsplit (limit > 0 && days > limit ? "caption error" : "caption dimmed", " ", -1);
}

/* A row in one breath, for the screen reader. */
char *
zc_queue_row_dup_text (gpointer object, const char *name, const char *sought, gint64 submitted_at, const char *unit, int days, int limit)
{
  g_autofree char *minute = zc_time_dup_minute (submitted_at);
  g_autofree char *row = g_strdup_printf (_("%s, %s, submitted %s"), name != NULL ? name : "", sought != NULL ? sought : "", minute);
  g_autofree char *waited = zc_time_dup_waited (days, limit);
  GString *all = g_string_new (row);

  if (unit != NULL && *unit != '\0')
    g_string_append_printf (all, ", %s", unit);
  if (*waited != '\0')
    g_string_append_printf (all, ", %s", waited);
  return g_string_free_and_steal (all);
}
