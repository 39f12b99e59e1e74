/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier.h"
#include "zc-handlers.h"
#include "zc-queue-filter.h"

/* Lists of dossiers: a person's own, or the queue of a body. Pages follow each other by key, never
 * by offset, and every order is that of an index (U3). No tree is built: rows are written as they
 * come. */

/* $1 body, $2 state, $3 name, $4 beyond, $5 level, $6 year, $7 business, $8 stage, $9 account, $10
 * the caller's membership, $11 ZcQueuePart, $12 name of the unit, $13 beyond; then the place behind
 * which to begin, and how many. */
/* What leads a statement is not asked once more behind: the more it asks, the fewer rows SQLite expects, and sorts them. */
#define NAMED " AND ($3 IS NULL OR (d.name >= $3 AND d.name < $4))"
#define OF_UNIT " AND ($12 IS NULL OR (d.unit_name >= $12 AND d.unit_name < $13))"
#define REST                                                                                       \
  " AND ($2 IS NULL OR d.state = $2) AND ($5 IS NULL OR d.level = $5)"                             \
  " AND ($6 = 0 OR d.year = $6) AND ($7 IS NULL OR d.business = $7)"                               \
  " AND ($8 IS NULL OR d.stage = $8) AND ($9 IS NULL OR d.account = $9)"                           \
  " AND ($11 <> 1 OR d.holder = $10) AND ($11 <> 2 OR d.holder IS NULL OR d.holder <> $10)"
#define ANY NAMED OF_UNIT REST
#define BY_BODY " WHERE d.at_body = $1" ANY
#define BY_STATE " WHERE d.at_body = $1 AND d.state = $2" ANY
/* What is few is found first, and put in order then: an expression keeps the body's index out of it. */
#define OF_BODY " AND d.at_body || '' = $1" ANY
#define BY_ACCOUNT " WHERE d.id IN (SELECT x.id FROM dossier x WHERE x.account = $9)" OF_BODY
#define BY_HOLDER " WHERE d.id IN (SELECT x.id FROM dossier x WHERE x.holder = $10)" OF_BODY
#define BY_NAME                                                                                    \
  " WHERE d.id IN (SELECT x.id FROM dossier x WHERE x.at_body = $1 AND x.name >= $3"               \
  " AND x.name < $4)" OF_BODY
#define BY_UNIT                                                                                    \
  " WHERE d.id IN (SELECT x.id FROM dossier x WHERE x.at_body = $1 AND x.unit_name >= $12"         \
  " AND x.unit_name < $13)" OF_BODY
#define BY_RARE_STATE                                                                              \
  " WHERE d.id IN (SELECT x.id FROM dossier x WHERE x.at_body = $1 AND x.state = $2)" OF_BODY
#define BY_NAMES " WHERE d.at_body = $1 AND d.name >= $3 AND d.name < $4" OF_UNIT REST
#define BY_UNITS " WHERE d.at_body = $1 AND d.unit_name >= $12 AND d.unit_name < $13" NAMED REST
#define N_NARROWING 13
#define FEW 500         /* rows that are put in order in no time */
#define FEW_NAMES 4000  /* rows that are, before a walk that may find nothing */

#define SELECT(by) ZC_DOSSIER_SELECT ", d.rank FROM dossier d" ZC_DOSSIER_JOINS by
#define IN_ORDER_OF_NAMES(by)                                                                      \
  { SELECT (by) " AND (d.name, d.submitted_at, d.id) > ($14, $15, $16)"                            \
                " ORDER BY d.name, d.submitted_at, d.id LIMIT $17",                                \
    SELECT (by) " AND (d.name, d.submitted_at, d.id) < ($14, $15, $16)"                            \
                " ORDER BY d.name DESC, d.submitted_at DESC, d.id DESC LIMIT $17" }
