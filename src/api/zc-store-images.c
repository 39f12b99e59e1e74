/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "zc-store-private.h"

/* Images on this computer: files named by their digest, written whole before the row that names them. */

void
zc_stored_image_free (ZcStoredImage *image)
{
  g_free (image->dossier);
  g_free (image->sha256);
  g_free (image->path);
  g_free (image->refusal);
  g_free (image);
}

static char *
path_of (ZcStoreDb *db, const char *sha256)
{
  g_autofree char *name = g_strconcat (sha256, ".jpg", NULL);

  return g_build_filename (db->images, name, NULL);
}

static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean success = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return success;
}

static gboolean
write_file (ZcStoreDb *db, const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) local = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (!g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local))
    g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_DISK, "%s", local->message);
  else if (!sync_folder (db->images))
    g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_DISK, "%s: %s", db->images, g_strerror (errno));
  else
    return TRUE;
  return FALSE;
}

gpointer
zc_store_put_image (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autofree char *path = path_of (db, args->item);

  if (!write_file (db, path, args->bytes, error))
    return NULL;
  *effect = ZC_STORE_IMAGE_CHANGED;
  return GINT_TO_POINTER (zc_store_finish (
      db,
      zc_store_prepare (db, error,
                        "INSERT INTO image (dossier, sha256, uploaded) VALUES (?1, ?2, ?3)"
                        " ON CONFLICT (dossier, sha256) DO UPDATE SET uploaded = max (uploaded, excluded.uploaded)",
                        "ssi", args->dossier, args->item, (gint64) args->flag),
      error));
}

gpointer
zc_store_image_sent (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  *effect = ZC_STORE_IMAGE_CHANGED;
  return GINT_TO_POINTER (zc_store_finish (
      db,
      zc_store_prepare (db, error, "UPDATE image SET uploaded = ?3 IS NULL, refusal = ?3 WHERE dossier = ?1 AND sha256 = ?2",
                        "sss", args->dossier, args->item, args->state),
      error));
}

gpointer
zc_store_image_lost (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  *effect = ZC_STORE_IMAGE_CHANGED;
  return GINT_TO_POINTER (zc_store_finish (
      db,
      zc_store_prepare (db, error, "UPDATE image SET uploaded = 0 WHERE dossier = ?1 AND sha256 = ?2", "ss", args->dossier,
                        args->item),
      error));
}

static gpointer
read_row (ZcStoreDb *db, sqlite3_stmt *statement)
{
  ZcStoredImage *image = g_new0 (ZcStoredImage, 1);

  image->dossier = zc_store_column (statement, 0);
  image->sha256 = zc_store_column (statement, 1);
  image->uploaded = sqlite3_column_int (statement, 2) != 0;
  image->refusal = zc_store_column (statement, 3);
  image->path = path_of (db, image->sha256);
  if (!g_file_test (image->path, G_FILE_TEST_IS_REGULAR))
    g_clear_pointer (&image->path, g_free);
  return image;
}

static GPtrArray *
read_rows (ZcStoreDb *db, sqlite3_stmt *statement, GError **error)
{
  return zc_store_read_all (db, statement, read_row, (GDestroyNotify) zc_stored_image_free, error);
}

gpointer
zc_store_list_images (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return read_rows (db,
                    zc_store_prepare (db, error, "SELECT dossier, sha256, uploaded, refusal FROM image WHERE dossier = ?1", "s",
                                      args->dossier),
                    error);
}

gpointer
zc_store_list_unsent_images (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  /* one that was taken away again before it was sent stays for 撤销, and is nobody's business till then */
  return read_rows (db,
                    zc_store_prepare (db, error,
                                      "SELECT dossier, sha256, uploaded, refusal FROM image i WHERE NOT uploaded AND EXISTS"
                                      " (SELECT 1 FROM section s WHERE s.dossier = i.dossier AND instr (s.body, i.sha256) > 0)",
                                      ""),
                    error);
}

gpointer
zc_store_read_image (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autofree char *path = path_of (db, args->item);
  char *data;
  gsize size;

  if (g_file_get_contents (path, &data, &size, NULL))
    return g_bytes_new_take (data, size);
  g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_MISSING, "the image is not on this computer");
  return NULL;
}
