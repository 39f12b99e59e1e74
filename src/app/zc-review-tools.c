/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-entry-row.h"
#include "zc-field-row.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-note-dialog.h"
#include "zc-note-text.h"
#include "zc-past.h"
#include "zc-review-tools.h"
#include "zc-toast.h"

struct _ZcReviewTools
{
  GtkBox parent_instance;

  ZcSession          *session;
  ZcReader           *reader;      /* not owned: it stands beside it on the page */
  ZcNotebook         *notebook;
  ZcPhrases          *phrases;     /* (nullable): the server keeps none */
  GPtrArray          *differences; /* ZcDifference */
  GSimpleActionGroup *actions;

  GtkBox        *changes;
  GtkLabel      *since;
  GtkLabel      *position;
  GtkMenuButton *asked;
  GtkMenuButton *own;

  int            at;               /* the difference last shown; -1: none yet */
  guint          fitting : 1;
};

G_DEFINE_FINAL_TYPE (ZcReviewTools, zc_review_tools, GTK_TYPE_BOX)

static const char *
or_null (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static ZcDraft *
get_draft (ZcReviewTools *self)
{
  return zc_reader_get_draft (self->reader);
}

/* Notes go with a return or a refusal: only who may decide so can make them. */
static gboolean
may_note (ZcReviewTools *self)
{
  static const char *const actions[] = { "return", "return-back", "refuse" };
  ZcDossier *dossier = zc_reader_get_dossier (self->reader);

  for (guint i = 0; dossier != NULL && i < G_N_ELEMENTS (actions); i++)
    if (zc_dossier_has_action (dossier, actions[i]))
      return TRUE;
  return FALSE;
}

/* --- lists that lead to places ---------------------------------------------------------------------------------------------------- */
static void
show_note (ZcReviewTools *self, ZcNote *note)
{
  zc_reader_show_place (self->reader, zc_note_get_section (note), or_null (zc_note_get_entry (note)), or_null (zc_note_get_field (note)));
  zc_reader_show_image (self->reader, zc_note_get_image (note));
}

static void
note_clicked_cb (GtkButton *button, ZcNote *note)
{
  ZcReviewTools *self = g_object_get_data (G_OBJECT (button), "tools");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  show_note (self, note);
}

static GtkWidget *
new_note_button (ZcReviewTools *self, ZcNote *note, gboolean done)
{
  g_autofree char *place = zc_note_dup_place (note, get_draft (self));
  g_autofree char *words = zc_note_dup_words (note);
  g_autofree char *text = g_strdup_printf (done ? _("%s: %s (changed since)") : _("%s: %s"), place, words);
  GtkWidget *button = gtk_button_new_with_label (text);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "tools", self);
  g_signal_connect_object (button, "clicked", G_CALLBACK (note_clicked_cb), note, 0);
  return button;
}

static void
fill_menu (ZcReviewTools *self, GtkMenuButton *menu, GListModel *notes, gboolean asked)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *popover = gtk_popover_new ();

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);

      gtk_box_append (GTK_BOX (box), new_note_button (self, note, asked && zc_draft_note_is_done (get_draft (self), note)));
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (menu, popover);
}

static void
name_menu (GtkMenuButton *menu, const char *label)
{
  gtk_menu_button_set_label (menu, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_asked (ZcReviewTools *self)
{
  GListModel *notes = zc_dossier_get_notes (zc_reader_get_dossier (self->reader));
  guint n = notes != NULL ? g_list_model_get_n_items (notes) : 0;
  g_autofree char *label = g_strdup_printf (_("Asked for (%u)"), n);

  name_menu (self->asked, label);
  gtk_widget_set_visible (GTK_WIDGET (self->asked), n > 0);
  fill_menu (self, self->asked, notes, TRUE);
}

static void
update_own (ZcReviewTools *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notebook));
  g_autofree char *label = g_strdup_printf (_("My notes (%u)"), n);

  name_menu (self->own, label);
  gtk_widget_set_visible (GTK_WIDGET (self->own), n > 0);
  fill_menu (self, self->own, G_LIST_MODEL (self->notebook), FALSE);
}

