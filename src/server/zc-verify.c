/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-command.h"

/* zhichengd verify-log: walks the chained record. The number and digest it prints are what to keep
 * outside, so that a record cut short can be told as well. */

static gboolean
print_last (ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT seq, hex (digest) FROM event ORDER BY seq DESC LIMIT 1");

  if (zc_rows_next (rows))
    g_print ("event %" G_GINT64_FORMAT " %s\n", zc_rows_integer (rows, 0), zc_rows_text (rows, 1));
  return zc_rows_end (rows, error);
}

gboolean
zc_command_verify_log (const char *config_file, int argc, char **argv, GError **error)
{
  g_autoptr (ZcServer) server = zc_server_open (config_file, error);
  g_autoptr (ZcStore) store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  gint64 n_events = 0;

  if (store == NULL || !zc_event_verify (store, &n_events, error))
    return FALSE;
  g_print ("%" G_GINT64_FORMAT " events, each fits the one before it\n", n_events);
  return print_last (store, error);
}
