/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-problem-list.h"
#include "zc-saved-panel.h"
#include "zc-toast.h"

/* An incomplete section is saved like any other; nobody is stopped, but told. */
struct _ZcSavedPanel
{
  AdwBin parent_instance;

  ZcDraft *draft; /* (nullable) */
  char *section;  /* (nullable): that was saved */

  GtkLabel *title;
  ZcProblemList *problems;

  guint sent : 1; /* the server has it */
};

G_DEFINE_FINAL_TYPE (ZcSavedPanel, zc_saved_panel, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* The list as it is now, its number with it. */
static guint
list_missing (ZcSavedPanel *self)
{
  GPtrArray *problems = zc_draft_get_problems (self->draft, self->section);
  g_autofree char *title = NULL;
  guint n;

  zc_problem_list_set_problems (self->problems, self->draft, problems, TRUE);
  n = zc_problem_list_get_n (self->problems);
  title = self->sent ? g_strdup_printf (_ ("Saved; %u items of this section are to be completed"), n)
                     : g_strdup_printf (_ ("Saved on this computer; %u items are to be completed"), n);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  return n;
}

/* Solved ones go from the list as they are solved. */
static void
problems_changed_cb (ZcSavedPanel *self,
                     const char *section)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)) && g_strcmp0 (section, self->section) == 0)
    list_missing (self);
}

static void
chosen_cb (ZcSavedPanel *self,
           const char *section,
           const char *entry,
           const char *field)
{
  g_signal_emit (self, signals[CHOSEN], 0, section, entry, field);
}

static void
close_cb (GtkWidget *widget,
          const char *name,
          GVariant *parameter)
{
  gtk_widget_set_visible (widget, FALSE);
}

static void
zc_saved_panel_dispose (GObject *object)
{
  ZcSavedPanel *self = ZC_SAVED_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SAVED_PANEL);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->section, g_free);
  G_OBJECT_CLASS (zc_saved_panel_parent_class)->dispose (object);
}

static void
zc_saved_panel_class_init (ZcSavedPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_saved_panel_dispose;
  g_type_ensure (ZC_TYPE_PROBLEM_LIST);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-saved-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSavedPanel, title);
  gtk_widget_class_bind_template_child (widget_class, ZcSavedPanel, problems);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "saved.close", NULL, close_cb);
}

static void
zc_saved_panel_init (ZcSavedPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_saved_panel_open:
 * @draft: (nullable): what is saved; %NULL: nothing any more
 */
void
zc_saved_panel_open (ZcSavedPanel *self,
                     ZcDraft *draft)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_set_object (&self->draft, draft);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (draft != NULL)
    g_signal_connect_object (draft, "problems-changed", G_CALLBACK (problems_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

/**
 * zc_saved_panel_tell:
 * @section: id of the section that a person saved
 * @sent: whether the server has it, not only this computer
 *
 * Lists what is missing in it; where nothing is, a toast says so.
 */
void
zc_saved_panel_tell (ZcSavedPanel *self,
                     const char *section,
                     gboolean sent)
{
  g_set_str (&self->section, section);
  self->sent = sent;
  if (list_missing (self) > 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->title),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  else
    zc_toast (GTK_WIDGET (self), sent ? _ ("Saved; this section is complete") : _ ("Saved on this computer"));
}
