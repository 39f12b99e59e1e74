/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "notes-fixture.h"
#include "zc-field-row.h"
#include "zc-form-page.h"
#include "zc-note-dialog.h"
#include "zc-reader.h"
#include "zc-review-tools.h"

/* What tests of notes and changes share. */

#define ENTRY_B "0193aaaa-0000-7000-8000-00000000000b"
#define ENTRY_C "0193aaaa-0000-7000-8000-00000000000c"
#define IMAGE(digest) "{\"sha256\":\"" digest "\",\"bytes\":1000,\"width\":900,\"height\":700,\"name\":\"照片.jpg\"}"
#define NOW_BASIC                                                                                                        \
  "{\"values\":{\"native_place\":\"广西横州市\",\"former_name\":\"黄明\",\"bareheaded_photo\":[" IMAGE (DIGEST_A) ","   \
  IMAGE (DIGEST_C) "]}}"
#define NOW_EDUCATION                                                                                                    \
  "{\"entries\":[{\"id\":\"" ENTRY_A "\",\"values\":{\"school_name\":\"广西大学\"}},"                                    \
  "{\"id\":\"" ENTRY_C "\",\"values\":{\"school_name\":\"中南大学\"}}]}"
#define NOW_SUMMARY "{\"values\":{\"work_summary_text\":\"本人从事机械设计。\"}}"
#define THEN                                                                                                             \
  "{\"number\":\"ZC1\",\"revision\":1,\"submitted_at\":\"2026-11-20T08:00:00.000Z\",\"digest\":\"d\",\"content\":{"      \
  "\"year\":2026,\"account\":{},\"target\":{\"unit\":\"u1\",\"series\":\"engineering\",\"level\":\"associate-senior\","  \
  "\"committee\":\"c1\",\"office\":\"o1\"},\"sections\":{\"basic_information\":{\"values\":{\"native_place\":\"横州\","  \
  "\"former_name\":\"黄明\",\"bareheaded_photo\":[" IMAGE (DIGEST_A) "," IMAGE (DIGEST_B) "]}},"                         \
  "\"education_history\":{\"entries\":[{\"id\":\"" ENTRY_A "\",\"values\":{\"school_name\":\"广西大学\"}},"              \
  "{\"id\":\"" ENTRY_B "\",\"values\":{\"school_name\":\"桂林工学院\"}}]},\"work_summary\":" NOW_SUMMARY "}}}"

/* The second submission. */
static char *
dup_json (gint64 version, const char *members)
{
  g_autofree char *text = staff_fixture_dup_json (1, version, members);
  GString *json = g_string_new (text);

  g_assert_cmpuint (g_string_replace (json, "\"submissions\":1", "\"submissions\":2", 1), ==, 1);
  return g_string_free (json, FALSE);
}

void
notes_answer (StaffFixture *fixture, const char *members)
{
  g_autofree char *dossier = dup_json (5, members);

  review_fixture_answer_business (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, dossier);
  canned_server_answer (fixture->server, NOTES_REVISION, 200, THEN);
  review_fixture_answer_section (fixture, "basic_information", NOW_BASIC);
  review_fixture_answer_section (fixture, "education_history", NOW_EDUCATION);
  review_fixture_answer_section (fixture, "work_summary", NOW_SUMMARY);
}

GtkWidget *
notes_open (StaffFixture *fixture)
{
  GtkWidget *page = review_fixture_open (fixture);

  staff_await (zc_reader_get_draft (staff_fixture_find (page, "reader")) != NULL);
  staff_fixture_idle ();
  return page;
}

/* With all of its rows. */
GtkWidget *
notes_form (GtkWidget *page)
{
  GtkWidget *form = adw_bin_get_child (staff_fixture_find (page, "form"));

  staff_await (zc_form_page_is_whole (ZC_FORM_PAGE (form)));
  return form;
}

static void
find_row (GtkWidget *widget, const char *field, GtkWidget **found)
{
  if (ZC_IS_FIELD_ROW (widget) && g_str_equal (zc_field_row_get_field (ZC_FIELD_ROW (widget))->id, field))
    *found = widget;
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL && *found == NULL; next = gtk_widget_get_next_sibling (next))
    find_row (next, field, found);
}

GtkWidget *
notes_row (GtkWidget *page, const char *field)
{
  GtkWidget *found = NULL;

  find_row (notes_form (page), field, &found);
  g_assert_nonnull (found);
  return found;
}

/* A button with that action, below root; (nullable) */
GtkWidget *
notes_find_button (GtkWidget *root, const char *action)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (root)), action) == 0)
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = notes_find_button (next, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
notes_click (GtkWidget *root, const char *action)
{
  GtkWidget *button = notes_find_button (root, action);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  staff_fixture_idle ();
}

AdwDialog *
notes_visible_dialog (StaffFixture *fixture)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

GtkWidget *
notes_dialog (StaffFixture *fixture)
{
  staff_await (ZC_IS_NOTE_DIALOG (notes_visible_dialog (fixture)));
  return GTK_WIDGET (notes_visible_dialog (fixture));
}

void
notes_write (GtkWidget *dialog, const char *words)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "text")), words, -1);
}

/* As the keys do it. */
void
notes_finish (StaffFixture *fixture)
{
  gtk_widget_activate_action (notes_dialog (fixture), "note.done", NULL);
  staff_await (notes_visible_dialog (fixture) == NULL);
}

GListModel *
notes_list (GtkWidget *page)
{
  return G_LIST_MODEL (zc_review_tools_get_notebook (staff_fixture_find (page, "tools")));
}

void
notes_assert (GtkWidget *page, guint position, const char *expected)
{
  g_autoptr (ZcNote) note = g_list_model_get_item (notes_list (page), position);
  g_autofree char *text = NULL;

  g_assert_nonnull (note);
  text = g_strjoin ("|", zc_note_get_section (note), zc_note_get_entry (note), zc_note_get_field (note), zc_note_get_image (note),
                    zc_note_get_code (note), zc_note_get_text (note), NULL);
  g_assert_cmpstr (text, ==, expected);
}
