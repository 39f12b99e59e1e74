/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-note-dialog.h"
#include "zc-note-text.h"
#include "zc-reason.h"
#include "zc-refusal-text.h"
#include "zc-text.h"
#include "zc-why-button.h"

#define N_PHRASE_KEYS 9 /* Alt+1 to Alt+9 */

struct _ZcNoteDialog
{
  AdwDialog parent_instance;

  ZcNotebook *notebook;
  ZcPhrases  *phrases; /* (nullable) */
  ZcNote     *place;   /* tells where */
  ZcNote     *note;    /* (nullable): as it stands in the notebook */

  GtkLabel    *where;
  AdwComboRow *reason;
  GtkTextView *text;
  GtkLabel    *fault;
  GtkWidget   *phrase_box;
  GtkStack    *phrase_stack;
  GtkListBox  *phrase_list;
  GtkWidget   *phrase_trouble;
  GtkLabel    *phrase_error;
  ZcWhyButton *why;

  guint        filling : 1; /* the controls are being set to what is noted */
};

G_DEFINE_FINAL_TYPE (ZcNoteDialog, zc_note_dialog, ADW_TYPE_DIALOG)

static char *
dup_text (ZcNoteDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* The rows of the combo are the reasons in their order, "none" first. */
static const char *
get_code (ZcNoteDialog *self)
{
  return zc_reason_to_string ((ZcReason) adw_combo_row_get_selected (self->reason));
}

/* --- into the notebook ----------------------------------------------------------------------------------------------------------- */
static void
write_note (ZcNoteDialog *self, const char *text)
{
  ZcNote *place = self->place;
  g_autoptr (ZcNote) note = NULL;

  if (zc_text_is_blank (text) && get_code (self) == NULL)
    {
      if (self->note != NULL)
        zc_notebook_remove (self->notebook, self->note);
      g_clear_object (&self->note);
      return;
    }
  note = zc_note_new (zc_note_get_section (place), zc_note_get_entry (place), zc_note_get_field (place), zc_note_get_image (place),
                      get_code (self), text);
  zc_notebook_put (self->notebook, self->note, note);
  g_set_object (&self->note, note);
}

static const char *
find_fault (ZcNoteDialog *self, const char *text)
{
  if (g_utf8_strlen (text, -1) > ZC_NOTE_MAX_CHARACTERS)
    return _("That is too long; please shorten it.");
  if (self->note == NULL && zc_notebook_is_full (self->notebook))
    return _("There are as many notes as can go with one decision; please remove one first.");
  return "";
}

static void
update (ZcNoteDialog *self, const char *text, gboolean fits)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "note.remove", self->note != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "note.keep",
                                 fits && self->phrases != NULL && !zc_text_is_blank (text) && !zc_phrases_has (self->phrases, text));
}

static void
changed_cb (ZcNoteDialog *self)
{
  g_autofree char *text = NULL;
  const char *fault;

  if (self->filling || self->notebook == NULL)
    return;
  text = dup_text (self);
  fault = find_fault (self, text);
  gtk_label_set_label (self->fault, fault);
  gtk_widget_set_visible (GTK_WIDGET (self->fault), *fault != '\0');
  if (*fault == '\0')
    write_note (self, text);
  update (self, text, *fault == '\0');
}

/* --- usual phrases ------------------------------------------------------------------------------------------------------------------ */
static ZcPhrase *
dup_phrase (ZcNoteDialog *self, guint position)
{
  return self->phrases != NULL ? g_list_model_get_item (G_LIST_MODEL (self->phrases), position) : NULL;
}

/* Behind what is written already; the reason only where none was chosen. */
static void
use_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcNoteDialog *self = ZC_NOTE_DIALOG (widget);
  g_autoptr (ZcPhrase) phrase = dup_phrase (self, g_variant_get_uint32 (parameter));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  g_autofree char *before = dup_text (self);
  g_autofree char *after = NULL;
  ZcReason reason;

  if (phrase == NULL)
    return;
  if (get_code (self) == NULL && *zc_phrase_get_code (phrase) != '\0' && zc_reason_from_string (zc_phrase_get_code (phrase), &reason))
    adw_combo_row_set_selected (self->reason, reason);
  after = *before != '\0' ? g_strconcat (before, "\n", zc_phrase_get_text (phrase), NULL) : g_strdup (zc_phrase_get_text (phrase));
  gtk_text_buffer_set_text (buffer, after, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
row_activated_cb (ZcNoteDialog *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "note.use", "u", gtk_list_box_row_get_index (row));
}

