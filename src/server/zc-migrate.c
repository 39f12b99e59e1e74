/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <stdlib.h>

#include <gio/gio.h>

#include "zc-migrate.h"
#include "zc-store-private.h"

/* Numbered SQL files, in the program as resources under RESOURCES. The database's own number says
 * which it has had. */

#define RESOURCES "/io/github/zhicheng/server/sql/"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

static GStrv
list_files (void)
{
  GStrv names = g_resources_enumerate_children (RESOURCES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (names != NULL);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

int
zc_migrate_newest (void)
{
  g_auto (GStrv) names = list_files ();

  return (int)g_strv_length (names);
}

/* One step in one transaction: the script and the number, or neither. */
static gboolean
run_file (ZcStore *store, const char *name, int version, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);
  g_autoptr (GBytes) text = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (text == NULL || !zc_store_begin (store, error))
    return FALSE;
  if (zc_store_run_script (store, g_bytes_get_data (text, NULL), error)
      && zc_store_set_version (store, version, error) && zc_store_commit (store, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  zc_store_rollback (store);
  return FALSE;
}

static gboolean
refuse_newer (int version, int newest, GError **error)
{
  if (version <= newest)
    return TRUE;
  g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_NEWER,
               "the database is of version %d, this program of %d: use the newer program", version,
               newest);
  return FALSE;
}

gboolean
zc_migrate (ZcStore *store, GError **error)
{
  g_auto (GStrv) names = list_files ();
  int newest = (int)g_strv_length (names);
  int version = zc_store_get_version (store, error);

  if (version < 0 || !refuse_newer (version, newest, error))
    return FALSE;
  for (int i = version; i < newest; i++)
    if (!run_file (store, names[i], i + 1, error))
      return FALSE;
  return TRUE;
}

gboolean
zc_migrate_check (ZcStore *store, GError **error)
{
  int newest = zc_migrate_newest ();
  int version = zc_store_get_version (store, error);

  if (version < 0 || !refuse_newer (version, newest, error))
    return FALSE;
  if (version == newest)
    return TRUE;
  g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_SQL,
               version == 0 ? "the database is empty: run \"zhichengd init\""
                            : "the database is of an older version: run \"zhichengd init\"");
  return FALSE;
}
