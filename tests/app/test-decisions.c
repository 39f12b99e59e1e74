/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-decision-bar.h"
#include "zc-opinion-dialog.h"
#include "zc-session-private.h"

/* What staff decide: the bar, the questions it asks, what it sends and what it says when it was not done. */

#define ACTS "POST /v1/dossiers/dossier-1/acts"
#define PROBLEM(code, status) "{\"type\":\"urn:zhicheng:problem:" code "\",\"status\":" status ",\"title\":\"-\",\"detail\":\"-\"%s}"

static const char *const buttons[] = { "accept", "release", "approve", "return", "return_back", "refuse" };
static const char *const actions[] = { "accept", "release", "approve", "return", "return-back", "refuse" };

static const char *
label (ZcDecisionBar *bar, const char *id)
{
  return gtk_label_get_label (staff_fixture_find (GTK_WIDGET (bar), id));
}

static void
follow_cb (ZcDossier *own, ZcDossier *news)
{
  zc_dossier_update_from (own, news);
}

static ZcDecisionBar *
show_bar (StaffFixture *fixture, const char *members)
{
  g_autoptr (ZcDossier) dossier = staff_fixture_new_dossier (1, 5, members);
  ZcDecisionBar *bar = g_object_new (ZC_TYPE_DECISION_BAR, "session", fixture->session, "dossier", dossier, NULL);

  g_signal_connect_object (fixture->session, "dossier-changed", G_CALLBACK (follow_cb), dossier, G_CONNECT_SWAPPED);
  staff_fixture_show (fixture, GTK_WIDGET (bar));
  return bar;
}

static void
press (ZcDecisionBar *bar, const char *action)
{
  g_action_group_activate_action (zc_decision_bar_get_actions (bar), action, NULL);
  staff_fixture_idle ();
}

static AdwDialog *
dialog (StaffFixture *fixture)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static void
write_opinion (AdwDialog *self, const char *text)
{
  GtkTextView *view = staff_fixture_find (GTK_WIDGET (self), "opinion");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text, -1);
  staff_fixture_idle ();
}

static GtkWidget *
confirm (AdwDialog *self)
{
  return staff_fixture_find (GTK_WIDGET (self), "confirm");
}

static gboolean
is_busy (ZcDecisionBar *bar)
{
  gboolean busy;

  g_object_get (bar, "busy", &busy, NULL);
  return busy;
}

static void
test_exactly_the_actions (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_WAITING);
  g_autoptr (ZcDossier) dossier = NULL;

  g_object_get (bar, "dossier", &dossier, NULL);
  for (guint mask = 0; mask < 1 << G_N_ELEMENTS (actions); mask++)
    {
      g_autoptr (GString) members = g_string_new ("\"state\":\"in-review\",\"holder\":null,\"actions\":[\"view\"");
      g_autoptr (ZcDossier) news = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        if (mask & 1 << i)
          g_string_append_printf (members, ",\"%s\"", actions[i]);
      g_string_append (members, "],");
      news = staff_fixture_new_dossier (1, 6 + mask, members->str);
      zc_dossier_update_from (dossier, news);
      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        {
          gboolean allowed = (mask & 1 << i) != 0;

          g_assert_cmpint (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (bar), buttons[i])), ==, allowed);
          g_assert_cmpint (g_action_group_get_action_enabled (zc_decision_bar_get_actions (bar), actions[i]), ==, allowed);
        }
    }
}

static void
test_accept (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, STAFF_MINE);
  g_autofree char *body = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_WAITING);

  canned_server_answer (fixture->server, ACTS, 200, answer);
  g_action_group_activate_action (zc_decision_bar_get_actions (bar), "accept", NULL);
  g_assert_true (is_busy (bar)); /* at once: a second press finds nothing to press */
  g_assert_false (g_action_group_get_action_enabled (zc_decision_bar_get_actions (bar), "accept"));
  staff_await (!is_busy (bar));
  g_assert_cmpstr (label (bar, "state"), ==, "In review: you hold it");
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (bar), "approve")));
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==, "{\"act\":\"accept\",\"version\":5}");
}

