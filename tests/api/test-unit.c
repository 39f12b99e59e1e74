/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-past.h"
#include "zc-test-world.h"

/* What a unit fills in itself, at its clerk's computer and against the real server (U5): kept and sent like an applicant's, while
 * nothing of the applicant comes to that computer's disk. */

#define UNIT_LEADER "13900000002"
#define OFFICER "13900000004"

typedef struct
{
  ZcTestServer *server;
  Device       *applicant;
  Device       *clerk;
  char         *dossier;
} Unit;

static void
open_review (Unit *unit, Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&device->draft);
  g_clear_object (&device->dossier);
  device->dossier = device_get (device, unit->dossier);
  await_call (result, zc_draft_open_review_async (device->store, device->sync, unit->applicant->business, device->dossier, NULL, answered,
                                                  &result));
  device->draft = zc_draft_open_view_finish (result, &error);
  g_assert_no_error (error);
}

static void
submit_one (Unit *unit)
{
  Device *device = unit->applicant;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcAction) action = NULL;
  g_autoptr (ZcDossier) submitted = NULL;

  device_fill (device);
  await_call (result, zc_draft_prepare_submit_async (device->draft, NULL, answered, &result));
  action = zc_draft_prepare_submit_finish (device->draft, result, &error);
  g_assert_no_error (error);
  submitted = device_act (device, action, &error);
  g_assert_no_error (error);
}

/* A dossier that the unit's clerk holds and has on the screen. */
static void
unit_set_up (Unit *unit, gconstpointer data)
{
  g_autoptr (ZcDossier) dossier = NULL;

  unit->server = zc_test_server_new ();
  unit->applicant = device_new (unit->server, APPLICANT);
  dossier = device_create (unit->applicant);
  unit->dossier = g_strdup (zc_dossier_get_id (dossier));
  device_open_draft (unit->applicant, unit->dossier);
  submit_one (unit);
  unit->clerk = device_new_staff (unit->server, UNIT_CLERK);
  device_do_act (unit->clerk, unit->dossier, ZC_ACT_ACCEPT);
  open_review (unit, unit->clerk);
  g_assert_true (zc_draft_get_editable (unit->clerk->draft));
}

static void
unit_tear_down (Unit *unit, gconstpointer data)
{
  device_free (unit->clerk);
  device_free (unit->applicant);
  zc_test_server_free (unit->server);
  g_free (unit->dossier);
}

static const ZcSection *
units_section (Unit *unit)
{
  for (guint i = 0; i < zc_business_get_n_sections (unit->applicant->business); i++)
    if (zc_business_get_section (unit->applicant->business, i)->fills == ZC_FILLS_UNIT)
      return zc_business_get_section (unit->applicant->business, i);
  g_assert_not_reached ();
}

static const char *
units_field (Unit *unit, ZcFieldType type)
{
  const ZcSection *section = units_section (unit);

  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == type)
      return section->fields[i].id;
  g_assert_not_reached ();
}

static ZcSyncState
state_here (Unit *unit, Device *device)
{
  return zc_draft_section_get_sync_state (zc_draft_find_section (device->draft, units_section (unit)->id));
}

static void
type (Unit *unit, Device *device, ZcFieldType where, const char *text)
{
  zc_draft_set_text (device->draft, units_section (unit)->id, NULL, units_field (unit, where), text);
}

static gboolean
shows (Unit *unit, Device *device, ZcFieldType where, const char *text)
{
  g_autofree char *shown = zc_draft_dup_text (device->draft, units_section (unit)->id, NULL, units_field (unit, where));

  return strcmp (shown, text) == 0;
}

static gboolean
server_holds (Unit *unit, ZcFieldType where, const char *text)
{
  g_autoptr (ZcReply) reply = device_get_section (unit->clerk, unit->dossier, units_section (unit)->id);
  const ZcJsonValue *values = zc_json_get (zc_json_get (zc_reply_root (reply), "body"), "values");

  return g_strcmp0 (zc_json_get_string (values, units_field (unit, where)), text) == 0;
}

