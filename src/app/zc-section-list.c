/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-place-marks.h"
#include "zc-section-list.h"
#include "zc-section-row.h"

/* The rows follow the draft's sections by themselves; this one chooses, and tells each what a return says of it. */
struct _ZcSectionList
{
  AdwBin parent_instance;

  ZcDraft *draft; /* (nullable) */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (ZcSectionList, zc_section_list, ADW_TYPE_BIN)

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static GtkListBoxRow *
find_row (ZcSectionList *self,
          const char *section)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row))),
                   section)
        == 0)
      return row;
  return NULL;
}

static void
row_selected_cb (ZcSectionList *self,
                 GtkListBoxRow *row)
{
  if (row == NULL || self->draft == NULL)
    return;
  g_signal_emit (self, signals[SELECTED], 0);
  zc_section_row_bring_into_view (ZC_SECTION_ROW (row));
}

static void
row_activated_cb (ZcSectionList *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static GtkWidget *
new_row (gpointer item,
         gpointer data)
{
  return zc_section_row_new (ZC_DRAFT_SECTION (item));
}

/* How much each section still has of what the return asked for (P9). */
static void
update_marks (ZcSectionList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const char *section = zc_draft_section_get_id (zc_section_row_get_section (ZC_SECTION_ROW (row)));
      g_autofree char *text = zc_section_marks_dup_text (self->draft, section, NULL);

      zc_section_row_set_marks (ZC_SECTION_ROW (row), text);
    }
}

static void
follow_draft (ZcSectionList *self)
{
  g_signal_connect_object (self->draft, "notify::past", G_CALLBACK (update_marks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "value-changed", G_CALLBACK (update_marks), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_draft_get_dossier (self->draft), "changed", G_CALLBACK (update_marks),
                           self, G_CONNECT_SWAPPED);
}

static void
forget_draft (ZcSectionList *self)
{
  if (self->draft == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_signal_handlers_disconnect_by_data (zc_draft_get_dossier (self->draft), self);
  g_clear_object (&self->draft);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
}

static void
zc_section_list_dispose (GObject *object)
{
  forget_draft (ZC_SECTION_LIST (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_SECTION_LIST);
  G_OBJECT_CLASS (zc_section_list_parent_class)->dispose (object);
}

static void
zc_section_list_class_init (ZcSectionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_section_list_dispose;
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-section-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSectionList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
zc_section_list_init (ZcSectionList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_section_list_open:
 * @draft: (nullable): whose sections these are; %NULL: of none any more
 *
 * None is chosen yet.
 */
void
zc_section_list_open (ZcSectionList *self,
                      ZcDraft *draft)
{
  forget_draft (self);
  if (draft == NULL)
    return;
  self->draft = g_object_ref (draft);
  gtk_list_box_bind_model (self->list, zc_draft_get_sections (draft), new_row, NULL, NULL);
  follow_draft (self);
  update_marks (self);
}

/**
 * zc_section_list_get_selected:
 *
 * Returns: (transfer none) (nullable): the section that is chosen
 */
ZcDraftSection *
zc_section_list_get_selected (ZcSectionList *self)
{
  GtkListBoxRow *row = self->draft != NULL ? gtk_list_box_get_selected_row (self->list) : NULL;

  return row != NULL ? zc_section_row_get_section (ZC_SECTION_ROW (row)) : NULL;
}

/**
 * zc_section_list_select:
 * @section: (nullable): id; %NULL: the first
 *
 * Returns: whether there is such a section, and it applies
 */
gboolean
zc_section_list_select (ZcSectionList *self,
                        const char *section)
{
  GtkListBoxRow *row
      = section != NULL ? find_row (self, section) : gtk_list_box_get_row_at_index (self->list, 0);

  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (row)))
    return FALSE;
  gtk_list_box_select_row (self->list, row);
  return TRUE;
}

/**
 * zc_section_list_step:
 * @step: 1: to the next section that applies; -1: to the one before
 *
 * Stays where it is at either end.
 */
void
zc_section_list_step (ZcSectionList *self,
                      int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;

  while ((row = gtk_list_box_get_row_at_index (self->list, index)) != NULL
         && !gtk_widget_get_visible (GTK_WIDGET (row)))
    index += step;
  if (row != NULL && index >= 0)
    gtk_list_box_select_row (self->list, row);
}
