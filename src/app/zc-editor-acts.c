/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-conflict-dialog.h"
#include "zc-editor-page-private.h"
#include "zc-form-update.h"
#include "zc-left-dialog.h"
#include "zc-receipt-dialog.h"
#include "zc-submit-dialog.h"
#include "zc-toast.h"

/* What a person does with the dossier as a whole: saving, submitting, settling what was changed twice, going over to a newer form. */

/* --- saving: 保存 lists what is missing (S3.1.2b) -------------------------------------------------------- */
static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (ZcEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean sent = zc_draft_save_finish (ZC_DRAFT (source), result, &error);

  self->saving = FALSE;
  if (self->draft == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  zc_editor_page_update_acts (self);
  if (error != NULL && !g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE))
    zc_toast_error (GTK_WIDGET (self), error);
  zc_saved_panel_tell (self->saved, zc_editor_page_get_section (self), sent);
}

static void
save_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (widget);

  if (self->draft == NULL || self->saving)
    return;
  self->saving = TRUE;
  zc_editor_page_update_acts (self);
  zc_form_page_reveal_problems (zc_form_deck_get_shown (self->forms));
  zc_draft_save_async (self->draft, self->cancellable, saved_cb, g_object_ref (self));
}

/* --- submitting ------------------------------------------------------------------------------------------------ */
/* The receipt is shown where one came from; the form is done. */
static void
submitted_cb (ZcEditorPage *self,
              ZcDossier *dossier)
{
  g_autoptr (ZcEditorPage) alive = g_object_ref (self);
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->session != NULL)
    zc_session_learn (self->session, dossier);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
  if (root != NULL)
    adw_dialog_present (zc_receipt_dialog_new (dossier, TRUE), root);
  g_signal_emit_by_name (self, "submitted", dossier);
}

static void
settle_cb (ZcEditorPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.conflicts", NULL);
}

static void
submit_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (widget);
  AdwDialog *dialog;

  if (self->draft == NULL)
    return;
  zc_form_deck_reveal_problems (self->forms);
  dialog = zc_submit_dialog_new (self->draft, self->session);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (zc_editor_page_show_place), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "submitted", G_CALLBACK (submitted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "settle", G_CALLBACK (settle_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* --- a newer form (decisions 16) ---------------------------------------------------------------------- */
static void
show_left (ZcEditorPage *self,
           ZcDossier *dossier)
{
  GListModel *left = zc_dossier_get_left (dossier);

  if (g_list_model_get_n_items (left) == 0)
    zc_toast (GTK_WIDGET (self), _ ("The form has been updated; everything was taken over"));
  else
    adw_dialog_present (
        zc_left_dialog_new (_ ("The form has been updated. What follows found no place in it and is not submitted. "
                               "It is kept, and can be read again in the progress of this application."),
                            left),
        GTK_WIDGET (self));
}

static void
form_updated_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (ZcEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_form_update_finish (result, &error);

  self->updating = FALSE;
  if (self->cancellable == NULL)
    return;
  if (dossier != NULL)
    {
      if (self->draft != NULL)
        zc_dossier_update_from (zc_draft_get_dossier (self->draft), dossier);
      show_left (self, dossier);
      return;
    }
  zc_toast_error (GTK_WIDGET (self), error);
  if (self->draft != NULL)
    zc_editor_page_update_acts (self);
}

static void
update_form_cb (GtkWidget *widget,
                const char *name,
                GVariant *parameter)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (widget);

  if (self->draft == NULL || self->session == NULL || self->updating)
    return;
  self->updating = TRUE;
  zc_editor_page_update_acts (self);
  zc_form_update_async (self->session, self->draft, self->cancellable, form_updated_cb,
                        g_object_ref (self));
}

/* --- two versions ------------------------------------------------------------------------------------- */
static void
conflicts_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (widget);

  if (self->draft != NULL && zc_draft_get_n_conflicts (self->draft) > 0)
    adw_dialog_present (zc_conflict_dialog_new (self->draft, self->pool), widget);
}

/**
 * zc_editor_page_install_acts:
 *
 * The actions of the class and their keys.
 */
void
zc_editor_page_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "editor.submit", NULL, submit_cb);
  gtk_widget_class_install_action (widget_class, "editor.conflicts", NULL, conflicts_cb);
  gtk_widget_class_install_action (widget_class, "editor.update-form", NULL, update_form_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "editor.submit", NULL);
}

/**
 * zc_editor_page_update_acts:
 *
 * Asks again what can be done now. Acts need the network (decisions 2): the button says why it is off.
 */
void
zc_editor_page_update_acts (ZcEditorPage *self)
{
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;
  gboolean online = sync == NULL || zc_sync_get_online (sync);
  gboolean allowed = zc_dossier_has_action (zc_draft_get_dossier (self->draft), "submit");
  gboolean editable = zc_draft_get_editable (self->draft);

  gtk_widget_set_visible (GTK_WIDGET (self->save), editable);
  gtk_widget_set_visible (GTK_WIDGET (self->submit), editable);
  gtk_widget_set_visible (GTK_WIDGET (self->retarget),
                          zc_dossier_has_action (zc_draft_get_dossier (self->draft), "retarget"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.update-form", online && !self->updating);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", editable && !self->saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.submit", allowed && online);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.conflicts", zc_draft_get_n_conflicts (self->draft) > 0);
  if (!online)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->submit),
                                 _ ("Submitting needs the network; filling in goes on without it"));
  else if (!allowed)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->submit),
                                 _ ("This dossier cannot be submitted now; see its progress"));
  else
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->submit),
                                 _ ("Check everything and submit to the unit (Ctrl+Enter)"));
}
