/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include "review-fixture.h"
#include "zc-decision-bar.h"
#include "zc-detail-page.h"
#include "zc-field-row.h"
#include "zc-form-page.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-reader.h"
#include "zc-refusal-text.h"
#include "zc-review-page.h"
#include "zc-session-menu.h"
#include "zc-session-private.h"
#include "zc-why-button.h"

/* The two pages to read a dossier on, the reviewer's and the applicant's: it is read whole, nothing in it can be written into,
 * and it follows what happens elsewhere. */

#define IMAGE                                                                                                          \
  "[{\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"bytes\":1000,\"width\":900,"     \
  "\"height\":700,\"name\":\"照片.jpg\"}]"

static void
answer_all (StaffFixture *fixture)
{
  g_autofree char *dossier = staff_fixture_dup_json (1, 5, STAFF_MINE);

  review_fixture_answer_business (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, dossier);
  review_fixture_answer_section (fixture, "basic_information", "{\"values\":{\"native_place\":\"广西横州\",\"bareheaded_photo\":" IMAGE "}}");
  review_fixture_answer_section (fixture, "education_history",
                  "{\"entries\":[{\"id\":\"0193aaaa-0000-7000-8000-00000000000a\",\"values\":{\"school_name\":\"广西大学\"}}]}");
  review_fixture_answer_section (fixture, "work_summary", "{\"values\":{\"work_summary_text\":\"本人从事机械设计。\"}}");
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
  page = review_fixture_open (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      staff_await (staff_fixture_shows (page, words[i]));
      assert_read_only (staff_fixture_find (page, "form"));
      gtk_widget_activate_action (page, "review.next", NULL);
    }
  gtk_widget_activate_action (page, "review.previous", NULL);
  staff_await (staff_fixture_shows (page, words[1]));
}

/* What an office looks at first in a registration (U1, U2); other dossiers say nothing of the kind. */
static void
test_facts (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *dossier = staff_fixture_dup_json (
      1, 5,
      STAFF_MINE "\"waiting\":{\"working_days\":2,\"within\":3},\"registers\":{\"name\":\"南宁测试有限公司\","
                 "\"credit_code\":\"91350100M000100Y43\",\"body\":null,\"head\":{\"name\":\"广西总机构有限公司\","
                 "\"credit_code\":\"91450100DEMA00001P\"}},");
  GtkWidget *page;

  answer_all (fixture);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "situation")));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "unit_button")));
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, dossier);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "Waiting for 2 working days, to be decided within 3 · Branch of 广西总机构有限公司 · 91450100DEMA00001P"));
}

#define LAST_RETURN(revision)                                                                                              \
  "\"last_return\":{\"at\":\"2026-11-23T08:00:00.000Z\",\"stage\":\"department\",\"opinion\":\"请补充公示照片。\",\"code\":null," \
  "\"by\":{\"role\":\"department\",\"body\":\"南宁市工业和信息化局\"},\"notes\":[],\"revision\":" revision "},"

/* Back by one stage: why, is read where it is dealt with (U6); once it was submitted anew, no longer. */
static void
test_came_back (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *back = staff_fixture_dup_json (1, 5, STAFF_WAITING LAST_RETURN ("1"));
  g_autofree char *anew = staff_fixture_dup_json (1, 5, STAFF_WAITING LAST_RETURN ("0"));
  GtkWidget *page;

  answer_all (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, back);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "Returned by 南宁市工业和信息化局: 请补充公示照片。"));
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, anew);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "situation")));
}

/* The button that was pressed goes with what it did: the keys go on in what is read (P21). */
static void
test_keys_go_on (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *waiting = staff_fixture_dup_json (1, 5, STAFF_WAITING);
  g_autofree char *mine = staff_fixture_dup_json (1, 6, STAFF_MINE);
  GtkWidget *page, *accept;
  GtkRoot *root;

  answer_all (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, waiting);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-1/acts", 200, mine);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  accept = staff_fixture_find (page, "accept");
  root = gtk_widget_get_root (page);
  gtk_widget_grab_focus (accept);
  g_assert_true (gtk_root_get_focus (root) == accept);
  g_signal_emit_by_name (accept, "clicked");
  staff_await (staff_fixture_shows (page, "In review: you hold it") && gtk_root_get_focus (root) != NULL);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (root), staff_fixture_find (page, "reader")));
}

