/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-change.h"
#include "zc-dossier.h"
#include "zc-server.h"

/* Loading a dossier for a caller: who it is that asks, seen from the dossier, is settled here and
 * nowhere else. */

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static void
clear_named (ZcNamed *named)
{
  g_free (named->id);
  g_free (named->name);
}

static void
read_named (ZcNamed *named, ZcRows *rows, int column)
{
  named->id = zc_rows_dup_text (rows, column);
  named->name = zc_rows_dup_text (rows, column + 1);
}

static void
read_place (ZcDossier *dossier, ZcRows *rows, int column)
{
  zc_stage_from_string (zc_rows_text (rows, column), &dossier->stage);
  zc_state_from_string (zc_rows_text (rows, column + 1), &dossier->state);
  zc_stage_from_string (zc_rows_text (rows, column + 2), &dossier->origin);
  dossier->left_first = zc_rows_integer (rows, column + 3) != 0;
  dossier->at_body = zc_rows_dup_text (rows, column + 4);
  dossier->holder = zc_rows_dup_text (rows, column + 5);
  dossier->holder_name = zc_rows_dup_text (rows, column + 6);
  dossier->held_at = zc_rows_integer (rows, column + 7);
}

/* An idle claim returns by itself: computed at each request, no timer (decisions 3 and 6). */
static void
drop_idle_claim (ZcDossier *dossier, ZcRequest *request)
{
  gint64 days = request->server->config->claim_days;

  if (dossier->state != ZC_STATE_IN_REVIEW || dossier->held_at + days * DAY_MS > request->received)
    return;
  dossier->state = ZC_STATE_WAITING;
  g_clear_pointer (&dossier->holder, g_free);
  g_clear_pointer (&dossier->holder_name, g_free);
}

static guint
tell_who (const ZcDossier *dossier, const ZcCaller *caller)
{
  gboolean owns = g_strcmp0 (dossier->account, caller->account) == 0;
  guint who = 0;

  if (caller->membership == NULL)
    return owns ? ZC_WHO_OWNER : 0;
  if (owns || g_strcmp0 (dossier->at_body, caller->body) != 0)
    return 0;
  who = ZC_WHO_STAFF;
  if (g_strcmp0 (dossier->holder, caller->membership) == 0)
    who |= ZC_WHO_HOLDER;
  if (caller->is_leader)
    who |= ZC_WHO_LEADER;
  return who;
}

ZcDossier *
zc_dossier_read (ZcRequest *request, ZcStore *store, ZcRows *rows, GError **error)
{
  g_autoptr (ZcDossier) dossier = g_new0 (ZcDossier, 1);
  g_autoptr (GError) failure = NULL;

  dossier->id = zc_rows_dup_text (rows, 0);
  dossier->account = zc_rows_dup_text (rows, 1);
  dossier->business_id = zc_rows_dup_text (rows, 2);
  dossier->revision = (int)zc_rows_integer (rows, 3);
  dossier->year = (int)zc_rows_integer (rows, 4);
  read_named (&dossier->unit, rows, 5);
  read_named (&dossier->series, rows, 7);
  read_named (&dossier->level, rows, 9);
  read_named (&dossier->committee, rows, 11);
  read_named (&dossier->office, rows, 13);
  dossier->department = zc_rows_dup_text (rows, 15);
  read_place (dossier, rows, 16);
  dossier->version = zc_rows_integer (rows, 24);
  dossier->submissions = (int)zc_rows_integer (rows, 25);
  dossier->sections_done = (int)zc_rows_integer (rows, 26);
  dossier->sections_total = (int)zc_rows_integer (rows, 27);
  dossier->name = zc_rows_dup_text (rows, 28);
  dossier->masked = zc_rows_dup_text (rows, 29);
  dossier->created_at = zc_rows_integer (rows, 30);
  dossier->updated_at = zc_rows_integer (rows, 31);
  dossier->submitted_at = zc_rows_integer (rows, 32);
  dossier->window_start = zc_rows_integer (rows, 33);
  dossier->window_end = zc_rows_integer (rows, 34);
  dossier->assigned = zc_rows_dup_text (rows, 35);
  dossier->assigned_name = zc_rows_dup_text (rows, 36);
  dossier->decided_above = zc_rows_integer (rows, 37) != 0;

  dossier->business = zc_businesses_get (request->server->businesses, store, dossier->business_id,
                                         dossier->revision, &failure);
  if (dossier->business == NULL)
    {
      zc_refusal_set (error, ZC_REFUSAL_INTERNAL, "dossier %s: %s", dossier->id, failure->message);
      return NULL;
    }
  drop_idle_claim (dossier, request);
  dossier->who = tell_who (dossier, &request->caller);
  return g_steal_pointer (&dossier);
}

