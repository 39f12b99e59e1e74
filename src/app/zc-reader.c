/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-focus.h"
#include "zc-form-page.h"
#include "zc-image-viewer.h"
#include "zc-place-marks.h"
#include "zc-reader-private.h"
#include "zc-section-images.h"
#include "zc-section-row.h"

/* Shows sections and their images; how they are loaded is in zc-reader-load.c, what is told of one's own in zc-reader-notice.c. */

G_DEFINE_FINAL_TYPE (ZcReader, zc_reader, ADW_TYPE_BIN)

enum
{
  PROP_DOSSIER = 1,
  PROP_DRAFT,
  PROP_NARROW,
  PROP_SECTION,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint failed_signal;

void
zc_reader_show_trouble (ZcReader *self, const GError *error)
{
  zc_trouble_page_explain (self->trouble, error);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
  g_signal_emit (self, failed_signal, 0, error);
}

/* --- images of a section, in one row -------------------------------------------------------------------------------- */
static void
update_viewer (ZcReader *self)
{
  gboolean any = self->images != NULL && g_list_model_get_n_items (self->images) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->viewer_slot), self->with_images && any && !self->narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.next-image", any && !self->narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.previous-image", any && !self->narrow);
}

static void
show_images (ZcReader *self, const ZcSection *section)
{
  if (!self->with_images)
    return;
  g_clear_object (&self->images);
  self->images = zc_section_images_new (self->draft, section);
  if (g_list_model_get_n_items (self->images) > 0)
    zc_image_viewer_show (ZC_IMAGE_VIEWER (self->viewer), self->draft, self->images, 0);
  update_viewer (self);
}

/* An image chosen in the form is shown beside it; where there is no room the form opens its dialog. */
static gboolean
image_activated_cb (ZcReader *self, GListModel *images, guint position)
{
  g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, position);
  guint index = image != NULL && self->images != NULL ? zc_section_images_find (self->images, zc_draft_image_get_sha256 (image)) : GTK_INVALID_LIST_POSITION;

  if (!self->with_images || self->narrow || index == GTK_INVALID_LIST_POSITION)
    return FALSE;
  zc_image_viewer_show (ZC_IMAGE_VIEWER (self->viewer), self->draft, self->images, index);
  return TRUE;
}

static void
turn_image_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gboolean next = g_str_equal (name, "reader.next-image");

  if (ZC_READER (widget)->viewer != NULL)
    gtk_widget_activate_action (ZC_READER (widget)->viewer, next ? "viewer.next" : "viewer.previous", NULL);
}

/* --- notes and changes (P9) --------------------------------------------------------------------------------------------------- */
static void
update_marks (ZcReader *self)
{
  GtkListBoxRow *row;

  for (int i = 0; self->draft != NULL && (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    {
      const char *section = zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row)));
      g_autofree char *text = self->with_images ? zc_section_marks_dup_text (self->draft, section, self->notebook) : g_strdup ("");

      zc_section_row_set_marks (ZC_SECTION_ROW (row), text);
    }
}

/* --- sections ----------------------------------------------------------------------------------------------------------- */
static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* What is only read is read from its top: the first thing in it that could have the focus may be an image far below. */
static void
put_form (ZcReader *self, GtkWidget *form, gboolean from_top)
{
  gboolean focused = has_focus (GTK_WIDGET (self->form));

  adw_bin_set_child (self->form, form);
  if (focused && from_top)
    gtk_widget_grab_focus (adw_bin_get_child (ADW_BIN (form)));
}

static void
show_section (ZcReader *self, ZcDraftSection *section)
{
  const ZcSection *definition = zc_draft_section_get_definition (section);
  gboolean filled_in = zc_reader_is_filled_in (self, section);
  const ZcFieldPlace place = {
    .draft = self->draft,
    .pool = zc_session_get_pool (self->session),
    .section = definition->id,
    .read_only = !filled_in,
    .notebook = filled_in ? NULL : self->notebook, /* nobody notes on what they fill in themselves */
  };
  GtkWidget *form = zc_form_page_new_empty (&place);

  if (self->revealed && !place.read_only)
    zc_form_page_reveal_problems (ZC_FORM_PAGE (form));
  zc_form_page_grow (ZC_FORM_PAGE (form));
  g_signal_connect_object (form, "image-activated", G_CALLBACK (image_activated_cb), self, G_CONNECT_SWAPPED);
  put_form (self, form, place.read_only && place.notebook == NULL);
  gtk_label_set_label (self->section_title, definition->title);
  show_images (self, definition);
  zc_reader_update_status (self);
}

