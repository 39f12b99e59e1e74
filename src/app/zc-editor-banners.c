/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-editor-banners.h"
#include "zc-left-banner.h"
#include "zc-refusal-text.h"
#include "zc-sync-text.h"
#include "zc-why-button.h"

/* A banner a matter, each shown as long as the matter lasts. */
struct _ZcEditorBanners
{
  GtkBox parent_instance;

  ZcSession *session; /* (nullable): tests */
  ZcDraft *draft;     /* (nullable) */

  AdwBanner *store_banner;
  AdwBanner *conflict_banner;
  AdwBanner *form_banner; /* a newer form, where the server allows it (decisions 16) */
  AdwBanner *left_banner;
  AdwBanner *kept_banner;
  AdwBanner *recovered_banner;
};

G_DEFINE_FINAL_TYPE (ZcEditorBanners, zc_editor_banners, GTK_TYPE_BOX)

static void
tell (AdwBanner *banner,
      const char *text)
{
  adw_banner_set_title (banner, text != NULL ? text : "");
  adw_banner_set_revealed (banner, text != NULL);
}

static void
update_conflicts (ZcEditorBanners *self)
{
  int n = zc_draft_get_n_conflicts (self->draft);
  g_autofree char *text
      = g_strdup_printf (_ ("%d places were changed here and on another computer; both versions are kept"), n);

  adw_banner_set_title (self->conflict_banner, text);
  adw_banner_set_revealed (self->conflict_banner, n > 0);
}

/* Why the server did not take a section of this dossier, by the section's name, and by which rule. */
static char *
dup_refusal (ZcEditorBanners *self,
             const char **rule)
{
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;
  GListModel *sections = zc_draft_get_sections (self->draft);
  const char *dossier = zc_dossier_get_id (zc_draft_get_dossier (self->draft));

  for (guint i = 0; sync != NULL && i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);
      g_autoptr (GError) error = zc_sync_dup_error (sync, dossier, zc_draft_section_get_id (section));
      g_autofree char *why = error != NULL ? zc_refusal_dup_text (error) : NULL;

      *rule = zc_why_code (error);
      if (why != NULL)
        return g_strdup_printf (_ ("%s: %s"), zc_draft_section_get_definition (section)->title, why);
    }
  return NULL;
}

/* What the server does not take is neither lost nor silently dead (R13). */
static void
update_kept (ZcEditorBanners *self)
{
  const char *rule = NULL;
  gboolean late = !zc_draft_get_editable (self->draft)
                  && zc_draft_get_state (self->draft) != ZC_SYNC_ON_SERVER;
  g_autofree char *text = late ? g_strdup (_ ("This dossier was submitted before your last changes arrived. They are kept on "
                                              "this computer, are not part of what was submitted, and are sent when it can "
                                              "be edited again (withdrawn or returned)."))
                               : dup_refusal (self, &rule);

  tell (self->kept_banner, text);
  zc_why_offer (self->kept_banner, zc_draft_get_dossier (self->draft), rule);
}

static void
update_store (ZcEditorBanners *self)
{
  const GError *error = zc_draft_get_store_error (self->draft);
  g_autofree char *text = error != NULL ? zc_refusal_dup_text (error) : NULL;

  tell (self->store_banner, text);
  update_kept (self);
}

static void
update_form (ZcEditorBanners *self)
{
  adw_banner_set_revealed (self->form_banner,
                           zc_dossier_has_action (zc_draft_get_dossier (self->draft), "update-form"));
}

static void
tell_recovered (ZcEditorBanners *self)
{
  gint64 at = zc_draft_get_recovered_at (self->draft);
  g_autofree char *text = at != 0 ? zc_recovered_dup_text (at) : NULL;

  if (text != NULL)
    tell (self->recovered_banner, text);
}

static void
recovered_seen_cb (ZcEditorBanners *self)
{
  adw_banner_set_revealed (self->recovered_banner, FALSE);
}

static void
follow_draft (ZcEditorBanners *self)
{
  g_signal_connect_object (self->draft, "notify::state", G_CALLBACK (update_store), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::store-error", G_CALLBACK (update_store), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::n-conflicts", G_CALLBACK (update_conflicts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::editable", G_CALLBACK (update_kept), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_draft_get_dossier (self->draft), "changed", G_CALLBACK (update_form),
                           self, G_CONNECT_SWAPPED);
}

static void
forget_draft (ZcEditorBanners *self)
{
  if (self->draft == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_signal_handlers_disconnect_by_data (zc_draft_get_dossier (self->draft), self);
  g_clear_object (&self->draft);
}

static void
zc_editor_banners_dispose (GObject *object)
{
  ZcEditorBanners *self = ZC_EDITOR_BANNERS (object);

  forget_draft (self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_EDITOR_BANNERS);
  G_OBJECT_CLASS (zc_editor_banners_parent_class)->dispose (object);
}

static void
zc_editor_banners_class_init (ZcEditorBannersClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_editor_banners_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-editor-banners.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcEditorBanners, store_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorBanners, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorBanners, form_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorBanners, left_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorBanners, kept_banner);
  gtk_widget_class_bind_template_child (widget_class, ZcEditorBanners, recovered_banner);
  gtk_widget_class_bind_template_callback (widget_class, recovered_seen_cb);
}

static void
zc_editor_banners_init (ZcEditorBanners *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_editor_banners_open:
 * @session: (nullable): knows what the server refused
 * @draft: (nullable): what is filled in; %NULL: nothing any more, and what was told stays until the next
 */
void
zc_editor_banners_open (ZcEditorBanners *self,
                        ZcSession *session,
                        ZcDraft *draft)
{
  forget_draft (self);
  g_set_object (&self->session, session);
  if (draft == NULL)
    return;
  self->draft = g_object_ref (draft);
  follow_draft (self);
  if (session != NULL)
    zc_left_banner_watch (self->left_banner, zc_session_get_store (session),
                          zc_dossier_get_id (zc_draft_get_dossier (draft)));
  update_store (self);
  update_conflicts (self);
  update_form (self);
  tell_recovered (self);
}
