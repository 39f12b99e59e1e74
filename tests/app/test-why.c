/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-dossier-card.h"
#include "zc-refusal-text.h"
#include "zc-rule-dialog.h"
#include "zc-rule-text.h"
#include "zc-sign-in-page.h"
#include "zc-why-button.h"

/* Whatever a rule refuses leads to that rule, who can lift it and what to do (N12). */

static gboolean
leads_to_rule (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), ZC_WHY_ACTION) == 0;
}

/* (nullable): the button that can be seen and leads to a rule */
static GtkWidget *
find_why (GtkWidget *root)
{
  return staff_fixture_find_where (root, leads_to_rule);
}

/* Pressing it shows all four: the rule, its source, who, what to do. */
static void
assert_leads_to (GtkWidget *window, GtkWidget *why, ZcRefusal code)
{
  g_autoptr (GError) error = zc_refusal_new (code, "x");
  const ZcRuleText *rule = zc_rule_text_find (zc_refusal_rule (code));
  AdwDialog *dialog;

  g_signal_emit_by_name (why, "clicked");
  staff_await (ZC_IS_RULE_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  staff_await (staff_fixture_shows (GTK_WIDGET (dialog), rule->sentence));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), rule->name));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), rule->source));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), zc_refusal_what (error)));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), zc_refusal_next (error)));
  if (zc_refusal_who (error) != NULL)
    g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), zc_refusal_who (error)));
  staff_fixture_check_names (GTK_WIDGET (dialog));
  adw_dialog_force_close (dialog);
}

/* Every code of the server: with a rule a button that leads to it, without one a sentence alone. */
static void
test_every_code (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);

  for (int code = 0; code < ZC_REFUSAL_LAST; code++)
    {
      g_autoptr (GError) error = zc_refusal_new (code, "x");
      g_autofree char *text = zc_refusal_dup_text (error);

      zc_session_toast_error (fixture->session, error);
      staff_await (staff_fixture_shows (window, text));
      g_assert_true ((find_why (window) != NULL) == (zc_refusal_rule (code) != NULL));
      if (zc_refusal_rule (code) != NULL)
        assert_leads_to (window, find_why (window), code);
    }
  staff_fixture_close_window (window);
}

static AdwNavigationPage *
new_card_page (StaffFixture *fixture, const char *members)
{
  g_autoptr (ZcDossier) dossier = staff_fixture_new_dossier (1, 3, members);

  return adw_navigation_page_new (zc_dossier_card_new (fixture->session, dossier), "x");
}

/* What is not offered on the applicant's own card says why; what is offered or makes no sense there says nothing. */
static void
test_card (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *members;
    const char *label;
    ZcRefusal code;
  } cases[] = {
    { "\"state\":\"in-review\",\"holder\":null,\"actions\":[\"view\"],"
      "\"refused\":[{\"action\":\"withdraw\",\"code\":\"already-accepted\"}],",
      "Why can it not be withdrawn?", ZC_REFUSAL_ALREADY_ACCEPTED },
    { "\"state\":\"draft\",\"holder\":null,\"actions\":[\"edit\"],"
      "\"refused\":[{\"action\":\"submit\",\"code\":\"window-closed\"}],",
      "Why can it not be submitted?", ZC_REFUSAL_WINDOW_CLOSED },
    { "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\"],"
      "\"refused\":[{\"action\":\"withdraw\",\"code\":\"with-office\"}],",
      "Why can it not be withdrawn?", ZC_REFUSAL_WITH_OFFICE },
    { "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\",\"withdraw\"],\"refused\":[],", NULL, ZC_REFUSAL_LAST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AdwNavigationPage *page = new_card_page (fixture, cases[i].members);
      GtkWidget *window = staff_fixture_open_window (fixture, page, 900);
      GtkWidget *why = find_why (GTK_WIDGET (page));

      g_assert_true ((why != NULL) == (cases[i].label != NULL));
      if (why != NULL)
        {
          g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (why)), ==, cases[i].label);
          assert_leads_to (window, why, cases[i].code);
        }
      staff_fixture_close_window (window);
    }
}

/* Beside the sentence of a form that was refused, gone when it is tried again. */
static void
test_form (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page = zc_sign_in_page_new (fixture->session, FALSE);
  GtkWidget *window = staff_fixture_open_window (fixture, page, 900);
  GtkWidget *identifier = staff_fixture_find (GTK_WIDGET (page), "identifier");
  GtkWidget *password = staff_fixture_find (GTK_WIDGET (page), "password");

  canned_server_answer (fixture->server, "POST /v1/sessions ", 401,
                        "{\"type\":\"urn:zhicheng:problem:wrong-credentials\",\"title\":\"x\",\"status\":401}");
  g_object_set (identifier, "text", "450102197609150012", NULL);
  g_object_set (password, "text", "not this one", NULL);
  g_assert_null (find_why (GTK_WIDGET (page)));
  gtk_widget_activate_action (password, "sign-in.submit", NULL);
  staff_await (find_why (GTK_WIDGET (page)) != NULL);
  assert_leads_to (window, find_why (GTK_WIDGET (page)), ZC_REFUSAL_WRONG_PASSWORD);
  g_object_set (password, "text", "another", NULL);
  staff_await (find_why (GTK_WIDGET (page)) == NULL);
  staff_fixture_close_window (window);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/why/N12/every-code", test_every_code },
    { "/why/N12/S3.1.5b/card", test_card },
    { "/why/N12/S2.1/form", test_form },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
