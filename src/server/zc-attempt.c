/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-attempt.h"
#include "zc-refusal.h"
#include "zc-seal.h"

/* Counters of attempts. A row whose span is over counts as none. */

#define MAX_DELAY_MS (60 * 60 * G_GINT64_CONSTANT (1000))

gboolean
zc_attempt_read (
    ZcStore *store, const ZcAttempt *attempt, ZcTime now, ZcAttempts *attempts, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT count, since, until FROM attempt WHERE kind = $1 AND subject = $2 AND until > $3",
      ZC_TEXT (attempt->kind), ZC_BLOB (attempt->subject, ZC_SEAL_INDEX_BYTES), ZC_INT (now));

  *attempts = (ZcAttempts){ 0 };
  if (zc_rows_next (rows))
    *attempts = (ZcAttempts){
      .count = (int)zc_rows_integer (rows, 0),
      .since = zc_rows_integer (rows, 1),
      .until = zc_rows_integer (rows, 2),
    };
  return zc_rows_end (rows, error);
}

gboolean
zc_attempt_add (ZcStore *store,
                const ZcAttempt *attempt,
                ZcTime now,
                gint64 span_ms,
                gboolean renew,
                GError **error)
{
  return zc_store_exec (
      store, error,
      "INSERT INTO attempt (kind, subject, count, since, until) VALUES ($1, $2, 1, $3, $4)"
      " ON CONFLICT (kind, subject) DO UPDATE SET"
      " count = CASE WHEN attempt.until > $3 THEN attempt.count + 1 ELSE 1 END,"
      " since = CASE WHEN attempt.until > $3 AND $5 = 0 THEN attempt.since ELSE $3 END,"
      " until = CASE WHEN attempt.until > $3 AND $5 = 0 THEN attempt.until ELSE $4 END",
      ZC_TEXT (attempt->kind), ZC_BLOB (attempt->subject, ZC_SEAL_INDEX_BYTES), ZC_INT (now),
      ZC_INT (now + span_ms), ZC_INT (renew ? 1 : 0));
}

gboolean
zc_attempt_clear (ZcStore *store, const ZcAttempt *attempt, GError **error)
{
  return zc_store_exec (store, error, "DELETE FROM attempt WHERE kind = $1 AND subject = $2",
                        ZC_TEXT (attempt->kind), ZC_BLOB (attempt->subject, ZC_SEAL_INDEX_BYTES));
}

int
zc_attempt_seconds (ZcTime until, ZcTime now)
{
  return (int)MAX (1, (until - now + 999) / 1000);
}

/* The delay doubles with each further round of wrong tries, up to an hour: slowed down, never
 * locked out. */
static gint64
reckon_delay (const ZcConfig *config, int count)
{
  gint64 delay = config->sign_in_delay_seconds * G_GINT64_CONSTANT (1000);

  if (count < config->sign_in_tries)
    return 0;
  for (int i = count / config->sign_in_tries; i > 1 && delay < MAX_DELAY_MS; i--)
    delay *= 2;
  return MIN (delay, MAX_DELAY_MS);
}

gboolean
zc_attempt_refuse (ZcRefusal code, ZcTime until, ZcTime now, GError **error)
{
  GError *refusal = zc_refusal_new (code, "too many wrong tries");

  zc_refusal_set_retry (refusal, zc_attempt_seconds (until, now));
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
zc_attempt_pass (
    ZcStore *store, const ZcAttempt *attempt, const ZcConfig *config, ZcTime now, GError **error)
{
  ZcAttempts attempts;
  gint64 delay;

  if (!zc_attempt_read (store, attempt, now, &attempts, error))
    return FALSE;
  delay = reckon_delay (config, attempts.count);
  if (delay > 0 && now < attempts.since + delay)
    return zc_attempt_refuse (ZC_REFUSAL_LOCKED, attempts.since + delay, now, error);
  return TRUE;
}
