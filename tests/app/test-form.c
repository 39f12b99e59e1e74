/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "form-fixture.h"
#include "zc-choice-entry.h"
#include "zc-date-entry.h"
#include "zc-entry-list.h"
#include "zc-field-control.h"
#include "zc-field-list.h"
#include "zc-flag-entry.h"
#include "zc-form-page.h"
#include "zc-image-strip.h"
#include "zc-paragraph-entry.h"

/* Forms over a real draft and store. The business is one no code knows: sections, fields and limits of
 * tests/data/businesses/odd.json (B5). */

#define ODD "data/businesses/odd.json"
#define ADVICE "data/businesses/advice.json"

static ZcFormPage *
show_form (FormFixture *fixture, const char *section, gboolean read_only)
{
  ZcFieldPlace place = form_fixture_place (fixture, section);
  GtkWidget *form;

  place.read_only = read_only;
  form = zc_form_page_new (&place);
  form_fixture_show (fixture, form);
  return ZC_FORM_PAGE (form);
}

static ZcFieldRow *
get_row (ZcFormPage *form, const char *field)
{
  GtkWidget *list = form_fixture_find (GTK_WIDGET (form), ZC_TYPE_FIELD_LIST);
  ZcFieldRow *row = zc_field_list_find_row (ZC_FIELD_LIST (list), field);

  g_assert_nonnull (row);
  return row;
}

static GtkWidget *
get_target (ZcFormPage *form, const char *field)
{
  return zc_field_control_get_target (zc_field_row_get_control (get_row (form, field)));
}

static void
test_types (FormFixture *fixture, gconstpointer data)
{
  struct
  {
    const char *field;
    GType type;
  } cases[] = {
    { "called", GTK_TYPE_LABEL },           { "path", ZC_TYPE_CHOICE_ENTRY },
    { "invention", ZC_TYPE_PARAGRAPH_ENTRY }, { "partner_paper", GTK_TYPE_ENTRY },
    { "farm_code", GTK_TYPE_ENTRY },        { "call_at", GTK_TYPE_ENTRY },
    { "mail_to", GTK_TYPE_ENTRY },          { "people", ZC_TYPE_CHOICE_ENTRY },
    { "hives", GTK_TYPE_ENTRY },            { "yield", GTK_TYPE_ENTRY },
    { "total", GTK_TYPE_LABEL },            { "since", ZC_TYPE_DATE_ENTRY },
    { "until", ZC_TYPE_DATE_ENTRY },        { "stung", ZC_TYPE_FLAG_ENTRY },
    { "portrait", ZC_TYPE_IMAGE_STRIP },
  };
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (g_type_is_a (G_OBJECT_TYPE (zc_field_row_get_control (get_row (form, cases[i].field))),
                                cases[i].type));
}

static void
test_from_and_sum (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  GtkLabel *name = GTK_LABEL (zc_field_row_get_control (get_row (form, "called")));
  GtkLabel *total = GTK_LABEL (zc_field_row_get_control (get_row (form, "total")));

  g_assert_cmpstr (gtk_label_get_label (name), ==, "黄志明");
  zc_draft_set_text (fixture->draft, "keeper", NULL, "yield", "1.5");
  zc_draft_set_text (fixture->draft, "keeper", NULL, "wax", "2");
  g_assert_cmpstr (gtk_label_get_label (total), ==, "3.5");
}

/* What is typed is in the draft at once, and soon in the store without a key pressed (P1). */
static void
test_typing (FormFixture *fixture, gconstpointer data)
{
  struct
  {
    const char *field;
    const char *text;
  } cases[] = { { "path", "破格" },         { "call_at", "13800138000" }, { "hives", "5" },
                { "yield", "2.5" },         { "since", "2019-07" },       { "until", "2020-01-31" },
                { "mail_to", "a@b.example" }, { "invention", "两\n行" },    { "stung", "false" } };
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_object_set (zc_field_row_get_control (get_row (form, cases[i].field)), "text", cases[i].text, NULL);
      g_assert_nonnull (zc_draft_get_value (fixture->draft, "keeper", NULL, cases[i].field));
    }
  for (gsize i = 0; i + 1 < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = zc_draft_dup_text (fixture->draft, "keeper", NULL, cases[i].field);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpint (zc_draft_get_state (fixture->draft), ==, ZC_SYNC_UNSAVED);
  form_fixture_await (zc_draft_get_state (fixture->draft) != ZC_SYNC_UNSAVED);
}

static gboolean
has_mark (ZcFieldRow *row)
{
  GtkWidget *mark = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (row), ZC_TYPE_FIELD_ROW, "mark"));

  return gtk_widget_get_visible (mark);
}

