/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "notes-fixture.h"
#include "zc-entry-row.h"
#include "zc-reason.h"
#include "zc-session-private.h"

/* What a reviewer notes at places of a dossier, and the usual phrases of their body (P9). */

#define PHRASES "GET /v1/phrases"

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

  notes_answer (fixture, STAFF_MINE);
  page = notes_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (has_key (page, keys[i].key, keys[i].modifiers, keys[i].action));
}

/* By the button at the field, by the key where the focus is, at an entry, a section, the image that is shown: each stands at its place. */
static void
test_notes (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *dialog, *entry;

  notes_answer (fixture, STAFF_MINE);
  page = notes_open (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  dialog = notes_dialog (fixture);
  g_assert_cmpstr (gtk_label_get_label (staff_fixture_find (dialog, "where")), ==, "基本信息 › 籍贯");
  adw_combo_row_set_selected (staff_fixture_find (dialog, "reason"), ZC_REASON_WRONG);
  notes_write (dialog, "写到县");
  staff_fixture_check_names (dialog);
  g_assert_true (has_key (dialog, GDK_KEY_Return, GDK_CONTROL_MASK, "note.done"));
  notes_finish (fixture);
  notes_assert (page, 0, "basic_information||native_place||wrong|写到县");
  g_assert_true (staff_fixture_shows (notes_row (page, "native_place"), "Filled in wrongly: 写到县"));

  gtk_widget_grab_focus (notes_find_button (notes_row (page, "former_name"), "notes.add"));
  gtk_widget_activate_action (page, "notes.here", NULL);
  notes_write (notes_dialog (fixture), "请核对");
  notes_finish (fixture);
  notes_assert (page, 1, "basic_information||former_name|||请核对");

  gtk_widget_activate_action (page, "notes.image", NULL);
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (notes_dialog (fixture), "where")), "Image 1"));
  adw_combo_row_set_selected (staff_fixture_find (notes_dialog (fixture), "reason"), ZC_REASON_UNCLEAR);
  notes_finish (fixture);
  notes_assert (page, 2, "basic_information||bareheaded_photo|" DIGEST_A "|unclear|");
  g_assert_true (staff_fixture_shows (notes_row (page, "bareheaded_photo"), "Image 1: Not clear"));
  g_assert_true (staff_fixture_shows (staff_fixture_find (page, "viewer_slot"), "Not clear"));

  gtk_widget_activate_action (page, "review.next", NULL);
  staff_fixture_idle ();
  entry = gtk_widget_get_ancestor (notes_row (page, "school_name"), ZC_TYPE_ENTRY_ROW);
  notes_click (staff_fixture_find (entry, "header"), "notes.add");
  notes_write (notes_dialog (fixture), "时间不连续");
  notes_finish (fixture);
  notes_assert (page, 3, "education_history|" ENTRY_A "||||时间不连续");
  notes_click (staff_fixture_find (notes_form (page), "title_line"), "notes.add");
  notes_write (notes_dialog (fixture), "请补齐");
  notes_finish (fixture);
  notes_assert (page, 4, "education_history|||||请补齐");
  g_assert_true (staff_fixture_shows (page, "2 notes of mine"));
  g_assert_cmpstr (gtk_menu_button_get_label (staff_fixture_find (page, "own")), ==, "My notes (5)");
}

/* A note is written anew and taken away where it stands; what says nothing is no note. */
static void
test_edit_and_remove (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *dialog;

  notes_answer (fixture, STAFF_MINE);
  page = notes_open (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  notes_write (notes_dialog (fixture), "写到");
  notes_finish (fixture);
  notes_click (notes_row (page, "native_place"), "notes.edit");
  dialog = notes_dialog (fixture);
  notes_write (dialog, "写到县");
  notes_assert (page, 0, "basic_information||native_place|||写到县"); /* at once: closing it in any way loses nothing */
  notes_finish (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 1);
  notes_click (notes_row (page, "native_place"), "notes.edit");
  notes_write (notes_dialog (fixture), " \n");
  notes_finish (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 0);
  notes_click (notes_row (page, "native_place"), "notes.add");
  notes_write (notes_dialog (fixture), "写到县");
  notes_finish (fixture);
  notes_click (notes_row (page, "native_place"), "notes.remove");
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 0);
  g_assert_false (staff_fixture_shows (notes_row (page, "native_place"), "写到县"));
}

static void
test_too_long (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *words = g_strnfill (ZC_NOTE_MAX_CHARACTERS + 1, 'x');
  GtkWidget *page, *dialog;

  notes_answer (fixture, STAFF_MINE);
  page = notes_open (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  dialog = notes_dialog (fixture);
  notes_write (dialog, words);
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (dialog, "fault")));
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 0);
  words[ZC_NOTE_MAX_CHARACTERS] = '\0';
  notes_write (dialog, words);
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (dialog, "fault")));
  g_assert_cmpuint (g_list_model_get_n_items (notes_list (page)), ==, 1);
  notes_finish (fixture);
}

