/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-entry-list.h"
#include "zc-field-list.h"
#include "zc-form-page.h"
#include "zc-keep-in-view.h"
#include "zc-place-marks.h"

#define SCREENFUL 4 /* rows: most of what is seen of a form before it is scrolled */

/* No screen of the form is made for one business: this draws any section of any. */
struct _ZcFormPage
{
  AdwBin parent_instance;

  ZcFieldPlace *place;

  GtkLabel *title;
  GtkLabel *hint;
  GtkLabel *legend;
  GtkBox *title_line;
  GtkWidget *note; /* (nullable): the button */
  AdwBin *marks;
  AdwBin *slot;

  GtkWidget *target; /* (nullable): what shall be in view; not owned, cleared when it goes */
  guint scroll_id;
  guint grow_id; /* 0: no row is added with the next frame */
  guint revealed : 1;
  guint partial : 1; /* its rows are added one by one, when it is asked for */
  guint growing : 1; /* one with each frame in which it is seen */
};

G_DEFINE_FINAL_TYPE (ZcFormPage, zc_form_page, ADW_TYPE_BIN)

enum
{
  IMAGE_ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* A hint of several paragraphs is a text to be read, as what is promised: in full ink, and also by who only looks. */
static void
show_hint (ZcFormPage *self,
           const char *hint)
{
  gboolean reading = hint != NULL && strchr (hint, '\n') != NULL;

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint),
                          hint != NULL && (reading || !self->place->read_only));
  if (!reading)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "zc-reading");
}

/* What is said of the section as a whole stands under its title (P9). */
static void
update_marks (ZcFormPage *self)
{
  zc_place_marks_show (self->marks, self->place, NULL);
}

static void
value_changed_cb (ZcFormPage *self,
                  const char *section)
{
  if (g_strcmp0 (section, self->place->section) == 0)
    update_marks (self);
}

static void
add_note_button (ZcFormPage *self)
{
  if (self->place->notebook == NULL || self->note != NULL)
    return;
  self->note = gtk_button_new_with_label (_ ("Note on the Section"));
  gtk_widget_set_valign (self->note, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->note, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->note), "(ssss)", self->place->section, "",
                                    "", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->note), "notes.add");
  gtk_box_append (self->title_line, self->note);
}

static void
build (ZcFormPage *self)
{
  const ZcSection *section = zc_business_find_section (
      zc_draft_get_business (self->place->draft), self->place->section, NULL);

  g_return_if_fail (section != NULL);
  gtk_label_set_label (self->title, section->title);
  show_hint (self, section->hint);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), !self->place->read_only);
  add_note_button (self);
  update_marks (self);
  if (section->repeats)
    adw_bin_set_child (self->slot, zc_entry_list_new_empty (self->place));
  else
    adw_bin_set_child (self->slot, zc_field_list_new_empty (self->place, TRUE));
  if (self->revealed)
    zc_form_page_reveal_problems (self);
  if (!self->partial)
    zc_form_page_complete (self);
}

/* Another device wrote the whole section: it is drawn anew. */
static void
reloaded_cb (ZcFormPage *self,
             const char *section)
{
  if (g_strcmp0 (section, self->place->section) == 0)
    build (self);
}

static ZcFieldList *
find_fields (ZcFormPage *self,
             const char *entry)
{
  GtkWidget *content = adw_bin_get_child (self->slot);
  ZcEntryRow *row;

  if (ZC_IS_FIELD_LIST (content))
    return ZC_FIELD_LIST (content);
  row = zc_entry_list_find_row (ZC_ENTRY_LIST (content), entry);
  if (row == NULL)
    return NULL;
  zc_entry_row_set_open (row, TRUE);
  return zc_entry_row_get_fields (row);
}

/* The whole row, with its message, comes into view; once more when what was just opened has its size. */
static void
scroll_to (ZcFormPage *self,
           GtkWidget *row)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT);

  if (viewport != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), row, NULL);
}

