/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier-notes.h"
#include "zc-handlers.h"
#include "zc-reading.h"
#include "zc-server.h"
#include "zc-submission.h"

/* What happened to a dossier, hop by hop with opinions, and its submissions as they were frozen
 * (S3.5.4, B1). */

static void
write_place (ZcJsonWriter *writer, const char *key, const char *stage, const char *state)
{
  if (stage == NULL)
    {
      zc_json_add_string (writer, key, NULL);
      return;
    }
  zc_json_begin_object (writer, key);
  zc_json_add_string (writer, "stage", stage);
  zc_json_add_string (writer, "state", state);
  zc_json_end_object (writer);
}

/* The applicant sees as which party somebody acted and for which body; names are for colleagues of
 * that body (contract). The applicant's own name is known to all who may see the dossier. */
static void
write_by (ZcJsonWriter *writer,
          const ZcRequest *request,
          const char *role,
          const char *body,
          const ZcJsonValue *payload)
{
  gboolean named = body == NULL || g_strcmp0 (body, request->caller.body) == 0;

  zc_json_begin_object (writer, "by");
  zc_json_add_string (writer, "role", role);
  zc_json_add_string (writer, "body", zc_json_get_string (payload, "body"));
  zc_json_add_string (writer, "name", named ? zc_json_get_string (payload, "name") : NULL);
  zc_json_end_object (writer);
}

static gboolean
write_item (ZcJsonWriter *writer,
            ZcRequest *request,
            ZcStore *store,
            const ZcDossier *dossier,
            gint64 submission,
            ZcRows *rows,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *text
      = zc_event_payload (request->server, store, zc_rows_integer (rows, 0), &failure);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), &failure) : NULL;
  const ZcJsonValue *payload = json != NULL ? zc_json_root (json) : NULL;
  const ZcJsonValue *left = zc_json_get (payload, "left");
  gboolean submits = g_strcmp0 (zc_rows_text (rows, 2), "submit") == 0;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  zc_json_begin_object (writer, NULL);
  zc_json_add_integer (writer, "seq", zc_rows_integer (rows, 0));
  zc_json_add_time (writer, "at", zc_rows_integer (rows, 1));
  zc_json_add_string (writer, "act", zc_rows_text (rows, 2));
  write_place (writer, "from", zc_rows_text (rows, 3), zc_rows_text (rows, 4));
  write_place (writer, "to", zc_rows_text (rows, 5), zc_rows_text (rows, 6));
  write_by (writer, request, zc_rows_text (rows, 7), zc_rows_text (rows, 8), payload);
  zc_json_add_string (writer, "opinion", zc_json_get_string (payload, "opinion"));
  zc_json_add_string (writer, "code", zc_json_get_string (payload, "code"));
  zc_dossier_notes_write (dossier, submission, zc_json_get (payload, "notes"), writer);
  zc_json_add_string (writer, "receipt", submits ? zc_rows_text (rows, 9) : NULL);
  if (left != NULL)
    zc_json_add_value (writer, "left", left);
  zc_json_end_object (writer);
  return TRUE;
}

/* Acts are the events that lead somewhere: what was merely saved or read is not told here. That a draft
 * went over to a newer form is its owner's to know, as what found no place in it is (decisions 16);
 * how a body divides its work is none of the owner's. */
static gboolean
write_items (ZcJsonWriter *writer,
             ZcRequest *request,
             ZcStore *store,
             const ZcDossier *dossier,
             GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store,
                                            "SELECT seq, at, act, from_stage, from_state, "
                                            "to_stage, to_state, role, body, subject FROM event"
                                            " WHERE dossier = $1 AND act IN ('submit', 'withdraw', "
                                            "'abandon', 'accept', 'release', 'approve', 'return',"
                                            " 'return-back', 'refuse', 'expire',"
                                            " CASE WHEN $2 = 1 THEN 'update-form' ELSE 'assign' END)"
                                            " ORDER BY seq",
                                            ZC_TEXT (dossier->id),
                                            ZC_INT (zc_dossier_is_owner (dossier)));
  gint64 submission = 0;

  zc_json_begin_array (writer, "items");
  while (zc_rows_next (rows))
    {
      submission += g_strcmp0 (zc_rows_text (rows, 2), "submit") == 0 ? 1 : 0;
      if (!write_item (writer, request, store, dossier, submission, rows, error))
        return FALSE;
    }
  zc_json_end_array (writer);
  return zc_rows_end (rows, error);
}

static gboolean
is_over (const ZcDossier *dossier)
{
  return dossier->state == ZC_STATE_PASSED;
}

static void
write_stage (ZcJsonWriter *writer, const char *id, const char *status)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", id);
  zc_json_add_string (writer, "status", status);
  zc_json_end_object (writer);
}

/* The bar from left to right: the right-most tick is where it stands. A department that it did not
 * pass is skipped. */
static void
write_stages (ZcJsonWriter *writer, const ZcDossier *dossier)
{
  const char *const *stages = zc_business_get_stages (dossier->business);
  gboolean before = dossier->stage != ZC_STAGE_APPLICANT;
  ZcStage stage = ZC_STAGE_APPLICANT;

  zc_json_begin_array (writer, "stages");
  write_stage (writer, zc_stage_to_string (ZC_STAGE_APPLICANT), before ? "done" : "current");
  for (guint i = 0; stages[i] != NULL; i++)
    {
      gboolean here = zc_stage_from_string (stages[i], &stage) && stage == dossier->stage;

      if (here)
        before = FALSE;
      if (here && !is_over (dossier))
        write_stage (writer, stages[i], "current");
      else if (before && stage == ZC_STAGE_DEPARTMENT && dossier->department == NULL)
        write_stage (writer, stages[i], "skipped");
      else
        write_stage (writer, stages[i], before || is_over (dossier) ? "done" : "ahead");
    }
  zc_json_end_array (writer);
}

ZcReply *
zc_handle_history_get (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load (request, store, error);
  g_autoptr (ZcReply) reply = NULL;
  ZcJsonWriter writer;

  if (dossier == NULL
      || !zc_reading_note (request, ZC_READING_FORM, dossier->id, store, error))
    return NULL;
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  if (!write_items (&writer, request, store, dossier, error))
    return NULL;
  write_stages (&writer, dossier);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

/* From 1 to @most, in the one spelling that a path has. */
static gboolean
read_number (const ZcRequest *request, int most, int *number)
{
  const char *text = zc_request_param (request, "n");
  guint64 value;

  if (text[0] == '0' || most == 0
      || !g_ascii_string_to_unsigned (text, 10, 1, (guint64)most, &value, NULL))
    return FALSE;
  *number = (int)value;
  return TRUE;
}

ZcReply *
zc_handle_revision_get (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load (request, store, error);
  g_autoptr (ZcSubmission) submission = NULL;
  g_autoptr (ZcReply) reply = NULL;
  ZcJsonWriter writer;
  int number;

  if (dossier == NULL)
    return NULL;
  if (!read_number (request, zc_dossier_is_owner (dossier) ? dossier->submissions : dossier->seen,
                    &number))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such submission");
      return NULL;
    }
  if (!zc_reading_note (request, ZC_READING_WHOLE, dossier->id, store, error))
    return NULL;
  submission = zc_submission_load (request->server, store, dossier->id, number, error);
  if (submission == NULL)
    return NULL;
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "number", submission->receipt);
  zc_json_add_integer (&writer, "revision", submission->number);
  zc_json_add_time (&writer, "submitted_at", submission->submitted_at);
  zc_json_add_string (&writer, "digest", submission->digest);
  zc_json_add_raw (&writer, "content", submission->content);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}
