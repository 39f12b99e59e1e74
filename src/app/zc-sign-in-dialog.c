/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-sign-in-dialog.h"
#include "zc-sign-in-form.h"

struct _ZcSignInDialog
{
  AdwDialog parent_instance;

  GtkLabel *who;
  ZcSignInForm *form;
};

G_DEFINE_FINAL_TYPE (ZcSignInDialog, zc_sign_in_dialog, ADW_TYPE_DIALOG)

static void
done_cb (ZcSignInDialog *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
zc_sign_in_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_SIGN_IN_DIALOG);
  G_OBJECT_CLASS (zc_sign_in_dialog_parent_class)->dispose (object);
}

static void
zc_sign_in_dialog_class_init (ZcSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_sign_in_dialog_dispose;
  g_type_ensure (ZC_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSignInDialog, who);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInDialog, form);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
zc_sign_in_dialog_init (ZcSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
zc_sign_in_dialog_new (ZcSession *session)
{
  ZcSignInDialog *self = g_object_new (ZC_TYPE_SIGN_IN_DIALOG, NULL);
  ZcAccount *account = zc_session_get_account (session);
  g_autofree char *who = account != NULL
                             ? g_strdup_printf (_ ("%s, mobile %s"), zc_account_get_name (account),
                                                zc_account_get_mobile (account))
                             : g_strdup ("");
  gtk_label_set_label (self->who, who);
  g_object_set (self->form, "session", session, NULL);
  return ADW_DIALOG (self);
}
