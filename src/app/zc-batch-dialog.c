/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-batch-dialog.h"
#include "zc-refusal-text.h"
#include "zc-sync-text.h"
#include "zc-workflow.h"
#include "zc-why-button.h"

/* Preview, progress and result of one act on several applications. The batch runs by itself: this shows it. */
struct _ZcBatchDialog
{
  AdwDialog parent_instance;

  ZcSession      *session;
  ZcBatch        *batch;
  GListStore     *results; /* ZcBatchItem: what was not done first */
  ZcNotebook     *notebook; /* (nullable): where what is written is kept */
  GListModel     *people;  /* (nullable): ZcCatalogItem: who can be asked, once the server has told */

  GtkStack       *stack;
  GtkLabel       *intro;
  GtkWidget      *person_box;
  AdwComboRow    *person;
  GtkWidget      *opinion_box;
  GtkLabel       *opinion_title;
  GtkLabel       *recovered;
  GtkTextView    *opinion;
  GtkLabel       *reason;
  ZcWhyButton    *why;   /* beside it */
  GtkButton      *confirm;
  GtkLabel       *summary;
  GtkProgressBar *bar;
  GtkNoSelection *preview;
  GtkSingleSelection *outcome;
  GtkWidget      *list;
};

G_DEFINE_FINAL_TYPE (ZcBatchDialog, zc_batch_dialog, ADW_TYPE_DIALOG)

typedef struct
{
  ZcAct       act;
  const char *title;
  const char *intro;   /* with the number */
  const char *opinion; /* (nullable): none is asked for */
} Words;

static const Words words[] = {
  { ZC_ACT_ACCEPT, N_("Accept Several"), N_("%u applications will be accepted. You will hold them: only you can decide then."), NULL },
  { ZC_ACT_RELEASE, N_("Release Several"), N_("%u applications will be released. Any colleague can accept them then."), NULL },
  { ZC_ACT_ASSIGN, N_("Assign Several"), N_("%u applications will be assigned. Who is asked finds them marked; colleagues can still accept them."), NULL },
  { ZC_ACT_APPROVE, N_("Approve Several"), N_("%u applications will be approved and sent to the next stage."), N_("Opinion (optional)") },
  { ZC_ACT_RETURN, N_("Return Several"), N_("%u applications will be returned to their applicants, all with the same reason."),
    N_("Why they are returned") },
};

static const Words *
find_words (ZcAct act)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].act == act)
      return &words[i];
  g_return_val_if_reached (&words[0]);
}

/* A number put into words that come from the table above. (transfer full) */
static char *
dup_count (const char *format, guint n)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, n);
#pragma GCC diagnostic pop
}

/* --- what rows say --- */

/* error: a #GError, boxed */
static char *
dup_outcome_closure (gpointer object, int outcome, const GError *error)
{
  g_autofree char *why = NULL;

  switch ((ZcOutcome) outcome)
    {
    case ZC_OUTCOME_DONE:
      return g_strdup (_("Handled"));
    case ZC_OUTCOME_CHANGED:
      return g_strdup (_("Not done: it was changed meanwhile. Please look at it again."));
    case ZC_OUTCOME_REFUSED:
      why = zc_refusal_dup_text (error);
      return g_strdup_printf (_("Not done: %s"), why);
    case ZC_OUTCOME_NONE:
    default:
      return g_strdup (_("Not sent"));
    }
}

static char *
dup_row_closure (gpointer object, const char *name, const char *title)
{
  return g_strdup_printf ("%s, %s", name != NULL ? name : "", title != NULL ? title : "");
}

/* --- preview --- */

static gboolean
asks_for_person (ZcBatchDialog *self)
{
  return zc_batch_get_act (self->batch) == ZC_ACT_ASSIGN;
}

/* The id of who is chosen; NULL: nobody yet: the first row is none. (transfer full) */
static char *
dup_person (ZcBatchDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->person);
  g_autoptr (ZcCatalogItem) person = NULL;

  if (self->people == NULL || selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  person = g_list_model_get_item (self->people, selected - 1);
  return person != NULL ? g_strdup (zc_catalog_item_get_id (person)) : NULL;
}

