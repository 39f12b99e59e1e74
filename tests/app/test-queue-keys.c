/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "queue-fixture.h"
#include "zc-queue-page.h"
#include "zc-session-private.h"

/* The staff's home by keys alone and with large text: what has the focus, where it goes, what is cut off (P21). */

/* Opens the page with that in its search, and answers which of its parts has the focus once the rows are there. */
static const char *
focused_part (StaffFixture *fixture, const char *searched)
{
  GtkWidget *page = queue_show (fixture);
  GtkWidget *search = queue_child (page, "search");

  queue_answer_rows (fixture);
  gtk_editable_set_text (GTK_EDITABLE (search), searched);
  gtk_widget_grab_focus (search);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (queue_shown (page), "list") == 0 && gtk_widget_get_height (queue_child (page, "view")) > 0);
  staff_fixture_idle ();
  if (queue_has_focus (fixture, search))
    return "search";
  return queue_has_focus (fixture, queue_child (page, "view")) ? "rows" : "none";
}

static void
test_rows_focused (StaffFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (focused_part (fixture, ""), ==, "rows");
}

static void
test_search_focused (StaffFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (focused_part (fixture, "黄"), ==, "search");
}

/* The keyboard goes on from the rows to what can be done with them: no place is without a way out. */
static void
test_keys_leave_rows (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *view;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  view = queue_child (page, "view");
  staff_await (gtk_widget_get_height (view) > 0);
  gtk_column_view_scroll_to (GTK_COLUMN_VIEW (view), 1, NULL, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (view);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), view));
  staff_await (gtk_widget_get_width (queue_child (page, "none")) > 0); /* it comes with the choice: then each has its place */
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == queue_child (page, "all"));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), view));
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD));
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), view));
}

/* What a key does that is bound to one widget alone, before what is below it or after. */
static void
press (GtkWidget *widget, const char *key, GtkPropagationPhase phase)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint n = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && n < g_list_model_get_n_items (G_LIST_MODEL (controller)); n++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), n);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, key))
            {
              g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, phase);
              g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL));
              return;
            }
        }
    }
  g_assert_not_reached ();
}

/* From the search downwards into what it found; Escape gives the search up. */
static void
test_search_keys (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *search;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  search = queue_child (page, "search");
  staff_await (gtk_widget_get_height (queue_child (page, "view")) > 0);
  gtk_widget_grab_focus (search);
  press (search, "Down", GTK_PHASE_BUBBLE);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), queue_child (page, "view")));
  gtk_editable_set_text (GTK_EDITABLE (search), "黄");
  g_signal_emit_by_name (search, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
}

/* GtkListBase has a use of its own for these keys, to choose nothing, and hears them first (P11). */
static void
test_choose_all_key (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  press (queue_child (page, "toolbar"), "<Shift><Control>a", GTK_PHASE_CAPTURE);
  staff_await (queue_shows (page, "All 3 that match are chosen"));
}

/* The button that shows all again goes with the emptiness it stood on; the rows that come take the focus from it. */
static void
test_show_all_focused (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  canned_server_answer (fixture->server, QUEUE_LIST, 200, QUEUE_NOTHING);
  adw_combo_row_set_selected (queue_tool (page, "year"), 1);
  staff_await (g_strcmp0 (queue_shown (page), "nothing") == 0);
  g_assert_true (queue_shows (page, "广西南方机械有限公司 · 0 found"));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  queue_answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (queue_shown (page), "list") == 0);
  staff_await (queue_has_focus (fixture, queue_child (page, "view")));
}

/* Back from dossiers that have left the list meanwhile: the keyboard goes on from the rows. */
static void
test_back_at_rows (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationView *pages = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  GtkWidget *page = GTK_WIDGET (zc_queue_page_new (fixture->session));

  queue_answer_many (fixture, 1, 3, 5, "null");
  staff_fixture_show (fixture, GTK_WIDGET (pages));
  adw_navigation_view_push (pages, ADW_NAVIGATION_PAGE (page));
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (queue_shown (page), "list") == 0 && queue_has_focus (fixture, queue_child (page, "view")));
  adw_navigation_view_push (pages, adw_navigation_page_new (gtk_button_new_with_label ("dossier"), "dossier"));
  staff_await (!queue_has_focus (fixture, queue_child (page, "view")));
  queue_answer_many (fixture, 2, 3, 5, "null");
  zc_session_reload (fixture->session);
  staff_await (queue_count_items (page) == 2);
  adw_navigation_view_pop (pages);
  staff_await (queue_has_focus (fixture, queue_child (page, "view")));
}

/* That of the state. */
static GtkColumnViewColumn *
last_column (GtkWidget *page)
{
  GListModel *columns = gtk_column_view_get_columns (queue_child (page, "view"));
  g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, g_list_model_get_n_items (columns) - 1);

  return column; /* the view holds it */
}

static void
check_columns (StaffFixture *fixture, int width, int dpi, int applicant, int state)
{
  GtkSettings *settings = gtk_widget_get_settings (fixture->window);
  GtkWidget *page;
  int before;

  g_object_get (settings, "gtk-xft-dpi", &before, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 1024, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 760);
  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  staff_await (gtk_column_view_column_get_fixed_width (queue_child (page, "applicant")) == applicant);
  staff_await (gtk_column_view_column_get_fixed_width (last_column (page)) == state);
  g_object_set (settings, "gtk-xft-dpi", before, NULL);
}

/* With text of twice the size the columns that would cut it off are wider, as far as the window has room. */
static void
test_large_text (StaffFixture *fixture, gconstpointer data)
{
  check_columns (fixture, 1180, 192, 240, 320);
}

static void
test_larger_text (StaffFixture *fixture, gconstpointer data)
{
  check_columns (fixture, 1240, 144, 240, 320);
}

static void
test_text_as_usual (StaffFixture *fixture, gconstpointer data)
{
  check_columns (fixture, 1180, 96, 120, 170);
}

static void
test_large_text_narrow (StaffFixture *fixture, gconstpointer data)
{
  check_columns (fixture, 460, 192, 120, 170);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/queue/P21/first-rows-take-the-focus", test_rows_focused },
    { "/queue/P21/but-not-from-who-searches", test_search_focused },
    { "/queue/P21/keys-lead-out-of-the-rows", test_keys_leave_rows },
    { "/queue/P21/keys-of-the-search", test_search_keys },
    { "/queue/P11/P21/all-that-match-by-keys", test_choose_all_key },
    { "/queue/P21/text-of-twice-the-size", test_large_text },
    { "/queue/P21/text-half-as-large-again", test_larger_text },
    { "/queue/P21/back-at-the-rows", test_back_at_rows },
    { "/queue/P21/text-as-usual", test_text_as_usual },
    { "/queue/P21/large-text-in-a-narrow-window", test_large_text_narrow },
    { "/queue/P21/all-shown-again-takes-the-focus", test_show_all_focused },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
