/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier.h"
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

/* When it can be filed, by any committee: what is open longest, else opens next, else closed last this
 * year; all null: nobody evaluates it (S3.1.1a). */
static void
write_series_level (ZcJsonWriter *writer, ZcRows *rows)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_rows_text (rows, 2));
  zc_json_add_raw (writer, "names", zc_rows_text (rows, 3));
  zc_json_add_bool (writer, "exam_only", zc_rows_integer (rows, 4) != 0);
  zc_json_add_time (writer, "open_until", zc_rows_integer (rows, 5));
  zc_json_add_time (writer, "opens_at", zc_rows_integer (rows, 6));
  zc_json_add_time (writer, "closed_at", zc_rows_integer (rows, 7));
  zc_json_end_object (writer);
}

ZcReply *
zc_handle_series (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autofree char *series = NULL;
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT s.id, s.name, l.id, sl.names, sl.exam_only,"
      " max (CASE WHEN w.starts_at <= $1 AND w.ends_at > $1 THEN w.ends_at END),"
      " min (CASE WHEN w.starts_at > $1 THEN w.starts_at END),"
      " max (CASE WHEN w.ends_at <= $1 AND w.year >= $2 THEN w.ends_at END)"
      " FROM series s JOIN series_level sl ON sl.series = s.id JOIN level l ON l.id = sl.level"
      " LEFT JOIN committee_scope w ON w.series = s.id AND w.level = l.id AND sl.exam_only = 0"
      " GROUP BY s.position, s.id, s.name, l.position, l.id, sl.names, sl.exam_only"
      " ORDER BY s.position, l.position",
      ZC_INT (request->received), ZC_INT (zc_time_china_year (request->received)));

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
      write_series_level (&writer, rows);
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
 * office: (nullable): only what reports there; leader: (nullable): only what that account leads. */
static ZcReply *
search_units (
    ZcRequest *request, ZcStore *store, const char *office, const char *leader, GError **error)
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
      "SELECT id, name, credit_code, region, later FROM (SELECT id, name, credit_code, region,"
      " CASE WHEN name LIKE substr ($1, 2) ESCAPE '\\' THEN 0 ELSE 1 END AS later FROM body"
      " WHERE kind = 'unit' AND (name LIKE $1 ESCAPE '\\' OR credit_code = upper ($2))"
      " AND ($7 IS NULL OR office = $7) AND ($8 IS NULL OR EXISTS (SELECT 1 FROM membership m"
      " WHERE m.body = body.id AND m.account = $8 AND m.role = 'leader' AND m.from_at <= $9"
      " AND (m.until_at IS NULL OR m.until_at > $9)))) AS found"
      " WHERE $3 = 0 OR (later, name) > ($4, $5) ORDER BY later, name LIMIT $6",
      ZC_TEXT (pattern), ZC_TEXT (q), ZC_INT (page.after), ZC_INT (page.number),
      ZC_TEXT (page.text), ZC_INT (page.limit + 1), ZC_TEXT (office), ZC_TEXT (leader),
      ZC_INT (request->received));
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
zc_handle_units (ZcRequest *request, ZcStore *store, GError **error)
{
  return search_units (request, store, NULL, NULL, error);
}

/* Those whose log the caller's body may see; of what is no office there are none (U2). */
ZcReply *
zc_handle_reporting_units (ZcRequest *request, ZcStore *store, GError **error)
{
  return search_units (request, store, request->caller.body, NULL, error);
}

/* Those whose change the caller may ask for (U2). */
ZcReply *
zc_handle_led_units (ZcRequest *request, ZcStore *store, GError **error)
{
  return search_units (request, store, NULL, request->caller.account, error);
}

static ZcReply *
list_bodies (const char *kind, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, name, region, level FROM body WHERE kind = $1 ORDER BY region, name",
      ZC_TEXT (kind));

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

ZcReply *
zc_handle_offices (ZcRequest *request, ZcStore *store, GError **error)
{
  return list_bodies ("office", store, error);
}

ZcReply *
zc_handle_granting_bodies (ZcRequest *request, ZcStore *store, GError **error)
{
  return list_bodies ("granting-body", store, error);
}

/* The caller's own dossier that holds the place of that year; NULL: it is free. */
static gboolean
find_taken (const ZcRequest *request,
            ZcStore *store,
            const ZcBusiness *business,
            int year,
            char **taken,
            GError **error)
{
  g_autofree char *key
      = business != NULL ? zc_dossier_place_key (business, request->caller.account, year) : NULL;
  g_autoptr (ZcRows) rows = NULL;

  if (key == NULL)
    return TRUE;
  rows = zc_store_query (store, "SELECT id FROM dossier WHERE exclusive_key = $1", ZC_TEXT (key));
  if (zc_rows_next (rows))
    *taken = zc_rows_dup_text (rows, 0);
  return zc_rows_end (rows, error);
}

static void
write_committee (ZcJsonWriter *writer, ZcRows *rows, const char *taken, ZcTime now)
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
  zc_json_add_string (writer, "taken", taken);
  zc_json_end_object (writer);
}

static gboolean
write_committees (ZcJsonWriter *writer,
                  const ZcRequest *request,
                  ZcStore *store,
                  const ZcBusiness *business,
                  ZcRows *rows,
                  GError **error)
{
  while (zc_rows_next (rows))
    {
      g_autofree char *taken = NULL;

      if (!find_taken (request, store, business, (int)zc_rows_integer (rows, 4), &taken, error))
        return FALSE;
      write_committee (writer, rows, taken, request->received);
    }
  return zc_rows_end (rows, error);
}

/* What closed in an earlier year is left out; what closed this year or is to come is told with its
 * window, so that a person learns why it cannot be chosen (S3.1.1a). */
ZcReply *
zc_handle_committees (ZcRequest *request, ZcStore *store, GError **error)
{
  const char *id = zc_request_query (request, "business");
  const ZcBusiness *business = NULL;
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = NULL;
  g_autoptr (ZcRows) rows = NULL;

  if (id != NULL)
    business = zc_businesses_get (request->server->businesses, store, id, 0, error);
  if (id != NULL && business == NULL)
    return NULL;
  rows = zc_store_query (
      store,
      "SELECT c.id, c.name, w.series, w.level, w.year, o.id, o.name, w.starts_at, w.ends_at FROM "
      "committee_scope w"
      " JOIN body c ON c.id = w.committee JOIN body o ON o.id = c.office"
      " JOIN series_level sl ON sl.series = w.series AND sl.level = w.level AND sl.exam_only = 0"
      " WHERE (w.ends_at > $3 OR w.year >= $4) AND ($1 IS NULL OR w.series = $1)"
      " AND ($2 IS NULL OR w.level = $2) ORDER BY c.name, w.series, w.level, w.year",
      ZC_TEXT (zc_request_query (request, "series")), ZC_TEXT (zc_request_query (request, "level")),
      ZC_INT (request->received), ZC_INT (zc_time_china_year (request->received)));
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  if (!write_committees (&writer, request, store, business, rows, error))
    return NULL;
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

/* The years that were imported over what every program brings, in the order in which they are laid over
 * it: so that an app counts as this server does (decisions 7). */
ZcReply *
zc_handle_calendar (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT text FROM calendar ORDER BY region, year");

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "layers");
  while (zc_rows_next (rows))
    zc_json_add_raw (&writer, NULL, zc_rows_text (rows, 0));
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}
