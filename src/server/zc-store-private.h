/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-store.h"

/* What a database must be able to do. zc-store-sqlite.c is the one there is. */
typedef struct
{
  gboolean    (*exec)      (ZcStore *store, const char *sql, const ZcValue *values, guint n_values, GError **error);
  ZcRows     *(*query)     (ZcStore *store, const char *sql, const ZcValue *values, guint n_values);
  gint64      (*changes)   (ZcStore *store);
  gint64      (*total_changes) (ZcStore *store); /* rows written since it was opened, undone ones too */
  gboolean    (*script)    (ZcStore *store, const char *script, GError **error);
  int         (*version)   (ZcStore *store, GError **error);      /* of the schema; -1: failed */
  gboolean    (*set_version) (ZcStore *store, int version, GError **error);
  gboolean    (*begin)     (ZcStore *store, GError **error);
  gboolean    (*checkpoint) (ZcStore *store, gboolean restart, GError **error);
  gint64      (*log_bytes) (ZcStore *store);
  gboolean    (*in_transaction) (ZcStore *store);
  guint64     (*access_changes) (ZcStore *store);
  void        (*close)     (ZcStore *store);

  gboolean    (*next)      (ZcRows *rows);
  void        (*free_rows) (ZcRows *rows);
  const char *(*text)      (ZcRows *rows, int column);
  gint64      (*integer)   (ZcRows *rows, int column);
  const void *(*blob)      (ZcRows *rows, int column, gsize *size);
  gboolean    (*is_null)   (ZcRows *rows, int column);
} ZcStoreOps;

#define ZC_STORE_MAX_DEPTH 4

struct _ZcStore
{
  const ZcStoreOps *ops;
  GPtrArray        *notes;  /* (nullable) */
  gboolean          bold;   /* savepoints are not made but remembered */
  gboolean          spoilt; /* one was to be undone behind which something had been written */
  gint64            marks[ZC_STORE_MAX_DEPTH];
  guint             depth;
};

struct _ZcRows
{
  ZcStore *store;
  GError  *error;
};

int       zc_store_get_version (ZcStore *store, GError **error);
gboolean  zc_store_set_version (ZcStore *store, int version, GError **error);
/* How long the log was after the last commit of this connection. */
gint64    zc_store_log_bytes   (ZcStore *store);
/* Begins a transaction whose savepoints cost nothing, for the database copies every page that is written behind one. What was
 * to be undone and had written something is not undone: it spoils the transaction, which then must be rolled back. */
gboolean  zc_store_begin_bold  (ZcStore *store, GError **error);
gboolean  zc_store_is_spoilt   (ZcStore *store);
/* FALSE after a failure that made the database give up the whole transaction. */
gboolean  zc_store_in_transaction (ZcStore *store);
/* How often this connection has written to a table that says who may do what: sessions, memberships, accounts, bodies. */
guint64   zc_store_access_changes (ZcStore *store);
/* Moves the log into the database; restart also makes writers begin a new log, and waits for readers. */
gboolean  zc_store_checkpoint  (ZcStore *store, gboolean restart, GError **error);
