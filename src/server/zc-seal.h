/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-types.h"

/* Encryption at rest (decisions 23): XChaCha20-Poly1305, bound to a context, so that a sealed value moved to another row
 * or column does not open; and a blind index by a key of its own. Keys lie in one file outside the database, 0600.
 *
 * Envelope, binary: version (1) algorithm (1) key id (4, big endian) nonce (24) ciphertext and tag. */
#define ZC_SEAL_ERROR (zc_seal_error_quark ())
typedef enum
{
  ZC_SEAL_ERROR_KEY_FILE, /* missing, readable by others, or not one of ours */
  ZC_SEAL_ERROR_KEY,      /* sealed under a key that the file does not hold */
  ZC_SEAL_ERROR_BROKEN,   /* not an envelope, changed, or of another context */
} ZcSealError;
GQuark    zc_seal_error_quark (void);

#define ZC_SEAL_INDEX_BYTES 32

gboolean  zc_seal_make_keys   (const char    *path,     /* must not exist */
                               GError       **error);
ZcSeal   *zc_seal_load        (const char    *path,
                               GError       **error);
void      zc_seal_free        (ZcSeal        *seal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcSeal, zc_seal_free)
/* context: where the value lives, as "section:DOSSIER:SECTION", "account.id_number:ACCOUNT" */
guint8   *zc_seal_close       (const ZcSeal  *seal,     /* (transfer full) */
                               const char    *context,
                               const void    *data,
                               gsize          size,
                               gsize         *sealed_size);
gsize     zc_seal_size        (gsize          size);    /* of the envelope of so many bytes */
char     *zc_seal_open        (const ZcSeal  *seal,     /* (transfer full), a NUL behind its end */
                               const char    *context,
                               const void    *sealed,
                               gsize          sealed_size,
                               gsize         *size,     /* (out) (optional) */
                               GError       **error);
/* The blind index of a value already in its normal form; purpose as "account.id_number". */
void      zc_seal_index       (const ZcSeal  *seal,
                               const char    *purpose,
                               const char    *value,
                               guint8         index[ZC_SEAL_INDEX_BYTES]);
