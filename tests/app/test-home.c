/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "zc-dossier-card.h"
#include "zc-editor-page.h"
#include "zc-field-row.h"
#include "zc-home-page.h"
#include "zc-submit-dialog.h"
#include "zc-target-dialog.h"
#include "zc-why-button.h"
#include "zc-test-world.h"

/* One's own dossiers on the home page, over the real server; another computer changes them meanwhile. */

typedef struct
{
  World world;
  ZcSession *session;
  GtkWidget *window;
  GtkWidget *page;
  AdwNavigationView *pages; /* (nullable) */
} Desk;

static void
sign_in (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  desk->session = zc_session_new (zc_test_server_get_address (desk->world.server));
  await_call (result, zc_session_sign_in_async (desk->session, APPLICANT, PASSWORD, FALSE, answered, &result));
  g_assert_true (zc_session_sign_in_finish (desk->session, result, &error));
  g_assert_no_error (error);
  desk->page = GTK_WIDGET (zc_home_page_new (desk->session));
}

static void
show (Desk *desk, GtkWidget *content)
{
  desk->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (desk->window), content);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1000, 700);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
set_up (Desk *desk, gconstpointer data)
{
  world_set_up (&desk->world, NULL);
  sign_in (desk);
  show (desk, desk->page);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->session);
  world_tear_down (&desk->world, NULL);
}

/* (nullable): the mapped button below root that does this to that dossier, or to any */
static GtkWidget *
find_button (GtkWidget *root, const char *action, const char *id)
{
  const char *name = GTK_IS_BUTTON (root) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (root)) : NULL;

  if (g_strcmp0 (name, action) == 0 && gtk_widget_get_mapped (root)
      && (id == NULL || g_strcmp0 (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (root)), NULL), id) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (Desk *desk, const char *action)
{
  return find_button (desk->page, action, desk->world.dossier);
}

static gint64
shown_version (Desk *desk)
{
  ZcDossier *dossier = zc_dossier_list_find (zc_session_get_dossiers (desk->session), desk->world.dossier);
  return dossier != NULL ? zc_dossier_get_version (dossier) : -1;
}

static GtkWidget *
card_of (Desk *desk, const char *action)
{
  GtkWidget *button = find (desk, action);
  return button != NULL ? gtk_widget_get_ancestor (button, ZC_TYPE_DOSSIER_CARD) : NULL;
}

static void
reload (Desk *desk)
{
  ZcDossierList *list = zc_session_get_dossiers (desk->session);

  zc_dossier_list_reload (list);
  await_that (!zc_dossier_list_get_loading (list));
}

/* The other computer fills in and submits; what is under a finger here stays the same widget. */
static void
test_kept (Desk *desk, gconstpointer data)
{
  GtkWidget *card, *withdraw;
  g_autoptr (ZcDossier) submitted = NULL;

  await_that ((card = card_of (desk, "win.delete")) != NULL);
  g_assert_null (find (desk, "win.withdraw"));
  device_fill (desk->world.device);
  submitted = device_submit (desk->world.device);
  await_that (shown_version (desk) == zc_dossier_get_version (submitted) && find (desk, "win.withdraw") != NULL);
  g_assert_true (card_of (desk, "win.withdraw") == card);
  g_assert_null (find (desk, "win.delete"));
  await_that (find_button (desk->page, "home.apply", NULL) != NULL);
  withdraw = find (desk, "win.withdraw");
  reload (desk);
  g_assert_true (find (desk, "win.withdraw") == withdraw);
}

/* --- S3.1: the whole way, as a person goes it: nothing of the dossier is there before --- */

/* What the window does of that name. */
static void
edit_cb (GSimpleAction *action, GVariant *id, gpointer data)
{
  Desk *desk = data;

  g_set_str (&desk->world.dossier, g_variant_get_string (id, NULL));
  adw_navigation_view_push (desk->pages, zc_editor_page_new (desk->session, desk->world.dossier));
}

static void
set_up_alone (Desk *desk, gconstpointer data)
{
  const GActionEntry actions[] = { { .name = "edit", .activate = edit_cb, .parameter_type = "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  desk->world.server = zc_test_server_new ();
  sign_in (desk);
  desk->pages = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_push (desk->pages, ADW_NAVIGATION_PAGE (desk->page));
  show (desk, GTK_WIDGET (desk->pages));
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), desk);
  gtk_widget_insert_action_group (desk->window, "win", G_ACTION_GROUP (group));
}

