/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-id.h"
#include "zc-refused.h"
#include "zc-server.h"
#include "zc-writer.h"

/* Which refusals have a row by now, who has how many, and how often each came again. */

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define FORBIDDEN 403
/* the subject of whatever one person tries beyond their share of rows */
#define OTHERS "others"

typedef struct
{
  ZcTime since;
  guint again; /* how often after the first */
  char *account;
  char *body; /* (nullable) */
  char *role;
  char *dossier; /* (nullable) */
  char *subject;
} Entry;

struct _ZcRefused
{
  GMutex mutex;
  GHashTable *entries; /* char *key → Entry */
  GHashTable *shares;  /* char *account → how many entries */
  guint per_minute;
};

static void
free_entry (Entry *entry)
{
  g_free (entry->account);
  g_free (entry->body);
  g_free (entry->role);
  g_free (entry->dossier);
  g_free (entry->subject);
  g_free (entry);
}

/**
 * zc_refused_new:
 * @per_minute: rows of one person before the rest is told as others
 *
 * Returns: (transfer full): nothing refused yet
 */
ZcRefused *
zc_refused_new (int per_minute)
{
  ZcRefused *refused = g_new0 (ZcRefused, 1);

  g_mutex_init (&refused->mutex);
  refused->entries
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)free_entry);
  refused->shares = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  refused->per_minute = (guint)per_minute;
  return refused;
}

void
zc_refused_free (ZcRefused *refused)
{
  if (refused == NULL)
    return;
  g_hash_table_unref (refused->entries);
  g_hash_table_unref (refused->shares);
  g_mutex_clear (&refused->mutex);
  g_free (refused);
}

/* What stands in a path was typed by whoever asks, and may be somebody's number: only what can be an
 * id of ours is written down. */
