/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-session-private.h"
#include "zc-window.h"

#define SECTION(id) "{\"id\":\"" id "\",\"state\":\"complete\",\"version\":1,\"problems\":0}"
#define DOSSIER                                                                                                        \
  "{\"id\":\"dossier-%d\",\"business\":\"evaluation\",\"business_title\":\"职称评审\",\"revision\":1,\"year\":2026,"   \
  "\"target\":{\"unit\":{\"id\":\"u1\",\"name\":\"广西南方机械有限公司\"},"                                            \
  "\"series\":{\"id\":\"engineering\",\"name\":\"工程技术\"},\"level\":{\"id\":\"associate-senior\",\"name\":\"副高级\"}," \
  "\"committee\":{\"id\":\"c1\",\"name\":\"南宁市工程系列高级评委会\"},"                                               \
  "\"office\":{\"id\":\"o1\",\"name\":\"南宁市职称改革办公室\"}},\"stage\":\"unit\",%s\"version\":%" G_GINT64_FORMAT "," \
  "\"applicant\":{\"name\":\"黄志明%d\",\"id_number\":\"4501**********021X\"},"                                        \
  "\"created_at\":\"2026-11-20T08:00:00.000Z\",\"updated_at\":\"2026-11-23T07:04:00.000Z\","                           \
  "\"submitted_at\":\"2026-11-23T07:04:00.000Z\",\"deadline\":null,\"sections_done\":3,\"sections_total\":3,"          \
  "\"sections\":[" SECTION ("basic_information") "," SECTION ("education_history") "," SECTION ("work_summary") "],"        \
  "\"resolved\":{},\"returned\":null,\"receipt\":null,\"submissions\":1}"
#define ACCOUNT                                                                                                        \
  "{\"id\":\"a1\",\"name\":\"韦晓岚\",\"id_kind\":\"id-card\",\"id_number\":\"4501**********0021\","                   \
  "\"birth_date\":\"1990-01-01\",\"sex\":\"female\",\"mobile\":\"139****0001\",\"email\":\"w***@example.org\","        \
  "\"memberships\":[{\"id\":\"m1\",\"role\":\"clerk\",\"body\":{\"id\":\"u1\",\"kind\":\"unit\","                      \
  "\"name\":\"广西南方机械有限公司\"}}],\"membership\":\"m1\"}"

static ZcJson *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ZcJson *json = zc_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return json;
}

void
staff_fixture_set_up (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcJson) json = parse (ACCOUNT);
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  fixture->server = canned_server_new ();
  url = canned_server_dup_url (fixture->server);
  fixture->session = zc_session_new (url);
  zc_session_take_account (fixture->session, zc_account_new_from_json (zc_json_root (json), &error));
  g_assert_no_error (error);
  fixture->session->dossiers = zc_dossier_list_new (fixture->session->client, NULL);
  zc_session_notify (fixture->session, PROP_DOSSIERS);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1180, 760);
}

/* What was shown goes with its window, and the session with it: nothing holds on to either. */
void
staff_fixture_tear_down (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (fixture->window));
  gpointer session = fixture->session;

  if (content != NULL)
    g_object_add_weak_pointer (G_OBJECT (content), (gpointer *) &content);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  staff_await (content == NULL);
  g_object_add_weak_pointer (G_OBJECT (session), &session);
  g_object_unref (fixture->session);
  staff_await (session == NULL);
  canned_server_free (fixture->server);
}

void
staff_fixture_show (StaffFixture *fixture, GtkWidget *widget)
{
  adw_window_set_content (ADW_WINDOW (fixture->window), widget);
  gtk_window_present (GTK_WINDOW (fixture->window));
  staff_fixture_idle ();
}

char *
staff_fixture_dup_json (int n, gint64 version, const char *members)
{
  return g_strdup_printf (DOSSIER, n, members, version, n);
}

ZcDossier *
staff_fixture_new_dossier (int n, gint64 version, const char *members)
{
  g_autofree char *text = staff_fixture_dup_json (n, version, members);
  g_autoptr (ZcJson) json = parse (text);
  g_autoptr (GError) error = NULL;
  ZcDossier *dossier = zc_dossier_new_from_json (zc_json_root (json), &error);

  g_assert_no_error (error);
  return dossier;
}

void
staff_fixture_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkWidget *
find (GtkWidget *root, const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), id) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gpointer
staff_fixture_find (GtkWidget *root, const char *id)
{
  GtkWidget *found = find (root, id);

  g_assert_nonnull (found);
  return found;
}

static gboolean
awake_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* One turn of the loop, which wakes up by itself; FALSE when the time is over. */
gboolean
staff_fixture_tick (gint64 until)
{
  g_timeout_add (5, awake_cb, NULL);
  g_main_context_iteration (NULL, TRUE);
  return g_get_monotonic_time () < until;
}

static gboolean
has_name (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return TRUE;
  if (ADW_IS_PREFERENCES_ROW (widget))
    return *adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)) != '\0';
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget) ||
         ADW_IS_TOGGLE_GROUP (widget) || ADW_IS_ENTRY_ROW (widget) || GTK_IS_MENU_BUTTON (widget);
}

void
staff_fixture_check_names (GtkWidget *root)
{
  if (is_control (root) && !has_name (root))
    g_error ("a %s has no name", G_OBJECT_TYPE_NAME (root));
  /* what GTK and libadwaita build inside their own controls is theirs */
  if (is_control (root) && !GTK_IS_COLUMN_VIEW (root))
    return;
  if (GTK_IS_WINDOW_CONTROLS (root) || GTK_IS_SCROLLBAR (root))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      staff_fixture_check_names (child);
}

static void
find_words (GtkWidget *widget, const char *words, gboolean *found)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    *found = TRUE;
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    find_words (next, words, found);
}

gboolean
staff_fixture_shows (GtkWidget *root, const char *words)
{
  gboolean found = FALSE;

  find_words (root, words, &found);
  return found;
}

GtkWidget *
staff_fixture_find_where (GtkWidget *root, gboolean (*wanted) (GtkWidget *))
{
  if (gtk_widget_get_mapped (root) && wanted (root))
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = staff_fixture_find_where (next, wanted);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
staff_fixture_open_window (StaffFixture *fixture, AdwNavigationPage *page, int width)
{
  GtkWidget *window = GTK_WIDGET (zc_window_new (NULL, fixture->session));

  gtk_window_set_default_size (GTK_WINDOW (window), width, 760);
  gtk_window_present (GTK_WINDOW (window));
  zc_window_push (ZC_WINDOW (window), page);
  staff_await (gtk_widget_get_mapped (GTK_WIDGET (page)) && gtk_widget_get_width (window) > 0);
  g_assert_cmpint (gtk_widget_get_width (window), <=, width + 20);
  return window;
}

void
staff_fixture_close_window (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  staff_await (window == NULL);
}

int
staff_fixture_run (int argc, char *argv[], const StaffCase *cases, guint n_cases)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < n_cases; i++)
    g_test_add (cases[i].path, StaffFixture, NULL, staff_fixture_set_up, cases[i].test, staff_fixture_tear_down);
  return g_test_run ();
}
