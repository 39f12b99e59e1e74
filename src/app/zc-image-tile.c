/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-image-canvas.h"
#include "zc-image-text.h"
#include "zc-image-tile.h"
#include "zc-sync-text.h"
#include "zc-thumbnail.h"
#include "zc-tile-buttons.h"

#define THUMBNAIL_EDGE 264 /* device pixels: twice the size of the tile, for a fine screen */

struct _ZcImageTile
{
  GtkBox parent_instance;

  ZcFieldPlace *place;
  ZcDraftImage *image;
  GCancellable *cancellable;
  char *problem; /* (nullable) */
  guint position;

  GtkButton *open;
  GtkStack *stack;
  ZcImageCanvas *canvas;
  GtkLabel *state;
  GtkLabel *mark;
  GtkLabel *tip; /* what its tooltip says */
  ZcTileButtons *buttons; /* (nullable): it is only looked at */
  GtkDragSource *drag_source;
  GtkDropTarget *drop_target;

  guint named : 1; /* after its position */
};

G_DEFINE_FINAL_TYPE (ZcImageTile, zc_image_tile, GTK_TYPE_BOX)

enum
{
  OPEN,
  MOVE,
  REPLACE,
  REMOVE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
show_missing (ZcImageTile *self,
              const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_stack_set_visible_child_name (self->stack, "missing");
}

static void
decoded_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (ZcImageTile) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
      = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, &error);

  if (texture == NULL)
    {
      show_missing (self, error);
      return;
    }
  zc_image_canvas_set_texture (self->canvas, texture);
  gtk_stack_set_visible_child_name (self->stack, "image");
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (ZcImageTile) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zc_draft_load_image_finish (ZC_DRAFT (source), result, &error);

  if (bytes == NULL)
    {
      show_missing (self, error);
      return;
    }
  zc_thumbnail_load_async (self->place->pool, NULL, bytes, THUMBNAIL_EDGE, self->cancellable,
                           decoded_cb, g_object_ref (self));
}

static void
load (ZcImageTile *self)
{
  self->cancellable = g_cancellable_new ();
  zc_draft_load_image_async (self->place->draft, zc_draft_image_get_sha256 (self->image),
                             self->cancellable, loaded_cb, g_object_ref (self));
}

/* Where it is, or what is wrong with it, in words; the rest for the pointer and the screen reader. */
static void
state_cb (ZcImageTile *self)
{
  g_autofree char *facts = zc_image_facts_dup_text (zc_draft_image_get_width (self->image),
                                                    zc_draft_image_get_height (self->image),
                                                    zc_draft_image_get_bytes (self->image));
  const char *where = zc_image_state_text (zc_draft_image_get_sync_state (self->image));
  const char *state = self->problem != NULL ? self->problem : where;
  g_autofree char *name = g_strdup_printf (_ ("Image %u: %s"), self->position + 1,
                                           zc_draft_image_get_name (self->image));
  const char *mark = gtk_label_get_label (self->mark);
  g_autofree char *description
      = g_strdup_printf ("%s · %s%s%s", facts, state, *mark != '\0' ? " · " : "", mark);
  g_autofree char *tooltip
      = g_strdup_printf ("%s\n%s\n%s%s%s", zc_draft_image_get_name (self->image), facts, state,
                         *mark != '\0' ? "\n" : "", mark);

  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->tip, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* A label of the tile's own: what stands in an open tooltip is asked for again only while the pointer is where GTK looks for it. */
static gboolean
zc_image_tile_query_tooltip (GtkWidget *widget,
                             int x,
                             int y,
                             gboolean by_keyboard,
                             GtkTooltip *tooltip)
{
  gtk_tooltip_set_custom (tooltip, GTK_WIDGET (ZC_IMAGE_TILE (widget)->tip));
  return TRUE;
}

static void
action_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  ZcImageTile *self = ZC_IMAGE_TILE (widget);

  if (g_str_equal (name, "tile.open"))
    g_signal_emit (self, signals[OPEN], 0);
  else if (g_str_equal (name, "tile.replace"))
    g_signal_emit (self, signals[REPLACE], 0);
  else if (g_str_equal (name, "tile.remove"))
    g_signal_emit (self, signals[REMOVE], 0);
  else
    g_signal_emit (self, signals[MOVE], 0,
                   (int) self->position + (g_str_equal (name, "tile.forward") ? 1 : -1));
}

static GdkContentProvider *
drag_prepare_cb (ZcImageTile *self,
                 double x,
                 double y,
                 GtkDragSource *source)
{
  return self->place->read_only ? NULL : gdk_content_provider_new_typed (ZC_TYPE_IMAGE_TILE, self);
}

static void
drag_begin_cb (ZcImageTile *self,
               GdkDrag *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self->open));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* An image of the same strip that is dropped here takes this place. */
