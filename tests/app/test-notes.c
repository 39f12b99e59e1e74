/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "review-fixture.h"
#include "zc-decision-bar.h"
#include "zc-entry-row.h"
#include "zc-field-row.h"
#include "zc-form-page.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-note-dialog.h"
#include "zc-reader.h"
#include "zc-reason.h"
#include "zc-review-tools.h"
#include "zc-section-row.h"
#include "zc-session-private.h"

/* What a reviewer notes at places of a dossier, the usual phrases of their body, and what changed since a return (P9). */

#define REVISION "GET /v1/dossiers/dossier-1/revisions/1"
#define ACTS "POST /v1/dossiers/dossier-1/acts"
#define PHRASES "GET /v1/phrases"
#define ENTRY_A "0193aaaa-0000-7000-8000-00000000000a"
#define ENTRY_B "0193aaaa-0000-7000-8000-00000000000b"
#define ENTRY_C "0193aaaa-0000-7000-8000-00000000000c"
#define DIGEST_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define DIGEST_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define DIGEST_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define IMAGE(digest) "{\"sha256\":\"" digest "\",\"bytes\":1000,\"width\":900,\"height\":700,\"name\":\"照片.jpg\"}"
#define RETURNED                                                                                                         \
  "{\"at\":\"2026-11-22T08:00:00.000Z\",\"stage\":\"unit\",\"opinion\":\"请改\",\"code\":\"wrong\","                     \
  "\"by\":{\"role\":\"unit\",\"body\":\"广西南方机械有限公司\"},\"revision\":1,\"notes\":["                              \
  "{\"section\":\"basic_information\",\"field\":\"native_place\",\"text\":\"写到县\",\"code\":\"wrong\"},"               \
  "{\"section\":\"work_summary\",\"text\":\"请充实\"}]}"
#define NOW_BASIC                                                                                                        \
  "{\"values\":{\"native_place\":\"广西横州市\",\"former_name\":\"黄明\",\"bareheaded_photo\":[" IMAGE (DIGEST_A) ","   \
  IMAGE (DIGEST_C) "]}}"
#define NOW_EDUCATION                                                                                                    \
  "{\"entries\":[{\"id\":\"" ENTRY_A "\",\"values\":{\"school_name\":\"广西大学\"}},"                                    \
  "{\"id\":\"" ENTRY_C "\",\"values\":{\"school_name\":\"中南大学\"}}]}"
#define NOW_SUMMARY "{\"values\":{\"work_summary_text\":\"本人从事机械设计。\"}}"
#define THEN                                                                                                             \
  "{\"number\":\"ZC1\",\"revision\":1,\"submitted_at\":\"2026-11-20T08:00:00.000Z\",\"digest\":\"d\",\"content\":{"      \
  "\"year\":2026,\"account\":{},\"target\":{\"unit\":\"u1\",\"series\":\"engineering\",\"level\":\"associate-senior\","  \
  "\"committee\":\"c1\",\"office\":\"o1\"},\"sections\":{\"basic_information\":{\"values\":{\"native_place\":\"横州\","  \
  "\"former_name\":\"黄明\",\"bareheaded_photo\":[" IMAGE (DIGEST_A) "," IMAGE (DIGEST_B) "]}},"                         \
  "\"education_history\":{\"entries\":[{\"id\":\"" ENTRY_A "\",\"values\":{\"school_name\":\"广西大学\"}},"              \
  "{\"id\":\"" ENTRY_B "\",\"values\":{\"school_name\":\"桂林工学院\"}}]},\"work_summary\":" NOW_SUMMARY "}}}"

/* The second submission. */
static char *
dup_json (gint64 version, const char *members)
{
  g_autofree char *text = staff_fixture_dup_json (1, version, members);
  GString *json = g_string_new (text);

  g_assert_cmpuint (g_string_replace (json, "\"submissions\":1", "\"submissions\":2", 1), ==, 1);
  return g_string_free (json, FALSE);
}

static void
answer_all (StaffFixture *fixture, const char *members)
{
  g_autofree char *dossier = dup_json (5, members);

  review_fixture_answer_business (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, dossier);
  canned_server_answer (fixture->server, REVISION, 200, THEN);
  review_fixture_answer_section (fixture, "basic_information", NOW_BASIC);
  review_fixture_answer_section (fixture, "education_history", NOW_EDUCATION);
  review_fixture_answer_section (fixture, "work_summary", NOW_SUMMARY);
}

