/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-acts.h"
#include "zc-list-base.h"

typedef enum
{
  ZC_OUTCOME_NONE,    /* not sent: still waiting its turn, or stopped before */
  ZC_OUTCOME_DONE,
  ZC_OUTCOME_CHANGED, /* somebody changed it meanwhile; never forced (P10) */
  ZC_OUTCOME_REFUSED,
} ZcOutcome;

/* One dossier among several that are acted upon together, with its version as it was when it was chosen.
 * Properties: dossier (id), name, title: string; outcome: int (ZcOutcome); error: GError boxed (nullable). */
#define ZC_TYPE_BATCH_ITEM (zc_batch_item_get_type ())
G_DECLARE_FINAL_TYPE (ZcBatchItem, zc_batch_item, ZC, BATCH_ITEM, GObject)
const char   *zc_batch_item_get_dossier (ZcBatchItem *self);
const char   *zc_batch_item_get_name    (ZcBatchItem *self);
const char   *zc_batch_item_get_title   (ZcBatchItem *self);
ZcOutcome     zc_batch_item_get_outcome (ZcBatchItem *self);
const GError *zc_batch_item_get_error   (ZcBatchItem *self); /* (nullable) */

/* Several dossiers and one act (P10): a GListModel of ZcBatchItem. Each gets a request and an idempotency key of its own, a few at
 * a time; one that fails stops no other, but the lost network or sign-in stops all.
 * Properties: n-items, answered, done: uint; running: boolean. */
#define ZC_TYPE_BATCH (zc_batch_get_type ())
G_DECLARE_FINAL_TYPE (ZcBatch, zc_batch, ZC, BATCH, ZcListBase)
ZcBatch      *zc_batch_new          (ZcAct        act);
void          zc_batch_add          (ZcBatch     *self,
                                     ZcDossier   *dossier,
                                     gint64       version);
ZcAct         zc_batch_get_act      (ZcBatch     *self);
guint         zc_batch_get_done     (ZcBatch     *self);
guint         zc_batch_get_answered (ZcBatch     *self);
gboolean      zc_batch_get_running  (ZcBatch     *self);
/* Assign: who of the body is asked to take them up (a membership). */
void          zc_batch_set_person   (ZcBatch     *self,
                                     const char  *person);
void          zc_batch_run          (ZcBatch     *self,
                                     ZcClient    *client,
                                     const char  *opinion); /* (nullable): one for all */
/* Sends nothing more; what is under way is awaited. */
void          zc_batch_stop         (ZcBatch     *self);