#define IN_ORDER(by)                                                                               \
  {                                                                                                \
    { SELECT (by) " AND (d.submitted_at, d.id) > ($14, $15)"                                       \
                  " ORDER BY d.submitted_at, d.id LIMIT $16",                                      \
      SELECT (by) " AND (d.submitted_at, d.id) < ($14, $15)"                                       \
                  " ORDER BY d.submitted_at DESC, d.id DESC LIMIT $16" },                          \
    IN_ORDER_OF_NAMES (by),                                                                        \
    { SELECT (by) " AND (d.rank, d.submitted_at, d.id) > ($14, $15, $16)"                          \
                  " ORDER BY d.rank, d.submitted_at, d.id LIMIT $17",                              \
      SELECT (by) " AND (d.rank, d.submitted_at, d.id) < ($14, $15, $16)"                          \
                  " ORDER BY d.rank DESC, d.submitted_at DESC, d.id DESC LIMIT $17" },             \
  }
/* A unit's name can begin as all the names of a queue do: so many are counted without being sorted into groups, and, where
 * nothing else is asked, without being asked it row by row. */
#define COUNT(by)                                                                                  \
  "SELECT count (*) FILTER (WHERE d.state = 'waiting'),"                                           \
  " count (*) FILTER (WHERE d.state = 'in-review') FROM dossier d" by
#define COUNT_OF_UNIT                                                                              \
  COUNT (" WHERE d.at_body = $1 AND d.unit_name >= $2 AND d.unit_name < $3")
#define KEPT_COUNT                                                                                 \
  "SELECT sum (q.n) FILTER (WHERE q.state = 'waiting'),"                                           \
  " sum (q.n) FILTER (WHERE q.state = 'in-review') FROM queue_count q WHERE q.body = $1"           \
  " AND ($2 IS NULL OR q.level = $2) AND ($3 = 0 OR q.year = $3)"                                  \
  " AND ($4 IS NULL OR q.business = $4) AND ($5 IS NULL OR q.stage = $5)"

typedef enum
{
  LEAD_BODY,
  LEAD_STATE,
  LEAD_ACCOUNT,
  LEAD_HOLDER,
  LEAD_NAME,
  LEAD_NAMES,
  LEAD_UNIT,
  LEAD_RARE_STATE,
} Lead;

static const char *const queues[][3][2] = {
  [LEAD_BODY] = IN_ORDER (BY_BODY),
  [LEAD_STATE] = IN_ORDER (BY_STATE),
  [LEAD_ACCOUNT] = IN_ORDER (BY_ACCOUNT),
  [LEAD_HOLDER] = IN_ORDER (BY_HOLDER),
  [LEAD_NAME] = IN_ORDER (BY_NAME),
  [LEAD_UNIT] = IN_ORDER (BY_UNIT),
  [LEAD_RARE_STATE] = IN_ORDER (BY_RARE_STATE),
  [LEAD_NAMES] = { [ZC_QUEUE_BY_NAME] = IN_ORDER_OF_NAMES (BY_NAMES) },
};

/* Names and a state lead only where their index has the order. */
static Lead
choose_lead (const ZcQueueFilter *filter)
{
  if (filter->account != NULL)
    return LEAD_ACCOUNT;
  if (filter->part == ZC_QUEUE_OWN)
    return LEAD_HOLDER;
  if (filter->rare_state)
    return LEAD_RARE_STATE;
  if (filter->rare_unit)
    return LEAD_UNIT;
  if (filter->name != NULL && filter->order == ZC_QUEUE_BY_NAME)
    return LEAD_NAMES;
  if (filter->rare_name)
    return LEAD_NAME;
  if (filter->state != NULL && filter->order == ZC_QUEUE_BY_SUBMISSION)
    return LEAD_STATE;
  return LEAD_BODY;
}

static gboolean
is_few (ZcRows *rows, gint64 limit, gboolean *few, GError **error)
{
  g_autoptr (ZcRows) owned = rows;

  *few = zc_rows_next (owned) && zc_rows_integer (owned, 0) < limit;
  return zc_rows_end (owned, error);
}

