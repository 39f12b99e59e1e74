/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "zc-choice-page.h"
#include "zc-detail-page.h"
#include "zc-devices-dialog.h"
#include "zc-dossier-card.h"
#include "zc-entry-field.h"
#include "zc-factor-dialog.h"
#include "zc-home-page.h"
#include "zc-invitation-dialog.h"
#include "zc-invite-dialog.h"
#include "zc-left-dialog.h"
#include "zc-notice-dialog.h"
#include "zc-platform.h"
#include "zc-progress-bar.h"
#include "zc-progress-page.h"
#include "zc-receipt-dialog.h"
#include "zc-registration-page.h"
#include "zc-session-menu.h"
#include "zc-session-private.h"
#include "zc-shortcuts-dialog.h"
#include "zc-sign-in-dialog.h"
#include "zc-sign-in-page.h"
#include "zc-staff-page.h"
#include "zc-start-page.h"
#include "zc-target-dialog.h"
#include "zc-time-text.h"
#include "zc-toast.h"
#include "zc-window.h"

/* The shell's pages and dialogs, each built from its .ui, without a server. */

#define NOWHERE "http://127.0.0.1:1"

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

static ZcDossier *
make_dossier (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (dossier_json, strlen (dossier_json), &error);
  g_assert_no_error (error);
  ZcDossier *dossier = zc_dossier_new_from_json (zc_json_root (json), &error);
  g_assert_no_error (error);
  return dossier;
}

static void
settle (void)
{
  for (guint i = 0; i < 200; i++)
    while (g_main_context_iteration (NULL, FALSE))
      ;
}

/* --- walking
 * -------------------------------------------------------------------------------------------------
 */
typedef void (*Visit) (GtkWidget *widget, gpointer data);

static void
walk (GtkWidget *widget, Visit visit, gpointer data)
{
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, visit, data);
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_PASSWORD_ENTRY (widget)
         || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_LIST_BOX (widget)
         || GTK_IS_TEXT_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget) || GTK_IS_MENU_BUTTON (widget);
}

/* Parts of GTK's own composites are named by GTK. */
static gboolean
is_inner (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (GTK_IS_DROP_DOWN (parent) || GTK_IS_MENU_BUTTON (parent) || GTK_IS_PASSWORD_ENTRY (parent)
        || GTK_IS_SEARCH_ENTRY (parent) || GTK_IS_ENTRY (parent) || GTK_IS_WINDOW_CONTROLS (parent)
        || ADW_IS_HEADER_BAR (parent) || ADW_IS_INLINE_VIEW_SWITCHER (parent)
        || ADW_IS_BANNER (parent)
        || (g_str_equal (G_OBJECT_TYPE_NAME (parent), "AdwGizmo")
            && GTK_IS_STACK (gtk_widget_get_parent (widget))))
      return TRUE;
  return FALSE;
}

static void
assert_named (GtkWidget *widget, gpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  if (!is_control (widget) || is_inner (widget))
    return;
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return;
  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return;
  g_test_message ("%s below %s in %s (%s) has no accessible name", G_OBJECT_TYPE_NAME (widget),
                  G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)), (const char *)data,
                  gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)));
  g_test_fail ();
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

static GtkWidget *
button_of (GtkWidget *root, const char *action)
{
  struct
  {
    const char *action;
    GtkWidget *found;
  } search = { action, NULL };
  walk (root, find_button, &search);
  return search.found;
}

/* --- every class
 * ------------------------------------------------------------------------------------------------
 */
static AdwNavigationPage *
make_start (ZcSession *session)
{
  return zc_start_page_new ();
}

static AdwNavigationPage *
make_sign_in (ZcSession *session)
{
  return zc_sign_in_page_new (session, FALSE);
}

static AdwNavigationPage *
make_progress (ZcSession *session)
{
  return zc_progress_page_new (session, "0192d3a4-0000-7000-8000-000000000001");
}

static AdwNavigationPage *
make_detail (ZcSession *session)
{
  return zc_detail_page_new (session, "0192d3a4-0000-7000-8000-000000000001");
}

