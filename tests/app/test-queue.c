/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-batch-dialog.h"
#include "zc-queue-page.h"
#include "zc-queue-tools.h"
#include "zc-session-private.h"

/* The staff's home: what it shows, what it asks the server for, where it leads. */

#define LIST "POST /v1/searches "
#define NOTHING "{\"items\":[],\"next\":null,\"total\":0}"

static gpointer
child (gpointer page, const char *id)
{
  return gtk_widget_get_template_child (page, ZC_TYPE_QUEUE_PAGE, id);
}

static const char *
shown (gpointer page)
{
  return gtk_stack_get_visible_child_name (child (page, "stack"));
}

static void
answer_rows (StaffFixture *fixture)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_WAITING);
  g_autofree char *second = staff_fixture_dup_json (2, 5, STAFF_COLLEAGUE);
  g_autofree char *third = staff_fixture_dup_json (3, 5, STAFF_MINE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s,%s],\"next\":null,\"total\":3}", first, second, third);

  canned_server_answer (fixture->server, LIST, 200, list);
}

static GtkWidget *
show_page (StaffFixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (zc_queue_page_new (fixture->session));

  staff_fixture_show (fixture, page);
  return page;
}

static GtkWidget *
load_page (StaffFixture *fixture, const char *expected)
{
  GtkWidget *page = show_page (fixture);

  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (shown (page), expected) == 0);
  return page;
}

/* Collects the words of all labels below. */
static void
read_labels (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    g_string_append_printf (text, "|%s", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    read_labels (next, text);
}

static gboolean
shows (gpointer widget, const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  read_labels (widget, text);
  return strstr (text->str, words) != NULL;
}

static void
test_rows (StaffFixture *fixture, gconstpointer data)
{
  static const char *const words[] = {
    "黄志明1", "4501**********021X", "工程技术 · 副高级", "November 23, 2026 15:04", "To be accepted", "In review, by 覃国栋", "In review, by you",
  };
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    staff_await (shows (page, words[i]));
  g_assert_true (shows (page, "广西南方机械有限公司 · 3 to handle"));
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

  canned_server_answer (fixture->server, LIST, 200, list);
  page = load_page (fixture, "list");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    staff_await (shows (page, words[i]));
  canned_server_answer (fixture->server, LIST, 200, unknown);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (shows (page, "黄志明4"));
  g_assert_false (shows (page, "Waiting for"));
}

static void
test_states (StaffFixture *fixture, gconstpointer data)
{
  static const char trouble[] = "{\"type\":\"urn:zhicheng:problem:busy\",\"status\":503,\"title\":\"-\",\"detail\":\"-\"}";
  GtkWidget *page;

  canned_server_answer (fixture->server, LIST, 503, trouble);
  page = load_page (fixture, "trouble");
  g_assert_true (shows (page, "The server has much to do at the moment"));
  canned_server_answer (fixture->server, LIST, 200, NOTHING);
  gtk_widget_activate_action (page, "queue.retry", NULL);
  staff_await (g_strcmp0 (shown (page), "empty") == 0);
  g_assert_false (adw_toolbar_view_get_reveal_bottom_bars (child (page, "toolbar")));
  answer_rows (fixture);
  zc_session_reload (fixture->session);
  staff_await (g_strcmp0 (shown (page), "list") == 0);
  g_assert_true (adw_toolbar_view_get_reveal_bottom_bars (child (page, "toolbar")));
}

/* Whether a request named both. */
static gboolean
asked_for (StaffFixture *fixture, const char *one, const char *other)
{
  g_autofree char *line = NULL;

  for (guint n = 0; (line = canned_server_dup_sent (fixture->server, LIST, n)) != NULL; n++)
    {
      if (strstr (line, one) != NULL && strstr (line, other) != NULL)
        return TRUE;
      g_clear_pointer (&line, g_free);
    }
  return FALSE;
}

static void
test_search (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
  canned_server_answer (fixture->server, LIST, 200, NOTHING);
  gtk_editable_set_text (child (page, "search"), "黄");
  staff_await (g_strcmp0 (shown (page), "nothing") == 0);
  adw_toggle_group_set_active_name (child (page, "states"), "waiting");
  staff_await (asked_for (fixture, "\"text\":\"黄\"", "\"state\":\"waiting\""));
  answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (shown (page), "list") == 0);
  g_assert_cmpstr (adw_toggle_group_get_active_name (child (page, "states")), ==, "all-open");
  g_assert_cmpstr (gtk_editable_get_text (child (page, "search")), ==, "");
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

  answer_rows (fixture);
  page = load_page (fixture, "list");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_column_view_sort_by_column (child (page, "view"), child (page, rows[i].column), rows[i].order);
      staff_await (asked_for (fixture, rows[i].asked, "\"own_first\":true"));
    }
}

