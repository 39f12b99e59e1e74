/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-progress-step.h"

struct _ZcProgressStep
{
  GtkBox parent_instance;

  GtkWidget *before;
  GtkWidget *after;
  GtkWidget *circle;
  GtkImage *tick;
  GtkLabel *name;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (ZcProgressStep, zc_progress_step, GTK_TYPE_BOX)

static void
zc_progress_step_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_PROGRESS_STEP);
  G_OBJECT_CLASS (zc_progress_step_parent_class)->dispose (object);
}

static void
zc_progress_step_class_init (ZcProgressStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_progress_step_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-progress-step.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcProgressStep, before);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressStep, after);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressStep, circle);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressStep, tick);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressStep, name);
  gtk_widget_class_bind_template_child (widget_class, ZcProgressStep, status);
}

static void
zc_progress_step_init (ZcProgressStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
word_progress (ZcStageProgress progress)
{
  if (progress == ZC_STAGE_DONE)
    return _ ("done");
  return progress == ZC_STAGE_CURRENT ? _ ("now here") : _ ("still ahead");
}

GtkWidget *
zc_progress_step_new (const char *name, ZcStageProgress progress, const char *status)
{
  static const char *const classes[] = { [ZC_STAGE_DONE] = "done",
                                         [ZC_STAGE_CURRENT] = "current",
                                         [ZC_STAGE_AHEAD] = "ahead",
                                         [ZC_STAGE_SKIPPED] = "ahead" };
  ZcProgressStep *self = g_object_new (ZC_TYPE_PROGRESS_STEP, NULL);
  g_autofree char *label
      = g_strdup_printf (_ ("%s: %s"), name, status != NULL ? status : word_progress (progress));
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[progress]);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->status, status != NULL ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (self->tick),
                          progress == ZC_STAGE_DONE || progress == ZC_STAGE_CURRENT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

void
zc_progress_step_set_first (ZcProgressStep *self)
{
  gtk_widget_set_opacity (self->before, 0);
}

void
zc_progress_step_set_last (ZcProgressStep *self)
{
  gtk_widget_set_opacity (self->after, 0);
}
