/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-fit-dialog.h"
#include "zc-image-text.h"
#include "zc-problem-text.h"
#include "zc-thumbnail.h"

/* Only the image that is looked at is made to fit for the preview; pressing the button does the rest,
 * and need not wait for it. */
#define PREVIEW_EDGE 720

struct _ZcFitDialog
{
  AdwDialog parent_instance;

  ZcIntake *intake;
  ZcImagePool *pool;
  const ZcField *field;
  GPtrArray *files;     /* ZcIntakeFile, borrowed of the intake */
  GHashTable *unwanted; /* of ZcIntakeFile */
  GCancellable *cancellable;
  guint index;

  GtkButton *accept;
  GtkLabel *why;
  GtkBox *pictures;
  GtkPicture *before;
  GtkLabel *before_facts;
  GtkStack *after_stack;
  GtkPicture *after;
  GtkLabel *after_facts;
  GtkBox *many;
  GtkLabel *position;
  GtkCheckButton *wanted;

  guint decided : 1;
};

G_DEFINE_FINAL_TYPE (ZcFitDialog, zc_fit_dialog, ADW_TYPE_DIALOG)

static ZcIntakeFile *
get_file (ZcFitDialog *self)
{
  return g_ptr_array_index (self->files, self->index);
}

static char *
dup_facts (const ZcImageFacts *facts)
{
  return zc_image_facts_dup_text (facts->width, facts->height, facts->bytes);
}

/* What was done to it, in the order in which it is done. */
static char *
dup_after_facts (const ZcReadyImage *image)
{
  g_autofree char *facts = dup_facts (&image->after);
  GString *text = g_string_new (facts);

  if (image->was_turned)
    g_string_append (text, _ (", turned upright"));
  if (image->after.width * image->after.height < image->before.width * image->before.height)
    g_string_append (text, _ (", made smaller"));
  if (image->after.quality > 0)
    g_string_append_printf (text, _ (", quality %d"), image->after.quality);
  return g_string_free (text, FALSE);
}

static void
before_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (ZcFitDialog) self = data;
  g_autoptr (GdkTexture) texture = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, NULL);

  if (texture != NULL)
    gtk_picture_set_paintable (self->before, GDK_PAINTABLE (texture));
}

static void
after_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (ZcFitDialog) self = data;
  g_autoptr (GdkTexture) texture = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, NULL);

  if (texture == NULL)
    return;
  gtk_picture_set_paintable (self->after, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (self->after_stack, "image");
}

static void
show_fitted (ZcFitDialog *self)
{
  ZcReadyImage *fitted = get_file (self)->fitted;
  g_autofree char *text = NULL;

  if (fitted->data == NULL)
    {
      ZcProblem problem = { .code = fitted->problem, .limit = fitted->limit };

      text = zc_problem_dup_text (&problem, self->field);
    }
  else
    {
      text = dup_after_facts (fitted);
      zc_thumbnail_load_async (self->pool, NULL, fitted->data, PREVIEW_EDGE, self->cancellable,
                               after_cb, g_object_ref (self));
    }
  gtk_label_set_label (self->after_facts, text);
}

static void
fitted_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (ZcFitDialog) self = data;
  ZcReadyImage *fitted = zc_image_fit_finish (ZC_IMAGE_POOL (source), result, NULL);

  if (fitted == NULL) /* cancelled: another image is looked at, or it was decided already */
    return;
  if (self->decided)
    {
      zc_ready_image_free (fitted);
      return;
    }
  get_file (self)->fitted = fitted;
  show_fitted (self);
}