static gboolean
scroll_again_cb (gpointer data)
{
  ZcFormPage *self = data;

  self->scroll_id = 0;
  if (self->target != NULL)
    scroll_to (self, self->target);
  g_clear_weak_pointer (&self->target);
  return G_SOURCE_REMOVE;
}

static void
bring_into_view (ZcFormPage *self,
                 GtkWidget *target)
{
  scroll_to (self, target);
  g_set_weak_pointer (&self->target, target);
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add (300, scroll_again_cb, self); /* longer than a revealer slides */
}

static gboolean
grow_cb (GtkWidget *widget,
         GdkFrameClock *clock,
         gpointer data)
{
  ZcFormPage *self = ZC_FORM_PAGE (widget);

  if (zc_form_page_add_next (self))
    return G_SOURCE_CONTINUE;
  self->growing = FALSE;
  self->grow_id = 0;
  return G_SOURCE_REMOVE;
}

/* What has been left before it was whole takes no time from what is seen now. */
static void
update_growing (ZcFormPage *self)
{
  gboolean wanted = self->growing && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (wanted && self->grow_id == 0)
    self->grow_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, NULL, NULL);
  else if (!wanted && self->grow_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->grow_id);
      self->grow_id = 0;
    }
}

static void
zc_form_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_form_page_parent_class)->map (widget);
  update_growing (ZC_FORM_PAGE (widget));
}

static void
zc_form_page_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_form_page_parent_class)->unmap (widget);
  update_growing (ZC_FORM_PAGE (widget));
}

static void
zc_form_page_dispose (GObject *object)
{
  ZcFormPage *self = ZC_FORM_PAGE (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_weak_pointer (&self->target);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_FORM_PAGE);
  g_clear_pointer (&self->place, zc_field_place_free);
  G_OBJECT_CLASS (zc_form_page_parent_class)->dispose (object);
}

static void
zc_form_page_class_init (ZcFormPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_form_page_dispose;
  widget_class->map = zc_form_page_map;
  widget_class->unmap = zc_form_page_unmap;
  signals[IMAGE_ACTIVATED]
      = g_signal_new ("image-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 2,
                      G_TYPE_LIST_MODEL, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-form-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcFormPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcFormPage, hint);
  gtk_widget_class_bind_template_child (widget_class, ZcFormPage, legend);
  gtk_widget_class_bind_template_child (widget_class, ZcFormPage, title_line);
  gtk_widget_class_bind_template_child (widget_class, ZcFormPage, marks);
  gtk_widget_class_bind_template_child (widget_class, ZcFormPage, slot);
}

static void
zc_form_page_init (ZcFormPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zc_keep_in_view (GTK_SCROLLED_WINDOW (adw_bin_get_child (ADW_BIN (self))));
}

/**
 * zc_form_page_new_empty:
 * @place: a section of the draft; copied
 *
 * Returns: (transfer floating): the page with its title alone; zc_form_page_add_next() and zc_form_page_complete() do the rest
 */
