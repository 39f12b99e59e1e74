/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-change.h"
#include "zc-server.h"
#include "zc-workflow.h"

/* The change feed: writing it, reading it, and GET /v1/changes. */

#define PAGE 500

/**
 * zc_change_move:
 * @audience: "a:ACCOUNT" or "b:BODY"
 * @dossier: what changed
 * @version: its version now
 * @gone: whether the audience no longer sees it
 *
 * Moves the audience's row of that dossier to the end of the feed, and has the audience woken after
 * the commit.
 */
gboolean
zc_change_move (ZcStore *store,
                const char *audience,
                const char *dossier,
                gint64 version,
                gboolean gone,
                ZcTime now,
                GError **error)
{
  if (!zc_store_exec (store, error, "UPDATE counter SET value = value + 1 WHERE name = 'change'")
      || !zc_store_exec (
          store, error,
          "INSERT INTO change (audience, dossier, seq, version, gone, at) "
          "VALUES ($1, $2, (SELECT value FROM counter WHERE name = 'change'), $3, $4, $5) "
          "ON CONFLICT (audience, dossier) DO UPDATE SET seq = excluded.seq, version = "
          "excluded.version, "
          "gone = excluded.gone, at = excluded.at",
          ZC_TEXT (audience), ZC_TEXT (dossier), ZC_INT (version), ZC_INT (gone ? 1 : 0),
          ZC_INT (now)))
    return FALSE;
  zc_store_note (store, audience);
  return TRUE;
}

gboolean
zc_change_account (ZcStore *store,
                   const char *account,
                   const char *dossier,
                   gint64 version,
                   gboolean gone,
                   ZcTime now,
                   GError **error)
{
  g_autofree char *audience = g_strconcat ("a:", account, NULL);

  return zc_change_move (store, audience, dossier, version, gone, now, error);
}

gboolean
zc_change_body (ZcStore *store,
                const char *body,
                const char *dossier,
                gint64 version,
                gboolean gone,
                ZcTime now,
                GError **error)
{
  g_autofree char *audience = g_strconcat ("b:", body, NULL);

  return zc_change_move (store, audience, dossier, version, gone, now, error);
}

/**
 * zc_change_business:
 * @store: in a transaction
 * @business: id of a business
 * @revision: a new revision of it
 * @now: when it was published
 * @error: of the store
 *
 * Tells the owners of what can be edited in a former revision: it can be moved to this one now
 * (decisions 16). Whoever waits at a server of another process hears of it when that wait is over.
 *
 * Returns: whether it was written
 */
gboolean
zc_change_business (
    ZcStore *store, const char *business, int revision, ZcTime now, GError **error)
{
  return zc_store_exec (
             store, error,
             "INSERT INTO change (audience, dossier, seq, version, gone, at)"
             " SELECT 'a:' || d.account, d.id, c.value + ROW_NUMBER () OVER (ORDER BY d.id),"
             " d.version, 0, CAST ($1 AS BIGINT) FROM dossier d, counter c WHERE c.name = 'change'"
             " AND d.business = $2 AND d.revision < $3 AND d.stage = $4 AND d.state IN ($5, $6, $7)"
             " ON CONFLICT (audience, dossier) DO UPDATE SET seq = excluded.seq,"
             " version = excluded.version, gone = excluded.gone, at = excluded.at",
             ZC_INT (now), ZC_TEXT (business), ZC_INT (revision),
             ZC_TEXT (zc_stage_to_string (ZC_STAGE_APPLICANT)),
             ZC_TEXT (zc_state_to_string (ZC_STATE_DRAFT)),
             ZC_TEXT (zc_state_to_string (ZC_STATE_WITHDRAWN)),
             ZC_TEXT (zc_state_to_string (ZC_STATE_RETURNED)))
         && zc_store_exec (store, error,
                           "UPDATE counter SET value = value + $1 WHERE name = 'change'",
                           ZC_INT (zc_store_changes (store)));
}

static gboolean
read_end (ZcStore *store, gint64 *seq, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT value FROM counter WHERE name = 'change'");

  *seq = zc_rows_next (rows) ? zc_rows_integer (rows, 0) : 0;
  return zc_rows_end (rows, error);
}

static char *
format_cursor (ZcServer *server, gint64 seq)
{
  return g_strdup_printf ("%s.%" G_GINT64_FORMAT, server->epoch, seq);
}

