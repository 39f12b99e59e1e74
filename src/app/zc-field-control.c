/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-choice-entry.h"
#include "zc-date-entry.h"
#include "zc-field-control.h"
#include "zc-flag-entry.h"
#include "zc-image-strip.h"
#include "zc-paragraph-entry.h"

/* Which control a type of field is filled in with. The only place in the app that asks for the type in
 * order to draw. */

/* A length that shows how much is expected, for what has a usual length. */
static int
usual_width (const ZcField *field)
{
  switch ((int) field->type)
    {
    case ZC_FIELD_INTEGER:
    case ZC_FIELD_DECIMAL:
      return 12;
    case ZC_FIELD_ID_NUMBER:
    case ZC_FIELD_CREDIT_CODE:
      return 24;
    case ZC_FIELD_MOBILE:
      return 18;
    default:
      return -1;
    }
}

static GtkInputPurpose
input_purpose (const ZcField *field)
{
  switch ((int) field->type)
    {
    case ZC_FIELD_INTEGER:
      return GTK_INPUT_PURPOSE_DIGITS;
    case ZC_FIELD_DECIMAL:
      return GTK_INPUT_PURPOSE_NUMBER;
    case ZC_FIELD_MOBILE:
      return GTK_INPUT_PURPOSE_PHONE;
    case ZC_FIELD_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

static GtkWidget *
new_entry (const ZcField *field)
{
  GtkWidget *entry = gtk_entry_new ();
  int width = usual_width (field);

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), input_purpose (field));
  if (width > 0)
    {
      gtk_editable_set_width_chars (GTK_EDITABLE (entry), width);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width);
      gtk_widget_set_halign (entry, GTK_ALIGN_START);
    }
  return entry;
}

static GtkWidget *
new_choice (const ZcField *field)
{
  static const char *const none[] = { NULL };
  const char *const *choices = zc_field_get_choices (field);
  GtkWidget *choice = zc_choice_entry_new (choices != NULL ? choices : none);

  gtk_widget_set_halign (choice, GTK_ALIGN_START);
  return choice;
}

/* What cannot be typed into: `from`, sums, and everything in a form that is only read. */
static GtkWidget *
new_value_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* marked by the pointer; no stop on the way through the form, where a label that is merely not focusable holds up the Tab key */
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/**
 * zc_field_is_shown_only:
 *
 * Returns: whether nobody fills this field in: it stands for something of the account or target, or is a sum
 */
gboolean
zc_field_is_shown_only (const ZcField *field)
{
  return field->from != NULL || field->type == ZC_FIELD_COMPUTED;
}

/**
 * zc_field_control_has_text:
 *
 * Returns: whether controls of this field have the property "text"
 */
gboolean
zc_field_control_has_text (const ZcField *field)
{
  return field->type != ZC_FIELD_IMAGES;
}

/**
 * zc_field_control_new:
 *
 * Returns: (transfer floating): the control; a #GtkLabel where nothing can be typed
 */
GtkWidget *
zc_field_control_new (const ZcFieldPlace *place,
                      const ZcField *field)
{
  if (field->type == ZC_FIELD_IMAGES)
    return zc_image_strip_new (place, field);
  if (place->read_only || zc_field_is_shown_only (field))
    return new_value_label ();
  switch ((int) field->type)
    {
    case ZC_FIELD_PARAGRAPH:
      return zc_paragraph_entry_new (field->max_length);
    case ZC_FIELD_DATE:
      return zc_date_entry_new (FALSE);
    case ZC_FIELD_MONTH:
      return zc_date_entry_new (TRUE);
    case ZC_FIELD_CHOICE:
      return new_choice (field);
    case ZC_FIELD_FLAG:
      return zc_flag_entry_new (field->label, field->consent);
    default:
      return new_entry (field);
    }
}

/**
 * zc_field_control_get_target:
 *
 * Returns: (transfer none): the widget in @control that takes the focus and carries name, description and state
 *   for assistive technology
 */
GtkWidget *
zc_field_control_get_target (GtkWidget *control)
{
  if (ZC_IS_PARAGRAPH_ENTRY (control))
    return zc_paragraph_entry_get_view (ZC_PARAGRAPH_ENTRY (control));
  if (ZC_IS_DATE_ENTRY (control))
    return zc_date_entry_get_entry (ZC_DATE_ENTRY (control));
  if (ZC_IS_CHOICE_ENTRY (control))
    return zc_choice_entry_get_dropdown (ZC_CHOICE_ENTRY (control));
  if (ZC_IS_FLAG_ENTRY (control))
    return zc_flag_entry_get_button (ZC_FLAG_ENTRY (control));
  if (ZC_IS_IMAGE_STRIP (control))
    return zc_image_strip_get_add_button (ZC_IMAGE_STRIP (control));
  return control;
}
