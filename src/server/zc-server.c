/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <sodium.h>

#include "zc-migrate.h"
#include "zc-server.h"

/* What serve and the other verbs share: configuration, keys, folders, the database checked,
 * businesses loaded. */

static char *
read_setting (ZcStore *store, const char *name, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT value FROM setting WHERE name = $1", ZC_TEXT (name));
  g_autofree char *value = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : NULL;

  if (!zc_rows_end (rows, error))
    return NULL;
  if (value == NULL)
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_SQL,
                 "the database has no \"%s\": run \"zhichengd init\"", name);
  return g_steal_pointer (&value);
}

static gboolean
load_store (ZcServer *server, GError **error)
{
  g_autoptr (ZcStore) store = zc_server_open_store (server, FALSE, error);
  g_autoptr (GPtrArray) newest = NULL;

  if (store == NULL || !zc_migrate_check (store, error))
    return FALSE;
  server->epoch = read_setting (store, "epoch", error);
  server->businesses = zc_businesses_new ();
  server->calendars = zc_calendars_new ();
  if (server->epoch == NULL || !zc_store_begin (store, error)
      || !zc_businesses_import (server->config->businesses, store, error)
      || !zc_store_commit (store, error))
    return FALSE;
  newest
      = zc_businesses_list (server->businesses, store, error); /* what cannot be read is told now */
  return newest != NULL;
}

static void
make_router (ZcServer *server)
{
  guint n_routes;
  const ZcRoute *routes = zc_routes (&n_routes);

  server->router = zc_router_new (routes, n_routes);
}

/**
 * zc_server_open:
 * @config_file: a GKeyFile
 *
 * Returns: (transfer full): everything but the threads; %NULL where init has not been run, or
 * something does not fit
 */
ZcServer *
zc_server_open (const char *config_file, GError **error)
{
  g_autoptr (ZcServer) server = g_new0 (ZcServer, 1);
  g_autofree char *images = NULL;

  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  server->config = zc_config_load (config_file, error);
  if (server->config == NULL)
    return NULL;
  server->database = g_build_filename (server->config->directory, "zhicheng.db", NULL);
  if (!g_file_test (server->database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                   "%s is not there: run \"zhichengd init\"", server->database);
      return NULL;
    }
  images = g_build_filename (server->config->directory, "images", NULL);
  server->seal = zc_seal_load (server->config->key_file, error);
  server->blobs = server->seal != NULL ? zc_blobs_open (images, error) : NULL;
  if (server->blobs == NULL || !load_store (server, error))
    return NULL;
  server->passwords
      = zc_passwords_new (server->config->password_memory_kib, server->config->password_passes);
  make_router (server);
  return g_steal_pointer (&server);
}

void
zc_server_close (ZcServer *server)
{
  if (server == NULL)
    return;
  g_clear_pointer (&server->router, zc_router_free);
  g_clear_pointer (&server->passwords, zc_passwords_free);
  g_clear_pointer (&server->businesses, zc_businesses_free);
  g_clear_pointer (&server->calendars, zc_calendars_free);
  g_clear_pointer (&server->blobs, zc_blobs_close);
  g_clear_pointer (&server->seal, zc_seal_free);
  g_clear_pointer (&server->config, zc_config_free);
  g_free (server->database);
  g_free (server->epoch);
  g_free (server);
}

ZcStore *
zc_server_open_store (ZcServer *server, gboolean read_only, GError **error)
{
  return zc_store_open_sqlite (server->database, read_only, error);
}
