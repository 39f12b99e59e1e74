/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-time.h"

/* Time-based one-time passwords, RFC 6238, as every authenticator speaks it: SHA-1, six digits, steps of 30 s. */
#define ZC_TOTP_SECRET_BYTES 20 /* RFC 4226: as long as the digest */
#define ZC_TOTP_DIGITS 6

gboolean  zc_totp_has_shape (const char   *code);
/* Whether @code is that of a step around @now and after @after; @step (out): that one. */
gboolean  zc_totp_find_step (const guint8  secret[ZC_TOTP_SECRET_BYTES],
                             const char   *code,
                             ZcTime        now,
                             gint64        after,
                             gint64       *step);