static AdwNavigationPage *
make_choice (ZcSession *session)
{
  return zc_choice_page_new (session, &(const ZcChoice){ .title = "单位", .list = "units" }, NULL);
}

static const struct
{
  const char *name;
  AdwNavigationPage *(*make) (ZcSession *session);
} pages[] = {
  { "start", make_start },
  { "sign-in", make_sign_in },
  { "registration", zc_registration_page_new },
  { "home", zc_home_page_new },
  { "progress", make_progress },
  { "detail", make_detail },
  { "choice", make_choice },
  { "staff", zc_staff_page_new },
};

/* Built, shown, named for the screen reader, and gone when the window is. */
static void
test_page (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  AdwNavigationPage *page = pages[i].make (session);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  adw_navigation_view_push (view, page);
  gtk_window_present (window);
  settle ();
  walk (GTK_WIDGET (page), assert_named, (gpointer)pages[i].name);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  gtk_window_destroy (window);
  for (guint tries = 0; tries < 400 && page != NULL; tries++)
    {
      settle ();
      g_usleep (5000);
    }
  g_assert_null (page);
}

static AdwDialog *
make_notice (ZcSession *session)
{
  return zc_notice_dialog_new ("须知", "一段文字");
}

static AdwDialog *
make_shortcuts (ZcSession *session)
{
  return zc_shortcuts_dialog_new ();
}

static AdwDialog *
make_receipt (ZcSession *session)
{
  g_autoptr (ZcDossier) dossier = make_dossier ();
  return zc_receipt_dialog_new (dossier, TRUE);
}

static AdwDialog *
make_left (ZcSession *session)
{
  static const char text[] = "[{\"section_title\":\"养蜂人\",\"label\":\"手机\",\"value\":\"13800138000\"},"
                             "{\"section_title\":\"收成\",\"entry_title\":\"2025\",\"label\":\"照片\",\"value\":[{}]}]";
  g_autoptr (ZcJson) json = zc_json_parse (text, sizeof text - 1, NULL);
  g_autoptr (GListStore) left = zc_left_read (zc_json_root (json), NULL);
  return zc_left_dialog_new ("说明", G_LIST_MODEL (left));
}

static AdwDialog *
make_target (ZcSession *session)
{
  return zc_target_dialog_new (session, "evaluation", NULL);
}

static AdwDialog *
make_factor (ZcSession *session)
{
  return zc_factor_dialog_new (zc_session_get_client (session), FALSE);
}

static AdwDialog *
make_devices (ZcSession *session)
{
  return zc_devices_dialog_new (zc_session_get_client (session));
}

static AdwDialog *
make_invite (ZcSession *session)
{
  return zc_invite_dialog_new (zc_session_get_client (session));
}

static const struct
{
  const char *name;
  AdwDialog *(*make) (ZcSession *session);
} dialogs[] = {
  { "notice", make_notice },
  { "shortcuts", make_shortcuts },
  { "receipt", make_receipt },
  { "left", make_left },
  { "target", make_target },
  { "sign-in-again", zc_sign_in_dialog_new },
  { "factor", make_factor },
  { "devices", make_devices },
  { "invitation", zc_invitation_dialog_new },
  { "invite", make_invite },
};

static void
test_dialog (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwDialog *dialog = dialogs[i].make (session);
  gtk_window_set_default_size (window, 1180, 760); /* room as the app has it */
  gtk_window_present (window);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  settle ();
  walk (GTK_WIDGET (dialog), assert_named, (gpointer)dialogs[i].name);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  adw_dialog_force_close (dialog);
  gtk_window_destroy (window);
  for (guint tries = 0; tries < 400 && dialog != NULL; tries++)
    {
      settle ();
      g_usleep (5000);
    }
  g_assert_null (dialog);
}

/* --- behaviour
 * --------------------------------------------------------------------------------------------------
 */
static void
count_choice (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.sign-in") == 0)
    (*(guint *)data)++;
}

static void
test_choices (void)
{
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_start_page_new ());
  guint n = 0;
  walk (GTK_WIDGET (page), count_choice, &n);
  g_assert_cmpuint (n, ==, 2);
}

