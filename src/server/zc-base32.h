/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* RFC 4648 base32 without padding: secrets that people read and type. */
char *zc_base32_encode (const guint8 *bytes,
                        gsize         size);
/* Random ones of @length characters, 5 bits each: (transfer full). */
char *zc_base32_random (gsize         length);
/* What somebody typed without spaces and dashes, in capitals: (transfer full). */
char *zc_base32_normal (const char   *typed);
/* "ABCDE-FGHIJ": groups of @group: (transfer full). */
char *zc_base32_group  (const char   *text,
                        guint         group);
