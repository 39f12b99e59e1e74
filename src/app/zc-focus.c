/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <adwaita.h>

#include "zc-focus.h"

/* Somebody has written into it, and may be writing still. */
static gboolean
is_being_written (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    return *gtk_editable_get_text (GTK_EDITABLE (widget)) != '\0';
  return GTK_IS_TEXT_VIEW (widget) && gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget))) > 0;
}

/**
 * zc_focus_is_free:
 * @widget: anything in the window
 *
 * For what comes by itself, after a wait, and would have the focus: what somebody types elsewhere meanwhile would go astray.
 *
 * Returns: whether nobody is writing anything in that window
 */
gboolean
zc_focus_is_free (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus == NULL || !gtk_widget_get_mapped (focus) || !is_being_written (focus);
}

/* The button that leads back gets the focus when a page comes, for want of anything else: nobody chose it. */
static gboolean
is_chosen (GtkWidget *focus)
{
  return gtk_widget_get_ancestor (focus, ADW_TYPE_HEADER_BAR) == NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

/**
 * zc_focus_is_lost:
 * @widget: what has been loaded or drawn anew
 *
 * Keys go to what has the focus: what comes late takes it where nothing had it meanwhile (P21).
 *
 * Returns: whether what has the focus is gone or grey, or nobody has chosen it
 */
gboolean
zc_focus_is_lost (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return root != NULL && (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_is_sensitive (focus) || !is_chosen (focus));
}
