/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-devices-dialog.h"
#include "zc-entry-field.h"
#include "zc-factor-dialog.h"
#include "zc-invitation-dialog.h"
#include "zc-session-private.h"
#include "zc-sign-in-form.h"
#include "zc-window.h"

/* The second factor of staff and the devices one is signed in on, over a canned server. */

#define BEGIN "POST /v1/factor"
#define SHOW "PUT /v1/sessions/current/factor"
#define CHOOSE "PUT /v1/sessions/current/membership"
#define SIGN_IN "POST /v1/sessions"
#define LIST "GET /v1/sessions"
#define END "DELETE /v1/sessions/"
#define PROBLEM(code, status)                                                                      \
  "{\"type\":\"urn:zhicheng:problem:" code "\",\"status\":" status ",\"title\":\"-\"}"
#define SECRET "{\"secret\":\"GEZDGNBVGY3TQOJQ\",\"uri\":\"otpauth://totp/Zhicheng:x?secret=GEZDGNBVGY3TQOJQ\"," \
               "\"recovery_codes\":[\"0AAAA-BBBBB\",\"1CCCC-DDDDD\"]}"
#define SIGNED_IN                                                                                  \
  "{\"id\":\"s1\",\"token\":\"t1\",\"expires_at\":\"2027-01-01T00:00:00.000Z\","                   \
  "\"method\":\"password\",\"membership\":null,\"account\":{\"id\":\"a1\",\"name\":\"韦晓岚\","    \
  "\"id_kind\":\"id-card\",\"id_number\":\"4501**********0021\",\"birth_date\":\"1990-01-01\","    \
  "\"sex\":\"female\",\"mobile\":\"139****0001\",\"email\":\"w***@example.org\",\"memberships\":[" \
  "{\"id\":\"m1\",\"role\":\"clerk\",\"body\":{\"id\":\"u1\",\"kind\":\"unit\",\"name\":"          \
  "\"广西南方机械有限公司\"}}]}}"
#define ITEM(id, device, acts_for, current)                                                        \
  "{\"id\":\"" id "\",\"device\":\"" device "\",\"created_at\":\"2026-11-27T01:00:00.000Z\","      \
  "\"last_used_at\":\"2026-11-27T02:00:00.000Z\",\"expires_at\":\"2027-11-27T01:00:00.000Z\","     \
  "\"acts_for\":" acts_for ",\"current\":" current "}"
#define MINE ITEM ("d1", "办公室电脑", "\"广西南方机械有限公司\"", "true")
#define OTHER ITEM ("d2", "家里 <b>电脑", "null", "false")

typedef struct
{
  AdwDialog *dialog;
  guint shown;
  guint given_up;
} Asked;

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
present (StaffFixture *fixture, AdwDialog *dialog)
{
  staff_fixture_show (fixture, gtk_label_new (""));
  adw_dialog_present (dialog, fixture->window);
  staff_fixture_idle ();
}

static gpointer
part (AdwDialog *dialog, const char *id)
{
  return staff_fixture_find (GTK_WIDGET (dialog), id);
}

static const char *
page (AdwDialog *dialog)
{
  return gtk_stack_get_visible_child_name (part (dialog, "stack"));
}

static void
ask (StaffFixture *fixture, Asked *asked, gboolean set_up)
{
  *asked = (Asked){ .dialog = zc_factor_dialog_new (zc_session_get_client (fixture->session), set_up) };
  g_signal_connect_swapped (asked->dialog, "shown", G_CALLBACK (count_cb), &asked->shown);
  g_signal_connect_swapped (asked->dialog, "given-up", G_CALLBACK (count_cb), &asked->given_up);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (gtk_widget_get_template_child (
                       GTK_WIDGET (asked->dialog), ZC_TYPE_FACTOR_DIALOG, "stack"))),
                   ==, set_up ? "loading" : "enter");
  present (fixture, asked->dialog);
}

static void
enter (AdwDialog *dialog, const char *code)
{
  zc_entry_field_set_text (part (dialog, "code"), code);
  staff_fixture_idle ();
  g_signal_emit_by_name (part (dialog, "code"), "activated");
}

static gboolean
has_message (AdwDialog *dialog)
{
  const char *message = zc_entry_field_get_message (part (dialog, "code"));

  return message != NULL && *message != '\0';
}

