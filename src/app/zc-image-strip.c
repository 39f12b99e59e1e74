/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-fit-dialog.h"
#include "zc-form-page.h"
#include "zc-image-intake.h"
#include "zc-image-strip.h"
#include "zc-image-text.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-place-marks.h"
#include "zc-problem-text.h"
#include "zc-toast.h"

#define AT_ONCE 4 /* tiles: nearly a line of them */

/* Shows the draft's list of images and follows it item by item: adding the fiftieth costs what adding
 * the first did. A tile takes some milliseconds to make: of many, the first are there at once, and one
 * more with each frame. */
struct _ZcImageStrip
{
  GtkBox parent_instance;

  ZcFieldPlace *place;
  const ZcField *field;
  GListModel *images;  /* ZcDraftImage */
  GPtrArray *intakes;  /* ZcIntake: files on their way */
  char *replaces;      /* (nullable): the digest that the file being chosen is to replace */
  guint grow_id;       /* 0: every image has its tile */

  AdwWrapBox *tiles;
  AdwWrapBox *add_line;
  GtkButton *add;
  GtkLabel *limits;
  GtkBox *progress_box;
  GtkLabel *progress;
  GtkBox *refused_box;
  GtkLabel *refused;
  GtkDropTarget *drop_target;
};

G_DEFINE_FINAL_TYPE (ZcImageStrip, zc_image_strip, GTK_TYPE_BOX)

/* --- removing, moving, looking -------------------------------------------------------------------- */
typedef struct
{
  ZcDraft *draft;
  char *section;
  char *entry;
  const char *field;
  JsonNode *image; /* (nullable): given back already */
  guint position;
} Removed;

static void
free_removed (gpointer data,
              GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->draft);
  g_free (removed->section);
  g_free (removed->entry);
  g_clear_pointer (&removed->image, json_node_unref);
  g_free (removed);
}

static void
undo_cb (AdwToast *toast,
         Removed *removed)
{
  if (removed->image != NULL)
    zc_draft_insert_image (removed->draft, removed->section, removed->entry, removed->field,
                           removed->position, g_steal_pointer (&removed->image));
}

static void
remove_cb (ZcImageStrip *self,
           ZcImageTile *tile)
{
  Removed *removed = g_new0 (Removed, 1);

  removed->draft = g_object_ref (self->place->draft);
  removed->section = g_strdup (self->place->section);
  removed->entry = g_strdup (self->place->entry);
  removed->field = self->field->id;
  removed->image = zc_draft_remove_image (
      self->place->draft, self->place->section, self->place->entry, self->field->id,
      zc_draft_image_get_sha256 (zc_image_tile_get_image (tile)), &removed->position);
  zc_toast_undo (GTK_WIDGET (self), _ ("Image removed"), G_CALLBACK (undo_cb), removed,
                 free_removed);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

static void
move_cb (ZcImageStrip *self,
         int position,
         ZcImageTile *tile)
{
  if (position >= 0 && position < (int) g_list_model_get_n_items (self->images))
    zc_draft_move_image (self->place->draft, self->place->section, self->place->entry,
                         self->field->id,
                         zc_draft_image_get_sha256 (zc_image_tile_get_image (tile)),
                         (guint) position);
}

static void
open_cb (ZcImageStrip *self,
         ZcImageTile *tile)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), ZC_TYPE_FORM_PAGE);
  guint position = zc_image_tile_get_position (tile);

  if (page == NULL || !zc_form_page_show_image (ZC_FORM_PAGE (page), self->images, position))
    zc_image_viewer_present (GTK_WIDGET (self), self->place->pool, self->place->draft, self->images,
                             position, self->field->label);
}

/* --- choosing files ---------------------------------------------------------------------------------- */
static void
chosen_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (ZcImageStrip) self = data;
  g_autoptr (GListModel) files
      = gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *replaces = g_steal_pointer (&self->replaces);

  if (files != NULL && self->place != NULL) /* NULL: closed meanwhile */
    zc_image_strip_add_files (self, files, replaces);
}

