/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-devices-dialog.h"
#include "zc-focus.h"
#include "zc-record.h"
#include "zc-time-text.h"
#include "zc-toast.h"
#include "zc-trouble-page.h"

#define OTHERS "others" /* the contract's word for all sessions but this one */

struct _ZcDevicesDialog
{
  AdwDialog parent_instance;

  ZcClient *client;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  ZcTroublePage *trouble;
  GtkListBox *list;
  GtkWidget *alone;

  guint busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcDevicesDialog, zc_devices_dialog, ADW_TYPE_DIALOG)

static void
allow (ZcDevicesDialog *self, gboolean others)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.end", !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.end-others", others && !self->busy);
}

static char *
dup_details (const ZcJsonValue *item)
{
  g_autofree char *since = zc_time_dup_minute (zc_record_time (item, "created_at"));
  g_autofree char *used = zc_time_dup_minute (zc_record_time (item, "last_used_at"));
  const char *acts_for = zc_json_get_string (item, "acts_for");

  return g_strdup_printf (_ ("Acting for: %s\nSince %s\nLast used %s"),
                          acts_for != NULL ? acts_for : _ ("Myself"), since, used);
}

static GtkWidget *
make_end_button (const char *session, const char *device)
{
  g_autofree char *name = g_strdup_printf (_ ("End the sign-in on %s"), device);
  GtkWidget *button = gtk_button_new_with_label (_ ("End"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "devices.end");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", session);
  /* the label that GTK made would count before the name */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
make_this_one (void)
{
  GtkWidget *label = gtk_label_new (_ ("This one"));

  gtk_widget_add_css_class (label, "accent");
  return label;
}

static void
add_row (ZcDevicesDialog *self, const ZcJsonValue *item)
{
  GtkWidget *row = adw_action_row_new ();
  const char *device = zc_json_get_string (item, "device");
  g_autofree char *details = dup_details (item);
  const char *title = device != NULL && *device != '\0' ? device : _ ("A computer");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             zc_json_get_bool (item, "current", FALSE)
                                 ? make_this_one ()
                                 : make_end_button (zc_json_get_string (item, "id"), title));
  gtk_list_box_append (self->list, row);
}

static void
show_list (ZcDevicesDialog *self, const ZcJsonValue *items)
{
  gboolean others = zc_json_size (items) > 1;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < zc_json_size (items); i++)
    add_row (self, zc_json_at (items, i));
  gtk_widget_set_visible (self->alone, !others);
  allow (self, others);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (zc_focus_is_lost (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDevicesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply
      = zc_client_list_sessions_finish (ZC_CLIENT (source), result, &error);

  if (self->client == NULL)
    return;
  if (reply != NULL)
    {
      show_list (self, zc_json_get (zc_reply_root (reply), "items"));
      return;
    }
  zc_trouble_page_explain (self->trouble, error);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
load (ZcDevicesDialog *self)
{
  zc_client_list_sessions_async (self->client, NULL, listed_cb, g_object_ref (self));
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (ZC_DEVICES_DIALOG (widget)->stack, "loading");
  load (ZC_DEVICES_DIALOG (widget));
}

/* --- ending --- */

/* Whatever came of it, the server's list is the truth: one that is gone already was ended elsewhere. */
static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDevicesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ended = zc_client_sign_out_finish (ZC_CLIENT (source), result, &error);

  self->busy = FALSE;
  if (self->client == NULL)
    return;
  if (ended || g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND))
    zc_toast (GTK_WIDGET (self->toasts), _ ("Ended; it takes effect at once"));
  else
    zc_toast_error (GTK_WIDGET (self->toasts), error);
  load (self);
}

static void
end (ZcDevicesDialog *self, const char *session)
{
  self->busy = TRUE;
  allow (self, FALSE);
  zc_client_sign_out_async (self->client, session, NULL, ended_cb, g_object_ref (self));
}

static void
end_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  end (ZC_DEVICES_DIALOG (widget), g_variant_get_string (parameter, NULL));
}

static void
end_others_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  end (ZC_DEVICES_DIALOG (widget), OTHERS);
}

static void
zc_devices_dialog_dispose (GObject *object)
{
  ZcDevicesDialog *self = ZC_DEVICES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_DEVICES_DIALOG);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (zc_devices_dialog_parent_class)->dispose (object);
}

static void
zc_devices_dialog_class_init (ZcDevicesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_devices_dialog_dispose;
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-devices-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDevicesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcDevicesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcDevicesDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcDevicesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, ZcDevicesDialog, alone);
  gtk_widget_class_install_action (widget_class, "devices.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "devices.end", "s", end_cb);
  gtk_widget_class_install_action (widget_class, "devices.end-others", NULL, end_others_cb);
}

static void
zc_devices_dialog_init (ZcDevicesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  allow (self, FALSE);
}

AdwDialog *
zc_devices_dialog_new (ZcClient *client)
{
  ZcDevicesDialog *self = g_object_new (ZC_TYPE_DEVICES_DIALOG, NULL);

  self->client = g_object_ref (client);
  load (self);
  return ADW_DIALOG (self);
}
