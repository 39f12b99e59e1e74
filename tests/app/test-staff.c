/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-entry-field.h"
#include "zc-invite-dialog.h"
#include "zc-staff-page.h"

/* A leader and the people of their body, over a canned server (U2). */

#define LIST "GET /v1/staff"
#define SET "PUT /v1/staff/"
#define INVITE "POST /v1/invitations"
#define TAKE_BACK "DELETE /v1/invitations/"
#define PROBLEM(code, status, more)                                                                \
  "{\"type\":\"urn:zhicheng:problem:" code "\",\"status\":" status ",\"title\":\"-\"" more "}"
#define MEMBER(id, name, role, state, me)                                                          \
  "{\"id\":\"" id "\",\"name\":\"" name "\",\"id_number\":\"4501**********0021\",\"role\":\"" role \
  "\",\"state\":\"" state "\",\"since\":\"2026-11-27T01:00:00.000Z\",\"me\":" me "}"
#define ME MEMBER ("m1", "覃国栋", "leader", "enabled", "true")
#define CLERK(state) MEMBER ("m2", "韦 <b>晓岚", "clerk", state, "false")
#define INVITED                                                                                    \
  "{\"id\":\"i1\",\"name\":\"黄志明\",\"id_number\":\"4501**********2376\",\"role\":\"clerk\","    \
  "\"expires_at\":\"2026-11-30T01:00:00.000Z\"}"
#define STAFF(members, invitations) "{\"items\":[" members "],\"invitations\":[" invitations "]}"
#define CODE "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"

static const char *
shown (GtkWidget *root)
{
  return gtk_stack_get_visible_child_name (staff_fixture_find (root, "stack"));
}

static GtkWidget *
show_page (StaffFixture *fixture, int status, const char *list)
{
  AdwNavigationPage *page;
  GtkWidget *view = adw_navigation_view_new ();

  canned_server_answer (fixture->server, LIST, status, list);
  page = zc_staff_page_new (fixture->session);
  g_assert_cmpstr (shown (GTK_WIDGET (page)), ==, "loading");
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  staff_fixture_show (fixture, view);
  return GTK_WIDGET (page);
}

static guint
count_rows (GtkWidget *page, const char *list)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (staff_fixture_find (page, list), (int)n) != NULL)
    n++;
  return n;
}

static const char *
row_title (GtkWidget *page, const char *list, int index)
{
  return adw_preferences_row_get_title (
      ADW_PREFERENCES_ROW (gtk_list_box_get_row_at_index (staff_fixture_find (page, list), index)));
}

/* The button below a widget whose action is that, or NULL. */
static GtkWidget *
find_button (GtkWidget *root, const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

static GtkWidget *
row_button (GtkWidget *page, const char *list, int index, const char *action)
{
  return find_button (
      GTK_WIDGET (gtk_list_box_get_row_at_index (staff_fixture_find (page, list), index)), action);
}

static void
press (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  staff_fixture_idle ();
}

/* --- the page --- */

static void
test_list (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 200, STAFF (ME "," CLERK ("enabled"), INVITED));

  staff_await (g_str_equal (shown (page), "list"));
  staff_fixture_check_names (page);
  g_assert_cmpuint (count_rows (page, "members"), ==, 2);
  g_assert_cmpuint (count_rows (page, "invitations"), ==, 1);
  g_assert_cmpstr (row_title (page, "members", 1), ==, "韦 <b>晓岚");
  g_assert_null (row_button (page, "members", 0, "staff.disable"));
  g_assert_null (row_button (page, "members", 1, "staff.enable"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "alone")));
}

static void
test_alone (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 200, STAFF (ME, ""));

  staff_await (g_str_equal (shown (page), "list"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (page, "alone")));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "invited")));
}

static void
test_trouble (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 503, PROBLEM ("busy", "503", ""));

  staff_await (g_str_equal (shown (page), "trouble"));
  canned_server_answer (fixture->server, LIST, 200, STAFF (ME, ""));
  gtk_widget_activate_action (page, "staff.reload", NULL);
  g_assert_cmpstr (shown (page), ==, "loading");
  staff_await (g_str_equal (shown (page), "list"));
}

/* Asked before; both ways, each decision with a key of its own. */
static void
test_disable (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 200, STAFF (ME "," CLERK ("enabled"), ""));
  g_autofree char *early = NULL, *line = NULL, *sent = NULL, *back = NULL;
  g_autofree char *first = NULL, *second = NULL;
  AdwDialog *asked;

  staff_await (g_str_equal (shown (page), "list"));
  canned_server_answer (fixture->server, SET, 200, CLERK ("disabled"));
  canned_server_answer (fixture->server, LIST, 200, STAFF (ME "," CLERK ("disabled"), ""));
  press (row_button (page, "members", 1, "staff.disable"));
  asked = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_true (ADW_IS_ALERT_DIALOG (asked));
  early = canned_server_dup_line (fixture->server, SET, 0);
  g_assert_null (early);
  g_signal_emit_by_name (asked, "response::disable", "disable");
  adw_dialog_force_close (asked);
  staff_await (row_button (page, "members", 1, "staff.enable") != NULL);
  sent = canned_server_dup_sent (fixture->server, SET, 0);
  g_assert_cmpstr (sent, ==, "{\"state\":\"disabled\"}");
  line = canned_server_dup_line (fixture->server, SET, 0);
  g_assert_nonnull (strstr (line, "/v1/staff/m2"));
  canned_server_answer (fixture->server, LIST, 200, STAFF (ME "," CLERK ("enabled"), ""));
  gtk_widget_grab_focus (row_button (page, "members", 1, "staff.enable"));
  press (row_button (page, "members", 1, "staff.enable"));
  staff_await (row_button (page, "members", 1, "staff.disable") != NULL);
  g_assert_true (GTK_IS_LIST_BOX_ROW (gtk_window_get_focus (GTK_WINDOW (fixture->window)))); /* the button that had it is gone (P21) */
  back = canned_server_dup_sent (fixture->server, SET, 1);
  g_assert_cmpstr (back, ==, "{\"state\":\"enabled\"}");
  first = canned_server_dup_key (fixture->server, SET, 0);
  second = canned_server_dup_key (fixture->server, SET, 1);
  g_assert_cmpstr (first, !=, second);
}

