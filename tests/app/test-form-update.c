/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "form-fixture.h"
#include "zc-editor-banners.h"
#include "zc-editor-page.h"
#include "zc-entry-list.h"
#include "zc-entry-row.h"
#include "zc-field-list.h"
#include "zc-field-row.h"
#include "zc-form-deck.h"
#include "zc-form-page.h"
#include "zc-id.h"
#include "zc-left-dialog.h"
#include "zc-reader.h"
#include "zc-review-page.h"
#include "zc-target-dialog.h"
#include "zc-test-world.h"

/* A business that a tester invented, imported into the server that runs: filled in, submitted and reviewed in the app (B5); its
 * newer form (decisions 16); a copy (P27). Real server, real widgets. */

#define UNIT "unit-southern-machinery"

typedef struct
{
  ZcTestServer *server;
  ZcSession    *session;
  GString      *odd;     /* the business, as it is published last */
  char         *dossier;
  GtkWidget    *window;
  ZcEditorPage *editor;  /* of the window */
} Desk;

static void
sign_in (Desk *desk, const char *mobile, gboolean as_staff)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_session_sign_in_async (desk->session, mobile, PASSWORD, as_staff, answered, &result));
  zc_session_sign_in_finish (desk->session, result, &error);
  g_assert_no_error (error);
  await_that (zc_session_get_state (desk->session) == ZC_SESSION_SIGNED_IN);
}

/* Publishes the business with one thing said otherwise, as the next revision. */
static void
publish (Desk *desk, const char *old, const char *new)
{
  g_assert_cmpuint (g_string_replace (desk->odd, "\"revision\": 7", "\"revision\": 8", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (desk->odd, old, new, 0), >, 0);
  zc_test_server_import (desk->server, desk->odd->str);
}

/* As it is, but for the sizes of pictures: those of these tests are larger. */
static void
read_odd (Desk *desk)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "businesses", "odd.json", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  desk->odd = g_string_new (text);
  g_string_replace (desk->odd, "\"max_bytes\": 500", "\"max_bytes\": 700000", 0);
  g_string_replace (desk->odd, "\"max_bytes\": 1000", "\"max_bytes\": 700000", 0);
}

static ZcDraft *
draft_of (Desk *desk)
{
  return zc_editor_page_get_draft (desk->editor);
}

static gpointer
child_of (Desk *desk, const char *name)
{
  GtkWidget *banners = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (desk->editor), ZC_TYPE_EDITOR_PAGE, "banners"));

  if (g_str_has_suffix (name, "_banner"))
    return gtk_widget_get_template_child (banners, ZC_TYPE_EDITOR_BANNERS, name);
  return gtk_widget_get_template_child (GTK_WIDGET (desk->editor), ZC_TYPE_EDITOR_PAGE, name);
}

static void
show (Desk *desk, GtkWidget *page)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_window_set_content (ADW_WINDOW (desk->window), overlay);
}

static void
open_editor (Desk *desk)
{
  desk->editor = ZC_EDITOR_PAGE (zc_editor_page_new (desk->session, desk->dossier));
  show (desk, GTK_WIDGET (desk->editor));
  await_that (draft_of (desk) != NULL);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  const ZcTarget target = { .unit = UNIT, .level = "junior" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();

  read_odd (desk);
  desk->server = zc_test_server_new ();
  desk->session = zc_session_new (zc_test_server_get_address (desk->server));
  sign_in (desk, APPLICANT, FALSE);
  await_that (zc_session_get_sync (desk->session) != NULL);
  zc_test_server_import (desk->server, desk->odd->str);
  await_call (result, zc_session_create_dossier_async (desk->session, "beekeeping", &target, key, answered, &result));
  dossier = zc_session_create_dossier_finish (desk->session, result, &error);
  g_assert_no_error (error);
  desk->dossier = g_strdup (zc_dossier_get_id (dossier));
  desk->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1180, 760);
  gtk_window_present (GTK_WINDOW (desk->window));
  open_editor (desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  if (zc_session_get_state (desk->session) == ZC_SESSION_SIGNED_IN)
    zc_session_sign_out (desk->session);
  g_clear_object (&desk->session);
  g_string_free (desk->odd, TRUE);
  g_free (desk->dossier);
  zc_test_server_free (desk->server);
}

/* What a form needs to be told apart from another one. */
static void
fill_some (Desk *desk)
{
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "call_at", "13800138000");
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "hives", "3");
  zc_draft_set_flag (draft_of (desk), "vow", NULL, "agreed", TRUE);
  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_ON_SERVER);
}

