/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-conflict-dialog.h"
#include "zc-editor-open.h"
#include "zc-editor-page.h"
#include "zc-form-deck.h"
#include "zc-form-update.h"
#include "zc-left-banner.h"
#include "zc-left-dialog.h"
#include "zc-place-marks.h"
#include "zc-problem-list.h"
#include "zc-receipt-dialog.h"
#include "zc-refusal-text.h"
#include "zc-returned-card.h"
#include "zc-section-row.h"
#include "zc-submit-dialog.h"
#include "zc-sync-text.h"
#include "zc-toast.h"

struct _ZcEditorPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session; /* (nullable): tests */
  char *dossier;      /* its id, as long as it is being opened */
  ZcDraft *draft;     /* (nullable): not opened yet */
  ZcImagePool *pool;
  GCancellable *cancellable;

  GtkStack *stack;
  AdwStatusPage *error;
  AdwNavigationSplitView *split;
  AdwWindowTitle *sidebar_title;
  GtkListBox *sections;
  AdwNavigationPage *content_page;
  AdwWindowTitle *title;
  GtkButton *submit;
  GtkButton *retarget; /* where the server allows it (S3.1.2e) */
  GtkButton *save;
  AdwBanner *store_banner;
  AdwBanner *conflict_banner;
  AdwBanner *form_banner; /* a newer form, where the server allows it (decisions 16) */
  AdwBanner *left_banner;
  AdwBanner *kept_banner;
  AdwBanner *recovered_banner;
  AdwClamp *returned_clamp;
  AdwBin *returned;
  AdwClamp *missing_clamp;
  GtkLabel *missing_title;
  ZcProblemList *missing;
  ZcFormDeck *forms;

  guint saving : 1;
  guint missing_sent : 1; /* what is missing was listed after the server had it */
  guint updating : 1; /* its form */
};

G_DEFINE_FINAL_TYPE (ZcEditorPage, zc_editor_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_SECTION,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  SUBMITTED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- the sections ---------------------------------------------------------------------------------- */
static ZcSectionRow *
find_row (ZcEditorPage *self,
          const char *section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    if (g_strcmp0 (zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row))),
                   section)
        == 0)
      return ZC_SECTION_ROW (row);
  return NULL;
}

static void keep_section (ZcEditorPage *self);

static void
row_selected_cb (ZcEditorPage *self,
                 GtkListBoxRow *row)
{
  ZcDraftSection *section;

  if (row == NULL || self->draft == NULL)
    return;
  section = zc_section_row_get_section (ZC_SECTION_ROW (row));
  zc_form_deck_show (self->forms, zc_draft_section_get_id (section));
  adw_window_title_set_title (self->title, zc_draft_section_get_definition (section)->title);
  adw_navigation_page_set_title (self->content_page, zc_draft_section_get_definition (section)->title);
  zc_section_row_bring_into_view (ZC_SECTION_ROW (row));
  keep_section (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECTION]);
}

/* Where the person is in this dossier, for the next time (P2). */
static void
keep_section (ZcEditorPage *self)
{
  ZcLocalStore *store = self->session != NULL ? zc_session_get_store (self->session) : NULL;
  g_autofree char *name
      = g_strconcat ("section:", zc_dossier_get_id (zc_draft_get_dossier (self->draft)), NULL);

  if (store != NULL)
    zc_local_store_put_setting_async (store, name, zc_editor_page_get_section (self), NULL, NULL);
}

/* Typing goes on without a click before. */
static void
section_kept_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer data)
{
  g_autoptr (ZcEditorPage) self = data;
  g_autofree char *section
      = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);

  if (self->draft == NULL)
    return;
  if (section != NULL)
    zc_editor_page_show_place (self, section, NULL, NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self))) /* not left meanwhile */
    zc_form_page_focus_place (zc_form_deck_get_shown (self->forms), NULL, NULL);
}

static void
restore_section (ZcEditorPage *self)
{
  ZcLocalStore *store = self->session != NULL ? zc_session_get_store (self->session) : NULL;
  g_autofree char *name
      = g_strconcat ("section:", zc_dossier_get_id (zc_draft_get_dossier (self->draft)), NULL);

  if (store != NULL)
    zc_local_store_get_setting_async (store, name, section_kept_cb, g_object_ref (self));
}

