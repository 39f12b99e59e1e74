/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "review-fixture.h"
#include "zc-review-page.h"

/* What every reading of a dossier begins with. */

void
review_fixture_answer_section (StaffFixture *fixture, const char *id, const char *body)
{
  g_autofree char *start = g_strconcat ("GET /v1/dossiers/dossier-1/sections/", id, NULL);
  g_autofree char *answer = g_strdup_printf (
      "{\"id\":\"%s\",\"version\":1,\"state\":\"complete\",\"problems\":[],\"body\":%s}", id, body);

  canned_server_answer (fixture->server, start, 200, answer);
}

void
review_fixture_answer_business (StaffFixture *fixture)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "data", "businesses", "evaluation.json", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  canned_server_answer (fixture->server, "GET /v1/businesses/evaluation", 200, text);
}

GtkWidget *
review_fixture_open (StaffFixture *fixture)
{
  GtkWidget *page = GTK_WIDGET (zc_review_page_new (fixture->session, "dossier-1"));

  staff_fixture_show (fixture, page);
  return page;
}
