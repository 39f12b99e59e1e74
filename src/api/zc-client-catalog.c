/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-call.h"
#include "zc-catalog-item.h"
#include "zc-client-private.h"

/* The calls for what is published: catalogue, calendar, businesses. */

void
zc_client_get_catalog_async (ZcClient *self,
                             const char *list,
                             const char *text,
                             const char *series,
                             const char *level,
                             const char *business,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *base = g_strconcat ("/v1/catalog/", list, NULL);
  g_autofree char *path = zc_client_path (base, "q", text, "series", series, "level", level,
                                          "business", business, NULL);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
}

GListModel *
zc_client_get_catalog_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_list (self, result, ZC_TYPE_CATALOG_ITEM,
                              (ZcCallReader)zc_catalog_item_new_from_json, error);
}

void
zc_client_load_calendar_async (ZcClient *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/catalog/calendar", NULL, cancellable, callback, user_data);
}

gboolean
zc_client_load_calendar_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  const ZcJsonValue *layers = reply != NULL ? zc_json_get (zc_reply_root (reply), "layers") : NULL;
  g_autoptr (ZcCalendar) calendar = zc_calendar_new_national ();

  if (reply == NULL)
    return FALSE;
  for (guint i = 0; i < zc_json_size (layers); i++)
    {
      gsize length;
      g_autofree char *layer = zc_json_canonical (zc_json_at (layers, i), &length);

      if (!zc_calendar_add (calendar, layer, length, error))
        return FALSE;
    }
  zc_client_take_calendar (self, g_steal_pointer (&calendar));
  return TRUE;
}

void
zc_client_list_businesses_async (ZcClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/businesses", NULL, cancellable, callback, user_data);
}

GListModel *
zc_client_list_businesses_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_list (self, result, ZC_TYPE_CATALOG_ITEM,
                              (ZcCallReader)zc_catalog_item_new_from_json, error);
}

void
zc_client_get_business_async (ZcClient *self,
                              const char *id,
                              int revision,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *number = revision > 0 ? g_strdup_printf ("%d", revision) : NULL;
  g_autofree char *base = g_strconcat ("/v1/businesses/", id, NULL);
  g_autofree char *path = zc_client_path (base, "revision", number, NULL);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
}

ZcBusiness *
zc_client_get_business_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  GError *reason = NULL;
  ZcBusiness *business;
  gsize length;
  const char *text;

  if (reply == NULL)
    return NULL;
  text = g_bytes_get_data (zc_reply_bytes (reply), &length);
  business = zc_business_parse (text, length, &reason);
  if (business == NULL)
    zc_call_set_unreadable (error, reason);
  return business;
}
