/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-admission.h"
#include "zc-body-change.h"
#include "zc-head.h"
#include "zc-id.h"
#include "zc-server.h"

/* Taking in the bodies that registered. That a credit code is one body's is the work of a unique
 * index: many may ask for the same, the office decides which of them is the unit. */

static gboolean
refuse_taken (GError **error)
{
  zc_refusal_set (error, ZC_REFUSAL_CREDIT_CODE_TAKEN, "a body has that credit code");
  return FALSE;
}

/* Told when it is submitted, so that nobody waits for what cannot pass. */
static gboolean
check_free (ZcStore *store, const char *credit_code, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT 1 FROM body WHERE credit_code = $1", ZC_TEXT (credit_code));
  gboolean taken = zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  return !taken || refuse_taken (error);
}

/**
 * zc_admission_note:
 * @dossier: what is submitted
 * @submission: as it is sent
 * @store: the writer's
 * @error: credit-code-taken, head-unknown
 *
 * Notes as what a body asks to be taken in: name, credit code and seal (U1), and of which unit it is
 * a branch (U2); nothing of a business that takes in none.
 *
 * Returns: whether it may be submitted
 */
gboolean
zc_admission_note (const ZcDossier *dossier,
                   const ZcSubmission *submission,
                   ZcStore *store,
                   GError **error)
{
  const ZcAdmission *admission = zc_business_get_admission (dossier->business);
  g_autoptr (ZcStoredAnswers) sent = NULL;
  g_autofree char *head = NULL;
  const char *credit_code;

  if (admission == NULL)
    return TRUE;
  sent = zc_submission_answers (submission, dossier);
  credit_code = zc_answer_place_get_text (&admission->credit_code, sent->sections);
  return check_free (store, credit_code, error)
         && zc_head_find (store, zc_answer_place_get_text (&admission->head, sent->sections), NULL,
                          &head, error)
         && zc_store_exec (
             store, error,
             "INSERT INTO registration (dossier, name, credit_code, seal, head)"
             " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (dossier) DO UPDATE SET name = "
             "excluded.name,"
             " credit_code = excluded.credit_code, seal = excluded.seal, head = excluded.head",
             ZC_TEXT (dossier->id),
             ZC_TEXT (zc_answer_place_get_text (&admission->name, sent->sections)),
             ZC_TEXT (credit_code),
             ZC_TEXT (zc_answer_place_get_image (&admission->seal, sent->sections)),
             ZC_TEXT (head));
}

/* It reports to the office that took it in, and lies in that office's region. */
static gboolean
make_body (const ZcDossier *dossier,
           const char *kind,
           const char *body,
           ZcTime now,
           ZcStore *store,
           GError **error)
{
  return zc_store_exec (
             store, error,
             "INSERT INTO body (id, kind, name, credit_code, region, office, created_at,"
             " head)"
             " SELECT $1, $2, r.name, r.credit_code, o.region, o.id, CAST ($3 AS BIGINT),"
             " r.head"
             " FROM registration r, body o WHERE r.dossier = $4 AND o.id = $5"
             " ON CONFLICT (credit_code) DO NOTHING",
             ZC_TEXT (body), ZC_TEXT (kind), ZC_INT (now), ZC_TEXT (dossier->id),
             ZC_TEXT (dossier->office.id))
         && (zc_store_changes (store) > 0 || refuse_taken (error));
}

static gboolean
make_leader (const ZcDossier *dossier, const char *body, ZcTime now, ZcStore *store, GError **error)
{
  g_autofree char *membership = zc_id_new ();

  return zc_store_exec (store, error,
                        "INSERT INTO membership (id, account, body, role, from_at)"
                        " VALUES ($1, $2, $3, 'leader', $4)",
                        ZC_TEXT (membership), ZC_TEXT (dossier->account), ZC_TEXT (body),
                        ZC_INT (now));
}

