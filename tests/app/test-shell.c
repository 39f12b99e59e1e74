/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell-fixture.h"
#include "zc-choice-page.h"
#include "zc-detail-page.h"
#include "zc-devices-dialog.h"
#include "zc-factor-dialog.h"
#include "zc-home-page.h"
#include "zc-invitation-dialog.h"
#include "zc-invite-dialog.h"
#include "zc-left-dialog.h"
#include "zc-notice-dialog.h"
#include "zc-platform.h"
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
#include "zc-toast.h"

/* The shell's pages and dialogs, each built from its .ui, without a server. */

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
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  AdwNavigationPage *page = pages[i].make (session);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (view));
  adw_navigation_view_push (view, page);
  gtk_window_present (window);
  shell_settle ();
  shell_walk (GTK_WIDGET (page), assert_named, (gpointer)pages[i].name);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  gtk_window_destroy (window);
  shell_await (page == NULL);
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
  g_autoptr (ZcDossier) dossier = shell_make_dossier ();
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
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  AdwDialog *dialog = dialogs[i].make (session);
  gtk_window_set_default_size (window, 1180, 760); /* room as the app has it */
  gtk_window_present (window);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  shell_settle ();
  shell_walk (GTK_WIDGET (dialog), assert_named, (gpointer)dialogs[i].name);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  adw_dialog_force_close (dialog);
  gtk_window_destroy (window);
  shell_await (dialog == NULL);
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
  shell_walk (GTK_WIDGET (page), count_choice, &n);
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
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
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
      g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
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
  shell_walk (root, find_words, &words);
  return words.found;
}

static void
await_word (GtkWidget *root, const char *text, gboolean said)
{
  shell_await (says (root, text) == said);
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
  shell_settle ();
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
  g_test_add_func ("/shell/P21/newest-word-at-once", test_newest_word);
  return g_test_run ();
}
