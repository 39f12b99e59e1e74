/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-choice-page.h"
#include "zc-session-private.h"
#include "zc-target-dialog.h"

/* Choosing where a dossier goes: what can be chosen first, what cannot below it with its reason; and what another target leaves
 * without a question. */

#define FAR "\"2099-06-30T09:00:00.000Z\""
#define NEXT "\"2099-01-01T00:00:00.000Z\""
#define PAST "\"2020-03-31T09:00:00.000Z\""
#define LEVEL(exam, open, opens, closed)                                                                                   \
  "{\"id\":\"junior\",\"names\":[\"技术员\",\"助理工程师\"],\"exam_only\":" exam ",\"open_until\":" open ",\"opens_at\":" opens \
  ",\"closed_at\":" closed "}"
#define SERIES(name, level) "{\"id\":\"" name "\",\"name\":\"" name "\",\"levels\":[" level "]}"
#define ALL_SERIES                                                                                                         \
  "{\"items\":[" SERIES ("exam", LEVEL ("true", "null", "null", "null")) "," SERIES ("nobody", LEVEL ("false", "null", "null", "null")) \
  "," SERIES ("open", LEVEL ("false", FAR, NEXT, PAST)) "," SERIES ("to-come", LEVEL ("false", "null", NEXT, PAST)) ","            \
  SERIES ("closed", LEVEL ("false", "null", "null", PAST)) "]}"
#define COMMITTEE(id, start, end, open, taken)                                                                             \
  "{\"id\":\"" id "\",\"name\":\"" id "\",\"series\":\"s\",\"level\":\"l\",\"year\":2099,\"office\":{\"id\":\"o\",\"name\":\"职改办\"}," \
  "\"window\":{\"start\":" start ",\"end\":" end "},\"open\":" open ",\"taken\":" taken "}"
#define COMMITTEES                                                                                                         \
  "{\"items\":[" COMMITTEE ("closed", PAST, PAST, "false", "null") "," COMMITTEE ("taken", PAST, FAR, "true", "\"other\"") ","   \
  COMMITTEE ("mine", PAST, FAR, "true", "\"dossier-1\"") "," COMMITTEE ("to-come", NEXT, FAR, "false", "null") ","                \
  COMMITTEE ("free", PAST, FAR, "true", "null") "]}"

static const char *
child_name (GtkWidget *page)
{
  return gtk_stack_get_visible_child_name (staff_fixture_find (page, "stack"));
}

static GtkWidget *
show_page (StaffFixture *fixture, const ZcChoice *choice)
{
  AdwNavigationPage *page = zc_choice_page_new (fixture->session, choice, NULL);
  GtkWidget *view = adw_navigation_view_new ();

  g_assert_cmpstr (child_name (GTK_WIDGET (page)), ==, "loading");
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  staff_fixture_show (fixture, view);
  return GTK_WIDGET (page);
}

static AdwActionRow *
row_at (GtkWidget *page, const char *list, int position)
{
  return (AdwActionRow *) gtk_list_box_get_row_at_index (staff_fixture_find (page, list), position);
}

/* The names of a list's rows, in order. */
static char *
dup_names (GtkWidget *page, const char *list)
{
  GString *names = g_string_new (NULL);
  AdwActionRow *row;

  for (int i = 0; (row = row_at (page, list, i)) != NULL; i++)
    g_string_append_printf (names, "%s ", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return g_string_free (names, FALSE);
}

static AdwActionRow *
find_row (GtkWidget *page, const char *list, const char *name)
{
  AdwActionRow *row;

  for (int i = 0; (row = row_at (page, list, i)) != NULL; i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name))
      return row;
  g_error ("no row %s", name);
}

/* The reason is read on the screen and told to the screen reader, which can come to it. */
static void
assert_hindered (GtkWidget *page, const char *name, const char *reason)
{
  AdwActionRow *row = find_row (page, "others", name);

  if (strstr (adw_action_row_get_subtitle (row), reason) == NULL)
    g_error ("%s: %s", name, adw_action_row_get_subtitle (row));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (row)) && gtk_widget_get_focusable (GTK_WIDGET (row)));
  g_assert_true (gtk_test_accessible_has_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_DISABLED));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static void
test_series (StaffFixture *fixture, gconstpointer data)
{
  const ZcChoice choice = { .title = "Series", .list = "series", .evaluated = TRUE, .grants = TRUE };
  g_autofree char *names = NULL, *others = NULL;
  GtkWidget *page;

  canned_server_answer (fixture->server, "GET /v1/catalog/series", 200, ALL_SERIES);
  page = show_page (fixture, &choice);
  staff_await (g_str_equal (child_name (page), "list"));
  names = dup_names (page, "rows");
  others = dup_names (page, "others");
  g_assert_cmpstr (names, ==, "open ");
  g_assert_cmpstr (others, ==, "exam nobody to-come closed ");
  assert_hindered (page, "exam", "national exam");
  assert_hindered (page, "nobody", "No committee evaluates this series this year");
  assert_hindered (page, "to-come", "opens on January 1, 2099 08:00");
  assert_hindered (page, "closed", "Closed since March 31, 2020 17:00");
  staff_fixture_check_names (page);
}

