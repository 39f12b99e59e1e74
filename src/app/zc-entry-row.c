/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-entry-row.h"
#include "zc-place-marks.h"

/* An entry's fields are only built when it is opened first: a section of fifty entries opens at once. */
struct _ZcEntryRow
{
  GtkBox parent_instance;

  ZcFieldPlace *place;
  ZcDraftEntry *entry;
  ZcFieldList *fields; /* (nullable) */
  guint position;

  GtkBox *header;
  GtkImage *handle;
  GtkToggleButton *toggle;
  GtkImage *arrow;
  GtkLabel *number;
  GtkLabel *title;
  GtkLabel *state;
  GtkBox *buttons;
  GtkRevealer *revealer;
  AdwBin *marks;
  AdwBin *body;
  GtkDropTarget *drop_target;

  guint revealed : 1; /* problems are shown, also in what is built later */
};

G_DEFINE_FINAL_TYPE (ZcEntryRow, zc_entry_row, GTK_TYPE_BOX)

enum
{
  MOVE,
  DELETE,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
build_fields (ZcEntryRow *self)
{
  if (self->fields != NULL)
    return;
  self->fields = ZC_FIELD_LIST (zc_field_list_new (self->place, FALSE));
  adw_bin_set_child (self->body, GTK_WIDGET (self->fields));
  if (self->revealed)
    zc_field_list_reveal_problems (self->fields);
}

static char *
dup_title (ZcEntryRow *self)
{
  const char *title = zc_draft_entry_get_title (self->entry);

  if (title != NULL && *title != '\0')
    return g_strdup (title);
  return g_strdup (_ ("(not filled in yet)"));
}

/* What a screen reader says of the line: number, title, what is missing. */
static void
update_name (ZcEntryRow *self,
             const char *title)
{
  g_autofree char *name
      = g_strdup_printf (_ ("Entry %u: %s"), self->position + 1, title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (self->state), -1);
}

static void
entry_cb (ZcEntryRow *self)
{
  g_autofree char *title = dup_title (self);
  g_autofree char *state = NULL;
  guint n_problems = 0;

  g_object_get (self->entry, "n-problems", &n_problems, NULL);
  if (n_problems > 0 && !self->place->read_only)
    state = g_strdup_printf (_ ("%u items to complete"), n_problems);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->state, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), state != NULL);
  update_name (self, title);
}

/* What is said of the entry as a whole stands under its title, also while it is closed (P9). */
static void
marks_cb (ZcEntryRow *self)
{
  zc_place_marks_show (self->marks, self->place, NULL);
}

static void
value_changed_cb (ZcEntryRow *self,
                  const char *section,
                  const char *entry)
{
  if (g_strcmp0 (section, self->place->section) == 0 && g_strcmp0 (entry, self->place->entry) == 0)
    marks_cb (self);
}

static void
add_note_button (ZcEntryRow *self)
{
  GtkWidget *button;

  if (self->place->notebook == NULL)
    return;
  button = gtk_button_new_from_icon_name ("user-bookmarks-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Note something on this entry"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Note something on this entry"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ssss)", self->place->section,
                                    self->place->entry, "", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notes.add");
  gtk_box_append (self->header, button);
}

static void
toggled_cb (ZcEntryRow *self)
{
  gboolean open = gtk_toggle_button_get_active (self->toggle);

  if (open)
    build_fields (self);
  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_STATE_EXPANDED, open,
                               -1);
}

static void
move_cb (GtkWidget *widget,
         const char *name,
         GVariant *parameter)
{
  ZcEntryRow *self = ZC_ENTRY_ROW (widget);
  int step = g_str_equal (name, "entry.up") ? -1 : 1;

  g_signal_emit (self, signals[MOVE], 0, (int) self->position + step);
}

static void
delete_cb (GtkWidget *widget,
           const char *name,
           GVariant *parameter)
{
  g_signal_emit (widget, signals[DELETE], 0);
}

static GdkContentProvider *
drag_prepare_cb (ZcEntryRow *self,
                 double x,
                 double y,
                 GtkDragSource *source)
{
  return gdk_content_provider_new_typed (ZC_TYPE_ENTRY_ROW, self);
}

