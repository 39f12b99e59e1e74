/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-command.h"

/* zhichengd log: searches the record of events and of readings, and hands it out, one JSON object a
 * line (P15). ID numbers come masked, what was said (opinions, notes) stays sealed in the record. Who
 * takes a copy leaves a row as well. */

#define ENTRIES                                                                                    \
  "SELECT e.seq AS seq, e.at AS at, e.act AS act, e.account AS account, e.body AS body,"           \
  " e.role AS role, e.dossier AS dossier, e.from_stage AS from_stage, e.from_state AS from_state," \
  " e.to_stage AS to_stage, e.to_state AS to_state, e.subject AS subject FROM event e"             \
  " UNION ALL SELECT NULL, r.at, r.act, r.account, r.body, b.kind, r.dossier, NULL, NULL, NULL,"  \
  " NULL, r.membership FROM reading r JOIN body b ON b.id = r.body"

typedef struct
{
  char *since; /* (nullable), as all below: days in China */
  char *until;
  char *act;
  char *body;
  char *dossier;
  gboolean person; /* whose identifier is on the input */
  char *account;
  ZcTime from, to; /* [from, to) */
} Search;

static void
search_clear (Search *search)
{
  g_free (search->since);
  g_free (search->until);
  g_free (search->act);
  g_free (search->body);
  g_free (search->dossier);
  g_free (search->account);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* 00:00 in China of @day, moved by @days. */
static gboolean
read_day (const char *day, int days, ZcTime *time, GError **error)
{
  g_autofree char *instant = g_strconcat (day, "T00:00:00+08:00", NULL);

  if (!zc_date_is_valid (day) || !zc_time_parse (instant, time))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s: no day, as 2026-11-23",
                   day);
      return FALSE;
    }
  *time = zc_time_china_day (*time, days);
  return TRUE;
}

static gboolean
read_search (int argc, char **argv, Search *search, GError **error)
{
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &search->since, "From that day in China on", "DAY" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &search->until, "To that day, which counts", "DAY" },
    { "act", 0, 0, G_OPTION_ARG_STRING, &search->act, "What was done", "ACT" },
    { "body", 0, 0, G_OPTION_ARG_STRING, &search->body, "For which body", "ID" },
    { "dossier", 0, 0, G_OPTION_ARG_STRING, &search->dossier, "To which dossier", "ID" },
    { "person", 0, 0, G_OPTION_ARG_NONE, &search->person, "By whose identifier is on the input",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "%s: not known", argv[1]);
      return FALSE;
    }
  search->from = G_MININT64;
  search->to = G_MAXINT64;
  return (search->since == NULL || read_day (search->since, 0, &search->from, error))
         && (search->until == NULL || read_day (search->until, 1, &search->to, error));
}

static void
write_place (ZcJsonWriter *writer, const char *key, const char *stage, const char *state)
{
  g_autofree char *place = stage != NULL ? g_strconcat (stage, "/", state, NULL) : NULL;

  zc_json_add_string (writer, key, place);
}

static void
print_entry (ZcRows *rows)
{
  g_autoptr (GString) line = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, line);
  zc_json_begin_object (&writer, NULL);
  if (!zc_rows_is_null (rows, 0))
    zc_json_add_integer (&writer, "seq", zc_rows_integer (rows, 0));
  zc_json_add_time (&writer, "at", zc_rows_integer (rows, 1));
  zc_json_add_string (&writer, "act", zc_rows_text (rows, 2));
  zc_json_add_string (&writer, "account", zc_rows_text (rows, 3));
  zc_json_add_string (&writer, "name", zc_rows_text (rows, 12));
  zc_json_add_string (&writer, "id_number", zc_rows_text (rows, 13));
  zc_json_add_string (&writer, "body", zc_rows_text (rows, 4));
  zc_json_add_string (&writer, "role", zc_rows_text (rows, 5));
  zc_json_add_string (&writer, "dossier", zc_rows_text (rows, 6));
  write_place (&writer, "from", zc_rows_text (rows, 7), zc_rows_text (rows, 8));
  write_place (&writer, "to", zc_rows_text (rows, 9), zc_rows_text (rows, 10));
  zc_json_add_string (&writer, "subject", zc_rows_text (rows, 11));
  zc_json_end_object (&writer);
  g_print ("%s\n", line->str);
}

static gboolean
print_found (const Search *search, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT l.seq, l.at, l.act, l.account, l.body, l.role, l.dossier, l.from_stage, l.from_state,"
      " l.to_stage, l.to_state, l.subject, a.name, a.id_masked FROM (" ENTRIES ") l"
      " LEFT JOIN account a ON a.id = l.account WHERE l.at >= $1 AND l.at < $2"
      " AND ($3 IS NULL OR l.act = $3) AND ($4 IS NULL OR l.body = $4)"
      " AND ($5 IS NULL OR l.dossier = $5) AND ($6 IS NULL OR l.account = $6) ORDER BY l.at, l.seq",
      ZC_INT (search->from), ZC_INT (search->to), ZC_TEXT (search->act), ZC_TEXT (search->body),
      ZC_TEXT (search->dossier), ZC_TEXT (search->account));

  while (zc_rows_next (rows))
    print_entry (rows);
  return zc_rows_end (rows, error);
}

/* Noted first: what cannot be noted is not handed out. */
static gboolean
note_export (const Search *search, ZcServer *server, ZcStore *store, GError **error)
{
  const ZcEvent event = {
    .at = zc_time_now (),
    .act = "export",
    .dossier = search->dossier,
    .body = search->body,
    .role = "system",
    .subject = search->act,
  };

  if (!zc_store_begin (store, error))
    return FALSE;
  if (zc_event_append (server, store, &event, NULL, error))
    return zc_store_commit (store, error);
  zc_store_rollback (store);
  return FALSE;
}

gboolean
zc_command_log (const char *config_file, int argc, char **argv, GError **error)
{
  g_auto (Search) search = { 0 };
  g_autoptr (ZcServer) server = NULL;
  g_autoptr (ZcStore) store = NULL;

  if (!read_search (argc, argv, &search, error))
    return FALSE;
  server = zc_server_open (config_file, error);
  store = server != NULL ? zc_server_open_store (server, FALSE, error) : NULL;
  if (store == NULL)
    return FALSE;
  if (search.person)
    search.account = zc_command_find_account (server, store, error);
  return (!search.person || search.account != NULL) && note_export (&search, server, store, error)
         && print_found (&search, store, error);
}
