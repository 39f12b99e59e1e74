/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-paragraph-entry.h"
#include "zc-text.h"

/* A text of several paragraphs. More than the limit can be typed: cutting what a person pastes would
 * lose it; the counter turns red and the check says so. */
struct _ZcParagraphEntry
{
  GtkBox parent_instance;

  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *counter;

  guint max_length;
};

G_DEFINE_FINAL_TYPE (ZcParagraphEntry, zc_paragraph_entry, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_MAX_LENGTH,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static char *
dup_text (ZcParagraphEntry *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
count (ZcParagraphEntry *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *label = NULL;
  guint length = zc_text_length (text);

  if (self->max_length > 0)
    label = g_strdup_printf (_ ("%u of %u characters"), length, self->max_length);
  else
    label = g_strdup_printf (_ ("%u characters"), length);
  gtk_label_set_label (self->counter, label);
  if (self->max_length > 0 && length > self->max_length)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
}

static void
set_text (ZcParagraphEntry *self,
          const char *text)
{
  g_autofree char *present = dup_text (self);

  if (g_strcmp0 (present, text != NULL ? text : "") != 0)
    gtk_text_buffer_set_text (self->buffer, text != NULL ? text : "", -1);
}

static void
changed_cb (ZcParagraphEntry *self)
{
  count (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
zc_paragraph_entry_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  ZcParagraphEntry *self = ZC_PARAGRAPH_ENTRY (object);

  if (id == PROP_TEXT)
    g_value_take_string (value, dup_text (self));
  else
    g_value_set_uint (value, self->max_length);
}

static void
zc_paragraph_entry_set_property (GObject *object,
                                 guint id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  ZcParagraphEntry *self = ZC_PARAGRAPH_ENTRY (object);

  if (id == PROP_TEXT)
    set_text (self, g_value_get_string (value));
  else
    self->max_length = g_value_get_uint (value);
  count (self);
}

static gboolean
zc_paragraph_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ZC_PARAGRAPH_ENTRY (widget)->view));
}

static void
zc_paragraph_entry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_PARAGRAPH_ENTRY);
  G_OBJECT_CLASS (zc_paragraph_entry_parent_class)->dispose (object);
}

static void
zc_paragraph_entry_class_init (ZcParagraphEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_paragraph_entry_dispose;
  object_class->get_property = zc_paragraph_entry_get_property;
  object_class->set_property = zc_paragraph_entry_set_property;
  widget_class->grab_focus = zc_paragraph_entry_grab_focus;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  properties[PROP_MAX_LENGTH]
      = g_param_spec_uint ("max-length", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zhicheng/zhicheng/zc-paragraph-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcParagraphEntry, view);
  gtk_widget_class_bind_template_child (widget_class, ZcParagraphEntry, buffer);
  gtk_widget_class_bind_template_child (widget_class, ZcParagraphEntry, counter);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
zc_paragraph_entry_init (ZcParagraphEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_paragraph_entry_new:
 * @max_length: characters as people count them; 0: no limit
 */
GtkWidget *
zc_paragraph_entry_new (guint max_length)
{
  return g_object_new (ZC_TYPE_PARAGRAPH_ENTRY, "max-length", max_length, NULL);
}

/**
 * zc_paragraph_entry_get_view:
 *
 * Returns: (transfer none): what takes the focus and carries the accessible name
 */
GtkWidget *
zc_paragraph_entry_get_view (ZcParagraphEntry *self)
{
  return GTK_WIDGET (self->view);
}
