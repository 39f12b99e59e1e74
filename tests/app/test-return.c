/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "review-fixture.h"
#include "zc-queue-page.h"
#include "zc-reader.h"
#include "zc-review-page.h"
#include "zc-session-private.h"
#include "zc-test-world.h"
#include "zc-why-button.h"
#include "zc-window.h"

/* Staff come back to where they were, and to what they had begun to write (P2). */

#define REVIEWING "--reviewing"
#define REASON "照片不清楚，请重新上传。"
#define LOST "You cannot go back to the application that was open last"
#define SEVERAL "notes:several:u1:opinions"

/* (nullable) */
static ZcReader *
find_reader (GtkWidget *window)
{
  AdwNavigationView *pages = ADW_NAVIGATION_VIEW (gtk_widget_get_template_child (window, ZC_TYPE_WINDOW, "pages"));
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (pages);

  return page != NULL && ZC_IS_REVIEW_PAGE (page) ? staff_fixture_find (GTK_WIDGET (page), "reader") : NULL;
}

static gboolean
is_read (GtkWidget *window)
{
  ZcReader *reader = find_reader (window);

  return reader != NULL && zc_reader_get_draft (reader) != NULL && gtk_widget_get_mapped (GTK_WIDGET (reader));
}

static gboolean
is_at (GtkWidget *window, const char *place)
{
  return g_strcmp0 (zc_window_get_place (ZC_WINDOW (window)), place) == 0;
}

static char *
dup_setting (ZcLocalStore *store, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_get_setting_async (store, name, answered, &result));
  return zc_local_store_get_text_finish (store, result, NULL);
}

static gboolean
is_kept (ZcLocalStore *store, const char *name, const char *part)
{
  g_autofree char *text = dup_setting (store, name);

  return text != NULL && strstr (text, part) != NULL;
}

static GtkTextBuffer *
opinion_of (GtkWidget *window)
{
  GtkWidget *dialog = NULL;

  await_that ((dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)))) != NULL);
  return gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion"));
}

static void
assert_written (GtkTextBuffer *buffer, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* --- a kill over a review: the real program's window, store and server --- */

static void
sign_in (ZcSession *session)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_session_sign_in_async (session, UNIT_CLERK, PASSWORD, TRUE, answered, &result));
  zc_session_sign_in_finish (session, result, &error);
  g_assert_no_error (error);
  await_that (zc_session_get_state (session) == ZC_SESSION_SIGNED_IN);
}

static GtkWidget *
open_window (ZcSession *session)
{
  GtkWidget *window = GTK_WIDGET (zc_window_new (NULL, session));

  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 760);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
press_return (GtkWidget *window)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (find_reader (window)), ZC_TYPE_REVIEW_PAGE);

  gtk_widget_activate_action (page, "decision.return", NULL);
}

/* Turns to another section, begins to write why it is returned, tells when that is on the disk, and waits to be killed. */
static void
review_and_wait (const char *address, const char *dossier)
{
  g_autofree char *tag = g_strconcat ("review:", dossier, NULL), *notes = NULL, *place = NULL;
  ZcSession *session;
  GtkWidget *window;

  adw_init ();
  session = zc_session_new (address);
  sign_in (session);
  window = open_window (session);
  await_that (is_at (window, "queue") && gtk_widget_get_mapped (window));
  gtk_widget_activate_action (window, "win.review", "s", dossier);
  await_that (is_at (window, tag) && is_read (window));
  gtk_widget_activate_action (GTK_WIDGET (find_reader (window)), "reader.next", NULL);
  gtk_widget_activate_action (GTK_WIDGET (find_reader (window)), "reader.next", NULL);
  press_return (window);
  gtk_text_buffer_set_text (opinion_of (window), REASON, -1);
  place = g_strconcat (":", zc_reader_get_section (find_reader (window)), NULL);
  notes = g_strconcat ("notes:", dossier, ":", zc_membership_get_body (zc_session_get_membership (session)), ":opinions", NULL);
  await_that (is_kept (zc_session_get_store (session), ZC_LOCAL_STORE_PLACE, place)
              && is_kept (zc_session_get_store (session), notes, REASON));
  g_print ("%s\n", place + 1);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer full): the section that was in view */
static char *
kill_over_review (const char *program, World *world)
{
  const char *argv[] = { program, REVIEWING, zc_test_server_get_address (world->server), world->dossier, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOChannel) channel = NULL;
  char *section = NULL;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  channel = g_io_channel_unix_new (out);
  g_io_channel_set_close_on_unref (channel, TRUE);
  g_assert_cmpint (g_io_channel_read_line (channel, &section, NULL, NULL, &error), ==, G_IO_STATUS_NORMAL);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  return g_strchomp (section);
}

