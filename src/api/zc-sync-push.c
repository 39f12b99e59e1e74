/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include <json-glib/json-glib.h>

#include "zc-record.h"
#include "zc-sync-private.h"

/* One turn after the other: list what is unsent, take the first that may travel, send it, list again. An image that a section
 * names goes before the section. Everything is repeatable: an image by its digest, a section by If-Match. */

#define SETTLE 1500 /* ms: see zc-sync.c */
#define NAMING 3000 /* ms between an image and the text that names it, at most */

typedef struct
{
  ZcSync          *sync;
  GCancellable    *cancellable;
  GPtrArray       *images;   /* ZcStoredImage: unsent */
  ZcStoredSection *row;      /* what this turn sends */
  char            *sha256;   /* (nullable): the image that goes before it */
} Turn;

static void
turn_free (Turn *turn)
{
  g_object_unref (turn->sync);
  g_clear_object (&turn->cancellable);
  g_clear_pointer (&turn->images, g_ptr_array_unref);
  g_clear_pointer (&turn->row, zc_stored_section_free);
  g_free (turn->sha256);
  g_free (turn);
}

static void work (ZcSync *self);

static gboolean
work_cb (gpointer user_data)
{
  ZcSync *self = user_data;

  self->work_id = 0;
  work (self);
  return G_SOURCE_REMOVE;
}

/* The sooner of two wishes counts: what is not settled by then says itself how long it takes. */
void
zc_sync_work_soon (ZcSync *self, guint delay)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait = MAX ((gint64) delay, (self->not_before - now) / 1000);

  if (!self->running || self->needs_sign_in)
    return;
  if (self->working && delay == 0)
    {
      self->work_again = TRUE;
      return;
    }
  if (self->work_id != 0 && self->work_at <= now + wait * 1000 && self->work_at >= self->not_before)
    return;
  g_clear_handle_id (&self->work_id, g_source_remove);
  self->work_at = now + wait * 1000;
  self->work_id = g_timeout_add ((guint) wait, work_cb, self);
}