/* Where no committee evaluates, windows bar nothing; exams do where a new title is granted (decisions 14). */
static void
assert_series_without_committees (StaffFixture *fixture, gboolean grants)
{
  const ZcChoice choice = { .title = "Series", .list = "series", .grants = grants };
  const guint barred = choice.grants ? 1 : 0;
  GtkWidget *page;

  canned_server_answer (fixture->server, "GET /v1/catalog/series", 200, ALL_SERIES);
  page = show_page (fixture, &choice);
  staff_await (g_str_equal (child_name (page), "list"));
  g_assert_nonnull (row_at (page, "rows", 4 - barred));
  g_assert_null (row_at (page, "others", barred));
  g_assert_cmpint (gtk_widget_get_visible (staff_fixture_find (page, "others_title")), ==, barred);
  if (barred)
    assert_hindered (page, "exam", "national exam");
}

static void
test_series_confirmed (StaffFixture *fixture, gconstpointer data)
{
  assert_series_without_committees (fixture, FALSE);
}

static void
test_series_granted (StaffFixture *fixture, gconstpointer data)
{
  assert_series_without_committees (fixture, TRUE);
}

static void
test_levels (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *level;
    const char *reason;  /* NULL: it can be chosen */
    gboolean recognised; /* no committee evaluates */
  } rows[] = {
    { LEVEL ("false", FAR, "null", "null"), NULL },
    { LEVEL ("true", "null", "null", "null"), "national exam" },
    { LEVEL ("false", "null", NEXT, "null"), "Not open yet: opens on" },
    { LEVEL ("false", "null", "null", PAST), "Closed since" },
    { LEVEL ("false", "null", "null", "null"), "No committee evaluates this level" },
    { LEVEL ("false", "null", "null", "null"), NULL, TRUE },
    { LEVEL ("true", "null", "null", "null"), "national exam", TRUE },
  };

  canned_server_answer (fixture->server, "GET /v1/catalog/levels", 200,
                        "{\"items\":[{\"id\":\"junior\",\"name\":\"初级\"},{\"id\":\"moon\",\"name\":\"月级\"}]}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"s\",\"name\":\"s\",\"levels\":[%s]}", rows[i].level);
      g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
      g_autoptr (ZcCatalogItem) series = zc_catalog_item_new_from_json (zc_json_root (json), NULL);
      const ZcChoice choice = { .title = "Level", .list = "levels", .series = series,
                                .evaluated = !rows[i].recognised, .grants = TRUE };
      GtkWidget *page = show_page (fixture, &choice);

      staff_await (g_str_equal (child_name (page), "list"));
      assert_hindered (page, "月级", "no such level");
      if (rows[i].reason != NULL)
        assert_hindered (page, "初级", rows[i].reason);
      else
        g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (find_row (page, "rows", "初级"))));
    }
}

static void
test_committees (StaffFixture *fixture, gconstpointer data)
{
  const ZcChoice choice = { .title = "Committee", .list = "committees", .series_id = "s", .level = "l", .business = "evaluation",
                            .own = "dossier-1", .evaluated = TRUE, .grants = TRUE };
  g_autofree char *names = NULL, *line = NULL;
  GtkWidget *page;

  canned_server_answer (fixture->server, "GET /v1/catalog/committees", 200, COMMITTEES);
  page = show_page (fixture, &choice);
  staff_await (g_str_equal (child_name (page), "list"));
  names = dup_names (page, "rows");
  g_assert_cmpstr (names, ==, "mine free ");
  assert_hindered (page, "closed", "Closed since March 31, 2020 17:00");
  assert_hindered (page, "to-come", "opens on January 1, 2099 08:00");
  assert_hindered (page, "taken", "You already have an application of 2099");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (find_row (page, "rows", "free")), "职改办 · year 2099 ·"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (find_row (page, "rows", "free")), "days left, closes June 30, 2099 17:00"));
  line = canned_server_dup_line (fixture->server, "GET /v1/catalog/committees", 0);
  g_assert_nonnull (strstr (line, "business=evaluation"));
}

