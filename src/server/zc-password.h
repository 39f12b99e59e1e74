/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-types.h"

/* Argon2id. Each call takes tens of milliseconds and 64 MiB: only in prepare of a ZC_KIND_SLOW route, and in commands. */
ZcPasswords *zc_passwords_new    (int                memory_kib,
                                  int                passes);
void         zc_passwords_free   (ZcPasswords       *passwords);
char        *zc_password_hash    (const ZcPasswords *passwords,
                                  const char        *password,
                                  GError           **error);
/* @hash NULL (nobody there): the same work, and FALSE. */
gboolean     zc_password_verify  (const ZcPasswords *passwords,
                                  const char        *hash,
                                  const char        *password);