/* The unit that a request would change is one press away (U2). */
static void
test_changed_unit (StaffFixture *fixture, gconstpointer data)
{
  static const char text[]
      = "{\"id\":\"evaluation\",\"revision\":1,\"title\":\"单位更名\",\"target\":[\"unit\"],\"stages\":[\"office\"],"
        "\"amends\":{\"kind\":\"unit\",\"name\":\"basic_information.native_place\"},\"sections\":[{\"id\":\"basic_information\","
        "\"title\":\"更名\",\"fields\":[{\"id\":\"native_place\",\"type\":\"text\",\"label\":\"新名称\",\"required\":true}]}]}";
  GtkWidget *page, *button;
  GVariant *target;

  answer_all (fixture);
  canned_server_answer (fixture->server, "GET /v1/businesses/evaluation", 200, text);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  button = staff_fixture_find (page, "unit_button");
  g_assert_true (gtk_widget_get_visible (button));
  target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, "u1");
}

static void
test_images_beside (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *slot;

  answer_all (fixture);
  page = review_fixture_open (fixture);
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

  canned_server_answer (fixture->server, REVIEW_DOSSIER, 404, gone);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "you may not see it"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "decisions")));
  answer_all (fixture);
  gtk_widget_activate_action (staff_fixture_find (page, "stack"), "reader.retry", NULL);
  staff_await (staff_fixture_shows (page, "广西横州"));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (page, "decisions")));
}

/* Reading never locks (decisions 3): opening asks, and decides nothing. */
static void
test_reading_never_locks (StaffFixture *fixture, gconstpointer data)
{
  g_autofree char *sent = NULL;
  GtkWidget *page;

  answer_all (fixture);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  sent = canned_server_dup_sent (fixture->server, "POST", 0);
  g_assert_null (sent);
}

static void
test_follows (StaffFixture *fixture, gconstpointer data)
{
  g_autoptr (ZcDossier) news = staff_fixture_new_dossier (1, 6, STAFF_COLLEAGUE);
  GtkWidget *page, *bar;

  answer_all (fixture);
  page = review_fixture_open (fixture);
  bar = staff_fixture_find (page, "decisions");
  staff_await (staff_fixture_shows (bar, "you hold it"));
  zc_session_learn (fixture->session, news);
  staff_await (staff_fixture_shows (bar, "覃国栋 holds it"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (bar, "approve")));
}

static void
test_names (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page;

  answer_all (fixture);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  staff_fixture_check_names (page);
}

/* Whether the whole row of the section shown is to be seen in the list, which scrolls. */
static gboolean
is_in_view (GtkWidget *page)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_selected_row (staff_fixture_find (page, "sections")));
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds, view = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (scroller), gtk_widget_get_height (scroller));

  return gtk_widget_compute_bounds (row, scroller, &bounds) && bounds.size.height > 0 && graphene_rect_contains_rect (&view, &bounds);
}

