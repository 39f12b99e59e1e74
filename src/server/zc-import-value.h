/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"
#include "zc-store.h"

/* What the imports of catalogue and bodies share: each item is checked before it is written, and what is wrong is told with its
 * place: "bodies[3].region: …". */
typedef struct
{
  ZcStore *store; /* in a transaction */
  ZcTime   now;
} ZcImport;

#define ZC_IMPORT_ERROR (zc_import_error_quark ())
GQuark    zc_import_error_quark (void);

typedef gboolean (*ZcImportItem) (const ZcImport    *import,
                                  const ZcJsonValue *item,
                                  guint              position,
                                  GError           **error);

/* Runs @func over an array; its errors get the place in front. */
gboolean  zc_import_each        (const ZcImport     *import,
                                 const char         *list,
                                 const ZcJsonValue  *items,
                                 ZcImportItem        func,
                                 GError            **error);
void      zc_import_prefix      (GError            **error,
                                 const char         *list,
                                 guint               position);
/* FALSE, with an error that names the member. */
gboolean  zc_import_refuse      (GError            **error,
                                 const char         *member,
                                 const char         *reason);
/* A word to name things by: small letters, digits and hyphens, at most 64. */
gboolean  zc_import_check_id    (const ZcJsonValue  *item,
                                 GError            **error);
/* What people read: not empty, no control characters, at most 100 characters. */
gboolean  zc_import_check_name  (const char         *member,
                                 const char         *name,
                                 GError            **error);
/* Whether @sql finds a row for @id; @id NULL: nothing is referred to. */
gboolean  zc_import_check_known (const ZcImport     *import,
                                 const char         *sql,
                                 const char         *member,
                                 const char         *id,
                                 GError            **error);
