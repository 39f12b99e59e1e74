/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-problem-list.h"
#include "zc-refusal-text.h"
#include "zc-submit-dialog.h"
#include "zc-why-button.h"

#define UNPROCESSABLE 422 /* RFC 9110, 15.5.21 */

/* The check here saves a way to the server; the server checks the whole dossier again and has the word. */
struct _ZcSubmitDialog
{
  AdwDialog parent_instance;

  ZcDraft *draft;
  ZcSession *session; /* (nullable): tests */
  ZcAction *action; /* (nullable): the decision under way, kept for another try of the same one */
  GCancellable *cancellable;

  GtkStack *stack;
  GtkLabel *missing_title;
  ZcProblemList *problems;
  GtkBox *advice_box;
  GtkLabel *advice_title;
  ZcProblemList *advice;
  GtkButton *go_on;
  GtkScrolledWindow *scroller;
  GtkLabel *instructions;
  AdwStatusPage *error;
  ZcWhyButton *why;
  GtkButton *again;
  GtkBox *agree_bar;
  GtkLabel *agree_hint;
  GtkButton *agree;

  guint read : 1; /* the instructions were seen to their end */
};

G_DEFINE_FINAL_TYPE (ZcSubmitDialog, zc_submit_dialog, ADW_TYPE_DIALOG)

enum
{
  CHOSEN,
  SUBMITTED,
  SETTLE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
show_page (ZcSubmitDialog *self,
           const char *name)
{
  gboolean sending = g_str_equal (name, "sending");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->agree_bar), g_str_equal (name, "instructions"));
  adw_dialog_set_can_close (ADW_DIALOG (self), !sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "submit.send", self->read && !sending);
}

static void
show_missing (ZcSubmitDialog *self,
              GPtrArray *problems)
{
  g_autofree char *title = NULL;
  g_autofree char *advice_title = NULL;
  guint n, n_advice;

  zc_problem_list_set_problems (self->problems, self->draft, problems, FALSE);
  zc_problem_list_set_advice (self->advice, self->draft, problems);
  n = zc_problem_list_get_n (self->problems);
  n_advice = zc_problem_list_get_n (self->advice);
  title = n > 0 ? g_strdup_printf (_ ("%u items to complete before submitting"), n)
                : g_strdup (_ ("Everything required is there"));
  advice_title = g_strdup_printf (_ ("%u recommendations; they keep you from nothing"), n_advice);
  gtk_label_set_label (self->missing_title, title);
  gtk_label_set_label (self->advice_title, advice_title);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->advice_box), n_advice > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->go_on), n == 0);
  show_page (self, "missing");
}

/* What was refused for what it says is refused again as long as it says that. */
static void
offer_way_out (ZcSubmitDialog *self,
               const GError *error)
{
  gboolean mend = error->domain == ZC_REFUSAL_ERROR && zc_refusal_status (error->code) == UNPROCESSABLE;

  gtk_button_set_label (self->again, mend ? _ ("Back to the Form") : _ ("Try again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), mend ? "submit.back" : "submit.send");
}

static void
show_error (ZcSubmitDialog *self,
            const GError *error)
{
  GPtrArray *problems
      = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_problems (error) : NULL;
  ZcDossier *dossier = zc_draft_get_dossier (self->draft);
  g_autofree char *who = zc_refusal_dup_who (error, zc_why_find_name (dossier, zc_why_code (error)));
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_INCOMPLETE) && problems != NULL
      && problems->len > 0)
    {
      show_missing (self, problems);
      return;
    }
  text = g_strdup_printf ("%s\n%s", zc_refusal_next (error), who != NULL ? who : "");
  adw_status_page_set_title (self->error, zc_refusal_what (error));
  adw_status_page_set_description (self->error, g_strchomp (text));
  zc_why_button_set_dossier (self->why, dossier);
  zc_why_button_explain (self->why, error);
  offer_way_out (self, error);
  show_page (self, "error");
}

static void
performed_cb (GObject *source,
              GAsyncResult *result,
              gpointer data)
{
  g_autoptr (ZcSubmitDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_perform_finish (ZC_SESSION (source), result, &error);

  /* only a try whose answer is unknown is the same decision again */
  if (!g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE))
    g_clear_object (&self->action);
  if (dossier == NULL)
    {
      show_error (self, error);
      return;
    }
  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SUBMITTED], 0, dossier);
}

static void
perform (ZcSubmitDialog *self)
{
  zc_session_perform_async (self->session, self->action, performed_cb, g_object_ref (self));
}

