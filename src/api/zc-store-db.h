/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-local-store.h"

/* The file under the local store: SQLite and a folder of images, used by the store's thread alone. Every operation has one
 * form, so that the thread can run it inside its own transaction without knowing what it is. */
typedef struct _ZcStoreDb ZcStoreDb;

/* What an operation is asked. Which members count is said at each. */
typedef struct
{
  char    *dossier;
  char    *item;      /* section, digest, business or name of a setting */
  char    *text;      /* body, JSON or value */
  char    *state;
  char    *problems;
  GBytes  *bytes;
  gint64   number;    /* version or revision */
  gint64   form;      /* revision of the business that a body is for; 0: not told */
  gboolean flag;
} ZcStoreArgs;

/* What it did besides, for the signals. */
typedef enum
{
  ZC_STORE_NOTHING,
  ZC_STORE_SECTION_EDITED,
  ZC_STORE_SECTION_REPLACED,
  ZC_STORE_IMAGE_CHANGED,
} ZcStoreEffect;

/* A result to be freed by the operation's kind, GINT_TO_POINTER (TRUE) where there is none to give, or NULL: the error says why,
 * or none is set and there is nothing. */
typedef gpointer (*ZcStoreWork) (ZcStoreDb         *db,
                                 const ZcStoreArgs *args,
                                 ZcStoreEffect     *effect,
                                 GError           **error);

ZcStoreDb *zc_store_db_open     (const char  *folder,
                                 GError     **error);
void       zc_store_db_close    (ZcStoreDb   *db);
gboolean   zc_store_db_run      (ZcStoreDb   *db,
                                 const char  *sql,
                                 GError     **error);

/* dossier, text */
gpointer   zc_store_put_dossier      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_remove_dossier   (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_list_dossiers    (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_get_dossier      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* item, number, text */
gpointer   zc_store_put_business     (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_get_business     (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* item, text */
gpointer   zc_store_put_setting      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_drop_setting     (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_get_setting      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);

/* dossier, item: id of its business, number: the revision that it is of at the server */
gpointer   zc_store_take_form        (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);

/* dossier, item, text, number: revision, state: the base (nullable), form */
gpointer   zc_store_put_section      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_load_sections    (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_list_unsent      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier, item, text, number: version, state, problems */
gpointer   zc_store_section_sent     (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_section_pulled   (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier, item, text, state: the refusal */
gpointer   zc_store_section_refused  (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier, item */
gpointer   zc_store_discard_section  (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* text: the epoch. Returns the one before it where that is another one: all that was acknowledged then is in doubt */
gpointer   zc_store_note_epoch       (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_list_doubtful    (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier, item: the new id, text: its JSON */
gpointer   zc_store_move_dossier     (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier, item, text: body, number: revision, problems: the conflicts that were shown, state: those that still wait */
gpointer   zc_store_settle_conflicts (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);

/* dossier, item, bytes, flag: uploaded */
gpointer   zc_store_put_image        (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier, item, state: the refusal */
gpointer   zc_store_image_sent       (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_image_lost       (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
/* dossier */
gpointer   zc_store_discard_images   (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_list_unsent_images (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_list_images      (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
gpointer   zc_store_read_image       (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error);
