/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-left-banner.h"
#include "zc-left-dialog.h"

/* The list lies in the local store beside the dossier; it is read again whenever somebody wants to
 * see it, as it may have grown. */

static char *
name_setting (const char *dossier)
{
  return g_strconcat (ZC_LOCAL_STORE_LEFT, dossier, NULL);
}

static GListStore *
read_finish (GObject *source,
             GAsyncResult *result)
{
  g_autofree char *text
      = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;

  return zc_left_read (json != NULL ? zc_json_root (json) : NULL, NULL);
}

static void
read_to_show_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (AdwBanner) banner = data;
  g_autoptr (GListStore) left = read_finish (source, result);

  if (left != NULL && gtk_widget_get_mapped (GTK_WIDGET (banner)))
    adw_dialog_present (
        zc_left_dialog_new (_ ("While this was typed here, the form was updated on another computer. What follows "
                               "found no place in it and is not submitted. It is kept on this computer, to be read "
                               "and copied from."),
                            G_LIST_MODEL (left)),
        GTK_WIDGET (banner));
}

static void
clicked_cb (AdwBanner *banner,
            ZcLocalStore *store)
{
  g_autofree char *name = name_setting (g_object_get_data (G_OBJECT (banner), "zc-dossier"));

  zc_local_store_get_setting_async (store, name, read_to_show_cb, g_object_ref (banner));
}

static void
read_to_tell_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (AdwBanner) banner = data;
  g_autoptr (GListStore) left = read_finish (source, result);

  adw_banner_set_revealed (banner,
                           left != NULL && g_list_model_get_n_items (G_LIST_MODEL (left)) > 0);
}

/**
 * zc_left_banner_watch:
 * @banner: with its words and its button
 * @store: of the dossier's owner
 * @dossier: id of the dossier that is opened now
 *
 * Shows the banner where something is kept aside; its button lists it.
 */
void
zc_left_banner_watch (AdwBanner *banner,
                      ZcLocalStore *store,
                      const char *dossier)
{
  g_autofree char *name = name_setting (dossier);

  g_signal_handlers_disconnect_by_func (banner, clicked_cb, store);
  g_object_set_data_full (G_OBJECT (banner), "zc-dossier", g_strdup (dossier), g_free);
  g_signal_connect_object (banner, "button-clicked", G_CALLBACK (clicked_cb), store, 0);
  zc_local_store_get_setting_async (store, name, read_to_tell_cb, g_object_ref (banner));
}
