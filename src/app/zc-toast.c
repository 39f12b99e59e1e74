/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-refusal-text.h"
#include "zc-toast.h"
#include "zc-why-button.h"

/* A short word over the page that a widget is on. The newest word is seen at once: it takes the place of the one before,
 * which would be told too late, on another page or to another person. What can be undone waits behind it and comes back. */

#define LAST_WORD "zc-last-word"
#define UNDO "zc-undo"           /* the newest that can be undone, while it is there */
#define UNDO_KEY "zc-undo-key"   /* is set once the overlay hears it */

/* a word with a button stays until it was read, thought about and pressed */
#define SECONDS_TO_PRESS 10

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
 * zc_toast_about:
 * @widget: a page, the overlay for toasts, or what stands in one of them; without an overlay nothing is said
 * @text: a short word
 * @why: (nullable): of zc_why_code(): offers the rule behind it (N12)
 *
 * Says it over the page, at once.
 */
void
zc_toast_about (GtkWidget *widget,
                const char *text,
                const char *why)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (why != NULL)
    {
      adw_toast_set_timeout (toast, SECONDS_TO_PRESS);
      adw_toast_set_button_label (toast, _ ("Why?"));
      adw_toast_set_action_target (toast, "s", why);
      adw_toast_set_action_name (toast, ZC_WHY_ACTION);
    }
  dismiss_last (overlay);
  g_object_set_data_full (G_OBJECT (overlay), LAST_WORD, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (overlay, toast);
}

/**
 * zc_toast:
 * @text: a short word
 *
 * Says it over the page, at once.
 */
void
zc_toast (GtkWidget *widget,
          const char *text)
{
  zc_toast_about (widget, text, NULL);
}

/**
 * zc_toast_error:
 * @error: what was refused
 *
 * Says what happened and what to do, and offers the rule behind it.
 */
void
zc_toast_error (GtkWidget *widget,
                const GError *error)
{
  g_autofree char *text = zc_refusal_dup_text (error);

  zc_toast_about (widget, text, zc_why_code (error));
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

/* Whose focus was on the toast goes on with what is under it, not with whatever button comes next. */
static void
leave_toast (GtkWidget *overlay)
{
  GtkWidget *child = adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (overlay));

  if (focus != NULL && child != NULL && focus != child && !gtk_widget_is_ancestor (focus, child))
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

/* The button is a long way for the keyboard, and not there for long. What a text has to undo of its own comes first. */
static gboolean
undo_cb (GtkWidget *overlay,
         GVariant *arguments,
         gpointer user_data)
{
  g_autoptr (AdwToast) toast = NULL;

  g_set_object (&toast, g_object_get_data (G_OBJECT (overlay), UNDO));
  if (toast == NULL)
    return FALSE;
  g_signal_emit_by_name (toast, "button-clicked");
  leave_toast (overlay);
  adw_toast_dismiss (toast);
  return TRUE;
}

static void
forget_undo_cb (AdwToastOverlay *overlay,
                AdwToast *toast)
{
  if (g_object_get_data (G_OBJECT (overlay), UNDO) == toast)
    g_object_set_data (G_OBJECT (overlay), UNDO, NULL);
}

static void
offer_key (AdwToastOverlay *overlay,
           AdwToast *toast)
{
  GtkEventController *keys;

  g_object_set_data_full (G_OBJECT (overlay), UNDO, g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (forget_undo_cb), overlay, G_CONNECT_SWAPPED);
  if (g_object_get_data (G_OBJECT (overlay), UNDO_KEY) != NULL)
    return;
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (undo_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (overlay), keys);
  g_object_set_data (G_OBJECT (overlay), UNDO_KEY, keys);
}

/**
 * zc_toast_undo:
 * @undo: called with the toast and @user_data when the person takes it back
 * @destroy: frees @user_data when the toast is gone
 *
 * Says what was done and offers to undo it for a while, by the button or by Ctrl+Z.
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
  adw_toast_set_timeout (toast, SECONDS_TO_PRESS);
  g_signal_connect_data (toast, "button-clicked", undo, user_data, destroy, 0);
  if (overlay == NULL)
    {
      g_object_unref (toast);
      return;
    }
  offer_key (overlay, toast);
  adw_toast_overlay_add_toast (overlay, toast);
}
