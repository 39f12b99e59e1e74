/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell-fixture.h"
#include "zc-code-button.h"
#include "zc-entry-field.h"
#include "zc-notice-dialog.h"
#include "zc-platform.h"
#include "zc-registration-page.h"
#include "zc-session-menu.h"
#include "zc-session-private.h"
#include "zc-sign-in-page.h"
#include "zc-window.h"

/* Signing up and in, as far as it goes without a server. */

static void
count_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  (*(guint *)data)++;
}

static void
offer_registration (ZcSession *session)
{
  static const char text[]
      = "{\"name\":\"zhicheng\",\"version\":\"0.1.0\",\"api\":\"v1\",\"time\":\"2026-11-23T08:15:30.123Z\","
        "\"epoch\":\"0a\",\"capabilities\":[\"registration\"],"
        "\"notice\":{\"version\":\"2026-01\",\"title\":\"须知\",\"text\":\"一段文字\"},"
        "\"limits\":{\"json_bytes\":1048576,\"image_bytes\":1048576,\"image_pixels\":50000000}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  session->info = zc_server_info_new_from_json (zc_json_root (json), &error);
  g_assert_no_error (error);
}

/* What the pointer presses the Tab key reaches as well, and Enter or Space activates. */
static void
test_register_button (void)
{
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("register", NULL);
  guint n = 0;
  offer_registration (session);
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  AdwNavigationPage *page = zc_sign_in_page_new (session, FALSE);
  g_signal_connect (action, "activate", G_CALLBACK (count_cb), &n);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (group));
  gtk_window_set_default_size (window, 1180, 760);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  adw_navigation_view_push (view, page);
  gtk_window_present (window);
  shell_settle ();
  GtkWidget *button = shell_button_of (GTK_WIDGET (page), "win.register");
  g_assert_nonnull (button);
  shell_await (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_activate (button));
  shell_await (n > 0);
  g_assert_cmpuint (n, ==, 1);
  gtk_window_destroy (window);
}

/* The end of the text is what opens the button. */
static void
test_notice_gate (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 200; i++)
    g_string_append (text, "第一条，须知的一段文字。\n\n");
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (window, 800, 600);
  AdwDialog *dialog = zc_notice_dialog_new ("须知", text->str);
  gtk_window_present (window);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  GtkWidget *close = shell_button_of (GTK_WIDGET (dialog), "notice.close");
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_NOTICE_DIALOG, "scroller"));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  shell_await (gtk_adjustment_get_page_size (adjustment) > 1
               && gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 1);
  g_assert_false (gtk_widget_get_sensitive (close));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / 2);
  g_assert_false (gtk_widget_get_sensitive (close));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  g_assert_true (gtk_widget_get_sensitive (close));
  gtk_window_destroy (window);
}

static void
test_create_gate (void)
{
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_registration_page_new (session));
  g_assert_false (gtk_widget_get_sensitive (shell_button_of (GTK_WIDGET (page), "registration.create")));
}

static ZcEntryField *
entry_of (AdwNavigationPage *page, const char *id)
{
  return ZC_ENTRY_FIELD (
      gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_REGISTRATION_PAGE, id));
}

typedef struct
{
  const char *label;
  GtkWidget *found;
} Named;

static void
find_named (GtkWidget *widget, gpointer data)
{
  Named *named = data;
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), named->label) == 0)
    named->found = widget;
}

static GtkWidget *
button_named (GtkWidget *root, const char *label)
{
  Named named = { label, NULL };
  shell_walk (root, find_named, &named);
  return named.found;
}

static void
find_code_button (GtkWidget *widget, gpointer data)
{
  if (ZC_IS_CODE_BUTTON (widget))
    *(GtkWidget **)data = widget;
}

/* Pressing 返回登录 leads back, the page goes with all that was typed, and the next begins empty. */
static void
test_give_up (void)
{
  static const char *const fields[] = { "name", "id_number", "mobile", "email", "password" };
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  AdwNavigationPage *before = zc_sign_in_page_new (session, FALSE);
  AdwNavigationPage *page = zc_registration_page_new (session);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  adw_navigation_view_push (view, before);
  adw_navigation_view_push (view, page);
  gtk_window_present (window);
  shell_settle ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    zc_entry_field_set_text (entry_of (page, fields[i]), "13800138000");
  GtkWidget *back = button_named (GTK_WIDGET (page), "返回登录");
  g_assert_nonnull (back);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  g_assert_true (gtk_widget_activate (back));
  shell_await (page == NULL);
  g_assert_true (adw_navigation_view_get_visible_page (view) == before);
  page = zc_registration_page_new (session);
  adw_navigation_view_push (view, page);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (zc_entry_field_get_text (entry_of (page, fields[i])), ==, "");
  gtk_window_destroy (window);
}

