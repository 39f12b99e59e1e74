/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-window.h"

struct _ZcWindow
{
  AdwApplicationWindow parent_instance;

  ZcSession         *session;

  AdwToastOverlay   *toasts;
  AdwNavigationView *pages;
};

G_DEFINE_FINAL_TYPE (ZcWindow, zc_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast_cb (ZcWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_navigation_view_pop (ZC_WINDOW (widget)->pages);
}

static void
zc_window_dispose (GObject *object)
{
  ZcWindow *self = ZC_WINDOW (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_WINDOW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_window_parent_class)->dispose (object);
}

static void
zc_window_class_init (ZcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, pages);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
}

static void
zc_window_init (ZcWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ZcWindow *
zc_window_new (AdwApplication *application, ZcSession *session)
{
  ZcWindow *self = g_object_new (ZC_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  return self;
}

ZcSession *
zc_window_get_session (ZcWindow *self)
{
  return self->session;
}

void
zc_window_push (ZcWindow *self, AdwNavigationPage *page)
{
  adw_navigation_view_push (self->pages, page);
}
