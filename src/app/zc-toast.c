/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-toast.h"

/* A short word over the page that a widget is on. */

static void
show (GtkWidget *widget,
      AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

void
zc_toast (GtkWidget *widget,
          const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  show (widget, toast);
}

/**
 * zc_toast_undo:
 * @undo: called with the toast and @user_data when the person takes it back
 * @destroy: frees @user_data when the toast is gone
 *
 * Says what was done and offers to undo it, for ten seconds.
 */
void
zc_toast_undo (GtkWidget *widget,
               const char *text,
               GCallback undo,
               gpointer user_data,
               GClosureNotify destroy)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_data (toast, "button-clicked", undo, user_data, destroy, 0);
  show (widget, toast);
}