static void
offer_phrases (StaffFixture *fixture, const char *items)
{
  g_autofree char *answer = g_strdup_printf ("{\"items\":[%s]}", items);
  g_autoptr (ZcJson) json = NULL;
  static const char info[] = "{\"name\":\"zhicheng\",\"version\":\"0\",\"api\":\"v1\",\"epoch\":\"e\","
                             "\"time\":\"2026-11-23T08:00:00.000Z\",\"capabilities\":[\"notes\",\"phrases\"]}";

  json = zc_json_parse (info, strlen (info), NULL);
  fixture->session->info = zc_server_info_new_from_json (zc_json_root (json), NULL);
  g_assert_nonnull (fixture->session->info);
  canned_server_answer (fixture->server, PHRASES, 200, answer);
}

static GtkWidget *
open_page (StaffFixture *fixture)
{
  GtkWidget *page = review_fixture_open (fixture);

  staff_await (zc_reader_get_draft (staff_fixture_find (page, "reader")) != NULL);
  staff_fixture_idle ();
  return page;
}

/* With all of its rows. */
static GtkWidget *
form_of (GtkWidget *page)
{
  GtkWidget *form = adw_bin_get_child (staff_fixture_find (page, "form"));

  staff_await (zc_form_page_is_whole (ZC_FORM_PAGE (form)));
  return form;
}

static void
find_row (GtkWidget *widget, const char *field, GtkWidget **found)
{
  if (ZC_IS_FIELD_ROW (widget) && g_str_equal (zc_field_row_get_field (ZC_FIELD_ROW (widget))->id, field))
    *found = widget;
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL && *found == NULL; next = gtk_widget_get_next_sibling (next))
    find_row (next, field, found);
}

static GtkWidget *
row_of (GtkWidget *page, const char *field)
{
  GtkWidget *found = NULL;

  find_row (form_of (page), field, &found);
  g_assert_nonnull (found);
  return found;
}

/* A button with that action, below root; (nullable) */
static GtkWidget *
find_button (GtkWidget *root, const char *action)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_button (next, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
click (GtkWidget *root, const char *action)
{
  GtkWidget *button = find_button (root, action);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  staff_fixture_idle ();
}

static AdwDialog *
dialog_of (StaffFixture *fixture)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static GtkWidget *
note_dialog (StaffFixture *fixture)
{
  staff_await (ZC_IS_NOTE_DIALOG (dialog_of (fixture)));
  return GTK_WIDGET (dialog_of (fixture));
}

static void
write_words (GtkWidget *dialog, const char *words)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "text")), words, -1);
}

/* As the keys do it. */
static void
finish_note (StaffFixture *fixture)
{
  gtk_widget_activate_action (note_dialog (fixture), "note.done", NULL);
  staff_await (dialog_of (fixture) == NULL);
}

static GListModel *
notes_of (GtkWidget *page)
{
  return G_LIST_MODEL (zc_review_tools_get_notebook (staff_fixture_find (page, "tools")));
}

static void
assert_note (GtkWidget *page, guint position, const char *expected)
{
  g_autoptr (ZcNote) note = g_list_model_get_item (notes_of (page), position);
  g_autofree char *text = NULL;

  g_assert_nonnull (note);
  text = g_strjoin ("|", zc_note_get_section (note), zc_note_get_entry (note), zc_note_get_field (note), zc_note_get_image (note),
                    zc_note_get_code (note), zc_note_get_text (note), NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* The page's class binds that key to that action. */
static gboolean
has_key (GtkWidget *widget, guint key, GdkModifierType modifiers, const char *action)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);
          GtkShortcutAction *bound = gtk_shortcut_get_action (shortcut);

          found = found
                  || (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
                      && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers && GTK_IS_NAMED_ACTION (bound)
                      && g_str_equal (gtk_named_action_get_action_name (GTK_NAMED_ACTION (bound)), action));
        }
    }
  return found;
}

