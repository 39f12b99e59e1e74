/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-router.h"

/* What handlers ask of a request: parameters, query, body, preconditions. */

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 100

ZcRequest *
zc_request_new (void)
{
  ZcRequest *request = g_new0 (ZcRequest, 1);

  request->references = 1;
  return request;
}

static void
clear_caller (ZcCaller *caller)
{
  g_free (caller->session);
  g_free (caller->account);
  g_free (caller->membership);
  g_free (caller->body);
  g_free (caller->body_kind);
  memset (caller, 0, sizeof *caller);
}

ZcRequest *
zc_request_ref (ZcRequest *request)
{
  g_atomic_int_inc (&request->references);
  return request;
}

void
zc_request_free (ZcRequest *request)
{
  if (request == NULL || !g_atomic_int_dec_and_test (&request->references))
    return;
  g_clear_error (&request->refused);
  if (request->prepared_free != NULL)
    request->prepared_free (request->prepared);
  clear_caller (&request->caller);
  zc_reply_free (request->reply);
  if (request->upload_task_free != NULL)
    request->upload_task_free (request->upload_task);
  g_clear_pointer (&request->json, zc_json_unref);
  g_clear_pointer (&request->body, g_byte_array_unref);
  g_free (request->path);
  g_free (request->text);
  g_free (request->token);
  g_free (request->key);
  g_free (request->if_match);
  g_free (request->if_none_match);
  g_free (request->content_type);
  g_free (request->peer);
  g_free (request->reading_dossier);
  g_free (request->wait_audience);
  g_free (request);
}

/**
 * zc_request_take_caller:
 * @request: a request
 * @caller: (transfer full): who asks, as just read from the store
 */
void
zc_request_take_caller (ZcRequest *request, ZcCaller *caller)
{
  clear_caller (&request->caller);
  request->caller = *caller;
}

/**
 * zc_request_param:
 * @request: a request
 * @name: the name of a piece of the route's pattern
 *
 * Returns: (transfer none): what stood there; %NULL only when the pattern has no such piece
 */
const char *
zc_request_param (const ZcRequest *request, const char *name)
{
  const char *pattern = request->route->pattern;
  gsize length = strlen (name);

  for (guint i = 0; i < ZC_MAX_PARAMS && (pattern = strchr (pattern, '{')) != NULL; i++)
    {
      pattern++;
      if (strncmp (pattern, name, length) == 0 && pattern[length] == '}')
        return request->params[i];
    }
  g_return_val_if_reached (NULL);
}

/**
 * zc_request_query:
 * @request: a request
 * @key: a key of the route's query
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
zc_request_query (const ZcRequest *request, const char *key)
{
  for (guint i = 0; i < request->n_query; i++)
    if (strcmp (request->query[i].key, key) == 0)
      return request->query[i].value;
  return NULL;
}

static gboolean
read_number (const char *text, gint64 min, gint64 max, gint64 *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, (guint64)min, (guint64)max, &value, NULL))
    return FALSE;
  *number = (gint64)value;
  return TRUE;
}

gboolean
zc_request_limit (const ZcRequest *request, int *limit, GError **error)
{
  const char *text = zc_request_query (request, "limit");
  gint64 number = DEFAULT_LIMIT;

  if (text != NULL && !read_number (text, 1, MAX_LIMIT, &number))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "limit must be 1 to %d", MAX_LIMIT);
      return FALSE;
    }
  *limit = (int)number;
  return TRUE;
}

const ZcJsonValue *
zc_request_body (const ZcRequest *request)
{
  return request->json != NULL ? zc_json_root (request->json) : NULL;
}

gboolean
zc_request_expect (const ZcRequest *request,
                   const ZcJsonMember *members,
                   guint n_members,
                   GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (zc_json_expect (zc_request_body (request), members, n_members, &wrong))
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "%s", wrong->message);
  return FALSE;
}

/**
 * zc_request_if_match:
 * @request: a request
 * @version: (out): the version that the client knows
 *
 * Reads If-Match: one strong tag of a number. Without it: 428. "*", lists and weak tags name no
 * version: 412.
 */
gboolean
zc_request_if_match (const ZcRequest *request, gint64 *version, GError **error)
{
  const char *text = request->if_match;
  gsize length = text != NULL ? strlen (text) : 0;
  g_autofree char *number = NULL;

  if (text == NULL)
    {
      zc_refusal_set (error, ZC_REFUSAL_NO_PRECONDITION, "If-Match is missing");
      return FALSE;
    }
  if (length > 2 && text[0] == '"' && text[length - 1] == '"' && (text[1] != '0' || length == 3))
    number = g_strndup (text + 1, length - 2);
  if (number != NULL && read_number (number, 0, G_MAXINT64, version))
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_PRECONDITION, "If-Match names no version");
  return FALSE;
}

void
zc_request_set_prepared (ZcRequest *request, gpointer prepared, GDestroyNotify free)
{
  if (request->prepared_free != NULL)
    request->prepared_free (request->prepared);
  request->prepared = prepared;
  request->prepared_free = free;
}

void
zc_request_wait (ZcRequest *request, const char *audience, ZcTime until)
{
  if (g_strcmp0 (request->wait_audience, audience) != 0)
    {
      g_free (request->wait_audience);
      request->wait_audience = g_strdup (audience);
    }
  request->wait_until = until;
}
