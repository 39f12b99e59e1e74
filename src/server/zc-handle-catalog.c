/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-id.h"
#include "zc-page.h"
#include "zc-server.h"

/* The catalogue: what a dossier can be addressed to. It changes seldom: replies carry a digest as
 * ETag. */

static ZcReply *
make_cacheable (ZcReply *reply)
{
  g_autofree char *digest = zc_sha256_hex (reply->text->str, reply->text->len);

  reply->etag = g_strdup_printf ("\"%.16s\"", digest);
  reply->cacheable = TRUE;
  return reply;
}

static void
write_named (ZcJsonWriter *writer, const char *key, const char *id, const char *name)
{
  zc_json_begin_object (writer, key);
  zc_json_add_string (writer, "id", id);
  zc_json_add_string (writer, "name", name);
  zc_json_end_object (writer);
}

static ZcReply *
list_named (ZcRows *rows, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    write_named (&writer, NULL, zc_rows_text (rows, 0), zc_rows_text (rows, 1));
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? make_cacheable (g_steal_pointer (&reply)) : NULL;
}

ZcReply *
zc_handle_levels (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store, "SELECT id, name FROM level ORDER BY position");

  return list_named (rows, error);
}

ZcReply *
zc_handle_regions (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store, "SELECT id, name FROM region ORDER BY position");

  return list_named (rows, error);
}

ZcReply *
zc_handle_series (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autofree char *series = NULL;
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT s.id, s.name, l.id, sl.names, sl.exam_only FROM series s"
             " JOIN series_level sl ON sl.series = s.id JOIN level l ON l.id = sl.level"
             " ORDER BY s.position, l.position");

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    {
      if (g_strcmp0 (series, zc_rows_text (rows, 0)) != 0)
        {
          if (series != NULL)
            {
              zc_json_end_array (&writer);
              zc_json_end_object (&writer);
            }
          g_free (series);
          series = zc_rows_dup_text (rows, 0);
          zc_json_begin_object (&writer, NULL);
          zc_json_add_string (&writer, "id", series);
          zc_json_add_string (&writer, "name", zc_rows_text (rows, 1));
          zc_json_begin_array (&writer, "levels");
        }
      zc_json_begin_object (&writer, NULL);
      zc_json_add_string (&writer, "id", zc_rows_text (rows, 2));
      zc_json_add_raw (&writer, "names", zc_rows_text (rows, 3));
      zc_json_add_bool (&writer, "exam_only", zc_rows_integer (rows, 4) != 0);
      zc_json_end_object (&writer);
    }
  if (series != NULL)
    {
      zc_json_end_array (&writer);
      zc_json_end_object (&writer);
    }
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? make_cacheable (g_steal_pointer (&reply)) : NULL;
}

/* Keeps % and _ of what was typed from meaning "anything". */
static char *
escape_like (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("%_\\", *c) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  g_string_append_c (pattern, '%');
  return g_string_free_and_steal (pattern);
}

static void
write_unit (ZcJsonWriter *writer, ZcRows *rows)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
  zc_json_add_string (writer, "name", zc_rows_text (rows, 1));
  zc_json_add_string (writer, "credit_code", zc_rows_text (rows, 2));
  zc_json_add_string (writer, "region", zc_rows_text (rows, 3));
  zc_json_end_object (writer);
}

/* Part of a name, or a whole credit code. Those whose name begins with it come first; then by name.
 */
ZcReply *
zc_handle_units (ZcRequest *request, ZcStore *store, GError **error)
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
  pattern = escape_like (q);
  rows = zc_store_query (
      store,
      "SELECT id, name, credit_code, region, later FROM (SELECT id, name, credit_code, region,"
      " CASE WHEN name LIKE substr ($1, 2) ESCAPE '\\' THEN 0 ELSE 1 END AS later FROM body"
      " WHERE kind = 'unit' AND (name LIKE $1 ESCAPE '\\' OR credit_code = upper ($2))) AS found"
      " WHERE $3 = 0 OR (later, name) > ($4, $5) ORDER BY later, name LIMIT $6",
      ZC_TEXT (pattern), ZC_TEXT (q), ZC_INT (page.after), ZC_INT (page.number),
      ZC_TEXT (page.text), ZC_INT (page.limit + 1));
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    {
      if (n++ == page.limit)
        break;
      write_unit (&writer, rows);
      g_free (next);
      next = zc_page_cursor (zc_rows_integer (rows, 4), zc_rows_text (rows, 1));
    }
  zc_json_end_array (&writer);
  zc_json_add_string (&writer, "next", n > page.limit ? next : NULL);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}

ZcReply *
zc_handle_offices (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT id, name, region, level FROM body WHERE kind = 'office' ORDER BY region, name");

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    {
      zc_json_begin_object (&writer, NULL);
      zc_json_add_string (&writer, "id", zc_rows_text (rows, 0));
      zc_json_add_string (&writer, "name", zc_rows_text (rows, 1));
      zc_json_add_string (&writer, "region", zc_rows_text (rows, 2));
      zc_json_add_string (&writer, "level", zc_rows_text (rows, 3));
      zc_json_end_object (&writer);
    }
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? make_cacheable (g_steal_pointer (&reply)) : NULL;
}

static void
write_committee (ZcJsonWriter *writer, ZcRows *rows, ZcTime now)
{
  ZcTime start = zc_rows_integer (rows, 7), end = zc_rows_integer (rows, 8);

  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
  zc_json_add_string (writer, "name", zc_rows_text (rows, 1));
  zc_json_add_string (writer, "series", zc_rows_text (rows, 2));
  zc_json_add_string (writer, "level", zc_rows_text (rows, 3));
  zc_json_add_integer (writer, "year", zc_rows_integer (rows, 4));
  write_named (writer, "office", zc_rows_text (rows, 5), zc_rows_text (rows, 6));
  zc_json_begin_object (writer, "window");
  zc_json_add_time (writer, "start", start);
  zc_json_add_time (writer, "end", end);
  zc_json_end_object (writer);
  zc_json_add_bool (writer, "open", now >= start && now < end);
  zc_json_end_object (writer);
}

/* What is past is left out; what is to come is told with its window, closed (S3.1.1a). */
ZcReply *
zc_handle_committees (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT c.id, c.name, w.series, w.level, w.year, o.id, o.name, w.starts_at, w.ends_at FROM "
      "committee_scope w"
      " JOIN body c ON c.id = w.committee JOIN body o ON o.id = c.office"
      " JOIN series_level sl ON sl.series = w.series AND sl.level = w.level AND sl.exam_only = 0"
      " WHERE w.ends_at > $3 AND ($1 IS NULL OR w.series = $1) AND ($2 IS NULL OR w.level = $2)"
      " ORDER BY c.name, w.series, w.level, w.year",
      ZC_TEXT (zc_request_query (request, "series")), ZC_TEXT (zc_request_query (request, "level")),
      ZC_INT (request->received));

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    write_committee (&writer, rows, request->received);
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}
