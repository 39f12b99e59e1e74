/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-notice-dialog.h"

struct _ZcNoticeDialog
{
  AdwDialog parent_instance;

  GtkScrolledWindow *scroller;
  GtkLabel *text;
  GtkWidget *reminder;

  guint at_end : 1;
};

G_DEFINE_FINAL_TYPE (ZcNoticeDialog, zc_notice_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_READ,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* A pixel of grace: fractional scales end short of the bound. */
static void
scrolled_cb (ZcNoticeDialog *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  if (self->at_end || gtk_adjustment_get_page_size (adjustment) <= 0
      || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || gtk_adjustment_get_value (adjustment) < end - 2)
    return;
  self->at_end = TRUE;
  gtk_widget_set_visible (self->reminder, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notice.close", TRUE);
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_READ], 0);
  adw_dialog_close (ADW_DIALOG (widget));
}

/* Not read: the person may go, but nothing is accepted. */
static void
leave_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
zc_notice_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_NOTICE_DIALOG);
  G_OBJECT_CLASS (zc_notice_dialog_parent_class)->dispose (object);
}

static void
zc_notice_dialog_class_init (ZcNoticeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_notice_dialog_dispose;
  signals[SIGNAL_READ] = g_signal_new ("read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-notice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcNoticeDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, ZcNoticeDialog, text);
  gtk_widget_class_bind_template_child (widget_class, ZcNoticeDialog, reminder);
  gtk_widget_class_install_action (widget_class, "notice.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "notice.leave", NULL, leave_cb);
}

static void
zc_notice_dialog_init (ZcNoticeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notice.close", FALSE);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * zc_notice_dialog_new:
 * @title: of the text
 * @text: paragraphs, a blank line between them
 */
AdwDialog *
zc_notice_dialog_new (const char *title, const char *text)
{
  ZcNoticeDialog *self = g_object_new (ZC_TYPE_NOTICE_DIALOG, "title", title, NULL);
  gtk_label_set_label (self->text, text);
  return ADW_DIALOG (self);
}