static void
selected_cb (ZcReader *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  zc_section_row_bring_into_view (ZC_SECTION_ROW (row));
  show_section (self, zc_section_row_get_section (ZC_SECTION_ROW (row)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECTION]);
}

/* Chosen: where the list lies over the form, it gives way. */
static void
activated_cb (ZcReader *self)
{
  if (adw_overlay_split_view_get_collapsed (self->split))
    adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
}

/* The next one that is asked, in either direction. */
static void
move (ZcReader *self, int index, int by)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->sections, index)) != NULL && !gtk_widget_get_visible (GTK_WIDGET (row)))
    index += by;
  if (row != NULL)
    gtk_list_box_select_row (self->sections, row);
}

static int
get_index (ZcReader *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sections);

  return row != NULL ? gtk_list_box_row_get_index (row) : 0;
}

static void
next_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (ZC_READER (widget), get_index (ZC_READER (widget)) + 1, 1);
}

static void
previous_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (ZC_READER (widget), get_index (ZC_READER (widget)) - 1, -1);
}

static guint
append_sections (ZcReader *self, ZcFills fills)
{
  GListModel *sections = zc_draft_get_sections (self->draft);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      if (zc_draft_section_get_definition (section)->fills != fills)
        continue;
      gtk_list_box_append (self->sections, zc_section_row_new (section));
      n++;
    }
  return n;
}

static ZcFills
get_fills (GtkListBoxRow *row)
{
  return zc_draft_section_get_definition (zc_section_row_get_section (ZC_SECTION_ROW (row)))->fills;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  ZcReader *self = user_data;
  GtkWidget *title = NULL;

  if (self->headed && (before == NULL || get_fills (before) != get_fills (row)))
    {
      title = gtk_label_new (get_fills (row) == ZC_FILLS_UNIT ? _("Filled in by the unit") : _("Filled in by the applicant"));
      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_widget_add_css_class (title, "zc-group-title");
      gtk_widget_add_css_class (title, "caption-heading");
      gtk_widget_add_css_class (title, "dimmed");
    }
  gtk_list_box_row_set_header (row, title);
}

/* The one to begin with, where it can be seen; otherwise, and whenever it is read anew, the first. */
static void
select_first (ZcReader *self)
{
  g_autofree char *wanted = g_steal_pointer (&self->first);
  GtkListBoxRow *row;

  for (int i = 0; wanted != NULL && (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row))
        && g_strcmp0 (zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row))), wanted) == 0)
      {
        gtk_list_box_select_row (self->sections, row);
        return;
      }
  move (self, 0, 1);
}

/* The applicant's first, then what the unit adds; whose they are is said where there are both. */
static void
list_sections (ZcReader *self)
{
  gtk_list_box_remove_all (self->sections);
  append_sections (self, ZC_FILLS_APPLICANT);
  self->headed = append_sections (self, ZC_FILLS_UNIT) > 0;
  gtk_list_box_invalidate_headers (self->sections);
  update_marks (self);
  select_first (self);
}

/* --- what was loaded ------------------------------------------------------------------------ */
/* What is released or taken over turns into a form to read, what is accepted into one to fill in. */
static void
editable_cb (ZcReader *self)
{
  ZcDraftSection *section = zc_reader_get_selected (self);

  if (section != NULL)
    show_section (self, section);
  zc_reader_update_notice (self);
}

static void
follow_draft (ZcReader *self)
{
  g_signal_connect_object (self->draft, "notify::editable", G_CALLBACK (editable_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::state", G_CALLBACK (zc_reader_update_saving), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::store-error", G_CALLBACK (zc_reader_update_saving), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::n-conflicts", G_CALLBACK (zc_reader_update_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::past", G_CALLBACK (update_marks), self, G_CONNECT_SWAPPED);
}

/**
 * zc_reader_take_focus:
 *
 * While it was loading, nothing of the page could have the focus, and what had it may go: the chosen section takes it then. Where
 * somebody has put it, it stays.
 */
void
zc_reader_take_focus (ZcReader *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sections);

  if (zc_focus_is_lost (GTK_WIDGET (self)) && (row == NULL || !gtk_widget_grab_focus (GTK_WIDGET (row))))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

void
zc_reader_take_draft (ZcReader *self, ZcDraft *draft)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_set_object (&self->draft, draft);
  g_set_str (&self->receipt, zc_dossier_get_receipt_number (self->dossier));
  self->recovered = zc_draft_get_recovered_at (draft) != 0;
  follow_draft (self);
  list_sections (self);
  zc_reader_update_notice (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
  gtk_stack_set_visible_child_name (self->stack, "reader");
  zc_reader_take_focus (self);
}

void
zc_reader_take_dossier (ZcReader *self, ZcDossier *dossier)
{
  g_set_object (&self->dossier, dossier);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIER]);
}

