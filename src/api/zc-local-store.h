/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-time.h"

/* What a person typed and added, on this computer: one SQLite file for each server and account, in
 * $XDG_DATA_HOME/zhicheng/HASH/ (0700), WAL, synchronous = FULL, one process at a time (decisions 25).
 * All disk work happens on ONE thread of its own; every call is async and completes only after the commit (and the
 * sync) of what it wrote. Calls take effect in the order in which they are made; text goes before images.
 * Only ZcDraft, ZcSync and the session talk to it; widgets never do.
 *
 * Signals (on the main context that opened the store):
 *   "section-edited" (dossier, section): put_section committed something that is not on the server
 *   "section-replaced" (dossier, section): sync put another body in place (pulled or merged)
 *   "image-changed" (dossier, sha256)
 */
#define ZC_TYPE_LOCAL_STORE (zc_local_store_get_type ())
G_DECLARE_FINAL_TYPE (ZcLocalStore, zc_local_store, ZC, LOCAL_STORE, GObject)

#define ZC_LOCAL_STORE_ERROR (zc_local_store_error_quark ())
typedef enum
{
  ZC_LOCAL_STORE_ERROR_IN_USE,   /* another process has it open: say so politely */
  ZC_LOCAL_STORE_ERROR_NEWER,    /* written by a newer version of this program: untouched */
  ZC_LOCAL_STORE_ERROR_DISK,     /* full or broken: what is in memory is not saved */
  ZC_LOCAL_STORE_ERROR_REPLACED, /* another body or other conflicts stand there by now */
  ZC_LOCAL_STORE_ERROR_MISSING,
  ZC_LOCAL_STORE_ERROR_CLOSED,
} ZcLocalStoreError;
GQuark zc_local_store_error_quark (void);

