/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-keep-in-view.h"

/* A scroller gives way at its bottom to what is said below it. What is being filled in there, and the end of what is read, move up
 * with the edge; nothing else moves. */
typedef struct
{
  GtkScrolledWindow *scroller; /* owns this */
  GtkAdjustment     *adjustment;
  double             page;     /* how much of it was seen */
  double             seen;     /* how much was seen before it got lower */
  guint              idle_id;  /* 0: it did not */
} Keeper;

#define KEEPER "zc-keeper"

static void
keeper_free (gpointer data)
{
  Keeper *self = data;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_object_unref (self->adjustment);
  g_free (self);
}

static gboolean
was_at_end (Keeper *self)
{
  return gtk_adjustment_get_value (self->adjustment) + self->seen >= gtk_adjustment_get_upper (self->adjustment) - 1;
}

/* Who has scrolled away from the focus is not taken back to it. */
static gboolean
was_in_view (Keeper *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_is_ancestor (widget, GTK_WIDGET (self->scroller))
         && gtk_widget_compute_bounds (widget, GTK_WIDGET (self->scroller), &bounds) && bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height <= self->seen;
}

static gboolean
keep_cb (gpointer data)
{
  Keeper *self = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->scroller));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->idle_id = 0;
  if (was_at_end (self))
    gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_upper (self->adjustment));
  else if (focus != NULL && was_in_view (self, focus))
    gtk_viewport_scroll_to (GTK_VIEWPORT (gtk_scrolled_window_get_child (self->scroller)), focus, NULL);
  return G_SOURCE_REMOVE;
}

/* In the midst of an allocation, in which nothing is scrolled. */
static void
page_cb (Keeper *self)
{
  double page = gtk_adjustment_get_page_size (self->adjustment);

  if (page < self->page && self->idle_id == 0)
    {
      self->seen = self->page;
      self->idle_id = g_idle_add (keep_cb, self);
    }
  self->page = page;
}

/**
 * zc_keep_in_view:
 * @scroller: scrolls its child in a viewport
 *
 * From now on, when it gets lower, what has the focus stays in view if it was, and who was at the end stays there.
 */
void
zc_keep_in_view (GtkScrolledWindow *scroller)
{
  Keeper *self = g_new0 (Keeper, 1);

  self->scroller = scroller;
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (scroller));
  g_object_set_data_full (G_OBJECT (scroller), KEEPER, self, keeper_free);
  g_signal_connect_swapped (self->adjustment, "notify::page-size", G_CALLBACK (page_cb), self);
}
