/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"

/* The people of the body that the session acts for: for its leaders (U2). Finish each but the list with
 * zc_client_send_finish(). ZC_REFUSAL_ONESELF: nobody changes their own rights. */

/* The reply's root is {"items":[{"id","name","id_number","role","state","since","me"}],
 * "invitations":[{"id","name","id_number","role","expires_at"}]}. */
void  zc_client_list_staff_async        (ZcClient            *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void  zc_client_set_staff_enabled_async (ZcClient            *self,
                                         const char          *member,
                                         gboolean             enabled,
                                         const char          *key,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* The reply's root is {"id","invitation","expires_at"}: the secret is told this once. role: "clerk", "leader". */
void  zc_client_invite_staff_async      (ZcClient            *self,
                                         const char          *name,
                                         const char          *id_number,
                                         const char          *role,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* A body, for its leaders and for the office that it reports to. The reply's root is {"id","kind","name","credit_code","since",
 * "head","office","branches","changes":[{"what","from","to","at","dossier","requested_by","decided_by"}]}. */
void  zc_client_get_body_async          (ZcClient            *self,
                                         const char          *body,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
/* zc_client_get_image_finish(): the image of a seal that it has or had. */
void  zc_client_get_seal_async          (ZcClient            *self,
                                         const char          *body,
                                         const char          *sha256,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
void  zc_client_uninvite_staff_async    (ZcClient            *self,
                                         const char          *invitation,
                                         const char          *key,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