/* --- what changed since the return ------------------------------------------------------------------------------------------------- */
static void
set_enabled (ZcReviewTools *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
say_position (ZcReviewTools *self)
{
  g_autofree char *text = self->at >= 0 ? g_strdup_printf ("%d / %u", self->at + 1, self->differences->len) : g_strdup ("");

  gtk_label_set_label (self->position, text);
}

static void
update_changes (ZcReviewTools *self)
{
  ZcDossier *dossier = zc_reader_get_dossier (self->reader);
  ZcPast *past = zc_draft_get_past (get_draft (self));
  g_autofree char *by = NULL;
  g_autofree char *text = NULL;
  guint n;

  g_clear_pointer (&self->differences, g_ptr_array_unref);
  self->differences = past != NULL ? zc_past_list_differences (past, get_draft (self))
                                   : g_ptr_array_new_with_free_func ((GDestroyNotify) zc_difference_free);
  self->at = -1;
  n = self->differences->len;
  g_object_get (dossier, "returned-by", &by, NULL);
  text = g_strdup_printf (ngettext ("%u place changed since %s returned it", "%u places changed since %s returned it", n), n, by);
  gtk_label_set_label (self->since, text);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), past != NULL);
  set_enabled (self, "next-change", n > 0);
  set_enabled (self, "previous-change", n > 0);
  say_position (self);
}

/* An image that is new there is shown beside the form. */
static void
show_new_image (ZcReviewTools *self, const ZcDifference *difference)
{
  ZcPast *past = zc_draft_get_past (get_draft (self));
  const ZcSection *section = zc_business_find_section (zc_draft_get_business (get_draft (self)), difference->section, NULL);
  const ZcField *field = difference->field != NULL ? zc_section_find_field (section, difference->field) : NULL;
  g_autoptr (GListModel) now = NULL;

  if (field == NULL || field->type != ZC_FIELD_IMAGES)
    return;
  now = zc_draft_get_images (get_draft (self), difference->section, difference->entry, difference->field);
  for (guint i = 0; i < g_list_model_get_n_items (now); i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (now, i);
      const char *sha256 = zc_draft_image_get_sha256 (image);

      if (zc_past_has_image (past, difference->section, difference->entry, difference->field, sha256))
        continue;
      zc_reader_show_image (self->reader, sha256);
      return;
    }
}

/* To who does not see where the page goes. */
static void
announce (ZcReviewTools *self, const ZcDifference *difference)
{
  g_autoptr (ZcNote) place = zc_note_new (difference->section, difference->entry, difference->field, NULL, NULL, NULL);
  g_autofree char *where = zc_note_dup_place (place, get_draft (self));
  g_autofree char *text = g_strdup_printf (_("Change %d of %u: %s"), self->at + 1, self->differences->len, where);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
step_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZcReviewTools *self = user_data;
  gboolean next = g_str_equal (g_action_get_name (G_ACTION (action)), "next-change");
  int n = (int) self->differences->len;
  const ZcDifference *difference;

  if (n == 0)
    return;
  self->at = next ? (self->at + 1) % n : (MAX (self->at, 0) + n - 1) % n;
  difference = g_ptr_array_index (self->differences, self->at);
  zc_reader_show_place (self->reader, difference->section, difference->kind == ZC_DIFFERENCE_REMOVED ? NULL : difference->entry,
                        difference->field);
  show_new_image (self, difference);
  say_position (self);
  announce (self, difference);
}

/* --- noting -------------------------------------------------------------------------------------------------------------------------- */
static void
open_dialog (ZcReviewTools *self, ZcNote *note)
{
  g_autofree char *place = zc_note_dup_place (note, get_draft (self));

  if (self->phrases != NULL)
    zc_phrases_load (self->phrases);
  adw_dialog_present (zc_note_dialog_new (self->notebook, self->phrases, note, place), GTK_WIDGET (self));
}

