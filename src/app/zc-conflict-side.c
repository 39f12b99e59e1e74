/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-conflict-side.h"
#include "zc-thumbnail.h"

#define EDGE 96 /* of a picture, in pixels */

struct _ZcConflictSide
{
  AdwBin parent_instance;

  ZcDraft *draft;
  ZcImagePool *pool;
  GCancellable *cancellable;
  GtkBox *box;
  GString *text; /* what it says */
};

G_DEFINE_FINAL_TYPE (ZcConflictSide, zc_conflict_side, ADW_TYPE_BIN)

/* --- values as a person reads them --- */
static char *
dup_value_text (JsonNode *value)
{
  GType type = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (value) ? _ ("Yes") : _ ("No"));
  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    return g_strdup_printf ("%.15g", json_node_get_double (value));
  return g_strdup ("");
}

static void
add_text (ZcConflictSide *self,
          const char *text,
          gboolean dimmed)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (dimmed)
    gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (self->box, label);
  g_string_append_printf (self->text, "%s%s", self->text->len > 0 ? "; " : "", text);
}

/* --- pictures --- */
typedef struct
{
  ZcConflictSide *side;
  GtkPicture *picture;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->side);
  g_object_unref (loading->picture);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
decoded_cb (GObject *source,
            GAsyncResult *result,
            gpointer data)
{
  g_autoptr (Loading) loading = data;
  g_autoptr (GdkTexture) texture = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, NULL);

  if (texture != NULL)
    gtk_picture_set_paintable (loading->picture, GDK_PAINTABLE (texture));
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer data)
{
  g_autoptr (Loading) loading = data;
  ZcConflictSide *self = loading->side;
  g_autoptr (GBytes) bytes = zc_draft_load_image_finish (ZC_DRAFT (source), result, NULL);

  if (bytes != NULL)
    zc_thumbnail_load_async (self->pool, NULL, bytes, 2 * EDGE, self->cancellable, decoded_cb,
                             g_steal_pointer (&loading));
  else
    gtk_widget_set_tooltip_text (GTK_WIDGET (loading->picture),
                                 _ ("This picture cannot be shown now; it is kept all the same"));
}

static void
add_picture (ZcConflictSide *self,
             GtkWidget *row,
             JsonObject *image,
             guint number)
{
  GtkWidget *picture = gtk_picture_new ();
  g_autofree char *name = g_strdup_printf (_ ("Image %u: %s"), number,
                                           json_object_get_string_member_with_default (image, "name", ""));
  Loading *loading = g_new0 (Loading, 1);

  gtk_widget_set_size_request (picture, EDGE, EDGE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_CONTAIN);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), name);
  gtk_widget_add_css_class (picture, "card");
  adw_wrap_box_append (ADW_WRAP_BOX (row), picture);
  g_string_append_printf (self->text, "%s%s", self->text->len > 0 ? "; " : "", name);
  loading->side = g_object_ref (self);
  loading->picture = g_object_ref (GTK_PICTURE (picture));
  zc_draft_load_image_async (self->draft, json_object_get_string_member_with_default (image, "sha256", ""),
                             self->cancellable, loaded_cb, loading);
}

static void
add_pictures (ZcConflictSide *self,
              JsonNode *value)
{
  JsonArray *images = json_node_get_array (value);
  GtkWidget *row = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (row), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (row), 6);
  gtk_box_append (self->box, row);
  for (guint i = 0; i < json_array_get_length (images); i++)
    add_picture (self, row, json_array_get_object_element (images, i), i + 1);
}

static gboolean
is_empty (JsonNode *value)
{
  g_autofree char *text = NULL;

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return json_array_get_length (json_node_get_array (value)) == 0;
  text = dup_value_text (value);
  return *text == '\0';
}

static void
add_value (ZcConflictSide *self,
           JsonNode *value)
{
  g_autofree char *text = NULL;

  if (is_empty (value))
    add_text (self, _ ("Empty"), TRUE);
  else if (JSON_NODE_HOLDS_ARRAY (value))
    add_pictures (self, value);
  else
    {
      text = dup_value_text (value);
      add_text (self, text, FALSE);
    }
}

/* An entry: what is filled in, in the order of the form. */
static void
add_entry (ZcConflictSide *self,
           const ZcSection *section,
           JsonNode *values)
{
  if (values == NULL || !JSON_NODE_HOLDS_OBJECT (values))
    {
      add_text (self, _ ("Deleted"), TRUE);
      return;
    }
  for (guint i = 0; i < section->n_fields; i++)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (values), section->fields[i].id);
      g_autofree char *line = NULL, *text = NULL;

      if (is_empty (value))
        continue;
      text = dup_value_text (value);
      line = g_strdup_printf (_ ("%s: %s"), section->fields[i].label, text);
      add_text (self, line, FALSE);
      if (JSON_NODE_HOLDS_ARRAY (value))
        add_pictures (self, value);
    }
}

static void
zc_conflict_side_dispose (GObject *object)
{
  ZcConflictSide *self = ZC_CONFLICT_SIDE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->pool);
  G_OBJECT_CLASS (zc_conflict_side_parent_class)->dispose (object);
}

static void
zc_conflict_side_finalize (GObject *object)
{
  ZcConflictSide *self = ZC_CONFLICT_SIDE (object);

  g_object_unref (self->cancellable);
  g_string_free (self->text, TRUE);
  G_OBJECT_CLASS (zc_conflict_side_parent_class)->finalize (object);
}

static void
zc_conflict_side_class_init (ZcConflictSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_conflict_side_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_conflict_side_finalize;
}

static void
zc_conflict_side_init (ZcConflictSide *self)
{
  self->cancellable = g_cancellable_new ();
  self->text = g_string_new (NULL);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * zc_conflict_side_show:
 * @draft: where pictures come from
 * @pool: where they are decoded
 * @conflict: the place
 * @side: which version of it
 *
 * Called once.
 */
void
zc_conflict_side_show (ZcConflictSide *self,
                       ZcDraft *draft,
                       ZcImagePool *pool,
                       ZcConflict *conflict,
                       ZcSide side)
{
  JsonNode *value = zc_conflict_get_value (conflict, side);

  self->draft = g_object_ref (draft);
  self->pool = g_object_ref (pool);
  if (zc_conflict_get_field (conflict) == NULL)
    add_entry (self, zc_conflict_get_definition (conflict), value);
  else
    add_value (self, value);
}

char *
zc_conflict_side_dup_text (ZcConflictSide *self)
{
  return g_strdup (self->text->str);
}