static void
add_business (ZcSession *session, const char *text)
{
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
  g_autoptr (ZcCatalogItem) item = zc_catalog_item_new_from_json (zc_json_root (json), NULL);
  g_list_store_append (G_LIST_STORE (zc_session_get_businesses (session)), item);
}

static guint
count_rows (AdwNavigationPage *page, const char *list)
{
  GtkListBox *box = GTK_LIST_BOX (
      gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_HOME_PAGE, list));
  guint n = 0;
  while (gtk_list_box_get_row_at_index (box, (int)n) != NULL)
    n++;
  return n;
}

static gboolean
is_offered (AdwNavigationPage *page, const char *group)
{
  return gtk_widget_get_visible (GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_HOME_PAGE, group)));
}

/* What registers a unit is no application for a title: it stands apart, and only where the server has it. */
static void
test_unit_businesses (void)
{
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_home_page_new (session));
  add_business (session, "{\"id\":\"a\",\"revision\":1,\"title\":\"职称评审\",\"admits\":null}");
  g_assert_false (is_offered (page, "unit_group"));
  add_business (session, "{\"id\":\"b\",\"revision\":1,\"title\":\"单位注册\",\"admits\":\"unit\"}");
  g_assert_true (is_offered (page, "unit_group") && is_offered (page, "business_group"));
  g_assert_cmpuint (count_rows (page, "businesses"), ==, 1);
  g_assert_cmpuint (count_rows (page, "unit_businesses"), ==, 1);
}

static void
act_as (ZcSession *session, const char *memberships)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"a1\",\"name\":\"覃国栋\",\"id_kind\":\"id-card\",\"id_number\":\"4501\","
                                           "\"birth_date\":null,\"sex\":null,\"mobile\":\"1\",\"email\":\"e\","
                                           "\"memberships\":[%s],\"membership\":null}",
                                           memberships);
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
  zc_session_take_account (session, zc_account_new_from_json (zc_json_root (json), NULL));
}

/* What changes a unit is offered to who leads one, and to nobody else (U2). */
static void
test_unit_changes (void)
{
  static const struct
  {
    const char *memberships;
    guint rows;
  } cases[] = {
    { "", 0 },
    { "{\"id\":\"m1\",\"role\":\"clerk\",\"body\":{\"id\":\"u1\",\"kind\":\"unit\",\"name\":\"甲\"}}", 0 },
    { "{\"id\":\"m1\",\"role\":\"leader\",\"body\":{\"id\":\"o1\",\"kind\":\"office\",\"name\":\"办\"}}", 0 },
    { "{\"id\":\"m1\",\"role\":\"leader\",\"body\":{\"id\":\"u1\",\"kind\":\"unit\",\"name\":\"甲\"}}", 1 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
      g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_home_page_new (session));
      add_business (session, "{\"id\":\"c\",\"revision\":1,\"title\":\"单位更名\",\"admits\":null,\"amends\":\"unit\"}");
      act_as (session, cases[i].memberships);
      g_assert_cmpuint (count_rows (page, "unit_businesses"), ==, cases[i].rows);
      g_assert_cmpuint (count_rows (page, "businesses"), ==, 0);
    }
}

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
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
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
  settle ();
  GtkWidget *button = button_of (GTK_WIDGET (page), "win.register");
  g_assert_nonnull (button);
  for (guint tries = 0; tries < 400 && !gtk_widget_get_mapped (button); tries++)
    {
      settle ();
      g_usleep (5000);
    }
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_is_sensitive (button));
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_activate (button));
  for (guint tries = 0; tries < 400 && n == 0; tries++)
    {
      settle ();
      g_usleep (5000);
    }
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
  GtkWidget *close = button_of (GTK_WIDGET (dialog), "notice.close");
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_NOTICE_DIALOG, "scroller"));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  for (guint tries = 0;
       tries < 400
       && gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment) + 1;
       tries++)
    {
      settle ();
      g_usleep (5000);
    }
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
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_registration_page_new (session));
  g_assert_false (gtk_widget_get_sensitive (button_of (GTK_WIDGET (page), "registration.create")));
}

