/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-shortcuts-dialog.h"

struct _ZcShortcutsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesPage *page;
};

G_DEFINE_FINAL_TYPE (ZcShortcutsDialog, zc_shortcuts_dialog, ADW_TYPE_DIALOG)

static const struct
{
  const char *group; /* (nullable): as the one before */
  const char *label;
  const char *keys;
} shortcuts[] = {
  { N_ ("Everywhere"), N_ ("Go back"), "<Alt>Left" },
  { NULL, N_ ("Load again"), "F5" },
  { NULL, N_ ("Bring back what was just removed"), "<Control>z" },
  { NULL, N_ ("Settings"), "F10" },
  { NULL, N_ ("Keyboard shortcuts"), "F1" },
  { NULL, N_ ("Close the window"), "<Control>w" },
  { N_ ("Filling in"), N_ ("Save"), "<Control>s" },
  { NULL, N_ ("Submit"), "<Control>Return" },
  { N_ ("Reviewing"), N_ ("Search the list"), "<Control>f" },
  { NULL, N_ ("Choose all that match"), "<Control><Shift>a" },
  { NULL, N_ ("Open the chosen application"), "Return" },
  { NULL, N_ ("Accept for review"), "<Control>j" },
  { NULL, N_ ("Approve"), "<Control>g" },
  { NULL, N_ ("Return to the applicant"), "<Control>t" },
  { NULL, N_ ("Next section"), "<Control>Page_Down" },
  { NULL, N_ ("Section before"), "<Control>Page_Up" },
  { NULL, N_ ("Next image"), "<Alt>Page_Down" },
  { NULL, N_ ("Image before"), "<Alt>Page_Up" },
  { NULL, N_ ("Image larger"), "<Alt>plus" },
  { NULL, N_ ("Image smaller"), "<Alt>minus" },
  { NULL, N_ ("Fit the image into its place"), "<Alt>0" },
  { NULL, N_ ("Turn the image"), "<Alt>r" },
  { NULL, N_ ("Note something where the focus is"), "<Control>m" },
  { NULL, N_ ("Next change since the return"), "<Control>d" },
  { NULL, N_ ("Change before"), "<Control><Shift>d" },
};

static GtkWidget *
make_row (const char *title, const char *keys)
{
  guint key = 0;
  GdkModifierType modifiers = 0;
  GtkWidget *row = adw_action_row_new ();
  gtk_accelerator_parse (keys, &key, &modifiers);
  g_autofree char *text = gtk_accelerator_get_label (key, modifiers);
  GtkWidget *label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "keycap");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
fill (ZcShortcutsDialog *self)
{
  AdwPreferencesGroup *group = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].group != NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ (shortcuts[i].group));
          adw_preferences_page_add (self->page, group);
        }
      adw_preferences_group_add (group, make_row (_ (shortcuts[i].label), shortcuts[i].keys));
    }
}

static void
zc_shortcuts_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_SHORTCUTS_DIALOG);
  G_OBJECT_CLASS (zc_shortcuts_dialog_parent_class)->dispose (object);
}

static void
zc_shortcuts_dialog_class_init (ZcShortcutsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_shortcuts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zhicheng/zhicheng/zc-shortcuts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcShortcutsDialog, page);
}

static void
zc_shortcuts_dialog_init (ZcShortcutsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);
}

AdwDialog *
zc_shortcuts_dialog_new (void)
{
  return g_object_new (ZC_TYPE_SHORTCUTS_DIALOG, NULL);
}