static void
replaced_cb (GObject *source,
             GAsyncResult *result,
             gpointer data)
{
  g_autoptr (ZcImageStrip) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree char *replaces = g_steal_pointer (&self->replaces);

  if (file == NULL || self->place == NULL)
    return;
  g_list_store_append (files, file);
  zc_image_strip_add_files (self, G_LIST_MODEL (files), replaces);
}

static GtkFileDialog *
new_file_dialog (const char *title)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) jpeg = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (jpeg, _ ("JPEG images"));
  gtk_file_filter_add_mime_type (jpeg, "image/jpeg");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, jpeg);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_modal (dialog, TRUE);
  return dialog;
}

static void
add_cb (GtkWidget *widget,
        const char *name,
        GVariant *parameter)
{
  ZcImageStrip *self = ZC_IMAGE_STRIP (widget);
  g_autofree char *title = g_strdup_printf (_ ("Add images: %s"), self->field->label);
  g_autoptr (GtkFileDialog) dialog = new_file_dialog (title);
  GtkRoot *root = gtk_widget_get_root (widget);

  g_clear_pointer (&self->replaces, g_free);
  gtk_file_dialog_open_multiple (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL,
                                 chosen_cb, g_object_ref (self));
}

static void
replace_cb (ZcImageStrip *self,
            ZcImageTile *tile)
{
  g_autofree char *title = g_strdup_printf (_ ("Replace image: %s"), self->field->label);
  g_autoptr (GtkFileDialog) dialog = new_file_dialog (title);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_set_str (&self->replaces, zc_draft_image_get_sha256 (zc_image_tile_get_image (tile)));
  gtk_file_dialog_open (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, replaced_cb,
                        g_object_ref (self));
}

static gboolean
drop_cb (ZcImageStrip *self,
         const GValue *value,
         double x,
         double y,
         GtkDropTarget *target)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  if (self->place->read_only || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  zc_image_strip_add_files (self, G_LIST_MODEL (files), NULL);
  return TRUE;
}

/* --- files on their way ------------------------------------------------------------------------------- */
static void
show_progress (ZcImageStrip *self)
{
  gboolean busy = zc_image_strip_is_busy (self);
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->intakes->len && text == NULL; i++)
    if (zc_intake_get_busy (g_ptr_array_index (self->intakes, i)))
      text = zc_intake_dup_text (g_ptr_array_index (self->intakes, i));
  gtk_label_set_label (self->progress, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->progress_box), busy);
}

static void
show_refused (ZcImageStrip *self,
              const char *text)
{
  gtk_label_set_label (self->refused, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refused_box), *text != '\0');
  if (*text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
dismiss_cb (GtkWidget *widget,
            const char *name,
            GVariant *parameter)
{
  show_refused (ZC_IMAGE_STRIP (widget), "");
}

static void
intake_changed_cb (ZcImageStrip *self,
                   ZcIntake *intake)
{
  show_progress (self);
}

static void
misfits_cb (ZcImageStrip *self,
            ZcIntake *intake)
{
  zc_fit_dialog_present (GTK_WIDGET (self), intake, self->place->pool, self->field);
}

static void
finished_cb (ZcImageStrip *self,
             ZcIntake *intake)
{
  g_autofree char *text = zc_intake_dup_refused_text (intake);

  show_refused (self, text);
  g_ptr_array_remove (self->intakes, intake);
  show_progress (self);
}

/* --- following the draft -------------------------------------------------------------------------------- */
static ZcImageTile *
find_tile (ZcImageStrip *self,
           ZcDraftImage *image)
{
  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    if (zc_image_tile_get_image (ZC_IMAGE_TILE (tile)) == image)
      return ZC_IMAGE_TILE (tile);
  return NULL;
}

static void
show_mark (ZcImageStrip *self,
           ZcImageTile *tile)
{
  g_autofree char *text
      = zc_image_marks_dup_text (self->place, self->field->id,
                                 zc_draft_image_get_sha256 (zc_image_tile_get_image (tile)));

  zc_image_tile_set_mark (tile, text);
}

static void
show_problem (ZcImageStrip *self,
              ZcImageTile *tile)
{
  const ZcFieldPlace *place = self->place;
  const ZcProblem *problem
      = place->read_only ? NULL
                         : zc_draft_find_problem (
                               place->draft, place->section, place->entry, self->field->id,
                               zc_draft_image_get_sha256 (zc_image_tile_get_image (tile)));
  g_autofree char *text = problem != NULL ? zc_problem_dup_text (problem, self->field) : NULL;

  zc_image_tile_set_problem (tile, text);
}

static ZcImageTile *
new_tile (ZcImageStrip *self,
          ZcDraftImage *image)
{
  ZcImageTile *tile = ZC_IMAGE_TILE (zc_image_tile_new (self->place, image));

  g_signal_connect_object (tile, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tile, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tile, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (tile, "replace", G_CALLBACK (replace_cb), self, G_CONNECT_SWAPPED);
  show_mark (self, tile);
  show_problem (self, tile);
  adw_wrap_box_append (self->tiles, GTK_WIDGET (tile));
  return tile;
}

static gboolean
is_listed (ZcImageStrip *self,
           ZcDraftImage *image)
{
  guint n = g_list_model_get_n_items (self->images);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftImage) item = g_list_model_get_item (self->images, i);

      if (item == image)
        return TRUE;
    }
  return FALSE;
}

