/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-form.h"
#include "zc-handlers.h"
#include "zc-id.h"
#include "zc-kept.h"
#include "zc-reading.h"
#include "zc-server.h"
#include "zc-stored-answers.h"
#include "zc-target.h"

/* Beginning, reading, addressing and deleting dossiers. */

/* Refuses when another dossier holds the place, and tells which. */
static gboolean
check_place (
    const ZcBusiness *business, ZcStore *store, const char *key, const char *own, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT id FROM dossier WHERE exclusive_key = $1 AND id <> $2",
                        ZC_TEXT (key), ZC_TEXT (own));
  g_autofree char *existing = NULL;
  GError *refusal;

  if (zc_rows_next (rows))
    existing = zc_rows_dup_text (rows, 0);
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (existing == NULL)
    return TRUE;
  refusal = zc_refusal_new (zc_business_is_one_open_per_person (business) ? ZC_REFUSAL_ONE_OPEN
                                                                          : ZC_REFUSAL_ONE_SERIES,
                            "dossier %s holds the place", existing);
  zc_refusal_set_existing (refusal, existing);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
insert_dossier (const ZcRequest *request,
                ZcStore *store,
                const char *id,
                const ZcBusiness *business,
                const ZcTarget *target,
                GError **error)
{
  g_autofree char *key = zc_dossier_place_key (business, request->caller.account, target->year);

  return check_place (business, store, key, id, error)
         && zc_store_exec (
             store, error,
             "INSERT INTO dossier (id, account, business, revision, year, unit, office, committee, "
             "series, level,"
             " stage, state, exclusive_key, name, masked, created_at, updated_at, rank)"
             " SELECT $1, a.id, $3, CAST ($4 AS BIGINT), CAST ($5 AS BIGINT), $6, $7, $8, $9, $10, "
             "$11, $12, $13,"
             " a.name, a.id_masked, CAST ($14 AS BIGINT), CAST ($14 AS BIGINT),"
             " COALESCE ((SELECT l.position FROM level l WHERE l.id = $10), 0) FROM account a "
             "WHERE a.id = $2",
             ZC_TEXT (id), ZC_TEXT (request->caller.account),
             ZC_TEXT (zc_business_get_id (business)), ZC_INT (zc_business_get_revision (business)),
             ZC_INT (target->year), ZC_TEXT (target->unit), ZC_TEXT (target->office),
             ZC_TEXT (target->committee), ZC_TEXT (target->series), ZC_TEXT (target->level),
             ZC_TEXT (zc_stage_to_string (ZC_STAGE_APPLICANT)),
             ZC_TEXT (zc_state_to_string (ZC_STATE_DRAFT)), ZC_TEXT (key),
             ZC_INT (request->received));
}

/* Every section gets its row at version 0, judged as it stands: empty. */
static gboolean
begin_sections (ZcRequest *request, ZcStore *store, const char *id, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load_id (request, store, id, error);
  g_autoptr (ZcStoredAnswers) stored = NULL;

  if (dossier == NULL)
    return FALSE;
  stored = zc_stored_answers_load (request->server, store, dossier, NULL, request->received, error);
  return stored != NULL && zc_stored_answers_judge (stored, store, id, request->received, error)
         && zc_dossier_tell (dossier, store, NULL, dossier->version, FALSE, request->received,
                             error);
}

