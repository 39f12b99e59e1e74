/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "zc-seal.h"

/* Encryption at rest. The key file is a GKeyFile:
 *
 *   [keys]
 *   seal-1=base64 of 32 bytes     one a key id; the highest seals, all open
 *   index=base64 of 32 bytes      of the blind indexes: never changes, or they would have to be
 * made anew
 */

#define VERSION 1
#define ALGORITHM_XCHACHA20_POLY1305 1
#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PREFIX_BYTES 6
#define HEAD_BYTES (PREFIX_BYTES + NONCE_BYTES)
#define MAX_KEYS 16

typedef struct
{
  guint32 id;
  guint8 bytes[KEY_BYTES];
} Key;

struct _ZcSeal
{
  Key keys[MAX_KEYS];
  guint n_keys;
  const Key *newest;
  guint8 index[crypto_generichash_KEYBYTES];
};

G_DEFINE_QUARK (zc - seal - error, zc_seal_error)

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gsize length = strlen (text);
  gboolean done = fd >= 0 && write (fd, text, length) == (gssize)length && fsync (fd) == 0;

  if (!done)
    g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY_FILE, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}

/**
 * zc_seal_make_keys:
 * @path: a file that does not exist yet
 *
 * Makes a fresh set of keys, readable by its owner alone.
 */
gboolean
zc_seal_make_keys (const char *path, GError **error)
{
  guint8 keys[2][KEY_BYTES];
  g_autofree char *seal = NULL, *index = NULL, *text = NULL;
  gboolean done;

  randombytes_buf (keys, sizeof keys);
  seal = g_base64_encode (keys[0], KEY_BYTES);
  index = g_base64_encode (keys[1], KEY_BYTES);
  text = g_strdup_printf (
      "# Without this file nothing private in the database can be read. Back it up apart from it.\n"
      "[keys]\nseal-1=%s\nindex=%s\n",
      seal, index);
  done = write_file (path, text, error);
  sodium_memzero (keys, sizeof keys);
  sodium_memzero (seal, strlen (seal));
  sodium_memzero (index, strlen (index));
  sodium_memzero (text, strlen (text));
  return done;
}

static gboolean
check_file (const char *path, GError **error)
{
  struct stat info;

  if (stat (path, &info) != 0)
    g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY_FILE, "%s: %s", path, g_strerror (errno));
  else if ((info.st_mode & 077) != 0)
    g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY_FILE,
                 "%s: may be read by others (mode %03o); it must be 600", path,
                 info.st_mode & 0777);
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_key (GKeyFile *file, const char *name, guint8 bytes[KEY_BYTES], GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, "keys", name, NULL);
  gsize size = 0;
  g_autofree guint8 *data = text != NULL ? g_base64_decode (text, &size) : NULL;

  if (size != KEY_BYTES)
    {
      g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY_FILE, "the key file has no good \"%s\"",
                   name);
      return FALSE;
    }
  memcpy (bytes, data, KEY_BYTES);
  sodium_memzero (data, size);
  sodium_memzero (text, strlen (text));
  return TRUE;
}

static gboolean
read_keys (ZcSeal *seal, GKeyFile *file, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (file, "keys", NULL, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      Key *key = &seal->keys[seal->n_keys];
      guint64 id;

      if (!g_str_has_prefix (names[i], "seal-"))
        continue;
      if (seal->n_keys == MAX_KEYS
          || !g_ascii_string_to_unsigned (names[i] + strlen ("seal-"), 10, 1, G_MAXUINT32, &id,
                                          NULL))
        {
          g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY_FILE, "the key file: \"%s\"",
                       names[i]);
          return FALSE;
        }
      key->id = (guint32)id;
      if (!read_key (file, names[i], key->bytes, error))
        return FALSE;
      if (seal->newest == NULL || key->id > seal->newest->id)
        seal->newest = key;
      seal->n_keys++;
    }
  return read_key (file, "index", seal->index, error);
}

/**
 * zc_seal_load:
 * @path: the key file
 *
 * Returns: (transfer full): its keys, or %NULL when it is missing, readable by others, or not one
 * of ours
 */
ZcSeal *
zc_seal_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (ZcSeal) seal = NULL;

  if (!check_file (path, error) || !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    return NULL;
  seal = sodium_malloc (sizeof *seal);
  memset (seal, 0, sizeof *seal);
  if (!read_keys (seal, file, error))
    return NULL;
  if (seal->newest == NULL)
    {
      g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY_FILE, "%s: no key to seal with", path);
      return NULL;
    }
  return g_steal_pointer (&seal);
}

void
zc_seal_free (ZcSeal *seal)
{
  sodium_free (seal);
}