static void
test_colleague (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_COLLEAGUE);

  g_assert_cmpstr (label (bar, "state"), ==, "In review: 覃国栋 holds it");
  g_assert_nonnull (strstr (label (bar, "reason"), "a leader can release it"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (bar), "held_why")));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (show_bar (fixture, STAFF_MINE)), "held_why")));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (show_bar (fixture, STAFF_WAITING)), "held_why")));
}

static void
test_colleague_was_faster (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *refusal = g_strdup_printf (PROBLEM ("held-by-other", "409"), "");
  g_autofree char *now = staff_fixture_dup_json (1, 6, STAFF_COLLEAGUE);
  ZcDecisionBar *bar = show_bar (fixture, STAFF_WAITING);

  canned_server_answer (fixture->server, ACTS, 409, refusal);
  canned_server_answer (fixture->server, "GET /v1/dossiers/dossier-1 ", 200, now);
  press (bar, "accept");
  staff_await (strstr (label (bar, "trouble"), "覃国栋 was faster") != NULL);
  g_assert_cmpstr (label (bar, "state"), ==, "In review: 覃国栋 holds it");
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (bar), "accept")));
}

static void
test_offline (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  g_object_set (bar, "online", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_assert_false (g_action_group_get_action_enabled (zc_decision_bar_get_actions (bar), actions[i]));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (bar), "approve")));
  g_assert_nonnull (strstr (label (bar, "reason"), "No network"));
  g_object_set (bar, "online", TRUE, NULL);
  g_assert_true (g_action_group_get_action_enabled (zc_decision_bar_get_actions (bar), "approve"));
  press (bar, "return");
  g_object_set (bar, "online", FALSE, NULL); /* the network goes while the reason is being written */
  staff_await (staff_fixture_shows (GTK_WIDGET (dialog (fixture)), "No network: decisions can be taken when the server is reached again."));
  g_object_set (bar, "online", TRUE, NULL);
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog (fixture)), "Please write the reason first; the applicant will read it."));
  adw_dialog_force_close (dialog (fixture));
}

static void
test_return_needs_reason (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer
      = staff_fixture_dup_json (1, 6, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);
  GtkLabel *reason;

  canned_server_answer (fixture->server, ACTS, 200, answer);
  press (bar, "return");
  reason = staff_fixture_find (GTK_WIDGET (dialog (fixture)), "reason");
  g_assert_false (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  g_assert_nonnull (strstr (gtk_label_get_label (reason), "write the reason first"));
  write_opinion (dialog (fixture), "  \n ");
  g_assert_false (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  write_opinion (dialog (fixture), " 照片不清楚。\n");
  g_assert_true (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  g_assert_cmpstr (gtk_label_get_label (reason), ==, "");
  staff_fixture_check_names (GTK_WIDGET (dialog (fixture)));
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (dialog (fixture) == NULL);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==, "{\"act\":\"return\",\"version\":5,\"opinion\":\"照片不清楚。\"}");
}

/* What is written to a decision is there when it is asked for again, for that kind of decision alone, until it was sent (P1). */
static void
test_opinion_kept (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  g_autoptr (ZcNotebook) notebook = zc_notebook_new (NULL, "dossier-1", "u1");
  g_autofree char *again = NULL, *other = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  zc_decision_bar_set_notebook (bar, notebook);
  press (bar, "return");
  write_opinion (dialog (fixture), "照片不清楚。");
  adw_dialog_close (dialog (fixture)); /* as Escape does */
  staff_await (dialog (fixture) == NULL);
  press (bar, "approve");
  other = zc_opinion_dialog_dup_opinion (ZC_OPINION_DIALOG (dialog (fixture)));
  g_assert_cmpstr (other, ==, "");
  adw_dialog_close (dialog (fixture));
  staff_await (dialog (fixture) == NULL);
  press (bar, "return");
  again = zc_opinion_dialog_dup_opinion (ZC_OPINION_DIALOG (dialog (fixture)));
  g_assert_cmpstr (again, ==, "照片不清楚。");
  canned_server_answer (fixture->server, ACTS, 200, answer);
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (dialog (fixture) == NULL);
  g_assert_cmpstr (zc_notebook_get_opinion (notebook, ZC_ACT_RETURN), ==, "");
}

static void
test_approve_says_where (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "businesses", "evaluation.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (ZcBusiness) business = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  business = zc_business_parse (text, length, NULL);
  zc_decision_bar_set_form (bar, business);
  press (bar, "approve");
  text = (g_free (text), NULL);
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (GTK_WIDGET (dialog (fixture)), "intro")), "南宁市职称改革办公室"));
  g_assert_true (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  adw_dialog_force_close (dialog (fixture));
}

