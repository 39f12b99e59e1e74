/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-refusal-text.h"
#include "zc-session-private.h"

/* How a session begins and ends: who the server is, who we are, the local store, signing in,
 * expiring, signing out. Every step is a small function that starts the next. */

static void
set_problem (ZcSession *self, const GError *error)
{
  g_free (self->problem);
  self->problem = zc_refusal_dup_text (error);
  zc_session_notify (self, PROP_PROBLEM);
}

static void
be_unreachable (ZcSession *self, const GError *error)
{
  set_problem (self, error);
  zc_session_set_state (self, ZC_SESSION_UNREACHABLE);
}

static void
be_signed_out (ZcSession *self)
{
  zc_session_close (self);
  zc_session_take_account (self, NULL);
  zc_session_set_expired (self, FALSE);
  zc_session_set_state (self, ZC_SESSION_SIGNED_OUT);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_credentials_forget_finish (ZC_CREDENTIALS (source), result, NULL);
}

static void
forget_credentials (ZcSession *self)
{
  zc_client_set_token (self->client, NULL);
  zc_credentials_forget_async (self->credentials, NULL, forgotten_cb, NULL);
}

/* --- the account and its store
 * ----------------------------------------------------------------------------- */
static void
account_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  if (!zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    g_warning ("The account was not kept for an offline start: %s", error->message);
}

static void
keep_account (ZcSession *self)
{
  g_autofree char *json = zc_account_to_json (self->account);
  zc_local_store_put_setting_async (self->store, ZC_LOCAL_STORE_ACCOUNT, json, account_kept_cb,
                                    NULL);
}

static void
me_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAccount) account = zc_client_get_me_finish (ZC_CLIENT (source), result, &error);
  if (account != NULL)
    {
      zc_session_take_account (self, g_steal_pointer (&account));
      keep_account (self);
      zc_session_open (self);
    }
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SIGNED_OUT))
    {
      forget_credentials (self);
      be_signed_out (self);
      zc_session_toast (
          self, _ ("Your last sign-in has expired. What you typed is kept; please sign in again."));
    }
  else if (self->account != NULL)
    zc_session_open (self);
  else
    be_unreachable (self, error);
}

static void
stored_account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;
  g_autoptr (ZcAccount) account
      = json != NULL ? zc_account_new_from_json (zc_json_root (json), NULL) : NULL;
  if (account != NULL)
    zc_session_take_account (self, g_steal_pointer (&account));
  zc_client_get_me_async (self->client, NULL, me_cb, g_object_ref (self));
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autoptr (GError) error = NULL;
  self->store = zc_local_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      be_unreachable (self, error);
      return;
    }
  if (self->account == NULL)
    {
      zc_local_store_get_setting_async (self->store, ZC_LOCAL_STORE_ACCOUNT, stored_account_cb,
                                        g_object_ref (self));
      return;
    }
  keep_account (self);
  zc_session_open (self);
}

static void
open_store (ZcSession *self)
{
  zc_session_set_state (self, ZC_SESSION_OPENING);
  zc_local_store_open_async (NULL, zc_client_get_server (self->client), self->account_id, NULL,
                             store_cb, g_object_ref (self));
}

/* --- starting
 * -------------------------------------------------------------------------------------------------
 */
static void
take_info (ZcSession *self, ZcServerInfo *info)
{
  g_clear_object (&self->info);
  self->info = info;
  self->clock_offset = zc_server_info_get_time (info) - zc_time_now ();
  zc_session_notify (self, PROP_INFO);
}

static void
info_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcServerInfo) info = zc_client_get_info_finish (ZC_CLIENT (source), result, &error);
  if (info != NULL)
    take_info (self, g_steal_pointer (&info));
  if (self->account_id != NULL)
    open_store (self);
  else if (self->info != NULL)
    zc_session_set_state (self, ZC_SESSION_SIGNED_OUT);
  else
    be_unreachable (self, error);
}

static void
ask_info (ZcSession *self)
{
  zc_client_get_info_async (self->client, NULL, info_cb, g_object_ref (self));
}

static void
info_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autoptr (ZcServerInfo) info = zc_client_get_info_finish (ZC_CLIENT (source), result, NULL);
  if (info != NULL)
    take_info (self, g_steal_pointer (&info));
}

/**
 * zc_session_ask_info:
 *
 * Asks the server again who it is: its notice changed, say. "info" tells when it has answered.
 */
void
zc_session_ask_info (ZcSession *self)
{
  zc_client_get_info_async (self->client, NULL, info_again_cb, g_object_ref (self));
}

static void
credentials_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autofree char *account = NULL;
  g_autofree char *token = NULL;
  if (zc_credentials_load_finish (ZC_CREDENTIALS (source), result, &account, &token, NULL))
    {
      g_set_str (&self->account_id, account);
      zc_client_set_token (self->client, token);
    }
  zc_session_notify (self, PROP_PERSISTENT);
  ask_info (self);
}

/**
 * zc_session_new:
 * @server: address of the server
 *
 * Returns: (transfer full): a session that has not started
 */
