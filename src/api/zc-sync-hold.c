/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-sync-private.h"

/* Of one person only so many images may lie at the server that no section names (SEC-S35). Until there is room again, images and
 * what names them wait here; all other text travels on. */

#define AT_LEAST 60 /* seconds: where the server names no time */

static void
tell_images (ZcSync *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key, item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, &item))
    if (((const ZcSyncItem *) item)->image)
      g_ptr_array_add (keys, g_strdup (key));
  for (guint i = 0; i < keys->len; i++)
    {
      g_auto (GStrv) place = g_strsplit (g_ptr_array_index (keys, i), "\n", 2);

      zc_sync_tell_item (self, place[0], place[1], TRUE);
    }
  zc_sync_update (self);
}

void
zc_sync_begin_hold (ZcSync *self, const GError *error)
{
  gint64 seconds = MAX (zc_refusal_get_retry (error), AT_LEAST);

  g_clear_error (&self->hold);
  self->hold = g_error_copy (error);
  self->hold_until = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  tell_images (self);
}

void
zc_sync_end_hold (ZcSync *self)
{
  if (self->hold == NULL)
    return;
  g_clear_error (&self->hold);
  tell_images (self);
}

const GError *
zc_sync_get_hold (ZcSync *self)
{
  return self->hold != NULL && g_get_monotonic_time () < self->hold_until ? self->hold : NULL;
}

guint
zc_sync_left_of_hold (ZcSync *self)
{
  return (guint) MAX ((self->hold_until - g_get_monotonic_time ()) / 1000 + 1, 0);
}
