/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-engine.h"
#include "zc-idempotency.h"
#include "zc-readers.h"
#include "zc-reading.h"
#include "zc-refused.h"
#include "zc-server.h"
#include "zc-store-private.h"
#include "zc-waiting.h"
#include "zc-writer.h"

/* Which request runs where, and what all routes have in common: who asks, the body as JSON, kept
 * answers, the last use of the session. */

#define BUSY_SECONDS 1

/* A request in the writer. */
typedef struct
{
  ZcJob job;
  ZcRequest *request;
  ZcReply *reply;
} Work;

/* An answer that waits for its row of the record. */
typedef struct
{
  ZcJob job;
  ZcRequest *request;
  ZcReply *reply;
  char *refused; /* (nullable): a reading */
} Record;

typedef struct
{
  ZcJob job;
  char *session;
  ZcTime at;
} Touch;

/* --- answering
 * ----------------------------------------------------------------------------------------- */

static gboolean
run_record (ZcJob *job, ZcStore *store, GError **error)
{
  const Record *record = (const Record *)job;

  return record->refused != NULL
             ? zc_refused_write (record->request, store, record->refused, error)
             : zc_reading_write (record->request, store, error);
}

/* What cannot be recorded is not told either. */
static void
finish_record (ZcJob *job, const GError *error)
{
  Record *record = (Record *)job;
  ZcRequest *request = record->request;
  ZcReply *reply = record->reply;

  if (error != NULL)
    {
      if (record->refused != NULL)
        zc_refused_disown (request->server->refused, request, record->refused);
      zc_reply_free (reply);
      reply = zc_reply_error (error, request);
    }
  g_free (record->refused);
  g_free (record);
  request->answer (request, reply);
}

/* A row that nothing else writes: of what is read for the first time in the hour, of who is refused
 * a right. It is on the disk before the answer goes. */
static void
record_answer (ZcRequest *request, ZcReply *reply, char *refused)
{
  g_autoptr (GError) error = NULL;
  Record *record = g_new0 (Record, 1);

  record->job.run = run_record;
  record->job.finish = finish_record;
  record->request = request;
  record->reply = reply;
  record->refused = refused;
  if (!zc_writer_push (request->server->writer, &record->job, &error))
    finish_record (&record->job, error);
}

static gboolean
is_told (const ZcReply *reply)
{
  return reply->status < 400;
}

static void
answer (ZcRequest *request, ZcReply *reply)
{
  g_autoptr (GError) error = NULL;
  char *refused = NULL;

  if (reply != NULL && !zc_reply_open (reply, &error))
    {
      zc_reply_free (reply);
      reply = zc_reply_error (error, request);
    }
  if (reply != NULL
      && (zc_refused_claim (request->server->refused, request, reply, &refused)
          || (request->reading != NULL && is_told (reply))))
    record_answer (request, reply, refused);
  else
    request->answer (request, reply);
}

static void
answer_error (ZcRequest *request, const GError *error)
{
  answer (request, zc_reply_error (error, request));
}

static void
answer_busy (ZcRequest *request)
{
  g_autoptr (GError) error = zc_refusal_new (ZC_REFUSAL_BUSY, "too many requests are waiting");

  zc_refusal_set_retry (error, BUSY_SECONDS);
  answer_error (request, error);
}

static gboolean
parse_body (ZcRequest *request, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (request->route->body != ZC_BODY_JSON || request->json != NULL)
    return TRUE;
  if (request->body != NULL)
    request->json = zc_json_parse ((const char *)request->body->data, request->body->len, &wrong);
  if (request->json != NULL)
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "%s", wrong != NULL ? wrong->message : "no body");
  return FALSE;
}

/* Every handler returns a reply or sets an error; one that does neither has a fault that nobody
 * must wait for. */
static ZcReply *
call_handler (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcReply *reply = request->route->handler (request, store, error);

  if (reply == NULL && *error == NULL && request->route->kind != ZC_KIND_WAIT)
    zc_refusal_set (error, ZC_REFUSAL_INTERNAL, "request %" G_GUINT64_FORMAT, request->number);
  return reply;
}

/* --- the last use of a session
 * ------------------------------------------------------------------------ */

static gboolean
run_touch (ZcJob *job, ZcStore *store, GError **error)
{
  Touch *touch = (Touch *)job;

  return zc_access_touch (store, touch->session, touch->at, error);
}

