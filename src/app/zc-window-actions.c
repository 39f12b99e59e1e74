/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-body-page.h"
#include "zc-detail-page.h"
#include "zc-devices-dialog.h"
#include "zc-editor-page.h"
#include "zc-factor-dialog.h"
#include "zc-id.h"
#include "zc-invitation-dialog.h"
#include "zc-progress-page.h"
#include "zc-registration-page.h"
#include "zc-review-page.h"
#include "zc-rule-dialog.h"
#include "zc-shortcuts-dialog.h"
#include "zc-sign-in-page.h"
#include "zc-sign-out-dialog.h"
#include "zc-staff-page.h"
#include "zc-target-dialog.h"
#include "zc-why-button.h"
#include "zc-window-private.h"

/* What the window's actions do: lead to pages, ask before what cannot be undone. */

/* --- pages of dossiers
 * ------------------------------------------------------------------------------------------------------
 */
typedef AdwNavigationPage *(*MakePage) (ZcSession *session, const char *dossier);

static const struct
{
  const char *action;
  const char *tag;
  MakePage make;
} places[] = {
  { "win.edit", "edit", zc_editor_page_new },
  { "win.view", "view", zc_detail_page_new },
  { "win.progress", "progress", zc_progress_page_new },
  { "win.review", "review", zc_review_page_new },
};

static void
go_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  const char *dossier = g_variant_get_string (parameter, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (strcmp (places[i].action, name) != 0)
        continue;
      g_autofree char *tag = g_strdup_printf ("%s:%s", places[i].tag, dossier);
      if (!zc_window_raise (self, tag))
        zc_window_push (self, places[i].make (self->session, dossier));
    }
}

/* Also what was written too late to be submitted is looked at where it was written (R13). */
static gboolean
is_to_edit (ZcWindow *self, ZcDossier *dossier)
{
  ZcSync *sync = zc_session_get_sync (self->session);
  return zc_dossier_has_action (dossier, "edit")
         || (sync != NULL && zc_sync_count_unsent (sync, zc_dossier_get_id (dossier)) > 0);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier
      = zc_session_load_dossier_finish (ZC_SESSION (source), result, &error);
  if (dossier != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                is_to_edit (self, dossier) ? "win.edit" : "win.view",
                                "s", zc_dossier_get_id (dossier));
  else
    zc_session_toast_error (self->session, error);
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  zc_session_load_dossier_async (self->session, g_variant_get_string (parameter, NULL), opened_cb,
                                 g_object_ref (self));
}

/* --- signing in and out
 * ---------------------------------------------------------------------------------------------------------
 */
static void
sign_in_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  zc_window_push (
      self, zc_sign_in_page_new (self->session,
                                 strcmp (g_variant_get_string (parameter, NULL), "staff") == 0));
}

static void
register_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  zc_window_push (self, zc_registration_page_new (self->session));
}

/* With something unsent the person is asked (decisions 25). */
static void
sign_out_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  ZcSync *sync = zc_session_get_sync (self->session);
  if (sync == NULL || zc_sync_get_state (sync) == ZC_SYNC_ON_SERVER)
    zc_session_sign_out (self->session);
  else
    adw_dialog_present (zc_sign_out_dialog_new (self->session), widget);
}

/* --- withdrawing
 * ------------------------------------------------------------------------------------------------------------------
 */
static ZcDossier *
find_dossier (ZcWindow *self, GVariant *parameter)
{
  ZcDossierList *dossiers = zc_session_get_dossiers (self->session);
  return dossiers != NULL ? zc_dossier_list_find (dossiers, g_variant_get_string (parameter, NULL))
                          : NULL;
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_perform_finish (ZC_SESSION (source), result, &error);
  if (dossier != NULL)
    zc_session_toast (self->session, _ ("Withdrawn; you can change it and submit it again"));
  else
    {
      zc_session_toast_error (self->session, error);
      zc_session_reload (self->session);
    }
}

static void
withdraw_response_cb (ZcWindow *self, const char *response, AdwDialog *dialog)
{
  ZcAction *action = g_object_get_data (G_OBJECT (dialog), "zc-action");
  if (strcmp (response, "withdraw") == 0)
    zc_session_perform_async (self->session, action, withdrawn_cb, g_object_ref (self));
}

