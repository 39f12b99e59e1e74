/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-detail-page.h"
#include "zc-reader.h"
#include "zc-receipt-dialog.h"
#include "zc-session-menu.h"
#include "zc-stage-text.h"

struct _ZcDetailPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session; /* (nullable) */

  ZcReader *reader;
  AdwWindowTitle *title;
  AdwBanner *unsent_banner;
};

G_DEFINE_FINAL_TYPE (ZcDetailPage, zc_detail_page, ADW_TYPE_NAVIGATION_PAGE)

/* What was written on this computer and did not come in time is not shown here: where it is, is said (R13). */
static void
unsent_cb (ZcDetailPage *self)
{
  ZcDossier *dossier = zc_reader_get_dossier (self->reader);
  ZcSync *sync = self->session != NULL ? zc_session_get_sync (self->session) : NULL;
  adw_banner_set_revealed (self->unsent_banner,
                           sync != NULL && dossier != NULL
                               && zc_sync_count_unsent (sync, zc_dossier_get_id (dossier)) > 0);
}

static void
dossier_cb (ZcDetailPage *self)
{
  ZcDossier *dossier = zc_reader_get_dossier (self->reader);
  const char *number = dossier != NULL ? zc_dossier_get_receipt_number (dossier) : NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.receipt",
                                 number != NULL && *number != '\0');
  unsent_cb (self);
  if (dossier == NULL)
    return;
  adw_window_title_set_title (self->title, zc_dossier_get_title (dossier));
  adw_window_title_set_subtitle (
      self->title, zc_status_text (zc_dossier_get_stage (dossier), zc_dossier_get_state (dossier)));
}

static void
show_unsent_cb (ZcDetailPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit", "s",
                              zc_dossier_get_id (zc_reader_get_dossier (self->reader)));
}

static void
receipt_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcDetailPage *self = ZC_DETAIL_PAGE (widget);
  adw_dialog_present (zc_receipt_dialog_new (zc_reader_get_dossier (self->reader), FALSE), widget);
}

static void
zc_detail_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_DETAIL_PAGE);
  g_clear_object (&ZC_DETAIL_PAGE (object)->session);
  G_OBJECT_CLASS (zc_detail_page_parent_class)->dispose (object);
}

static void
zc_detail_page_class_init (ZcDetailPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_detail_page_dispose;
  g_type_ensure (ZC_TYPE_READER);
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-detail-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDetailPage, reader);
  gtk_widget_class_bind_template_child (widget_class, ZcDetailPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcDetailPage, unsent_banner);
  gtk_widget_class_bind_template_callback (widget_class, dossier_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_unsent_cb);
  gtk_widget_class_install_action (widget_class, "detail.receipt", NULL, receipt_cb);
}

static void
zc_detail_page_init (ZcDetailPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dossier_cb (self);
}

AdwNavigationPage *
zc_detail_page_new (ZcSession *session, const char *dossier)
{
  g_autofree char *tag = g_strconcat ("view:", dossier, NULL);
  ZcDetailPage *self = g_object_new (ZC_TYPE_DETAIL_PAGE, "tag", tag, NULL);
  ZcSync *sync = zc_session_get_sync (session);
  self->session = g_object_ref (session);
  if (sync != NULL)
    g_signal_connect_object (sync, "notify::n-unsent", G_CALLBACK (unsent_cb), self,
                             G_CONNECT_SWAPPED);
  zc_reader_open (self->reader, session, dossier, FALSE);
  return ADW_NAVIGATION_PAGE (self);
}
