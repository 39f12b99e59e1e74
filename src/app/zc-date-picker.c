/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-date-picker.h"

/* The calendar, or the page of twelve months, behind the button of a date. It is a hundred widgets, which most forms never show:
 * it is made when the button is pressed first. */
struct _ZcDatePicker
{
  GtkPopover parent_instance;

  GtkStack *pickers;
  GtkCalendar *calendar;
  GtkLabel *year_label;
  GtkGrid *months;

  gboolean showing; /* the calendar is being set, not used */
  int year;         /* that the picker shows */
  int shown_month;  /* that the calendar shows */
};

G_DEFINE_FINAL_TYPE (ZcDatePicker, zc_date_picker, GTK_TYPE_POPOVER)

enum
{
  PICKED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
day_selected_cb (ZcDatePicker *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autofree char *text = NULL;
  int year, month, unused;

  if (self->showing)
    return;
  day = gtk_calendar_get_date (self->calendar);
  g_date_time_get_ymd (day, &year, &month, &unused);
  if (year != self->year || month != self->shown_month) /* turning the pages tells it too */
    {
      self->year = year;
      self->shown_month = month;
      return;
    }
  text = g_date_time_format (day, "%Y-%m-%d");
  g_signal_emit (self, signals[PICKED], 0, text);
}

static void
month_clicked_cb (ZcDatePicker *self,
                  GtkWidget *button)
{
  int month = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "month"));
  g_autofree char *text = g_strdup_printf ("%04d-%02d", self->year, month);

  g_signal_emit (self, signals[PICKED], 0, text);
}

static void
show_year (ZcDatePicker *self)
{
  g_autofree char *label = g_strdup_printf (_ ("%d"), self->year);

  gtk_label_set_label (self->year_label, label);
}

static void
previous_year_cb (ZcDatePicker *self)
{
  self->year = MAX (self->year - 1, 1900);
  show_year (self);
}

static void
next_year_cb (ZcDatePicker *self)
{
  self->year = MIN (self->year + 1, 2200);
  show_year (self);
}

static void
add_month_buttons (ZcDatePicker *self)
{
  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *label = g_strdup_printf (_ ("Month %d"), month);
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "month", GINT_TO_POINTER (month));
      g_signal_connect_object (button, "clicked", G_CALLBACK (month_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_grid_attach (self->months, button, (month - 1) % 3, (month - 1) / 3, 1, 1);
    }
}

static void
zc_date_picker_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_DATE_PICKER);
  G_OBJECT_CLASS (zc_date_picker_parent_class)->dispose (object);
}

static void
zc_date_picker_class_init (ZcDatePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_date_picker_dispose;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-date-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDatePicker, pickers);
  gtk_widget_class_bind_template_child (widget_class, ZcDatePicker, calendar);
  gtk_widget_class_bind_template_child (widget_class, ZcDatePicker, year_label);
  gtk_widget_class_bind_template_child (widget_class, ZcDatePicker, months);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_year_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_year_cb);
}

static void
zc_date_picker_init (ZcDatePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_month_buttons (self);
}

/**
 * zc_date_picker_new:
 * @month: a month is asked, not a day
 *
 * Its signal "picked" tells a text as #ZcDateEntry writes it: "2019-07-01" or "2019-07".
 */
GtkWidget *
zc_date_picker_new (gboolean month)
{
  ZcDatePicker *self = g_object_new (ZC_TYPE_DATE_PICKER, NULL);

  gtk_stack_set_visible_child_name (self->pickers, month ? "month" : "date");
  return GTK_WIDGET (self);
}

/**
 * zc_date_picker_turn_to:
 *
 * Shows the page of this day, which is marked; nothing is picked by that.
 */
void
zc_date_picker_turn_to (ZcDatePicker *self,
                        GDateTime *day)
{
  self->showing = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->showing = FALSE;
  self->year = g_date_time_get_year (day);
  self->shown_month = g_date_time_get_month (day);
  show_year (self);
}
