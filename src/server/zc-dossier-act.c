/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-admission.h"
#include "zc-amendment.h"
#include "zc-change.h"
#include "zc-dossier-act.h"
#include "zc-dossier-notes.h"
#include "zc-reason.h"
#include "zc-server.h"
#include "zc-title.h"

/* Acts: all that has a legal effect (decisions 1). Whether one is granted and where it leads is the
 * workflow's word alone. */

static const ZcJsonMember members[] = {
  { "act", ZC_JSON_STRING, TRUE },       { "version", ZC_JSON_INTEGER, TRUE },
  { "sections", ZC_JSON_OBJECT, FALSE }, { "opinion", ZC_JSON_STRING, FALSE },
  { "notes", ZC_JSON_ARRAY, FALSE },     { "to", ZC_JSON_OBJECT, FALSE },
  { "code", ZC_JSON_STRING, FALSE },
};
static const ZcJsonMember to_members[]
    = { { "department", ZC_JSON_STRING, TRUE }, { "person", ZC_JSON_STRING, TRUE } };
static const ZcJsonMember colleague_members[] = { { "person", ZC_JSON_STRING, TRUE } };

static gboolean
refuse_json (GError **error, const char *detail)
{
  zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "%s", detail);
  return FALSE;
}

/* An opinion of nothing but blanks is none (U6). */
static gboolean
read_opinion (ZcDossierAct *act, const char *opinion, GError **error)
{
  const char *c = opinion;

  if (opinion == NULL)
    return TRUE;
  if (!zc_note_text_is_valid (opinion, ZC_OPINION_MAX_CHARACTERS))
    return refuse_json (error, "opinion: too long, or with control characters");
  while (*c != '\0' && g_unichar_isspace (g_utf8_get_char (c)))
    c = g_utf8_next_char (c);
  act->opinion = *c != '\0' ? opinion : NULL;
  return TRUE;
}

/* Why, in one word: of an act whose opinion says it in many (P9). */
static gboolean
read_code (ZcDossierAct *act, const char *code, GError **error)
{
  ZcReason reason;

  act->code = code;
  if (!zc_reason_from_string (code, &reason)
      || (code != NULL && !zc_workflow_opinion_required (act->act)))
    return refuse_json (error, "code: of the published list, with a return or a refusal");
  return TRUE;
}

/* The versions of sections of this business, and nothing else. */
static gboolean
read_sections (ZcDossierAct *act, const ZcJsonValue *sections, GError **error)
{
  for (guint i = 0; i < zc_json_size (sections); i++)
    if (zc_json_type (zc_json_at (sections, i)) != ZC_JSON_INTEGER
        || zc_business_find_section (act->dossier->business, zc_json_key (sections, i), NULL)
               == NULL)
      return refuse_json (error, "sections: {section: version}");
  return TRUE;
}

/* An approval may name a department and a person there, an assignment must name a colleague; no other
 * act goes to anybody. */
static gboolean
read_to (ZcDossierAct *act, const ZcJsonValue *to, GError **error)
{
  if (act->act == ZC_ACT_ASSIGN
      && (to == NULL
          || !zc_json_expect (to, colleague_members, G_N_ELEMENTS (colleague_members), NULL)))
    return refuse_json (error, "to: {person}, of an assignment");
  if (act->act != ZC_ACT_ASSIGN && to != NULL
      && (act->act != ZC_ACT_APPROVE
          || !zc_json_expect (to, to_members, G_N_ELEMENTS (to_members), NULL)))
    return refuse_json (error, "to: {department, person}, of an approval");
  act->department = zc_json_get_string (to, "department");
  act->person = zc_json_get_string (to, "person");
  return TRUE;
}

static gboolean
read_act (ZcDossierAct *act, const ZcRequest *request, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return FALSE;
  if (!zc_act_from_string (zc_json_get_string (body, "act"), &act->act))
    return refuse_json (error, "act: unknown");
  act->notes = zc_json_get (body, "notes");
  return read_to (act, zc_json_get (body, "to"), error)
         && read_opinion (act, zc_json_get_string (body, "opinion"), error)
         && read_code (act, zc_json_get_string (body, "code"), error)
         && zc_dossier_notes_read (act->act, act->notes, error)
         && read_sections (act, zc_json_get (body, "sections"), error);
}