static gpointer
tool (gpointer page, const char *id)
{
  return gtk_widget_get_template_child (child (page, "filters"), ZC_TYPE_QUEUE_TOOLS, id);
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

  zc_local_store_open_async (root, "http://127.0.0.1", "a1", NULL, opened_cb, &store);
  staff_await (store != NULL);
  fixture->session->store = g_object_ref (store);
  canned_server_answer (fixture->server, "GET /v1/catalog/levels", 200,
                        "{\"items\":[{\"id\":\"junior\",\"name\":\"初级\"},{\"id\":\"senior\",\"name\":\"正高级\"}]}");
  answer_rows (fixture);
  page = load_page (fixture, "list");
  staff_await (g_list_model_get_n_items (adw_combo_row_get_model (tool (page, "level"))) == 3);
  adw_combo_row_set_selected (tool (page, "level"), 2);
  gtk_editable_set_text (child (page, "search"), "黄");
  gtk_column_view_sort_by_column (child (page, "view"), child (page, "applicant"), GTK_SORT_DESCENDING);
  adw_toggle_group_set_active_name (child (page, "states"), "waiting");
  staff_await (asked_for (fixture, "\"level\":\"senior\"", "\"sort\":\"-name\""));
  g_assert_cmpstr (gtk_menu_button_get_label (tool (page, "button")), ==, "Filter (1)");
  gtk_editable_set_text (tool (page, "name"), "正高级 ");
  g_signal_emit_by_name (tool (page, "name"), "apply");
  staff_await (gtk_list_box_get_row_at_index (tool (page, "list"), 0) != NULL);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (gtk_menu_button_get_label (tool (page, "button")), "Filter") == 0);

  page = load_page (fixture, "list");
  staff_await ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (tool (page, "list"), 0))) != NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "正高级");
  gtk_widget_activate_action (row, "tools.apply", "s", "正高级");
  staff_await (g_strcmp0 (gtk_menu_button_get_label (tool (page, "button")), "Filter (1)") == 0);
  g_assert_cmpstr (adw_toggle_group_get_active_name (child (page, "states")), ==, "waiting");
  staff_await (asked_for (fixture, "\"state\":\"waiting\",\"level\":\"senior\"", "\"sort\":\"-name\",\"own_first\""));
  g_assert_cmpstr (gtk_editable_get_text (child (page, "search")), ==, "");
  gtk_widget_activate_action (row, "tools.forget", "s", "正高级");
  g_assert_null (gtk_list_box_get_row_at_index (tool (page, "list"), 0));
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
  GListModel *columns = gtk_column_view_get_columns (child (page, "view"));
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
  gtk_editable_set_text (tool (page, "unit"), name);
  g_signal_emit_by_name (tool (page, "unit"), "apply");
}

