/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-bodies-import.h"
#include "zc-identity.h"

/* Bodies and the windows of committees. Bodies may name each other in any order: they are written
 * first, joined afterwards. */

#define YEAR_FIRST 2000
#define YEAR_LAST 2199
#define OPTIONAL_TEXT (ZC_JSON_STRING | ZC_JSON_NULL)

static const ZcJsonMember body_members[] = {
  { "id", ZC_JSON_STRING, TRUE },     { "kind", ZC_JSON_STRING, TRUE },
  { "name", ZC_JSON_STRING, TRUE },   { "credit_code", OPTIONAL_TEXT, FALSE },
  { "region", OPTIONAL_TEXT, FALSE }, { "level", OPTIONAL_TEXT, FALSE },
  { "parent", OPTIONAL_TEXT, FALSE }, { "office", OPTIONAL_TEXT, FALSE },
};
static const ZcJsonMember scope_members[] = {
  { "committee", ZC_JSON_STRING, TRUE }, { "series", ZC_JSON_STRING, TRUE },
  { "level", ZC_JSON_STRING, TRUE },     { "year", ZC_JSON_INTEGER, TRUE },
  { "starts_at", ZC_JSON_STRING, TRUE }, { "ends_at", ZC_JSON_STRING, TRUE },
};

/* What a body is cannot change: dossiers and people hang on it. */
static gboolean
check_kind (const ZcImport *import, const ZcJsonValue *item, GError **error)
{
  static const char *const kinds[]
      = { "unit", "department", "office", "committee", "granting-body", NULL };
  const char *kind = zc_json_get_string (item, "kind");
  g_autoptr (ZcRows) rows = NULL;
  gboolean same;

  if (!g_strv_contains (kinds, kind))
    return zc_import_refuse (error, "kind", "unit, department, office, committee or granting-body");
  rows = zc_store_query (import->store, "SELECT kind FROM body WHERE id = $1",
                         ZC_TEXT (zc_json_get_string (item, "id")));
  same = !zc_rows_next (rows) || g_strcmp0 (zc_rows_text (rows, 0), kind) == 0;
  if (!zc_rows_end (rows, error))
    return FALSE;
  return same || zc_import_refuse (error, "kind", "the body is there already, of another kind");
}

static gboolean
check_body (const ZcImport *import, const ZcJsonValue *item, GError **error)
{
  const char *code = zc_json_get_string (item, "credit_code");

  if (!zc_json_expect (item, body_members, G_N_ELEMENTS (body_members), error)
      || !zc_import_check_id (item, error)
      || !zc_import_check_name ("name", zc_json_get_string (item, "name"), error)
      || !check_kind (import, item, error)
      || !zc_import_check_known (import, "SELECT 1 FROM region WHERE id = $1", "region",
                                 zc_json_get_string (item, "region"), error))
    return FALSE;
  return code == NULL || zc_credit_code_check (code) == ZC_PROBLEM_NONE
         || zc_import_refuse (error, "credit_code", "its check character is wrong");
}

static gboolean
write_body (const ZcImport *import, const ZcJsonValue *item, guint position, GError **error)
{
  return check_body (import, item, error)
         && zc_store_exec (
             import->store, error,
             "INSERT INTO body (id, kind, name, credit_code, region, level, created_at)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET"
             " name = excluded.name, credit_code = excluded.credit_code, region = excluded.region,"
             " level = excluded.level",
             ZC_TEXT (zc_json_get_string (item, "id")), ZC_TEXT (zc_json_get_string (item, "kind")),
             ZC_TEXT (zc_json_get_string (item, "name")),
             ZC_TEXT (zc_json_get_string (item, "credit_code")),
             ZC_TEXT (zc_json_get_string (item, "region")),
             ZC_TEXT (zc_json_get_string (item, "level")), ZC_INT (import->now));
}

/* Units and committees report to an office: without one a dossier would have nowhere to go. */
static gboolean
check_office (const ZcImport *import, const ZcJsonValue *item, GError **error)
{
  static const char *const reporting[] = { "unit", "committee", NULL };
  const char *office = zc_json_get_string (item, "office");

  if (office == NULL && g_strv_contains (reporting, zc_json_get_string (item, "kind")))
    return zc_import_refuse (error, "office", "a unit or committee needs one");
  return zc_import_check_known (import, "SELECT 1 FROM body WHERE id = $1 AND kind = 'office'",
                                "office", office, error);
}

