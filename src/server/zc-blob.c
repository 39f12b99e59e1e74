/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "zc-blob.h"
#include "zc-digest.h"
#include "zc-id.h"
#include "zc-jpeg.h"

/* The image store: images/ab/abcd…, and images/incoming/ for what is not whole yet. */

struct _ZcBlobs
{
  char *directory;
  char *incoming;
};

struct _ZcBlobWriter
{
  ZcBlobs *blobs;
  char sha256[65]; /* as promised */
  char *path;
  int fd;
  struct sha256_ctx hash;
  ZcJpegWalk *walk;
  gint64 bytes;
  gint64 max_bytes;
};

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", what,
               g_strerror (errno));
  return FALSE;
}

/* What a crash left half written is nobody's. */
static void
clear_incoming (const char *incoming)
{
  g_autoptr (GDir) dir = g_dir_open (incoming, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (incoming, name, NULL);

      g_unlink (path);
    }
}

ZcBlobs *
zc_blobs_open (const char *directory, GError **error)
{
  ZcBlobs *blobs = g_new0 (ZcBlobs, 1);

  blobs->directory = g_strdup (directory);
  blobs->incoming = g_build_filename (directory, "incoming", NULL);
  if (g_mkdir_with_parents (blobs->incoming, 0700) != 0)
    {
      fail (error, blobs->incoming);
      zc_blobs_close (blobs);
      return NULL;
    }
  return blobs;
}

/* For the server alone, before it takes requests: commands must not clear away what it is taking
 * in. */
void
zc_blobs_sweep (ZcBlobs *blobs)
{
  clear_incoming (blobs->incoming);
}

void
zc_blobs_close (ZcBlobs *blobs)
{
  if (blobs == NULL)
    return;
  g_free (blobs->directory);
  g_free (blobs->incoming);
  g_free (blobs);
}

static char *
folder_of (ZcBlobs *blobs, const char *sha256)
{
  char shelf[3] = { sha256[0], sha256[1], '\0' };

  return g_build_filename (blobs->directory, shelf, NULL);
}

char *
zc_blobs_path (ZcBlobs *blobs, const char *sha256)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (zc_sha256_is_valid (sha256), NULL);
  folder = folder_of (blobs, sha256);
  return g_build_filename (folder, sha256, NULL);
}

gboolean
zc_blobs_has (ZcBlobs *blobs, const char *sha256)
{
  g_autofree char *path = zc_blobs_path (blobs, sha256);

  return g_access (path, R_OK) == 0;
}

gboolean
zc_blobs_remove (ZcBlobs *blobs, const char *sha256, GError **error)
{
  g_autofree char *path = zc_blobs_path (blobs, sha256);

  return g_unlink (path) == 0 || errno == ENOENT || fail (error, "remove");
}

/**
 * zc_blob_writer_new:
 * @sha256: which its bytes must have
 * @max_bytes: more are refused
 *
 * Returns: (transfer full): begins a file
 */
ZcBlobWriter *
zc_blob_writer_new (ZcBlobs *blobs, const char *sha256, gint64 max_bytes, GError **error)
{
  g_autoptr (ZcBlobWriter) writer = g_new0 (ZcBlobWriter, 1);
  g_autofree char *id = zc_id_new ();

  writer->blobs = blobs;
  g_strlcpy (writer->sha256, sha256, sizeof writer->sha256);
  writer->max_bytes = max_bytes;
  writer->path = g_build_filename (blobs->incoming, id, NULL);
  writer->fd = g_open (writer->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (writer->fd < 0)
    {
      fail (error, "incoming");
      return NULL;
    }
  sha256_init (&writer->hash);
  writer->walk = zc_jpeg_walk_new (TRUE);
  return g_steal_pointer (&writer);
}

static void
refuse_image (GError **error, const char *sha256, ZcProblemCode code, gint64 limit)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_problem_free);
  GError *refusal = zc_refusal_new (ZC_REFUSAL_IMAGE, "%s", zc_problem_code_to_string (code));

  g_ptr_array_add (problems, zc_problem_new (code, NULL, NULL, NULL, sha256, limit));
  zc_refusal_take_problems (refusal, g_steal_pointer (&problems));
  g_propagate_error (error, refusal);
}