/* Where a change leads, the list beside shows the section (P9); it is as long here as with many of them. */
static void
test_section_in_view (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *first;

  answer_all (fixture);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州") && is_in_view (page));
  first = GTK_WIDGET (gtk_list_box_get_selected_row (staff_fixture_find (page, "sections")));
  gtk_widget_set_size_request (first, -1, 760);
  staff_await (gtk_widget_get_height (first) >= 700);
  zc_reader_show_place (staff_fixture_find (page, "reader"), "work_summary", NULL, "work_summary_text");
  g_assert_false (is_in_view (page));
  staff_await (is_in_view (page));
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
      staff_await (staff_fixture_shows (page, words[i]));
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

/* --- what the unit fills in itself (U5) ------------------------------------------------------------------------------------- */
#define MINE_TO_FILL                                                                                                   \
  "\"state\":\"in-review\",\"holder\":{\"name\":\"韦晓岚\",\"me\":true},"                                              \
  "\"actions\":[\"edit\",\"view\",\"release\",\"approve\",\"return\",\"refuse\"],"
#define OWN(id, state) ",{\"id\":\"" id "\",\"state\":\"" state "\",\"version\":0,\"problems\":0,\"own\":true}"
#define UNITS_SECTIONS                                                                                                 \
  OWN ("unit_recommendation", "empty") OWN ("unit_public_notice", "empty") OWN ("recommending_group", "optional")       \
  OWN ("defence", "empty") "],\"resolved\""
#define INCOMPLETE                                                                                                     \
  "{\"type\":\"urn:zhicheng:problem:unit-part-incomplete\",\"status\":422,\"title\":\"-\",\"detail\":\"-\",\"problems\":["       \
  "{\"section\":\"unit_recommendation\",\"entry\":null,\"field\":\"unit_responsible\",\"image\":null,\"code\":\"required\",\"limit\":null}]}"

/* The dossier with the sections that the unit fills. */
static char *
dup_json (gint64 version, const char *members)
{
  g_autofree char *plain = staff_fixture_dup_json (1, version, members);
  g_auto (GStrv) parts = g_strsplit (plain, "],\"resolved\"", 2);

  return g_strjoinv (UNITS_SECTIONS, parts);
}

static void
learn (StaffFixture *fixture, gint64 version, const char *members)
{
  g_autofree char *text = dup_json (version, members);
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
  g_autoptr (ZcDossier) news = zc_dossier_new_from_json (zc_json_root (json), NULL);

  zc_session_learn (fixture->session, news);
  staff_fixture_idle ();
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Where this person's own work is kept; nothing sends it before the test wants it. */
static void
give_store (StaffFixture *fixture)
{
  g_autofree char *root = g_dir_make_tmp ("zc-review-XXXXXX", NULL), *url = canned_server_dup_url (fixture->server);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  zc_local_store_open_async (root, url, "a1", NULL, done_cb, &result);
  staff_await (result != NULL);
  fixture->session->store = zc_local_store_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->session->sync = zc_sync_new (fixture->session->client, fixture->session->store);
}

static GtkWidget *
open_to_fill (StaffFixture *fixture, const char *members)
{
  g_autofree char *dossier = dup_json (5, members);
  GtkWidget *page;

  give_store (fixture);
  answer_all (fixture);
  canned_server_answer (fixture->server, REVIEW_DOSSIER, 200, dossier);
  page = review_fixture_open (fixture);
  staff_await (staff_fixture_shows (page, "广西横州"));
  return page;
}

static void
show_place (GtkWidget *page, const char *field)
{
  zc_reader_show_place (staff_fixture_find (page, "reader"), "unit_recommendation", NULL, field);
  staff_fixture_idle ();
}

/* The row of the form that has the focus: where a person would type. */
static ZcFieldRow *
focused_row (GtkWidget *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  return focus != NULL ? (ZcFieldRow *) gtk_widget_get_ancestor (focus, ZC_TYPE_FIELD_ROW) : NULL;
}

static void
type_responsible (GtkWidget *page, const char *text)
{
  show_place (page, "unit_responsible");
  g_assert_nonnull (focused_row (page));
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_ancestor (gtk_root_get_focus (gtk_widget_get_root (page)), GTK_TYPE_ENTRY)), text);
}

static GPtrArray *
stored_rows (StaffFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  zc_local_store_load_sections_async (fixture->session->store, "dossier-1", done_cb, &result);
  staff_await (result != NULL);
  return zc_local_store_list_sections_finish (fixture->session->store, result, NULL);
}

static void
test_fills_in (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  GtkWidget *status = staff_fixture_find (page, "status");
  GtkWidget *menu = find_type (page, ZC_TYPE_SESSION_MENU);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_true (staff_fixture_shows (page, "Filled in by the applicant"));
  g_assert_true (staff_fixture_shows (page, "Filled in by the unit"));
  g_assert_false (gtk_widget_get_visible (status)); /* of the applicant's section nothing is to be saved */
  assert_read_only (staff_fixture_find (page, "form"));
  type_responsible (page, "覃国栋");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (status)), ==, "Saving …");
  staff_await (g_str_equal (gtk_label_get_label (GTK_LABEL (status)), "Saved on this computer"));
  g_object_set (menu, "session", fixture->session, NULL);
  g_assert_cmpint (zc_sync_get_state (zc_session_get_sync (fixture->session)), !=, ZC_SYNC_ON_SERVER);
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_first_child (menu))); /* said once */
  rows = stored_rows (fixture);
  g_assert_cmpuint (rows->len, ==, 4); /* the unit's, and nothing of the applicant */
  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      g_assert_cmpint (row->dirty, ==, g_str_equal (row->section, "unit_recommendation"));
      g_assert_true (!row->dirty || strstr (row->body, "覃国栋") != NULL);
    }
  staff_await (staff_fixture_shows (page, "2 items to complete"));
}