static void
test_set_up (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL;
  Asked asked;

  canned_server_answer (fixture->server, BEGIN, 201, SECRET);
  ask (fixture, &asked, TRUE);
  staff_await (g_str_equal (page (asked.dialog), "enter"));
  g_assert_cmpstr (gtk_label_get_label (part (asked.dialog, "secret")), ==, "GEZD GNBV GY3T QOJQ");
  g_assert_true (gtk_widget_get_visible (part (asked.dialog, "setting_up")));
  staff_fixture_check_names (GTK_WIDGET (asked.dialog));
  canned_server_answer (fixture->server, SHOW, 204, "");
  enter (asked.dialog, "123456");
  staff_await (g_str_equal (page (asked.dialog), "recovery"));
  sent = canned_server_dup_sent (fixture->server, SHOW, 0);
  g_assert_cmpstr (sent, ==, "{\"code\":\"123456\"}");
  g_assert_cmpstr (gtk_label_get_label (part (asked.dialog, "recovery")), ==, "0AAAA-BBBBB\n1CCCC-DDDDD");
  g_assert_cmpuint (asked.shown, ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (asked.dialog), "factor.done", NULL);
  staff_await (asked.shown == 1);
  g_assert_cmpuint (asked.given_up, ==, 0);
}

static void
test_set_up_fails (StaffFixture *fixture, gconstpointer data)
{
  Asked asked;

  canned_server_answer (fixture->server, BEGIN, 503, PROBLEM ("busy", "503"));
  ask (fixture, &asked, TRUE);
  staff_await (g_str_equal (page (asked.dialog), "trouble"));
  canned_server_answer (fixture->server, BEGIN, 201, SECRET);
  gtk_widget_activate_action (GTK_WIDGET (asked.dialog), "factor.retry", NULL);
  staff_await (g_str_equal (page (asked.dialog), "enter"));
  adw_dialog_close (asked.dialog);
  staff_await (asked.given_up == 1);
  g_assert_cmpuint (asked.shown, ==, 0);
}

static void
test_code (StaffFixture *fixture, gconstpointer data)
{
  Asked asked;

  ask (fixture, &asked, FALSE);
  g_assert_cmpstr (page (asked.dialog), ==, "enter");
  g_assert_false (gtk_widget_get_visible (part (asked.dialog, "setting_up")));
  staff_fixture_check_names (GTK_WIDGET (asked.dialog));
  canned_server_answer (fixture->server, SHOW, 422, PROBLEM ("wrong-code", "422"));
  enter (asked.dialog, "000000");
  staff_await (has_message (asked.dialog));
  zc_entry_field_set_text (part (asked.dialog, "code"), "1");
  g_assert_false (has_message (asked.dialog));
  canned_server_answer (fixture->server, SHOW, 429, PROBLEM ("locked", "429"));
  enter (asked.dialog, "111111");
  staff_await (has_message (asked.dialog));
  canned_server_answer (fixture->server, SHOW, 204, "");
  enter (asked.dialog, "222222");
  staff_await (asked.shown == 1);
  g_assert_cmpuint (asked.given_up, ==, 0);
}

#define RENEW "POST /v1/factor/recovery-codes"

/* The wrong code stays on its page; the right one shows the new recovery codes, once. */
static void
test_renew (StaffFixture *fixture, gconstpointer data)
{
  Asked asked = { .dialog = zc_factor_dialog_new_for_codes (zc_session_get_client (fixture->session), 7) };
  g_autofree char *sent = NULL;

  g_signal_connect_swapped (asked.dialog, "shown", G_CALLBACK (count_cb), &asked.shown);
  present (fixture, asked.dialog);
  g_assert_nonnull (strstr (gtk_label_get_label (part (asked.dialog, "renewing")), "7 recovery codes"));
  g_assert_cmpstr (gtk_button_get_label (part (asked.dialog, "confirm")), ==, "Renew Recovery Codes");
  g_assert_false (gtk_widget_get_visible (part (asked.dialog, "asking")));
  g_assert_false (gtk_widget_get_visible (part (asked.dialog, "setting_up")));
  staff_fixture_check_names (GTK_WIDGET (asked.dialog));
  canned_server_answer (fixture->server, RENEW, 422, PROBLEM ("wrong-code", "422"));
  enter (asked.dialog, "000000");
  staff_await (has_message (asked.dialog));
  g_assert_cmpstr (page (asked.dialog), ==, "enter");
  canned_server_answer (fixture->server, RENEW, 201, "{\"recovery_codes\":[\"0EEEE-FFFFF\",\"1GGGG-HHHHH\"]}");
  enter (asked.dialog, "123456");
  staff_await (g_str_equal (page (asked.dialog), "recovery"));
  sent = canned_server_dup_sent (fixture->server, RENEW, 1);
  g_assert_cmpstr (sent, ==, "{\"code\":\"123456\"}");
  g_assert_cmpstr (gtk_label_get_label (part (asked.dialog, "recovery")), ==, "0EEEE-FFFFF\n1GGGG-HHHHH");
  g_assert_nonnull (strstr (gtk_label_get_label (part (asked.dialog, "recovery_intro")), "take the place"));
  gtk_widget_activate_action (GTK_WIDGET (asked.dialog), "factor.done", NULL);
  staff_await (asked.shown == 1);
}

