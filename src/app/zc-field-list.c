/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-field-list.h"
#include "zc-place-marks.h"

/* Draws the fields of any section of any business. It alone listens to the draft and tells the row that
 * is concerned: a long form costs no more per key than a short one. */
typedef struct
{
  GtkWidget *box;     /* heading and card */
  GtkWidget *card;
  const char *title;  /* (nullable) */
} FieldGroup;

struct _ZcFieldList
{
  GtkBox parent_instance;

  ZcFieldPlace *place;
  GPtrArray *rows;   /* ZcFieldRow, in the order of the form, borrowed */
  GArray *groups;    /* FieldGroup */

  guint cards : 1;    /* groups stand in cards of their own */
  guint revealed : 1; /* problems are shown, also at rows that are added later */
};

G_DEFINE_FINAL_TYPE (ZcFieldList, zc_field_list, GTK_TYPE_BOX)

static gboolean
is_here (ZcFieldList *self,
         const char *section,
         const char *entry)
{
  return g_strcmp0 (section, self->place->section) == 0
         && g_strcmp0 (entry != NULL && *entry != '\0' ? entry : NULL, self->place->entry) == 0;
}

static gboolean
has_visible_child (GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      return TRUE;
  return FALSE;
}

/* A group whose fields do not apply leaves no heading behind. */
static void
update_groups (ZcFieldList *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      FieldGroup *group = &g_array_index (self->groups, FieldGroup, i);

      gtk_widget_set_visible (group->box, has_visible_child (group->card));
    }
}

static GtkWidget *
add_group (ZcFieldList *self,
           const char *title)
{
  FieldGroup group = { .title = title };

  group.box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  group.card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (group.card, self->cards ? "zc-group" : "zc-fields");
  if (self->cards)
    gtk_widget_add_css_class (group.card, "card");
  if (title != NULL)
    {
      GtkWidget *heading = gtk_label_new (title);

      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
      gtk_widget_add_css_class (heading, "heading");
      gtk_box_append (GTK_BOX (group.box), heading);
      gtk_accessible_update_property (GTK_ACCESSIBLE (group.card), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      title, -1);
    }
  gtk_box_append (GTK_BOX (group.box), group.card);
  gtk_box_append (GTK_BOX (self), group.box);
  g_array_append_val (self->groups, group);
  return group.card;
}

/* A field joins the group before it, or begins one. */
static GtkWidget *
find_card (ZcFieldList *self,
           const char *title)
{
  FieldGroup *last;

  if (self->groups->len == 0)
    return add_group (self, title);
  last = &g_array_index (self->groups, FieldGroup, self->groups->len - 1);
  if (g_strcmp0 (last->title, title) == 0)
    return last->card;
  return add_group (self, title);
}

/* Remarks of the reviewer stand at the fields they are about (P9). */
static void
marks_cb (ZcFieldList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    zc_field_row_update_marks (g_ptr_array_index (self->rows, i));
}

static void
value_changed_cb (ZcFieldList *self,
                  const char *section,
                  const char *entry,
                  const char *field)
{
  ZcFieldRow *row = is_here (self, section, entry) ? zc_field_list_find_row (self, field) : NULL;

  if (row != NULL)
    {
      zc_field_row_update_value (row);
      zc_field_row_update_marks (row);
    }
  if (!is_here (self, section, entry))
    return;
  for (guint i = 0; i < self->rows->len; i++) /* sums follow what they add up */
    if (zc_field_row_get_field (g_ptr_array_index (self->rows, i))->type == ZC_FIELD_COMPUTED)
      zc_field_row_update_value (g_ptr_array_index (self->rows, i));
}

static void
applies_changed_cb (ZcFieldList *self,
                    const char *section,
                    const char *entry,
                    const char *field)
{
  ZcFieldRow *row = is_here (self, section, entry) ? zc_field_list_find_row (self, field) : NULL;

  if (row == NULL)
    return;
  zc_field_row_update_rules (row);
  update_groups (self);
}

static void
problems_changed_cb (ZcFieldList *self,
                     const char *section)
{
  if (g_strcmp0 (section, self->place->section) != 0)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    zc_field_row_update_problem (g_ptr_array_index (self->rows, i));
}

