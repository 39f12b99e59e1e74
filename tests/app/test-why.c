/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "review-fixture.h"
#include "zc-batch-dialog.h"
#include "zc-body-page.h"
#include "zc-detail-page.h"
#include "zc-devices-dialog.h"
#include "zc-dossier-card.h"
#include "zc-editor-page.h"
#include "zc-entry-field.h"
#include "zc-factor-dialog.h"
#include "zc-home-page.h"
#include "zc-invitation-dialog.h"
#include "zc-invite-dialog.h"
#include "zc-note-dialog.h"
#include "zc-progress-page.h"
#include "zc-queue-page.h"
#include "zc-refusal-text.h"
#include "zc-registration-page.h"
#include "zc-review-page.h"
#include "zc-staff-page.h"
#include "zc-rule-dialog.h"
#include "zc-rule-text.h"
#include "zc-session-private.h"
#include "zc-sign-in-page.h"
#include "zc-sign-out-dialog.h"
#include "zc-why-button.h"

/* Whatever a rule refuses leads to that rule, who can lift it and what to do (N12). */

static gboolean
leads_to_rule (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), ZC_WHY_ACTION) == 0;
}

/* (nullable): the button that can be seen and leads to a rule */
static GtkWidget *
find_why (GtkWidget *root)
{
  return staff_fixture_find_where (root, leads_to_rule);
}

static guint
count_why (GtkWidget *root)
{
  guint n = gtk_widget_get_mapped (root) && leads_to_rule (root) ? 1 : 0;

  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    n += count_why (next);
  return n;
}

static gpointer
visible_dialog (GtkWidget *window)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
}

/* Pressing it shows all four: the rule, its source, who, what to do. name: (nullable): of the body that can lift it */
static void
assert_names (GtkWidget *window, GtkWidget *why, ZcRefusal code, const char *name)
{
  g_autoptr (GError) error = zc_refusal_new (code, "x");
  g_autofree char *who = zc_refusal_dup_who (error, name);
  const ZcRuleText *rule = zc_rule_text_find (zc_refusal_rule (code));
  AdwDialog *dialog;

  g_signal_emit_by_name (why, "clicked");
  staff_await (ZC_IS_RULE_DIALOG (visible_dialog (window)));
  dialog = visible_dialog (window);
  staff_await (staff_fixture_shows (GTK_WIDGET (dialog), rule->sentence));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), rule->name));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), rule->source));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), zc_refusal_what (error)));
  g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), zc_refusal_next (error)));
  if (who != NULL)
    g_assert_true (staff_fixture_shows (GTK_WIDGET (dialog), who));
  staff_fixture_check_names (GTK_WIDGET (dialog));
  adw_dialog_force_close (dialog);
  staff_await (!ZC_IS_RULE_DIALOG (visible_dialog (window))); /* or the next is looked for in this one */
}

#define UNIT "广西南方机械有限公司"

/* The same where nothing tells of a dossier: of the bodies the one alone has a name for which one acts. */
static void
assert_leads_to (GtkWidget *window, GtkWidget *why, ZcRefusal code)
{
  assert_names (window, why, code, g_strcmp0 (zc_refusal_lifted_by (code), "body") == 0 ? UNIT : NULL);
}

/* Every code of the server: with a rule a button that leads to it, without one a sentence alone. */
static void
test_every_code (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);

  for (int code = 0; code < ZC_REFUSAL_LAST; code++)
    {
      g_autoptr (GError) error = zc_refusal_new (code, "x");
      g_autofree char *text = zc_refusal_dup_text (error);

      zc_session_toast_error (fixture->session, error);
      staff_await (staff_fixture_shows (window, text));
      g_assert_true ((find_why (window) != NULL) == (zc_refusal_rule (code) != NULL));
      if (zc_refusal_rule (code) != NULL)
        assert_leads_to (window, find_why (window), code);
    }
  staff_fixture_close_window (window);
}

static AdwNavigationPage *
new_card_page (StaffFixture *fixture, const char *members)
{
  g_autoptr (ZcDossier) dossier = staff_fixture_new_dossier (1, 3, members);

  return adw_navigation_page_new (zc_dossier_card_new (fixture->session, dossier), "x");
}

