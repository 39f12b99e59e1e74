/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "zc-id.h"
#include "zc-sign-out-dialog.h"
#include "zc-test-world.h"

/* Signing out while something has not reached the server: a session, a store and a sync over the real server (decisions 25). */

typedef struct
{
  ZcTestServer *server;
  ZcSession    *session;
  ZcBusiness   *business;
  ZcDossier    *dossier;
  ZcDraft      *draft;
  GtkWidget    *window;
  AdwDialog    *dialog;
} Desk;

static void
sign_in (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_session_sign_in_async (desk->session, APPLICANT, PASSWORD, FALSE, answered, &result));
  g_assert_true (zc_session_sign_in_finish (desk->session, result, &error));
  g_assert_no_error (error);
  await_that (zc_session_get_state (desk->session) == ZC_SESSION_SIGNED_IN && zc_session_get_sync (desk->session) != NULL);
}

static void
create_dossier (Desk *desk)
{
  const ZcTarget target = { .unit = "unit-southern-machinery",
                            .series = "engineering",
                            .level = "associate-senior",
                            .committee = "committee-nanning-engineering-senior" };
  g_autoptr (GAsyncResult) result = NULL, loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();

  await_call (result, zc_session_create_dossier_async (desk->session, "evaluation", &target, key, answered, &result));
  desk->dossier = zc_session_create_dossier_finish (desk->session, result, &error);
  g_assert_no_error (error);
  await_call (loaded, zc_session_load_business_async (desk->session, zc_dossier_get_business (desk->dossier),
                                                      zc_dossier_get_revision (desk->dossier), answered, &loaded));
  desk->business = zc_session_load_business_finish (desk->session, loaded, &error);
  g_assert_no_error (error);
}

static void
open_draft (Desk *desk)
{
  g_autoptr (GAsyncResult) pulled = NULL, opened = NULL;
  g_autoptr (ZcDossier) fresh = NULL;
  g_autoptr (GError) error = NULL;

  await_call (pulled, zc_sync_pull_async (zc_session_get_sync (desk->session), zc_dossier_get_id (desk->dossier), NULL, answered, &pulled));
  fresh = zc_sync_pull_finish (zc_session_get_sync (desk->session), pulled, &error);
  g_assert_no_error (error);
  g_set_object (&desk->dossier, fresh);
  await_call (opened, zc_draft_open_async (zc_session_get_store (desk->session), zc_session_get_sync (desk->session), desk->business,
                                           desk->dossier, NULL, answered, &opened));
  desk->draft = zc_draft_open_finish (opened, &error);
  g_assert_no_error (error);
}

static const char *
find_field (const ZcSection *section, ZcFieldType type)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == type && section->fields[i].from == NULL)
      return section->fields[i].id;
  return NULL;
}

/* The first that takes both a text and a picture. */
static const ZcSection *
first_section (Desk *desk)
{
  for (guint i = 0; i < zc_business_get_n_sections (desk->business); i++)
    {
      const ZcSection *section = zc_business_get_section (desk->business, i);

      if (!section->repeats && find_field (section, ZC_FIELD_TEXT) != NULL && find_field (section, ZC_FIELD_IMAGES) != NULL)
        return section;
    }
  g_assert_not_reached ();
}

static const char *
first_field (Desk *desk, ZcFieldType type)
{
  return find_field (first_section (desk), type);
}

/* A text and a picture, and the server is away. */
static void
leave_unsent (Desk *desk)
{
  g_autoptr (GBytes) picture = test_picture (7);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;

  zc_test_server_stop (desk->server);
  zc_draft_set_text (desk->draft, first_section (desk)->id, NULL, first_field (desk, ZC_FIELD_TEXT), "未上传的内容");
  await_call (added, zc_draft_add_image_async (desk->draft, first_section (desk)->id, NULL, first_field (desk, ZC_FIELD_IMAGES), picture,
                                               "照片.jpg", NULL, -1, answered, &added));
  g_assert_true (zc_draft_add_image_finish (desk->draft, added, &error));
  await_that (zc_draft_get_state (desk->draft) == ZC_SYNC_OFFLINE);
}

static const char *
page_of (Desk *desk)
{
  return gtk_stack_get_visible_child_name (
      GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (desk->dialog), ZC_TYPE_SIGN_OUT_DIALOG, "stack")));
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->server = zc_test_server_new ();
  desk->session = zc_session_new (zc_test_server_get_address (desk->server));
  sign_in (desk);
  create_dossier (desk);
  open_draft (desk);
  leave_unsent (desk);
  desk->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (desk->window), gtk_label_new (""));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 900, 700);
  gtk_window_present (GTK_WINDOW (desk->window));
  desk->dialog = g_object_ref_sink (zc_sign_out_dialog_new (desk->session));
  adw_dialog_present (desk->dialog, desk->window);
  await_that (g_strcmp0 (page_of (desk), "list") == 0);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_clear_object (&desk->draft);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_object_unref (desk->dialog);
  if (zc_session_get_state (desk->session) == ZC_SESSION_SIGNED_IN)
    zc_session_sign_out (desk->session);
  g_clear_object (&desk->session);
  g_object_unref (desk->dossier);
  zc_business_unref (desk->business);
  zc_test_server_free (desk->server);
}

