/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "form-fixture.h"
#include "zc-editor-page.h"
#include "zc-field-row.h"
#include "zc-form-page.h"
#include "zc-past.h"
#include "zc-problem-list.h"
#include "zc-returned-card.h"
#include "zc-saved-panel.h"
#include "zc-section-list.h"
#include "zc-section-row.h"
#include "zc-submit-dialog.h"

/* The page where a dossier is filled in, and the way to submitting it. */
#define ODD "data/businesses/odd.json"
#define ADVICE "data/businesses/advice.json"

static ZcEditorPage *
show_editor (FormFixture *fixture)
{
  AdwNavigationPage *page = zc_editor_page_new_for_draft (NULL, fixture->draft);

  form_fixture_show (fixture, GTK_WIDGET (page));
  return ZC_EDITOR_PAGE (page);
}

static gpointer
get_child (ZcEditorPage *page, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_EDITOR_PAGE, name);
}

static ZcSectionRow *
get_row (ZcEditorPage *page, int index)
{
  gpointer list = gtk_widget_get_template_child (get_child (page, "sections"), ZC_TYPE_SECTION_LIST, "list");

  return ZC_SECTION_ROW (gtk_list_box_get_row_at_index (list, index));
}

static gpointer
get_saved (ZcEditorPage *page, const char *name)
{
  return gtk_widget_get_template_child (get_child (page, "saved"), ZC_TYPE_SAVED_PANEL, name);
}

/* Empty, incomplete with the number, and what only this computer checked: never green by itself (S3.1.2a). */
static void
test_section_states (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  GtkWidget *icon = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (get_row (page, 0)), ZC_TYPE_SECTION_ROW, "icon"));

  g_assert_cmpstr (zc_section_row_get_state_text (get_row (page, 0)), ==, "Not filled in");
  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志明");
  form_fixture_await (strstr (zc_section_row_get_state_text (get_row (page, 0)), "2 items") != NULL);
  zc_draft_set_flag (fixture->draft, "vow", NULL, "agreed", TRUE);
  zc_draft_set_text (fixture->draft, "vow", NULL, "signed_on", "2020-01-01");
  form_fixture_await (g_str_equal (zc_section_row_get_state_text (get_row (page, 0)), "Checked on this computer"));
  g_assert_false (gtk_widget_has_css_class (icon, "success"));
}

static void
test_hidden_sections (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  GListModel *sections = zc_draft_get_sections (fixture->draft);

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (get_row (page, (int) i))), ==,
                       zc_draft_section_get_visible (section));
    }
}

/* 保存 keeps what is incomplete and lists what is missing; each message leads to its field (S3.1.2b). */
static void
test_save_lists_what_is_missing (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  ZcProblemList *missing = get_saved (page, "problems");
  GtkListBox *list = GTK_LIST_BOX (gtk_widget_get_template_child (GTK_WIDGET (missing), ZC_TYPE_PROBLEM_LIST, "list"));
  GtkWidget *focus;

  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志明");
  form_fixture_wait_ms (300);
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.save", NULL);
  form_fixture_await (gtk_widget_get_visible (get_child (page, "saved")));
  g_assert_cmpuint (zc_problem_list_get_n (missing), ==, 2);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (list, 1), "activate");
  form_fixture_idle ();
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  g_assert_cmpstr (zc_field_row_get_field (ZC_FIELD_ROW (gtk_widget_get_ancestor (focus, ZC_TYPE_FIELD_ROW)))->id, ==, "signed_on");
  zc_draft_set_flag (fixture->draft, "vow", NULL, "agreed", TRUE);
  form_fixture_await (zc_problem_list_get_n (missing) == 1);
  g_assert_nonnull (strstr (gtk_label_get_label (get_saved (page, "title")), "1 item")); /* the number follows */
}

/* The header's words follow where the text is. */
static void
test_status_is_true (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);

  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志明");
  g_assert_cmpstr (zc_editor_page_get_status (page), ==, "Saving …");
  form_fixture_await (g_str_equal (zc_editor_page_get_status (page), "Saved on this computer"));
}

static void
test_show_place (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);

  g_assert_cmpstr (zc_editor_page_get_section (page), ==, "vow");
  zc_editor_page_show_place (page, "keeper", NULL, "yield");
  form_fixture_idle ();
  g_assert_cmpstr (zc_editor_page_get_section (page), ==, "keeper");
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.previous", NULL);
  g_assert_cmpstr (zc_editor_page_get_section (page), ==, "vow");
}

