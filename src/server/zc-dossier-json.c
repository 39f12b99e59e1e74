/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-admission.h"
#include "zc-age.h"
#include "zc-dossier-notes.h"
#include "zc-form.h"
#include "zc-identity.h"
#include "zc-person.h"
#include "zc-server.h"
#include "zc-submission.h"

/* The JSON of a dossier: the summary that lists show, and the whole with sections, receipt and what
 * a return said. */

static void
write_named (ZcJsonWriter *writer, const char *key, const ZcNamed *named)
{
  if (named->id == NULL)
    {
      zc_json_add_string (writer, key, NULL);
      return;
    }
  zc_json_begin_object (writer, key);
  zc_json_add_string (writer, "id", named->id);
  zc_json_add_string (writer, "name", named->name);
  zc_json_end_object (writer);
}

static void
write_target (ZcJsonWriter *writer, const ZcDossier *dossier)
{
  zc_json_begin_object (writer, "target");
  write_named (writer, "unit", &dossier->unit);
  write_named (writer, "series", &dossier->series);
  write_named (writer, "level", &dossier->level);
  write_named (writer, "committee", &dossier->committee);
  write_named (writer, "office", &dossier->office);
  zc_json_end_object (writer);
}

/* Colleagues see who holds it (U4); the applicant sees that it is in review, not by whom. */
static void
write_holder (ZcJsonWriter *writer, const ZcDossier *dossier)
{
  if (dossier->holder == NULL || zc_dossier_is_owner (dossier))
    {
      zc_json_add_string (writer, "holder", NULL);
      return;
    }
  zc_json_begin_object (writer, "holder");
  zc_json_add_string (writer, "name", dossier->holder_name);
  zc_json_add_bool (writer, "me", (dossier->who & ZC_WHO_HOLDER) != 0);
  zc_json_end_object (writer);
}

/* Who is asked to take it up: told where it lies now; whoever is there may still accept it, as
 * people fall ill and go on leave (U6). */
static void
write_assigned (ZcJsonWriter *writer, const ZcDossier *dossier, const ZcCaller *caller)
{
  if (dossier->assigned == NULL || (dossier->who & ZC_WHO_STAFF) == 0)
    {
      zc_json_add_string (writer, "assigned", NULL);
      return;
    }
  zc_json_begin_object (writer, "assigned");
  zc_json_add_string (writer, "name", dossier->assigned_name);
  zc_json_add_bool (writer, "me", g_strcmp0 (dossier->assigned, caller->membership) == 0);
  zc_json_end_object (writer);
}

static void
add_action (ZcJsonWriter *writer, gboolean allowed, const char *name)
{
  if (allowed)
    zc_json_add_string (writer, NULL, name);
}

/* Exactly what this caller may do now (B2): the workflow's acts, and what is no act. */
static void
write_actions (ZcJsonWriter *writer, const ZcDossier *dossier, ZcTime now, gboolean outdated)
{
  gboolean owns = zc_dossier_is_owner (dossier);
  gboolean untouched = owns && zc_dossier_is_editable (dossier, now) && dossier->submissions == 0;
  ZcWorkflowCase subject;
  guint allowed;

  zc_dossier_case (dossier, now, &subject);
  allowed = zc_workflow_allowed (&subject, dossier->who);
  zc_json_begin_array (writer, "actions");
  add_action (writer,
              zc_dossier_is_editable (dossier, now)
                  || zc_dossier_may_fill (dossier, ZC_FILLS_UNIT, now),
              "edit");
  add_action (writer, zc_dossier_may_retarget (dossier, now), "retarget");
  add_action (writer, outdated, "update-form");
  add_action (writer, untouched && dossier->state == ZC_STATE_DRAFT, "delete");
  add_action (writer, dossier->submissions > 0, "view");
  add_action (writer, dossier->submissions > 0, "progress");
  add_action (writer, zc_form_may_copy (dossier), "copy");
  for (int act = 0; act < ZC_ACT_LAST; act++)
    add_action (writer, (allowed & (1u << act)) != 0, zc_act_to_string ((ZcAct)act));
  zc_json_end_array (writer);
}

/* What the rules keep the owner from, that the place of the dossier would not by itself: nobody looks for 报送 on what was sent. */
static gboolean
find_refusal (const ZcWorkflowCase *subject, ZcAct act, guint who, ZcRefusal *code)
{
  g_autoptr (GError) error = NULL;
  ZcWorkflowNext next;

  if (zc_workflow_decide (subject, act, who, NULL, &next, &error)
      || g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_ALLOWED))
    return FALSE;
  *code = (ZcRefusal)error->code;
  return TRUE;
}

