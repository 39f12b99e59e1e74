/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "zc-catalog.h"
#include "zc-command.h"
#include "zc-id.h"
#include "zc-migrate.h"

/* zhichengd init: folders, keys, database. What is there already is left as it is, so it may be run
 * again after an upgrade. */

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

/* A configuration that names the folder and leaves the rest to the defaults. */
static gboolean
make_config (const char *path, const char *data, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (data != NULL)
    {
      g_autofree char *absolute = g_canonicalize_filename (data, NULL);

      g_key_file_set_string (file, "data", "directory", absolute);
    }
  return g_key_file_save_to_file (file, path, error);
}

static gboolean
add_setting (ZcStore *store, const char *name, const char *value, GError **error)
{
  return zc_store_exec (
      store, error,
      "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
      ZC_TEXT (name), ZC_TEXT (value));
}

static gboolean
make_database (const ZcConfig *config, GError **error)
{
  g_autofree char *path = g_build_filename (config->directory, "zhicheng.db", NULL);
  g_autofree char *epoch = zc_epoch_new (), *now = zc_time_format (zc_time_now ());
  g_autoptr (ZcStore) store = zc_store_open_sqlite (path, FALSE, error);

  return store != NULL && zc_migrate (store, error) && zc_store_begin (store, error)
         && add_setting (store, "epoch", epoch, error)
         && add_setting (store, "created_at", now, error)
         && zc_businesses_import (config->businesses, store, error)
         && zc_catalog_import (config->catalog, store, error) && zc_store_commit (store, error);
}

static gboolean
read_arguments (int argc, char **argv, char **data, GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, data, "The folder of database and images", "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error);
}

gboolean
zc_command_init (const char *config_file, int argc, char **argv, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (ZcConfig) config = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  if (!read_arguments (argc, argv, &data, error) || !make_config (config_file, data, error))
    return FALSE;
  config = zc_config_load (config_file, error);
  if (config == NULL || !make_folder (config->directory, error)
      || !make_folder (config->outbox_directory, error))
    return FALSE;
  if (!g_file_test (config->key_file, G_FILE_TEST_EXISTS)
      && !zc_seal_make_keys (config->key_file, error))
    return FALSE;
  return make_database (config, error);
}
