/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-dossier-private.h"
#include "zc-left.h"
#include "zc-record.h"

/* What the server's answer says of a dossier, put into its properties. */

/* Those of the two that say something. */
static char *
join (const char *first, const char *separator, const char *second)
{
  return g_strconcat (first, *first != '\0' && *second != '\0' ? separator : "", second, NULL);
}

/* What is asked for, and of whom: a title of a committee; or that a unit be admitted (U1) or changed (U2), of an office. */
static void
read_purpose (ZcDossier *self, const ZcJsonValue *registers)
{
  g_autofree char *unit = zc_record_dup (registers, "name");
  g_autofree char *code = zc_record_dup (registers, "credit_code");
  const ZcJsonValue *head = zc_json_get (registers, "head");
  g_autofree char *head_name = zc_record_dup (head, "name");
  g_autofree char *head_code = zc_record_dup (head, "credit_code");

  self->registered_body = zc_record_dup (registers, "body");
  self->head = join (head_name, " · ", head_code);
  if (*unit != '\0')
    self->sought = join (unit, " · ", code);
  else if (*self->series == '\0' && *self->level == '\0' && *self->unit != '\0')
    self->sought = join (self->business_title, " · ", self->unit);
  else
    self->sought = join (self->series, " · ", self->level);
  self->way = *self->committee != '\0' ? join (self->unit, " → ", self->committee)
                                       : join (self->unit, " → ", self->office);
}

static void
read_names (ZcDossier *self, const ZcJsonValue *value)
{
  const ZcJsonValue *target = zc_json_get (value, "target");
  const ZcJsonValue *applicant = zc_json_get (value, "applicant");
  const ZcJsonValue *holder = zc_json_get (value, "holder");
  const ZcJsonValue *assigned = zc_json_get (value, "assigned");

  self->id = zc_record_dup (value, "id");
  self->business = zc_record_dup (value, "business");
  self->business_title = zc_record_dup (value, "business_title");
  self->title = g_strdup_printf ("%s · %d", self->business_title, self->year);
  self->unit = zc_record_dup (zc_json_get (target, "unit"), "name");
  self->series = zc_record_dup (zc_json_get (target, "series"), "name");
  self->level = zc_record_dup (zc_json_get (target, "level"), "name");
  self->committee = zc_record_dup (zc_json_get (target, "committee"), "name");
  self->office = zc_record_dup (zc_json_get (target, "office"), "name");
  read_purpose (self, zc_json_get (value, "registers"));
  self->applicant_name = zc_record_dup (applicant, "name");
  self->applicant_id_number = zc_record_dup (applicant, "id_number");
  self->holder_name = zc_record_dup (holder, "name");
  self->held = zc_json_type (holder) == ZC_JSON_OBJECT;
  self->held_by_me = zc_json_get_bool (holder, "me", FALSE);
  self->assigned_name = zc_record_dup (assigned, "name");
  self->assigned_to_me = zc_json_get_bool (assigned, "me", FALSE);
}

static void
read_progress (ZcDossier *self, const ZcJsonValue *value)
{
  const ZcJsonValue *waiting = zc_json_get (value, "waiting");
  ZcStage stage = ZC_STAGE_LAST;
  ZcState state = ZC_STATE_LAST;

  self->stage_id = zc_record_dup (value, "stage");
  self->state_id = zc_record_dup (value, "state");
  zc_stage_from_string (self->stage_id, &stage);
  zc_state_from_string (self->state_id, &state);
  self->stage = stage;
  self->state = state;
  self->version = zc_json_get_integer (value, "version", 0);
  self->created_at = zc_record_time (value, "created_at");
  self->updated_at = zc_record_time (value, "updated_at");
  self->submitted_at = zc_record_time (value, "submitted_at");
  self->deadline = zc_record_time (value, "deadline");
  self->waited = zc_json_get_integer (waiting, "working_days", -1);
  self->wait_limit = zc_json_get_integer (waiting, "within", 0);
  self->sections_done = zc_json_get_integer (value, "sections_done", 0);
  self->sections_total = zc_json_get_integer (value, "sections_total", 0);
}

static gboolean
read_details (ZcDossier *self, const ZcJsonValue *value, GError **error)
{
  const ZcJsonValue *stands = zc_json_get (value, "returned");
  const ZcJsonValue *returned = zc_json_type (stands) == ZC_JSON_OBJECT ? stands : zc_json_get (value, "last_return");
  const ZcJsonValue *receipt = zc_json_get (value, "receipt");

  self->detailed = zc_json_get (value, "sections") != NULL;
  self->submissions = zc_json_get_integer (value, "submissions", 0);
  self->returned_opinion = zc_record_dup (returned, "opinion");
  self->returned_code = zc_record_dup (returned, "code");
  self->returned_revision = zc_json_get_integer (returned, "revision", 0);
  self->returned_by = zc_record_dup (zc_json_get (returned, "by"), "body");
  self->returned_at = zc_record_time (returned, "at");
  self->receipt_number = zc_record_dup (receipt, "number");
  self->receipt_digest = zc_record_dup (receipt, "digest");
  self->receipt_at = zc_record_time (receipt, "submitted_at");
  self->notes = zc_notes_read (zc_json_get (returned, "notes"), error);
  self->kept = zc_notes_read (zc_json_get (value, "kept"), error);
  self->left = zc_left_read (zc_json_get (value, "left"), error);
  if (self->notes == NULL || self->kept == NULL || self->left == NULL)
    return FALSE;
  self->sections = zc_section_statuses_read (zc_json_get (value, "sections"), error);
  return self->sections != NULL;
}

gboolean
zc_dossier_read (ZcDossier *self, const ZcJsonValue *value, GError **error)
{
  self->revision = zc_json_get_integer (value, "revision", 0);
  self->year = zc_json_get_integer (value, "year", 0);
  read_names (self, value);
  read_progress (self, value);
  return read_details (self, value, error);
}