/* By the beginning of the unit's name, beside the person's. What is being typed stays while the list tells something else. */
static void
test_unit (StaffFixture *fixture, gconstpointer data)
{
  ZcDossierList *list = zc_session_get_dossiers (fixture->session);
  GtkWidget *page;

  act_for_office (fixture);
  answer_rows (fixture);
  page = load_page (fixture, "list");
  g_assert_true (gtk_widget_get_visible (tool (page, "unit")));
  g_assert_true (has_column (page, "Unit"));
  staff_await (shows (child (page, "view"), "广西南方机械有限公司"));
  gtk_editable_set_text (tool (page, "unit"), "广西南");
  g_object_set (list, "year", 2026, NULL);
  staff_await (asked_for (fixture, "\"year\":2026", "own_first") && !zc_dossier_list_get_loading (list));
  g_assert_cmpstr (gtk_editable_get_text (tool (page, "unit")), ==, "广西南");
  g_assert_false (asked_for (fixture, "unit_name", ""));
  canned_server_answer (fixture->server, LIST, 200, NOTHING);
  look_for_unit (page, " 广西南方 ");
  staff_await (g_strcmp0 (shown (page), "nothing") == 0);
  g_assert_true (asked_for (fixture, "\"unit_name\":\"广西南方\"", "\"year\":2026,\"own_first\":true"));
  g_assert_cmpstr (gtk_menu_button_get_label (tool (page, "button")), ==, "Filter (2)");
  g_assert_true (shows (page, "· 0 found"));
  gtk_editable_set_text (child (page, "search"), "黄");
  staff_await (asked_for (fixture, "\"text\":\"黄\",\"unit_name\":\"广西南方\"", "own_first"));
  gtk_editable_set_text (tool (page, "unit"), "广西山水");
  g_signal_emit_by_name (gtk_menu_button_get_popover (tool (page, "button")), "closed");
  staff_await (asked_for (fixture, "\"unit_name\":\"广西山水\"", "own_first"));
  answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (shown (page), "list") == 0);
  g_assert_cmpstr (gtk_menu_button_get_label (tool (page, "button")), ==, "Filter");
  g_assert_cmpstr (gtk_editable_get_text (tool (page, "unit")), ==, "");
  staff_fixture_check_names (page);
}

/* A saved view holds it, and what is chosen together is what it narrows to (P11). */
static void
test_unit_kept (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  act_for_office (fixture);
  answer_rows (fixture);
  page = load_page (fixture, "list");
  look_for_unit (page, "广西南方");
  staff_await (asked_for (fixture, "\"unit_name\":\"广西南方\"", "\"limit\":50"));
  gtk_editable_set_text (tool (page, "name"), "南方");
  g_signal_emit_by_name (tool (page, "name"), "apply");
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (gtk_menu_button_get_label (tool (page, "button")), "Filter") == 0);
  gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (tool (page, "list"), 0)), "tools.apply", "s", "南方");
  g_assert_cmpstr (gtk_editable_get_text (tool (page, "unit")), ==, "广西南方");
  g_assert_cmpstr (gtk_menu_button_get_label (tool (page, "button")), ==, "Filter (1)");
  gtk_widget_activate_action (page, "queue.choose-all", NULL);
  staff_await (asked_for (fixture, "\"unit_name\":\"广西南方\"", "\"limit\":1000"));
  staff_await (shows (page, "All 3 that match are chosen"));
}

/* A unit's queue is its own people's: nothing to look for, nothing to tell. */
static void
test_own_unit (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
  g_assert_false (gtk_widget_get_visible (tool (page, "unit")));
  g_assert_false (has_column (page, "Unit"));
}

/* --- several at once --- */

#define MANY 500
#define STALE "{\"type\":\"urn:zhicheng:problem:stale\",\"status\":409,\"title\":\"-\",\"detail\":\"-\"}"
#define HELD "{\"type\":\"urn:zhicheng:problem:held-by-other\",\"status\":409,\"title\":\"-\",\"detail\":\"-\"}"

/* Rows from the first to the last, backwards where the first is the greater. */
static void
answer_many (StaffFixture *fixture, int first, int last, gint64 version, const char *next)
{
  g_autoptr (GString) list = g_string_new ("{\"items\":[");
  int step = first <= last ? 1 : -1;

  for (int n = first; n != last + step; n += step)
    {
      g_autofree char *row = staff_fixture_dup_json (n, version, STAFF_WAITING);

      g_string_append_printf (list, "%s%s", n == first ? "" : ",", row);
    }
  g_string_append_printf (list, "],\"next\":%s,\"total\":%d,\"counts\":{\"waiting\":%d}}", next, ABS (last - first) + 1,
                          ABS (last - first) + 1);
  canned_server_answer (fixture->server, LIST, 200, list->str);
}

static guint
count_items (gpointer page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (child (page, "selection")));
}