static void
load (ZcFitDialog *self)
{
  ZcIntakeFile *file = get_file (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_picture_set_paintable (self->before, NULL);
  gtk_stack_set_visible_child_name (self->after_stack, "loading");
  gtk_label_set_label (self->after_facts, _ ("Being made to fit …"));
  zc_thumbnail_load_async (self->pool, file->file, NULL, PREVIEW_EDGE, self->cancellable, before_cb,
                           g_object_ref (self));
  if (file->fitted != NULL)
    show_fitted (self);
  else
    zc_image_fit_async (self->pool, file->file, NULL, &self->field->images, self->cancellable,
                        fitted_cb, g_object_ref (self));
}

static void
update_accept (ZcFitDialog *self)
{
  guint n = self->files->len - g_hash_table_size (self->unwanted);
  g_autofree char *label = self->files->len == 1
                               ? g_strdup (_ ("Use the fitted image"))
                               : g_strdup_printf (_ ("Use all that are fitted (%u)"), n);

  gtk_button_set_label (self->accept, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fit.accept", n > 0);
}

static void
show_file (ZcFitDialog *self)
{
  ZcIntakeFile *file = get_file (self);
  ZcProblem problem = { .code = file->ready->problem, .limit = file->ready->limit };
  g_autofree char *what = problem.code == ZC_PROBLEM_NOT_JPEG
                              ? g_strdup (_ ("The content is not a JPEG; it can be turned into one"))
                              : zc_problem_dup_text (&problem, self->field);
  g_autofree char *why = g_strdup_printf (_ ("“%s”: %s."), file->name, what);
  g_autofree char *facts = dup_facts (&file->ready->before);
  g_autofree char *position = g_strdup_printf ("%u / %u", self->index + 1, self->files->len);

  gtk_label_set_label (self->why, why);
  gtk_label_set_label (self->before_facts, facts);
  gtk_label_set_label (self->position, position);
  gtk_check_button_set_active (self->wanted, !g_hash_table_contains (self->unwanted, file));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fit.previous", self->index > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "fit.next",
                                 self->index + 1 < self->files->len);
  load (self);
}

static void
wanted_cb (ZcFitDialog *self)
{
  if (gtk_check_button_get_active (self->wanted))
    g_hash_table_remove (self->unwanted, get_file (self));
  else
    g_hash_table_add (self->unwanted, get_file (self));
  update_accept (self);
}

static void
step_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcFitDialog *self = ZC_FIT_DIALOG (widget);

  self->index += g_str_equal (name, "fit.next") ? 1 : -1;
  show_file (self);
}

static void
decide (ZcFitDialog *self,
        gboolean take)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  if (self->decided)
    return;
  self->decided = TRUE;
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; take && i < self->files->len; i++)
    if (!g_hash_table_contains (self->unwanted, g_ptr_array_index (self->files, i)))
      g_ptr_array_add (wanted, g_ptr_array_index (self->files, i));
  zc_intake_decide (self->intake, wanted);
}

static void
accept_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  decide (ZC_FIT_DIALOG (widget), TRUE);
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
cancel_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* Closing it by any way but the button leaves the images out. */
static void
zc_fit_dialog_closed (AdwDialog *dialog)
{
  decide (ZC_FIT_DIALOG (dialog), FALSE);
}

static void
zc_fit_dialog_dispose (GObject *object)
{
  ZcFitDialog *self = ZC_FIT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_FIT_DIALOG);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->unwanted, g_hash_table_unref);
  g_clear_object (&self->intake);
  g_clear_object (&self->pool);
  G_OBJECT_CLASS (zc_fit_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-fit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, why);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, pictures);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, before);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, before_facts);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, after_stack);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, after);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, after_facts);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, many);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, position);
  gtk_widget_class_bind_template_child (widget_class, ZcFitDialog, wanted);
  gtk_widget_class_bind_template_callback (widget_class, wanted_cb);
}

static void
zc_fit_dialog_class_init (ZcFitDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_fit_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = zc_fit_dialog_closed;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "fit.accept", NULL, accept_cb);
  gtk_widget_class_install_action (widget_class, "fit.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "fit.previous", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "fit.next", NULL, step_cb);
}

static void
zc_fit_dialog_init (ZcFitDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->unwanted = g_hash_table_new (NULL, NULL);
}

/**
 * zc_fit_dialog_new:
 * @intake: whose misfits are asked about; it is told the person's word
 * @pool: decodes and encodes
 * @field: whose limits they break
 */
AdwDialog *
zc_fit_dialog_new (ZcIntake *intake,
                   ZcImagePool *pool,
                   const ZcField *field)
{
  ZcFitDialog *self = g_object_new (ZC_TYPE_FIT_DIALOG, NULL);

  self->intake = g_object_ref (intake);
  self->pool = g_object_ref (pool);
  self->field = field;
  self->files = zc_intake_get_misfits (intake);
  gtk_widget_set_visible (GTK_WIDGET (self->many), self->files->len > 1);
  update_accept (self);
  show_file (self);
  return ADW_DIALOG (self);
}

void
zc_fit_dialog_present (GtkWidget *parent,
                       ZcIntake *intake,
                       ZcImagePool *pool,
                       const ZcField *field)
{
  adw_dialog_present (zc_fit_dialog_new (intake, pool, field), parent);
}
