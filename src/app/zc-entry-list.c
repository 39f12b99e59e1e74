/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-entry-list.h"
#include "zc-place-marks.h"
#include "zc-toast.h"

/* Follows the draft's list of entries: a row stays the same, and as open as it was, wherever its entry
 * moves. */
struct _ZcEntryList
{
  GtkBox parent_instance;

  ZcFieldPlace *place;
  const ZcSection *section;
  GListModel *entries; /* ZcDraftEntry */

  GtkLabel *summary;
  GtkBox *rows;
  GtkBox *empty;
  GtkLabel *empty_text;
  GtkButton *add;

  guint tidy_id;
  guint revealed : 1;
  guint partial : 1; /* rows are added one by one, when it is asked for */
};

G_DEFINE_FINAL_TYPE (ZcEntryList, zc_entry_list, GTK_TYPE_BOX)

/* What undoing a deletion needs. */
typedef struct
{
  ZcDraft *draft;
  char *section;
  JsonNode *entry; /* (nullable): given back already */
  guint position;
} Deleted;

static void
free_deleted (gpointer data,
              GClosure *closure)
{
  Deleted *deleted = data;

  g_object_unref (deleted->draft);
  g_free (deleted->section);
  g_clear_pointer (&deleted->entry, json_node_unref);
  g_free (deleted);
}

static void
undo_cb (AdwToast *toast,
         Deleted *deleted)
{
  if (deleted->entry != NULL)
    zc_draft_insert_entry (deleted->draft, deleted->section, deleted->position,
                           g_steal_pointer (&deleted->entry));
}

static void
delete_cb (ZcEntryList *self,
           ZcEntryRow *row)
{
  Deleted *deleted = g_new0 (Deleted, 1);
  const char *id = zc_draft_entry_get_id (zc_entry_row_get_entry (row));
  g_autofree char *title = g_strdup (zc_draft_entry_get_title (zc_entry_row_get_entry (row)));
  g_autofree char *text = *title != '\0' ? g_strdup_printf (_ ("“%s” deleted"), title)
                                         : g_strdup (_ ("Entry deleted"));

  deleted->draft = g_object_ref (self->place->draft);
  deleted->section = g_strdup (self->place->section);
  deleted->entry = zc_draft_remove_entry (self->place->draft, self->place->section, id,
                                          &deleted->position);
  zc_toast_undo (GTK_WIDGET (self), text, G_CALLBACK (undo_cb), deleted, free_deleted);
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

static void
move_cb (ZcEntryList *self,
         int position,
         ZcEntryRow *row)
{
  int n = (int) g_list_model_get_n_items (self->entries);

  if (position >= 0 && position < n)
    zc_draft_move_entry (self->place->draft, self->place->section,
                         zc_draft_entry_get_id (zc_entry_row_get_entry (row)), (guint) position);
}

static ZcEntryRow *
new_row (ZcEntryList *self,
         ZcDraftEntry *entry)
{
  ZcFieldPlace place = *self->place;
  ZcEntryRow *row;

  place.entry = zc_draft_entry_get_id (entry);
  row = ZC_ENTRY_ROW (zc_entry_row_new (&place, entry));
  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "delete", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
  if (self->revealed)
    zc_entry_row_reveal_problems (row);
  gtk_box_append (self->rows, GTK_WIDGET (row));
  return row;
}

static char *
dup_summary (ZcEntryList *self,
             guint n)
{
  guint min = zc_draft_get_min_entries (self->place->draft, self->place->section);
  guint max = self->section->max_entries;

  if (min > 0)
    return g_strdup_printf (_ ("%u entries so far; %u to %u are asked for"), n, min, max);
  if (self->section->advise_entries > 0)
    return g_strdup_printf (_ ("%u entries so far; at least %u are recommended, up to %u"), n,
                            self->section->advise_entries, max);
  return g_strdup_printf (_ ("%u entries so far; up to %u, none if there is nothing to tell"), n,
                          max);
}

static void
update_summary (ZcEntryList *self)
{
  guint n = g_list_model_get_n_items (self->entries);
  g_autofree char *text = dup_summary (self, n);

  gtk_label_set_label (self->summary, text);
  gtk_label_set_label (self->empty_text, self->place->read_only
                                             ? _ ("Nothing was filled in here")
                                             : _ ("Nothing has been filled in here yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->summary), !self->place->read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->empty), n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entries.add",
                                 !self->place->read_only && n < self->section->max_entries);
}

/* Another target or answer elsewhere may ask for more entries, or for none. */
static void
problems_changed_cb (ZcEntryList *self,
                     const char *section)
{
  if (g_strcmp0 (section, self->place->section) == 0)
    update_summary (self);
}

/* Only to be compared with what is in the list: it may be gone. */
static gboolean
is_listed (ZcEntryList *self,
           ZcDraftEntry *entry)
{
  guint n = g_list_model_get_n_items (self->entries);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftEntry) item = g_list_model_get_item (self->entries, i);

      if (item == entry)
        return TRUE;
    }
  return FALSE;
}