/* The ids of the rows that are marked, in order. */
static char *
dup_marked (gpointer page)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < count_items (page); i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (child (page, "selection")), i);

      if (gtk_selection_model_is_selected (child (page, "selection"), i))
        g_string_append_printf (ids, "%s ", zc_dossier_get_id (dossier));
    }
  return g_string_free_and_steal (ids);
}

static void
check_marked (gpointer page, const char *expected)
{
  g_autofree char *marked = dup_marked (page);

  g_assert_cmpstr (marked, ==, expected);
}

static void
test_keeps_choice (StaffFixture *fixture, gconstpointer data)
{
  ZcDossierList *list = zc_session_get_dossiers (fixture->session);
  g_autoptr (ZcDossier) last = NULL;
  GtkWidget *page;

  answer_many (fixture, 1, 3, 5, "\"more\"");
  page = load_page (fixture, "list");
  g_assert_false (gtk_widget_get_visible (child (page, "none")));
  gtk_selection_model_select_item (child (page, "selection"), 0, FALSE);
  gtk_selection_model_select_item (child (page, "selection"), 2, FALSE);
  check_marked (page, "dossier-1 dossier-3 ");
  g_assert_true (gtk_widget_get_visible (child (page, "none")));
  staff_await (!zc_dossier_list_get_loading (list));
  answer_many (fixture, 4, 6, 5, "null");
  last = g_list_model_get_item (G_LIST_MODEL (list), 2);
  staff_await (count_items (page) == 6);
  check_marked (page, "dossier-1 dossier-3 ");
  answer_many (fixture, 6, 1, 6, "null");
  zc_session_reload (fixture->session);
  staff_await (zc_dossier_get_version (zc_dossier_list_find (list, "dossier-1")) == 6 && count_items (page) == 6);
  staff_fixture_idle ();
  check_marked (page, "dossier-3 dossier-1 ");
  gtk_widget_activate_action (page, "queue.choose-none", NULL);
  check_marked (page, "");
  g_assert_false (gtk_widget_get_visible (child (page, "none")));
}

/* Between the two clicks that open a row, the first of which chooses it, nothing moves: the last rows stay under the pointer. */
static void
test_rows_stay (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  int height;

  answer_many (fixture, 1, 3, 5, "null");
  page = load_page (fixture, "list");
  staff_await (gtk_widget_get_height (child (page, "view")) > 0);
  g_assert_true (shows (page, "Double-click or press Enter"));
  height = gtk_widget_get_height (child (page, "view"));
  gtk_selection_model_select_item (child (page, "selection"), 2, TRUE);
  staff_await (gtk_widget_get_mapped (child (page, "none")));
  staff_fixture_idle ();
  g_assert_true (shows (page, "1 chosen"));
  g_assert_cmpint (gtk_widget_get_height (child (page, "view")), ==, height);
}

/* The dialog that an act on several has opened. */
static GtkWidget *
await_dialog (StaffFixture *fixture, GtkWidget *page)
{
  AdwDialog *dialog = NULL;

  staff_await ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window))) != NULL);
  return GTK_WIDGET (dialog);
}

static gpointer
part (GtkWidget *dialog, const char *id)
{
  return gtk_widget_get_template_child (dialog, ZC_TYPE_BATCH_DIALOG, id);
}

static const char *
stage (GtkWidget *dialog)
{
  return gtk_stack_get_visible_child_name (part (dialog, "stack"));
}

