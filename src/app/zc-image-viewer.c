/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-image-canvas.h"
#include "zc-image-text.h"
#include "zc-image-viewer.h"
#include "zc-note-text.h"
#include "zc-thumbnail.h"
#include "zc-trouble-page.h"

/* Decodes off the main thread and shows what arrives for the image that is looked at by then. */
#define LARGEST_EDGE 4096
#define ZOOM_STEP 1.25
#define ZOOM_LEAST 0.05
#define ZOOM_MOST 8.0

struct _ZcImageViewer
{
  AdwBin parent_instance;

  ZcImagePool *pool;
  ZcDraft *draft;     /* (nullable) */
  GListModel *images; /* (nullable): ZcDraftImage */
  GCancellable *cancellable;
  GHashTable *ready;      /* digest → GdkTexture: the image that is shown, and its neighbours */
  ZcNotebook *notebook;   /* (nullable) */
  char *sha256;           /* (nullable): of what is shown, or will be */
  guint index;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  ZcImageCanvas *canvas;
  ZcTroublePage *error;
  GtkLabel *position;
  GtkLabel *facts;
  GtkLabel *notes;
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (ZcImageViewer, zc_image_viewer, ADW_TYPE_BIN)

static void
fail (ZcImageViewer *self,
      const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  zc_trouble_page_explain (self->error, error);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

/* One image on its way: to be shown, or ahead of being asked for. */
typedef struct
{
  ZcImageViewer *viewer;
  GCancellable *cancellable;
  char *sha256;
} Coming;

static void
coming_free (Coming *coming)
{
  g_object_unref (coming->viewer);
  g_object_unref (coming->cancellable);
  g_free (coming->sha256);
  g_free (coming);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Coming, coming_free)

static gboolean
is_shown (ZcImageViewer *self,
          const Coming *coming)
{
  return g_strcmp0 (self->sha256, coming->sha256) == 0;
}

static void prefetch (ZcImageViewer *self);

static void
show_texture (ZcImageViewer *self,
              GdkTexture *texture)
{
  zc_image_canvas_set_texture (self->canvas, texture);
  gtk_stack_set_visible_child_name (self->stack, "image");
}

static void
decoded_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (Coming) coming = data;
  ZcImageViewer *self = coming->viewer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture
      = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, &error);

  if (texture == NULL)
    {
      if (is_shown (self, coming))
        fail (self, error);
      return;
    }
  if (self->ready == NULL || g_cancellable_is_cancelled (coming->cancellable))
    return;
  g_hash_table_replace (self->ready, g_strdup (coming->sha256), g_object_ref (texture));
  if (is_shown (self, coming))
    show_texture (self, texture);
  prefetch (self);
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (Coming) coming = data;
  ZcImageViewer *self = coming->viewer;
  GCancellable *cancellable = coming->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = zc_draft_load_image_finish (ZC_DRAFT (source), result, &error);

  if (bytes != NULL && self->pool != NULL)
    zc_thumbnail_load_async (self->pool, NULL, bytes, LARGEST_EDGE, cancellable, decoded_cb,
                             g_steal_pointer (&coming));
  else if (bytes == NULL && is_shown (self, coming))
    fail (self, error);
}

static void
fetch (ZcImageViewer *self,
       const char *sha256)
{
  Coming *coming = g_new0 (Coming, 1);

  coming->viewer = g_object_ref (self);
  coming->cancellable = g_object_ref (self->cancellable);
  coming->sha256 = g_strdup (sha256);
  zc_draft_load_image_async (self->draft, sha256, self->cancellable, loaded_cb, coming);
}

/* (transfer full) (nullable) */
static char *
dup_digest (ZcImageViewer *self,
            guint index)
{
  g_autoptr (ZcDraftImage) image
      = self->images != NULL ? g_list_model_get_item (self->images, index) : NULL;

  return image != NULL ? g_strdup (zc_draft_image_get_sha256 (image)) : NULL;
}

/* The next one is fetched once what is looked at is there, then the one before: one at a time. */
static void
prefetch (ZcImageViewer *self)
{
  g_autofree char *next = dup_digest (self, self->index + 1);
  g_autofree char *previous = self->index > 0 ? dup_digest (self, self->index - 1) : NULL;

  if (!zc_image_viewer_is_ready (self, self->sha256))
    return;
  if (next != NULL && !zc_image_viewer_is_ready (self, next))
    fetch (self, next);
  else if (previous != NULL && !zc_image_viewer_is_ready (self, previous))
    fetch (self, previous);
}