static void
test_keys (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_m, GDK_CONTROL_MASK, "notes.here" },     { GDK_KEY_d, GDK_CONTROL_MASK, "notes.next-change" },
    { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "notes.previous-change" },
    { GDK_KEY_plus, GDK_ALT_MASK, "review.zoom-in" },  { GDK_KEY_minus, GDK_ALT_MASK, "review.zoom-out" },
    { GDK_KEY_0, GDK_ALT_MASK, "review.fit" },         { GDK_KEY_r, GDK_ALT_MASK, "review.turn" },
    { GDK_KEY_Page_Down, GDK_ALT_MASK, "review.next-image" }, { GDK_KEY_Page_Up, GDK_ALT_MASK, "review.previous-image" },
  };
  GtkWidget *page;

  answer_all (fixture, STAFF_MINE);
  page = open_page (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (has_key (page, keys[i].key, keys[i].modifiers, keys[i].action));
}

/* By the button at the field, by the key where the focus is, at an entry, a section, the image that is shown: each stands at its place. */
static void
test_notes (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *dialog, *entry;

  answer_all (fixture, STAFF_MINE);
  page = open_page (fixture);
  click (row_of (page, "native_place"), "notes.add");
  dialog = note_dialog (fixture);
  g_assert_cmpstr (gtk_label_get_label (staff_fixture_find (dialog, "where")), ==, "基本信息 › 籍贯");
  adw_combo_row_set_selected (staff_fixture_find (dialog, "reason"), ZC_REASON_WRONG);
  write_words (dialog, "写到县");
  staff_fixture_check_names (dialog);
  g_assert_true (has_key (dialog, GDK_KEY_Return, GDK_CONTROL_MASK, "note.done"));
  finish_note (fixture);
  assert_note (page, 0, "basic_information||native_place||wrong|写到县");
  g_assert_true (staff_fixture_shows (row_of (page, "native_place"), "Filled in wrongly: 写到县"));

  gtk_widget_grab_focus (find_button (row_of (page, "former_name"), "notes.add"));
  gtk_widget_activate_action (page, "notes.here", NULL);
  write_words (note_dialog (fixture), "请核对");
  finish_note (fixture);
  assert_note (page, 1, "basic_information||former_name|||请核对");

  gtk_widget_activate_action (page, "notes.image", NULL);
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (note_dialog (fixture), "where")), "Image 1"));
  adw_combo_row_set_selected (staff_fixture_find (note_dialog (fixture), "reason"), ZC_REASON_UNCLEAR);
  finish_note (fixture);
  assert_note (page, 2, "basic_information||bareheaded_photo|" DIGEST_A "|unclear|");
  g_assert_true (staff_fixture_shows (row_of (page, "bareheaded_photo"), "Image 1: Not clear"));
  g_assert_true (staff_fixture_shows (staff_fixture_find (page, "viewer_slot"), "Not clear"));

  gtk_widget_activate_action (page, "review.next", NULL);
  staff_fixture_idle ();
  entry = gtk_widget_get_ancestor (row_of (page, "school_name"), ZC_TYPE_ENTRY_ROW);
  click (staff_fixture_find (entry, "header"), "notes.add");
  write_words (note_dialog (fixture), "时间不连续");
  finish_note (fixture);
  assert_note (page, 3, "education_history|" ENTRY_A "||||时间不连续");
  click (staff_fixture_find (form_of (page), "title_line"), "notes.add");
  write_words (note_dialog (fixture), "请补齐");
  finish_note (fixture);
  assert_note (page, 4, "education_history|||||请补齐");
  g_assert_true (staff_fixture_shows (page, "2 notes of mine"));
  g_assert_cmpstr (gtk_menu_button_get_label (staff_fixture_find (page, "own")), ==, "My notes (5)");
}

/* A note is written anew and taken away where it stands; what says nothing is no note. */
static void
test_edit_and_remove (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *dialog;

  answer_all (fixture, STAFF_MINE);
  page = open_page (fixture);
  click (row_of (page, "native_place"), "notes.add");
  write_words (note_dialog (fixture), "写到");
  finish_note (fixture);
  click (row_of (page, "native_place"), "notes.edit");
  dialog = note_dialog (fixture);
  write_words (dialog, "写到县");
  assert_note (page, 0, "basic_information||native_place|||写到县"); /* at once: closing it in any way loses nothing */
  finish_note (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 1);
  click (row_of (page, "native_place"), "notes.edit");
  write_words (note_dialog (fixture), " \n");
  finish_note (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 0);
  click (row_of (page, "native_place"), "notes.add");
  write_words (note_dialog (fixture), "写到县");
  finish_note (fixture);
  click (row_of (page, "native_place"), "notes.remove");
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 0);
  g_assert_false (staff_fixture_shows (row_of (page, "native_place"), "写到县"));
}

