/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "zc-command.h"
#include "zc-factor.h"
#include "zc-id.h"
#include "zc-identity.h"
#include "zc-invitation.h"
#include "zc-membership.h"

/* zhichengd staff: who may act for which body, whose account is open at all (SEC-S14), and the second
 * factor of who has lost theirs. There are no default accounts and no shared ones (SEC-S18): staff
 * register like everybody, and whoever runs the server names them. */

#define USAGE                                                                                      \
  "usage: staff add|disable|enable --body ID --role clerk|leader < IDENTIFIER, "                   \
  "staff suspend|resume|reset-factor < IDENTIFIER, or staff invite --body ID [--role clerk|leader]"

typedef struct
{
  ZcServer *server;
  ZcStore *store;
  char *body; /* (nullable), as role */
  char *role;
  char *account; /* (nullable): whose identifier was on the input */
  ZcTime now;
} Staff;

typedef struct
{
  const char *name;
  const char *act; /* in the record of events */
  gboolean of_person;
  gboolean of_membership;
  gboolean (*run) (const Staff *staff, GError **error);
} Verb;

static char *
read_identifier (GError **error)
{
  char line[64];

  if (fgets (line, sizeof line, stdin) != NULL && *g_strstrip (line) != '\0')
    return g_strdup (line);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "the first line of the input must be a mobile or an ID number");
  return NULL;
}

static ZcRows *
query_account (ZcServer *server, ZcStore *store, const char *identifier)
{
  g_autofree char *mobile = zc_normal_mobile (identifier);
  g_autofree char *number = zc_normal_id_number (identifier);
  guint8 index[ZC_SEAL_INDEX_BYTES];

  zc_seal_index (server->seal, "account.id_number", number, index);
  return zc_store_query (store, "SELECT id FROM account WHERE mobile_normal = $1 OR id_index = $2",
                         ZC_TEXT (mobile), ZC_BLOB (index, sizeof index));
}

static gboolean
add (const Staff *staff, GError **error)
{
  g_autofree char *id = zc_id_new ();

  return zc_store_exec (
      staff->store, error,
      "INSERT INTO membership (id, account, body, role, from_at) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (account, body, role) DO UPDATE SET until_at = NULL",
      ZC_TEXT (id), ZC_TEXT (staff->account), ZC_TEXT (staff->body), ZC_TEXT (staff->role),
      ZC_INT (staff->now));
}

static gboolean
find_membership (const Staff *staff, char **id, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      staff->store, "SELECT id FROM membership WHERE account = $1 AND body = $2 AND role = $3",
      ZC_TEXT (staff->account), ZC_TEXT (staff->body), ZC_TEXT (staff->role));

  *id = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : NULL;
  return zc_rows_end (rows, error);
}

static gboolean
check_changed (gboolean changed, GError **error)
{
  if (!changed)
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_CHECK,
                 "there is nothing of that to change");
  return changed;
}

static gboolean
disable (const Staff *staff, GError **error)
{
  g_autofree char *id = NULL;
  gboolean changed;

  return find_membership (staff, &id, error)
         && zc_membership_end (staff->store, id, staff->now, &changed, error)
         && check_changed (changed, error);
}

static gboolean
enable (const Staff *staff, GError **error)
{
  g_autofree char *id = NULL;
  gboolean changed;

  return find_membership (staff, &id, error)
         && zc_membership_resume (staff->store, id, &changed, error)
         && check_changed (changed, error);
}

/* Every session is over at once, and nothing opens the account until it is resumed. */
static gboolean
suspend (const Staff *staff, GError **error)
{
  if (!zc_store_exec (staff->store, error,
                      "UPDATE account SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL",
                      ZC_TEXT (staff->account), ZC_INT (staff->now))
      || !check_changed (zc_store_changes (staff->store) > 0, error))
    return FALSE;
  return zc_store_exec (staff->store, error,
                        "UPDATE session SET ended_at = $2 WHERE account = $1 AND ended_at IS NULL",
                        ZC_TEXT (staff->account), ZC_INT (staff->now));
}

static gboolean
resume (const Staff *staff, GError **error)
{
  return zc_store_exec (
             staff->store, error,
             "UPDATE account SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL",
             ZC_TEXT (staff->account))
         && check_changed (zc_store_changes (staff->store) > 0, error);
}

