/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "zc-dossier.h"
#include "zc-store-private.h"

/* Opening, statements, and the plain tables: dossiers, businesses, settings. Sections and images have files of their own. */

#define APPLICATION_ID 0x5a686963 /* "Zhic": sqlite3's header names whose file it is */

/* One text for each version of the schema, never edited once released. */
static const char *const schema[] = {
  "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE business (id TEXT NOT NULL, revision INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (id, revision));"
  "CREATE TABLE dossier (id TEXT PRIMARY KEY, json TEXT NOT NULL);"
  "CREATE TABLE section (dossier TEXT NOT NULL, section TEXT NOT NULL, body TEXT NOT NULL, base_body TEXT,"
  " base_version INTEGER NOT NULL, revision INTEGER NOT NULL, dirty INTEGER NOT NULL, edited_at INTEGER NOT NULL,"
  " state TEXT, problems TEXT, conflicts TEXT, refusal TEXT, lost_version INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (dossier, section)) WITHOUT ROWID;"
  "CREATE INDEX section_dirty ON section (dossier, section) WHERE dirty OR conflicts IS NOT NULL;"
  "CREATE TABLE image (dossier TEXT NOT NULL, sha256 TEXT NOT NULL, uploaded INTEGER NOT NULL, refusal TEXT,"
  " PRIMARY KEY (dossier, sha256)) WITHOUT ROWID;",
};

G_DEFINE_QUARK (zc-local-store-error-quark, zc_local_store_error)

/* Whatever SQLite cannot do here is the disk's trouble: full, broken, read-only, damaged. */
void
zc_store_set_error (ZcStoreDb *db, GError **error)
{
  g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_DISK, "%s (%d)", sqlite3_errmsg (db->sqlite),
               sqlite3_extended_errcode (db->sqlite));
}

gboolean
zc_store_db_run (ZcStoreDb *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  zc_store_set_error (db, error);
  return FALSE;
}

