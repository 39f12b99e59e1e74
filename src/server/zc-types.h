/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _ZcServer ZcServer;
typedef struct _ZcRoute ZcRoute;
typedef struct _ZcRouter ZcRouter;
typedef struct _ZcRequest ZcRequest;
typedef struct _ZcReply ZcReply;
typedef struct _ZcStore ZcStore;
typedef struct _ZcConfig ZcConfig;
typedef struct _ZcSeal ZcSeal;
typedef struct _ZcBlobs ZcBlobs;
typedef struct _ZcPasswords ZcPasswords;
typedef struct _ZcOutbox ZcOutbox;
typedef struct _ZcBusinesses ZcBusinesses;
typedef struct _ZcWriter ZcWriter;
typedef struct _ZcReaders ZcReaders;
typedef struct _ZcWaiting ZcWaiting;
typedef struct _ZcRefused ZcRefused;