typedef struct
{
  ZcPhrases *phrases;
  ZcPhrase  *phrase;
} Forgotten;

static void
forgotten_free (gpointer data, GClosure *closure)
{
  Forgotten *forgotten = data;

  g_object_unref (forgotten->phrases);
  g_object_unref (forgotten->phrase);
  g_free (forgotten);
}

static void
forget_answered_cb (AdwAlertDialog *dialog, const char *response, Forgotten *forgotten)
{
  if (g_strcmp0 (response, "remove") == 0)
    zc_phrases_remove (forgotten->phrases, forgotten->phrase);
}

/* It is the colleagues' too: asked once more. */
static void
forget_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcNoteDialog *self = ZC_NOTE_DIALOG (widget);
  ZcPhrase *phrase = dup_phrase (self, g_variant_get_uint32 (parameter));
  AdwAlertDialog *dialog;
  Forgotten *forgotten;

  if (phrase == NULL)
    return;
  forgotten = g_new0 (Forgotten, 1);
  forgotten->phrases = g_object_ref (self->phrases);
  forgotten->phrase = phrase;
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Take this phrase away?"), _("Your colleagues will not find it any more either.")));
  adw_alert_dialog_add_responses (dialog, "cancel", _("Cancel"), "remove", _("Take Away"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (forget_answered_cb), forgotten, forgotten_free, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
keep_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcNoteDialog *self = ZC_NOTE_DIALOG (widget);
  g_autofree char *text = dup_text (self);

  zc_phrases_add (self->phrases, text, get_code (self));
  gtk_widget_action_set_enabled (widget, "note.keep", FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->text)); /* the button that had it has turned grey */
}

static GtkWidget *
new_phrase_row (gpointer item, gpointer data)
{
  ZcPhrase *phrase = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *key = gtk_label_new (NULL);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = g_strdup_printf (_("Take away the phrase “%s”"), zc_phrase_get_text (phrase));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), zc_phrase_get_text (phrase));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), zc_reason_text (zc_phrase_get_code (phrase)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, _("Take this phrase away, for colleagues too"));
  gtk_widget_add_css_class (remove, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (remove), "u", 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "note.forget");
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (key, "keycap");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), key);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  g_object_set_data (G_OBJECT (row), "key", key);
  g_object_set_data (G_OBJECT (row), "remove", remove);
  return row;
}

/* Which key a phrase has, and what its button takes away, follow from where it stands. */
static void
number_rows (ZcNoteDialog *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->phrase_list, i)) != NULL; i++)
    {
      g_autofree char *key = i < N_PHRASE_KEYS ? g_strdup_printf (_("Alt+%d"), i + 1) : NULL;
      GtkWidget *label = g_object_get_data (G_OBJECT (row), "key");
      GtkWidget *button = g_object_get_data (G_OBJECT (row), "remove");

      gtk_label_set_label (GTK_LABEL (label), key != NULL ? key : "");
      gtk_widget_set_visible (label, key != NULL);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint) i);
    }
}

/* The list of phrases, or why there is none. */
static const char *
find_page (ZcNoteDialog *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->phrases)) > 0)
    return "list";
  if (zc_phrases_get_loading (self->phrases))
    return "loading";
  return zc_phrases_get_error (self->phrases) != NULL ? "error" : "empty";
}

static void
phrases_cb (ZcNoteDialog *self)
{
  const GError *error = zc_phrases_get_error (self->phrases);
  g_autofree char *why = error != NULL ? zc_refusal_dup_text (error) : NULL;
  g_autofree char *text = dup_text (self);

  gtk_label_set_label (self->phrase_error, why != NULL ? why : "");
  zc_why_button_explain (self->why, error);
  gtk_widget_set_visible (self->phrase_trouble, why != NULL);
  gtk_stack_set_visible_child_name (self->phrase_stack, find_page (self));
  number_rows (self);
  update (self, text, *find_fault (self, text) == '\0');
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zc_phrases_load (ZC_NOTE_DIALOG (widget)->phrases);
}

