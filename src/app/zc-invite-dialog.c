/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-client-staff.h"
#include "zc-entry-field.h"
#include "zc-invite-dialog.h"
#include "zc-problem-text.h"
#include "zc-record.h"
#include "zc-refusal.h"
#include "zc-time-text.h"
#include "zc-toast.h"

struct _ZcInviteDialog
{
  AdwDialog parent_instance;

  ZcClient *client;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  ZcEntryField *name;
  ZcEntryField *id_number;
  AdwToggleGroup *role;
  GtkLabel *explanation;
  GtkLabel *code;
  GtkWidget *copy;

  guint busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcInviteDialog, zc_invite_dialog, ADW_TYPE_DIALOG)

static void
update (ZcInviteDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invite.make",
                                 !self->busy && *zc_entry_field_get_text (self->name) != '\0'
                                     && *zc_entry_field_get_text (self->id_number) != '\0');
}

/* The secret is shown here and nowhere else: the server has no more than its digest. */
static void
show_code (ZcInviteDialog *self, const ZcJsonValue *root)
{
  g_autofree char *until = zc_time_dup_minute (zc_record_time (root, "expires_at"));
  g_autofree char *text = g_strdup_printf (
      _ ("Please hand this invitation to %s yourself. They sign in with an account of their own "
         "and enter it at the gear, “Use an Invitation”. It counts once, for them alone, until "
         "%s, and is not shown again."),
      zc_entry_field_get_text (self->name), until);

  gtk_label_set_label (self->explanation, text);
  gtk_label_set_label (self->code, zc_json_get_string (root, "invitation"));
  gtk_stack_set_visible_child_name (self->stack, "code");
  gtk_widget_grab_focus (self->copy);
}

/* At the field that it is about, or where all can read it. */
static void
show_error (ZcInviteDialog *self, const GError *error)
{
  GPtrArray *problems = zc_refusal_get_problems (error);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];
      g_autofree char *text = zc_problem_dup_text (problem, NULL);

      zc_entry_field_set_message (
          g_strcmp0 (problem->field, "name") == 0 ? self->name : self->id_number, text);
    }
  if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_ONESELF))
    zc_entry_field_refuse (self->id_number, error, NULL);
  else if (problems == NULL || problems->len == 0)
    zc_toast_error (GTK_WIDGET (self->toasts), error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcInviteDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  self->busy = FALSE;
  if (self->client == NULL)
    return;
  update (self);
  if (reply != NULL)
    show_code (self, zc_reply_root (reply));
  else
    show_error (self, error);
}

static void
make_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcInviteDialog *self = ZC_INVITE_DIALOG (widget);

  self->busy = TRUE;
  update (self);
  zc_client_invite_staff_async (
      self->client, zc_entry_field_get_text (self->name), zc_entry_field_get_text (self->id_number),
      adw_toggle_group_get_active_name (self->role), NULL, made_cb, g_object_ref (self));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcInviteDialog *self = ZC_INVITE_DIALOG (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), gtk_label_get_label (self->code));
  zc_toast (GTK_WIDGET (self->toasts), _ ("Copied"));
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
changed_cb (ZcInviteDialog *self, ZcEntryField *field)
{
  zc_entry_field_set_message (field, NULL);
  update (self);
}

static void
activated_cb (ZcInviteDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "invite.make", NULL);
}

static void
zc_invite_dialog_dispose (GObject *object)
{
  ZcInviteDialog *self = ZC_INVITE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_INVITE_DIALOG);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (zc_invite_dialog_parent_class)->dispose (object);
}

static void
zc_invite_dialog_class_init (ZcInviteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_invite_dialog_dispose;
  g_type_ensure (ZC_TYPE_ENTRY_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-invite-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, name);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, id_number);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, role);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, code);
  gtk_widget_class_bind_template_child (widget_class, ZcInviteDialog, copy);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "invite.make", NULL, make_cb);
  gtk_widget_class_install_action (widget_class, "invite.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "invite.close", NULL, close_cb);
}

static void
zc_invite_dialog_init (ZcInviteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

AdwDialog *
zc_invite_dialog_new (ZcClient *client)
{
  ZcInviteDialog *self = g_object_new (ZC_TYPE_INVITE_DIALOG, NULL);

  self->client = g_object_ref (client);
  return ADW_DIALOG (self);
}
