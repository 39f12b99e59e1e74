/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-bodies-import.h"
#include "zc-catalog.h"
#include "zc-id.h"

/* What a new server is filled with: levels, series, regions and the registration notice. */

ZcJson *
zc_catalog_read_file (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  ZcJson *json;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  json = zc_json_parse (text, length, error);
  if (json == NULL)
    g_prefix_error (error, "%s: ", path);
  return json;
}

#define NOTICE_MAX_CHARACTERS 20000

static const ZcJsonMember named_members[]
    = { { "id", ZC_JSON_STRING, TRUE }, { "name", ZC_JSON_STRING, TRUE } };
static const ZcJsonMember series_members[] = { { "id", ZC_JSON_STRING, TRUE },
                                               { "name", ZC_JSON_STRING, TRUE },
                                               { "levels", ZC_JSON_ARRAY, TRUE } };
static const ZcJsonMember series_level_members[] = { { "id", ZC_JSON_STRING, TRUE },
                                                     { "names", ZC_JSON_ARRAY, TRUE },
                                                     { "exam_only", ZC_JSON_BOOL, FALSE } };
static const ZcJsonMember notice_members[] = { { "version", ZC_JSON_STRING, TRUE },
                                               { "title", ZC_JSON_STRING, TRUE },
                                               { "text", ZC_JSON_STRING, TRUE } };
static const ZcJsonMember file_members[] = {
  { "regions", ZC_JSON_ARRAY, FALSE }, { "levels", ZC_JSON_ARRAY, FALSE },
  { "series", ZC_JSON_ARRAY, FALSE },  { "bodies", ZC_JSON_ARRAY, FALSE },
  { "scopes", ZC_JSON_ARRAY, FALSE },
};

static gboolean
check_named (const ZcJsonValue *item, const ZcJsonMember *members, guint n_members, GError **error)
{
  return zc_json_expect (item, members, n_members, error) && zc_import_check_id (item, error)
         && zc_import_check_name ("name", zc_json_get_string (item, "name"), error);
}

static gboolean
write_level (const ZcImport *import, const ZcJsonValue *item, guint position, GError **error)
{
  return check_named (item, named_members, G_N_ELEMENTS (named_members), error)
         && zc_store_exec (import->store, error,
                           "INSERT INTO level (id, name, position) VALUES ($1, $2, $3)"
                           " ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = "
                           "excluded.position",
                           ZC_TEXT (zc_json_get_string (item, "id")),
                           ZC_TEXT (zc_json_get_string (item, "name")), ZC_INT (position))
         && zc_store_exec (import->store, error,
                           "UPDATE dossier SET rank = $2 WHERE level = $1 AND rank <> $2",
                           ZC_TEXT (zc_json_get_string (item, "id")), ZC_INT (position));
}

static gboolean
write_region (const ZcImport *import, const ZcJsonValue *item, guint position, GError **error)
{
  return check_named (item, named_members, G_N_ELEMENTS (named_members), error)
         && zc_store_exec (import->store, error,
                           "INSERT INTO region (id, name, position) VALUES ($1, $2, $3)"
                           " ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = "
                           "excluded.position",
                           ZC_TEXT (zc_json_get_string (item, "id")),
                           ZC_TEXT (zc_json_get_string (item, "name")), ZC_INT (position));
}

