/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-left-dialog.h"

struct _ZcLeftDialog
{
  AdwDialog parent_instance;

  GtkLabel *intro;
  GtkListBox *rows;
  GtkWidget *removal;
};

G_DEFINE_FINAL_TYPE (ZcLeftDialog, zc_left_dialog, ADW_TYPE_DIALOG)

static guint remove_signal;

/**
 * zc_left_dup_place:
 * @left: an answer
 *
 * Returns: (transfer full): "承担项目 · 刮板输送机改进 · 起始年月", as the former form named it
 */
char *
zc_left_dup_place (ZcLeft *left)
{
  const char *entry = zc_left_get_entry_title (left);

  if (*entry != '\0')
    return g_strdup_printf ("%s · %s · %s", zc_left_get_section_title (left), entry,
                            zc_left_get_label (left));
  return g_strdup_printf ("%s · %s", zc_left_get_section_title (left), zc_left_get_label (left));
}

/**
 * zc_left_dup_answer:
 * @left: an answer
 *
 * Returns: (transfer full): what was answered: texts and numbers as they were typed
 */
char *
zc_left_dup_answer (ZcLeft *left)
{
  guint n = zc_left_get_n_images (left);

  if (n > 0)
    return g_strdup_printf (ngettext ("%u image", "%u images", n), n);
  if (*zc_left_get_text (left) != '\0')
    return g_strdup (zc_left_get_text (left));
  return g_strdup (zc_left_get_flag (left) ? _ ("Yes") : _ ("No"));
}

static void
add_row (ZcLeftDialog *self, ZcLeft *left)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *place = zc_left_dup_place (left);
  g_autofree char *answer = zc_left_dup_answer (left);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place);
  adw_action_row_set_subtitle (row, answer);
  adw_action_row_set_subtitle_selectable (row, TRUE);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_set_subtitle_lines (row, 0);
  gtk_list_box_append (self->rows, GTK_WIDGET (row));
}

static void
answered_cb (ZcLeftDialog *self, const char *response)
{
  if (g_str_equal (response, "remove"))
    g_signal_emit (self, remove_signal, 0);
}

/* It is nowhere else: whoever takes it away is asked. */
static void
remove_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Remove what is listed?"),
      _ ("These answers are on this computer alone. Once removed they cannot be brought back, and nothing tells of them any "
         "more. Copy what you still need first."));
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_add_responses (alert, "keep", _ ("Keep"), "remove", _ ("Remove"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "keep");
  adw_alert_dialog_set_close_response (alert, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
zc_left_dialog_dispose (GObject *object)
{
  adw_dialog_set_child (ADW_DIALOG (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_LEFT_DIALOG);
  G_OBJECT_CLASS (zc_left_dialog_parent_class)->dispose (object);
}

static void
zc_left_dialog_class_init (ZcLeftDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_left_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-left-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcLeftDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, ZcLeftDialog, rows);
  gtk_widget_class_bind_template_child (widget_class, ZcLeftDialog, removal);
  gtk_widget_class_install_action (widget_class, "left.remove", NULL, remove_cb);
  remove_signal = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_left_dialog_init (ZcLeftDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_left_dialog_new:
 * @intro: what happened, and where it is kept
 * @left: of #ZcLeft
 *
 * Returns: (transfer floating): present it
 */
AdwDialog *
zc_left_dialog_new (const char *intro, GListModel *left)
{
  ZcLeftDialog *self = g_object_new (ZC_TYPE_LEFT_DIALOG, NULL);

  gtk_label_set_label (self->intro, intro);
  for (guint i = 0; i < g_list_model_get_n_items (left); i++)
    {
      g_autoptr (ZcLeft) item = g_list_model_get_item (left, i);

      add_row (self, item);
    }
  return ADW_DIALOG (self);
}

/**
 * zc_left_dialog_offer_removal:
 *
 * What is listed can be taken away: "remove" is emitted once the person has confirmed it.
 */
void
zc_left_dialog_offer_removal (ZcLeftDialog *self)
{
  gtk_widget_set_visible (self->removal, TRUE);
}
