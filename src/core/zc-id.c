/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <errno.h>
#include <sys/random.h>

#include "zc-id.h"

/* Names that nobody can guess, and digests: all from the kernel's random source. */

/**
 * zc_random_bytes:
 * @buffer: (array length=size): filled
 * @size: bytes
 *
 * A kernel without random bytes ends the program: nothing secret could be made.
 */
void
zc_random_bytes (void *buffer, gsize size)
{
  guint8 *at = buffer;

  while (size > 0)
    {
      gssize got = getrandom (at, size, 0);

      if (got < 0 && errno != EINTR)
        g_error ("getrandom: %s", g_strerror (errno));
      if (got > 0)
        {
          at += got;
          size -= (gsize)got;
        }
    }
}

static const char hex[] = "0123456789abcdef";

/**
 * zc_id_new:
 *
 * RFC 9562, version 7: 48 bits of milliseconds, so that an index on it grows at its end, and 74
 * random bits.
 *
 * Returns: (transfer full): a lower-case UUID
 */
char *
zc_id_new (void)
{
  guint64 now = (guint64)(g_get_real_time () / 1000);
  guint8 bytes[16];
  char *id = g_malloc (37), *out = id;

  zc_random_bytes (bytes, sizeof bytes);
  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8)(now >> (40 - 8 * i));
  bytes[6] = (guint8)(0x70 | (bytes[6] & 0x0f));
  bytes[8] = (guint8)(0x80 | (bytes[8] & 0x3f));
  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = hex[bytes[i] >> 4];
      *out++ = hex[bytes[i] & 0x0f];
    }
  *out = 0;
  return id;
}

static gboolean
is_hex (char c)
{
  return g_ascii_isdigit (c) || (c >= 'a' && c <= 'f');
}

/**
 * zc_id_is_valid:
 * @id: a text
 *
 * Returns: whether it is a UUID in the one form we write, of any version
 */
gboolean
zc_id_is_valid (const char *id)
{
  int i;

  for (i = 0; i < 36; i++)
    if (i == 8 || i == 13 || i == 18 || i == 23 ? id[i] != '-' : !is_hex (id[i]))
      return FALSE;
  return id[i] == 0;
}

/**
 * zc_token_new:
 *
 * Returns: (transfer full): 256 random bits in base64url, 43 characters
 */
char *
zc_token_new (void)
{
  guint8 bytes[32];
  g_autofree char *token = NULL;

  zc_random_bytes (bytes, sizeof bytes);
  token = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (token, "+", '-');
  g_strdelimit (token, "/", '_');
  token[43] = 0; /* the padding */
  return g_steal_pointer (&token);
}

/**
 * zc_sha256_hex:
 * @data: (array length=size): bytes
 * @size: how many
 *
 * Returns: (transfer full): their SHA-256 in 64 lower-case hexadecimal digits
 */
char *
zc_sha256_hex (const void *data, gsize size)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
}

/**
 * zc_sha256_is_valid:
 * @text: a text
 *
 * Returns: whether it is written like a SHA-256: 64 lower-case hexadecimal digits
 */
gboolean
zc_sha256_is_valid (const char *text)
{
  int i;

  for (i = 0; i < 64; i++)
    if (!is_hex (text[i]))
      return FALSE;
  return text[i] == 0;
}