/* N12: what the applicant asks for and cannot have now, by the code that asking would meet. */
static void
write_refused (ZcJsonWriter *writer, const ZcDossier *dossier, ZcTime now)
{
  static const ZcAct asked[] = { ZC_ACT_SUBMIT, ZC_ACT_WITHDRAW };
  ZcWorkflowCase subject;
  ZcRefusal code;

  zc_dossier_case (dossier, now, &subject);
  zc_json_begin_array (writer, "refused");
  for (guint i = 0; zc_dossier_is_owner (dossier) && i < G_N_ELEMENTS (asked); i++)
    if (find_refusal (&subject, asked[i], dossier->who, &code))
      {
        zc_json_begin_object (writer, NULL);
        zc_json_add_string (writer, "action", zc_act_to_string (asked[i]));
        zc_json_add_string (writer, "code", zc_refusal_to_string (code));
        zc_json_end_object (writer);
      }
  zc_json_end_array (writer);
}

/* Whether its owner may move it to a newer form; asked only of what can be edited. */
static gboolean
find_outdated (const ZcDossier *dossier,
               ZcRequest *request,
               ZcStore *store,
               gboolean *outdated,
               GError **error)
{
  const ZcBusiness *newer = NULL;
  gboolean known = !zc_dossier_is_editable (dossier, request->received)
                   || zc_form_find_newer (dossier, request, store, &newer, error);

  *outdated = newer != NULL;
  return known;
}

static gboolean
write_summary_members (ZcJsonWriter *writer,
                       const ZcDossier *dossier,
                       ZcRequest *request,
                       ZcStore *store,
                       GError **error)
{
  ZcTime now = request->received;
  gboolean outdated;

  if (!find_outdated (dossier, request, store, &outdated, error))
    return FALSE;
  zc_json_add_string (writer, "id", dossier->id);
  zc_json_add_string (writer, "business", dossier->business_id);
  zc_json_add_string (writer, "business_title", zc_business_get_title (dossier->business));
  zc_json_add_integer (writer, "revision", dossier->revision);
  zc_json_add_integer (writer, "year", dossier->year);
  write_target (writer, dossier);
  zc_json_add_string (writer, "stage", zc_stage_to_string (dossier->stage));
  zc_json_add_string (writer, "state", zc_state_to_string (dossier->state));
  zc_json_add_integer (writer, "version", dossier->version);
  zc_json_begin_object (writer, "applicant");
  zc_json_add_string (writer, "name", dossier->name);
  zc_json_add_string (writer, "id_number", dossier->masked);
  zc_json_end_object (writer);
  if (!zc_admission_write (dossier, store, writer, error))
    return FALSE;
  if (!zc_age_write (dossier, request, store, writer, error))
    return FALSE;
  write_holder (writer, dossier);
  write_assigned (writer, dossier, &request->caller);
  zc_json_add_time (writer, "created_at", dossier->created_at);
  zc_json_add_time (writer, "updated_at", dossier->updated_at);
  zc_json_add_time (writer, "submitted_at", dossier->submitted_at);
  zc_json_add_time (writer, "deadline", dossier->window_end);
  zc_json_add_integer (writer, "sections_done", dossier->sections_done);
  zc_json_add_integer (writer, "sections_total", dossier->sections_total);
  write_actions (writer, dossier, now, outdated);
  write_refused (writer, dossier, now);
  return TRUE;
}

typedef struct
{
  const char *id;
  const char *state;
  gint64 version;
  guint problems;
  gboolean own; /* this caller's side fills it in: what their computer may keep */
} Told;

static void
write_section (ZcJsonWriter *writer, const Told *told)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", told->id);
  zc_json_add_string (writer, "state", told->state);
  zc_json_add_integer (writer, "version", told->version);
  zc_json_add_integer (writer, "problems", told->problems);
  zc_json_add_bool (writer, "own", told->own);
  zc_json_end_object (writer);
}

/* The unit's, while the dossier is with it (U5): others only read them. */
static gboolean
is_of_callers_unit (const ZcDossier *dossier)
{
  return (dossier->who & ZC_WHO_STAFF) != 0 && dossier->stage == ZC_STAGE_UNIT;
}

/* The applicant sees theirs as they stand; staff see the applicant's as they were submitted, and
 * the unit's own. */