/* What is no neighbour any more gives its memory back. */
static void
drop_far (ZcImageViewer *self)
{
  g_autofree char *next = dup_digest (self, self->index + 1);
  g_autofree char *previous = self->index > 0 ? dup_digest (self, self->index - 1) : NULL;
  GHashTableIter iter;
  const char *sha256;

  g_hash_table_iter_init (&iter, self->ready);
  while (g_hash_table_iter_next (&iter, (gpointer *) &sha256, NULL))
    if (g_strcmp0 (sha256, self->sha256) != 0 && g_strcmp0 (sha256, next) != 0
        && g_strcmp0 (sha256, previous) != 0)
      g_hash_table_iter_remove (&iter);
}

static void
add_notes (ZcImageViewer *self,
           GListModel *notes,
           GString *text)
{
  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);
      g_autofree char *words = NULL;

      if (self->sha256 == NULL || g_strcmp0 (zc_note_get_image (note), self->sha256) != 0)
        continue;
      words = zc_note_dup_words (note);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
    }
}

/* What is said of the image, by the last return and by who reviews it now (P9). */
static void
show_notes (ZcImageViewer *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->draft != NULL)
    add_notes (self, zc_dossier_get_notes (zc_draft_get_dossier (self->draft)), text);
  add_notes (self, G_LIST_MODEL (self->notebook), text);
  gtk_label_set_label (self->notes, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), text->len > 0);
}

static void
show_words (ZcImageViewer *self,
            ZcDraftImage *image)
{
  guint n = g_list_model_get_n_items (self->images);
  g_autofree char *position = g_strdup_printf ("%u / %u", self->index + 1, n);
  g_autofree char *size
      = zc_image_facts_dup_text (zc_draft_image_get_width (image),
                                 zc_draft_image_get_height (image), zc_draft_image_get_bytes (image));
  g_autofree char *facts = g_strdup_printf ("%s  ·  %s", zc_draft_image_get_name (image), size);
  g_autofree char *name = g_strdup_printf (_ ("Image %u of %u"), self->index + 1, n);

  gtk_label_set_label (self->position, position);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->canvas), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
load (ZcImageViewer *self)
{
  guint n = self->images != NULL ? g_list_model_get_n_items (self->images) : 0;
  g_autoptr (ZcDraftImage) image = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous", self->index > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next", self->index + 1 < n);
  if (self->index >= n)
    return;
  self->cancellable = g_cancellable_new ();
  image = g_list_model_get_item (self->images, self->index);
  g_set_str (&self->sha256, zc_draft_image_get_sha256 (image));
  zc_image_canvas_set_zoom (self->canvas, 0);
  zc_image_canvas_set_turns (self->canvas, 0);
  show_words (self, image);
  show_notes (self);
  drop_far (self);
  if (zc_image_viewer_is_ready (self, self->sha256))
    {
      show_texture (self, g_hash_table_lookup (self->ready, self->sha256));
      prefetch (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "loading");
  fetch (self, self->sha256);
}

static void
step_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcImageViewer *self = ZC_IMAGE_VIEWER (widget);

  self->index += g_str_equal (name, "viewer.next") ? 1 : -1;
  load (self);
}

static void
zoom_by (ZcImageViewer *self,
         double factor)
{
  double zoom = zc_image_canvas_get_scale (self->canvas) * factor;

  zc_image_canvas_set_zoom (self->canvas, CLAMP (zoom, ZOOM_LEAST, ZOOM_MOST));
}

static void
zoom_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcImageViewer *self = ZC_IMAGE_VIEWER (widget);

  if (g_str_equal (name, "viewer.fit"))
    zc_image_canvas_set_zoom (self->canvas, 0);
  else
    zoom_by (self, g_str_equal (name, "viewer.zoom-in") ? ZOOM_STEP : 1 / ZOOM_STEP);
}

static void
turn_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcImageViewer *self = ZC_IMAGE_VIEWER (widget);

  zc_image_canvas_set_turns (self->canvas, zc_image_canvas_get_turns (self->canvas) + 1);
}