/* (transfer full): ZcStoredSection */
static GPtrArray *
rows_of (Unit *unit, Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  await_call (result, zc_local_store_load_sections_async (device->store, unit->dossier, answered, &result));
  rows = zc_local_store_list_sections_finish (device->store, result, &error);
  g_assert_no_error (error);
  return rows;
}

static guint
count_images (Unit *unit, Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) images = NULL;

  await_call (result, zc_local_store_list_images_async (device->store, unit->dossier, answered, &result));
  images = zc_local_store_list_images_finish (device->store, result, NULL);
  return images->len;
}

static guint
count_dossiers (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) dossiers = NULL;

  await_call (result, zc_local_store_list_dossiers_async (device->store, answered, &result));
  dossiers = zc_local_store_list_dossiers_finish (device->store, result, NULL);
  return dossiers->len;
}

static void
assert_nothing_of_applicant (Unit *unit, Device *device)
{
  g_autoptr (GPtrArray) rows = rows_of (unit, device);

  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      g_assert_cmpint (zc_business_find_section (unit->applicant->business, row->section, NULL)->fills, ==, ZC_FILLS_UNIT);
    }
  g_assert_cmpuint (count_dossiers (device), ==, 0);
}

static void
test_kept_and_sent (Unit *unit, gconstpointer data)
{
  type (unit, unit->clerk, ZC_FIELD_TEXT, "覃国栋");
  g_assert_cmpint (state_here (unit, unit->clerk), ==, ZC_SYNC_UNSAVED);
  await_that (state_here (unit, unit->clerk) != ZC_SYNC_UNSAVED);
  await_that (state_here (unit, unit->clerk) == ZC_SYNC_ON_SERVER);
  g_assert_true (server_holds (unit, ZC_FIELD_TEXT, "覃国栋"));
  g_assert_cmpint (zc_draft_section_get_state (zc_draft_find_section (unit->clerk->draft, units_section (unit)->id)), ==, ZC_SECTION_INCOMPLETE);
}