static void
load (ZcReader *self)
{
  if (self->draft != NULL)
    zc_draft_flush_async (self->draft, NULL, NULL); /* before anything is read anew */
  gtk_stack_set_visible_child_name (self->stack, "loading");
  zc_reader_load (self);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  load (ZC_READER (widget));
}

static gboolean
is_submitted_anew (ZcReader *self)
{
  const char *receipt = zc_dossier_get_receipt_number (self->dossier);

  return self->receipt != NULL && *self->receipt != '\0' && receipt != NULL && *receipt != '\0' && !g_str_equal (self->receipt, receipt);
}

/* It came back to be filled in, after it was opened to be read alone. */
static gboolean
is_to_fill_in (ZcReader *self)
{
  GListModel *sections = self->draft != NULL ? zc_draft_get_sections (self->draft) : NULL;

  if (sections == NULL || !zc_dossier_has_action (self->dossier, "edit") || !zc_session_get_staff (self->session) ||
      zc_session_get_store (self->session) == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      if (zc_draft_section_get_kept (section))
        return FALSE;
    }
  return TRUE;
}

/* What anybody learns of the dossier is shown here too; what was submitted anew is read anew. */
static void
changed_cb (ZcReader *self, ZcDossier *dossier)
{
  if (self->dossier == NULL || self->dossier == dossier || g_strcmp0 (zc_dossier_get_id (dossier), self->id) != 0)
    return;
  zc_dossier_update_from (self->dossier, dossier);
  if (is_submitted_anew (self) || is_to_fill_in (self))
    load (self);
  update_marks (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIER]);
}

static void
zc_reader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcReader *self = ZC_READER (object);

  switch (id)
    {
    case PROP_DOSSIER:
      g_value_set_object (value, self->dossier);
      break;
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SECTION:
      g_value_set_string (value, zc_reader_get_section (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_reader_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcReader *self = ZC_READER (object);

  g_return_if_fail (id == PROP_NARROW);
  self->narrow = g_value_get_boolean (value);
  update_viewer (self);
}

static void
zc_reader_dispose (GObject *object)
{
  ZcReader *self = ZC_READER (object);

  adw_bin_set_child (ADW_BIN (self), NULL); /* before the template lets go of it, which AdwBin would not notice */
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_READER);
  g_clear_object (&self->images);
  g_clear_object (&self->notebook);
  g_clear_object (&self->draft);
  g_clear_object (&self->dossier);
  g_clear_pointer (&self->business, zc_business_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_reader_parent_class)->dispose (object);
}

static void
zc_reader_finalize (GObject *object)
{
  g_free (ZC_READER (object)->id);
  g_free (ZC_READER (object)->receipt);
  g_free (ZC_READER (object)->first);
  G_OBJECT_CLASS (zc_reader_parent_class)->finalize (object);
}

static void
zc_reader_class_init (ZcReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_reader_dispose;
  object_class->finalize = zc_reader_finalize;
  object_class->get_property = zc_reader_get_property;
  object_class->set_property = zc_reader_set_property;
  properties[PROP_DOSSIER] = g_param_spec_object ("dossier", NULL, NULL, ZC_TYPE_DOSSIER, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, ZC_TYPE_DRAFT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-reader.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReader, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, split);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, sections);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, section_title);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, notice);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, status);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, form);
  gtk_widget_class_bind_template_child (widget_class, ZcReader, viewer_slot);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, zc_reader_answer_notice);
  gtk_widget_class_install_action (widget_class, "reader.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "reader.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "reader.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "reader.next-image", NULL, turn_image_cb);
  gtk_widget_class_install_action (widget_class, "reader.previous-image", NULL, turn_image_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "reader.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "reader.previous", NULL);
}

static void
zc_reader_init (ZcReader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->sections, header_cb, self, NULL);
}