/* The one beside that entry. */
static GtkWidget *
code_button_of (AdwNavigationPage *page, const char *id)
{
  GtkWidget *found = NULL;
  shell_walk (GTK_WIDGET (entry_of (page, id)), find_code_button, &found);
  g_assert_nonnull (found);
  return found;
}

/* A code takes a while to be sent: who fills in the next field meanwhile goes on in it; who waits, types the code. */
static void
test_code_sent (void)
{
  static const struct
  {
    const char *focus;
    const char *text;
    const char *then;
  } cases[] = {
    { "email", "nobody@example", "email" },
    { "email", "", "sms_code" },
    { "mobile", "", "sms_code" },
  };
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwNavigationPage *page = zc_registration_page_new (session);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (window);
  shell_settle ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      zc_entry_field_set_text (entry_of (page, cases[i].focus), cases[i].text);
      gtk_widget_grab_focus (GTK_WIDGET (entry_of (page, cases[i].focus)));
      g_signal_emit_by_name (code_button_of (page, "sms_code"), "sent", "已发送");
      GtkWidget *focus = gtk_window_get_focus (window);
      g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (entry_of (page, cases[i].then))));
    }
  gtk_window_destroy (window);
}

static void
find_stack_page (GtkWidget *widget, gpointer data)
{
  if (ADW_IS_VIEW_STACK (widget))
    *(AdwViewStack **)data = ADW_VIEW_STACK (widget);
}

static void
test_one_page_two_tabs (void)
{
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  offer_registration (session);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_sign_in_page_new (session, FALSE));
  AdwViewStack *tabs = NULL;
  shell_walk (GTK_WIDGET (page), find_stack_page, &tabs);
  g_assert_nonnull (tabs);
  g_autoptr (GtkSelectionModel) list = adw_view_stack_get_pages (tabs);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_nonnull (shell_button_of (GTK_WIDGET (page), "win.register"));
}

static void
test_field_messages (void)
{
  static const struct
  {
    const char *field;
    const char *wrong;
    const char *right;
  } cases[] = {
    { "id_number", "110101199003078031", "11010119900307803X" },
    { "id_number", "110101199003078031", "１１０１０１１９９００３０７８０３ｘ" },
    { "mobile", "1380013800", "13800138000" },
    { "mobile", "１３８００１３８００", "１３８００１３８０００" },
    { "email", "nobody", "nobody@example.org" },
    { "password", "short", "Three-Classes-1" },
    { "sms_code", "12", "123456" },
  };
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_registration_page_new (session));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ZcEntryField *field = ZC_ENTRY_FIELD (gtk_widget_get_template_child (
          GTK_WIDGET (page), ZC_TYPE_REGISTRATION_PAGE, cases[i].field));
      zc_entry_field_set_text (field, cases[i].wrong);
      g_assert_cmpstr (zc_entry_field_get_message (field), ==, "");
      g_signal_emit_by_name (field, "left");
      g_assert_cmpstr (zc_entry_field_get_message (field), !=, "");
      g_assert_cmpstr (zc_entry_field_get_text (field), ==, cases[i].wrong);
      zc_entry_field_set_text (field, cases[i].right);
      g_signal_emit_by_name (field, "left");
      g_assert_cmpstr (zc_entry_field_get_message (field), ==, "");
    }
}

/* Said when the account has been made, and to be read again at the gear, by a menu that keys open (S1.8). */
static void
test_safety (void)
{
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_registration_page_new (session));
  GtkStack *stack = GTK_STACK (
      gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_REGISTRATION_PAGE, "stack"));
  AdwToolbarView *done = ADW_TOOLBAR_VIEW (gtk_stack_get_child_by_name (stack, "done"));
  const char *told
      = adw_status_page_get_description (ADW_STATUS_PAGE (adw_toolbar_view_get_content (done)));
  ZcWindow *window = zc_window_new (NULL, session);
  AdwDialog *dialog;

  gtk_window_present (GTK_WINDOW (window));
  shell_settle ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.safety", NULL));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), ==, told);
  g_assert_nonnull (strstr (told, "请妥善保管账号和密码"));
  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  shell_settle ();
}

int
main (int argc, char **argv)
{
  zc_platform_prepare ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  g_test_add_func ("/sign-up/S1.2/register-by-key", test_register_button);
  g_test_add_func ("/sign-up/S1.3/notice-to-its-end", test_notice_gate);
  g_test_add_func ("/sign-up/S1.3/no-account-before", test_create_gate);
  g_test_add_func ("/sign-up/S1.4/message-when-left", test_field_messages);
  g_test_add_func ("/sign-up/S1.4/P21/code-sent-takes-no-focus-from-who-types", test_code_sent);
  g_test_add_func ("/sign-up/S1.5/giving-up-leaves-nothing", test_give_up);
  g_test_add_func ("/sign-up/S1.8/safety-told-twice", test_safety);
  g_test_add_func ("/sign-up/S2.0/one-page-two-tabs", test_one_page_two_tabs);
  return g_test_run ();
}
