/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-base32.h"
#include "zc-id.h"
#include "zc-invitation.h"

/* Invitations: 125 random bits, told once, stored as a keyed digest, for 72 hours and one use. Only
 * a body that has no staff yet takes one: afterwards its own people name others. */

#define LIFE_MS (72 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define LENGTH 25
#define GROUP 5

#define NO_STAFF                                                                                   \
  "NOT EXISTS (SELECT 1 FROM membership m WHERE m.body = i.body AND m.from_at <= $2"               \
  " AND (m.until_at IS NULL OR m.until_at > $2))"

/**
 * zc_invitation_make:
 * @body: whose first member of staff it makes
 * @role: "clerk" or "leader"
 *
 * Returns: (transfer full): the secret in groups; %NULL where there is no such body or role
 */
char *
zc_invitation_make (ZcServer *server,
                    ZcStore *store,
                    const char *body,
                    const char *role,
                    ZcTime now,
                    GError **error)
{
  g_autofree char *code = zc_base32_random (LENGTH);
  guint8 digest[ZC_SEAL_INDEX_BYTES];

  zc_seal_index (server->seal, "invitation", code, digest);
  if (!zc_store_exec (store, error,
                      "INSERT INTO invitation (digest, body, role, made_at, expires_at)"
                      " VALUES ($1, $2, $3, $4, $5)",
                      ZC_BLOB (digest, sizeof digest), ZC_TEXT (body), ZC_TEXT (role), ZC_INT (now),
                      ZC_INT (now + LIFE_MS)))
    return NULL;
  return zc_base32_group (code, GROUP);
}

gboolean
zc_invitation_use (ZcServer *server,
                   ZcStore *store,
                   const char *typed,
                   const char *account,
                   ZcTime now,
                   GError **error)
{
  g_autofree char *code = zc_base32_normal (typed), *membership = zc_id_new ();
  guint8 digest[ZC_SEAL_INDEX_BYTES];

  zc_seal_index (server->seal, "invitation", code, digest);
  if (!zc_store_exec (store, error,
                      "INSERT INTO membership (id, account, body, role, from_at)"
                      " SELECT $3, $4, i.body, i.role, $2 FROM invitation i WHERE i.digest = $1"
                      " AND i.used_at IS NULL AND i.expires_at > $2 AND " NO_STAFF
                      " ON CONFLICT (account, body, role) DO UPDATE SET until_at = NULL",
                      ZC_BLOB (digest, sizeof digest), ZC_INT (now), ZC_TEXT (membership),
                      ZC_TEXT (account)))
    return FALSE;
  if (zc_store_changes (store) == 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_WRONG_CODE, "no invitation that can be used");
      return FALSE;
    }
  return zc_store_exec (store, error,
                        "UPDATE invitation SET used_at = $2, account = $3 WHERE digest = $1",
                        ZC_BLOB (digest, sizeof digest), ZC_INT (now), ZC_TEXT (account));
}