static void
test_too_long (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *words = g_strnfill (ZC_NOTE_MAX_CHARACTERS + 1, 'x');
  GtkWidget *page, *dialog;

  answer_all (fixture, STAFF_MINE);
  page = open_page (fixture);
  click (row_of (page, "native_place"), "notes.add");
  dialog = note_dialog (fixture);
  write_words (dialog, words);
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (dialog, "fault")));
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 0);
  words[ZC_NOTE_MAX_CHARACTERS] = '\0';
  write_words (dialog, words);
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (dialog, "fault")));
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 1);
  finish_note (fixture);
}

/* They go with the return, with its reason; once it is done they are gone. An approval takes none along and says so. */
static void
test_go_with_the_return (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  g_autofree char *body = NULL;
  GActionGroup *decisions;
  GtkWidget *page, *dialog;

  answer_all (fixture, STAFF_MINE);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  page = open_page (fixture);
  decisions = zc_decision_bar_get_actions (staff_fixture_find (page, "decisions"));
  click (row_of (page, "native_place"), "notes.add");
  write_words (note_dialog (fixture), "写到县");
  finish_note (fixture);
  g_action_group_activate_action (decisions, "approve", NULL);
  staff_await (dialog_of (fixture) != NULL);
  dialog = GTK_WIDGET (dialog_of (fixture));
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (dialog, "intro")), "takes no notes along"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (dialog, "note_box")));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (dialog_of (fixture) == NULL);
  g_action_group_activate_action (decisions, "return", NULL);
  staff_await (dialog_of (fixture) != NULL);
  dialog = GTK_WIDGET (dialog_of (fixture));
  staff_await (staff_fixture_shows (staff_fixture_find (dialog, "note_box"), "基本信息 › 籍贯"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion")), "请改", -1);
  adw_combo_row_set_selected (staff_fixture_find (dialog, "why"), ZC_REASON_MISSING);
  g_signal_emit_by_name (staff_fixture_find (dialog, "confirm"), "clicked");
  staff_await (dialog_of (fixture) == NULL);
  body = canned_server_dup_sent (fixture->server, ACTS, 0);
  g_assert_cmpstr (body, ==,
                   "{\"act\":\"return\",\"version\":5,\"opinion\":\"请改\",\"code\":\"missing\",\"notes\":["
                   "{\"section\":\"basic_information\",\"field\":\"native_place\",\"text\":\"写到县\"}]}");
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 0);
}

#define MAY_GO_BACK                                                                                                      \
  "\"state\":\"in-review\",\"holder\":{\"name\":\"韦晓岚\",\"me\":true},"                                                \
  "\"actions\":[\"view\",\"release\",\"approve\",\"return\",\"return-back\",\"refuse\"],"

/* A page with a note at a field of the applicant's and one in the unit's own part. */
static GtkWidget *
open_with_both (StaffFixture *fixture)
{
  g_autoptr (ZcNote) unseen = zc_note_new ("unit_recommendation", NULL, "unit_opinion", NULL, NULL, "请写明理由");
  GtkWidget *page = open_page (fixture);

  click (row_of (page, "native_place"), "notes.add");
  write_words (note_dialog (fixture), "写到县");
  finish_note (fixture);
  zc_notebook_put (ZC_NOTEBOOK (notes_of (page)), NULL, unseen);
  return page;
}

static GtkWidget *
ask_to (StaffFixture *fixture, GtkWidget *page, const char *act)
{
  g_action_group_activate_action (zc_decision_bar_get_actions (staff_fixture_find (page, "decisions")), act, NULL);
  staff_await (dialog_of (fixture) != NULL);
  return GTK_WIDGET (dialog_of (fixture));
}

static void
confirm (StaffFixture *fixture, GtkWidget *dialog)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion")), "请改", -1);
  g_signal_emit_by_name (staff_fixture_find (dialog, "confirm"), "clicked");
  staff_await (dialog_of (fixture) == NULL);
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

  answer_all (fixture, MAY_GO_BACK);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  page = open_with_both (fixture);
  dialog = ask_to (fixture, page, "refuse");
  g_assert_nonnull (strstr (intro_of (dialog), "1 note in the unit's own part, which the applicant does not see, is left out and deleted"));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (dialog_of (fixture) == NULL);
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
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 1);
  assert_note (page, 0, "unit_recommendation||unit_opinion|||请写明理由");
}

