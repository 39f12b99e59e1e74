/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-queue-page.h"

/* The staff's home: what it shows, what it asks the server for, where it leads. */

#define LIST "GET /v1/dossiers?"
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
  answer_rows (fixture);
  zc_session_reload (fixture->session);
  staff_await (g_strcmp0 (shown (page), "list") == 0);
}

/* Whether a request named both. */
static gboolean
asked_for (StaffFixture *fixture, const char *one, const char *other)
{
  g_autofree char *line = NULL;

  for (guint n = 0; (line = canned_server_dup_line (fixture->server, LIST, n)) != NULL; n++)
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
  staff_await (asked_for (fixture, "text=%E9%BB%84", "state=waiting"));
  answer_rows (fixture);
  gtk_widget_activate_action (page, "queue.clear", NULL);
  staff_await (g_strcmp0 (shown (page), "list") == 0);
  g_assert_cmpstr (adw_toggle_group_get_active_name (child (page, "states")), ==, "all-open");
  g_assert_cmpstr (gtk_editable_get_text (child (page, "search")), ==, "");
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
  static const struct
  {
    const char *path;
    void (*test) (StaffFixture *, gconstpointer);
  } cases[] = {
    { "/queue/U4/P20/rows-say-who-holds-and-mask", test_rows },
    { "/queue/U6/loading-empty-error", test_states },
    { "/queue/U6/search-and-filter", test_search },
    { "/queue/P21/activating-a-row-opens-it", test_opens },
    { "/queue/P21/names", test_names },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, StaffFixture, NULL, staff_fixture_set_up, cases[i].test, staff_fixture_tear_down);
  return g_test_run ();
}