static void
write_sections (ZcJsonWriter *writer,
                const ZcDossier *dossier,
                const ZcStoredAnswers *live,
                const ZcSubmission *submission)
{
  const ZcJsonValue *sent
      = submission != NULL ? zc_json_get (zc_json_root (submission->json), "sections") : NULL;
  gboolean owns = zc_dossier_is_owner (dossier);

  zc_json_begin_array (writer, "sections");
  for (guint i = 0; i < live->n; i++)
    {
      const ZcSection *section = zc_business_get_section (dossier->business, i);
      gboolean applicants = section->fills == ZC_FILLS_APPLICANT;

      if (owns && !applicants)
        continue;
      if (owns || !applicants)
        write_section (writer, &(Told){ section->id, zc_section_state_to_string (live->states[i]),
                                        live->versions[i], live->problems[i],
                                        owns || is_of_callers_unit (dossier) });
      else
        write_section (writer,
                       &(Told){ section->id,
                                zc_json_get (sent, section->id) != NULL ? "complete" : "hidden",
                                submission->number, 0, FALSE });
    }
  zc_json_end_array (writer);
}

/* What there is nothing to show for is left out. */
static void
add_known (ZcJsonWriter *writer, const char *key, const char *text)
{
  if (text != NULL)
    zc_json_add_string (writer, key, text);
}

static void
write_resolved_person (ZcJsonWriter *writer, const ZcPerson *person)
{
  zc_json_add_string (writer, "account.name", person->name);
  add_known (writer, "account.sex", person->sex);
  zc_json_add_string (writer, "account.id_kind", person->id_kind);
  zc_json_add_string (writer, "account.id_number", person->masked);
  add_known (writer, "account.birth_date", person->birth_date);
  zc_json_add_string (writer, "account.mobile", person->mobile);
  zc_json_add_string (writer, "account.email", person->email);
}

static void
write_resolved_frozen (ZcJsonWriter *writer, const ZcSubmission *submission)
{
  const ZcJsonValue *account = zc_json_get (zc_json_root (submission->json), "account");
  g_autofree char *masked = zc_mask_id_number (zc_json_get_string (account, "id_number"));

  zc_json_add_string (writer, "account.name", zc_json_get_string (account, "name"));
  add_known (writer, "account.sex", zc_json_get_string (account, "sex"));
  zc_json_add_string (writer, "account.id_kind", zc_json_get_string (account, "id_kind"));
  zc_json_add_string (writer, "account.id_number", masked);
  add_known (writer, "account.birth_date", zc_json_get_string (account, "birth_date"));
  zc_json_add_string (writer, "account.mobile", zc_json_get_string (account, "mobile"));
  zc_json_add_string (writer, "account.email", zc_json_get_string (account, "email"));
}

/* What conditions ask of the account, for who runs the same check. */
static void
write_resolved_title (ZcJsonWriter *writer, const ZcDossier *dossier, gboolean has_title)
{
  if (zc_business_asks_account (dossier->business))
    zc_json_add_string (writer, "account.has_title", has_title ? "true" : "false");
}

static void
write_resolved_target (ZcJsonWriter *writer, const ZcDossier *dossier)
{
  add_known (writer, "target.unit", dossier->unit.name);
  add_known (writer, "target.series", dossier->series.name);
  add_known (writer, "target.level", dossier->level.name);
  add_known (writer, "target.committee", dossier->committee.name);
  add_known (writer, "target.office", dossier->office.name);
}

/* As it was called when it was sent: bodies change their names (U2). */
static void
write_target_frozen (ZcJsonWriter *writer, const ZcSubmission *submission)
{
  const ZcJsonValue *names = zc_json_get (zc_json_root (submission->json), "target_names");

  add_known (writer, "target.unit", zc_json_get_string (names, "unit"));
  add_known (writer, "target.series", zc_json_get_string (names, "series"));
  add_known (writer, "target.level", zc_json_get_string (names, "level"));
  add_known (writer, "target.committee", zc_json_get_string (names, "committee"));
  add_known (writer, "target.office", zc_json_get_string (names, "office"));
}

/* What "from" fields show: resolved when read while it is a draft, as frozen once it is sent
 * (decisions 15). */