#define DEPARTMENTS                                                                                                      \
  "{\"items\":[{\"id\":\"d1\",\"name\":\"南宁市工业和信息化局\",\"region\":null,\"superior\":true,\"people\":["             \
  "{\"id\":\"p1\",\"name\":\"农秀兰\",\"role\":\"leader\"},{\"id\":\"p2\",\"name\":\"卢思远\",\"role\":\"clerk\"}]},"     \
  "{\"id\":\"d2\",\"name\":\"柳州市教育局\",\"region\":null,\"superior\":false,\"people\":[]}]}"

/* capabilities: JSON array of what the server offers */
static void
open_approval (StaffFixture *fixture, ZcDecisionBar *bar, const char *capabilities)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "businesses", "evaluation.json", NULL);
  g_autofree char *info = g_strdup_printf ("{\"name\":\"zhicheng\",\"version\":\"0\",\"api\":\"v1\",\"epoch\":\"e\","
                                          "\"time\":\"2026-11-23T08:00:00.000Z\",\"capabilities\":%s}", capabilities);
  g_autoptr (ZcJson) json = zc_json_parse (info, strlen (info), NULL);
  g_autofree char *text = NULL;
  g_autoptr (ZcBusiness) business = NULL;
  gsize length;

  fixture->session->info = zc_server_info_new_from_json (zc_json_root (json), NULL);
  g_assert_nonnull (fixture->session->info);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  business = zc_business_parse (text, length, NULL);
  zc_decision_bar_set_form (bar, business);
  press (bar, "approve");
}

static GtkListBox *
choices (StaffFixture *fixture)
{
  AdwNavigationView *pages = staff_fixture_find (GTK_WIDGET (dialog (fixture)), "pages");

  return staff_fixture_find (GTK_WIDGET (adw_navigation_view_get_visible_page (pages)), "rows");
}

static void
choose (StaffFixture *fixture, int position)
{
  GtkListBox *list = choices (fixture);

  staff_await (gtk_list_box_get_row_at_index (list, position) != NULL);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, position));
  staff_fixture_idle ();
}

/* Department, then the person there who is asked; until both are chosen the button says what is missing. */
static void
test_to_department (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"waiting\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);
  GtkWidget *root;

  canned_server_answer (fixture->server, ACTS, 200, answer);
  canned_server_answer (fixture->server, "GET /v1/catalog/departments", 200, DEPARTMENTS);
  open_approval (fixture, bar, "[\"departments\"]");
  root = GTK_WIDGET (dialog (fixture));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (staff_fixture_find (root, "direct_row")), "南宁市职称改革办公室"));
  g_assert_true (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (root, "department_row")));
  gtk_check_button_set_active (staff_fixture_find (root, "through"), TRUE);
  staff_fixture_idle ();
  g_assert_false (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (root, "reason")), "choose the department first"));
  adw_action_row_activate (staff_fixture_find (root, "department_row"));
  staff_fixture_idle ();
  choose (fixture, 0);
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (root, "reason")), "responsible person first"));
  adw_action_row_activate (staff_fixture_find (root, "person_row"));
  staff_fixture_idle ();
  choose (fixture, 1);
  g_assert_cmpstr (adw_action_row_get_subtitle (staff_fixture_find (root, "person_row")), ==, "卢思远");
  g_assert_true (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  staff_fixture_check_names (root);
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (dialog (fixture) == NULL);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==, "{\"act\":\"approve\",\"version\":5,\"to\":{\"department\":\"d1\",\"person\":\"p2\"}}");
}