/* Who sent it on to where it lies: the record knows, also of several departments in a row (U6). */
static gboolean
find_sender (ZcDossierAct *act, ZcTime now, ZcStore *store, ZcStage *sender, GError **error)
{
  const ZcDossier *dossier = act->dossier;
  g_autoptr (ZcRows) rows = NULL;

  if (act->act != ZC_ACT_RETURN_BACK)
    return TRUE;
  rows = zc_store_query (store,
                         "SELECT e.from_stage, e.body, m.id FROM event e LEFT JOIN membership m"
                         " ON m.account = e.account AND m.body = e.body AND m.from_at <= $4"
                         " AND (m.until_at IS NULL OR m.until_at > $4)"
                         " AND EXISTS (SELECT 1 FROM account a WHERE a.id = m.account"
                         " AND a.disabled_at IS NULL)"
                         " WHERE e.dossier = $1 AND e.act = 'approve' AND e.to_stage = $2"
                         " AND ($2 <> 'department' OR e.subject = $3) ORDER BY e.seq DESC LIMIT 1",
                         ZC_TEXT (dossier->id), ZC_TEXT (zc_stage_to_string (dossier->stage)),
                         ZC_TEXT (dossier->at_body), ZC_INT (now));
  if (zc_rows_next (rows))
    {
      zc_stage_from_string (zc_rows_text (rows, 0), sender);
      act->back_body = zc_rows_dup_text (rows, 1);
      act->back_person = zc_rows_dup_text (rows, 2);
    }
  return zc_rows_end (rows, error);
}

/* What the rules refuse is told first, as it has a remedy of its own ("ask the unit to return it");
 * only what would be granted can be stale. */
static gboolean
decide (ZcDossierAct *act, ZcRequest *request, ZcStore *store, GError **error)
{
  ZcDossier *dossier = act->dossier;
  ZcWorkflowCase subject;

  if (request->caller.membership != NULL
      && g_strcmp0 (request->caller.account, dossier->account) == 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_OWN_DOSSIER, "nobody acts on their own dossier");
      return FALSE;
    }
  zc_dossier_case (dossier, request->received, &subject);
  subject.to_department = act->department != NULL;
  if (!find_sender (act, request->received, store, &subject.sender, error))
    return FALSE;
  return zc_workflow_decide (&subject, act->act, dossier->who, act->opinion, &act->next, error)
         && zc_dossier_check_version (dossier, request, store,
                                      zc_json_get_integer (zc_request_body (request), "version", 0),
                                      error);
}

/* Somebody who may act now for the body where it is, but not on their own dossier (decisions 13). */
static gboolean
check_colleague (const ZcDossierAct *act, ZcTime now, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT 1 FROM membership m JOIN account a ON a.id = m.account WHERE m.id = $1"
      " AND m.body = $2 AND m.account <> $3 AND a.disabled_at IS NULL AND m.from_at <= $4"
      " AND (m.until_at IS NULL OR m.until_at > $4)",
      ZC_TEXT (act->person), ZC_TEXT (act->dossier->at_body), ZC_TEXT (act->dossier->account),
      ZC_INT (now));
  gboolean known = zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    zc_refusal_set (error, ZC_REFUSAL_COLLEAGUE, "to: no such person acts for this body");
  return known;
}

/* Another body, and somebody who may act there now, but not on their own dossier (U6, decisions 13);
 * of an assignment, a colleague. */
