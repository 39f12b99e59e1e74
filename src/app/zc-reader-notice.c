/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-conflict-dialog.h"
#include "zc-reader-private.h"
#include "zc-refusal-text.h"
#include "zc-section-row.h"
#include "zc-sync-text.h"
#include "zc-why-button.h"

/* What the reader tells of the sections that the person fills in themselves (U5): saved or not, recovered, to be chosen. */

ZcDraftSection *
zc_reader_get_selected (ZcReader *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sections);

  return row != NULL ? zc_section_row_get_section (ZC_SECTION_ROW (row)) : NULL;
}

/* One's own sections, as long as the dossier is in one's hands: by the server's word alone. */
gboolean
zc_reader_is_filled_in (ZcReader *self, ZcDraftSection *section)
{
  return section != NULL && zc_draft_get_editable (self->draft) && zc_draft_section_get_kept (section);
}

void
zc_reader_update_status (ZcReader *self)
{
  const char *text = zc_draft_get_store_error (self->draft) != NULL ? _("Not saved") : zc_sync_state_text (zc_draft_get_state (self->draft));

  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), zc_reader_is_filled_in (self, zc_reader_get_selected (self)));
}

/* (transfer full) (nullable): why the server did not take something that was typed here */
static GError *
dup_refusal (ZcReader *self)
{
  ZcSync *sync = zc_session_get_sync (self->session);
  GListModel *sections = zc_draft_get_sections (self->draft);

  for (guint i = 0; sync != NULL && i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);
      g_autoptr (GError) error = zc_sync_dup_error (sync, self->id, zc_draft_section_get_id (section));

      if (error != NULL)
        return g_steal_pointer (&error);
    }
  return NULL;
}

/* Something was written here and at another computer, and one of the two is to be chosen (P16). */
static gboolean
is_to_choose (ZcReader *self)
{
  return zc_draft_get_editable (self->draft) && zc_draft_get_n_conflicts (self->draft) > 0;
}

/* What is not at the server and will not get there by itself is told, and where it is (decisions 25, P18). */
static char *
dup_notice (ZcReader *self)
{
  if (zc_draft_get_store_error (self->draft) != NULL)
    return zc_refusal_dup_text (zc_draft_get_store_error (self->draft));
  if (!zc_draft_get_editable (self->draft) && zc_draft_get_state (self->draft) != ZC_SYNC_ON_SERVER)
    return g_strdup (_("You no longer hold this dossier. What you typed last did not reach the server; it is kept on this computer and "
                       "is sent when you hold the dossier again."));
  if (is_to_choose (self))
    return g_strdup_printf (_("%d places were changed here and on another computer; both versions are kept"),
                            zc_draft_get_n_conflicts (self->draft));
  if (self->recovered)
    return zc_recovered_dup_text (zc_draft_get_recovered_at (self->draft));
  return NULL;
}

/* What the banner's button does: it asks, acknowledges, or leads to the rule. why: (nullable) */
static void
set_button (ZcReader *self, const char *why)
{
  if (why != NULL)
    {
      zc_why_offer (self->notice, self->dossier, why);
      return;
    }
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice), NULL);
  adw_banner_set_button_label (self->notice, is_to_choose (self) ? _("Compare and Choose") : self->recovered ? _("All right") : NULL);
}

void
zc_reader_update_notice (ZcReader *self)
{
  g_autofree char *text = dup_notice (self);
  g_autoptr (GError) refusal = text == NULL ? dup_refusal (self) : NULL;

  if (refusal != NULL)
    text = zc_refusal_dup_text (refusal);
  adw_banner_set_title (self->notice, text != NULL ? text : "");
  set_button (self, zc_why_code (refusal));
  adw_banner_set_revealed (self->notice, text != NULL);
}

void
zc_reader_answer_notice (ZcReader *self)
{
  if (is_to_choose (self))
    {
      adw_dialog_present (zc_conflict_dialog_new (self->draft, zc_session_get_pool (self->session)), GTK_WIDGET (self));
      return;
    }
  self->recovered = FALSE;
  zc_reader_update_notice (self);
}

void
zc_reader_update_saving (ZcReader *self)
{
  zc_reader_update_status (self);
  zc_reader_update_notice (self);
}