static gboolean
write_resolved (ZcJsonWriter *writer,
                const ZcDossier *dossier,
                ZcRequest *request,
                ZcStore *store,
                const ZcStoredAnswers *live,
                const ZcSubmission *submission,
                GError **error)
{
  g_autofree char *year = g_strdup_printf ("%d", dossier->year);
  g_autoptr (ZcPerson) person = NULL;

  zc_json_begin_object (writer, "resolved");
  if (submission != NULL && !zc_dossier_is_editable (dossier, request->received))
    {
      write_resolved_frozen (writer, submission);
      write_resolved_title (writer, dossier, zc_submission_get_has_title (submission));
      write_target_frozen (writer, submission);
    }
  else
    {
      person = zc_person_load (request->server, store, dossier->account, error);
      if (person == NULL)
        return FALSE;
      write_resolved_person (writer, person);
      write_resolved_title (writer, dossier, live->answers.has_title);
      write_resolved_target (writer, dossier);
    }
  zc_json_add_string (writer, "target.year", year);
  zc_json_end_object (writer);
  return TRUE;
}

/* Which submission was returned: the last one before. */
static gboolean
find_revision (const ZcDossier *dossier, ZcStore *store, gint64 seq, gint64 *number, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT COUNT(*) FROM event WHERE dossier = $1 AND act = 'submit' AND seq < $2",
      ZC_TEXT (dossier->id), ZC_INT (seq));

  *number = zc_rows_next (rows) ? zc_rows_integer (rows, 0) : 0;
  return zc_rows_end (rows, error);
}

static void
write_words (ZcJsonWriter *writer, ZcRows *rows, const ZcJsonValue *payload)
{
  zc_json_add_time (writer, "at", zc_rows_integer (rows, 1));
  zc_json_add_string (writer, "stage", zc_rows_text (rows, 2));
  zc_json_add_string (writer, "opinion", zc_json_get_string (payload, "opinion"));
  zc_json_add_string (writer, "code", zc_json_get_string (payload, "code"));
  zc_json_begin_object (writer, "by");
  zc_json_add_string (writer, "role", zc_rows_text (rows, 3));
  zc_json_add_string (writer, "body", zc_json_get_string (payload, "body"));
  zc_json_end_object (writer);
}

static gboolean
write_return (ZcJsonWriter *writer,
              const char *key,
              ZcRows *rows,
              gint64 number,
              const ZcDossier *dossier,
              ZcServer *server,
              ZcStore *store,
              GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *payload
      = zc_event_payload (server, store, zc_rows_integer (rows, 0), &failure);
  g_autoptr (ZcJson) json
      = payload != NULL ? zc_json_parse (payload, strlen (payload), &failure) : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  zc_json_begin_object (writer, key);
  write_words (writer, rows, json != NULL ? zc_json_root (json) : NULL);
  zc_dossier_notes_write (dossier, number, json != NULL ? zc_json_get (zc_json_root (json), "notes") : NULL,
                          writer);
  zc_json_add_integer (writer, "revision", number);
  zc_json_end_object (writer);
  return TRUE;
}

/* The last return of a submission up to @most under that key, or null: of a later one this caller
 * sees nothing. back: also one to an earlier stage. */
static gboolean
write_latest (ZcJsonWriter *writer,
              const char *key,
              gboolean back,
              int most,
              const ZcDossier *dossier,
              ZcServer *server,
              ZcStore *store,
              GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store,
                        "SELECT seq, at, from_stage, role FROM event WHERE dossier = $1"
                        " AND act IN ('return', CASE WHEN $2 = 1 THEN 'return-back' END)"
                        " ORDER BY seq DESC",
                        ZC_TEXT (dossier->id), ZC_INT (back));
  gboolean written = FALSE;

  while (!written && zc_rows_next (rows))
    {
      gint64 number;

      if (!find_revision (dossier, store, zc_rows_integer (rows, 0), &number, error))
        return FALSE;
      if (number > most)
        continue;
      if (!write_return (writer, key, rows, number, dossier, server, store, error))
        return FALSE;
      written = TRUE;
    }
  if (!written)
    zc_json_add_string (writer, key, NULL);
  return zc_rows_end (rows, error);
}

/* While it is returned: what the last return said. */
static gboolean
write_returned (ZcJsonWriter *writer,
                const ZcDossier *dossier,
                ZcServer *server,
                ZcStore *store,
                GError **error)
{
  if (dossier->state == ZC_STATE_RETURNED)
    return write_latest (writer, "returned", FALSE, dossier->submissions, dossier, server, store,
                         error);
  zc_json_add_string (writer, "returned", NULL);
  return TRUE;
}

/* Who reviews it again sees what was asked for, and of which submission: what changed since is found by comparing (P9). */
static gboolean
write_last_return (ZcJsonWriter *writer,
                   const ZcDossier *dossier,
                   ZcServer *server,
                   ZcStore *store,
                   GError **error)
{
  if (!zc_dossier_is_owner (dossier) && dossier->state != ZC_STATE_RETURNED)
    return write_latest (writer, "last_return", TRUE, dossier->seen, dossier, server, store,
                         error);
  zc_json_add_string (writer, "last_return", NULL);
  return TRUE;
}

