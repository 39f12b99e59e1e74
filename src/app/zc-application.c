/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-application.h"
#include "zc-window.h"

/* The program: where its server is, one window for one session, the keys that lead everywhere. */

#define DEFAULT_SERVER "http://127.0.0.1:8480"

struct _ZcApplication
{
  AdwApplication parent_instance;

  char *server; /* (nullable): from the command line */
};

G_DEFINE_FINAL_TYPE (ZcApplication, zc_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "server", 's', 0, G_OPTION_ARG_STRING, NULL, N_ ("Address of the server"), N_ ("URL") },
  { NULL },
};

/* The schema may be missing where the program runs from a build folder: then the default holds. */
static char *
read_server_setting (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, ZC_APP_ID, TRUE);
  if (schema == NULL)
    return g_strdup (DEFAULT_SERVER);
  g_autoptr (GSettings) settings = g_settings_new (ZC_APP_ID);
  return g_settings_get_string (settings, "server-url");
}

static char *
choose_server (ZcApplication *self)
{
  const char *environment = g_getenv ("ZHICHENG_SERVER");
  if (self->server != NULL)
    return g_strdup (self->server);
  if (environment != NULL && *environment != '\0')
    return g_strdup (environment);
  return read_server_setting ();
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);
  if (window != NULL)
    gtk_window_close (window);
}

static const GActionEntry actions[] = {
  { "quit", quit_cb },
};

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.shortcuts", { "<Control>question", "F1" } },
  { "win.reload", { "F5", "<Control>r" } },
  { "win.back", { "<Alt>Left" } },
};

static gint
zc_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  ZcApplication *self = ZC_APPLICATION (application);
  g_variant_dict_lookup (dict, "server", "s", &self->server);
  return -1;
}

static void
zc_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (zc_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           keys[i].keys);
  gtk_window_set_default_icon_name (ZC_APP_ID);
}

static void
zc_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window == NULL)
    {
      g_autofree char *server = choose_server (ZC_APPLICATION (application));
      g_autoptr (ZcSession) session = zc_session_new (server);
      window = GTK_WINDOW (zc_window_new (ADW_APPLICATION (application), session));
      zc_session_start (session);
    }
  gtk_window_present (window);
}

static void
zc_application_finalize (GObject *object)
{
  g_free (ZC_APPLICATION (object)->server);
  G_OBJECT_CLASS (zc_application_parent_class)->finalize (object);
}

static void
zc_application_class_init (ZcApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = zc_application_finalize;
  application_class->handle_local_options = zc_application_handle_local_options;
  application_class->startup = zc_application_startup;
  application_class->activate = zc_application_activate;
}

static void
zc_application_init (ZcApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * zc_application_new:
 *
 * Returns: (transfer full): the program
 */
ZcApplication *
zc_application_new (void)
{
  return g_object_new (ZC_TYPE_APPLICATION, "application-id", ZC_APP_ID, "resource-base-path",
                       "/io/github/zhicheng/zhicheng", "flags", G_APPLICATION_DEFAULT_FLAGS, NULL);
}
