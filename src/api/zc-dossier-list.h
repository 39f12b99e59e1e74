/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"
#include "zc-local-store.h"

/* A GListModel of ZcDossier that loads itself page by page: one's own dossiers (session without membership) or the queue
 * of one's body (session with one). The next page is asked for when an item near the end is looked at.
 * Properties: loading: boolean (a page is on its way); error: GError boxed (nullable; the last page failed; reload clears it);
 *   n-items: uint; total, waiting, in-review: int (-1: the server did not say; the last two whatever the filter of
 *   states); complete: boolean (nothing more to load); from-cache: boolean (shows the
 *   local store's copies because the server could not be reached).
 * Filter properties (read-write; a change reloads): business, stage, state ("waiting", "in-review", "all-open"), level, text,
 *   unit-name (its beginning), sort ("submitted_at", "name", "level", or "-" and one of these): string (NULL or "": any); year: int (0: any).
 * Items that are still there after a reload are the same objects, brought up to date.
 */
#define ZC_TYPE_DOSSIER_LIST (zc_dossier_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcDossierList, zc_dossier_list, ZC, DOSSIER_LIST, GObject)

/* store (nullable): the pages of one's own list are kept there and shown when offline. Does not load before the first reload(). */
ZcDossierList *zc_dossier_list_new     (ZcClient      *client,
                                        ZcLocalStore  *store);
void           zc_dossier_list_reload  (ZcDossierList *self);
void           zc_dossier_list_refresh (ZcDossierList *self); /* the same, but nobody here has asked */
ZcDossier     *zc_dossier_list_find    (ZcDossierList *self,
                                        const char    *id);    /* (transfer none) (nullable) */
/* Something this client just learnt of a dossier (an act's answer, a change): updates the row, in its place. */
void           zc_dossier_list_update  (ZcDossierList *self,
                                        ZcDossier     *dossier);
gboolean       zc_dossier_list_get_loading (ZcDossierList *self);
const GError  *zc_dossier_list_get_error   (ZcDossierList *self); /* (nullable) */
/* All that match now, at most 1,000, apart from the list. (transfer full): ZcDossier */
void           zc_dossier_list_freeze_async  (ZcDossierList       *self,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
GPtrArray     *zc_dossier_list_freeze_finish (ZcDossierList       *self,
                                              GAsyncResult        *result,
                                              int                 *total,
                                              GError             **error);