static gboolean
join_body (const ZcImport *import, const ZcJsonValue *item, guint position, GError **error)
{
  const char *id = zc_json_get_string (item, "id");
  const char *parent = zc_json_get_string (item, "parent");

  if (g_strcmp0 (parent, id) == 0)
    return zc_import_refuse (error, "parent", "a body is not above itself");
  return check_office (import, item, error)
         && zc_import_check_known (import, "SELECT 1 FROM body WHERE id = $1", "parent", parent,
                                   error)
         && zc_store_exec (import->store, error,
                           "UPDATE body SET parent = $2, office = $3 WHERE id = $1", ZC_TEXT (id),
                           ZC_TEXT (parent), ZC_TEXT (zc_json_get_string (item, "office")));
}

/**
 * zc_bodies_import:
 * @import: where to
 * @bodies: array of {id, kind, name, credit_code, region, level, parent, office}
 * @error: what is wrong, with its place
 *
 * Returns: whether all are in the store; what was there under the same id is brought up to date
 */
gboolean
zc_bodies_import (const ZcImport *import, const ZcJsonValue *bodies, GError **error)
{
  return zc_import_each (import, "bodies", bodies, write_body, error)
         && zc_import_each (import, "bodies", bodies, join_body, error);
}

static gboolean
read_window (const ZcJsonValue *item, ZcTime *start, ZcTime *end, GError **error)
{
  gint64 year = zc_json_get_integer (item, "year", 0);

  if (year < YEAR_FIRST || year > YEAR_LAST)
    return zc_import_refuse (error, "year", "of the evaluation: 2000 to 2199");
  if (!zc_time_parse (zc_json_get_string (item, "starts_at"), start))
    return zc_import_refuse (error, "starts_at", "an instant like 2026-03-01T00:00:00+08:00");
  if (!zc_time_parse (zc_json_get_string (item, "ends_at"), end))
    return zc_import_refuse (error, "ends_at", "an instant like 2026-05-31T17:00:00+08:00");
  return *start < *end || zc_import_refuse (error, "ends_at", "it is not after starts_at");
}

/* Titles that only the national exam gives are evaluated by nobody (decisions 14). */
static gboolean
check_level (const ZcImport *import, const ZcJsonValue *item, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      import->store, "SELECT exam_only FROM series_level WHERE series = $1 AND level = $2",
      ZC_TEXT (zc_json_get_string (item, "series")), ZC_TEXT (zc_json_get_string (item, "level")));
  gboolean known = zc_rows_next (rows);
  gboolean exam_only = known && zc_rows_integer (rows, 0) != 0;

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    return zc_import_refuse (error, "level", "the series has no such level");
  return !exam_only || zc_import_refuse (error, "level", "gained by the national exam alone");
}

static gboolean
write_scope (const ZcImport *import, const ZcJsonValue *item, guint position, GError **error)
{
  ZcTime start = 0, end = 0;

  return zc_json_expect (item, scope_members, G_N_ELEMENTS (scope_members), error)
         && zc_import_check_known (import,
                                   "SELECT 1 FROM body WHERE id = $1 AND kind = 'committee'",
                                   "committee", zc_json_get_string (item, "committee"), error)
         && check_level (import, item, error) && read_window (item, &start, &end, error)
         && zc_store_exec (
             import->store, error,
             "INSERT INTO committee_scope (committee, series, level, year, starts_at, ends_at)"
             " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (committee, series, level, year)"
             " DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at",
             ZC_TEXT (zc_json_get_string (item, "committee")),
             ZC_TEXT (zc_json_get_string (item, "series")),
             ZC_TEXT (zc_json_get_string (item, "level")),
             ZC_INT (zc_json_get_integer (item, "year", 0)), ZC_INT (start), ZC_INT (end));
}

/**
 * zc_scopes_import:
 * @import: where to
 * @scopes: array of {committee, series, level, year, starts_at, ends_at}
 * @error: what is wrong, with its place
 *
 * Returns: whether all are in the store; another window of the same year replaces the one before
 */
gboolean
zc_scopes_import (const ZcImport *import, const ZcJsonValue *scopes, GError **error)
{
  return zc_import_each (import, "scopes", scopes, write_scope, error);
}