static void
check_sent (StaffFixture *fixture, guint n_sent)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *body = NULL;

  for (guint n = 0; (body = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/", n)) != NULL; n++)
    {
      g_assert_nonnull (strstr (body, "\"act\":\"accept\",\"version\":5"));
      g_hash_table_add (keys, canned_server_dup_key (fixture->server, "POST /v1/dossiers/", n));
      g_clear_pointer (&body, g_free);
    }
  g_assert_cmpuint (g_hash_table_size (keys), ==, n_sent);
}

/* Whether the focus is on it or in it. */
static gboolean
has_focus (StaffFixture *fixture, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
test_many (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *done = staff_fixture_dup_json (1, 6, STAFF_MINE);
  g_autofree char *text = NULL;
  g_autofree char *newcomer = NULL;
  GtkWidget *page, *dialog;

  answer_many (fixture, 1, MANY, 5, "null");
  page = load_page (fixture, "list");
  gtk_widget_activate_action (page, "queue.choose-all", NULL);
  staff_await (shows (page, "All 500 that match are chosen"));
  answer_many (fixture, 0, MANY, 6, "null"); /* one more arrives, all are changed meanwhile */
  zc_session_reload (fixture->session);
  staff_await (count_items (page) == MANY + 1);
  g_assert_true (shows (page, "All 500 that match are chosen"));
  g_assert_false (gtk_selection_model_is_selected (child (page, "selection"), 0));
  g_assert_true (gtk_selection_model_is_selected (child (page, "selection"), MANY));
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-", 200, done);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-7/", 409, STALE);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-450/", 409, HELD);
  gtk_widget_activate_action (page, "queue.accept", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (shows (dialog, "500 applications will be accepted."));
  staff_fixture_check_names (dialog);
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (shows (dialog, "498 were done, 2 were not."));
  text = zc_batch_dialog_dup_text (ZC_BATCH_DIALOG (dialog));
  g_assert_true (g_str_has_prefix (text, "黄志明7\t职称评审 · 2026\tNot done: it was changed meanwhile."));
  g_assert_nonnull (strstr (text, "\n黄志明450\t职称评审 · 2026\tNot done: "));
  check_sent (fixture, MANY);
  newcomer = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/dossier-0/", 0);
  g_assert_null (newcomer);
  check_marked (page, ""); /* what was sent is no longer chosen */
  g_assert_true (has_focus (fixture, part (dialog, "list")));
  adw_dialog_close (ADW_DIALOG (dialog));
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  g_assert_true (has_focus (fixture, child (page, "view")));
}

static void
check_written (GtkWidget *dialog, const char *expected)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (part (dialog, "opinion"));
  g_autofree char *written = NULL;

  g_object_get (buffer, "text", &written, NULL);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_return_and_stop (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_MINE);
  g_autofree char *second = staff_fixture_dup_json (2, 5, STAFF_COLLEAGUE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s],\"next\":null,\"total\":2}", first, second);
  g_autofree char *sent = NULL;
  GtkTextBuffer *buffer;
  GtkWidget *page, *dialog;

  canned_server_answer (fixture->server, LIST, 200, list);
  page = load_page (fixture, "list");
  gtk_selection_model_select_all (child (page, "selection"));
  gtk_widget_activate_action (page, "queue.return", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (shows (dialog, "1 applications will be returned to their applicants, all with the same reason.\nOf those chosen, 1 are left out"));
  staff_await (shows (dialog, "Please write the reason first"));
  buffer = gtk_text_view_get_buffer (part (dialog, "opinion"));
  gtk_text_buffer_set_text (buffer, " 请补充学历证书 ", -1);
  gtk_widget_activate_action (dialog, "batch.stop", NULL);
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (shows (dialog, "0 were done, 1 were not."));
  sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/", 0);
  g_assert_null (sent); /* stopped before anything was sent */
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-", 200, first);
  gtk_widget_activate_action (page, "queue.return", NULL);
  dialog = await_dialog (fixture, page);
  check_written (dialog, "请补充学历证书"); /* written before, and not sent */
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (shows (dialog, "All 1 were done."));
  sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/dossier-1/acts", 0);
  g_assert_cmpstr (sent, ==, "{\"act\":\"return\",\"version\":5,\"opinion\":\"请补充学历证书\"}");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  gtk_selection_model_select_all (child (page, "selection"));
  gtk_widget_activate_action (page, "queue.return", NULL);
  dialog = await_dialog (fixture, page);
  check_written (dialog, ""); /* it was sent */
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

#define COLLEAGUES                                                                                                       \
  "{\"items\":[{\"id\":\"m2\",\"name\":\"覃国栋\",\"role\":\"leader\"},{\"id\":\"m1\",\"name\":\"韦晓岚\",\"role\":\"clerk\"}]}"
#define TO_ASSIGN "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\",\"accept\",\"assign\"],"

/* A leader chooses rows, then the colleague who is asked; nobody is proposed. What is held is left out. */
static void
test_assign (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, TO_ASSIGN);
  g_autofree char *second = staff_fixture_dup_json (2, 5, TO_ASSIGN);
  g_autofree char *third = staff_fixture_dup_json (3, 5, STAFF_COLLEAGUE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s,%s],\"next\":null,\"total\":3}", first, second, third);
  g_autofree char *sent = NULL;
  GtkWidget *page, *dialog;

  canned_server_answer (fixture->server, LIST, 200, list);
  canned_server_answer (fixture->server, "GET /v1/catalog/colleagues", 200, COLLEAGUES);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-1/", 200, first);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-2/", 409, STALE);
  page = load_page (fixture, "list");
  gtk_selection_model_select_all (child (page, "selection"));
  gtk_widget_activate_action (page, "queue.assign", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (shows (dialog, "2 applications will be assigned. Who is asked finds them marked; colleagues can still accept them.\n"
                              "Of those chosen, 1 are left out"));
  g_assert_true (shows (dialog, "Please choose the responsible person first."));
  g_assert_false (gtk_widget_get_mapped (part (dialog, "opinion")));
  staff_await (adw_combo_row_get_model (part (dialog, "person")) != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (part (dialog, "person"))), ==, 3);
  g_assert_cmpuint (adw_combo_row_get_selected (part (dialog, "person")), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (part (dialog, "confirm")));
  staff_fixture_check_names (dialog);
  adw_combo_row_set_selected (part (dialog, "person"), 2);
  g_assert_true (gtk_widget_is_sensitive (part (dialog, "confirm")));
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (shows (dialog, "1 were done, 1 were not."));
  sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/dossier-1/acts", 0);
  g_assert_cmpstr (sent, ==, "{\"act\":\"assign\",\"version\":5,\"to\":{\"person\":\"m1\"}}");
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

