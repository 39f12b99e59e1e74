/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-sync-private.h"

/* What is unsent, what holds it up, and which of it goes next. */

#define NAMING 3000 /* ms between an image and the text that names it, at most */

/* --- choosing --- */

static gboolean
is_urgent (ZcSync *self, const char *dossier)
{
  for (GList *l = self->waiters.head; l != NULL; l = l->next)
    if (strcmp (g_task_get_task_data (l->data), dossier) == 0)
      return TRUE;
  return FALSE;
}

static GError *
refusal_of (const ZcStoredSection *row)
{
  return row->refusal != NULL ? zc_refusal_from_json (422, row->refusal, strlen (row->refusal))
                              : NULL;
}

/* What was refused because the dossier could not be edited then, or not by who was signed in,
 * goes on its way once it can. */
static gboolean
is_refused (ZcSync *self, const ZcStoredSection *row)
{
  g_autoptr (GError) error = refusal_of (row);

  if (error == NULL)
    return FALSE;
  return !(zc_sync_is_of_the_moment (error)
           && g_hash_table_contains (self->editable, row->dossier));
}

/* What was changed here and elsewhere waits for the person: sent now, it would take the other
 * version away unseen. */
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
  gint64 left = row->edited_at + ZC_SYNC_SETTLE - zc_time_now ();

  if (left <= 0 || left > ZC_SYNC_SETTLE || is_urgent (self, row->dossier))
    return TRUE;
  *wait = MIN (*wait, left);
  return FALSE;
}

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
  const char *sha256
      = zc_json_type (value) == ZC_JSON_OBJECT ? zc_json_get_string (value, "sha256") : NULL;

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

const ZcStoredImage *
zc_sync_find_image (const ZcStoredSection *row, GPtrArray *images)
{
  g_autoptr (ZcJson) json = zc_json_parse (row->body, strlen (row->body), NULL);

  return json != NULL ? find_missing (zc_json_root (json), row->dossier, images) : NULL;
}

/* It waits for an image, and the server takes none for now: who waits for it hears that. */
static gboolean
is_held_up (ZcSync *self, const ZcStoredSection *row, GPtrArray *images)
{
  const ZcStoredImage *missing = zc_sync_get_hold (self) != NULL ? zc_sync_find_image (row, images) : NULL;

  if (missing == NULL || missing->refusal != NULL)
    return FALSE;
  zc_sync_answer_waiters (self, row->dossier, zc_sync_get_hold (self));
  return TRUE;
}

ZcStoredSection *
zc_sync_choose_row (ZcSync *self, GPtrArray *rows, GPtrArray *images)
{
  gint64 wait = G_MAXINT64;

  for (guint i = 0; i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      if (is_sendable (self, row) && !is_held_up (self, row, images) && is_settled (self, row, &wait))
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

/* An image that no section waits for: the server lost it, or its section waits for the person.
 * The row stands for none. */
gboolean
zc_sync_choose_image (ZcSyncTurn *turn, GPtrArray *rows)
{
  if (zc_sync_get_hold (turn->sync) != NULL)
    return FALSE;
  for (guint i = 0; i < turn->images->len; i++)
    {
      const ZcStoredImage *image = g_ptr_array_index (turn->images, i);
      ZcSyncItem *item = zc_sync_item (turn->sync, image->dossier, image->sha256);

      if (image->refusal != NULL || item == NULL || item->error != NULL
          || has_sendable (turn->sync, rows, image->dossier))
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
void
zc_sync_answer_settled (ZcSync *self, GPtrArray *rows)
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
      if (!((ZcSyncItem *)item)->listed && !is_new (self, item))
        g_ptr_array_add (gone, g_strdup (key));
      ((ZcSyncItem *)item)->listed = FALSE;
    }
  for (guint i = 0; i < gone->len; i++)
    {
      g_auto (GStrv) place = g_strsplit (g_ptr_array_index (gone, i), "\n", 2);

      zc_sync_remove_item (self, place[0], place[1]);
    }
}

void
zc_sync_note_unsent (ZcSync *self, GPtrArray *rows, GPtrArray *images)
{
  list_sections (self, rows);
  list_images (self, images);
  forget_unlisted (self);
}
