/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-amendment.h"
#include "zc-body-change.h"
#include "zc-head.h"
#include "zc-server.h"

/* Changing units that are there. Dossiers that were submitted before keep what they were submitted
 * with: names are frozen into each submission (decisions 15). */

/**
 * zc_amendment_check:
 * @business: what is filed
 * @unit: (nullable): the unit that it is about
 * @account: who files it
 * @now: when
 * @store: any connection
 * @error: not-a-leader
 *
 * Whoever asks to change a unit must lead it: when they begin, when they submit, and still when it
 * passes, as a leader who was shut out meanwhile speaks for nobody (U2).
 *
 * Returns: whether they may, or the business changes nothing
 */
gboolean
zc_amendment_check (const ZcBusiness *business,
                    const char *unit,
                    const char *account,
                    ZcTime now,
                    ZcStore *store,
                    GError **error)
{
  g_autoptr (ZcRows) rows = NULL;
  gboolean leads;

  if (zc_business_get_amendment (business) == NULL)
    return TRUE;
  rows = zc_store_query (
      store,
      "SELECT 1 FROM membership WHERE account = $1 AND body = $2 AND role = 'leader'"
      " AND from_at <= $3 AND (until_at IS NULL OR until_at > $3)",
      ZC_TEXT (account), ZC_TEXT (unit), ZC_INT (now));
  leads = zc_rows_next (rows);
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!leads)
    zc_refusal_set (error, ZC_REFUSAL_NOT_LEADER, "a leader of that unit files it");
  return leads;
}

/* *head stays NULL where it has none, or where heads are none of the business's. */
static gboolean
find_head (const ZcAmendment *amendment,
           const ZcStoredAnswers *sent,
           const ZcDossier *dossier,
           ZcStore *store,
           char **head,
           GError **error)
{
  return zc_head_find (store, zc_answer_place_get_text (&amendment->head, sent->sections),
                       dossier->unit.id, head, error);
}

/**
 * zc_amendment_note:
 * @dossier: what is submitted
 * @submission: as it is sent
 * @now: when
 * @store: the writer's
 * @error: not-a-leader, head-unknown, head-below
 *
 * Told when it is submitted, so that nobody waits for what cannot pass.
 *
 * Returns: whether it may be submitted; anything that changes no unit may
 */
gboolean
zc_amendment_note (const ZcDossier *dossier,
                   const ZcSubmission *submission,
                   ZcTime now,
                   ZcStore *store,
                   GError **error)
{
  const ZcAmendment *amendment = zc_business_get_amendment (dossier->business);
  g_autoptr (ZcStoredAnswers) sent = NULL;
  g_autofree char *head = NULL;

  if (amendment == NULL)
    return TRUE;
  sent = zc_submission_answers (submission, dossier);
  return zc_amendment_check (dossier->business, dossier->unit.id, dossier->account, now, store,
                             error)
         && find_head (amendment, sent, dossier, store, &head, error);
}

static gboolean
write_change (const ZcAmendment *amendment,
              const ZcDossier *dossier,
              const ZcRequest *request,
              ZcStore *store,
              GError **error)
{
  g_autoptr (ZcSubmission) submission
      = zc_submission_load (request->server, store, dossier->id, dossier->submissions, error);
  g_autoptr (ZcStoredAnswers) sent
      = submission != NULL ? zc_submission_answers (submission, dossier) : NULL;
  g_autofree char *head = NULL;
  ZcBodyChange change = { .moves = amendment->head.field != NULL };
  const ZcEvent event = {
    .at = request->received,
    .act = "body-changed",
    .account = request->caller.account,
    .body = dossier->unit.id,
    .role = request->caller.body_kind,
    .subject = dossier->id,
  };

  if (sent == NULL || !find_head (amendment, sent, dossier, store, &head, error))
    return FALSE;
  change.head = head;
  change.name = zc_answer_place_get_text (&amendment->name, sent->sections);
  change.seal = zc_answer_place_get_image (&amendment->seal, sent->sections);
  return zc_body_change_write (&change, &event, dossier, request, store, error);
}

/**
 * zc_amendment_make:
 * @dossier: what has passed
 * @request: by whose decision
 * @store: the writer's, in the transaction of the act
 * @error: not-a-leader; head-unknown, head-below, where it became so since
 *
 * Returns: whether the unit is changed, or there was nothing to do
 */
gboolean
zc_amendment_make (const ZcDossier *dossier,
                   const ZcRequest *request,
                   ZcStore *store,
                   GError **error)
{
  const ZcAmendment *amendment = zc_business_get_amendment (dossier->business);

  return amendment == NULL
         || (zc_amendment_check (dossier->business, dossier->unit.id, dossier->account,
                                 request->received, store, error)
             && write_change (amendment, dossier, request, store, error));
}
