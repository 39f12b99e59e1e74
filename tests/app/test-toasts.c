/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "staff-fixture.h"
#include "zc-code-button.h"
#include "zc-entry-field.h"
#include "zc-form-page.h"
#include "zc-home-page.h"
#include "zc-registration-page.h"
#include "zc-review-page.h"
#include "zc-sign-in-page.h"
#include "zc-toast.h"
#include "zc-window.h"

/* What is said over a page lies on none of its bar's buttons, and is there where it is read. */

#define ACTS "POST /v1/dossiers/dossier-1/acts"
#define NARROW 460
#define WORD "A word as long as those are that tell what was done just now"

static void
answer_all (StaffFixture *fixture)
{
  static const char *const sections[] = { "basic_information", "education_history", "work_summary" };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "businesses", "evaluation.json", NULL);
  g_autofree char *dossier = staff_fixture_dup_json (1, 5, STAFF_MINE);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  canned_server_answer (fixture->server, "GET /v1/businesses/evaluation", 200, text);
  canned_server_answer (fixture->server, "GET /v1/dossiers/dossier-1 ", 200, dossier);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *line = g_strconcat ("GET /v1/dossiers/dossier-1/sections/", sections[i], NULL);
      g_autofree char *answer = g_strdup_printf ("{\"id\":\"%s\",\"version\":1,\"state\":\"complete\",\"problems\":[],\"body\":%s}",
                                                 sections[i], i == 1 ? "{\"entries\":[]}" : "{\"values\":{}}");

      canned_server_answer (fixture->server, line, 200, answer);
    }
}

static gboolean
is_toast (GtkWidget *widget)
{
  return g_str_equal (gtk_widget_get_css_name (widget), "toast");
}

/* (nullable) */
static GtkWidget *
find_toast (GtkWidget *window)
{
  return staff_fixture_find_where (window, is_toast);
}

static gboolean
is_code_button (GtkWidget *widget)
{
  return ZC_IS_CODE_BUTTON (widget);
}

static gboolean
is_form (GtkWidget *widget)
{
  return ZC_IS_FORM_PAGE (widget);
}

static gboolean
is_back_button (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "back") && GTK_IS_BUTTON (widget);
}

static GtkWidget *
visible_page (GtkWidget *window)
{
  return GTK_WIDGET (adw_navigation_view_get_visible_page (staff_fixture_find (window, "pages")));
}

static void
assert_clear_of (GtkWidget *toast, GtkWidget *button)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (toast));
  graphene_rect_t here, there;

  g_assert_true (gtk_widget_compute_bounds (toast, root, &here) && gtk_widget_compute_bounds (button, root, &there));
  g_assert_cmpfloat (there.size.height, >, 0);
  if (graphene_rect_intersection (&here, &there, NULL))
    g_error ("the toast at %g+%g lies over the button at %g+%g", here.origin.y, here.size.height, there.origin.y, there.size.height);
}

static void
assert_all_clear (GtkWidget *window, GtkWidget *page)
{
  static const char *const buttons[] = { "release", "return", "refuse", "approve" };

  staff_await (find_toast (window) != NULL && gtk_widget_get_height (find_toast (window)) > 0);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    assert_clear_of (find_toast (window), staff_fixture_find (page, buttons[i]));
}

static GtkWidget *
open_review_of (StaffFixture *fixture, int width)
{
  AdwNavigationPage *page = zc_review_page_new (fixture->session, "dossier-1");
  GtkWidget *window;

  answer_all (fixture);
  window = staff_fixture_open_window (fixture, page, width);
  staff_await (gtk_widget_get_height (staff_fixture_find (GTK_WIDGET (page), "approve")) > 0);
  return window;
}

static GtkWidget *
open_review (StaffFixture *fixture)
{
  return open_review_of (fixture, 460);
}

/* A word of the session's, and one of the page's own: over what can be scrolled away, and on no button. */
static void
test_beside_decisions (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_review (fixture);
  GtkWidget *page = visible_page (window);

  zc_session_toast (fixture->session, WORD);
  assert_all_clear (window, page);
  zc_toast (staff_fixture_find (page, "tools"), WORD " as well");
  assert_all_clear (window, page);
  staff_fixture_close_window (window);
}

static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >= gtk_adjustment_get_upper (adjustment) - 1;
}

/* How far its lower edge is above the one of what is seen. */
static double
room_below (GtkWidget *scroller, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, scroller, &bounds));
  return gtk_widget_get_height (scroller) - bounds.origin.y - bounds.size.height;
}

/* What has the focus, brought to the lower edge. */
static GtkWidget *
focus_at_edge (GtkWidget *window, GtkWidget *scroller, GtkAdjustment *adjustment)
{
  GtkWidget *focus;

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_true (gtk_widget_child_focus (scroller, GTK_DIR_TAB_BACKWARD));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (gtk_widget_is_ancestor (focus, scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - room_below (scroller, focus));
  staff_await (ABS (room_below (scroller, focus)) < 2);
  g_assert_false (is_at_end (adjustment));
  return focus;
}

static void
take_back (GtkWidget *window, GtkAdjustment *adjustment, double page_size)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (find_toast (window), ADW_TYPE_TOAST_OVERLAY);

  adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (overlay));
  staff_await (gtk_adjustment_get_page_size (adjustment) == page_size);
}

