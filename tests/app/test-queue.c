/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "queue-fixture.h"
#include "zc-session-private.h"

/* The staff's home: what it shows, what it asks the server for, where it leads. */

static void
test_rows (StaffFixture *fixture, gconstpointer data)
{
  static const char *const words[] = {
    "黄志明1", "4501**********021X", "工程技术 · 副高级", "November 23, 2026 15:04", "To be accepted", "In review, by 覃国栋", "In review, by you",
  };
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    staff_await (queue_shows (page, words[i]));
  g_assert_true (queue_shows (page, "广西南方机械有限公司 · 3 to handle"));
}

/* How long a registration waits is the server's word, told with the days within which it should be decided (U1). */
static void
test_waited (StaffFixture *fixture, gconstpointer data)
{
  static const char *const words[] = {
    "Waiting for 0 working days, to be decided within 3",
    "Waiting for 5 working days, beyond the 3 in which it should be decided",
    "Waiting for 1 working day|",
  };
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_WAITING "\"waiting\":{\"working_days\":0,\"within\":3},");
  g_autofree char *second = staff_fixture_dup_json (2, 5, STAFF_WAITING "\"waiting\":{\"working_days\":5,\"within\":3},");
  g_autofree char *third = staff_fixture_dup_json (3, 5, STAFF_MINE "\"waiting\":{\"working_days\":1,\"within\":null},");
  g_autofree char *fourth = staff_fixture_dup_json (4, 5, STAFF_MINE "\"waiting\":{\"working_days\":null,\"within\":3},");
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s,%s],\"next\":null,\"total\":3}", first, second, third);
  g_autofree char *unknown = g_strdup_printf ("{\"items\":[%s],\"next\":null,\"total\":1}", fourth);
  GtkWidget *page;

  canned_server_answer (fixture->server, QUEUE_LIST, 200, list);
  page = queue_load (fixture, "list");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    staff_await (queue_shows (page, words[i]));
  canned_server_answer (fixture->server, QUEUE_LIST, 200, unknown);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (queue_shows (page, "黄志明4"));
  g_assert_false (queue_shows (page, "Waiting for"));
}

static void
test_states (StaffFixture *fixture, gconstpointer data)
{
  static const char trouble[] = "{\"type\":\"urn:zhicheng:problem:busy\",\"status\":503,\"title\":\"-\",\"detail\":\"-\"}";
  GtkWidget *page;

  canned_server_answer (fixture->server, QUEUE_LIST, 503, trouble);
  page = queue_load (fixture, "trouble");
  g_assert_true (queue_shows (page, "The server has much to do at the moment"));
  canned_server_answer (fixture->server, QUEUE_LIST, 200, QUEUE_NOTHING);
  gtk_widget_activate_action (page, "queue.retry", NULL);
  staff_await (g_strcmp0 (queue_shown (page), "empty") == 0);
  g_assert_false (adw_toolbar_view_get_reveal_bottom_bars (queue_child (page, "toolbar")));
  queue_answer_rows (fixture);
  zc_session_reload (fixture->session);
  staff_await (g_strcmp0 (queue_shown (page), "list") == 0);
  g_assert_true (adw_toolbar_view_get_reveal_bottom_bars (queue_child (page, "toolbar")));
}

static void
test_search (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  canned_server_answer (fixture->server, QUEUE_LIST, 200, QUEUE_NOTHING);
  gtk_editable_set_text (queue_child (page, "search"), "黄");
  staff_await (g_strcmp0 (queue_shown (page), "nothing") == 0);
  adw_toggle_group_set_active_name (queue_child (page, "states"), "waiting");
  staff_await (queue_asked_for (fixture, "\"text\":\"黄\"", "\"state\":\"waiting\""));
  queue_answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (queue_shown (page), "list") == 0);
  g_assert_cmpstr (adw_toggle_group_get_active_name (queue_child (page, "states")), ==, "all-open");
  g_assert_cmpstr (gtk_editable_get_text (queue_child (page, "search")), ==, "");
}