/* Beside one name nothing else: then a walk in any order soon finds a page of those it is common among. */
static gboolean
is_name_alone (const ZcQueueFilter *filter)
{
  return filter->level == NULL && filter->year == 0 && filter->business == NULL
         && filter->stage == NULL && (filter->name == NULL || filter->unit == NULL);
}

/* @of: "name" or "unit_name" of the dossiers of a body, with a prefix */
#define WEIGH(of)                                                                                  \
  "SELECT count (*) FROM (SELECT 1 FROM dossier d WHERE d.at_body = $1 AND d." of " >= $2"          \
  " AND d." of " < $3 LIMIT $4) few"

static gboolean
weigh_names (const ZcRequest *request, ZcStore *store, ZcQueueFilter *filter, GError **error)
{
  gint64 few = is_name_alone (filter) ? FEW : FEW_NAMES;
  const char *body = request->caller.body;

  if (filter->unit != NULL
      && !is_few (zc_store_query (store, WEIGH ("unit_name"), ZC_TEXT (body), ZC_TEXT (filter->unit),
                                  ZC_TEXT (filter->beyond_unit), ZC_INT (few)),
                  few, &filter->rare_unit, error))
    return FALSE;
  return filter->name == NULL
         || is_few (zc_store_query (store, WEIGH ("name"), ZC_TEXT (body), ZC_TEXT (filter->name),
                                    ZC_TEXT (filter->beyond), ZC_INT (few)),
                    few, &filter->rare_name, error);
}

/* In the order of levels, those of one stand together. */
static gboolean
find_rank (ZcStore *store, ZcQueueFilter *filter, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  filter->rank = -1;
  if (filter->level == NULL || filter->order != ZC_QUEUE_BY_RANK)
    return TRUE;
  rows = zc_store_query (store, "SELECT position FROM level WHERE id = $1", ZC_TEXT (filter->level));
  if (zc_rows_next (rows))
    filter->rank = zc_rows_integer (rows, 0);
  return zc_rows_end (rows, error);
}

/* What is rare is worth finding first. */
static gboolean
weigh (const ZcRequest *request, ZcStore *store, ZcQueueFilter *filter, GError **error)
{
  if (!weigh_names (request, store, filter, error))
    return FALSE;
  if (!find_rank (store, filter, error))
    return FALSE;
  return filter->state == NULL
         || is_few (zc_store_query (store,
                                    "SELECT count (*) FROM (SELECT 1 FROM dossier d"
                                    " WHERE d.at_body = $1 AND d.state = $2 LIMIT $3) few",
                                    ZC_TEXT (request->caller.body), ZC_TEXT (filter->state),
                                    ZC_INT (FEW)),
                    FEW, &filter->rare_state, error);
}

static void
put_narrowing (const ZcRequest *request,
               const ZcQueueFilter *filter,
               const char *state,
               ZcQueuePart part,
               ZcValue values[static N_NARROWING])
{
  const ZcValue all[N_NARROWING] = {
    ZC_TEXT (request->caller.body),
    ZC_TEXT (state),
    ZC_TEXT (filter->name),
    ZC_TEXT (filter->beyond),
    ZC_TEXT (filter->level),
    ZC_INT (filter->year),
    ZC_TEXT (filter->business),
    ZC_TEXT (filter->stage),
    ZC_TEXT (filter->account),
    ZC_TEXT (request->caller.membership),
    ZC_INT (part),
    ZC_TEXT (filter->unit),
    ZC_TEXT (filter->beyond_unit),
  };

  memcpy (values, all, sizeof all);
}