/* What is not offered on the applicant's own card says why; what is offered or makes no sense there says nothing. */
static void
test_card (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *members;
    const char *label;
    ZcRefusal code;
    const char *who; /* by name */
  } cases[] = {
    { "\"state\":\"in-review\",\"holder\":null,\"actions\":[\"view\"],"
      "\"refused\":[{\"action\":\"withdraw\",\"code\":\"already-accepted\"}],",
      "Why can it not be withdrawn?", ZC_REFUSAL_ALREADY_ACCEPTED, UNIT },
    { "\"state\":\"draft\",\"holder\":null,\"actions\":[\"edit\"],"
      "\"refused\":[{\"action\":\"submit\",\"code\":\"window-closed\"}],",
      "Why can it not be submitted?", ZC_REFUSAL_WINDOW_CLOSED, "南宁市职称改革办公室" },
    { "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\"],"
      "\"refused\":[{\"action\":\"withdraw\",\"code\":\"with-office\"}],",
      "Why can it not be withdrawn?", ZC_REFUSAL_WITH_OFFICE, "南宁市职称改革办公室" },
    { "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\",\"withdraw\"],\"refused\":[],", NULL, ZC_REFUSAL_LAST, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AdwNavigationPage *page = new_card_page (fixture, cases[i].members);
      GtkWidget *window = staff_fixture_open_window (fixture, page, 900);
      GtkWidget *why = find_why (GTK_WIDGET (page));

      g_assert_true ((why != NULL) == (cases[i].label != NULL));
      if (why != NULL)
        {
          g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (why)), ==, cases[i].label);
          assert_names (window, why, cases[i].code, cases[i].who);
        }
      staff_fixture_close_window (window);
    }
}

/* Beside the sentence of a form that was refused, gone when it is tried again. */
static void
test_form (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page = zc_sign_in_page_new (fixture->session, FALSE);
  GtkWidget *window = staff_fixture_open_window (fixture, page, 900);
  GtkWidget *identifier = staff_fixture_find (GTK_WIDGET (page), "identifier");
  GtkWidget *password = staff_fixture_find (GTK_WIDGET (page), "password");

  canned_server_answer (fixture->server, "POST /v1/sessions ", 401,
                        "{\"type\":\"urn:zhicheng:problem:wrong-credentials\",\"title\":\"x\",\"status\":401}");
  g_object_set (identifier, "text", "450102197609150012", NULL);
  g_object_set (password, "text", "not this one", NULL);
  g_assert_null (find_why (GTK_WIDGET (page)));
  gtk_widget_activate_action (password, "sign-in.submit", NULL);
  staff_await (find_why (GTK_WIDGET (page)) != NULL);
  assert_leads_to (window, find_why (GTK_WIDGET (page)), ZC_REFUSAL_WRONG_PASSWORD);
  g_object_set (password, "text", "another", NULL);
  staff_await (find_why (GTK_WIDGET (page)) == NULL);
  staff_fixture_close_window (window);
}

#define PROBLEM(code) "{\"type\":\"urn:zhicheng:problem:" code "\",\"title\":\"-\",\"status\":1}"
#define OF(id, kind, name)                                                                                             \
  "{\"id\":\"" id "\",\"name\":\"" name "\",\"id_kind\":\"id-card\",\"id_number\":\"4501**********021X\","                   \
  "\"birth_date\":\"1990-01-01\",\"sex\":\"" kind "\",\"mobile\":\"139****0006\",\"email\":\"h***@example.org\","            \
  "\"memberships\":[],\"membership\":null}"
#define OWN OF ("a1", "male", "黄志明")
#define ANOTHER OF ("a2", "female", "覃小妹")

/* Beside a refusal it stands; beside the sentence that follows and refuses nothing, the account being another's, it does not. */
static void
test_sign_in_stale (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);
  GtkWidget *dialog;

  canned_server_answer (fixture->server, "POST /v1/sessions ", 401, PROBLEM ("wrong-credentials"));
  zc_session_set_expired (fixture->session, TRUE);
  staff_await (visible_dialog (window) != NULL);
  dialog = visible_dialog (window);
  g_object_set (staff_fixture_find (dialog, "identifier"), "text", "450102197609150012", NULL);
  g_object_set (staff_fixture_find (dialog, "password"), "text", "Quiet-river-2026", NULL);
  gtk_widget_activate_action (staff_fixture_find (dialog, "password"), "sign-in.submit", NULL);
  staff_await (find_why (dialog) != NULL);
  canned_server_answer (fixture->server, "POST /v1/sessions ", 201,
                        "{\"id\":\"s1\",\"token\":\"t1\",\"expires_at\":\"2027-01-01T00:00:00.000Z\",\"method\":\"password\","
                        "\"membership\":null,\"account\":" ANOTHER "}");
  canned_server_answer (fixture->server, "DELETE /v1/sessions/", 204, "");
  gtk_widget_activate_action (staff_fixture_find (dialog, "password"), "sign-in.submit", NULL);
  staff_await (staff_fixture_shows (dialog, "This is another account."));
  g_assert_null (find_why (dialog));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_fixture_close_window (window);
}

static gboolean
closes_notice (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_is_sensitive (widget)
         && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "notice.close") == 0;
}