static void
test_sorts (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *column;
    GtkSortType order;
    const char *asked;
  } rows[] = {
    { "applicant", GTK_SORT_ASCENDING, "\"sort\":\"name\"" },
    { "applicant", GTK_SORT_DESCENDING, "\"sort\":\"-name\"" },
    { "sought", GTK_SORT_ASCENDING, "\"sort\":\"level\"" },
    { "sought", GTK_SORT_DESCENDING, "\"sort\":\"-level\"" },
    { "submitted", GTK_SORT_DESCENDING, "\"sort\":\"-submitted_at\"" },
    { "submitted", GTK_SORT_ASCENDING, "\"sort\":\"submitted_at\"" },
  };
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_column_view_sort_by_column (queue_child (page, "view"), queue_child (page, rows[i].column), rows[i].order);
      staff_await (queue_asked_for (fixture, rows[i].asked, "\"own_first\":true"));
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(ZcLocalStore **) user_data = zc_local_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Saved on one page, found on the next; what was searched for is not written down. */
static void
test_views (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *root = g_dir_make_tmp ("zc-queue-XXXXXX", NULL);
  g_autoptr (ZcLocalStore) store = NULL;
  gboolean closed = FALSE;
  GtkWidget *page, *row;
  GListModel *levels;

  zc_local_store_open_async (root, "http://127.0.0.1", "a1", NULL, opened_cb, &store);
  staff_await (store != NULL);
  fixture->session->store = g_object_ref (store);
  canned_server_answer (fixture->server, "GET /v1/catalog/levels", 200,
                        "{\"items\":[{\"id\":\"junior\",\"name\":\"初级\"},{\"id\":\"senior\",\"name\":\"正高级\"}]}");
  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  staff_await ((levels = adw_combo_row_get_model (queue_tool (page, "level"))) != NULL
               && g_list_model_get_n_items (levels) == 3);
  adw_combo_row_set_selected (queue_tool (page, "level"), 2);
  gtk_editable_set_text (queue_child (page, "search"), "黄");
  gtk_column_view_sort_by_column (queue_child (page, "view"), queue_child (page, "applicant"), GTK_SORT_DESCENDING);
  adw_toggle_group_set_active_name (queue_child (page, "states"), "waiting");
  staff_await (queue_asked_for (fixture, "\"level\":\"senior\"", "\"sort\":\"-name\""));
  g_assert_cmpstr (gtk_menu_button_get_label (queue_tool (page, "button")), ==, "Filter (1)");
  gtk_editable_set_text (queue_tool (page, "name"), "正高级 ");
  g_signal_emit_by_name (queue_tool (page, "name"), "apply");
  staff_await (gtk_list_box_get_row_at_index (queue_tool (page, "list"), 0) != NULL);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (gtk_menu_button_get_label (queue_tool (page, "button")), "Filter") == 0);

  page = queue_load (fixture, "list");
  staff_await ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (queue_tool (page, "list"), 0))) != NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "正高级");
  gtk_widget_activate_action (row, "tools.apply", "s", "正高级");
  staff_await (g_strcmp0 (gtk_menu_button_get_label (queue_tool (page, "button")), "Filter (1)") == 0);
  g_assert_cmpstr (adw_toggle_group_get_active_name (queue_child (page, "states")), ==, "waiting");
  staff_await (queue_asked_for (fixture, "\"state\":\"waiting\",\"level\":\"senior\"", "\"sort\":\"-name\",\"own_first\""));
  g_assert_cmpstr (gtk_editable_get_text (queue_child (page, "search")), ==, "");
  gtk_widget_activate_action (row, "tools.forget", "s", "正高级");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (queue_tool (page, "list"), 0))), ==,
                   "“正高级” was removed");
  g_clear_object (&fixture->session->store);
  zc_local_store_close_async (store, closed_cb, &closed);
  staff_await (closed);
}

