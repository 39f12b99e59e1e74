/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-refusal-text.h"
#include "zc-sign-out-dialog.h"
#include "zc-unsent.h"
#include "zc-why-button.h"

struct _ZcSignOutDialog
{
  AdwDialog parent_instance;

  ZcSession *session;
  ZcSync *sync;      /* (nullable): gone with the session's account */
  GPtrArray *unsent; /* (nullable): ZcUnsent, being listed */

  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *trouble;
  GtkLabel *problem;
  ZcWhyButton *why;
  GtkProgressBar *progress;

  guint next;      /* dossier to be sent */
  guint n_begun;   /* how much was unsent when sending began */
  guint sending : 1;
};

G_DEFINE_FINAL_TYPE (ZcSignOutDialog, zc_sign_out_dialog, ADW_TYPE_DIALOG)

static void
sign_out (ZcSignOutDialog *self)
{
  g_autoptr (ZcSignOutDialog) alive = g_object_ref (self);

  self->sending = FALSE;
  adw_dialog_force_close (ADW_DIALOG (self));
  zc_session_sign_out (self->session);
}

/* --- what is unsent --- */
static char *
dup_contents (const ZcUnsent *unsent)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < unsent->sections->len; i++)
    g_strv_builder_add (parts, g_ptr_array_index (unsent->sections, i));
  if (unsent->n_images > 0)
    g_strv_builder_take (parts, g_strdup_printf (_ ("%u pictures"), unsent->n_images));
  names = g_strv_builder_end (parts);
  return g_strjoinv (_ (", "), names);
}

static void
add_row (ZcSignOutDialog *self, const ZcUnsent *unsent)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *contents = dup_contents (unsent);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *unsent->title != '\0' ? unsent->title : _ ("A dossier"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), contents);
  gtk_list_box_append (self->list, row);
}

static void
show_problem (ZcSignOutDialog *self, const GError *error)
{
  g_autofree char *text = error != NULL ? zc_refusal_dup_text (error) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  zc_why_button_explain (self->why, error);
  gtk_widget_set_visible (self->trouble, text != NULL);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcSignOutDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = zc_unsent_list_finish (result, &error);

  if (self->sync == NULL)
    return;
  if (list != NULL && list->len == 0)
    {
      sign_out (self); /* it has arrived meanwhile */
      return;
    }
  if (error != NULL)
    show_problem (self, error);
  g_clear_pointer (&self->unsent, g_ptr_array_unref);
  self->unsent = g_steal_pointer (&list);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; self->unsent != NULL && i < self->unsent->len; i++)
    add_row (self, g_ptr_array_index (self->unsent, i));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-out.send", self->unsent != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-out.discard", self->unsent != NULL);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
list_again (ZcSignOutDialog *self)
{
  self->sending = FALSE;
  zc_unsent_list_async (self->session, listed_cb, g_object_ref (self));
}

/* --- sending first --- */
static void send_next (ZcSignOutDialog *self);

static void
unsent_cb (ZcSignOutDialog *self)
{
  guint left;

  if (!self->sending)
    return;
  g_object_get (self->sync, "n-unsent", &left, NULL);
  self->n_begun = MAX (self->n_begun, left);
  gtk_progress_bar_set_fraction (self->progress,
                                 self->n_begun > 0 ? 1.0 - (double) left / self->n_begun : 1.0);
  if (self->unsent == NULL || self->next < self->unsent->len || left > 0)
    return;
  list_again (self); /* the store's word, not ours: signs out when it lists nothing */
}

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcSignOutDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean pushed = zc_sync_push_finish (ZC_SYNC (source), result, &error);

  if (!self->sending || self->sync == NULL)
    return;
  if (pushed)
    {
      send_next (self);
      return;
    }
  show_problem (self, error);
  list_again (self);
}

static void
send_next (ZcSignOutDialog *self)
{
  const ZcUnsent *unsent;

  if (self->next >= self->unsent->len)
    {
      unsent_cb (self);
      return;
    }
  unsent = g_ptr_array_index (self->unsent, self->next++);
  zc_sync_push_async (self->sync, unsent->dossier, NULL, pushed_cb, g_object_ref (self));
}

static void
send_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcSignOutDialog *self = ZC_SIGN_OUT_DIALOG (widget);

  show_problem (self, NULL);
  self->sending = TRUE;
  self->next = 0;
  self->n_begun = 0;
  gtk_stack_set_visible_child_name (self->stack, "sending");
  unsent_cb (self);
  send_next (self);
}

static void
stop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  list_again (ZC_SIGN_OUT_DIALOG (widget));
}

/* --- keeping, discarding --- */
static void
keep_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sign_out (ZC_SIGN_OUT_DIALOG (widget));
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZcSignOutDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (zc_unsent_discard_finish (result, &error))
    sign_out (self);
  else
    show_problem (self, error);
}

static void
response_cb (ZcSignOutDialog *self, const char *response)
{
  if (strcmp (response, "discard") == 0 && self->sync != NULL && self->unsent != NULL)
    zc_unsent_discard_async (self->session, self->unsent, discarded_cb, g_object_ref (self));
}

/* What cannot be brought back is asked once more. */
static void
discard_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Discard what was not sent?"),
      _ ("The text and images listed are deleted from this computer and exist nowhere else. This cannot be undone."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("Cancel"), "discard",
                                  _ ("Discard and Sign Out"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "discard",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
zc_sign_out_dialog_dispose (GObject *object)
{
  ZcSignOutDialog *self = ZC_SIGN_OUT_DIALOG (object);

  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SIGN_OUT_DIALOG);
  g_clear_object (&self->sync);
  g_clear_object (&self->session);
  g_clear_pointer (&self->unsent, g_ptr_array_unref);
  G_OBJECT_CLASS (zc_sign_out_dialog_parent_class)->dispose (object);
}

static void
zc_sign_out_dialog_class_init (ZcSignOutDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_sign_out_dialog_dispose;
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zhicheng/zhicheng/zc-sign-out-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSignOutDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcSignOutDialog, list);
  gtk_widget_class_bind_template_child (widget_class, ZcSignOutDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcSignOutDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, ZcSignOutDialog, why);
  gtk_widget_class_bind_template_child (widget_class, ZcSignOutDialog, progress);
  gtk_widget_class_install_action (widget_class, "sign-out.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "sign-out.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "sign-out.keep", NULL, keep_cb);
  gtk_widget_class_install_action (widget_class, "sign-out.discard", NULL, discard_cb);
}

static void
zc_sign_out_dialog_init (ZcSignOutDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_sign_out_dialog_new:
 * @session: somebody is signed in, with a store and a sync
 */
AdwDialog *
zc_sign_out_dialog_new (ZcSession *session)
{
  ZcSignOutDialog *self = g_object_new (ZC_TYPE_SIGN_OUT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->sync = g_object_ref (zc_session_get_sync (session));
  g_signal_connect_object (self->sync, "notify::n-unsent", G_CALLBACK (unsent_cb), self,
                           G_CONNECT_SWAPPED);
  list_again (self);
  return ADW_DIALOG (self);
}
