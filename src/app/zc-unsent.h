/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-session.h"

/* What of one dossier has not reached the server, as a person knows it (decisions 25). */
typedef struct
{
  char      *dossier;
  char      *title;
  GPtrArray *section_ids;
  GPtrArray *sections;  /* titles, in the same order */
  guint      n_images;
} ZcUnsent;
void       zc_unsent_free           (ZcUnsent             *unsent);

/* Of all dossiers of the account that is signed in. */
void       zc_unsent_list_async     (ZcSession            *session,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
GPtrArray *zc_unsent_list_finish    (GAsyncResult         *result,
                                     GError              **error);  /* (transfer full): of ZcUnsent */
/* Text back to what the server holds, images gone with their files: for good. Completes when it is durable. */
void       zc_unsent_discard_async  (ZcSession            *session,
                                     GPtrArray            *list,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   zc_unsent_discard_finish (GAsyncResult         *result,
                                     GError              **error);
