/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-time.h"
#include "zc-types.h"

/* SQL behind one small interface: one connection, used by one thread at a time. Statements are written once,
 * with $1 … $n, for SQLite and PostgreSQL alike, and are prepared once a connection, by the address of their text:
 * always pass string literals.
 *
 *   g_autoptr (ZcRows) rows = zc_store_query (store, "SELECT id, name FROM account WHERE id = $1", ZC_TEXT (id));
 *   while (zc_rows_next (rows))
 *     use (zc_rows_text (rows, 0));
 *   if (!zc_rows_end (rows, error))
 *     return NULL;
 */
typedef enum
{
  ZC_VALUE_NULL,
  ZC_VALUE_INTEGER,
  ZC_VALUE_TEXT,
  ZC_VALUE_BLOB,
} ZcValueType;

typedef struct
{
  ZcValueType type;
  gint64      integer;
  const void *data;  /* borrowed until the call returns (query: until the rows are freed) */
  gssize      size;  /* text: -1 when it ends with NUL */
} ZcValue;

static inline ZcValue
zc_value_integer (gint64 integer)
{
  return (ZcValue) { .type = ZC_VALUE_INTEGER, .integer = integer };
}
static inline ZcValue
zc_value_text (const char *text)
{
  return (ZcValue) { .type = text != NULL ? ZC_VALUE_TEXT : ZC_VALUE_NULL, .data = text, .size = -1 };
}
static inline ZcValue
zc_value_blob (const void *data, gsize size)
{
  return (ZcValue) { .type = data != NULL ? ZC_VALUE_BLOB : ZC_VALUE_NULL, .data = data, .size = (gssize) size };
}

#define ZC_INT(integer) zc_value_integer (integer)     /* also instants and flags */
#define ZC_TEXT(text) zc_value_text (text)             /* NULL binds NULL */
#define ZC_BLOB(data, size) zc_value_blob (data, size) /* NULL binds NULL */
#define ZC_NULL ((ZcValue) { .type = ZC_VALUE_NULL })

#define ZC_STORE_ERROR (zc_store_error_quark ())
typedef enum
{
  ZC_STORE_ERROR_UNIQUE,  /* a unique index or key refused; the message names its columns: "account.mobile" */
  ZC_STORE_ERROR_CHECK,   /* another constraint refused */
  ZC_STORE_ERROR_BUSY,
  ZC_STORE_ERROR_FULL,    /* the disk is full */
  ZC_STORE_ERROR_IO,      /* the disk fails, or the database is damaged */
  ZC_STORE_ERROR_SQL,     /* a slip in a statement, or anything else */
  ZC_STORE_ERROR_NEWER,   /* made by a newer program */
} ZcStoreError;
GQuark       zc_store_error_quark  (void);

typedef struct _ZcRows ZcRows;

/* A writing or a reading connection to the SQLite file at @path. */
ZcStore     *zc_store_open_sqlite  (const char     *path,
                                    gboolean        read_only,
                                    GError        **error);
void         zc_store_close        (ZcStore        *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcStore, zc_store_close)

gboolean     zc_store_exec_values  (ZcStore        *store,
                                    const char     *sql,
                                    const ZcValue  *values,
                                    guint           n_values,
                                    GError        **error);
ZcRows      *zc_store_query_values (ZcStore        *store,
                                    const char     *sql,
                                    const ZcValue  *values,
                                    guint           n_values);
/* zc_store_exec (store, error, sql, ZC_TEXT (id), ZC_INT (n) …) */
#define zc_store_exec(store, error, sql, ...)                                     \
  zc_store_exec_values (store, sql, &((const ZcValue[]) { { 0 }, ##__VA_ARGS__ })[1], \
                        G_N_ELEMENTS (((const ZcValue[]) { { 0 }, ##__VA_ARGS__ })) - 1, error)
/* zc_store_query (store, sql, ZC_TEXT (id) …): never NULL; a failure shows in zc_rows_end() */
#define zc_store_query(store, sql, ...)                                           \
  zc_store_query_values (store, sql, &((const ZcValue[]) { { 0 }, ##__VA_ARGS__ })[1], \
                         G_N_ELEMENTS (((const ZcValue[]) { { 0 }, ##__VA_ARGS__ })) - 1)

gint64       zc_store_changes      (ZcStore        *store);  /* rows the last exec wrote */
gboolean     zc_store_run_script   (ZcStore        *store,   /* many statements, no parameters: migrations */
                                    const char     *script,
                                    GError        **error);

gboolean     zc_rows_next          (ZcRows         *rows);   /* FALSE: no more, or a failure */
gboolean     zc_rows_end           (ZcRows         *rows,    /* FALSE: it failed */
                                    GError        **error);
void         zc_rows_free          (ZcRows         *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcRows, zc_rows_free)
const char  *zc_rows_text          (ZcRows         *rows,    /* (nullable): valid until the next row */
                                    int             column);
char        *zc_rows_dup_text      (ZcRows         *rows,
                                    int             column);
gint64       zc_rows_integer       (ZcRows         *rows,    /* 0 for NULL */
                                    int             column);
const void  *zc_rows_blob          (ZcRows         *rows,
                                    int             column,
                                    gsize          *size);
gboolean     zc_rows_is_null       (ZcRows         *rows,
                                    int             column);

/* Transactions are the machinery's: handlers already run in one. Commands (init, demo, staff) use these. */
gboolean     zc_store_begin        (ZcStore        *store,
                                    GError        **error);
gboolean     zc_store_commit       (ZcStore        *store,
                                    GError        **error);
void         zc_store_rollback     (ZcStore        *store);
gboolean     zc_store_savepoint    (ZcStore        *store,
                                    GError        **error);
gboolean     zc_store_release      (ZcStore        *store,
                                    GError        **error);
void         zc_store_rollback_to  (ZcStore        *store);

/* Names noted while writing; after the commit whoever waits for one of them is woken (zc-change.h, zc-outbox.h). */
void         zc_store_note         (ZcStore        *store,
                                    const char     *name);
GPtrArray   *zc_store_take_notes   (ZcStore        *store);  /* (nullable) (transfer full) */
