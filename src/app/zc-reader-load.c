/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-reader-private.h"

/* Loads the dossier, its business, its sections: each asked for once the one before is there. */

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDraft) draft = zc_draft_open_finish (result, &error);
  if (draft != NULL)
    zc_reader_take_draft (self, draft);
  else
    zc_reader_show_trouble (self, error);
}

/* Without the server one's own dossier is read as this computer holds it. */
static void
draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDraft) draft = zc_draft_open_view_finish (result, &error);
  if (draft != NULL)
    zc_reader_take_draft (self, draft);
  else if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE) && !zc_session_get_staff (self->session) && zc_session_get_store (self->session) != NULL)
    zc_draft_open_async (zc_session_get_store (self->session), zc_session_get_sync (self->session), self->business, self->dossier, NULL, stored_cb,
                         g_object_ref (self));
  else
    zc_reader_show_trouble (self, error);
}

/* Who acts for a body may have to fill in sections of their own, which are kept on this computer. */
static void
open_draft (ZcReader *self)
{
  ZcLocalStore *store = zc_session_get_store (self->session);
  ZcSync *sync = zc_session_get_sync (self->session);

  if (zc_session_get_staff (self->session) && store != NULL && sync != NULL)
    zc_draft_open_review_async (store, sync, self->business, self->dossier, NULL, draft_cb, g_object_ref (self));
  else
    zc_draft_open_view_async (zc_session_get_client (self->session), self->business, self->dossier, NULL, draft_cb, g_object_ref (self));
}

static void
business_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&self->business, zc_business_unref);
  self->business = zc_session_load_business_finish (ZC_SESSION (source), result, &error);
  if (self->business == NULL)
    zc_reader_show_trouble (self, error);
  else
    open_draft (self);
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcReader) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_load_dossier_finish (ZC_SESSION (source), result, &error);
  if (dossier == NULL)
    {
      zc_reader_show_trouble (self, error);
      return;
    }
  zc_reader_take_dossier (self, dossier);
  zc_session_load_business_async (self->session, zc_dossier_get_business (dossier), zc_dossier_get_revision (dossier), business_cb, g_object_ref (self));
}

void
zc_reader_load (ZcReader *self)
{
  zc_session_load_dossier_async (self->session, self->id, dossier_cb, g_object_ref (self));
}
