/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-toast.h"

/* A short word over the page that a widget is on. The newest word is seen at once: it takes the place of the one before,
 * which would be told too late, on another page or to another person. What can be undone waits behind it and comes back. */

#define LAST_WORD "zc-last-word"

static void
dismiss_last (AdwToastOverlay *overlay)
{
  AdwToast *last = g_object_get_data (G_OBJECT (overlay), LAST_WORD);

  if (last != NULL)
    adw_toast_dismiss (last);
}

/* (nullable): the first that is on the screen */
static GtkWidget *
find_below (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (ADW_IS_TOAST_OVERLAY (widget))
    return widget;
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_below (next);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A page with a bar at its bottom has an overlay of its own above that bar, for the bar's buttons stay free; it takes along what
 * was said when it goes. Any other page has the one that it stands under. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_PAGE);
  GtkWidget *overlay = page != NULL ? find_below (page) : NULL;

  if (overlay == NULL)
    overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  return overlay != NULL ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

/**
 * zc_toast:
 * @widget: a page, the overlay for toasts, or what stands in one of them; without an overlay nothing is said
 * @text: a short word
 *
 * Says it over the page, at once.
 */
void
zc_toast (GtkWidget *widget,
          const char *text)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  dismiss_last (overlay);
  g_object_set_data_full (G_OBJECT (overlay), LAST_WORD, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (overlay, toast);
}

/**
 * zc_toast_clear:
 * @overlay: the overlay for toasts
 *
 * Takes back what was said, and what could be undone: it was for somebody else.
 */
void
zc_toast_clear (AdwToastOverlay *overlay)
{
  g_object_set_data (G_OBJECT (overlay), LAST_WORD, NULL);
  adw_toast_overlay_dismiss_all (overlay);
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
  AdwToastOverlay *overlay = find_overlay (widget);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, 10);
  g_signal_connect_data (toast, "button-clicked", undo, user_data, destroy, 0);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (overlay, toast);
  else
    g_object_unref (toast);
}
