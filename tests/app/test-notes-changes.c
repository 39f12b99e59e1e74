/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "notes-fixture.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-reader.h"

/* What changed since a return, and what was asked for with it (P9). */

#define RETURNED                                                                                                         \
  "{\"at\":\"2026-11-22T08:00:00.000Z\",\"stage\":\"unit\",\"opinion\":\"请改\",\"code\":\"wrong\","                     \
  "\"by\":{\"role\":\"unit\",\"body\":\"广西南方机械有限公司\"},\"revision\":1,\"notes\":["                              \
  "{\"section\":\"basic_information\",\"field\":\"native_place\",\"text\":\"写到县\",\"code\":\"wrong\"},"               \
  "{\"section\":\"work_summary\",\"text\":\"请充实\"}]}"
#define AGAIN STAFF_MINE "\"last_return\":" RETURNED ","

static GtkWidget *
open_again (StaffFixture *fixture)
{
  GtkWidget *page;

  notes_answer (fixture, AGAIN);
  page = notes_open (fixture);
  staff_await (gtk_widget_get_visible (staff_fixture_find (page, "changes")));
  staff_fixture_idle ();
  return page;
}

static ZcImageTile *
find_tile (GtkWidget *widget, const char *sha256)
{
  if (ZC_IS_IMAGE_TILE (widget) && g_str_equal (zc_draft_image_get_sha256 (zc_image_tile_get_image (ZC_IMAGE_TILE (widget))), sha256))
    return ZC_IMAGE_TILE (widget);
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      ZcImageTile *found = find_tile (next, sha256);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_labelled (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_labelled (next, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_viewer (GtkWidget *root)
{
  if (ZC_IS_IMAGE_VIEWER (root))
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_viewer (next);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Field by field, image by image, entry by entry, with what stood there. */
static void
test_marks_changes (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);

  g_assert_true (staff_fixture_shows (notes_row (page, "native_place"), "Before: 横州"));
  g_assert_false (staff_fixture_shows (notes_row (page, "former_name"), "Changed"));
  g_assert_true (staff_fixture_shows (notes_row (page, "bareheaded_photo"), "1 of the 2 images before are gone"));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (find_tile (page, DIGEST_C)), "New"));
  g_assert_false (staff_fixture_shows (GTK_WIDGET (find_tile (page, DIGEST_A)), "New"));
  g_assert_true (staff_fixture_shows (page, "2 changes"));
  gtk_widget_activate_action (page, "review.next", NULL);
  staff_fixture_idle ();
  g_assert_true (staff_fixture_shows (notes_form (page), "Added since the return"));
  g_assert_true (staff_fixture_shows (notes_form (page), "Removed since the return:"));
  g_assert_true (staff_fixture_shows (notes_form (page), "桂林工学院"));
}

/* The pictures as they were are there to be looked at. */
static void
test_images_before (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);
  GtkWidget *button = find_labelled (notes_row (page, "bareheaded_photo"), "Images Before");
  g_autofree char *asked = NULL;

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  staff_await (notes_visible_dialog (fixture) != NULL);
  staff_await (staff_fixture_shows (GTK_WIDGET (notes_visible_dialog (fixture)), "1 / 2"));
  gtk_widget_activate_action (find_viewer (GTK_WIDGET (notes_visible_dialog (fixture))), "viewer.next", NULL);
  staff_await ((asked = canned_server_dup_line (fixture->server, "GET /v1/dossiers/dossier-1/images/" DIGEST_B, 0)) != NULL);
  adw_dialog_force_close (notes_visible_dialog (fixture));
  staff_await (notes_visible_dialog (fixture) == NULL);
}

/* What was asked for: ticked off where it changed, open where it did not. */
static void
test_asked (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);

  g_assert_true (staff_fixture_shows (notes_row (page, "native_place"), "Filled in wrongly: 写到县 (changed since)"));
  g_assert_cmpstr (gtk_menu_button_get_label (staff_fixture_find (page, "asked")), ==, "Asked for (2)");
  gtk_widget_activate_action (page, "review.next", NULL);
  gtk_widget_activate_action (page, "review.next", NULL);
  staff_fixture_idle ();
  g_assert_true (staff_fixture_shows (notes_form (page), "请充实"));
  g_assert_false (staff_fixture_shows (notes_form (page), "changed since"));
}

static const char *
position_of (GtkWidget *page)
{
  return gtk_label_get_label (staff_fixture_find (staff_fixture_find (page, "tools"), "position"));
}

/* One after the other, over the sections, and round again; an image that is new is shown beside. */
static void
test_next_change (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_again (fixture);
  ZcReader *reader = staff_fixture_find (page, "reader");

  gtk_widget_activate_action (page, "review.next", NULL);
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "1 / 4");
  g_assert_cmpstr (zc_reader_get_section (reader), ==, "basic_information");
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (zc_reader_get_shown_image (reader), ==, DIGEST_C);
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (zc_reader_get_section (reader), ==, "education_history");
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "4 / 4");
  gtk_widget_activate_action (page, "notes.next-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "1 / 4");
  gtk_widget_activate_action (page, "notes.previous-change", NULL);
  g_assert_cmpstr (position_of (page), ==, "4 / 4");
  staff_fixture_check_names (staff_fixture_find (page, "tools"));
}

/* Never returned: nothing to compare, nothing asked of the server. */
static void
test_first_time (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  notes_answer (fixture, STAFF_MINE "\"last_return\":null,");
  page = notes_open (fixture);
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "tools")));
  g_assert_null (canned_server_dup_line (fixture->server, NOTES_REVISION, 0));
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/notes/P9/marks-changes", test_marks_changes },
    { "/notes/P9/images-before", test_images_before },
    { "/notes/P9/asked", test_asked },
    { "/notes/P9/next-change", test_next_change },
    { "/notes/P9/first-time", test_first_time },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