/* Behind which name or rank a page begins: the first one before all there is. */
static ZcValue
begin_lead (const ZcQueueFilter *filter)
{
  if (filter->order == ZC_QUEUE_BY_NAME && filter->page.after)
    return ZC_TEXT (filter->lead);
  if (filter->order == ZC_QUEUE_BY_NAME && filter->name != NULL)
    return ZC_TEXT (filter->descending ? filter->beyond : filter->name);
  if (filter->order == ZC_QUEUE_BY_NAME)
    return ZC_TEXT (filter->descending ? "\364\217\277\277" : "");
  if (filter->page.after)
    return ZC_INT (g_ascii_strtoll (filter->lead, NULL, 10));
  if (filter->rank >= 0)
    return ZC_INT (filter->rank);
  return ZC_INT (filter->descending ? G_MAXINT64 : -1);
}

static ZcRows *
query_queue (const ZcRequest *request, ZcStore *store, const ZcQueueFilter *filter, int limit)
{
  ZcValue values[N_NARROWING + 4];
  guint n = N_NARROWING;

  put_narrowing (request, filter, filter->state, filter->part, values);
  if (filter->order != ZC_QUEUE_BY_SUBMISSION)
    values[n++] = begin_lead (filter);
  values[n++] = ZC_INT (filter->page.after   ? filter->page.number
                        : filter->descending ? G_MAXINT64
                                             : 0);
  values[n++] = ZC_TEXT (filter->id);
  values[n++] = ZC_INT (limit);
  return zc_store_query_values (
      store, queues[choose_lead (filter)][filter->order][filter->descending ? 1 : 0], values, n);
}

/* Only names and an account are counted anew: what else narrows a queue is what the counts are kept by. */
static ZcRows *
query_counts (const ZcRequest *request, ZcStore *store, const ZcQueueFilter *filter)
{
  ZcValue values[N_NARROWING];
  gboolean by_unit = filter->unit != NULL && (filter->name == NULL || filter->rare_unit);

  if (filter->account == NULL && filter->name == NULL && filter->unit == NULL)
    return zc_store_query (store, KEPT_COUNT, ZC_TEXT (request->caller.body),
                           ZC_TEXT (filter->level), ZC_INT (filter->year),
                           ZC_TEXT (filter->business), ZC_TEXT (filter->stage));
  if (filter->account == NULL && filter->name == NULL && is_name_alone (filter))
    return zc_store_query (store, COUNT_OF_UNIT, ZC_TEXT (request->caller.body),
                           ZC_TEXT (filter->unit), ZC_TEXT (filter->beyond_unit));
  put_narrowing (request, filter, NULL, ZC_QUEUE_ALL, values);
  return zc_store_query_values (store,
                                filter->account != NULL ? COUNT (BY_ACCOUNT)
                                : by_unit               ? COUNT (BY_UNITS)
                                                        : COUNT (BY_NAMES),
                                values, N_NARROWING);
}

/* How many there are in each state, told with the first page only. */
static gboolean
write_counts (const ZcRequest *request,
              ZcStore *store,
              const ZcQueueFilter *filter,
              ZcJsonWriter *writer,
              GError **error)
{
  static const char *const states[] = { "waiting", "in-review" }; /* the columns of the counts */
  g_autoptr (ZcRows) rows = query_counts (request, store, filter);
  gboolean counted = zc_rows_next (rows);
  gint64 total = 0;

  zc_json_begin_object (writer, "counts");
  for (guint i = 0; counted && i < G_N_ELEMENTS (states); i++)
    {
      gint64 n = zc_rows_integer (rows, (int)i);

      if (filter->state == NULL || g_str_equal (filter->state, states[i]))
        total += n;
      if (n > 0)
        zc_json_add_integer (writer, states[i], n);
    }
  zc_json_end_object (writer);
  zc_json_add_integer (writer, "total", total);
  return zc_rows_end (rows, error);
}

/* What was written of a page so far. */
typedef struct
{
  int n;
  char *next; /* (nullable): the cursor behind the last row */
  gboolean more;
} Written;

