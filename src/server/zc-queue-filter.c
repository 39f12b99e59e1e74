/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-identity.h"
#include "zc-queue-filter.h"
#include "zc-server.h"
#include "zc-workflow.h"

/* Reading what a queue is narrowed and ordered by, and where a page of it begins. */

#define DEFAULT_ROWS 50
#define MAX_ID_CHARACTERS 128
#define MAX_NAME_CHARACTERS 200

static const struct
{
  const char *name;
  ZcQueueOrder order;
  gboolean descending;
} orders[] = {
  { "submitted_at", ZC_QUEUE_BY_SUBMISSION, FALSE },
  { "-submitted_at", ZC_QUEUE_BY_SUBMISSION, TRUE },
  { "name", ZC_QUEUE_BY_NAME, FALSE },
  { "-name", ZC_QUEUE_BY_NAME, TRUE },
  { "level", ZC_QUEUE_BY_RANK, FALSE },
  { "-level", ZC_QUEUE_BY_RANK, TRUE },
};

static gboolean
refuse_key (const ZcQueueFilter *filter, const char *key, GError **error)
{
  zc_refusal_set (error, filter->from_body ? ZC_REFUSAL_BAD_JSON : ZC_REFUSAL_BAD_REQUEST, "%s",
                  key);
  return FALSE;
}

static gboolean
check_length (
    const ZcQueueFilter *filter, const char *key, const char *text, glong limit, GError **error)
{
  return text == NULL || g_utf8_strlen (text, -1) <= limit || refuse_key (filter, key, error);
}

static gboolean
find_by_id_number (const ZcRequest *request,
                   ZcStore *store,
                   const char *text,
                   ZcQueueFilter *filter,
                   GError **error)
{
  g_autofree char *normal = zc_normal_id_number (text);
  g_autoptr (ZcRows) rows = NULL;
  guint8 index[ZC_SEAL_INDEX_BYTES];

  zc_seal_index (request->server->seal, "account.id_number", normal, index);
  rows = zc_store_query (store, "SELECT id FROM account WHERE id_index = $1",
                         ZC_BLOB (index, sizeof index));
  filter->account = zc_rows_next (rows) ? zc_rows_dup_text (rows, 0) : g_strdup ("");
  return zc_rows_end (rows, error);
}

static gboolean
looks_like_id_number (const char *text)
{
  g_autofree char *normal = zc_normal_id_number (text);
  gsize length = strlen (normal);

  for (const char *c = normal; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      return FALSE;
  return length == 15 || length == 18;
}

/* (transfer full): the first text behind all that begin with @start */
static char *
dup_beyond (const char *start)
{
  return g_strconcat (start, "\364\217\277\277", NULL); /* U+10FFFF */
}

/* The start of a name, or a whole ID number where @store is there to look it up (U3). */
static gboolean
read_text (const ZcRequest *request,
           ZcStore *store,
           const char *typed,
           ZcQueueFilter *filter,
           GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  if (*text == '\0')
    return TRUE;
  if (!check_length (filter, "text", text, MAX_NAME_CHARACTERS, error))
    return FALSE;
  if (looks_like_id_number (text))
    return store != NULL ? find_by_id_number (request, store, text, filter, error)
                         : refuse_key (filter, "text", error);
  filter->beyond = dup_beyond (text);
  filter->name = g_steal_pointer (&text);
  return TRUE;
}

/* The start of the name of the unit that it comes from: apart from the person's name, as both at once would have no index (U3). */
static gboolean
read_unit (const char *typed, ZcQueueFilter *filter, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  if (*text == '\0')
    return TRUE;
  if (!check_length (filter, "unit_name", text, MAX_NAME_CHARACTERS, error))
    return FALSE;
  filter->beyond_unit = dup_beyond (text);
  filter->unit = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_sort (const char *sort, ZcQueueFilter *filter, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].name, sort != NULL ? sort : "submitted_at"))
      {
        filter->order = orders[i].order;
        filter->descending = orders[i].descending;
        return TRUE;
      }
  return refuse_key (filter, "sort", error);
}

static gboolean
check_filter (ZcQueueFilter *filter, GError **error)
{
  ZcStage stage;

  if (filter->stage != NULL && !zc_stage_from_string (filter->stage, &stage))
    return refuse_key (filter, "stage", error);
  if (g_strcmp0 (filter->state, "all-open") == 0)
    filter->state = NULL;
  if (filter->state != NULL && !g_str_equal (filter->state, "waiting")
      && !g_str_equal (filter->state, "in-review"))
    return refuse_key (filter, "state", error);
  return check_length (filter, "business", filter->business, MAX_ID_CHARACTERS, error)
         && check_length (filter, "level", filter->level, MAX_ID_CHARACTERS, error);
}

/* A cursor's text is PART|ID|LEAD. */
static gboolean
read_place (ZcQueueFilter *filter, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (filter->page.text, "|", 3);

  if (!filter->page.after)
    {
      filter->id = g_strdup ("");
      return TRUE;
    }
  if (g_strv_length (parts) != 3 || strlen (parts[0]) != 1 || *parts[0] < '0' || *parts[0] > '2')
    return refuse_key (filter, "cursor", error);
  filter->part = (ZcQueuePart)(*parts[0] - '0');
  filter->id = g_strdup (parts[1]);
  filter->lead = g_strdup (parts[2]);
  return TRUE;
}