/* Staff: only what was submitted to their body, up to the submission they were sent (S3.1.3b). */
static gboolean
read_reach (ZcDossier *dossier, ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (request->caller.membership == NULL)
    return TRUE;
  rows = zc_store_query (store, "SELECT submission FROM reach WHERE dossier = $1 AND body = $2",
                         ZC_TEXT (dossier->id), ZC_TEXT (request->caller.body));
  if (zc_rows_next (rows))
    dossier->seen = (int)zc_rows_integer (rows, 0);
  if (g_strcmp0 (request->caller.body_kind, "unit") == 0
      && g_strcmp0 (request->caller.body, dossier->unit.id) != 0)
    dossier->former_unit = g_strdup (request->caller.body);
  return zc_rows_end (rows, error);
}

/* What @rows hold, if this caller may see it; else it is not there. */
static ZcDossier *
load (ZcRequest *request, ZcStore *store, ZcRows *rows, GError **error)
{
  g_autoptr (ZcRows) owned = rows;
  g_autoptr (ZcDossier) dossier = NULL;

  if (zc_rows_next (owned))
    {
      dossier = zc_dossier_read (request, store, owned, error);
      if (dossier == NULL || !read_reach (dossier, request, store, error))
        return NULL;
    }
  if (!zc_rows_end (owned, error))
    return NULL;
  if (dossier == NULL || (!zc_dossier_is_owner (dossier) && dossier->seen == 0))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such dossier");
      return NULL;
    }
  return g_steal_pointer (&dossier);
}

/**
 * zc_dossier_load_id:
 * @request: who asks
 * @store: where
 * @id: of a dossier
 * @error: not-found, also for one that this caller may not see
 *
 * Returns: (transfer full): the dossier as @request's caller sees it
 */
ZcDossier *
zc_dossier_load_id (ZcRequest *request, ZcStore *store, const char *id, GError **error)
{
  return load (request, store,
               zc_store_query (store,
                               ZC_DOSSIER_SELECT " FROM dossier d" ZC_DOSSIER_JOINS
                                                 " WHERE d.id = $1",
                               ZC_TEXT (id)),
               error);
}

ZcDossier *
zc_dossier_load (ZcRequest *request, ZcStore *store, GError **error)
{
  return zc_dossier_load_id (request, store, zc_request_param (request, "id"), error);
}

/**
 * zc_dossier_load_plain:
 * @request: who asks, for the dossier that the path names
 * @store: where
 * @error: not-found, also for one that this caller may not see
 *
 * Returns: (transfer full): the dossier as @request's caller sees it, without the names of bodies, people and
 * catalogue, and without its window
 */
ZcDossier *
zc_dossier_load_plain (ZcRequest *request, ZcStore *store, GError **error)
{
  return load (request, store,
               zc_store_query (store,
                               ZC_DOSSIER_LIST (ZC_DOSSIER_NOTHING) " FROM dossier d WHERE d.id = $1",
                               ZC_TEXT (zc_request_param (request, "id"))),
               error);
}

void
zc_dossier_free (ZcDossier *dossier)
{
  g_free (dossier->id);
  g_free (dossier->account);
  g_free (dossier->business_id);
  clear_named (&dossier->unit);
  clear_named (&dossier->series);
  clear_named (&dossier->level);
  clear_named (&dossier->committee);
  clear_named (&dossier->office);
  g_free (dossier->department);
  g_free (dossier->at_body);
  g_free (dossier->holder);
  g_free (dossier->holder_name);
  g_free (dossier->assigned);
  g_free (dossier->assigned_name);
  g_free (dossier->former_unit);
  g_free (dossier->kept);
  g_free (dossier->left);
  g_free (dossier->name);
  g_free (dossier->masked);
  g_free (dossier);
}

/**
 * zc_dossier_place_key:
 * @business: of a dossier
 * @account: whose
 * @year: of the evaluation
 *
 * Returns: (transfer full) (nullable): the place in the unique index that only one dossier may hold:
 * one series a person and year, or one open dossier a person (S3.1.1b, decisions 5)
 */
char *
zc_dossier_place_key (const ZcBusiness *business, const char *account, int year)
{
  if (zc_business_is_one_series_per_year (business))
    return g_strdup_printf ("%s|%s|%d", zc_business_get_id (business), account, year);
  if (zc_business_is_one_open_per_person (business))
    return g_strdup_printf ("%s|%s|open", zc_business_get_id (business), account);
  return NULL;
}

/**
 * zc_dossier_case:
 * @dossier: a dossier
 * @now: the moment of the request
 * @subject: (out caller-allocates): what the workflow's rules look at; who sent it on is not told
 */
