/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-date-entry.h"
#include "zc-field-control.h"
#include "zc-field-row.h"
#include "zc-image-strip.h"
#include "zc-image-text.h"
#include "zc-note-text.h"
#include "zc-place-marks.h"
#include "zc-problem-text.h"

#define FACT_WIDTH 112 /* scaled pixels: of the labels of values that are only read, so that they stand in a column */

/* A field as it stands in a form. Nobody is told off for what they have not had the time to fill in: the
 * message comes when the field was changed and left, or when the form is asked what is missing. */
struct _ZcFieldRow
{
  GtkBox parent_instance;

  ZcFieldPlace *place;
  const ZcField *field;
  GtkWidget *control;

  AdwClamp *title_clamp;
  GtkBox *title_line;
  GtkLabel *label;
  GtkLabel *mark;
  GtkLabel *advised;
  GtkLabel *hint;
  AdwBin *slot;
  GtkBox *problem_box;
  GtkImage *problem_icon;
  GtkLabel *problem;
  AdwBin *marks;

  guint changed : 1;   /* by the person, since the row was made */
  guint revealed : 1;  /* its problem may be shown */
  guint syncing : 1;   /* the value goes from here to the draft or back just now */
};

G_DEFINE_FINAL_TYPE (ZcFieldRow, zc_field_row, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_PROBLEM_TEXT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static gboolean
is_flag (ZcFieldRow *self)
{
  return self->field->type == ZC_FIELD_FLAG;
}

/* What the control holds: the draft's text; of a flag "true", "false" or "" where neither was said. */
static char *
dup_text (ZcFieldRow *self)
{
  ZcFieldPlace *place = self->place;

  if (!is_flag (self))
    return zc_draft_dup_text (place->draft, place->section, place->entry, self->field->id);
  if (zc_draft_get_value (place->draft, place->section, place->entry, self->field->id) == NULL)
    return g_strdup ("");
  return g_strdup (
      zc_draft_get_flag (place->draft, place->section, place->entry, self->field->id) ? "true"
                                                                                      : "false");
}

static void
commit (ZcFieldRow *self)
{
  g_autofree char *text = NULL;

  if (self->syncing)
    return;
  self->syncing = TRUE;
  self->changed = TRUE;
  g_object_get (self->control, "text", &text, NULL);
  zc_draft_set_text (self->place->draft, self->place->section, self->place->entry, self->field->id,
                     text);
  self->syncing = FALSE;
}

static void
text_cb (ZcFieldRow *self)
{
  commit (self);
}

static void
leave_cb (ZcFieldRow *self)
{
  if (!self->changed || self->revealed)
    return;
  self->revealed = TRUE;
  zc_field_row_update_problem (self);
}

/* Name, hint and limits for those who do not see the row. */
static void
describe (ZcFieldRow *self)
{
  GtkWidget *target = zc_field_control_get_target (self->control);
  g_autofree char *limits = self->field->type == ZC_FIELD_IMAGES
                                ? zc_image_limits_dup_text (&self->field->images)
                                : NULL;
  g_autofree char *description
      = g_strjoin (" ", self->field->hint != NULL ? self->field->hint : "",
                   limits != NULL ? limits : "", gtk_label_get_label (self->problem), NULL);

  if (self->field->type != ZC_FIELD_IMAGES && !(is_flag (self) && !GTK_IS_LABEL (self->control)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    self->field->label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  g_strstrip (description), -1);
}

/* Advice looks like a word to the wise, not like a mistake. */
static void
style_problem (ZcFieldRow *self,
               gboolean wrong)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->problem_box), wrong ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->problem_box), wrong ? "error" : "dimmed");
  gtk_image_set_from_icon_name (self->problem_icon, wrong ? "dialog-warning-symbolic"
                                                          : "dialog-information-symbolic");
}

static void
show_problem (ZcFieldRow *self,
              const char *text,
              gboolean advice)
{
  GtkWidget *target = zc_field_control_get_target (self->control);
  gboolean wrong = text != NULL && !advice;

  if (g_strcmp0 (gtk_label_get_label (self->problem), text != NULL ? text : "") == 0)
    return;
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_box), text != NULL);
  style_problem (self, wrong);
  if (wrong && !GTK_IS_BUTTON (target)) /* a red button would look like a dangerous one */
    gtk_widget_add_css_class (target, "error");
  else
    gtk_widget_remove_css_class (target, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM_TEXT]);
}

