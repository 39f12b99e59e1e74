/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-decision-bar.h"
#include "zc-detail-page.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-reader.h"
#include "zc-review-page.h"

/* The two pages to read a dossier on, the reviewer's and the applicant's: it is read whole, nothing in it can be written into,
 * and it follows what happens elsewhere. */

#define DOSSIER "GET /v1/dossiers/dossier-1 "
#define SECTION "GET /v1/dossiers/dossier-1/sections/"
#define IMAGE                                                                                                          \
  "[{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"bytes\":1000,\"width\":900,"     \
  "\"height\":700,\"name\":\"照片.jpg\"}]"

static void
answer_section (StaffFixture *fixture, const char *id, const char *body)
{
  g_autofree char *start = g_strconcat (SECTION, id, NULL);
  g_autofree char *answer = g_strdup_printf ("{\"id\":\"%s\",\"version\":1,\"state\":\"complete\",\"problems\":[],\"body\":%s}", id, body);

  canned_server_answer (fixture->server, start, 200, answer);
}

static void
answer_business (StaffFixture *fixture)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "businesses", "evaluation.json", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  canned_server_answer (fixture->server, "GET /v1/businesses/evaluation", 200, text);
}

static void
answer_all (StaffFixture *fixture)
{
  g_autofree char *dossier = staff_fixture_dup_json (1, 5, STAFF_MINE);

  answer_business (fixture);
  canned_server_answer (fixture->server, DOSSIER, 200, dossier);
  answer_section (fixture, "basic_information", "{\"values\":{\"native_place\":\"广西横州\",\"bareheaded_photo\":" IMAGE "}}");
  answer_section (fixture, "education_history",
                  "{\"entries\":[{\"id\":\"0193aaaa-0000-7000-8000-00000000000a\",\"values\":{\"school_name\":\"广西大学\"}}]}");
  answer_section (fixture, "work_summary", "{\"values\":{\"work_summary_text\":\"本人从事机械设计。\"}}");
}

static void
find_words (GtkWidget *widget, const char *words, gboolean *found)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    *found = TRUE;
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    find_words (next, words, found);
}

static gboolean
shows (GtkWidget *widget, const char *words)
{
  gboolean found = FALSE;

  find_words (widget, words, &found);
  return found;
}

static GtkWidget *
open_page (StaffFixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (zc_review_page_new (fixture->session, "dossier-1"));

  staff_fixture_show (fixture, page);
  return page;
}

static void
assert_read_only (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget) && !GTK_IS_LABEL (widget))
    g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (widget)));
  if (GTK_IS_TEXT_VIEW (widget))
    g_assert_false (gtk_text_view_get_editable (GTK_TEXT_VIEW (widget)));
  g_assert_false (GTK_IS_DROP_DOWN (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget));
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    assert_read_only (next);
}

static void
test_reads_everything (StaffFixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "广西横州", "广西大学", "本人从事机械设计。" };
  GtkWidget *page;

  answer_all (fixture);
  page = open_page (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      staff_await (shows (page, words[i]));
      assert_read_only (staff_fixture_find (page, "form"));
      gtk_widget_activate_action (page, "review.next", NULL);
    }
  gtk_widget_activate_action (page, "review.previous", NULL);
  staff_await (shows (page, words[1]));
}

static void
test_images_beside (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *slot;

  answer_all (fixture);
  page = open_page (fixture);
  slot = staff_fixture_find (page, "viewer_slot");
  staff_await (gtk_widget_get_visible (slot));
  g_assert_true (ZC_IS_IMAGE_VIEWER (adw_bin_get_child (ADW_BIN (slot))));
  gtk_widget_activate_action (page, "review.next", NULL);
  g_assert_false (gtk_widget_get_visible (slot));
  gtk_widget_activate_action (page, "review.previous", NULL);
  g_assert_true (gtk_widget_get_visible (slot));
  g_object_set (staff_fixture_find (page, "reader"), "narrow", TRUE, NULL);
  g_assert_false (gtk_widget_get_visible (slot));
}

static void
test_trouble (StaffFixture *fixture, gconstpointer data)
{
  static const char gone[] = "{\"type\":\"urn:zhicheng:problem:not-found\",\"status\":404,\"title\":\"-\",\"detail\":\"-\"}";
  GtkWidget *page;

  canned_server_answer (fixture->server, DOSSIER, 404, gone);
  page = open_page (fixture);
  staff_await (shows (page, "you may not see it"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "decisions")));
  answer_all (fixture);
  gtk_widget_activate_action (staff_fixture_find (page, "stack"), "reader.retry", NULL);
  staff_await (shows (page, "广西横州"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (page, "decisions")));
}

/* Reading never locks (decisions 3): opening asks, and decides nothing. */
static void
test_reading_never_locks (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL;
  GtkWidget *page;

  answer_all (fixture);
  page = open_page (fixture);
  staff_await (shows (page, "广西横州"));
  sent = canned_server_dup_sent (fixture->server, "POST", 0);
  g_assert_null (sent);
}

static void
test_follows (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) news = staff_fixture_new_dossier (1, 6, STAFF_COLLEAGUE);
  GtkWidget *page, *bar;

  answer_all (fixture);
  page = open_page (fixture);
  bar = staff_fixture_find (page, "decisions");
  staff_await (shows (bar, "you hold it"));
  zc_session_learn (fixture->session, news);
  staff_await (shows (bar, "覃国栋 holds it"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (bar, "approve")));
}

static void
test_names (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_all (fixture);
  page = open_page (fixture);
  staff_await (shows (page, "广西横州"));
  staff_fixture_check_names (page);
}

/* The applicant's own page (详情). */
static GtkWidget *
open_details (StaffFixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (zc_detail_page_new (fixture->session, "dossier-1"));

  staff_fixture_show (fixture, page);
  return page;
}

static void
test_details_in_full (StaffFixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "广西横州", "广西大学", "本人从事机械设计。" };
  GtkWidget *page;

  answer_all (fixture);
  page = open_details (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      staff_await (shows (page, words[i]));
      assert_read_only (staff_fixture_find (page, "form"));
      gtk_widget_activate_action (staff_fixture_find (page, "stack"), "reader.next", NULL);
    }
}

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (root), type) ? root : NULL;

  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL && found == NULL; next = gtk_widget_get_next_sibling (next))
    found = find_type (next, type);
  return found;
}

static void
test_thumbnail_opens (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  AdwDialog *dialog;

  answer_all (fixture);
  page = open_details (fixture);
  staff_await (find_type (page, ZC_TYPE_IMAGE_TILE) != NULL);
  gtk_widget_activate_action (find_type (page, ZC_TYPE_IMAGE_TILE), "tile.open", NULL);
  staff_await ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window))) != NULL);
  g_assert_nonnull (find_type (GTK_WIDGET (dialog), ZC_TYPE_IMAGE_VIEWER));
  adw_dialog_force_close (dialog);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (StaffFixture *, gconstpointer);
  } cases[] = {
    { "/review/S3.1.4/reads-everything", test_reads_everything },
    { "/review/S3.5.5/images-beside", test_images_beside },
    { "/review/U4/reading-never-locks", test_reading_never_locks },
    { "/review/U4/follows-what-happens-elsewhere", test_follows },
    { "/review/U6/trouble-and-retry", test_trouble },
    { "/review/P21/names", test_names },
    { "/detail/S3.5.5/every-section-read-only", test_details_in_full },
    { "/detail/S3.5.5/thumbnail-opens-full-size", test_thumbnail_opens },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, StaffFixture, NULL, staff_fixture_set_up, cases[i].test, staff_fixture_tear_down);
  return g_test_run ();
}