/* As when the dossier is opened, or something of it has changed. */
static void
pull (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcDossier) dossier = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_sync_pull_async (zc_session_get_sync (desk->session), desk->dossier, NULL, answered, &result));
  dossier = zc_sync_pull_finish (zc_session_get_sync (desk->session), result, &error);
  g_assert_no_error (error);
}

static gboolean
has_newest (Desk *desk)
{
  ZcDraft *draft = draft_of (desk);

  return draft != NULL && strstr (desk->odd->str, "\"phone\"") != NULL
         && zc_section_find_field (zc_business_find_section (zc_draft_get_business (draft), "keeper", NULL), "phone") != NULL;
}

static void
assert_text (Desk *desk, const char *field, const char *expected)
{
  g_autofree char *text = zc_draft_dup_text (draft_of (desk), "keeper", NULL, field);

  g_assert_cmpstr (text, ==, expected);
}

static AdwDialog *
dialog_of (Desk *desk)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (desk->window));
}

/* One answer found no place: the mobile, by the words of the form it was given in. */
static void
assert_lists_mobile (AdwDialog *dialog, const char *mobile)
{
  GtkListBox *rows = GTK_LIST_BOX (gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_LEFT_DIALOG, "rows"));
  AdwActionRow *row = ADW_ACTION_ROW (gtk_list_box_get_row_at_index (rows, 0));

  g_assert_nonnull (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "手机"));
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, mobile);
  g_assert_null (gtk_list_box_get_row_at_index (rows, 1));
}

static void
assert_history_lists_mobile (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) history = NULL, stages = NULL;
  g_autoptr (ZcHistoryItem) item = NULL;
  g_autoptr (ZcLeft) left = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_client_get_history_async (zc_session_get_client (desk->session), desk->dossier, NULL, answered, &result));
  history = zc_client_get_history_finish (zc_session_get_client (desk->session), result, &stages, &error);
  g_assert_no_error (error);
  item = g_list_model_get_item (history, 0);
  g_assert_true (zc_history_item_is_form_update (item));
  left = g_list_model_get_item (zc_history_item_get_left (item), 0);
  g_assert_cmpstr (zc_left_get_text (left), ==, "13800138000");
}

/* What was just typed goes first; what has no place is listed, and stays in the history. */
static void
test_update (Desk *desk, gconstpointer data)
{
  fill_some (desk);
  pull (desk);
  g_assert_false (adw_banner_get_revealed (child_of (desk, "form_banner")));
  publish (desk, "\"call_at\"", "\"phone\"");
  pull (desk);
  await_that (adw_banner_get_revealed (child_of (desk, "form_banner")));
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "hives", "5");
  gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.update-form", NULL);
  await_that (has_newest (desk) && ZC_IS_LEFT_DIALOG (dialog_of (desk)));
  assert_lists_mobile (dialog_of (desk), "13800138000");
  assert_text (desk, "hives", "5");
  assert_text (desk, "phone", "");
  g_assert_true (zc_draft_get_flag (draft_of (desk), "vow", NULL, "agreed"));
  g_assert_false (adw_banner_get_revealed (child_of (desk, "form_banner")));
  assert_history_lists_mobile (desk);
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "phone", "13900000000");
  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_ON_SERVER);
}

/* Without the network nothing happens, and the form stays as it is. */
static void
test_offline (Desk *desk, gconstpointer data)
{
  fill_some (desk);
  publish (desk, "\"call_at\"", "\"phone\"");
  pull (desk);
  await_that (adw_banner_get_revealed (child_of (desk, "form_banner")));
  zc_test_server_stop (desk->server);
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "hives", "6");
  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_OFFLINE);
  gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.update-form", NULL);
  zc_test_server_start (desk->server);
  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_ON_SERVER);
  pull (desk);
  g_assert_false (has_newest (desk));
  assert_text (desk, "call_at", "13800138000");
  g_assert_true (adw_banner_get_revealed (child_of (desk, "form_banner")));
}

static void
update_elsewhere (Desk *desk)
{
  g_autoptr (Device) two = device_new (desk->server, APPLICANT);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcDossier) updated = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = zc_id_new ();

  await_call (result, zc_client_update_form_async (two->client, desk->dossier, zc_dossier_get_version (zc_draft_get_dossier (draft_of (desk))),
                                                   key, NULL, answered, &result));
  updated = zc_client_update_form_finish (two->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (zc_dossier_get_left (updated)), ==, 1);
}

