/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "queue-fixture.h"
#include "zc-batch-dialog.h"
#include "zc-session-private.h"

/* Several rows of the staff's home at once: what is chosen, what is done to it, what is told of each (P10). */

#define MANY 500
#define STALE "{\"type\":\"urn:zhicheng:problem:stale\",\"status\":409,\"title\":\"-\",\"detail\":\"-\"}"
#define HELD "{\"type\":\"urn:zhicheng:problem:held-by-other\",\"status\":409,\"title\":\"-\",\"detail\":\"-\"}"

/* The ids of the rows that are marked, in order. */
static char *
dup_marked (gpointer page)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < queue_count_items (page); i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (queue_child (page, "selection")), i);

      if (gtk_selection_model_is_selected (queue_child (page, "selection"), i))
        g_string_append_printf (ids, "%s ", zc_dossier_get_id (dossier));
    }
  return g_string_free_and_steal (ids);
}

static void
check_marked (gpointer page, const char *expected)
{
  g_autofree char *marked = dup_marked (page);

  g_assert_cmpstr (marked, ==, expected);
}

static void
test_keeps_choice (StaffFixture *fixture, gconstpointer data)
{
  ZcDossierList *list = zc_session_get_dossiers (fixture->session);
  g_autoptr (ZcDossier) last = NULL;
  GtkWidget *page;

  queue_answer_many (fixture, 1, 3, 5, "\"more\"");
  page = queue_load (fixture, "list");
  g_assert_false (gtk_widget_get_visible (queue_child (page, "none")));
  gtk_selection_model_select_item (queue_child (page, "selection"), 0, FALSE);
  gtk_selection_model_select_item (queue_child (page, "selection"), 2, FALSE);
  check_marked (page, "dossier-1 dossier-3 ");
  g_assert_true (gtk_widget_get_visible (queue_child (page, "none")));
  staff_await (!zc_dossier_list_get_loading (list));
  queue_answer_many (fixture, 4, 6, 5, "null");
  last = g_list_model_get_item (G_LIST_MODEL (list), 2);
  staff_await (queue_count_items (page) == 6);
  check_marked (page, "dossier-1 dossier-3 ");
  queue_answer_many (fixture, 6, 1, 6, "null");
  zc_session_reload (fixture->session);
  staff_await (zc_dossier_get_version (zc_dossier_list_find (list, "dossier-1")) == 6 && queue_count_items (page) == 6);
  staff_fixture_idle ();
  check_marked (page, "dossier-3 dossier-1 ");
  gtk_widget_activate_action (page, "queue.choose-none", NULL);
  check_marked (page, "");
  g_assert_false (gtk_widget_get_visible (queue_child (page, "none")));
}

/* Between the two clicks that open a row, the first of which chooses it, nothing moves: the last rows stay under the pointer. */
static void
test_rows_stay (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  int height;

  queue_answer_many (fixture, 1, 3, 5, "null");
  page = queue_load (fixture, "list");
  staff_await (gtk_widget_get_height (queue_child (page, "view")) > 0);
  g_assert_true (queue_shows (page, "Double-click or press Enter"));
  height = gtk_widget_get_height (queue_child (page, "view"));
  gtk_selection_model_select_item (queue_child (page, "selection"), 2, TRUE);
  staff_await (gtk_widget_get_mapped (queue_child (page, "none")));
  staff_fixture_idle ();
  g_assert_true (queue_shows (page, "1 chosen"));
  g_assert_cmpint (gtk_widget_get_height (queue_child (page, "view")), ==, height);
}

/* The dialog that an act on several has opened. */
static GtkWidget *
await_dialog (StaffFixture *fixture, GtkWidget *page)
{
  AdwDialog *dialog = NULL;

  staff_await ((dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window))) != NULL);
  return GTK_WIDGET (dialog);
}

static gpointer
part (GtkWidget *dialog, const char *id)
{
  return gtk_widget_get_template_child (dialog, ZC_TYPE_BATCH_DIALOG, id);
}

static const char *
stage (GtkWidget *dialog)
{
  return gtk_stack_get_visible_child_name (part (dialog, "stack"));
}