/* What was written, without space around it. (transfer full) */
static char *
dup_opinion (ZcBatchDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->opinion);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* Why it cannot be sent yet always stands beside the button. */
static void
typed_cb (ZcBatchDialog *self)
{
  g_autofree char *opinion = dup_opinion (self);
  g_autofree char *person = NULL;
  const char *fault = "";

  if (self->batch == NULL)
    return;
  if (self->notebook != NULL)
    zc_notebook_set_opinion (self->notebook, zc_batch_get_act (self->batch), opinion);
  person = dup_person (self);
  if (asks_for_person (self) && person == NULL)
    fault = _("Please choose the responsible person first.");
  else if (*opinion == '\0' && zc_workflow_opinion_required (zc_batch_get_act (self->batch)))
    fault = _("Please write the reason first; the applicant will read it.");
  else if (g_utf8_strlen (opinion, -1) > ZC_OPINION_MAX_CHARACTERS)
    fault = _("That is too long; please shorten it.");
  gtk_label_set_label (self->reason, fault);
  zc_why_button_explain (self->why, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "batch.confirm", *fault == '\0');
}

static void
say_words (ZcBatchDialog *self, guint left_out)
{
  const Words *chosen = find_words (zc_batch_get_act (self->batch));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->batch));
  g_autofree char *what = dup_count (_(chosen->intro), n);
  g_autofree char *rest = dup_count (_("Of those chosen, %u are left out: this cannot be done with them now."), left_out);
  g_autofree char *both = left_out > 0 ? g_strconcat (what, "\n", rest, NULL) : g_strdup (what);

  adw_dialog_set_title (ADW_DIALOG (self), _(chosen->title));
  gtk_label_set_label (self->intro, both);
  gtk_button_set_label (self->confirm, _(chosen->title));
  gtk_widget_set_visible (self->opinion_box, chosen->opinion != NULL);
  if (chosen->opinion != NULL)
    gtk_label_set_label (self->opinion_title, _(chosen->opinion));
}

/* Nobody is proposed: whoever assigns chooses. */
static void
offer_people (ZcBatchDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *[]) { _("Please choose"), NULL });

  for (guint i = 0; i < g_list_model_get_n_items (self->people); i++)
    {
      g_autoptr (ZcCatalogItem) item = g_list_model_get_item (self->people, i);

      gtk_string_list_append (names, zc_catalog_item_get_name (item));
    }
  adw_combo_row_set_model (self->person, G_LIST_MODEL (names));
  typed_cb (self);
}

static void
people_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcBatchDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = zc_client_get_catalog_finish (ZC_CLIENT (source), result, &error);

  if (self->person == NULL)
    return;
  if (people == NULL)
    {
      g_autofree char *why = zc_refusal_dup_text (error);

      gtk_label_set_label (self->reason, why);
      zc_why_button_explain (self->why, error);
      return;
    }
  self->people = g_steal_pointer (&people);
  offer_people (self);
}

static void
ask_for_people (ZcBatchDialog *self)
{
  gtk_widget_set_visible (self->person_box, TRUE);
  zc_client_get_catalog_async (zc_session_get_client (self->session), "colleagues", NULL, NULL, NULL, NULL, NULL, people_cb,
                               g_object_ref (self));
}

/* --- progress --- */

static void
answered_cb (ZcBatchDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->batch));
  guint answered = zc_batch_get_answered (self->batch);
  g_autofree char *text = g_strdup_printf (_("%u of %u"), answered, n);

  gtk_progress_bar_set_fraction (self->bar, n > 0 ? (double) answered / n : 1);
  gtk_progress_bar_set_text (self->bar, text);
}

static void
append_results (ZcBatchDialog *self, gboolean done)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->batch)); i++)
    {
      g_autoptr (ZcBatchItem) item = g_list_model_get_item (G_LIST_MODEL (self->batch), i);

      if ((zc_batch_item_get_outcome (item) == ZC_OUTCOME_DONE) == done)
        g_list_store_append (self->results, item);
    }
}

static void
running_cb (ZcBatchDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->batch)), done = zc_batch_get_done (self->batch);
  g_autofree char *text = NULL;

  if (zc_batch_get_running (self->batch))
    return;
  text = done == n ? dup_count (_("All %u were done."), n) : g_strdup_printf (_("%u were done, %u were not."), done, n - done);
  gtk_label_set_label (self->summary, text);
  append_results (self, FALSE);
  append_results (self, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "results");
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_widget_grab_focus (self->list); /* the button that was pressed is gone */
  zc_session_reload (self->session);
}

/* --- what the person does --- */

static void
confirm_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcBatchDialog *self = ZC_BATCH_DIALOG (widget);
  g_autofree char *opinion = dup_opinion (self);
  g_autofree char *person = dup_person (self);

  gtk_widget_action_set_enabled (widget, "batch.confirm", FALSE);
  gtk_stack_set_visible_child_name (self->stack, "running");
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  answered_cb (self);
  if (person != NULL)
    zc_batch_set_person (self->batch, person);
  zc_batch_run (self->batch, zc_session_get_client (self->session), *opinion != '\0' ? opinion : NULL);
}