static void
row_activated_cb (ZcEditorPage *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

static GtkWidget *
new_row (gpointer item,
         gpointer data)
{
  return zc_section_row_new (ZC_DRAFT_SECTION (item));
}

static void
step_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sections);
  int step = g_str_equal (name, "editor.next") ? 1 : -1;
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;

  while ((row = gtk_list_box_get_row_at_index (self->sections, index)) != NULL
         && !gtk_widget_get_visible (GTK_WIDGET (row)))
    index += step;
  if (row != NULL && index >= 0)
    gtk_list_box_select_row (self->sections, row);
}

/* --- what waits for the person, or stays here ------------------------------------------------------------ */
static void
update_conflicts (ZcEditorPage *self)
{
  int n = zc_draft_get_n_conflicts (self->draft);
  g_autofree char *text
      = g_strdup_printf (_ ("%d places were changed here and on another computer; both versions are kept"), n);

  adw_banner_set_title (self->conflict_banner, text);
  adw_banner_set_revealed (self->conflict_banner, n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.conflicts", n > 0);
}

static void
conflicts_cb (GtkWidget *widget,
              const char *name,
              GVariant *parameter)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (widget);

  if (self->draft != NULL && zc_draft_get_n_conflicts (self->draft) > 0)
    adw_dialog_present (zc_conflict_dialog_new (self->draft, self->pool), widget);
}

/* Why the server did not take a section of this dossier, by the section's name. */
static char *
dup_refusal (ZcEditorPage *self)
{
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;
  GListModel *sections = zc_draft_get_sections (self->draft);
  const char *dossier = zc_dossier_get_id (zc_draft_get_dossier (self->draft));

  for (guint i = 0; sync != NULL && i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);
      g_autoptr (GError) error = zc_sync_dup_error (sync, dossier, zc_draft_section_get_id (section));
      g_autofree char *why = error != NULL ? zc_refusal_dup_text (error) : NULL;

      if (why != NULL)
        return g_strdup_printf (_ ("%s: %s"), zc_draft_section_get_definition (section)->title, why);
    }
  return NULL;
}

/* What the server does not take is neither lost nor silently dead (R13). */
static void
update_kept (ZcEditorPage *self)
{
  gboolean late = !zc_draft_get_editable (self->draft)
                  && zc_draft_get_state (self->draft) != ZC_SYNC_ON_SERVER;
  g_autofree char *text = late ? g_strdup (_ ("This dossier was submitted before your last changes arrived. They are kept on "
                                              "this computer, are not part of what was submitted, and are sent when it can "
                                              "be edited again (withdrawn or returned)."))
                               : dup_refusal (self);

  adw_banner_set_title (self->kept_banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->kept_banner, text != NULL);
}

/* --- what the header says ------------------------------------------------------------------------------ */
static void
update_status (ZcEditorPage *self)
{
  const GError *error = zc_draft_get_store_error (self->draft);
  const char *text = error != NULL ? _ ("Not saved") : zc_sync_state_text (zc_draft_get_state (self->draft));
  g_autofree char *banner = error != NULL ? zc_refusal_dup_text (error) : NULL;

  adw_window_title_set_subtitle (self->title, text);
  adw_banner_set_title (self->store_banner, banner != NULL ? banner : "");
  adw_banner_set_revealed (self->store_banner, banner != NULL);
  update_kept (self);
}

/* Acts need the network (decisions 2): the button says why it is off. */
static void
update_actions (ZcEditorPage *self)
{
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;
  gboolean online = sync == NULL || zc_sync_get_online (sync);
  gboolean allowed = zc_dossier_has_action (zc_draft_get_dossier (self->draft), "submit");
  gboolean editable = zc_draft_get_editable (self->draft);

  gtk_widget_set_visible (GTK_WIDGET (self->save), editable);
  gtk_widget_set_visible (GTK_WIDGET (self->submit), editable);
  gtk_widget_set_visible (GTK_WIDGET (self->retarget),
                          zc_dossier_has_action (zc_draft_get_dossier (self->draft), "retarget"));
  adw_banner_set_revealed (self->form_banner,
                           zc_dossier_has_action (zc_draft_get_dossier (self->draft), "update-form"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.update-form", online && !self->updating);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", editable && !self->saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.submit", allowed && online);
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

static void
update_returned (ZcEditorPage *self)
{
  gboolean returned = zc_dossier_is_returned (zc_draft_get_dossier (self->draft));
  GtkWidget *card = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->returned_clamp), returned);
  if (!returned)
    {
      adw_bin_set_child (self->returned, NULL);
      return;
    }
  card = zc_returned_card_new (self->draft);
  g_signal_connect_object (card, "chosen", G_CALLBACK (zc_editor_page_show_place), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->returned, card);
}

/* How much each section still has of what the return asked for (P9). */
static void
update_marks (ZcEditorPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    {
      const char *section = zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row)));
      g_autofree char *text = zc_section_marks_dup_text (self->draft, section, NULL);

      zc_section_row_set_marks (ZC_SECTION_ROW (row), text);
    }
}

