/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-id.h"

/* Identifiers, tokens and digests. */

#define MANY 10000

static void
test_ids (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 before = g_get_real_time () / 1000;
  GHashTableIter iter;
  gint64 after;
  char *id;

  for (guint i = 0; i < MANY; i++)
    {
      id = zc_id_new ();

      g_assert_true (zc_id_is_valid (id));
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      g_assert_true (g_hash_table_add (seen, id));
    }
  after = g_get_real_time () / 1000;
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    {
      g_autofree char *stamp = g_strdup_printf ("%.8s%.4s", id, id + 9);
      gint64 time = (gint64)g_ascii_strtoull (stamp, NULL, 16);

      g_assert_cmpint (time, >=, before);
      g_assert_cmpint (time, <=, after);
    }
}

static void
test_valid_ids (void)
{
  static const struct
  {
    const char *id;
    gboolean valid;
  } rows[] = {
    { "0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061", TRUE },
    { "00000000-0000-0000-0000-000000000000", TRUE },
    { "0199A3B4-5c6d-7e8f-9a0b-1c2d3e4f5061", FALSE },
    { "0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f506", FALSE },
    { "0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f50611", FALSE },
    { "0199a3b45c6d7e8f9a0b1c2d3e4f5061", FALSE },
    { "{0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061}", FALSE },
    { "0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f506g", FALSE },
    { "../../../../../../../../etc/passwd......", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (zc_id_is_valid (rows[i].id), ==, rows[i].valid);
}

static void
test_tokens (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < MANY; i++)
    {
      char *token = zc_token_new ();

      g_assert_cmpuint (strlen (token), ==, 43);
      g_assert_cmpuint (
          strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==,
          43);
      g_assert_true (g_hash_table_add (seen, token));
    }
}

/* Each of 8,192 bits is set in about half of 64 draws: a stuck bit or byte shows at once. */
static void
test_random (void)
{
  guint8 block[1024];
  guint set[1024 * 8] = { 0 };

  for (guint draw = 0; draw < 64; draw++)
    {
      zc_random_bytes (block, sizeof block);
      for (guint bit = 0; bit < G_N_ELEMENTS (set); bit++)
        set[bit] += block[bit / 8] >> (bit % 8) & 1;
    }
  for (guint bit = 0; bit < G_N_ELEMENTS (set); bit++)
    {
      g_assert_cmpuint (set[bit], >, 4);
      g_assert_cmpuint (set[bit], <, 60);
    }
  zc_random_bytes (block, 0);
}

static void
test_sha256 (void)
{
  static const struct
  {
    const char *data, *digest;
  } rows[] = {
    /* FIPS 180-2 */
    { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *digest = zc_sha256_hex (rows[i].data, strlen (rows[i].data));

      g_assert_cmpstr (digest, ==, rows[i].digest);
      g_assert_true (zc_sha256_is_valid (digest));
      digest[63] = 'A';
      g_assert_false (zc_sha256_is_valid (digest));
      digest[63] = 0;
      g_assert_false (zc_sha256_is_valid (digest));
    }
  g_assert_false (zc_sha256_is_valid (""));
  g_assert_false (
      zc_sha256_is_valid ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/uuid-7", test_ids);
  g_test_add_func ("/id/SEC-S34/valid", test_valid_ids);
  g_test_add_func ("/id/SEC-S11/tokens", test_tokens);
  g_test_add_func ("/id/SEC-S11/random", test_random);
  g_test_add_func ("/id/B1/sha256", test_sha256);
  return g_test_run ();
}