static void
submit_and_accept (World *world)
{
  g_autoptr (ZcDossier) sent = NULL;
  g_autoptr (Device) clerk = NULL;

  device_fill (world->device);
  sent = device_submit (world->device);
  clerk = device_new_staff (world->server, UNIT_CLERK);
  device_do_act (clerk, world->dossier, ZC_ACT_ACCEPT);
}

static void
test_killed (World *world, gconstpointer program)
{
  g_autofree char *section = NULL;
  g_autoptr (ZcSession) session = zc_session_new (zc_test_server_get_address (world->server));
  GtkWidget *window, *banner;

  submit_and_accept (world);
  section = kill_over_review (program, world);
  window = open_window (session);
  zc_session_start (session);
  await_that (zc_session_get_state (session) == ZC_SESSION_SIGNED_OUT); /* there is no keyring here */
  sign_in (session);
  await_that (is_read (window));
  g_assert_cmpstr (zc_reader_get_section (find_reader (window)), ==, section);
  banner = staff_fixture_find (gtk_widget_get_ancestor (GTK_WIDGET (find_reader (window)), ZC_TYPE_REVIEW_PAGE), "recovered");
  await_that (adw_banner_get_revealed (ADW_BANNER (banner)));
  g_assert_true (g_str_has_prefix (adw_banner_get_title (ADW_BANNER (banner)), "What you last wrote for “Return” ("));
  g_assert_nonnull (strstr (adw_banner_get_title (ADW_BANNER (banner)), "has been recovered"));
  press_return (window);
  assert_written (opinion_of (window), REASON);
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_false (adw_banner_get_revealed (ADW_BANNER (banner)));
  staff_fixture_close_window (window);
}

/* --- what the place leads to --- */

static void
give_store (StaffFixture *fixture, const char *root)
{
  g_autofree char *url = canned_server_dup_url (fixture->server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_local_store_open_async (root, url, "a1", NULL, answered, &result));
  fixture->session->store = zc_local_store_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
close_store (StaffFixture *fixture)
{
  g_autoptr (ZcLocalStore) store = g_steal_pointer (&fixture->session->store);
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_close_async (store, answered, &result));
}

static void
answer_review (StaffFixture *fixture)
{
  g_autofree char *dossier = staff_fixture_dup_json (1, 5, STAFF_MINE);

  review_fixture_answer_business (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, dossier);
  review_fixture_answer_section (fixture, "basic_information", "{\"values\":{}}");
  review_fixture_answer_section (fixture, "education_history", "{\"entries\":[]}");
  review_fixture_answer_section (fixture, "work_summary", "{\"values\":{}}");
}

/* The program starts with that place in its store in root, and somebody acting for u1. */
static GtkWidget *
start_in (StaffFixture *fixture, const char *root, const char *place)
{
  g_autoptr (GAsyncResult) result = NULL;

  give_store (fixture, root);
  await_call (result, zc_local_store_put_setting_async (fixture->session->store, ZC_LOCAL_STORE_PLACE, place, answered, &result));
  zc_session_set_state (fixture->session, ZC_SESSION_SIGNED_IN);
  return open_window (fixture->session);
}

static GtkWidget *
start_at (StaffFixture *fixture, const char *place)
{
  g_autofree char *root = g_dir_make_tmp ("zc-return-XXXXXX", NULL);

  return start_in (fixture, root, place);
}

static gboolean
leads_to_rule (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), ZC_WHY_ACTION) == 0;
}

static void
test_section (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  answer_review (fixture);
  window = start_at (fixture, "review:dossier-1:u1:work_summary");
  staff_await (is_read (window));
  g_assert_cmpstr (zc_reader_get_section (find_reader (window)), ==, "work_summary");
  g_assert_false (adw_banner_get_revealed (staff_fixture_find (window, "recovered")));
  gtk_widget_activate_action (GTK_WIDGET (find_reader (window)), "reader.previous", NULL);
  staff_await (is_kept (fixture->session->store, ZC_LOCAL_STORE_PLACE, "review:dossier-1:u1:education_history"));
  gtk_widget_activate_action (window, "win.back", NULL);
  staff_await (is_at (window, "queue"));
  staff_await (is_kept (fixture->session->store, ZC_LOCAL_STORE_PLACE, "queue"));
  staff_fixture_close_window (window);
}

/* What cannot be read any more leads to the queue, and says so; by a rule, it leads to that rule (N12). */
static void
test_lost (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    int         status;
    const char *code;
    gboolean    rule;
  } cases[] = { { 404, "not-found", FALSE }, { 403, "forbidden", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer
          = g_strdup_printf ("{\"type\":\"urn:zhicheng:problem:%s\",\"title\":\"-\",\"status\":%d}", cases[i].code, cases[i].status);
      GtkWidget *window;

      canned_server_answer (fixture->server, REVIEW_DOSSIER, cases[i].status, answer);
      window = start_at (fixture, "review:dossier-1:u1:work_summary");
      staff_await (staff_fixture_shows (window, LOST));
      g_assert_true (is_at (window, "queue"));
      g_assert_true ((staff_fixture_find_where (window, leads_to_rule) != NULL) == cases[i].rule);
      staff_fixture_close_window (window);
      close_store (fixture);
    }
}