/**
 * zc_queue_filter_read_query:
 * @request: a GET
 * @queue: whether cursors are those of a body's queue; a person's own list has others
 * @filter: (out caller-allocates): zeroed; free with zc_queue_filter_clear()
 * @error: bad-request; also a whole ID number, which has no place in an address (SEC-S39)
 *
 * Returns: whether all was good
 */
gboolean
zc_queue_filter_read_query (const ZcRequest *request,
                            gboolean queue,
                            ZcQueueFilter *filter,
                            GError **error)
{
  const char *year = zc_request_query (request, "year");
  guint64 number = 0;

  filter->business = zc_request_query (request, "business");
  filter->stage = zc_request_query (request, "stage");
  filter->state = zc_request_query (request, "state");
  filter->level = zc_request_query (request, "level");
  if (year != NULL && !g_ascii_string_to_unsigned (year, 10, 2000, 2199, &number, NULL))
    return refuse_key (filter, "year", error);
  filter->year = (gint64)number;
  return check_filter (filter, error)
         && read_sort (zc_request_query (request, "sort"), filter, error)
         && read_text (request, NULL, zc_request_query (request, "text"), filter, error)
         && read_unit (zc_request_query (request, "unit_name"), filter, error)
         && zc_page_read (request, &filter->page, error) && (!queue || read_place (filter, error));
}

/**
 * zc_queue_filter_read_body:
 * @request: a search
 * @store: where ID numbers are looked up
 * @filter: (out caller-allocates): zeroed; free with zc_queue_filter_clear()
 * @error: bad-json, bad-request
 *
 * Returns: whether all was good
 */
gboolean
zc_queue_filter_read_body (const ZcRequest *request,
                           ZcStore *store,
                           ZcQueueFilter *filter,
                           GError **error)
{
  static const ZcJsonMember members[] = {
    { "business", ZC_JSON_STRING, FALSE }, { "stage", ZC_JSON_STRING, FALSE },
    { "state", ZC_JSON_STRING, FALSE },    { "level", ZC_JSON_STRING, FALSE },
    { "year", ZC_JSON_INTEGER, FALSE },    { "text", ZC_JSON_STRING, FALSE },
    { "sort", ZC_JSON_STRING, FALSE },     { "own_first", ZC_JSON_BOOL, FALSE },
    { "limit", ZC_JSON_INTEGER, FALSE },   { "cursor", ZC_JSON_STRING, FALSE },
    { "unit_name", ZC_JSON_STRING, FALSE },
  };
  const ZcJsonValue *body = zc_request_body (request);
  gint64 limit;

  filter->from_body = TRUE;
  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error))
    return FALSE;
  filter->business = zc_json_get_string (body, "business");
  filter->stage = zc_json_get_string (body, "stage");
  filter->state = zc_json_get_string (body, "state");
  filter->level = zc_json_get_string (body, "level");
  filter->year = zc_json_get_integer (body, "year", 0);
  filter->part = zc_json_get_bool (body, "own_first", FALSE) ? ZC_QUEUE_OWN : ZC_QUEUE_ALL;
  limit = zc_json_get_integer (body, "limit", DEFAULT_ROWS);
  if (limit < 1 || limit > ZC_QUEUE_MAX_ROWS)
    return refuse_key (filter, "limit", error);
  return check_filter (filter, error)
         && read_sort (zc_json_get_string (body, "sort"), filter, error)
         && read_text (request, store, zc_json_get_string (body, "text"), filter, error)
         && read_unit (zc_json_get_string (body, "unit_name"), filter, error)
         && zc_page_begin (zc_json_get_string (body, "cursor"), (int)limit, &filter->page, error)
         && read_place (filter, error);
}

/**
 * zc_queue_filter_cursor:
 * @part: of the list that the row stands in
 * @submitted_at: the row's
 * @id: the row's
 * @lead: the row's name or rank: what the list is ordered by, before the time; or ""
 *
 * Returns: (transfer full): the cursor behind that row
 */
char *
zc_queue_filter_cursor (ZcQueuePart part, gint64 submitted_at, const char *id, const char *lead)
{
  g_autofree char *text = g_strdup_printf ("%d|%s|%s", (int)part, id, lead);

  return zc_page_cursor (submitted_at, text);
}

void
zc_queue_filter_enter (ZcQueueFilter *filter, ZcQueuePart part)
{
  filter->part = part;
  filter->page.after = FALSE;
  g_clear_pointer (&filter->lead, g_free);
  g_set_str (&filter->id, "");
}

void
zc_queue_filter_clear (ZcQueueFilter *filter)
{
  g_free (filter->name);
  g_free (filter->beyond);
  g_free (filter->unit);
  g_free (filter->beyond_unit);
  g_free (filter->account);
  g_free (filter->lead);
  g_free (filter->id);
  zc_page_clear (&filter->page);
}