/* A page to register on, its notice read and all of it filled in. */
static GtkWidget *
open_registration (StaffFixture *fixture, AdwNavigationPage *page)
{
  static const char info[] = "{\"name\":\"zhicheng\",\"version\":\"0.1.0\",\"api\":\"v1\",\"time\":\"2026-11-23T08:15:30.123Z\","
                             "\"epoch\":\"0a\",\"capabilities\":[\"registration\"],\"notice\":{\"version\":\"2026-01\","
                             "\"title\":\"须知\",\"text\":\"一段文字\"},\"limits\":{\"json_bytes\":1048576,\"image_bytes\":1048576,"
                             "\"image_pixels\":50000000}}";
  static const char *const values[][2] = {
    { "name", "李春梅" },         { "id_number", "11010119900307803X" }, { "mobile", "13800138000" },
    { "sms_code", "123456" },     { "email", "nobody@example.org" },     { "email_code", "123456" },
    { "password", "Three-Classes-1" }, { "repeat", "Three-Classes-1" },  { "answer_1", "桂花" },
    { "answer_2", "邕江" },       { "answer_3", "青秀山" },
  };
  GtkWidget *window;

  canned_server_answer (fixture->server, "GET /v1/ ", 200, info);
  zc_session_ask_info (fixture->session);
  staff_await (zc_session_get_info (fixture->session) != NULL);
  window = staff_fixture_open_window (fixture, page, 900);
  staff_await (visible_dialog (window) != NULL);
  staff_await (staff_fixture_find_where (visible_dialog (window), closes_notice) != NULL); /* when its end was seen */
  gtk_widget_activate_action (visible_dialog (window), "notice.close", NULL);
  staff_await (visible_dialog (window) == NULL);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_object_set (staff_fixture_find (GTK_WIDGET (page), values[i][0]), "text", values[i][1], NULL);
  return window;
}

/* The same where one registers: first the server refuses, then the page itself asks for something to be mended. */
static void
test_registration (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page = zc_registration_page_new (fixture->session);
  GtkWidget *window = open_registration (fixture, page);

  canned_server_answer (fixture->server, "POST /v1/accounts ", 409, PROBLEM ("mobile-taken"));
  gtk_widget_activate_action (GTK_WIDGET (page), "registration.create", NULL);
  staff_await (find_why (GTK_WIDGET (page)) != NULL);
  assert_leads_to (window, find_why (GTK_WIDGET (page)), ZC_REFUSAL_MOBILE_TAKEN);
  g_object_set (staff_fixture_find (GTK_WIDGET (page), "mobile"), "text", "1380013800", NULL);
  gtk_widget_activate_action (GTK_WIDGET (page), "registration.create", NULL);
  staff_await (staff_fixture_shows (GTK_WIDGET (page), "Please correct the items that are marked."));
  g_assert_null (find_why (GTK_WIDGET (page)));
  staff_fixture_close_window (window);
}

/* --- pages that could not be loaded --- */

#define LISTS "POST /v1/searches "
#define DOSSIER "GET /v1/dossiers/dossier-1 "

static AdwNavigationPage *
new_queue (ZcSession *session)
{
  return zc_queue_page_new (session);
}

/* Of somebody who acts for nobody but themselves. */
static AdwNavigationPage *
new_home (ZcSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (OWN, strlen (OWN), &error);

  g_assert_no_error (error);
  zc_session_take_account (session, zc_account_new_from_json (zc_json_root (json), &error));
  g_assert_no_error (error);
  return zc_home_page_new (session);
}

static AdwNavigationPage *
new_staff (ZcSession *session)
{
  return zc_staff_page_new (session);
}

static AdwNavigationPage *
new_body (ZcSession *session)
{
  return zc_body_page_new (session, "u1");
}

static AdwNavigationPage *
new_units (ZcSession *session)
{
  return zc_body_page_new_list (session);
}

static AdwNavigationPage *
new_progress (ZcSession *session)
{
  return zc_progress_page_new (session, "dossier-1");
}

static AdwNavigationPage *
new_detail (ZcSession *session)
{
  return zc_detail_page_new (session, "dossier-1");
}

static AdwNavigationPage *
new_review (ZcSession *session)
{
  return zc_review_page_new (session, "dossier-1");
}

static AdwNavigationPage *
new_editor (ZcSession *session)
{
  return zc_editor_page_new (session, "dossier-1");
}

static const struct
{
  const char *name;
  const char *request;
  AdwNavigationPage *(*make) (ZcSession *session);
} pages[] = {
  { "queue", LISTS, new_queue },           { "staff", "GET /v1/staff", new_staff },
  { "body", "GET /v1/bodies/u1 ", new_body }, { "units", "GET /v1/catalog/reporting-units", new_units },
  { "progress", DOSSIER, new_progress },   { "detail", DOSSIER, new_detail }, { "review", DOSSIER, new_review },
  { "editor", DOSSIER, new_editor },       { "home", LISTS, new_home }, /* the last: the session is an applicant's then */
};

