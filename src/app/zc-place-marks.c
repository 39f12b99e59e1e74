/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-image-viewer.h"
#include "zc-note-text.h"
#include "zc-past.h"
#include "zc-place-marks.h"

struct _ZcPlaceMarks
{
  GtkBox parent_instance;

  ZcFieldPlace  *place;
  const ZcField *field; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ZcPlaceMarks, zc_place_marks, GTK_TYPE_BOX)

static const ZcSection *
get_section (const ZcFieldPlace *place)
{
  return zc_business_find_section (zc_draft_get_business (place->draft), place->section, NULL);
}

/* Notes of an image stand at its field. */
static gboolean
is_at (ZcNote *note, const ZcFieldPlace *place, const char *field)
{
  return g_strcmp0 (zc_note_get_section (note), place->section) == 0
         && g_strcmp0 (zc_note_get_entry (note), place->entry != NULL ? place->entry : "") == 0
         && g_strcmp0 (zc_note_get_field (note), field != NULL ? field : "") == 0;
}

/* --- lines ------------------------------------------------------------------------------------------------------------------- */
static GtkWidget *
add_line (ZcPlaceMarks *self, const char *icon, const char *text, const char *style)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image
      = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (line, style);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (self), line);
  return line;
}

static void
add_button (GtkWidget *line, const char *icon, const char *name, const char *action, guint position)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "zc-small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  gtk_box_append (GTK_BOX (line), button);
}

/* --- what changed since the return --------------------------------------------------------------------------------------------- */
static void
before_clicked_cb (GtkButton *button, GListModel *images)
{
  ZcPlaceMarks *self = ZC_PLACE_MARKS (gtk_widget_get_ancestor (GTK_WIDGET (button), ZC_TYPE_PLACE_MARKS));

  zc_image_viewer_present (GTK_WIDGET (self), self->place->pool, self->place->draft, images, 0, _("Before the return"));
}

/* The pictures as they were are one click away. */
static void
add_before_button (GtkWidget *line, GListModel *images)
{
  GtkWidget *button;

  if (g_list_model_get_n_items (images) == 0)
    return;
  button = gtk_button_new_with_label (_("Images Before"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (before_clicked_cb), g_object_ref (images), (GClosureNotify) (GCallback) g_object_unref, 0);
  gtk_box_append (GTK_BOX (line), button);
}

static guint
count_gone (ZcPlaceMarks *self, GListModel *before)
{
  ZcFieldPlace *place = self->place;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (before); i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (before, i);

      n += zc_past_is_changed (zc_draft_get_past (place->draft), place->draft, place->section, place->entry, self->field->id,
                               zc_draft_image_get_sha256 (image));
    }
  return n;
}

static void
add_changed_images (ZcPlaceMarks *self, ZcPast *past)
{
  g_autoptr (GListModel) before = zc_past_list_images (past, self->place->section, self->place->entry, self->field->id);
  guint n = g_list_model_get_n_items (before);
  guint gone = count_gone (self, before);
  g_autofree char *text = gone > 0 ? g_strdup_printf (_("Changed since the return: %u of the %u images before are gone"), gone, n)
                                   : g_strdup_printf (_("Changed since the return: there were %u images before"), n);

  add_before_button (add_line (self, "document-edit-symbolic", text, "zc-changed"), before);
}

static void
add_changed_field (ZcPlaceMarks *self, ZcPast *past)
{
  ZcFieldPlace *place = self->place;
  g_autofree char *before = zc_past_dup_text (past, place->draft, place->section, place->entry, self->field->id);
  g_autofree char *words = zc_value_dup_words (self->field, before);
  gboolean known = self->field->from == NULL || *before != '\0';
  g_autofree char *text
      = known ? g_strdup_printf (_("Changed since the return. Before: %s"), words) : g_strdup (_("Changed since the return"));

  add_line (self, "document-edit-symbolic", text, "zc-changed");
}

