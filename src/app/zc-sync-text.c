/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-sync-text.h"

/* Where what was typed and added is, in words: never more than is true. */

/**
 * zc_sync_state_text:
 *
 * Returns: (transfer none): where the text of a form is
 */
const char *
zc_sync_state_text (ZcSyncState state)
{
  switch (state)
    {
    case ZC_SYNC_UNSAVED:
      return _ ("Saving …");
    case ZC_SYNC_REFUSED:
      return _ ("Saved on this computer; the server did not take it");
    case ZC_SYNC_CONFLICT:
      return _ ("Saved on this computer; also changed elsewhere, please choose");
    case ZC_SYNC_NEEDS_SIGN_IN:
      return _ ("Saved on this computer; is sent after signing in");
    case ZC_SYNC_OFFLINE:
      return _ ("Offline: saved on this computer, is sent later");
    case ZC_SYNC_HELD_UP:
      return _ ("Saved on this computer; images wait to be sent");
    case ZC_SYNC_SAVED:
    case ZC_SYNC_WAITING:
      return _ ("Saved on this computer");
    case ZC_SYNC_SENDING:
      return _ ("Sending …");
    case ZC_SYNC_ON_SERVER:
      return _ ("Saved");
    default:
      return "";
    }
}

/**
 * zc_image_state_text:
 *
 * Returns: (transfer none): where an image is
 */
const char *
zc_image_state_text (ZcSyncState state)
{
  switch (state)
    {
    case ZC_SYNC_UNSAVED:
      return _ ("Saving …");
    case ZC_SYNC_REFUSED:
      return _ ("Not taken by the server");
    case ZC_SYNC_NEEDS_SIGN_IN:
      return _ ("To be sent after signing in");
    case ZC_SYNC_OFFLINE:
      return _ ("To be sent when online");
    case ZC_SYNC_HELD_UP:
      return _ ("Kept here and sent later: too many images were sent that no section holds yet");
    case ZC_SYNC_SAVED:
    case ZC_SYNC_WAITING:
    case ZC_SYNC_CONFLICT:
      return _ ("Waiting to be sent");
    case ZC_SYNC_SENDING:
      return _ ("Sending …");
    case ZC_SYNC_ON_SERVER:
      return _ ("Sent");
    default:
      return "";
    }
}

static char *
dup_when (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / 1000);

  return g_date_time_format (time, _ ("%B %-d, %H:%M"));
}

/**
 * zc_recovered_dup_text:
 * @at: a #ZcTime
 *
 * Returns: (transfer full): that what was last typed then was not sent, and is here again (P2)
 */
char *
zc_recovered_dup_text (gint64 at)
{
  g_autofree char *when = dup_when (at);

  return g_strdup_printf (_ ("What you last typed (%s) was not sent yet and has been recovered"), when);
}

/**
 * zc_recovered_dup_opinion_text:
 * @decisions: as they are called
 * @at: a #ZcTime
 *
 * Returns: (transfer full): the same of an opinion, which stands in the dialog of its decision (P2)
 */
char *
zc_recovered_dup_opinion_text (const char *decisions,
                               gint64 at)
{
  g_autofree char *when = dup_when (at);

  return g_strdup_printf (_ ("What you last wrote for %s (%s) was not sent yet and has been recovered"), decisions, when);
}
