/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-choice-entry.h"

/* A drop-down whose first item stands for "nothing chosen yet". A text that is no choice (of an older
 * form, say) is shown as one more item at the end, so that it is not lost unseen; the check tells. */
#define SEARCH_FROM 12

struct _ZcChoiceEntry
{
  AdwBin parent_instance;

  GtkDropDown *dropdown;
  GtkStringList *choices;

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ZcChoiceEntry, zc_choice_entry, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static const char *
get_text (ZcChoiceEntry *self)
{
  guint selected = gtk_drop_down_get_selected (self->dropdown);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return "";
  return gtk_string_list_get_string (self->choices, selected);
}

static guint
find_choice (ZcChoiceEntry *self,
             const char *text)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = 1; i < n; i++)
    if (g_str_equal (gtk_string_list_get_string (self->choices, i), text))
      return i;
  return n;
}

static void
set_text (ZcChoiceEntry *self,
          const char *text)
{
  guint position = 0;

  if (g_strcmp0 (get_text (self), text != NULL ? text : "") == 0)
    return;
  if (text != NULL && *text != '\0')
    {
      position = find_choice (self, text);
      if (position == g_list_model_get_n_items (G_LIST_MODEL (self->choices)))
        gtk_string_list_append (self->choices, text);
    }
  gtk_drop_down_set_selected (self->dropdown, position);
}

static void
selected_cb (ZcChoiceEntry *self)
{
  if (!self->filling)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
zc_choice_entry_get_property (GObject *object,
                              guint id,
                              GValue *value,
                              GParamSpec *pspec)
{
  g_value_set_string (value, get_text (ZC_CHOICE_ENTRY (object)));
}

static void
zc_choice_entry_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  set_text (ZC_CHOICE_ENTRY (object), g_value_get_string (value));
}

static gboolean
zc_choice_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ZC_CHOICE_ENTRY (widget)->dropdown));
}

static void
zc_choice_entry_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_CHOICE_ENTRY);
  G_OBJECT_CLASS (zc_choice_entry_parent_class)->dispose (object);
}

static void
zc_choice_entry_class_init (ZcChoiceEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_choice_entry_dispose;
  object_class->get_property = zc_choice_entry_get_property;
  object_class->set_property = zc_choice_entry_set_property;
  widget_class->grab_focus = zc_choice_entry_grab_focus;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-choice-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcChoiceEntry, dropdown);
  gtk_widget_class_bind_template_child (widget_class, ZcChoiceEntry, choices);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
zc_choice_entry_init (ZcChoiceEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_choice_entry_new:
 * @choices: NULL-terminated; copied
 */
GtkWidget *
zc_choice_entry_new (const char *const *choices)
{
  ZcChoiceEntry *self = g_object_new (ZC_TYPE_CHOICE_ENTRY, NULL);

  self->filling = TRUE;
  gtk_string_list_append (self->choices, _ ("Please choose"));
  gtk_string_list_splice (self->choices, 1, 0, choices);
  gtk_drop_down_set_enable_search (self->dropdown,
                                   g_strv_length ((char **) choices) >= SEARCH_FROM);
  gtk_drop_down_set_selected (self->dropdown, 0);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

/**
 * zc_choice_entry_get_dropdown:
 *
 * Returns: (transfer none): what takes the focus and carries the accessible name
 */
GtkWidget *
zc_choice_entry_get_dropdown (ZcChoiceEntry *self)
{
  return GTK_WIDGET (self->dropdown);
}
