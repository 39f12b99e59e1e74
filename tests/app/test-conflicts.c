/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "form-fixture.h"
#include "zc-conflict-dialog.h"
#include "zc-conflict-row.h"
#include "zc-editor-banners.h"
#include "zc-editor-page.h"
#include "zc-section-row.h"
#include "zc-submit-dialog.h"

/* What was changed here and on another computer, as the person meets it: told, compared, chosen, settled (P16). */
#define ODD "data/businesses/odd.json"
#define DIGEST "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

typedef struct
{
  GAsyncResult *result;
} Waiting;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Waiting *) data)->result = g_object_ref (result);
}

/* The server holds this now. */
static void
pull (FormFixture *fixture, const char *section, const char *body, gint64 version)
{
  Waiting waiting = { NULL };

  zc_local_store_section_pulled_async (fixture->store, zc_dossier_get_id (fixture->dossier), section, body, version, "incomplete",
                                       NULL, done_cb, &waiting);
  form_fixture_await (waiting.result != NULL);
  g_assert_true (zc_local_store_write_finish (fixture->store, waiting.result, NULL));
  g_object_unref (waiting.result);
}

static void
flush (FormFixture *fixture)
{
  Waiting waiting = { NULL };

  zc_draft_flush_async (fixture->draft, done_cb, &waiting);
  form_fixture_await (waiting.result != NULL);
  g_object_unref (waiting.result);
}

static ZcStoredSection *
stored (FormFixture *fixture, const char *section)
{
  Waiting waiting = { NULL };
  g_autoptr (GPtrArray) rows = NULL;
  ZcStoredSection *found = NULL;

  zc_local_store_load_sections_async (fixture->store, zc_dossier_get_id (fixture->dossier), done_cb, &waiting);
  form_fixture_await (waiting.result != NULL);
  rows = zc_local_store_list_sections_finish (fixture->store, waiting.result, NULL);
  g_object_unref (waiting.result);
  for (guint i = 0; found == NULL && i < rows->len; i++)
    if (g_str_equal (((ZcStoredSection *) g_ptr_array_index (rows, i))->section, section))
      found = g_ptr_array_steal_index (rows, i);
  g_assert_nonnull (found);
  return found;
}

/* Two fields of one section, and an entry that was deleted here and changed there. */
static void
make_conflicts (FormFixture *fixture)
{
  pull (fixture, "vow", "{\"values\":{\"signature\":\"黄\",\"signed_on\":\"2020-01-01\"}}", 1);
  pull (fixture, "harvests", "{\"entries\":[{\"id\":\"0193aaaa-0000-7000-8000-00000000000a\",\"values\":{}}]}", 1);
  form_fixture_await (g_list_model_get_n_items (zc_draft_get_entries (fixture->draft, "harvests")) == 1);
  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志明");
  zc_draft_set_text (fixture->draft, "vow", NULL, "signed_on", "2021-01-01");
  json_node_unref (zc_draft_remove_entry (fixture->draft, "harvests", "0193aaaa-0000-7000-8000-00000000000a", NULL));
  flush (fixture);
  pull (fixture, "vow", "{\"values\":{\"signature\":\"黄志鸣\",\"signed_on\":\"2022-02-02\"}}", 2);
  pull (fixture, "harvests",
        "{\"entries\":[{\"id\":\"0193aaaa-0000-7000-8000-00000000000a\",\"values\":{\"scales\":[{\"sha256\":\"" DIGEST
        "\",\"bytes\":1,\"width\":1,\"height\":1,\"name\":\"那边.jpg\"}]}}]}",
        2);
  form_fixture_await (zc_draft_get_n_conflicts (fixture->draft) == 3);
}

static gpointer
get_banner (ZcEditorPage *page, const char *name)
{
  GtkWidget *banners = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_EDITOR_PAGE, "banners"));

  return gtk_widget_get_template_child (banners, ZC_TYPE_EDITOR_BANNERS, name);
}

static ZcEditorPage *
show_editor (FormFixture *fixture)
{
  AdwNavigationPage *page = zc_editor_page_new_for_draft (NULL, fixture->draft);

  form_fixture_show (fixture, GTK_WIDGET (page));
  return ZC_EDITOR_PAGE (page);
}

static AdwDialog *
visible_dialog (FormFixture *fixture)
{
  form_fixture_idle ();
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static gpointer
nth_row (AdwDialog *dialog, guint n)
{
  GtkWidget *row = gtk_widget_get_first_child (
      GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_CONFLICT_DIALOG, "rows")));

  while (row != NULL && n-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return row;
}

static gpointer
row_child (AdwDialog *dialog, guint n, const char *name)
{
  return gtk_widget_get_template_child (nth_row (dialog, n), ZC_TYPE_CONFLICT_ROW, name);
}

static void
assert_count (AdwDialog *dialog, const char *expected)
{
  GtkLabel *count = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_CONFLICT_DIALOG, "count"));

  g_assert_cmpstr (gtk_label_get_label (count), ==, expected);
}

