/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-call.h"
#include "zc-client-private.h"
#include "zc-client-staff.h"

/* The calls of a leader about the people of their body, and about the body itself. */

void
zc_client_list_staff_async (ZcClient *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  zc_call_send (self, "GET", "/v1/staff", NULL, cancellable, callback, user_data);
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
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "state", enabled ? "enabled" : "disabled");
  zc_call_body_send (&body, self, "PUT", path, key, cancellable, callback, user_data);
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
  ZcCallBody body;

  zc_call_body_begin (&body);
  zc_json_add_string (&body.writer, "name", name);
  zc_json_add_string (&body.writer, "id_number", id_number);
  zc_json_add_string (&body.writer, "role", role);
  zc_call_body_send (&body, self, "POST", "/v1/invitations", NULL, cancellable, callback,
                     user_data);
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

  zc_call_send (self, "DELETE", path, key, cancellable, callback, user_data);
}

void
zc_client_get_body_async (ZcClient *self,
                          const char *body,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autofree char *path = g_strconcat ("/v1/bodies/", body, NULL);

  zc_call_send (self, "GET", path, NULL, cancellable, callback, user_data);
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
