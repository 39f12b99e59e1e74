/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-missing-panel.h"
#include "zc-problem-list.h"

struct _ZcMissingPanel
{
  AdwBin parent_instance;

  ZcDraft       *draft; /* (nullable) */

  GtkRevealer   *revealer;
  GtkLabel      *title;
  ZcProblemList *problems;
};

G_DEFINE_FINAL_TYPE (ZcMissingPanel, zc_missing_panel, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_open (ZcMissingPanel *self, gboolean open)
{
  gtk_revealer_set_reveal_child (self->revealer, open);
}

static void
fill (ZcMissingPanel *self, GPtrArray *problems)
{
  g_autofree char *title = NULL;
  guint n;

  zc_problem_list_set_problems (self->problems, self->draft, problems, FALSE);
  n = zc_problem_list_get_n (self->problems);
  title = g_strdup_printf (ngettext ("%u item is to be completed before this can be approved", "%u items are to be completed before this can be approved", n), n);
  gtk_label_set_label (self->title, title);
  if (n == 0)
    set_open (self, FALSE);
}

/* Solved ones go from the list as they are solved. */
static void
problems_changed_cb (ZcMissingPanel *self)
{
  g_autoptr (GPtrArray) problems = NULL;

  if (!gtk_revealer_get_reveal_child (self->revealer))
    return;
  problems = zc_draft_check (self->draft);
  fill (self, problems);
}

static void
editable_cb (ZcMissingPanel *self)
{
  if (!zc_draft_get_editable (self->draft))
    set_open (self, FALSE);
}

static void
chosen_cb (ZcMissingPanel *self, const char *section, const char *entry, const char *field)
{
  g_signal_emit (self, signals[CHOSEN], 0, section, entry, field);
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_open (ZC_MISSING_PANEL (widget), FALSE);
}

static void
zc_missing_panel_dispose (GObject *object)
{
  ZcMissingPanel *self = ZC_MISSING_PANEL (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_MISSING_PANEL);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (zc_missing_panel_parent_class)->dispose (object);
}

static void
zc_missing_panel_class_init (ZcMissingPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_missing_panel_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING,
                                  G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (ZC_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-missing-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcMissingPanel, revealer);
  gtk_widget_class_bind_template_child (widget_class, ZcMissingPanel, title);
  gtk_widget_class_bind_template_child (widget_class, ZcMissingPanel, problems);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "missing.close", NULL, close_cb);
}

static void
zc_missing_panel_init (ZcMissingPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_missing_panel_set_draft:
 * @draft: whose places the problems name
 */
void
zc_missing_panel_set_draft (ZcMissingPanel *self, ZcDraft *draft)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_set_object (&self->draft, draft);
  set_open (self, FALSE);
  g_signal_connect_object (draft, "problems-changed", G_CALLBACK (problems_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::editable", G_CALLBACK (editable_cb), self, G_CONNECT_SWAPPED);
}

/**
 * zc_missing_panel_open:
 * @problems: of #ZcProblem, of the draft; copied
 *
 * Lists them, says so to who does not see it, and puts the focus on the first.
 */
void
zc_missing_panel_open (ZcMissingPanel *self, GPtrArray *problems)
{
  g_return_if_fail (self->draft != NULL);

  set_open (self, TRUE);
  fill (self, problems);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_label_get_label (self->title), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  gtk_widget_child_focus (GTK_WIDGET (self->problems), GTK_DIR_TAB_FORWARD);
}
