/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-history-row.h"
#include "zc-progress-bar.h"
#include "zc-progress-page.h"
#include "zc-session-menu.h"
#include "zc-stage-text.h"
#include "zc-trouble-page.h"

struct _ZcProgressPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
  ZcDossier *dossier; /* (nullable) until loaded */
  char *id;

  GtkStack *stack;
  GtkLabel *title;
  GtkLabel *target;
  ZcProgressBar *bar;
  GtkListBox *history;
  ZcTroublePage *trouble;
};

G_DEFINE_FINAL_TYPE (ZcProgressPage, zc_progress_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_trouble (ZcProgressPage *self, const GError *error)
{
  zc_trouble_page_explain (self->trouble, error);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

/* The last event is the news: it comes first. */
static void
show_history (ZcProgressPage *self, GListModel *history)
{
  gtk_list_box_remove_all (self->history);
  for (guint i = g_list_model_get_n_items (history); i > 0; i--)
    {
      g_autoptr (ZcHistoryItem) item = g_list_model_get_item (history, i - 1);
      gtk_list_box_append (self->history, zc_history_row_new (item));
      gtk_list_box_row_set_activatable (
          gtk_list_box_get_row_at_index (self->history,
                                         (int)(g_list_model_get_n_items (history) - i)),
          FALSE);
    }
}

void
zc_progress_page_show (ZcProgressPage *self,
                       ZcDossier *dossier,
                       GListModel *history,
                       GListModel *stages)
{
  g_autofree char *target
      = g_strdup_printf ("%s · %s", zc_dossier_get_sought (dossier), zc_dossier_get_way (dossier));
  gtk_label_set_label (self->title, zc_dossier_get_title (dossier));
  gtk_label_set_label (self->target, target);
  zc_progress_bar_show (
      self->bar, stages,
      zc_status_text (zc_dossier_get_stage (dossier), zc_dossier_get_state (dossier)));
  show_history (self, history);
  gtk_stack_set_visible_child_name (self->stack, "progress");
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcProgressPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) stages = NULL;
  g_autoptr (GListModel) history
      = zc_client_get_history_finish (ZC_CLIENT (source), result, &stages, &error);
  if (history != NULL)
    zc_progress_page_show (self, self->dossier, history, stages);
  else
    show_trouble (self, error);
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcProgressPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier
      = zc_session_load_dossier_finish (ZC_SESSION (source), result, &error);
  if (dossier == NULL)
    {
      show_trouble (self, error);
      return;
    }
  g_set_object (&self->dossier, dossier);
  zc_client_get_history_async (zc_session_get_client (self->session), self->id, NULL, history_cb,
                               g_object_ref (self));
}

static void
load (ZcProgressPage *self)
{
  zc_session_load_dossier_async (self->session, self->id, dossier_cb, g_object_ref (self));
}

static void
changed_cb (ZcProgressPage *self, ZcDossier *dossier)
{
  if (g_strcmp0 (zc_dossier_get_id (dossier), self->id) != 0 || self->dossier == NULL
      || zc_dossier_get_version (dossier) <= zc_dossier_get_version (self->dossier))
    return;
  load (self);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (ZC_PROGRESS_PAGE (widget)->stack, "loading");
  load (ZC_PROGRESS_PAGE (widget));
}

static void
zc_progress_page_dispose (GObject *object)
{
  ZcProgressPage *self = ZC_PROGRESS_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_PROGRESS_PAGE);
  g_clear_object (&self->dossier);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_progress_page_parent_class)->dispose (object);
}

static void
zc_progress_page_finalize (GObject *object)
{
  g_free (ZC_PROGRESS_PAGE (object)->id);
  G_OBJECT_CLASS (zc_progress_page_parent_class)->finalize (object);
}

static void
zc_progress_page_class_init (ZcProgressPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_progress_page_dispose;
  object_class->finalize = zc_progress_page_finalize;
  g_type_ensure (ZC_TYPE_PROGRESS_BAR);
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-progress-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcProgressPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressPage, target);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressPage, bar);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressPage, history);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressPage, trouble);
  gtk_widget_class_install_action (widget_class, "progress.retry", NULL, retry_cb);
}

static void
zc_progress_page_init (ZcProgressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
zc_progress_page_new (ZcSession *session, const char *dossier)
{
  g_autofree char *tag = g_strconcat ("progress:", dossier, NULL);
  ZcProgressPage *self = g_object_new (ZC_TYPE_PROGRESS_PAGE, "tag", tag, NULL);
  self->session = g_object_ref (session);
  self->id = g_strdup (dossier);
  g_signal_connect_object (session, "dossier-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
