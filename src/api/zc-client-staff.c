/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-client-private.h"
#include "zc-client-staff.h"

/* The calls of a leader about the people of their body, and about the body itself. */

void
zc_client_list_staff_async (ZcClient *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  const ZcRequest request = { .method = "GET", .path = "/v1/staff" };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

void
zc_client_set_staff_enabled_async (ZcClient *self,
                                   const char *member,
                                   gboolean enabled,
                                   const char *key,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/staff/", member, NULL);
  const ZcRequest request = {
    .method = "PUT",
    .path = path,
    .json = enabled ? "{\"state\":\"enabled\"}" : "{\"state\":\"disabled\"}",
    .key = key,
  };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

void
zc_client_invite_staff_async (ZcClient *self,
                              const char *name,
                              const char *id_number,
                              const char *role,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GString) json = g_string_new (NULL);
  ZcRequest request = { .method = "POST", .path = "/v1/invitations" };
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, json);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", name);
  zc_json_add_string (&writer, "id_number", id_number);
  zc_json_add_string (&writer, "role", role);
  zc_json_end_object (&writer);
  request.json = json->str;
  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

void
zc_client_uninvite_staff_async (ZcClient *self,
                                const char *invitation,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/invitations/", invitation, NULL);
  const ZcRequest request = { .method = "DELETE", .path = path, .key = key };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

void
zc_client_get_body_async (ZcClient *self,
                          const char *body,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/bodies/", body, NULL);
  const ZcRequest request = { .method = "GET", .path = path };

  zc_client_send_async (self, &request, cancellable, callback, user_data);
}

void
zc_client_get_seal_async (ZcClient *self,
                          const char *body,
                          const char *sha256,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/bodies/", body, "/seals/", sha256, NULL);
  const ZcRequest request = { .method = "GET", .path = path };

  zc_client_send_expecting (self, &request, sha256, cancellable, callback, user_data);
}
