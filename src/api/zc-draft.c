/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-merge.h"
#include "zc-past.h"

/* The life of a draft: read from the store, written back within a second of every change, kept together with what other
 * devices write, sent and submitted. */

#define WRITE_DELAY 300       /* ms after the last change */
#define WRITE_LIMIT 700       /* ms after the first: the rest of the second belongs to the disk */
#define RETRY_DELAY 2000      /* ms before a disk in trouble is tried again */

enum
{
  PROP_0,
  PROP_EDITABLE,
  PROP_STATE,
  PROP_STORE_ERROR,
  PROP_RECOVERED_AT,
  PROP_N_CONFLICTS,
  PROP_PAST,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
guint zc_draft_signals[ZC_DRAFT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcDraft, zc_draft, G_TYPE_OBJECT)

static ZcDraftSection *
section_at (ZcDraft *self, guint index)
{
  g_autoptr (ZcDraftSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), index);

  return section; /* the list holds it */
}

static guint
n_sections (ZcDraft *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->sections));
}

/* --- states --- */

static ZcSyncState
sync_state_of (ZcDraft *self, ZcDraftSection *section)
{
  if (!section->kept)
    return ZC_SYNC_ON_SERVER;
  if (section->unsaved || section->writing > 0)
    return ZC_SYNC_UNSAVED;
  if (section->conflicts != NULL)
    return ZC_SYNC_CONFLICT;
  if (self->sync == NULL)
    return section->dirty ? ZC_SYNC_SAVED : ZC_SYNC_ON_SERVER;
  return zc_sync_get_section_state (self->sync, zc_dossier_get_id (self->dossier), section->id);
}

/* The server's word counts for the very text on the screen and no other. */
static void
update_confirmed (ZcDraft *self, ZcDraftSection *section)
{
  gboolean same_text = !section->unsaved && section->writing == 0 && !section->dirty;
  ZcSectionStatus *told = zc_dossier_find_section (self->dossier, section->id);
  ZcSectionState state = ZC_SECTION_EMPTY;
  gboolean known = section->server_state != NULL && zc_section_state_from_string (section->server_state, &state);

  /* the dossier's word is younger where it speaks of the same version: another section's answer may have changed it */
  if (told != NULL && zc_section_status_get_version (told) == section->base_version)
    {
      state = zc_section_status_get_state (told);
      known = TRUE;
    }
  if (same_text && known)
    {
      zc_draft_set_number (section, "state", &section->state, state);
      zc_draft_set_number (section, "confirmed", &section->confirmed, TRUE);
    }
  else
    zc_draft_set_number (section, "confirmed", &section->confirmed, FALSE);
}

static void
update_editable (ZcDraft *self)
{
  gboolean editable = self->store != NULL && zc_dossier_has_action (self->dossier, "edit");

  if (self->editable == editable)
    return;
  self->editable = editable;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EDITABLE]);
}

void
zc_draft_update_states (ZcDraft *self)
{
  int worst = ZC_SYNC_ON_SERVER, conflicts = 0;

  for (guint i = 0; i < n_sections (self); i++)
    {
      ZcDraftSection *section = section_at (self, i);

      zc_draft_set_number (section, "sync-state", &section->sync_state, (int) sync_state_of (self, section));
      update_confirmed (self, section);
      worst = MIN (worst, section->sync_state);
      conflicts += section->n_conflicts;
    }
  zc_draft_set_number (self, "n-conflicts", &self->n_conflicts, conflicts);
  if (self->state == worst)
    return;
  self->state = worst;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_store_error (ZcDraft *self, const GError *error)
{
  if (self->store_error == NULL && error == NULL)
    return;
  g_clear_error (&self->store_error);
  self->store_error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STORE_ERROR]);
}

/* --- writing --- */

static void write_all (ZcDraft *self);
static void read_rows (ZcDraft *self);