static void
await_gone (gpointer *object)
{
  for (guint tries = 0; tries < 400 && *object != NULL; tries++)
    {
      settle ();
      g_usleep (5000);
    }
  g_assert_null (*object);
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
  walk (root, find_named, &named);
  return named.found;
}

/* Pressing 返回登录 leads back, the page goes with all that was typed, and the next begins empty. */
static void
test_give_up (void)
{
  static const char *const fields[] = { "name", "id_number", "mobile", "email", "password" };
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  AdwNavigationPage *before = zc_sign_in_page_new (session, FALSE);
  AdwNavigationPage *page = zc_registration_page_new (session);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  adw_navigation_view_push (view, before);
  adw_navigation_view_push (view, page);
  gtk_window_present (window);
  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    zc_entry_field_set_text (entry_of (page, fields[i]), "13800138000");
  GtkWidget *back = button_named (GTK_WIDGET (page), "返回登录");
  g_assert_nonnull (back);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  g_assert_true (gtk_widget_activate (back));
  await_gone ((gpointer *)&page);
  g_assert_true (adw_navigation_view_get_visible_page (view) == before);
  page = zc_registration_page_new (session);
  adw_navigation_view_push (view, page);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (zc_entry_field_get_text (entry_of (page, fields[i])), ==, "");
  gtk_window_destroy (window);
}

/* --- signing in: one page, two ways
 * ---------------------------------------------------------------------------------------------------
 */
static void
find_stack_page (GtkWidget *widget, gpointer data)
{
  if (ADW_IS_VIEW_STACK (widget))
    *(AdwViewStack **)data = ADW_VIEW_STACK (widget);
}

static void
test_one_page_two_tabs (void)
{
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  offer_registration (session);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_sign_in_page_new (session, FALSE));
  AdwViewStack *tabs = NULL;
  walk (GTK_WIDGET (page), find_stack_page, &tabs);
  g_assert_nonnull (tabs);
  g_autoptr (GtkSelectionModel) list = adw_view_stack_get_pages (tabs);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_nonnull (button_of (GTK_WIDGET (page), "win.register"));
}

/* --- short words over the page
 * -------------------------------------------------------------------------------------------------------
 */
typedef struct
{
  const char *text;
  gboolean found;
} Words;

static void
find_words (GtkWidget *widget, gpointer data)
{
  Words *words = data;
  if (GTK_IS_LABEL (widget) && gtk_widget_get_child_visible (widget)
      && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), words->text))
    words->found = TRUE;
}

static gboolean
says (GtkWidget *root, const char *text)
{
  Words words = { text, FALSE };
  walk (root, find_words, &words);
  return words.found;
}

static void
await_word (GtkWidget *root, const char *text, gboolean said)
{
  for (guint tries = 0; tries < 2000 && says (root, text) != said; tries++)
    {
      settle ();
      g_usleep (5000);
    }
  g_assert_cmpint (says (root, text), ==, said);
}

/* What was said before is neither told later nor to somebody else; what can be undone comes back. */
static void
test_newest_word (void)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = gtk_label_new ("页面");
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  gtk_window_present (window);
  settle ();
  zc_toast_undo (page, "已删除", G_CALLBACK (count_cb), NULL, NULL);
  await_word (overlay, "已删除", TRUE);
  zc_toast (page, "第一句");
  await_word (overlay, "第一句", TRUE);
  zc_toast (page, "第二句");
  await_word (overlay, "第二句", TRUE);
  await_word (overlay, "第一句", FALSE);
  await_word (overlay, "第二句", FALSE); /* its time is over */
  await_word (overlay, "已删除", TRUE);
  zc_toast (page, "第三句");
  zc_toast_clear (ADW_TOAST_OVERLAY (overlay));
  await_word (overlay, "第三句", FALSE);
  await_word (overlay, "已删除", FALSE);
  gtk_window_destroy (window);
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
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
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

