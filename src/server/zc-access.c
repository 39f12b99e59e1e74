/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-access.h"
#include "zc-config.h"
#include "zc-digest.h"
#include "zc-event.h"
#include "zc-id.h"
#include "zc-server.h"

/* Who asks. A token is stored only as its digest; what it may do is read anew at every request, so
 * that ending a session, a membership or an account counts at once. */

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)
#define TOUCH_MS                                                                                   \
  (20 * G_GINT64_CONSTANT (1000)) /* the last use is not written more often than this */
#define SESSION_DAYS 366          /* the end of any session, however much it is used */

void
zc_access_digest_token (const char *token, guint8 digest[ZC_TOKEN_DIGEST_BYTES])
{
  zc_digest (token, strlen (token), digest);
}

static gboolean
is_over (const ZcConfig *config, ZcRows *rows, gboolean staff, ZcTime now)
{
  ZcTime created = zc_rows_integer (rows, 7), used = zc_rows_integer (rows, 8);
  ZcTime idle
      = staff ? config->staff_idle_minutes * MINUTE_MS : config->applicant_idle_days * DAY_MS;

  return now >= zc_rows_integer (rows, 9) || now >= used + idle
         || (staff && now >= created + config->staff_hours * HOUR_MS);
}

static void
read_caller (ZcRequest *request, ZcRows *rows)
{
  ZcCaller caller = {
    .session = zc_rows_dup_text (rows, 0),
    .account = zc_rows_dup_text (rows, 1),
    .membership = zc_rows_dup_text (rows, 2),
    .body = zc_rows_dup_text (rows, 3),
    .body_kind = zc_rows_dup_text (rows, 4),
    .is_leader = g_strcmp0 (zc_rows_text (rows, 5), "leader") == 0,
    .by_code = g_strcmp0 (zc_rows_text (rows, 6), "code") == 0,
    .last_used = zc_rows_integer (rows, 8),
  };

  zc_request_take_caller (request, &caller);
}

/* A membership that has ended makes the session end as well: whoever acted for a body must choose
 * anew. So does one without the second factor where that is required (SEC-S16). Whether it has ended
 * is asked now, not of when the request came: what waited, for a change or for its turn, is too late
 * (SEC-S14). */
static gboolean
find_session (ZcRequest *request, ZcStore *store, GError **error)
{
  guint8 digest[ZC_TOKEN_DIGEST_BYTES];
  g_autoptr (ZcRows) rows = NULL;
  gboolean found;

  zc_access_digest_token (request->token, digest);
  rows = zc_store_query (
      store,
      "SELECT s.id, s.account, m.id, m.body, b.kind, m.role, s.method, s.created_at, "
      "s.last_used_at, "
      "s.expires_at FROM session s JOIN account a ON a.id = s.account "
      "LEFT JOIN membership m ON m.id = s.membership AND m.account = s.account "
      "AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2) "
      "LEFT JOIN body b ON b.id = m.body "
      "WHERE s.token_digest = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL "
      "AND (s.membership IS NULL OR (m.id IS NOT NULL AND (s.factor_at IS NOT NULL OR $3 = 0)))",
      ZC_BLOB (digest, sizeof digest), ZC_INT (zc_time_now ()),
      ZC_INT (request->server->config->staff_second_factor == ZC_FACTOR_REQUIRED ? 1 : 0));
  found
      = zc_rows_next (rows)
        && !is_over (request->server->config, rows, !zc_rows_is_null (rows, 2), request->received);
  if (found)
    read_caller (request, rows);
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!found)
    zc_refusal_set (error, ZC_REFUSAL_SIGNED_OUT, "no such session");
  return found;
}

static gboolean
check_level (const ZcRequest *request, GError **error)
{
  gboolean staff = request->caller.membership != NULL;
  ZcAccess access = request->route->access;

  if ((access == ZC_ACCESS_STAFF && !staff) || (access == ZC_ACCESS_APPLICANT && staff))
    {
      zc_refusal_set (error, ZC_REFUSAL_FORBIDDEN,
                      staff ? "this session acts for a body" : "this session acts for no body");
      return FALSE;
    }
  return TRUE;
}

/**
 * zc_access_check:
 * @request: with its route
 * @store: of this thread
 *
 * Finds out who asks, and whether they may use this route at all.
 */
gboolean
zc_access_check (ZcRequest *request, ZcStore *store, GError **error)
{
  if (request->route->access == ZC_ACCESS_ANYONE)
    return TRUE;
  if (request->token == NULL)
    {
      zc_refusal_set (error, ZC_REFUSAL_SIGNED_OUT, "no token");
      return FALSE;
    }
  return find_session (request, store, error) && check_level (request, error);
}

/**
 * zc_access_needs_touch:
 * @request: whose caller is known
 *
 * Returns: whether the session's last use should be written: somebody is there, and the last note
 * of it is old enough
 */
gboolean
zc_access_needs_touch (const ZcRequest *request)
{
  return request->caller.session != NULL && !request->unattended
         && (request->route->flags & ZC_ROUTE_BACKGROUND) == 0
         && request->received - request->caller.last_used >= TOUCH_MS;
}

gboolean
zc_access_touch (ZcStore *store, const char *session, ZcTime now, GError **error)
{
  return zc_store_exec (store, error,
                        "UPDATE session SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2",
                        ZC_TEXT (session), ZC_INT (now));
}

/**
 * zc_access_begin:
 * @account: who has just shown who they are
 * @device: what they call their computer
 * @method: "password" or "code"
 * @id: (out) (transfer full): of the session
 * @expires_at: (out): when an applicant's session ends if it is not used
 *
 * Returns: (transfer full): the token, stored nowhere but as its digest
 */
char *
zc_access_begin (ZcServer *server,
                 ZcStore *store,
                 const char *account,
                 const char *device,
                 const char *method,
                 ZcTime now,
                 char **id,
                 ZcTime *expires_at,
                 GError **error)
{
  g_autofree char *token = zc_token_new (), *session = zc_id_new ();
  guint8 digest[ZC_TOKEN_DIGEST_BYTES];

  zc_access_digest_token (token, digest);
  if (!zc_store_exec (store, error,
                      "INSERT INTO session (id, token_digest, account, method, device, created_at, "
                      "last_used_at, expires_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
                      ZC_TEXT (session), ZC_BLOB (digest, sizeof digest), ZC_TEXT (account),
                      ZC_TEXT (method), ZC_TEXT (device), ZC_INT (now),
                      ZC_INT (now + SESSION_DAYS * DAY_MS)))
    return NULL;
  *id = g_steal_pointer (&session);
  *expires_at = now + server->config->applicant_idle_days * DAY_MS;
  return g_steal_pointer (&token);
}
