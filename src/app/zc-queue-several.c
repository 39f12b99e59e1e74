/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-batch-dialog.h"
#include "zc-queue-page-private.h"

/* Several rows of the queue at once (P10, P11): choosing them, and what is done to them. */
#define SEVERAL "several" /* for the id of a dossier, which none has */

static const struct
{
  const char *name;
  ZcAct       act;
} batch_acts[] = {
  { "queue.accept", ZC_ACT_ACCEPT },
  { "queue.release", ZC_ACT_RELEASE },
  { "queue.assign", ZC_ACT_ASSIGN },
  { "queue.return", ZC_ACT_RETURN },
  { "queue.approve", ZC_ACT_APPROVE },
};

/* What is chosen now: the frozen ones, or the rows that are marked. (transfer full): ZcDossier */
static GPtrArray *
dup_chosen (ZcQueuePage *self)
{
  g_autoptr (GtkBitset) rows = NULL;
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  if (self->frozen != NULL)
    {
      g_ptr_array_unref (chosen);
      return g_ptr_array_ref (self->frozen);
    }
  rows = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, rows, &position); more; more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (chosen, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return chosen;
}

/* Pressed by keys, either of the two goes with what it did: the keys go on at the other one (P21). */
static void
offer_choice (ZcQueuePage *self, gboolean all, gboolean none)
{
  gboolean from_all = gtk_widget_is_focus (self->all) && !all;
  gboolean from_none = gtk_widget_is_focus (self->none) && !none;

  gtk_widget_set_visible (self->all, all);
  gtk_widget_set_visible (self->none, none);
  if (from_all && none)
    gtk_widget_grab_focus (self->none);
  else if (from_all || from_none)
    gtk_widget_grab_focus (all ? self->all : GTK_WIDGET (self->view));
}

static void
say_chosen (ZcQueuePage *self, guint n)
{
  g_autofree char *text = NULL;
  int total = -1;

  g_object_get (self->dossiers, "total", &total, NULL);
  if (n == 0)
    text = g_strdup (_("Double-click or press Enter to open one; choose several to handle them together"));
  else if (self->frozen != NULL && (int) n < self->matched)
    text = g_strdup_printf (_("The first %u that match are chosen; the server gives no more at once."), n);
  else if (self->frozen != NULL)
    text = g_strdup_printf (_("All %u that match are chosen. What arrives from now on is not among them."), n);
  else
    text = g_strdup_printf (ngettext ("%u chosen", "%u chosen", n), n);
  gtk_label_set_label (self->chosen, text);
  offer_choice (self, self->frozen == NULL && (int) n < total, n > 0);
}

/* One button for each act that is open to any of them. */
static void
offer_acts (ZcQueuePage *self, GPtrArray *chosen)
{
  GtkWidget *button = gtk_widget_get_first_child (self->acts);

  for (guint i = 0; i < G_N_ELEMENTS (batch_acts) && button != NULL; i++, button = gtk_widget_get_next_sibling (button))
    {
      gboolean open = FALSE;

      for (guint n = 0; n < chosen->len && !open; n++)
        open = zc_dossier_has_action (g_ptr_array_index (chosen, n), zc_act_to_string (batch_acts[i].act));
      gtk_widget_set_visible (button, open);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), batch_acts[i].name, open);
    }
}

/* A row keeps the version that it had when it was chosen: what changes behind one's back is told, not forced. */
static void
keep_versions (ZcQueuePage *self, GPtrArray *chosen)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->versions);

  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < chosen->len; i++)
    {
      ZcDossier *dossier = g_ptr_array_index (chosen, i);
      const gint64 *known = g_hash_table_lookup (before, zc_dossier_get_id (dossier));
      gint64 version = known != NULL ? *known : zc_dossier_get_version (dossier);

      g_hash_table_insert (self->versions, g_strdup (zc_dossier_get_id (dossier)), g_memdup2 (&version, sizeof version));
    }
}

/* What is written to several is kept as what is written to one: on the disk, and for each body (P1, P2). */
void
zc_queue_page_open_reasons (ZcQueuePage *self)
{
  ZcMembership *membership = zc_session_get_membership (self->session);

  g_clear_object (&self->reasons);
  if (membership != NULL)
    self->reasons = zc_notebook_new (zc_session_get_store (self->session), SEVERAL, zc_membership_get_body (membership));
}

void
zc_queue_page_show_chosen (ZcQueuePage *self)
{
  g_autoptr (GPtrArray) chosen = dup_chosen (self);

  keep_versions (self, chosen);
  if (self->dossiers == NULL)
    return;
  say_chosen (self, chosen->len);
  offer_acts (self, chosen);
}

/* Whoever marks rows anew chooses anew. */
void
zc_queue_page_choose (ZcQueuePage *self)
{
  if (self->choosing)
    return;
  g_cancellable_cancel (self->freezing);
  g_clear_pointer (&self->frozen, g_ptr_array_unref);
  zc_queue_page_show_chosen (self);
}