/* By the Tab key alone, from wherever the focus is. */
static void
tab_to (GtkWidget *window, GtkWidget *wanted)
{
  staff_await (gtk_widget_get_width (wanted) > 0);
  for (guint tries = 0; tries < 60 && gtk_window_get_focus (GTK_WINDOW (window)) != wanted; tries++)
    gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == wanted);
}

/* Where a rule keeps a whole page away, the page leads to it, by keyboard too; trouble without a rule offers none. */
static void
test_pages (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    int status;
    const char *answer;
    ZcRefusal code;
  } answers[] = {
    { 403, PROBLEM ("forbidden"), ZC_REFUSAL_FORBIDDEN },
    { 403, PROBLEM ("second-factor"), ZC_REFUSAL_SECOND_FACTOR },
    { 500, PROBLEM ("internal"), ZC_REFUSAL_INTERNAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    for (guint j = 0; j < G_N_ELEMENTS (answers); j++)
      {
        g_autoptr (GError) error = zc_refusal_new (answers[j].code, "x");
        AdwNavigationPage *page;
        GtkWidget *window;

        g_test_message ("%s: %s", pages[i].name, zc_refusal_to_string (answers[j].code));
        canned_server_answer (fixture->server, pages[i].request, answers[j].status, answers[j].answer);
        page = pages[i].make (fixture->session);
        window = staff_fixture_open_window (fixture, page, 900);
        if (pages[i].make == new_queue || pages[i].make == new_home)
          zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
        staff_await (staff_fixture_shows (GTK_WIDGET (page), zc_refusal_what (error)));
        staff_fixture_check_names (GTK_WIDGET (page));
        g_assert_true ((find_why (GTK_WIDGET (page)) != NULL) == (zc_refusal_rule (answers[j].code) != NULL));
        if (zc_refusal_rule (answers[j].code) != NULL)
          {
            tab_to (window, find_why (GTK_WIDGET (page)));
            assert_leads_to (window, find_why (GTK_WIDGET (page)), answers[j].code);
          }
        staff_fixture_close_window (window);
      }
}

/* Once it could be loaded after all, the rule is not there any more; nor is it when what happens next has none. */
static void
test_pages_again (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page;
  GtkWidget *window;

  canned_server_answer (fixture->server, DOSSIER, 403, PROBLEM ("forbidden"));
  page = new_progress (fixture->session);
  window = staff_fixture_open_window (fixture, page, 900);
  staff_await (find_why (GTK_WIDGET (page)) != NULL);
  canned_server_answer (fixture->server, DOSSIER, 500, PROBLEM ("internal"));
  gtk_widget_activate_action (GTK_WIDGET (page), "progress.retry", NULL);
  staff_await (staff_fixture_shows (GTK_WIDGET (page), "Something failed in the server."));
  g_assert_null (find_why (GTK_WIDGET (page)));
  staff_fixture_close_window (window);
}

static AdwDialog *
new_devices (StaffFixture *fixture)
{
  return zc_devices_dialog_new (zc_session_get_client (fixture->session));
}

static AdwDialog *
new_factor (StaffFixture *fixture)
{
  return zc_factor_dialog_new (zc_session_get_client (fixture->session), TRUE);
}

/* A dialog that could not be loaded leads there too: the rule comes over it. */
static void
test_dialogs (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *request;
    AdwDialog *(*make) (StaffFixture *fixture);
  } cases[] = {
    { "GET /v1/sessions", new_devices },
    { "POST /v1/factor", new_factor },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);
      AdwDialog *dialog;

      canned_server_answer (fixture->server, cases[i].request, 403, PROBLEM ("step-up"));
      dialog = cases[i].make (fixture);
      adw_dialog_present (dialog, window);
      staff_await (find_why (GTK_WIDGET (dialog)) != NULL);
      assert_leads_to (window, find_why (GTK_WIDGET (dialog)), ZC_REFUSAL_STEP_UP);
      adw_dialog_force_close (dialog);
      staff_fixture_close_window (window);
    }
}

/* --- what staff decide --- */

#define PHOTO                                                                                                          \
  "{\"values\":{\"bareheaded_photo\":[{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\","  \
  "\"bytes\":1000,\"width\":900,\"height\":700,\"name\":\"照片.jpg\"}]}}"
#define ACTS "POST /v1/dossiers/dossier-1/acts"

