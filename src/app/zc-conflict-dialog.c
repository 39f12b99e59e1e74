/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-conflict-dialog.h"
#include "zc-conflict-row.h"
#include "zc-refusal-text.h"
#include "zc-toast.h"

struct _ZcConflictDialog
{
  AdwDialog parent_instance;

  ZcDraft *draft;
  ZcImagePool *pool;
  GListModel *conflicts; /* ZcConflict */

  GtkBox *rows;
  GtkLabel *problem;
  GtkLabel *count;

  guint settling : 1;
};

G_DEFINE_FINAL_TYPE (ZcConflictDialog, zc_conflict_dialog, ADW_TYPE_DIALOG)

static guint
count_chosen (ZcConflictDialog *self)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->conflicts); i++)
    {
      g_autoptr (ZcConflict) conflict = g_list_model_get_item (self->conflicts, i);

      count += zc_conflict_get_choice (conflict) != ZC_SIDE_NONE;
    }
  return count;
}

static void
update (ZcConflictDialog *self)
{
  guint n = g_list_model_get_n_items (self->conflicts), chosen = count_chosen (self);
  g_autofree char *text = g_strdup_printf (_ ("%u of %u chosen"), chosen, n);

  gtk_label_set_label (self->count, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conflict.finish", chosen > 0 && !self->settling);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conflict.undo", chosen > 0 && !self->settling);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conflict.choose-all", n > 0 && !self->settling);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), !self->settling);
}

static void
fill (ZcConflictDialog *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
  g_clear_object (&self->conflicts);
  self->conflicts = zc_draft_list_conflicts (self->draft);
  for (guint i = 0; i < g_list_model_get_n_items (self->conflicts); i++)
    {
      g_autoptr (ZcConflict) conflict = g_list_model_get_item (self->conflicts, i);

      gtk_box_append (self->rows, zc_conflict_row_new (self->draft, self->pool, conflict));
      g_signal_connect_object (conflict, "notify::choice", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
choose_all (ZcConflictDialog *self,
            ZcSide choice)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->conflicts); i++)
    {
      g_autoptr (ZcConflict) conflict = g_list_model_get_item (self->conflicts, i);

      zc_conflict_set_choice (conflict, choice);
    }
}

static void
choose_all_cb (GtkWidget *widget,
               const char *name,
               GVariant *parameter)
{
  choose_all (ZC_CONFLICT_DIALOG (widget),
              g_str_equal (g_variant_get_string (parameter, NULL), "mine") ? ZC_SIDE_MINE
                                                                           : ZC_SIDE_THEIRS);
}

static void
undo_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  choose_all (ZC_CONFLICT_DIALOG (widget), ZC_SIDE_NONE);
}

static void
show_problem (ZcConflictDialog *self,
              const GError *error)
{
  g_autofree char *text = error != NULL ? zc_refusal_dup_text (error) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* What was not chosen stays to be chosen from, here or later. */
static void
settled_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (ZcConflictDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean settled = zc_draft_settle_finish (ZC_DRAFT (source), result, &error);

  self->settling = FALSE;
  if (self->draft == NULL)
    return;
  show_problem (self, error);
  fill (self);
  if (!settled || g_list_model_get_n_items (self->conflicts) > 0)
    return;
  zc_toast (GTK_WIDGET (self), _ ("What you chose is saved and is being sent"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
finish_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  ZcConflictDialog *self = ZC_CONFLICT_DIALOG (widget);

  self->settling = TRUE;
  update (self);
  zc_draft_settle_async (self->draft, self->conflicts, settled_cb, g_object_ref (self));
}

/* Another device wrote once more, or agreed, while the person looks: what is shown must be what is chosen from. */
static void
changed_cb (ZcConflictDialog *self)
{
  if (!self->settling)
    fill (self);
}

static void
zc_conflict_dialog_dispose (GObject *object)
{
  ZcConflictDialog *self = ZC_CONFLICT_DIALOG (object);

  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_CONFLICT_DIALOG);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->draft);
  g_clear_object (&self->pool);
  G_OBJECT_CLASS (zc_conflict_dialog_parent_class)->dispose (object);
}

static void
zc_conflict_dialog_class_init (ZcConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_conflict_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcConflictDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, ZcConflictDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, ZcConflictDialog, count);
  gtk_widget_class_install_action (widget_class, "conflict.choose-all", "s", choose_all_cb);
  gtk_widget_class_install_action (widget_class, "conflict.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "conflict.finish", NULL, finish_cb);
}

static void
zc_conflict_dialog_init (ZcConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_conflict_dialog_new:
 * @draft: an editable draft
 * @pool: decodes pictures
 */
AdwDialog *
zc_conflict_dialog_new (ZcDraft *draft,
                        ZcImagePool *pool)
{
  ZcConflictDialog *self = g_object_new (ZC_TYPE_CONFLICT_DIALOG, NULL);

  self->draft = g_object_ref (draft);
  self->pool = g_object_ref (pool);
  g_signal_connect_object (draft, "conflict", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::n-conflicts", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  fill (self);
  return ADW_DIALOG (self);
}
