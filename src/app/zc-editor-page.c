/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-editor-open.h"
#include "zc-editor-page-private.h"
#include "zc-refusal-text.h"
#include "zc-returned-card.h"
#include "zc-sync-text.h"

/* The page holds its parts together: the list of sections, the banners, the deck of forms; it opens the draft, shows it to each,
 * and opens it again when the dossier goes over to a newer form. */
G_DEFINE_FINAL_TYPE (ZcEditorPage, zc_editor_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_SECTION,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

/* --- the sections ---------------------------------------------------------------------------------- */
/* Where the person is in this dossier, for the next time (P2). */
static void
keep_section (ZcEditorPage *self)
{
  ZcLocalStore *store = self->session != NULL ? zc_session_get_store (self->session) : NULL;
  g_autofree char *name = zc_editor_dup_setting (zc_draft_get_dossier (self->draft));

  if (store != NULL)
    zc_local_store_put_setting_async (store, name, zc_editor_page_get_section (self), NULL, NULL);
}

static void
section_selected_cb (ZcEditorPage *self)
{
  ZcDraftSection *section = zc_section_list_get_selected (self->sections);
  const char *title = section != NULL ? zc_draft_section_get_definition (section)->title : NULL;

  if (section == NULL)
    return;
  zc_form_deck_show (self->forms, zc_draft_section_get_id (section));
  adw_window_title_set_title (self->title, title);
  adw_navigation_page_set_title (self->content_page, title);
  keep_section (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECTION]);
}

static void
section_activated_cb (ZcEditorPage *self)
{
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* --- what the header says ------------------------------------------------------------------------------ */
static void
update_status (ZcEditorPage *self)
{
  const char *text = zc_draft_get_store_error (self->draft) != NULL
                         ? _ ("Not saved")
                         : zc_sync_state_text (zc_draft_get_state (self->draft));

  adw_window_title_set_subtitle (self->title, text);
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
  zc_editor_page_update_acts (self);
  follow_form (self);
}

/* --- opening ------------------------------------------------------------------------------------------------------ */
/* What was submitted turns into a form to read, what was withdrawn into one to fill in. */
static void
editable_cb (ZcEditorPage *self)
{
  zc_form_deck_clear (self->forms);
  section_selected_cb (self);
  zc_editor_page_update_acts (self);
}

static void
follow_draft (ZcEditorPage *self)
{
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;

  g_signal_connect_object (self->draft, "notify::state", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::store-error", G_CALLBACK (update_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::n-conflicts", G_CALLBACK (zc_editor_page_update_acts),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::editable", G_CALLBACK (editable_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_draft_get_dossier (self->draft), "changed",
                           G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  if (sync != NULL)
    g_signal_connect_object (sync, "notify::online", G_CALLBACK (zc_editor_page_update_acts), self,
                             G_CONNECT_SWAPPED);
}

static void
show_draft (ZcEditorPage *self,
            ZcDraft *draft,
            const char *section)
{
  const char *id = zc_dossier_get_id (zc_draft_get_dossier (draft));

  self->draft = g_object_ref (draft);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retarget), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retarget), "win.retarget");
  update_title (self);
  zc_section_list_open (self->sections, draft);
  zc_form_deck_open (self->forms, draft, self->pool);
  zc_saved_panel_open (self->saved, draft);
  follow_draft (self);
  if (self->session != NULL)
    zc_draft_follow_past (draft, zc_session_get_client (self->session), zc_session_get_store (self->session));
  zc_editor_banners_open (self->banners, self->session, draft);
  update_status (self);
  update_returned (self);
  zc_editor_page_update_acts (self);
  if (section == NULL || !zc_section_list_select (self->sections, section))
    zc_section_list_select (self->sections, NULL);
  gtk_stack_set_visible_child_name (self->stack, "editor");
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (ZcEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *section = NULL;
  g_autoptr (ZcDraft) draft = zc_editor_open_finish (result, &section, &error);
  const char *who;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (draft != NULL)
    {
      show_draft (self, draft, section);
      if (gtk_widget_get_mapped (GTK_WIDGET (self))) /* not left meanwhile: typing goes on without a click before */
        zc_form_page_focus_place (zc_form_deck_get_shown (self->forms), NULL, NULL);
      return;
    }
  who = zc_refusal_who (error);
  text = g_strdup_printf ("%s\n%s", zc_refusal_next (error), who != NULL ? who : "");
  adw_status_page_set_title (self->error, zc_refusal_what (error));
  adw_status_page_set_description (self->error, g_strchomp (text));
  zc_why_button_explain (self->why, error);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

void
zc_editor_page_open_dossier (ZcEditorPage *self)
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
  zc_section_list_open (self->sections, NULL);
  zc_editor_banners_open (self->banners, self->session, NULL);
  zc_saved_panel_open (self->saved, NULL);
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
  zc_editor_page_open_dossier (self);
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
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, why);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, split);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, sidebar_title);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, sections);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, content_page);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, submit);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, retarget);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, save);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, banners);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, returned_clamp);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, returned);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, saved);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorPage, forms);
  gtk_widget_class_bind_template_callback (widget_class, section_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, zc_editor_page_show_place);
}

static void
step_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  zc_section_list_step (ZC_EDITOR_PAGE (widget)->sections, g_str_equal (name, "editor.next") ? 1 : -1);
}

static void
retry_cb (GtkWidget *widget,
          const char *name,
          GVariant *parameter)
{
  if (ZC_EDITOR_PAGE (widget)->draft == NULL)
    zc_editor_page_open_dossier (ZC_EDITOR_PAGE (widget));
}

static void
zc_editor_page_class_init (ZcEditorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_editor_page_dispose;
  object_class->get_property = zc_editor_page_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = zc_editor_page_hiding;
  g_type_ensure (ZC_TYPE_EDITOR_BANNERS);
  g_type_ensure (ZC_TYPE_FORM_DECK);
  g_type_ensure (ZC_TYPE_SAVED_PANEL);
  g_type_ensure (ZC_TYPE_SECTION_LIST);
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, "",
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, ZC_TYPE_DOSSIER);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.next", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "editor.previous", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "editor.retry", NULL, retry_cb);
  zc_editor_page_install_acts (widget_class);
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
  zc_editor_page_open_dossier (self);
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
  show_draft (self, draft, NULL);
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
  ZcDraftSection *section = self->sections != NULL ? zc_section_list_get_selected (self->sections) : NULL;

  return section != NULL ? zc_draft_section_get_id (section) : "";
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
  if (self->draft == NULL || !zc_section_list_select (self->sections, section))
    return;
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
