/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-command.h"

/* The verbs of zhichengd. */

static const ZcCommand commands[] = {
  { "serve", "", "answer requests until SIGTERM", zc_command_serve },
  { "init", "[--data DIR]", "make folders, keys and database; bring an older database up to date", zc_command_init },
};

const ZcCommand *
zc_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}
