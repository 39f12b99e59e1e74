/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>
#include "zc-store-db.h"

/* What the files of the store's database share. */
struct _ZcStoreDb
{
  sqlite3 *sqlite;
  char    *folder;
  char    *images;
};

/* A statement with its parameters bound: format has one letter for each: s: const char * (nullable), i: gint64. NULL: error. */
sqlite3_stmt *zc_store_prepare  (ZcStoreDb   *db,
                                 GError     **error,
                                 const char  *sql,
                                 const char  *format,
                                 ...);
/* Runs it to its end and frees it; takes NULL for "could not be prepared". */
gboolean      zc_store_finish   (ZcStoreDb    *db,
                                 sqlite3_stmt *statement,
                                 GError      **error);
/* TRUE: a row is there. FALSE: none, or the error says why. */
gboolean      zc_store_step     (ZcStoreDb    *db,
                                 sqlite3_stmt *statement,
                                 GError      **error);
char         *zc_store_column   (sqlite3_stmt *statement,
                                 int           column); /* (transfer full) (nullable) */
/* Every row, as read makes it of one (transfer full); frees the statement, takes NULL for "could not be prepared". NULL: error. */
typedef gpointer (*ZcStoreReader) (ZcStoreDb *db, sqlite3_stmt *row);
GPtrArray    *zc_store_read_all (ZcStoreDb      *db,
                                 sqlite3_stmt   *statement,
                                 ZcStoreReader   read,
                                 GDestroyNotify  free_row,
                                 GError        **error);
GPtrArray    *zc_store_read_texts (ZcStoreDb    *db,
                                   sqlite3_stmt *statement, /* of one column */
                                   GError      **error);
void          zc_store_set_error (ZcStoreDb  *db,
                                  GError    **error);

/* Sections (zc-store-sections.c) */
gpointer      zc_store_write_section (ZcStoreDb             *db,
                                      const ZcStoredSection *row,
                                      GError               **error);
gboolean      zc_store_says_the_same (const char  *a,  /* (nullable): documents */
                                      const char  *b);
/* What an edit says in the form that the dossier is of by now (zc-store-form.c): (transfer full); NULL: its section is gone,
 * and what it said is told. */
gboolean      zc_store_fit_edit (ZcStoreDb         *db,
                                 const ZcStoreArgs *edit,
                                 char             **body,
                                 char             **base, /* (nullable) */
                                 GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)