/* With Ctrl the wheel zooms; without it, it scrolls. */
static gboolean
scroll_cb (ZcImageViewer *self,
           double dx,
           double dy,
           GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);

  if (!(state & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  zoom_by (self, dy < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  return GDK_EVENT_STOP;
}

static void
zc_image_viewer_dispose (GObject *object)
{
  ZcImageViewer *self = ZC_IMAGE_VIEWER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_IMAGE_VIEWER);
  g_clear_pointer (&self->ready, g_hash_table_unref);
  g_clear_object (&self->notebook);
  g_clear_object (&self->images);
  g_clear_object (&self->draft);
  g_clear_object (&self->pool);
  g_clear_pointer (&self->sha256, g_free);
  G_OBJECT_CLASS (zc_image_viewer_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_Page_Up, "viewer.previous" }, { GDK_KEY_Page_Down, "viewer.next" },
    { GDK_KEY_plus, "viewer.zoom-in" },     { GDK_KEY_equal, "viewer.zoom-in" },
    { GDK_KEY_KP_Add, "viewer.zoom-in" },   { GDK_KEY_minus, "viewer.zoom-out" },
    { GDK_KEY_KP_Subtract, "viewer.zoom-out" }, { GDK_KEY_0, "viewer.fit" },
    { GDK_KEY_KP_0, "viewer.fit" },         { GDK_KEY_r, "viewer.turn" },
    { GDK_KEY_n, "notes.image" },
  };

  gtk_widget_class_install_action (widget_class, "viewer.previous", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "viewer.next", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "viewer.zoom-out", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "viewer.fit", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "viewer.turn", NULL, turn_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, keys[i].action, NULL);
}

static void
zc_image_viewer_class_init (ZcImageViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_image_viewer_dispose;
  g_type_ensure (ZC_TYPE_IMAGE_CANVAS);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-image-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, scroller);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, canvas);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, error);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, position);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, facts);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, notes);
  gtk_widget_class_bind_template_child (widget_class, ZcImageViewer, note);
  gtk_widget_class_bind_template_callback (widget_class, scroll_cb);
  install_actions (widget_class);
}

static void
zc_image_viewer_init (ZcImageViewer *self)
{
  self->ready = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_image_viewer_new:
 * @pool: decodes
 */
GtkWidget *
zc_image_viewer_new (ZcImagePool *pool)
{
  ZcImageViewer *self = g_object_new (ZC_TYPE_IMAGE_VIEWER, NULL);

  self->pool = g_object_ref (pool);
  return GTK_WIDGET (self);
}

/**
 * zc_image_viewer_show:
 * @draft: whose images they are
 * @images: of #ZcDraftImage
 * @position: the one to begin with
 */
void
zc_image_viewer_show (ZcImageViewer *self,
                      ZcDraft *draft,
                      GListModel *images,
                      guint position)
{
  g_set_object (&self->draft, draft);
  g_set_object (&self->images, images);
  self->index = position;
  load (self);
}

guint
zc_image_viewer_get_position (ZcImageViewer *self)
{
  return self->index;
}

const char *
zc_image_viewer_get_sha256 (ZcImageViewer *self)
{
  return self->sha256;
}

gboolean
zc_image_viewer_is_ready (ZcImageViewer *self,
                          const char *sha256)
{
  return sha256 != NULL && g_hash_table_contains (self->ready, sha256);
}

/**
 * zc_image_viewer_set_notebook:
 * @notebook: (nullable): of the reviewer, while they may note
 */
void
zc_image_viewer_set_notebook (ZcImageViewer *self,
                              ZcNotebook *notebook)
{
  if (self->notebook != NULL)
    g_signal_handlers_disconnect_by_func (self->notebook, show_notes, self);
  g_set_object (&self->notebook, notebook);
  if (notebook != NULL)
    g_signal_connect_object (notebook, "items-changed", G_CALLBACK (show_notes), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->note, notebook != NULL);
  show_notes (self);
}

/**
 * zc_image_viewer_present:
 * @title: the field's label
 *
 * Shows the images in a dialog over @parent.
 */
void
zc_image_viewer_present (GtkWidget *parent,
                         ZcImagePool *pool,
                         ZcDraft *draft,
                         GListModel *images,
                         guint position,
                         const char *title)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *viewer = zc_image_viewer_new (pool);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), viewer);
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, 960);
  adw_dialog_set_content_height (dialog, 720);
  adw_dialog_set_child (dialog, view);
  adw_dialog_set_focus (dialog, viewer);
  zc_image_viewer_show (ZC_IMAGE_VIEWER (viewer), draft, images, position);
  adw_dialog_present (dialog, parent);
}
