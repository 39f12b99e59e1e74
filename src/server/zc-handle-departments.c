/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-page.h"
#include "zc-store.h"

/* Where a unit or a department may send a dossier on to, and whom it may ask there (U6); whom of its own
 * people a leader may ask (P10): for staff alone, names and nothing else of these people. */

static gboolean
write_people (ZcJsonWriter *writer,
              const char *key,
              const ZcRequest *request,
              ZcStore *store,
              const char *body,
              GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT m.id, a.name, m.role FROM membership m JOIN account a ON a.id = m.account"
      " WHERE m.body = $1 AND m.from_at <= $2 AND (m.until_at IS NULL OR m.until_at > $2)"
      " AND a.disabled_at IS NULL ORDER BY CASE m.role WHEN 'leader' THEN 0 ELSE 1 END, a.name, "
      "m.id",
      ZC_TEXT (body), ZC_INT (request->received));

  zc_json_begin_array (writer, key);
  while (zc_rows_next (rows))
    {
      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
      zc_json_add_string (writer, "name", zc_rows_text (rows, 1));
      zc_json_add_string (writer, "role", zc_rows_text (rows, 2));
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

static gboolean
write_department (
    ZcJsonWriter *writer, const ZcRequest *request, ZcStore *store, ZcRows *rows, GError **error)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
  zc_json_add_string (writer, "name", zc_rows_text (rows, 1));
  zc_json_add_string (writer, "region", zc_rows_text (rows, 2));
  zc_json_add_bool (writer, "superior", zc_rows_integer (rows, 3) == 0);
  if (!write_people (writer, "people", request, store, zc_rows_text (rows, 0), error))
    return FALSE;
  zc_json_end_object (writer);
  return TRUE;
}

/* The caller's own superior first, then those of its region; never the caller's body itself. */
ZcReply *
zc_handle_departments (ZcRequest *request, ZcStore *store, GError **error)
{
  g_auto (ZcPage) page = { 0 };
  g_autofree char *q = NULL, *pattern = NULL, *next = NULL;
  g_autoptr (ZcReply) reply = NULL;
  g_autoptr (ZcRows) rows = NULL;
  ZcJsonWriter writer;
  int n = 0;

  if (!zc_page_read (request, &page, error))
    return NULL;
  q = zc_page_search (request, "q", error);
  if (q == NULL)
    return NULL;
  pattern = zc_page_pattern (q);
  rows = zc_store_query (
      store,
      "SELECT id, name, region, later FROM (SELECT b.id, b.name, b.region, CASE WHEN b.id = "
      "own.parent"
      " THEN 0 WHEN b.region = own.region THEN 1 ELSE 2 END AS later FROM body b, body own"
      " WHERE own.id = $2 AND b.kind = 'department' AND b.id <> $2 AND b.name LIKE $1 ESCAPE '\\')"
      " AS found WHERE $3 = 0 OR (later, name) > ($4, $5) ORDER BY later, name LIMIT $6",
      ZC_TEXT (pattern), ZC_TEXT (request->caller.body), ZC_INT (page.after), ZC_INT (page.number),
      ZC_TEXT (page.text), ZC_INT (page.limit + 1));
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    {
      if (n++ == page.limit)
        break;
      if (!write_department (&writer, request, store, rows, error))
        return NULL;
      g_free (next);
      next = zc_page_cursor (zc_rows_integer (rows, 3), zc_rows_text (rows, 1));
    }
  zc_json_end_array (&writer);
  zc_json_add_string (&writer, "next", n > page.limit ? next : NULL);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}

/* Who may act for the caller's own body. */
ZcReply *
zc_handle_colleagues (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  if (!write_people (&writer, "items", request, store, request->caller.body, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}