/* dossier: (nullable): all; error: (nullable): all is on the server */
void
zc_sync_answer_waiters (ZcSync *self, const char *dossier, const GError *error)
{
  GQueue waiting = self->waiters;
  GTask *task;

  g_queue_init (&self->waiters);
  while ((task = g_queue_pop_head (&waiting)) != NULL)
    {
      if (dossier != NULL && strcmp (g_task_get_task_data (task), dossier) != 0)
        {
          g_queue_push_tail (&self->waiters, task);
          continue;
        }
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

static gboolean
is_urgent (ZcSync *self, const char *dossier)
{
  for (GList *l = self->waiters.head; l != NULL; l = l->next)
    if (strcmp (g_task_get_task_data (l->data), dossier) == 0)
      return TRUE;
  return FALSE;
}

static void
end_turn (Turn *turn, gboolean again)
{
  g_autoptr (ZcSync) self = g_object_ref (turn->sync);

  self->working = FALSE;
  turn_free (turn);
  if (again || self->work_again)
    zc_sync_work_soon (self, 0);
  self->work_again = FALSE;
}

static void
set_sending (Turn *turn, const char *item, gboolean sending)
{
  ZcSyncItem *known = zc_sync_item (turn->sync, turn->row->dossier, item);

  if (known == NULL || known->sending == sending)
    return;
  known->sending = sending;
  zc_sync_tell_item (turn->sync, turn->row->dossier, item, known->image);
  zc_sync_update (turn->sync);
}

/* --- what a failure means --- */

/* Trouble that passes by itself, or with patience. */
static gboolean
is_passing (const GError *error)
{
  if (error->domain != ZC_REFUSAL_ERROR)
    return TRUE;
  switch (error->code)
    {
    case ZC_REFUSAL_OFFLINE:
    case ZC_REFUSAL_BUSY:
    case ZC_REFUSAL_STORAGE:
    case ZC_REFUSAL_TIMEOUT:
    case ZC_REFUSAL_INTERNAL:
    case ZC_REFUSAL_TOO_MANY:
    case ZC_REFUSAL_LOCKED:
    case ZC_REFUSAL_KEY_RUNNING:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
be_patient (Turn *turn, const GError *error)
{
  ZcSync *self = turn->sync;
  guint wait;

  self->tries++;
  wait = MAX (zc_sync_back_off (self->tries), (guint) zc_refusal_get_retry (error) * 1000);
  self->not_before = g_get_monotonic_time () + (gint64) wait * 1000;
  zc_sync_answer_waiters (self, NULL, error);
  end_turn (turn, TRUE);
}

/* The bytes were right here: what arrived was not what was sent (R21). */
static gboolean
is_damaged_on_its_way (const GError *error)
{
  GPtrArray *problems = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_problems (error) : NULL;

  return problems != NULL && problems->len > 0 && ((const ZcProblem *) g_ptr_array_index (problems, 0))->code == ZC_PROBLEM_DIGEST;
}

static void
set_refused (Turn *turn, const char *item, const GError *error)
{
  ZcSyncItem *known = zc_sync_item (turn->sync, turn->row->dossier, item);

  if (known == NULL)
    return;
  g_clear_error (&known->error);
  known->error = g_error_copy (error);
  zc_sync_tell_item (turn->sync, turn->row->dossier, item, known->image);
  zc_sync_update (turn->sync);
}

static void
went_on_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  end_turn (user_data, TRUE);
}

/* Refused for what it was, or only for who sent it and when: that passes when the dossier can be edited by this session (again). */
static gboolean
is_of_the_moment (const GError *error)
{
  static const ZcRefusal codes[] = { ZC_REFUSAL_NOT_EDITABLE, ZC_REFUSAL_OWN_DOSSIER, ZC_REFUSAL_FORBIDDEN, ZC_REFUSAL_NOT_FOUND };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, ZC_REFUSAL_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* It may be of a form that another took the place of elsewhere: the dossier tells, and what is here moves into that (decisions 16). */
static void
ask_for_form (Turn *turn, const GError *error)
{
  ZcSyncItem *known = zc_sync_item (turn->sync, turn->row->dossier, turn->row->section);

  if (known == NULL || known->asked ||
      !(g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_INVALID) || g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND)))
    return;
  known->asked = TRUE;
  zc_sync_refresh (turn->sync, turn->row->dossier);
}

/* Nobody will take this very text: it stays here, with the reason, until it is changed. */
static void
give_up (Turn *turn, const GError *error)
{
  g_autofree char *json = zc_refusal_to_json (error);

  if (is_of_the_moment (error))
    g_hash_table_remove (turn->sync->editable, turn->row->dossier); /* until the server says otherwise */
  set_refused (turn, turn->row->section, error);
  ask_for_form (turn, error);
  zc_sync_answer_waiters (turn->sync, turn->row->dossier, error);
  zc_local_store_section_refused_async (turn->sync->store, turn->row->dossier, turn->row->section, turn->row->body, json,
                                        went_on_cb, turn);
}

static gboolean
is_ended (Turn *turn, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !turn->sync->running)
    return TRUE;
  if (!zc_sync_is_signed_out (turn->sync, error))
    return FALSE;
  zc_sync_answer_waiters (turn->sync, NULL, error);
  return TRUE;
}

static void
fail_turn (Turn *turn, const GError *error)
{
  if (is_ended (turn, error))
    end_turn (turn, FALSE);
  else if (is_passing (error))
    be_patient (turn, error);
  else
    give_up (turn, error);
}

/* --- a section --- */

static void
take_current_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;

  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  zc_sync_tell_item (turn->sync, turn->row->dossier, turn->row->section, FALSE);
  end_turn (turn, TRUE);
}

/* Somebody else wrote: the store merges, and what comes of it is sent in the next turn. */
static void
take_current (Turn *turn, const char *current)
{
  g_autoptr (ZcJson) json = current != NULL ? zc_json_parse (current, strlen (current), NULL) : NULL;
  const ZcJsonValue *root = json != NULL ? zc_json_root (json) : NULL;
  g_autofree char *body = zc_record_text (zc_json_get (root, "body"));
  g_autoptr (GError) error = NULL;

  if (zc_json_get (root, "body") == NULL)
    {
      error = zc_refusal_new (ZC_REFUSAL_INTERNAL, "a conflict without the present version");
      be_patient (turn, error);
      return;
    }
  zc_local_store_section_pulled_async (turn->sync->store, turn->row->dossier, turn->row->section, body,
                                       zc_json_get_integer (root, "version", 0), NULL, NULL, take_current_cb, turn);
}