static void
follow_draft (ZcFieldList *self)
{
  ZcDraft *draft = self->place->draft;

  g_signal_connect_object (draft, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "applies-changed", G_CALLBACK (applies_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "problems-changed", G_CALLBACK (problems_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
zc_field_list_dispose (GObject *object)
{
  ZcFieldList *self = ZC_FIELD_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_FIELD_LIST);
  g_clear_pointer (&self->place, zc_field_place_free);
  g_ptr_array_set_size (self->rows, 0);
  G_OBJECT_CLASS (zc_field_list_parent_class)->dispose (object);
}

static void
zc_field_list_finalize (GObject *object)
{
  ZcFieldList *self = ZC_FIELD_LIST (object);

  g_ptr_array_unref (self->rows);
  g_array_unref (self->groups);
  G_OBJECT_CLASS (zc_field_list_parent_class)->finalize (object);
}

static void
zc_field_list_class_init (ZcFieldListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zc_field_list_dispose;
  object_class->finalize = zc_field_list_finalize;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/zhicheng/zhicheng/zc-field-list.ui");
}

static void
zc_field_list_init (ZcFieldList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  self->groups = g_array_new (FALSE, TRUE, sizeof (FieldGroup));
}

/**
 * zc_field_list_new_empty:
 * @place: the section or entry; copied
 * @cards: whether groups stand in cards (not inside a card already)
 *
 * Returns: (transfer floating): a list to be filled by zc_field_list_add_next()
 */
GtkWidget *
zc_field_list_new_empty (const ZcFieldPlace *place,
                         gboolean cards)
{
  ZcFieldList *self = g_object_new (ZC_TYPE_FIELD_LIST, NULL);

  self->place = zc_field_place_copy (place);
  self->cards = cards;
  follow_draft (self);
  zc_place_marks_follow (place, G_CALLBACK (marks_cb), self);
  return GTK_WIDGET (self);
}

/**
 * zc_field_list_add_next:
 *
 * Makes the row of the first field that has none yet.
 *
 * Returns: whether another one is missing
 */
gboolean
zc_field_list_add_next (ZcFieldList *self)
{
  const ZcSection *section = zc_business_find_section (
      zc_draft_get_business (self->place->draft), self->place->section, NULL);
  const ZcField *field;
  GtkWidget *row;

  g_return_val_if_fail (section != NULL, FALSE);
  if (self->rows->len == section->n_fields)
    return FALSE;
  field = &section->fields[self->rows->len];
  row = zc_field_row_new (self->place, field);
  gtk_box_append (GTK_BOX (find_card (self, field->group)), row);
  g_ptr_array_add (self->rows, row);
  if (self->revealed)
    zc_field_row_reveal_problem (ZC_FIELD_ROW (row));
  update_groups (self);
  return self->rows->len < section->n_fields;
}

/**
 * zc_field_list_new:
 * @place: the section or entry; copied
 * @cards: whether groups stand in cards (not inside a card already)
 *
 * Returns: (transfer floating): the list with all of its rows
 */
GtkWidget *
zc_field_list_new (const ZcFieldPlace *place,
                   gboolean cards)
{
  GtkWidget *self = zc_field_list_new_empty (place, cards);

  while (zc_field_list_add_next (ZC_FIELD_LIST (self)))
    ;
  return self;
}

/**
 * zc_field_list_find_row:
 *
 * Returns: (transfer none) (nullable): the row of the field with this id
 */
ZcFieldRow *
zc_field_list_find_row (ZcFieldList *self,
                        const char *field)
{
  for (guint i = 0; field != NULL && i < self->rows->len; i++)
    {
      ZcFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (zc_field_row_get_field (row)->id, field))
        return row;
    }
  return NULL;
}

/**
 * zc_field_list_reveal_problems:
 *
 * Shows what is wrong with every field, also with those nobody has touched yet.
 */
void
zc_field_list_reveal_problems (ZcFieldList *self)
{
  self->revealed = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    zc_field_row_reveal_problem (g_ptr_array_index (self->rows, i));
}