static void
finish_touch (ZcJob *job, const GError *error)
{
  Touch *touch = (Touch *)job;

  g_free (touch->session);
  g_free (touch);
}

static void
push_touch (ZcRequest *request)
{
  Touch *touch;

  if (!zc_access_needs_touch (request))
    return;
  touch = g_new0 (Touch, 1);
  touch->job.run = run_touch;
  touch->job.finish = finish_touch;
  touch->session = g_strdup (request->caller.session);
  touch->at = request->received;
  if (!zc_writer_push (request->server->writer, &touch->job, NULL))
    finish_touch (&touch->job, NULL);
}

/* --- reading
 * ------------------------------------------------------------------------------------------- */

static ZcReply *
read_in_transaction (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcReply *reply = NULL;

  if (!zc_store_begin (store, error))
    return NULL;
  if (zc_access_check (request, store, error) && parse_body (request, error))
    reply = call_handler (request, store, error);
  zc_store_rollback (store);
  return reply;
}

static void
run_read (gpointer data, ZcStore *store)
{
  ZcRequest *request = data;
  g_autoptr (GError) error = NULL;
  ZcReply *reply = read_in_transaction (request, store, &error);

  if (error == NULL)
    push_touch (request);
  if (error != NULL)
    answer_error (request, error);
  else
    answer (request, reply);
}

/* Until it has an answer, or waits for one. */
static void
run_wait (gpointer data, ZcStore *store)
{
  ZcRequest *request = data;
  ZcWaiting *waiting = request->server->waiting;
  g_autoptr (GError) error = NULL;
  ZcReply *reply;
  guint64 stamp;

  do
    {
      stamp = zc_waiting_stamp (waiting);
      reply = read_in_transaction (request, store, &error);
    }
  while (reply == NULL && error == NULL && !zc_waiting_add (waiting, request, stamp));
  if (error != NULL)
    answer_error (request, error);
  else if (reply != NULL)
    answer (request, reply);
}

void
zc_engine_wake (ZcRequest *request)
{
  zc_readers_push (request->server->readers, run_wait, request, FALSE);
}

/* --- writing
 * ------------------------------------------------------------------------------------------- */

static gboolean
is_keyed (const ZcRequest *request)
{
  return request->key != NULL
         && (request->route->flags & (ZC_ROUTE_NEEDS_KEY | ZC_ROUTE_TAKES_KEY)) != 0;
}

/* A refusal undoes what the handler wrote, but is itself kept: so the handler has a savepoint of
 * its own. */
static ZcReply *
call_in_savepoint (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  ZcReply *reply;

  if (!zc_store_savepoint (store, error))
    return NULL;
  reply = call_handler (request, store, &refusal);
  if (reply != NULL)
    {
      if (zc_store_release (store, error))
        return reply;
      zc_reply_free (reply);
      return NULL;
    }
  zc_store_rollback_to (store);
  if (refusal->domain == ZC_REFUSAL_ERROR)
    return zc_reply_error (refusal, request);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return NULL;
}

static gboolean
run_keyed (Work *work, ZcStore *store, GError **error)
{
  if (!zc_idempotency_find (work->request, store, &work->reply, error))
    return FALSE;
  if (work->reply != NULL)
    return TRUE;
  if (work->request->refused != NULL)
    work->reply = zc_reply_error (work->request->refused, work->request);
  else
    work->reply = call_in_savepoint (work->request, store, error);
  return work->reply != NULL
         && zc_idempotency_keep (work->request, store, work->reply, error);
}