static void
withdraw_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  ZcDossier *dossier = find_dossier (self, parameter);
  if (dossier == NULL)
    return;
  ZcAction *action = zc_action_new (zc_dossier_get_id (dossier), ZC_ACT_WITHDRAW,
                                    zc_dossier_get_version (dossier));
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Withdraw this application?"),
      zc_dossier_get_stage (dossier) == ZC_STAGE_UNIT
          ? _ ("It becomes a draft again; you can change it and must submit it anew before the window "
               "closes. Once the unit has begun the review it can no longer be withdrawn.")
          : _ ("It becomes a draft again; you can change it and submit it anew. Once it was accepted "
               "for review it can no longer be withdrawn."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("Cancel"), "withdraw",
                                  _ ("Withdraw"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "withdraw",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "zc-action", action, g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (withdraw_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
abandoned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_perform_finish (ZC_SESSION (source), result, &error);
  if (dossier != NULL)
    zc_session_toast (self->session, _ ("Given up; you can begin another application"));
  else
    {
      zc_session_toast_error (self->session, error);
      zc_session_reload (self->session);
    }
}

static void
abandon_response_cb (ZcWindow *self, const char *response, AdwDialog *dialog)
{
  ZcAction *action = g_object_get_data (G_OBJECT (dialog), "zc-action");
  if (strcmp (response, "abandon") == 0)
    zc_session_perform_async (self->session, action, abandoned_cb, g_object_ref (self));
}

static void
abandon_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  ZcDossier *dossier = find_dossier (self, parameter);
  if (dossier == NULL)
    return;
  ZcAction *action = zc_action_new (zc_dossier_get_id (dossier), ZC_ACT_ABANDON,
                                    zc_dossier_get_version (dossier));
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Give up this application?"),
      _ ("It ends for good and cannot be taken up again; its history stays. The year is free for "
         "another application."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("Cancel"), "abandon",
                                  _ ("Give Up"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "abandon",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "zc-action", action, g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (abandon_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* --- deleting, aiming elsewhere
 * ------------------------------------------------------------------------------------------------------
 */
static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  if (zc_session_delete_dossier_finish (ZC_SESSION (source), result, &error))
    zc_session_toast (self->session, _ ("The draft has been deleted"));
  else
    zc_session_toast_error (self->session, error);
}

static void
delete_response_cb (ZcWindow *self, const char *response, AdwDialog *dialog)
{
  if (strcmp (response, "delete") != 0)
    return;
  g_autofree char *key = zc_id_new ();
  zc_session_delete_dossier_async (self->session,
                                   g_object_get_data (G_OBJECT (dialog), "zc-dossier"), key,
                                   deleted_cb, g_object_ref (self));
}

static void
delete_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Delete this draft?"),
      _ ("Everything filled in and every image in it is deleted and cannot be brought back."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("Cancel"), "delete",
                                  _ ("Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "delete",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "zc-dossier", g_variant_dup_string (parameter, NULL),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
retarget_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  ZcDossier *dossier = find_dossier (self, parameter);
  if (dossier != NULL)
    adw_dialog_present (
        zc_target_dialog_new (self->session, zc_dossier_get_business (dossier), dossier), widget);
}

/* P27: where the new one goes is asked anew. */
static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  ZcDossier *dossier = find_dossier (self, parameter);
  if (dossier != NULL)
    adw_dialog_present (zc_target_dialog_new_copy (self->session, dossier), widget);
}

/* --- the rest
 * ----------------------------------------------------------------------------------------------------------------------------
 */
static void
back_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_navigation_view_pop (ZC_WINDOW (widget)->pages);
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  ZcSync *sync = zc_session_get_sync (self->session);
  zc_session_reload (self->session);
  if (sync != NULL)
    zc_sync_wake (sync);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_session_start (ZC_WINDOW (widget)->session);
}

static void
shortcuts_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (zc_shortcuts_dialog_new (), widget);
}

/* S1.8: also to be read later. */
static void
safety_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Keeping Your Account Safe"),
      _ ("Keep account and password safe and give them to nobody. If this computer is lost, sign "
         "in elsewhere and end its session; if your phone is lost, change the number at once."));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("Close"));
  adw_dialog_present (dialog, widget);
}

/* (nullable): the name of the body that can lift it, where it is the one that this person acts for */
static const char *
find_own_body (ZcWindow *self,
               ZcRefusal code)
{
  ZcMembership *membership = self->session != NULL ? zc_session_get_membership (self->session) : NULL;

  return membership != NULL && g_strcmp0 (zc_refusal_lifted_by (code), "body") == 0
             ? zc_membership_get_body_name (membership)
             : NULL;
}

/* N12 */
static void
why_cb (GtkWidget *widget,
        const char *name,
        GVariant *parameter)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), ":", 2);
  ZcRefusal code;

  if (parts[0] != NULL && zc_refusal_from_string (parts[0], &code) && zc_refusal_rule (code) != NULL)
    adw_dialog_present (zc_rule_dialog_new (code, parts[1] != NULL ? parts[1] : find_own_body (ZC_WINDOW (widget), code)), widget);
}

/* SEC-S14 */
static void
devices_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (zc_devices_dialog_new (zc_session_get_client (ZC_WINDOW (widget)->session)),
                      widget);
}

static void
factor_told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  ZcClient *client = ZC_CLIENT (source);
  g_autoptr (ZcReply) told = zc_client_get_factor_finish (client, result, &error);
  AdwDialog *dialog;
  if (self->session == NULL)
    return;
  if (told == NULL)
    {
      zc_session_toast_error (self->session, error);
      return;
    }
  dialog = zc_json_get_bool (zc_reply_root (told), "set_up", FALSE)
               ? zc_factor_dialog_new_for_codes (
                     client, (guint)zc_json_get_integer (zc_reply_root (told), "recovery_codes_left", 0))
               : zc_factor_dialog_new (client, TRUE);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* SEC-S16: set up where the server merely offers it, and other recovery codes later on. */