static void
add_note (ZcReviewTools *self, const char *section, const char *entry, const char *field, const char *image)
{
  g_autoptr (ZcNote) note = zc_note_new (section, or_null (entry), or_null (field), or_null (image), NULL, NULL);

  if (may_note (self) && get_draft (self) != NULL)
    open_dialog (self, note);
}

static void
add_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *section, *entry, *field, *image;

  g_variant_get (parameter, "(&s&s&s&s)", &section, &entry, &field, &image);
  add_note (user_data, section, entry, field, image);
}

static void
note_image (ZcReviewTools *self, const char *sha256)
{
  g_autofree char *entry = NULL;
  const char *field = NULL;

  if (zc_reader_find_image (self->reader, sha256, &entry, &field))
    add_note (self, zc_reader_get_section (self->reader), entry, field, sha256);
}

static void
image_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZcReviewTools *self = user_data;
  const char *sha256 = zc_reader_get_shown_image (self->reader);

  if (sha256 != NULL)
    note_image (self, sha256);
}

/* The smallest place around the focus: an image, a field, an entry; else the section. */
static void
here_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZcReviewTools *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *tile = focus != NULL ? gtk_widget_get_ancestor (focus, ZC_TYPE_IMAGE_TILE) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ZC_TYPE_FIELD_ROW) : NULL;
  GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, ZC_TYPE_ENTRY_ROW) : NULL;

  if (focus != NULL && gtk_widget_get_ancestor (focus, ZC_TYPE_IMAGE_VIEWER) != NULL)
    image_cb (action, NULL, self);
  else if (tile != NULL)
    note_image (self, zc_draft_image_get_sha256 (zc_image_tile_get_image (ZC_IMAGE_TILE (tile))));
  else if (row != NULL)
    {
      const ZcFieldPlace *place = zc_field_row_get_place (ZC_FIELD_ROW (row));

      add_note (self, place->section, place->entry, zc_field_row_get_field (ZC_FIELD_ROW (row))->id, NULL);
    }
  else if (zc_reader_get_section (self->reader) != NULL)
    add_note (self, zc_reader_get_section (self->reader),
              entry != NULL ? zc_entry_row_get_place (ZC_ENTRY_ROW (entry))->entry : NULL, NULL, NULL);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZcReviewTools *self = user_data;
  g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (self->notebook), g_variant_get_uint32 (parameter));

  if (note != NULL)
    open_dialog (self, note);
}

typedef struct
{
  ZcNotebook *notebook;
  ZcNote     *note;
} Removed;

static void
removed_free (gpointer data, GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->notebook);
  g_object_unref (removed->note);
  g_free (removed);
}

static void
undo_cb (AdwToast *toast, Removed *removed)
{
  zc_notebook_put (removed->notebook, NULL, removed->note);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZcReviewTools *self = user_data;
  ZcNote *note = g_list_model_get_item (G_LIST_MODEL (self->notebook), g_variant_get_uint32 (parameter));
  Removed *removed;

  if (note == NULL)
    return;
  removed = g_new0 (Removed, 1);
  removed->notebook = g_object_ref (self->notebook);
  removed->note = note;
  zc_notebook_remove (self->notebook, note);
  zc_toast_undo (GTK_WIDGET (self), _("Note removed"), G_CALLBACK (undo_cb), removed, removed_free);
}

/* --- following ------------------------------------------------------------------------------------------------------------------------ */
/* What was kept may be of an earlier submission. */
static void
fit (ZcReviewTools *self)
{
  if (get_draft (self) == NULL || self->fitting)
    return;
  self->fitting = TRUE;
  zc_notebook_fit (self->notebook, get_draft (self));
  self->fitting = FALSE;
}

static void
update (ZcReviewTools *self)
{
  gboolean noting = may_note (self);

  if (get_draft (self) == NULL)
    return;
  zc_reader_set_notebook (self->reader, noting ? self->notebook : NULL);
  set_enabled (self, "add", noting);
  set_enabled (self, "here", noting);
  set_enabled (self, "image", noting);
  update_asked (self);
  update_own (self);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (GTK_WIDGET (self->changes))
                                                 || gtk_widget_get_visible (GTK_WIDGET (self->asked))
                                                 || gtk_widget_get_visible (GTK_WIDGET (self->own)));
}

