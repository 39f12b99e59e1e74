/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"
#include "zc-test-await.h"
#include "zc-test-server.h"

/* One server, and people at their computers: each device has a client, a store and a sync of its own. */
#define APPLICANT "13900000006"
#define UNIT_CLERK "13900000001"
#define PASSWORD "Demo-2026-zhicheng"

typedef struct
{
  char          *root;     /* folder of the store */
  char          *address;  /* of the server, or of a proxy before it */
  char          *account;
  char          *token;
  ZcClient      *client;
  ZcLocalStore  *store;
  ZcSync        *sync;
  ZcBusiness    *business;
  ZcDossier     *dossier;
  ZcDraft       *draft;
} Device;

/* Signed in, store open, sync running. */
Device     *device_new        (ZcTestServer *server,
                               const char   *mobile);
Device     *device_new_at     (const char   *address,
                               const char   *mobile);
/* The program ends as by a kill of its window: nothing is flushed; then it starts again with the same store and token. */
void        device_restart    (Device       *device);
void        device_free       (Device       *device);
/* Begins an evaluation dossier. */
ZcDossier  *device_create     (Device       *device);
/* Pulls the dossier and opens its draft. */
void        device_open_draft (Device       *device,
                               const char   *dossier);
/* The same without the server: from what the store holds. */
void        device_reopen_draft (Device     *device,
                                 ZcDossier  *known);
void        device_sign_in    (Device       *device,
                               const char   *mobile);
ZcDossier  *device_act        (Device       *device,
                               ZcAction     *action,
                               GError      **error);
/* For their body, or for themselves. */
void        device_act_for    (Device       *device,
                               gboolean      body);
/* Signed in, and acting for their body. */
Device     *device_new_staff  (ZcTestServer *server,
                               const char   *mobile);
/* An act on a dossier as it is now. */
ZcDossier  *device_try_act    (Device       *device,
                               const char   *dossier,
                               ZcAct         what,
                               GError      **error);
void        device_do_act     (Device       *device,
                               const char   *dossier,
                               ZcAct         what);
ZcDossier  *device_get        (Device       *device,
                               const char   *dossier);
/* Clean pictures that fit anywhere, each other bytes: (transfer full). */
GBytes     *test_picture      (guint         number);
gboolean    device_add_image  (Device       *device,
                               const char   *section,
                               const char   *entry,
                               const char   *field,
                               GBytes       *jpeg,
                               GError      **error);
/* Every field that must be filled gets something that is right, from the business alone. */
void        device_fill       (Device       *device);
gboolean    device_save       (Device       *device,
                               GError      **error);
/* What the server holds of a section: (transfer full). */
ZcReply    *device_get_section (Device      *device,
                                const char  *dossier,
                                const char  *section);
ZcAction   *device_prepare_submit (Device   *device,
                                   GError  **error);
ZcDossier  *device_submit     (Device       *device);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Device, device_free)

/* What a business has, whichever it is: its first section that does not repeat, its first that does, the nth field of a type that
 * the person fills. */
const char *plain_section     (Device       *device);
const char *repeating_section (Device       *device);
const char *nth_field         (Device       *device,
                               const char   *section,
                               ZcFieldType   type,
                               guint         n);
ZcSyncState section_state     (Device       *device,
                               const char   *section);

/* A fixture: the server, a device, a dossier whose draft is open there. */
typedef struct
{
  ZcTestServer *server;
  Device       *device;
  char         *dossier;
} World;

void        world_set_up      (World        *world,
                               gconstpointer data);
void        world_tear_down   (World        *world,
                               gconstpointer data);
/* What the server holds in a field, "" for nothing. */
char       *held_text         (World        *world,
                               const char   *section,
                               const char   *field);
void        assert_held       (World        *world,
                               const char   *section,
                               const char   *field,
                               const char   *expected);