/* Whether the whole row is to be seen in the list, which scrolls. */
static gboolean
is_in_view (GtkWidget *row)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds, view;

  if (!gtk_widget_compute_bounds (row, scroller, &bounds) || bounds.size.height <= 0)
    return FALSE;
  graphene_rect_init (&view, 0, 0, gtk_widget_get_width (scroller), gtk_widget_get_height (scroller));
  return graphene_rect_contains_rect (&view, &bounds);
}

/* However one comes to a section, the list beside shows where that is; it is as long here as with many sections. */
static void
test_section_in_view (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);

  gtk_widget_set_size_request (GTK_WIDGET (get_row (page, 0)), -1, 760);
  form_fixture_await (gtk_widget_get_height (GTK_WIDGET (get_row (page, 0))) >= 700);
  g_assert_false (is_in_view (GTK_WIDGET (get_row (page, 1))));
  zc_editor_page_show_place (page, "keeper", NULL, NULL);
  form_fixture_await (is_in_view (GTK_WIDGET (get_row (page, 1))));
}

/* Also one that is asked for before the page has been laid out, as where one was is. */
static void
test_section_in_view_at_once (FormFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page = zc_editor_page_new_for_draft (NULL, fixture->draft);

  gtk_widget_set_size_request (GTK_WIDGET (get_row (ZC_EDITOR_PAGE (page), 0)), -1, 760);
  zc_editor_page_show_place (ZC_EDITOR_PAGE (page), "keeper", NULL, NULL);
  form_fixture_show (fixture, GTK_WIDGET (page));
  form_fixture_await (is_in_view (GTK_WIDGET (get_row (ZC_EDITOR_PAGE (page), 1))));
}

static void
chosen_cb (AdwDialog *dialog, const char *section, const char *entry, const char *field, char **place)
{
  g_free (*place);
  *place = g_strdup_printf ("%s.%s", section, field);
}

static void
test_submit_lists_what_is_missing (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwDialog *dialog;
  GtkWidget *list;
  g_autofree char *place = NULL;

  gtk_widget_activate_action (GTK_WIDGET (page), "editor.submit", NULL);
  form_fixture_idle ();
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_cmpstr (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), ==, "missing");
  g_signal_connect (dialog, "chosen", G_CALLBACK (chosen_cb), &place);
  list = form_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1), "activate");
  form_fixture_await (place != NULL);
  g_assert_cmpstr (place, ==, "vow.signature");
  g_assert_cmpstr (zc_editor_page_get_section (page), ==, "vow");
}

/* --- P8: advice stands beside what blocks, leads to its field, and blocks nothing --- */

static gpointer
get_dialog_child (AdwDialog *dialog, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_SUBMIT_DIALOG, name);
}

static AdwDialog *
press_submit (FormFixture *fixture, ZcEditorPage *page)
{
  form_fixture_wait_ms (300);
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.submit", NULL);
  form_fixture_idle ();
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static void
assert_lists (AdwDialog *dialog, guint problems, gboolean advice)
{
  g_assert_cmpstr (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), ==, "missing");
  g_assert_cmpuint (zc_problem_list_get_n (get_dialog_child (dialog, "problems")), ==, problems);
  g_assert_true ((zc_problem_list_get_n (get_dialog_child (dialog, "advice")) > 0) == advice);
  g_assert_true (gtk_widget_get_visible (get_dialog_child (dialog, "advice_box")) == advice);
  g_assert_true (gtk_widget_get_visible (get_dialog_child (dialog, "go_on")) == (problems == 0));
}

static void
test_advice_beside_errors (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwDialog *dialog = press_submit (fixture, page);
  g_autofree char *place = NULL;
  GtkWidget *list;

  assert_lists (dialog, 1, TRUE); /* the signature */
  adw_dialog_force_close (dialog);
  zc_draft_set_text (fixture->draft, "grower", NULL, "signed", "别人");
  dialog = press_submit (fixture, page);
  assert_lists (dialog, 1, TRUE); /* and it must be the account's name */
  adw_dialog_force_close (dialog);
  zc_draft_set_text (fixture->draft, "grower", NULL, "signed", "黄志明");
  dialog = press_submit (fixture, page);
  assert_lists (dialog, 0, TRUE);
  g_signal_connect (dialog, "chosen", G_CALLBACK (chosen_cb), &place);
  list = form_fixture_find (get_dialog_child (dialog, "advice"), GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0), "activate");
  form_fixture_await (place != NULL);
  g_assert_cmpstr (place, ==, "grower.note");
}