static void
tear_down_alone (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->session);
  g_free (desk->world.dossier);
  zc_test_server_free (desk->world.server);
}

static gpointer
child_of (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (widget), type, name);
}

static AdwDialog *
dialog_of (Desk *desk)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (desk->window));
}

/* (nullable): what is offered there under that name */
static GtkListBoxRow *
find_row (GtkListBox *rows, const char *title)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (rows, i)) != NULL; i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      return row;
  return NULL;
}

/* By its name: zc-choice.h and zc-conflict.h call two things alike. */
static gboolean
is_choice (AdwNavigationPage *page)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (page), "ZcChoicePage");
}

/* One part of where it goes: its row, then one item of the list behind it. */
static void
choose (AdwDialog *dialog, int part, const char *searched, const char *title)
{
  GtkListBox *parts = child_of (dialog, ZC_TYPE_TARGET_DIALOG, "list"), *rows;
  AdwNavigationView *pages = child_of (dialog, ZC_TYPE_TARGET_DIALOG, "pages");
  AdwNavigationPage *page;

  await_that (gtk_list_box_get_row_at_index (parts, part) != NULL);
  g_signal_emit_by_name (parts, "row-activated", gtk_list_box_get_row_at_index (parts, part));
  page = adw_navigation_view_get_visible_page (pages);
  g_assert_true (is_choice (page));
  gtk_editable_set_text (GTK_EDITABLE (child_of (page, G_OBJECT_TYPE (page), "search")), searched);
  rows = child_of (page, G_OBJECT_TYPE (page), "rows");
  await_that (find_row (rows, title) != NULL);
  g_signal_emit_by_name (rows, "row-activated", find_row (rows, title));
  await_that (!is_choice (adw_navigation_view_get_visible_page (pages)));
}

static ZcEditorPage *
begin (Desk *desk)
{
  GtkWidget *apply = NULL;
  AdwDialog *dialog;
  ZcEditorPage *editor;

  await_that ((apply = find_button (desk->page, "home.apply", "evaluation")) != NULL);
  g_assert_null (find_button (desk->page, "win.edit", NULL));
  g_signal_emit_by_name (apply, "clicked");
  dialog = dialog_of (desk);
  g_assert_true (ZC_IS_TARGET_DIALOG (dialog));
  choose (dialog, 0, "南方机械", "广西南方机械有限公司");
  choose (dialog, 1, "", "工程技术");
  choose (dialog, 2, "", "副高级");
  choose (dialog, 3, "", "南宁市工程系列高级评委会");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "target.confirm", NULL);
  await_that (desk->world.dossier != NULL);
  editor = ZC_EDITOR_PAGE (adw_navigation_view_get_visible_page (desk->pages));
  await_that (zc_editor_page_get_draft (editor) != NULL);
  return editor;
}

/* By the server's word. */
static gboolean
is_complete (ZcDossier *dossier)
{
  int done, total;

  g_object_get (dossier, "sections-done", &done, "sections-total", &total, NULL);
  return total > 0 && done == total;
}

/* Everything that must be filled in, and nothing else; the server says the same of every section. */
static void
fill_in (Desk *desk, ZcEditorPage *editor)
{
  ZcDraft *draft = zc_editor_page_get_draft (editor);
  Device hands = { .client = zc_session_get_client (desk->session), .draft = draft };
  g_autoptr (GPtrArray) before = zc_draft_check (draft), after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (before->len, >, 0);
  hands.business = zc_draft_get_business (draft);
  hands.dossier = zc_draft_get_dossier (draft);
  device_fill (&hands);
  device_save (&hands, &error);
  g_assert_no_error (error);
  await_that (zc_draft_get_state (draft) == ZC_SYNC_ON_SERVER);
  await_that (is_complete (hands.dossier));
}

/* What is advised is passed over, the instructions are read to their end. */
static void
submit (Desk *desk, ZcEditorPage *editor)
{
  AdwDialog *dialog;
  GtkWidget *agree, *scroller;
  GtkAdjustment *adjustment;

  gtk_widget_activate_action (GTK_WIDGET (editor), "editor.submit", NULL);
  await_that (ZC_IS_SUBMIT_DIALOG (dialog_of (desk)));
  dialog = dialog_of (desk);
  if (g_str_equal (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), "missing"))
    gtk_widget_activate_action (GTK_WIDGET (dialog), "submit.go-on", NULL);
  await_that (g_str_equal (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), "instructions"));
  agree = child_of (dialog, ZC_TYPE_SUBMIT_DIALOG, "agree");
  scroller = child_of (dialog, ZC_TYPE_SUBMIT_DIALOG, "scroller");
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  await_that (gtk_adjustment_get_page_size (adjustment) > 1);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  await_that (gtk_widget_is_sensitive (agree));
  g_signal_emit_by_name (agree, "clicked");
  await_that (!ZC_IS_SUBMIT_DIALOG (dialog_of (desk)));
}

