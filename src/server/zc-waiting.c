/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-waiting.h"

/* Who waits, by audience. A change that commits while a handler is reading, before its request
 * waits here, is found in a ring of the latest notes: nobody sleeps through a change. */

#define RING 4096

struct _ZcWaiting
{
  ZcWakeFunc wake;
  GMutex mutex;
  GHashTable *audiences; /* audience → GPtrArray of ZcRequest */
  GPtrArray *woken;      /* of ZcRequest: noted, not yet woken */
  char *ring[RING];      /* the latest notes */
  guint64 stamp;         /* how many notes there were */
  gboolean closed;
};

ZcWaiting *
zc_waiting_new (ZcWakeFunc wake)
{
  ZcWaiting *waiting = g_new0 (ZcWaiting, 1);

  waiting->wake = wake;
  g_mutex_init (&waiting->mutex);
  waiting->audiences
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  waiting->woken = g_ptr_array_new ();
  return waiting;
}

void
zc_waiting_free (ZcWaiting *waiting)
{
  if (waiting == NULL)
    return;
  g_hash_table_unref (waiting->audiences);
  g_ptr_array_unref (waiting->woken);
  for (guint i = 0; i < RING; i++)
    g_free (waiting->ring[i]);
  g_mutex_clear (&waiting->mutex);
  g_free (waiting);
}

guint64
zc_waiting_stamp (ZcWaiting *waiting)
{
  guint64 stamp;

  g_mutex_lock (&waiting->mutex);
  stamp = waiting->stamp;
  g_mutex_unlock (&waiting->mutex);
  return stamp;
}

static gboolean
noted_since (ZcWaiting *waiting, const char *audience, guint64 seen)
{
  if (waiting->stamp - seen > RING)
    return TRUE;
  for (guint64 i = seen; i < waiting->stamp; i++)
    if (g_str_equal (waiting->ring[i % RING], audience))
      return TRUE;
  return FALSE;
}

gboolean
zc_waiting_add (ZcWaiting *waiting, ZcRequest *request, guint64 seen)
{
  GPtrArray *requests;
  gboolean added;

  g_mutex_lock (&waiting->mutex);
  added = !waiting->closed && !noted_since (waiting, request->wait_audience, seen);
  if (waiting->closed)
    request->timed_out = TRUE;
  if (added)
    {
      requests = g_hash_table_lookup (waiting->audiences, request->wait_audience);
      if (requests == NULL)
        {
          requests = g_ptr_array_new ();
          g_hash_table_insert (waiting->audiences, g_strdup (request->wait_audience), requests);
        }
      g_ptr_array_add (requests, request);
    }
  g_mutex_unlock (&waiting->mutex);
  return added;
}

void
zc_waiting_note (ZcWaiting *waiting, const char *audience)
{
  GPtrArray *requests;
  char **place;

  g_mutex_lock (&waiting->mutex);
  place = &waiting->ring[waiting->stamp++ % RING];
  g_free (*place);
  *place = g_strdup (audience);
  requests = g_hash_table_lookup (waiting->audiences, audience);
  if (requests != NULL)
    {
      for (guint i = 0; i < requests->len; i++)
        g_ptr_array_add (waiting->woken, requests->pdata[i]);
      g_hash_table_remove (waiting->audiences, audience);
    }
  g_mutex_unlock (&waiting->mutex);
}

static void
wake_all (ZcWaiting *waiting, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    waiting->wake (requests->pdata[i]);
  g_ptr_array_unref (requests);
}

void
zc_waiting_wake (ZcWaiting *waiting)
{
  GPtrArray *woken;

  g_mutex_lock (&waiting->mutex);
  woken = waiting->woken;
  waiting->woken = g_ptr_array_new ();
  g_mutex_unlock (&waiting->mutex);
  wake_all (waiting, woken);
}

/* Moves those of one audience whose wait is over; whether none is left. */
static gboolean
take_expired (GPtrArray *requests, GPtrArray *expired, ZcTime now, gboolean all)
{
  for (guint i = requests->len; i > 0; i--)
    {
      ZcRequest *request = requests->pdata[i - 1];

      if (!all && now < request->wait_until)
        continue;
      request->timed_out = TRUE;
      g_ptr_array_add (expired, request);
      g_ptr_array_remove_index_fast (requests, i - 1);
    }
  return requests->len == 0;
}

void
zc_waiting_expire (ZcWaiting *waiting, ZcTime now, gboolean all)
{
  GPtrArray *expired = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer requests;

  g_mutex_lock (&waiting->mutex);
  waiting->closed |= all;
  g_hash_table_iter_init (&iter, waiting->audiences);
  while (g_hash_table_iter_next (&iter, NULL, &requests))
    if (take_expired (requests, expired, now, all))
      g_hash_table_iter_remove (&iter);
  g_mutex_unlock (&waiting->mutex);
  wake_all (waiting, expired);
}