/* Back a stage, to staff, all go along. */
static void
test_all_go_back (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, STAFF_WAITING);
  g_autofree char *body = NULL;
  GtkWidget *page, *dialog;

  answer_all (fixture, MAY_GO_BACK);
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
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 0);
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

  answer_all (fixture, STAFF_MINE);
  canned_server_answer (fixture->server, ACTS, 200, answer);
  g_signal_connect (fixture->session, "toast", G_CALLBACK (toast_cb), &told);
  page = open_with_both (fixture);
  g_action_group_activate_action (zc_decision_bar_get_actions (staff_fixture_find (page, "decisions")), "release", NULL);
  staff_await (told != NULL);
  g_assert_nonnull (strstr (told, "does not see the 2 notes you made; they stay with you here"));
  g_assert_cmpuint (g_list_model_get_n_items (notes_of (page)), ==, 2);
  g_signal_handlers_disconnect_by_func (fixture->session, toast_cb, &told);
}

/* Who may not return it cannot note: no button, no key. Once it is theirs, they can. */
static void
test_only_who_decides (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) mine = staff_fixture_new_dossier (1, 6, STAFF_MINE);
  GtkWidget *page;

  answer_all (fixture, STAFF_WAITING);
  page = open_page (fixture);
  g_assert_null (find_button (form_of (page), "notes.add"));
  gtk_widget_activate_action (page, "notes.here", NULL);
  staff_fixture_idle ();
  g_assert_null (dialog_of (fixture));
  zc_session_learn (fixture->session, mine);
  staff_await (find_button (form_of (page), "notes.add") != NULL);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
give_store (StaffFixture *fixture)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notes-XXXXXX", NULL), *url = canned_server_dup_url (fixture->server);
  g_autoptr (GAsyncResult) result = NULL;

  zc_local_store_open_async (root, url, "a1", NULL, done_cb, &result);
  staff_await (result != NULL);
  fixture->session->store = zc_local_store_open_finish (result, NULL);
  g_assert_nonnull (fixture->session->store);
}

/* Closing the page, with the dialog still open, loses nothing; what was noted on an image that is gone by then stands at its field. */
static void
test_survive_the_page (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  give_store (fixture);
  answer_all (fixture, STAFF_MINE);
  page = open_page (fixture);
  gtk_widget_activate_action (page, "notes.image", NULL);
  write_words (note_dialog (fixture), "看不清");
  finish_note (fixture);
  click (row_of (page, "native_place"), "notes.add");
  write_words (note_dialog (fixture), "写到县");
  adw_dialog_force_close (dialog_of (fixture));
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  staff_fixture_idle ();
  review_fixture_answer_section (fixture, "basic_information", "{\"values\":{\"native_place\":\"广西横州\"}}");
  page = open_page (fixture);
  staff_await (g_list_model_get_n_items (notes_of (page)) == 2);
  staff_fixture_idle ();
  assert_note (page, 0, "basic_information||bareheaded_photo|||看不清");
  assert_note (page, 1, "basic_information||native_place|||写到县");
  g_assert_true (staff_fixture_shows (row_of (page, "native_place"), "写到县"));
}

/* --- usual phrases --- */

#define PHRASE(n, text, code) "{\"id\":\"p" n "\",\"text\":\"" text "\",\"code\":" code "}"

