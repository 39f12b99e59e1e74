/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-opinion-dialog.h"

struct _ZcOpinionDialog
{
  AdwDialog parent_instance;

  GtkLabel    *text;
  GtkLabel    *label;
  GtkLabel    *mark;
  GtkTextView *opinion;
  GtkButton   *confirm;

  guint        required : 1;
};

G_DEFINE_FINAL_TYPE (ZcOpinionDialog, zc_opinion_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_DECIDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static char *
dup_opinion (ZcOpinionDialog *self)
{
  GtkTextIter start;
  GtkTextIter end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->opinion);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
changed_cb (ZcOpinionDialog *self)
{
  g_autofree char *opinion = dup_opinion (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "opinion.confirm", !self->required || *opinion != '\0');
}

static void
confirm_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcOpinionDialog *self = ZC_OPINION_DIALOG (widget);
  g_autofree char *opinion = dup_opinion (self);
  g_signal_emit (self, signals[SIGNAL_DECIDED], 0, opinion);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
zc_opinion_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_OPINION_DIALOG);
  G_OBJECT_CLASS (zc_opinion_dialog_parent_class)->dispose (object);
}

static void
zc_opinion_dialog_class_init (ZcOpinionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_opinion_dialog_dispose;
  signals[SIGNAL_DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-opinion-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, text);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, label);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, mark);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, opinion);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, confirm);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "opinion.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "opinion.cancel", NULL, cancel_cb);
}

static void
zc_opinion_dialog_init (ZcOpinionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

typedef struct
{
  const char *title;
  const char *text;
  const char *confirm;
  const char *style;
} Wording;

static Wording
word_act (ZcAct act)
{
  switch ((int) act)
    {
    case ZC_ACT_RETURN:
      return (Wording) { _("Return to the Applicant"), _("The applicant sees your opinion on top of the application, mends it and submits it again."), _("Return"), "destructive-action" };
    case ZC_ACT_RETURN_BACK:
      return (Wording) { _("Return One Stage"), _("The body before you sees your opinion and reviews the application again."), _("Return"), "destructive-action" };
    case ZC_ACT_REFUSE:
      return (Wording) { _("Refuse"), _("This ends the application. The applicant cannot submit it again this year."), _("Refuse"), "destructive-action" };
    default:
      return (Wording) { _("Approve"), _("The application is sent on to the next stage."), _("Approve"), "suggested-action" };
    }
}

AdwDialog *
zc_opinion_dialog_new (ZcAct act)
{
  ZcOpinionDialog *self = g_object_new (ZC_TYPE_OPINION_DIALOG, NULL);
  Wording wording = word_act (act);
  self->required = zc_workflow_opinion_required (act);
  adw_dialog_set_title (ADW_DIALOG (self), wording.title);
  gtk_label_set_label (self->text, wording.text);
  gtk_label_set_label (self->label, self->required ? _("Opinion") : _("Opinion (may be left empty)"));
  gtk_widget_set_visible (GTK_WIDGET (self->mark), self->required);
  gtk_button_set_label (self->confirm, wording.confirm);
  gtk_widget_add_css_class (GTK_WIDGET (self->confirm), wording.style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->opinion), GTK_ACCESSIBLE_PROPERTY_REQUIRED, self->required, -1);
  changed_cb (self);
  return ADW_DIALOG (self);
}
