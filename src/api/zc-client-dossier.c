/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-call.h"
#include "zc-client-private.h"

/* The calls about one dossier. */

/* rest, id: (nullable): what follows, both or the first only */
static char *
dossier_path (const char *dossier, const char *rest, const char *id)
{
  return g_strconcat ("/v1/dossiers/", dossier, rest, id, NULL);
}

static void
write_target (ZcJsonWriter *writer, const ZcTarget *target)
{
  zc_json_begin_object (writer, "target");
  zc_call_add_optional (writer, "unit", target->unit);
  zc_call_add_optional (writer, "series", target->series);
  zc_call_add_optional (writer, "level", target->level);
  zc_call_add_optional (writer, "committee", target->committee);
  zc_call_add_optional (writer, "office", target->office);
  zc_call_add_optional (writer, "body", target->body);
  zc_json_end_object (writer);
}

void
zc_client_create_dossier_async (ZcClient *self,
                                const char *business,
                                const ZcTarget *target,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  zc_client_copy_dossier_async (self, NULL, business, target, key, cancellable, callback,
                                user_data);
}

/**
 * zc_client_copy_dossier_async:
 * @self: a client
 * @copy_from: (nullable): id of a dossier of the same account; %NULL: begins from nothing
 * @business: id
 * @target: where the new one goes
 * @key: of the request
 * @cancellable: (nullable): gives up
 * @callback: called with the answer: zc_client_create_dossier_finish()
 * @user_data: for @callback
 */
void
zc_client_copy_dossier_async (ZcClient *self,
                              const char *copy_from,
                              const char *business,
                              const ZcTarget *target,
                              const char *key,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "business", business);
  write_target (&body.writer, target);
  zc_call_add_optional (&body.writer, "copy_from", copy_from);
  zc_call_body_send (&body, self, "POST", "/v1/dossiers", key, cancellable, callback, user_data);
}

ZcDossier *
zc_client_create_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_dossier_new_from_json, error);
}

void
zc_client_get_dossier_async (ZcClient *self,
                             const char *dossier,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, NULL, NULL);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
}

ZcDossier *
zc_client_get_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_dossier_new_from_json, error);
}

void
zc_client_delete_dossier_async (ZcClient *self,
                                const char *dossier,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, NULL, NULL);

  zc_call_send (self, "DELETE", path, key, cancellable, callback, user_data);
}

gboolean
zc_client_delete_dossier_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

void
zc_client_put_target_async (ZcClient *self,
                            const char *dossier,
                            gint64 version,
                            const ZcTarget *target,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/target", NULL);
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_integer (&body.writer, "version", version);
  write_target (&body.writer, target);
  zc_call_body_send (&body, self, "PUT", path, key, cancellable, callback, user_data);
}

ZcDossier *
zc_client_put_target_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_dossier_new_from_json, error);
}

void
zc_client_update_form_async (ZcClient *self,
                             const char *dossier,
                             gint64 version,
                             const char *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/form", NULL);
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_integer (&body.writer, "version", version);
  zc_call_body_send (&body, self, "POST", path, key, cancellable, callback, user_data);
}

ZcDossier *
zc_client_update_form_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_object (self, result, (ZcCallReader)zc_dossier_new_from_json, error);
}

void
zc_client_get_section_async (ZcClient *self,
                             const char *dossier,
                             const char *section,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/sections/", section);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
}

ZcReply *
zc_client_get_section_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_put_section_async (ZcClient *self,
                             const char *dossier,
                             const char *section,
                             gint64 base_version,
                             const char *body,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/sections/", section);
  g_autofree char *etag = g_strdup_printf ("%" G_GINT64_FORMAT, base_version);
  const ZcRequest request = { .method = "PUT", .path = path, .json = body, .if_match = etag };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

ZcReply *
zc_client_put_section_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}

void
zc_client_put_image_async (ZcClient *self,
                           const char *dossier,
                           const char *sha256,
                           GBytes *jpeg,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/images/", sha256);
  const ZcRequest request = { .method = "PUT", .path = path, .bytes = jpeg };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

gboolean
zc_client_put_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

void
zc_client_has_image_async (ZcClient *self,
                           const char *dossier,
                           const char *sha256,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/images/", sha256);

  zc_call_send (self, "HEAD", path, NULL, cancellable, callback, user_data);
}

gboolean
zc_client_has_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_call_finish_plain (self, result, error);
}

void
zc_client_get_image_async (ZcClient *self,
                           const char *dossier,
                           const char *sha256,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/images/", sha256);
  const ZcRequest request = { .method = "GET", .path = path };

  zc_client_send_expecting (self, &request, sha256, cancellable, callback, user_data);
}

GBytes *
zc_client_get_image_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);

  return reply != NULL ? g_bytes_ref (zc_reply_bytes (reply)) : NULL;
}

void
zc_client_get_history_async (ZcClient *self,
                             const char *dossier,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *path = dossier_path (dossier, "/history", NULL);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
}

/**
 * zc_client_get_history_finish:
 * @self: a client
 * @result: given to the callback
 * @stages: (out) (optional) (transfer full): the stages, from "applicant" on
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the events, oldest first
 */
GListModel *
zc_client_get_history_finish (ZcClient *self,
                              GAsyncResult *result,
                              GListModel **stages,
                              GError **error)
{
  g_autoptr (ZcReply) reply = zc_client_send_finish (self, result, error);
  g_autoptr (GListModel) bar = NULL;
  GListModel *items;

  if (reply == NULL)
    return NULL;
  bar = zc_call_read_list (reply, "stages", ZC_TYPE_STAGE_STATUS,
                           (ZcCallReader)zc_stage_status_new_from_json, error);
  if (bar == NULL)
    return NULL;
  items = zc_call_read_list (reply, "items", ZC_TYPE_HISTORY_ITEM,
                             (ZcCallReader)zc_history_item_new_from_json, error);
  if (items != NULL && stages != NULL)
    *stages = g_steal_pointer (&bar);
  return items;
}

void
zc_client_get_revision_async (ZcClient *self,
                              const char *dossier,
                              int revision,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autofree char *path = g_strdup_printf ("/v1/dossiers/%s/revisions/%d", dossier, revision);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
}

ZcReply *
zc_client_get_revision_finish (ZcClient *self, GAsyncResult *result, GError **error)
{
  return zc_client_send_finish (self, result, error);
}