static void
set_phrases (ZcNoteDialog *self, ZcPhrases *phrases)
{
  gtk_widget_set_visible (self->phrase_box, phrases != NULL);
  if (phrases == NULL)
    return;
  self->phrases = g_object_ref (phrases);
  gtk_list_box_bind_model (self->phrase_list, G_LIST_MODEL (phrases), new_phrase_row, NULL, NULL);
  g_signal_connect_object (phrases, "items-changed", G_CALLBACK (phrases_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (phrases, "notify", G_CALLBACK (phrases_cb), self, G_CONNECT_SWAPPED);
  phrases_cb (self);
}

/* --- the object ------------------------------------------------------------------------------------------------------------------------ */
static void
done_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
remove_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcNoteDialog *self = ZC_NOTE_DIALOG (widget);

  if (self->note != NULL)
    zc_notebook_remove (self->notebook, self->note);
  g_clear_object (&self->note);
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
zc_note_dialog_closed (AdwDialog *dialog)
{
  zc_notebook_flush (ZC_NOTE_DIALOG (dialog)->notebook);
}

static void
zc_note_dialog_dispose (GObject *object)
{
  ZcNoteDialog *self = ZC_NOTE_DIALOG (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_NOTE_DIALOG);
  g_clear_object (&self->note);
  g_clear_object (&self->place);
  g_clear_object (&self->phrases);
  g_clear_object (&self->notebook);
  G_OBJECT_CLASS (zc_note_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-note-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, where);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, text);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, fault);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, phrase_box);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, phrase_stack);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, phrase_list);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, phrase_trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, phrase_error);
  gtk_widget_class_bind_template_child (widget_class, ZcNoteDialog, why);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
zc_note_dialog_class_init (ZcNoteDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_note_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = zc_note_dialog_closed;
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "note.done", NULL, done_cb);
  gtk_widget_class_install_action (widget_class, "note.remove", NULL, remove_cb);
  gtk_widget_class_install_action (widget_class, "note.keep", NULL, keep_cb);
  gtk_widget_class_install_action (widget_class, "note.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "note.use", "u", use_cb);
  gtk_widget_class_install_action (widget_class, "note.forget", "u", forget_cb);
  for (guint i = 0; i < N_PHRASE_KEYS; i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_ALT_MASK, "note.use", "u", i);
}

static void
zc_note_dialog_init (ZcNoteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_reasons (ZcNoteDialog *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  gtk_string_list_append (words, _("None: the words say it"));
  for (guint i = ZC_REASON_NONE + 1; i < ZC_REASON_LAST; i++)
    gtk_string_list_append (words, zc_reason_text (zc_reason_to_string ((ZcReason) i)));
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (words));
}

static void
fill (ZcNoteDialog *self, ZcNote *note)
{
  ZcReason reason = ZC_REASON_NONE;

  self->filling = TRUE;
  fill_reasons (self);
  if (*zc_note_get_code (note) != '\0')
    zc_reason_from_string (zc_note_get_code (note), &reason);
  adw_combo_row_set_selected (self->reason, reason);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), zc_note_get_text (note), -1);
  self->filling = FALSE;
}

/**
 * zc_note_dialog_new:
 * @notebook: where the note goes
 * @phrases: (nullable): of the body
 * @note: tells the place; where it stands in @notebook it is edited
 * @place: the place in words
 *
 * Returns: (transfer floating): present it over the page
 */
AdwDialog *
zc_note_dialog_new (ZcNotebook *notebook, ZcPhrases *phrases, ZcNote *note, const char *place)
{
  ZcNoteDialog *self = g_object_new (ZC_TYPE_NOTE_DIALOG, NULL);
  gboolean new = *zc_note_get_text (note) == '\0' && *zc_note_get_code (note) == '\0';

  gtk_label_set_label (self->where, place);
  fill (self, note);
  self->notebook = g_object_ref (notebook);
  self->place = g_object_ref (note);
  self->note = new ? NULL : g_object_ref (note);
  set_phrases (self, phrases);
  changed_cb (self);
  return ADW_DIALOG (self);
}