static void
test_sends (StaffFixture *fixture, gconstpointer data)
{
  static const char saved[] = "{\"id\":\"unit_recommendation\",\"version\":1,\"state\":\"incomplete\",\"problems\":[],\"sections\":[]}";
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  GtkLabel *status = staff_fixture_find (page, "status");
  g_autofree char *sent = NULL;

  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/sections/unit_recommendation", 200, saved);
  zc_sync_start (fixture->session->sync);
  type_responsible (page, "覃国栋");
  staff_await ((sent = canned_server_dup_sent (fixture->server, "PUT /v1/dossiers/dossier-1/sections/unit_recommendation", 0)) != NULL);
  g_assert_nonnull (strstr (sent, "覃国栋"));
  staff_await (g_str_equal (gtk_label_get_label (status), "Saved"));
}

/* What the server does not take says why, and leads to the rule (N12); once it takes it, neither is there. */
static void
test_section_refused (StaffFixture *fixture, gconstpointer data)
{
  static const char saved[] = "{\"id\":\"unit_recommendation\",\"version\":1,\"state\":\"empty\",\"problems\":[],\"sections\":[]}";
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  AdwBanner *notice = staff_fixture_find (page, "notice");

  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/sections/", 409,
                        "{\"type\":\"urn:zhicheng:problem:not-editable\",\"title\":\"-\",\"status\":409}");
  zc_sync_start (fixture->session->sync);
  type_responsible (page, "覃国栋");
  staff_await (adw_banner_get_revealed (notice));
  g_assert_cmpstr (adw_banner_get_button_label (notice), ==, "Why?");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (notice)), ==, ZC_WHY_ACTION);
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (notice)), NULL), ==,
                   "not-editable:广西南方机械有限公司"); /* who has it, by name */
  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/sections/", 200, saved);
  type_responsible (page, "覃国");
  staff_await (!adw_banner_get_revealed (notice));
  g_assert_null (gtk_actionable_get_action_name (GTK_ACTIONABLE (notice)));
}

static void
test_turns_read_only (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  AdwBanner *notice = staff_fixture_find (page, "notice");

  type_responsible (page, "覃国栋");
  learn (fixture, 6, STAFF_COLLEAGUE); /* a leader gave it to another */
  assert_read_only (staff_fixture_find (page, "form"));
  g_assert_true (staff_fixture_shows (staff_fixture_find (page, "form"), "覃国栋"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "status")));
  staff_await (adw_banner_get_revealed (notice));
  g_assert_nonnull (strstr (adw_banner_get_title (notice), "kept on this computer"));
  learn (fixture, 7, MINE_TO_FILL); /* and it came back: the form goes on where it was */
  g_assert_false (adw_banner_get_revealed (notice));
  show_place (page, "unit_responsible");
  g_assert_nonnull (focused_row (page));
  g_assert_true (gtk_widget_get_visible (staff_fixture_find (page, "status")));
}

/* Who does not hold it, and whoever reads it later, writes nothing into it. */
static void
test_others_read (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_to_fill (fixture, STAFF_COLLEAGUE);

  show_place (page, NULL);
  assert_read_only (staff_fixture_find (page, "form"));
  g_assert_false (gtk_widget_get_visible (staff_fixture_find (page, "status")));
  g_assert_null (strstr (gtk_label_get_label (staff_fixture_find (page, "reason")), "unit's own part"));
}

static void
test_accepting_opens_it (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_to_fill (fixture, STAFF_WAITING);

  show_place (page, NULL);
  assert_read_only (staff_fixture_find (page, "form"));
  learn (fixture, 6, MINE_TO_FILL);
  type_responsible (page, "覃国栋");
  staff_await (g_str_equal (gtk_label_get_label (staff_fixture_find (page, "status")), "Saved on this computer"));
}

static gboolean
is_open (GtkWidget *page)
{
  return gtk_revealer_get_reveal_child (staff_fixture_find (staff_fixture_find (page, "missing"), "revealer"));
}

static void
choose_problem (GtkWidget *page, int index)
{
  GtkListBox *list = staff_fixture_find (staff_fixture_find (page, "missing"), "list");

  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, index));
  staff_fixture_idle ();
}

