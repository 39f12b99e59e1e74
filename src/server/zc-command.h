/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-server.h"

/* The verbs of zhichengd. argv[0] is the verb; --config has been read already. The result is the exit status;
 * FALSE with an error prints it and exits with 1. */
typedef struct
{
  const char *name;
  const char *arguments; /* "[--data DIR]" */
  const char *summary;
  gboolean  (*run) (const char  *config_file,
                    int          argc,
                    char       **argv,
                    GError     **error);
} ZcCommand;

char            *zc_epoch_new     (void); /* zc-restored.c: (transfer full) */
char            *zc_command_find_account (ZcServer *server, ZcStore *store, GError **error); /* zc-staff.c: (transfer full) */
const ZcCommand *zc_commands      (guint       *n_commands);  /* zc-commands.c: the table */
gboolean         zc_command_serve (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_init  (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_demo  (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_import (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_verify_log (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_log (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_restored (const char *config_file, int argc, char **argv, GError **error);
gboolean         zc_command_staff (const char *config_file, int argc, char **argv, GError **error);
