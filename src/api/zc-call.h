/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"

/* What the calls of the contract are made of, each in zc-client-SUBJECT.c: _async() says the path and the body, _finish() how
 * the answer is read. */

/* A body: one JSON object, whose members are written between its two functions. */
typedef struct
{
  GString     *text;
  ZcJsonWriter writer;
} ZcCallBody;

void        zc_call_body_begin     (ZcCallBody           *body);
void        zc_call_body_send      (ZcCallBody           *body,       /* is cleared */
                                    ZcClient             *client,
                                    const char           *method,
                                    const char           *path,
                                    const char           *key,        /* (nullable) */
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
/* Nothing where it is NULL or empty. */
void        zc_call_add_optional   (ZcJsonWriter         *writer,
                                    const char           *name,
                                    const char           *value);
/* Without a body. */
void        zc_call_send           (ZcClient             *client,
                                    const char           *method,
                                    const char           *path,
                                    const char           *key,        /* (nullable) */
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);

/* Makes a record of JSON, as zc_account_new_from_json() does. */
typedef gpointer (*ZcCallReader)   (const ZcJsonValue    *value,
                                    GError              **error);

gboolean    zc_call_finish_plain   (ZcClient             *client,     /* of the answer nothing is read */
                                    GAsyncResult         *result,
                                    GError              **error);
gpointer    zc_call_finish_object  (ZcClient             *client,     /* (transfer full) (nullable) */
                                    GAsyncResult         *result,
                                    ZcCallReader          reader,
                                    GError              **error);
GListModel *zc_call_finish_list    (ZcClient             *client,     /* (transfer full) (nullable): of the member "items" */
                                    GAsyncResult         *result,
                                    GType                 type,
                                    ZcCallReader          reader,
                                    GError              **error);
GListModel *zc_call_read_list      (const ZcReply        *reply,      /* (transfer full) (nullable) */
                                    const char           *member,
                                    GType                 type,
                                    ZcCallReader          reader,
                                    GError              **error);
/* An answer that lacks what the contract promises is the server's fault. */
void        zc_call_set_unreadable (GError              **error,
                                    GError               *reason);    /* (transfer full) (nullable) */
