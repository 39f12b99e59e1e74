/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include <sodium.h>

#include "zc-password.h"

/* Argon2id, by libsodium. How many run at once is up to the threads that call it. */

struct _ZcPasswords
{
  unsigned long long passes;
  gsize memory;
  char
      decoy[crypto_pwhash_STRBYTES]; /* of a password nobody knows: checked where there is nobody */
};

ZcPasswords *
zc_passwords_new (int memory_kib, int passes)
{
  ZcPasswords *passwords = g_new0 (ZcPasswords, 1);
  char nobody[32];

  passwords->passes = (unsigned long long)passes;
  passwords->memory = (gsize)memory_kib * 1024;
  randombytes_buf (nobody, sizeof nobody);
  if (crypto_pwhash_str (passwords->decoy, nobody, sizeof nobody, passwords->passes,
                         passwords->memory)
      != 0)
    g_error ("no memory for Argon2id");
  return passwords;
}

void
zc_passwords_free (ZcPasswords *passwords)
{
  g_free (passwords);
}

/**
 * zc_password_hash:
 * @password: whole, as typed: neither trimmed nor cut
 *
 * Returns: (transfer full): "$argon2id$v=19$m=…", with a salt of its own
 */
char *
zc_password_hash (const ZcPasswords *passwords, const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password), passwords->passes, passwords->memory)
      == 0)
    return g_strdup (hash);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no memory for Argon2id");
  return NULL;
}

/**
 * zc_password_verify:
 * @hash: (nullable): %NULL where there is no such person: the same time is spent
 * @password: what was typed
 *
 * Returns: whether @password is the one of @hash
 */
gboolean
zc_password_verify (const ZcPasswords *passwords, const char *hash, const char *password)
{
  int result = crypto_pwhash_str_verify (hash != NULL ? hash : passwords->decoy, password,
                                         strlen (password));

  return hash != NULL && result == 0;
}