static void
refuse_size (GError **error, gint64 limit)
{
  GError *refusal = zc_refusal_new (ZC_REFUSAL_TOO_LARGE, "the image has too many bytes");

  zc_refusal_set_limit (refusal, limit);
  g_propagate_error (error, refusal);
}

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize)written;
    }
  return TRUE;
}

gboolean
zc_blob_writer_feed (ZcBlobWriter *writer, const void *data, gsize size, GError **error)
{
  ZcProblemCode problem;

  writer->bytes += (gint64)size;
  if (writer->bytes > writer->max_bytes)
    {
      refuse_size (error, writer->max_bytes);
      return FALSE;
    }
  problem = zc_jpeg_walk_feed (writer->walk, data, size);
  if (problem != ZC_PROBLEM_NONE)
    {
      refuse_image (error, writer->sha256, problem,
                    problem == ZC_PROBLEM_TOO_MANY_PIXELS ? ZC_JPEG_MAX_PIXELS : -1);
      return FALSE;
    }
  sha256_update (&writer->hash, size, data);
  return write_all (writer->fd, data, size) || fail (error, "write");
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    fail (error, "sync of a folder");
  if (fd >= 0)
    close (fd);
  return done;
}

/* File, name, and the folders that hold the name: in this order, each durable before the next. */
static gboolean
make_durable (ZcBlobWriter *writer, GError **error)
{
  g_autofree char *folder = folder_of (writer->blobs, writer->sha256);
  g_autofree char *path = zc_blobs_path (writer->blobs, writer->sha256);
  gboolean is_new = g_mkdir (folder, 0700) == 0;

  if (!is_new && errno != EEXIST)
    return fail (error, "folder");
  if (fdatasync (writer->fd) != 0)
    return fail (error, "sync");
  if (g_rename (writer->path, path) != 0)
    return fail (error, "rename");
  g_clear_pointer (&writer->path, g_free);
  return sync_folder (folder, error) && (!is_new || sync_folder (writer->blobs->directory, error));
}

static void
format_hex (const guint8 digest[32], char hex[65])
{
  for (guint i = 0; i < 32; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", digest[i]);
}

gboolean
zc_blob_writer_finish (ZcBlobWriter *writer, ZcUpload *upload, GError **error)
{
  ZcJpegInfo info = { 0 };
  ZcProblemCode problem
      = writer->bytes == 0 ? ZC_PROBLEM_IMAGE_EMPTY : zc_jpeg_walk_finish (writer->walk, &info);
  guint8 digest[32];

  sha256_digest (&writer->hash, sizeof digest, digest);
  format_hex (digest, upload->sha256);
  if (problem == ZC_PROBLEM_NONE && strcmp (upload->sha256, writer->sha256) != 0)
    problem = ZC_PROBLEM_DIGEST;
  if (problem != ZC_PROBLEM_NONE)
    {
      refuse_image (error, writer->sha256, problem,
                    problem == ZC_PROBLEM_TOO_MANY_PIXELS ? ZC_JPEG_MAX_PIXELS : -1);
      return FALSE;
    }
  upload->bytes = writer->bytes;
  upload->width = info.width;
  upload->height = info.height;
  return make_durable (writer, error);
}

void
zc_blob_writer_free (ZcBlobWriter *writer)
{
  if (writer == NULL)
    return;
  if (writer->fd >= 0)
    close (writer->fd);
  if (writer->path != NULL)
    g_unlink (writer->path);
  g_clear_pointer (&writer->walk, zc_jpeg_walk_free);
  g_free (writer->path);
  g_free (writer);
}
