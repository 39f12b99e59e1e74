/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "zc-platform.h"

/* What has to be settled before GTK starts: the language, and drawing without a graphics card. */

static gboolean
has_render_node (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

/* Without a render node GTK would load Mesa and LLVM for nothing: 70 ms and 38 MiB more. */
static void
choose_renderer (void)
{
  if (has_render_node ())
    return;
  g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
}

static void
choose_language (void)
{
  setlocale (LC_ALL, "");
  g_autofree char *folder = zc_platform_find_resource ("po", ZC_LOCALE_DIR);
  bindtextdomain (ZC_GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (ZC_GETTEXT_PACKAGE, "UTF-8");
  textdomain (ZC_GETTEXT_PACKAGE);
}

/**
 * zc_platform_find_resource:
 * @below_build: a folder below the build folder
 * @installed: where it is once installed
 *
 * A program that runs from its build folder (two levels below it) uses what was built beside it.
 *
 * Returns: (transfer full): the folder to use
 */
char *
zc_platform_find_resource (const char *below_build, const char *installed)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  if (program != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (program);
      g_autofree char *build = g_build_filename (folder, "..", "..", "build.ninja", NULL);
      if (g_file_test (build, G_FILE_TEST_EXISTS))
        {
          g_autofree char *path = g_build_filename (folder, "..", "..", below_build, NULL);
          return g_canonicalize_filename (path, NULL);
        }
    }
  return g_strdup (installed);
}

/**
 * zc_platform_prepare:
 *
 * To be called before anything of GTK.
 */
void
zc_platform_prepare (void)
{
  choose_renderer ();
  choose_language ();
}
