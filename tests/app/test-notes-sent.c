/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "notes-fixture.h"
#include "zc-decision-bar.h"
#include "zc-reason.h"
#include "zc-session-private.h"

/* What becomes of the notes with a decision: they go with a return, are left out, or stay (P9). */

#define ACTS "POST /v1/dossiers/dossier-1/acts"

/* They go with the return, with its reason; once it is done they are gone. An approval takes none along and says so. */
static void
test_go_with_the_return (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  GActionGroup *decisions;
  GtkWidget *page, *dialog;

  notes_answer (fixture, STAFF_MINE);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  page = notes_open (fixture);
  decisions = zc_decision_bar_get_actions (staff_fixture_find (page, "decisions"));
  notes_click (notes_row (page, "native_place"), "notes.add");
  notes_write (notes_dialog (fixture), "写到县");
  notes_finish (fixture);
  g_action_group_activate_action (decisions, "approve", NULL);
  staff_await (notes_visible_dialog (fixture) != NULL);
  dialog = GTK_WIDGET (notes_visible_dialog (fixture));
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (dialog, "intro")), "takes no notes along"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (dialog, "note_box")));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (notes_visible_dialog (fixture) == NULL);
  g_action_group_activate_action (decisions, "return", NULL);
  staff_await (notes_visible_dialog (fixture) != NULL);
  dialog = GTK_WIDGET (notes_visible_dialog (fixture));
  staff_await (staff_fixture_shows (staff_fixture_find (dialog, "note_box"), "基本信息 › 籍贯"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion")), "请改", -1);
  adw_combo_row_set_selected (staff_fixture_find (dialog, "why"), ZC_REASON_MISSING);
  g_signal_emit_by_name (staff_fixture_find (dialog, "confirm"), "clicked");
  staff_await (notes_visible_dialog (fixture) == NULL);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==,
                   "{\"act\":\"return\",\"version\":5,\"opinion\":\"请改\",\"code\":\"missing\",\"notes\":["
                   "{\"section\":\"basic_information\",\"field\":\"native_place\",\"text\":\"写到县\"}]}");
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 0);
}

#define MAY_GO_BACK                                                                                                      \
  "\"state\":\"in-review\",\"holder\":{\"name\":\"韦晓岚\",\"me\":true},"                                                \
  "\"actions\":[\"view\",\"release\",\"approve\",\"return\",\"return-back\",\"refuse\"],"

/* A page with a note at a field of the applicant's and one in the unit's own part. */
static GtkWidget *
open_with_both (StaffFixture *fixture)
{
  g_autoptr (ZcNote) unseen = zc_note_new ("unit_recommendation", NULL, "unit_opinion", NULL, NULL, "请写明理由");
  GtkWidget *page = notes_open (fixture);

  notes_click (notes_row (page, "native_place"), "notes.add");
  notes_write (notes_dialog (fixture), "写到县");
  notes_finish (fixture);
  zc_notebook_put (ZC_NOTEBOOK (notes_list (page)), NULL, unseen);
  return page;
}

static GtkWidget *
ask_to (StaffFixture *fixture, GtkWidget *page, const char *act)
{
  g_action_group_activate_action (zc_decision_bar_get_actions (staff_fixture_find (page, "decisions")), act, NULL);
  staff_await (notes_visible_dialog (fixture) != NULL);
  return GTK_WIDGET (notes_visible_dialog (fixture));
}

static void
confirm (StaffFixture *fixture, GtkWidget *dialog)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion")), "请改", -1);
  g_signal_emit_by_name (staff_fixture_find (dialog, "confirm"), "clicked");
  staff_await (notes_visible_dialog (fixture) == NULL);
}

static const char *
intro_of (GtkWidget *dialog)
{
  return gtk_label_get_label (staff_fixture_find (dialog, "intro"));
}

/* What the applicant could not see is named before it is returned, left out, and kept; so it is said of a refusal. */
static void
test_left_out (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  GtkWidget *page, *dialog, *box;

  notes_answer (fixture, MAY_GO_BACK);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  page = open_with_both (fixture);
  dialog = ask_to (fixture, page, "refuse");
  g_assert_nonnull (strstr (intro_of (dialog), "1 note in the unit's own part, which the applicant does not see, is left out and deleted"));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (notes_visible_dialog (fixture) == NULL);
  dialog = ask_to (fixture, page, "return");
  box = staff_fixture_find (dialog, "note_box");
  g_assert_nonnull (strstr (intro_of (dialog), "1 note in the unit's own part, which the applicant does not see, is left out; it stays here"));
  g_assert_nonnull (strstr (intro_of (dialog), "return it one stage instead"));
  staff_await (staff_fixture_shows (box, "Notes that go with it (1)"));
  staff_await (staff_fixture_shows (box, "Left out: 请写明理由"));
  g_assert_false (staff_fixture_shows (box, "Left out: 写到县"));
  confirm (fixture, dialog);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_nonnull (strstr (body, "\"notes\":[{\"section\":\"basic_information\",\"field\":\"native_place\",\"text\":\"写到县\"}]"));
  g_assert_null (strstr (body, "unit_recommendation"));
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 1);
  notes_assert (page, 0, "unit_recommendation||unit_opinion|||请写明理由");
}

/* Back a stage, to staff, all go along. */
static void
test_all_go_back (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, STAFF_WAITING);
  g_autofree char *body = NULL;
  GtkWidget *page, *dialog;

  notes_answer (fixture, MAY_GO_BACK);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  page = open_with_both (fixture);
  dialog = ask_to (fixture, page, "return-back");
  g_assert_null (strstr (intro_of (dialog), "left out"));
  staff_await (staff_fixture_shows (staff_fixture_find (dialog, "note_box"), "Notes that go with it (2)"));
  staff_await (staff_fixture_shows (dialog, "Whoever has it again sees each at its place"));
  confirm (fixture, dialog);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_nonnull (strstr (body, "\"notes\":[{\"section\":\"basic_information\""));
  g_assert_nonnull (strstr (body, "{\"section\":\"unit_recommendation\",\"field\":\"unit_opinion\",\"text\":\"请写明理由\"}]"));
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 0);
}

static void
toast_cb (ZcSession *session, const char *text, char **told)
{
  g_set_str (told, text);
}

/* Given back, a colleague may take it over: the notes stay, and it is said whose they are. */
static void
test_released (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, STAFF_WAITING);
  g_autofree char *told = NULL;
  GtkWidget *page;

  notes_answer (fixture, STAFF_MINE);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  g_signal_connect (fixture->session, "toast", G_CALLBACK (toast_cb), &told);
  page = open_with_both (fixture);
  g_action_group_activate_action (zc_decision_bar_get_actions (staff_fixture_find (page, "decisions")), "release", NULL);
  staff_await (told != NULL);
  g_assert_nonnull (strstr (told, "does not see the 2 notes you made; they stay with you here"));
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 2);
  g_signal_handlers_disconnect_by_func (fixture->session, toast_cb, &told);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/notes/P9/go-with-the-return", test_go_with_the_return },
    { "/notes/P9/unseen-by-the-applicant-left-out", test_left_out },
    { "/notes/P9/U6/all-go-back-a-stage", test_all_go_back },
    { "/notes/P9/U4/stay-when-it-is-released", test_released },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
