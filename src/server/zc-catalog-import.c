/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

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

static gboolean
import_levels (const ZcJsonValue *levels, ZcStore *store, GError **error)
{
  for (guint i = 0; i < zc_json_size (levels); i++)
    if (!zc_store_exec (
            store, error,
            "INSERT INTO level (id, name, position) VALUES ($1, $2, $3)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position",
            ZC_TEXT (zc_json_get_string (zc_json_at (levels, i), "id")),
            ZC_TEXT (zc_json_get_string (zc_json_at (levels, i), "name")), ZC_INT (i)))
      return FALSE;
  return TRUE;
}

static gboolean
import_regions (const ZcJsonValue *regions, ZcStore *store, GError **error)
{
  for (guint i = 0; i < zc_json_size (regions); i++)
    if (!zc_store_exec (
            store, error,
            "INSERT INTO region (id, name, position) VALUES ($1, $2, $3)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position",
            ZC_TEXT (zc_json_get_string (zc_json_at (regions, i), "id")),
            ZC_TEXT (zc_json_get_string (zc_json_at (regions, i), "name")), ZC_INT (i)))
      return FALSE;
  return TRUE;
}

static gboolean
import_series_level (const char *series, const ZcJsonValue *level, ZcStore *store, GError **error)
{
  g_autofree char *names = zc_json_canonical (zc_json_get (level, "names"), NULL);

  return zc_store_exec (
      store, error,
      "INSERT INTO series_level (series, level, names, exam_only) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (series, level) DO UPDATE SET names = excluded.names, exam_only = "
      "excluded.exam_only",
      ZC_TEXT (series), ZC_TEXT (zc_json_get_string (level, "id")), ZC_TEXT (names),
      ZC_INT (zc_json_get_bool (level, "exam_only", FALSE)));
}

static gboolean
import_series (const ZcJsonValue *all, ZcStore *store, GError **error)
{
  for (guint i = 0; i < zc_json_size (all); i++)
    {
      const ZcJsonValue *one = zc_json_at (all, i);
      const ZcJsonValue *levels = zc_json_get (one, "levels");
      const char *id = zc_json_get_string (one, "id");

      if (!zc_store_exec (
              store, error,
              "INSERT INTO series (id, name, position) VALUES ($1, $2, $3)"
              " ON CONFLICT (id) DO UPDATE SET name = excluded.name, position = excluded.position",
              ZC_TEXT (id), ZC_TEXT (zc_json_get_string (one, "name")), ZC_INT (i)))
        return FALSE;
      for (guint j = 0; j < zc_json_size (levels); j++)
        if (!import_series_level (id, zc_json_at (levels, j), store, error))
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
  g_autofree char *text = zc_json_canonical (notice, &length);
  g_autofree char *digest = zc_sha256_hex (text, length);

  return set_setting (store, "notice", text, error)
         && set_setting (store, "notice_digest", digest, error)
         && set_setting (store, "notice_version", zc_json_get_string (notice, "version"), error);
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
  static const struct
  {
    const char *name;
    const char *member; /* NULL: the whole file */
    gboolean (*import) (const ZcJsonValue *value, ZcStore *store, GError **error);
  } files[] = {
    { "levels.json", "levels", import_levels },
    { "series.json", "series", import_series },
    { "regions.json", "regions", import_regions },
    { "notice.json", NULL, import_notice },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ZcJson) json = zc_catalog_read_file (directory, files[i].name, error);
      const ZcJsonValue *root;

      if (json == NULL)
        return FALSE;
      root = zc_json_root (json);
      if (!files[i].import (files[i].member != NULL ? zc_json_get (root, files[i].member) : root,
                            store, error))
        return FALSE;
    }
  return TRUE;
}
