/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-image-intake.h"
#include "zc-problem-text.h"
#include "zc-refusal-text.h"

typedef enum
{
  PREPARING, /* read, cleaned, turned upright, measured, in the pool */
  READY,     /* its turn to be put in comes */
  MISFIT,    /* could be made to fit; the person is asked */
  FITTING,
  ADDING,    /* on its way into the draft */
  DONE,
  REFUSED,   /* or not wanted as it would be made to fit; `why` says why */
} FileState;

typedef struct
{
  ZcIntakeFile public;
  char *why; /* (nullable) */
} IntakeFile;

struct _ZcIntake
{
  GObject parent_instance;

  ZcFieldPlace *place;
  const ZcField *field;
  GListModel *images; /* ZcDraftImage: what the field holds */
  GPtrArray *files;   /* IntakeFile, as chosen */
  char *replaces;     /* (nullable): the digest whose place the first file takes */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ZcIntake, zc_intake, G_TYPE_OBJECT)

enum
{
  CHANGED,
  MISFITS,
  FINISHED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Ties a running step to its file. */
typedef struct
{
  ZcIntake *intake;
  IntakeFile *file;
} Step;

static void advance (ZcIntake *self);

static Step *
new_step (ZcIntake *self,
          IntakeFile *file)
{
  Step *step = g_new (Step, 1);

  step->intake = g_object_ref (self);
  step->file = file;
  return step;
}

static void
free_step (Step *step)
{
  g_object_unref (step->intake);
  g_free (step);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, free_step)

static void
free_file (gpointer data)
{
  IntakeFile *file = data;

  g_clear_object (&file->public.file);
  g_free (file->public.name);
  g_clear_pointer (&file->public.ready, zc_ready_image_free);
  g_clear_pointer (&file->public.fitted, zc_ready_image_free);
  g_free (file->public.sha256);
  g_free (file->why);
  g_free (file);
}

static IntakeFile *
get_file (ZcIntake *self,
          guint index)
{
  return g_ptr_array_index (self->files, index);
}

static guint
count (ZcIntake *self,
       FileState state)
{
  guint n = 0;

  for (guint i = 0; i < self->files->len; i++)
    n += get_file (self, i)->public.state == (int) state;
  return n;
}

static void
refuse (ZcIntake *self,
        IntakeFile *file,
        ZcProblemCode code,
        gint64 limit)
{
  ZcProblem problem = { .code = code, .limit = limit };

  file->public.state = REFUSED;
  g_free (file->why);
  file->why = zc_problem_dup_text (&problem, self->field);
}

static void
refuse_for_error (IntakeFile *file,
                  const GError *error)
{
  file->public.state = REFUSED;
  g_free (file->why);
  if (error->domain == ZC_REFUSAL_ERROR)
    {
      GPtrArray *problems = zc_refusal_get_problems (error);

      if (problems != NULL && problems->len > 0)
        file->why = zc_problem_dup_text (g_ptr_array_index (problems, 0), NULL);
      else
        file->why = zc_refusal_dup_text (error);
    }
  else if (error->domain == G_IO_ERROR)
    file->why = g_strdup (_ ("The file cannot be read; please check that it is still there"));
  else
    file->why = zc_refusal_dup_text (error);
}

/* --- putting in ------------------------------------------------------------------------------------- */
static int
find_position (ZcIntake *self,
               const char *sha256)
{
  guint n = g_list_model_get_n_items (self->images);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (self->images, i);

      if (g_strcmp0 (zc_draft_image_get_sha256 (image), sha256) == 0)
        return (int) i;
    }
  return -1;
}

/* Behind the nearest file chosen before it that is in, else before the nearest after it; -1: at the end. */
static int
choose_position (ZcIntake *self,
                 IntakeFile *file)
{
  guint index = 0;

  g_ptr_array_find (self->files, file, &index);
  for (guint i = index; i > 0; i--)
    {
      int position = find_position (self, get_file (self, i - 1)->public.sha256);

      if (get_file (self, i - 1)->public.state == DONE && position >= 0)
        return position + 1;
    }
  for (guint i = index + 1; i < self->files->len; i++)
    if (get_file (self, i)->public.state == DONE)
      return find_position (self, get_file (self, i)->public.sha256);
  return -1;
}

static void
added_cb (GObject *source,
          GAsyncResult *result,
          gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;

  if (zc_draft_add_image_finish (ZC_DRAFT (source), result, &error))
    step->file->public.state = DONE;
  else
    refuse_for_error (step->file, error);
  g_clear_pointer (&step->file->public.ready, zc_ready_image_free);
  g_clear_pointer (&step->file->public.fitted, zc_ready_image_free);
  advance (step->intake);
}

