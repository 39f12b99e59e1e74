/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"

/* A submission as it was frozen, to hold a draft against: what is other than what was returned (P9). Immutable.
 *
 * What counts as changed: what stands at the place now says something else than what was submitted then, by value. Changed and
 * changed back is not changed; a value that does not apply counts as empty; the order of images and of entries counts. It does not
 * say that the change is the one that was asked for: that is for the reviewer to see.
 */
#define ZC_TYPE_PAST (zc_past_get_type ())
G_DECLARE_FINAL_TYPE (ZcPast, zc_past, ZC, PAST, GObject)

typedef enum
{
  ZC_DIFFERENCE_CHANGED, /* of a field */
  ZC_DIFFERENCE_ADDED,   /* of an entry */
  ZC_DIFFERENCE_REMOVED, /* of an entry that is there no more */
  ZC_DIFFERENCE_MOVED,   /* of a section: its entries stand in another order */
} ZcDifferenceKind;

typedef struct
{
  ZcDifferenceKind kind;
  char *section;
  char *entry; /* (nullable) */
  char *field; /* (nullable) */
} ZcDifference;
void        zc_difference_free      (ZcDifference *difference);

/* json: the reply about a revision. (transfer full) */
ZcPast     *zc_past_new             (const char  *json,
                                     GError     **error);
/* From the store (nullable), where it was kept before, or from the server; what comes from there is kept. */
void        zc_past_load_async      (ZcClient            *client,
                                     ZcLocalStore        *store,
                                     const char          *dossier,
                                     int                  revision,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
ZcPast     *zc_past_load_finish     (GAsyncResult        *result,
                                     GError             **error);
int         zc_past_get_revision    (ZcPast      *self);
gboolean    zc_past_has_section     (ZcPast      *self,
                                     const char  *section);
/* Everything behind section may be NULL. Places that a submission never has, as the unit's own sections, are never changed. */
gboolean    zc_past_is_changed      (ZcPast      *self,
                                     ZcDraft     *draft,
                                     const char  *section,
                                     const char  *entry,
                                     const char  *field,
                                     const char  *image);
gboolean    zc_past_has_entry       (ZcPast      *self,
                                     const char  *section,
                                     const char  *entry);
gboolean    zc_past_has_image       (ZcPast      *self,
                                     const char  *section,
                                     const char  *entry,
                                     const char  *field,
                                     const char  *sha256);
/* The text that stood there, as zc_draft_dup_text() gives it; "" when empty or not known. (transfer full) */
char       *zc_past_dup_text        (ZcPast      *self,
                                     ZcDraft     *draft,
                                     const char  *section,
                                     const char  *entry,
                                     const char  *field);
/* The images that stood there: ZcDraftImage. (transfer full) */
GListModel *zc_past_list_images     (ZcPast      *self,
                                     const char  *section,
                                     const char  *entry,
                                     const char  *field);
/* In the order of the form: ZcDifference. (transfer full) */
GPtrArray  *zc_past_list_differences (ZcPast     *self,
                                      ZcDraft    *draft);