/* What a tag covers beside the text: the head without the nonce, and the context. */
static GByteArray *
bind_context (const guint8 *head, const char *context)
{
  GByteArray *bound = g_byte_array_sized_new (128);

  g_byte_array_append (bound, head, PREFIX_BYTES);
  g_byte_array_append (bound, (const guint8 *)context, (guint)strlen (context));
  return bound;
}

/**
 * zc_seal_close:
 * @seal: the keys
 * @context: where the value will live; the same is needed to open it
 * @data: @size bytes
 * @sealed_size: (out): bytes of the envelope
 *
 * Returns: (transfer full): the envelope
 */
guint8 *
zc_seal_close (
    const ZcSeal *seal, const char *context, const void *data, gsize size, gsize *sealed_size)
{
  guint8 *sealed = g_malloc (HEAD_BYTES + size + TAG_BYTES);
  guint32 id = GUINT32_TO_BE (seal->newest->id);
  g_autoptr (GByteArray) bound = NULL;

  sealed[0] = VERSION;
  sealed[1] = ALGORITHM_XCHACHA20_POLY1305;
  memcpy (sealed + 2, &id, sizeof id);
  randombytes_buf (sealed + PREFIX_BYTES, NONCE_BYTES);
  bound = bind_context (sealed, context);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + HEAD_BYTES, NULL, data, size, bound->data,
                                              bound->len, NULL, sealed + PREFIX_BYTES,
                                              seal->newest->bytes);
  *sealed_size = HEAD_BYTES + size + TAG_BYTES;
  return sealed;
}

/**
 * zc_seal_size:
 * @size: bytes of a text
 *
 * Returns: bytes of its envelope
 */
gsize
zc_seal_size (gsize size)
{
  return HEAD_BYTES + size + TAG_BYTES;
}

static const Key *
find_key (const ZcSeal *seal, const guint8 *sealed)
{
  guint32 id;

  memcpy (&id, sealed + 2, sizeof id);
  for (guint i = 0; i < seal->n_keys; i++)
    if (seal->keys[i].id == GUINT32_FROM_BE (id))
      return &seal->keys[i];
  return NULL;
}

static const Key *
check_head (const ZcSeal *seal, const guint8 *sealed, gsize size, GError **error)
{
  const Key *key;

  if (sealed == NULL || size < HEAD_BYTES + TAG_BYTES || sealed[0] != VERSION
      || sealed[1] != ALGORITHM_XCHACHA20_POLY1305)
    {
      g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_BROKEN, "not a sealed value");
      return NULL;
    }
  key = find_key (seal, sealed);
  if (key == NULL)
    g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_KEY, "sealed under a key that is not here");
  return key;
}

/**
 * zc_seal_open:
 * @seal: the keys
 * @context: that it was sealed with
 * @sealed: (nullable): @sealed_size bytes
 * @size: (out) (optional): bytes of the text
 *
 * Returns: (transfer full): the text, a NUL behind it; %NULL when it was changed, moved, or its key
 * is not here
 */
char *
zc_seal_open (const ZcSeal *seal,
              const char *context,
              const void *sealed,
              gsize sealed_size,
              gsize *size,
              GError **error)
{
  const Key *key = check_head (seal, sealed, sealed_size, error);
  const guint8 *head = sealed;
  g_autoptr (GByteArray) bound = NULL;
  g_autofree char *text = NULL;

  if (key == NULL)
    return NULL;
  bound = bind_context (head, context);
  text = g_malloc (sealed_size - HEAD_BYTES - TAG_BYTES + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt ((guint8 *)text, NULL, NULL, head + HEAD_BYTES,
                                                  sealed_size - HEAD_BYTES, bound->data, bound->len,
                                                  head + PREFIX_BYTES, key->bytes)
      != 0)
    {
      g_set_error (error, ZC_SEAL_ERROR, ZC_SEAL_ERROR_BROKEN,
                   "a sealed value was changed or moved");
      return NULL;
    }
  text[sealed_size - HEAD_BYTES - TAG_BYTES] = '\0';
  if (size != NULL)
    *size = sealed_size - HEAD_BYTES - TAG_BYTES;
  return g_steal_pointer (&text);
}

/**
 * zc_seal_index:
 * @seal: the keys
 * @purpose: which column: the same value has another index in each
 * @value: in its normal form
 * @index: (out): keyed BLAKE2b
 */
void
zc_seal_index (const ZcSeal *seal,
               const char *purpose,
               const char *value,
               guint8 index[ZC_SEAL_INDEX_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, seal->index, sizeof seal->index, ZC_SEAL_INDEX_BYTES);
  crypto_generichash_update (&state, (const guint8 *)purpose, strlen (purpose) + 1);
  crypto_generichash_update (&state, (const guint8 *)value, strlen (value));
  crypto_generichash_final (&state, index, ZC_SEAL_INDEX_BYTES);
}