/* Having looked at departments binds to nothing. */
static void
test_to_the_office (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"waiting\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);
  GtkWidget *root;

  canned_server_answer (fixture->server, ACTS, 200, answer);
  canned_server_answer (fixture->server, "GET /v1/catalog/departments", 200, DEPARTMENTS);
  open_approval (fixture, bar, "[\"departments\"]");
  root = GTK_WIDGET (dialog (fixture));
  gtk_check_button_set_active (staff_fixture_find (root, "through"), TRUE);
  adw_action_row_activate (staff_fixture_find (root, "department_row"));
  staff_fixture_idle ();
  choose (fixture, 0);
  gtk_check_button_set_active (staff_fixture_find (root, "direct"), TRUE);
  staff_fixture_idle ();
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (dialog (fixture) == NULL);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==, "{\"act\":\"approve\",\"version\":5}");
}

/* An older server knows no departments: nothing of them is shown (S0.1). */
static void
test_older_server (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  open_approval (fixture, bar, "[]");
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (dialog (fixture)), "way")));
  adw_dialog_force_close (dialog (fixture));
}

static void
test_assigned (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *assigned;
    const char *reason;
  } rows[] = {
    { "{\"name\":\"韦晓岚\",\"me\":true}", "sent for you" },
    { "{\"name\":\"覃国栋\",\"me\":false}", "覃国栋 is asked to take it up; you may do it too" },
    { "null", "Once accepted you hold it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *members = g_strdup_printf (STAFF_WAITING "\"assigned\":%s,", rows[i].assigned);

      g_assert_nonnull (strstr (label (show_bar (fixture, members), "reason"), rows[i].reason));
    }
}

static void
test_return_back (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"waiting\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  ZcDecisionBar *bar = show_bar (fixture, "\"state\":\"in-review\",\"holder\":{\"name\":\"韦晓岚\",\"me\":true},"
                                          "\"actions\":[\"return-back\"],");

  canned_server_answer (fixture->server, ACTS, 200, answer);
  press (bar, "return-back");
  g_assert_false (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  write_opinion (dialog (fixture), "请单位核实。");
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (dialog (fixture) == NULL);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==, "{\"act\":\"return-back\",\"version\":5,\"opinion\":\"请单位核实。\"}");
}

static void
test_refuse_asks_again (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"refused\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL, *none = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  canned_server_answer (fixture->server, ACTS, 200, answer);
  press (bar, "refuse");
  g_assert_true (gtk_widget_has_css_class (confirm (dialog (fixture)), "destructive-action"));
  write_opinion (dialog (fixture), "不符合申报条件。");
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (ADW_IS_ALERT_DIALOG (dialog (fixture)));
  none = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_null (none);
  g_signal_emit_by_name (dialog (fixture), "response::refuse", "refuse");
  g_assert_true (is_busy (bar));
  staff_await (!is_busy (bar));
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==, "{\"act\":\"refuse\",\"version\":5,\"opinion\":\"不符合申报条件。\"}");
}

/* What was typed stays, the person is told, and what they send then is of the present version. */
static void
test_stale (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *now = staff_fixture_dup_json (1, 7, STAFF_MINE);
  g_autofree char *current = g_strdup_printf (",\"current\":%s", now);
  g_autofree char *refusal = g_strdup_printf (PROBLEM ("stale", "409"), current);
  g_autofree char *after = staff_fixture_dup_json (1, 8, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  g_autofree char *opinion = NULL, *second = NULL, *first_key = NULL, *second_key = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  canned_server_answer (fixture->server, ACTS, 409, refusal);
  canned_server_answer (fixture->server, "GET /v1/dossiers/dossier-1 ", 200, now);
  press (bar, "return");
  write_opinion (dialog (fixture), "请补充材料。");
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (!is_busy (bar) && strstr (label (bar, "trouble"), "changed meanwhile") != NULL);
  opinion = zc_opinion_dialog_dup_opinion (ZC_OPINION_DIALOG (dialog (fixture)));
  g_assert_cmpstr (opinion, ==, "请补充材料。");
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (GTK_WIDGET (dialog (fixture)), "trouble")), "changed meanwhile"));
  canned_server_answer (fixture->server, ACTS, 200, after);
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (dialog (fixture) == NULL);
  second = canned_server_dup_sent (fixture->server, ACTS, 1);
  g_assert_cmpstr (second, ==, "{\"act\":\"return\",\"version\":7,\"opinion\":\"请补充材料。\"}");
  first_key = canned_server_dup_key (fixture->server, ACTS, 0);
  second_key = canned_server_dup_key (fixture->server, ACTS, 1);
  g_assert_cmpstr (first_key, !=, second_key);
}

