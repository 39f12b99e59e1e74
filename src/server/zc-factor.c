/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-base32.h"
#include "zc-factor.h"
#include "zc-id.h"
#include "zc-person.h"

/* What is stored of second factors, and whether a session has shown one. */

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define CODE_LETTERS 9 /* behind the number: 45 bits */

/**
 * zc_factor_draft_new:
 * @server: whose hashes are used
 * @error: no memory for them
 *
 * The first character of a recovery code is its number, so that only one hash need be tried.
 *
 * Returns: (transfer full): a secret and recovery codes
 */
ZcFactorDraft *
zc_factor_draft_new (ZcServer *server, GError **error)
{
  g_autoptr (ZcFactorDraft) draft = g_new0 (ZcFactorDraft, 1);

  zc_random_bytes (draft->secret, sizeof draft->secret);
  for (int i = 0; i < ZC_FACTOR_RECOVERY_CODES; i++)
    {
      g_autofree char *letters = zc_base32_random (CODE_LETTERS);

      draft->codes[i] = g_strdup_printf ("%d%s", i, letters);
      draft->hashes[i] = zc_password_hash (server->passwords, draft->codes[i], error);
      if (draft->hashes[i] == NULL)
        return NULL;
    }
  return g_steal_pointer (&draft);
}

void
zc_factor_draft_free (ZcFactorDraft *draft)
{
  for (int i = 0; i < ZC_FACTOR_RECOVERY_CODES; i++)
    {
      g_free (draft->codes[i]);
      g_free (draft->hashes[i]);
    }
  g_free (draft);
}

static char *
dup_context (const char *account)
{
  return g_strconcat ("factor.secret:", account, NULL);
}

gboolean
zc_factor_replace_codes (ZcStore *store, const char *account, const ZcFactorDraft *draft, GError **error)
{
  if (!zc_store_exec (store, error, "DELETE FROM recovery_code WHERE account = $1",
                      ZC_TEXT (account)))
    return FALSE;
  for (int i = 0; i < ZC_FACTOR_RECOVERY_CODES; i++)
    if (!zc_store_exec (store, error,
                        "INSERT INTO recovery_code (account, number, hash) VALUES ($1, $2, $3)",
                        ZC_TEXT (account), ZC_INT (i), ZC_TEXT (draft->hashes[i])))
      return FALSE;
  return TRUE;
}

gboolean
zc_factor_begin (ZcServer *server,
                 ZcStore *store,
                 const char *account,
                 const ZcFactorDraft *draft,
                 ZcTime now,
                 GError **error)
{
  g_autofree char *context = dup_context (account);
  gsize size;
  g_autofree guint8 *sealed
      = zc_seal_close (server->seal, context, draft->secret, sizeof draft->secret, &size);

  return zc_store_exec (store, error,
                        "INSERT INTO factor (account, secret, step, created_at) VALUES ($1, $2, 0, $3)"
                        " ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, step = 0,"
                        " created_at = excluded.created_at, confirmed_at = NULL",
                        ZC_TEXT (account), ZC_BLOB (sealed, size), ZC_INT (now))
         && zc_factor_replace_codes (store, account, draft, error);
}

static gboolean
open_secret (ZcServer *server, const char *account, ZcRows *rows, ZcFactor *factor, GError **error)
{
  g_autofree char *context = dup_context (account);
  gsize sealed_size, size;
  const void *sealed = zc_rows_blob (rows, 0, &sealed_size);
  g_autofree char *secret = zc_seal_open (server->seal, context, sealed, sealed_size, &size, error);

  if (secret == NULL)
    return FALSE;
  memcpy (factor->secret, secret, MIN (size, sizeof factor->secret));
  return TRUE;
}

/**
 * zc_factor_load:
 * @factor: (out): what there is; all zero where there is nothing
 *
 * Returns: whether the store and the seal answered
 */
gboolean
zc_factor_load (
    ZcServer *server, ZcStore *store, const char *account, ZcFactor *factor, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT secret, step, confirmed_at FROM factor WHERE account = $1", ZC_TEXT (account));

  *factor = (ZcFactor){ 0 };
  if (zc_rows_next (rows))
    {
      factor->known = TRUE;
      factor->step = zc_rows_integer (rows, 1);
      factor->confirmed = !zc_rows_is_null (rows, 2);
      if (!open_secret (server, account, rows, factor, error))
        return FALSE;
    }
  return zc_rows_end (rows, error);
}

gboolean
zc_factor_count_codes (ZcStore *store, const char *account, gint64 *left, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT COUNT (*) FROM recovery_code WHERE account = $1 AND used_at IS NULL", ZC_TEXT (account));

  *left = zc_rows_next (rows) ? zc_rows_integer (rows, 0) : 0;
  return zc_rows_end (rows, error);
}

gboolean
zc_factor_remove (ZcStore *store, const char *account, ZcTime now, GError **error)
{
  return zc_store_exec (store, error, "DELETE FROM recovery_code WHERE account = $1",
                        ZC_TEXT (account))
         && zc_store_exec (store, error, "DELETE FROM factor WHERE account = $1", ZC_TEXT (account))
         && zc_store_exec (store, error,
                           "UPDATE session SET ended_at = $2 WHERE account = $1 AND ended_at IS NULL",
                           ZC_TEXT (account), ZC_INT (now));
}

gboolean
zc_factor_find_hash (
    ZcStore *store, const char *account, int number, char **hash, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT r.hash FROM recovery_code r JOIN factor f ON f.account = r.account"
      " WHERE r.account = $1 AND r.number = $2 AND r.used_at IS NULL AND f.confirmed_at IS NOT NULL",
      ZC_TEXT (account), ZC_INT (number));

  *hash = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : NULL;
  return zc_rows_end (rows, error);
}

/**
 * zc_factor_pass:
 * @request: of the session that wants to act for a body
 * @store: of the handler
 *
 * A factor that was shown counts for the session, but not beyond the idle time of staff: who acts
 * for themselves in between must show it anew after that.
 *
 * Returns: whether it may
 */
gboolean
zc_factor_pass (const ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcConfig *config = request->server->config;
  g_autoptr (ZcRows) rows = NULL;
  gboolean shown = FALSE, enrolled = FALSE;

  if (config->staff_second_factor == ZC_FACTOR_OFF)
    return TRUE;
  rows = zc_store_query (store,
                         "SELECT s.factor_at, f.confirmed_at FROM session s"
                         " LEFT JOIN factor f ON f.account = s.account WHERE s.id = $1",
                         ZC_TEXT (request->caller.session));
  if (zc_rows_next (rows))
    {
      shown = !zc_rows_is_null (rows, 0)
              && request->received
                     < request->caller.last_used + config->staff_idle_minutes * MINUTE_MS;
      enrolled = !zc_rows_is_null (rows, 1);
    }
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (shown || (!enrolled && config->staff_second_factor == ZC_FACTOR_OFFERED))
    return TRUE;
  if (enrolled)
    zc_refusal_set (error, ZC_REFUSAL_SECOND_FACTOR, "PUT /v1/sessions/current/factor first");
  else
    zc_refusal_set (error, ZC_REFUSAL_NO_FACTOR, "POST /v1/factor first, then show a code of it");
  return FALSE;
}

gboolean
zc_factor_tell_owner (
    ZcServer *server, ZcStore *store, const char *account, const char *text, GError **error)
{
  g_autoptr (ZcPerson) person = zc_person_load (server, store, account, error);

  return person != NULL
         && zc_outbox_add (server, store, "sms", person->mobile, "second-factor", text, error);
}
