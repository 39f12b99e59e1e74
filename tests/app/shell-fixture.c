/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell-fixture.h"

/* What the tests of pages, dialogs and cards share. */

static const char dossier_json[]
    = "{\"id\":\"0192d3a4-0000-7000-8000-000000000001\",\"business\":\"evaluation\",\"business_"
      "title\":\"职称评审\",\"revision\":1,"
      "\"year\":2026,\"target\":{\"unit\":{\"id\":\"u\",\"name\":\"某单位\"},\"series\":{\"id\":"
      "\"s\",\"name\":\"工程技术\"},"
      "\"level\":{\"id\":\"senior\",\"name\":\"正高级\"},\"committee\":{\"id\":\"c\",\"name\":"
      "\"某评委会\"},"
      "\"office\":{\"id\":\"o\",\"name\":\"某职改办\"}},\"stage\":\"unit\",\"state\":\"waiting\","
      "\"version\":3,"
      "\"applicant\":{\"name\":\"黄某\",\"id_number\":\"4501**********0001\"},\"holder\":null,"
      "\"created_at\":\"2026-11-20T01:00:00.000Z\",\"updated_at\":\"2026-11-23T01:00:00.000Z\","
      "\"submitted_at\":\"2026-11-23T01:00:00.000Z\",\"deadline\":\"2026-12-31T09:00:00.000Z\","
      "\"sections_done\":3,"
      "\"sections_total\":3,\"actions\":[\"view\",\"progress\",\"withdraw\"]}";

ZcDossier *
shell_make_dossier (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (dossier_json, strlen (dossier_json), &error);
  g_assert_no_error (error);
  ZcDossier *dossier = zc_dossier_new_from_json (zc_json_root (json), &error);
  g_assert_no_error (error);
  return dossier;
}

void
shell_settle (void)
{
  for (guint i = 0; i < 200; i++)
    while (g_main_context_iteration (NULL, FALSE))
      ;
}

void
shell_walk (GtkWidget *widget, ShellVisit visit, gpointer data)
{
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    shell_walk (child, visit, data);
}

static void
find_button (GtkWidget *widget, gpointer data)
{
  struct
  {
    const char *action;
    GtkWidget *found;
  } *search = data;
  if (GTK_IS_ACTIONABLE (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), search->action) == 0)
    search->found = widget;
}

GtkWidget *
shell_button_of (GtkWidget *root, const char *action)
{
  struct
  {
    const char *action;
    GtkWidget *found;
  } search = { action, NULL };
  shell_walk (root, find_button, &search);
  return search.found;
}
