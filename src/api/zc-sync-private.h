/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-sync.h"

/* What the files of the sync share. */

#define ZC_SYNC_SETTLE 1500 /* ms without a key before a section travels: state is pushed, not keystrokes */

/* A section or an image that the server does not hold as it is here. */
typedef struct
{
  GError  *error;    /* (nullable): refused */
  gboolean sending;
  gboolean image;
  gboolean conflict;
  gboolean asked;    /* refused: whether its dossier has another form by now was asked already */
  gboolean fresh;    /* an image that came in this run and was never tried: the server cannot hold it */
  gint64   since;    /* monotonic */
  gboolean listed;   /* private to one listing */
} ZcSyncItem;

struct _ZcSync
{
  GObject parent_instance;

  ZcClient        *client;
  ZcLocalStore    *store;
  GNetworkMonitor *monitor;
  GCancellable    *cancellable;   /* of all requests of this run */
  GHashTable      *items;         /* "DOSSIER\nITEM" → ZcSyncItem */
  GHashTable      *followed;      /* dossiers that somebody looks at */
  GHashTable      *refreshing;    /* dossier → whether it must be asked for once more */
  GHashTable      *editable;      /* dossiers that the server lets edit now */
  GHashTable      *to_refresh;    /* dossiers that were pushed to: their summary has changed */
  GQueue           waiters;       /* GTask of zc_sync_push_async(); its data is the dossier */
  char            *cursor;        /* (nullable): of the change feed */
  char            *epoch;         /* (nullable): the server's, as the store knows it */

  guint    work_id;               /* timer of the next turn */
  gint64   work_at;               /* monotonic: when that turn begins */
  guint    feed_id;               /* timer of the next waiting request */
  guint    tries;                 /* failures in a row */
  guint    feed_tries;
  gint64   not_before;            /* monotonic: the server or the back-off asked for patience */
  GError  *hold;                  /* (nullable): why the server takes no more images for now */
  gint64   hold_until;            /* monotonic */
  gboolean running;
  gboolean working;               /* a turn is under way */
  gboolean work_again;
  gboolean feeding;
  gboolean online;
  gboolean needs_sign_in;
  int      state;
  guint    n_unsent;
};

/* One turn of the work: one section or image is sent. */
typedef struct
{
  ZcSync          *sync;
  GCancellable    *cancellable;
  GPtrArray       *images;   /* ZcStoredImage: unsent */
  ZcStoredSection *row;      /* what this turn sends */
  char            *sha256;   /* (nullable): the image that goes before it */
} ZcSyncTurn;

/* states */
ZcSyncItem *zc_sync_item          (ZcSync *self, const char *dossier, const char *item); /* (nullable) */
ZcSyncItem *zc_sync_add_item      (ZcSync *self, const char *dossier, const char *item, gboolean image);
void        zc_sync_remove_item   (ZcSync *self, const char *dossier, const char *item);
void        zc_sync_tell_item     (ZcSync *self, const char *dossier, const char *item, gboolean image);
void        zc_sync_update        (ZcSync *self);
void        zc_sync_set_online    (ZcSync *self, gboolean online);
/* Whether the session has ended; pauses everything and says so. */
gboolean    zc_sync_is_signed_out (ZcSync *self, const GError *error);
void        zc_sync_tell_dossier  (ZcSync *self, ZcDossier *dossier);
void        zc_sync_tell_changes  (ZcSync *self);
void        zc_sync_tell_gone     (ZcSync *self, const char *dossier);
void        zc_sync_tell_conflict (ZcSync *self, const char *dossier, const char *section);
guint       zc_sync_back_off      (guint tries); /* ms */

/* Asks for it anew, after what is under way: two answers never overtake each other. */
void        zc_sync_refresh       (ZcSync *self, const char *dossier);

/* The cursor tells an epoch: a new one puts all in doubt that the server acknowledged before (R34). */
void        zc_sync_note_epoch    (ZcSync *self);

/* what is unsent: rows: ZcStoredSection, images: ZcStoredImage, as the store lists them */
void        zc_sync_note_unsent   (ZcSync *self, GPtrArray *rows, GPtrArray *images);
void        zc_sync_answer_settled (ZcSync *self, GPtrArray *rows);
ZcStoredSection *zc_sync_choose_row (ZcSync *self, GPtrArray *rows, GPtrArray *images); /* (transfer full) (nullable) */
gboolean    zc_sync_choose_image  (ZcSyncTurn *turn, GPtrArray *rows);

/* The first image that the section names and the server does not hold; (transfer none) (nullable). */
const ZcStoredImage *zc_sync_find_image (const ZcStoredSection *row, GPtrArray *images);

/* images alone are held back, while what is typed travels on */
void          zc_sync_begin_hold  (ZcSync *self, const GError *error);
void          zc_sync_end_hold    (ZcSync *self);
const GError *zc_sync_get_hold    (ZcSync *self); /* (nullable): NULL once its time is over */
guint         zc_sync_left_of_hold (ZcSync *self); /* ms */

/* sending: the turn ends itself */
void        zc_sync_send_row      (ZcSyncTurn *turn);
void        zc_sync_send_image    (ZcSyncTurn *turn);
gboolean    zc_sync_is_of_the_moment (const GError *error);

/* work */
void        zc_sync_end_turn      (ZcSyncTurn *turn, gboolean again); /* frees it */
void        zc_sync_work_soon     (ZcSync *self, guint delay); /* ms */
void        zc_sync_answer_waiters (ZcSync *self, const char *dossier, const GError *error);
void        zc_sync_feed_soon     (ZcSync *self, guint delay);