static void
factor_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_client_get_factor_async (zc_session_get_client (ZC_WINDOW (widget)->session), NULL, factor_told_cb,
                              g_object_ref (widget));
}

/* SEC-S18 */
static void
invitation_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (zc_invitation_dialog_new (ZC_WINDOW (widget)->session), widget);
}

/* U2: there while one acts as a leader of a body. */
static void
staff_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  if (!zc_window_raise (self, "staff"))
    zc_window_push (self, zc_staff_page_new (self->session));
}

static void
show_body (ZcWindow *self, const char *body)
{
  g_autofree char *tag = g_strconcat ("body:", body, NULL);
  if (!zc_window_raise (self, tag))
    zc_window_push (self, zc_body_page_new (self->session, body));
}

/* U2: of a unit that a dossier is about, for the office. */
static void
body_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_body (ZC_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* U2: those that report to this office, to look into one of them. */
static void
units_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  if (!zc_window_raise (self, "units"))
    zc_window_push (self, zc_body_page_new_list (self->session));
}

/* U2: the leader's own. */
static void
own_body_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  show_body (self, zc_membership_get_body (zc_session_get_membership (self->session)));
}

/* (nullable): the newest business by which units register */
static ZcCatalogItem *
find_registration (ZcWindow *self)
{
  GListModel *businesses = zc_session_get_businesses (self->session);
  for (guint i = 0; i < g_list_model_get_n_items (businesses); i++)
    {
      g_autoptr (ZcCatalogItem) item = g_list_model_get_item (businesses, i);
      if (*zc_catalog_item_get_admits (item) != '\0')
        return g_steal_pointer (&item);
    }
  return NULL;
}

/* U1: of all that waits for an office, the units that register. */
static void
registrations_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcWindow *self = ZC_WINDOW (widget);
  g_autoptr (ZcCatalogItem) business = find_registration (self);
  ZcDossierList *dossiers = zc_session_get_dossiers (self->session);
  if (business == NULL || dossiers == NULL)
    return;
  zc_window_raise (self, "queue");
  g_object_set (dossiers, "business", zc_catalog_item_get_id (business), NULL);
}

/* Where the server knows a second factor, it is of those who may act for a body. */
static gboolean
may_have_factor (ZcWindow *self)
{
  ZcAccount *account = self->session != NULL ? zc_session_get_account (self->session) : NULL;
  return account != NULL && zc_session_offers (self->session, "second-factor")
         && g_list_model_get_n_items (zc_account_get_memberships (account)) > 0;
}

void
zc_window_update_actions (ZcWindow *self)
{
  ZcMembership *membership
      = self->session != NULL ? zc_session_get_membership (self->session) : NULL;
  gboolean leads
      = membership != NULL && g_str_equal (zc_membership_get_role (membership), "leader");
  gboolean admits
      = membership != NULL && g_str_equal (zc_membership_get_body_kind (membership), "office");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.staff", leads);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "win.own-body",
      leads && g_str_equal (zc_membership_get_body_kind (membership), "unit"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.registrations", admits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.factor", may_have_factor (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.units", admits);
}

void
zc_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_widget_class_install_action (widget_class, places[i].action, "s", go_cb);
  gtk_widget_class_install_action (widget_class, "win.open", "s", open_cb);
  gtk_widget_class_install_action (widget_class, "win.sign-in", "s", sign_in_cb);
  gtk_widget_class_install_action (widget_class, "win.register", NULL, register_cb);
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out_cb);
  gtk_widget_class_install_action (widget_class, "win.withdraw", "s", withdraw_cb);
  gtk_widget_class_install_action (widget_class, "win.abandon", "s", abandon_cb);
  gtk_widget_class_install_action (widget_class, "win.delete", "s", delete_cb);
  gtk_widget_class_install_action (widget_class, "win.copy", "s", copy_cb);
  gtk_widget_class_install_action (widget_class, "win.retarget", "s", retarget_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_cb);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_cb);
  gtk_widget_class_install_action (widget_class, "win.safety", NULL, safety_cb);
  gtk_widget_class_install_action (widget_class, ZC_WHY_ACTION, "s", why_cb);
  gtk_widget_class_install_action (widget_class, "win.devices", NULL, devices_cb);
  gtk_widget_class_install_action (widget_class, "win.factor", NULL, factor_cb);
  gtk_widget_class_install_action (widget_class, "win.invitation", NULL, invitation_cb);
  gtk_widget_class_install_action (widget_class, "win.staff", NULL, staff_cb);
  gtk_widget_class_install_action (widget_class, "win.body", "s", body_cb);
  gtk_widget_class_install_action (widget_class, "win.units", NULL, units_cb);
  gtk_widget_class_install_action (widget_class, "win.own-body", NULL, own_body_cb);
  gtk_widget_class_install_action (widget_class, "win.registrations", NULL, registrations_cb);
}
