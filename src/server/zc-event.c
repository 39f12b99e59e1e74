/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-digest.h"
#include "zc-event.h"
#include "zc-request.h"
#include "zc-server.h"

/* The chained record. A row's digest is the SHA-256 of the digest before it and the row's members,
 * each with its length before it; the payload enters by the digest of its sealed form, so that
 * erasing it leaves the chain whole. */

#define DIGEST_BYTES ZC_DIGEST_BYTES

typedef struct
{
  gint64 seq;
  guint8 digest[DIGEST_BYTES];
} Link;

static void
hash_text (struct sha256_ctx *hash, const char *text)
{
  guint32 length = text != NULL ? GUINT32_TO_BE ((guint32)strlen (text)) : G_MAXUINT32;

  sha256_update (hash, sizeof length, (const guint8 *)&length);
  if (text != NULL)
    sha256_update (hash, strlen (text), (const guint8 *)text);
}

static void
hash_integer (struct sha256_ctx *hash, gint64 integer)
{
  gint64 big = GINT64_TO_BE (integer);

  sha256_update (hash, sizeof big, (const guint8 *)&big);
}

/* payload: its digest, or NULL. The order is part of the format. */
static void
make_digest (const guint8 *previous,
             gint64 seq,
             const ZcEvent *event,
             const guint8 *payload,
             guint8 digest[DIGEST_BYTES])
{
  const char *texts[]
      = { event->act,        event->dossier,    event->account,  event->body,     event->role,
          event->from_stage, event->from_state, event->to_stage, event->to_state, event->subject };
  struct sha256_ctx hash;

  sha256_init (&hash);
  sha256_update (&hash, DIGEST_BYTES, previous);
  hash_integer (&hash, seq);
  hash_integer (&hash, event->at);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    hash_text (&hash, texts[i]);
  if (payload != NULL)
    sha256_update (&hash, DIGEST_BYTES, payload);
  sha256_digest (&hash, DIGEST_BYTES, digest);
}

static gboolean
read_last (ZcStore *store, Link *last, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT seq, digest FROM event ORDER BY seq DESC LIMIT 1");
  gsize size = 0;

  memset (last, 0, sizeof *last);
  if (zc_rows_next (rows))
    {
      const void *digest = zc_rows_blob (rows, 1, &size);

      last->seq = zc_rows_integer (rows, 0);
      memcpy (last->digest, digest, MIN (size, DIGEST_BYTES));
    }
  return zc_rows_end (rows, error);
}

static char *
payload_context (gint64 seq)
{
  return g_strdup_printf ("event:%" G_GINT64_FORMAT, seq);
}

static gboolean
store_payload (ZcStore *store, gint64 seq, const guint8 *sealed, gsize size, GError **error)
{
  return sealed == NULL
         || zc_store_exec (store, error, "INSERT INTO event_payload (seq, content) VALUES ($1, $2)",
                           ZC_INT (seq), ZC_BLOB (sealed, size));
}

/**
 * zc_event_append:
 * @event: what happened
 * @seq: (out) (optional): its number
 *
 * Appends to the record, in the transaction of what happened.
 */
gboolean
zc_event_append (
    ZcServer *server, ZcStore *store, const ZcEvent *event, gint64 *seq, GError **error)
{
  guint8 payload[DIGEST_BYTES], digest[DIGEST_BYTES];
  g_autofree guint8 *sealed = NULL;
  gsize size = 0;
  Link last;

  if (!read_last (store, &last, error))
    return FALSE;
  last.seq++;
  if (event->payload != NULL)
    {
      g_autofree char *context = payload_context (last.seq);

      sealed
          = zc_seal_close (server->seal, context, event->payload, strlen (event->payload), &size);
      zc_digest (sealed, size, payload);
    }
  make_digest (last.digest, last.seq, event, sealed != NULL ? payload : NULL, digest);
  if (seq != NULL)
    *seq = last.seq;
  return zc_store_exec (store, error,
                        "INSERT INTO event (seq, dossier, at, act, account, body, role, "
                        "from_stage, from_state, to_stage, "
                        "to_state, subject, payload, digest) "
                        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                        ZC_INT (last.seq), ZC_TEXT (event->dossier), ZC_INT (event->at),
                        ZC_TEXT (event->act), ZC_TEXT (event->account), ZC_TEXT (event->body),
                        ZC_TEXT (event->role), ZC_TEXT (event->from_stage),
                        ZC_TEXT (event->from_state), ZC_TEXT (event->to_stage),
                        ZC_TEXT (event->to_state), ZC_TEXT (event->subject),
                        ZC_BLOB (sealed != NULL ? payload : NULL, DIGEST_BYTES),
                        ZC_BLOB (digest, DIGEST_BYTES))
         && store_payload (store, last.seq, sealed, size, error);
}