/* --- from the menu --- */

static void
tell_info (StaffFixture *fixture, const char *capabilities)
{
  g_autofree char *text = g_strdup_printf ("{\"name\":\"zhicheng\",\"version\":\"0\",\"api\":\"v1\",\"epoch\":\"e\","
                                           "\"time\":\"2026-11-23T08:00:00.000Z\",\"capabilities\":[%s]}",
                                           capabilities);
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);

  g_clear_object (&fixture->session->info);
  fixture->session->info = zc_server_info_new_from_json (zc_json_root (json), NULL);
  zc_session_notify (fixture->session, PROP_INFO);
}

/* The same account, or as somebody who acts for no body. */
static void
be (StaffFixture *fixture, gboolean staff)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"a1\",\"name\":\"韦晓岚\",\"id_kind\":\"id-card\",\"id_number\":\"4501**********0021\","
      "\"birth_date\":\"1990-01-01\",\"sex\":\"female\",\"mobile\":\"139****0001\",\"email\":\"w***@example.org\","
      "\"memberships\":[%s]}",
      staff ? "{\"id\":\"m1\",\"role\":\"clerk\",\"body\":{\"id\":\"u1\",\"kind\":\"unit\",\"name\":\"甲\"}}" : "");
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;

  zc_session_take_account (fixture->session, zc_account_new_from_json (zc_json_root (json), &error));
  g_assert_no_error (error);
}

static gboolean
is_enabled (GtkWidget *window, const char *action)
{
  g_autofree char *detailed = g_strconcat ("win.", action, NULL);
  g_autoptr (GtkWidget) button = g_object_ref_sink (gtk_button_new ());
  gboolean enabled;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), detailed);
  gtk_widget_set_parent (button, window);
  enabled = gtk_widget_get_sensitive (button);
  gtk_widget_unparent (button);
  return enabled;
}

/* Where it is merely offered nobody asks for it: the menu does. Set up it leads to other recovery codes. */
static void
test_from_menu (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (zc_window_new (NULL, fixture->session));
  AdwDialog *dialog;

  gtk_window_present (GTK_WINDOW (window));
  tell_info (fixture, "");
  g_assert_false (is_enabled (window, "factor"));
  tell_info (fixture, "\"second-factor\"");
  g_assert_true (is_enabled (window, "factor"));
  be (fixture, FALSE);
  g_assert_false (is_enabled (window, "factor"));
  be (fixture, TRUE);
  g_assert_true (is_enabled (window, "factor"));
  canned_server_answer (fixture->server, BEGIN, 201, SECRET);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *told
          = g_strdup_printf ("{\"policy\":\"offered\",\"set_up\":%s,\"recovery_codes_left\":%u}", i == 0 ? "false" : "true", i * 4);

      canned_server_answer (fixture->server, "GET /v1/factor", 200, told);
      gtk_widget_activate_action (window, "win.factor", NULL);
      staff_await ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))) != NULL);
      g_assert_true (ZC_IS_FACTOR_DIALOG (dialog));
      staff_await (g_str_equal (page (dialog), "enter"));
      g_assert_cmpint (gtk_widget_get_visible (part (dialog, "setting_up")), ==, i == 0);
      g_assert_cmpint (gtk_widget_get_visible (part (dialog, "renewing")), ==, i == 1);
      g_assert_true (i == 0 || strstr (gtk_label_get_label (part (dialog, "renewing")), "4 recovery codes are left") != NULL);
      adw_dialog_force_close (dialog);
      staff_await (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL);
    }
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  staff_await (window == NULL);
}