/* What the server says that it does not hold is sent again, if it is here. */
static gboolean
send_lost_images (Turn *turn, const GError *error)
{
  GPtrArray *problems = zc_refusal_get_problems (error);
  gboolean lost = FALSE;

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const ZcProblem *problem = g_ptr_array_index (problems, i);
      ZcSyncItem *item;

      if (problem->code != ZC_PROBLEM_IMAGE_MISSING || problem->image == NULL)
        continue;
      item = zc_sync_item (turn->sync, turn->row->dossier, problem->image);
      if (item != NULL)
        continue; /* tried already: the server means it */
      zc_sync_add_item (turn->sync, turn->row->dossier, problem->image, TRUE);
      zc_local_store_image_lost_async (turn->sync->store, turn->row->dossier, problem->image, NULL, NULL);
      lost = TRUE;
    }
  return lost;
}

static void
section_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;

  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_hash_table_add (turn->sync->to_refresh, g_strdup (turn->row->dossier));
  end_turn (turn, TRUE);
}

static void
section_sent (Turn *turn, const ZcJsonValue *root)
{
  g_autofree char *problems = zc_record_text (zc_json_get (root, "problems"));

  turn->sync->tries = 0;
  zc_local_store_section_sent_async (turn->sync->store, turn->row->dossier, turn->row->section, turn->row->body,
                                     zc_json_get_integer (root, "version", 0), zc_json_get_string (root, "state"), problems,
                                     section_kept_cb, turn);
}

static void
section_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_put_section_finish (ZC_CLIENT (source), result, &error);

  set_sending (turn, turn->row->section, FALSE);
  if (reply != NULL)
    section_sent (turn, zc_reply_root (reply));
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_PRECONDITION))
    take_current (turn, zc_refusal_get_current (error));
  else if (send_lost_images (turn, error))
    end_turn (turn, TRUE);
  else
    fail_turn (turn, error);
}

static void
send_section (Turn *turn)
{
  set_sending (turn, turn->row->section, TRUE);
  zc_client_put_section_async (turn->sync->client, turn->row->dossier, turn->row->section, MAX (turn->row->base_version, 0),
                               turn->row->body, turn->cancellable, section_answered_cb, turn);
}

/* --- an image --- */

static void
image_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;

  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL))
    zc_sync_remove_item (turn->sync, turn->row->dossier, turn->sha256);
  end_turn (turn, TRUE);
}

static void
image_sent (Turn *turn)
{
  turn->sync->tries = 0;
  zc_local_store_image_sent_async (turn->sync->store, turn->row->dossier, turn->sha256, NULL, image_kept_cb, turn);
}

static void
fail_image (Turn *turn, const GError *error)
{
  ZcSyncItem *item = zc_sync_item (turn->sync, turn->row->dossier, turn->sha256);

  if (item != NULL)
    item->fresh = FALSE; /* it may have arrived: ask before sending again */
  if (is_damaged_on_its_way (error))
    {
      be_patient (turn, error);
      return;
    }
  if (!is_passing (error) && error->code == ZC_REFUSAL_NOT_EDITABLE)
    set_refused (turn, turn->sha256, error); /* the dossier's trouble: it may pass */
  else if (!is_passing (error) && error->code != ZC_REFUSAL_SIGNED_OUT)
    {
      g_autofree char *json = zc_refusal_to_json (error);

      set_refused (turn, turn->sha256, error);
      zc_local_store_image_sent_async (turn->sync->store, turn->row->dossier, turn->sha256, json, NULL, NULL);
    }
  fail_turn (turn, error);
}