void
zc_reader_open (ZcReader *self, ZcSession *session, const char *dossier, gboolean with_images)
{
  g_set_object (&self->session, session);
  g_set_str (&self->id, dossier);
  self->with_images = with_images;
  if (with_images)
    {
      self->viewer = zc_image_viewer_new (zc_session_get_pool (session));
      adw_bin_set_child (self->viewer_slot, self->viewer);
    }
  g_signal_connect_object (session, "dossier-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  load (self);
}

/**
 * zc_reader_begin_at:
 * @section: (nullable): id of the section that is shown once it is loaded, instead of the first (P2)
 */
void
zc_reader_begin_at (ZcReader *self, const char *section)
{
  g_set_str (&self->first, section);
}

ZcDossier *
zc_reader_get_dossier (ZcReader *self)
{
  return self->dossier;
}

ZcDraft *
zc_reader_get_draft (ZcReader *self)
{
  return self->draft;
}

/**
 * zc_reader_show_place:
 * @section: id
 * @entry: (nullable): id of an entry
 * @field: (nullable): id of a field, which gets the focus
 *
 * Where a message leads (U5): from now on, what is missing is marked in the forms as well.
 */
void
zc_reader_show_place (ZcReader *self, const char *section, const char *entry, const char *field)
{
  GtkListBoxRow *row;

  self->revealed = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sections, i)) != NULL; i++)
    {
      ZcDraftSection *shown = zc_section_row_get_section (ZC_SECTION_ROW (row));

      if (g_strcmp0 (zc_draft_section_get_id (shown), section) != 0)
        continue;
      gtk_list_box_select_row (self->sections, row);
      activated_cb (self);
      if (zc_reader_is_filled_in (self, shown))
        zc_form_page_reveal_problems (ZC_FORM_PAGE (adw_bin_get_child (self->form)));
      zc_form_page_focus_place (ZC_FORM_PAGE (adw_bin_get_child (self->form)), entry, field);
      return;
    }
}

/**
 * zc_reader_set_notebook:
 * @notebook: (nullable): where what is noted goes; with %NULL nothing can be noted
 */
void
zc_reader_set_notebook (ZcReader *self, ZcNotebook *notebook)
{
  ZcDraftSection *section = zc_reader_get_selected (self);

  if (self->notebook == notebook)
    return;
  if (self->notebook != NULL)
    g_signal_handlers_disconnect_by_func (self->notebook, update_marks, self);
  g_set_object (&self->notebook, notebook);
  if (notebook != NULL)
    g_signal_connect_object (notebook, "items-changed", G_CALLBACK (update_marks), self, G_CONNECT_SWAPPED);
  zc_image_viewer_set_notebook (ZC_IMAGE_VIEWER (self->viewer), notebook);
  if (section != NULL)
    show_section (self, section);
  update_marks (self);
}

const char *
zc_reader_get_section (ZcReader *self)
{
  ZcDraftSection *section = zc_reader_get_selected (self);

  return section != NULL ? zc_draft_section_get_id (section) : NULL;
}

void
zc_reader_show_image (ZcReader *self, const char *sha256)
{
  guint position = self->images != NULL ? zc_section_images_find (self->images, sha256) : GTK_INVALID_LIST_POSITION;

  if (self->with_images && !self->narrow && position != GTK_INVALID_LIST_POSITION)
    zc_image_viewer_show (ZC_IMAGE_VIEWER (self->viewer), self->draft, self->images, position);
}

const char *
zc_reader_get_shown_image (ZcReader *self)
{
  gboolean shown = self->viewer != NULL && gtk_widget_get_visible (GTK_WIDGET (self->viewer_slot));

  return shown ? zc_image_viewer_get_sha256 (ZC_IMAGE_VIEWER (self->viewer)) : NULL;
}

/**
 * zc_reader_find_image:
 * @sha256: digest of an image of the section that is shown
 * @entry: (out) (transfer full) (nullable): id of the entry it stands in
 * @field: (out): id of its field
 *
 * Returns: whether it stands there
 */
gboolean
zc_reader_find_image (ZcReader *self, const char *sha256, char **entry, const char **field)
{
  return zc_section_images_find_place (self->draft, zc_draft_section_get_definition (zc_reader_get_selected (self)), sha256, entry, field);
}

void
zc_reader_activate_viewer (ZcReader *self, const char *action)
{
  if (self->viewer != NULL && gtk_widget_get_visible (GTK_WIDGET (self->viewer_slot)))
    gtk_widget_activate_action (self->viewer, action, NULL);
}