#define OFFICE_CLERK                                                                                                     \
  "{\"id\":\"a1\",\"name\":\"陆建平\",\"id_kind\":\"id-card\",\"id_number\":\"4501**********0021\","                     \
  "\"birth_date\":\"1990-01-01\",\"sex\":\"male\",\"mobile\":\"139****0004\",\"email\":\"l***@example.org\","            \
  "\"memberships\":[{\"id\":\"m9\",\"role\":\"clerk\",\"body\":{\"id\":\"o1\",\"kind\":\"office\","                      \
  "\"name\":\"南宁市职称改革办公室\"}}],\"membership\":\"m9\"}"

/* What an office has to handle comes from many units. */
static void
act_for_office (StaffFixture *fixture)
{
  g_autoptr (ZcJson) json = zc_json_parse (OFFICE_CLERK, strlen (OFFICE_CLERK), NULL);

  zc_session_take_account (fixture->session, zc_account_new_from_json (zc_json_root (json), NULL));
}

/* A column of the queue by its title. */
static gboolean
has_column (gpointer page, const char *title)
{
  GListModel *columns = gtk_column_view_get_columns (queue_child (page, "view"));
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      found = found || g_strcmp0 (gtk_column_view_column_get_title (column), title) == 0;
    }
  return found;
}

static void
look_for_unit (gpointer page, const char *name)
{
  gtk_editable_set_text (queue_tool (page, "unit"), name);
  g_signal_emit_by_name (queue_tool (page, "unit"), "apply");
}

/* By the beginning of the unit's name, beside the person's. What is being typed stays while the list tells something else. */
static void
test_unit (StaffFixture *fixture, gconstpointer data)
{
  ZcDossierList *list = zc_session_get_dossiers (fixture->session);
  GtkWidget *page;

  act_for_office (fixture);
  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  g_assert_true (gtk_widget_get_visible (queue_tool (page, "unit")));
  g_assert_true (has_column (page, "Unit"));
  staff_await (queue_shows (queue_child (page, "view"), "广西南方机械有限公司"));
  gtk_editable_set_text (queue_tool (page, "unit"), "广西南");
  g_object_set (list, "year", 2026, NULL);
  staff_await (queue_asked_for (fixture, "\"year\":2026", "own_first") && !zc_dossier_list_get_loading (list));
  g_assert_cmpstr (gtk_editable_get_text (queue_tool (page, "unit")), ==, "广西南");
  g_assert_false (queue_asked_for (fixture, "unit_name", ""));
  canned_server_answer (fixture->server, QUEUE_LIST, 200, QUEUE_NOTHING);
  look_for_unit (page, " 广西南方 ");
  staff_await (g_strcmp0 (queue_shown (page), "nothing") == 0);
  g_assert_true (queue_asked_for (fixture, "\"unit_name\":\"广西南方\"", "\"year\":2026,\"own_first\":true"));
  g_assert_cmpstr (gtk_menu_button_get_label (queue_tool (page, "button")), ==, "Filter (2)");
  g_assert_true (queue_shows (page, "· 0 found"));
  gtk_editable_set_text (queue_child (page, "search"), "黄");
  staff_await (queue_asked_for (fixture, "\"text\":\"黄\",\"unit_name\":\"广西南方\"", "own_first"));
  gtk_editable_set_text (queue_tool (page, "unit"), "广西山水");
  g_signal_emit_by_name (gtk_menu_button_get_popover (queue_tool (page, "button")), "closed");
  staff_await (queue_asked_for (fixture, "\"unit_name\":\"广西山水\"", "own_first"));
  queue_answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (queue_shown (page), "list") == 0);
  g_assert_cmpstr (gtk_menu_button_get_label (queue_tool (page, "button")), ==, "Filter");
  g_assert_cmpstr (gtk_editable_get_text (queue_tool (page, "unit")), ==, "");
  staff_fixture_check_names (page);
}