static gboolean
write_cb (gpointer user_data)
{
  ZcDraft *self = user_data;

  self->write_id = 0;
  write_all (self);
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
  for (guint i = 0; i < n_sections (self); i++)
    if (section_at (self, i)->unsaved || section_at (self, i)->writing > 0)
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
      read_rows (self);
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

static void
write_all (ZcDraft *self)
{
  g_clear_handle_id (&self->write_id, g_source_remove);
  self->unsaved_since = 0;
  for (guint i = 0; i < n_sections (self); i++)
    if (section_at (self, i)->unsaved)
      write_section (self, section_at (self, i));
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
    read_rows (self);
  answer_flushes (self);
}

static void
read_rows (ZcDraft *self)
{
  self->read_again = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  zc_local_store_load_sections_async (self->store, zc_dossier_get_id (self->dossier), rows_read_cb, g_object_ref (self));
}

void
zc_draft_read_again (ZcDraft *self)
{
  read_rows (self);
}

static gboolean
is_mine (ZcDraft *self, const char *dossier)
{
  return strcmp (dossier, zc_dossier_get_id (self->dossier)) == 0;
}

static void
section_replaced_cb (ZcDraft *self, const char *dossier, const char *section)
{
  if (is_mine (self, dossier))
    read_rows (self);
}

static void
section_synced_cb (ZcDraft *self, const char *dossier, const char *section)
{
  if (is_mine (self, dossier))
    read_rows (self);
}

static void
image_synced_cb (ZcDraft *self, const char *dossier, const char *sha256)
{
  if (is_mine (self, dossier))
    zc_draft_refresh_images (self, NULL);
}

static void
sync_notify_cb (ZcDraft *self)
{
  zc_draft_update_states (self);
  zc_draft_refresh_images (self, NULL);
}

static void
server_told_cb (ZcDraft *self, ZcDossier *dossier)
{
  if (dossier != self->dossier && is_mine (self, zc_dossier_get_id (dossier)))
    zc_dossier_update_from (self->dossier, dossier);
}

static void
take_target (ZcDraft *self)
{
  g_autofree char *text = zc_dossier_dup_target_json (self->dossier);

  g_clear_pointer (&self->target, zc_json_unref);
  self->target = zc_json_parse (text, strlen (text), NULL);
}

static void
dossier_changed_cb (ZcDraft *self)
{
  take_target (self);
  update_editable (self);
  zc_draft_check_soon (self);
  for (guint i = 0; i < n_sections (self); i++)
    for (guint j = 0; j < section_at (self, i)->definition->n_fields; j++)
      if (section_at (self, i)->definition->fields[j].from != NULL)
        zc_draft_emit_value (self, section_at (self, i)->id, NULL, section_at (self, i)->definition->fields[j].id);
}

/* --- the object --- */

static void
zc_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcDraft *self = ZC_DRAFT (object);

  switch (id)
    {
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_STORE_ERROR:
      g_value_set_boxed (value, self->store_error);
      break;
    case PROP_N_CONFLICTS:
      g_value_set_int (value, self->n_conflicts);
      break;
    case PROP_PAST:
      g_value_set_object (value, self->past);
      break;
    default:
      g_value_set_int64 (value, self->recovered_at);
    }
}

static void
zc_draft_dispose (GObject *object)
{
  ZcDraft *self = ZC_DRAFT (object);

  if (self->write_id != 0)
    write_all (self); /* the writes hold what they need: nothing typed goes with the window */
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_signal_handler (&self->past_id, self->dossier);
  G_OBJECT_CLASS (zc_draft_parent_class)->dispose (object);
}

static void
zc_draft_finalize (GObject *object)
{
  ZcDraft *self = ZC_DRAFT (object);

  g_clear_handle_id (&self->write_id, g_source_remove);
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->sync);
  g_clear_object (&self->client);
  g_object_unref (self->dossier);
  g_object_unref (self->sections);
  g_clear_pointer (&self->business, zc_business_unref);
  g_clear_pointer (&self->target, zc_json_unref);
  g_hash_table_unref (self->image_lists);
  g_hash_table_unref (self->images_here);
  g_clear_error (&self->store_error);
  g_clear_object (&self->past);
  G_OBJECT_CLASS (zc_draft_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params)
{
  return g_signal_new (name, ZC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, G_TYPE_STRING,
                       G_TYPE_STRING, G_TYPE_STRING);
}

static void
zc_draft_class_init (ZcDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zc_draft_get_property;
  object_class->dispose = zc_draft_dispose;
  object_class->finalize = zc_draft_finalize;
  props[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, flags);
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ZC_SYNC_UNSAVED, ZC_SYNC_ON_SERVER, ZC_SYNC_ON_SERVER, flags);
  props[PROP_STORE_ERROR] = g_param_spec_boxed ("store-error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_RECOVERED_AT] = g_param_spec_int64 ("recovered-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_N_CONFLICTS] = g_param_spec_int ("n-conflicts", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_PAST] = g_param_spec_object ("past", NULL, NULL, ZC_TYPE_PAST, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  zc_draft_signals[ZC_DRAFT_VALUE_CHANGED] = new_signal ("value-changed", 3);
  zc_draft_signals[ZC_DRAFT_APPLIES_CHANGED] = new_signal ("applies-changed", 3);
  zc_draft_signals[ZC_DRAFT_PROBLEMS_CHANGED] = new_signal ("problems-changed", 1);
  zc_draft_signals[ZC_DRAFT_RELOADED] = new_signal ("reloaded", 1);
  zc_draft_signals[ZC_DRAFT_CONFLICT] = new_signal ("conflict", 1);
}