/**
 * zc_dossier_write_summary:
 * @dossier: a dossier as its caller sees it
 * @request: whose moment counts
 * @store: where
 * @writer: where to
 * @error: of the store
 *
 * Writes what lists show, as one object; of a returned dossier also why, so that a list can say what to do.
 *
 * Returns: whether all could be read
 */
gboolean
zc_dossier_write_summary (
    ZcDossier *dossier, ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  zc_json_begin_object (writer, NULL);
  if (!write_summary_members (writer, dossier, request, store, error)
      || !write_returned (writer, dossier, request->server, store, error))
    return FALSE;
  zc_json_end_object (writer);
  return TRUE;
}

/**
 * zc_dossier_write:
 * @dossier: a dossier as its caller sees it
 * @request: whose moment counts
 * @store: where
 * @writer: where to
 * @error: of the store
 *
 * Writes the whole dossier as one object.
 *
 * Returns: whether all could be read
 */
gboolean
zc_dossier_write (
    ZcDossier *dossier, ZcRequest *request, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  ZcServer *server = request->server;
  int number = zc_dossier_is_owner (dossier) ? dossier->submissions : dossier->seen;
  g_autoptr (ZcStoredAnswers) live = NULL;
  g_autoptr (ZcSubmission) submission = NULL;
  g_autofree gboolean *wanted = g_new0 (gboolean, zc_business_get_n_sections (dossier->business));

  live = zc_stored_answers_load (server, store, dossier, wanted, request->received, error);
  if (live == NULL)
    return FALSE;
  if (number > 0)
    {
      submission = zc_submission_load (server, store, dossier->id, number, error);
      if (submission == NULL)
        return FALSE;
    }
  zc_json_begin_object (writer, NULL);
  if (!write_summary_members (writer, dossier, request, store, error))
    return FALSE;
  write_sections (writer, dossier, live, submission);
  if (!write_resolved (writer, dossier, request, store, live, submission, error)
      || !write_returned (writer, dossier, server, store, error)
      || !write_last_return (writer, dossier, server, store, error))
    return FALSE;
  if (submission != NULL)
    zc_submission_write_receipt (submission, writer, "receipt");
  else
    zc_json_add_string (writer, "receipt", NULL);
  zc_json_add_integer (writer, "submissions", number);
  if (dossier->kept != NULL)
    zc_json_add_raw (writer, "kept", dossier->kept);
  if (dossier->left != NULL)
    zc_json_add_raw (writer, "left", dossier->left);
  zc_json_end_object (writer);
  return TRUE;
}

ZcReply *
zc_dossier_reply_loaded (
    ZcDossier *dossier, ZcRequest *request, ZcStore *store, int status, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (status, &writer);

  return zc_dossier_write (dossier, request, store, &writer, error) ? g_steal_pointer (&reply)
                                                                    : NULL;
}

/* As it stands now, after what the request has done. */
ZcReply *
zc_dossier_reply (ZcRequest *request, ZcStore *store, const char *id, int status, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load_id (request, store, id, error);

  return dossier != NULL ? zc_dossier_reply_loaded (dossier, request, store, status, error) : NULL;
}

/**
 * zc_dossier_check_version:
 * @dossier: a dossier as its caller sees it
 * @request: whose moment counts
 * @store: where
 * @version: what the caller saw
 * @error: stale, with the present dossier
 *
 * Returns: whether @version is the present one
 */
gboolean
zc_dossier_check_version (
    ZcDossier *dossier, ZcRequest *request, ZcStore *store, gint64 version, GError **error)
{
  g_autoptr (GString) text = NULL;
  ZcJsonWriter writer;
  GError *refusal;

  if (version == dossier->version)
    return TRUE;
  text = g_string_new (NULL);
  zc_json_writer_init (&writer, text);
  if (!zc_dossier_write (dossier, request, store, &writer, error))
    return FALSE;
  refusal
      = zc_refusal_new (ZC_REFUSAL_STALE, "version %" G_GINT64_FORMAT " is not %" G_GINT64_FORMAT,
                        version, dossier->version);
  zc_refusal_take_current (refusal, g_string_free_and_steal (g_steal_pointer (&text)));
  g_propagate_error (error, refusal);
  return FALSE;
}