static gboolean
remove_gone_rows (gpointer data)
{
  ZcEntryList *self = data;
  GtkWidget *next;

  self->tidy_id = 0;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL; row = next)
    {
      next = gtk_widget_get_next_sibling (row);
      if (!is_listed (self, zc_entry_row_get_entry (ZC_ENTRY_ROW (row))))
        gtk_box_remove (self->rows, row);
    }
  update_summary (self);
  return G_SOURCE_REMOVE;
}

/* most: so many new rows; returns whether an entry was left without one. */
static gboolean
follow_entries (ZcEntryList *self,
                guint most)
{
  guint n = g_list_model_get_n_items (self->entries);
  GtkWidget *before = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftEntry) entry = g_list_model_get_item (self->entries, i);
      ZcEntryRow *row = zc_entry_list_find_row (self, zc_draft_entry_get_id (entry));

      if (row == NULL && most == 0)
        return TRUE;
      if (row == NULL)
        {
          row = new_row (self, entry);
          /* who reads wants to read all of it; who mends, what a return says of it (P9) */
          zc_entry_row_set_open (row, self->place->read_only || zc_entry_has_notes (zc_entry_row_get_place (row)));
          most--;
        }
      gtk_box_reorder_child_after (self->rows, GTK_WIDGET (row), before);
      zc_entry_row_set_position (row, i, n);
      before = GTK_WIDGET (row);
    }
  return FALSE;
}

static void
entries_changed_cb (ZcEntryList *self)
{
  /* a move comes as a removal and an insertion: the row is let go only when that is over */
  if (self->tidy_id == 0)
    self->tidy_id = g_idle_add_full (G_PRIORITY_HIGH, remove_gone_rows, self, NULL);
  follow_entries (self, self->partial ? 0 : G_MAXUINT);
  update_summary (self);
}

/* A new entry is open and waits for its first value. */
static void
add_cb (GtkWidget *widget,
        const char *name,
        GVariant *parameter)
{
  ZcEntryList *self = ZC_ENTRY_LIST (widget);
  const char *id = zc_draft_add_entry (self->place->draft, self->place->section);
  ZcEntryRow *row = id != NULL ? zc_entry_list_find_row (self, id) : NULL;

  if (row == NULL)
    return;
  zc_entry_row_set_open (row, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (zc_entry_row_get_fields (row)), GTK_DIR_TAB_FORWARD);
}

static void
zc_entry_list_dispose (GObject *object)
{
  ZcEntryList *self = ZC_ENTRY_LIST (object);

  g_clear_handle_id (&self->tidy_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_ENTRY_LIST);
  g_clear_object (&self->entries);
  g_clear_pointer (&self->place, zc_field_place_free);
  G_OBJECT_CLASS (zc_entry_list_parent_class)->dispose (object);
}

static void
zc_entry_list_class_init (ZcEntryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_entry_list_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-entry-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcEntryList, summary);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryList, rows);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryList, empty);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryList, empty_text);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryList, add);
  gtk_widget_class_install_action (widget_class, "entries.add", NULL, add_cb);
}

static void
zc_entry_list_init (ZcEntryList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_entry_list_new_empty:
 * @place: a repeating section; copied
 *
 * Returns: (transfer floating): a list whose rows are asked for by zc_entry_list_add_next()
 */
GtkWidget *
zc_entry_list_new_empty (const ZcFieldPlace *place)
{
  ZcEntryList *self = g_object_new (ZC_TYPE_ENTRY_LIST, NULL);

  self->place = zc_field_place_copy (place);
  self->section
      = zc_business_find_section (zc_draft_get_business (place->draft), place->section, NULL);
  self->entries = g_object_ref (zc_draft_get_entries (place->draft, place->section));
  self->partial = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->add), !place->read_only);
  g_signal_connect_object (self->entries, "items-changed", G_CALLBACK (entries_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (place->draft, "problems-changed", G_CALLBACK (problems_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_summary (self);
  return GTK_WIDGET (self);
}

/**
 * zc_entry_list_add_next:
 *
 * Makes the row of the first entry that has none yet. Once there is no such entry, each further one gets its row by itself.
 *
 * Returns: whether another one is missing
 */
gboolean
zc_entry_list_add_next (ZcEntryList *self)
{
  if (self->partial)
    self->partial = follow_entries (self, 1);
  return self->partial;
}

/**
 * zc_entry_list_new:
 * @place: a repeating section; copied
 *
 * Returns: (transfer floating): the list with all of its rows
 */
GtkWidget *
zc_entry_list_new (const ZcFieldPlace *place)
{
  GtkWidget *self = zc_entry_list_new_empty (place);

  while (zc_entry_list_add_next (ZC_ENTRY_LIST (self)))
    ;
  return self;
}

/**
 * zc_entry_list_find_row:
 *
 * Returns: (transfer none) (nullable): the row of the entry with this id
 */
ZcEntryRow *
zc_entry_list_find_row (ZcEntryList *self,
                        const char *entry)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (zc_draft_entry_get_id (zc_entry_row_get_entry (ZC_ENTRY_ROW (row))), entry) == 0)
      return ZC_ENTRY_ROW (row);
  return NULL;
}

void
zc_entry_list_reveal_problems (ZcEntryList *self)
{
  self->revealed = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    zc_entry_row_reveal_problems (ZC_ENTRY_ROW (row));
}
