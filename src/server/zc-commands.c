/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-command.h"

/* The verbs of zhichengd. */

static const ZcCommand commands[] = {
  { "serve", "", "answer requests until SIGTERM", zc_command_serve },
  { "init", "[--data DIR]", "make folders, keys and database; bring an older database up to date", zc_command_init },
  { "demo", "", "fill a fresh database with invented bodies and people; tells their password", zc_command_demo },
  { "import", "FILE…", "add businesses, catalogue, bodies, windows and calendars, all or none; a running server sees them", zc_command_import },
  { "verify-log", "", "walk the chained record of events; tell the last one, to be kept outside", zc_command_verify_log },
  { "log", "[--since DAY] [--until DAY] [--act ACT] [--body ID] [--dossier ID] [--person < IDENTIFIER]", "hand out the record of what was done and read, a line of JSON each", zc_command_log },
  { "restored", "", "run once after an older copy of the database was put back: clients send again what it lacks", zc_command_restored },
  { "staff", "VERB [--body ID --role clerk|leader]", "add, disable, enable: whether who is named on the input acts for a body; suspend, resume: whether their account is open at all; reset-factor; invite: a one-time code for a body's first", zc_command_staff },
};

const ZcCommand *
zc_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