static void
zc_draft_init (ZcDraft *self)
{
  self->sections = g_list_store_new (ZC_TYPE_DRAFT_SECTION);
  self->image_lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->images_here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->state = ZC_SYNC_ON_SERVER;
  g_queue_init (&self->flushes);
}

/* --- opening --- */

ZcDraftSection *
zc_draft_add_section (ZcDraft *self, guint index, gboolean kept)
{
  g_autoptr (ZcDraftSection) section = zc_draft_section_new (zc_business_get_section (self->business, index), index);

  section->kept = kept;
  g_list_store_append (self->sections, section);
  return section; /* the list holds it */
}

ZcDraft *
zc_draft_new (ZcBusiness *business, ZcDossier *dossier)
{
  ZcDraft *self = g_object_new (ZC_TYPE_DRAFT, NULL);

  self->business = zc_business_ref (business);
  self->dossier = g_object_ref (dossier);
  take_target (self);
  return self;
}

void
zc_draft_be_kept (ZcDraft *self, ZcLocalStore *store, ZcSync *sync)
{
  g_set_object (&self->store, store);
  g_set_object (&self->sync, sync);
  update_editable (self);
}

static void
add_sections (ZcDraft *self)
{
  for (guint i = 0; i < zc_business_get_n_sections (self->business); i++)
    if (zc_business_get_section (self->business, i)->fills == self->fills)
      zc_draft_add_section (self, i, TRUE);
}

static void
watch (ZcDraft *self)
{
  g_signal_connect_object (self->store, "section-replaced", G_CALLBACK (section_replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dossier, "changed", G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  if (self->sync == NULL)
    return;
  g_signal_connect_object (self->sync, "section-changed", G_CALLBACK (section_synced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "image-changed", G_CALLBACK (image_synced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "dossier-changed", G_CALLBACK (server_told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "notify", G_CALLBACK (sync_notify_cb), self, G_CONNECT_SWAPPED);
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

static void
images_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) images = zc_local_store_list_images_finish (ZC_LOCAL_STORE (source), result, &error);

  if (images == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (images, i);

      if (image->path != NULL)
        g_hash_table_add (self->images_here, g_strdup (image->sha256));
    }
  watch (self);
  zc_draft_check_now (self);
  read_rows (self); /* what may have come between the two readings */
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

void
zc_draft_follow (GTask *task)
{
  ZcDraft *self = g_task_get_task_data (task);

  self->recovered_at = zc_local_store_take_recovered (self->store, zc_dossier_get_id (self->dossier));
  zc_local_store_list_images_async (self->store, zc_dossier_get_id (self->dossier), images_listed_cb, task);
}

static void
first_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    zc_draft_take_first (self, g_ptr_array_index (rows, i));
  zc_draft_follow (g_steal_pointer (&task));
}

/**
 * zc_draft_open_async:
 * @store: where it is kept
 * @sync: (nullable): who sends it
 * @business: the form, of the dossier's revision
 * @dossier: whose draft
 * @cancellable: (nullable): gives up
 * @callback: called when the draft can be shown
 * @user_data: for @callback
 */
void
zc_draft_open_async (ZcLocalStore *store,
                     ZcSync *sync,
                     ZcBusiness *business,
                     ZcDossier *dossier,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  ZcDraft *self = zc_draft_new (business, dossier);

  zc_draft_be_kept (self, store, sync);
  if (sync != NULL)
    self->client = g_object_ref (zc_sync_get_client (sync));
  add_sections (self);
  g_task_set_task_data (task, self, g_object_unref);
  zc_local_store_load_sections_async (store, zc_dossier_get_id (dossier), first_read_cb, task);
}

ZcDraft *
zc_draft_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
  write_all (self);
  g_queue_push_tail (&self->flushes, g_task_new (self, NULL, callback, user_data));
  answer_flushes (self);
}

gboolean
zc_draft_flush_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- saving: store, send --- */

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (zc_sync_push_finish (ZC_SYNC (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = ZC_DRAFT (source);
  GError *error = NULL;

  if (!zc_draft_flush_finish (self, result, &error))
    g_task_return_error (task, error);
  else if (self->sync == NULL)
    g_task_return_boolean (task, TRUE);
  else
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      zc_sync_push_async (self->sync, zc_dossier_get_id (self->dossier), cancellable, pushed_cb, g_steal_pointer (&task));
    }
}

/**
 * zc_draft_save_async:
 * @self: a draft
 * @cancellable: (nullable): gives up waiting; nothing stored is lost
 * @callback: called when the server holds what is on the screen, or with why not
 * @user_data: for @callback
 */
void
zc_draft_save_async (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  zc_draft_check_now (self);
  zc_draft_flush_async (self, flushed_cb, g_task_new (self, cancellable, callback, user_data));
}

gboolean
zc_draft_save_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- submitting --- */

/* The server must hold the very text on the screen, of every section: else the person submits what they have not seen. */
static gboolean
is_on_screen (ZcDraft *self, const ZcStoredSection *row)
{
  ZcDraftSection *section = zc_draft_find_section (self, row->section);
  g_autoptr (JsonNode) held = row->base_body != NULL ? json_from_string (row->base_body, NULL) : NULL;

  if (section == NULL)
    return TRUE;
  return !row->dirty && held != NULL && zc_documents_equal (held, section->document);
}

static ZcAction *
make_submission (ZcDraft *self, GPtrArray *rows, GError **error)
{
  g_autoptr (ZcAction) action =
      zc_action_new (zc_dossier_get_id (self->dossier), ZC_ACT_SUBMIT, zc_dossier_get_version (self->dossier));

  for (guint i = 0; i < rows->len; i++)
    if (!is_on_screen (self, g_ptr_array_index (rows, i)))
      {
        zc_refusal_set (error, ZC_REFUSAL_STALE, "section %s is not on the server as it is on the screen",
                        ((ZcStoredSection *) g_ptr_array_index (rows, i))->section);
        return NULL;
      }
  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);
      ZcDraftSection *section = zc_draft_find_section (self, row->section);

      if (section != NULL && section->visible)
        zc_action_add_section (action, row->section, row->base_version);
    }
  return g_steal_pointer (&action);
}

static void
versions_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);
  ZcAction *action = rows != NULL ? make_submission (self, rows, &error) : NULL;

  if (action != NULL)
    g_task_return_pointer (task, action, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (ZcDossier) dossier = zc_sync_pull_finish (ZC_SYNC (source), result, &error);

  if (dossier == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (dossier != self->dossier)
    zc_dossier_update_from (self->dossier, dossier);
  zc_local_store_load_sections_async (self->store, zc_dossier_get_id (self->dossier), versions_read_cb, g_steal_pointer (&task));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = ZC_DRAFT (source);
  GError *error = NULL;

  if (zc_draft_save_finish (self, result, &error))
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      zc_sync_pull_async (self->sync, zc_dossier_get_id (self->dossier), cancellable, pulled_cb, g_steal_pointer (&task));
    }
  else
    g_task_return_error (task, error);
}

/**
 * zc_draft_prepare_submit_async:
 * @self: a draft with sync
 * @cancellable: (nullable): gives up
 * @callback: called with the action, to be confirmed and performed
 * @user_data: for @callback
 *
 * Sends what is unsent and asks for the present versions. Another device's change that came in meanwhile is shown
 * ("reloaded") and refused here with ZC_REFUSAL_STALE only where it differs from the screen.
 */
void
zc_draft_prepare_submit_async (ZcDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->sync != NULL);

  zc_draft_save_async (self, cancellable, saved_cb, g_task_new (self, cancellable, callback, user_data));
}