static void
test_advice_blocks_nothing (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  AdwDialog *dialog;

  zc_draft_set_text (fixture->draft, "grower", NULL, "signed", "黄志明");
  form_fixture_await (g_str_equal (zc_section_row_get_state_text (get_row (page, 0)), "Checked on this computer"));
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.save", NULL);
  form_fixture_wait_ms (100);
  g_assert_false (gtk_widget_get_visible (get_child (page, "saved")));
  dialog = press_submit (fixture, page);
  assert_lists (dialog, 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "submit.go-on", NULL);
  g_assert_cmpstr (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), ==, "instructions");
  adw_dialog_force_close (dialog);
}

/* 同意并报送 only after the instructions were seen to their end (S3.1.3a). */
static void
test_instructions_are_read (FormFixture *fixture, gconstpointer data)
{
  GtkWidget *page = gtk_label_new ("");
  AdwDialog *dialog;
  GtkAdjustment *adjustment;
  GtkWidget *agree;

  form_fixture_show (fixture, page);
  dialog = zc_submit_dialog_new (fixture->draft, NULL);
  g_assert_cmpstr (zc_submit_dialog_get_page (ZC_SUBMIT_DIALOG (dialog)), ==, "instructions");
  adw_dialog_set_content_height (dialog, 260);
  adw_dialog_present (dialog, page);
  agree = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_SUBMIT_DIALOG, "agree"));
  adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (gtk_widget_get_template_child (GTK_WIDGET (dialog), ZC_TYPE_SUBMIT_DIALOG, "scroller")));
  form_fixture_await (gtk_adjustment_get_page_size (adjustment) > 1);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, gtk_adjustment_get_page_size (adjustment));
  g_assert_false (gtk_widget_is_sensitive (agree));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  form_fixture_await (gtk_widget_is_sensitive (agree));
  adw_dialog_force_close (dialog);
}

static void
test_returned (FormFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) returned = form_fixture_new_dossier (
      zc_business_get_id (fixture->business),
      "\"state\":\"returned\",\"actions\":[\"edit\",\"submit\"],\"returned\":{\"at\":\"2026-11-22T08:00:00.000Z\","
      "\"stage\":\"unit\",\"opinion\":\"请补充签名\",\"by\":{\"role\":\"unit\",\"body\":\"广西南方机械有限公司\"},"
      "\"notes\":[{\"section\":\"vow\",\"field\":\"signature\",\"text\":\"与证件不一致\"}]},");
  ZcEditorPage *page = show_editor (fixture);
  GtkWidget *card, *opinion;

  g_assert_false (gtk_widget_get_visible (get_child (page, "returned_clamp")));
  zc_dossier_update_from (fixture->dossier, returned);
  form_fixture_idle ();
  g_assert_true (gtk_widget_get_visible (get_child (page, "returned_clamp")));
  card = form_fixture_find (GTK_WIDGET (page), ZC_TYPE_RETURNED_CARD);
  opinion = GTK_WIDGET (gtk_widget_get_template_child (card, ZC_TYPE_RETURNED_CARD, "opinion"));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (opinion)), ==, "请补充签名");
  g_signal_emit_by_name (form_fixture_find (GTK_WIDGET (gtk_widget_get_template_child (card, ZC_TYPE_RETURNED_CARD, "notes")), GTK_TYPE_BUTTON), "clicked");
  form_fixture_idle ();
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), ZC_TYPE_FIELD_ROW));
}

#define ENTRY "0193aaaa-0000-7000-8000-00000000000a"
#define DIGEST "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PAST                                                                                                             \
  "{\"number\":\"ZC1\",\"revision\":1,\"submitted_at\":\"2026-11-20T08:00:00.000Z\",\"digest\":\"d\",\"content\":{"      \
  "\"year\":2026,\"account\":{\"name\":\"黄志明\"},\"target\":{\"unit\":\"u1\"},\"sections\":{\"vow\":{\"values\":{\"signature\":\"黄志\"}},"                  \
  "\"keeper\":{\"values\":{\"hives\":3,\"swarm\":[{\"sha256\":\"" DIGEST "\",\"bytes\":9,\"width\":9,\"height\":9,"         \
  "\"name\":\"蜂群.jpg\"}]}},\"harvests\":{\"entries\":[{\"id\":\"" ENTRY "\",\"values\":{\"harvest_year\":\"2020\"}}]}}}}"