static void
test_search (StaffFixture *fixture, gconstpointer data)
{
  const ZcChoice choice = { .title = "Series", .list = "series", .evaluated = TRUE, .grants = TRUE };
  g_autofree char *others = NULL;
  GtkWidget *page;
  GtkEditable *search;

  canned_server_answer (fixture->server, "GET /v1/catalog/series", 200, ALL_SERIES);
  page = show_page (fixture, &choice);
  search = staff_fixture_find (page, "search");
  staff_await (g_str_equal (child_name (page), "list"));
  gtk_editable_set_text (search, "clo");
  staff_await (row_at (page, "rows", 0) == NULL);
  others = dup_names (page, "others");
  g_assert_cmpstr (others, ==, "closed ");
  g_signal_emit_by_name (search, "activate");
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (page)) == GTK_WIDGET (row_at (page, "others", 0)));
  gtk_editable_set_text (search, "open");
  staff_await (row_at (page, "rows", 0) != NULL);
  g_signal_emit_by_name (search, "activate");
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (page)) == GTK_WIDGET (row_at (page, "rows", 0)));
  gtk_editable_set_text (search, "beekeeping");
  staff_await (g_str_equal (child_name (page), "empty"));
  g_assert_cmpstr (adw_status_page_get_title (staff_fixture_find (page, "empty")), ==, "Nothing found");
}

#define UNIT(id, name, code) "{\"id\":\"" id "\",\"name\":\"" name "\",\"credit_code\":\"" code "\"}"

/* The server's list follows while somebody is about to press: a row that stays is the same widget, with the focus where it was. */
static void
test_rows_stay (StaffFixture *fixture, gconstpointer data)
{
  const ZcChoice choice = { .title = "Unit", .list = "units" };
  g_autofree char *names = NULL;
  GtkWidget *page, *row;

  canned_server_answer (fixture->server, "GET /v1/catalog/units", 200,
                        "{\"items\":[" UNIT ("a", "甲厂", "1") "," UNIT ("b", "乙厂", "2") "," UNIT ("c", "丙厂", "3") "]}");
  page = show_page (fixture, &choice);
  staff_await (g_str_equal (child_name (page), "list"));
  row = GTK_WIDGET (find_row (page, "rows", "乙厂"));
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == row);
  canned_server_answer (fixture->server, "GET /v1/catalog/units", 200,
                        "{\"items\":[" UNIT ("d", "丁厂", "4") "," UNIT ("b", "乙总厂", "2") "," UNIT ("a", "甲厂", "1") "]}");
  gtk_editable_set_text (staff_fixture_find (page, "search"), "厂");
  staff_await (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row_at (page, "rows", 0))), "丁厂"));
  names = dup_names (page, "rows");
  g_assert_cmpstr (names, ==, "丁厂 乙总厂 甲厂 ");
  g_assert_true ((GtkWidget *) find_row (page, "rows", "乙总厂") == row);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == row);
}

static void
test_trouble_and_empty (StaffFixture *fixture, gconstpointer data)
{
  const ZcChoice choice = { .title = "Office", .list = "offices" };
  GtkWidget *page;

  canned_server_answer (fixture->server, "GET /v1/catalog/offices", 500, "{\"type\":\"urn:zhicheng:problem:internal\",\"status\":500}");
  page = show_page (fixture, &choice);
  staff_await (g_str_equal (child_name (page), "trouble"));
  canned_server_answer (fixture->server, "GET /v1/catalog/offices", 200, "{\"items\":[]}");
  gtk_widget_activate_action (page, "choice.retry", NULL);
  staff_await (g_str_equal (child_name (page), "empty"));
}

static AdwDialog *
present_retarget (StaffFixture *fixture)
{
  g_autoptr (ZcDossier) dossier = staff_fixture_new_dossier (1, 5, "\"state\":\"draft\",\"holder\":null,\"actions\":[\"retarget\"],");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "businesses", "odd.json", NULL);
  g_autofree char *text = NULL;
  AdwDialog *dialog;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  canned_server_answer (fixture->server, "GET /v1/businesses/evaluation", 200, text);
  staff_fixture_show (fixture, gtk_label_new ("behind"));
  dialog = zc_target_dialog_new (fixture->session, "evaluation", dossier);
  adw_dialog_present (dialog, fixture->window);
  staff_await (g_strcmp0 (gtk_stack_get_visible_child_name (staff_fixture_find (GTK_WIDGET (dialog), "stack")), "list") == 0);
  return dialog;
}