/* root (nullable): $XDG_DATA_HOME/zhicheng. account: the account's id. */
void          zc_local_store_open_async  (const char *root, const char *server, const char *account,
                                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
ZcLocalStore *zc_local_store_open_finish (GAsyncResult *result, GError **error);
/* Commits what is queued, closes the file and gives up the lock. Later calls fail with CLOSED. */
void          zc_local_store_close_async  (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean      zc_local_store_close_finish (ZcLocalStore *self, GAsyncResult *result, GError **error);
const char   *zc_local_store_get_folder   (ZcLocalStore *self);
ZcTime        zc_local_store_take_recovered (ZcLocalStore *self, const char *dossier);
ZcTime        zc_local_store_get_opened_at (ZcLocalStore *self);

/* --- dossiers and businesses as received --------------------------------------------------------- */
void       zc_local_store_put_dossier_async    (ZcLocalStore *self, const char *dossier, const char *json, GAsyncReadyCallback callback, gpointer user_data);
/* Forgets a dossier that is gone at the server, unless unsent edits lie in it: those stay (decisions: never lose). */
void       zc_local_store_remove_dossier_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_put_business_async   (ZcLocalStore *self, const char *id, int revision, const char *text, GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_put_setting_async    (ZcLocalStore *self, const char *name, const char *value, GAsyncReadyCallback callback, gpointer user_data);
/* Takes it away if its value is still this one: whoever has seen another one has not seen all of it. */
void       zc_local_store_drop_setting_async   (ZcLocalStore *self, const char *name, const char *value, GAsyncReadyCallback callback, gpointer user_data);
/* One finish for every call that only writes. */
gboolean   zc_local_store_write_finish         (ZcLocalStore *self, GAsyncResult *result, GError **error);

void       zc_local_store_list_dossiers_async  (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *zc_local_store_list_dossiers_finish (ZcLocalStore *self, GAsyncResult *result, GError **error); /* char *: JSON */
void       zc_local_store_get_dossier_async    (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_get_business_async   (ZcLocalStore *self, const char *id, int revision, GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_get_setting_async    (ZcLocalStore *self, const char *name, GAsyncReadyCallback callback, gpointer user_data);
char      *zc_local_store_get_text_finish      (ZcLocalStore *self, GAsyncResult *result, GError **error); /* (nullable), for the three; NULL without error: none */

/* Where the person was (P2): any text of the app's own, a setting of the name "place". Read it with get_setting at the start;
 * what is unsent is told by zc_local_store_list_unsent_async(). */
#define ZC_LOCAL_STORE_PLACE "place"
#define ZC_LOCAL_STORE_ACCOUNT "account" /* zc_account_to_json() of the last sign-in: the offline start */

/* Beside a dossier, each under its id: what was submitted when it was returned, to see what changed since; the notes of who reviews
 * it, for each body that they act for ("notes:DOSSIER:BODY"). They go with it when it is removed. */
#define ZC_LOCAL_STORE_RETURNED "returned:"
#define ZC_LOCAL_STORE_NOTES "notes:"
/* What was typed here and found no place when the dossier took another form elsewhere: an array as of zc_left_read(), to be read
 * and copied from (decisions 16). And which form what is here is of: "BUSINESS@REVISION". */
#define ZC_LOCAL_STORE_LEFT "left:"
#define ZC_LOCAL_STORE_FORM "form:"

/* The server tells its epoch, a new one when it was put back to an older state. What it acknowledged before is in doubt then: all
 * images count as not sent, all sections as never heard of, until they are pulled. get_text_finish: the epoch before (nullable). */
#define ZC_LOCAL_STORE_EPOCH "epoch"
void       zc_local_store_note_epoch_async     (ZcLocalStore *self, const char *epoch, GAsyncReadyCallback callback, gpointer user_data);

/* What is still in doubt: ids of dossiers; zc_local_store_list_dossiers_finish(). */
void       zc_local_store_list_doubtful_async  (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data);
/* The server has lost the dossier, and holds it anew, empty, under another id: all that is here goes there. */
void       zc_local_store_move_dossier_async   (ZcLocalStore *self, const char *dossier, const char *begun, const char *json, GAsyncReadyCallback callback, gpointer user_data);

/* The revision of its business that a dossier is of at the server. Where what is here is of a former one, what was not sent moves as
 * the server moves what it holds, the rest goes to ZC_LOCAL_STORE_LEFT, and every section is asked for again. Both revisions must
 * have been put: MISSING. */
void       zc_local_store_take_form_async      (ZcLocalStore *self, const char *dossier, const char *business, int revision, GAsyncReadyCallback callback, gpointer user_data);

/* --- sections ----------------------------------------------------------------------------------------- */
typedef struct
{
  char     *dossier;
  char     *section;
  char     *body;          /* the document as it is on this computer */
  char     *base_body;     /* (nullable): the document that the server held at base_version */
  gint64    base_version;  /* -1: never heard of from the server */
  gint64    lost_version;  /* what the server held before it was put back to an older state; 0: nothing is in doubt */
  gint64    revision;      /* how often sync has put another body in place */
  gboolean  dirty;         /* body is not on the server */
  ZcTime    edited_at;     /* of the last edit by the person; 0: none */
  char     *server_state;  /* (nullable): "empty" … as of base_version */
  char     *server_problems; /* (nullable): JSON array */
  char     *conflicts;     /* (nullable): JSON, see zc-merge.h: both versions of what truly conflicts */
  char     *refusal;       /* (nullable): problem+json: the server refused this very body */
} ZcStoredSection;
void       zc_stored_section_free             (ZcStoredSection *section);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcStoredSection, zc_stored_section_free)

/* Completes only when the text is durable. revision: the one the body was begun from; base (nullable): the body last read or put
 * by the caller, in the middle when another one stands there by now: what conflicts is kept and told. Without it that is refused
 * with REPLACED. form: the revision of the business that both are of; 0: the one that the store knows. Calls for one section that are
 * still queued are written as one. */
void       zc_local_store_put_section_async   (ZcLocalStore *self, const char *dossier, const char *section, const char *body, const char *base, gint64 revision, int form,
                                               GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_load_sections_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data);
/* Sections of any dossier that the server does not hold as they are here. */
void       zc_local_store_list_unsent_async   (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *zc_local_store_list_sections_finish (ZcLocalStore *self, GAsyncResult *result, GError **error); /* ZcStoredSection, for both */
/* Sync: the server has `sent` as `version`; what was typed since stays dirty. */
void       zc_local_store_section_sent_async  (ZcLocalStore *self, const char *dossier, const char *section, const char *sent, gint64 version,
                                               const char *state, const char *problems, GAsyncReadyCallback callback, gpointer user_data);
/* Sync: the server holds `body` as `version`: taken over where nothing is unsent, else merged (three ways, base_body in the middle). */
void       zc_local_store_section_pulled_async (ZcLocalStore *self, const char *dossier, const char *section, const char *body, gint64 version,
                                               const char *state, const char *problems, GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_section_refused_async (ZcLocalStore *self, const char *dossier, const char *section, const char *sent, const char *refusal,
                                               GAsyncReadyCallback callback, gpointer user_data);
void       zc_local_store_discard_section_async (ZcLocalStore *self, const char *dossier, const char *section, GAsyncReadyCallback callback, gpointer user_data);

/* The person has seen both versions and chosen. Refused with REPLACED where the section or its conflicts are others by now. */
typedef struct
{
  const char *body;      /* with what was chosen */
  gint64      revision;  /* the one the body was begun from */
  const char *shown;     /* the conflicts among which was chosen */
  const char *left;      /* (nullable): those that still wait */
} ZcSettling;
void       zc_local_store_settle_conflicts_async (ZcLocalStore *self, const char *dossier, const char *section, const ZcSettling *settling, GAsyncReadyCallback callback, gpointer user_data);

/* --- images ------------------------------------------------------------------------------------------- */
typedef struct
{
  char     *dossier;
  char     *sha256;
  char     *path;      /* (nullable): the cleaned file on this computer */
  gboolean  uploaded;  /* the server acknowledged it */
  char     *refusal;   /* (nullable): problem+json: the server refused it for good */
} ZcStoredImage;
void       zc_stored_image_free               (ZcStoredImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcStoredImage, zc_stored_image_free)

/* Writes the file (temporary, sync, rename, sync the folder), then the row. uploaded: it came from the server. */
void           zc_local_store_put_image_async  (ZcLocalStore *self, const char *dossier, const char *sha256, GBytes *jpeg, gboolean uploaded,
                                                GAsyncReadyCallback callback, gpointer user_data);
void           zc_local_store_image_sent_async (ZcLocalStore *self, const char *dossier, const char *sha256, const char *refusal, /* (nullable) */
                                                GAsyncReadyCallback callback, gpointer user_data);
/* Those that the server does not hold: for good, with their files. Discard the sections that name them first. */
void           zc_local_store_discard_images_async (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data);
/* The server has said that it does not hold it after all. */
void           zc_local_store_image_lost_async (ZcLocalStore *self, const char *dossier, const char *sha256, GAsyncReadyCallback callback, gpointer user_data);
/* Of any dossier: what the server has not acknowledged. */
void           zc_local_store_list_unsent_images_async (ZcLocalStore *self, GAsyncReadyCallback callback, gpointer user_data);
void           zc_local_store_list_images_async  (ZcLocalStore *self, const char *dossier, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray     *zc_local_store_list_images_finish (ZcLocalStore *self, GAsyncResult *result, GError **error); /* ZcStoredImage, for both */
void           zc_local_store_read_image_async   (ZcLocalStore *self, const char *dossier, const char *sha256, GAsyncReadyCallback callback, gpointer user_data);
GBytes        *zc_local_store_read_image_finish  (ZcLocalStore *self, GAsyncResult *result, GError **error); /* ERROR_MISSING: not here */
