/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-decision-bar.h"
#include "zc-reader.h"
#include "zc-review-page.h"
#include "zc-session-menu.h"

struct _ZcReviewPage
{
  AdwNavigationPage parent_instance;

  ZcSession      *session;
  char           *id;

  ZcReader       *reader;
  ZcDecisionBar  *decisions;
  AdwWindowTitle *title;
};

G_DEFINE_FINAL_TYPE (ZcReviewPage, zc_review_page, ADW_TYPE_NAVIGATION_PAGE)

static void
dossier_cb (ZcReviewPage *self)
{
  ZcDossier *dossier = zc_reader_get_dossier (self->reader);
  g_autofree char *name = NULL;
  if (dossier == NULL)
    return;
  g_object_get (dossier, "applicant-name", &name, NULL);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", zc_dossier_get_title (dossier), zc_dossier_get_target_name (dossier, "series"),
                                               zc_dossier_get_target_name (dossier, "level"));
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  zc_decision_bar_show (self->decisions, self->session, dossier);
}

static void
decided_cb (ZcReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

static void
progress_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.progress", "s", ZC_REVIEW_PAGE (widget)->id);
}

/* The keys work wherever the focus is on the page. */
static gboolean
key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  const char *action = NULL;
  g_variant_get (arguments, "&s", &action);
  return gtk_widget_activate_action (GTK_WIDGET (ZC_REVIEW_PAGE (widget)->decisions), action, NULL);
}

static void
zc_review_page_dispose (GObject *object)
{
  ZcReviewPage *self = ZC_REVIEW_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_REVIEW_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_review_page_parent_class)->dispose (object);
}

static void
zc_review_page_finalize (GObject *object)
{
  g_free (ZC_REVIEW_PAGE (object)->id);
  G_OBJECT_CLASS (zc_review_page_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, key_cb, "s", "decision.accept");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, key_cb, "s", "decision.approve");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, key_cb, "s", "decision.return");
}

static void
zc_review_page_class_init (ZcReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_review_page_dispose;
  object_class->finalize = zc_review_page_finalize;
  g_type_ensure (ZC_TYPE_READER);
  g_type_ensure (ZC_TYPE_DECISION_BAR);
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, reader);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, decisions);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, title);
  gtk_widget_class_bind_template_callback (widget_class, dossier_cb);
  gtk_widget_class_bind_template_callback (widget_class, decided_cb);
  gtk_widget_class_install_action (widget_class, "review.progress", NULL, progress_cb);
  add_keys (widget_class);
}

static void
zc_review_page_init (ZcReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
zc_review_page_new (ZcSession *session, const char *dossier)
{
  g_autofree char *tag = g_strconcat ("review:", dossier, NULL);
  ZcReviewPage *self = g_object_new (ZC_TYPE_REVIEW_PAGE, "tag", tag, NULL);
  self->session = g_object_ref (session);
  self->id = g_strdup (dossier);
  zc_reader_open (self->reader, session, dossier, TRUE);
  return ADW_NAVIGATION_PAGE (self);
}