static void
put_in (ZcIntake *self,
        IntakeFile *file)
{
  ZcReadyImage *image = file->public.fitted != NULL ? file->public.fitted : file->public.ready;
  g_autofree char *replaces = g_steal_pointer (&self->replaces);
  int position = replaces != NULL ? -1 : choose_position (self, file);

  file->public.state = ADDING;
  file->public.sha256 = g_strdup (image->sha256);
  zc_draft_add_image_async (self->place->draft, self->place->section, self->place->entry,
                            self->field->id, image->data, file->public.name, replaces, position,
                            added_cb, new_step (self, file));
}

/* --- preparing and making to fit ------------------------------------------------------------------------ */
static void
settle_prepared (ZcIntake *self,
                 IntakeFile *file)
{
  ZcReadyImage *ready = file->public.ready;

  if (ready->data != NULL)
    file->public.state = READY;
  else if (ready->can_be_made_to_fit)
    file->public.state = MISFIT;
  else
    refuse (self, file, ready->problem, ready->limit);
}

static void
prepared_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;

  step->file->public.ready = zc_image_prepare_finish (ZC_IMAGE_POOL (source), result, &error);
  if (step->file->public.ready != NULL)
    settle_prepared (step->intake, step->file);
  else
    refuse_for_error (step->file, error);
  advance (step->intake);
}

static void
settle_fitted (ZcIntake *self,
               IntakeFile *file)
{
  ZcReadyImage *fitted = file->public.fitted;

  if (fitted->data != NULL)
    file->public.state = READY;
  else
    refuse (self, file, fitted->problem, fitted->limit);
}

static void
fitted_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (Step) step = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&step->file->public.fitted, zc_ready_image_free);
  step->file->public.fitted = zc_image_fit_finish (ZC_IMAGE_POOL (source), result, &error);
  if (step->file->public.fitted != NULL)
    settle_fitted (step->intake, step->file);
  else
    refuse_for_error (step->file, error);
  advance (step->intake);
}

/* --- the order of things ----------------------------------------------------------------------------------- */
/* The next to put in: nothing that was chosen before it may still be on its way. */
static IntakeFile *
find_next (ZcIntake *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      IntakeFile *file = get_file (self, i);

      if (file->public.state == READY)
        return file;
      if (file->public.state == PREPARING || file->public.state == ADDING)
        return NULL;
    }
  return NULL;
}

/* Whoever is asked about an image must be able to have it: what exceeds the count is told before. */
static void
refuse_too_many (ZcIntake *self)
{
  guint present = g_list_model_get_n_items (self->images);
  guint room = self->field->images.max > present ? self->field->images.max - present : 0;

  if (self->replaces != NULL)
    room = 1;
  for (guint i = 0; i < self->files->len; i++)
    {
      IntakeFile *file = get_file (self, i);

      if (file->public.state != MISFIT)
        continue;
      if (room > 0)
        room--;
      else
        refuse (self, file, ZC_PROBLEM_TOO_MANY_IMAGES, self->field->images.max);
    }
}

static void
advance (ZcIntake *self)
{
  g_autoptr (ZcIntake) alive = g_object_ref (self);
  IntakeFile *next = count (self, ADDING) == 0 ? find_next (self) : NULL;

  if (next != NULL)
    put_in (self, next);
  if (count (self, PREPARING) + count (self, ADDING) + count (self, READY) + count (self, FITTING) > 0)
    {
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  refuse_too_many (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, count (self, MISFIT) > 0 ? signals[MISFITS] : signals[FINISHED], 0);
}

static void
zc_intake_dispose (GObject *object)
{
  ZcIntake *self = ZC_INTAKE (object);

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->images);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->place, zc_field_place_free);
  g_clear_pointer (&self->replaces, g_free);
  G_OBJECT_CLASS (zc_intake_parent_class)->dispose (object);
}

static void
zc_intake_class_init (ZcIntakeClass *klass)
{
  static const char *const names[N_SIGNALS] = { "changed", "misfits", "finished" };

  G_OBJECT_CLASS (klass)->dispose = zc_intake_dispose;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
}

static void
zc_intake_init (ZcIntake *self)
{
  self->files = g_ptr_array_new_with_free_func (free_file);
  self->cancellable = g_cancellable_new ();
}

/**
 * zc_intake_new:
 * @place: of the section or entry; copied
 * @field: of images
 * @files: of #GFile
 * @replaces: (nullable): digest of an image whose place the first file takes
 */