static void
test_phrases (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL;
  g_autofree char *gone = NULL;
  GtkWidget *page, *dialog;
  GtkListBox *list;

  answer_all (fixture, STAFF_MINE);
  offer_phrases (fixture, PHRASE ("1", "请上传原件的照片", "\"unclear\"") "," PHRASE ("2", "请盖章", "null"));
  canned_server_answer (fixture->server, "POST /v1/phrases", 201, PHRASE ("3", "请写全称", "\"wrong\""));
  page = open_page (fixture);
  click (row_of (page, "native_place"), "notes.add");
  dialog = note_dialog (fixture);
  list = staff_fixture_find (dialog, "phrase_list");
  staff_await (gtk_list_box_get_row_at_index (list, 1) != NULL);
  g_assert_true (has_key (dialog, GDK_KEY_1, GDK_ALT_MASK, "note.use"));
  gtk_widget_activate_action (dialog, "note.use", "u", 0);
  assert_note (page, 0, "basic_information||native_place||unclear|请上传原件的照片");
  g_assert_false (gtk_widget_is_sensitive (staff_fixture_find (dialog, "keep"))); /* it is in the list */
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  assert_note (page, 0, "basic_information||native_place||unclear|请上传原件的照片\n请盖章");
  write_words (dialog, "请写全称");
  adw_combo_row_set_selected (staff_fixture_find (dialog, "reason"), ZC_REASON_WRONG);
  gtk_widget_grab_focus (staff_fixture_find (dialog, "keep"));
  g_signal_emit_by_name (staff_fixture_find (dialog, "keep"), "clicked");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == (gpointer) staff_fixture_find (dialog, "text"));
  staff_await (gtk_list_box_get_row_at_index (list, 2) != NULL);
  sent = canned_server_dup_sent (fixture->server, "POST /v1/phrases", 0);
  g_assert_cmpstr (sent, ==, "{\"text\":\"请写全称\",\"code\":\"wrong\"}");
  staff_fixture_check_names (dialog);

  gtk_widget_activate_action (dialog, "note.forget", "u", 1);
  staff_await (ADW_IS_ALERT_DIALOG (dialog_of (fixture)));
  g_signal_emit_by_name (dialog_of (fixture), "response", "remove");
  adw_dialog_force_close (dialog_of (fixture));
  staff_await (gtk_list_box_get_row_at_index (list, 2) == NULL);
  staff_await ((gone = canned_server_dup_line (fixture->server, "DELETE /v1/phrases/", 0)) != NULL);
  g_assert_true (g_str_has_prefix (gone, "DELETE /v1/phrases/p2"));
  finish_note (fixture);
}

/* Empty, failed, and of a server that knows none. */
static void
test_phrase_states (StaffFixture *fixture, gconstpointer data)
{
  static const char busy[] = "{\"type\":\"urn:zhicheng:problem:busy\",\"status\":503,\"title\":\"-\",\"detail\":\"-\",\"retry_after\":1}";
  GtkWidget *page;
  GtkStack *stack;

  answer_all (fixture, STAFF_MINE);
  offer_phrases (fixture, "");
  page = open_page (fixture);
  click (row_of (page, "native_place"), "notes.add");
  stack = staff_fixture_find (note_dialog (fixture), "phrase_stack");
  staff_await (g_str_equal (gtk_stack_get_visible_child_name (stack), "empty"));
  canned_server_answer (fixture->server, PHRASES, 503, busy);
  gtk_widget_activate_action (note_dialog (fixture), "note.retry", NULL);
  staff_await (g_str_equal (gtk_stack_get_visible_child_name (stack), "error"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (note_dialog (fixture), "phrase_error")));
  finish_note (fixture);
}

static void
test_no_phrases (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_all (fixture, STAFF_MINE);
  page = open_page (fixture);
  click (row_of (page, "native_place"), "notes.add");
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (note_dialog (fixture), "phrase_box")));
  finish_note (fixture);
}

/* --- what changed since the return --- */

#define AGAIN STAFF_MINE "\"last_return\":" RETURNED ","

static GtkWidget *
open_again (StaffFixture *fixture)
{
  GtkWidget *page;

  answer_all (fixture, AGAIN);
  page = open_page (fixture);
  staff_await (gtk_widget_get_visible (staff_fixture_find (page, "changes")));
  staff_fixture_idle ();
  return page;
}