static gboolean
drop_cb (ZcImageTile *self,
         const GValue *value,
         double x,
         double y,
         GtkDropTarget *target)
{
  ZcImageTile *dropped = g_value_get_object (value);

  if (dropped == NULL || dropped == self || self->place->read_only
      || gtk_widget_get_parent (GTK_WIDGET (dropped)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (dropped, signals[MOVE], 0, (int) self->position);
  return TRUE;
}

/* Not before it is seen: a form that is made ready ahead fetches and decodes nothing yet. */
static void
zc_image_tile_map (GtkWidget *widget)
{
  ZcImageTile *self = ZC_IMAGE_TILE (widget);

  GTK_WIDGET_CLASS (zc_image_tile_parent_class)->map (widget);
  if (self->cancellable == NULL)
    load (self);
}

static void
zc_image_tile_dispose (GObject *object)
{
  ZcImageTile *self = ZC_IMAGE_TILE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_IMAGE_TILE);
  g_clear_object (&self->image);
  g_clear_object (&self->tip);
  g_clear_pointer (&self->place, zc_field_place_free);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (zc_image_tile_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-image-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, open);
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, canvas);
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, state);
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, mark);
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, drag_source);
  gtk_widget_class_bind_template_child (widget_class, ZcImageTile, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const char *const actions[]
      = { "tile.open", "tile.backward", "tile.forward", "tile.replace", "tile.remove" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "tile.backward",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, GDK_ALT_MASK, "tile.forward",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "tile.remove", NULL);
}

static void
install_signals (GType type)
{
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT);
  signals[REPLACE]
      = g_signal_new ("replace", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE]
      = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_image_tile_class_init (ZcImageTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_image_tile_dispose;
  widget_class->map = zc_image_tile_map;
  widget_class->query_tooltip = zc_image_tile_query_tooltip;
  g_type_ensure (ZC_TYPE_IMAGE_CANVAS);
  install_signals (G_TYPE_FROM_CLASS (klass));
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
zc_image_tile_init (ZcImageTile *self)
{
  GType type = ZC_TYPE_IMAGE_TILE;

  self->tip = g_object_ref_sink (GTK_LABEL (gtk_label_new (NULL)));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_drop_target_set_gtypes (self->drop_target, &type, 1);
}

static void
add_buttons (ZcImageTile *self)
{
  self->buttons = ZC_TILE_BUTTONS (zc_tile_buttons_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->buttons));
}

/**
 * zc_image_tile_new:
 * @place: of the field's section or entry; copied
 * @image: of the field
 */
GtkWidget *
zc_image_tile_new (const ZcFieldPlace *place,
                   ZcDraftImage *image)
{
  ZcImageTile *self = g_object_new (ZC_TYPE_IMAGE_TILE, NULL);

  self->place = zc_field_place_copy (place);
  self->image = g_object_ref (image);
  if (!place->read_only)
    add_buttons (self);
  gtk_widget_set_visible (GTK_WIDGET (self->state), !place->read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.replace", !place->read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.remove", !place->read_only);
  g_signal_connect_object (image, "notify::sync-state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  state_cb (self);
  return GTK_WIDGET (self);
}

ZcDraftImage *
zc_image_tile_get_image (ZcImageTile *self)
{
  return self->image;
}

/**
 * zc_image_tile_set_position:
 * @position: from 0
 * @reorders: whether the field can hold more than one image
 */
void
zc_image_tile_set_position (ZcImageTile *self,
                            guint position,
                            guint n_images,
                            gboolean reorders)
{
  gboolean moved = self->position != position;

  self->position = position;
  if (self->buttons != NULL)
    zc_tile_buttons_set_reorders (self->buttons, reorders);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.backward",
                                 position > 0 && !self->place->read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "tile.forward",
                                 position + 1 < n_images && !self->place->read_only);
  if (!moved && self->named)
    return;
  self->named = TRUE;
  if (self->buttons != NULL)
    zc_tile_buttons_set_number (self->buttons, position + 1);
  state_cb (self);
}

guint
zc_image_tile_get_position (ZcImageTile *self)
{
  return self->position;
}

const ZcFieldPlace *
zc_image_tile_get_place (ZcImageTile *self)
{
  return self->place;
}

/**
 * zc_image_tile_set_mark:
 * @text: (nullable): what a reviewer notes on this image, or that it is new since a return (P9)
 */
void
zc_image_tile_set_mark (ZcImageTile *self,
                        const char *text)
{
  const char *shown = gtk_widget_get_visible (GTK_WIDGET (self->mark)) ? gtk_label_get_label (self->mark) : NULL;

  if (g_strcmp0 (shown, text) == 0)
    return; /* asked of all tiles at each change of the form */
  gtk_label_set_label (self->mark, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mark), text != NULL);
  state_cb (self);
}

/**
 * zc_image_tile_set_problem:
 * @text: (nullable): what is wrong with this image
 */
void
zc_image_tile_set_problem (ZcImageTile *self,
                           const char *text)
{
  if (!g_set_str (&self->problem, text))
    return;
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  state_cb (self);
}
