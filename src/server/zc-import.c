/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-calendars.h"
#include "zc-catalog.h"
#include "zc-command.h"
#include "zc-id.h"

/* zhichengd import FILE…: businesses, catalogue, bodies, windows and calendars, into the database of a server
 * that may be running: it sees them at its next request (B5). All files or none. */

static gboolean
import_business_text (const char *text, gsize length, ZcStore *store, GError **error)
{
  g_autoptr (ZcBusiness) business = zc_business_parse (text, length, error);

  return business != NULL && zc_business_import (business, store, error);
}

/* A business is what has sections, a calendar what has days. */
static gboolean
import_text (const char *text, gsize length, ZcStore *store, GError **error)
{
  g_autoptr (ZcJson) json = zc_json_parse (text, length, error);

  if (json == NULL)
    return FALSE;
  if (zc_json_get (zc_json_root (json), "sections") != NULL)
    return import_business_text (text, length, store, error);
  if (zc_json_get (zc_json_root (json), "days") != NULL)
    return zc_calendars_import (zc_json_root (json), store, error);
  return zc_catalog_import_value (zc_json_root (json), store, error);
}

/* That it was done, and of which text, belongs to the record. */
static gboolean
note_event (ZcServer *server, ZcStore *store, const char *text, gsize length, GError **error)
{
  g_autofree char *digest = zc_sha256_hex (text, length);
  ZcEvent event = { .at = zc_time_now (), .act = "import", .role = "system", .subject = digest };

  return zc_event_append (server, store, &event, NULL, error);
}

static gboolean
import_file (ZcServer *server, ZcStore *store, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (import_text (text, length, store, error) && note_event (server, store, text, length, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

static gboolean
import_files (ZcServer *server, ZcStore *store, int n_paths, char **paths, GError **error)
{
  for (int i = 0; i < n_paths; i++)
    if (!import_file (server, store, paths[i], error))
      return FALSE;
  return TRUE;
}

gboolean
zc_command_import (const char *config_file, int argc, char **argv, GError **error)
{
  g_autoptr (ZcServer) server = NULL;
  g_autoptr (ZcStore) store = NULL;

  if (argc < 2)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "import: which files?");
      return FALSE;
    }
  server = zc_server_open (config_file, error);
  store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  if (store == NULL || !zc_store_begin (store, error))
    return FALSE;
  if (import_files (server, store, argc - 1, argv + 1, error))
    return zc_store_commit (store, error);
  zc_store_rollback (store);
  return FALSE;
}