/* A reviewer's page with its dossier. */
static GtkWidget *
open_review (StaffFixture *fixture, const char *members, AdwNavigationPage **page)
{
  static const char *const sections[] = { "basic_information", "education_history", "work_summary" };
  g_autofree char *dossier = staff_fixture_dup_json (1, 5, members);
  GtkWidget *window;

  canned_server_answer (fixture->server, DOSSIER, 200, dossier);
  review_fixture_answer_business (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    review_fixture_answer_section (fixture, sections[i], i == 0 ? PHOTO : "{\"values\":{}}");
  *page = zc_review_page_new (fixture->session, "dossier-1");
  window = staff_fixture_open_window (fixture, *page, 1000);
  staff_await (gtk_widget_get_mapped (staff_fixture_find (GTK_WIDGET (*page), "decisions")));
  return window;
}

static void
press (AdwNavigationPage *page, const char *action)
{
  gtk_widget_activate_action (staff_fixture_find (GTK_WIDGET (page), "decisions"), action, NULL);
}

/* An image that the server keeps back, beside what it belongs to. */
static void
test_image (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page;
  GtkWidget *window, *slot;

  canned_server_answer (fixture->server, "GET /v1/dossiers/dossier-1/images/", 403, PROBLEM ("forbidden"));
  window = open_review (fixture, STAFF_MINE, &page);
  slot = staff_fixture_find (GTK_WIDGET (page), "viewer_slot");
  staff_await (find_why (slot) != NULL);
  g_assert_true (staff_fixture_shows (slot, "Your role does not allow this."));
  assert_leads_to (window, find_why (slot), ZC_REFUSAL_FORBIDDEN);
  staff_fixture_close_window (window);
}

static void
test_decision (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page;
  GtkWidget *window = open_review (fixture, STAFF_WAITING, &page);
  GtkWidget *bar = staff_fixture_find (GTK_WIDGET (page), "decisions");

  canned_server_answer (fixture->server, ACTS, 403, PROBLEM ("own-dossier"));
  g_assert_null (find_why (bar));
  press (page, "decision.accept");
  staff_await (find_why (bar) != NULL);
  staff_fixture_check_names (bar);
  assert_leads_to (window, find_why (bar), ZC_REFUSAL_OWN_DOSSIER);
  canned_server_answer (fixture->server, ACTS, 500, PROBLEM ("internal"));
  press (page, "decision.accept");
  staff_await (staff_fixture_shows (bar, "Something failed in the server."));
  g_assert_null (find_why (bar));
  staff_fixture_close_window (window);
}

/* Who was not first is told who was, and by which rule that counts. */
static void
test_faster (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *now = staff_fixture_dup_json (1, 6, STAFF_COLLEAGUE);
  AdwNavigationPage *page;
  GtkWidget *window = open_review (fixture, STAFF_WAITING, &page);
  GtkWidget *bar = staff_fixture_find (GTK_WIDGET (page), "decisions");

  canned_server_answer (fixture->server, ACTS, 409, PROBLEM ("held-by-other"));
  canned_server_answer (fixture->server, DOSSIER, 200, now);
  press (page, "decision.accept");
  staff_await (staff_fixture_shows (bar, "覃国栋 was faster"));
  tab_to (window, find_why (bar));
  assert_leads_to (window, find_why (bar), ZC_REFUSAL_HELD);
  staff_fixture_close_window (window);
}

/* Over the bar stands the dialog in which the opinion is written: it leads to the rule itself, and neither keeps it beside what is
 * no refusal. */
static void
test_opinion (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) news = staff_fixture_new_dossier (1, 9, STAFF_MINE);
  AdwNavigationPage *page;
  GtkWidget *window = open_review (fixture, STAFF_MINE, &page);
  GtkWidget *bar = staff_fixture_find (GTK_WIDGET (page), "decisions");
  GtkWidget *dialog;

  canned_server_answer (fixture->server, ACTS, 403, PROBLEM ("forbidden"));
  press (page, "decision.return");
  dialog = visible_dialog (window);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (staff_fixture_find (dialog, "opinion")), "照片不清楚。", -1);
  g_signal_emit_by_name (staff_fixture_find (dialog, "confirm"), "clicked");
  staff_await (find_why (dialog) != NULL);
  staff_fixture_check_names (dialog);
  assert_leads_to (window, find_why (dialog), ZC_REFUSAL_FORBIDDEN);
  g_assert_nonnull (find_why (bar));
  zc_session_learn (fixture->session, news);
  staff_await (staff_fixture_shows (dialog, "changed meanwhile; please look at it again"));
  g_assert_null (find_why (dialog));
  g_assert_true (staff_fixture_shows (bar, "changed meanwhile; please look at it again"));
  g_assert_null (find_why (bar));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_fixture_close_window (window);
}