static void
test_required_marks (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);

  g_assert_true (has_mark (get_row (form, "path")));
  g_assert_true (has_mark (get_row (form, "portrait")));
  g_assert_false (has_mark (get_row (form, "mail_to")));
  g_assert_false (has_mark (get_row (form, "called")));
}

static void
test_conditions (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_row (form, "exception"))));
  zc_draft_set_text (fixture->draft, "keeper", NULL, "path", "破格");
  form_fixture_await (gtk_widget_get_visible (GTK_WIDGET (get_row (form, "exception"))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_row (form, "invention"))));
  zc_draft_set_text (fixture->draft, "keeper", NULL, "exception", "发明");
  form_fixture_await (gtk_widget_get_visible (GTK_WIDGET (get_row (form, "invention"))));
  zc_draft_set_text (fixture->draft, "keeper", NULL, "path", "正常");
  form_fixture_await (!gtk_widget_get_visible (GTK_WIDGET (get_row (form, "exception"))));
}

/* Not before the field was changed and left; gone as soon as it is right. */
static void
test_message (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  ZcFieldRow *row = get_row (form, "call_at");
  GtkWidget *entry = get_target (form, "call_at");

  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_editable_set_text (GTK_EDITABLE (entry), "138");
  form_fixture_wait_ms (300);
  g_assert_cmpstr (zc_field_row_get_problem_text (row), ==, "");
  gtk_widget_grab_focus (GTK_WIDGET (get_row (form, "mail_to")));
  form_fixture_await (*zc_field_row_get_problem_text (row) != '\0');
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "13800138000");
  form_fixture_await (*zc_field_row_get_problem_text (row) == '\0');
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
}

static gboolean
is_marked_advised (ZcFieldRow *row)
{
  return gtk_widget_get_visible (GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (row), ZC_TYPE_FIELD_ROW, "advised")));
}

/* What is advised is marked so, and its word is no error (P8). */
static void
test_advised_field (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "grower", FALSE);
  ZcFieldRow *note = get_row (form, "note"), *buyer = get_row (form, "buyer"), *photo = get_row (form, "photo");

  g_assert_true (is_marked_advised (note) && is_marked_advised (buyer));
  g_assert_false (is_marked_advised (get_row (form, "signed")) || is_marked_advised (photo));
  zc_draft_set_text (fixture->draft, "grower", NULL, "fruit", "柑橘");
  form_fixture_await (is_marked_advised (photo));
  zc_draft_set_text (fixture->draft, "grower", NULL, "fruit", "苹果");
  form_fixture_await (!is_marked_advised (buyer)); /* required now */
  zc_form_page_reveal_problems (form);
  form_fixture_await (g_str_has_prefix (zc_field_row_get_problem_text (note), "Recommended: "));
  g_assert_false (gtk_widget_has_css_class (get_target (form, "note"), "error"));
  g_assert_cmpstr (zc_field_row_get_problem_text (buyer), ==, "Please fill this in");
  g_assert_true (gtk_widget_has_css_class (get_target (form, "buyer"), "error"));
}

static const char *
get_summary (ZcFormPage *form)
{
  GtkWidget *list = form_fixture_find (GTK_WIDGET (form), ZC_TYPE_ENTRY_LIST);

  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_template_child (list, ZC_TYPE_ENTRY_LIST, "summary")));
}

static void
test_advised_entries (FormFixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (get_summary (show_form (fixture, "years", FALSE)), ==,
                   "0 entries so far; at least 2 are recommended, up to 3");
}

static void
test_reveal (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);

  zc_draft_set_text (fixture->draft, "keeper", NULL, "mail_to", "a@b.example");
  form_fixture_wait_ms (300);
  zc_form_page_reveal_problems (form);
  g_assert_cmpstr (zc_field_row_get_problem_text (get_row (form, "path")), !=, "");
  g_assert_cmpstr (zc_field_row_get_problem_text (get_row (form, "portrait")), !=, "");
  g_assert_cmpstr (zc_field_row_get_problem_text (get_row (form, "mail_to")), ==, "");
}

static void
test_jump (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  GtkWidget *focus;

  g_assert_true (zc_form_page_focus_place (form, NULL, "yield"));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (get_row (form, "yield"))));
}

/* What is only shown stands first in this section: neither opening it nor the Tab key stops there. */
static void
test_past_what_is_shown (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  GtkWidget *focus;

  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_true (zc_form_page_focus_place (form, NULL, NULL));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (get_row (form, "path"))));
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (get_target (form, "called")))); /* by the pointer */
}

static void
test_date_is_put_right (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  GtkWidget *entry = get_target (form, "since");
  g_autofree char *text = NULL;

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "2019年7月");
  gtk_widget_grab_focus (GTK_WIDGET (get_row (form, "mail_to")));
  form_fixture_idle ();
  text = zc_draft_dup_text (fixture->draft, "keeper", NULL, "since");
  g_assert_cmpstr (text, ==, "2019-07");
}

