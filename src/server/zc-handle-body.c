/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-reading.h"
#include "zc-server.h"

/* A body as its leaders and the office that it reports to see it (U2): head and branches, and the log
 * of its names, seals and heads. To everybody else it is not there: who has the picture of a seal can
 * forge it. */

static ZcRows *
find_body (const ZcRequest *request, ZcStore *store)
{
  const ZcCaller *caller = &request->caller;

  return zc_store_query (
      store,
      "SELECT b.id, b.kind, b.name, b.credit_code, b.created_at, h.id, h.name, h.credit_code,"
      " o.id, o.name FROM body b LEFT JOIN body h ON h.id = b.head"
      " LEFT JOIN body o ON o.id = b.office"
      " WHERE b.id = $1 AND ((b.id = $2 AND $3 = 1) OR b.office = $2)",
      ZC_TEXT (zc_request_param (request, "id")), ZC_TEXT (caller->body),
      ZC_INT (caller->is_leader));
}

static gboolean
refuse_unknown (GError **error)
{
  zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such body, or none to see");
  return FALSE;
}

/* Columns from there on: id, name, and where @coded the credit code. */
static void
write_other (ZcJsonWriter *writer, const char *key, ZcRows *rows, int column, gboolean coded)
{
  if (zc_rows_is_null (rows, column))
    {
      zc_json_add_string (writer, key, NULL);
      return;
    }
  zc_json_begin_object (writer, key);
  zc_json_add_string (writer, "id", zc_rows_text (rows, column));
  zc_json_add_string (writer, "name", zc_rows_text (rows, column + 1));
  if (coded)
    zc_json_add_string (writer, "credit_code", zc_rows_text (rows, column + 2));
  zc_json_end_object (writer);
}

static gboolean
write_body (const ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows = find_body (request, store);
  gboolean known = zc_rows_next (rows);

  if (known)
    {
      zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
      zc_json_add_string (writer, "kind", zc_rows_text (rows, 1));
      zc_json_add_string (writer, "name", zc_rows_text (rows, 2));
      zc_json_add_string (writer, "credit_code", zc_rows_text (rows, 3));
      zc_json_add_time (writer, "since", zc_rows_integer (rows, 4));
      write_other (writer, "head", rows, 5, TRUE);
      write_other (writer, "office", rows, 8, FALSE);
    }
  if (!zc_rows_end (rows, error))
    return FALSE;
  return known || refuse_unknown (error);
}

static gboolean
write_branches (const ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, name, credit_code FROM body WHERE head = $1 ORDER BY name, id",
      ZC_TEXT (zc_request_param (request, "id")));

  zc_json_begin_array (writer, "branches");
  while (zc_rows_next (rows))
    write_other (writer, NULL, rows, 0, TRUE);
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

/* A head is told by its present name. Which officer decided is told to the office, not to the unit: there the office has decided. */
static void
write_change (const ZcRequest *request, ZcRows *rows, ZcJsonWriter *writer)
{
  gboolean office = g_strcmp0 (zc_rows_text (rows, 8), request->caller.body) == 0;

  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "what", zc_rows_text (rows, 0));
  zc_json_add_string (writer, "from", zc_rows_text (rows, 1));
  zc_json_add_string (writer, "to", zc_rows_text (rows, 2));
  zc_json_add_time (writer, "at", zc_rows_integer (rows, 3));
  zc_json_add_string (writer, "dossier", zc_rows_text (rows, 4));
  zc_json_add_string (writer, "requested_by", zc_rows_text (rows, 5));
  zc_json_begin_object (writer, "decided_by");
  zc_json_add_string (writer, "name", office ? zc_rows_text (rows, 6) : NULL);
  zc_json_add_string (writer, "body", zc_rows_text (rows, 7));
  zc_json_end_object (writer);
  zc_json_end_object (writer);
}

static gboolean
write_changes (const ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT c.what, coalesce (w.name, c.was), coalesce (b.name, c.became), e.at, c.dossier,"
      " f.name, a.name, o.name, o.id"
      " FROM body_change c JOIN event e ON e.seq = c.event JOIN dossier d ON d.id = c.dossier"
      " LEFT JOIN body w ON c.what = 'head' AND w.id = c.was"
      " LEFT JOIN body b ON c.what = 'head' AND b.id = c.became"
      " JOIN account f ON f.id = d.account JOIN account a ON a.id = c.decided_by"
      " LEFT JOIN body o ON o.id = d.office WHERE c.body = $1 ORDER BY c.event DESC, c.what",
      ZC_TEXT (zc_request_param (request, "id")));

  zc_json_begin_array (writer, "changes");
  while (zc_rows_next (rows))
    write_change (request, rows, writer);
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

ZcReply *
zc_handle_body_get (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  if (!write_body (request, store, &writer, error)
      || !write_branches (request, store, &writer, error)
      || !write_changes (request, store, &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

static gboolean
check_body (const ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = find_body (request, store);
  gboolean known = zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  return known || refuse_unknown (error);
}

/* Only an image that was a seal of this body. Who looks at it leaves a row by the dossier that it came
 * by: see above. */
static gboolean
open_seal (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT dossier FROM body_change WHERE body = $1 AND what = 'seal' AND became = $2"
      " ORDER BY event DESC LIMIT 1",
      ZC_TEXT (zc_request_param (request, "id")), ZC_TEXT (zc_request_param (request, "sha256")));
  g_autofree char *dossier = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : NULL;

  if (!zc_rows_end (rows, error))
    return FALSE;
  return dossier != NULL ? zc_reading_note (request, ZC_READING_SEAL, dossier, store, error)
                         : refuse_unknown (error);
}

ZcReply *
zc_handle_body_seal_get (ZcRequest *request, ZcStore *store, GError **error)
{
  const char *sha256 = zc_request_param (request, "sha256");
  ZcReply *reply;

  if (!check_body (request, store, error) || !open_seal (request, store, error))
    return NULL;
  reply = zc_reply_file (200, "image/jpeg", zc_blobs_path (request->server->blobs, sha256));
  reply->etag = g_strdup_printf ("\"%s\"", sha256);
  reply->attachment = TRUE;
  return reply;
}
