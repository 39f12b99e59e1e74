/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-merge.h"
#include "zc-store-private.h"

/* Sections on this computer: what was typed, what the server held when it was typed, and what becomes of both. */

#define COLUMNS                                                                                                                \
  "dossier, section, body, base_body, base_version, revision, dirty, edited_at, state, problems, conflicts, refusal,"                                \
  " lost_version"

void
zc_stored_section_free (ZcStoredSection *section)
{
  g_free (section->dossier);
  g_free (section->section);
  g_free (section->body);
  g_free (section->base_body);
  g_free (section->server_state);
  g_free (section->server_problems);
  g_free (section->conflicts);
  g_free (section->refusal);
  g_free (section);
}

static gpointer
read_row (ZcStoreDb *db, sqlite3_stmt *statement)
{
  ZcStoredSection *row = g_new0 (ZcStoredSection, 1);

  row->dossier = zc_store_column (statement, 0);
  row->section = zc_store_column (statement, 1);
  row->body = zc_store_column (statement, 2);
  row->base_body = zc_store_column (statement, 3);
  row->base_version = sqlite3_column_int64 (statement, 4);
  row->revision = sqlite3_column_int64 (statement, 5);
  row->dirty = sqlite3_column_int (statement, 6) != 0;
  row->edited_at = sqlite3_column_int64 (statement, 7);
  row->server_state = zc_store_column (statement, 8);
  row->server_problems = zc_store_column (statement, 9);
  row->conflicts = zc_store_column (statement, 10);
  row->refusal = zc_store_column (statement, 11);
  row->lost_version = sqlite3_column_int64 (statement, 12);
  return row;
}

static GPtrArray *
read_rows (ZcStoreDb *db, sqlite3_stmt *statement, GError **error)
{
  return zc_store_read_all (db, statement, read_row, (GDestroyNotify) zc_stored_section_free, error);
}

/* *row: NULL when there is none. */
static gboolean
find (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoredSection **row, GError **error)
{
  g_autoptr (GPtrArray) rows = read_rows (
      db,
      zc_store_prepare (db, error, "SELECT " COLUMNS " FROM section WHERE dossier = ?1 AND section = ?2", "ss", args->dossier,
                        args->item),
      error);

  *row = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *row = g_ptr_array_steal_index (rows, 0);
  return TRUE;
}

gpointer
zc_store_write_section (ZcStoreDb *db, const ZcStoredSection *row, GError **error)
{
  sqlite3_stmt *statement =
      zc_store_prepare (db, error,
                        "INSERT OR REPLACE INTO section (" COLUMNS ")"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                        "ssssiiiissssi", row->dossier, row->section, row->body, row->base_body, row->base_version, row->revision,
                        (gint64) row->dirty, row->edited_at, row->server_state, row->server_problems, row->conflicts,
                        row->refusal, row->lost_version);

  return GINT_TO_POINTER (zc_store_finish (db, statement, error));
}

static ZcStoredSection *
new_row (const ZcStoreArgs *args)
{
  ZcStoredSection *row = g_new0 (ZcStoredSection, 1);

  row->dossier = g_strdup (args->dossier);
  row->section = g_strdup (args->item);
  row->base_version = -1;
  return row;
}

gboolean
zc_store_says_the_same (const char *a, const char *b)
{
  g_autoptr (JsonNode) first = NULL, second = NULL;

  if (a == NULL || b == NULL)
    return FALSE;
  if (strcmp (a, b) == 0)
    return TRUE;
  first = json_from_string (a, NULL);
  second = json_from_string (b, NULL);
  return first != NULL && second != NULL && zc_documents_equal (first, second);
}

gpointer
zc_store_load_sections (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return read_rows (db, zc_store_prepare (db, error, "SELECT " COLUMNS " FROM section WHERE dossier = ?1", "s", args->dossier),
                    error);
}

gpointer
zc_store_list_unsent (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return read_rows (db, zc_store_prepare (db, error, "SELECT " COLUMNS " FROM section WHERE dirty OR conflicts IS NOT NULL ORDER BY edited_at", ""), error);
}

static void
set_server_word (ZcStoredSection *row, const ZcStoreArgs *args)
{
  row->base_version = args->number;
  row->lost_version = 0;
  g_set_str (&row->base_body, args->text);
  g_set_str (&row->server_state, args->state);
  g_set_str (&row->server_problems, args->problems);
}

