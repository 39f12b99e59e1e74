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
read_list (const char *text)
{
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;

  return zc_left_read (json != NULL ? zc_json_root (json) : NULL, NULL);
}

static void read_to_tell_cb (GObject *source, GAsyncResult *result, gpointer data);

/* --- taking it away --- */
typedef struct
{
  AdwBanner    *banner;
  ZcLocalStore *store;
  char         *name;
  char         *text; /* as it was shown */
} Shown;

static void
shown_free (gpointer data, GClosure *closure)
{
  Shown *shown = data;

  g_object_unref (shown->banner);
  g_object_unref (shown->store);
  g_free (shown->name);
  g_free (shown->text);
  g_free (shown);
}

/* Where the list has grown meanwhile nobody has seen all of it: it stays, and is told. */
static void
removed_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (AdwBanner) banner = data;
  g_autofree char *name = name_setting (g_object_get_data (G_OBJECT (banner), "zc-dossier"));

  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  zc_local_store_get_setting_async (ZC_LOCAL_STORE (source), name, read_to_tell_cb,
                                    g_steal_pointer (&banner));
}

static void
remove_cb (ZcLeftDialog *dialog,
           Shown *shown)
{
  zc_local_store_drop_setting_async (shown->store, shown->name, shown->text, removed_cb,
                                     g_object_ref (shown->banner));
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

/* --- showing it --- */
static void
present (AdwBanner *banner,
         ZcLocalStore *store,
         const char *text,
         GListModel *left)
{
  AdwDialog *dialog
      = zc_left_dialog_new (_ ("While this was typed here, the form was updated on another computer. What follows "
                               "found no place in it and is not submitted. It is kept on this computer, to be read "
                               "and copied from."),
                            left);
  Shown *shown = g_new0 (Shown, 1);

  shown->banner = g_object_ref (banner);
  shown->store = g_object_ref (store);
  shown->name = name_setting (g_object_get_data (G_OBJECT (banner), "zc-dossier"));
  shown->text = g_strdup (text);
  g_signal_connect_data (dialog, "remove", G_CALLBACK (remove_cb), shown, shown_free, 0);
  zc_left_dialog_offer_removal (ZC_LEFT_DIALOG (dialog));
  adw_dialog_present (dialog, GTK_WIDGET (banner));
}

static void
read_to_show_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (AdwBanner) banner = data;
  g_autofree char *text
      = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (GListStore) left = read_list (text);

  if (left != NULL && gtk_widget_get_mapped (GTK_WIDGET (banner)))
    present (banner, ZC_LOCAL_STORE (source), text, G_LIST_MODEL (left));
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
  g_autofree char *text
      = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (GListStore) left = read_list (text);

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
