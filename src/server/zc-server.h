/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-access.h"
#include "zc-blob.h"
#include "zc-businesses.h"
#include "zc-calendars.h"
#include "zc-change.h"
#include "zc-config.h"
#include "zc-event.h"
#include "zc-outbox.h"
#include "zc-password.h"
#include "zc-request.h"
#include "zc-router.h"
#include "zc-seal.h"
#include "zc-store.h"

/* What every handler may reach through request->server: made at the start, read-only afterwards. */
struct _ZcServer
{
  ZcConfig     *config;
  ZcSeal       *seal;
  ZcBlobs      *blobs;
  ZcPasswords  *passwords;
  ZcOutbox     *outbox;
  ZcBusinesses *businesses;
  ZcCalendars  *calendars;
  ZcRouter     *router;
  char         *database;    /* path of the SQLite file */
  char         *epoch;       /* of the change feed */

  /* the machinery */
  ZcWriter     *writer;
  ZcReaders    *readers;
  ZcReaders    *slow;
  ZcWaiting    *waiting;
  ZcRefused    *refused;
};

/* Opens what commands and serve share: configuration, keys, folders, businesses. The database must be of this program's version. */
ZcServer *zc_server_open      (const char  *config_file,
                               GError     **error);
void      zc_server_close     (ZcServer    *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcServer, zc_server_close)
/* A connection of one's own: for commands and threads. */
ZcStore  *zc_server_open_store (ZcServer   *server,
                                gboolean    read_only,
                                GError    **error);