ZcIntake *
zc_intake_new (const ZcFieldPlace *place,
               const ZcField *field,
               GListModel *files,
               const char *replaces)
{
  ZcIntake *self = g_object_new (ZC_TYPE_INTAKE, NULL);
  guint n = g_list_model_get_n_items (files);

  self->place = zc_field_place_copy (place);
  self->field = field;
  self->images = zc_draft_get_images (place->draft, place->section, place->entry, field->id);
  self->replaces = g_strdup (replaces);
  for (guint i = 0; i < n; i++)
    {
      IntakeFile *file = g_new0 (IntakeFile, 1);

      file->public.file = g_list_model_get_item (files, i);
      file->public.name = g_file_get_basename (file->public.file);
      g_ptr_array_add (self->files, file);
    }
  return self;
}

/**
 * zc_intake_start:
 *
 * Begins with all files at once; the pool decides how many it works on. The intake keeps itself alive until it is done.
 */
void
zc_intake_start (ZcIntake *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      IntakeFile *file = get_file (self, i);

      zc_image_prepare_async (self->place->pool, file->public.file, NULL, &self->field->images,
                              self->cancellable, prepared_cb, new_step (self, file));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * zc_intake_cancel:
 *
 * Stops what is not in the draft yet: nobody looks at it any more.
 */
void
zc_intake_cancel (ZcIntake *self)
{
  g_cancellable_cancel (self->cancellable);
}

/**
 * zc_intake_get_misfits:
 *
 * Returns: (transfer container): #ZcIntakeFile, borrowed: those that wait for the person's word
 */
GPtrArray *
zc_intake_get_misfits (ZcIntake *self)
{
  GPtrArray *misfits = g_ptr_array_new ();

  for (guint i = 0; i < self->files->len; i++)
    if (get_file (self, i)->public.state == MISFIT)
      g_ptr_array_add (misfits, get_file (self, i));
  return misfits;
}

static void
fit (ZcIntake *self,
     IntakeFile *file)
{
  if (file->public.fitted != NULL) /* for the preview */
    {
      settle_fitted (self, file);
      return;
    }
  file->public.state = FITTING;
  zc_image_fit_async (self->place->pool, file->public.file, NULL, &self->field->images,
                      self->cancellable, fitted_cb, new_step (self, file));
}

/**
 * zc_intake_decide:
 * @wanted: #ZcIntakeFile: the misfits that shall be made to fit and taken; the others are refused for
 *   what is wrong with them
 *
 * The person's word on all that did not fit.
 */
void
zc_intake_decide (ZcIntake *self,
                  GPtrArray *wanted)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      IntakeFile *file = get_file (self, i);

      if (file->public.state != MISFIT)
        continue;
      if (g_ptr_array_find (wanted, file, NULL))
        fit (self, file);
      else
        refuse (self, file, file->public.ready->problem, file->public.ready->limit);
    }
  advance (self);
}

gboolean
zc_intake_get_busy (ZcIntake *self)
{
  return count (self, PREPARING) + count (self, READY) + count (self, ADDING) + count (self, FITTING)
         > 0;
}

/**
 * zc_intake_dup_text:
 *
 * Returns: (transfer full): how far it is, in words
 */
char *
zc_intake_dup_text (ZcIntake *self)
{
  guint n = self->files->len - count (self, REFUSED);

  return g_strdup_printf (_ ("Preparing images: %u of %u done"), count (self, DONE), n);
}

/* “a.jpg”, “b.jpg” and 3 more: one line for all that were refused for the same reason. */
static void
append_refused (ZcIntake *self,
                guint first,
                GString *text)
{
  const char *why = get_file (self, first)->why;
  guint n = 0;

  for (guint i = first; i < self->files->len; i++)
    {
      IntakeFile *file = get_file (self, i);

      if (file->public.state != REFUSED || g_strcmp0 (file->why, why) != 0)
        continue;
      if (n++ < 3)
        g_string_append_printf (text, _ ("“%s”"), file->public.name);
    }
  if (n > 3)
    g_string_append_printf (text, _ (" and %u more"), n - 3);
  g_string_append_printf (text, _ (": %s"), why);
}

static gboolean
is_first_of_its_kind (ZcIntake *self,
                      guint index)
{
  for (guint i = 0; i < index; i++)
    if (get_file (self, i)->public.state == REFUSED
        && g_strcmp0 (get_file (self, i)->why, get_file (self, index)->why) == 0)
      return FALSE;
  return get_file (self, index)->public.state == REFUSED;
}

/**
 * zc_intake_dup_refused_text:
 *
 * Returns: (transfer full): the files that were not taken and why, a line for each reason; "" when all were
 */
char *
zc_intake_dup_refused_text (ZcIntake *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->files->len; i++)
    if (is_first_of_its_kind (self, i))
      {
        if (text->len > 0)
          g_string_append_c (text, '\n');
        append_refused (self, i, text);
      }
  return g_string_free (text, FALSE);
}