static void
check_sent (StaffFixture *fixture, guint n_sent)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *body = NULL;

  for (guint n = 0; (body = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/", n)) != NULL; n++)
    {
      g_assert_nonnull (strstr (body, "\"act\":\"accept\",\"version\":5"));
      g_hash_table_add (keys, canned_server_dup_key (fixture->server, "POST /v1/dossiers/", n));
      g_clear_pointer (&body, g_free);
    }
  g_assert_cmpuint (g_hash_table_size (keys), ==, n_sent);
}

static void
test_many (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *done = staff_fixture_dup_json (1, 6, STAFF_MINE);
  g_autofree char *text = NULL;
  g_autofree char *newcomer = NULL;
  GtkWidget *page, *dialog;

  queue_answer_many (fixture, 1, MANY, 5, "null");
  page = queue_load (fixture, "list");
  gtk_widget_activate_action (page, "queue.choose-all", NULL);
  staff_await (queue_shows (page, "All 500 that match are chosen"));
  queue_answer_many (fixture, 0, MANY, 6, "null"); /* one more arrives, all are changed meanwhile */
  zc_session_reload (fixture->session);
  staff_await (queue_count_items (page) == MANY + 1);
  staff_await (queue_shows (page, "All 500 that match are chosen"));
  g_assert_false (gtk_selection_model_is_selected (queue_child (page, "selection"), 0));
  g_assert_true (gtk_selection_model_is_selected (queue_child (page, "selection"), MANY));
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-", 200, done);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-7/", 409, STALE);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-450/", 409, HELD);
  gtk_widget_activate_action (page, "queue.accept", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (queue_shows (dialog, "500 applications will be accepted."));
  staff_fixture_check_names (dialog);
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (queue_shows (dialog, "498 were done, 2 were not."));
  text = zc_batch_dialog_dup_text (ZC_BATCH_DIALOG (dialog));
  g_assert_true (g_str_has_prefix (text, "黄志明7\t4501**********021X · 职称评审 · 2026\tNot done: it was changed meanwhile."));
  g_assert_nonnull (strstr (text, "\n黄志明450\t4501**********021X · 职称评审 · 2026\tNot done: "));
  check_sent (fixture, MANY);
  newcomer = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/dossier-0/", 0);
  g_assert_null (newcomer);
  check_marked (page, ""); /* what was sent is no longer chosen */
  g_assert_true (queue_has_focus (fixture, part (dialog, "list")));
  adw_dialog_close (ADW_DIALOG (dialog));
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  staff_await (queue_has_focus (fixture, queue_child (page, "view")));
}

static void
check_written (GtkWidget *dialog, const char *expected)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (part (dialog, "opinion"));
  g_autofree char *written = NULL;

  g_object_get (buffer, "text", &written, NULL);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_return_and_stop (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_MINE);
  g_autofree char *second = staff_fixture_dup_json (2, 5, STAFF_COLLEAGUE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s],\"next\":null,\"total\":2}", first, second);
  g_autofree char *sent = NULL;
  GtkTextBuffer *buffer;
  GtkWidget *page, *dialog;

  canned_server_answer (fixture->server, QUEUE_LIST, 200, list);
  page = queue_load (fixture, "list");
  gtk_selection_model_select_all (queue_child (page, "selection"));
  gtk_widget_activate_action (page, "queue.return", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (queue_shows (dialog, "1 applications will be returned to their applicants, all with the same reason.\nOf those chosen, 1 are left out"));
  staff_await (queue_shows (dialog, "Please write the reason first"));
  buffer = gtk_text_view_get_buffer (part (dialog, "opinion"));
  gtk_text_buffer_set_text (buffer, " 请补充学历证书 ", -1);
  gtk_widget_activate_action (dialog, "batch.stop", NULL);
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (queue_shows (dialog, "0 were done, 1 were not."));
  sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/", 0);
  g_assert_null (sent); /* stopped before anything was sent */
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-", 200, first);
  gtk_widget_activate_action (page, "queue.return", NULL);
  dialog = await_dialog (fixture, page);
  check_written (dialog, "请补充学历证书"); /* written before, and not sent */
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (queue_shows (dialog, "All 1 were done."));
  sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/dossier-1/acts", 0);
  g_assert_cmpstr (sent, ==, "{\"act\":\"return\",\"version\":5,\"opinion\":\"请补充学历证书\"}");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  gtk_selection_model_select_all (queue_child (page, "selection"));
  gtk_widget_activate_action (page, "queue.return", NULL);
  dialog = await_dialog (fixture, page);
  check_written (dialog, ""); /* it was sent */
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

#define COLLEAGUES                                                                                                       \
  "{\"items\":[{\"id\":\"m2\",\"name\":\"覃国栋\",\"role\":\"leader\"},{\"id\":\"m1\",\"name\":\"韦晓岚\",\"role\":\"clerk\"}]}"
#define TO_ASSIGN "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\",\"accept\",\"assign\"],"

/* A leader chooses rows, then the colleague who is asked; nobody is proposed. What is held is left out. */
static void
test_assign (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, TO_ASSIGN);
  g_autofree char *second = staff_fixture_dup_json (2, 5, TO_ASSIGN);
  g_autofree char *third = staff_fixture_dup_json (3, 5, STAFF_COLLEAGUE);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s,%s],\"next\":null,\"total\":3}", first, second, third);
  g_autofree char *sent = NULL;
  GtkWidget *page, *dialog;

  canned_server_answer (fixture->server, QUEUE_LIST, 200, list);
  canned_server_answer (fixture->server, "GET /v1/catalog/colleagues", 200, COLLEAGUES);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-1/", 200, first);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-2/", 409, STALE);
  page = queue_load (fixture, "list");
  gtk_selection_model_select_all (queue_child (page, "selection"));
  gtk_widget_activate_action (page, "queue.assign", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (queue_shows (dialog, "2 applications will be assigned. Who is asked finds them marked; colleagues can still accept them.\n"
                              "Of those chosen, 1 are left out"));
  g_assert_true (queue_shows (dialog, "Please choose the responsible person first."));
  g_assert_false (gtk_widget_get_mapped (part (dialog, "opinion")));
  staff_await (adw_combo_row_get_model (part (dialog, "person")) != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (part (dialog, "person"))), ==, 3);
  g_assert_cmpuint (adw_combo_row_get_selected (part (dialog, "person")), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (part (dialog, "confirm")));
  staff_fixture_check_names (dialog);
  adw_combo_row_set_selected (part (dialog, "person"), 2);
  g_assert_true (gtk_widget_is_sensitive (part (dialog, "confirm")));
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  staff_await (g_strcmp0 (stage (dialog), "results") == 0);
  staff_await (queue_shows (dialog, "1 were done, 1 were not."));
  sent = canned_server_dup_sent (fixture->server, "POST /v1/dossiers/dossier-1/acts", 0);
  g_assert_cmpstr (sent, ==, "{\"act\":\"assign\",\"version\":5,\"to\":{\"person\":\"m1\"}}");
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