/* --- within signing in --- */

static AdwDialog *
visible_dialog (StaffFixture *fixture)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static GtkWidget *
sign_in (StaffFixture *fixture)
{
  GtkWidget *form = g_object_new (ZC_TYPE_SIGN_IN_FORM, "session", fixture->session, "staff", TRUE, NULL);

  canned_server_answer (fixture->server, SIGN_IN, 201, SIGNED_IN);
  canned_server_answer (fixture->server, CHOOSE, 403, PROBLEM ("second-factor", "403"));
  staff_fixture_show (fixture, form);
  zc_entry_field_set_text (staff_fixture_find (form, "identifier"), "13900000001");
  zc_entry_field_set_text (staff_fixture_find (form, "password"), "Quiet-river-2026");
  gtk_widget_activate_action (form, "sign-in.submit", NULL);
  staff_await (visible_dialog (fixture) != NULL);
  g_assert_true (ZC_IS_FACTOR_DIALOG (visible_dialog (fixture)));
  return form;
}

static void
test_sign_in (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *again = NULL;
  GtkWidget *form = sign_in (fixture);
  guint done = 0;

  g_signal_connect_swapped (form, "done", G_CALLBACK (count_cb), &done);
  canned_server_answer (fixture->server, SHOW, 204, "");
  canned_server_answer (fixture->server, CHOOSE, 200, "{\"membership\":\"m1\"}");
  enter (visible_dialog (fixture), "123456");
  staff_await (done == 1);
  again = canned_server_dup_sent (fixture->server, CHOOSE, 1);
  g_assert_cmpstr (again, ==, "{\"membership\":\"m1\"}");
  g_assert_true (zc_session_get_staff (fixture->session));
  g_signal_handlers_disconnect_by_data (form, &done);
  staff_await (zc_session_get_state (fixture->session) == ZC_SESSION_SIGNED_IN);
}

/* What was open goes on for the body it was done for, in a program too that was started with a kept token and has chosen
 * nobody since (decisions 24). */
static void
test_expired (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *chosen = NULL;

  canned_server_answer (fixture->server, SHOW, 204, "");
  sign_in (fixture);
  canned_server_answer (fixture->server, CHOOSE, 200, "{\"membership\":\"m1\"}");
  enter (visible_dialog (fixture), "123456");
  staff_await (zc_session_get_state (fixture->session) == ZC_SESSION_SIGNED_IN);
  staff_await (visible_dialog (fixture) == NULL);
  g_clear_pointer (&fixture->session->acting_for, g_free);
  zc_session_set_expired (fixture->session, TRUE);
  sign_in (fixture);
  g_assert_true (zc_session_get_expired (fixture->session));
  canned_server_answer (fixture->server, CHOOSE, 200, "{\"membership\":\"m1\"}");
  enter (visible_dialog (fixture), "234567");
  staff_await (!zc_session_get_expired (fixture->session));
  chosen = canned_server_dup_sent (fixture->server, CHOOSE, 3);
  g_assert_cmpstr (chosen, ==, "{\"membership\":\"m1\"}");
  g_assert_true (zc_session_get_staff (fixture->session));
}

/* Without the code the password leaves no session behind. */
static void
test_give_up (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *line = NULL;

  sign_in (fixture);
  g_assert_cmpstr (zc_client_get_token (zc_session_get_client (fixture->session)), ==, "t1");
  canned_server_answer (fixture->server, END, 204, "");
  adw_dialog_close (visible_dialog (fixture));
  staff_await ((line = canned_server_dup_line (fixture->server, END "current", 0)) != NULL);
  g_assert_null (zc_client_get_token (zc_session_get_client (fixture->session)));
}

/* Who gives up in front of work that waits is where they were: what is open keeps the session that has expired. */
static void
test_give_up_again (StaffFixture *fixture, gconstpointer data)
{
  static const char first[] = "{\"membership\":\"m1\"}";

  sign_in (fixture);
  canned_server_answer (fixture->server, SHOW, 204, "");
  canned_server_answer (fixture->server, CHOOSE, 200, first);
  enter (visible_dialog (fixture), "123456");
  staff_await (zc_session_get_state (fixture->session) == ZC_SESSION_SIGNED_IN);
  staff_await (visible_dialog (fixture) == NULL);
  zc_client_set_token (zc_session_get_client (fixture->session), "before");
  zc_session_set_expired (fixture->session, TRUE);
  sign_in (fixture);
  g_assert_cmpstr (zc_client_get_token (zc_session_get_client (fixture->session)), ==, "t1");
  canned_server_answer (fixture->server, END, 204, "");
  adw_dialog_close (visible_dialog (fixture));
  staff_await (visible_dialog (fixture) == NULL);
  g_assert_cmpstr (zc_client_get_token (zc_session_get_client (fixture->session)), ==, "before");
  g_assert_true (zc_session_get_expired (fixture->session));
}