static void
update_title (ZcEditorPage *self)
{
  ZcDossier *dossier = zc_draft_get_dossier (self->draft);
  const char *committee = zc_dossier_get_target_name (dossier, "committee");
  const char *office = zc_dossier_get_target_name (dossier, "office");
  const char *aim = committee != NULL ? committee : office;

  adw_window_title_set_title (self->sidebar_title, zc_dossier_get_title (dossier));
  adw_window_title_set_subtitle (self->sidebar_title, aim != NULL ? aim : "");
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), zc_dossier_get_title (dossier));
}

static void follow_form (ZcEditorPage *self);

static void
dossier_changed_cb (ZcEditorPage *self)
{
  update_title (self);
  update_returned (self);
  update_marks (self);
  update_actions (self);
  follow_form (self);
}

static void
show_recovered (ZcEditorPage *self)
{
  gint64 at = zc_draft_get_recovered_at (self->draft);
  g_autofree char *text = NULL;

  if (at == 0)
    return;
  text = zc_recovered_dup_text (at);
  adw_banner_set_title (self->recovered_banner, text);
  adw_banner_set_revealed (self->recovered_banner, TRUE);
}

static void
recovered_seen_cb (ZcEditorPage *self)
{
  adw_banner_set_revealed (self->recovered_banner, FALSE);
}

/* --- saving: 保存 lists what is missing (S3.1.2b) ------------------------------------------------------------ */
/* The list as it is now, its number with it. */
static guint
list_missing (ZcEditorPage *self)
{
  GPtrArray *problems = zc_draft_get_problems (self->draft, zc_editor_page_get_section (self));
  g_autofree char *title = NULL;
  guint n;

  zc_problem_list_set_problems (self->missing, self->draft, problems, TRUE);
  n = zc_problem_list_get_n (self->missing);
  title = self->missing_sent
              ? g_strdup_printf (_ ("Saved; %u items of this section are to be completed"), n)
              : g_strdup_printf (_ ("Saved on this computer; %u items are to be completed"), n);
  gtk_label_set_label (self->missing_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_clamp), n > 0);
  return n;
}

static void
show_missing (ZcEditorPage *self,
              gboolean sent)
{
  self->missing_sent = sent;
  if (list_missing (self) > 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->missing_title),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  else
    zc_toast (GTK_WIDGET (self), sent ? _ ("Saved; this section is complete") : _ ("Saved on this computer"));
}

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
  update_actions (self);
  if (error != NULL && !g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE))
    {
      g_autofree char *text = zc_refusal_dup_text (error);

      zc_toast (GTK_WIDGET (self), text);
    }
  show_missing (self, sent);
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
  update_actions (self);
  zc_form_page_reveal_problems (zc_form_deck_get_shown (self->forms));
  zc_draft_save_async (self->draft, self->cancellable, saved_cb, g_object_ref (self));
}

/* Solved ones go from the list as they are solved. */
static void
problems_changed_cb (ZcEditorPage *self,
                     const char *section)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->missing_clamp))
      && g_strcmp0 (section, zc_editor_page_get_section (self)) == 0)
    list_missing (self);
}

static void
close_missing_cb (GtkWidget *widget,
                  const char *name,
                  GVariant *parameter)
{
  gtk_widget_set_visible (GTK_WIDGET (ZC_EDITOR_PAGE (widget)->missing_clamp), FALSE);
}

static void
chosen_cb (ZcEditorPage *self,
           const char *section,
           const char *entry,
           const char *field)
{
  zc_editor_page_show_place (self, section, entry, field);
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
  g_signal_emit (self, signals[SUBMITTED], 0, dossier);
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

/* --- opening ------------------------------------------------------------------------------------------------------ */
/* What was submitted turns into a form to read, what was withdrawn into one to fill in. */
static void
editable_cb (ZcEditorPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sections);

  zc_form_deck_clear (self->forms);
  row_selected_cb (self, row);
  update_actions (self);
  update_kept (self);
}