#define NOTES                                                                                                            \
  "{\"section\":\"vow\",\"field\":\"signature\",\"text\":\"与证件不一致\",\"code\":\"inconsistent\"},"                     \
  "{\"section\":\"keeper\",\"text\":\"请核对\"},"                                                                    \
  "{\"section\":\"keeper\",\"field\":\"swarm\",\"image\":\"" DIGEST "\",\"text\":\"\",\"code\":\"unclear\"},"            \
  "{\"section\":\"harvests\",\"entry\":\"" ENTRY "\",\"text\":\"年份有误\"}"

/* What is in the draft is what was submitted. */
static void
fill_as_returned (FormFixture *fixture)
{
  g_autoptr (ZcPast) past = zc_past_new (PAST, NULL);
  JsonNode *images = json_from_string ("[{\"sha256\":\"" DIGEST "\",\"bytes\":9,\"width\":9,\"height\":9,\"name\":\"蜂群.jpg\"}]", NULL);
  JsonNode *entry = json_from_string ("{\"id\":\"" ENTRY "\",\"values\":{\"harvest_year\":\"2020\"}}", NULL);
  g_autoptr (ZcDossier) returned = form_fixture_new_dossier (
      zc_business_get_id (fixture->business),
      "\"state\":\"returned\",\"actions\":[\"edit\",\"submit\"],\"returned\":{\"at\":\"2026-11-22T08:00:00.000Z\","
      "\"stage\":\"unit\",\"opinion\":\"请改\",\"code\":\"missing\",\"revision\":1,\"by\":{\"role\":\"unit\",\"body\":\"某单位\"},"
      "\"notes\":[" NOTES "]},");

  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志");
  zc_draft_set_text (fixture->draft, "keeper", NULL, "hives", "3");
  zc_draft_set_value (fixture->draft, "keeper", NULL, "swarm", images);
  zc_draft_insert_entry (fixture->draft, "harvests", 0, entry);
  zc_dossier_update_from (fixture->dossier, returned);
  zc_draft_set_past (fixture->draft, past);
}

static void
find_words (GtkWidget *widget, const char *words, gboolean *found)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_is_drawable (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    *found = TRUE;
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    find_words (next, words, found);
}

static gboolean
shows (gpointer widget, const char *words)
{
  gboolean found = FALSE;

  find_words (GTK_WIDGET (widget), words, &found);
  return found;
}

static void
show_section (ZcEditorPage *page, const char *section)
{
  zc_editor_page_show_place (page, section, NULL, NULL);
  form_fixture_idle ();
}

/* Each note stands at its place: field, image, entry, section, row of the list, card; the reason in words (P9). */
static void
test_notes_at_their_places (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  GtkWidget *card;

  fill_as_returned (fixture);
  form_fixture_idle ();
  card = form_fixture_find (GTK_WIDGET (page), ZC_TYPE_RETURNED_CARD);
  g_assert_true (shows (card, "Something is missing: 请改"));
  form_fixture_await (shows (card, "承诺 › 签名: Does not match the papers: 与证件不一致"));
  g_assert_true (shows (card, "养蜂人 › 蜂群 › Image 1: Not clear"));
  g_assert_true (shows (get_row (page, 0), "1 remark to deal with"));
  g_assert_true (shows (get_row (page, 1), "2 remarks to deal with"));
  show_section (page, "vow");
  form_fixture_await (shows (get_child (page, "forms"), "Does not match the papers: 与证件不一致"));
  show_section (page, "keeper");
  form_fixture_await (shows (get_child (page, "forms"), "请核对"));
  form_fixture_await (shows (form_fixture_find (get_child (page, "forms"), ZC_TYPE_FORM_PAGE), "Image 1: Not clear")
                      || shows (get_child (page, "forms"), "Image 1: Not clear"));
  show_section (page, "harvests");
  form_fixture_await (shows (get_child (page, "forms"), "年份有误"));
}

/* Ticked off where the place says something else than what was submitted, and back again when it does not (P9). */
static void
test_done_when_changed (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  GtkWidget *card;

  fill_as_returned (fixture);
  form_fixture_idle ();
  card = form_fixture_find (GTK_WIDGET (page), ZC_TYPE_RETURNED_CARD);
  form_fixture_await (shows (card, "与证件不一致"));
  g_assert_false (shows (card, "changed since"));
  show_section (page, "vow");
  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志明");
  form_fixture_await (shows (card, "与证件不一致 (changed since)"));
  g_assert_true (shows (get_child (page, "forms"), "与证件不一致 (changed since)"));
  g_assert_true (shows (get_row (page, 0), "Changed where it was asked for"));
  g_assert_true (shows (card, "Changed since: 1 of 4"));
  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志");
  form_fixture_await (!shows (card, "changed since"));
  zc_draft_set_value (fixture->draft, "keeper", NULL, "swarm", NULL);
  form_fixture_await (shows (card, "Changed since: 2 of 4")); /* the image is gone, so the section is another one too */
  json_node_unref (zc_draft_remove_entry (fixture->draft, "harvests", ENTRY, NULL));
  zc_draft_set_text (fixture->draft, "vow", NULL, "signature", "黄志明");
  form_fixture_await (shows (card, "Changed since: 4 of 4"));
}