/* A server that is busy is not the end of it: one is where one was, and tries again. */
static void
test_passing (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  canned_server_answer (fixture->server, REVIEW_DOSSIER, 503, "{\"type\":\"urn:zhicheng:problem:busy\",\"title\":\"-\",\"status\":503}");
  window = start_at (fixture, "review:dossier-1:u1:work_summary");
  staff_await (find_reader (window) != NULL && gtk_widget_get_mapped (staff_fixture_find (GTK_WIDGET (find_reader (window)), "trouble")));
  answer_review (fixture);
  gtk_widget_activate_action (GTK_WIDGET (find_reader (window)), "reader.retry", NULL);
  staff_await (is_read (window));
  g_assert_cmpstr (zc_reader_get_section (find_reader (window)), ==, "work_summary");
  staff_fixture_close_window (window);
}

static void
test_another_body (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  answer_review (fixture);
  window = start_at (fixture, "review:dossier-1:o1:work_summary");
  staff_await (staff_fixture_shows (window, LOST));
  g_assert_true (is_at (window, "queue"));
  staff_fixture_close_window (window);
}

/* While the session still closes it, it cannot be opened again. */
static gboolean
try_store (StaffFixture *fixture, const char *root)
{
  g_autofree char *url = canned_server_dup_url (fixture->server);
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_open_async (root, url, "a1", NULL, answered, &result));
  fixture->session->store = zc_local_store_open_finish (result, NULL);
  return fixture->session->store != NULL;
}

/* Whoever signs out has ended their work: the next start begins with the list. */
static void
test_signed_out (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *root = g_dir_make_tmp ("zc-return-XXXXXX", NULL), *place = NULL;
  GtkWidget *window;

  answer_review (fixture);
  window = start_in (fixture, root, "review:dossier-1:u1:work_summary");
  staff_await (is_read (window));
  zc_session_sign_out (fixture->session);
  staff_fixture_close_window (window);
  staff_await (try_store (fixture, root));
  place = dup_setting (fixture->session->store, ZC_LOCAL_STORE_PLACE);
  g_assert_null (place);
}

/* --- what was written to several at once (P1) --- */

static GtkWidget *
open_return_of_several (StaffFixture *fixture)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_MINE), *second = staff_fixture_dup_json (2, 5, STAFF_MINE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s],\"next\":null,\"total\":2}", first, second);
  GtkWidget *page = GTK_WIDGET (zc_queue_page_new (fixture->session)), *window;

  canned_server_answer (fixture->server, "POST /v1/searches ", 200, list);
  window = staff_fixture_open_window (fixture, ADW_NAVIGATION_PAGE (page), 1000);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (staff_fixture_shows (page, "黄志明2"));
  g_free (dup_setting (fixture->session->store, SEVERAL)); /* and the page has read it too */
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (gtk_widget_get_template_child (page, ZC_TYPE_QUEUE_PAGE, "selection")));
  gtk_widget_activate_action (page, "queue.return", NULL);
  return window;
}

static void
test_several (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *root = g_dir_make_tmp ("zc-return-XXXXXX", NULL);
  GtkWidget *window;

  give_store (fixture, root);
  window = open_return_of_several (fixture);
  gtk_text_buffer_set_text (opinion_of (window), REASON, -1);
  staff_await (is_kept (fixture->session->store, SEVERAL, REASON)); /* with the dialog still open */
  g_assert_false (staff_fixture_shows (window, "has been recovered"));
  staff_fixture_close_window (window);
  close_store (fixture);

  give_store (fixture, root);
  window = open_return_of_several (fixture);
  assert_written (opinion_of (window), REASON);
  staff_await (staff_fixture_shows (window, "has been recovered"));
  canned_server_answer (fixture->server, "POST /v1/dossiers/", 500, "{\"type\":\"urn:zhicheng:problem:internal\",\"title\":\"-\",\"status\":500}");
  gtk_widget_activate_action (GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))),
                              "batch.confirm", NULL);
  staff_await (!is_kept (fixture->session->store, SEVERAL, REASON)); /* answered: done with */
  staff_fixture_close_window (window);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/return/P2/U6/section", test_section },
    { "/return/P2/N12/lost", test_lost },
    { "/return/P2/passing", test_passing },
    { "/return/P2/another-body", test_another_body },
    { "/return/P2/signed-out", test_signed_out },
    { "/return/P1/P2/U3/several", test_several },
  };

  if (argc == 4 && g_str_equal (argv[1], REVIEWING))
    review_and_wait (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/return/P2/U6/killed-over-a-review", World, argv[0], world_set_up, test_killed, world_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, StaffFixture, NULL, staff_fixture_set_up, cases[i].test, staff_fixture_tear_down);
  return g_test_run ();
}