/* Whom the server does not tell cannot be asked, and it is said why. */
static void
test_assign_unknown (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, TO_ASSIGN);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s],\"next\":null,\"total\":1}", first);
  GtkWidget *page, *dialog;

  canned_server_answer (fixture->server, LIST, 200, list);
  canned_server_answer (fixture->server, "GET /v1/catalog/colleagues", 403,
                        "{\"type\":\"urn:zhicheng:problem:forbidden\",\"status\":403,\"title\":\"-\",\"detail\":\"-\"}");
  page = load_page (fixture, "list");
  gtk_selection_model_select_all (child (page, "selection"));
  gtk_widget_activate_action (page, "queue.assign", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (strstr (gtk_label_get_label (part (dialog, "reason")), "Your role does not allow this.") != NULL);
  g_assert_false (gtk_widget_is_sensitive (part (dialog, "confirm")));
  adw_dialog_force_close (ADW_DIALOG (dialog));
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
  answer_rows (fixture);
  page = load_page (fixture, "list");
  g_signal_emit_by_name (child (page, "view"), "activate", 1);
  g_assert_cmpstr (opened, ==, "dossier-2");
}

/* Opens the page with that in its search, and answers which of its parts has the focus once the rows are there. */
static const char *
focused_part (StaffFixture *fixture, const char *searched)
{
  GtkWidget *page = show_page (fixture);
  GtkWidget *search = child (page, "search");

  answer_rows (fixture);
  gtk_editable_set_text (GTK_EDITABLE (search), searched);
  gtk_widget_grab_focus (search);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (shown (page), "list") == 0);
  return gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), search) ? "search" : "rows";
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

  answer_rows (fixture);
  page = load_page (fixture, "list");
  view = child (page, "view");
  gtk_column_view_scroll_to (GTK_COLUMN_VIEW (view), 1, NULL, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (view);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), view));
  staff_await (gtk_widget_get_mapped (child (page, "all")) && gtk_widget_get_width (child (page, "all")) > 0);
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == child (page, "all"));
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

  answer_rows (fixture);
  page = load_page (fixture, "list");
  search = child (page, "search");
  gtk_widget_grab_focus (search);
  press (search, "Down", GTK_PHASE_BUBBLE);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), child (page, "view")));
  gtk_editable_set_text (GTK_EDITABLE (search), "黄");
  g_signal_emit_by_name (search, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
}