static void
image_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;
  g_autoptr (GError) error = NULL;
  gboolean taken = zc_client_put_image_finish (ZC_CLIENT (source), result, &error);

  set_sending (turn, turn->sha256, FALSE);
  if (taken)
    image_sent (turn);
  else
    fail_image (turn, error);
}

static void
image_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zc_local_store_read_image_finish (ZC_LOCAL_STORE (source), result, &error);
  g_autofree char *digest = bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;

  if (g_strcmp0 (digest, turn->sha256) == 0)
    zc_client_put_image_async (turn->sync->client, turn->row->dossier, turn->sha256, bytes, turn->cancellable, image_answered_cb,
                               turn);
  else
    {
      g_autoptr (GError) lost = zc_refusal_new (ZC_REFUSAL_IMAGE, "the file of the image is gone from this computer, or damaged");

      set_sending (turn, turn->sha256, FALSE);
      fail_image (turn, lost);
    }
}

static void
image_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;
  g_autoptr (GError) error = NULL;

  if (zc_client_has_image_finish (ZC_CLIENT (source), result, &error))
    {
      set_sending (turn, turn->sha256, FALSE);
      image_sent (turn);
    }
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND))
    zc_local_store_read_image_async (turn->sync->store, turn->row->dossier, turn->sha256, image_read_cb, turn);
  else
    {
      set_sending (turn, turn->sha256, FALSE);
      fail_image (turn, error);
    }
}

static void
send_image (Turn *turn)
{
  ZcSyncItem *item = zc_sync_item (turn->sync, turn->row->dossier, turn->sha256);

  set_sending (turn, turn->sha256, TRUE);
  if (item != NULL && item->fresh)
    zc_local_store_read_image_async (turn->sync->store, turn->row->dossier, turn->sha256, image_read_cb, turn);
  else
    zc_client_has_image_async (turn->sync->client, turn->row->dossier, turn->sha256, turn->cancellable, image_asked_cb, turn);
}

/* --- choosing --- */

static const ZcStoredImage *
find_image (GPtrArray *images, const char *dossier, const char *sha256)
{
  for (guint i = 0; i < images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (images, i);

      if (strcmp (image->dossier, dossier) == 0 && strcmp (image->sha256, sha256) == 0)
        return image;
    }
  return NULL;
}

/* The first image that the document names and the server has not acknowledged. */
static const ZcStoredImage *
find_missing (const ZcJsonValue *value, const char *dossier, GPtrArray *images)
{
  const char *sha256 = zc_json_type (value) == ZC_JSON_OBJECT ? zc_json_get_string (value, "sha256") : NULL;

  if (sha256 != NULL)
    return find_image (images, dossier, sha256);
  if (zc_json_type (value) != ZC_JSON_OBJECT && zc_json_type (value) != ZC_JSON_ARRAY)
    return NULL;
  for (guint i = 0; i < zc_json_size (value); i++)
    {
      const ZcStoredImage *image = find_missing (zc_json_at (value, i), dossier, images);

      if (image != NULL)
        return image;
    }
  return NULL;
}

static void
send_row (Turn *turn)
{
  g_autoptr (ZcJson) json = zc_json_parse (turn->row->body, strlen (turn->row->body), NULL);
  const ZcStoredImage *missing = json != NULL ? find_missing (zc_json_root (json), turn->row->dossier, turn->images) : NULL;

  if (missing == NULL)
    send_section (turn);
  else if (missing->refusal != NULL)
    {
      g_autoptr (GError) error = zc_refusal_from_json (422, missing->refusal, strlen (missing->refusal));

      give_up (turn, error);
    }
  else
    {
      turn->sha256 = g_strdup (missing->sha256);
      send_image (turn);
    }
}

static GError *
refusal_of (const ZcStoredSection *row)
{
  return row->refusal != NULL ? zc_refusal_from_json (422, row->refusal, strlen (row->refusal)) : NULL;
}

/* What was refused because the dossier could not be edited then, or not by who was signed in, goes on its way once it can. */
static gboolean
is_refused (ZcSync *self, const ZcStoredSection *row)
{
  g_autoptr (GError) error = refusal_of (row);

  if (error == NULL)
    return FALSE;
  return !(is_of_the_moment (error) && g_hash_table_contains (self->editable, row->dossier));
}

