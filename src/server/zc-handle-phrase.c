/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier-notes.h"
#include "zc-event.h"
#include "zc-handlers.h"
#include "zc-id.h"
#include "zc-problems.h"
#include "zc-reason.h"
#include "zc-text.h"

/* The usual phrases of a body: what its people write again and again when they return a dossier (P9).
 * All its staff read, add and take away; nobody else sees them. */

static const ZcJsonMember members[] = {
  { "text", ZC_JSON_STRING, TRUE },
  { "code", ZC_JSON_STRING, FALSE },
};

static void
write_phrase (ZcJsonWriter *writer, ZcRows *rows)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_rows_text (rows, 0));
  zc_json_add_string (writer, "text", zc_rows_text (rows, 1));
  zc_json_add_string (writer, "code", zc_rows_text (rows, 2));
  zc_json_end_object (writer);
}

ZcReply *
zc_handle_phrase_list (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, text, code FROM phrase WHERE body = $1 ORDER BY created_at, id",
      ZC_TEXT (request->caller.body));

  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  while (zc_rows_next (rows))
    write_phrase (&writer, rows);
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return zc_rows_end (rows, error) ? g_steal_pointer (&reply) : NULL;
}

static gboolean
check_text (const char *text, GError **error)
{
  if (zc_text_is_blank (text))
    return zc_problems_refuse ("text", ZC_PROBLEM_REQUIRED, -1, error);
  if (zc_text_has_control (text, TRUE))
    return zc_problems_refuse ("text", ZC_PROBLEM_CONTROL_CHARACTER, -1, error);
  if (!zc_note_text_is_valid (text, ZC_NOTE_MAX_CHARACTERS))
    return zc_problems_refuse ("text", ZC_PROBLEM_TOO_LONG, ZC_NOTE_MAX_CHARACTERS, error);
  return TRUE;
}

static gboolean
check_room (const ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store, "SELECT COUNT(*) FROM phrase WHERE body = $1",
                                            ZC_TEXT (request->caller.body));
  gint64 n = zc_rows_next (rows) ? zc_rows_integer (rows, 0) : 0;

  return zc_rows_end (rows, error)
         && (n < ZC_PHRASES_MAX
             || zc_problems_refuse ("text", ZC_PROBLEM_TOO_MANY_ENTRIES, ZC_PHRASES_MAX, error));
}

/* The same words are kept once; where they are there already, that one is the answer. */
static ZcReply *
reply_same (const ZcRequest *request, ZcStore *store, int status, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (status, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, text, code FROM phrase WHERE body = $1 AND text = $2",
      ZC_TEXT (request->caller.body),
      ZC_TEXT (zc_json_get_string (zc_request_body (request), "text")));
  gboolean found = zc_rows_next (rows);

  if (found)
    write_phrase (&writer, rows);
  return zc_rows_end (rows, error) && found ? g_steal_pointer (&reply) : NULL;
}

ZcReply *
zc_handle_phrase_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  const char *text = zc_json_get_string (body, "text");
  const char *code = zc_json_get_string (body, "code");
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = NULL;
  ZcReason reason;
  ZcReply *same;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return NULL;
  if (!zc_reason_from_string (code, &reason))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "code: of the published list");
      return NULL;
    }
  if (!check_text (text, error))
    return NULL;
  same = reply_same (request, store, 200, &failure);
  if (same != NULL)
    return same;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  id = zc_id_new ();
  if (!check_room (request, store, error)
      || !zc_store_exec (store, error,
                         "INSERT INTO phrase (id, body, text, code, account, created_at)"
                         " VALUES ($1, $2, $3, $4, $5, $6)",
                         ZC_TEXT (id), ZC_TEXT (request->caller.body), ZC_TEXT (text),
                         ZC_TEXT (code), ZC_TEXT (request->caller.account),
                         ZC_INT (request->received))
      || !zc_event_note (request, store, "phrase-add", NULL, id, error))
    return NULL;
  return reply_same (request, store, 201, error);
}

ZcReply *
zc_handle_phrase_delete (ZcRequest *request, ZcStore *store, GError **error)
{
  const char *id = zc_request_param (request, "id");

  if (!zc_store_exec (store, error, "DELETE FROM phrase WHERE id = $1 AND body = $2", ZC_TEXT (id),
                      ZC_TEXT (request->caller.body)))
    return NULL;
  if (zc_store_changes (store) == 0)
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such phrase");
      return NULL;
    }
  return zc_event_note (request, store, "phrase-remove", NULL, id, error) ? zc_reply_new (204)
                                                                           : NULL;
}
