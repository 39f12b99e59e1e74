/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-code.h"
#include "zc-id.h"

/* Making and judging verification codes. */

void
zc_code_index (const ZcSeal *seal, const ZcCodeFor *code_for, guint8 index[ZC_SEAL_INDEX_BYTES])
{
  g_autofree char *value = g_strconcat (code_for->channel, ":", code_for->address, NULL);

  zc_seal_index (seal, "code.address", value, index);
}

static void
digest_code (const ZcSeal *seal,
             const ZcCodeFor *code_for,
             const char *code,
             guint8 digest[ZC_SEAL_INDEX_BYTES])
{
  g_autofree char *value = g_strconcat (code_for->purpose, ":", code_for->channel, ":",
                                        code_for->address, ":", code, NULL);

  zc_seal_index (seal, "code.digest", value, digest);
}

/* Even: what is over the largest multiple of a million is thrown again. */
static guint32
throw_six_digits (void)
{
  guint32 number;

  do
    zc_random_bytes (&number, sizeof number);
  while (number >= 4294000000u);
  return number % 1000000;
}

char *
zc_code_make (
    ZcServer *server, ZcStore *store, const ZcCodeFor *code_for, ZcTime now, GError **error)
{
  g_autofree char *code = g_strdup_printf ("%06u", throw_six_digits ());
  guint8 address[ZC_SEAL_INDEX_BYTES], digest[ZC_SEAL_INDEX_BYTES];

  zc_code_index (server->seal, code_for, address);
  digest_code (server->seal, code_for, code, digest);
  if (!zc_store_exec (store, error,
                      "INSERT INTO code (purpose, address, digest, sent_at, expires_at) VALUES "
                      "($1, $2, $3, $4, $5)"
                      " ON CONFLICT (purpose, address) DO UPDATE SET digest = excluded.digest, "
                      "sent_at = excluded.sent_at,"
                      " expires_at = excluded.expires_at, wrong = 0, used_at = NULL",
                      ZC_TEXT (code_for->purpose), ZC_BLOB (address, sizeof address),
                      ZC_BLOB (digest, sizeof digest), ZC_INT (now),
                      ZC_INT (now + server->config->code_seconds * G_GINT64_CONSTANT (1000))))
    return NULL;
  return g_steal_pointer (&code);
}

static gboolean
same_digest (ZcRows *rows, int column, const guint8 digest[ZC_SEAL_INDEX_BYTES])
{
  gsize size;
  const guint8 *stored = zc_rows_blob (rows, column, &size);
  guint8 difference = size != ZC_SEAL_INDEX_BYTES;

  for (gsize i = 0; i < MIN (size, ZC_SEAL_INDEX_BYTES); i++)
    difference |= stored[i] ^ digest[i];
  return difference == 0;
}

/**
 * zc_code_judge:
 * @server: with keys and limits
 * @store: where
 * @code_for: purpose and address
 * @code: what was typed
 * @now: the moment of the request
 * @verdict: (out): what it is
 * @error: of the store
 *
 * Changes nothing: the caller counts or spends.
 *
 * Returns: whether the store answered
 */
gboolean
zc_code_judge (ZcServer *server,
               ZcStore *store,
               const ZcCodeFor *code_for,
               const char *code,
               ZcTime now,
               ZcCodeVerdict *verdict,
               GError **error)
{
  guint8 address[ZC_SEAL_INDEX_BYTES], digest[ZC_SEAL_INDEX_BYTES];
  g_autoptr (ZcRows) rows = NULL;

  zc_code_index (server->seal, code_for, address);
  digest_code (server->seal, code_for, code, digest);
  *verdict = ZC_CODE_WRONG;
  rows = zc_store_query (
      store,
      "SELECT digest, expires_at, wrong, used_at FROM code WHERE purpose = $1 AND address = $2",
      ZC_TEXT (code_for->purpose), ZC_BLOB (address, sizeof address));
  if (zc_rows_next (rows) && zc_rows_integer (rows, 1) > now
      && zc_rows_integer (rows, 2) < server->config->code_tries && same_digest (rows, 0, digest))
    *verdict = zc_rows_is_null (rows, 3) ? ZC_CODE_RIGHT : ZC_CODE_SPENT;
  return zc_rows_end (rows, error);
}

gboolean
zc_code_count_wrong (ZcServer *server, ZcStore *store, const ZcCodeFor *code_for, GError **error)
{
  guint8 address[ZC_SEAL_INDEX_BYTES];

  zc_code_index (server->seal, code_for, address);
  return zc_store_exec (store, error,
                        "UPDATE code SET wrong = wrong + 1 WHERE purpose = $1 AND address = $2",
                        ZC_TEXT (code_for->purpose), ZC_BLOB (address, sizeof address));
}

gboolean
zc_code_spend (
    ZcServer *server, ZcStore *store, const ZcCodeFor *code_for, ZcTime now, GError **error)
{
  guint8 address[ZC_SEAL_INDEX_BYTES];

  zc_code_index (server->seal, code_for, address);
  return zc_store_exec (
      store, error, "UPDATE code SET used_at = $3 WHERE purpose = $1 AND address = $2",
      ZC_TEXT (code_for->purpose), ZC_BLOB (address, sizeof address), ZC_INT (now));
}