static void
drag_begin_cb (ZcEntryRow *self,
               GdkDrag *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self->header));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* A row of the same section that is dropped here takes this place. */
static gboolean
drop_cb (ZcEntryRow *self,
         const GValue *value,
         double x,
         double y,
         GtkDropTarget *target)
{
  ZcEntryRow *dropped = g_value_get_object (value);

  if (dropped == NULL || dropped == self
      || gtk_widget_get_parent (GTK_WIDGET (dropped)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (dropped, signals[MOVE], 0, (int) self->position);
  return TRUE;
}

static void
zc_entry_row_dispose (GObject *object)
{
  ZcEntryRow *self = ZC_ENTRY_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_ENTRY_ROW);
  self->fields = NULL;
  g_clear_object (&self->entry);
  g_clear_pointer (&self->place, zc_field_place_free);
  G_OBJECT_CLASS (zc_entry_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, header);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, handle);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, toggle);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, number);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, title);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, state);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, marks);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, body);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryRow, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, drop_cb);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "entry.up", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "entry.down", NULL, move_cb);
  gtk_widget_class_install_action (widget_class, "entry.delete", NULL, delete_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "entry.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "entry.down", NULL);
}

static void
zc_entry_row_class_init (ZcEntryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_entry_row_dispose;
  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[DELETE] = g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
zc_entry_row_init (ZcEntryRow *self)
{
  GType type = ZC_TYPE_ENTRY_ROW;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, &type, 1);
}

/**
 * zc_entry_row_new:
 * @place: its entry names @entry; copied
 * @entry: of the draft's list
 */
GtkWidget *
zc_entry_row_new (const ZcFieldPlace *place,
                  ZcDraftEntry *entry)
{
  ZcEntryRow *self = g_object_new (ZC_TYPE_ENTRY_ROW, NULL);

  self->place = zc_field_place_copy (place);
  self->entry = g_object_ref (entry);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), !place->read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->handle), !place->read_only);
  g_signal_connect_object (entry, "notify::title", G_CALLBACK (entry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "notify::n-problems", G_CALLBACK (entry_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (place->draft, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  zc_place_marks_follow (place, G_CALLBACK (marks_cb), self);
  add_note_button (self);
  marks_cb (self);
  entry_cb (self);
  toggled_cb (self);
  return GTK_WIDGET (self);
}

ZcDraftEntry *
zc_entry_row_get_entry (ZcEntryRow *self)
{
  return self->entry;
}

/**
 * zc_entry_row_set_position:
 * @position: from 0
 *
 * Tells the row where it stands: its number, and which way it can move.
 */
void
zc_entry_row_set_position (ZcEntryRow *self,
                           guint position,
                           guint n_entries)
{
  g_autofree char *number = g_strdup_printf ("%u", position + 1);

  self->position = position;
  gtk_label_set_label (self->number, number);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.up",
                                 position > 0 && !self->place->read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.down",
                                 position + 1 < n_entries && !self->place->read_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entry.delete", !self->place->read_only);
  update_name (self, gtk_label_get_label (self->title));
}

guint
zc_entry_row_get_position (ZcEntryRow *self)
{
  return self->position;
}

gboolean
zc_entry_row_get_open (ZcEntryRow *self)
{
  return gtk_toggle_button_get_active (self->toggle);
}

void
zc_entry_row_set_open (ZcEntryRow *self,
                       gboolean open)
{
  gtk_toggle_button_set_active (self->toggle, open);
}

/**
 * zc_entry_row_get_fields:
 *
 * Returns: (transfer none): its fields, built when they are not yet
 */
ZcFieldList *
zc_entry_row_get_fields (ZcEntryRow *self)
{
  build_fields (self);
  return self->fields;
}

/**
 * zc_entry_row_get_place:
 *
 * Returns: (transfer none): where it stands
 */
const ZcFieldPlace *
zc_entry_row_get_place (ZcEntryRow *self)
{
  return self->place;
}

void
zc_entry_row_reveal_problems (ZcEntryRow *self)
{
  self->revealed = TRUE;
  if (self->fields != NULL)
    zc_field_list_reveal_problems (self->fields);
}
