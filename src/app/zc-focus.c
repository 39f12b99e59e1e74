/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

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