ZcSession *
zc_session_new (const char *server)
{
  ZcSession *self = g_object_new (ZC_TYPE_SESSION, NULL);
  self->client = zc_client_new (server);
  self->credentials = zc_credentials_new (server);
  zc_session_watch_client (self);
  return self;
}

/**
 * zc_session_start:
 *
 * Finds out who the server is and who we are; also to try again after UNREACHABLE.
 */
void
zc_session_start (ZcSession *self)
{
  g_return_if_fail (ZC_IS_SESSION (self));
  zc_session_set_state (self, ZC_SESSION_STARTING);
  zc_credentials_load_async (self->credentials, NULL, credentials_cb, g_object_ref (self));
}

/* --- signing in
 * -----------------------------------------------------------------------------------------------
 */
typedef struct
{
  ZcAccount *account;
  char *old_token;
  gboolean as_staff;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;
  g_clear_object (&sign_in->account);
  g_free (sign_in->old_token);
  g_free (sign_in);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  zc_credentials_save_finish (ZC_CREDENTIALS (source), result, NULL);
  zc_session_notify (self, PROP_PERSISTENT);
}

/* Signed in, acting for whom it should: the store opens, or the work that was waiting goes on. */
static void
complete_sign_in (GTask *task)
{
  ZcSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  zc_credentials_save_async (self->credentials, zc_account_get_id (sign_in->account),
                             zc_client_get_token (self->client), NULL, saved_cb,
                             g_object_ref (self));
  zc_session_take_account (self, g_object_ref (sign_in->account));
  if (self->expired)
    {
      zc_session_set_expired (self, FALSE);
      zc_sync_resume (self->sync);
      zc_session_reload (self);
    }
  else
    {
      g_set_str (&self->account_id, zc_account_get_id (self->account));
      open_store (self);
    }
  g_task_return_boolean (task, TRUE);
}

static void
sign_in_membership_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (!zc_client_choose_membership_finish (ZC_CLIENT (source), result, &error))
    {
      if (zc_session_asks_factor (error))
        {
          g_set_object (&self->pending, sign_in->account);
          g_set_str (&self->old_token, sign_in->old_token);
        }
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  zc_account_set_membership (sign_in->account, self->acting_for);
  complete_sign_in (task);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  zc_client_sign_out_finish (ZC_CLIENT (source), result, NULL);
  zc_client_set_token (ZC_CLIENT (source), sign_in->old_token);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "another account");
}

/* Whom the work that waits was done for, if the body has not taken the membership away meanwhile. */
static const char *
choose_former_membership (ZcSession *self, GListModel *memberships)
{
  ZcMembership *former = zc_session_get_membership (self);
  g_clear_pointer (&self->acting_for, g_free);
  for (guint i = 0; former != NULL && i < g_list_model_get_n_items (memberships); i++)
    {
      g_autoptr (ZcMembership) item = g_list_model_get_item (memberships, i);
      if (g_str_equal (zc_membership_get_id (item), zc_membership_get_id (former)))
        g_set_str (&self->acting_for, zc_membership_get_id (item));
    }
  return self->acting_for;
}

/* (nullable): the membership to act for */
static const char *
choose_membership (ZcSession *self, SignIn *sign_in)
{
  GListModel *memberships = zc_account_get_memberships (sign_in->account);
  if (self->expired)
    return choose_former_membership (self, memberships);
  if (!sign_in->as_staff || g_list_model_get_n_items (memberships) == 0)
    return NULL;
  g_autoptr (ZcMembership) first = g_list_model_get_item (memberships, 0);
  g_set_str (&self->acting_for, zc_membership_get_id (first));
  return self->acting_for;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcSession *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  sign_in->account = zc_client_sign_in_finish (ZC_CLIENT (source), result, &error);
  if (sign_in->account == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->expired && g_strcmp0 (zc_account_get_id (sign_in->account), self->account_id) != 0)
    {
      zc_client_sign_out_async (self->client, NULL, NULL, dropped_cb, g_steal_pointer (&task));
      return;
    }
  const char *membership = choose_membership (self, sign_in);
  if (membership == NULL)
    {
      if (sign_in->as_staff)
        zc_session_toast (self, _ ("No body has registered you as staff; you act for yourself."));
      complete_sign_in (task);
      return;
    }
  zc_client_choose_membership_async (self->client, membership, NULL, sign_in_membership_cb,
                                     g_steal_pointer (&task));
}

static GTask *
begin_sign_in (ZcSession *self, gboolean as_staff, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  SignIn *sign_in = g_new0 (SignIn, 1);
  sign_in->as_staff = as_staff && !self->expired;
  sign_in->old_token = g_strdup (zc_client_get_token (self->client));
  g_task_set_task_data (task, sign_in, sign_in_free);
  return task;
}

void
zc_session_sign_in_async (ZcSession *self,
                          const char *identifier,
                          const char *password,
                          gboolean as_staff,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = begin_sign_in (self, as_staff, callback, user_data);
  zc_client_sign_in_async (self->client, identifier, password, g_get_host_name (), NULL,
                           signed_in_cb, task);
}