GtkWidget *
zc_form_page_new_empty (const ZcFieldPlace *place)
{
  ZcFormPage *self = g_object_new (ZC_TYPE_FORM_PAGE, NULL);

  self->place = zc_field_place_copy (place);
  self->partial = TRUE;
  build (self);
  g_signal_connect_object (place->draft, "reloaded", G_CALLBACK (reloaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (place->draft, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  zc_place_marks_follow (place, G_CALLBACK (update_marks), self);
  return GTK_WIDGET (self);
}

/**
 * zc_form_page_add_next:
 *
 * Makes the next row, of a field or of an entry: what takes no longer than nobody notices.
 *
 * Returns: whether another one is missing
 */
gboolean
zc_form_page_add_next (ZcFormPage *self)
{
  GtkWidget *content = adw_bin_get_child (self->slot);

  if (ZC_IS_ENTRY_LIST (content))
    self->partial = zc_entry_list_add_next (ZC_ENTRY_LIST (content));
  else
    self->partial = zc_field_list_add_next (ZC_FIELD_LIST (content));
  return self->partial;
}

/**
 * zc_form_page_complete:
 *
 * Makes at once whatever is missing.
 */
void
zc_form_page_complete (ZcFormPage *self)
{
  while (zc_form_page_add_next (self))
    ;
}

/**
 * zc_form_page_grow:
 *
 * For who waits for the page: makes at once what is in view, the other rows in the frames that follow, one in each as long as it is
 * seen, also while somebody types above.
 */
void
zc_form_page_grow (ZcFormPage *self)
{
  /* an entry that is only read is open, with all of its fields */
  gboolean entries = ZC_IS_ENTRY_LIST (adw_bin_get_child (self->slot)) && self->place->read_only;
  guint n = entries ? 1 : SCREENFUL;

  while (n > 0 && zc_form_page_add_next (self))
    n--;
  self->growing = self->partial;
  update_growing (self);
}

/**
 * zc_form_page_is_whole:
 *
 * Returns: whether all of its rows are there
 */
gboolean
zc_form_page_is_whole (ZcFormPage *self)
{
  return !self->partial;
}

/**
 * zc_form_page_new:
 * @place: a section of the draft; copied
 *
 * Returns: (transfer floating): the page with all of its rows
 */
GtkWidget *
zc_form_page_new (const ZcFieldPlace *place)
{
  GtkWidget *self = zc_form_page_new_empty (place);

  zc_form_page_complete (ZC_FORM_PAGE (self));
  return self;
}

const char *
zc_form_page_get_section (ZcFormPage *self)
{
  return self->place->section;
}

/**
 * zc_form_page_reveal_problems:
 *
 * Shows what is missing, also where nobody has been yet: after 保存 and 报送.
 */
void
zc_form_page_reveal_problems (ZcFormPage *self)
{
  GtkWidget *content = adw_bin_get_child (self->slot);

  self->revealed = TRUE;
  if (ZC_IS_ENTRY_LIST (content))
    zc_entry_list_reveal_problems (ZC_ENTRY_LIST (content));
  else
    zc_field_list_reveal_problems (ZC_FIELD_LIST (content));
}

/**
 * zc_form_page_focus_place:
 * @entry: (nullable): id of an entry, which is opened
 * @field: (nullable): id of a field, which gets the focus; %NULL: the section as a whole
 *
 * Where a message leads (S3.1.2b).
 *
 * Returns: whether the place is there
 */
gboolean
zc_form_page_focus_place (ZcFormPage *self,
                          const char *entry,
                          const char *field)
{
  ZcFieldList *fields;
  ZcFieldRow *row;

  if (entry != NULL || field != NULL)
    zc_form_page_complete (self);
  fields = find_fields (self, entry);
  if (fields == NULL)
    return gtk_widget_child_focus (GTK_WIDGET (self->slot), GTK_DIR_TAB_FORWARD);
  row = zc_field_list_find_row (fields, field);
  if (row == NULL)
    {
      if (entry != NULL)
        bring_into_view (self, GTK_WIDGET (fields));
      return gtk_widget_child_focus (GTK_WIDGET (fields), GTK_DIR_TAB_FORWARD);
    }
  zc_field_row_reveal_problem (row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  bring_into_view (self, GTK_WIDGET (row));
  return TRUE;
}

/**
 * zc_form_page_show_image:
 * @images: of #ZcDraftImage, of one field
 *
 * An image was chosen: whoever shows the page may show it in a place of its own.
 *
 * Returns: whether somebody did
 */
gboolean
zc_form_page_show_image (ZcFormPage *self,
                         GListModel *images,
                         guint position)
{
  gboolean handled = FALSE;

  g_signal_emit (self, signals[IMAGE_ACTIVATED], 0, images, position, &handled);
  return handled;
}
