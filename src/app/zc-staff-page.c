/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-client-staff.h"
#include "zc-focus.h"
#include "zc-id.h"
#include "zc-invite-dialog.h"
#include "zc-record.h"
#include "zc-session-menu.h"
#include "zc-staff-page.h"
#include "zc-stage-text.h"
#include "zc-time-text.h"
#include "zc-trouble-page.h"

struct _ZcStaffPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;

  GtkStack *stack;
  AdwWindowTitle *title;
  ZcTroublePage *trouble;
  GtkListBox *members;
  GtkWidget *alone;
  GtkWidget *invited;
  GtkListBox *invitations;

  guint busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcStaffPage, zc_staff_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (ZcStaffPage *self);

static void
set_busy (ZcStaffPage *self, gboolean busy)
{
  static const char *const actions[]
      = { "staff.disable", "staff.enable", "staff.uninvite", "staff.invite" };

  self->busy = busy;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], !busy);
}

/* --- what is shown --- */

/* A button of a row is told from those of the others by whom it is about. */
static GtkWidget *
make_button (const char *label, const char *action, const char *id, const char *name)
{
  g_autofree char *whole = g_strdup_printf ("%s: %s", label, name);
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", id, name);
  /* the label that GTK made would count before the name */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, whole,
                                  -1);
  return button;
}

static GtkWidget *
make_row (const ZcJsonValue *item, const char *details)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), zc_json_get_string (item, "name"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), details);
  return row;
}

static GtkWidget *
make_word (const char *word, const char *style)
{
  GtkWidget *label = gtk_label_new (word);

  gtk_widget_add_css_class (label, "zc-status");
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

static void
add_member (ZcStaffPage *self, const ZcJsonValue *item)
{
  gboolean enabled = g_strcmp0 (zc_json_get_string (item, "state"), "enabled") == 0;
  g_autofree char *since = zc_time_dup_minute (zc_record_time (item, "since"));
  g_autofree char *details = g_strdup_printf (
      _ ("%s · %s · since %s"), zc_membership_role_text (zc_json_get_string (item, "role")),
      zc_json_get_string (item, "id_number"), since);
  GtkWidget *row = make_row (item, details);
  const char *id = zc_json_get_string (item, "id"), *name = zc_json_get_string (item, "name");

  if (!enabled)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_word (_ ("Disabled"), "error"));
  if (zc_json_get_bool (item, "me", FALSE))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_word (_ ("Yourself"), "accent"));
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               enabled ? make_button (_ ("Disable"), "staff.disable", id, name)
                                       : make_button (_ ("Enable"), "staff.enable", id, name));
  gtk_list_box_append (self->members, row);
}

static void
add_invitation (ZcStaffPage *self, const ZcJsonValue *item)
{
  g_autofree char *until = zc_time_dup_minute (zc_record_time (item, "expires_at"));
  g_autofree char *details
      = g_strdup_printf (_ ("%s · %s · to be used until %s"),
                         zc_membership_role_text (zc_json_get_string (item, "role")),
                         zc_json_get_string (item, "id_number"), until);
  GtkWidget *row = make_row (item, details);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (_ ("Take Back"), "staff.uninvite",
                                                                zc_json_get_string (item, "id"),
                                                                zc_json_get_string (item, "name")));
  gtk_list_box_append (self->invitations, row);
}