/* --- idle --- */

#define DOSSIERS "POST /v1/searches"

/* The list that follows what others do is asked for by nobody here: only what the person asks for is input (decisions 24). */
static void
test_unattended (StaffFixture *fixture, gconstpointer data)
{
  ZcDossierList *list = zc_session_get_dossiers (fixture->session);
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *line = NULL;

  canned_server_answer (fixture->server, DOSSIERS, 200, "{\"items\":[],\"next\":null}");
  zc_dossier_list_refresh (list);
  staff_await (!zc_dossier_list_get_loading (list));
  zc_session_reload (fixture->session);
  staff_await (!zc_dossier_list_get_loading (list));
  zc_dossier_list_refresh (list);
  staff_await (!zc_dossier_list_get_loading (list));
  line = canned_server_dup_line (fixture->server, DOSSIERS, 2);
  g_assert_nonnull (line);
  first = canned_server_dup_unattended (fixture->server, DOSSIERS, 0);
  second = canned_server_dup_unattended (fixture->server, DOSSIERS, 1);
  third = canned_server_dup_unattended (fixture->server, DOSSIERS, 2);
  g_assert_cmpstr (first, ==, "1");
  g_assert_null (second);
  g_assert_cmpstr (third, ==, "1");
}

/* --- devices --- */

static guint
count_rows (AdwDialog *dialog)
{
  guint n = 0;

  while (gtk_list_box_get_row_at_index (part (dialog, "list"), (int)n) != NULL)
    n++;
  return n;
}

static AdwDialog *
show_devices (StaffFixture *fixture, int status, const char *answer)
{
  AdwDialog *dialog;

  canned_server_answer (fixture->server, LIST, status, answer);
  dialog = zc_devices_dialog_new (zc_session_get_client (fixture->session));
  present (fixture, dialog);
  staff_await (!g_str_equal (page (dialog), "loading"));
  return dialog;
}

static void
test_devices (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *one = NULL, *others = NULL;
  AdwDialog *dialog = show_devices (fixture, 200, "{\"items\":[" MINE "," OTHER "]}");
  AdwActionRow *row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (part (dialog, "list"), 1));

  g_assert_cmpuint (count_rows (dialog), ==, 2);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "家里 <b>电脑");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (row), "2026"));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (row), "Acting for: Myself\n"));
  staff_await (staff_fixture_shows (GTK_WIDGET (row), "End"));
  g_assert_false (staff_fixture_shows (GTK_WIDGET (row), "This one"));
  row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (part (dialog, "list"), 0));
  g_assert_true (g_str_has_prefix (adw_action_row_get_subtitle (row), "Acting for: 广西南方机械有限公司\n"));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (row), "This one"));
  g_assert_false (staff_fixture_shows (GTK_WIDGET (row), "End"));
  g_assert_false (gtk_widget_get_visible (part (dialog, "alone")));
  staff_fixture_check_names (GTK_WIDGET (dialog));
  canned_server_answer (fixture->server, END, 204, "");
  g_assert_true (gtk_widget_child_focus (gtk_widget_get_last_child (GTK_WIDGET (gtk_list_box_get_row_at_index (part (dialog, "list"), 1))), GTK_DIR_TAB_FORWARD));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "devices.end", "s", "d2");
  canned_server_answer (fixture->server, LIST, 200, "{\"items\":[" MINE "]}");
  staff_await (count_rows (dialog) == 1);
  g_assert_true (GTK_IS_LIST_BOX_ROW (gtk_window_get_focus (GTK_WINDOW (fixture->window)))); /* the button that had it is gone (P21) */
  g_assert_true (gtk_widget_get_visible (part (dialog, "alone")));
  one = canned_server_dup_line (fixture->server, END, 0);
  g_assert_nonnull (strstr (one, END "d2"));
}

