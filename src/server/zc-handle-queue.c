/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier.h"
#include "zc-handlers.h"
#include "zc-identity.h"
#include "zc-page.h"
#include "zc-server.h"

/* Lists of dossiers: a person's own, or the queue of a body. Pages follow each other by key, never
 * by offset, and every order is that of an index (U3). No tree is built: rows are written as they
 * come. */

typedef struct
{
  const char *business;
  const char *stage;
  const char *state; /* NULL: all that is open */
  const char *level;
  gint64 year;   /* 0: any */
  char *name;    /* (nullable): prefix of the applicant's name */
  char *beyond;  /* (nullable): the first text behind all names with that prefix */
  char *account; /* (nullable): of the ID number that was typed; "" when there is no such account */
  gboolean newest_first;
  ZcPage page;
} Filter;

static void
clear_filter (Filter *filter)
{
  g_free (filter->name);
  g_free (filter->beyond);
  g_free (filter->account);
  zc_page_clear (&filter->page);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filter, clear_filter)

static gboolean
refuse_key (const char *key, GError **error)
{
  zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "%s", key);
  return FALSE;
}

static gboolean
find_by_id_number (
    const ZcRequest *request, ZcStore *store, const char *text, Filter *filter, GError **error)
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
  gsize length = strlen (text);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c))
      return FALSE;
  return length == 15 || length == 18;
}