/* An entry that is there no more, as it was. */
static char *
dup_removed_text (ZcPlaceMarks *self, ZcPast *past, const char *entry)
{
  const ZcSection *section = get_section (self->place);
  GString *text = g_string_new (_("Removed since the return:"));

  for (guint i = 0; i < section->n_fields; i++)
    {
      const ZcField *field = &section->fields[i];
      g_autofree char *before = zc_past_dup_text (past, self->place->draft, section->id, entry, field->id);
      g_autofree char *words = *before != '\0' ? zc_value_dup_words (field, before) : NULL;

      if (words != NULL)
        g_string_append_printf (text, "\n%s  %s", field->label, words);
    }
  return g_string_free (text, FALSE);
}

/* (transfer full): of all its fields */
static GListModel *
list_removed_images (ZcPlaceMarks *self, ZcPast *past, const char *entry)
{
  const ZcSection *section = get_section (self->place);
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);

  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == ZC_FIELD_IMAGES)
      {
        g_autoptr (GListModel) images = zc_past_list_images (past, section->id, entry, section->fields[i].id);

        g_list_store_append (lists, images);
      }
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
}

static void
add_removed_entry (ZcPlaceMarks *self, ZcPast *past, const char *entry)
{
  g_autofree char *text = dup_removed_text (self, past, entry);
  g_autoptr (GListModel) images = list_removed_images (self, past, entry);

  add_before_button (add_line (self, "document-edit-symbolic", text, "zc-changed"), images);
}

static void
add_changed_section (ZcPlaceMarks *self, ZcPast *past)
{
  g_autoptr (GPtrArray) differences = zc_past_list_differences (past, self->place->draft);

  for (guint i = 0; i < differences->len; i++)
    {
      const ZcDifference *difference = g_ptr_array_index (differences, i);

      if (g_strcmp0 (difference->section, self->place->section) != 0)
        continue;
      if (difference->kind == ZC_DIFFERENCE_MOVED)
        add_line (self, "document-edit-symbolic", _("The entries stand in another order since the return"), "zc-changed");
      else if (difference->kind == ZC_DIFFERENCE_REMOVED)
        add_removed_entry (self, past, difference->entry);
    }
}

/* Only for who reads: who mends it knows what they changed. */
static void
add_changes (ZcPlaceMarks *self)
{
  ZcFieldPlace *place = self->place;
  ZcPast *past = zc_draft_get_past (place->draft);

  if (past == NULL || !place->read_only)
    return;
  if (self->field == NULL && place->entry == NULL)
    add_changed_section (self, past);
  else if (self->field == NULL && !zc_past_has_entry (past, place->section, place->entry))
    add_line (self, "list-add-symbolic", _("Added since the return"), "zc-changed");
  else if (self->field == NULL || (place->entry != NULL && !zc_past_has_entry (past, place->section, place->entry))
           || !zc_past_is_changed (past, place->draft, place->section, place->entry, self->field->id, NULL))
    return;
  else if (self->field->type == ZC_FIELD_IMAGES)
    add_changed_images (self, past);
  else
    add_changed_field (self, past);
}

/* --- notes ----------------------------------------------------------------------------------------------------------------------- */
/* "图 2：看不清" */
static char *
dup_note_text (ZcPlaceMarks *self, ZcNote *note)
{
  guint number = zc_note_image_number (note, self->place->draft);
  g_autofree char *words = zc_note_dup_words (note);

  if (number == 0)
    return g_steal_pointer (&words);
  return g_strdup_printf (_("Image %u: %s"), number, words);
}