static ZcImageTile *
find_tile (GtkWidget *widget, const char *sha256)
{
  if (ZC_IS_IMAGE_TILE (widget) && g_str_equal (zc_draft_image_get_sha256 (zc_image_tile_get_image (ZC_IMAGE_TILE (widget))), sha256))
    return ZC_IMAGE_TILE (widget);
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      ZcImageTile *found = find_tile (next, sha256);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_labelled (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_labelled (next, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_viewer (GtkWidget *root)
{
  if (ZC_IS_IMAGE_VIEWER (root))
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_viewer (next);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Field by field, image by image, entry by entry, with what stood there. */
static void
test_marks_changes (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);

  g_assert_true (staff_fixture_shows (row_of (page, "native_place"), "Before: 横州"));
  g_assert_false (staff_fixture_shows (row_of (page, "former_name"), "Changed"));
  g_assert_true (staff_fixture_shows (row_of (page, "bareheaded_photo"), "1 of the 2 images before are gone"));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (find_tile (page, DIGEST_C)), "New"));
  g_assert_false (staff_fixture_shows (GTK_WIDGET (find_tile (page, DIGEST_A)), "New"));
  g_assert_true (staff_fixture_shows (page, "2 changes"));
  gtk_widget_activate_action (page, "review.next", NULL);
  staff_fixture_idle ();
  g_assert_true (staff_fixture_shows (form_of (page), "Added since the return"));
  g_assert_true (staff_fixture_shows (form_of (page), "Removed since the return:"));
  g_assert_true (staff_fixture_shows (form_of (page), "桂林工学院"));
}

/* The pictures as they were are there to be looked at. */
static void
test_images_before (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);
  GtkWidget *button = find_labelled (row_of (page, "bareheaded_photo"), "Images Before");
  g_autofree char *asked = NULL;

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  staff_await (dialog_of (fixture) != NULL);
  staff_await (staff_fixture_shows (GTK_WIDGET (dialog_of (fixture)), "1 / 2"));
  gtk_widget_activate_action (find_viewer (GTK_WIDGET (dialog_of (fixture))), "viewer.next", NULL);
  staff_await ((asked = canned_server_dup_line (fixture->server, "GET /v1/dossiers/dossier-1/images/" DIGEST_B, 0)) != NULL);
  adw_dialog_force_close (dialog_of (fixture));
  staff_await (dialog_of (fixture) == NULL);
}

/* What was asked for: ticked off where it changed, open where it did not. */
static void
test_asked (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);

  g_assert_true (staff_fixture_shows (row_of (page, "native_place"), "Filled in wrongly: 写到县 (changed since)"));
  g_assert_cmpstr (gtk_menu_button_get_label (staff_fixture_find (page, "asked")), ==, "Asked for (2)");
  gtk_widget_activate_action (page, "review.next", NULL);
  gtk_widget_activate_action (page, "review.next", NULL);
  staff_fixture_idle ();
  g_assert_true (staff_fixture_shows (form_of (page), "请充实"));
  g_assert_false (staff_fixture_shows (form_of (page), "changed since"));
}

static const char *
position_of (GtkWidget *page)
{
  return gtk_label_get_label (staff_fixture_find (staff_fixture_find (page, "tools"), "position"));
}

/* One after the other, over the sections, and round again; an image that is new is shown beside. */
static void
test_next_change (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);
  ZcReader *reader = staff_fixture_find (page, "reader");

  gtk_widget_activate_action (page, "review.next", NULL);
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "1 / 4");
  g_assert_cmpstr (zc_reader_get_section (reader), ==, "basic_information");
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (zc_reader_get_shown_image (reader), ==, DIGEST_C);
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (zc_reader_get_section (reader), ==, "education_history");
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "4 / 4");
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "1 / 4");
  gtk_widget_activate_action (page, "notes.previous-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "4 / 4");
  staff_fixture_check_names (staff_fixture_find (page, "tools"));
}

/* Never returned: nothing to compare, nothing asked of the server. */
static void
test_first_time (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_all (fixture, STAFF_MINE "\"last_return\":null,");
  page = open_page (fixture);
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "tools")));
  g_assert_null (canned_server_dup_line (fixture->server, REVISION, 0));
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/notes/P9/P21/keys", test_keys },
    { "/notes/P9/at-every-kind-of-place", test_notes },
    { "/notes/P9/edited-and-removed", test_edit_and_remove },
    { "/notes/P9/too-long", test_too_long },
    { "/notes/P9/go-with-the-return", test_go_with_the_return },
    { "/notes/P9/unseen-by-the-applicant-left-out", test_left_out },
    { "/notes/P9/U6/all-go-back-a-stage", test_all_go_back },
    { "/notes/P9/U4/stay-when-it-is-released", test_released },
    { "/notes/P9/only-who-decides", test_only_who_decides },
    { "/notes/P9/P1/survive-the-page", test_survive_the_page },
    { "/notes/P9/phrases", test_phrases },
    { "/notes/P9/phrases-empty-and-failed", test_phrase_states },
    { "/notes/S0.1/no-phrases", test_no_phrases },
    { "/notes/P9/marks-changes", test_marks_changes },
    { "/notes/P9/images-before", test_images_before },
    { "/notes/P9/asked", test_asked },
    { "/notes/P9/next-change", test_next_change },
    { "/notes/P9/first-time", test_first_time },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