static void
show_staff (ZcStaffPage *self, const ZcJsonValue *root)
{
  const ZcJsonValue *items = zc_json_get (root, "items");
  const ZcJsonValue *invitations = zc_json_get (root, "invitations");

  gtk_list_box_remove_all (self->members);
  gtk_list_box_remove_all (self->invitations);
  for (guint i = 0; i < zc_json_size (items); i++)
    add_member (self, zc_json_at (items, i));
  for (guint i = 0; i < zc_json_size (invitations); i++)
    add_invitation (self, zc_json_at (invitations, i));
  gtk_widget_set_visible (self->alone, zc_json_size (items) < 2);
  gtk_widget_set_visible (self->invited, zc_json_size (invitations) > 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
  if (zc_focus_is_lost (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->members), GTK_DIR_TAB_FORWARD);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcStaffPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (reply != NULL)
    {
      show_staff (self, zc_reply_root (reply));
      return;
    }
  zc_trouble_page_explain (self->trouble, error);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
load (ZcStaffPage *self)
{
  zc_client_list_staff_async (zc_session_get_client (self->session), NULL, listed_cb,
                              g_object_ref (self));
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (ZC_STAFF_PAGE (widget)->stack, "loading");
  load (ZC_STAFF_PAGE (widget));
}

/* --- what the leader does --- */

/* Whatever came of it, the server's list is the truth. */
static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcStaffPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  if (self->session == NULL)
    return;
  if (reply != NULL)
    zc_session_toast (self->session, _ ("Done; it takes effect at once"));
  else
    zc_session_toast_error (self->session, error);
  load (self);
}

static void
set_enabled (ZcStaffPage *self, const char *member, gboolean enabled)
{
  g_autofree char *key = zc_id_new ();

  set_busy (self, TRUE);
  zc_client_set_staff_enabled_async (zc_session_get_client (self->session), member, enabled, key,
                                     NULL, done_cb, g_object_ref (self));
}

static void
disable_response_cb (ZcStaffPage *self, const char *response, AdwDialog *dialog)
{
  if (self->session != NULL && g_str_equal (response, "disable"))
    set_enabled (self, g_object_get_data (G_OBJECT (dialog), "zc-member"), FALSE);
}

static void
disable_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *member, *name;
  g_autofree char *heading = NULL;
  AdwDialog *dialog;

  g_variant_get (parameter, "(&s&s)", &member, &name);
  heading = g_strdup_printf (_ ("Disable %s?"), name);
  dialog = adw_alert_dialog_new (
      heading, _ ("Their sign-ins for this body end at once. What they have accepted stays with "
                  "them until you release it or enable them again."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("Cancel"), "disable",
                                  _ ("Disable"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "disable",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "zc-member", g_strdup (member), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (disable_response_cb), widget,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
enable_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *member;

  g_variant_get (parameter, "(&s&s)", &member, NULL);
  set_enabled (ZC_STAFF_PAGE (widget), member, TRUE);
}

static void
uninvite_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZcStaffPage *self = ZC_STAFF_PAGE (widget);
  g_autofree char *key = zc_id_new ();
  const char *invitation;

  g_variant_get (parameter, "(&s&s)", &invitation, NULL);
  set_busy (self, TRUE);
  zc_client_uninvite_staff_async (zc_session_get_client (self->session), invitation, key, NULL,
                                  done_cb, g_object_ref (self));
}

static void
invite_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZcStaffPage *self = ZC_STAFF_PAGE (widget);
  AdwDialog *dialog = zc_invite_dialog_new (zc_session_get_client (self->session));

  g_signal_connect_object (dialog, "closed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
zc_staff_page_dispose (GObject *object)
{
  ZcStaffPage *self = ZC_STAFF_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_STAFF_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_staff_page_parent_class)->dispose (object);
}

static void
zc_staff_page_class_init (ZcStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_staff_page_dispose;
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, members);
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, alone);
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, invited);
  gtk_widget_class_bind_template_child (widget_class, ZcStaffPage, invitations);
  gtk_widget_class_install_action (widget_class, "staff.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "staff.disable", "(ss)", disable_cb);
  gtk_widget_class_install_action (widget_class, "staff.enable", "(ss)", enable_cb);
  gtk_widget_class_install_action (widget_class, "staff.uninvite", "(ss)", uninvite_cb);
  gtk_widget_class_install_action (widget_class, "staff.invite", NULL, invite_cb);
}

static void
zc_staff_page_init (ZcStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
zc_staff_page_new (ZcSession *session)
{
  ZcStaffPage *self = g_object_new (ZC_TYPE_STAFF_PAGE, NULL);
  ZcMembership *membership = zc_session_get_membership (session);

  self->session = g_object_ref (session);
  if (membership != NULL)
    adw_window_title_set_subtitle (self->title, zc_membership_get_body_name (membership));
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