/* The buttons of a card are the server's actions, no other. */
static void
test_card_actions (void)
{
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  g_autoptr (ZcDossier) dossier = make_dossier ();
  g_autoptr (GtkWidget) card = g_object_ref_sink (zc_dossier_card_new (session, dossier));
  g_assert_true (gtk_widget_get_visible (button_of (card, "win.withdraw")));
  g_assert_true (gtk_widget_get_visible (button_of (card, "win.progress")));
  g_assert_true (gtk_widget_get_visible (button_of (card, "win.view")));
  g_assert_false (gtk_widget_get_visible (button_of (card, "win.edit")));
  g_assert_false (gtk_widget_get_visible (button_of (card, "win.delete")));
  g_assert_false (gtk_widget_get_visible (button_of (card, "win.retarget")));
}

/* What can be deleted need not be given up as well: of "abandon" (5) and "delete" (6) only the latter. */
static gboolean
is_shown (guint mask, guint i)
{
  return (mask & 1u << i) != 0 && !(i == 5 && (mask & 1u << 6) != 0);
}

/* Every set of actions: its buttons and no other. */
static void
test_card_every_set (void)
{
  static const struct
  {
    const char *action;
    const char *button;
  } rows[] = { { "edit", "win.edit" },         { "progress", "win.progress" },
               { "view", "win.view" },         { "retarget", "win.retarget" },
               { "withdraw", "win.withdraw" }, { "abandon", "win.abandon" },
               { "delete", "win.delete" },     { "copy", "win.copy" } };
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);

  for (guint mask = 0; mask < 1u << G_N_ELEMENTS (rows); mask++)
    {
      g_autoptr (GString) text
          = g_string_new ("{\"id\":\"d\",\"business\":\"b\",\"stage\":\"applicant\",\"state\":\"draft\","
                           "\"actions\":[\"of-a-newer-server\"");
      g_autoptr (ZcJson) json = NULL;
      g_autoptr (ZcDossier) dossier = NULL;
      g_autoptr (GtkWidget) card = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (mask & 1u << i)
          g_string_append_printf (text, ",\"%s\"", rows[i].action);
      g_string_append (text, "]}");
      json = zc_json_parse (text->str, text->len, NULL);
      dossier = zc_dossier_new_from_json (zc_json_root (json), NULL);
      card = g_object_ref_sink (zc_dossier_card_new (session, dossier));
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        g_assert_cmpint (gtk_widget_get_visible (button_of (card, rows[i].button)), ==, is_shown (mask, i));
    }
}

static void
test_progress_bar (void)
{
  static const char *const stages[]
      = { "{\"id\":\"applicant\",\"status\":\"done\"}", "{\"id\":\"unit\",\"status\":\"current\"}",
          "{\"id\":\"department\",\"status\":\"skipped\"}",
          "{\"id\":\"office\",\"status\":\"ahead\"}" };
  static const gboolean ticked[] = { TRUE, TRUE, FALSE };
  g_autoptr (GListStore) list = g_list_store_new (ZC_TYPE_STAGE_STATUS);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autoptr (ZcJson) json = zc_json_parse (stages[i], strlen (stages[i]), NULL);
      g_autoptr (ZcStageStatus) stage = zc_stage_status_new_from_json (zc_json_root (json), NULL);
      g_list_store_append (list, stage);
    }
  g_autoptr (GtkWidget) bar = g_object_ref_sink (g_object_new (ZC_TYPE_PROGRESS_BAR, NULL));
  zc_progress_bar_show (ZC_PROGRESS_BAR (bar), G_LIST_MODEL (list), "单位待受理");
  GtkWidget *steps
      = GTK_WIDGET (gtk_widget_get_template_child (bar, ZC_TYPE_PROGRESS_BAR, "steps"));
  guint n = 0;
  for (GtkWidget *step = gtk_widget_get_first_child (steps); step != NULL;
       step = gtk_widget_get_next_sibling (step))
    {
      GtkWidget *tick
          = GTK_WIDGET (gtk_widget_get_template_child (step, G_OBJECT_TYPE (step), "tick"));
      g_assert_cmpint (gtk_widget_get_visible (tick), ==, ticked[n]);
      n++;
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (zc_progress_bar_get_status (ZC_PROGRESS_BAR (bar)), ==, "单位待受理");
}