static gboolean
is_plain_id (const char *piece)
{
  return zc_id_is_valid (piece) || zc_sha256_is_valid (piece)
         || piece[strspn (piece, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

static void
append_path (GString *text, const ZcRequest *request)
{
  g_auto (GStrv) pieces = g_strsplit (request->route->pattern + 1, "/", -1);
  guint n_params = 0;

  for (guint i = 0; pieces[i] != NULL; i++)
    {
      const char *piece = pieces[i];

      if (piece[0] == '{' && is_plain_id (request->params[n_params++]))
        piece = request->params[n_params - 1];
      g_string_append_printf (text, "/%s", piece);
    }
}

/* "own-dossier POST /v1/dossiers/0198…/acts" */
static char *
make_subject (const ZcRequest *request, const ZcReply *reply)
{
  static const char *methods[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OTHER" };
  g_autoptr (GError) refusal
      = zc_refusal_from_json (reply->status, reply->text->str, reply->text->len);
  g_autoptr (GString) text = g_string_new (zc_refusal_to_string (refusal->code));

  g_string_append_printf (text, " %s ", methods[request->method]);
  append_path (text, request);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static const char *
find_dossier (const ZcRequest *request)
{
  const char *id = g_str_has_prefix (request->route->pattern, "/v1/dossiers/{id}")
                       ? zc_request_param (request, "id")
                       : NULL;

  return id != NULL && zc_id_is_valid (id) ? id : NULL;
}

static char *
make_key (const ZcRequest *request, const char *subject)
{
  const ZcCaller *caller = &request->caller;

  return g_strjoin (" ", caller->account, caller->body != NULL ? caller->body : "-", subject, NULL);
}

static void
move_share (ZcRefused *refused, const char *account, int step)
{
  int share = GPOINTER_TO_INT (g_hash_table_lookup (refused->shares, account)) + step;

  if (share > 0)
    g_hash_table_insert (refused->shares, g_strdup (account), GINT_TO_POINTER (share));
  else
    g_hash_table_remove (refused->shares, account);
}

static void
add_entry (ZcRefused *refused, const ZcRequest *request, const char *key, const char *subject)
{
  const ZcCaller *caller = &request->caller;
  Entry *entry = g_new0 (Entry, 1);

  entry->since = request->received;
  entry->account = g_strdup (caller->account);
  entry->body = g_strdup (caller->body);
  entry->role = g_strdup (caller->body_kind != NULL ? caller->body_kind : "applicant");
  entry->dossier = g_str_equal (subject, OTHERS) ? NULL : g_strdup (find_dossier (request));
  entry->subject = g_strdup (subject);
  g_hash_table_insert (refused->entries, g_strdup (key), entry);
  move_share (refused, caller->account, 1);
}

/* FALSE: it has a row, and is counted. */
static gboolean
enter (ZcRefused *refused, const ZcRequest *request, const char *subject)
{
  g_autofree char *key = make_key (request, subject);
  Entry *entry = g_hash_table_lookup (refused->entries, key);

  if (entry != NULL)
    entry->again++;
  else
    add_entry (refused, request, key, subject);
  return entry == NULL;
}

/* Somebody's first within the minute, or one of many. */
static gboolean
has_share (ZcRefused *refused, const ZcRequest *request, const char *subject)
{
  g_autofree char *key = make_key (request, subject);

  return g_hash_table_contains (refused->entries, key)
         || GPOINTER_TO_UINT (g_hash_table_lookup (refused->shares, request->caller.account))
                < refused->per_minute;
}

/**
 * zc_refused_claim:
 * @request: who asked for what
 * @reply: what they are told
 * @subject: (out) (transfer full): what the row is to say
 *
 * Decides whether an answer needs a row: one that refuses for want of right, to somebody who is known.
 * Whoever gets %TRUE writes the row by zc_refused_write(), or says by zc_refused_disown() that it could
 * not.
 *
 * Returns: %FALSE where it needs none, or it has one from this minute
 */
gboolean
zc_refused_claim (ZcRefused *refused,
                  const ZcRequest *request,
                  const ZcReply *reply,
                  char **subject)
{
  g_autofree char *what = NULL;
  gboolean claimed;

  if (reply->status != FORBIDDEN || request->caller.account == NULL)
    return FALSE;
  what = make_subject (request, reply);
  g_mutex_lock (&refused->mutex);
  if (!has_share (refused, request, what))
    {
      g_free (what);
      what = g_strdup (OTHERS);
    }
  claimed = enter (refused, request, what);
  g_mutex_unlock (&refused->mutex);
  if (claimed)
    *subject = g_steal_pointer (&what);
  return claimed;
}

/**
 * zc_refused_disown:
 * @subject: of a row that could not be written
 *
 * The next of its kind is to be written again.
 */
void
zc_refused_disown (ZcRefused *refused, const ZcRequest *request, const char *subject)
{
  g_autofree char *key = make_key (request, subject);
  const Entry *entry;

  g_mutex_lock (&refused->mutex);
  entry = g_hash_table_lookup (refused->entries, key);
  if (entry != NULL)
    {
      move_share (refused, entry->account, -1);
      g_hash_table_remove (refused->entries, key);
    }
  g_mutex_unlock (&refused->mutex);
}

gboolean
zc_refused_write (const ZcRequest *request, ZcStore *store, const char *subject, GError **error)
{
  const char *dossier = g_str_equal (subject, OTHERS) ? NULL : find_dossier (request);

  return zc_event_note (request, store, "refused", dossier, subject, error);
}

/* Whose minute is over, a clock that was set back included. */
static GPtrArray *
take_over (ZcRefused *refused, ZcTime now)
{
  GPtrArray *over = g_ptr_array_new_with_free_func ((GDestroyNotify)free_entry);
  GHashTableIter iter;
  gpointer key, value;

  g_mutex_lock (&refused->mutex);
  g_hash_table_iter_init (&iter, refused->entries);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Entry *entry = value;

      if (now >= entry->since && now - entry->since < MINUTE_MS)
        continue;
      move_share (refused, entry->account, -1);
      g_hash_table_iter_steal (&iter);
      g_free (key);
      g_ptr_array_add (over, entry);
    }
  g_mutex_unlock (&refused->mutex);
  return over;
}

typedef struct
{
  ZcServer *server;
  const GPtrArray *over;
  ZcTime now;
} Telling;

static gboolean
tell_entry (const Telling *telling, const Entry *entry, ZcStore *store, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("%s, %u times more", entry->subject, entry->again);
  const ZcEvent event = {
    .at = telling->now,
    .act = "refused",
    .dossier = entry->dossier,
    .account = entry->account,
    .body = entry->body,
    .role = entry->role,
    .subject = subject,
  };

  return entry->again == 0 || zc_event_append (telling->server, store, &event, NULL, error);
}

static gboolean
tell_entries (ZcStore *store, gpointer data, GError **error)
{
  const Telling *telling = data;

  for (guint i = 0; i < telling->over->len; i++)
    if (!tell_entry (telling, telling->over->pdata[i], store, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_counted (const GPtrArray *over)
{
  for (guint i = 0; i < over->len; i++)
    if (((const Entry *)over->pdata[i])->again > 0)
      return TRUE;
  return FALSE;
}

/**
 * zc_refused_tell:
 * @now: by which it is over; G_MAXINT64 where the server ends, for all
 *
 * Forgets what is over, and leaves a row of what came more than once.
 */
void
zc_refused_tell (ZcServer *server, ZcTime now)
{
  g_autoptr (GPtrArray) over = take_over (server->refused, now);
  Telling telling = { server, over, now < G_MAXINT64 ? now : zc_time_now () };
  g_autoptr (GError) error = NULL;

  if (has_counted (over) && !zc_writer_run (server->writer, tell_entries, &telling, &error))
    g_warning ("how often it was refused could not be noted: %s", error->message);
}