/* The first name, seal and head begin the body's log (U2). */
static gboolean
record (const ZcDossier *dossier,
        const ZcEvent *event,
        const ZcRequest *request,
        ZcStore *store,
        GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT name, seal, head FROM registration WHERE dossier = $1", ZC_TEXT (dossier->id));
  gboolean noted = zc_rows_next (rows);
  g_autofree char *name = noted ? zc_rows_dup_text (rows, 0) : NULL;
  g_autofree char *seal = noted ? zc_rows_dup_text (rows, 1) : NULL;
  g_autofree char *head = noted ? zc_rows_dup_text (rows, 2) : NULL;
  const ZcBodyChange first
      = { .name = name, .seal = seal, .moves = head != NULL, .head = head, .made = TRUE };

  return zc_rows_end (rows, error)
         && zc_body_change_write (&first, event, dossier, request, store, error);
}

/**
 * zc_admission_make:
 * @dossier: what has passed
 * @request: by whose decision
 * @store: the writer's, in the transaction of the act
 * @error: credit-code-taken: another with the same code was faster
 *
 * Makes the body that registered and its registrant the first leader (U1), and records both.
 *
 * Returns: whether it is done, or there was nothing to do
 */
gboolean
zc_admission_make (const ZcDossier *dossier,
                   const ZcRequest *request,
                   ZcStore *store,
                   GError **error)
{
  const ZcAdmission *admission = zc_business_get_admission (dossier->business);
  g_autofree char *body = zc_id_new ();
  ZcEvent event = {
    .at = request->received,
    .act = "body-admitted",
    .account = dossier->account,
    .body = body,
    .role = request->caller.body_kind,
    .subject = dossier->id,
  };

  return admission == NULL
         || (make_body (dossier, admission->kind, body, request->received, store, error)
             && make_leader (dossier, body, request->received, store, error)
             && zc_store_exec (store, error, "UPDATE registration SET body = $2 WHERE dossier = $1",
                               ZC_TEXT (dossier->id), ZC_TEXT (body))
             && record (dossier, &event, request, store, error));
}

static void
write_head (ZcRows *rows, int column, ZcJsonWriter *writer)
{
  if (zc_rows_is_null (rows, column))
    {
      zc_json_add_string (writer, "head", NULL);
      return;
    }
  zc_json_begin_object (writer, "head");
  zc_json_add_string (writer, "name", zc_rows_text (rows, column));
  zc_json_add_string (writer, "credit_code", zc_rows_text (rows, column + 1));
  zc_json_end_object (writer);
}

/**
 * zc_admission_write:
 * @dossier: a dossier
 * @store: where
 * @writer: where to
 * @error: of the store
 *
 * Writes the member "registers": {"name", "credit_code", "head", "body"} as last submitted, else null.
 *
 * Returns: whether it could be read
 */
gboolean
zc_admission_write (const ZcDossier *dossier, ZcStore *store, ZcJsonWriter *writer, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (zc_business_get_admission (dossier->business) == NULL)
    {
      zc_json_add_string (writer, "registers", NULL);
      return TRUE;
    }
  rows = zc_store_query (store,
                         "SELECT r.name, r.credit_code, r.body, h.name, h.credit_code"
                         " FROM registration r LEFT JOIN body h ON h.id = r.head"
                         " WHERE r.dossier = $1",
                         ZC_TEXT (dossier->id));
  if (zc_rows_next (rows))
    {
      zc_json_begin_object (writer, "registers");
      zc_json_add_string (writer, "name", zc_rows_text (rows, 0));
      zc_json_add_string (writer, "credit_code", zc_rows_text (rows, 1));
      write_head (rows, 3, writer);
      zc_json_add_string (writer, "body", zc_rows_text (rows, 2));
      zc_json_end_object (writer);
    }
  else
    zc_json_add_string (writer, "registers", NULL);
  return zc_rows_end (rows, error);
}
