/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-totp.h"

/* RFC 6238 over RFC 4226. The digest is SHA-1 because authenticators know no other for certain; in
 * an HMAC its weakness does not matter. */

#define STEP_MS (30 * G_GINT64_CONSTANT (1000))
#define DRIFT 1 /* steps that a clock may be off */
#define MODULUS 1000000u
#define SHA1_BYTES 20

static guint32
reckon_code (const guint8 secret[ZC_TOTP_SECRET_BYTES], gint64 step)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, secret, ZC_TOTP_SECRET_BYTES);
  guint64 counter = GUINT64_TO_BE ((guint64)step);
  guint8 digest[SHA1_BYTES];
  gsize size = sizeof digest;
  guint offset;

  g_hmac_update (hmac, (const guchar *)&counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &size);
  offset = digest[SHA1_BYTES - 1] & 0x0f;
  return (((guint32)(digest[offset] & 0x7f) << 24) | ((guint32)digest[offset + 1] << 16)
          | ((guint32)digest[offset + 2] << 8) | digest[offset + 3])
         % MODULUS;
}

/**
 * zc_totp_has_shape:
 * @code: what was typed
 *
 * Returns: whether it is six digits
 */
gboolean
zc_totp_has_shape (const char *code)
{
  return strlen (code) == ZC_TOTP_DIGITS && strspn (code, "0123456789") == ZC_TOTP_DIGITS;
}

/**
 * zc_totp_find_step:
 * @secret: what both sides know
 * @code: what was typed
 * @now: the moment of the request
 * @after: the step of the last code that counted: it and all before count no more (RFC 6238, 5.2)
 * @step: (out): whose code it is
 *
 * Returns: whether @code is that of the present step or of one beside it
 */
gboolean
zc_totp_find_step (const guint8 secret[ZC_TOTP_SECRET_BYTES],
                   const char *code,
                   ZcTime now,
                   gint64 after,
                   gint64 *step)
{
  gint64 present = now / STEP_MS;
  guint32 number;

  if (!zc_totp_has_shape (code))
    return FALSE;
  number = (guint32)g_ascii_strtoull (code, NULL, 10);
  for (gint64 at = present - DRIFT; at <= present + DRIFT; at++)
    if (at > after && reckon_code (secret, at) == number)
      {
        *step = at;
        return TRUE;
      }
  return FALSE;
}