/* The editor says how many, the sidebar where, and the button of the banner leads there. */
static void
test_told (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwBanner *banner = get_banner (page, "conflict_banner");
  GtkListBox *sections = GTK_LIST_BOX (form_fixture_find (GTK_WIDGET (page), GTK_TYPE_LIST_BOX));
  ZcSectionRow *vow = ZC_SECTION_ROW (gtk_list_box_get_row_at_index (sections, 0));

  g_assert_false (adw_banner_get_revealed (banner));
  make_conflicts (fixture);
  form_fixture_await (adw_banner_get_revealed (banner));
  g_assert_nonnull (strstr (adw_banner_get_title (banner), "3 places"));
  g_assert_nonnull (strstr (zc_section_row_get_state_text (vow), "2 to choose"));
  g_assert_nonnull (strstr (zc_editor_page_get_status (page), "please choose"));
  g_signal_emit_by_name (banner, "button-clicked");
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.conflicts", NULL);
  g_assert_true (ZC_IS_CONFLICT_DIALOG (visible_dialog (fixture)));
}

/* Named by its labels, both versions side by side, each choice with a name of its own. */
static void
test_compared (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwDialog *dialog;
  GtkLabel *place;

  make_conflicts (fixture);
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.conflicts", NULL);
  dialog = visible_dialog (fixture);
  place = row_child (dialog, 0, "place");
  g_assert_nonnull (strstr (gtk_label_get_label (place),
                            zc_section_find_field (zc_business_find_section (fixture->business, "vow", NULL), "signature")->label));
  g_assert_nonnull (nth_row (dialog, 2));
  g_assert_null (nth_row (dialog, 3));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row_child (dialog, 0, "use_mine")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "黄志明");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row_child (dialog, 0, "use_theirs")),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "黄志鸣");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row_child (dialog, 2, "use_mine")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Deleted");
  g_assert_nonnull (form_fixture_find (nth_row (dialog, 2), GTK_TYPE_PICTURE)); /* a picture is shown as one */
  assert_count (dialog, "0 of 3 chosen");
}

/* Choices can be taken back; closing leaves everything as it was; finishing stores them, one by one or all. */
static void
test_chosen (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  g_autoptr (ZcStoredSection) vow = NULL, harvests = NULL;
  AdwDialog *dialog;

  make_conflicts (fixture);
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.conflicts", NULL);
  dialog = visible_dialog (fixture);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "conflict.choose-all", "s", "theirs");
  assert_count (dialog, "3 of 3 chosen");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "conflict.undo", NULL);
  assert_count (dialog, "0 of 3 chosen");
  g_assert_false (gtk_check_button_get_active (row_child (dialog, 0, "use_theirs")));
  gtk_widget_activate (row_child (dialog, 0, "use_theirs"));
  assert_count (dialog, "1 of 3 chosen");
  adw_dialog_force_close (dialog);
  form_fixture_idle ();
  g_assert_cmpint (zc_draft_get_n_conflicts (fixture->draft), ==, 3);

  gtk_widget_activate_action (GTK_WIDGET (page), "editor.conflicts", NULL);
  dialog = visible_dialog (fixture);
  gtk_widget_activate (row_child (dialog, 0, "use_theirs"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "conflict.finish", NULL);
  form_fixture_await (zc_draft_get_n_conflicts (fixture->draft) == 2);
  form_fixture_await (nth_row (dialog, 2) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "conflict.choose-all", "s", "mine");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "conflict.finish", NULL);
  form_fixture_await (visible_dialog (fixture) == NULL);
  g_assert_false (adw_banner_get_revealed (get_banner (page, "conflict_banner")));
  vow = stored (fixture, "vow");
  harvests = stored (fixture, "harvests");
  g_assert_cmpstr (vow->body, ==, "{\"values\":{\"signature\":\"黄志鸣\",\"signed_on\":\"2021-01-01\"}}");
  g_assert_null (vow->conflicts);
  g_assert_true (vow->dirty); /* on its way */
  g_assert_cmpstr (harvests->body, ==, "{\"entries\":[]}");
  g_assert_cmpint (zc_draft_get_state (fixture->draft), ==, ZC_SYNC_SAVED);
}

/* 报送 names it first, and leads there. */
static void
test_submit (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwDialog *dialog;

  make_conflicts (fixture);
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.submit", NULL);
  dialog = visible_dialog (fixture);
  g_assert_cmpstr (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), ==, "conflicts");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "submit.settle", NULL);
  form_fixture_await (ZC_IS_CONFLICT_DIALOG (visible_dialog (fixture)));
}

/* R13: submitted elsewhere while this computer held something unsent: it can be read, and the page says what it is. */
static void
test_too_late (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwBanner *banner = get_banner (page, "kept_banner");
  g_autoptr (ZcDossier) submitted = form_fixture_new_dossier (zc_business_get_id (fixture->business),
                                                              "\"state\":\"waiting\",\"actions\":[\"view\"],\"returned\":null,");
  g_autofree char *text = NULL;

  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "报送后才写");
  flush (fixture);
  g_assert_false (adw_banner_get_revealed (banner));
  zc_dossier_update_from (fixture->dossier, submitted);
  form_fixture_await (adw_banner_get_revealed (banner));
  g_assert_nonnull (strstr (adw_banner_get_title (banner), "not part of what was submitted"));
  text = zc_draft_dup_text (fixture->draft, "vow", NULL, "signature");
  g_assert_cmpstr (text, ==, "报送后才写");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (FormFixture *fixture, gconstpointer data);
  } tests[] = {
    { "P16/told", test_told },     { "P16/compared", test_compared }, { "P16/chosen", test_chosen },
    { "P16/submit", test_submit }, { "R13/too-late", test_too_late },
  };

  form_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/conflicts/", tests[i].name, NULL);

      g_test_add (path, FormFixture, ODD, form_fixture_set_up, tests[i].run, form_fixture_tear_down);
    }
  return g_test_run ();
}
