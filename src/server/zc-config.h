/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-types.h"

/* Whether staff show a second factor (SEC-S16); in the order of the key's words. */
typedef enum
{
  ZC_FACTOR_REQUIRED,
  ZC_FACTOR_OFFERED, /* asked of those who have set one up */
  ZC_FACTOR_OFF,
} ZcFactorPolicy;

/* The configuration: one GKeyFile; data/zhichengd.conf documents every key. Relative paths start at the file's folder.
 * Unknown groups and keys are refused: a slip in a name must not go unnoticed. */
struct _ZcConfig
{
  /* [server] */
  char   *listen;
  int     port;                  /* 0: any */
  char  **trusted_proxies;
  int     readers;               /* threads */
  /* [data] */
  char   *directory;
  char   *businesses;
  char   *catalog;
  /* [keys] */
  char   *key_file;
  /* [limits] */
  gint64  json_bytes;
  gint64  image_bytes;
  int     connections;
  int     connections_per_address;
  int     connection_memory;     /* bytes a connection, its header included */
  int     header_seconds;
  int     idle_seconds;
  int     body_rate;             /* least bytes a second */
  int     queue;                 /* requests waiting for a thread */
  int     uploads;               /* at once */
  int     wait_seconds;          /* longest wait of /v1/changes */
  int     password_threads;
  int     password_queue;
  int     password_memory_kib;
  int     password_passes;
  int     code_seconds;          /* how long a code counts */
  int     code_tries;
  int     code_gap_seconds;      /* between two to one address */
  int     codes_per_hour;        /* to one address */
  int     codes_per_day;         /* to one address */
  int     codes_per_peer_hour;   /* asked for from one network address */
  int     sign_in_tries;         /* wrong ones before an account's delay begins */
  int     sign_in_peer_tries;    /* wrong ones an hour from one network address */
  int     sign_in_delay_seconds;
  int     applicant_idle_days;
  int     staff_idle_minutes;
  int     staff_hours;
  int     staff_second_factor;   /* ZcFactorPolicy */
  int     idempotency_hours;
  int     change_days;
  int     images_unnamed;        /* of one person, that lie there and nothing names */
  int     image_days;            /* how long an image stays that nothing names */
  int     claim_days;            /* an idle claim returns after */
  int     refusals_per_minute;   /* of one person, each with a row of the record */
  /* [outbox] */
  char   *outbox_provider;       /* "file" */
  char   *outbox_directory;
  /* [demo] */
  gboolean demo;
  char   *demo_data;             /* what the verb demo fills a fresh database with */
};

ZcConfig *zc_config_load  (const char  *path,
                           GError     **error);
void      zc_config_free  (ZcConfig    *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcConfig, zc_config_free)
