/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-local-store.h"
#include "zc-store-db.h"

/* What the files of the local store share. */

/* A call that waits for the store's thread. */
typedef struct
{
  ZcStoreWork    work;
  GDestroyNotify free_result; /* (nullable): the result is TRUE or nothing */
  ZcStoreArgs    args;
  GPtrArray     *tasks;       /* GTask: more than one when edits of a section were written as one */
  gpointer       result;
  GError        *error;
  ZcStoreEffect  effect;
} ZcStoreJob;

struct _ZcLocalStore
{
  GObject parent_instance;

  char         *folder;
  GMainContext *context; /* where signals are emitted */
  GThread      *thread;
  int           lock;    /* file descriptor */
  GHashTable   *left;    /* dossier → gint64: last edit that a former run left unsent */
  ZcTime        opened_at;

  GMutex    mutex;       /* guards what follows */
  GCond     cond;
  GQueue    texts;       /* ZcStoreJob */
  GQueue    images;      /* ZcStoreJob */
  gboolean  closing;
  GTask    *close_task;  /* (nullable) */
};

/* What an operation did besides, told as a signal; on the main context. */
void        zc_local_store_announce (ZcLocalStore        *self,
                                     ZcStoreEffect        effect,
                                     const char          *dossier,
                                     const char          *item);

/* free_result (nullable): the call only writes. */
ZcStoreJob *zc_store_job_new        (ZcLocalStore        *self,
                                     ZcStoreWork          work,
                                     GDestroyNotify       free_result,
                                     const char          *dossier, /* (nullable) */
                                     const char          *item,    /* (nullable) */
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
void        zc_store_job_push       (ZcLocalStore        *self,
                                     GQueue              *queue,   /* texts or images */
                                     ZcStoreJob          *job);    /* (transfer full) */
/* On the store's thread: until it closes and nothing is left. */
void        zc_store_run_jobs       (ZcLocalStore        *self,
                                     ZcStoreDb           *db);