static gboolean
check_recipient (const ZcDossierAct *act, ZcTime now, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;
  gboolean known;

  if (act->act == ZC_ACT_ASSIGN)
    return check_colleague (act, now, store, error);
  if (act->department == NULL)
    return TRUE;
  rows = zc_store_query (store,
                         "SELECT 1 FROM body b JOIN membership m ON m.body = b.id"
                         " JOIN account a ON a.id = m.account AND a.disabled_at IS NULL"
                         " WHERE b.id = $1 AND b.kind = 'department' AND b.id <> $2 AND m.id = $3"
                         " AND m.account <> $4 AND m.from_at <= $5"
                         " AND (m.until_at IS NULL OR m.until_at > $5)",
                         ZC_TEXT (act->department), ZC_TEXT (act->dossier->at_body),
                         ZC_TEXT (act->person), ZC_TEXT (act->dossier->account), ZC_INT (now));
  known = zc_rows_next (rows);
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    zc_refusal_set (error, ZC_REFUSAL_DEPARTMENT, "to: no such department with such a person");
  return known;
}

/* Every section that was on the screen must be the present one: nobody submits what they have not
 * seen (decisions 2). */
static gboolean
check_sections_seen (ZcDossierAct *act, ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcJsonValue *seen = zc_json_get (zc_request_body (request), "sections");
  const ZcBusiness *business = act->dossier->business;

  if (seen == NULL)
    return refuse_json (error, "sections: the version of every section that was on the screen");
  for (guint i = 0; i < act->stored->n; i++)
    {
      const ZcSection *section = zc_business_get_section (business, i);

      if (section->fills != ZC_FILLS_APPLICANT || !zc_section_applies (&act->stored->answers, i))
        continue;
      if (zc_json_get_integer (seen, section->id, -1) != act->stored->versions[i])
        return zc_dossier_check_version (act->dossier, request, store, -1, error);
    }
  return TRUE;
}

/* Everything is checked anew, whatever the sections' states say (S3.1.3a, P5). */
static gboolean
check_complete (ZcDossierAct *act, ZcFills fills, GError **error)
{
  g_autoptr (GPtrArray) problems = zc_check (&act->stored->answers, fills);
  guint blocking = 0;
  ZcRefusal code;
  GError *refusal;

  for (guint i = 0; i < problems->len; i++)
    blocking += ((const ZcProblem *)problems->pdata[i])->advice ? 0 : 1;
  if (blocking == 0)
    return TRUE;
  code = fills == ZC_FILLS_UNIT ? zc_check_attestation (act->dossier->business, problems)
                                : ZC_REFUSAL_INCOMPLETE;
  refusal = zc_refusal_new (code, "%u problems", blocking);
  zc_refusal_take_problems (refusal, g_steal_pointer (&problems));
  g_propagate_error (error, refusal);
  return FALSE;
}

/* What an act asks of the answers: all the applicant's to submit, the unit's own, its public notice
 * among them, before it sends on, be it to a department or to the office (U5, U7). */
static gboolean
look_at_answers (ZcDossierAct *act, ZcRequest *request, ZcStore *store, GError **error)
{
  gboolean submits = act->act == ZC_ACT_SUBMIT;
  gboolean attests = act->act == ZC_ACT_APPROVE && act->dossier->stage == ZC_STAGE_UNIT;

  if (!submits && !attests)
    return TRUE;
  act->stored = zc_stored_answers_load (request->server, store, act->dossier, NULL,
                                        request->received, error);
  if (act->stored == NULL)
    return FALSE;
  if (attests)
    return check_complete (act, ZC_FILLS_UNIT, error);
  if (!check_sections_seen (act, request, store, error)
      || !check_complete (act, ZC_FILLS_APPLICANT, error))
    return FALSE;
  act->submission = zc_submission_make (request->server, store, act->dossier, act->stored,
                                        request->received, error);
  return act->submission != NULL;
}

/**
 * zc_dossier_act_work_out:
 * @request: POST of an act
 * @store: where to read
 * @error: not-found, own-dossier, what the workflow refuses, stale, incomplete …
 *
 * Returns: (transfer full): what is to be written
 */
ZcDossierAct *
zc_dossier_act_work_out (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossierAct) act = g_new0 (ZcDossierAct, 1);

  act->dossier = zc_dossier_load (request, store, error);
  if (act->dossier == NULL || !read_act (act, request, error)
      || !decide (act, request, store, error)
      || !zc_dossier_notes_check (act->dossier, act->act, request, store, act->notes, error)
      || !check_recipient (act, request->received, store, error)
      || !look_at_answers (act, request, store, error))
    return NULL;
  return g_steal_pointer (&act);
}