/* By Tab from a date one comes to its calendar, which stands in the same row: its message is there already. */
static void
test_date_is_judged_when_left (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  ZcFieldRow *row = get_row (form, "since");
  GtkWidget *entry = get_target (form, "since");

  form_fixture_await (gtk_widget_get_height (entry) > 0);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "2025-13");
  form_fixture_idle ();
  g_assert_cmpstr (zc_field_row_get_problem_text (row), ==, "");
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD));
  form_fixture_await (*zc_field_row_get_problem_text (row) != '\0');
  gtk_editable_set_text (GTK_EDITABLE (entry), "2025-12");
  form_fixture_await (*zc_field_row_get_problem_text (row) == '\0');
}

static void
test_choice_keeps_strange_text (FormFixture *fixture, gconstpointer data)
{
  static const char *const choices[] = { "甲", "乙", NULL };
  ZcChoiceEntry *entry = g_object_ref_sink (ZC_CHOICE_ENTRY (zc_choice_entry_new (choices)));
  g_autofree char *text = NULL;

  g_object_set (entry, "text", "丙", NULL);
  g_object_get (entry, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "丙");
  g_object_unref (entry);
}

static void
test_paragraph_counts_as_people_do (FormFixture *fixture, gconstpointer data)
{
  ZcParagraphEntry *entry = g_object_ref_sink (ZC_PARAGRAPH_ENTRY (zc_paragraph_entry_new (3)));
  GtkLabel *counter = GTK_LABEL (
      gtk_widget_get_template_child (GTK_WIDGET (entry), ZC_TYPE_PARAGRAPH_ENTRY, "counter"));

  g_object_set (entry, "text", "𠮷👨‍👩‍👧é", NULL); /* three characters, eight code points */
  g_assert_cmpstr (gtk_label_get_label (counter), ==, "3 of 3 characters");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (counter), "error"));
  g_object_set (entry, "text", "一二三四", NULL);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (counter), "error"));
  g_object_unref (entry);
}

/* --- entries (S3.1.2d) --- */
static ZcEntryRow *
add_entry (FormFixture *fixture, ZcEntryList *list, const char *title)
{
  const char *id;

  gtk_widget_activate_action (GTK_WIDGET (list), "entries.add", NULL);
  {
    GListModel *entries = zc_draft_get_entries (fixture->draft, "harvests");
    g_autoptr (ZcDraftEntry) last = g_list_model_get_item (entries, g_list_model_get_n_items (entries) - 1);

    id = zc_draft_entry_get_id (last);
  }
  zc_draft_set_text (fixture->draft, "harvests", id, "harvest_year", title);
  return zc_entry_list_find_row (list, id);
}

static char *
dup_order (FormFixture *fixture)
{
  GListModel *entries = zc_draft_get_entries (fixture->draft, "harvests");
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (ZcDraftEntry) entry = g_list_model_get_item (entries, i);

      g_string_append_printf (order, "%s ", zc_draft_entry_get_title (entry));
    }
  return g_string_free (order, FALSE);
}

#define assert_order(fixture, expected)                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *order = dup_order (fixture);                                                  \
    g_assert_cmpstr (order, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_entries (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "harvests", FALSE);
  ZcEntryList *list = ZC_ENTRY_LIST (form_fixture_find (GTK_WIDGET (form), ZC_TYPE_ENTRY_LIST));
  ZcEntryRow *first = add_entry (fixture, list, "2019");
  ZcEntryRow *second = add_entry (fixture, list, "2020");

  g_assert_true (zc_entry_row_get_open (second));
  gtk_widget_activate_action (GTK_WIDGET (second), "entry.up", NULL);
  form_fixture_idle ();
  assert_order (fixture, "2020 2019 ");
  g_assert_true (zc_entry_row_get_open (second)); /* the same row, still open */
  g_assert_cmpuint (zc_entry_row_get_position (second), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (first), "entry.delete", NULL);
  form_fixture_idle ();
  assert_order (fixture, "2020 ");
  g_signal_emit_by_name (find_button (fixture->window, "Undo"), "clicked");
  form_fixture_idle ();
  assert_order (fixture, "2020 2019 ");
}

static void
test_entries_limit (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "harvests", FALSE);
  ZcEntryList *list = ZC_ENTRY_LIST (form_fixture_find (GTK_WIDGET (form), ZC_TYPE_ENTRY_LIST));
  GtkWidget *add = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (list), ZC_TYPE_ENTRY_LIST, "add"));

  for (int i = 0; i < 3; i++)
    add_entry (fixture, list, "2019");
  form_fixture_idle ();
  g_assert_false (gtk_widget_is_sensitive (add));
}