static void
follow_draft (ZcEditorPage *self)
{
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;

  g_signal_connect_object (self->draft, "notify::state", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::store-error", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::n-conflicts", G_CALLBACK (update_conflicts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::past", G_CALLBACK (update_marks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "value-changed", G_CALLBACK (update_marks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::editable", G_CALLBACK (editable_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "problems-changed", G_CALLBACK (problems_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_draft_get_dossier (self->draft), "changed",
                           G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  if (sync != NULL)
    g_signal_connect_object (sync, "notify::online", G_CALLBACK (update_actions), self,
                             G_CONNECT_SWAPPED);
}

static void
show_draft (ZcEditorPage *self,
            ZcDraft *draft)
{
  const char *id = zc_dossier_get_id (zc_draft_get_dossier (draft));

  self->draft = g_object_ref (draft);
  zc_form_deck_open (self->forms, draft, self->pool);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retarget), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retarget), "win.retarget");
  update_title (self);
  gtk_list_box_bind_model (self->sections, zc_draft_get_sections (draft), new_row, NULL, NULL);
  follow_draft (self);
  if (self->session != NULL)
    {
      zc_draft_follow_past (draft, zc_session_get_client (self->session), zc_session_get_store (self->session));
      zc_left_banner_watch (self->left_banner, zc_session_get_store (self->session), id);
    }
  update_marks (self);
  update_status (self);
  update_conflicts (self);
  update_returned (self);
  update_actions (self);
  show_recovered (self);
  restore_section (self); /* asked before the first section is told as the present one */
  gtk_list_box_select_row (self->sections, gtk_list_box_get_row_at_index (self->sections, 0));
  gtk_stack_set_visible_child_name (self->stack, "editor");
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (ZcEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDraft) draft = zc_editor_open_finish (result, &error);
  const char *who;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (draft != NULL)
    {
      show_draft (self, draft);
      return;
    }
  who = zc_refusal_who (error);
  text = g_strdup_printf ("%s\n%s", zc_refusal_next (error), who != NULL ? who : "");
  adw_status_page_set_title (self->error, zc_refusal_what (error));
  adw_status_page_set_description (self->error, g_strchomp (text));
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
open_dossier (ZcEditorPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  zc_editor_open_async (self->session, self->dossier, self->cancellable, opened_cb,
                        g_object_ref (self));
}

/* --- a newer form (decisions 16) --------------------------------------------------------------------------------------- */
static void
forget_draft (ZcEditorPage *self)
{
  ZcDossier *dossier = zc_draft_get_dossier (self->draft);
  ZcSync *sync = zc_session_get_sync (self->session);

  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_signal_handlers_disconnect_by_data (dossier, self);
  if (sync != NULL)
    g_signal_handlers_disconnect_by_data (sync, self);
  zc_draft_flush_async (self->draft, NULL, NULL);
  gtk_list_box_bind_model (self->sections, NULL, NULL, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_clamp), FALSE);
  zc_form_deck_open (self->forms, NULL, NULL);
  g_set_str (&self->dossier, zc_dossier_get_id (dossier));
  g_clear_object (&self->draft);
}

/* Here or on another computer it went over to another form: that is opened instead, where one was. */
static void
follow_form (ZcEditorPage *self)
{
  int revision = zc_dossier_get_revision (zc_draft_get_dossier (self->draft));

  if (self->session == NULL
      || revision == zc_business_get_revision (zc_draft_get_business (self->draft)))
    return;
  forget_draft (self);
  open_dossier (self);
}

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
  g_autofree char *text = NULL;

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
  text = zc_refusal_dup_text (error);
  zc_toast (GTK_WIDGET (self), text);
  if (self->draft != NULL)
    update_actions (self);
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
  update_actions (self);
  zc_form_update_async (self->session, self->draft, self->cancellable, form_updated_cb,
                        g_object_ref (self));
}

static void
retry_cb (GtkWidget *widget,
          const char *name,
          GVariant *parameter)
{
  if (ZC_EDITOR_PAGE (widget)->draft == NULL)
    open_dossier (ZC_EDITOR_PAGE (widget));
}

/* Nobody is asked whether to save: what is not in the store yet is written when the page goes. */
static void
zc_editor_page_hiding (AdwNavigationPage *page)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (page);

  if (self->draft != NULL)
    zc_draft_flush_async (self->draft, NULL, NULL);
}

static void
zc_editor_page_get_property (GObject *object,
                             guint id,
                             GValue *value,
                             GParamSpec *pspec)
{
  g_value_set_string (value, zc_editor_page_get_section (ZC_EDITOR_PAGE (object)));
}

