/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-tile-buttons.h"

struct _ZcTileButtons
{
  GtkBox parent_instance;

  GtkButton *backward;
  GtkButton *forward;
  GtkButton *replace;
  GtkButton *remove;
};

G_DEFINE_FINAL_TYPE (ZcTileButtons, zc_tile_buttons, GTK_TYPE_BOX)

static void
zc_tile_buttons_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_TILE_BUTTONS);
  G_OBJECT_CLASS (zc_tile_buttons_parent_class)->dispose (object);
}

static void
zc_tile_buttons_class_init (ZcTileButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_tile_buttons_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-tile-buttons.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcTileButtons, backward);
  gtk_widget_class_bind_template_child (widget_class, ZcTileButtons, forward);
  gtk_widget_class_bind_template_child (widget_class, ZcTileButtons, replace);
  gtk_widget_class_bind_template_child (widget_class, ZcTileButtons, remove);
}

static void
zc_tile_buttons_init (ZcTileButtons *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
zc_tile_buttons_new (void)
{
  return g_object_new (ZC_TYPE_TILE_BUTTONS, NULL);
}

static void
set_name (GtkButton *button,
          const char *format,
          guint number)
{
  g_autofree char *name = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  name = g_strdup_printf (format, number); /* translations of the formats below: one %u */
#pragma GCC diagnostic pop
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * zc_tile_buttons_set_number:
 * @number: of the image, from 1: who hears the screen is told which of them a button is for
 */
void
zc_tile_buttons_set_number (ZcTileButtons *self,
                            guint number)
{
  set_name (self->backward, _ ("Move image %u forward"), number);
  set_name (self->forward, _ ("Move image %u back"), number);
  set_name (self->replace, _ ("Replace image %u"), number);
  set_name (self->remove, _ ("Remove image %u"), number);
}

/**
 * zc_tile_buttons_set_reorders:
 * @reorders: whether the field can hold more than one image
 */
void
zc_tile_buttons_set_reorders (ZcTileButtons *self,
                              gboolean reorders)
{
  gtk_widget_set_visible (GTK_WIDGET (self->backward), reorders);
  gtk_widget_set_visible (GTK_WIDGET (self->forward), reorders);
}