/* Whether the dossier, and the answers that were looked at, are the present ones. */
static gboolean
still_stands (const ZcDossierAct *act, ZcStore *store, gboolean *stands, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store,
                                            "SELECT d.version, s.id, s.version FROM dossier d LEFT "
                                            "JOIN section s ON s.dossier = d.id WHERE d.id = $1",
                                            ZC_TEXT (act->dossier->id));
  gboolean found = FALSE;
  guint index;

  *stands = TRUE;
  while (zc_rows_next (rows))
    {
      found = TRUE;
      if (zc_rows_integer (rows, 0) != act->dossier->version)
        *stands = FALSE;
      if (act->stored != NULL && zc_rows_text (rows, 1) != NULL
          && zc_business_find_section (act->dossier->business, zc_rows_text (rows, 1), &index)
                 != NULL
          && zc_rows_integer (rows, 2) != act->stored->versions[index])
        *stands = FALSE;
    }
  *stands = *stands && found;
  return zc_rows_end (rows, error);
}

static gboolean
is_queued (const ZcWorkflowNext *next)
{
  return next->state == ZC_STATE_WAITING || next->state == ZC_STATE_IN_REVIEW;
}

/* The body whose turn it is after the act; NULL: nobody's. */
static const char *
find_next_body (const ZcDossierAct *act)
{
  if (!is_queued (&act->next))
    return NULL;
  if (act->back_body != NULL)
    return act->back_body;
  if (act->next.stage == ZC_STAGE_DEPARTMENT && act->department != NULL)
    return act->department;
  return zc_dossier_body_of_stage (act->dossier, act->next.stage);
}

static gboolean
reckon_left_first (const ZcDossierAct *act)
{
  ZcStage first = zc_workflow_first_stage (zc_business_get_stages (act->dossier->business));

  if (act->act == ZC_ACT_SUBMIT)
    return act->next.stage != first;
  return act->dossier->left_first || (act->act == ZC_ACT_APPROVE && act->dossier->stage == first);
}

/* Giving up frees the place; a year's place is kept by whatever else ends a dossier, an open
 * dossier's by nothing. */
static gboolean
frees_place (const ZcDossierAct *act)
{
  ZcState state = act->next.state;

  if (state == ZC_STATE_ABANDONED)
    return TRUE;
  return zc_business_is_one_open_per_person (act->dossier->business)
         && (state == ZC_STATE_PASSED || state == ZC_STATE_REFUSED || state == ZC_STATE_EXPIRED);
}

/* A hand-over asks somebody anew, or nobody; accepting and releasing change nothing of it. */
static gboolean
hands_over (const ZcDossierAct *act)
{
  return act->act != ZC_ACT_ACCEPT && act->act != ZC_ACT_RELEASE;
}

/* Beyond the unit: what is decided there settles where the dossier goes (decisions 4). */
static gboolean
decides_above (const ZcDossierAct *act)
{
  gboolean decides = act->act == ZC_ACT_APPROVE || act->act == ZC_ACT_RETURN
                     || act->act == ZC_ACT_RETURN_BACK || act->act == ZC_ACT_REFUSE;

  return decides && act->dossier->stage != ZC_STAGE_UNIT;
}

/* The department that has it after the act; NULL: none, or as before. */
static const char *
find_department (const ZcDossierAct *act)
{
  return act->next.stage == ZC_STAGE_DEPARTMENT && act->back_body != NULL ? act->back_body
                                                                          : act->department;
}