static void
clear_written (Written *written)
{
  g_free (written->next);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Written, clear_written)

static char *
dup_cursor (const ZcQueueFilter *filter, const ZcDossier *dossier, ZcRows *rows)
{
  g_autofree char *rank
      = g_strdup_printf ("%" G_GINT64_FORMAT, zc_rows_integer (rows, ZC_DOSSIER_COLUMNS));

  return zc_queue_filter_cursor (filter->part, dossier->submitted_at, dossier->id,
                                 filter->order == ZC_QUEUE_BY_NAME ? dossier->name : rank);
}

/* Writes what is left of one page; the row beyond it tells that there is a next one. */
static gboolean
write_rows (ZcRequest *request,
            ZcStore *store,
            ZcRows *rows,
            const ZcQueueFilter *filter,
            gboolean own_list,
            Written *written,
            ZcJsonWriter *writer,
            GError **error)
{
  while (zc_rows_next (rows))
    {
      g_autoptr (ZcDossier) dossier = NULL;

      if (written->n == filter->page.limit)
        {
          written->more = TRUE;
          break;
        }
      dossier = zc_dossier_read (request, store, rows, error);
      if (dossier == NULL || !zc_dossier_write_summary (dossier, request, store, writer, error))
        return FALSE;
      if (++written->n == filter->page.limit)
        written->next = own_list ? zc_page_cursor (dossier->created_at, dossier->id)
                                 : dup_cursor (filter, dossier, rows);
    }
  return zc_rows_end (rows, error);
}

/* One's own first, then the others; or all in one. */
static gboolean
write_parts (ZcRequest *request,
             ZcStore *store,
             ZcQueueFilter *filter,
             Written *written,
             ZcJsonWriter *writer,
             GError **error)
{
  for (;;)
    {
      g_autoptr (ZcRows) rows
          = query_queue (request, store, filter, filter->page.limit + 1 - written->n);

      if (!write_rows (request, store, rows, filter, FALSE, written, writer, error))
        return FALSE;
      if (filter->part != ZC_QUEUE_OWN || written->more)
        return TRUE;
      zc_queue_filter_enter (filter, ZC_QUEUE_OTHERS);
    }
}

static ZcReply *
list_queue (ZcRequest *request, ZcStore *store, ZcQueueFilter *filter, GError **error)
{
  gboolean first = !filter->page.after;
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_auto (Written) written = { 0 };

  if (!weigh (request, store, filter, error))
    return NULL;
  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  if (!write_parts (request, store, filter, &written, &writer, error))
    return NULL;
  zc_json_end_array (&writer);
  zc_json_add_string (&writer, "next", written.more ? written.next : NULL);
  if (first && !write_counts (request, store, filter, &writer, error))
    return NULL;
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

static ZcReply *
list_own (ZcRequest *request, ZcStore *store, const ZcQueueFilter *filter, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);
  g_auto (Written) written = { 0 };
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
  zc_json_begin_array (&writer, "items");
  if (!write_rows (request, store, rows, filter, TRUE, &written, &writer, error))
    return NULL;
  zc_json_end_array (&writer);
  zc_json_add_string (&writer, "next", written.more ? written.next : NULL);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}

ZcReply *
zc_handle_dossier_list (ZcRequest *request, ZcStore *store, GError **error)
{
  g_auto (ZcQueueFilter) filter = { 0 };
  gboolean staff = request->caller.membership != NULL;

  if (!zc_queue_filter_read_query (request, staff, &filter, error))
    return NULL;
  return staff ? list_queue (request, store, &filter, error)
               : list_own (request, store, &filter, error);
}

ZcReply *
zc_handle_dossier_search (ZcRequest *request, ZcStore *store, GError **error)
{
  g_auto (ZcQueueFilter) filter = { 0 };

  if (!zc_queue_filter_read_body (request, store, &filter, error))
    return NULL;
  return list_queue (request, store, &filter, error);
}