/* Who may not return it cannot note: no button, no key. Once it is theirs, they can. */
static void
test_only_who_decides (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) mine = staff_fixture_new_dossier (1, 6, STAFF_MINE);
  GtkWidget *page;

  notes_answer (fixture, STAFF_WAITING);
  page = notes_open (fixture);
  g_assert_null (notes_find_button (notes_form (page), "notes.add"));
  gtk_widget_activate_action (page, "notes.here", NULL);
  staff_fixture_idle ();
  g_assert_null (notes_visible_dialog (fixture));
  zc_session_learn (fixture->session, mine);
  staff_await (notes_find_button (notes_form (page), "notes.add") != NULL);
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
  notes_answer (fixture, STAFF_MINE);
  page = notes_open (fixture);
  gtk_widget_activate_action (page, "notes.image", NULL);
  notes_write (notes_dialog (fixture), "看不清");
  notes_finish (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  notes_write (notes_dialog (fixture), "写到县");
  adw_dialog_force_close (notes_visible_dialog (fixture));
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  staff_fixture_idle ();
  review_fixture_answer_section (fixture, "basic_information", "{\"values\":{\"native_place\":\"广西横州\"}}");
  page = notes_open (fixture);
  staff_await (g_list_model_get_n_items (notes_list (page)) == 2);
  staff_fixture_idle ();
  notes_assert (page, 0, "basic_information||bareheaded_photo|||看不清");
  notes_assert (page, 1, "basic_information||native_place|||写到县");
  g_assert_true (staff_fixture_shows (notes_row (page, "native_place"), "写到县"));
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

  notes_answer (fixture, STAFF_MINE);
  offer_phrases (fixture, PHRASE ("1", "请上传原件的照片", "\"unclear\"") "," PHRASE ("2", "请盖章", "null"));
  canned_server_answer (fixture->server, "POST /v1/phrases", 201, PHRASE ("3", "请写全称", "\"wrong\""));
  page = notes_open (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  dialog = notes_dialog (fixture);
  list = staff_fixture_find (dialog, "phrase_list");
  staff_await (gtk_list_box_get_row_at_index (list, 1) != NULL);
  g_assert_true (has_key (dialog, GDK_KEY_1, GDK_ALT_MASK, "note.use"));
  gtk_widget_activate_action (dialog, "note.use", "u", 0);
  notes_assert (page, 0, "basic_information||native_place||unclear|请上传原件的照片");
  g_assert_false (gtk_widget_is_sensitive (staff_fixture_find (dialog, "keep"))); /* it is in the list */
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 1));
  notes_assert (page, 0, "basic_information||native_place||unclear|请上传原件的照片\n请盖章");
  notes_write (dialog, "请写全称");
  adw_combo_row_set_selected (staff_fixture_find (dialog, "reason"), ZC_REASON_WRONG);
  gtk_widget_grab_focus (staff_fixture_find (dialog, "keep"));
  g_signal_emit_by_name (staff_fixture_find (dialog, "keep"), "clicked");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == (gpointer) staff_fixture_find (dialog, "text"));
  staff_await (gtk_list_box_get_row_at_index (list, 2) != NULL);
  sent = canned_server_dup_sent (fixture->server, "POST /v1/phrases", 0);
  g_assert_cmpstr (sent, ==, "{\"text\":\"请写全称\",\"code\":\"wrong\"}");
  staff_fixture_check_names (dialog);

  gtk_widget_activate_action (dialog, "note.forget", "u", 1);
  staff_await (ADW_IS_ALERT_DIALOG (notes_visible_dialog (fixture)));
  g_signal_emit_by_name (notes_visible_dialog (fixture), "response", "remove");
  adw_dialog_force_close (notes_visible_dialog (fixture));
  staff_await (gtk_list_box_get_row_at_index (list, 2) == NULL);
  staff_await ((gone = canned_server_dup_line (fixture->server, "DELETE /v1/phrases/", 0)) != NULL);
  g_assert_true (g_str_has_prefix (gone, "DELETE /v1/phrases/p2"));
  notes_finish (fixture);
}

/* Empty, failed, and of a server that knows none. */
static void
test_phrase_states (StaffFixture *fixture, gconstpointer data)
{
  static const char busy[] = "{\"type\":\"urn:zhicheng:problem:busy\",\"status\":503,\"title\":\"-\",\"detail\":\"-\",\"retry_after\":1}";
  GtkWidget *page;
  GtkStack *stack;

  notes_answer (fixture, STAFF_MINE);
  offer_phrases (fixture, "");
  page = notes_open (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  stack = staff_fixture_find (notes_dialog (fixture), "phrase_stack");
  staff_await (g_str_equal (gtk_stack_get_visible_child_name (stack), "empty"));
  canned_server_answer (fixture->server, PHRASES, 503, busy);
  gtk_widget_activate_action (notes_dialog (fixture), "note.retry", NULL);
  staff_await (g_str_equal (gtk_stack_get_visible_child_name (stack), "error"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (notes_dialog (fixture), "phrase_error")));
  notes_finish (fixture);
}

static void
test_no_phrases (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  notes_answer (fixture, STAFF_MINE);
  page = notes_open (fixture);
  notes_click (notes_row (page, "native_place"), "notes.add");
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (notes_dialog (fixture), "phrase_box")));
  notes_finish (fixture);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/notes/P9/P21/keys", test_keys },
    { "/notes/P9/at-every-kind-of-place", test_notes },
    { "/notes/P9/edited-and-removed", test_edit_and_remove },
    { "/notes/P9/too-long", test_too_long },
    { "/notes/P9/only-who-decides", test_only_who_decides },
    { "/notes/P9/P1/survive-the-page", test_survive_the_page },
    { "/notes/P9/phrases", test_phrases },
    { "/notes/P9/phrases-empty-and-failed", test_phrase_states },
    { "/notes/S0.1/no-phrases", test_no_phrases },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