static gboolean
write_dossier (const ZcDossierAct *act,
               const ZcRequest *request,
               ZcStore *store,
               const char *body,
               GError **error)
{
  const ZcDossier *dossier = act->dossier;
  gboolean accepts = act->act == ZC_ACT_ACCEPT;
  gboolean submits = act->act == ZC_ACT_SUBMIT;
  /* sent straight on, it passes no department this time, though it may have before it was returned
   */
  gboolean chooses_way = act->act == ZC_ACT_APPROVE && dossier->stage == ZC_STAGE_UNIT;
  ZcStage origin = submits                     ? ZC_STAGE_APPLICANT
                   : act->act == ZC_ACT_RETURN ? dossier->stage
                                               : dossier->origin;

  return zc_store_exec (
      store, error,
      "UPDATE dossier SET stage = $2, state = $3, origin = $4, left_first = $5, at_body = $6, "
      "holder = $7,"
      " held_at = $8, department = CASE WHEN $13 = 1 THEN $9 ELSE COALESCE ($9, department) END,"
      " submissions = submissions + $10,"
      " submitted_at = CASE WHEN $10 = 1 THEN $11 ELSE submitted_at END,"
      " exclusive_key = CASE WHEN $12 = 1 THEN NULL ELSE exclusive_key END,"
      " assigned = CASE WHEN $14 = 1 THEN $15 ELSE assigned END,"
      " decided_above = CASE WHEN $16 = 1 THEN 1 ELSE decided_above END,"
      " unit_name = COALESCE ((SELECT b.name FROM body b WHERE b.id = dossier.unit),"
      " (SELECT r.name FROM registration r WHERE r.dossier = dossier.id)),"
      " version = version + 1, updated_at = $11 WHERE id = $1",
      ZC_TEXT (dossier->id), ZC_TEXT (zc_stage_to_string (act->next.stage)),
      ZC_TEXT (zc_state_to_string (act->next.state)), ZC_TEXT (zc_stage_to_string (origin)),
      ZC_INT (reckon_left_first (act)), ZC_TEXT (body),
      ZC_TEXT (accepts ? request->caller.membership : NULL),
      accepts ? ZC_INT (request->received) : ZC_NULL, ZC_TEXT (find_department (act)),
      ZC_INT (submits), ZC_INT (request->received), ZC_INT (frees_place (act)),
      ZC_INT (chooses_way), ZC_INT (hands_over (act)),
      ZC_TEXT (act->person != NULL ? act->person : act->back_person), ZC_INT (decides_above (act)));
}

/* Whom it reaches may see it, up to this submission; a withdrawn one is nobody's to see (S3.1.3b,
 * S3.1.5a). */
static gboolean
write_reach (const ZcDossierAct *act,
             const ZcRequest *request,
             ZcStore *store,
             const char *body,
             GError **error)
{
  int submission = act->submission != NULL ? act->submission->number : act->dossier->submissions;

  if (act->act == ZC_ACT_WITHDRAW)
    return zc_store_exec (store, error, "DELETE FROM reach WHERE dossier = $1 AND submission = $2",
                          ZC_TEXT (act->dossier->id), ZC_INT (submission));
  if (body == NULL)
    return TRUE;
  return zc_store_exec (store, error,
                        "INSERT INTO reach (dossier, body, submission, at) VALUES ($1, $2, $3, $4)"
                        " ON CONFLICT (dossier, body) DO UPDATE SET submission = "
                        "excluded.submission, at = excluded.at",
                        ZC_TEXT (act->dossier->id), ZC_TEXT (body), ZC_INT (submission),
                        ZC_INT (request->received));
}

static char *
make_payload (const ZcDossierAct *act, ZcRows *rows)
{
  GString *text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", zc_rows_text (rows, 0));
  zc_json_add_string (&writer, "body", zc_rows_text (rows, 1));
  zc_json_add_string (&writer, "opinion", act->opinion);
  zc_json_add_string (&writer, "code", act->code);
  if (act->notes != NULL)
    zc_json_add_value (&writer, "notes", act->notes);
  zc_json_end_object (&writer);
  return g_string_free_and_steal (text);
}

static char *
find_payload (const ZcDossierAct *act, const ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT a.name, b.name FROM account a LEFT JOIN body b ON b.id = $2 WHERE a.id = $1",
      ZC_TEXT (request->caller.account), ZC_TEXT (request->caller.body));
  g_autofree char *payload = NULL;

  if (zc_rows_next (rows))
    payload = make_payload (act, rows);
  return zc_rows_end (rows, error) ? g_steal_pointer (&payload) : NULL;
}