/* Updated on another computer: the form that is open here gives way to the newest by itself. */
static void
test_other_device (Desk *desk, gconstpointer data)
{
  fill_some (desk);
  publish (desk, "\"call_at\"", "\"phone\"");
  update_elsewhere (desk);
  await_that (has_newest (desk));
  assert_text (desk, "hives", "3");
  g_assert_null (dialog_of (desk));
}

/* What was typed here meanwhile moves into the newest form; what has no place there any more is told, and kept to be read. */
static void
test_unsent_elsewhere (Desk *desk, gconstpointer data)
{
  fill_some (desk);
  publish (desk, "\"call_at\"", "\"phone\"");
  zc_sync_stop (zc_session_get_sync (desk->session));
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "hives", "5");
  zc_draft_set_text (draft_of (desk), "keeper", NULL, "call_at", "13900000000");
  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_SAVED);
  g_assert_false (adw_banner_get_revealed (child_of (desk, "left_banner")));
  update_elsewhere (desk);
  zc_sync_start (zc_session_get_sync (desk->session));
  await_that (has_newest (desk) && adw_banner_get_revealed (child_of (desk, "left_banner")));
  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_ON_SERVER);
  g_assert_cmpint (zc_draft_get_n_conflicts (draft_of (desk)), ==, 0);
  assert_text (desk, "hives", "5");
  g_signal_emit_by_name (child_of (desk, "left_banner"), "button-clicked");
  await_that (ZC_IS_LEFT_DIALOG (dialog_of (desk)));
  assert_lists_mobile (dialog_of (desk), "13900000000");
  adw_dialog_force_close (dialog_of (desk));
}

static void
show_left (Desk *desk)
{
  g_signal_emit_by_name (child_of (desk, "left_banner"), "button-clicked");
  await_that (ZC_IS_LEFT_DIALOG (dialog_of (desk)));
}

static void
answer_removal (Desk *desk, const char *response)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog_of (desk)), "left.remove", NULL);
  await_that (ADW_IS_ALERT_DIALOG (dialog_of (desk)));
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog_of (desk)), response);
  adw_dialog_close (dialog_of (desk));
  await_that (!ADW_IS_ALERT_DIALOG (dialog_of (desk)));
}

static char *
dup_left (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = g_strconcat (ZC_LOCAL_STORE_LEFT, desk->dossier, NULL);
  ZcLocalStore *store = zc_session_get_store (desk->session);

  await_call (result, zc_local_store_get_setting_async (store, name, answered, &result));
  return zc_local_store_get_text_finish (store, result, NULL);
}

static void
put_left (Desk *desk, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = g_strconcat (ZC_LOCAL_STORE_LEFT, desk->dossier, NULL);
  ZcLocalStore *store = zc_session_get_store (desk->session);

  await_call (result, zc_local_store_put_setting_async (store, name, text, answered, &result));
  g_assert_true (zc_local_store_write_finish (store, result, NULL));
}

/* What was kept aside is put away for good by who says so twice, and by nothing else; what came to it meanwhile was not seen. */
static void
test_put_away (Desk *desk, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;
  g_autofree char *none = NULL;

  test_unsent_elsewhere (desk, data);
  await_that (dialog_of (desk) == NULL);
  text = dup_left (desk);
  show_left (desk);
  answer_removal (desk, "keep");
  adw_dialog_force_close (dialog_of (desk));
  await_that (dialog_of (desk) == NULL);

  show_left (desk);
  more = g_strdup_printf ("[%.*s,%s", (int) strlen (text) - 2, text + 1, text + 1);
  put_left (desk, more);
  answer_removal (desk, "remove");
  await_that (dialog_of (desk) == NULL);
  none = dup_left (desk);
  g_assert_cmpstr (none, ==, more);
  g_assert_true (adw_banner_get_revealed (child_of (desk, "left_banner")));

  show_left (desk);
  answer_removal (desk, "remove");
  await_that (dialog_of (desk) == NULL && !adw_banner_get_revealed (child_of (desk, "left_banner")));
  g_clear_pointer (&none, g_free);
  none = dup_left (desk);
  g_assert_null (none);
}

static ZcDossier *
act (Desk *desk, ZcAct what)
{
  ZcDossier *dossier = zc_draft_get_dossier (draft_of (desk));
  g_autoptr (ZcAction) action = zc_action_new (desk->dossier, what, zc_dossier_get_version (dossier));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ZcDossier *after;

  await_call (result, zc_session_perform_async (desk->session, action, answered, &result));
  after = zc_session_perform_finish (desk->session, result, &error);
  g_assert_no_error (error);
  return after;
}

