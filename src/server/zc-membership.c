/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-membership.h"

/* Who is out is out altogether: a request that waits is woken to be refused, and an invitation that
 * lies unused opens no way back. */

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

static gboolean
void_invitations (ZcStore *store, const char *id, ZcTime now, GError **error)
{
  return zc_store_exec (
      store, error,
      "UPDATE invitation SET expires_at = $2 WHERE used_at IS NULL AND expires_at > $2"
      " AND EXISTS (SELECT 1 FROM membership m JOIN account a ON a.id = m.account"
      " WHERE m.id = $1 AND m.body = invitation.body AND a.id_index = invitation.person)",
      ZC_TEXT (id), ZC_INT (now));
}

gboolean
zc_membership_end (ZcStore *store, const char *id, ZcTime now, gboolean *changed, GError **error)
{
  if (!zc_store_exec (store, error,
                      "UPDATE membership SET until_at = $2 WHERE id = $1"
                      " AND (until_at IS NULL OR until_at > $2)",
                      ZC_TEXT (id), ZC_INT (now)))
    return FALSE;
  *changed = zc_store_changes (store) > 0;
  return !*changed || (void_invitations (store, id, now, error) && wake_body (store, id, error));
}

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
