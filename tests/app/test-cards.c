/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shell-fixture.h"
#include "zc-dossier-card.h"
#include "zc-platform.h"
#include "zc-progress-bar.h"
#include "zc-session.h"
#include "zc-time-text.h"

/* What a card of the home page says of a dossier, and what it lets do. */

/* The buttons of a card are the server's actions, no other. */
static void
test_card_actions (void)
{
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);
  g_autoptr (ZcDossier) dossier = shell_make_dossier ();
  g_autoptr (GtkWidget) card = g_object_ref_sink (zc_dossier_card_new (session, dossier));
  g_assert_true (gtk_widget_get_visible (shell_button_of (card, "win.withdraw")));
  g_assert_true (gtk_widget_get_visible (shell_button_of (card, "win.progress")));
  g_assert_true (gtk_widget_get_visible (shell_button_of (card, "win.view")));
  g_assert_false (gtk_widget_get_visible (shell_button_of (card, "win.edit")));
  g_assert_false (gtk_widget_get_visible (shell_button_of (card, "win.delete")));
  g_assert_false (gtk_widget_get_visible (shell_button_of (card, "win.retarget")));
}

/* What can be deleted need not be given up as well: of "abandon" (5) and "delete" (6) only the latter. */
static gboolean
is_shown (guint mask, guint i)
{
  return (mask & 1u << i) != 0 && !(i == 5 && (mask & 1u << 6) != 0);
}

/* Every set of actions: its buttons and no other. */
static void
test_card_every_set (void)
{
  static const struct
  {
    const char *action;
    const char *button;
  } rows[] = { { "edit", "win.edit" },         { "progress", "win.progress" },
               { "view", "win.view" },         { "retarget", "win.retarget" },
               { "withdraw", "win.withdraw" }, { "abandon", "win.abandon" },
               { "delete", "win.delete" },     { "copy", "win.copy" } };
  g_autoptr (ZcSession) session = zc_session_new (SHELL_NOWHERE);

  for (guint mask = 0; mask < 1u << G_N_ELEMENTS (rows); mask++)
    {
      g_autoptr (GString) text
          = g_string_new ("{\"id\":\"d\",\"business\":\"b\",\"stage\":\"applicant\",\"state\":\"draft\","
                           "\"actions\":[\"of-a-newer-server\"");
      g_autoptr (ZcJson) json = NULL;
      g_autoptr (ZcDossier) dossier = NULL;
      g_autoptr (GtkWidget) card = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (mask & 1u << i)
          g_string_append_printf (text, ",\"%s\"", rows[i].action);
      g_string_append (text, "]}");
      json = zc_json_parse (text->str, text->len, NULL);
      dossier = zc_dossier_new_from_json (zc_json_root (json), NULL);
      card = g_object_ref_sink (zc_dossier_card_new (session, dossier));
      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        g_assert_cmpint (gtk_widget_get_visible (shell_button_of (card, rows[i].button)), ==, is_shown (mask, i));
    }
}

static void
test_progress_bar (void)
{
  static const char *const stages[]
      = { "{\"id\":\"applicant\",\"status\":\"done\"}", "{\"id\":\"unit\",\"status\":\"current\"}",
          "{\"id\":\"department\",\"status\":\"skipped\"}",
          "{\"id\":\"office\",\"status\":\"ahead\"}" };
  static const gboolean ticked[] = { TRUE, TRUE, FALSE };
  g_autoptr (GListStore) list = g_list_store_new (ZC_TYPE_STAGE_STATUS);
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autoptr (ZcJson) json = zc_json_parse (stages[i], strlen (stages[i]), NULL);
      g_autoptr (ZcStageStatus) stage = zc_stage_status_new_from_json (zc_json_root (json), NULL);
      g_list_store_append (list, stage);
    }
  g_autoptr (GtkWidget) bar = g_object_ref_sink (g_object_new (ZC_TYPE_PROGRESS_BAR, NULL));
  zc_progress_bar_show (ZC_PROGRESS_BAR (bar), G_LIST_MODEL (list), "单位待受理");
  GtkWidget *steps
      = GTK_WIDGET (gtk_widget_get_template_child (bar, ZC_TYPE_PROGRESS_BAR, "steps"));
  guint n = 0;
  for (GtkWidget *step = gtk_widget_get_first_child (steps); step != NULL;
       step = gtk_widget_get_next_sibling (step))
    {
      GtkWidget *tick
          = GTK_WIDGET (gtk_widget_get_template_child (step, G_OBJECT_TYPE (step), "tick"));
      g_assert_cmpint (gtk_widget_get_visible (tick), ==, ticked[n]);
      n++;
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (zc_progress_bar_get_status (ZC_PROGRESS_BAR (bar)), ==, "单位待受理");
}

static void
test_deadline (void)
{
  ZcTime end = 0;
  ZcTime now = 0;
  g_assert_true (zc_time_parse ("2026-12-05T09:00:00.000Z", &end));
  g_assert_true (zc_time_parse ("2026-11-23T08:00:00.000Z", &now));
  g_autofree char *left = zc_time_dup_deadline (end, now);
  g_autofree char *today = zc_time_dup_deadline (end, end - 1);
  g_autofree char *closed = zc_time_dup_deadline (end, end);
  g_assert_cmpstr (left, ==, "还有 12 天，2026年12月5日 17:00 截止");
  g_assert_cmpstr (today, ==, "今天截止（2026年12月5日 17:00）");
  g_assert_cmpstr (closed, ==, "已于 2026年12月5日 17:00 截止");
}

static void
test_dates_in_words (void)
{
  static const struct
  {
    char *(*word) (const char *);
    const char *value;
    const char *text;
  } cases[] = {
    { zc_date_dup_text, "1961-01-01", "1961年1月1日" },
    { zc_date_dup_text, "2024-02-29", "2024年2月29日" },
    { zc_date_dup_text, "2023-02-29", "2023-02-29" },
    { zc_date_dup_text, "", "" },
    { zc_month_dup_text, "2012-07", "2012年7月" },
    { zc_month_dup_text, "2012-13", "2012-13" },
    { zc_month_dup_text, "2012-07-01", "2012-07-01" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cases[i].word (cases[i].value);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  zc_platform_prepare ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/cards/B2/buttons-are-actions", test_card_actions);
  g_test_add_func ("/cards/B2/every-set-of-actions", test_card_every_set);
  g_test_add_func ("/cards/S3.5.4/right-most-tick", test_progress_bar);
  g_test_add_func ("/cards/S3.1.1a/deadline-in-words", test_deadline);
  g_test_add_func ("/cards/S3.1.4/dates-in-words", test_dates_in_words);
  return g_test_run ();
}
