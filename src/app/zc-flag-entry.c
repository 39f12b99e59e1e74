/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-flag-entry.h"

/* Yes, or not (yet) said. */
struct _ZcFlagEntry
{
  AdwBin parent_instance;

  GtkCheckButton *button;
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
zc_flag_entry_get_property (GObject *object,
                            guint id,
                            GValue *value,
                            GParamSpec *pspec)
{
  ZcFlagEntry *self = ZC_FLAG_ENTRY (object);

  g_value_set_static_string (value, gtk_check_button_get_active (self->button) ? "true" : "");
}

static void
zc_flag_entry_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  ZcFlagEntry *self = ZC_FLAG_ENTRY (object);

  gtk_check_button_set_active (self->button, g_strcmp0 (g_value_get_string (value), "true") == 0);
}

static gboolean
zc_flag_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ZC_FLAG_ENTRY (widget)->button));
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
  gtk_widget_class_bind_template_child (widget_class, ZcFlagEntry, button);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
zc_flag_entry_init (ZcFlagEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_flag_entry_new:
 * @label: what is said yes to
 */
GtkWidget *
zc_flag_entry_new (const char *label)
{
  ZcFlagEntry *self = g_object_new (ZC_TYPE_FLAG_ENTRY, NULL);

  gtk_check_button_set_label (self->button, label);
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
  return GTK_WIDGET (self->button);
}