void
zc_session_sign_in_with_code_async (ZcSession *self,
                                    const char *mobile,
                                    const char *code,
                                    gboolean as_staff,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task = begin_sign_in (self, as_staff, callback, user_data);
  zc_client_sign_in_with_code_async (self->client, mobile, code, g_get_host_name (), NULL,
                                     signed_in_cb, task);
}

/**
 * zc_session_asks_factor:
 * @error: of signing in or of acting for a body
 *
 * Returns: whether the second factor must be shown or set up first (SEC-S16)
 */
gboolean
zc_session_asks_factor (const GError *error)
{
  return g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SECOND_FACTOR)
         || g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NO_FACTOR);
}

void
zc_session_continue_sign_in_async (ZcSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->pending != NULL);
  GTask *task = begin_sign_in (self, TRUE, callback, user_data);
  SignIn *sign_in = g_task_get_task_data (task);
  sign_in->account = g_steal_pointer (&self->pending);
  g_set_str (&sign_in->old_token, self->old_token);
  zc_client_choose_membership_async (self->client, self->acting_for, NULL, sign_in_membership_cb,
                                     task);
}

static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_client_sign_out_finish (ZC_CLIENT (source), result, NULL);
}

/**
 * zc_session_drop_sign_in:
 *
 * Ends, at the server too, a sign-in that waits for the second factor: the password alone leaves
 * nothing behind.
 */
void
zc_session_drop_sign_in (ZcSession *self)
{
  if (self->pending == NULL)
    return;
  g_clear_object (&self->pending);
  zc_client_sign_out_async (self->client, NULL, NULL, given_up_cb, NULL);
  zc_client_set_token (self->client, self->old_token);
  g_clear_pointer (&self->old_token, g_free);
}

gboolean
zc_session_sign_in_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- acting for somebody, signing out
 * ------------------------------------------------------------------------- */
static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  if (!zc_client_choose_membership_finish (ZC_CLIENT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_str (&self->acting_for, g_task_get_task_data (task));
  zc_account_set_membership (self->account, self->acting_for);
  keep_account (self);
  zc_session_open (self);
  zc_session_notify_acting (self);
  g_task_return_boolean (task, TRUE);
}

void
zc_session_act_for_async (ZcSession *self,
                          const char *membership,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, g_strdup (membership), g_free);
  zc_client_choose_membership_async (self->client, membership, NULL, chosen_cb, task);
}

gboolean
zc_session_act_for_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The account as the server tells it now, with more memberships perhaps; the session acts for whom it did. */
static void
take_fresh_account (ZcSession *self, ZcAccount *account)
{
  ZcMembership *acting = zc_session_get_membership (self);
  zc_account_set_membership (account, acting != NULL ? zc_membership_get_id (acting) : NULL);
  zc_session_take_account (self, g_object_ref (account));
  if (self->store != NULL)
    keep_account (self);
}

static void
fresh_account_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autoptr (ZcAccount) account = zc_client_get_me_finish (ZC_CLIENT (source), result, NULL);
  if (account == NULL || self->account == NULL
      || !g_str_equal (zc_account_get_id (account), zc_account_get_id (self->account)))
    return;
  take_fresh_account (self, account);
  zc_session_toast (self, _ ("You are staff now: choose above for whom you act"));
}

static gboolean
acts_for_body (ZcSession *self, const char *body)
{
  GListModel *memberships = zc_account_get_memberships (self->account);
  for (guint i = 0; i < g_list_model_get_n_items (memberships); i++)
    {
      g_autoptr (ZcMembership) item = g_list_model_get_item (memberships, i);
      if (g_str_equal (zc_membership_get_body (item), body))
        return TRUE;
    }
  return FALSE;
}

void
zc_session_notice_admission (ZcSession *self, ZcDossier *dossier)
{
  const char *body = zc_dossier_get_registered_body (dossier);
  if (*body != '\0' && self->account != NULL && !zc_session_get_staff (self)
      && !acts_for_body (self, body))
    zc_client_get_me_async (self->client, NULL, fresh_account_cb, g_object_ref (self));
}

static void
redeemed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAccount) account = zc_client_redeem_finish (ZC_CLIENT (source), result, &error);
  if (account == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_fresh_account (g_task_get_source_object (task), account);
  g_task_return_boolean (task, TRUE);
}

void
zc_session_redeem_async (ZcSession *self,
                         const char *invitation,
                         const char *key,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  zc_client_redeem_async (self->client, invitation, key, NULL, redeemed_cb,
                          g_task_new (self, NULL, callback, user_data));
}

gboolean
zc_session_redeem_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_client_sign_out_finish (ZC_CLIENT (source), result, NULL);
}

/**
 * zc_session_sign_out:
 *
 * Ends the session here and at the server. What is not sent stays on this computer for the next
 * time.
 */
void
zc_session_sign_out (ZcSession *self)
{
  zc_session_keep_place (self, NULL); /* whoever signs out is done here */
  zc_client_sign_out_async (self->client, NULL, NULL, signed_out_cb, NULL);
  zc_credentials_forget_async (self->credentials, NULL, forgotten_cb, NULL);
  be_signed_out (self);
}