static void
remove_gone_tiles (ZcImageStrip *self)
{
  GtkWidget *next;

  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); tile != NULL;
       tile = next)
    {
      next = gtk_widget_get_next_sibling (tile);
      if (!is_listed (self, zc_image_tile_get_image (ZC_IMAGE_TILE (tile))))
        adw_wrap_box_remove (self->tiles, tile);
    }
}

static void
update_add (ZcImageStrip *self)
{
  guint n = g_list_model_get_n_items (self->images);

  gtk_widget_set_visible (GTK_WIDGET (self->tiles), n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "images.add",
                                 !self->place->read_only && n < self->field->images.max);
}

/* A tile stays the same, with its thumbnail, wherever its image moves. most: so many new ones. Returns
 * whether an image was left without one. */
static gboolean
follow_images (ZcImageStrip *self,
               guint most)
{
  guint n = g_list_model_get_n_items (self->images);
  GtkWidget *before = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (self->images, i);
      ZcImageTile *tile = find_tile (self, image);

      if (tile == NULL && most-- == 0)
        return TRUE;
      if (tile == NULL)
        tile = new_tile (self, image);
      if (gtk_widget_get_prev_sibling (GTK_WIDGET (tile)) != before)
        adw_wrap_box_reorder_child_after (self->tiles, GTK_WIDGET (tile), before);
      zc_image_tile_set_position (tile, i, n, self->field->images.max > 1);
      before = GTK_WIDGET (tile);
    }
  return FALSE;
}

static gboolean
grow_cb (GtkWidget *widget,
         GdkFrameClock *clock,
         gpointer data)
{
  ZcImageStrip *self = ZC_IMAGE_STRIP (widget);

  if (follow_images (self, 1))
    return G_SOURCE_CONTINUE;
  self->grow_id = 0;
  return G_SOURCE_REMOVE;
}

static void
images_changed_cb (ZcImageStrip *self)
{
  remove_gone_tiles (self);
  if (follow_images (self, AT_ONCE) && self->grow_id == 0)
    self->grow_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, NULL, NULL);
  update_add (self);
}

static void
problems_changed_cb (ZcImageStrip *self,
                     const char *section)
{
  if (g_strcmp0 (section, self->place->section) != 0)
    return;
  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    show_problem (self, ZC_IMAGE_TILE (tile));
}

static void
set_up (ZcImageStrip *self)
{
  g_autofree char *limits = zc_image_limits_dup_text (&self->field->images);
  g_autofree char *name = g_strdup_printf (_ ("Add images: %s"), self->field->label);

  gtk_label_set_label (self->limits, limits);
  gtk_widget_set_visible (GTK_WIDGET (self->add_line), !self->place->read_only);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tiles), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->field->label, -1);
  g_signal_connect_object (self->images, "items-changed", G_CALLBACK (images_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->place->draft, "problems-changed", G_CALLBACK (problems_changed_cb),
                           self, G_CONNECT_SWAPPED);
  images_changed_cb (self);
}

