/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-config.h"
#include "zc-refusal.h"
#include "zc-store.h"

/* How often something happened to a subject within a span: in the store, so that a restart forgives nothing.
 * Subjects are blind indexes: the counters tell nobody whom they count. */
typedef struct
{
  const char   *kind;     /* "code-gap", "sign-in" … */
  const guint8 *subject;  /* ZC_SEAL_INDEX_BYTES */
} ZcAttempt;

typedef struct
{
  int    count;  /* within the span; 0: none */
  ZcTime since;  /* the first of the span */
  ZcTime until;  /* when the span is over */
} ZcAttempts;

gboolean  zc_attempt_read   (ZcStore          *store,
                             const ZcAttempt  *attempt,
                             ZcTime            now,
                             ZcAttempts       *attempts,
                             GError          **error);
/* One more; the span starts with the first. @renew: each one starts it anew. */
gboolean  zc_attempt_add    (ZcStore          *store,
                             const ZcAttempt  *attempt,
                             ZcTime            now,
                             gint64            span_ms,
                             gboolean          renew,
                             GError          **error);
gboolean  zc_attempt_clear  (ZcStore          *store,
                             const ZcAttempt  *attempt,
                             GError          **error);
/* The delay that wrong tries at signing in have earned the subject; FALSE: refused as "locked". */
gboolean  zc_attempt_pass   (ZcStore          *store,
                             const ZcAttempt  *attempt,
                             const ZcConfig   *config,
                             ZcTime            now,
                             GError          **error);
/* FALSE, with a refusal that says when to come again. */
gboolean  zc_attempt_refuse (ZcRefusal         code,
                             ZcTime            until,
                             ZcTime            now,
                             GError          **error);
int       zc_attempt_seconds (ZcTime           until,   /* whole seconds from now, at least 1 */
                              ZcTime           now);
