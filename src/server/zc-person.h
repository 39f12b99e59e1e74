/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-types.h"

/* The person behind an account, with what the ID document tells, opened. */
typedef struct
{
  char *name;
  char *id_kind;
  char *id_number;
  char *masked;
  char *birth_date; /* (nullable) */
  char *sex;        /* (nullable) */
  char *mobile;
  char *email;
} ZcPerson;

ZcPerson     *zc_person_load           (ZcServer           *server,
                                        ZcStore            *store,
                                        const char         *account,
                                        GError            **error);
void          zc_person_free           (ZcPerson           *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcPerson, zc_person_free)
/* The envelope for account.identity: (transfer full) */
guint8       *zc_person_seal           (ZcServer           *server,
                                        const char         *account,
                                        const char         *id_number,
                                        const char         *birth_date,  /* (nullable) */
                                        const char         *sex,         /* (nullable) */
                                        gsize              *size);