/* Its file may have been swept away between upload and row; then the client is to send it again. */
static gboolean
check_upload (const ZcRequest *request, GError **error)
{
  GError *refusal;

  if (request->route->kind != ZC_KIND_UPLOAD
      || zc_blobs_has (request->server->blobs, request->upload.sha256))
    return TRUE;
  refusal = zc_refusal_new (ZC_REFUSAL_BUSY, "the image was being cleared away");
  zc_refusal_set_retry (refusal, BUSY_SECONDS);
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
run_work (ZcJob *job, ZcStore *store, GError **error)
{
  Work *work = (Work *)job;
  ZcRequest *request = work->request;

  g_clear_pointer (&work->reply, zc_reply_free); /* of a batch that failed */
  /* who asks was read before; it is read again where sessions or memberships have changed since,
   * and behind a long body */
  if ((request->route->kind == ZC_KIND_UPLOAD
       || request->access_stamp != zc_store_access_changes (store))
      && !zc_access_check (request, store, error))
    return FALSE;
  if (!check_upload (request, error))
    return FALSE;
  if (is_keyed (request))
    {
      if (!run_keyed (work, store, error))
        return FALSE;
    }
  else
    {
      work->reply = call_handler (request, store, error);
      if (work->reply == NULL)
        return FALSE;
    }
  return !zc_access_needs_touch (request)
         || zc_access_touch (store, request->caller.session, request->received, error);
}

static void
finish_work (ZcJob *job, const GError *error)
{
  Work *work = (Work *)job;

  if (error != NULL)
    {
      zc_reply_free (work->reply);
      answer_error (work->request, error);
    }
  else
    answer (work->request, work->reply);
  g_free (work);
}

static void
push_work (ZcRequest *request)
{
  g_autoptr (GError) error = NULL;
  Work *work = g_new0 (Work, 1);

  work->job.run = run_work;
  work->job.finish = finish_work;
  work->request = request;
  if (zc_writer_push (request->server->writer, &work->job, &error))
    return;
  g_free (work);
  answer_error (request, error);
}

/* What is refused before anything was written is the same whenever it is asked again: of those whom
 * nobody knows it is not kept, or they could fill the disk. */
static gboolean
keeps_refusals (const ZcRequest *request)
{
  return is_keyed (request) && request->caller.account != NULL;
}

/* An answer that is kept comes before anything is worked out anew: what was right then may be
 * refused by now. */
static gboolean
find_kept (ZcRequest *request, ZcStore *store, ZcReply **kept, GError **error)
{
  if (!is_keyed (request))
    return TRUE;
  zc_idempotency_digest (request);
  return zc_idempotency_find (request, store, kept, error);
}

/* Who asks is found out before anything costly is done for them, and once more in the transaction.
 */
static gboolean
prepare (ZcRequest *request, ZcStore *store, ZcReply **kept, GError **error)
{
  gboolean done;

  request->access_stamp = zc_writer_access_stamp (request->server->writer);
  if (!zc_store_begin (store, error))
    return FALSE;
  done = zc_access_check (request, store, error) && parse_body (request, error)
         && find_kept (request, store, kept, error)
         && (*kept != NULL || request->route->prepare == NULL
             || request->route->prepare (request, store, error));
  zc_store_rollback (store);
  return done;
}

static void
run_prepare (gpointer data, ZcStore *store)
{
  ZcRequest *request = data;
  g_autoptr (GError) error = NULL;
  ZcReply *kept = NULL;

  if (!prepare (request, store, &kept, &error))
    {
      if (!keeps_refusals (request) || error->domain != ZC_REFUSAL_ERROR)
        {
          answer_error (request, error);
          return;
        }
      request->refused = g_steal_pointer (&error);
    }
  if (kept != NULL)
    answer (request, kept);
  else
    push_work (request);
}

static void
run_ask (gpointer data, ZcStore *store)
{
  ZcRequest *request = data;
  g_autoptr (GError) error = NULL;
  ZcReply *kept = NULL; /* uploads have no key */

  if (prepare (request, store, &kept, &error))
    answer (request, NULL);
  else
    answer_error (request, error);
}

void
zc_engine_ask (ZcRequest *request)
{
  zc_request_ref (request);
  if (!zc_readers_push (request->server->readers, run_ask, request, TRUE))
    answer_busy (request);
}

void
zc_engine_uploaded (ZcRequest *request, const GError *error)
{
  if (error == NULL)
    push_work (request);
  else
    answer_error (request, error);
}

void
zc_engine_run (ZcRequest *request)
{
  static const ZcReadFunc funcs[] = {
    [ZC_KIND_READ] = run_read,
    [ZC_KIND_WAIT] = run_wait,
    [ZC_KIND_WRITE] = run_prepare,
    [ZC_KIND_SLOW] = run_prepare,
  };
  ZcServer *server = request->server;
  ZcKind kind = request->route->kind;

  zc_request_ref (request);
  if (!zc_readers_push (kind == ZC_KIND_SLOW ? server->slow : server->readers, funcs[kind], request,
                        TRUE))
    answer_busy (request);
}
