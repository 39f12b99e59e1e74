/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-queue-page.h"
#include "zc-queue-tools.h"

/* The filters of the queue and the views saved of them, as the keyboard finds them. */

static gpointer
child (gpointer page, const char *id)
{
  return gtk_widget_get_template_child (page, ZC_TYPE_QUEUE_PAGE, id);
}

static gpointer
tool (gpointer page, const char *id)
{
  return gtk_widget_get_template_child (child (page, "filters"), ZC_TYPE_QUEUE_TOOLS, id);
}

/* With the filters open. */
static GtkWidget *
show_page (StaffFixture *fixture)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_WAITING);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s],\"next\":null,\"total\":1}", first);
  GtkWidget *page = GTK_WIDGET (zc_queue_page_new (fixture->session));

  canned_server_answer (fixture->server, "POST /v1/searches ", 200, list);
  staff_fixture_show (fixture, page);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (gtk_stack_get_visible_child_name (child (page, "stack")), "list") == 0);
  gtk_menu_button_popup (tool (page, "button"));
  staff_await (gtk_widget_get_mapped (tool (page, "order")));
  return page;
}

static const char *
view_name (gpointer page, int place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (tool (page, "list"), place);

  return row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : NULL;
}

static void
save_view (gpointer page, const char *name)
{
  gtk_editable_set_text (tool (page, "name"), name);
  g_signal_emit_by_name (tool (page, "name"), "apply");
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static gpointer
row_at (gpointer page, int place)
{
  return gtk_list_box_get_row_at_index (tool (page, "list"), place);
}

/* What was removed can be brought back where it stood, until the filters are closed; the keys stay there. */
static void
test_view_removed (StaffFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "甲", "乙", "丙" };
  GtkWidget *page = show_page (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    save_view (page, names[i]);
  gtk_widget_activate_action (tool (page, "list"), "tools.forget", "s", "乙");
  g_assert_cmpstr (view_name (page, 1), ==, "“乙” was removed");
  g_assert_true (has_focus (row_at (page, 1)));
  gtk_widget_activate_action (tool (page, "list"), "tools.restore", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (view_name (page, (int) i), ==, names[i]);
  g_assert_true (has_focus (row_at (page, 1)));
  gtk_widget_activate_action (tool (page, "list"), "tools.forget", "s", "乙");
  gtk_menu_button_popdown (tool (page, "button"));
  staff_await (g_strcmp0 (view_name (page, 1), "丙") == 0);
  gtk_widget_activate_action (tool (page, "list"), "tools.restore", NULL);
  g_assert_cmpstr (view_name (page, 1), ==, "丙");
}

/* It holds what it held, under the other name; no two have the same. */
static void
test_view_renamed (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture);

  save_view (page, "甲");
  adw_toggle_group_set_active_name (child (page, "states"), "waiting");
  save_view (page, "乙");
  adw_toggle_group_set_active_name (child (page, "states"), "all-open");
  gtk_widget_activate_action (tool (page, "list"), "tools.rename", "s", "乙");
  g_assert_true (has_focus (row_at (page, 1)));
  gtk_editable_set_text (row_at (page, 1), " 甲 ");
  g_signal_emit_by_name (row_at (page, 1), "apply");
  g_assert_cmpstr (view_name (page, 1), ==, "Another view has this name");
  gtk_editable_set_text (row_at (page, 1), "待受理");
  g_signal_emit_by_name (row_at (page, 1), "apply");
  g_assert_cmpstr (view_name (page, 0), ==, "甲");
  g_assert_cmpstr (view_name (page, 1), ==, "待受理");
  gtk_widget_activate_action (tool (page, "list"), "tools.apply", "s", "待受理");
  staff_await (g_strcmp0 (adw_toggle_group_get_active_name (child (page, "states")), "waiting") == 0);
  gtk_menu_button_popdown (tool (page, "button"));
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = GTK_IS_POPOVER (next) ? next : find_popover (next);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A list of choices opened over the filters gives the keys back to its row, not to the button that opened the filters. */
static void
test_filter_keys (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture);
  GtkWidget *row = tool (page, "order");

  gtk_widget_grab_focus (row);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  staff_await (!has_focus (row) || gtk_root_get_focus (gtk_widget_get_root (row)) != row);
  gtk_popover_popdown (GTK_POPOVER (find_popover (row)));
  staff_await (gtk_root_get_focus (gtk_widget_get_root (row)) == row);
  gtk_menu_button_popdown (tool (page, "button"));
}

/* The button that chooses goes once all are chosen, as the one that chooses none does then: the keys go on between the two. */
static void
test_choosing_keys (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture);
  GtkWidget *all = child (page, "all"), *none = child (page, "none");

  gtk_menu_button_popdown (tool (page, "button"));
  gtk_widget_grab_focus (all);
  g_assert_true (has_focus (all));
  g_signal_emit_by_name (all, "clicked");
  staff_await (!gtk_widget_get_visible (all));
  g_assert_true (has_focus (none));
  g_signal_emit_by_name (none, "clicked");
  staff_await (!gtk_widget_get_visible (none));
  g_assert_true (has_focus (all));
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/queue-views/U3/view-removed", test_view_removed },
    { "/queue-views/U3/view-renamed", test_view_renamed },
    { "/queue-views/U3/P21/filter-keys", test_filter_keys },
    { "/queue-views/P11/P21/choosing-keys", test_choosing_keys },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
