/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"

/* A draft in the store: written there within a second of every change, read back with what sync brought and the store merged. */

#define WRITE_DELAY 300       /* ms after the last change */
#define WRITE_LIMIT 700       /* ms after the first: the rest of the second belongs to the disk */
#define RETRY_DELAY 2000      /* ms before a disk in trouble is tried again */

/* --- writing --- */

static void
set_store_error (ZcDraft *self, const GError *error)
{
  if (self->store_error == NULL && error == NULL)
    return;
  g_clear_error (&self->store_error);
  self->store_error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify (G_OBJECT (self), "store-error");
}

static gboolean
write_cb (gpointer user_data)
{
  ZcDraft *self = user_data;

  self->write_id = 0;
  zc_draft_write_now (self);
  return G_SOURCE_REMOVE;
}

static void
write_after (ZcDraft *self, guint delay)
{
  g_clear_handle_id (&self->write_id, g_source_remove);
  self->write_id = g_timeout_add (delay, write_cb, self);
}

static void
write_soon (ZcDraft *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 left;

  if (self->unsaved_since == 0)
    self->unsaved_since = now;
  left = WRITE_LIMIT - (now - self->unsaved_since) / 1000;
  write_after (self, CLAMP (left, 0, WRITE_DELAY));
}

void
zc_draft_touch (ZcDraft *self, ZcDraftSection *section)
{
  g_clear_pointer (&section->snapshot, zc_json_unref);
  section->unsaved = TRUE;
  write_soon (self);
  zc_draft_check_soon (self);
  zc_draft_update_states (self);
}

static gboolean
is_all_written (ZcDraft *self)
{
  for (guint i = 0; i < zc_draft_n_sections (self); i++)
    if (zc_draft_section_at (self, i)->unsaved || zc_draft_section_at (self, i)->writing > 0)
      return FALSE;
  return TRUE;
}

static void
answer_flushes (ZcDraft *self)
{
  gboolean written = is_all_written (self);
  GTask *task;

  if (written ? self->reading : self->store_error == NULL)
    return; /* what the store made of it is read first: it may have merged */
  while ((task = g_queue_pop_head (&self->flushes)) != NULL)
    {
      if (written)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (self->store_error));
      g_object_unref (task);
    }
}

typedef struct
{
  ZcDraft        *draft;
  ZcDraftSection *section;
} Write;

static void
write_free (Write *write)
{
  g_object_unref (write->draft);
  g_object_unref (write->section);
  g_free (write);
}

static void
write_failed (ZcDraft *self, ZcDraftSection *section, const GError *error)
{
  section->unsaved = TRUE;
  set_store_error (self, error);
  if (!g_error_matches (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_CLOSED))
    write_after (self, RETRY_DELAY);
}

static void
section_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Write *write = user_data;
  ZcDraft *self = write->draft;
  ZcDraftSection *section = write->section;
  g_autoptr (GError) error = NULL;

  section->writing--;
  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    {
      section->dirty = TRUE; /* until the store or the server say otherwise */
      set_store_error (self, NULL);
      zc_draft_read_again (self);
    }
  else
    write_failed (self, section, error);
  zc_draft_update_states (self);
  answer_flushes (self);
  write_free (write);
}

static void
write_section (ZcDraft *self, ZcDraftSection *section)
{
  Write *write = g_new0 (Write, 1);
  g_autofree char *base = g_steal_pointer (&section->stored);

  write->draft = g_object_ref (self);
  write->section = g_object_ref (section);
  section->stored = json_to_string (section->document, FALSE);
  section->unsaved = FALSE;
  section->writing++;
  zc_local_store_put_section_async (self->store, zc_dossier_get_id (self->dossier), section->id, section->stored,
                                    base != NULL ? base : "{}", section->revision, zc_business_get_revision (self->business),
                                    section_written_cb, write);
}

