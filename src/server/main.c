/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "zc-command.h"
#include "zc-log.h"
#include "zc-memory.h"

/* zhichengd VERB --config FILE [ARGUMENTS] */

static int
print_usage (void)
{
  guint n_commands;
  const ZcCommand *commands = zc_commands (&n_commands);

  g_printerr ("usage: zhichengd VERB --config FILE [ARGUMENTS]\n");
  for (guint i = 0; i < n_commands; i++)
    g_printerr ("  %-10s %-34s %s\n", commands[i].name, commands[i].arguments, commands[i].summary);
  return 2;
}

static const ZcCommand *
find_command (const char *name)
{
  guint n_commands;
  const ZcCommand *commands = zc_commands (&n_commands);

  for (guint i = 0; i < n_commands; i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

/* Takes "--config FILE" out of the arguments; what is left is the verb's. */
static char *
take_config (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    {
      const char *value = NULL;
      int n = 1;

      if (strcmp (argv[i], "--config") == 0 && i + 1 < *argc)
        {
          value = argv[i + 1];
          n = 2;
        }
      else if (g_str_has_prefix (argv[i], "--config="))
        value = argv[i] + strlen ("--config=");
      if (value == NULL)
        continue;
      memmove (argv + i, argv + i + n, (gsize)(*argc - i - n + 1) * sizeof *argv);
      *argc -= n;
      return g_strdup (value);
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  const ZcCommand *command = argc > 1 ? find_command (argv[1]) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *config = NULL;

  zc_memory_keep_small ();
  umask (077); /* whatever is made is the owner's alone */
  setlocale (LC_ALL, "C.UTF-8");
  config = take_config (&argc, argv);
  if (command == NULL || config == NULL)
    return print_usage ();
  zc_log_start ();
  if (command->run (config, argc - 1, argv + 1, &error))
    return EXIT_SUCCESS;
  g_printerr ("zhichengd: %s\n", error != NULL ? error->message : "failed");
  return EXIT_FAILURE;
}