ZcAction *
zc_draft_prepare_submit_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what it is --- */

ZcBusiness *
zc_draft_get_business (ZcDraft *self)
{
  return self->business;
}

const ZcCalendar *
zc_draft_get_calendar (ZcDraft *self)
{
  return self->sync != NULL ? zc_client_get_calendar (zc_sync_get_client (self->sync)) : zc_calendar_get_national ();
}

ZcDossier *
zc_draft_get_dossier (ZcDraft *self)
{
  return self->dossier;
}

GListModel *
zc_draft_get_sections (ZcDraft *self)
{
  return G_LIST_MODEL (self->sections);
}

ZcDraftSection *
zc_draft_find_section (ZcDraft *self, const char *section)
{
  for (guint i = 0; section != NULL && i < n_sections (self); i++)
    if (strcmp (section_at (self, i)->id, section) == 0)
      return section_at (self, i);
  return NULL;
}

gboolean
zc_draft_get_editable (ZcDraft *self)
{
  return self->editable;
}

ZcSyncState
zc_draft_get_state (ZcDraft *self)
{
  return self->state;
}

gint64
zc_draft_get_recovered_at (ZcDraft *self)
{
  return self->recovered_at;
}

const GError *
zc_draft_get_store_error (ZcDraft *self)
{
  return self->store_error;
}

int
zc_draft_get_n_conflicts (ZcDraft *self)
{
  return self->n_conflicts;
}

char *
zc_draft_dup_conflicts (ZcDraft *self, const char *section)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);

  return found != NULL ? g_strdup (found->conflicts) : NULL;
}