/* Who has signed in again is not told to any more; what they wrote is there (P18). */
static void
test_signed_in_again (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *refusal = g_strdup_printf (PROBLEM ("signed-out", "401"), "");
  g_autofree char *opinion = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  canned_server_answer (fixture->server, ACTS, 401, refusal);
  press (bar, "return");
  write_opinion (dialog (fixture), "请补充材料。");
  zc_session_set_expired (fixture->session, TRUE);
  g_signal_emit_by_name (confirm (dialog (fixture)), "clicked");
  staff_await (!is_busy (bar) && *label (bar, "trouble") != '\0');
  zc_session_set_expired (fixture->session, FALSE);
  g_assert_cmpstr (label (bar, "trouble"), ==, "");
  opinion = zc_opinion_dialog_dup_opinion (ZC_OPINION_DIALOG (dialog (fixture)));
  g_assert_cmpstr (opinion, ==, "请补充材料。");
  adw_dialog_force_close (dialog (fixture));
}

static void
hear (StaffFixture *fixture, gint64 version, const char *members)
{
  g_autoptr (ZcDossier) news = staff_fixture_new_dossier (1, version, members);

  zc_session_learn (fixture->session, news);
  staff_fixture_idle ();
}

/* What is said of something else stays: that is no less so after signing in again (P18). */
static void
test_word_stays (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *refusal = g_strdup_printf (PROBLEM ("own-dossier", "403"), "");
  g_autofree char *word = NULL;
  ZcDecisionBar *bar = show_bar (fixture, STAFF_WAITING);

  canned_server_answer (fixture->server, ACTS, 403, refusal);
  press (bar, "accept");
  staff_await (!is_busy (bar) && *label (bar, "trouble") != '\0');
  word = g_strdup (label (bar, "trouble"));
  zc_session_set_expired (fixture->session, TRUE);
  zc_session_set_expired (fixture->session, FALSE);
  g_assert_cmpstr (label (bar, "trouble"), ==, word);
}

/* It changed while the person was writing, and is still theirs. */
static void
test_changed_while_writing (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  press (bar, "return");
  write_opinion (dialog (fixture), "请补充材料。");
  hear (fixture, 9, STAFF_MINE);
  g_assert_true (gtk_widget_is_sensitive (confirm (dialog (fixture))));
  g_assert_nonnull (strstr (label (bar, "trouble"), "changed meanwhile"));
  adw_dialog_force_close (dialog (fixture));
  staff_fixture_idle ();
  g_assert_cmpstr (label (bar, "trouble"), ==, "");
}

/* A leader released it, a colleague has it, it has gone on: what happened is said, and why; what was written stays (U4). */
static void
test_lost (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *now;
    const char *told;
    gboolean ruled;
  } rows[] = {
    { STAFF_WAITING, "it was released. You can accept it again.", TRUE },
    { STAFF_COLLEAGUE, "覃国栋 has accepted it.", TRUE },
    { "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\"],", "it has gone on.", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZcNotebook) notebook = zc_notebook_new (NULL, "dossier-1", "u1");
      ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);
      GtkWidget *trouble;

      zc_decision_bar_set_notebook (bar, notebook);
      press (bar, "return");
      write_opinion (dialog (fixture), "请补充材料。");
      hear (fixture, 9, rows[i].now);
      trouble = staff_fixture_find (GTK_WIDGET (dialog (fixture)), "trouble");
      g_assert_false (gtk_widget_is_sensitive (confirm (dialog (fixture))));
      g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (trouble)), rows[i].told));
      g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (trouble)), "What you wrote is kept"));
      g_assert_cmpint (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (dialog (fixture)), "rule")), ==, rows[i].ruled);
      adw_dialog_force_close (dialog (fixture));
      staff_fixture_idle ();
      g_assert_nonnull (strstr (label (bar, "trouble"), rows[i].told));
      g_assert_null (strstr (label (bar, "trouble"), "What you wrote"));
      g_assert_cmpstr (zc_notebook_get_opinion (notebook, ZC_ACT_RETURN), ==, "请补充材料。");
    }
}