/* Each row that was not done leads to the rule that stopped it; the others to none. */
static void
test_batch (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *first = staff_fixture_dup_json (1, 5, STAFF_WAITING);
  g_autofree char *second = staff_fixture_dup_json (2, 5, STAFF_WAITING);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s,%s],\"next\":null,\"total\":2}", first, second);
  AdwNavigationPage *page = zc_queue_page_new (fixture->session);
  GtkWidget *window, *dialog;
  GtkStack *stack;

  canned_server_answer (fixture->server, LISTS, 200, list);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-1/acts", 200, first);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-2/acts", 403, PROBLEM ("own-dossier"));
  window = staff_fixture_open_window (fixture, page, 1000);
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (staff_fixture_shows (GTK_WIDGET (page), "黄志明2"));
  gtk_selection_model_select_all (
      GTK_SELECTION_MODEL (gtk_widget_get_template_child (GTK_WIDGET (page), ZC_TYPE_QUEUE_PAGE, "selection")));
  gtk_widget_activate_action (GTK_WIDGET (page), "queue.accept", NULL);
  dialog = visible_dialog (window);
  gtk_widget_activate_action (dialog, "batch.confirm", NULL);
  stack = staff_fixture_find (dialog, "stack");
  staff_await (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "results") == 0);
  staff_await (find_why (dialog) != NULL);
  staff_fixture_check_names (dialog);
  tab_to (window, find_why (dialog));
  assert_leads_to (window, find_why (dialog), ZC_REFUSAL_OWN_DOSSIER);
  g_assert_cmpuint (count_why (dialog), ==, 1);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  staff_fixture_close_window (window);
}

/* What belongs to the unit names the unit, in the bar and in the dialog over it. */
static void
test_unit_part (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page;
  GtkWidget *window = open_review (fixture, STAFF_WAITING, &page);
  GtkWidget *bar = staff_fixture_find (GTK_WIDGET (page), "decisions");

  canned_server_answer (fixture->server, ACTS, 409, PROBLEM ("already-accepted"));
  press (page, "decision.accept");
  staff_await (find_why (bar) != NULL);
  assert_names (window, find_why (bar), ZC_REFUSAL_ALREADY_ACCEPTED, UNIT);
  staff_fixture_close_window (window);
}

/* --- what is asked for in an entry --- */

#define CODES "POST /v1/codes "

/* Asking for a code too often leads to the rule; another sentence, and the code that comes, take it away. */
static void
check_code_button (StaffFixture *fixture, GtkWidget *window, GtkWidget *page, const char *id)
{
  GtkWidget *field = staff_fixture_find (page, id), *button = NULL;

  g_object_get (field, "suffix", &button, NULL);
  canned_server_answer (fixture->server, CODES, 429, PROBLEM ("too-many-requests"));
  gtk_widget_activate_action (button, "code.ask", NULL);
  staff_await (find_why (field) != NULL);
  staff_fixture_check_names (field);
  assert_leads_to (window, find_why (field), ZC_REFUSAL_TOO_MANY);
  zc_entry_field_set_message (ZC_ENTRY_FIELD (field), "Please fill this in.");
  g_assert_true (staff_fixture_shows (field, "Please fill this in."));
  g_assert_null (find_why (field));
  gtk_widget_activate_action (button, "code.ask", NULL);
  staff_await (find_why (field) != NULL);
  canned_server_answer (fixture->server, CODES, 202, "{\"expires_in\":300,\"resend_after\":0}");
  gtk_widget_activate_action (button, "code.ask", NULL);
  staff_await (find_why (field) == NULL);
  g_object_unref (button);
}

static void
test_code (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page = zc_sign_in_page_new (fixture->session, FALSE);
  GtkWidget *window = staff_fixture_open_window (fixture, page, 900);

  adw_view_stack_set_visible_child_name (
      ADW_VIEW_STACK (gtk_widget_get_ancestor (staff_fixture_find (GTK_WIDGET (page), "mobile"), ADW_TYPE_VIEW_STACK)), "code");
  g_object_set (staff_fixture_find (GTK_WIDGET (page), "mobile"), "text", "13800138000", NULL);
  check_code_button (fixture, window, GTK_WIDGET (page), "code");
  staff_fixture_close_window (window);
}

static void
test_registration_codes (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationPage *page = zc_registration_page_new (fixture->session);
  GtkWidget *window = open_registration (fixture, page);

  check_code_button (fixture, window, GTK_WIDGET (page), "sms_code");
  check_code_button (fixture, window, GTK_WIDGET (page), "email_code");
  staff_fixture_close_window (window);
}

static AdwDialog *
new_factor_code (StaffFixture *fixture)
{
  return zc_factor_dialog_new (zc_session_get_client (fixture->session), FALSE);
}

static AdwDialog *
new_invitation (StaffFixture *fixture)
{
  return zc_invitation_dialog_new (fixture->session);
}

