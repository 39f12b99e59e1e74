/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-history-row.h"
#include "zc-note-text.h"
#include "zc-left-dialog.h"
#include "zc-stage-text.h"
#include "zc-time-text.h"

struct _ZcHistoryRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *time;
  GtkWidget *opinion_box;
  GtkLabel *opinion;
  GtkLabel *receipt;
};

G_DEFINE_FINAL_TYPE (ZcHistoryRow, zc_history_row, GTK_TYPE_BOX)

static void
zc_history_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_HISTORY_ROW);
  G_OBJECT_CLASS (zc_history_row_parent_class)->dispose (object);
}

static void
zc_history_row_class_init (ZcHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_history_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ZcHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, ZcHistoryRow, time);
  gtk_widget_class_bind_template_child (widget_class, ZcHistoryRow, opinion_box);
  gtk_widget_class_bind_template_child (widget_class, ZcHistoryRow, opinion);
  gtk_widget_class_bind_template_child (widget_class, ZcHistoryRow, receipt);
}

static void
zc_history_row_init (ZcHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
choose_icon (ZcAct act)
{
  switch ((int)act)
    {
    case ZC_ACT_SUBMIT:
      return "document-send-symbolic";
    case ZC_ACT_APPROVE:
      return "object-select-symbolic";
    case ZC_ACT_RETURN:
    case ZC_ACT_RETURN_BACK:
    case ZC_ACT_WITHDRAW:
      return "edit-undo-symbolic";
    case ZC_ACT_REFUSE:
    case ZC_ACT_EXPIRE:
    case ZC_ACT_ABANDON:
      return "process-stop-symbolic";
    default:
      return "user-available-symbolic";
    }
}

/* What found no place in a newer form (decisions 16). */
static void
append_left (GString *text, GListModel *left)
{
  for (guint i = 0; i < g_list_model_get_n_items (left); i++)
    {
      g_autoptr (ZcLeft) item = g_list_model_get_item (left, i);
      g_autofree char *place = zc_left_dup_place (item);
      g_autofree char *answer = zc_left_dup_answer (item);
      g_autofree char *line = g_strdup_printf (_ ("%s: %s"), place, answer);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
}

/* The opinion, and the remarks at single places below it. */
static char *
dup_opinion (ZcHistoryItem *item)
{
  const char *reason = zc_reason_text (zc_history_item_get_code (item));
  GListModel *notes = zc_history_item_get_notes (item);
  GString *text = g_string_new (NULL);
  if (*reason != '\0')
    g_string_append_printf (text, _ ("%s: %s"), reason, zc_history_item_get_opinion (item));
  else
    g_string_append (text, zc_history_item_get_opinion (item));
  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);
      g_autofree char *words = zc_note_dup_words (note);
      g_string_append_printf (text, "%s· %s", text->len > 0 ? "\n" : "", words);
    }
  append_left (text, zc_history_item_get_left (item));
  return g_string_free (text, FALSE);
}

GtkWidget *
zc_history_row_new (ZcHistoryItem *item)
{
  ZcHistoryRow *self = g_object_new (ZC_TYPE_HISTORY_ROW, NULL);
  g_autofree char *title = zc_history_dup_title (item);
  g_autofree char *time = zc_time_dup_minute (zc_history_item_get_at (item));
  g_autofree char *opinion = dup_opinion (item);
  const char *number = zc_history_item_get_receipt_number (item);
  gboolean has_number = number != NULL && *number != '\0';
  g_autofree char *receipt = g_strdup_printf (_ ("Receipt %s"), has_number ? number : "");
  gtk_image_set_from_icon_name (self->icon, choose_icon (zc_history_item_get_act (item)));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->opinion, opinion);
  gtk_widget_set_visible (self->opinion_box, *opinion != '\0');
  gtk_label_set_label (self->receipt, receipt);
  gtk_widget_set_visible (GTK_WIDGET (self->receipt), has_number);
  return GTK_WIDGET (self);
}