static void
stop_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_batch_stop (ZC_BATCH_DIALOG (widget)->batch);
  gtk_widget_action_set_enabled (widget, "batch.stop", FALSE);
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcBatchDialog *self = ZC_BATCH_DIALOG (widget);
  g_autofree char *text = zc_batch_dialog_dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  zc_session_toast (self->session, _("Copied"));
}

static void
activate_cb (ZcBatchDialog *self, guint position)
{
  g_autoptr (ZcBatchItem) item = g_list_model_get_item (G_LIST_MODEL (self->results), position);

  if (item == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.review", "s", zc_batch_item_get_dossier (item));
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- the object --- */

static void
zc_batch_dialog_dispose (GObject *object)
{
  ZcBatchDialog *self = ZC_BATCH_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_BATCH_DIALOG);
  g_clear_object (&self->results);
  g_clear_object (&self->people);
  g_clear_object (&self->notebook);
  g_clear_object (&self->batch);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_batch_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-batch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, person_box);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, person);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, opinion_box);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, opinion_title);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, recovered);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, opinion);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, why);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, outcome);
  gtk_widget_class_bind_template_child (widget_class, ZcBatchDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, dup_outcome_closure);
  gtk_widget_class_bind_template_callback (widget_class, dup_row_closure);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
zc_batch_dialog_class_init (ZcBatchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_batch_dialog_dispose;
  g_type_ensure (ZC_TYPE_BATCH_ITEM);
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "batch.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "batch.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "batch.copy", NULL, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "batch.confirm", NULL);
}

static void
zc_batch_dialog_init (ZcBatchDialog *self)
{
  self->results = g_list_store_new (ZC_TYPE_BATCH_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_single_selection_set_model (self->outcome, G_LIST_MODEL (self->results));
}

/**
 * zc_batch_dialog_new:
 * @session: acts for a body
 * @batch: not run yet
 * @left_out: how many were chosen to whom the act is not open
 *
 * Returns: (transfer floating): present it over the page
 */
AdwDialog *
zc_batch_dialog_new (ZcSession *session, ZcBatch *batch, guint left_out)
{
  ZcBatchDialog *self = g_object_new (ZC_TYPE_BATCH_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->batch = g_object_ref (batch);
  gtk_no_selection_set_model (self->preview, G_LIST_MODEL (batch));
  g_signal_connect_object (batch, "notify::answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (batch, "notify::running", G_CALLBACK (running_cb), self, G_CONNECT_SWAPPED);
  say_words (self, left_out);
  typed_cb (self);
  if (asks_for_person (self))
    ask_for_people (self);
  return ADW_DIALOG (self);
}

/**
 * zc_batch_dialog_keep_in:
 * @notebook: what is written and not sent, for each act; its text is taken from there and kept there as it is typed (P1)
 *
 * The dialog may be closed to look something up, the program may end: what was written is there when it opens again, and when a
 * former run left it that is said (P2).
 */
void
zc_batch_dialog_keep_in (ZcBatchDialog *self, ZcNotebook *notebook)
{
  const char *opinion = zc_notebook_get_opinion (notebook, zc_batch_get_act (self->batch));
  ZcTime at = *opinion != '\0' ? zc_notebook_get_recovered_at (notebook) : 0;
  g_autofree char *text = at != 0 ? zc_recovered_dup_text (at) : g_strdup ("");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->opinion), opinion, -1);
  gtk_label_set_label (self->recovered, text);
  gtk_widget_set_visible (GTK_WIDGET (self->recovered), at != 0);
  g_set_object (&self->notebook, notebook);
}

/**
 * zc_batch_dialog_dup_text:
 *
 * Returns: (transfer full): the result for pasting elsewhere: name, application and outcome, a line each
 */
char *
zc_batch_dialog_dup_text (ZcBatchDialog *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->results)); i++)
    {
      g_autoptr (ZcBatchItem) item = g_list_model_get_item (G_LIST_MODEL (self->results), i);
      g_autofree char *outcome = dup_outcome_closure (NULL, (int) zc_batch_item_get_outcome (item), zc_batch_item_get_error (item));

      g_string_append_printf (text, "%s\t%s\t%s\n", zc_batch_item_get_name (item), zc_batch_item_get_title (item), outcome);
    }
  return g_string_free_and_steal (text);
}
