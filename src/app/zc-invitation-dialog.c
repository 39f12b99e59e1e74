/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "zc-entry-field.h"
#include "zc-id.h"
#include "zc-invitation-dialog.h"
#include "zc-refusal.h"

struct _ZcInvitationDialog
{
  AdwDialog parent_instance;

  ZcSession *session;
  char *key; /* of this decision: a repeat after a lost answer is the same one */

  ZcEntryField *code;

  guint busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcInvitationDialog, zc_invitation_dialog, ADW_TYPE_DIALOG)

static void
update_actions (ZcInvitationDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invitation.use",
                                 !self->busy && *zc_entry_field_get_text (self->code) != '\0');
}

static void
say_what_is_wrong (ZcInvitationDialog *self, const GError *error)
{
  zc_entry_field_refuse (self->code, error,
                         g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_WRONG_CODE)
                             ? _ ("This invitation is wrong, was used or taken back, is older "
                                  "than three days, or is made out to somebody else.")
                             : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
redeemed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcInvitationDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (zc_session_redeem_finish (ZC_SESSION (source), result, &error))
    {
      zc_session_toast (ZC_SESSION (source), _ ("You are staff now: choose above for whom you act"));
      adw_dialog_close (ADW_DIALOG (self));
    }
  else if (self->session != NULL)
    {
      update_actions (self);
      say_what_is_wrong (self, error);
    }
}

static void
use_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcInvitationDialog *self = ZC_INVITATION_DIALOG (widget);

  self->busy = TRUE;
  update_actions (self);
  zc_session_redeem_async (self->session, zc_entry_field_get_text (self->code), self->key,
                           redeemed_cb, g_object_ref (self));
}

/* Another code is another decision. */
static void
changed_cb (ZcInvitationDialog *self)
{
  g_free (self->key);
  self->key = zc_id_new ();
  zc_entry_field_set_message (self->code, NULL);
  update_actions (self);
}

static void
activated_cb (ZcInvitationDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "invitation.use", NULL);
}

static void
zc_invitation_dialog_dispose (GObject *object)
{
  ZcInvitationDialog *self = ZC_INVITATION_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_INVITATION_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->key, g_free);
  G_OBJECT_CLASS (zc_invitation_dialog_parent_class)->dispose (object);
}

static void
zc_invitation_dialog_class_init (ZcInvitationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_invitation_dialog_dispose;
  g_type_ensure (ZC_TYPE_ENTRY_FIELD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zhicheng/zhicheng/zc-invitation-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcInvitationDialog, code);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "invitation.use", NULL, use_cb);
}

static void
zc_invitation_dialog_init (ZcInvitationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

AdwDialog *
zc_invitation_dialog_new (ZcSession *session)
{
  ZcInvitationDialog *self = g_object_new (ZC_TYPE_INVITATION_DIALOG, NULL);

  self->session = g_object_ref (session);
  return ADW_DIALOG (self);
}