/* The authenticator's code, an invitation: what was refused leads to its rule; another code, or trouble without a rule, does not. */
static void
test_entries (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *request;
    const char *action;
    AdwDialog *(*make) (StaffFixture *fixture);
  } cases[] = {
    { "PUT /v1/sessions/current/factor", "factor.show", new_factor_code },
    { "POST /v1/memberships", "invitation.use", new_invitation },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);
      AdwDialog *dialog = cases[i].make (fixture);
      GtkWidget *code;

      adw_dialog_present (dialog, window);
      code = staff_fixture_find (GTK_WIDGET (dialog), "code");
      canned_server_answer (fixture->server, cases[i].request, 422, PROBLEM ("wrong-code"));
      g_object_set (code, "text", "123456", NULL);
      gtk_widget_activate_action (GTK_WIDGET (dialog), cases[i].action, NULL);
      staff_await (find_why (code) != NULL);
      assert_leads_to (window, find_why (code), ZC_REFUSAL_WRONG_CODE);
      g_object_set (code, "text", "654321", NULL);
      g_assert_null (find_why (code));
      canned_server_answer (fixture->server, cases[i].request, 500, PROBLEM ("internal"));
      gtk_widget_activate_action (GTK_WIDGET (dialog), cases[i].action, NULL);
      staff_await (staff_fixture_shows (code, "Something failed in the server."));
      g_assert_null (find_why (code));
      adw_dialog_force_close (dialog);
      staff_fixture_close_window (window);
    }
}

/* Whom a leader may not invite: themselves. */
static void
test_invite (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);
  AdwDialog *dialog = zc_invite_dialog_new (zc_session_get_client (fixture->session));
  GtkWidget *number;

  adw_dialog_present (dialog, window);
  number = staff_fixture_find (GTK_WIDGET (dialog), "id_number");
  g_object_set (staff_fixture_find (GTK_WIDGET (dialog), "name"), "text", "韦晓岚", NULL);
  g_object_set (number, "text", "450105199308182376", NULL);
  canned_server_answer (fixture->server, "POST /v1/invitations", 403, PROBLEM ("oneself"));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "invite.make", NULL);
  staff_await (find_why (number) != NULL);
  assert_leads_to (window, find_why (number), ZC_REFUSAL_ONESELF);
  g_object_set (number, "text", "11010119900307803X", NULL);
  staff_await (find_why (number) == NULL);
  adw_dialog_force_close (dialog);
  staff_fixture_close_window (window);
}

/* To whom several could be assigned is not told: why, until something else is said there. */
static void
test_colleagues (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) dossier = staff_fixture_new_dossier (1, 5, STAFF_WAITING);
  g_autoptr (ZcBatch) batch = zc_batch_new (ZC_ACT_ASSIGN);
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 1000);
  AdwDialog *dialog;

  zc_batch_add (batch, dossier, 5);
  canned_server_answer (fixture->server, "GET /v1/catalog/colleagues", 403, PROBLEM ("forbidden"));
  dialog = zc_batch_dialog_new (fixture->session, batch, 0);
  adw_dialog_present (dialog, window);
  staff_await (find_why (GTK_WIDGET (dialog)) != NULL);
  assert_leads_to (window, find_why (GTK_WIDGET (dialog)), ZC_REFUSAL_FORBIDDEN);
  adw_dialog_force_close (dialog);
  staff_fixture_close_window (window);
}

/* The phrases of the body that are not given out. */
static void
test_phrases (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);
  g_autoptr (ZcNotebook) notebook = zc_notebook_new (NULL, "dossier-1", "u1");
  g_autoptr (ZcPhrases) phrases = zc_phrases_new (zc_session_get_client (fixture->session));
  g_autoptr (ZcNote) note = zc_note_new ("work_summary", NULL, NULL, NULL, NULL, NULL);
  AdwDialog *dialog = zc_note_dialog_new (notebook, phrases, note, "业务工作总结");

  canned_server_answer (fixture->server, "GET /v1/phrases", 403, PROBLEM ("forbidden"));
  zc_phrases_load (phrases);
  adw_dialog_present (dialog, window);
  staff_await (find_why (GTK_WIDGET (dialog)) != NULL);
  assert_leads_to (window, find_why (GTK_WIDGET (dialog)), ZC_REFUSAL_FORBIDDEN);
  canned_server_answer (fixture->server, "GET /v1/phrases", 200, "{\"items\":[]}");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "note.retry", NULL);
  staff_await (find_why (GTK_WIDGET (dialog)) == NULL);
  adw_dialog_force_close (dialog);
  staff_fixture_close_window (window);
}

