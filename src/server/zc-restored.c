/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <sodium.h>

#include "zc-command.h"
#include "zc-id.h"

/* zhichengd restored: says that the database is an older copy of itself. The change feed gets a new epoch, by which every client
 * notices, compares what it holds with what is here, and sends again what was lost (R34). The server must not run meanwhile. */

char *
zc_epoch_new (void)
{
  guint8 bytes[8];
  char hex[2 * sizeof bytes + 1];

  zc_random_bytes (bytes, sizeof bytes);
  sodium_bin2hex (hex, sizeof hex, bytes, sizeof bytes);
  return g_strdup (hex);
}

static gboolean
begin_epoch (ZcServer *server, ZcStore *store, const char *epoch, GError **error)
{
  const ZcEvent event = {
    .at = zc_time_now (),
    .act = "restored",
    .role = "system",
    .subject = epoch,
  };

  return zc_store_exec (store, error, "UPDATE setting SET value = $1 WHERE name = 'epoch'", ZC_TEXT (epoch))
         && zc_event_append (server, store, &event, NULL, error);
}

/* Files that the copy of the images lacks are told: clients bring those of drafts again, the rest only a newer copy can. */
static gboolean
count_missing (ZcServer *server, ZcStore *store, guint *missing, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store, "SELECT sha256 FROM image");

  while (zc_rows_next (rows))
    *missing += !zc_blobs_has (server->blobs, zc_rows_text (rows, 0));
  return zc_rows_end (rows, error);
}

gboolean
zc_command_restored (const char *config_file, int argc, char **argv, GError **error)
{
  g_autoptr (ZcServer) server = zc_server_open (config_file, error);
  g_autoptr (ZcStore) store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  g_autofree char *epoch = store != NULL ? zc_epoch_new () : NULL;
  guint missing = 0;

  if (store == NULL || !count_missing (server, store, &missing, error) || !zc_store_begin (store, error))
    return FALSE;
  if (!begin_epoch (server, store, epoch, error))
    {
      zc_store_rollback (store);
      return FALSE;
    }
  if (!zc_store_commit (store, error))
    return FALSE;
  g_print ("epoch %s; %u images named in the database are not in the folder\n", epoch, missing);
  return TRUE;
}