/* A saved view holds it, and what is chosen together is what it narrows to (P11). */
static void
test_unit_kept (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  act_for_office (fixture);
  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  look_for_unit (page, "广西南方");
  staff_await (queue_asked_for (fixture, "\"unit_name\":\"广西南方\"", "\"limit\":50"));
  gtk_editable_set_text (queue_tool (page, "name"), "南方");
  g_signal_emit_by_name (queue_tool (page, "name"), "apply");
  staff_await (gtk_list_box_get_row_at_index (queue_tool (page, "list"), 0) != NULL);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (gtk_menu_button_get_label (queue_tool (page, "button")), "Filter") == 0);
  gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (queue_tool (page, "list"), 0)), "tools.apply", "s", "南方");
  g_assert_cmpstr (gtk_editable_get_text (queue_tool (page, "unit")), ==, "广西南方");
  g_assert_cmpstr (gtk_menu_button_get_label (queue_tool (page, "button")), ==, "Filter (1)");
  gtk_widget_activate_action (page, "queue.choose-all", NULL);
  staff_await (queue_asked_for (fixture, "\"unit_name\":\"广西南方\"", "\"limit\":1000"));
  staff_await (queue_shows (page, "All 3 that match are chosen"));
}

/* A unit's queue is its own people's: nothing to look for, nothing to tell. */
static void
test_own_unit (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  g_assert_false (gtk_widget_get_visible (queue_tool (page, "unit")));
  g_assert_false (has_column (page, "Unit"));
}

/* The order can be chosen without the headings, which only a pointer reaches; each way tells the other. */
static void
test_order (StaffFixture *fixture, gconstpointer data)
{
  static const char *const sorts[] = { "submitted_at", "-submitted_at", "name", "-name", "level", "-level" };
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (queue_tool (page, "order"))), ==, G_N_ELEMENTS (sorts));
  for (guint i = G_N_ELEMENTS (sorts); i-- > 0;)
    {
      g_autofree char *asked = g_strdup_printf ("\"sort\":\"%s\"", sorts[i]);

      adw_combo_row_set_selected (queue_tool (page, "order"), i);
      staff_await (queue_asked_for (fixture, asked, ""));
      staff_await (adw_combo_row_get_selected (queue_tool (page, "order")) == i);
    }
  gtk_column_view_sort_by_column (queue_child (page, "view"), queue_child (page, "applicant"), GTK_SORT_DESCENDING);
  staff_await (adw_combo_row_get_selected (queue_tool (page, "order")) == 3);
}

static void
review_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_set_str ((char **) user_data, g_variant_get_string (parameter, NULL));
}

static void
test_opens (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("review", G_VARIANT_TYPE_STRING);
  g_autofree char *opened = NULL;
  GtkWidget *page;

  g_signal_connect (action, "activate", G_CALLBACK (review_cb), &opened);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  g_signal_emit_by_name (queue_child (page, "view"), "activate", 1);
  g_assert_cmpstr (opened, ==, "dossier-2");
}

static void
test_names (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  queue_answer_rows (fixture);
  page = queue_load (fixture, "list");
  staff_fixture_check_names (page);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/queue/U4/P20/rows-say-who-holds-and-mask", test_rows },
    { "/queue/U1/how-long-it-waits", test_waited },
    { "/queue/U6/loading-empty-error", test_states },
    { "/queue/U6/search-and-filter", test_search },
    { "/queue/U3/sorts-at-the-server", test_sorts },
    { "/queue/U3/saved-views", test_views },
    { "/queue/U3/name-of-the-unit", test_unit },
    { "/queue/U3/P11/name-of-the-unit-kept", test_unit_kept },
    { "/queue/U3/name-of-ones-own-unit", test_own_unit },
    { "/queue/P21/activating-a-row-opens-it", test_opens },
    { "/queue/U3/P21/order-chosen-by-keys", test_order },
    { "/queue/P21/names", test_names },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