/* Marks the rows that are among those chosen, also when they come with a later page or another loading of the list. */
static void
mark_rows (ZcQueuePage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) rows = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n);

  for (guint i = 0; i < n && g_hash_table_size (self->versions) > 0; i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_hash_table_contains (self->versions, zc_dossier_get_id (dossier)))
        gtk_bitset_add (rows, i);
    }
  self->choosing = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), rows, all);
  self->choosing = FALSE;
}

void
zc_queue_page_mark_again (ZcQueuePage *self)
{
  if (self->selection == NULL)
    return;
  mark_rows (self);
  zc_queue_page_show_chosen (self);
}

void
zc_queue_page_check (GtkCheckButton *button, GtkColumnViewCell *cell)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), ZC_TYPE_QUEUE_PAGE);
  guint position = gtk_column_view_cell_get_position (cell);
  gboolean active = gtk_check_button_get_active (button);

  if (page == NULL || position == GTK_INVALID_LIST_POSITION || active == gtk_column_view_cell_get_selected (cell))
    return;
  if (active)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (ZC_QUEUE_PAGE (page)->selection), position, FALSE);
  else
    gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (ZC_QUEUE_PAGE (page)->selection), position);
}

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcQueuePage) self = user_data;
  g_autoptr (GError) error = NULL;
  int matched = 0;
  GPtrArray *frozen = zc_dossier_list_freeze_finish (ZC_DOSSIER_LIST (source), result, &matched, &error);

  if (frozen == NULL)
    {
      if (self->session != NULL)
        zc_session_toast_error (self->session, error);
      return;
    }
  g_clear_pointer (&self->frozen, g_ptr_array_unref);
  self->frozen = frozen;
  self->matched = matched;
  if (self->selection == NULL)
    return;
  g_hash_table_remove_all (self->versions);
  keep_versions (self, frozen);
  zc_queue_page_mark_again (self);
}

static void
choose_all_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (widget);

  if (self->dossiers == NULL)
    return;
  g_cancellable_cancel (self->freezing);
  g_clear_object (&self->freezing);
  self->freezing = g_cancellable_new ();
  zc_dossier_list_freeze_async (self->dossiers, self->freezing, frozen_cb, g_object_ref (self));
}

static void
choose_none_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (widget);

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  zc_queue_page_choose (self);
}

static ZcAct
find_act (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (batch_acts); i++)
    if (g_str_equal (batch_acts[i].name, name))
      return batch_acts[i].act;
  g_return_val_if_reached (ZC_ACT_ACCEPT);
}

/* What was sent is no longer chosen, nor are its words needed: the dialog tells what became of it. */
static void
batch_cb (ZcQueuePage *self, GParamSpec *pspec, ZcBatch *batch)
{
  if (zc_batch_get_running (batch) || zc_batch_get_answered (batch) == 0 || self->selection == NULL)
    return;
  if (self->reasons != NULL)
    {
      zc_notebook_set_opinion (self->reasons, zc_batch_get_act (batch), "");
      zc_notebook_flush (self->reasons);
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "queue.choose-none", NULL);
}

/* Once it is sent, the buttons that led here go with the choice: the keyboard goes on from the rows. */
static void
batch_closed_cb (ZcQueuePage *self)
{
  if (self->view != NULL && g_hash_table_size (self->versions) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static AdwDialog *
make_batch_dialog (ZcQueuePage *self, ZcBatch *batch, guint left_out)
{
  AdwDialog *dialog = zc_batch_dialog_new (self->session, batch, left_out);

  g_signal_connect_object (dialog, "closed", G_CALLBACK (batch_closed_cb), self, G_CONNECT_SWAPPED);
  if (self->reasons != NULL)
    zc_batch_dialog_keep_in (ZC_BATCH_DIALOG (dialog), self->reasons);
  return dialog;
}

static void
act_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (widget);
  g_autoptr (GPtrArray) chosen = dup_chosen (self);
  ZcAct act = find_act (name);
  g_autoptr (ZcBatch) batch = zc_batch_new (act);

  for (guint i = 0; i < chosen->len; i++)
    {
      ZcDossier *dossier = g_ptr_array_index (chosen, i);
      const gint64 *version = g_hash_table_lookup (self->versions, zc_dossier_get_id (dossier));

      if (zc_dossier_has_action (dossier, zc_act_to_string (act)) && version != NULL)
        zc_batch_add (batch, dossier, *version);
    }
  g_signal_connect_object (batch, "notify::running", G_CALLBACK (batch_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (make_batch_dialog (self, batch, chosen->len - g_list_model_get_n_items (G_LIST_MODEL (batch))), widget);
}

void
zc_queue_page_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "queue.choose-all", NULL, choose_all_action_cb);
  gtk_widget_class_install_action (widget_class, "queue.choose-none", NULL, choose_none_action_cb);
  for (guint i = 0; i < G_N_ELEMENTS (batch_acts); i++)
    gtk_widget_class_install_action (widget_class, batch_acts[i].name, NULL, act_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "queue.choose-none", NULL);
}
