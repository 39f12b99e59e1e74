/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-base32.h"
#include "zc-id.h"
#include "zc-invitation.h"

/* Invitations: 125 random bits, told once, stored as a keyed digest, for 72 hours and one use. One
 * without an inviter is for a body that has no staff yet; afterwards its own leaders name others. */

#define LIFE_MS (72 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define LENGTH 25
#define GROUP 5

#define ACTS_NOW(m) m ".from_at <= $2 AND (" m ".until_at IS NULL OR " m ".until_at > $2)"
#define NO_STAFF                                                                                   \
  "NOT EXISTS (SELECT 1 FROM membership m WHERE m.body = i.body AND " ACTS_NOW ("m") ")"
#define BY_A_LEADER                                                                                \
  "EXISTS (SELECT 1 FROM membership l JOIN account la ON la.id = l.account WHERE l.id = i.inviter" \
  " AND l.role = 'leader' AND la.disabled_at IS NULL AND " ACTS_NOW ("l") ")"
#define MADE_OUT_TO "EXISTS (SELECT 1 FROM account a WHERE a.id = $3 AND a.id_index = i.person)"

static gboolean
drop_former (ZcStore *store, const ZcInvitation *invitation, GError **error)
{
  return invitation->inviter == NULL
         || zc_store_exec (store, error,
                           "DELETE FROM invitation WHERE body = $1 AND role = $2 AND person = $3"
                           " AND used_at IS NULL",
                           ZC_TEXT (invitation->body), ZC_TEXT (invitation->role),
                           ZC_BLOB (invitation->person, ZC_SEAL_INDEX_BYTES));
}

/**
 * zc_invitation_make:
 * @invitation: whose member of staff it makes, and by whom it is made out to whom
 * @id: (out) (optional) (transfer full): of the invitation, which tells nothing of the secret
 * @expires_at: (out) (optional)
 *
 * Returns: (transfer full): the secret in groups; %NULL where there is no such body or role
 */
char *
zc_invitation_make (ZcServer *server,
                    ZcStore *store,
                    const ZcInvitation *invitation,
                    ZcTime now,
                    char **id,
                    ZcTime *expires_at,
                    GError **error)
{
  g_autofree char *code = zc_base32_random (LENGTH), *own = zc_id_new ();
  guint8 digest[ZC_SEAL_INDEX_BYTES];

  zc_seal_index (server->seal, "invitation", code, digest);
  if (!drop_former (store, invitation, error)
      || !zc_store_exec (
          store, error,
          "INSERT INTO invitation (digest, id, body, role, made_at, expires_at, inviter, name,"
          " masked, person) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
          ZC_BLOB (digest, sizeof digest), ZC_TEXT (own), ZC_TEXT (invitation->body),
          ZC_TEXT (invitation->role), ZC_INT (now), ZC_INT (now + LIFE_MS),
          ZC_TEXT (invitation->inviter), ZC_TEXT (invitation->name), ZC_TEXT (invitation->masked),
          ZC_BLOB (invitation->person, ZC_SEAL_INDEX_BYTES)))
    return NULL;
  if (id != NULL)
    *id = g_steal_pointer (&own);
  if (expires_at != NULL)
    *expires_at = now + LIFE_MS;
  return zc_base32_group (code, GROUP);
}

static gboolean
find_usable (ZcStore *store,
             const guint8 *digest,
             const char *account,
             ZcTime now,
             ZcInvited *invited,
             GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT i.body, i.role FROM invitation i WHERE i.digest = $1 AND i.used_at IS NULL"
      " AND i.expires_at > $2 AND CASE WHEN i.inviter IS NULL THEN " NO_STAFF " ELSE " BY_A_LEADER
      " AND " MADE_OUT_TO " END",
      ZC_BLOB (digest, ZC_SEAL_INDEX_BYTES), ZC_INT (now), ZC_TEXT (account));
  gboolean found = zc_rows_next (rows);

  if (found)
    *invited = (ZcInvited){ zc_rows_dup_text (rows, 0), zc_rows_dup_text (rows, 1) };
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!found)
    zc_refusal_set (error, ZC_REFUSAL_WRONG_CODE, "no invitation that can be used");
  return found;
}

/**
 * zc_invitation_use:
 * @typed: the secret as it was typed, in groups or not, in letters of any case
 * @account: who brings it
 * @invited: (out caller-allocates): what it made them; free with zc_invited_clear()
 * @error: wrong-code, whatever is wrong with it: nobody learns which secrets there are
 *
 * Spends an invitation: @account acts for its body from now on (U2, SEC-S18).
 *
 * Returns: whether it could be used
 */
gboolean
zc_invitation_use (ZcServer *server,
                   ZcStore *store,
                   const char *typed,
                   const char *account,
                   ZcTime now,
                   ZcInvited *invited,
                   GError **error)
{
  g_autofree char *code = zc_base32_normal (typed), *membership = zc_id_new ();
  guint8 digest[ZC_SEAL_INDEX_BYTES];

  zc_seal_index (server->seal, "invitation", code, digest);
  return find_usable (store, digest, account, now, invited, error)
         && zc_store_exec (store, error,
                           "INSERT INTO membership (id, account, body, role, from_at)"
                           " VALUES ($1, $2, $3, $4, $5)"
                           " ON CONFLICT (account, body, role) DO UPDATE SET until_at = NULL",
                           ZC_TEXT (membership), ZC_TEXT (account), ZC_TEXT (invited->body),
                           ZC_TEXT (invited->role), ZC_INT (now))
         && zc_store_exec (store, error,
                           "UPDATE invitation SET used_at = $2, account = $3 WHERE digest = $1",
                           ZC_BLOB (digest, sizeof digest), ZC_INT (now), ZC_TEXT (account));
}

void
zc_invited_clear (ZcInvited *invited)
{
  g_clear_pointer (&invited->body, g_free);
  g_clear_pointer (&invited->role, g_free);
}
