/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "zc-editor-page.h"
#include "zc-refusal-text.h"
#include "zc-rule-dialog.h"
#include "zc-rule-text.h"
#include "zc-submit-dialog.h"
#include "zc-test-world.h"
#include "zc-why-button.h"
#include "zc-window.h"

/* Submitting in the program's window, over the real server, which refuses it: the rule is one press away (N12). */

typedef struct
{
  World world; /* the same person's other computer */
  ZcSession *session;
  GtkWidget *window;
  AdwNavigationPage *editor;
} Desk;

/* What the other computer has filled in is open here. */
static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  world_set_up (&desk->world, NULL);
  device_fill (desk->world.device);
  g_assert_true (device_save (desk->world.device, &error));
  g_assert_no_error (error);
  desk->session = zc_session_new (zc_test_server_get_address (desk->world.server));
  await_call (result, zc_session_sign_in_async (desk->session, APPLICANT, PASSWORD, FALSE, answered, &result));
  g_assert_true (zc_session_sign_in_finish (desk->session, result, &error));
  g_assert_no_error (error);
  await_that (zc_session_get_state (desk->session) == ZC_SESSION_SIGNED_IN);
  desk->window = GTK_WIDGET (zc_window_new (NULL, desk->session));
  gtk_window_present (GTK_WINDOW (desk->window));
  desk->editor = zc_editor_page_new (desk->session, desk->world.dossier);
  zc_window_push (ZC_WINDOW (desk->window), desk->editor);
  await_that (zc_editor_page_get_draft (ZC_EDITOR_PAGE (desk->editor)) != NULL);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->session);
  world_tear_down (&desk->world, NULL);
}

static AdwDialog *
dialog_of (Desk *desk)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (desk->window));
}

static gpointer
child_of (AdwDialog *dialog, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_SUBMIT_DIALOG, name);
}

/* Up to the button that sends it. */
static AdwDialog *
read_instructions (Desk *desk)
{
  AdwDialog *dialog;
  GtkAdjustment *adjustment;

  gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.submit", NULL);
  await_that (ZC_IS_SUBMIT_DIALOG (dialog_of (desk)));
  dialog = dialog_of (desk);
  if (g_str_equal (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), "missing"))
    gtk_widget_activate_action (GTK_WIDGET (dialog), "submit.go-on", NULL);
  await_that (g_str_equal (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), "instructions"));
  adjustment = gtk_scrolled_window_get_vadjustment (child_of (dialog, "scroller"));
  await_that (gtk_adjustment_get_page_size (adjustment) > 1);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  await_that (gtk_widget_is_sensitive (child_of (dialog, "agree")));
  return dialog;
}

static gboolean
shows (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && g_str_equal (gtk_label_get_label (GTK_LABEL (root)), words))
    return TRUE;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    if (shows (next, words))
      return TRUE;
  return FALSE;
}

/* Given up on the other computer while the instructions were read on this one. */
static void
test_refused (Desk *desk, gconstpointer data)
{
  const ZcRuleText *rule = zc_rule_text_find (zc_refusal_rule (ZC_REFUSAL_NOT_ALLOWED));
  AdwDialog *dialog = read_instructions (desk);
  GtkWidget *why = child_of (dialog, "why");

  g_assert_false (gtk_widget_get_mapped (why));
  device_do_act (desk->world.device, desk->world.dossier, ZC_ACT_ABANDON);
  g_signal_emit_by_name (child_of (dialog, "agree"), "clicked");
  await_that (g_str_equal (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), "error"));
  await_that (gtk_widget_get_mapped (why) && gtk_widget_get_width (why) > 0);
  for (guint tries = 0; tries < 30 && gtk_window_get_focus (GTK_WINDOW (desk->window)) != why; tries++)
    gtk_widget_child_focus (desk->window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) == why);
  g_signal_emit_by_name (why, "clicked");
  await_that (ZC_IS_RULE_DIALOG (dialog_of (desk)));
  await_that (shows (GTK_WIDGET (dialog_of (desk)), rule->sentence));
  g_assert_true (shows (GTK_WIDGET (dialog_of (desk)), rule->name));
  adw_dialog_force_close (dialog_of (desk));
  adw_dialog_force_close (dialog);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/submit/N12/S3.1.3a/refused-leads-to-its-rule", Desk, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