/* What the return asked for; ticked off where the place changed since: whether it is mended is for people to see. */
static void
add_asked (ZcPlaceMarks *self)
{
  GListModel *notes = zc_dossier_get_notes (zc_draft_get_dossier (self->place->draft));

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);
      g_autofree char *text = NULL;
      g_autofree char *done = NULL;

      if (!is_at (note, self->place, self->field != NULL ? self->field->id : NULL))
        continue;
      text = dup_note_text (self, note);
      if (zc_draft_note_is_done (self->place->draft, note))
        done = g_strdup_printf (_("%s (changed since)"), text);
      if (done != NULL)
        add_line (self, "object-select-symbolic", done, "zc-note-done");
      else
        add_line (self, "dialog-warning-symbolic", text, "zc-note");
    }
}

static void
add_own (ZcPlaceMarks *self)
{
  GListModel *notes = G_LIST_MODEL (self->place->notebook);

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);
      g_autofree char *text = NULL;
      GtkWidget *line;

      if (!is_at (note, self->place, self->field != NULL ? self->field->id : NULL))
        continue;
      text = dup_note_text (self, note);
      line = add_line (self, "user-bookmarks-symbolic", text, "zc-own-note");
      add_button (line, "document-edit-symbolic", _("Edit this note"), "notes.edit", i);
      add_button (line, "user-trash-symbolic", _("Remove this note"), "notes.remove", i);
    }
}

/* --- the object ------------------------------------------------------------------------------------------------------------------ */
static void
zc_place_marks_dispose (GObject *object)
{
  ZcPlaceMarks *self = ZC_PLACE_MARKS (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_PLACE_MARKS);
  g_clear_pointer (&self->place, zc_field_place_free);
  G_OBJECT_CLASS (zc_place_marks_parent_class)->dispose (object);
}

static void
zc_place_marks_class_init (ZcPlaceMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_place_marks_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/zhicheng/zhicheng/zc-place-marks.ui");
}

static void
zc_place_marks_init (ZcPlaceMarks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
look_again (ZcPlaceMarks *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  add_changes (self);
  add_asked (self);
  add_own (self);
}

static ZcPlaceMarks *
place_marks_new (const ZcFieldPlace *place, const char *field)
{
  ZcPlaceMarks *self = g_object_new (ZC_TYPE_PLACE_MARKS, NULL);

  self->place = zc_field_place_copy (place);
  self->field = field != NULL ? zc_section_find_field (get_section (place), field) : NULL;
  return self;
}

/**
 * zc_place_marks_show:
 * @bin: where it is shown, below what it is about; hidden when there is nothing
 * @place: a section or an entry; of one bin always the same
 * @field: (nullable): id of one of its fields
 *
 * Shows what stands there now.
 */
void
zc_place_marks_show (AdwBin *bin, const ZcFieldPlace *place, const char *field)
{
  if (adw_bin_get_child (bin) == NULL)
    adw_bin_set_child (bin, GTK_WIDGET (place_marks_new (place, field)));
  look_again (ZC_PLACE_MARKS (adw_bin_get_child (bin)));
  gtk_widget_set_visible (GTK_WIDGET (bin), gtk_widget_get_first_child (adw_bin_get_child (bin)) != NULL);
}

/**
 * zc_place_marks_follow:
 * @place: where
 * @update: called as update (owner, …)
 * @owner: (not nullable): a #GObject
 */
void
zc_place_marks_follow (const ZcFieldPlace *place, GCallback update, gpointer owner)
{
  g_signal_connect_object (place->draft, "notify::past", update, owner, G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_draft_get_dossier (place->draft), "changed", update, owner, G_CONNECT_SWAPPED);
  if (place->notebook != NULL)
    g_signal_connect_object (place->notebook, "items-changed", update, owner, G_CONNECT_SWAPPED);
}

/**
 * zc_entry_has_notes:
 * @place: an entry
 *
 * Returns: whether a return says something of it or of what stands in it
 */
gboolean
zc_entry_has_notes (const ZcFieldPlace *place)
{
  GListModel *notes = zc_dossier_get_notes (zc_draft_get_dossier (place->draft));

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);

      if (g_strcmp0 (zc_note_get_section (note), place->section) == 0 && g_strcmp0 (zc_note_get_entry (note), place->entry) == 0)
        return TRUE;
    }
  return FALSE;
}

