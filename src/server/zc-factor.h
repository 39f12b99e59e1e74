/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-server.h"
#include "zc-totp.h"

/* The second factor of staff (SEC-S16): an authenticator's secret, sealed, and one-time recovery codes, hashed. */
#define ZC_FACTOR_RECOVERY_CODES 10

typedef struct
{
  gboolean known;     /* there is a secret */
  gboolean confirmed; /* a code of it was shown once: it counts */
  gint64   step;      /* of the last code that counted */
  guint8   secret[ZC_TOTP_SECRET_BYTES];
} ZcFactor;

/* A secret and codes that are not stored yet; made off the writer, since hashing is slow. */
typedef struct
{
  guint8  secret[ZC_TOTP_SECRET_BYTES];
  char   *codes[ZC_FACTOR_RECOVERY_CODES];
  char   *hashes[ZC_FACTOR_RECOVERY_CODES];
} ZcFactorDraft;

ZcFactorDraft *zc_factor_draft_new  (ZcServer             *server,
                                     GError              **error);
void           zc_factor_draft_free (ZcFactorDraft        *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcFactorDraft, zc_factor_draft_free)
/* Replaces what was begun and never confirmed. */
gboolean       zc_factor_begin      (ZcServer             *server,
                                     ZcStore              *store,
                                     const char           *account,
                                     const ZcFactorDraft  *draft,
                                     ZcTime                now,
                                     GError              **error);
gboolean       zc_factor_load       (ZcServer             *server,
                                     ZcStore              *store,
                                     const char           *account,
                                     ZcFactor             *factor,
                                     GError              **error);
/* The draft's codes in the place of all there were, which count no more; its secret is left alone. */
gboolean       zc_factor_replace_codes (ZcStore           *store,
                                     const char           *account,
                                     const ZcFactorDraft  *draft,
                                     GError              **error);
/* @left (out): how many recovery codes were not used yet. */
gboolean       zc_factor_count_codes (ZcStore             *store,
                                     const char           *account,
                                     gint64               *left,
                                     GError              **error);
/* Takes the secret and the codes away and ends the account's sessions. */
gboolean       zc_factor_remove     (ZcStore              *store,
                                     const char           *account,
                                     ZcTime                now,
                                     GError              **error);
/* The hash of the recovery code of that number which was not used yet: (transfer full) (nullable). */
gboolean       zc_factor_find_hash  (ZcStore              *store,
                                     const char           *account,
                                     int                   number,
                                     char                **hash,
                                     GError              **error);
/* Whether this session may act for a body: refused as "second-factor" or "second-factor-missing" when not. */
gboolean       zc_factor_pass       (const ZcRequest      *request,
                                     ZcStore              *store,
                                     GError              **error);
/* Tells the owner, by SMS, that something happened to it. */
gboolean       zc_factor_tell_owner (ZcServer             *server,
                                     ZcStore              *store,
                                     const char           *account,
                                     const char           *text,
                                     GError              **error);