/* A value that is only read stands beside its label, in one line where there is room. */
static void
lay_out_read_only (ZcFieldRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  gtk_widget_remove_css_class (GTK_WIDGET (self->label), "zc-field-label");
  if (self->field->type == ZC_FIELD_IMAGES || self->field->type == ZC_FIELD_PARAGRAPH)
    return;
  gtk_widget_add_css_class (GTK_WIDGET (self), "zc-fact");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_label_set_width_chars (self->label, 14);
  gtk_label_set_max_width_chars (self->label, 14);
  gtk_label_set_yalign (self->label, 0);
  adw_clamp_set_maximum_size (self->title_clamp, FACT_WIDTH);
  adw_clamp_set_tightening_threshold (self->title_clamp, FACT_WIDTH);
  gtk_widget_set_valign (GTK_WIDGET (self->title_line), GTK_ALIGN_START);
}

/* A pledge says itself what it is: its ＊ stands behind the words, not alone above them. */
static void
put_mark_beside_control (ZcFieldRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  g_autoptr (GtkWidget) mark = g_object_ref (GTK_WIDGET (self->mark));

  gtk_box_remove (self->title_line, mark);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->title_clamp), FALSE);
  gtk_box_append (GTK_BOX (line), self->control);
  gtk_box_append (GTK_BOX (line), mark);
  adw_bin_set_child (self->slot, line);
}

static void
add_control (ZcFieldRow *self)
{
  gboolean shown_only = self->place->read_only || zc_field_is_shown_only (self->field);

  self->control = zc_field_control_new (self->place, self->field);
  if (self->field->consent && !shown_only)
    put_mark_beside_control (self);
  else
    adw_bin_set_child (self->slot, self->control);
  if (shown_only)
    {
      lay_out_read_only (self);
      return;
    }
  if (ZC_IS_DATE_ENTRY (self->control))
    {
      zc_date_entry_set_name (ZC_DATE_ENTRY (self->control), self->field->label);
      g_signal_connect_object (self->control, "left", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
    }
  if (zc_field_control_has_text (self->field))
    g_signal_connect_object (self->control, "notify::text", G_CALLBACK (text_cb), self,
                             G_CONNECT_SWAPPED);
}

/* Behind the value where that stands beside its label, else behind the label (P9). */
static void
add_note_button (ZcFieldRow *self)
{
  gboolean beside = gtk_orientable_get_orientation (GTK_ORIENTABLE (self)) == GTK_ORIENTATION_HORIZONTAL;
  ZcFieldPlace *place = self->place;
  g_autofree char *name = g_strdup_printf (_ ("Note on “%s”"), self->field->label);
  GtkWidget *button;

  if (place->notebook == NULL)
    return;
  button = gtk_button_new_from_icon_name ("user-bookmarks-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Note something here (Ctrl+M)"));
  gtk_widget_set_hexpand (button, !beside);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "zc-small");
  gtk_widget_add_css_class (button, "zc-pin");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ssss)", place->section,
                                    place->entry != NULL ? place->entry : "", self->field->id, "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "notes.add");
  gtk_box_append (beside ? GTK_BOX (self) : self->title_line, button);
}

static void
set_up (ZcFieldRow *self)
{
  gboolean hint = self->field->hint != NULL && !self->place->read_only;

  gtk_label_set_label (self->label, self->field->label);
  gtk_widget_set_visible (GTK_WIDGET (self->label),
                          !self->field->consent || self->place->read_only);
  gtk_label_set_label (self->hint, hint ? self->field->hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint);
  add_control (self);
  add_note_button (self);
  describe (self);
  zc_field_row_update_marks (self);
  zc_field_row_update_value (self);
  zc_field_row_update_rules (self);
}

static void
zc_field_row_get_property (GObject *object,
                           guint id,
                           GValue *value,
                           GParamSpec *pspec)
{
  g_value_set_string (value, gtk_label_get_label (ZC_FIELD_ROW (object)->problem));
}

static gboolean
zc_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (zc_field_control_get_target (ZC_FIELD_ROW (widget)->control));
}

static void
zc_field_row_dispose (GObject *object)
{
  ZcFieldRow *self = ZC_FIELD_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_FIELD_ROW);
  g_clear_pointer (&self->place, zc_field_place_free);
  G_OBJECT_CLASS (zc_field_row_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, title_clamp);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, title_line);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, mark);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, advised);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, hint);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, slot);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, problem_icon);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, problem);
  gtk_widget_class_bind_template_child (widget_class, ZcFieldRow, marks);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
