/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-seal.h"
#include "zc-server.h"

/* Verification codes: six digits, bound to purpose and address, for a few minutes, once, a few wrong tries (SEC-S08, S09).
 * Only keyed digests are stored. */
typedef struct
{
  const char *purpose; /* "register", "sign-in" */
  const char *channel; /* "sms", "email" */
  const char *address; /* normal form */
} ZcCodeFor;

typedef enum
{
  ZC_CODE_RIGHT,
  ZC_CODE_SPENT, /* right, but used already: proves the address, opens nothing */
  ZC_CODE_WRONG, /* wrong, none, expired, or tried too often */
} ZcCodeVerdict;

void      zc_code_index  (const ZcSeal     *seal,
                          const ZcCodeFor  *code_for,
                          guint8            index[ZC_SEAL_INDEX_BYTES]);
/* Makes one, stores its digest, replaces the one before: (transfer full) */
char     *zc_code_make   (ZcServer         *server,
                          ZcStore          *store,
                          const ZcCodeFor  *code_for,
                          ZcTime            now,
                          GError          **error);
gboolean  zc_code_judge  (ZcServer         *server,
                          ZcStore          *store,
                          const ZcCodeFor  *code_for,
                          const char       *code,
                          ZcTime            now,
                          ZcCodeVerdict    *verdict,
                          GError          **error);
gboolean  zc_code_count_wrong (ZcServer        *server,
                               ZcStore         *store,
                               const ZcCodeFor *code_for,
                               GError         **error);
gboolean  zc_code_spend  (ZcServer         *server,
                          ZcStore          *store,
                          const ZcCodeFor  *code_for,
                          ZcTime            now,
                          GError          **error);