static void
test_deadline (void)
{
  ZcTime end = 0;
  ZcTime now = 0;
  g_assert_true (zc_time_parse ("2026-12-05T09:00:00.000Z", &end));
  g_assert_true (zc_time_parse ("2026-11-23T08:00:00.000Z", &now));
  g_autofree char *left = zc_time_dup_deadline (end, now);
  g_autofree char *today = zc_time_dup_deadline (end, end - 1);
  g_autofree char *closed = zc_time_dup_deadline (end, end);
  g_assert_cmpstr (left, ==, "还有 12 天，2026年12月5日 17:00 截止");
  g_assert_cmpstr (today, ==, "今天截止（2026年12月5日 17:00）");
  g_assert_cmpstr (closed, ==, "已于 2026年12月5日 17:00 截止");
}

static void
test_dates_in_words (void)
{
  static const struct
  {
    char *(*word) (const char *);
    const char *value;
    const char *text;
  } cases[] = {
    { zc_date_dup_text, "1961-01-01", "1961年1月1日" },
    { zc_date_dup_text, "2024-02-29", "2024年2月29日" },
    { zc_date_dup_text, "2023-02-29", "2023-02-29" },
    { zc_date_dup_text, "", "" },
    { zc_month_dup_text, "2012-07", "2012年7月" },
    { zc_month_dup_text, "2012-13", "2012-13" },
    { zc_month_dup_text, "2012-07-01", "2012-07-01" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cases[i].word (cases[i].value);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Said when the account has been made, and to be read again at the gear, by a menu that keys open (S1.8). */
static void
test_safety (void)
{
  g_autoptr (ZcSession) session = zc_session_new (NOWHERE);
  g_autoptr (AdwNavigationPage) page = g_object_ref_sink (zc_registration_page_new (session));
  GtkStack *stack = GTK_STACK (
      gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_REGISTRATION_PAGE, "stack"));
  AdwToolbarView *done = ADW_TOOLBAR_VIEW (gtk_stack_get_child_by_name (stack, "done"));
  const char *told
      = adw_status_page_get_description (ADW_STATUS_PAGE (adw_toolbar_view_get_content (done)));
  ZcWindow *window = zc_window_new (NULL, session);
  AdwDialog *dialog;

  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.safety", NULL));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), ==, told);
  g_assert_nonnull (strstr (told, "请妥善保管账号和密码"));
  adw_dialog_force_close (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
}

int
main (int argc, char **argv)
{
  zc_platform_prepare ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/shell/P21/page/%s", pages[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_page);
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/shell/P21/dialog/%s", dialogs[i].name);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_dialog);
    }
  g_test_add_func ("/shell/S1.1/two-choices", test_choices);
  g_test_add_func ("/shell/U1/units-apart", test_unit_businesses);
  g_test_add_func ("/shell/U2/changes-for-leaders", test_unit_changes);
  g_test_add_func ("/shell/S1.2/register-by-key", test_register_button);
  g_test_add_func ("/shell/S1.3/notice-to-its-end", test_notice_gate);
  g_test_add_func ("/shell/S1.3/no-account-before", test_create_gate);
  g_test_add_func ("/shell/S1.4/message-when-left", test_field_messages);
  g_test_add_func ("/shell/S1.5/giving-up-leaves-nothing", test_give_up);
  g_test_add_func ("/shell/S1.8/safety-told-twice", test_safety);
  g_test_add_func ("/shell/S2.0/one-page-two-tabs", test_one_page_two_tabs);
  g_test_add_func ("/shell/P21/newest-word-at-once", test_newest_word);
  g_test_add_func ("/shell/B2/buttons-are-actions", test_card_actions);
  g_test_add_func ("/shell/B2/every-set-of-actions", test_card_every_set);
  g_test_add_func ("/shell/S3.5.4/right-most-tick", test_progress_bar);
  g_test_add_func ("/shell/S3.1.1a/deadline-in-words", test_deadline);
  g_test_add_func ("/shell/S3.1.4/dates-in-words", test_dates_in_words);
  return g_test_run ();
}