/* What was changed here and elsewhere waits for the person: sent now, it would take the other version away unseen. */
static gboolean
is_sendable (ZcSync *self, const ZcStoredSection *row)
{
  return row->conflicts == NULL && !is_refused (self, row);
}

static GError *
dup_obstacle (const ZcStoredSection *row)
{
  if (row->conflicts != NULL)
    return zc_refusal_new (ZC_REFUSAL_PRECONDITION, "section %s waits for a choice", row->section);
  return refusal_of (row);
}

static gboolean
is_settled (ZcSync *self, const ZcStoredSection *row, gint64 *wait)
{
  gint64 left = row->edited_at + SETTLE - zc_time_now ();

  if (left <= 0 || left > SETTLE || is_urgent (self, row->dossier))
    return TRUE;
  *wait = MIN (*wait, left);
  return FALSE;
}

static ZcStoredSection *
choose_row (ZcSync *self, GPtrArray *rows)
{
  gint64 wait = G_MAXINT64;

  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      if (is_sendable (self, row) && is_settled (self, row, &wait))
        return g_ptr_array_steal_index (rows, i);
    }
  if (wait != G_MAXINT64)
    zc_sync_work_soon (self, wait);
  return NULL;
}

static gboolean
has_sendable (ZcSync *self, GPtrArray *rows, const char *dossier)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      if (strcmp (row->dossier, dossier) == 0 && is_sendable (self, row))
        return TRUE;
    }
  return FALSE;
}

/* An image that no section waits for: the server lost it, or its section waits for the person. The row stands for none. */
static gboolean
choose_image (Turn *turn, GPtrArray *rows)
{
  for (guint i = 0; i < turn->images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (turn->images, i);
      ZcSyncItem *item = zc_sync_item (turn->sync, image->dossier, image->sha256);

      if (image->refusal != NULL || item == NULL || item->error != NULL || has_sendable (turn->sync, rows, image->dossier))
        continue;
      turn->row = g_new0 (ZcStoredSection, 1);
      turn->row->dossier = g_strdup (image->dossier);
      turn->row->section = g_strdup ("");
      turn->row->body = g_strdup ("{}");
      turn->sha256 = g_strdup (image->sha256);
      return TRUE;
    }
  return FALSE;
}

/* Waiters whose dossier has nothing more to send: done, or stopped by what the server refused. */
static void
answer_settled (ZcSync *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) dossiers = g_ptr_array_new_with_free_func (g_free);

  for (GList *l = self->waiters.head; l != NULL; l = l->next)
    g_ptr_array_add (dossiers, g_strdup (g_task_get_task_data (l->data)));
  for (guint i = 0; i < dossiers->len; i++)
    {
      const char *dossier = g_ptr_array_index (dossiers, i);
      g_autoptr (GError) error = NULL;
      gboolean sendable = FALSE;

      for (guint j = 0; j < rows->len; j++)
        {
          const ZcStoredSection *row = g_ptr_array_index (rows, j);

          if (strcmp (row->dossier, dossier) != 0)
            continue;
          sendable = sendable || is_sendable (self, row);
          if (error == NULL)
            error = dup_obstacle (row);
        }
      if (!sendable)
        zc_sync_answer_waiters (self, dossier, error);
    }
}

/* --- listing --- */

static void
set_conflict (ZcSync *self, const ZcStoredSection *row, ZcSyncItem *item)
{
  gboolean conflict = row->conflicts != NULL;

  if (item->conflict == conflict)
    return;
  item->conflict = conflict;
  if (conflict)
    zc_sync_tell_conflict (self, row->dossier, row->section);
  zc_sync_tell_item (self, row->dossier, row->section, FALSE);
  zc_sync_update (self);
}

static void
list_sections (ZcSync *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);
      ZcSyncItem *item = zc_sync_add_item (self, row->dossier, row->section, FALSE);

      item->listed = TRUE;
      if (item->error == NULL && is_refused (self, row))
        {
          item->error = refusal_of (row);
          zc_sync_tell_item (self, row->dossier, row->section, FALSE);
        }
      else if (item->error != NULL && !is_refused (self, row))
        g_clear_error (&item->error);
      set_conflict (self, row, item);
    }
}

