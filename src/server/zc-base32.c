/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-base32.h"
#include "zc-id.h"

/* Secrets for people: letters and digits that are hard to mistake, 5 bits each. */

#define BITS 5

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * zc_base32_encode:
 * @bytes: (array length=size): what
 * @size: how many
 *
 * Returns: (transfer full): RFC 4648 base32 without padding
 */
char *
zc_base32_encode (const guint8 *bytes, gsize size)
{
  GString *out = g_string_new (NULL);
  guint pending = 0, bits = 0;

  for (gsize i = 0; i < size; i++)
    for (pending = (pending << 8) | bytes[i], bits += 8; bits >= BITS; bits -= BITS)
      g_string_append_c (out, alphabet[(pending >> (bits - BITS)) & 31]);
  if (bits > 0)
    g_string_append_c (out, alphabet[(pending << (BITS - bits)) & 31]);
  return g_string_free (out, FALSE);
}

/**
 * zc_base32_random:
 * @length: characters
 *
 * Returns: (transfer full): a secret of five times so many bits
 */
char *
zc_base32_random (gsize length)
{
  g_autofree guint8 *bytes = g_malloc (length);
  char *text = g_malloc (length + 1);

  zc_random_bytes (bytes, length);
  for (gsize i = 0; i < length; i++)
    text[i] = alphabet[bytes[i] & 31];
  text[length] = '\0';
  return text;
}

/**
 * zc_base32_normal:
 * @typed: as somebody copied it
 *
 * Returns: (transfer full): without spaces and dashes, in capitals
 */
char *
zc_base32_normal (const char *typed)
{
  GString *out = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at++)
    if (*at != ' ' && *at != '-')
      g_string_append_c (out, g_ascii_toupper (*at));
  return g_string_free (out, FALSE);
}

/**
 * zc_base32_group:
 * @text: a secret
 * @group: characters of a group
 *
 * Returns: (transfer full): with a dash between groups, as it is read out and copied
 */
char *
zc_base32_group (const char *text, guint group)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; text[i] != '\0'; i++)
    {
      if (i > 0 && i % group == 0)
        g_string_append_c (out, '-');
      g_string_append_c (out, text[i]);
    }
  return g_string_free (out, FALSE);
}
