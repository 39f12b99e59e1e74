/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-flag-entry.h"

/* Nobody has said no by not having looked yet: at first neither is chosen. */
struct _ZcFlagEntry
{
  AdwBin parent_instance;

  GtkCheckButton *yes;
  GtkCheckButton *no;

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (ZcFlagEntry, zc_flag_entry, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
toggled_cb (ZcFlagEntry *self)
{
  if (!self->filling)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static const char *
get_text (ZcFlagEntry *self)
{
  if (gtk_check_button_get_active (self->yes))
    return "true";
  return gtk_check_button_get_active (self->no) ? "false" : "";
}

static void
zc_flag_entry_get_property (GObject *object,
                            guint id,
                            GValue *value,
                            GParamSpec *pspec)
{
  g_value_set_static_string (value, get_text (ZC_FLAG_ENTRY (object)));
}

static void
zc_flag_entry_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  ZcFlagEntry *self = ZC_FLAG_ENTRY (object);
  const char *text = g_value_get_string (value);

  if (g_strcmp0 (text, get_text (self)) == 0)
    return;
  self->filling = TRUE;
  gtk_check_button_set_active (self->yes, g_strcmp0 (text, "true") == 0);
  gtk_check_button_set_active (self->no, g_strcmp0 (text, "false") == 0);
  self->filling = FALSE;
  g_object_notify_by_pspec (object, properties[PROP_TEXT]);
}

static gboolean
zc_flag_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ZC_FLAG_ENTRY (widget)->yes));
}

static void
zc_flag_entry_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_FLAG_ENTRY);
  G_OBJECT_CLASS (zc_flag_entry_parent_class)->dispose (object);
}

static void
zc_flag_entry_class_init (ZcFlagEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_flag_entry_dispose;
  object_class->get_property = zc_flag_entry_get_property;
  object_class->set_property = zc_flag_entry_set_property;
  widget_class->grab_focus = zc_flag_entry_grab_focus;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-flag-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcFlagEntry, yes);
  gtk_widget_class_bind_template_child (widget_class, ZcFlagEntry, no);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
zc_flag_entry_init (ZcFlagEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* “Yes” alone says nothing to whoever does not see what was asked. */
static void
name_answers (ZcFlagEntry *self,
              const char *label)
{
  g_autofree char *yes = g_strdup_printf (_ ("%s: %s"), label, _ ("Yes"));
  g_autofree char *no = g_strdup_printf (_ ("%s: %s"), label, _ ("No"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->yes), GTK_ACCESSIBLE_PROPERTY_LABEL, yes, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->no), GTK_ACCESSIBLE_PROPERTY_LABEL, no, -1);
}

/**
 * zc_flag_entry_new:
 * @label: what is said yes or no to
 * @pledge: only yes is an answer: one box to tick, with the label
 */
GtkWidget *
zc_flag_entry_new (const char *label,
                   gboolean pledge)
{
  ZcFlagEntry *self = g_object_new (ZC_TYPE_FLAG_ENTRY, NULL);

  if (pledge)
    {
      gtk_check_button_set_label (self->yes, label);
      gtk_widget_set_visible (GTK_WIDGET (self->no), FALSE);
    }
  else
    {
      gtk_check_button_set_group (self->no, self->yes);
      name_answers (self, label);
    }
  return GTK_WIDGET (self);
}

/**
 * zc_flag_entry_get_button:
 *
 * Returns: (transfer none): what takes the focus
 */
GtkWidget *
zc_flag_entry_get_button (ZcFlagEntry *self)
{
  return GTK_WIDGET (self->yes);
}