/* The start of a name, or a whole ID number (U3). */
static gboolean
read_text (const ZcRequest *request, ZcStore *store, Filter *filter, GError **error)
{
  const char *typed = zc_request_query (request, "text");
  g_autofree char *text = NULL;

  text = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  if (*text == '\0')
    return TRUE;
  if (looks_like_id_number (text))
    return find_by_id_number (request, store, text, filter, error);
  filter->beyond = g_strconcat (text, "\364\217\277\277", NULL); /* U+10FFFF */
  filter->name = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
read_filter (const ZcRequest *request, ZcStore *store, Filter *filter, GError **error)
{
  const char *sort = zc_request_query (request, "sort");
  const char *year = zc_request_query (request, "year");
  guint64 number = 0;
  ZcStage stage;

  filter->business = zc_request_query (request, "business");
  filter->stage = zc_request_query (request, "stage");
  filter->state = zc_request_query (request, "state");
  filter->level = zc_request_query (request, "level");
  if (filter->stage != NULL && !zc_stage_from_string (filter->stage, &stage))
    return refuse_key ("stage", error);
  if (g_strcmp0 (filter->state, "all-open") == 0)
    filter->state = NULL;
  if (filter->state != NULL && !g_str_equal (filter->state, "waiting")
      && !g_str_equal (filter->state, "in-review"))
    return refuse_key ("state", error);
  if (year != NULL && !g_ascii_string_to_unsigned (year, 10, 2000, 2199, &number, NULL))
    return refuse_key ("year", error);
  filter->year = (gint64)number;
  filter->newest_first = g_strcmp0 (sort, "-submitted_at") == 0;
  if (sort != NULL && !filter->newest_first && !g_str_equal (sort, "submitted_at"))
    return refuse_key ("sort", error);
  return read_text (request, store, filter, error) && zc_page_read (request, &filter->page, error);
}

/* One text for each index that is walked: what leads stands first, the rest narrows. $1 body, $2
 * state, $3 name, $4 beyond, $5 level, $6 year, $7 business, $8 stage, $9 account, $10 $11 the
 * place behind which to begin, $12 how many. */
typedef enum
{
  LEAD_BODY,
  LEAD_STATE,
  LEAD_NAME,
  LEAD_LEVEL,
  LEAD_ACCOUNT,
} Lead;

#define ANY                                                                                        \
  " AND ($2 IS NULL OR d.state = $2) AND ($3 IS NULL OR (d.name >= $3 AND d.name < $4))"           \
  " AND ($5 IS NULL OR d.level = $5) AND ($6 = 0 OR d.year = $6)"                                  \
  " AND ($7 IS NULL OR d.business = $7) AND ($8 IS NULL OR d.stage = $8)"                          \
  " AND ($9 IS NULL OR d.account = $9)"
#define BY_BODY " WHERE d.at_body = $1" ANY
#define BY_STATE " WHERE d.at_body = $1 AND d.state = $2" ANY
#define BY_NAME " WHERE d.at_body = $1 AND d.name >= $3 AND d.name < $4" ANY
#define BY_LEVEL " WHERE d.at_body = $1 AND d.level = $5" ANY
#define BY_ACCOUNT                                                                                 \
  " WHERE d.id IN (SELECT x.id FROM dossier x WHERE x.account = $9) AND d.at_body = $1" ANY
#define SELECT(by) ZC_DOSSIER_SELECT " FROM dossier d" ZC_DOSSIER_JOINS by
#define OLDEST_FIRST                                                                               \
  " AND (d.submitted_at, d.id) > ($10, $11) ORDER BY d.submitted_at, d.id LIMIT $12"
#define NEWEST_FIRST                                                                               \
  " AND (d.submitted_at, d.id) < ($10, $11) ORDER BY d.submitted_at DESC, d.id DESC LIMIT $12"
#define COUNT "SELECT count (*) FROM dossier d"

static const struct
{
  const char *oldest_first;
  const char *newest_first;
  const char *count;
} queues[] = {
  [LEAD_BODY] = { SELECT (BY_BODY) OLDEST_FIRST, SELECT (BY_BODY) NEWEST_FIRST, COUNT BY_BODY },
  [LEAD_STATE] = { SELECT (BY_STATE) OLDEST_FIRST, SELECT (BY_STATE) NEWEST_FIRST, COUNT BY_STATE },
  [LEAD_NAME] = { SELECT (BY_NAME) OLDEST_FIRST, SELECT (BY_NAME) NEWEST_FIRST, COUNT BY_NAME },
  [LEAD_LEVEL] = { SELECT (BY_LEVEL) OLDEST_FIRST, SELECT (BY_LEVEL) NEWEST_FIRST, COUNT BY_LEVEL },
  [LEAD_ACCOUNT]
  = { SELECT (BY_ACCOUNT) OLDEST_FIRST, SELECT (BY_ACCOUNT) NEWEST_FIRST, COUNT BY_ACCOUNT },
};

/* The narrowest first. */
static Lead
choose_lead (const Filter *filter)
{
  if (filter->account != NULL)
    return LEAD_ACCOUNT;
  if (filter->name != NULL)
    return LEAD_NAME;
  if (filter->level != NULL)
    return LEAD_LEVEL;
  return filter->state != NULL ? LEAD_STATE : LEAD_BODY;
}

#define FILTER_VALUES(body, filter)                                                                \
  ZC_TEXT (body), ZC_TEXT ((filter)->state), ZC_TEXT ((filter)->name), ZC_TEXT ((filter)->beyond), \
      ZC_TEXT ((filter)->level), ZC_INT ((filter)->year), ZC_TEXT ((filter)->business),            \
      ZC_TEXT ((filter)->stage), ZC_TEXT ((filter)->account)

/* Nothing but the body: counted in the index alone. */
static gboolean
is_plain (const Filter *filter)
{
  return choose_lead (filter) == LEAD_BODY && filter->year == 0 && filter->business == NULL
         && filter->stage == NULL;
}

/* Told with the first page only. */
static gboolean
count_all (const ZcRequest *request,
           ZcStore *store,
           const Filter *filter,
           ZcJsonWriter *writer,
           GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (filter->page.after)
    return TRUE;
  if (is_plain (filter))
    rows = zc_store_query (store, "SELECT count (*) FROM dossier WHERE at_body = $1",
                           ZC_TEXT (request->caller.body));
  else
    rows = zc_store_query (store, queues[choose_lead (filter)].count,
                           FILTER_VALUES (request->caller.body, filter));
  if (zc_rows_next (rows))
    zc_json_add_integer (writer, "total", zc_rows_integer (rows, 0));
  return zc_rows_end (rows, error);
}

/* Writes one page; the row beyond it tells that there is a next one. */
static gboolean
write_page (ZcRequest *request,
            ZcStore *store,
            ZcRows *rows,
            int limit,
            gboolean by_submission,
            ZcJsonWriter *writer,
            GError **error)
{
  g_autofree char *next = NULL;
  int n = 0;

  zc_json_begin_array (writer, "items");
  while (zc_rows_next (rows))
    {
      g_autoptr (ZcDossier) dossier = NULL;

      if (n++ == limit)
        break;
      dossier = zc_dossier_read (request, store, rows, error);
      if (dossier == NULL)
        return FALSE;
      if (!zc_dossier_write_summary (dossier, request, store, writer, error))
        return FALSE;
      if (n == limit)
        next = zc_page_cursor (by_submission ? dossier->submitted_at : dossier->created_at,
                               dossier->id);
    }
  zc_json_end_array (writer);
  zc_json_add_string (writer, "next", n > limit ? next : NULL);
  return zc_rows_end (rows, error);
}

/* Behind which place a page begins: the first one before all there is. */
static ZcValue
begin_number (const Filter *filter)
{
  if (filter->page.after)
    return ZC_INT (filter->page.number);
  return ZC_INT (filter->newest_first ? G_MAXINT64 : 0);
}

static ZcReply *
list_queue (ZcRequest *request, ZcStore *store, const Filter *filter, GError **error)
{
  Lead lead = choose_lead (filter);
  const char *sql = filter->newest_first ? queues[lead].newest_first : queues[lead].oldest_first;
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store, sql, FILTER_VALUES (request->caller.body, filter), begin_number (filter),
      ZC_TEXT (filter->page.text), ZC_INT (filter->page.limit + 1));

  zc_json_begin_object (&writer, NULL);
  if (!write_page (request, store, rows, filter->page.limit, TRUE, &writer, error)
      || !count_all (request, store, filter, &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

static ZcReply *
list_own (ZcRequest *request, ZcStore *store, const Filter *filter, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      ZC_DOSSIER_SELECT
      " FROM dossier d" ZC_DOSSIER_JOINS " WHERE d.account = $1 AND ($2 IS NULL OR d.business = $2)"
      " AND ($3 = 0 OR d.year = $3) AND ($4 = 0 OR (d.created_at, d.id) < ($5, $6))"
      " ORDER BY d.created_at DESC, d.id DESC LIMIT $7",
      ZC_TEXT (request->caller.account), ZC_TEXT (filter->business), ZC_INT (filter->year),
      ZC_INT (filter->page.after), ZC_INT (filter->page.number), ZC_TEXT (filter->page.text),
      ZC_INT (filter->page.limit + 1));

  zc_json_begin_object (&writer, NULL);
  if (!write_page (request, store, rows, filter->page.limit, FALSE, &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

ZcReply *
zc_handle_dossier_list (ZcRequest *request, ZcStore *store, GError **error)
{
  g_auto (Filter) filter = { 0 };

  if (!read_filter (request, store, &filter, error))
    return NULL;
  if (request->caller.membership != NULL)
    return list_queue (request, store, &filter, error);
  return list_own (request, store, &filter, error);
}