/* It has a place of its own: nothing that is read or filled in lies below it, and the end and the focus stay in view. */
static void
test_beside_what_is_read (StaffFixture *fixture, gconstpointer data)
{
  static const int widths[] = { 460, 1180 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *window = open_review_of (fixture, widths[i]);
      GtkWidget *page = visible_page (window);
      GtkWidget *scroller, *toast, *focus;
      GtkAdjustment *adjustment;
      double before;

      staff_await (staff_fixture_find_where (page, is_form) != NULL);
      staff_await (zc_form_page_is_whole (ZC_FORM_PAGE (staff_fixture_find_where (page, is_form))));
      scroller = adw_bin_get_child (ADW_BIN (staff_fixture_find_where (page, is_form)));
      adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
      staff_await (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment));
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      before = gtk_adjustment_get_page_size (adjustment);
      zc_session_toast (fixture->session, WORD);
      staff_await ((toast = find_toast (window)) != NULL && gtk_adjustment_get_page_size (adjustment) < before);
      assert_clear_of (toast, staff_fixture_find (page, "reader"));
      staff_await (is_at_end (adjustment) && find_toast (window) != NULL);
      take_back (window, adjustment, before);
      focus = focus_at_edge (window, scroller, adjustment);
      zc_session_toast (fixture->session, WORD);
      staff_await (gtk_adjustment_get_page_size (adjustment) < before && room_below (scroller, focus) >= 0 && find_toast (window) != NULL);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
      staff_fixture_close_window (window);
    }
}

/* The decision leads to another page: that one tells what was done. */
static void
test_told_on_the_next_page (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = staff_fixture_dup_json (1, 6, "\"state\":\"returned\",\"holder\":null,\"actions\":[],");
  GtkWidget *window = open_review (fixture);
  GtkWidget *page = visible_page (window);
  GtkWidget *dialog;

  canned_server_answer (fixture->server, ACTS, 200, answer);
  gtk_widget_activate_action (page, "decision.return", NULL);
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion")), "请补正", -1);
  staff_fixture_idle ();
  g_signal_emit_by_name (staff_fixture_find (dialog, "confirm"), "clicked");
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  staff_await (visible_page (window) != page && find_toast (window) != NULL);
  staff_await (page == NULL);
  staff_fixture_close_window (window);
}

/* Its button leads back and goes with it: the page does not stay behind for having had the focus there. */
static void
test_let_go_of (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = open_review (fixture);
  GtkWidget *page = visible_page (window);
  GtkWidget *back = staff_fixture_find_where (page, is_back_button);

  g_assert_true (gtk_widget_grab_focus (back));
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_widget_activate_action (page, "navigation.pop", NULL);
  staff_await (page == NULL);
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));
  staff_fixture_close_window (window);
}

static AdwNavigationPage *
make_sign_in (ZcSession *session)
{
  return zc_sign_in_page_new (session, FALSE);
}

/* That a code is on its way is told at its field: it lies over no other one and is no news on what follows (S1.7, S2.2). */
static void
test_told_at_its_field (StaffFixture *fixture, gconstpointer data)
{
  static AdwNavigationPage *(*const make[]) (ZcSession *) = { zc_registration_page_new, make_sign_in };

  for (guint i = 0; i < G_N_ELEMENTS (make); i++)
    {
      GtkWidget *window = staff_fixture_open_window (fixture, make[i](fixture->session), NARROW);
      GtkWidget *page = visible_page (window);
      g_autofree char *hint = NULL;
      GtkWidget *button;

      if (i == 1)
        g_object_set (staff_fixture_find (page, "stack"), "visible-child-name", "code", NULL);
      staff_await ((button = staff_fixture_find_where (page, is_code_button)) != NULL);
      g_signal_emit_by_name (button, "sent", WORD);
      staff_fixture_idle ();
      g_object_get (gtk_widget_get_ancestor (button, ZC_TYPE_ENTRY_FIELD), "hint", &hint, NULL);
      g_assert_cmpstr (hint, ==, WORD);
      g_assert_null (find_toast (window));
      staff_fixture_close_window (window);
    }
}

/* What is said as signing in leads on is to be read on the page it leads to. */
static void
test_outlives_signing_in (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, make_sign_in (fixture->session), NARROW);

  zc_session_toast (fixture->session, WORD);
  staff_await (find_toast (window) != NULL);
  zc_window_push (ZC_WINDOW (window), zc_home_page_new (fixture->session));
  staff_fixture_idle ();
  g_assert_nonnull (find_toast (window));
  staff_fixture_close_window (window);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (StaffFixture *, gconstpointer);
  } cases[] = {
    { "/toasts/U6/P21/beside-the-decisions", test_beside_decisions },
    { "/toasts/U6/P21/beside-what-is-read", test_beside_what_is_read },
    { "/toasts/U6/told-on-the-next-page", test_told_on_the_next_page },
    { "/toasts/P21/a-page-that-goes-is-let-go-of", test_let_go_of },
    { "/toasts/S1.7/S2.2/told-at-its-field", test_told_at_its_field },
    { "/toasts/S2.1/outlives-signing-in", test_outlives_signing_in },
  };

  g_setenv ("GTK_A11Y", "test", TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, StaffFixture, NULL, staff_fixture_set_up, cases[i].test, staff_fixture_tear_down);
  return g_test_run ();
}