static void
list_images (ZcSync *self, GPtrArray *images)
{
  for (guint i = 0; i < images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (images, i);

      zc_sync_add_item (self, image->dossier, image->sha256, TRUE)->listed = TRUE;
    }
}

/* An image is stored before the text that names it. */
static gboolean
is_new (ZcSync *self, const ZcSyncItem *item)
{
  gint64 left = item->since + NAMING * 1000 - g_get_monotonic_time ();

  if (!item->image || left <= 0)
    return FALSE;
  if (self->work_id == 0)
    zc_sync_work_soon (self, NAMING);
  return TRUE;
}

static void
forget_unlisted (ZcSync *self)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, &item))
    {
      if (!((ZcSyncItem *) item)->listed && !is_new (self, item))
        g_ptr_array_add (gone, g_strdup (key));
      ((ZcSyncItem *) item)->listed = FALSE;
    }
  for (guint i = 0; i < gone->len; i++)
    {
      g_auto (GStrv) place = g_strsplit (g_ptr_array_index (gone, i), "\n", 2);

      zc_sync_remove_item (self, place[0], place[1]);
    }
}

static void
refresh_pushed (ZcSync *self)
{
  GHashTableIter iter;
  gpointer dossier;

  g_hash_table_iter_init (&iter, self->to_refresh);
  while (g_hash_table_iter_next (&iter, &dossier, NULL))
    zc_sync_refresh (self, dossier);
  g_hash_table_remove_all (self->to_refresh);
}

typedef struct
{
  Turn      *turn;
  GPtrArray *rows;
} Listing;

static void
images_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Listing *listing = user_data;
  g_autoptr (GPtrArray) rows = listing->rows;
  Turn *turn = listing->turn;
  ZcSync *self = turn->sync;

  turn->images = zc_local_store_list_images_finish (ZC_LOCAL_STORE (source), result, NULL);
  if (turn->images == NULL || !self->running)
    {
      end_turn (turn, FALSE);
      return;
    }
  list_sections (self, rows);
  list_images (self, turn->images);
  forget_unlisted (self);
  answer_settled (self, rows);
  turn->row = choose_row (self, rows);
  if (turn->row != NULL)
    send_row (turn);
  else if (choose_image (turn, rows))
    send_image (turn);
  else
    {
      refresh_pushed (self);
      end_turn (turn, FALSE);
    }
}

static void
sections_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Turn *turn = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);
  Listing *listing;

  if (rows == NULL)
    {
      zc_sync_answer_waiters (turn->sync, NULL, error);
      end_turn (turn, FALSE);
      return;
    }
  listing = g_new0 (Listing, 1);
  listing->turn = turn;
  listing->rows = rows;
  zc_local_store_list_unsent_images_async (turn->sync->store, images_listed_cb, listing);
}

static void
work (ZcSync *self)
{
  Turn *turn;

  if (self->working)
    {
      self->work_again = TRUE;
      return;
    }
  self->working = TRUE;
  self->work_again = FALSE;
  turn = g_new0 (Turn, 1);
  turn->sync = g_object_ref (self);
  turn->cancellable = g_object_ref (self->cancellable);
  zc_local_store_list_unsent_async (self->store, sections_listed_cb, turn);
}

/**
 * zc_sync_push_async:
 * @self: a running sync
 * @dossier: id of a dossier
 * @cancellable: (nullable): gives up waiting
 * @callback: called when all of it is on the server, or with the first error
 * @user_data: for @callback
 */
void
zc_sync_push_async (ZcSync *self,
                    const char *dossier,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (dossier), g_free);
  if (self->needs_sign_in || !self->running)
    {
      g_task_return_error (task, zc_refusal_new (self->needs_sign_in ? ZC_REFUSAL_SIGNED_OUT : ZC_REFUSAL_OFFLINE, "not sending"));
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->waiters, task);
  self->not_before = 0;
  zc_sync_work_soon (self, 0);
}

gboolean
zc_sync_push_finish (ZcSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