static void
test_whole_way (Desk *desk, gconstpointer data)
{
  Device hands = { 0 };
  g_autoptr (ZcDossier) begun = NULL, sent = NULL;
  g_autoptr (Device) clerk = NULL;
  ZcEditorPage *editor = begin (desk);

  hands.client = zc_session_get_client (desk->session);
  begun = device_get (&hands, desk->world.dossier);
  g_assert_cmpint (zc_dossier_get_stage (begun), ==, ZC_STAGE_APPLICANT);
  g_assert_cmpint (zc_dossier_get_state (begun), ==, ZC_STATE_DRAFT);
  fill_in (desk, editor);
  submit (desk, editor);
  sent = device_get (&hands, desk->world.dossier);
  g_assert_cmpint (zc_dossier_get_stage (sent), ==, ZC_STAGE_UNIT);
  g_assert_cmpint (zc_dossier_get_state (sent), ==, ZC_STATE_WAITING);
  if (dialog_of (desk) != NULL)
    adw_dialog_force_close (dialog_of (desk)); /* the receipt */
  adw_navigation_view_pop_to_page (desk->pages, ADW_NAVIGATION_PAGE (desk->page));
  await_that (find (desk, "win.withdraw") != NULL); /* in the list it stands where it is now */
  g_assert_null (find (desk, "win.edit"));
  clerk = device_new_staff (desk->world.server, UNIT_CLERK);
  device_do_act (clerk, desk->world.dossier, ZC_ACT_ACCEPT); /* and it is at the unit */
  await_that (find_button (desk->page, ZC_WHY_ACTION, "already-accepted:广西南方机械有限公司") != NULL);
  g_assert_null (find (desk, "win.withdraw"));
}

/* What the store was asked before is answered, and what followed from it is done. */
static void
await_store (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_get_setting_async (zc_session_get_store (desk->session), "nothing", answered, &result));
  g_free (zc_local_store_get_text_finish (zc_session_get_store (desk->session), result, NULL));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static const char *
focused_field (Desk *desk)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ZC_TYPE_FIELD_ROW) : NULL;

  return row != NULL ? zc_field_row_get_field (ZC_FIELD_ROW (row))->id : "";
}

/* The form is there with the focus in it, and neither goes elsewhere by itself: what was typed at once went into the next field. */
static void
test_opened_for_good (Desk *desk, gconstpointer data)
{
  ZcEditorPage *editor = begin (desk);

  g_assert_cmpstr (zc_editor_page_get_section (editor), ==, "pledge");
  g_assert_cmpstr (focused_field (desk), ==, "pledge_consent");
  await_store (desk);
  g_assert_cmpstr (focused_field (desk), ==, "pledge_consent");
  zc_editor_page_show_place (editor, "basic_information", NULL, NULL);
  await_store (desk);
  adw_navigation_view_pop (desk->pages);
  await_that (adw_navigation_view_get_visible_page (desk->pages) != ADW_NAVIGATION_PAGE (editor));
  gtk_widget_activate_action (desk->page, "win.edit", "s", desk->world.dossier);
  editor = ZC_EDITOR_PAGE (adw_navigation_view_get_visible_page (desk->pages));
  await_that (zc_editor_page_get_draft (editor) != NULL);
  g_assert_cmpstr (zc_editor_page_get_section (editor), ==, "basic_information");
  g_assert_cmpstr (focused_field (desk), !=, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/home/P2/news-keeps-what-is-under-a-finger", Desk, NULL, set_up, test_kept, tear_down);
  g_test_add ("/home/S3.1/N12/evaluation-from-the-list-to-the-unit", Desk, NULL, set_up_alone, test_whole_way, tear_down_alone);
  g_test_add ("/home/P1/P2/opened-where-one-was-with-the-focus-in-it-for-good", Desk, NULL, set_up_alone, test_opened_for_good, tear_down_alone);
  return g_test_run ();
}