/* An image of the applicant's: looked at, and in memory alone. */
static void
look_at_images (Unit *unit)
{
  Device *clerk = unit->clerk;

  for (guint i = 0; i < zc_business_get_n_sections (unit->applicant->business); i++)
    {
      const ZcSection *section = zc_business_get_section (unit->applicant->business, i);

      for (guint j = 0; !section->repeats && j < section->n_fields; j++)
        {
          g_autoptr (GListModel) images = section->fields[j].type == ZC_FIELD_IMAGES
                                              ? zc_draft_get_images (clerk->draft, section->id, NULL, section->fields[j].id)
                                              : NULL;
          g_autoptr (ZcDraftImage) image = images != NULL ? g_list_model_get_item (images, 0) : NULL;
          g_autoptr (GAsyncResult) result = NULL;
          g_autoptr (GBytes) bytes = NULL;

          if (image == NULL)
            continue;
          await_call (result, zc_draft_load_image_async (clerk->draft, zc_draft_image_get_sha256 (image), NULL, answered, &result));
          bytes = zc_draft_load_image_finish (clerk->draft, result, NULL);
          g_assert_nonnull (bytes);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
test_keeps_nothing_else (Unit *unit, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = rows_of (unit, unit->clerk);

  g_assert_cmpuint (rows->len, >, 0);
  look_at_images (unit);
  type (unit, unit->clerk, ZC_FIELD_TEXT, "覃国栋");
  await_that (state_here (unit, unit->clerk) == ZC_SYNC_ON_SERVER);
  assert_nothing_of_applicant (unit, unit->clerk);
  g_assert_cmpuint (count_images (unit, unit->clerk), ==, 0);
  g_assert_null (zc_dossier_find_section (unit->applicant->dossier, units_section (unit)->id)); /* and the applicant sees none of the unit's */
}

static void
test_offline_and_restarted (Unit *unit, gconstpointer data)
{
  zc_test_server_stop (unit->server);
  type (unit, unit->clerk, ZC_FIELD_TEXT, "断网时所填");
  await_that (state_here (unit, unit->clerk) == ZC_SYNC_OFFLINE);
  device_restart (unit->clerk);
  zc_test_server_start (unit->server);
  zc_sync_wake (unit->clerk->sync);
  await_that (server_holds (unit, ZC_FIELD_TEXT, "断网时所填")); /* whatever page is open */
  open_review (unit, unit->clerk);
  g_assert_true (shows (unit, unit->clerk, ZC_FIELD_TEXT, "断网时所填"));
  assert_nothing_of_applicant (unit, unit->clerk);
}

static void
test_two_devices (Unit *unit, gconstpointer data)
{
  Device *one = unit->clerk;
  g_autoptr (Device) two = device_new_staff (unit->server, UNIT_CLERK);
  g_autoptr (GError) error = NULL;
  g_autofree char *conflicts = NULL;

  open_review (unit, two);
  zc_sync_stop (two->sync);
  type (unit, two, ZC_FIELD_PARAGRAPH, "乙机所写的考核推荐意见，同意推荐。");
  type (unit, two, ZC_FIELD_TEXT, "乙的");
  type (unit, one, ZC_FIELD_TEXT, "甲的");
  g_assert_true (device_save (one, &error));
  g_assert_no_error (error);
  zc_sync_start (two->sync);
  await_that ((conflicts = (g_free (conflicts), zc_draft_dup_conflicts (two->draft, units_section (unit)->id))) != NULL);
  g_assert_nonnull (strstr (conflicts, "甲的")); /* both are kept and told */
  g_assert_true (shows (unit, two, ZC_FIELD_PARAGRAPH, "乙机所写的考核推荐意见，同意推荐。"));
}

/* A leader gives it back while something typed here has not been sent: refused, kept, told; and sent when it is held again. */
static void
test_taken_away (Unit *unit, gconstpointer data)
{
  Device *clerk = unit->clerk;
  g_autoptr (Device) leader = device_new_staff (unit->server, UNIT_LEADER);
  g_autoptr (GError) error = NULL;

  zc_sync_stop (clerk->sync);
  type (unit, clerk, ZC_FIELD_TEXT, "交出之前所填");
  await_that (state_here (unit, clerk) == ZC_SYNC_SAVED);
  device_do_act (leader, unit->dossier, ZC_ACT_RELEASE);
  zc_sync_start (clerk->sync);
  await_that (state_here (unit, clerk) == ZC_SYNC_REFUSED);
  error = zc_sync_dup_error (clerk->sync, unit->dossier, units_section (unit)->id);
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_EDITABLE);
  open_review (unit, clerk);
  g_assert_false (zc_draft_get_editable (clerk->draft));
  g_assert_true (shows (unit, clerk, ZC_FIELD_TEXT, "交出之前所填"));
  device_do_act (clerk, unit->dossier, ZC_ACT_ACCEPT);
  open_review (unit, clerk);
  await_that (state_here (unit, clerk) == ZC_SYNC_ON_SERVER);
  g_assert_true (server_holds (unit, ZC_FIELD_TEXT, "交出之前所填"));
}

/* Typed for the unit, and unsent while the same person acts for themselves: not theirs to send then, nor lost. */
static void
test_other_role (Unit *unit, gconstpointer data)
{
  Device *clerk = unit->clerk;

  zc_sync_stop (clerk->sync);
  type (unit, clerk, ZC_FIELD_TEXT, "为单位所填");
  await_that (state_here (unit, clerk) == ZC_SYNC_SAVED);
  device_act_for (clerk, FALSE);
  zc_sync_start (clerk->sync);
  await_that (state_here (unit, clerk) == ZC_SYNC_REFUSED);
  device_act_for (clerk, TRUE);
  open_review (unit, clerk);
  g_assert_true (shows (unit, clerk, ZC_FIELD_TEXT, "为单位所填"));
  await_that (state_here (unit, clerk) == ZC_SYNC_ON_SERVER);
  g_assert_true (server_holds (unit, ZC_FIELD_TEXT, "为单位所填"));
}

static const ZcField *
images_field (Unit *unit, const ZcSection **where)
{
  for (guint i = 0; i < zc_business_get_n_sections (unit->applicant->business); i++)
    {
      *where = zc_business_get_section (unit->applicant->business, i);
      for (guint j = 0; (*where)->fills == ZC_FILLS_UNIT && j < (*where)->n_fields; j++)
        if ((*where)->fields[j].type == ZC_FIELD_IMAGES)
          return &(*where)->fields[j];
    }
  g_assert_not_reached ();
}

/* The unit's own images travel and are kept as an applicant's are. */
static void
test_images (Unit *unit, gconstpointer data)
{
  Device *clerk = unit->clerk;
  g_autoptr (Device) leader = device_new_staff (unit->server, UNIT_LEADER);
  const ZcSection *section;
  const ZcField *field = images_field (unit, &section);
  g_autoptr (GBytes) picture = test_picture (7), bytes = NULL;
  g_autoptr (GListModel) images = NULL;
  g_autoptr (ZcDraftImage) image = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (device_add_image (clerk, section->id, NULL, field->id, picture, &error));
  g_assert_no_error (error);
  g_assert_true (device_save (clerk, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_images (unit, clerk), ==, 1);
  open_review (unit, leader); /* a colleague reads it */
  g_assert_false (zc_draft_get_editable (leader->draft));
  images = zc_draft_get_images (leader->draft, section->id, NULL, field->id);
  image = g_list_model_get_item (images, 0);
  g_assert_nonnull (image);
  await_call (result, zc_draft_load_image_async (leader->draft, zc_draft_image_get_sha256 (image), NULL, answered, &result));
  bytes = zc_draft_load_image_finish (leader->draft, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, picture));
}

static const char *
sample (const ZcField *field)
{
  switch (field->type)
    {
    case ZC_FIELD_DATE:
      return field->min_working_days > 0 ? "2025-03-31" : "2025-03-10"; /* three weeks of a notice */
    case ZC_FIELD_CHOICE:
      return zc_field_get_choices (field)[0];
    default:
      return "该同志业务能力强，同意推荐。";
    }
}

/* (nullable): what keeps it from being sent on; advice does not */
static const ZcProblem *
first_missing (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (!((const ZcProblem *) g_ptr_array_index (problems, i))->advice)
      return g_ptr_array_index (problems, i);
  return NULL;
}

static void
complete (Unit *unit)
{
  for (guint tries = 0; tries < 30; tries++)
    {
      g_autoptr (GPtrArray) problems = zc_draft_check (unit->clerk->draft);
      const ZcProblem *problem = first_missing (problems);
      const ZcSection *section;

      if (problem == NULL)
        return;
      section = zc_business_find_section (unit->applicant->business, problem->section, NULL);
      g_assert_cmpint (section->fills, ==, ZC_FILLS_UNIT);
      zc_draft_set_text (unit->clerk->draft, problem->section, problem->entry, problem->field,
                         sample (zc_section_find_field (section, problem->field)));
    }
  g_assert_not_reached ();
}

static void
assert_same_places (GPtrArray *here, GPtrArray *there)
{
  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < here->len; i++)
    {
      const ZcProblem *a = g_ptr_array_index (here, i), *b = g_ptr_array_index (there, i);

      g_assert_cmpstr (a->section, ==, b->section);
      g_assert_cmpstr (a->field, ==, b->field);
      g_assert_cmpint (a->code, ==, b->code);
    }
}

static void
test_sent_on_when_complete (Unit *unit, gconstpointer data)
{
  Device *clerk = unit->clerk;
  g_autoptr (Device) officer = device_new_staff (unit->server, OFFICER);
  g_autoptr (GPtrArray) problems = zc_draft_check (clerk->draft), rows = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) refused = device_try_act (clerk, unit->dossier, ZC_ACT_APPROVE, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ZcDossier) pulled = NULL;

  g_assert_null (refused);
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_PUBLIC_NOTICE);
  assert_same_places (problems, zc_refusal_get_problems (error)); /* this computer says beforehand what the server says */
  g_clear_error (&error);
  complete (unit);
  g_assert_true (device_save (clerk, &error));
  g_assert_no_error (error);
  device_do_act (clerk, unit->dossier, ZC_ACT_APPROVE);
  await_call (result, zc_sync_pull_async (clerk->sync, unit->dossier, NULL, answered, &result));
  pulled = zc_sync_pull_finish (clerk->sync, result, &error);
  g_assert_no_error (error);
  rows = rows_of (unit, clerk);
  g_assert_cmpuint (rows->len, ==, 0); /* it has left their hands */
  open_review (unit, officer);
  g_assert_false (zc_draft_get_editable (officer->draft));
  g_assert_true (shows (unit, officer, ZC_FIELD_TEXT, "该同志业务能力强，同意推荐。"));
  g_assert_cmpuint (count_dossiers (officer), ==, 0);
}