static ZcDossier *
find_other (GListModel *dossiers, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (dossiers); i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (dossiers, i);

      if (!g_str_equal (zc_dossier_get_id (dossier), id))
        return g_steal_pointer (&dossier);
    }
  g_assert_not_reached ();
}

/* The target of the old one is proposed; its answers are there, what must be said anew is not. */
static void
test_copy (Desk *desk, gconstpointer data)
{
  g_autoptr (ZcDossier) ended = NULL, made = NULL;
  GListModel *dossiers = G_LIST_MODEL (zc_session_get_dossiers (desk->session));
  AdwDialog *dialog;

  fill_some (desk);
  ended = act (desk, ZC_ACT_ABANDON);
  g_assert_true (zc_dossier_has_action (ended, "copy"));
  publish (desk, "\"call_at\"", "\"phone\"");
  dialog = zc_target_dialog_new_copy (desk->session, ended);
  adw_dialog_present (dialog, desk->window);
  await_that (gtk_list_box_get_row_at_index (
                  GTK_LIST_BOX (gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_TARGET_DIALOG, "list")), 1)
              != NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "target.confirm", NULL);
  await_that (ZC_IS_LEFT_DIALOG (dialog_of (desk)));
  assert_lists_mobile (dialog_of (desk), "13800138000");
  await_that (g_list_model_get_n_items (dossiers) == 2);
  made = find_other (dossiers, desk->dossier);
  g_set_str (&desk->dossier, zc_dossier_get_id (made));
  g_assert_cmpstr (zc_dossier_get_target_id (made, "level"), ==, "junior");
  open_editor (desk);
  await_that (has_newest (desk));
  assert_text (desk, "hives", "3");
  g_assert_false (zc_draft_get_flag (draft_of (desk), "vow", NULL, "agreed"));
}

/* --- B5: from the first look to the reviewer's decision --- */

static ZcFieldList *
open_fields (Desk *desk, const ZcSection *section)
{
  GtkWidget *form, *list;
  const char *entry = NULL;

  zc_editor_page_show_place (desk->editor, section->id, NULL, NULL);
  form = GTK_WIDGET (zc_form_deck_get_shown (child_of (desk, "forms")));
  g_assert_cmpstr (zc_form_page_get_section (ZC_FORM_PAGE (form)), ==, section->id);
  await_that (zc_form_page_is_whole (ZC_FORM_PAGE (form)));
  if (section->repeats)
    {
      entry = zc_draft_add_entry (draft_of (desk), section->id);
      list = form_fixture_find (form, ZC_TYPE_ENTRY_LIST);
      zc_entry_row_set_open (zc_entry_list_find_row (ZC_ENTRY_LIST (list), entry), TRUE);
    }
  list = form_fixture_find (form, ZC_TYPE_FIELD_LIST);
  g_assert_nonnull (list);
  return ZC_FIELD_LIST (list);
}

/* Every field of every section that applies has a control, whatever its type. */
static void
assert_drawn (Desk *desk)
{
  GListModel *sections = zc_draft_get_sections (draft_of (desk));

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) item = g_list_model_get_item (sections, i);
      const ZcSection *section = zc_draft_section_get_definition (item);
      ZcFieldList *list;

      if (!zc_draft_section_get_visible (item))
        continue;
      list = open_fields (desk, section);
      for (guint j = 0; j < section->n_fields; j++)
        {
          ZcFieldRow *row = zc_field_list_find_row (list, section->fields[j].id);

          g_assert_nonnull (row);
          g_assert_nonnull (zc_field_row_get_control (row));
        }
    }
}

/* The server counts what this computer counts, section by section. */
static void
assert_both_agree (Desk *desk, gboolean complete)
{
  GListModel *sections = zc_draft_get_sections (draft_of (desk));

  await_that (zc_draft_get_state (draft_of (desk)) == ZC_SYNC_ON_SERVER);
  pull (desk);
  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) item = g_list_model_get_item (sections, i);
      ZcSectionStatus *told
          = zc_dossier_find_section (zc_draft_get_dossier (draft_of (desk)), zc_draft_section_get_id (item));

      await_that (zc_section_status_get_n_problems (told) == zc_draft_section_get_n_problems (item));
      if (complete)
        g_assert_cmpuint (zc_draft_section_get_n_problems (item), ==, 0);
    }
}