static void
zc_editor_page_dispose (GObject *object)
{
  ZcEditorPage *self = ZC_EDITOR_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->sections != NULL)
    gtk_list_box_bind_model (self->sections, NULL, NULL, NULL, NULL);
  /* the page holds on to its child, which the template would take from under it */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_EDITOR_PAGE);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  g_clear_object (&self->pool);
  g_clear_pointer (&self->dossier, g_free);
  G_OBJECT_CLASS (zc_editor_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-editor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, error);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, split);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, sidebar_title);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, sections);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, content_page);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, submit);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, retarget);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, save);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, store_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, form_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, left_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, kept_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, recovered_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, returned_clamp);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, returned);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, missing_clamp);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, missing_title);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, missing);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, forms);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovered_seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "editor.submit", NULL, submit_cb);
  gtk_widget_class_install_action (widget_class, "editor.next", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "editor.previous", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "editor.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "editor.conflicts", NULL, conflicts_cb);
  gtk_widget_class_install_action (widget_class, "editor.update-form", NULL, update_form_cb);
  gtk_widget_class_install_action (widget_class, "editor.close-missing", NULL, close_missing_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "editor.submit", NULL);
}

static void
zc_editor_page_class_init (ZcEditorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_editor_page_dispose;
  object_class->get_property = zc_editor_page_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = zc_editor_page_hiding;
  g_type_ensure (ZC_TYPE_FORM_DECK);
  g_type_ensure (ZC_TYPE_PROBLEM_LIST);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, "",
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SUBMITTED]
      = g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, ZC_TYPE_DOSSIER);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
zc_editor_page_init (ZcEditorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * zc_editor_page_new:
 * @dossier: id of a dossier of the person who is signed in
 *
 * Opens it by itself: from the server, or where that cannot be reached as it is on this computer.
 */
AdwNavigationPage *
zc_editor_page_new (ZcSession *session,
                    const char *dossier)
{
  g_autofree char *tag = g_strconcat ("edit:", dossier, NULL);
  ZcEditorPage *self = g_object_new (ZC_TYPE_EDITOR_PAGE, "tag", tag, NULL);

  self->session = g_object_ref (session);
  self->pool = g_object_ref (zc_session_get_pool (session));
  self->dossier = g_strdup (dossier);
  open_dossier (self);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * zc_editor_page_new_for_draft:
 * @session: (nullable): submits and follows the network
 * @draft: opened already
 */
AdwNavigationPage *
zc_editor_page_new_for_draft (ZcSession *session,
                              ZcDraft *draft)
{
  ZcEditorPage *self = g_object_new (ZC_TYPE_EDITOR_PAGE, NULL);

  self->session = session != NULL ? g_object_ref (session) : NULL;
  self->pool = session != NULL ? g_object_ref (zc_session_get_pool (session)) : zc_image_pool_new (0);
  show_draft (self, draft);
  return ADW_NAVIGATION_PAGE (self);
}

/**
 * zc_editor_page_get_draft:
 *
 * Returns: (transfer none) (nullable): %NULL while it is being opened
 */
ZcDraft *
zc_editor_page_get_draft (ZcEditorPage *self)
{
  return self->draft;
}

/**
 * zc_editor_page_get_section:
 *
 * Returns: (transfer none): the id of the section shown; ""
 */
const char *
zc_editor_page_get_section (ZcEditorPage *self)
{
  GtkListBoxRow *row
      = self->sections != NULL ? gtk_list_box_get_selected_row (self->sections) : NULL;

  if (row == NULL)
    return "";
  return zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row)));
}

/**
 * zc_editor_page_show_place:
 * @section: id
 * @entry: (nullable): id of an entry
 * @field: (nullable): id of a field, which gets the focus
 *
 * Where a message leads.
 */
void
zc_editor_page_show_place (ZcEditorPage *self,
                           const char *section,
                           const char *entry,
                           const char *field)
{
  ZcSectionRow *row = self->draft != NULL ? find_row (self, section) : NULL;

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->sections, GTK_LIST_BOX_ROW (row));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
  if (entry != NULL || field != NULL)
    zc_form_page_focus_place (zc_form_deck_get_shown (self->forms), entry, field);
}

/**
 * zc_editor_page_get_status:
 *
 * Returns: (transfer none): what the header says: 已保存 …
 */
const char *
zc_editor_page_get_status (ZcEditorPage *self)
{
  return adw_window_title_get_subtitle (self->title);
}