static void
test_names_what_is_missing (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  ZcDecisionBar *bar = staff_fixture_find (page, "decisions");
  GtkLabel *reason = staff_fixture_find (page, "reason");
  GtkLabel *title = staff_fixture_find (staff_fixture_find (page, "missing"), "title");
  g_autofree char *sent = NULL;

  staff_await (strstr (gtk_label_get_label (reason), "考核推荐意见 (3)") != NULL);
  g_assert_true (g_action_group_get_action_enabled (zc_decision_bar_get_actions (bar), "approve")); /* no riddle */
  g_action_group_activate_action (zc_decision_bar_get_actions (bar), "approve", NULL);
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_true (is_open (page));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (title), "8 items"));
  staff_fixture_check_names (page);
  choose_problem (page, 1);
  g_assert_nonnull (focused_row (page)); /* on the same page, in the field that is named */
  g_assert_cmpstr (zc_form_page_get_section (ZC_FORM_PAGE (adw_bin_get_child (staff_fixture_find (page, "form")))), ==,
                   "unit_recommendation");
  type_responsible (page, "覃国栋");
  staff_await (strstr (gtk_label_get_label (reason), "考核推荐意见 (2)") != NULL);
  staff_await (g_str_has_prefix (gtk_label_get_label (title), "7 items"));
  sent = canned_server_dup_sent (fixture->server, "POST", 0);
  g_assert_null (sent);
}

static void
fill_whole (GtkWidget *page)
{
  static const struct
  {
    const char *section, *field, *text;
  } answers[] = {
    { "unit_recommendation", "unit_opinion", "该同志业务能力强，同意推荐。" },
    { "unit_recommendation", "unit_responsible", "覃国栋" },
    { "unit_recommendation", "unit_opinion_date", "2025-04-01" },
    { "unit_public_notice", "unit_notice_started", "2025-03-10" },
    { "unit_public_notice", "unit_notice_ended", "2025-03-17" },
    { "unit_public_notice", "unit_notice_place", "厂区公示栏" },
    { "unit_public_notice", "unit_notice_result", "无异议" },
    { "defence", "defence_held", "否" },
  };
  ZcDraft *draft = zc_reader_get_draft (staff_fixture_find (page, "reader"));

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    zc_draft_set_text (draft, answers[i].section, NULL, answers[i].field, answers[i].text);
  staff_await (*gtk_label_get_label (staff_fixture_find (page, "reason")) == '\0');
}

/* What the bar says of a notice, as the dates are filled in: until when it must run, in days of the calendar. */
static void
test_says_how_long (StaffFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *started, *ended;
    const char *says, *never;
  } rows[] = {
    { "2025-09-29", "", "5 working days end on October 11, 2025", NULL },
    { "2025-03-13", "", "5 working days end on March 19, 2025", NULL }, /* the same problem, another sentence */
    { "2025-03-13", "2025-03-18", "5 working days end on March 19, 2025", NULL },
    { "2025-03-13", "2025-03-19", "公示情况 (2)", "working day" }, /* long enough: place and result are left */
    { "2025-03-13", "2199-12-31", "runs until December 31, 2199", NULL },
    { "2018-03-05", "2018-03-30", "without a published calendar", NULL },
    { "", "2025-03-19", "公示情况 (3)", "public notice" },
  };
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  ZcDraft *draft = zc_reader_get_draft (staff_fixture_find (page, "reader"));
  GtkLabel *reason = staff_fixture_find (page, "reason");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      zc_draft_set_text (draft, "unit_public_notice", NULL, "unit_notice_started", rows[i].started);
      zc_draft_set_text (draft, "unit_public_notice", NULL, "unit_notice_ended", rows[i].ended);
      staff_await (strstr (gtk_label_get_label (reason), rows[i].says) != NULL);
      g_assert_true (rows[i].never == NULL || strstr (gtk_label_get_label (reason), rows[i].never) == NULL);
    }
}

/* What the server has imported counts here too. */
static void
test_counts_as_the_server (StaffFixture *fixture, gconstpointer data)
{
  static const char layers[] = "{\"layers\":[{\"year\":2018,\"days\":[{\"name\":\"某日\",\"date\":\"2018-03-07\",\"isOffDay\":true}]}]}";
  GtkWidget *page;
  ZcDraft *draft;

  canned_server_answer (fixture->server, "GET /v1/catalog/calendar", 200, layers);
  page = open_to_fill (fixture, MINE_TO_FILL);
  draft = zc_reader_get_draft (staff_fixture_find (page, "reader"));
  zc_draft_set_text (draft, "unit_public_notice", NULL, "unit_notice_started", "2018-03-05");
  staff_await (strstr (gtk_label_get_label (staff_fixture_find (page, "reason")), "5 working days end on March 12, 2018") != NULL);
}