gpointer
zc_store_section_sent (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autoptr (ZcStoredSection) row = NULL;

  if (!find (db, args, &row, error))
    return NULL;
  if (row == NULL || args->number < row->base_version)
    return GINT_TO_POINTER (TRUE); /* overtaken by a newer answer */
  set_server_word (row, args);
  row->dirty = !zc_store_says_the_same (row->body, row->base_body);
  if (!row->dirty)
    g_clear_pointer (&row->refusal, g_free);
  return zc_store_write_section (db, row, error);
}

static JsonArray *
get_conflicts (JsonNode *node)
{
  return node != NULL ? json_object_get_array_member (json_node_get_object (node), "conflicts") : NULL;
}

static const char *
place_of (JsonObject *conflict, const char *name)
{
  return json_object_get_string_member_with_default (conflict, name, NULL);
}

static gboolean
is_told (JsonArray *conflicts, JsonObject *known)
{
  for (guint i = 0; conflicts != NULL && i < json_array_get_length (conflicts); i++)
    {
      JsonObject *conflict = json_array_get_object_element (conflicts, i);

      if (g_strcmp0 (place_of (conflict, "entry"), place_of (known, "entry")) == 0 &&
          g_strcmp0 (place_of (conflict, "field"), place_of (known, "field")) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Both sides say the same there by now; for a whole entry: both have let it go. */
static gboolean
is_moot (JsonObject *conflict, JsonNode *mine, JsonNode *theirs)
{
  const char *entry = place_of (conflict, "entry"), *field = place_of (conflict, "field");
  JsonNode *here = zc_document_find (mine, entry, field), *there = zc_document_find (theirs, entry, field);

  return field != NULL ? zc_values_equal (here, there) : here == NULL && there == NULL;
}

static JsonObject *
renew_conflict (JsonObject *known, JsonNode *theirs)
{
  const char *entry = place_of (known, "entry"), *field = place_of (known, "field");
  JsonNode *there = zc_document_find (theirs, entry, field);
  JsonObject *renewed = json_object_new ();

  if (entry != NULL)
    json_object_set_string_member (renewed, "entry", entry);
  if (field != NULL)
    json_object_set_string_member (renewed, "field", field);
  json_object_set_member (renewed, "mine", json_node_copy (json_object_get_member (known, "mine")));
  json_object_set_member (renewed, "theirs", there != NULL ? json_node_copy (there) : json_node_new (JSON_NODE_NULL));
  return renewed;
}

/* What waited for a choice before the server's document came: settled by itself, told anew, or waiting with what the server
 * holds now. Returns NULL when nothing waits any more. */
static char *
review_conflicts (const char *known_text, JsonNode *fresh, JsonNode *mine, JsonNode *theirs)
{
  g_autoptr (JsonNode) known = known_text != NULL ? json_from_string (known_text, NULL) : NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonArray *all = json_array_new (), *before = get_conflicts (known), *added = get_conflicts (fresh);

  json_object_set_array_member (object, "conflicts", all);
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    {
      JsonObject *conflict = json_array_get_object_element (before, i);

      if (!is_told (added, conflict) && !is_moot (conflict, mine, theirs))
        json_array_add_object_element (all, renew_conflict (conflict, theirs));
    }
  for (guint i = 0; added != NULL && i < json_array_get_length (added); i++)
    json_array_add_element (all, json_node_copy (json_array_get_element (added, i)));
  return json_array_get_length (all) > 0 ? json_to_string (node, FALSE) : NULL;
}

static void
keep_conflicts (ZcStoredSection *row, JsonNode *fresh, JsonNode *theirs)
{
  g_autoptr (JsonNode) mine = NULL;
  char *reviewed;

  if (fresh == NULL && row->conflicts == NULL)
    return;
  mine = json_from_string (row->body, NULL);
  reviewed = review_conflicts (row->conflicts, fresh, mine, theirs);
  g_free (row->conflicts);
  row->conflicts = reviewed;
}

/* Both sides wrote: three ways, what the server held when the person began in the middle. */
static void
merge_into (ZcStoredSection *row, const char *theirs_text)
{
  g_autoptr (JsonNode) base = row->base_body != NULL ? json_from_string (row->base_body, NULL) : NULL;
  g_autoptr (JsonNode) mine = json_from_string (row->body, NULL);
  g_autoptr (JsonNode) theirs = json_from_string (theirs_text, NULL);
  g_auto (ZcMerge) merge = { 0 };

  if (mine == NULL || theirs == NULL)
    return;
  zc_merge_documents (base, mine, theirs, &merge);
  g_free (row->body);
  row->body = json_to_string (merge.merged, FALSE);
  row->dirty = !zc_documents_equal (merge.merged, theirs);
  keep_conflicts (row, merge.conflicts, theirs);
}

/* A server put back to before what it had acknowledged: what is here is sent again, over the older text that it holds (R34). */
static gboolean
is_older_than_known (const ZcStoredSection *row, const ZcStoreArgs *args)
{
  return row->lost_version > 0 && args->number < row->lost_version;
}

static void
take_theirs (ZcStoredSection *row, const char *text)
{
  g_autoptr (JsonNode) theirs = json_from_string (text, NULL);

  g_set_str (&row->body, text);
  if (theirs != NULL)
    keep_conflicts (row, NULL, theirs);
}

/* Begun from a body that sync has replaced since: three ways again, the body it was begun from in the middle. */
static void
merge_late (ZcStoredSection *row, const ZcStoreArgs *args)
{
  g_autoptr (JsonNode) base = json_from_string (args->state, NULL);
  g_autoptr (JsonNode) mine = json_from_string (args->text, NULL);
  g_autoptr (JsonNode) here = json_from_string (row->body, NULL);
  g_autoptr (JsonNode) theirs = json_from_string (row->base_body != NULL ? row->base_body : row->body, NULL);
  g_auto (ZcMerge) merge = { 0 };

  if (mine == NULL || here == NULL || theirs == NULL)
    return;
  zc_merge_documents (base, mine, here, &merge);
  g_free (row->body);
  row->body = json_to_string (merge.merged, FALSE);
  row->revision++;
  keep_conflicts (row, merge.conflicts, theirs);
}

static gpointer
put_edit (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autoptr (ZcStoredSection) row = NULL;

  if (!find (db, args, &row, error))
    return NULL;
  if (row == NULL)
    row = new_row (args);
  if (row->revision != args->number && args->state == NULL)
    {
      g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_REPLACED, "the section was replaced meanwhile");
      return NULL;
    }
  if (g_strcmp0 (row->body, args->text) == 0)
    return GINT_TO_POINTER (TRUE);
  if (row->revision != args->number)
    merge_late (row, args);
  else
    g_set_str (&row->body, args->text);
  row->dirty = !zc_store_says_the_same (row->body, row->base_body);
  row->edited_at = zc_time_now ();
  g_clear_pointer (&row->refusal, g_free);
  *effect = ZC_STORE_SECTION_EDITED;
  return zc_store_write_section (db, row, error);
}

gpointer
zc_store_put_section (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autofree char *body = NULL, *base = NULL;
  ZcStoreArgs edit = *args;

  if (!zc_store_fit_edit (db, args, &body, &base, error))
    return NULL;
  if (body == NULL)
    return GINT_TO_POINTER (TRUE);
  edit.text = body;
  edit.state = base;
  return put_edit (db, &edit, effect, error);
}

gpointer
zc_store_section_pulled (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autoptr (ZcStoredSection) row = NULL;
  g_autofree char *before = NULL, *conflicts = NULL;

  if (!find (db, args, &row, error))
    return NULL;
  if (row == NULL)
    row = new_row (args);
  if (args->number < row->base_version)
    return GINT_TO_POINTER (TRUE);
  before = g_strdup (row->body);
  conflicts = g_strdup (row->conflicts);
  if (is_older_than_known (row, args))
    row->dirty = !zc_store_says_the_same (row->body, args->text);
  else if (row->dirty && args->number > row->base_version)
    merge_into (row, args->text);
  else if (!row->dirty)
    take_theirs (row, args->text);
  set_server_word (row, args);
  if (g_strcmp0 (conflicts, row->conflicts) != 0)
    *effect = ZC_STORE_SECTION_REPLACED; /* whoever shows it reads it again */
  if (!zc_store_says_the_same (before, row->body))
    {
      row->revision++;
      g_clear_pointer (&row->refusal, g_free);
      *effect = ZC_STORE_SECTION_REPLACED;
    }
  return zc_store_write_section (db, row, error);
}

gpointer
zc_store_section_refused (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return GINT_TO_POINTER (zc_store_finish (
      db,
      zc_store_prepare (db, error, "UPDATE section SET refusal = ?4 WHERE dossier = ?1 AND section = ?2 AND body = ?3", "ssss",
                        args->dossier, args->item, args->text, args->state),
      error));
}

gpointer
zc_store_discard_section (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autoptr (ZcStoredSection) row = NULL;

  if (!find (db, args, &row, error))
    return NULL;
  if (row == NULL)
    return GINT_TO_POINTER (TRUE);
  *effect = ZC_STORE_SECTION_REPLACED;
  if (row->base_body == NULL)
    return GINT_TO_POINTER (zc_store_finish (
        db,
        zc_store_prepare (db, error, "DELETE FROM section WHERE dossier = ?1 AND section = ?2", "ss", args->dossier, args->item),
        error));
  g_set_str (&row->body, row->base_body);
  row->dirty = FALSE;
  row->revision++;
  g_clear_pointer (&row->refusal, g_free);
  g_clear_pointer (&row->conflicts, g_free);
  return zc_store_write_section (db, row, error);
}

gpointer
zc_store_settle_conflicts (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autoptr (ZcStoredSection) row = NULL;

  if (!find (db, args, &row, error))
    return NULL;
  if (row == NULL || row->revision != args->number || g_strcmp0 (row->conflicts, args->problems) != 0)
    {
      g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_REPLACED, "the section was replaced meanwhile");
      return NULL;
    }
  g_set_str (&row->body, args->text);
  g_set_str (&row->conflicts, args->state);
  row->dirty = !zc_store_says_the_same (row->body, row->base_body);
  row->edited_at = zc_time_now ();
  g_clear_pointer (&row->refusal, g_free);
  *effect = ZC_STORE_SECTION_EDITED;
  return zc_store_write_section (db, row, error);
}

/* Numbers of the old epoch mean nothing in the new one: every section is asked for again, every image too. */
static gboolean
doubt_all (ZcStoreDb *db, GError **error)
{
  return zc_store_db_run (db,
                          "UPDATE section SET lost_version = base_version, base_version = -1 WHERE base_version > 0;"
                          "UPDATE image SET uploaded = 0, refusal = NULL",
                          error);
}

gpointer
zc_store_note_epoch (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  const ZcStoreArgs setting = { .item = (char *) ZC_LOCAL_STORE_EPOCH, .text = args->text };
  g_autofree char *before = zc_store_get_setting (db, &setting, effect, error);

  if (*error != NULL || g_strcmp0 (before, args->text) == 0)
    return NULL;
  if (!zc_store_put_setting (db, &setting, effect, error) || (before != NULL && !doubt_all (db, error)))
    return NULL;
  return g_steal_pointer (&before);
}

gpointer
zc_store_list_doubtful (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  return zc_store_read_texts (db, zc_store_prepare (db, error, "SELECT DISTINCT dossier FROM section WHERE lost_version > 0", ""), error);
}

static gboolean
move_rows (ZcStoreDb *db, const char *sql, const ZcStoreArgs *args, GError **error)
{
  return zc_store_finish (db, zc_store_prepare (db, error, sql, "ss", args->dossier, args->item), error);
}

/* Begun anew at the server under another id: of all that is here nothing is there. */
gpointer
zc_store_move_dossier (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  const ZcStoreArgs begun = { .dossier = args->item, .text = args->text };

  return GINT_TO_POINTER (
      move_rows (db,
                 "UPDATE section SET dossier = ?2, base_body = NULL, base_version = -1, lost_version = 0, dirty = 1, state = NULL,"
                 " problems = NULL, conflicts = NULL, refusal = NULL WHERE dossier = ?1",
                 args, error) &&
      move_rows (db, "UPDATE image SET dossier = ?2, uploaded = 0, refusal = NULL WHERE dossier = ?1", args, error) &&
      zc_store_finish (db,
                       zc_store_prepare (db, error, "UPDATE OR REPLACE setting SET name = substr (name, 1, 5) || ?2 WHERE name IN (?3 || ?1, ?4 || ?1)",
                                         "ssss", args->dossier, args->item, ZC_LOCAL_STORE_FORM, ZC_LOCAL_STORE_LEFT),
                       error) &&
      zc_store_finish (db, zc_store_prepare (db, error, "DELETE FROM dossier WHERE id = ?1", "s", args->dossier), error) &&
      zc_store_put_dossier (db, &begun, effect, error) != NULL);
}
