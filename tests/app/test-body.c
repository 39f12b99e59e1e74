/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-body-page.h"

/* A unit as its leaders and its office see it, over a canned server (U2). */

#define BODY "GET /v1/bodies/u1 "
#define SEAL "GET /v1/bodies/u1/seals/"
#define SHA "abababababababababababababababababababababababababababababababab"
#define CHANGE(what, from, to, officer)                                                            \
  "{\"what\":\"" what "\",\"from\":" from ",\"to\":\"" to                                          \
  "\",\"at\":\"2026-11-27T02:00:00.000Z\",\"dossier\":\"d1\",\"requested_by\":\"覃国栋\","         \
  "\"decided_by\":{\"name\":" officer ",\"body\":\"南宁市职称改革办公室\"}}"
#define UNIT(head, branches, changes)                                                              \
  "{\"id\":\"u1\",\"kind\":\"unit\",\"name\":\"广西新名 <b>有限公司\",\"credit_code\":"            \
  "\"91350100M000100Y43\",\"since\":\"2026-01-05T01:00:00.000Z\",\"head\":" head                   \
  ",\"office\":{\"id\":\"o1\",\"name\":\"南宁市职称改革办公室\"},\"branches\":[" branches          \
  "],\"changes\":[" changes "]}"
#define OTHER                                                                                      \
  "{\"id\":\"u2\",\"name\":\"广西总机构有限公司\",\"credit_code\":\"91450100DEMA00001P\"}"
#define GONE                                                                                       \
  "{\"type\":\"urn:zhicheng:problem:not-found\",\"status\":404,\"title\":\"-\",\"detail\":\"-\"}"

static const char *
shown (GtkWidget *page)
{
  return gtk_stack_get_visible_child_name (staff_fixture_find (page, "stack"));
}

static GtkWidget *
show_page (StaffFixture *fixture, int status, const char *answer)
{
  GtkWidget *view = adw_navigation_view_new ();
  AdwNavigationPage *page;

  canned_server_answer (fixture->server, BODY, status, answer);
  page = zc_body_page_new (fixture->session, "u1");
  g_assert_cmpstr (shown (GTK_WIDGET (page)), ==, "loading");
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  staff_fixture_show (fixture, view);
  return GTK_WIDGET (page);
}

static gpointer
row (GtkWidget *page, const char *list, int index)
{
  return gtk_list_box_get_row_at_index (staff_fixture_find (page, list), index);
}

static const char *
title (GtkWidget *page, const char *list, int index)
{
  return adw_preferences_row_get_title (row (page, list, index));
}

static const char *
subtitle (GtkWidget *page, const char *list, int index)
{
  return adw_action_row_get_subtitle (row (page, list, index));
}

static GtkPicture *
find_picture (GtkWidget *widget)
{
  GtkPicture *found = NULL;

  if (GTK_IS_PICTURE (widget))
    return GTK_PICTURE (widget);
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL && found == NULL;
       next = gtk_widget_get_next_sibling (next))
    found = find_picture (next);
  return found;
}

/* Names are shown to the letter, the log in words: what, when, who asked, who decided. */
static void
test_log (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page
      = show_page (fixture, 200,
                   UNIT (OTHER, "",
                         CHANGE ("name", "\"旧名 & 公司\"", "广西新名 <b>有限公司",
                                 "null") "," CHANGE ("name", "null", "旧名 & 公司", "\"陆建平\"")));

  staff_await (g_str_equal (shown (page), "list"));
  staff_fixture_check_names (page);
  g_assert_cmpstr (subtitle (page, "facts", 0), ==, "广西新名 <b>有限公司");
  g_assert_cmpstr (subtitle (page, "facts", 3), ==, "广西总机构有限公司 · 91450100DEMA00001P");
  g_assert_null (row (page, "facts", 4));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "branches_group")));
  g_assert_cmpstr (title (page, "changes", 0), ==,
                   "Renamed from “旧名 & 公司” to “广西新名 <b>有限公司”");
  g_assert_cmpstr (
      subtitle (page, "changes", 0), ==,
      "November 27, 2026 10:00 · asked for by 覃国栋 · approved by 南宁市职称改革办公室");
  g_assert_cmpstr (title (page, "changes", 1), ==, "Registered as “旧名 & 公司”");
  g_assert_true (g_str_has_suffix (subtitle (page, "changes", 1), "南宁市职称改革办公室 (陆建平)"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (page, "how")));
}

/* How to ask for a change is told to the unit's own leader, not to the office that looks at it. */
static void
test_of_another (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *view = adw_navigation_view_new ();
  AdwNavigationPage *page;

  canned_server_answer (fixture->server, "GET /v1/bodies/u2 ", 200, UNIT ("null", "", ""));
  page = zc_body_page_new (fixture->session, "u2");
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  staff_fixture_show (fixture, view);
  staff_await (g_str_equal (shown (GTK_WIDGET (page)), "list"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (GTK_WIDGET (page), "how")));
}

/* Each way in which a unit's head can change. */
static void
test_heads (StaffFixture *fixture, gconstpointer data)
{
  static const char none[]
      = "{\"what\":\"head\",\"from\":\"乙公司\",\"to\":null,\"at\":\"2026-11-27T02:00:00.000Z\","
        "\"dossier\":\"d1\",\"requested_by\":\"覃国栋\",\"decided_by\":{\"name\":null,"
        "\"body\":\"职改办\"}}";
  g_autofree char *changes
      = g_strjoin (",", none, CHANGE ("head", "\"甲公司\"", "乙公司", "null"),
                   CHANGE ("head", "null", "甲公司", "null"), NULL);
  g_autofree char *unit = g_strdup_printf (UNIT ("null", "", "%s"), changes);
  GtkWidget *page = show_page (fixture, 200, unit);

  staff_await (g_str_equal (shown (page), "list"));
  g_assert_cmpstr (title (page, "changes", 0), ==, "No branch of “乙公司” any more");
  g_assert_cmpstr (title (page, "changes", 1), ==, "Moved from “甲公司” to “乙公司”");
  g_assert_cmpstr (title (page, "changes", 2), ==, "Branch of “甲公司”");
  g_assert_null (find_picture (row (page, "changes", 0)));
}

