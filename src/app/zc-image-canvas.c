/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-image-canvas.h"

/* The picture of the viewer: GtkPicture neither zooms nor turns. It has no template: it has no children. */
struct _ZcImageCanvas
{
  GtkWidget parent_instance;

  GdkTexture *texture; /* (nullable) */
  double zoom;         /* 0: fitted */
  int turns;           /* quarters, clockwise */
};

G_DEFINE_FINAL_TYPE (ZcImageCanvas, zc_image_canvas, GTK_TYPE_WIDGET)

static void
get_turned_size (ZcImageCanvas *self,
                 double *width,
                 double *height)
{
  double w = self->texture != NULL ? gdk_texture_get_width (self->texture) : 1;
  double h = self->texture != NULL ? gdk_texture_get_height (self->texture) : 1;

  *width = self->turns % 2 == 0 ? w : h;
  *height = self->turns % 2 == 0 ? h : w;
}

static void
zc_image_canvas_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  ZcImageCanvas *self = ZC_IMAGE_CANVAS (widget);
  double width, height;

  get_turned_size (self, &width, &height);
  *minimum = self->zoom > 0
                 ? (int) ((orientation == GTK_ORIENTATION_HORIZONTAL ? width : height) * self->zoom)
                 : 0;
  *natural = *minimum;
}

static void
zc_image_canvas_snapshot (GtkWidget *widget,
                          GtkSnapshot *snapshot)
{
  ZcImageCanvas *self = ZC_IMAGE_CANVAS (widget);
  double scale = zc_image_canvas_get_scale (self);
  float width, height;

  if (self->texture == NULL)
    return;
  width = (float) (gdk_texture_get_width (self->texture) * scale);
  height = (float) (gdk_texture_get_height (self->texture) * scale);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2,
                                                          (float) gtk_widget_get_height (widget)
                                                              / 2));
  gtk_snapshot_rotate (snapshot, (float) (90 * self->turns));
  gtk_snapshot_append_scaled_texture (
      snapshot, self->texture, GSK_SCALING_FILTER_TRILINEAR,
      &GRAPHENE_RECT_INIT (-width / 2, -height / 2, width, height));
  gtk_snapshot_restore (snapshot);
}

static void
zc_image_canvas_dispose (GObject *object)
{
  g_clear_object (&ZC_IMAGE_CANVAS (object)->texture);
  G_OBJECT_CLASS (zc_image_canvas_parent_class)->dispose (object);
}

static void
zc_image_canvas_class_init (ZcImageCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_image_canvas_dispose;
  widget_class->measure = zc_image_canvas_measure;
  widget_class->snapshot = zc_image_canvas_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
zc_image_canvas_init (ZcImageCanvas *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
zc_image_canvas_set_texture (ZcImageCanvas *self,
                             GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * zc_image_canvas_set_zoom:
 * @zoom: 1 shows a pixel as a pixel; 0 fits the picture into its room
 */
void
zc_image_canvas_set_zoom (ZcImageCanvas *self,
                          double zoom)
{
  self->zoom = zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
zc_image_canvas_get_zoom (ZcImageCanvas *self)
{
  return self->zoom;
}

/**
 * zc_image_canvas_get_scale:
 *
 * Returns: at what scale the picture stands on the screen now
 */
double
zc_image_canvas_get_scale (ZcImageCanvas *self)
{
  double width, height;

  if (self->zoom > 0)
    return self->zoom;
  get_turned_size (self, &width, &height);
  return MIN (1.0, MIN (gtk_widget_get_width (GTK_WIDGET (self)) / width,
                        gtk_widget_get_height (GTK_WIDGET (self)) / height));
}

void
zc_image_canvas_set_turns (ZcImageCanvas *self,
                           int turns)
{
  self->turns = ((turns % 4) + 4) % 4;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
zc_image_canvas_get_turns (ZcImageCanvas *self)
{
  return self->turns;
}