/* Nothing is left to fill in, but the notice runs: approving leads to the day it ends on, nothing is sent. */
static void
test_waits_for_the_notice (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  ZcDraft *draft = zc_reader_get_draft (staff_fixture_find (page, "reader"));
  GtkLabel *reason = staff_fixture_find (page, "reason");
  GtkLabel *title = staff_fixture_find (staff_fixture_find (page, "missing"), "title");
  g_autofree char *sent = NULL;

  fill_whole (page);
  zc_draft_set_text (draft, "unit_public_notice", NULL, "unit_notice_ended", "2199-12-31");
  staff_await (strstr (gtk_label_get_label (reason), "公示情况 (1)") != NULL);
  g_action_group_activate_action (zc_decision_bar_get_actions (staff_fixture_find (page, "decisions")), "approve", NULL);
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  g_assert_true (is_open (page));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (title), "1 item"));
  g_assert_true (staff_fixture_shows (staff_fixture_find (page, "missing"), "The notice is not over yet; it counts from the day after its last day"));
  choose_problem (page, 0);
  g_assert_nonnull (focused_row (page));
  sent = canned_server_dup_sent (fixture->server, "POST", 0);
  g_assert_null (sent);
}

/* Its codes and what is said of them: what happened, and what to do (N12). */
static const struct
{
  const char *code, *status, *says;
} refusals[] = {
  { "unit-part-incomplete", "422", "The unit's own part of this dossier is not complete." },
  { "public-notice-incomplete", "422", "must run for its working days" },
  { "public-notice-running", "409", "from the day after its last day" },
  { "calendar-missing", "409", "operator of the platform" },
};

static void
test_words_refusals (StaffFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"type\":\"urn:zhicheng:problem:%s\"}", refusals[i].code);
      g_autoptr (GError) error = zc_refusal_from_json (atoi (refusals[i].status), json, strlen (json));
      g_autofree char *text = zc_refusal_dup_text (error);

      g_assert_nonnull (strstr (text, refusals[i].says));
      g_assert_nonnull (zc_refusal_who (error));
    }
}

/* The server has the word: what it names leads to the field as well. What was typed is sent before the decision. */
static void
test_refused_by_the_server (StaffFixture *fixture, gconstpointer data)
{
  static const char saved[] = "{\"id\":\"unit_recommendation\",\"version\":1,\"state\":\"complete\",\"problems\":[],\"sections\":[]}";
  GtkWidget *page = open_to_fill (fixture, MINE_TO_FILL);
  g_autofree char *put = NULL;
  AdwDialog *dialog;

  canned_server_answer (fixture->server, "PUT /v1/dossiers/dossier-1/sections/", 200, saved);
  canned_server_answer (fixture->server, "POST /v1/dossiers/dossier-1/acts", 422, INCOMPLETE);
  zc_sync_start (fixture->session->sync);
  fill_whole (page);
  g_action_group_activate_action (zc_decision_bar_get_actions (staff_fixture_find (page, "decisions")), "approve", NULL);
  dialog = adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
  g_assert_nonnull (dialog);
  g_signal_emit_by_name (staff_fixture_find (GTK_WIDGET (dialog), "confirm"), "clicked");
  staff_await (is_open (page));
  put = canned_server_dup_sent (fixture->server, "PUT", 0);
  g_assert_nonnull (put);
  adw_dialog_force_close (dialog);
  staff_await (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)) == NULL);
  choose_problem (page, 0);
  g_assert_nonnull (focused_row (page));
}

/* The sections stand beside what is in the section that is shown now: one that took its place has none of its own yet. */
static gboolean
is_laid_out (GtkWidget *page)
{
  GtkWidget *form = adw_bin_get_child (ADW_BIN (staff_fixture_find (page, "form")));
  GtkWidget *split = gtk_widget_get_ancestor (form, ADW_TYPE_OVERLAY_SPLIT_VIEW);

  return gtk_widget_get_height (form) > 0 && !adw_overlay_split_view_get_collapsed (ADW_OVERLAY_SPLIT_VIEW (split));
}