static gboolean
reset_factor (const Staff *staff, GError **error)
{
  ZcFactor factor;

  if (!zc_factor_load (staff->server, staff->store, staff->account, &factor, error))
    return FALSE;
  if (factor.known)
    return zc_factor_remove (staff->store, staff->account, staff->now, error)
           && zc_factor_tell_owner (staff->server, staff->store, staff->account,
                                    "【职称申报】平台运维人员已解除您账号的动态验证码，所有登录均已退出，下次以单位身份登录时须重新绑定。如非您本人申请，请立即联系平台运维人员。",
                                    error);
  g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_CHECK, "there is no second factor to remove");
  return FALSE;
}

static gboolean
invite (const Staff *staff, GError **error)
{
  const ZcInvitation invitation = { .body = staff->body, .role = staff->role };
  g_autofree char *code = zc_invitation_make (staff->server, staff->store, &invitation, staff->now,
                                              NULL, NULL, error);

  if (code != NULL)
    g_print ("%s\n", code);
  return code != NULL;
}

static const Verb verbs[] = {
  { "add", "staff-add", TRUE, TRUE, add },
  { "disable", "staff-disable", TRUE, TRUE, disable },
  { "enable", "staff-enable", TRUE, TRUE, enable },
  { "suspend", "account-suspend", TRUE, FALSE, suspend },
  { "resume", "account-resume", TRUE, FALSE, resume },
  { "reset-factor", "second-factor-reset", TRUE, FALSE, reset_factor },
  { "invite", "staff-invite", FALSE, TRUE, invite },
};

static const Verb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strcmp (verbs[i].name, name) == 0)
      return &verbs[i];
  return NULL;
}

static const Verb *
read_arguments (int argc, char **argv, Staff *staff, GError **error)
{
  const GOptionEntry entries[] = {
    { "body", 0, 0, G_OPTION_ARG_STRING, &staff->body, "The body to act for", "ID" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &staff->role, "clerk or leader", "ROLE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("VERB");
  const Verb *verb;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;
  verb = argc == 2 ? find_verb (argv[1]) : NULL;
  if (verb != NULL && verb->of_membership == (staff->body != NULL && staff->role != NULL))
    return verb;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, USAGE);
  return NULL;
}

static gboolean
run_verb (Staff *staff, const Verb *verb, GError **error)
{
  ZcEvent event = {
    .at = staff->now, .act = verb->act, .body = staff->body, .role = "system", .subject = staff->role
  };

  if (verb->of_person)
    staff->account = zc_command_find_account (staff->server, staff->store, error);
  event.account = staff->account;
  return (!verb->of_person || staff->account != NULL) && verb->run (staff, error)
         && zc_event_append (staff->server, staff->store, &event, NULL, error);
}

static gboolean
run_in_store (const char *config_file, Staff *staff, const Verb *verb, GError **error)
{
  g_autoptr (ZcServer) server = zc_server_open (config_file, error);
  g_autoptr (ZcStore) store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;

  if (store == NULL || !zc_store_begin (store, error))
    return FALSE;
  staff->server = server;
  staff->store = store;
  if (run_verb (staff, verb, error))
    return zc_store_commit (store, error);
  zc_store_rollback (store);
  return FALSE;
}

gboolean
zc_command_staff (const char *config_file, int argc, char **argv, GError **error)
{
  Staff staff = { .now = zc_time_now () };
  const Verb *verb = read_arguments (argc, argv, &staff, error);
  gboolean done = verb != NULL && run_in_store (config_file, &staff, verb, error);

  g_free (staff.body);
  g_free (staff.role);
  g_free (staff.account);
  return done;
}

/**
 * zc_command_find_account:
 * @server: whose keys
 * @store: where
 * @error: nothing on the input, or nobody has registered with it
 *
 * Personal data reach no command line: whose account is meant is read from the standard input, a
 * mobile or an ID number.
 *
 * Returns: (transfer full): the account's id
 */
char *
zc_command_find_account (ZcServer *server, ZcStore *store, GError **error)
{
  g_autofree char *identifier = read_identifier (error), *account = NULL;
  g_autoptr (ZcRows) rows = NULL;

  if (identifier == NULL)
    return NULL;
  rows = query_account (server, store, identifier);
  account = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : NULL;
  if (!zc_rows_end (rows, error))
    return NULL;
  if (account == NULL)
    g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_CHECK, "nobody has registered with that");
  return g_steal_pointer (&account);
}
