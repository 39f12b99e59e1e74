/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-date-entry.h"
#include "zc-date-picker.h"
#include "zc-time.h"

/* An entry for a day or a month, with a picker behind its button. */
struct _ZcDateEntry
{
  GtkBox parent_instance;

  GtkEntry *entry;
  GtkMenuButton *button;

  gboolean month;
};

G_DEFINE_FINAL_TYPE (ZcDateEntry, zc_date_entry, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_TEXT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

enum
{
  LEFT,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* Reads up to three numbers with anything between them; a run of 8 or 6 digits is cut into its parts. */
static int
read_numbers (const char *text,
              int numbers[3])
{
  int n = 0;

  while (*text != '\0' && n < 3)
    {
      int value = 0, digits = 0;
      int most = n == 0 ? 4 : 2;

      while (g_ascii_isdigit (*text) && digits < most)
        {
          value = value * 10 + (*text++ - '0');
          digits++;
        }
      if (digits > 0)
        numbers[n++] = value;
      else
        text = g_utf8_next_char (text);
    }
  return g_ascii_isdigit (*text) ? 0 : n; /* more digits than a date has */
}

/**
 * zc_date_normalize:
 * @text: a date as people write it: 2019-7-1, 2019.7.1, 2019年7月1日, 20190701, the digits wide or narrow
 * @month: a month is wanted, not a day
 *
 * Returns: (transfer full) (nullable): "2019-07-01" or "2019-07"; %NULL when @text is not such a date
 */
char *
zc_date_normalize (const char *text,
                   gboolean month)
{
  int numbers[3] = { 0 };
  g_autofree char *narrow = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  int n = read_numbers (narrow, numbers);
  g_autofree char *date = NULL;

  if (n != (month ? 2 : 3))
    return NULL;
  if (month)
    date = g_strdup_printf ("%04d-%02d", numbers[0], numbers[1]);
  else
    date = g_strdup_printf ("%04d-%02d-%02d", numbers[0], numbers[1], numbers[2]);
  if (month ? !zc_month_is_valid (date) : !zc_date_is_valid (date))
    return NULL;
  return g_steal_pointer (&date);
}

static void
normalize_cb (ZcDateEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *date = zc_date_normalize (text, self->month);

  if (date != NULL && !g_str_equal (date, text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), date);
}

/* Its button is the next to have the focus, so that the row is not left yet: what is wrong is said all the same. */
static void
leave_cb (ZcDateEntry *self)
{
  normalize_cb (self);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
changed_cb (ZcDateEntry *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
picked_cb (ZcDateEntry *self,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_menu_button_popdown (self->button);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* The picker opens at what is written, else at today. */
static GDateTime *
dup_day (ZcDateEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *date = zc_date_normalize (text, self->month);
  int numbers[3] = { 0, 1, 1 };

  if (date == NULL)
    return g_date_time_new_now_local ();
  read_numbers (date, numbers);
  return g_date_time_new_local (numbers[0], numbers[1], numbers[2], 12, 0, 0);
}

/* Asked for each time the button is pressed. */
static void
open_picker_cb (GtkMenuButton *button,
                gpointer data)
{
  ZcDateEntry *self = data;
  GtkPopover *picker = gtk_menu_button_get_popover (button);
  g_autoptr (GDateTime) day = dup_day (self);

  if (picker == NULL)
    {
      picker = GTK_POPOVER (zc_date_picker_new (self->month));
      g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (picker));
    }
  zc_date_picker_turn_to (ZC_DATE_PICKER (picker), day);
}

static void
zc_date_entry_get_property (GObject *object,
                            guint id,
                            GValue *value,
                            GParamSpec *pspec)
{
  g_value_set_string (value, gtk_editable_get_text (GTK_EDITABLE (ZC_DATE_ENTRY (object)->entry)));
}

static void
zc_date_entry_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *pspec)
{
  ZcDateEntry *self = ZC_DATE_ENTRY (object);
  const char *text = g_value_get_string (value);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

static gboolean
zc_date_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ZC_DATE_ENTRY (widget)->entry));
}

static void
zc_date_entry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_DATE_ENTRY);
  G_OBJECT_CLASS (zc_date_entry_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-date-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDateEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, ZcDateEntry, button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, normalize_cb);
}

static void
zc_date_entry_class_init (ZcDateEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_date_entry_dispose;
  object_class->get_property = zc_date_entry_get_property;
  object_class->set_property = zc_date_entry_set_property;
  widget_class->grab_focus = zc_date_entry_grab_focus;
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                   | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (widget_class);
}

static void
zc_date_entry_init (ZcDateEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, open_picker_cb, self, NULL);
}

/**
 * zc_date_entry_new:
 * @month: a month is asked, not a day
 */
GtkWidget *
zc_date_entry_new (gboolean month)
{
  ZcDateEntry *self = g_object_new (ZC_TYPE_DATE_ENTRY, NULL);

  self->month = month;
  gtk_entry_set_placeholder_text (self->entry, month ? _ ("e.g. 2019-07") : _ ("e.g. 2019-07-01"));
  return GTK_WIDGET (self);
}

/**
 * zc_date_entry_get_entry:
 *
 * Returns: (transfer none): what takes the focus and carries the accessible name
 */
GtkWidget *
zc_date_entry_get_entry (ZcDateEntry *self)
{
  return GTK_WIDGET (self->entry);
}

/**
 * zc_date_entry_set_name:
 * @label: of the field: the calendar's button is named after it
 */
void
zc_date_entry_set_name (ZcDateEntry *self,
                        const char *label)
{
  g_autofree char *name = g_strdup_printf (_ ("Pick: %s"), label);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}
