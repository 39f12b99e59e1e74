/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <stdio.h>

#include "zc-command.h"
#include "zc-id.h"
#include "zc-identity.h"
#include "zc-server.h"

/* zhichengd staff add: lets a person who has registered act for a body. There are no default
 * accounts and no shared ones: staff register like everybody, and whoever runs the server names the
 * first of them. */

typedef struct
{
  char *body;
  char *role;
} Arguments;

static gboolean
read_arguments (int argc, char **argv, Arguments *arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "body", 0, 0, G_OPTION_ARG_STRING, &arguments->body, "The body to act for", "ID" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &arguments->role, "clerk or leader", "ROLE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("add");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc == 2 && g_str_equal (argv[1], "add") && arguments->body != NULL
      && arguments->role != NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
               "usage: staff add --body ID --role clerk|leader < MOBILE");
  return FALSE;
}

/* Personal data reach no command line: the mobile is read from the standard input. */
static char *
read_mobile (GError **error)
{
  char line[64];

  if (fgets (line, sizeof line, stdin) != NULL
      && zc_mobile_check (g_strstrip (line)) == ZC_PROBLEM_NONE)
    return zc_normal_mobile (line);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "the first line of the input must be a mobile number");
  return NULL;
}

static char *
find_account (ZcStore *store, const char *mobile, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT id FROM account WHERE mobile_normal = $1", ZC_TEXT (mobile));
  g_autofree char *account = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : NULL;

  if (!zc_rows_end (rows, error))
    return NULL;
  if (account == NULL)
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_CHECK,
                 "nobody has registered with that mobile");
  return g_steal_pointer (&account);
}

static gboolean
add_membership (ZcServer *server,
                ZcStore *store,
                const char *account,
                const Arguments *arguments,
                GError **error)
{
  g_autofree char *id = zc_id_new ();
  ZcTime now = zc_time_now ();
  ZcEvent event = {
    .at = now,
    .act = "staff-add",
    .account = account,
    .body = arguments->body,
    .role = "system",
    .subject = arguments->role,
  };

  return zc_store_exec (
             store, error,
             "INSERT INTO membership (id, account, body, role, from_at) VALUES ($1, $2, $3, $4, $5)"
             " ON CONFLICT (account, body, role) DO UPDATE SET until_at = NULL",
             ZC_TEXT (id), ZC_TEXT (account), ZC_TEXT (arguments->body), ZC_TEXT (arguments->role),
             ZC_INT (now))
         && zc_event_append (server, store, &event, NULL, error);
}

gboolean
zc_command_staff (const char *config_file, int argc, char **argv, GError **error)
{
  Arguments arguments = { 0 };
  gboolean understood = read_arguments (argc, argv, &arguments, error);
  g_autofree char *body = arguments.body, *role = arguments.role;
  g_autofree char *mobile = understood ? read_mobile (error) : NULL;
  g_autoptr (ZcServer) server = mobile != NULL ? zc_server_open (config_file, error) : NULL;
  g_autoptr (ZcStore) store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  g_autofree char *account = NULL;

  if (store == NULL || !zc_store_begin (store, error))
    return FALSE;
  account = find_account (store, mobile, error);
  if (account != NULL && add_membership (server, store, account, &arguments, error))
    return zc_store_commit (store, error);
  zc_store_rollback (store);
  return FALSE;
}