/* The names of its titles at one level; 初级 may have steps, each with a name (decisions 14). */
static gboolean
check_title_names (const ZcJsonValue *names, GError **error)
{
  if (zc_json_size (names) == 0)
    return zc_import_refuse (error, "names", "at least one");
  for (guint i = 0; i < zc_json_size (names); i++)
    {
      const char *name = zc_json_string (zc_json_at (names, i));

      if (name == NULL)
        return zc_import_refuse (error, "names", "texts");
      if (!zc_import_check_name ("names", name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_series_level (const ZcImport *import,
                    const char *series,
                    const ZcJsonValue *level,
                    GError **error)
{
  const ZcJsonValue *titles = zc_json_get (level, "names");
  g_autofree char *names = NULL;

  if (!zc_json_expect (level, series_level_members, G_N_ELEMENTS (series_level_members), error))
    return FALSE;
  names = zc_json_canonical (titles, NULL);
  return zc_import_check_known (import, "SELECT 1 FROM level WHERE id = $1", "id",
                                zc_json_get_string (level, "id"), error)
         && check_title_names (titles, error)
         && zc_store_exec (
             import->store, error,
             "INSERT INTO series_level (series, level, names, exam_only) VALUES ($1, $2, $3, $4)"
             " ON CONFLICT (series, level) DO UPDATE SET names = excluded.names, exam_only = "
             "excluded.exam_only",
             ZC_TEXT (series), ZC_TEXT (zc_json_get_string (level, "id")), ZC_TEXT (names),
             ZC_INT (zc_json_get_bool (level, "exam_only", FALSE)));
}

static gboolean
write_series (const ZcImport *import, const ZcJsonValue *item, guint position, GError **error)
{
  const ZcJsonValue *levels = zc_json_get (item, "levels");
  const char *id = zc_json_get_string (item, "id");

  if (!check_named (item, series_members, G_N_ELEMENTS (series_members), error)
      || !zc_store_exec (
          import->store, error,
          "INSERT INTO series (id, name, position) VALUES ($1, $2, $3)"
          " ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position",
          ZC_TEXT (id), ZC_TEXT (zc_json_get_string (item, "name")), ZC_INT (position)))
    return FALSE;
  for (guint i = 0; i < zc_json_size (levels); i++)
    if (!write_series_level (import, id, zc_json_at (levels, i), error))
      {
        zc_import_prefix (error, ".levels", i);
        return FALSE;
      }
  return TRUE;
}

static gboolean
set_setting (ZcStore *store, const char *name, const char *value, GError **error)
{
  return zc_store_exec (store, error,
                        "INSERT INTO setting (name, value) VALUES ($1, $2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        ZC_TEXT (name), ZC_TEXT (value));
}

/* The digest goes into every consent: what exactly was agreed to can be shown later. */
static gboolean
import_notice (const ZcJsonValue *notice, ZcStore *store, GError **error)
{
  gsize length;
  g_autofree char *text = NULL, *digest = NULL;

  if (!zc_json_expect (notice, notice_members, G_N_ELEMENTS (notice_members), error)
      || !zc_import_check_name ("version", zc_json_get_string (notice, "version"), error)
      || !zc_import_check_name ("title", zc_json_get_string (notice, "title"), error))
    return FALSE;
  length = (gsize)g_utf8_strlen (zc_json_get_string (notice, "text"), -1);
  if (length == 0 || length > NOTICE_MAX_CHARACTERS)
    return zc_import_refuse (error, "text", "1 to 20000 characters");
  text = zc_json_canonical (notice, &length);
  digest = zc_sha256_hex (text, length);
  return set_setting (store, "notice", text, error)
         && set_setting (store, "notice_digest", digest, error)
         && set_setting (store, "notice_version", zc_json_get_string (notice, "version"), error);
}

/**
 * zc_catalog_import_value:
 * @root: of a file
 * @store: in a transaction
 * @error: what is wrong, with its place, or of the store
 *
 * What refers to others stands behind them, whatever the order in the file.
 *
 * Returns: whether all of it is in the store
 */
gboolean
zc_catalog_import_value (const ZcJsonValue *root, ZcStore *store, GError **error)
{
  const ZcImport import = { .store = store, .now = zc_time_now () };

  if (zc_json_get (root, "version") != NULL)
    return import_notice (root, store, error);
  return zc_json_expect (root, file_members, G_N_ELEMENTS (file_members), error)
         && zc_import_each (&import, "regions", zc_json_get (root, "regions"), write_region, error)
         && zc_import_each (&import, "levels", zc_json_get (root, "levels"), write_level, error)
         && zc_import_each (&import, "series", zc_json_get (root, "series"), write_series, error)
         && zc_bodies_import (&import, zc_json_get (root, "bodies"), error)
         && zc_scopes_import (&import, zc_json_get (root, "scopes"), error);
}

/**
 * zc_catalog_import:
 * @directory: data/catalog
 * @store: in a transaction
 * @error: of files or store
 *
 * Returns: whether all of it is in the store
 */
gboolean
zc_catalog_import (const char *directory, ZcStore *store, GError **error)
{
  static const char *const files[]
      = { "levels.json", "series.json", "regions.json", "notice.json" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ZcJson) json = zc_catalog_read_file (directory, files[i], error);

      if (json == NULL)
        return FALSE;
      if (!zc_catalog_import_value (zc_json_root (json), store, error))
        {
          g_prefix_error (error, "%s: ", files[i]);
          return FALSE;
        }
    }
  return TRUE;
}