static gboolean
is_mapped_in (GtkWidget *root, const char *id)
{
  return gtk_widget_get_mapped (staff_fixture_find (root, id));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Somebody with a store and a sync, and a section in it that the server does not have. */
static void
leave_unsent (StaffFixture *fixture)
{
  g_autofree char *root = g_dir_make_tmp ("zc-why-XXXXXX", NULL), *url = canned_server_dup_url (fixture->server);
  g_autoptr (GAsyncResult) opened = NULL, put = NULL;

  zc_local_store_open_async (root, url, "a1", NULL, done_cb, &opened);
  staff_await (opened != NULL);
  fixture->session->store = zc_local_store_open_finish (opened, NULL);
  fixture->session->sync = zc_sync_new (fixture->session->client, fixture->session->store);
  zc_sync_start (fixture->session->sync);
  zc_local_store_put_section_async (fixture->session->store, "dossier-1", "work_summary", "{\"values\":{}}", NULL, 0, 0, done_cb, &put);
  staff_await (put != NULL);
}

/* What the server does not take before one signs out, and why; what is said next has no rule. */
static void
test_sign_out (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *window = staff_fixture_open_window (fixture, zc_sign_in_page_new (fixture->session, FALSE), 900);
  g_autoptr (GError) offline = zc_refusal_new (ZC_REFUSAL_OFFLINE, "x");
  AdwDialog *dialog;

  leave_unsent (fixture);
  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/sections/", 403, PROBLEM ("forbidden"));
  canned_server_answer (fixture->server, "GET /v1/dossiers/dossier-1", 403, PROBLEM ("forbidden"));
  dialog = zc_sign_out_dialog_new (fixture->session);
  adw_dialog_present (dialog, window);
  staff_await (is_mapped_in (GTK_WIDGET (dialog), "list"));
  g_assert_null (find_why (GTK_WIDGET (dialog)));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "sign-out.send", NULL);
  staff_await (find_why (GTK_WIDGET (dialog)) != NULL);
  assert_leads_to (window, find_why (GTK_WIDGET (dialog)), ZC_REFUSAL_FORBIDDEN);
  zc_sync_stop (fixture->session->sync); /* as without a network */
  gtk_widget_activate_action (GTK_WIDGET (dialog), "sign-out.send", NULL);
  staff_await (is_mapped_in (GTK_WIDGET (dialog), "list") && staff_fixture_shows (GTK_WIDGET (dialog), zc_refusal_what (offline)));
  g_assert_null (find_why (GTK_WIDGET (dialog)));
  adw_dialog_force_close (dialog);
  staff_fixture_close_window (window);
}

/* Rows that stay while the newest are refused: by which rule; where there is none the banner tries again. */
static void
test_stale_queue (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *row = staff_fixture_dup_json (1, 5, STAFF_WAITING);
  g_autofree char *list = g_strdup_printf ("{\"items\":[%s],\"next\":null,\"total\":1}", row);
  AdwNavigationPage *page = zc_queue_page_new (fixture->session);
  GtkWidget *window, *banner;

  canned_server_answer (fixture->server, LISTS, 200, list);
  window = staff_fixture_open_window (fixture, page, 1000);
  banner = staff_fixture_find (GTK_WIDGET (page), "stale");
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (staff_fixture_shows (GTK_WIDGET (page), "黄志明1"));
  canned_server_answer (fixture->server, LISTS, 403, PROBLEM ("second-factor"));
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (find_why (banner) != NULL);
  assert_leads_to (window, find_why (banner), ZC_REFUSAL_SECOND_FACTOR);
  canned_server_answer (fixture->server, LISTS, 500, PROBLEM ("internal"));
  zc_dossier_list_reload (zc_session_get_dossiers (fixture->session));
  staff_await (staff_fixture_shows (banner, "Something failed in the server."));
  g_assert_cmpstr (adw_banner_get_button_label (ADW_BANNER (banner)), ==, "Try again");
  g_assert_null (find_why (banner));
  canned_server_answer (fixture->server, LISTS, 200, list);
  gtk_widget_activate_action (banner, "queue.retry", NULL);
  staff_await (!adw_banner_get_revealed (ADW_BANNER (banner)));
  staff_fixture_close_window (window);
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/why/N12/every-code", test_every_code },
    { "/why/N12/S3.1.5b/card", test_card },
    { "/why/N12/S2.1/form", test_form },
    { "/why/N12/S2.1/stale", test_sign_in_stale },
    { "/why/N12/S1.4/stale", test_registration },
    { "/why/N12/pages", test_pages },
    { "/why/N12/pages-again", test_pages_again },
    { "/why/N12/dialogs", test_dialogs },
    { "/why/N12/U5/image", test_image },
    { "/why/N12/U6/decision", test_decision },
    { "/why/N12/U4/faster", test_faster },
    { "/why/N12/U6/opinion", test_opinion },
    { "/why/N12/U3/batch", test_batch },
    { "/why/N12/U5/unit-part", test_unit_part },
    { "/why/N12/S2.1/code", test_code },
    { "/why/N12/S1.4/codes", test_registration_codes },
    { "/why/N12/entries", test_entries },
    { "/why/N12/U2/invite", test_invite },
    { "/why/N12/U3/colleagues", test_colleagues },
    { "/why/N12/P9/phrases", test_phrases },
    { "/why/N12/P18/sign-out", test_sign_out },
    { "/why/N12/U3/stale-queue", test_stale_queue },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