/* Whom the server does not tell cannot be asked, and it is said why. */
static void
test_assign_unknown (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, TO_ASSIGN);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s],\"next\":null,\"total\":1}", first);
  GtkWidget *page, *dialog;

  canned_server_answer (fixture->server, QUEUE_LIST, 200, list);
  canned_server_answer (fixture->server, "GET /v1/catalog/colleagues", 403,
                        "{\"type\":\"urn:zhicheng:problem:forbidden\",\"status\":403,\"title\":\"-\",\"detail\":\"-\"}");
  page = queue_load (fixture, "list");
  gtk_selection_model_select_all (queue_child (page, "selection"));
  gtk_widget_activate_action (page, "queue.assign", NULL);
  dialog = await_dialog (fixture, page);
  staff_await (strstr (gtk_label_get_label (part (dialog, "reason")), "Your role does not allow this.") != NULL);
  g_assert_false (gtk_widget_is_sensitive (part (dialog, "confirm")));
  adw_dialog_force_close (ADW_DIALOG (dialog));
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/queue/P10/choice-outlives-pages-and-reloads", test_keeps_choice },
    { "/queue/P10/the-first-click-moves-no-row", test_rows_stay },
    { "/queue/P10/P11/five-hundred-frozen-never-forced", test_many },
    { "/queue/P10/one-reason-for-all-and-stopping", test_return_and_stop },
    { "/queue/P10/assigns-to-a-colleague", test_assign },
    { "/queue/P10/nobody-to-assign-to", test_assign_unknown },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