static const ZcField *
find_notice (Unit *unit, const ZcSection **section)
{
  for (guint i = 0; i < zc_business_get_n_sections (unit->applicant->business); i++)
    {
      *section = zc_business_get_section (unit->applicant->business, i);
      for (guint j = 0; j < (*section)->n_fields; j++)
        if ((*section)->fields[j].min_working_days > 0)
          return &(*section)->fields[j];
    }
  g_assert_not_reached ();
}

#define A_YEAR "{\"year\":2018,\"days\":[{\"name\":\"某日\",\"date\":\"2018-03-07\",\"isOffDay\":true}]}"

/* A calendar that the server has imported counts on this computer as well, once it was asked for (decisions 7). */
static void
test_imported_calendar (Unit *unit, gconstpointer data)
{
  static const struct
  {
    gboolean imported;
    const char *end;
    ZcProblemCode code;
  } rows[] = {
    { FALSE, "2018-03-09", ZC_PROBLEM_CALENDAR },
    { TRUE, "2018-03-09", ZC_PROBLEM_FEW_WORKING_DAYS },
    { TRUE, "2018-03-12", ZC_PROBLEM_NONE },
  };
  const ZcSection *section;
  const ZcField *field = find_notice (unit, &section);

  zc_draft_set_text (unit->clerk->draft, section->id, NULL, field->not_before, "2018-03-05");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      ZcProblemCode code = ZC_PROBLEM_NONE;

      if (rows[i].imported)
        zc_test_server_import (unit->server, A_YEAR);
      await_call (result, zc_client_load_calendar_async (unit->clerk->client, NULL, answered, &result));
      g_assert_true (zc_client_load_calendar_finish (unit->clerk->client, result, NULL));
      zc_draft_set_text (unit->clerk->draft, section->id, NULL, field->id, rows[i].end);
      problems = zc_draft_check (unit->clerk->draft);
      for (guint j = 0; j < problems->len; j++)
        if (g_strcmp0 (((ZcProblem *) problems->pdata[j])->field, field->id) == 0)
          code = ((ZcProblem *) problems->pdata[j])->code;
      g_assert_cmpint (code, ==, rows[i].code);
    }
}