static void
test_branches (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 200, UNIT ("null", OTHER, ""));

  staff_await (g_str_equal (shown (page), "list"));
  g_assert_null (row (page, "facts", 3));
  g_assert_cmpstr (title (page, "branches", 0), ==, "广西总机构有限公司");
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (page, "branches_group")));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "changes_group")));
}

/* Each seal is asked for by its own digest; what cannot be shown is said, and the log stays. */
static void
test_seal (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  GtkPicture *picture;
  g_autofree char *line = NULL;

  canned_server_answer (fixture->server, SEAL, 404, GONE);
  page = show_page (fixture, 200, UNIT ("null", "", CHANGE ("seal", "\"cd\"", SHA, "null")));
  staff_await (g_str_equal (shown (page), "list"));
  g_assert_cmpstr (title (page, "changes", 0), ==, "Seal replaced by this one");
  picture = find_picture (row (page, "changes", 0));
  g_assert_nonnull (picture);
  staff_await (
      g_strcmp0 (gtk_picture_get_alternative_text (picture), "The seal cannot be shown now") == 0);
  line = canned_server_dup_line (fixture->server, SEAL, 0);
  g_assert_nonnull (strstr (line, SHA));
}

static void
test_trouble (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 404, GONE);

  staff_await (g_str_equal (shown (page), "trouble"));
  canned_server_answer (fixture->server, BODY, 200, UNIT ("null", "", ""));
  gtk_widget_activate_action (page, "body.reload", NULL);
  staff_await (g_str_equal (shown (page), "list"));
}

static void
opened_cb (GSimpleAction *action, GVariant *body, gpointer opened)
{
  g_set_str (opened, g_variant_get_string (body, NULL));
}

/* The office searches its own units and opens one. */
static void
test_units (StaffFixture *fixture, gconstpointer data)
{
  static const char items[] = "{\"items\":[" OTHER "],\"next\":null}";
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("body", G_VARIANT_TYPE_STRING);
  g_autofree char *opened = NULL;
  GtkWidget *view = adw_navigation_view_new ();
  AdwNavigationPage *page;

  g_signal_connect (action, "activate", G_CALLBACK (opened_cb), &opened);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (actions));
  canned_server_answer (fixture->server, "GET /v1/catalog/reporting-units", 200, items);
  page = zc_body_page_new_list (fixture->session);
  g_assert_cmpstr (adw_navigation_page_get_tag (page), ==, "units");
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  staff_fixture_show (fixture, view);
  staff_await (row (GTK_WIDGET (page), "rows", 0) != NULL);
  g_assert_cmpstr (title (GTK_WIDGET (page), "rows", 0), ==, "广西总机构有限公司");
  gtk_widget_activate (row (GTK_WIDGET (page), "rows", 0));
  staff_await (opened != NULL);
  g_assert_cmpstr (opened, ==, "u2");
}

/* In a queue a request says which unit it would change. */
static void
test_sought (void)
{
  static const char text[]
      = "{\"id\":\"d1\",\"business\":\"b\",\"business_title\":\"单位更名\",\"year\":2026,"
        "\"registers\":null,"
        "\"target\":{\"unit\":{\"id\":\"u1\",\"name\":\"甲公司\"},\"series\":null,\"level\":null,"
        "\"committee\":null,\"office\":{\"id\":\"o1\",\"name\":\"职改办\"}}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), &error);
  g_autoptr (ZcDossier) dossier = zc_dossier_new_from_json (zc_json_root (json), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (zc_dossier_get_sought (dossier), ==, "单位更名 · 甲公司");
  g_assert_cmpstr (zc_dossier_get_way (dossier), ==, "甲公司 → 职改办");
}

static void
leave (StaffFixture *fixture, GtkWidget *page)
{
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  staff_fixture_show (fixture, gtk_label_new (""));
  staff_await (page == NULL);
}

/* The page may go while its picture is on the way, or what it tells: what comes then finds nothing to show it on, and lets the
 * page go. */
static void
test_gone (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page
      = show_page (fixture, 200, UNIT ("null", "", CHANGE ("seal", "null", SHA, "null")));

  staff_await (g_str_equal (shown (page), "list"));
  g_assert_cmpstr (title (page, "changes", 0), ==, "First seal");
  leave (fixture, page);
  page = g_object_ref_sink (GTK_WIDGET (zc_body_page_new (fixture->session, "u1")));
  g_object_run_dispose (G_OBJECT (page));
  staff_await (G_OBJECT (page)->ref_count == 1); /* the answer has come, and holds it no more */
  g_object_unref (page);
}

#define ADD(path, test)                                                                            \
  g_test_add (path, StaffFixture, NULL, staff_fixture_set_up, test, staff_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/body/U2/log", test_log);
  ADD ("/body/U2/of-another", test_of_another);
  ADD ("/body/U2/heads", test_heads);
  ADD ("/body/U2/branches", test_branches);
  ADD ("/body/U2/seal", test_seal);
  ADD ("/body/U2/trouble", test_trouble);
  ADD ("/body/U2/gone", test_gone);
  ADD ("/body/U2/units-of-an-office", test_units);
  g_test_add_func ("/body/U2/sought", test_sought);
  return g_test_run ();
}
