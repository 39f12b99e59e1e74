/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

void      zc_random_bytes  (void       *buffer,
                            gsize       size);
char     *zc_id_new        (void);                 /* UUIDv7 from the kernel's random source */
gboolean  zc_id_is_valid   (const char *id);       /* a lower-case UUID of any version */
char     *zc_token_new     (void);                 /* 256 random bits, base64url, 43 characters */
char     *zc_sha256_hex    (const void *data,
                            gsize       size);
gboolean  zc_sha256_is_valid (const char *hex);    /* 64 lower-case hexadecimal digits */