/* --- for lists and tiles ------------------------------------------------------------------------------------------------------------ */
/* Of what is only read here. */
static guint
count_changes (ZcDraft *draft, const char *section)
{
  ZcPast *past = zc_draft_get_past (draft);
  ZcDraftSection *found = zc_draft_find_section (draft, section);
  g_autoptr (GPtrArray) differences = NULL;
  guint n = 0;

  if (past == NULL || found == NULL || zc_draft_section_get_kept (found))
    return 0;
  differences = zc_past_list_differences (past, draft);
  for (guint i = 0; i < differences->len; i++)
    n += g_strcmp0 (((const ZcDifference *) g_ptr_array_index (differences, i))->section, section) == 0;
  return n;
}

static guint
count_notes (GListModel *notes, const char *section, ZcDraft *open_in)
{
  guint n = 0;

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);

      n += g_strcmp0 (zc_note_get_section (note), section) == 0 && (open_in == NULL || !zc_draft_note_is_done (open_in, note));
    }
  return n;
}

static void
add_words (GString *text, const char *words)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
}

/**
 * zc_section_marks_dup_text:
 * @draft: of the dossier
 * @section: id of a section
 * @notebook: (nullable): what the reviewer notes
 *
 * Returns: (transfer full): how much there is to look at
 */
char *
zc_section_marks_dup_text (ZcDraft *draft, const char *section, ZcNotebook *notebook)
{
  GString *text = g_string_new (NULL);
  GListModel *asked = zc_dossier_get_notes (zc_draft_get_dossier (draft));
  guint n_asked = count_notes (asked, section, NULL);
  guint n_open = count_notes (asked, section, draft);
  guint n_changes = count_changes (draft, section);
  guint n_own = count_notes (G_LIST_MODEL (notebook), section, NULL);
  g_autofree char *changes = g_strdup_printf (ngettext ("%u change", "%u changes", n_changes), n_changes);
  g_autofree char *open = g_strdup_printf (ngettext ("%u remark to deal with", "%u remarks to deal with", n_open), n_open);
  g_autofree char *own = g_strdup_printf (ngettext ("%u note of mine", "%u notes of mine", n_own), n_own);

  if (n_changes > 0)
    add_words (text, changes);
  if (n_open > 0)
    add_words (text, open);
  else if (n_asked > 0)
    add_words (text, _("Changed where it was asked for"));
  if (n_own > 0)
    add_words (text, own);
  return g_string_free (text, FALSE);
}

static ZcNote *
find_image_note (GListModel *notes, const ZcFieldPlace *place, const char *field, const char *sha256)
{
  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);

      if (is_at (note, place, field) && g_strcmp0 (zc_note_get_image (note), sha256) == 0)
        return note; /* the list holds it */
    }
  return NULL;
}

static gboolean
is_new_image (const ZcFieldPlace *place, const char *field, const char *sha256)
{
  ZcPast *past = zc_draft_get_past (place->draft);

  return past != NULL && place->read_only && zc_past_has_section (past, place->section)
         && !zc_past_has_image (past, place->section, place->entry, field, sha256);
}

/**
 * zc_image_marks_dup_text:
 * @place: the section or entry
 * @field: id of a field of images
 * @sha256: digest of one of them
 *
 * Returns: (transfer full) (nullable): what is to be seen on it
 */
char *
zc_image_marks_dup_text (const ZcFieldPlace *place, const char *field, const char *sha256)
{
  ZcNote *note = find_image_note (G_LIST_MODEL (place->notebook), place, field, sha256);

  if (note == NULL)
    note = find_image_note (zc_dossier_get_notes (zc_draft_get_dossier (place->draft)), place, field, sha256);
  if (note != NULL)
    return zc_note_dup_words (note);
  return is_new_image (place, field, sha256) ? g_strdup (_("New")) : NULL;
}
