/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-receipt-dialog.h"
#include "zc-stage-text.h"
#include "zc-time-text.h"

struct _ZcReceiptDialog
{
  AdwDialog parent_instance;

  ZcDossier *dossier;

  AdwStatusPage *status;
  AdwActionRow *number;
  AdwActionRow *time;
  AdwActionRow *where;
  AdwActionRow *digest;
};

G_DEFINE_FINAL_TYPE (ZcReceiptDialog, zc_receipt_dialog, ADW_TYPE_DIALOG)

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcReceiptDialog *self = ZC_RECEIPT_DIALOG (widget);
  g_autofree char *text = g_strjoin (
      "\n", zc_dossier_get_title (self->dossier), adw_action_row_get_subtitle (self->number),
      adw_action_row_get_subtitle (self->time), adw_action_row_get_subtitle (self->digest), NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
progress_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcReceiptDialog *self = ZC_RECEIPT_DIALOG (widget);
  gtk_widget_activate_action (widget, "win.progress", "s", zc_dossier_get_id (self->dossier));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
zc_receipt_dialog_dispose (GObject *object)
{
  ZcReceiptDialog *self = ZC_RECEIPT_DIALOG (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_RECEIPT_DIALOG);
  g_clear_object (&self->dossier);
  G_OBJECT_CLASS (zc_receipt_dialog_parent_class)->dispose (object);
}

static void
zc_receipt_dialog_class_init (ZcReceiptDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_receipt_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-receipt-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReceiptDialog, status);
  gtk_widget_class_bind_template_child (widget_class, ZcReceiptDialog, number);
  gtk_widget_class_bind_template_child (widget_class, ZcReceiptDialog, time);
  gtk_widget_class_bind_template_child (widget_class, ZcReceiptDialog, where);
  gtk_widget_class_bind_template_child (widget_class, ZcReceiptDialog, digest);
  gtk_widget_class_install_action (widget_class, "receipt.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "receipt.progress", NULL, progress_cb);
}

static void
zc_receipt_dialog_init (ZcReceiptDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Who has it now; not every business begins at a unit (decisions 8). */
static const char *
word_arrival (ZcDossier *dossier)
{
  return zc_dossier_get_stage (dossier) == ZC_STAGE_UNIT
             ? _ ("Your application has reached your unit. Until it accepts it you can withdraw "
                  "and change it.")
             : _ ("It has been submitted. Until it is accepted for review you can withdraw and "
                  "change it.");
}

AdwDialog *
zc_receipt_dialog_new (ZcDossier *dossier, gboolean just_now)
{
  ZcReceiptDialog *self = g_object_new (ZC_TYPE_RECEIPT_DIALOG, NULL);
  g_autofree char *digest = NULL;
  gint64 at = 0;
  self->dossier = g_object_ref (dossier);
  g_object_get (dossier, "receipt-digest", &digest, "receipt-at", &at, NULL);
  g_autofree char *time = zc_time_dup_minute (at);
  adw_status_page_set_title (self->status, just_now ? _ ("Submitted Successfully") : _ ("Receipt"));
  adw_status_page_set_description (self->status,
                                   just_now ? word_arrival (dossier)
                                            : zc_dossier_get_title (dossier));
  adw_action_row_set_subtitle (self->number, zc_dossier_get_receipt_number (dossier));
  adw_action_row_set_subtitle (self->time, time);
  adw_action_row_set_subtitle (
      self->where, zc_status_text (zc_dossier_get_stage (dossier), zc_dossier_get_state (dossier)));
  adw_action_row_set_subtitle (self->digest, digest);
  return ADW_DIALOG (self);
}
