/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-conflict-row.h"
#include "zc-conflict-side.h"
#include "zc-problem-text.h"

struct _ZcConflictRow
{
  AdwBin parent_instance;

  ZcConflict *conflict;

  GtkLabel *place;
  ZcConflictSide *mine;
  ZcConflictSide *theirs;
  GtkCheckButton *use_mine;
  GtkCheckButton *use_theirs;
};

G_DEFINE_FINAL_TYPE (ZcConflictRow, zc_conflict_row, ADW_TYPE_BIN)

static void
toggled_cb (ZcConflictRow *self)
{
  if (gtk_check_button_get_active (self->use_mine))
    zc_conflict_set_choice (self->conflict, ZC_SIDE_MINE);
  else if (gtk_check_button_get_active (self->use_theirs))
    zc_conflict_set_choice (self->conflict, ZC_SIDE_THEIRS);
}

static void
choice_cb (ZcConflictRow *self)
{
  ZcSide choice = zc_conflict_get_choice (self->conflict);

  gtk_check_button_set_active (self->use_mine, choice == ZC_SIDE_MINE);
  gtk_check_button_set_active (self->use_theirs, choice == ZC_SIDE_THEIRS);
}

/* --- the way to the place --- */
static char *
dup_place (ZcDraft *draft,
           ZcConflict *conflict)
{
  const ZcProblem place = { .section = (char *) zc_conflict_get_definition (conflict)->id,
                            .entry = (char *) zc_conflict_get_entry (conflict),
                            .field = (char *) zc_conflict_get_field (conflict) };
  g_autofree char *title = NULL;
  int number = zc_draft_find_entry (draft, place.section, place.entry, &title);

  return zc_problem_dup_place (&place, zc_draft_get_business (draft), TRUE, title, number);
}

static void
set_name (GtkCheckButton *button,
          const char *place,
          ZcConflictSide *side)
{
  g_autofree char *name = g_strdup_printf ("%s: %s", gtk_check_button_get_label (button), place);
  g_autofree char *text = zc_conflict_side_dup_text (side);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
zc_conflict_row_dispose (GObject *object)
{
  ZcConflictRow *self = ZC_CONFLICT_ROW (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_CONFLICT_ROW);
  g_clear_object (&self->conflict);
  G_OBJECT_CLASS (zc_conflict_row_parent_class)->dispose (object);
}

static void
zc_conflict_row_class_init (ZcConflictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_conflict_row_dispose;
  g_type_ensure (ZC_TYPE_CONFLICT_SIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-conflict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcConflictRow, place);
  gtk_widget_class_bind_template_child (widget_class, ZcConflictRow, mine);
  gtk_widget_class_bind_template_child (widget_class, ZcConflictRow, theirs);
  gtk_widget_class_bind_template_child (widget_class, ZcConflictRow, use_mine);
  gtk_widget_class_bind_template_child (widget_class, ZcConflictRow, use_theirs);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
zc_conflict_row_init (ZcConflictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_conflict_row_new:
 * @draft: whose place it is
 * @pool: decodes pictures
 * @conflict: both versions; the choice is kept in it
 */
GtkWidget *
zc_conflict_row_new (ZcDraft *draft,
                     ZcImagePool *pool,
                     ZcConflict *conflict)
{
  ZcConflictRow *self = g_object_new (ZC_TYPE_CONFLICT_ROW, NULL);
  g_autofree char *place = dup_place (draft, conflict);

  self->conflict = g_object_ref (conflict);
  gtk_label_set_label (self->place, place);
  zc_conflict_side_show (self->mine, draft, pool, conflict, ZC_SIDE_MINE);
  zc_conflict_side_show (self->theirs, draft, pool, conflict, ZC_SIDE_THEIRS);
  set_name (self->use_mine, place, self->mine);
  set_name (self->use_theirs, place, self->theirs);
  g_signal_connect_object (conflict, "notify::choice", G_CALLBACK (choice_cb), self,
                           G_CONNECT_SWAPPED);
  choice_cb (self);
  return GTK_WIDGET (self);
}