static void
test_jump_into_entry (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "harvests", FALSE);
  ZcEntryList *list = ZC_ENTRY_LIST (form_fixture_find (GTK_WIDGET (form), ZC_TYPE_ENTRY_LIST));
  ZcEntryRow *row = add_entry (fixture, list, "2019");
  const char *id = zc_draft_entry_get_id (zc_entry_row_get_entry (row));

  zc_entry_row_set_open (row, FALSE);
  g_assert_true (zc_form_page_focus_place (form, id, "sold"));
  g_assert_true (zc_entry_row_get_open (row));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), GTK_WIDGET (row)));
}

/* --- reading (S3.1.4), names, leaks --- */
static void
assert_nothing_editable (GtkWidget *widget)
{
  g_assert_false (GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_DROP_DOWN (widget)
                  || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget));
  if (GTK_IS_BUTTON (widget) && gtk_widget_is_visible (widget))
    g_assert_true (gtk_widget_get_ancestor (widget, ZC_TYPE_ENTRY_ROW) != NULL || !gtk_widget_is_sensitive (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_nothing_editable (child);
}

static void
test_read_only (FormFixture *fixture, gconstpointer data)
{
  const char *id = zc_draft_add_entry (fixture->draft, "harvests");
  ZcFormPage *form = show_form (fixture, "harvests", TRUE);
  ZcEntryList *list = ZC_ENTRY_LIST (form_fixture_find (GTK_WIDGET (form), ZC_TYPE_ENTRY_LIST));

  zc_entry_row_set_open (zc_entry_list_find_row (list, id), TRUE);
  assert_nothing_editable (GTK_WIDGET (form));
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_DROP_DOWN (widget)
         || GTK_IS_MENU_BUTTON (widget) || (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL);
}

static void
assert_named (GtkWidget *widget)
{
  if (is_control (widget) && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
      && gtk_widget_get_ancestor (widget, GTK_TYPE_CALENDAR) == NULL)
    g_error ("%s in %s has no name", G_OBJECT_TYPE_NAME (widget), G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  if (GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_ENTRY (widget))
    return; /* their insides are theirs */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (FormFixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *id = zc_draft_add_entry (fixture->draft, "harvests");
  static const char *const sections[] = { "vow", "keeper", "harvests" };

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      ZcFieldPlace place = form_fixture_place (fixture, sections[i]);
      GtkWidget *form = zc_form_page_new (&place);
      GtkWidget *list = form_fixture_find (form, ZC_TYPE_ENTRY_LIST);

      if (list != NULL)
        zc_entry_row_set_open (zc_entry_list_find_row (ZC_ENTRY_LIST (list), id), TRUE);
      gtk_box_append (GTK_BOX (box), form);
    }
  form_fixture_show (fixture, box);
  assert_named (box);
}

static void
test_leaks (FormFixture *fixture, gconstpointer data)
{
  ZcFormPage *form = show_form (fixture, "keeper", FALSE);
  gpointer watched[] = { form, get_row (form, "path"), zc_field_row_get_control (get_row (form, "portrait")),
                         zc_field_row_get_control (get_row (form, "since")),
                         zc_field_row_get_control (get_row (form, "invention")) };

  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_object_add_weak_pointer (watched[i], &watched[i]);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    form_fixture_await (watched[i] == NULL);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (FormFixture *fixture, gconstpointer data);
    const char *business; /* NULL: the odd one */
  } tests[] = {
    { "B5/types", test_types },
    { "B5/from-and-sum", test_from_and_sum },
    { "P1/typing", test_typing },
    { "S3.1.2b/required-marks", test_required_marks },
    { "B5/conditions", test_conditions },
    { "S3.1.2b/message-when-left", test_message },
    { "S3.1.2b/what-is-missing", test_reveal },
    { "P8/advised-field", test_advised_field, ADVICE },
    { "P8/advised-entries", test_advised_entries, ADVICE },
    { "S3.1.2b/jump", test_jump },
    { "B5/past-what-is-only-shown", test_past_what_is_shown },
    { "S3.1.2a/date-is-put-right", test_date_is_put_right },
    { "S3.1.2b/date-is-judged-when-left", test_date_is_judged_when_left },
    { "B5/choice-keeps-strange-text", test_choice_keeps_strange_text },
    { "B5/paragraph-counts-as-people-do", test_paragraph_counts_as_people_do },
    { "S3.1.2d/entries", test_entries },
    { "S3.1.2d/limit", test_entries_limit },
    { "S3.1.2b/jump-into-entry", test_jump_into_entry },
    { "S3.1.4/read-only", test_read_only },
    { "P21/every-control-has-a-name", test_names },
    { "leaks", test_leaks },
  };

  form_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/form/", tests[i].name, NULL);

      g_test_add (path, FormFixture, tests[i].business != NULL ? tests[i].business : ODD, form_fixture_set_up,
                  tests[i].run, form_fixture_tear_down);
    }
  return g_test_run ();
}