static void
refused_cb (GError **told, const GError *error)
{
  g_clear_error (told);
  *told = g_error_copy (error);
}

/* What the server refuses is told, and the list shows what is so. */
static void
test_refused (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_page (fixture, 200, STAFF (ME, INVITED));
  g_autoptr (GError) told = NULL;

  g_signal_connect_swapped (fixture->session, "refused", G_CALLBACK (refused_cb), &told);
  staff_await (g_str_equal (shown (page), "list"));
  canned_server_answer (fixture->server, TAKE_BACK, 404, PROBLEM ("not-found", "404", ""));
  canned_server_answer (fixture->server, LIST, 200, STAFF (ME "," CLERK ("enabled"), ""));
  press (row_button (page, "invitations", 0, "staff.uninvite"));
  staff_await (count_rows (page, "members") == 2);
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "invited")));
  g_assert_error (told, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND);
  g_signal_handlers_disconnect_by_data (fixture->session, &told);
}

/* --- inviting --- */

static GtkWidget *
show_dialog (StaffFixture *fixture)
{
  AdwDialog *dialog = zc_invite_dialog_new (zc_session_get_client (fixture->session));

  staff_fixture_show (fixture, gtk_label_new (""));
  adw_dialog_present (dialog, fixture->window);
  staff_fixture_idle ();
  return GTK_WIDGET (dialog);
}

static void
enter (GtkWidget *dialog, const char *field, const char *text)
{
  zc_entry_field_set_text (staff_fixture_find (dialog, field), text);
  staff_fixture_idle ();
}

static gboolean
has_message (GtkWidget *dialog, const char *field)
{
  const char *message = zc_entry_field_get_message (staff_fixture_find (dialog, field));

  return message != NULL && *message != '\0';
}

static void
test_invite (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = show_dialog (fixture);
  GtkWidget *make = find_button (dialog, "invite.make");
  g_autofree char *sent = NULL;

  staff_fixture_check_names (dialog);
  g_assert_false (gtk_widget_get_sensitive (make));
  enter (dialog, "name", "黄志明");
  g_assert_false (gtk_widget_get_sensitive (make));
  enter (dialog, "id_number", "450105199308182376");
  adw_toggle_group_set_active_name (staff_fixture_find (dialog, "role"), "leader");
  canned_server_answer (fixture->server, INVITE, 201,
                        "{\"id\":\"i1\",\"invitation\":\"" CODE
                        "\",\"expires_at\":\"2026-11-30T01:00:00.000Z\"}");
  press (make);
  staff_await (g_str_equal (shown (dialog), "code"));
  sent = canned_server_dup_sent (fixture->server, INVITE, 0);
  g_assert_cmpstr (
      sent, ==, "{\"name\":\"黄志明\",\"id_number\":\"450105199308182376\",\"role\":\"leader\"}");
  g_assert_cmpstr (gtk_label_get_label (staff_fixture_find (dialog, "code")), ==, CODE);
  staff_fixture_check_names (dialog);
}

/* Each fault at its own field, gone when it is mended; what is of no field is told all the same. */
static void
test_invite_refused (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = show_dialog (fixture);

  canned_server_answer (
      fixture->server, INVITE, 422,
      PROBLEM ("invalid", "422",
               ",\"problems\":[{\"field\":\"id_number\",\"code\":\"id-checksum\"}]"));
  enter (dialog, "name", "黄志明");
  enter (dialog, "id_number", "450105199308182377");
  g_signal_emit_by_name (staff_fixture_find (dialog, "id_number"), "activated");
  staff_await (has_message (dialog, "id_number"));
  g_assert_false (has_message (dialog, "name"));
  enter (dialog, "id_number", "450105199308182376");
  g_assert_false (has_message (dialog, "id_number"));
  canned_server_answer (fixture->server, INVITE, 403, PROBLEM ("oneself", "403", ""));
  g_signal_emit_by_name (staff_fixture_find (dialog, "id_number"), "activated");
  staff_await (has_message (dialog, "id_number"));
  g_assert_cmpstr (shown (dialog), ==, "ask");
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/staff/U2/list", test_list },
    { "/staff/U2/alone", test_alone },
    { "/staff/U2/trouble", test_trouble },
    { "/staff/U2/SEC-S14/disable-and-enable", test_disable },
    { "/staff/U2/refused", test_refused },
    { "/invite/U2/SEC-S18/told-once", test_invite },
    { "/invite/U2/refused", test_invite_refused },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
