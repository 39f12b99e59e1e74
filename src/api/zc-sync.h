/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"
#include "zc-local-store.h"

/* Where a section or an image is. The words are the app's; the order is from bad to good for the person. */
typedef enum
{
  ZC_SYNC_UNSAVED,       /* in memory alone: less than a second, or the disk is in trouble */
  ZC_SYNC_REFUSED,       /* on this computer; the server refused it: zc_sync_dup_error() says why */
  ZC_SYNC_CONFLICT,      /* merged, both versions of something are kept and wait for a decision */
  ZC_SYNC_NEEDS_SIGN_IN, /* on this computer; goes on after signing in */
  ZC_SYNC_OFFLINE,       /* on this computer; goes on when the server can be reached */
  ZC_SYNC_HELD_UP,       /* on this computer: an image; the server takes no more for now, but what is typed */
  ZC_SYNC_SAVED,         /* on this computer; nothing sends it (no sync) */
  ZC_SYNC_WAITING,       /* on this computer; its turn comes */
  ZC_SYNC_SENDING,
  ZC_SYNC_ON_SERVER,
} ZcSyncState;
const char *zc_sync_state_to_string (ZcSyncState state); /* "unsaved", "refused" …: for tests and logs */

/* The patient worker between the local store and the server: pushes images, then sections (If-Match); pulls changes.
 * One for each signed-in account; works by itself from start to stop. Never has a legal effect (decisions 1).
 * Properties: state: int (ZcSyncState: the worst of all that is unsent; ON_SERVER when nothing is); online: boolean;
 *   n-unsent: uint (sections and images); needs-sign-in: boolean.
 * Signals:
 *   "section-changed" (dossier: string, section: string): its ZcSyncState, server state or problems
 *   "image-changed" (dossier, sha256)
 *   "dossier-changed" (ZcDossier): what the server now says of a dossier (after a push, an act elsewhere, a change)
 *   "dossier-gone" (dossier id)
 *   "changes" (): something changed at the server for this account or body: reload lists
 *   "conflict" (dossier, section)
 *   "sign-in-needed" (): the session ended; work stays and goes on after zc_sync_resume() (P18)
 */
#define ZC_TYPE_SYNC (zc_sync_get_type ())
G_DECLARE_FINAL_TYPE (ZcSync, zc_sync, ZC, SYNC, GObject)

ZcSync      *zc_sync_new               (ZcClient     *client,
                                        ZcLocalStore *store);
ZcClient    *zc_sync_get_client        (ZcSync *self);
void         zc_sync_start             (ZcSync *self);
void         zc_sync_stop              (ZcSync *self);
/* After signing in again: the client has a token. The same work goes on. */
void         zc_sync_resume            (ZcSync *self);
/* Tries now what waits for its turn (the person pressed something, the network came back). */
void         zc_sync_wake              (ZcSync *self);
ZcSyncState  zc_sync_get_state         (ZcSync *self);
gboolean     zc_sync_get_online        (ZcSync *self);
ZcSyncState  zc_sync_get_section_state (ZcSync     *self,
                                        const char *dossier,
                                        const char *section);
ZcSyncState  zc_sync_get_image_state   (ZcSync     *self,
                                        const char *dossier,
                                        const char *sha256);
GError      *zc_sync_dup_error         (ZcSync     *self,      /* (transfer full) (nullable): why the last try of it failed */
                                        const char *dossier,
                                        const char *item);     /* section id or digest */
/* Sections and images of a dossier that the server does not hold as they are here. */
guint        zc_sync_count_unsent      (ZcSync     *self,
                                        const char *dossier);
/* Sends all of a dossier now; completes when all is on the server, or with the first error. The dossier is brought up to date. */
void         zc_sync_push_async        (ZcSync              *self,
                                        const char          *dossier,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean     zc_sync_push_finish       (ZcSync              *self,
                                        GAsyncResult        *result,
                                        GError             **error);
/* Asks the server for the dossier and for every section newer than here that this session's side fills in, into the store. Needed
 * before a first opening. */
void         zc_sync_pull_async        (ZcSync              *self,
                                        const char          *dossier,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
ZcDossier   *zc_sync_pull_finish       (ZcSync              *self,
                                        GAsyncResult        *result,
                                        GError             **error);
