/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "zc-platform.h"

/* A name that no theme has is shown as a torn sheet with a warning. */

typedef struct
{
  const char *folder; /* of the project */
  const char *quote;  /* what stands before and behind a name in it */
} Place;

static const Place places[] = { { "src/app", "\"([a-z0-9-]+-symbolic)\"" }, { "ui", ">([a-z0-9-]+-symbolic)<" } };

static guint
check_icons (GtkIconTheme *theme, const char *path, const char *quote)
{
  g_autoptr (GRegex) regex = g_regex_new (quote, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL), n++)
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (!gtk_icon_theme_has_icon (theme, name))
        g_error ("%s: there is no icon %s", path, name);
    }
  return n;
}

static void
test_icons_exist (gconstpointer data)
{
  const Place *place = data;
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", place->folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  const char *name;
  guint n = 0;

  gtk_icon_theme_add_resource_path (theme, "/io/github/zhicheng/zhicheng/icons");
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".c") || g_str_has_suffix (name, ".ui"))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        n += check_icons (theme, path, place->quote);
      }
  g_assert_cmpuint (n, >, 10);
}

int
main (int argc, char **argv)
{
  zc_platform_prepare ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strdup_printf ("/icons/P21/exist/%s", places[i].folder);

      g_test_add_data_func (path, &places[i], test_icons_exist);
    }
  return g_test_run ();
}