static void
test_end_others (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *line = NULL;
  AdwDialog *dialog = show_devices (fixture, 200, "{\"items\":[" MINE "," OTHER "]}");

  canned_server_answer (fixture->server, END, 204, "");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "devices.end-others", NULL);
  canned_server_answer (fixture->server, LIST, 200, "{\"items\":[" MINE "]}");
  staff_await (count_rows (dialog) == 1);
  line = canned_server_dup_line (fixture->server, END, 0);
  g_assert_nonnull (strstr (line, END "others"));
}

static void
test_devices_fail (StaffFixture *fixture, gconstpointer data)
{
  AdwDialog *dialog = show_devices (fixture, 503, PROBLEM ("busy", "503"));

  g_assert_cmpstr (page (dialog), ==, "trouble");
  canned_server_answer (fixture->server, LIST, 200, "{\"items\":[" MINE "]}");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "devices.reload", NULL);
  staff_await (g_str_equal (page (dialog), "list"));
}

/* --- an invitation --- */

#define REDEEM "POST /v1/memberships"
#define LEADER                                                                                     \
  "{\"id\":\"a1\",\"name\":\"韦晓岚\",\"id_kind\":\"id-card\",\"id_number\":\"4501**********0021\","    \
  "\"birth_date\":\"1990-01-01\",\"sex\":\"female\",\"mobile\":\"139****0001\",\"email\":"              \
  "\"w***@example.org\",\"memberships\":[{\"id\":\"m1\",\"role\":\"clerk\",\"body\":{\"id\":\"u1\","     \
  "\"kind\":\"unit\",\"name\":\"广西南方机械有限公司\"}},{\"id\":\"m2\",\"role\":\"leader\",\"body\":{"   \
  "\"id\":\"u2\",\"kind\":\"unit\",\"name\":\"桂林山水设计院\"}}]}"

static void
test_invitation (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL, *first = NULL, *second = NULL;
  AdwDialog *dialog = zc_invitation_dialog_new (fixture->session);
  guint closed = 0;

  g_signal_connect_swapped (dialog, "closed", G_CALLBACK (count_cb), &closed);
  present (fixture, dialog);
  staff_fixture_check_names (GTK_WIDGET (dialog));
  canned_server_answer (fixture->server, REDEEM, 422, PROBLEM ("wrong-code", "422"));
  enter (dialog, "AAAAA");
  staff_await (has_message (dialog));
  canned_server_answer (fixture->server, REDEEM, 201, LEADER);
  enter (dialog, "BBBBB");
  staff_await (closed == 1);
  sent = canned_server_dup_sent (fixture->server, REDEEM, 1);
  g_assert_cmpstr (sent, ==, "{\"invitation\":\"BBBBB\"}");
  first = canned_server_dup_key (fixture->server, REDEEM, 0);
  second = canned_server_dup_key (fixture->server, REDEEM, 1);
  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (
      g_list_model_get_n_items (zc_account_get_memberships (zc_session_get_account (fixture->session))), ==, 2);
  g_assert_cmpstr (zc_membership_get_id (zc_session_get_membership (fixture->session)), ==, "m1");
}

#define ADD(path, test)                                                                            \
  g_test_add (path, StaffFixture, NULL, staff_fixture_set_up, test, staff_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/factor/SEC-S16/set-up", test_set_up);
  ADD ("/factor/SEC-S16/set-up-fails-and-is-tried-again", test_set_up_fails);
  ADD ("/factor/SEC-S16/code", test_code);
  ADD ("/factor/SEC-S16/other-recovery-codes", test_renew);
  ADD ("/factor/SEC-S16/from-the-menu", test_from_menu);
  ADD ("/factor/SEC-S16/within-signing-in", test_sign_in);
  ADD ("/factor/SEC-S13/expired-work-goes-on", test_expired);
  ADD ("/factor/SEC-S16/password-alone-leaves-nothing", test_give_up);
  ADD ("/factor/SEC-S13/giving-up-leaves-the-work-where-it-was", test_give_up_again);
  ADD ("/idle/SEC-S13/what-nobody-asked-for", test_unattended);
  ADD ("/devices/SEC-S14/end-one", test_devices);
  ADD ("/devices/SEC-S14/end-others", test_end_others);
  ADD ("/devices/SEC-S14/trouble", test_devices_fail);
  ADD ("/invitation/SEC-S18/use", test_invitation);
  return g_test_run ();
}