/**
 * zc_event_note:
 * @request: by whom, in which capacity, at what moment
 * @store: the writer's
 * @act: what was done
 * @dossier: (nullable): to which dossier
 * @subject: (nullable): what else it is about; nothing that names a person
 * @error: of the store
 *
 * Appends what a handler did that needs no more telling (P15).
 *
 * Returns: whether it stands in the record
 */
gboolean
zc_event_note (const ZcRequest *request,
               ZcStore *store,
               const char *act,
               const char *dossier,
               const char *subject,
               GError **error)
{
  const ZcCaller *caller = &request->caller;
  const ZcEvent event = {
    .at = request->received,
    .act = act,
    .dossier = dossier,
    .account = caller->account,
    .body = caller->body,
    .role = caller->body_kind != NULL ? caller->body_kind : "applicant",
    .subject = subject,
  };

  return zc_event_append (request->server, store, &event, NULL, error);
}

/**
 * zc_event_payload:
 * @seq: of an event
 *
 * Returns: (transfer full) (nullable): its payload; %NULL without an error where it has none, or it
 * was erased
 */
char *
zc_event_payload (ZcServer *server, ZcStore *store, gint64 seq, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT content FROM event_payload WHERE seq = $1", ZC_INT (seq));
  g_autofree char *context = payload_context (seq);
  const void *sealed;
  gsize size;

  if (!zc_rows_next (rows))
    {
      zc_rows_end (rows, error);
      return NULL;
    }
  sealed = zc_rows_blob (rows, 0, &size);
  return zc_seal_open (server->seal, context, sealed, size, NULL, error);
}

static gboolean
holds_digest (ZcRows *rows, int column, const guint8 digest[DIGEST_BYTES])
{
  gsize size;
  const void *stored = zc_rows_blob (rows, column, &size);

  return stored != NULL && size == DIGEST_BYTES && memcmp (stored, digest, DIGEST_BYTES) == 0;
}

/* An erased payload is in order; one that is there must be the one that was written. */
static gboolean
payload_fits (ZcRows *rows)
{
  guint8 digest[DIGEST_BYTES];
  gsize size;
  const void *content = zc_rows_blob (rows, 14, &size);

  if (content == NULL)
    return TRUE;
  zc_digest (content, size, digest);
  return holds_digest (rows, 12, digest);
}

static gboolean
row_fits (ZcRows *rows, Link *last)
{
  ZcEvent event = {
    .dossier = zc_rows_text (rows, 1),
    .at = zc_rows_integer (rows, 2),
    .act = zc_rows_text (rows, 3),
    .account = zc_rows_text (rows, 4),
    .body = zc_rows_text (rows, 5),
    .role = zc_rows_text (rows, 6),
    .from_stage = zc_rows_text (rows, 7),
    .from_state = zc_rows_text (rows, 8),
    .to_stage = zc_rows_text (rows, 9),
    .to_state = zc_rows_text (rows, 10),
    .subject = zc_rows_text (rows, 11),
  };
  guint8 digest[DIGEST_BYTES];

  make_digest (last->digest, zc_rows_integer (rows, 0), &event, zc_rows_blob (rows, 12, NULL),
               digest);
  if (zc_rows_integer (rows, 0) != last->seq + 1 || !holds_digest (rows, 13, digest)
      || !payload_fits (rows))
    return FALSE;
  last->seq++;
  memcpy (last->digest, digest, DIGEST_BYTES);
  return TRUE;
}

/**
 * zc_event_verify:
 * @n_events: (out): how many fit
 *
 * Walks the chain from its first row.
 *
 * Returns: whether every row fits the one before it; what was cut off at the end only an anchor
 * outside can tell
 */
gboolean
zc_event_verify (ZcStore *store, gint64 *n_events, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT e.seq, e.dossier, e.at, e.act, e.account, e.body, e.role, "
                               "e.from_stage, e.from_state, e.to_stage, "
                               "e.to_state, e.subject, e.payload, e.digest, p.content FROM event e "
                               "LEFT JOIN event_payload p ON p.seq = e.seq "
                               "ORDER BY e.seq");
  Link last = { 0 };

  while (zc_rows_next (rows))
    if (!row_fits (rows, &last))
      {
        g_set_error (error, ZC_STORE_ERROR, ZC_STORE_ERROR_CHECK,
                     "event %" G_GINT64_FORMAT " does not fit the one before it", last.seq + 1);
        return FALSE;
      }
  *n_events = last.seq;
  return zc_rows_end (rows, error);
}