static void
fill_all (Desk *desk, Device *hands)
{
  static const struct
  {
    const char *section;
    const char *field;
    const char *text;
  } answers[] = {
    { "vow", "agreed", "true" },     { "vow", "signature", "养蜂人" },        { "vow", "signed_on", "2020-01-05" },
    { "keeper", "path", "正常" },    { "keeper", "call_at", "13800138000" },  { "keeper", "hives", "3" },
    { "keeper", "stung", "true" },
  };
  GListModel *entries = zc_draft_get_entries (draft_of (desk), "harvests");
  g_autoptr (ZcDraftEntry) harvest = g_list_model_get_item (entries, 0);
  g_autoptr (ZcDraftEntry) remark = g_list_model_get_item (zc_draft_get_entries (draft_of (desk), "remarks"), 0);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    zc_draft_set_text (draft_of (desk), answers[i].section, NULL, answers[i].field, answers[i].text);
  zc_draft_set_text (draft_of (desk), "harvests", zc_draft_entry_get_id (harvest), "harvest_year", "2025");
  zc_draft_set_text (draft_of (desk), "remarks", zc_draft_entry_get_id (remark), "remark", "蜂箱在山上");
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) picture = test_picture (i);

      g_assert_true (device_add_image (hands, i < 2 ? "keeper" : "harvests", i < 2 ? NULL : zc_draft_entry_get_id (harvest),
                                       i < 2 ? "portrait" : "scales", picture, &error));
    }
}

static gboolean
has_label (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_label (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
decide (Desk *desk, ZcAct what)
{
  Device hands = { .client = zc_session_get_client (desk->session) };
  g_autoptr (ZcDossier) now = device_get (&hands, desk->dossier), after = NULL;
  g_autoptr (ZcAction) action = zc_action_new (desk->dossier, what, zc_dossier_get_version (now));
  g_autoptr (GError) error = NULL;

  after = device_act (&hands, action, &error);
  g_assert_no_error (error);
}

static void
fill_verdict (Desk *desk)
{
  ZcClient *client = zc_session_get_client (desk->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_client_put_section_async (client, desk->dossier, "verdict", 0,
                                                   "{\"values\":{\"opinion_text\":\"情况属实\",\"visited\":\"2020-01-05\"}}",
                                                   NULL, answered, &result));
  reply = zc_client_put_section_finish (client, result, &error);
  g_assert_no_error (error);
}

static void
review (Desk *desk)
{
  static const char *const answers[] = { "养蜂人", "13800138000", "2025", "蜂箱在山上" }; /* one a section */
  AdwNavigationPage *page;
  g_autoptr (ZcDossier) after = NULL;
  Device hands = { 0 };

  sign_in (desk, UNIT_CLERK, TRUE);
  page = zc_review_page_new (desk->session, desk->dossier);
  show (desk, GTK_WIDGET (page));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("the reviewer reads %s", answers[i]);
      await_that (has_label (GTK_WIDGET (page), answers[i]));
      gtk_widget_activate_action (form_fixture_find (GTK_WIDGET (page), ZC_TYPE_READER), "reader.next", NULL);
    }
  decide (desk, ZC_ACT_ACCEPT);
  fill_verdict (desk);
  decide (desk, ZC_ACT_APPROVE);
  hands.client = zc_session_get_client (desk->session);
  after = device_get (&hands, desk->dossier);
  g_assert_cmpint (zc_dossier_get_stage (after), ==, ZC_STAGE_OFFICE);
}

static void
test_whole_way (Desk *desk, gconstpointer data)
{
  Device hands = { .client = zc_session_get_client (desk->session) };
  g_autoptr (ZcDossier) sent = NULL;

  assert_drawn (desk);
  assert_both_agree (desk, FALSE);
  hands.draft = draft_of (desk);
  hands.dossier = zc_draft_get_dossier (hands.draft);
  fill_all (desk, &hands);
  assert_both_agree (desk, TRUE);
  sent = device_submit (&hands);
  g_assert_cmpint (zc_dossier_get_stage (sent), ==, ZC_STAGE_UNIT);
  adw_window_set_content (ADW_WINDOW (desk->window), NULL);
  desk->editor = NULL;
  zc_session_sign_out (desk->session);
  review (desk);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (Desk *desk, gconstpointer data);
  } tests[] = {
    { "decision-16/update", test_update },
    { "decision-16/offline", test_offline },
    { "decision-16/other-device", test_other_device },
    { "decision-16/unsent-elsewhere", test_unsent_elsewhere },
    { "decision-16/put-away", test_put_away },
    { "P27/copy", test_copy },
    { "B5/whole-way", test_whole_way },
  };

  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/form-update/", tests[i].name, NULL);

      g_test_add (path, Desk, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
