/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-change.h"
#include "zc-server.h"
#include "zc-submission.h"
#include "zc-title.h"

/* Whether an applicant holds a title. Like all that forms take from the account it is found out when it is read, and frozen
 * once the dossier is sent (decisions 15). The server knows of the titles that were granted through it: the person's other
 * dossiers addressed to a level that have been granted. What they gained elsewhere it learns when that is confirmed here, by a
 * dossier of such a kind too; what they merely say is an answer, which a form asks for by a field of its own. */

static gboolean
was_granted (ZcRows *rows)
{
  ZcStage stage;
  ZcState state;

  return zc_stage_from_string (zc_rows_text (rows, 0), &stage)
         && zc_state_from_string (zc_rows_text (rows, 1), &state)
         && zc_workflow_has_granted (stage, state);
}

static gboolean
find_granted (const ZcDossier *dossier, ZcStore *store, gboolean *held, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT stage, state FROM dossier WHERE account = $1 AND id <> $2 AND level IS NOT NULL",
      ZC_TEXT (dossier->account), ZC_TEXT (dossier->id));

  *held = FALSE;
  while (zc_rows_next (rows))
    *held = *held || was_granted (rows);
  return zc_rows_end (rows, error);
}

/* As it was sent. */
static gboolean
read_frozen (const ZcDossier *dossier,
             ZcServer *server,
             ZcStore *store,
             gboolean *held,
             GError **error)
{
  g_autoptr (ZcSubmission) submission
      = zc_submission_load (server, store, dossier->id, dossier->submissions, error);

  if (submission == NULL)
    return FALSE;
  *held = zc_submission_get_has_title (submission);
  return TRUE;
}

/**
 * zc_title_find:
 * @dossier: whose conditions are asked
 * @server: with its keys
 * @store: where
 * @held: (out): whether its applicant holds a title; %FALSE where the business does not ask
 * @error: of the store
 *
 * Returns: whether it could be found out
 */
gboolean
zc_title_find (const ZcDossier *dossier,
               ZcServer *server,
               ZcStore *store,
               gboolean *held,
               GError **error)
{
  *held = FALSE;
  if (!zc_business_asks_account (dossier->business))
    return TRUE;
  if (dossier->submissions == 0 || zc_workflow_is_editable (dossier->stage, dossier->state))
    return find_granted (dossier, store, held, error);
  return read_frozen (dossier, server, store, held, error);
}

/* What can be edited, sees the account as it is, and is of a business that asks: of @id alone, or all of its person but @id. */
static GPtrArray *
list_asking (const char *account,
             const char *id,
             gboolean alone,
             ZcRequest *request,
             ZcStore *store,
             GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_dossier_free);
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      ZC_DOSSIER_SELECT " FROM dossier d" ZC_DOSSIER_JOINS
                        " WHERE d.account = $1 AND (d.id = $2) = ($3 = 1) AND d.stage = $4",
      ZC_TEXT (account), ZC_TEXT (id), ZC_INT (alone),
      ZC_TEXT (zc_stage_to_string (ZC_STAGE_APPLICANT)));

  while (zc_rows_next (rows))
    {
      ZcDossier *dossier = zc_dossier_read (request, store, rows, error);

      if (dossier == NULL)
        return NULL;
      if (zc_workflow_is_editable (dossier->stage, dossier->state)
          && zc_business_asks_account (dossier->business))
        g_ptr_array_add (list, dossier);
      else
        zc_dossier_free (dossier);
    }
  return zc_rows_end (rows, error) ? g_steal_pointer (&list) : NULL;
}

static gboolean
judge (const ZcDossier *dossier, ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcStoredAnswers) stored
      = zc_stored_answers_load (request->server, store, dossier, NULL, request->received, error);

  return stored != NULL
         && zc_stored_answers_judge (stored, store, dossier->id, request->received, error);
}

/* Its version moves: what is asked for is another, so that a save or an act worked out before is worked out again, or seen to be
 * stale. */
static gboolean
move_version (const ZcDossier *dossier, ZcRequest *request, ZcStore *store, GError **error)
{
  return zc_store_exec (store, error, "UPDATE dossier SET version = version + 1 WHERE id = $1",
                        ZC_TEXT (dossier->id))
         && zc_change_account (store, dossier->account, dossier->id, dossier->version + 1, FALSE,
                               request->received, error);
}

/**
 * zc_title_follow:
 * @dossier: before the act
 * @next: where the act led
 * @request: whose moment counts
 * @store: the writer's
 * @error: of the store
 *
 * Once a title is granted, the person's other drafts are judged anew, and they hear of it; a dossier
 * that comes back to them sees the account as it is now, not as it was when it was sent.
 *
 * Returns: whether the store did its part
 */
gboolean
zc_title_follow (const ZcDossier *dossier,
                 const ZcWorkflowNext *next,
                 ZcRequest *request,
                 ZcStore *store,
                 GError **error)
{
  gboolean back = zc_workflow_is_editable (next->stage, next->state);
  gboolean grants = dossier->level.id != NULL && zc_workflow_has_granted (next->stage, next->state)
                    && !zc_workflow_has_granted (dossier->stage, dossier->state);
  g_autoptr (GPtrArray) list = NULL;

  if (!back && !grants)
    return TRUE;
  list = list_asking (dossier->account, dossier->id, back, request, store, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!judge (list->pdata[i], request, store, error)
        || (grants && !move_version (list->pdata[i], request, store, error)))
      return FALSE;
  return list != NULL;
}