sqlite3_stmt *
zc_store_prepare (ZcStoreDb *db, GError **error, const char *sql, const char *format, ...)
{
  sqlite3_stmt *statement = NULL;
  va_list args;

  if (sqlite3_prepare_v2 (db->sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      zc_store_set_error (db, error);
      return NULL;
    }
  va_start (args, format);
  for (int i = 0; format[i] != '\0'; i++)
    if (format[i] == 's')
      sqlite3_bind_text (statement, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
    else
      sqlite3_bind_int64 (statement, i + 1, va_arg (args, gint64));
  va_end (args);
  return statement;
}

gboolean
zc_store_step (ZcStoreDb *db, sqlite3_stmt *statement, GError **error)
{
  int code = statement != NULL ? sqlite3_step (statement) : SQLITE_DONE;

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    zc_store_set_error (db, error);
  return code == SQLITE_ROW;
}

gboolean
zc_store_finish (ZcStoreDb *db, sqlite3_stmt *statement, GError **error)
{
  int code;

  if (statement == NULL)
    return FALSE;
  do
    code = sqlite3_step (statement);
  while (code == SQLITE_ROW);
  if (code != SQLITE_DONE)
    zc_store_set_error (db, error);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE;
}

char *
zc_store_column (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

GPtrArray *
zc_store_read_all (ZcStoreDb *db, sqlite3_stmt *statement, ZcStoreReader read, GDestroyNotify free_row, GError **error)
{
  g_autoptr (sqlite3_stmt) owned = statement;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (zc_store_step (db, statement, &local))
    g_ptr_array_add (rows, read (db, statement));
  if (local == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, local);
  return NULL;
}

static gpointer
read_text (ZcStoreDb *db, sqlite3_stmt *row)
{
  return zc_store_column (row, 0);
}

GPtrArray *
zc_store_read_texts (ZcStoreDb *db, sqlite3_stmt *statement, GError **error)
{
  return zc_store_read_all (db, statement, read_text, g_free, error);
}

static gint64
get_number (ZcStoreDb *db, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = zc_store_prepare (db, error, sql, "");

  return zc_store_step (db, statement, error) ? sqlite3_column_int64 (statement, 0) : -1;
}

static gboolean
apply_schema (ZcStoreDb *db, gint64 from, GError **error)
{
  for (gint64 i = from; i < (gint64) G_N_ELEMENTS (schema); i++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT",
                                              schema[i], APPLICATION_ID, (int) i + 1);

      if (!zc_store_db_run (db, sql, error))
        {
          zc_store_db_run (db, "ROLLBACK", NULL);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
migrate (ZcStoreDb *db, GError **error)
{
  gint64 version = get_number (db, "PRAGMA user_version", error);

  if (version < 0)
    return FALSE;
  if (version > (gint64) G_N_ELEMENTS (schema))
    {
      g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_NEWER, "version %d of the local store", (int) version);
      return FALSE;
    }
  return apply_schema (db, version, error);
}

/**
 * zc_store_db_open:
 * @folder: exists, locked by the caller
 * @error: return location: ZC_LOCAL_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the database, brought to the present schema
 */
ZcStoreDb *
zc_store_db_open (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  ZcStoreDb *db = g_new0 (ZcStoreDb, 1);
  int fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
  db->folder = g_strdup (folder);
  db->images = g_build_filename (folder, "images", NULL);
  if (g_mkdir_with_parents (db->images, 0700) != 0)
    g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_DISK, "%s: %s", db->images, g_strerror (errno));
  else if (sqlite3_open_v2 (path, &db->sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    zc_store_set_error (db, error);
  else if (zc_store_db_run (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;", error) &&
           migrate (db, error))
    return db;
  zc_store_db_close (db);
  return NULL;
}

void
zc_store_db_close (ZcStoreDb *db)
{
  sqlite3_close_v2 (db->sqlite);
  g_free (db->folder);
  g_free (db->images);
  g_free (db);
}

static gpointer
done (gboolean success)
{
  return GINT_TO_POINTER (success);
}

static char *
first_text (ZcStoreDb *db, sqlite3_stmt *prepared, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepared;

  return zc_store_step (db, statement, error) ? zc_store_column (statement, 0) : NULL;
}

/* A summary that arrives after the whole must not take the details away. */
static char *
complete_json (const char *known, const char *newer)
{
  g_autoptr (ZcJson) a = known != NULL ? zc_json_parse (known, strlen (known), NULL) : NULL;
  g_autoptr (ZcJson) b = zc_json_parse (newer, strlen (newer), NULL);

  if (a == NULL || b == NULL)
    return g_strdup (newer);
  return zc_dossier_json_union (zc_json_root (a), zc_json_root (b));
}

gpointer
zc_store_put_dossier (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autofree char *known = zc_store_get_dossier (db, args, effect, NULL);
  g_autofree char *json = complete_json (known, args->text);

  return done (zc_store_finish (db,
                                zc_store_prepare (db, error,
                                                  "INSERT INTO dossier (id, json) VALUES (?1, ?2)"
                                                  " ON CONFLICT (id) DO UPDATE SET json = excluded.json",
                                                  "ss", args->dossier, json),
                                error));
}

static gboolean
has_unsent (ZcStoreDb *db, const char *dossier, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      zc_store_prepare (db, error, "SELECT 1 FROM section WHERE dossier = ?1 AND (dirty OR conflicts IS NOT NULL)", "s", dossier);

  return zc_store_step (db, statement, error);
}

/* Files are left to the folder's next user of the same digest; a picture that nobody names any more goes with its row.
 * most_sent: 1 for all, 0 for those that the server did not acknowledge. */
static gboolean
forget_images (ZcStoreDb *db, const char *dossier, gint64 most_sent, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = zc_store_prepare (
      db, error,
      "SELECT sha256 FROM image i WHERE dossier = ?1 AND uploaded <= ?2"
      " AND NOT EXISTS (SELECT 1 FROM image o WHERE o.sha256 = i.sha256 AND o.dossier <> i.dossier)",
      "si", dossier, most_sent);

  while (zc_store_step (db, statement, error))
    {
      g_autofree char *name = g_strconcat ((const char *) sqlite3_column_text (statement, 0), ".jpg", NULL);
      g_autofree char *path = g_build_filename (db->images, name, NULL);

      g_unlink (path);
    }
  return zc_store_finish (
      db, zc_store_prepare (db, error, "DELETE FROM image WHERE dossier = ?1 AND uploaded <= ?2", "si", dossier, most_sent), error);
}

gpointer
zc_store_discard_images (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return done (forget_images (db, args->dossier, 0, error));
}

gpointer
zc_store_remove_dossier (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  if (has_unsent (db, args->dossier, error))
    return done (TRUE);
  return done (
      zc_store_finish (db, zc_store_prepare (db, error, "DELETE FROM section WHERE dossier = ?1", "s", args->dossier), error) &&
      zc_store_finish (db, zc_store_prepare (db, error, "DELETE FROM dossier WHERE id = ?1", "s", args->dossier), error) &&
      zc_store_finish (db,
                       zc_store_prepare (db, error,
                                         "DELETE FROM setting WHERE name IN (?2 || ?1, ?4 || ?1, ?5 || ?1)"
                                         " OR substr (name, 1, length (?3 || ?1 || ':')) = ?3 || ?1 || ':'",
                                         "sssss", args->dossier, ZC_LOCAL_STORE_RETURNED, ZC_LOCAL_STORE_NOTES,
                                         ZC_LOCAL_STORE_FORM, ZC_LOCAL_STORE_LEFT),
                       error) &&
      forget_images (db, args->dossier, 1, error));
}

gpointer
zc_store_list_dossiers (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return zc_store_read_texts (db, zc_store_prepare (db, error, "SELECT json FROM dossier ORDER BY id DESC", ""), error);
}

gpointer
zc_store_get_dossier (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return first_text (db, zc_store_prepare (db, error, "SELECT json FROM dossier WHERE id = ?1", "s", args->dossier), error);
}

gpointer
zc_store_put_business (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return done (zc_store_finish (db,
                                zc_store_prepare (db, error,
                                                  "INSERT OR REPLACE INTO business (id, revision, text) VALUES (?1, ?2, ?3)",
                                                  "sis", args->item, args->number, args->text),
                                error));
}

gpointer
zc_store_get_business (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return first_text (db,
                     zc_store_prepare (db, error, "SELECT text FROM business WHERE id = ?1 AND revision = ?2", "si", args->item,
                                       args->number),
                     error);
}

gpointer
zc_store_put_setting (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  const char *sql = args->text != NULL ? "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)"
                                       : "DELETE FROM setting WHERE name = ?1 AND ?2 IS NULL";

  return done (zc_store_finish (db, zc_store_prepare (db, error, sql, "ss", args->item, args->text), error));
}

gpointer
zc_store_drop_setting (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return done (zc_store_finish (db, zc_store_prepare (db, error, "DELETE FROM setting WHERE name = ?1 AND value = ?2", "ss",
                                                      args->item, args->text),
                                error));
}

gpointer
zc_store_get_setting (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return first_text (db, zc_store_prepare (db, error, "SELECT value FROM setting WHERE name = ?1", "s", args->item), error);
}