/* A place of the applicant's where any text is right. */
static void
find_paragraph (Unit *unit, const char **section, const char **field)
{
  for (guint i = 0; i < zc_business_get_n_sections (unit->applicant->business); i++)
    {
      const ZcSection *one = zc_business_get_section (unit->applicant->business, i);

      for (guint j = 0; one->fills == ZC_FILLS_APPLICANT && !one->repeats && j < one->n_fields; j++)
        if (one->fields[j].type == ZC_FIELD_PARAGRAPH)
          {
            *section = one->id;
            *field = one->fields[j].id;
          }
    }
}

static void
return_with_note (Unit *unit, const char *section, const char *field)
{
  g_autoptr (ZcDossier) now = device_get (unit->clerk, unit->dossier);
  g_autoptr (ZcAction) action = zc_action_new (unit->dossier, ZC_ACT_RETURN, zc_dossier_get_version (now));
  g_autoptr (ZcNote) note = zc_note_new (section, NULL, field, NULL, "unclear", "请写明具体工作");
  g_autoptr (ZcDossier) after = NULL;
  g_autoptr (GError) error = NULL;

  zc_action_set_opinion (action, "请按标注修改");
  zc_action_set_code (action, "unclear");
  zc_action_add_note (action, note);
  after = device_act (unit->clerk, action, &error);
  g_assert_no_error (error);
  g_assert_cmpint (zc_dossier_get_state (after), ==, ZC_STATE_RETURNED);
}