static void
past_cb (ZcReviewTools *self)
{
  update_changes (self);
  update (self);
}

static void
notes_cb (ZcReviewTools *self)
{
  fit (self);
  update (self);
}

static void
draft_cb (ZcReviewTools *self)
{
  ZcDraft *draft = get_draft (self);

  if (draft == NULL)
    return;
  g_signal_connect_object (draft, "notify::past", G_CALLBACK (past_cb), self, G_CONNECT_SWAPPED);
  zc_draft_follow_past (draft, zc_session_get_client (self->session), NULL);
  fit (self);
  past_cb (self);
}

/* --- the object ------------------------------------------------------------------------------------------------------------------------- */
static void
zc_review_tools_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, ZC_REVIEW_TOOLS (object)->notebook);
}

static void
zc_review_tools_dispose (GObject *object)
{
  ZcReviewTools *self = ZC_REVIEW_TOOLS (object);

  if (self->notebook != NULL)
    zc_notebook_flush (self->notebook);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_REVIEW_TOOLS);
  g_clear_pointer (&self->differences, g_ptr_array_unref);
  g_clear_object (&self->notebook);
  g_clear_object (&self->phrases);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_review_tools_parent_class)->dispose (object);
}

static void
zc_review_tools_finalize (GObject *object)
{
  g_object_unref (ZC_REVIEW_TOOLS (object)->actions);
  G_OBJECT_CLASS (zc_review_tools_parent_class)->finalize (object);
}

static void
zc_review_tools_class_init (ZcReviewToolsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zc_review_tools_get_property;
  object_class->dispose = zc_review_tools_dispose;
  object_class->finalize = zc_review_tools_finalize;
  g_object_class_install_property (
      object_class, 1, g_param_spec_object ("notebook", NULL, NULL, ZC_TYPE_NOTEBOOK, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-review-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReviewTools, changes);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewTools, since);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewTools, position);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewTools, asked);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewTools, own);
}

static void
zc_review_tools_init (ZcReviewTools *self)
{
  static const GActionEntry entries[] = {
    { .name = "add", .activate = add_cb, .parameter_type = "(ssss)" },
    { .name = "here", .activate = here_cb },
    { .name = "image", .activate = image_cb },
    { .name = "edit", .activate = edit_cb, .parameter_type = "u" },
    { .name = "remove", .activate = remove_cb, .parameter_type = "u" },
    { .name = "next-change", .activate = step_cb },
    { .name = "previous-change", .activate = step_cb },
  };

  self->at = -1;
  self->differences = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_difference_free);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "notes", G_ACTION_GROUP (self->actions));
}

/**
 * zc_review_tools_attach:
 * @session: acts for a body
 * @reader: shows the dossier
 * @dossier: its id
 */
void
zc_review_tools_attach (ZcReviewTools *self, ZcSession *session, ZcReader *reader, const char *dossier)
{
  ZcServerInfo *info = zc_session_get_info (session);
  ZcMembership *membership = zc_session_get_membership (session);

  self->session = g_object_ref (session);
  self->reader = reader;
  self->notebook = zc_notebook_new (zc_session_get_store (session), dossier,
                                    membership != NULL ? zc_membership_get_body (membership) : "");
  if (info != NULL && zc_server_info_has_capability (info, "phrases"))
    self->phrases = zc_phrases_new (zc_session_get_client (session));
  g_signal_connect_object (reader, "notify::draft", G_CALLBACK (draft_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reader, "notify::dossier", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notebook, "items-changed", G_CALLBACK (notes_cb), self, G_CONNECT_SWAPPED);
  g_object_notify (G_OBJECT (self), "notebook");
}

GActionGroup *
zc_review_tools_get_actions (ZcReviewTools *self)
{
  return G_ACTION_GROUP (self->actions);
}

ZcNotebook *
zc_review_tools_get_notebook (ZcReviewTools *self)
{
  return self->notebook;
}