/* The same dossier at another level, as the server tells it after 报送职改办. */
static void
take_level (FormFixture *fixture, const char *level)
{
  g_autoptr (ZcDossier) dossier = form_fixture_new_dossier (
      zc_business_get_id (fixture->business), "\"state\":\"draft\",\"actions\":[\"edit\",\"submit\",\"retarget\"],\"returned\":null,");
  g_autofree char *id = g_strdup_printf ("\"level\":{\"id\":\"%s\"", level);
  g_autoptr (GString) text = g_string_new_take (zc_dossier_to_json (dossier));
  g_autoptr (ZcJson) json = NULL;

  g_assert_cmpuint (g_string_replace (text, "\"level\":{\"id\":\"associate\"", id, 1), ==, 1);
  json = zc_json_parse (text->str, text->len, NULL);
  g_assert_true (zc_dossier_update (fixture->dossier, zc_json_root (json), NULL));
}

/* Another level asks for other sections at once; what was typed stays (S3.1.2e). The button is there where the server allows it. */
static void
test_another_level (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  ZcSectionRow *thesis = NULL;
  GListModel *sections = zc_draft_get_sections (fixture->draft);
  g_autofree char *kept = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      if (g_str_equal (zc_draft_section_get_id (section), "thesis"))
        thesis = get_row (page, (int) i);
    }
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (thesis)));
  g_assert_false (gtk_widget_get_visible (get_child (page, "retarget")));
  take_level (fixture, "senior");
  form_fixture_await (gtk_widget_get_visible (GTK_WIDGET (thesis)));
  g_assert_true (gtk_widget_get_visible (get_child (page, "retarget")));
  g_assert_cmpstr (gtk_actionable_get_action_name (get_child (page, "retarget")), ==, "win.retarget");
  zc_draft_set_text (fixture->draft, "thesis", NULL, "abstract", "论蜂");
  take_level (fixture, "junior");
  form_fixture_await (!gtk_widget_get_visible (GTK_WIDGET (thesis)));
  take_level (fixture, "senior");
  form_fixture_await (gtk_widget_get_visible (GTK_WIDGET (thesis)));
  kept = zc_draft_dup_text (fixture->draft, "thesis", NULL, "abstract");
  g_assert_cmpstr (kept, ==, "论蜂");
}

static void
test_leaks (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  gpointer watched = page;

  zc_editor_page_show_place (page, "harvests", NULL, NULL);
  g_object_add_weak_pointer (watched, &watched);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  form_fixture_await (watched == NULL);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (FormFixture *fixture, gconstpointer data);
    const char *business;
  } tests[] = {
    { "S3.1.2a/section-states", test_section_states, ODD },
    { "B5/hidden-sections", test_hidden_sections, ODD },
    { "S3.1.2b/save-lists-what-is-missing", test_save_lists_what_is_missing, ODD },
    { "P1/status-is-true", test_status_is_true, ODD },
    { "S3.1.2b/show-place", test_show_place, ODD },
    { "S3.1.2b/section-in-view", test_section_in_view, ODD },
    { "P2/section-in-view-at-once", test_section_in_view_at_once, ODD },
    { "S3.1.3a/submit-lists-what-is-missing", test_submit_lists_what_is_missing, ODD },
    { "P9/notes-at-their-places", test_notes_at_their_places, ODD },
    { "P9/done-when-changed", test_done_when_changed, ODD },
    { "S3.1.3a/instructions-are-read", test_instructions_are_read, "data/businesses/short.json" },
    { "P8/advice-beside-errors", test_advice_beside_errors, ADVICE },
    { "P8/advice-blocks-nothing", test_advice_blocks_nothing, ADVICE },
    { "S3.1.5c/returned", test_returned, ODD },
    { "S3.1.2e/another-level", test_another_level, ODD },
    { "leaks", test_leaks, ODD },
  };

  form_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/editor/", tests[i].name, NULL);

      g_test_add (path, FormFixture, tests[i].business, form_fixture_set_up, tests[i].run, form_fixture_tear_down);
    }
  return g_test_run ();
}
