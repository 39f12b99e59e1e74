/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "queue-fixture.h"
#include "zc-queue-page.h"
#include "zc-queue-tools.h"

/* What tests of the staff's home share. */

gpointer
queue_child (gpointer page, const char *id)
{
  return gtk_widget_get_template_child (page, ZC_TYPE_QUEUE_PAGE, id);
}

gpointer
queue_tool (gpointer page, const char *id)
{
  return gtk_widget_get_template_child (queue_child (page, "filters"), ZC_TYPE_QUEUE_TOOLS, id);
}

const char *
queue_shown (gpointer page)
{
  return gtk_stack_get_visible_child_name (queue_child (page, "stack"));
}

void
queue_answer_rows (StaffFixture *fixture)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_WAITING);
  g_autofree char *second = staff_fixture_dup_json (2, 5, STAFF_COLLEAGUE);
  g_autofree char *third = staff_fixture_dup_json (3, 5, STAFF_MINE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s,%s],\"next\":null,\"total\":3}", first, second, third);

  canned_server_answer (fixture->server, QUEUE_LIST, 200, list);
}

/* Rows from the first to the last, backwards where the first is the greater. */
void
queue_answer_many (StaffFixture *fixture, int first, int last, gint64 version, const char *next)
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
  canned_server_answer (fixture->server, QUEUE_LIST, 200, list->str);
}

GtkWidget *
queue_show (StaffFixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (zc_queue_page_new (fixture->session));

  staff_fixture_show (fixture, page);
  return page;
}

GtkWidget *
queue_load (StaffFixture *fixture, const char *expected)
{
  GtkWidget *page = queue_show (fixture);

  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (g_strcmp0 (queue_shown (page), expected) == 0);
  return page;
}

gboolean
queue_has_focus (StaffFixture *fixture, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
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

gboolean
queue_shows (gpointer widget, const char *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  read_labels (widget, text);
  return strstr (text->str, words) != NULL;
}

/* Whether a request named both. */
gboolean
queue_asked_for (StaffFixture *fixture, const char *one, const char *other)
{
  g_autofree char *line = NULL;

  for (guint n = 0; (line = canned_server_dup_sent (fixture->server, QUEUE_LIST, n)) != NULL; n++)
    {
      if (strstr (line, one) != NULL && strstr (line, other) != NULL)
        return TRUE;
      g_clear_pointer (&line, g_free);
    }
  return FALSE;
}

guint
queue_count_items (gpointer page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (queue_child (page, "selection")));
}