static void
zc_image_strip_dispose (GObject *object)
{
  ZcImageStrip *self = ZC_IMAGE_STRIP (object);

  for (guint i = 0; self->intakes != NULL && i < self->intakes->len; i++)
    zc_intake_cancel (g_ptr_array_index (self->intakes, i));
  g_clear_pointer (&self->intakes, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_IMAGE_STRIP);
  g_clear_object (&self->images);
  g_clear_pointer (&self->place, zc_field_place_free);
  g_clear_pointer (&self->replaces, g_free);
  G_OBJECT_CLASS (zc_image_strip_parent_class)->dispose (object);
}

static void
zc_image_strip_class_init (ZcImageStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_image_strip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-image-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, tiles);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, add_line);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, add);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, limits);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, progress_box);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, progress);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, refused_box);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, refused);
  gtk_widget_class_bind_template_child (widget_class, ZcImageStrip, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
  gtk_widget_class_install_action (widget_class, "images.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "images.dismiss", NULL, dismiss_cb);
}

static void
zc_image_strip_init (ZcImageStrip *self)
{
  GType type = GDK_TYPE_FILE_LIST;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, &type, 1);
  self->intakes = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * zc_image_strip_new:
 * @place: of the section or entry; copied
 * @field: of images
 */
GtkWidget *
zc_image_strip_new (const ZcFieldPlace *place,
                    const ZcField *field)
{
  ZcImageStrip *self = g_object_new (ZC_TYPE_IMAGE_STRIP, NULL);

  self->place = zc_field_place_copy (place);
  self->field = field;
  self->images = zc_draft_get_images (place->draft, place->section, place->entry, field->id);
  set_up (self);
  return GTK_WIDGET (self);
}

/**
 * zc_image_strip_get_add_button:
 *
 * Returns: (transfer none): what takes the focus and carries the description
 */
GtkWidget *
zc_image_strip_get_add_button (ZcImageStrip *self)
{
  return GTK_WIDGET (self->add);
}

/**
 * zc_image_strip_add_files:
 * @files: of #GFile, in the order in which they shall stand
 * @replaces: (nullable): digest of the image whose place the first takes
 *
 * Takes files of the user in: prepares them, asks about those that do not fit. The files are only read.
 */
void
zc_image_strip_add_files (ZcImageStrip *self,
                          GListModel *files,
                          const char *replaces)
{
  ZcIntake *intake;

  if (g_list_model_get_n_items (files) == 0)
    return;
  intake = zc_intake_new (self->place, self->field, files, replaces);
  g_ptr_array_add (self->intakes, intake);
  g_signal_connect_object (intake, "changed", G_CALLBACK (intake_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (intake, "misfits", G_CALLBACK (misfits_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (intake, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  show_refused (self, "");
  zc_intake_start (intake);
}

/**
 * zc_image_strip_update_marks:
 *
 * Looks again at which images carry a note or are new since a return (P9).
 */
void
zc_image_strip_update_marks (ZcImageStrip *self)
{
  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    show_mark (self, ZC_IMAGE_TILE (tile));
}

/**
 * zc_image_strip_is_busy:
 *
 * Returns: whether files are being prepared or put in
 */
gboolean
zc_image_strip_is_busy (ZcImageStrip *self)
{
  for (guint i = 0; i < self->intakes->len; i++)
    if (zc_intake_get_busy (g_ptr_array_index (self->intakes, i)))
      return TRUE;
  return FALSE;
}

/**
 * zc_image_strip_get_refused_text:
 *
 * Returns: (transfer none): which files were not taken and why; ""
 */
const char *
zc_image_strip_get_refused_text (ZcImageStrip *self)
{
  return gtk_label_get_label (self->refused);
}