/* A business that there is not is a wrong choice like any other. */
static const ZcBusiness *
find_business (const ZcRequest *request, ZcStore *store, GError **error)
{
  const char *id = zc_json_get_string (zc_request_body (request), "business");
  g_autoptr (GError) failure = NULL;
  const ZcBusiness *business
      = zc_businesses_get (request->server->businesses, store, id, 0, &failure);

  if (g_error_matches (failure, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND))
    zc_refusal_set (error, ZC_REFUSAL_TARGET, "no such business");
  else if (business == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return business;
}

static gboolean
refuse (ZcRefusal code, const char *detail, GError **error)
{
  zc_refusal_set (error, code, "%s", detail);
  return FALSE;
}

/* The caller's own dossier of this business; *source NULL: begun from nothing. */
static gboolean
load_source (ZcRequest *request,
             ZcStore *store,
             const ZcBusiness *business,
             ZcDossier **source,
             GError **error)
{
  const char *id = zc_json_get_string (zc_request_body (request), "copy_from");
  g_autoptr (ZcDossier) dossier
      = id != NULL ? zc_dossier_load_id (request, store, id, error) : NULL;

  if (id == NULL)
    return TRUE;
  if (dossier == NULL)
    return FALSE;
  if (!zc_form_may_copy (dossier))
    return refuse (ZC_REFUSAL_NOT_ALLOWED, "a draft that was never submitted", error);
  if (!g_str_equal (dossier->business_id, zc_business_get_id (business)))
    return refuse (ZC_REFUSAL_TARGET, "copy_from: of another business", error);
  *source = g_steal_pointer (&dossier);
  return TRUE;
}

/* The new dossier, with the answers of @source if there is one (P27). */
static ZcReply *
reply_begun (
    ZcRequest *request, ZcStore *store, const char *id, const ZcDossier *source, GError **error)
{
  g_autoptr (ZcDossier) begun = zc_dossier_load_id (request, store, id, error);
  g_autofree char *left = NULL;

  if (begun == NULL || source == NULL)
    return begun != NULL ? zc_dossier_reply_loaded (begun, request, store, 201, error) : NULL;
  if (!zc_form_copy (source, begun, request, store, &left, error))
    return NULL;
  g_clear_pointer (&begun, zc_dossier_free);
  begun = zc_dossier_load_id (request, store, id, error);
  if (begun == NULL)
    return NULL;
  begun->left = g_steal_pointer (&left);
  return zc_dossier_reply_loaded (begun, request, store, 201, error);
}

ZcReply *
zc_handle_dossier_post (ZcRequest *request, ZcStore *store, GError **error)
{
  static const ZcJsonMember members[] = {
    { "business", ZC_JSON_STRING, TRUE },
    { "target", ZC_JSON_OBJECT, TRUE },
    { "copy_from", ZC_JSON_STRING, FALSE },
  };
  const ZcJsonValue *body = zc_request_body (request);
  g_autofree char *id = zc_id_new ();
  g_autoptr (ZcTarget) target = NULL;
  g_autoptr (ZcDossier) source = NULL;
  const ZcBusiness *business;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return NULL;
  business = find_business (request, store, error);
  if (business == NULL || !load_source (request, store, business, &source, error))
    return NULL;
  target = zc_target_read (request, store, business, zc_json_get (body, "target"), error);
  if (target == NULL || !insert_dossier (request, store, id, business, target, error)
      || !begin_sections (request, store, id, error)
      || !zc_event_note (request, store, "begin", id, source != NULL ? source->id : NULL, error))
    return NULL;
  return reply_begun (request, store, id, source, error);
}

ZcReply *
zc_handle_dossier_get (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load (request, store, error);

  if (dossier == NULL
      || !zc_reading_note (request, ZC_READING_FORM, dossier->id, store, error))
    return NULL;
  return zc_dossier_reply_loaded (dossier, request, store, 200, error);
}

/* Only what was never submitted can be deleted (decisions 5). */
static gboolean
check_untouched (const ZcDossier *dossier, ZcTime now, GError **error)
{
  if (!zc_dossier_is_owner (dossier) || !zc_dossier_is_editable (dossier, now)
      || dossier->submissions > 0)
    return refuse (ZC_REFUSAL_NOT_EDITABLE, "it has been submitted", error);
  return TRUE;
}

ZcReply *
zc_handle_dossier_delete (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load (request, store, error);

  if (dossier == NULL || !check_untouched (dossier, request->received, error))
    return NULL;
  if (!zc_store_exec (store, error, "DELETE FROM section_image WHERE dossier = $1",
                      ZC_TEXT (dossier->id))
      || !zc_store_exec (store, error,
                         "DELETE FROM event_payload WHERE seq IN (SELECT seq FROM event"
                         " WHERE dossier = $1 AND act = 'update-form')",
                         ZC_TEXT (dossier->id))
      || !zc_store_exec (store, error, "DELETE FROM section WHERE dossier = $1",
                         ZC_TEXT (dossier->id))
      || !zc_store_exec (store, error, "DELETE FROM dossier WHERE id = $1", ZC_TEXT (dossier->id))
      || !zc_event_note (request, store, "delete", dossier->id, NULL, error)
      || !zc_change_account (store, dossier->account, dossier->id, dossier->version, TRUE,
                             request->received, error))
    return NULL;
  return zc_reply_new (204);
}

static gboolean
check_retarget (const ZcDossier *dossier, ZcTime now, GError **error)
{
  if (zc_dossier_may_retarget (dossier, now))
    return TRUE;
  return refuse (ZC_REFUSAL_NOT_EDITABLE,
                 dossier->decided_above ? "somebody above the unit has decided"
                                        : "it has been submitted",
                 error);
}

/* What the former unit wrote stays with it; the new one begins with what it wrote itself, if it was
 * chosen before (decisions 4). */
static gboolean
hand_over (ZcStore *store, const ZcDossier *dossier, const char *unit, GError **error)
{
  g_autofree char *aside = g_strconcat (dossier->unit.id, "/", NULL);
  g_autofree char *back = g_strconcat (unit, "/", NULL);

  if (g_strcmp0 (dossier->unit.id, unit) == 0 || dossier->submissions == 0)
    return TRUE;
  return zc_store_exec (store, error,
                        "UPDATE section SET id = $2 || id WHERE dossier = $1 AND fills = 'unit'"
                        " AND id NOT LIKE '%/%'",
                        ZC_TEXT (dossier->id), ZC_TEXT (aside))
         && zc_store_exec (store, error,
                           "UPDATE section_image SET section = $2 || section WHERE dossier = $1"
                           " AND EXISTS (SELECT 1 FROM section s WHERE s.dossier = $1"
                           " AND s.id = $2 || section_image.section)",
                           ZC_TEXT (dossier->id), ZC_TEXT (aside))
         && zc_store_exec (store, error,
                           "UPDATE section SET id = substr (id, length ($2) + 1) WHERE dossier = $1"
                           " AND substr (id, 1, length ($2)) = $2",
                           ZC_TEXT (dossier->id), ZC_TEXT (back))
         && zc_store_exec (store, error,
                           "UPDATE section_image SET section = substr (section, length ($2) + 1)"
                           " WHERE dossier = $1 AND substr (section, 1, length ($2)) = $2",
                           ZC_TEXT (dossier->id), ZC_TEXT (back));
}

static gboolean
write_target (const ZcRequest *request,
              ZcStore *store,
              const ZcDossier *dossier,
              const ZcTarget *target,
              GError **error)
{
  g_autofree char *key = zc_dossier_place_key (dossier->business, dossier->account, target->year);

  return check_place (dossier->business, store, key, dossier->id, error)
         && hand_over (store, dossier, target->unit, error)
         && zc_store_exec (
             store, error,
             "UPDATE dossier SET unit = $2, series = $3, level = $4, committee = $5, office = $6, "
             "year = $7,"
             " rank = COALESCE ((SELECT l.position FROM level l WHERE l.id = $4), 0),"
             " exclusive_key = $8, version = version + 1, updated_at = $9 WHERE id = $1",
             ZC_TEXT (dossier->id), ZC_TEXT (target->unit), ZC_TEXT (target->series),
             ZC_TEXT (target->level), ZC_TEXT (target->committee), ZC_TEXT (target->office),
             ZC_INT (target->year), ZC_TEXT (key), ZC_INT (request->received));
}

/* What is required can depend on the target: every section is judged anew, nothing typed is touched;
 * what is no longer asked for is told (S3.1.2e). */
static gboolean
judge_again (ZcRequest *request,
             ZcStore *store,
             const ZcStoredAnswers *before,
             const char *id,
             char **kept,
             GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load_id (request, store, id, error);
  g_autoptr (ZcStoredAnswers) stored = NULL;

  if (dossier == NULL)
    return FALSE;
  stored = zc_stored_answers_load (request->server, store, dossier, NULL, request->received, error);
  if (stored == NULL)
    return FALSE;
  *kept = zc_kept_to_json (&before->answers, &stored->answers);
  return zc_stored_answers_judge (stored, store, id, request->received, error)
         && zc_dossier_tell (dossier, store, NULL, dossier->version, FALSE, request->received,
                             error);
}

static ZcReply *
reply_retargeted (ZcRequest *request, ZcStore *store, const char *id, char *kept, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load_id (request, store, id, error);

  if (dossier == NULL)
    return NULL;
  dossier->kept = g_strdup (kept);
  return zc_dossier_reply_loaded (dossier, request, store, 200, error);
}

/* The dossier that the path names, as the caller saw it, and theirs to address anew. */
static ZcDossier *
load_for_retarget (ZcRequest *request, ZcStore *store, GError **error)
{
  gint64 version = zc_json_get_integer (zc_request_body (request), "version", 0);
  g_autoptr (ZcDossier) dossier = zc_dossier_load (request, store, error);

  if (dossier == NULL || !check_retarget (dossier, request->received, error)
      || !zc_dossier_check_version (dossier, request, store, version, error))
    return NULL;
  return g_steal_pointer (&dossier);
}

ZcReply *
zc_handle_target_put (ZcRequest *request, ZcStore *store, GError **error)
{
  static const ZcJsonMember members[] = {
    { "version", ZC_JSON_INTEGER, TRUE },
    { "target", ZC_JSON_OBJECT, TRUE },
  };
  g_autoptr (ZcDossier) dossier = NULL;
  g_autoptr (ZcTarget) target = NULL;
  g_autoptr (ZcStoredAnswers) before = NULL;
  g_autofree char *kept = NULL;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return NULL;
  dossier = load_for_retarget (request, store, error);
  target = dossier != NULL
               ? zc_target_read (request, store, dossier->business,
                                 zc_json_get (zc_request_body (request), "target"), error)
               : NULL;
  if (target == NULL)
    return NULL;
  before = zc_stored_answers_load (request->server, store, dossier, NULL, request->received, error);
  if (before == NULL || !write_target (request, store, dossier, target, error)
      || !judge_again (request, store, before, dossier->id, &kept, error)
      || !zc_event_note (request, store, "retarget", dossier->id, NULL, error))
    return NULL;
  return reply_retargeted (request, store, dossier->id, kept, error);
}