char *
zc_change_cursor (ZcServer *server, ZcStore *store, GError **error)
{
  gint64 seq;

  return read_end (store, &seq, error) ? format_cursor (server, seq) : NULL;
}

static gboolean
read_floor (ZcStore *store, gint64 *floor, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT value FROM setting WHERE name = 'change_floor'");

  *floor = zc_rows_next (rows) ? g_ascii_strtoll (zc_rows_text (rows, 0), NULL, 10) : 0;
  return zc_rows_end (rows, error);
}

gboolean
zc_change_parse (ZcServer *server, ZcStore *store, const char *cursor, gint64 *seq, GError **error)
{
  const char *dot = strrchr (cursor, '.');
  guint64 number;
  gint64 floor, end;

  if (dot == NULL || !g_ascii_string_to_unsigned (dot + 1, 10, 0, G_MAXINT64, &number, NULL))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "since is no cursor");
      return FALSE;
    }
  *seq = (gint64)number;
  if (!read_floor (store, &floor, error) || !read_end (store, &end, error))
    return FALSE;
  if (strlen (server->epoch) == (gsize)(dot - cursor) && g_str_has_prefix (cursor, server->epoch)
      && *seq >= floor && *seq <= end)
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_GONE, "the cursor is of another epoch, or too old");
  return FALSE;
}

/* Writes what came after *seq and moves it on; FALSE with *n_items 0 and no error: nothing. */
static gboolean
write_items (ZcStore *store,
             const char *audience,
             gint64 *seq,
             ZcJsonWriter *writer,
             guint *n_items,
             GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT seq, dossier, version, gone FROM change WHERE audience = $1 AND seq > $2 "
      "ORDER BY seq LIMIT $3",
      ZC_TEXT (audience), ZC_INT (*seq), ZC_INT (PAGE));

  zc_json_begin_array (writer, NULL);
  while (zc_rows_next (rows))
    {
      *seq = zc_rows_integer (rows, 0);
      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "dossier", zc_rows_text (rows, 1));
      zc_json_add_integer (writer, "version", zc_rows_integer (rows, 2));
      zc_json_add_bool (writer, "gone", zc_rows_integer (rows, 3) != 0);
      zc_json_end_object (writer);
      (*n_items)++;
    }
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

static char *
caller_audience (const ZcRequest *request)
{
  const ZcCaller *caller = &request->caller;

  return caller->body != NULL ? g_strconcat ("b:", caller->body, NULL)
                              : g_strconcat ("a:", caller->account, NULL);
}

/* How many seconds to wait: 0 where the client says nothing. */
static gboolean
read_wait (const ZcRequest *request, gint64 *seconds, GError **error)
{
  const char *text = zc_request_query (request, "wait");
  guint64 number = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, 3600, &number, NULL))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "wait is no number of seconds");
      return FALSE;
    }
  *seconds = (gint64)MIN (number, (guint64)request->server->config->wait_seconds);
  return TRUE;
}

static ZcReply *
reply_cursor (ZcRequest *request, gint64 seq, GString *items)
{
  g_autofree char *cursor = format_cursor (request->server, seq);
  ZcJsonWriter writer;
  ZcReply *reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "cursor", cursor);
  zc_json_add_raw (&writer, "items", items != NULL ? items->str : "[]");
  zc_json_end_object (&writer);
  return reply;
}

/**
 * zc_change_handle:
 *
 * GET /v1/changes?since=&wait=: at once when something came after the cursor or there is none;
 * otherwise when something comes, or with no items when the wait is over.
 *
 * Returns: (transfer full) (nullable): %NULL without an error: it waits
 */
ZcReply *
zc_change_handle (ZcRequest *request, ZcStore *store, GError **error)
{
  const char *since = zc_request_query (request, "since");
  g_autofree char *audience = caller_audience (request);
  g_autoptr (GString) items = g_string_new (NULL);
  ZcJsonWriter writer;
  gint64 seq, seconds;
  guint n_items = 0;

  if (!read_wait (request, &seconds, error))
    return NULL;
  if (since == NULL)
    return read_end (store, &seq, error) ? reply_cursor (request, seq, NULL) : NULL;
  zc_json_writer_init (&writer, items);
  if (!zc_change_parse (request->server, store, since, &seq, error)
      || !write_items (store, audience, &seq, &writer, &n_items, error))
    return NULL;
  if (n_items > 0 || request->timed_out || seconds == 0)
    return reply_cursor (request, seq, items);
  zc_request_wait (request, audience, request->received + seconds * 1000);
  return NULL;
}