/* What or whom the act is about, beside the dossier. */
static const char *
find_subject (const ZcDossierAct *act)
{
  if (act->submission != NULL)
    return act->submission->receipt;
  return act->act == ZC_ACT_ASSIGN ? act->person : act->department;
}

static gboolean
write_event (const ZcDossierAct *act, const ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcDossier *dossier = act->dossier;
  g_autofree char *payload = find_payload (act, request, store, error);
  ZcEvent event = {
    .at = request->received,
    .act = zc_act_to_string (act->act),
    .dossier = dossier->id,
    .account = request->caller.account,
    .body = request->caller.body,
    .role = request->caller.body_kind != NULL ? request->caller.body_kind : "applicant",
    .from_stage = zc_stage_to_string (dossier->stage),
    .from_state = zc_state_to_string (dossier->state),
    .to_stage = zc_stage_to_string (act->next.stage),
    .to_state = zc_state_to_string (act->next.state),
    .subject = find_subject (act),
    .payload = payload,
  };

  return payload != NULL && zc_event_append (request->server, store, &event, NULL, error);
}

/* Its owner, the body it left and the body it came to. */
static gboolean
tell (const ZcDossierAct *act,
      const ZcRequest *request,
      ZcStore *store,
      const char *body,
      GError **error)
{
  const ZcDossier *dossier = act->dossier;
  gboolean leaves = dossier->at_body != NULL && g_strcmp0 (dossier->at_body, body) != 0;
  gint64 version = dossier->version + 1;

  return zc_dossier_tell (dossier, store, body, version, FALSE, request->received, error)
         && (!leaves
             || zc_change_body (store, dossier->at_body, dossier->id, version,
                                act->act == ZC_ACT_WITHDRAW, request->received, error));
}

/* What was submitted, and as which body somebody asks to be taken in: a queue finds it by that name (U3). */
static gboolean
write_submission (ZcDossierAct *act, const ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcDossier *dossier = act->dossier;

  return act->submission == NULL
         || (zc_submission_write (act->submission, request->server, store, act->dossier, error)
             && zc_admission_note (dossier, act->submission, store, error)
             && zc_amendment_note (dossier, act->submission, request->received, store, error));
}

/* What an act brings about beyond its dossier. */
static gboolean
write_effects (const ZcDossierAct *act, const ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcDossier *dossier = act->dossier;

  return act->next.state != ZC_STATE_PASSED
         || (zc_admission_make (dossier, request, store, error)
             && zc_amendment_make (dossier, request, store, error));
}

/**
 * zc_dossier_act_write:
 * @act: worked out
 * @request: the POST
 * @store: the writer's
 * @written: (out): %FALSE: it was worked out from something that is no more; nothing was written
 * @error: of the store; credit-code-taken, head-unknown of what would take in a body, not-a-leader,
 * head-unknown, head-below of what would change one
 *
 * Returns: whether the store did its part
 */
gboolean
zc_dossier_act_write (
    ZcDossierAct *act, ZcRequest *request, ZcStore *store, gboolean *written, GError **error)
{
  const char *body = find_next_body (act);

  if (!still_stands (act, store, written, error))
    return FALSE;
  if (!*written)
    return TRUE;
  if (!check_recipient (act, request->received, store, error))
    return FALSE;
  return write_submission (act, request, store, error)
         && write_dossier (act, request, store, body, error)
         && write_reach (act, request, store, body, error)
         && write_event (act, request, store, error)
         && write_effects (act, request, store, error)
         && zc_title_follow (act->dossier, &act->next, request, store, error)
         && tell (act, request, store, body, error);
}

void
zc_dossier_act_free (ZcDossierAct *act)
{
  g_clear_pointer (&act->dossier, zc_dossier_free);
  g_free (act->back_body);
  g_free (act->back_person);
  g_clear_pointer (&act->stored, zc_stored_answers_free);
  g_clear_pointer (&act->submission, zc_submission_free);
  g_free (act);
}