/* What another level no longer asks for is listed by the titles of the form; then the dialog goes (S3.1.2e). */
static void
test_kept (StaffFixture *fixture, gconstpointer data)
{
  AdwDialog *dialog = present_retarget (fixture);
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"draft\",\"holder\":null,\"actions\":[\"retarget\"],"
                                                          "\"kept\":[{\"section\":\"harvests\",\"field\":\"buyer\"},{\"section\":\"thesis\"}],");
  g_autofree char *names = NULL, *body = NULL;

  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/target", 200, answer);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "target.confirm", NULL);
  staff_await (adw_navigation_view_get_visible_page (staff_fixture_find (GTK_WIDGET (dialog), "pages")) != NULL
               && g_str_equal (adw_navigation_page_get_title (adw_navigation_view_get_visible_page (
                                   staff_fixture_find (GTK_WIDGET (dialog), "pages"))), "Changed"));
  names = dup_names (GTK_WIDGET (dialog), "rows");
  g_assert_cmpstr (names, ==, "买家 论文 ");
  staff_fixture_check_names (GTK_WIDGET (dialog));
  body = canned_server_dup_sent (fixture->server, "PUT /v1/dossiers/dossier-1/target", 0);
  g_assert_cmpstr (body, ==, "{\"version\":5,\"target\":{\"unit\":\"u1\",\"level\":\"associate-senior\"}}");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "target.cancel", NULL);
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
}

/* A refusal keeps the dialog, and says when it closed. */
static void
test_refused (StaffFixture *fixture, gconstpointer data)
{
  AdwDialog *dialog = present_retarget (fixture);
  GtkLabel *message = staff_fixture_find (GTK_WIDGET (dialog), "message");

  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/target", 409,
                        "{\"type\":\"urn:zhicheng:problem:window-closed\",\"status\":409,\"title\":\"-\",\"detail\":\"-\","
                        "\"window\":{\"start\":" PAST ",\"end\":" PAST "}}");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "target.confirm", NULL);
  staff_await (strstr (gtk_label_get_label (message), "closed on March 31, 2020 17:00") != NULL);
  g_assert_true (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == dialog);
  adw_dialog_force_close (dialog);
}

static void
lead_two_units (ZcSession *session)
{
  static const char text[]
      = "{\"id\":\"a1\",\"name\":\"覃国栋\",\"id_kind\":\"id-card\",\"id_number\":\"4501\",\"birth_date\":null,\"sex\":null,"
        "\"mobile\":\"1\",\"email\":\"e\",\"membership\":null,\"memberships\":["
        "{\"id\":\"m1\",\"role\":\"clerk\",\"body\":{\"id\":\"u1\",\"kind\":\"unit\",\"name\":\"所在单位\"}},"
        "{\"id\":\"m2\",\"role\":\"leader\",\"body\":{\"id\":\"u7\",\"kind\":\"unit\",\"name\":\"所领导的单位\"}}]}";
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);

  zc_session_take_account (session, zc_account_new_from_json (zc_json_root (json), NULL));
}

/* The unit that is changed is one that the person leads: the first is there already, and only such are offered (U2). */
static void
test_change_of_unit (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "businesses", "unit_rename.json", NULL);
  g_autofree char *text = NULL, *line = NULL, *sent = NULL;
  AdwDialog *dialog;
  GtkListBoxRow *row;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  canned_server_answer (fixture->server, "GET /v1/businesses/unit_rename", 200, text);
  canned_server_answer (fixture->server, "GET /v1/catalog/led-units", 200, "{\"items\":[],\"next\":null}");
  lead_two_units (fixture->session);
  staff_fixture_show (fixture, gtk_label_new ("behind"));
  dialog = zc_target_dialog_new (fixture->session, "unit_rename", NULL);
  adw_dialog_present (dialog, fixture->window);
  staff_await (g_strcmp0 (child_name (GTK_WIDGET (dialog)), "list") == 0);
  row = gtk_list_box_get_row_at_index (staff_fixture_find (GTK_WIDGET (dialog), "list"), 0);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Unit to be changed");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "所领导的单位");
  g_assert_nonnull (strstr (gtk_label_get_label (staff_fixture_find (GTK_WIDGET (dialog), "explanation")), "you are a leader of"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "target.confirm", NULL);
  staff_await ((sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers", 0)) != NULL);
  g_assert_nonnull (strstr (sent, "\"target\":{\"unit\":\"u7\"}"));
  gtk_widget_activate (GTK_WIDGET (row));
  staff_await ((line = canned_server_dup_line (fixture->server, "GET /v1/catalog/led-units", 0)) != NULL);
  adw_dialog_force_close (dialog);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/choice/S3.1.1a/series", test_series },
    { "/choice/S3.1.1a/series-without-committees/confirmed", test_series_confirmed },
    { "/choice/S3.2.1/decision-14/series-without-committees/granted", test_series_granted },
    { "/choice/S3.1.1a/levels", test_levels },
    { "/choice/S3.1.1a/S3.1.1b/committees", test_committees },
    { "/choice/P21/search", test_search },
    { "/choice/S3.1.1a/rows-stay", test_rows_stay },
    { "/choice/trouble-and-empty", test_trouble_and_empty },
    { "/target/S3.1.2e/kept", test_kept },
    { "/target/S3.1.1a/N12/refused", test_refused },
    { "/target/U2/change-of-unit", test_change_of_unit },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