/* Nobody was asking for anything: it is told all the same, as it is now, until the person has it again. */
static void
test_lost_while_reading (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  hear (fixture, 6, STAFF_WAITING);
  g_assert_nonnull (strstr (label (bar, "trouble"), "it was released"));
  hear (fixture, 7, STAFF_COLLEAGUE);
  g_assert_nonnull (strstr (label (bar, "trouble"), "覃国栋 has accepted it."));
  hear (fixture, 8, STAFF_MINE);
  g_assert_cmpstr (label (bar, "trouble"), ==, "");
}

/* Under the dialog the form turns into one to read, and the field that had the focus goes: the button that leads back is not what
 * comes next (P21). */
static void
test_focus_kept (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);
  GtkWidget *page = adw_toolbar_view_new (), *field = gtk_text_view_new (), *header = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_with_label ("Back");

  g_object_ref (bar);
  adw_window_set_content (ADW_WINDOW (fixture->window), page);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (page), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (page), field);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (page), GTK_WIDGET (bar));
  g_object_unref (bar);
  gtk_widget_grab_focus (field);
  press (bar, "return");
  hear (fixture, 6, STAFF_WAITING);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (page), gtk_label_new ("-"));
  adw_dialog_force_close (dialog (fixture));
  staff_await (gtk_root_get_focus (GTK_ROOT (fixture->window)) != NULL
               && gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_WIDGET (bar)));
}

/* What one gives back oneself is not told as a loss, whoever tells of it first. */
static void
test_given_back (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, STAFF_WAITING);
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  canned_server_answer (fixture->server, ACTS, 200, answer);
  g_action_group_activate_action (zc_decision_bar_get_actions (bar), "release", NULL);
  hear (fixture, 6, STAFF_WAITING);
  staff_await (!is_busy (bar));
  hear (fixture, 7, STAFF_COLLEAGUE);
  g_assert_cmpstr (label (bar, "trouble"), ==, "");
}

static void
test_names (StaffFixture *fixture, gconstpointer data)
{
  ZcDecisionBar *bar = show_bar (fixture, STAFF_MINE);

  staff_fixture_check_names (GTK_WIDGET (bar));
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/decision/B2/exactly-the-actions", test_exactly_the_actions },
    { "/decision/U4/accept", test_accept },
    { "/decision/U4/N12/colleague-holds", test_colleague },
    { "/decision/U4/colleague-was-faster", test_colleague_was_faster },
    { "/decision/U6/offline-says-why", test_offline },
    { "/decision/U6/return-needs-reason", test_return_needs_reason },
    { "/decision/U6/P1/opinion-kept-until-sent", test_opinion_kept },
    { "/decision/U6/approve-says-where", test_approve_says_where },
    { "/decision/P18/signed-in-again", test_signed_in_again },
    { "/decision/P18/N12/word-stays", test_word_stays },
    { "/decision/U6/to-department", test_to_department },
    { "/decision/U6/to-the-office", test_to_the_office },
    { "/decision/U6/S0.1/older-server", test_older_server },
    { "/decision/U6/assigned", test_assigned },
    { "/decision/U6/return-back", test_return_back },
    { "/decision/U6/refuse-asks-again", test_refuse_asks_again },
    { "/decision/U6/stale-keeps-what-was-typed", test_stale },
    { "/decision/U6/changed-while-writing", test_changed_while_writing },
    { "/decision/U4/lost-while-writing", test_lost },
    { "/decision/U4/lost-while-reading", test_lost_while_reading },
    { "/decision/U4/given-back", test_given_back },
    { "/decision/P21/focus-kept", test_focus_kept },
    { "/decision/P21/names", test_names },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
