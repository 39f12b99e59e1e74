/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <sodium.h>
#include <string.h>

#include "zc-idempotency.h"
#include "zc-router.h"
#include "zc-server.h"

/* Kept answers. What is kept is sealed: "content type, etag, location, retry-after" as lines, an
 * empty line, the content. */

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * zc_idempotency_digest:
 * @request: with its key and, where the route has one, its body
 *
 * Works out what a repeat of this request must equal: once, before the writer's turn.
 */
void
zc_idempotency_digest (ZcRequest *request)
{
  const char method[2] = { (char)('0' + request->method), ' ' };
  crypto_generichash_state hash;

  crypto_generichash_init (&hash, NULL, 0, ZC_IDEMPOTENCY_DIGEST_BYTES);
  crypto_generichash_update (&hash, (const guint8 *)method, sizeof method);
  crypto_generichash_update (&hash, (const guint8 *)request->path, strlen (request->path) + 1);
  if (request->body != NULL)
    crypto_generichash_update (&hash, request->body->data, request->body->len);
  crypto_generichash_final (&hash, request->key_digest, ZC_IDEMPOTENCY_DIGEST_BYTES);
}

static const char *
owner (const ZcRequest *request)
{
  return request->caller.account != NULL ? request->caller.account : "";
}

static char *
make_context (const ZcRequest *request)
{
  return g_strconcat ("idempotency:", owner (request), ":", request->key, NULL);
}

static const char *
known_type (const char *type)
{
  static const char *types[] = { "application/json", "application/problem+json" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i], type) == 0)
      return types[i];
  return NULL;
}

static char *
text_or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static ZcReply *
read_answer (int status, const char *kept)
{
  g_auto (GStrv) lines = g_strsplit (kept, "\n", 6);
  const char *type;
  ZcReply *reply;

  if (g_strv_length (lines) != 6)
    return NULL;
  type = known_type (lines[0]);
  reply = type != NULL ? zc_reply_text (status, type, g_string_new (lines[5]))
                       : zc_reply_new (status);
  reply->etag = text_or_null (lines[1]);
  reply->location = text_or_null (lines[2]);
  reply->retry_after = (int)g_ascii_strtoll (lines[3], NULL, 10);
  return reply;
}

static gboolean
check_digest (ZcRows *rows, const ZcRequest *request, GError **error)
{
  gsize size;
  const void *stored = zc_rows_blob (rows, 0, &size);

  if (size == ZC_IDEMPOTENCY_DIGEST_BYTES && memcmp (stored, request->key_digest, size) == 0)
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_KEY_REUSED, "the key was used for another request");
  return FALSE;
}

gboolean
zc_idempotency_find (ZcRequest *request, ZcStore *store, ZcReply **reply, GError **error)
{
  g_autofree char *context = make_context (request), *kept = NULL;
  g_autoptr (ZcRows) rows = NULL;
  const void *sealed;
  gsize size;

  *reply = NULL;
  rows = zc_store_query (
      store,
      "SELECT digest, status, body FROM idempotency WHERE account = $1 AND key = $2 AND at > $3",
      ZC_TEXT (owner (request)), ZC_TEXT (request->key),
      ZC_INT (request->received - request->server->config->idempotency_hours * HOUR_MS));
  if (!zc_rows_next (rows))
    return zc_rows_end (rows, error);
  if (!check_digest (rows, request, error))
    return FALSE;
  sealed = zc_rows_blob (rows, 2, &size);
  kept = zc_seal_open (request->server->seal, context, sealed, size, NULL, error);
  if (kept == NULL)
    return FALSE;
  *reply = read_answer ((int)zc_rows_integer (rows, 1), kept);
  return TRUE;
}

/* 401, 408, 429 and 5xx say nothing about the request: trying again may do better. */
static gboolean
is_kept (int status)
{
  return status != 401 && status != 408 && status != 429 && status < 500;
}

gboolean
zc_idempotency_keep (ZcRequest *request, ZcStore *store, const ZcReply *reply, GError **error)
{
  g_autofree char *context = NULL, *kept = NULL;
  g_autofree guint8 *sealed = NULL;
  gsize size;

  if (!is_kept (reply->status))
    return TRUE;
  context = make_context (request);
  kept = g_strdup_printf (
      "%s\n%s\n%s\n%d\n\n%s", reply->content_type != NULL ? reply->content_type : "",
      reply->etag != NULL ? reply->etag : "", reply->location != NULL ? reply->location : "",
      reply->retry_after, reply->text != NULL ? reply->text->str : "");
  sealed = zc_seal_close (request->server->seal, context, kept, strlen (kept), &size);
  return zc_store_exec (store, error,
                        "INSERT INTO idempotency (account, key, digest, status, body, at) VALUES "
                        "($1, $2, $3, $4, $5, $6) "
                        "ON CONFLICT (account, key) DO UPDATE SET digest = excluded.digest, status "
                        "= excluded.status, "
                        "body = excluded.body, at = excluded.at",
                        ZC_TEXT (owner (request)), ZC_TEXT (request->key),
                        ZC_BLOB (request->key_digest, ZC_IDEMPOTENCY_DIGEST_BYTES), ZC_INT (reply->status),
                        ZC_BLOB (sealed, size), ZC_INT (request->received));
}
