/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-id.h"
#include "zc-server.h"

/* Businesses as they are published: the file itself, and the JSON Schema made from it (B4). */

ZcReply *
zc_handle_business_list (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (GPtrArray) newest = zc_businesses_list (request->server->businesses, store, error);
  ZcJsonWriter writer;
  ZcReply *reply;

  if (newest == NULL)
    return NULL;
  reply = zc_reply_json (200, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "items");
  for (guint i = 0; i < newest->len; i++)
    {
      const ZcBusiness *business = newest->pdata[i];
      const ZcAdmission *admission = zc_business_get_admission (business);
      const ZcAmendment *amendment = zc_business_get_amendment (business);

      zc_json_begin_object (&writer, NULL);
      zc_json_add_string (&writer, "id", zc_business_get_id (business));
      zc_json_add_integer (&writer, "revision", zc_business_get_revision (business));
      zc_json_add_string (&writer, "title", zc_business_get_title (business));
      zc_json_add_string (&writer, "admits", admission != NULL ? admission->kind : NULL);
      zc_json_add_string (&writer, "amends", amendment != NULL ? amendment->kind : NULL);
      zc_json_end_object (&writer);
    }
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  return reply;
}

static const ZcBusiness *
find_business (const ZcRequest *request, ZcStore *store, GError **error)
{
  const char *text = zc_request_query (request, "revision");
  guint64 revision = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &revision, NULL))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such business or revision");
      return NULL;
    }
  return zc_businesses_get (request->server->businesses, store, zc_request_param (request, "id"),
                            (int)revision, error);
}

static ZcReply *
reply_with_digest (const char *content_type, GString *text)
{
  g_autofree char *digest = zc_sha256_hex (text->str, text->len);
  ZcReply *reply = zc_reply_text (200, content_type, text);

  reply->etag = g_strdup_printf ("\"%.16s\"", digest);
  reply->cacheable = TRUE;
  return reply;
}

ZcReply *
zc_handle_business_get (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcBusiness *business = find_business (request, store, error);
  const char *text;
  gsize length;

  if (business == NULL)
    return NULL;
  text = zc_business_get_text (business, &length);
  return reply_with_digest ("application/json", g_string_new_len (text, (gssize)length));
}

ZcReply *
zc_handle_business_schema (ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcBusiness *business = find_business (request, store, error);
  g_autofree char *schema = NULL;

  if (business == NULL)
    return NULL;
  schema = zc_business_export_schema (business);
  return reply_with_digest ("application/schema+json", g_string_new (schema));
}