static gboolean
is_signed_out (Desk *desk)
{
  return zc_session_get_state (desk->session) == ZC_SESSION_SIGNED_OUT;
}

/* What is left, by the store's word, after signing in once more. */
static guint
unsent_after_signing_in (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL, images = NULL;
  g_autoptr (GPtrArray) rows = NULL, pictures = NULL;
  g_autoptr (GError) error = NULL;
  ZcLocalStore *store;

  sign_in (desk);
  zc_sync_stop (zc_session_get_sync (desk->session));
  store = zc_session_get_store (desk->session);
  await_call (result, zc_local_store_list_unsent_async (store, answered, &result));
  rows = zc_local_store_list_sections_finish (store, result, &error);
  g_assert_no_error (error);
  await_call (images, zc_local_store_list_images_async (store, zc_dossier_get_id (desk->dossier), answered, &images));
  pictures = zc_local_store_list_images_finish (store, images, &error);
  g_assert_no_error (error);
  return rows->len + pictures->len;
}

/* The dossier by its title, the section by its own, the images by their number; each way out has a button. */
static void
test_listed (Desk *desk, gconstpointer data)
{
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_template_child (GTK_WIDGET (desk->dialog), ZC_TYPE_SIGN_OUT_DIALOG, "list"));
  AdwActionRow *row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (list, 0));

  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, zc_dossier_get_title (desk->dossier));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), first_section (desk)->title));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "1 pictures"));
  g_assert_null (gtk_list_box_get_row_at_index (list, 1));
  adw_dialog_close (desk->dialog);
  g_assert_cmpint (zc_session_get_state (desk->session), ==, ZC_SESSION_SIGNED_IN);
}

/* Offline it says so and signs nobody out; with the server back all of it arrives, and then the person is signed out. */
static void
test_sent_first (Desk *desk, gconstpointer data)
{
  GtkWidget *problem = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (desk->dialog), ZC_TYPE_SIGN_OUT_DIALOG, "problem"));

  gtk_widget_activate_action (GTK_WIDGET (desk->dialog), "sign-out.send", NULL);
  g_assert_cmpstr (page_of (desk), ==, "sending");
  await_that (g_strcmp0 (page_of (desk), "list") == 0);
  g_assert_true (gtk_widget_get_visible (problem));
  g_assert_false (is_signed_out (desk));
  zc_test_server_start (desk->server);
  gtk_widget_activate_action (GTK_WIDGET (desk->dialog), "sign-out.send", NULL);
  await_that (is_signed_out (desk));
  g_assert_cmpuint (unsent_after_signing_in (desk), ==, 1); /* the picture is here, and acknowledged */
}

/* Sending can be stopped: nobody is signed out. */
static void
test_stopped (Desk *desk, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->dialog), "sign-out.send", NULL);
  gtk_widget_activate_action (GTK_WIDGET (desk->dialog), "sign-out.stop", NULL);
  await_that (g_strcmp0 (page_of (desk), "list") == 0);
  g_assert_false (is_signed_out (desk));
  g_assert_cmpuint (zc_sync_count_unsent (zc_session_get_sync (desk->session), zc_dossier_get_id (desk->dossier)), ==, 2);
}

static void
test_kept (Desk *desk, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->dialog), "sign-out.keep", NULL);
  await_that (is_signed_out (desk));
  g_clear_object (&desk->draft);
  zc_test_server_start (desk->server);
  g_assert_cmpuint (unsent_after_signing_in (desk), ==, 2);
}

/* Asked once more; then it is gone, the file of the picture too. */
static void
test_discarded (Desk *desk, gconstpointer data)
{
  AdwDialog *asked;

  gtk_widget_activate_action (GTK_WIDGET (desk->dialog), "sign-out.discard", NULL);
  await_that (ADW_IS_ALERT_DIALOG (asked = adw_window_get_visible_dialog (ADW_WINDOW (desk->window))));
  g_signal_emit_by_name (asked, "response::cancel", "cancel");
  g_assert_false (is_signed_out (desk));
  g_assert_cmpint (adw_alert_dialog_get_response_appearance (ADW_ALERT_DIALOG (asked), "discard"), ==, ADW_RESPONSE_DESTRUCTIVE);
  g_assert_cmpstr (adw_alert_dialog_get_default_response (ADW_ALERT_DIALOG (asked)), ==, "cancel");
  g_clear_object (&desk->draft);
  g_signal_emit_by_name (asked, "response::discard", "discard");
  await_that (is_signed_out (desk));
  zc_test_server_start (desk->server);
  g_assert_cmpuint (unsent_after_signing_in (desk), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "listed", test_listed }, { "sent-first", test_sent_first }, { "stopped", test_stopped },
    { "kept", test_kept },     { "discarded", test_discarded },
  };

  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/sign-out/P3/", tests[i].name, NULL);

      g_test_add (path, Desk, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
