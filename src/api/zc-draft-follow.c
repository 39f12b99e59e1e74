/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"

/* What may change a draft from elsewhere: another window through the store, the server through sync, the dossier that moves on. */

static gboolean
is_mine (ZcDraft *self, const char *dossier)
{
  return strcmp (dossier, zc_dossier_get_id (self->dossier)) == 0;
}

static void
section_changed_cb (ZcDraft *self, const char *dossier, const char *section)
{
  if (is_mine (self, dossier))
    zc_draft_read_again (self);
}

static void
image_changed_cb (ZcDraft *self, const char *dossier, const char *sha256)
{
  if (is_mine (self, dossier))
    zc_draft_refresh_images (self, NULL);
}

static void
sync_notify_cb (ZcDraft *self)
{
  zc_draft_update_states (self);
  zc_draft_refresh_images (self, NULL);
}

static void
server_told_cb (ZcDraft *self, ZcDossier *dossier)
{
  if (dossier != self->dossier && is_mine (self, zc_dossier_get_id (dossier)))
    zc_dossier_update_from (self->dossier, dossier);
}

static void
dossier_changed_cb (ZcDraft *self)
{
  zc_draft_take_dossier (self);
  zc_draft_check_soon (self);
  for (guint i = 0; i < zc_draft_n_sections (self); i++)
    {
      const ZcSection *section = zc_draft_section_at (self, i)->definition;

      for (guint j = 0; j < section->n_fields; j++)
        if (section->fields[j].from != NULL)
          zc_draft_emit_value (self, section->id, NULL, section->fields[j].id);
    }
}

static void
follow (ZcDraft *self, gpointer source, const char *signal, GCallback callback)
{
  g_signal_connect_object (source, signal, callback, self, G_CONNECT_SWAPPED);
}

void
zc_draft_follow (ZcDraft *self)
{
  follow (self, self->store, "section-replaced", G_CALLBACK (section_changed_cb));
  follow (self, self->dossier, "changed", G_CALLBACK (dossier_changed_cb));
  if (self->sync == NULL)
    return;
  follow (self, self->sync, "section-changed", G_CALLBACK (section_changed_cb));
  follow (self, self->sync, "image-changed", G_CALLBACK (image_changed_cb));
  follow (self, self->sync, "dossier-changed", G_CALLBACK (server_told_cb));
  follow (self, self->sync, "notify", G_CALLBACK (sync_notify_cb));
}
