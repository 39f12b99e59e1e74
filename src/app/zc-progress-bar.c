/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-progress-bar.h"
#include "zc-progress-step.h"
#include "zc-stage-text.h"

struct _ZcProgressBar
{
  AdwBin parent_instance;

  GtkWidget *current; /* (nullable): the step where it stands */
  char *status;

  GtkScrolledWindow *scroller;
  GtkBox *steps;
};

G_DEFINE_FINAL_TYPE (ZcProgressBar, zc_progress_bar, ADW_TYPE_BIN)

static void
clear_steps (ZcProgressBar *self)
{
  GtkWidget *child;
  self->current = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
}

/* On a narrow window the step where it stands is scrolled to. */
static void
reveal_current (ZcProgressBar *self)
{
  graphene_rect_t bounds;
  if (self->current == NULL
      || !gtk_widget_compute_bounds (self->current, GTK_WIDGET (self->steps), &bounds))
    return;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  gtk_adjustment_clamp_page (adjustment, bounds.origin.x, bounds.origin.x + bounds.size.width);
}

static void
zc_progress_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (zc_progress_bar_parent_class)->size_allocate (widget, width, height, baseline);
  reveal_current (ZC_PROGRESS_BAR (widget));
}

static void
zc_progress_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_PROGRESS_BAR);
  G_OBJECT_CLASS (zc_progress_bar_parent_class)->dispose (object);
}

static void
zc_progress_bar_finalize (GObject *object)
{
  g_free (ZC_PROGRESS_BAR (object)->status);
  G_OBJECT_CLASS (zc_progress_bar_parent_class)->finalize (object);
}

static void
zc_progress_bar_class_init (ZcProgressBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_progress_bar_dispose;
  object_class->finalize = zc_progress_bar_finalize;
  widget_class->size_allocate = zc_progress_bar_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-progress-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcProgressBar, scroller);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressBar, steps);
}

static void
zc_progress_bar_init (ZcProgressBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A stage that did not take part is left out: the bar shows the way this dossier goes. */
static GtkWidget *
add_step (ZcProgressBar *self, ZcStageStatus *stage, const char *status)
{
  ZcStageProgress progress = zc_stage_status_get_progress (stage);
  GtkWidget *step = zc_progress_step_new (zc_stage_text (zc_stage_status_get_stage (stage)),
                                          progress, progress == ZC_STAGE_CURRENT ? status : NULL);
  gtk_box_append (self->steps, step);
  if (progress == ZC_STAGE_CURRENT)
    self->current = step;
  return step;
}

void
zc_progress_bar_show (ZcProgressBar *self, GListModel *stages, const char *status)
{
  GtkWidget *last = NULL;
  clear_steps (self);
  g_set_str (&self->status, status);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (ZcStageStatus) stage = g_list_model_get_item (stages, i);
      if (zc_stage_status_get_progress (stage) == ZC_STAGE_SKIPPED)
        continue;
      GtkWidget *step = add_step (self, stage, status);
      if (last == NULL)
        zc_progress_step_set_first (ZC_PROGRESS_STEP (step));
      last = step;
    }
  if (last != NULL)
    zc_progress_step_set_last (ZC_PROGRESS_STEP (last));
  g_autofree char *label = g_strdup_printf (_ ("Progress: %s"), status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

const char *
zc_progress_bar_get_status (ZcProgressBar *self)
{
  return self->status;
}
