/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-membership.h"

/* Who is out is out altogether: sessions are over for good, a request that waits is woken to be
 * refused, and an invitation that lies unused opens no way back. */

static gboolean
end_sessions (ZcStore *store, const char *id, ZcTime now, GError **error)
{
  return zc_store_exec (
      store, error,
      "UPDATE session SET ended_at = $2 WHERE account = (SELECT account FROM membership WHERE id = $1)"
      " AND membership = $1 AND ended_at IS NULL",
      ZC_TEXT (id), ZC_INT (now));
}

static gboolean
wake_body (ZcStore *store, const char *id, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT body FROM membership WHERE id = $1", ZC_TEXT (id));

  if (zc_rows_next (rows))
    {
      g_autofree char *audience = g_strconcat ("b:", zc_rows_text (rows, 0), NULL);

      zc_store_note (store, audience);
    }
  return zc_rows_end (rows, error);
}

/* Gone, not over by now: who brings one at this moment may have been received a moment earlier, and
 * would be let in again. */
static gboolean
void_invitations (ZcStore *store, const char *id, GError **error)
{
  return zc_store_exec (
      store, error,
      "DELETE FROM invitation WHERE used_at IS NULL"
      " AND EXISTS (SELECT 1 FROM membership m JOIN account a ON a.id = m.account"
      " WHERE m.id = $1 AND m.body = invitation.body AND a.id_index = invitation.person)",
      ZC_TEXT (id));
}

/**
 * zc_membership_end:
 * @store: the writer's
 * @id: (nullable): of a membership; %NULL: there is none to end
 * @now: from when on it counts no more
 * @changed: (out): whether it counted until now
 * @error: of the store
 *
 * Ends a membership at once, and the sessions that act for it (U2, SEC-S14): wakes who waits for its
 * body's changes, to be refused, and voids what the person was invited with and has not used.
 *
 * Returns: whether the store did its part
 */
gboolean
zc_membership_end (ZcStore *store, const char *id, ZcTime now, gboolean *changed, GError **error)
{
  if (!zc_store_exec (store, error,
                      "UPDATE membership SET until_at = $2 WHERE id = $1"
                      " AND (until_at IS NULL OR until_at > $2)",
                      ZC_TEXT (id), ZC_INT (now)))
    return FALSE;
  *changed = zc_store_changes (store) > 0;
  return !*changed
         || (end_sessions (store, id, now, error) && void_invitations (store, id, error)
             && wake_body (store, id, error));
}

/**
 * zc_membership_resume:
 * @store: the writer's
 * @id: (nullable): of a membership; %NULL: there is none
 * @changed: (out): whether it had ended
 * @error: of the store
 *
 * Returns: whether the store did its part
 */
gboolean
zc_membership_resume (ZcStore *store, const char *id, gboolean *changed, GError **error)
{
  if (!zc_store_exec (
          store, error,
          "UPDATE membership SET until_at = NULL WHERE id = $1 AND until_at IS NOT NULL",
          ZC_TEXT (id)))
    return FALSE;
  *changed = zc_store_changes (store) > 0;
  return TRUE;
}
