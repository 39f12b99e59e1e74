/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "zc-request.h"
#include "zc-store.h"

/* Replies, and the one place where errors become some. */

#define BUSY_SECONDS 1
#define STORAGE_SECONDS 30

ZcReply *
zc_reply_new (int status)
{
  ZcReply *reply = g_new0 (ZcReply, 1);

  reply->status = status;
  reply->fd = -1;
  return reply;
}

gboolean
zc_reply_open (ZcReply *reply, GError **error)
{
  struct stat info;

  if (reply->file == NULL || reply->fd >= 0)
    return TRUE;
  reply->fd = g_open (reply->file, O_RDONLY | O_CLOEXEC, 0);
  if (reply->fd < 0 || fstat (reply->fd, &info) != 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "a file to send: %s",
                   g_strerror (errno));
      return FALSE;
    }
  reply->file_size = (guint64)info.st_size;
  readahead (reply->fd, 0, reply->file_size);
  return TRUE;
}

void
zc_reply_free (ZcReply *reply)
{
  if (reply == NULL)
    return;
  if (reply->text != NULL)
    g_string_free (reply->text, TRUE);
  g_clear_pointer (&reply->bytes, g_bytes_unref);
  g_free (reply->file);
  g_clear_fd (&reply->fd, NULL);
  g_free (reply->etag);
  g_free (reply->location);
  g_free (reply->allow);
  g_free (reply);
}

/**
 * zc_reply_json:
 * @status: of HTTP
 * @writer: (out caller-allocates): writes into the reply
 *
 * Returns: (transfer full): a reply whose JSON @writer is to write
 */
ZcReply *
zc_reply_json (int status, ZcJsonWriter *writer)
{
  ZcReply *reply = zc_reply_new (status);

  reply->content_type = "application/json";
  reply->text = g_string_sized_new (1024);
  zc_json_writer_init (writer, reply->text);
  return reply;
}

ZcReply *
zc_reply_text (int status, const char *content_type, GString *text)
{
  ZcReply *reply = zc_reply_new (status);

  reply->content_type = content_type;
  reply->text = text;
  return reply;
}

ZcReply *
zc_reply_bytes (int status, const char *content_type, GBytes *bytes)
{
  ZcReply *reply = zc_reply_new (status);

  reply->content_type = content_type;
  reply->bytes = bytes;
  return reply;
}

ZcReply *
zc_reply_file (int status, const char *content_type, char *path)
{
  ZcReply *reply = zc_reply_new (status);

  reply->content_type = content_type;
  reply->file = path;
  return reply;
}

void
zc_reply_set_version (ZcReply *reply, gint64 version)
{
  g_free (reply->etag);
  reply->etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);
}

/* What is no refusal of ours: a full disk and a busy database are told, all else only by an id that
 * is in the log. */
static GError *
refuse_failure (const GError *error, const ZcRequest *request)
{
  GError *refusal;

  if (g_error_matches (error, ZC_STORE_ERROR, ZC_STORE_ERROR_BUSY))
    {
      refusal = zc_refusal_new (ZC_REFUSAL_BUSY, "the database is busy");
      zc_refusal_set_retry (refusal, BUSY_SECONDS);
      return refusal;
    }
  g_warning ("request %" G_GUINT64_FORMAT " failed: %s: %s", request != NULL ? request->number : 0,
             g_quark_to_string (error->domain), error->message);
  if (g_error_matches (error, ZC_STORE_ERROR, ZC_STORE_ERROR_FULL)
      || g_error_matches (error, ZC_STORE_ERROR, ZC_STORE_ERROR_IO)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    {
      refusal = zc_refusal_new (ZC_REFUSAL_STORAGE, "the server cannot store now");
      zc_refusal_set_retry (refusal, STORAGE_SECONDS);
      return refusal;
    }
  return zc_refusal_new (ZC_REFUSAL_INTERNAL, "request %" G_GUINT64_FORMAT,
                         request != NULL ? request->number : 0);
}

/**
 * zc_reply_error:
 * @error: why there is no other reply
 * @request: (nullable): whose number goes into the log
 *
 * Returns: (transfer full): application/problem+json
 */
ZcReply *
zc_reply_error (const GError *error, const ZcRequest *request)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *json = NULL;
  ZcReply *reply;

  if (error->domain != ZC_REFUSAL_ERROR)
    error = failure = refuse_failure (error, request);
  json = zc_refusal_to_json (error);
  reply = zc_reply_text (zc_refusal_status (error->code), "application/problem+json",
                         g_string_new (json));
  reply->retry_after = zc_refusal_get_retry (error);
  return reply;
}