/* Without the server: from the store alone. (transfer full) (nullable) */
static ZcPast *
load_past_offline (Unit *unit, Device *device)
{
  g_autoptr (ZcClient) nowhere = zc_client_new ("http://127.0.0.1:1");
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_past_load_async (nowhere, device->store, unit->dossier, 1, answered, &result));
  return zc_past_load_finish (result, NULL);
}

/* The applicant sees what was asked, ticked off when the place changed, offline too; the unit sees what changed and what it was, and
 * keeps nothing of it. */
static void
test_returned_and_mended (Unit *unit, gconstpointer data)
{
  Device *applicant = unit->applicant, *clerk = unit->clerk;
  const char *section = NULL, *field = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (ZcPast) kept = NULL, none = NULL;
  g_autoptr (ZcNote) note = NULL;
  g_autofree char *before = NULL;
  g_autofree char *shown = NULL;
  const ZcDifference *difference;

  find_paragraph (unit, &section, &field);
  before = zc_draft_dup_text (applicant->draft, section, NULL, field);
  return_with_note (unit, section, field);
  g_clear_object (&applicant->draft);
  device_open_draft (applicant, unit->dossier);
  zc_draft_follow_past (applicant->draft, applicant->client, applicant->store);
  await_that (zc_draft_get_past (applicant->draft) != NULL);
  note = g_list_model_get_item (zc_dossier_get_notes (zc_draft_get_dossier (applicant->draft)), 0);
  g_assert_cmpstr (zc_note_get_code (note), ==, "unclear");
  g_assert_false (zc_draft_note_is_done (applicant->draft, note));
  zc_draft_set_text (applicant->draft, section, NULL, field, "负责总体方案和传动部分的设计，主持现场试验。");
  g_assert_true (zc_draft_note_is_done (applicant->draft, note));
  zc_draft_set_text (applicant->draft, section, NULL, field, before);
  g_assert_false (zc_draft_note_is_done (applicant->draft, note)); /* changed and changed back */
  zc_draft_set_text (applicant->draft, section, NULL, field, "负责总体方案和传动部分的设计，主持现场试验。");
  kept = load_past_offline (unit, applicant);
  g_assert_nonnull (kept);
  g_assert_true (zc_past_is_changed (kept, applicant->draft, section, NULL, field, NULL));
  g_object_unref (device_submit (applicant));

  open_review (unit, clerk);
  zc_draft_follow_past (clerk->draft, clerk->client, NULL);
  await_that (zc_draft_get_past (clerk->draft) != NULL);
  differences = zc_past_list_differences (zc_draft_get_past (clerk->draft), clerk->draft);
  g_assert_cmpuint (differences->len, ==, 1);
  difference = g_ptr_array_index (differences, 0);
  g_assert_cmpint (difference->kind, ==, ZC_DIFFERENCE_CHANGED);
  g_assert_cmpstr (difference->section, ==, section);
  g_assert_cmpstr (difference->field, ==, field);
  shown = zc_past_dup_text (zc_draft_get_past (clerk->draft), clerk->draft, section, NULL, field);
  g_assert_cmpstr (shown, ==, before);
  none = load_past_offline (unit, clerk);
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Unit *, gconstpointer);
  } cases[] = {
    { "/unit/U5/P1/kept-within-a-second-then-sent", test_kept_and_sent },
    { "/unit/U5/keeps-nothing-of-the-applicant", test_keeps_nothing_else },
    { "/unit/U5/P2/P3/offline-and-restarted", test_offline_and_restarted },
    { "/unit/U5/P16/two-devices", test_two_devices },
    { "/unit/U5/taken-away-keeps-what-was-typed", test_taken_away },
    { "/unit/U5/typed-for-the-unit-sent-by-the-unit-alone", test_other_role },
    { "/unit/U5/S3.1.2c/images", test_images },
    { "/unit/U7/imported-calendar", test_imported_calendar },
    { "/unit/U5/sent-on-when-complete-read-by-the-office", test_sent_on_when_complete },
    { "/unit/P9/P3/returned-and-mended", test_returned_and_mended },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Unit, NULL, unit_set_up, cases[i].test, unit_tear_down);
  return g_test_run ();
}