void
zc_draft_write_now (ZcDraft *self)
{
  g_clear_handle_id (&self->write_id, g_source_remove);
  self->unsaved_since = 0;
  for (guint i = 0; i < zc_draft_n_sections (self); i++)
    if (zc_draft_section_at (self, i)->unsaved)
      write_section (self, zc_draft_section_at (self, i));
}

/**
 * zc_draft_flush_async:
 * @self: a draft
 * @callback: called when all that is on the screen is durable, or the disk refused it
 * @user_data: for @callback
 */
void
zc_draft_flush_async (ZcDraft *self, GAsyncReadyCallback callback, gpointer user_data)
{
  set_store_error (self, NULL);
  zc_draft_write_now (self);
  g_queue_push_tail (&self->flushes, g_task_new (self, NULL, callback, user_data));
  answer_flushes (self);
}

gboolean
zc_draft_flush_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- reading: what the store and, through sync, the server know --- */

static guint
count_problems (const char *json)
{
  g_autoptr (ZcJson) document = json != NULL ? zc_json_parse (json, strlen (json), NULL) : NULL;
  const ZcJsonValue *array = document != NULL ? zc_json_root (document) : NULL;
  guint count = 0;

  for (guint i = 0; i < zc_json_size (array); i++)
    count += !zc_json_get_bool (zc_json_at (array, i), "advice", FALSE);
  return count;
}

/* Another body stands in the store. */
static void
take_replaced (ZcDraft *self, ZcDraftSection *section, const ZcStoredSection *row)
{
  JsonNode *document = json_from_string (row->body, NULL);

  section->revision = row->revision;
  if (document == NULL)
    return;
  zc_draft_take_document (self, section, document);
  g_set_str (&section->stored, row->body);
  g_signal_emit (self, zc_draft_signals[ZC_DRAFT_RELOADED], 0, section->id);
}

/* What is on the screen and not yet stored goes to the store first: merging is done there alone, so that what conflicts is kept. */
static void
follow_row (ZcDraft *self, ZcDraftSection *section, const ZcStoredSection *row)
{
  if (row->revision == section->revision)
    return;
  if (section->unsaved)
    write_section (self, section);
  else if (section->writing == 0) /* else the end of that write reads again */
    take_replaced (self, section, row);
}

static void
take_row (ZcDraft *self, const ZcStoredSection *row)
{
  ZcDraftSection *section = zc_draft_find_section (self, row->section);
  gboolean conflict;

  if (section == NULL || !section->kept)
    return;
  conflict = g_set_str (&section->conflicts, row->conflicts) && row->conflicts != NULL;
  zc_draft_set_number (section, "n-conflicts", &section->n_conflicts, zc_conflicts_count (row->conflicts));
  section->base_version = MAX (row->base_version, 0);
  section->dirty = row->dirty;
  g_set_str (&section->server_state, row->server_state);
  section->server_problems = count_problems (row->server_problems);
  follow_row (self, section, row);
  if (conflict)
    g_signal_emit (self, zc_draft_signals[ZC_DRAFT_CONFLICT], 0, section->id);
}

static void
rows_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDraft) self = user_data;
  g_autoptr (GPtrArray) rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, NULL);

  self->reading = FALSE;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    take_row (self, g_ptr_array_index (rows, i));
  zc_draft_update_states (self);
  zc_draft_check_soon (self);
  if (self->read_again)
    zc_draft_read_again (self);
  answer_flushes (self);
}

void
zc_draft_read_again (ZcDraft *self)
{
  self->read_again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  zc_local_store_load_sections_async (self->store, zc_dossier_get_id (self->dossier), rows_read_cb, g_object_ref (self));
}

/* Nothing is on the screen yet. */
void
zc_draft_take_first (ZcDraft *self, const ZcStoredSection *row)
{
  ZcDraftSection *section = zc_draft_find_section (self, row->section);
  JsonNode *document = section != NULL ? json_from_string (row->body, NULL) : NULL;

  if (document == NULL)
    return;
  section->revision = row->revision;
  g_set_str (&section->stored, row->body);
  zc_draft_take_document (self, section, document);
  take_row (self, row);
}