/* GtkListBase has a use of its own for these keys, to choose nothing, and hears them first (P11). */
static void
test_choose_all_key (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
  press (child (page, "toolbar"), "<Shift><Control>a", GTK_PHASE_CAPTURE);
  staff_await (shows (page, "All 3 that match are chosen"));
}

/* The order can be chosen without the headings, which only a pointer reaches; each way tells the other. */
static void
test_order (StaffFixture *fixture, gconstpointer data)
{
  static const char *const sorts[] = { "submitted_at", "-submitted_at", "name", "-name", "level", "-level" };
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (tool (page, "order"))), ==, G_N_ELEMENTS (sorts));
  for (guint i = G_N_ELEMENTS (sorts); i-- > 0;)
    {
      g_autofree char *asked = g_strdup_printf ("\"sort\":\"%s\"", sorts[i]);

      adw_combo_row_set_selected (tool (page, "order"), i);
      staff_await (asked_for (fixture, asked, ""));
      staff_await (adw_combo_row_get_selected (tool (page, "order")) == i);
    }
  gtk_column_view_sort_by_column (child (page, "view"), child (page, "applicant"), GTK_SORT_DESCENDING);
  staff_await (adw_combo_row_get_selected (tool (page, "order")) == 3);
}

/* The button that shows all again goes with the emptiness it stood on; the rows that come take the focus from it. */
static void
test_show_all_focused (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
  canned_server_answer (fixture->server, LIST, 200, NOTHING);
  adw_combo_row_set_selected (tool (page, "year"), 1);
  staff_await (g_strcmp0 (shown (page), "nothing") == 0);
  g_assert_true (shows (page, "广西南方机械有限公司 · 0 found"));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (shown (page), "list") == 0);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), child (page, "view")));
}

/* Back from dossiers that have left the list meanwhile: the keyboard goes on from the rows. */
static void
test_back_at_rows (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationView *pages = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  GtkWidget *page = GTK_WIDGET (zc_queue_page_new (fixture->session));

  answer_many (fixture, 1, 3, 5, "null");
  staff_fixture_show (fixture, GTK_WIDGET (pages));
  adw_navigation_view_push (pages, ADW_NAVIGATION_PAGE (page));
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (shown (page), "list") == 0 && has_focus (fixture, child (page, "view")));
  adw_navigation_view_push (pages, adw_navigation_page_new (gtk_button_new_with_label ("dossier"), "dossier"));
  staff_await (!has_focus (fixture, child (page, "view")));
  answer_many (fixture, 2, 3, 5, "null");
  zc_session_reload (fixture->session);
  staff_await (count_items (page) == 2);
  adw_navigation_view_pop (pages);
  staff_await (has_focus (fixture, child (page, "view")));
}

/* That of the state. */
static GtkColumnViewColumn *
last_column (GtkWidget *page)
{
  GListModel *columns = gtk_column_view_get_columns (child (page, "view"));
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
  answer_rows (fixture);
  page = load_page (fixture, "list");
  staff_await (gtk_column_view_column_get_fixed_width (child (page, "applicant")) == applicant);
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

static void
test_names (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_rows (fixture);
  page = load_page (fixture, "list");
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
    { "/queue/P10/choice-outlives-pages-and-reloads", test_keeps_choice },
    { "/queue/P10/the-first-click-moves-no-row", test_rows_stay },
    { "/queue/P10/P11/five-hundred-frozen-never-forced", test_many },
    { "/queue/P10/one-reason-for-all-and-stopping", test_return_and_stop },
    { "/queue/P10/assigns-to-a-colleague", test_assign },
    { "/queue/P10/nobody-to-assign-to", test_assign_unknown },
    { "/queue/P21/activating-a-row-opens-it", test_opens },
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
    { "/queue/U3/P21/order-chosen-by-keys", test_order },
    { "/queue/P21/all-shown-again-takes-the-focus", test_show_all_focused },
    { "/queue/P21/names", test_names },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