static void
prepared_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (ZcSubmitDialog) self = data;
  g_autoptr (GError) error = NULL;

  self->action = zc_draft_prepare_submit_finish (ZC_DRAFT (source), result, &error);
  if (self->action != NULL)
    perform (self);
  else
    show_error (self, error);
}

static void
send_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcSubmitDialog *self = ZC_SUBMIT_DIALOG (widget);

  show_page (self, "sending");
  if (self->action != NULL)
    perform (self);
  else
    zc_draft_prepare_submit_async (self->draft, self->cancellable, prepared_cb,
                                   g_object_ref (self));
}

static void
go_on_cb (GtkWidget *widget,
          const char *name,
          GVariant *parameter)
{
  ZcSubmitDialog *self = ZC_SUBMIT_DIALOG (widget);

  show_page (self, "instructions");
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
}

static void
chosen_cb (ZcSubmitDialog *self,
           const char *section,
           const char *entry,
           const char *field)
{
  g_autofree char *section_copy = g_strdup (section); /* the list is gone with the dialog */
  g_autofree char *entry_copy = g_strdup (entry);
  g_autofree char *field_copy = g_strdup (field);
  g_autoptr (ZcSubmitDialog) alive = g_object_ref (self);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[CHOSEN], 0, section_copy, entry_copy, field_copy);
}

/* Read to the end: the last line was on the screen once. */
static void
scrolled_cb (ZcSubmitDialog *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double bottom = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);

  if (self->read || gtk_adjustment_get_page_size (adjustment) <= 1
      || !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "instructions")
      || !gtk_widget_get_mapped (GTK_WIDGET (self->scroller))
      || bottom < gtk_adjustment_get_upper (adjustment) - 1)
    return;
  self->read = TRUE;
  gtk_label_set_label (self->agree_hint,
                       _ ("By submitting you promise that all of it is true and complete."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "submit.send", TRUE);
}

/* What stops the dossier now or would be better, else what must be read first. */
static void
begin (ZcSubmitDialog *self)
{
  g_autoptr (GPtrArray) problems = zc_draft_check (self->draft);

  if (zc_draft_get_n_conflicts (self->draft) > 0)
    show_page (self, "conflicts");
  else if (problems->len > 0)
    show_missing (self, problems);
  else
    show_page (self, "instructions");
}

static void
back_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* Two versions of something cannot both be submitted (P16). */
static void
settle_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  g_autoptr (ZcSubmitDialog) self = g_object_ref (ZC_SUBMIT_DIALOG (widget));

  adw_dialog_force_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[SETTLE], 0);
}

static void
zc_submit_dialog_dispose (GObject *object)
{
  ZcSubmitDialog *self = ZC_SUBMIT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SUBMIT_DIALOG);
  g_clear_object (&self->action);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_submit_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-submit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, why);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, missing_title);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, problems);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, advice_box);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, advice_title);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, advice);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, go_on);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, instructions);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, error);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, again);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, agree_bar);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, agree_hint);
  gtk_widget_class_bind_template_child (widget_class, ZcSubmitDialog, agree);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
zc_submit_dialog_class_init (ZcSubmitDialogClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_submit_dialog_dispose;
  g_type_ensure (ZC_TYPE_PROBLEM_LIST);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SUBMITTED] = g_signal_new ("submitted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, ZC_TYPE_DOSSIER);
  signals[SETTLE] = g_signal_new ("settle", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "submit.settle", NULL, settle_cb);
  gtk_widget_class_install_action (widget_class, "submit.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "submit.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "submit.go-on", NULL, go_on_cb);
}

static void
follow_scrolling (ZcSubmitDialog *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroller, "map", G_CALLBACK (scrolled_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
zc_submit_dialog_init (ZcSubmitDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  follow_scrolling (self);
}

/**
 * zc_submit_dialog_new:
 * @session: (nullable): performs the act
 */
AdwDialog *
zc_submit_dialog_new (ZcDraft *draft,
                      ZcSession *session)
{
  ZcSubmitDialog *self = g_object_new (ZC_TYPE_SUBMIT_DIALOG, NULL);
  const char *instructions = zc_business_get_instructions (zc_draft_get_business (draft));

  self->draft = g_object_ref (draft);
  self->session = session != NULL ? g_object_ref (session) : NULL;
  gtk_label_set_label (self->instructions, instructions != NULL ? instructions : "");
  gtk_label_set_label (self->agree_hint, _ ("Please read the instructions to their end."));
  begin (self);
  return ADW_DIALOG (self);
}

/**
 * zc_submit_dialog_get_page:
 *
 * Returns: (transfer none): "conflicts", "missing", "instructions", "sending" or "error"
 */
const char *
zc_submit_dialog_get_page (ZcSubmitDialog *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}