/* Turned to from within another, a section is read from its top, though what can have the focus in it is an image far below. */
static void
test_read_from_top (StaffFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *focus;

  answer_all (fixture);
  page = open_details (fixture);
  staff_await (staff_fixture_shows (page, "广西横州") && is_laid_out (page));
  g_assert_true (gtk_widget_child_focus (staff_fixture_find (page, "form"), GTK_DIR_TAB_FORWARD));
  gtk_widget_activate_action (staff_fixture_find (page, "reader"), "reader.next", NULL);
  gtk_widget_activate_action (staff_fixture_find (page, "reader"), "reader.previous", NULL);
  staff_await (staff_fixture_shows (page, "广西横州"));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_SCROLLED_WINDOW (focus) && gtk_widget_is_ancestor (focus, staff_fixture_find (page, "form")));
  g_assert_cmpfloat (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (focus))), ==, 0);
}

/* Opened over the list as the window does it, the page begins at its sections, not at the button that leads back; from there one
 * key leads on into what is read. */
static void
test_begins_at_sections (StaffFixture *fixture, gconstpointer data)
{
  AdwNavigationView *view = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  GtkWidget *page, *sections, *focus;

  answer_all (fixture);
  staff_fixture_show (fixture, GTK_WIDGET (view));
  adw_navigation_view_push (view, adw_navigation_page_new (gtk_button_new_with_label ("list"), "list"));
  page = GTK_WIDGET (zc_review_page_new (fixture->session, "dossier-1"));
  adw_navigation_view_push (view, ADW_NAVIGATION_PAGE (page));
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD); /* what the window does with a page where nothing else can have it */
  staff_await ((sections = staff_fixture_find (page, "sections")) != NULL && gtk_widget_get_mapped (sections));
  focus = gtk_root_get_focus (gtk_widget_get_root (page));
  g_assert_true (GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_is_ancestor (focus, sections));
  staff_await (is_laid_out (page)); /* Tab goes by places: there are none before */
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (page)) == focus);
  g_assert_true (gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_is_ancestor (gtk_root_get_focus (gtk_widget_get_root (page)), sections));
}

int
main (int argc, char *argv[])
{
  static const StaffCase cases[] = {
    { "/review/U5/U7/N12/words-refusals", test_words_refusals },
    { "/review/S3.1.4/reads-everything", test_reads_everything },
    { "/review/S3.5.5/images-beside", test_images_beside },
    { "/review/U1/U2/facts-of-a-registration", test_facts },
    { "/review/U6/came-back", test_came_back },
    { "/review/P21/keys-go-on", test_keys_go_on },
    { "/review/U2/changed-unit", test_changed_unit },
    { "/review/U4/reading-never-locks", test_reading_never_locks },
    { "/review/U4/follows-what-happens-elsewhere", test_follows },
    { "/review/U6/trouble-and-retry", test_trouble },
    { "/review/P21/names", test_names },
    { "/detail/P21/read-from-the-top", test_read_from_top },
    { "/review/P21/begins-at-the-sections", test_begins_at_sections },
    { "/review/P9/section-in-view", test_section_in_view },
    { "/review/U5/P1/filled-in-and-kept", test_fills_in },
    { "/review/U5/sent-by-itself", test_sends },
    { "/review/U5/N12/section-refused", test_section_refused },
    { "/review/U5/turns-read-only-and-keeps-what-was-typed", test_turns_read_only },
    { "/review/U5/others-only-read", test_others_read },
    { "/review/U5/accepting-opens-the-form", test_accepting_opens_it },
    { "/review/U5/P21/names-what-is-missing-and-leads-there", test_names_what_is_missing },
    { "/review/U5/refused-by-the-server-leads-there", test_refused_by_the_server },
    { "/review/U7/N9/says-how-long-the-notice-runs", test_says_how_long },
    { "/review/U7/counts-as-the-server-does", test_counts_as_the_server },
    { "/review/U7/waits-for-the-notice-and-leads-there", test_waits_for_the_notice },
    { "/detail/S3.5.5/every-section-read-only", test_details_in_full },
    { "/detail/S3.5.5/thumbnail-opens-full-size", test_thumbnail_opens },
  };

  return staff_fixture_run (argc, argv, cases, G_N_ELEMENTS (cases));
}