zc_field_row_class_init (ZcFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_field_row_dispose;
  object_class->get_property = zc_field_row_get_property;
  widget_class->grab_focus = zc_field_row_grab_focus;
  properties[PROP_PROBLEM_TEXT] = g_param_spec_string (
      "problem-text", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  bind_template (widget_class);
}

static void
zc_field_row_init (ZcFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_field_row_new:
 * @place: the section or entry; copied
 * @field: of the draft's business
 */
GtkWidget *
zc_field_row_new (const ZcFieldPlace *place,
                  const ZcField *field)
{
  ZcFieldRow *self = g_object_new (ZC_TYPE_FIELD_ROW, NULL);

  self->place = zc_field_place_copy (place);
  self->field = field;
  set_up (self);
  return GTK_WIDGET (self);
}

const ZcField *
zc_field_row_get_field (ZcFieldRow *self)
{
  return self->field;
}

/**
 * zc_field_row_get_control:
 *
 * Returns: (transfer none): the control of the field's type
 */
GtkWidget *
zc_field_row_get_control (ZcFieldRow *self)
{
  return self->control;
}

/**
 * zc_field_row_get_problem_text:
 *
 * Returns: (transfer none): the message under the field; "" when there is none
 */
const char *
zc_field_row_get_problem_text (ZcFieldRow *self)
{
  return gtk_label_get_label (self->problem);
}

/**
 * zc_field_row_update_value:
 *
 * Shows what the draft holds, whoever put it there.
 */
void
zc_field_row_update_value (ZcFieldRow *self)
{
  g_autofree char *text = NULL;

  if (self->syncing || !zc_field_control_has_text (self->field))
    return;
  self->syncing = TRUE;
  if (GTK_IS_LABEL (self->control))
    {
      g_autofree char *stored = dup_text (self);

      text = zc_value_dup_words (self->field, stored);
      gtk_label_set_label (GTK_LABEL (self->control), text);
    }
  else
    {
      text = dup_text (self);
      g_object_set (self->control, "text", text != NULL ? text : "", NULL);
    }
  self->syncing = FALSE;
}

/**
 * zc_field_row_update_rules:
 *
 * Asks the draft again whether the field is wanted at all and whether it is required or advised.
 */
void
zc_field_row_update_rules (ZcFieldRow *self)
{
  gboolean applies
      = zc_draft_field_applies (self->place->draft, self->place->section, self->place->entry, self->field->id);
  gboolean required
      = zc_draft_field_is_required (self->place->draft, self->place->section, self->place->entry, self->field->id);
  gboolean advised
      = zc_draft_field_is_advised (self->place->draft, self->place->section, self->place->entry, self->field->id);
  gboolean typed = !GTK_IS_LABEL (self->control) && !self->place->read_only;

  gtk_widget_set_visible (GTK_WIDGET (self), applies);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), required && typed);
  gtk_widget_set_visible (GTK_WIDGET (self->advised), advised && typed);
  if (GTK_IS_ENTRY (zc_field_control_get_target (self->control)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (zc_field_control_get_target (self->control)),
                                    GTK_ACCESSIBLE_PROPERTY_REQUIRED, required, -1);
}

/**
 * zc_field_row_update_problem:
 *
 * Shows the first problem of the field, once it may be shown.
 */
void
zc_field_row_update_problem (ZcFieldRow *self)
{
  const ZcProblem *problem = NULL;
  g_autofree char *text = NULL;

  if (self->revealed && !self->place->read_only)
    problem
        = zc_draft_find_problem (self->place->draft, self->place->section, self->place->entry, self->field->id, NULL);
  if (problem != NULL)
    text = zc_problem_dup_text (problem, self->field);
  show_problem (self, text, problem != NULL && problem->advice);
}

/**
 * zc_field_row_reveal_problem:
 *
 * From now on the problem is shown: the person asked what is missing.
 */
void
zc_field_row_reveal_problem (ZcFieldRow *self)
{
  self->revealed = TRUE;
  zc_field_row_update_problem (self);
}

/**
 * zc_field_row_get_place:
 *
 * Returns: (transfer none): where it stands
 */
const ZcFieldPlace *
zc_field_row_get_place (ZcFieldRow *self)
{
  return self->place;
}

/**
 * zc_field_row_update_marks:
 *
 * Looks again at what stands here besides the value: notes, and what changed since a return (P9).
 */
void
zc_field_row_update_marks (ZcFieldRow *self)
{
  if (ZC_IS_IMAGE_STRIP (self->control))
    zc_image_strip_update_marks (ZC_IMAGE_STRIP (self->control));
  zc_place_marks_show (self->marks, self->place, self->field->id);
}