void
zc_dossier_case (const ZcDossier *dossier, ZcTime now, ZcWorkflowCase *subject)
{
  *subject = (ZcWorkflowCase){
    .stages = zc_business_get_stages (dossier->business),
    .stage = dossier->stage,
    .state = dossier->state,
    .origin = dossier->origin,
    .held = dossier->holder != NULL,
    .left_first = dossier->left_first,
    .resubmits_to_returning_stage = zc_business_resubmits_to_returning_stage (dossier->business),
    .window_open
    = dossier->window_end == 0 || (now >= dossier->window_start && now < dossier->window_end),
  };
}

gboolean
zc_dossier_is_owner (const ZcDossier *dossier)
{
  return (dossier->who & ZC_WHO_OWNER) != 0;
}

gboolean
zc_dossier_is_editable (const ZcDossier *dossier, ZcTime now)
{
  return zc_dossier_may_fill (dossier, ZC_FILLS_APPLICANT, now);
}

/**
 * zc_dossier_may_retarget:
 * @dossier: a dossier
 * @now: the moment of the request
 *
 * Returns: whether the caller may address it anew: its owner, while it is a draft; after a return
 * or a withdrawal only if nobody above the unit has decided (S3.5.1, decisions 4)
 */
gboolean
zc_dossier_may_retarget (const ZcDossier *dossier, ZcTime now)
{
  return zc_dossier_is_editable (dossier, now) && !dossier->decided_above;
}

static gboolean
has_sections (const ZcDossier *dossier, ZcFills fills)
{
  for (guint i = 0; i < zc_business_get_n_sections (dossier->business); i++)
    if (zc_business_get_section (dossier->business, i)->fills == fills)
      return TRUE;
  return FALSE;
}

/**
 * zc_dossier_may_fill:
 * @dossier: a dossier
 * @fills: whose sections
 * @now: the moment of the request
 *
 * Returns: whether the caller may write sections of that kind now: the applicant theirs while the
 * dossier is a draft (S3.5.2), the unit's holder the unit's own while it is in review there (U5)
 */
gboolean
zc_dossier_may_fill (const ZcDossier *dossier, ZcFills fills, ZcTime now)
{
  if (fills == ZC_FILLS_APPLICANT)
    return zc_dossier_is_owner (dossier)
           && zc_workflow_is_editable (dossier->stage, dossier->state);
  return (dossier->who & ZC_WHO_HOLDER) != 0 && dossier->stage == ZC_STAGE_UNIT
         && dossier->state == ZC_STATE_IN_REVIEW && has_sections (dossier, fills);
}

char *
zc_dossier_target_json (const ZcDossier *dossier)
{
  g_autoptr (GString) text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  if (dossier->unit.id != NULL)
    zc_json_add_string (&writer, "unit", dossier->unit.id);
  if (dossier->series.id != NULL)
    zc_json_add_string (&writer, "series", dossier->series.id);
  if (dossier->level.id != NULL)
    zc_json_add_string (&writer, "level", dossier->level.id);
  if (dossier->committee.id != NULL)
    zc_json_add_string (&writer, "committee", dossier->committee.id);
  if (dossier->office.id != NULL)
    zc_json_add_string (&writer, "office", dossier->office.id);
  zc_json_end_object (&writer);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * zc_dossier_body_of_stage:
 * @dossier: a dossier
 * @stage: a stage
 *
 * Returns: (nullable) (transfer none): the body whose turn it is there
 */
const char *
zc_dossier_body_of_stage (const ZcDossier *dossier, ZcStage stage)
{
  switch (stage)
    {
    case ZC_STAGE_UNIT:
      return dossier->unit.id;
    case ZC_STAGE_DEPARTMENT:
      return dossier->department;
    case ZC_STAGE_OFFICE:
    case ZC_STAGE_APPROVAL:
    case ZC_STAGE_CERTIFICATE:
    case ZC_STAGE_MAILING:
      return dossier->office.id;
    case ZC_STAGE_COMMITTEE:
    case ZC_STAGE_FEES:
    case ZC_STAGE_REVIEW:
    case ZC_STAGE_NOTICE:
      return dossier->committee.id;
    case ZC_STAGE_APPLICANT:
    case ZC_STAGE_LAST:
    default:
      return NULL;
    }
}

gboolean
zc_dossier_tell (const ZcDossier *dossier,
                 ZcStore *store,
                 const char *body,
                 gint64 version,
                 gboolean gone,
                 ZcTime now,
                 GError **error)
{
  if (!zc_change_account (store, dossier->account, dossier->id, version, FALSE, now, error))
    return FALSE;
  return body == NULL || zc_change_body (store, body, dossier->id, version, gone, now, error);
}
