/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-section-row.h"

/* The green tick is the server's word on the very text on the screen; what only this computer has checked
 * gets a grey one (decisions 17). */
struct _ZcSectionRow
{
  GtkListBoxRow parent_instance;

  ZcDraftSection *section;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *marks;
};

G_DEFINE_FINAL_TYPE (ZcSectionRow, zc_section_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
icon_name (ZcSectionState state)
{
  switch (state)
    {
    case ZC_SECTION_COMPLETE:
    case ZC_SECTION_OPTIONAL:
      return "zc-complete-symbolic";
    case ZC_SECTION_INCOMPLETE:
      return "zc-incomplete-symbolic";
    default:
      return "zc-empty-symbolic";
    }
}

static char *
dup_state_text (ZcDraftSection *section,
                ZcSectionState state)
{
  int conflicts = zc_draft_section_get_n_conflicts (section);

  if (conflicts > 0)
    return g_strdup_printf (_ ("Changed elsewhere too: %d to choose"), conflicts);
  switch (state)
    {
    case ZC_SECTION_EMPTY:
      return g_strdup (_ ("Not filled in"));
    case ZC_SECTION_INCOMPLETE:
      return g_strdup_printf (_ ("%u items to complete"), zc_draft_section_get_n_problems (section));
    case ZC_SECTION_OPTIONAL:
      return g_strdup (_ ("May stay empty"));
    case ZC_SECTION_COMPLETE:
      return g_strdup (zc_draft_section_get_confirmed (section) ? _ ("Complete")
                                                                : _ ("Checked on this computer"));
    default:
      return g_strdup ("");
    }
}

static void
set_style (GtkWidget *widget,
           const char *name,
           gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* For those who do not see the row. */
static void
describe (ZcSectionRow *self)
{
  g_autofree char *text = g_strdup_printf ("%s %s", gtk_label_get_label (self->state), gtk_label_get_label (self->marks));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, g_strchomp (text), -1);
}

static void
state_cb (ZcSectionRow *self)
{
  ZcSectionState state = zc_draft_section_get_state (self->section);
  gboolean conflict = zc_draft_section_get_n_conflicts (self->section) > 0;
  gboolean warn = state == ZC_SECTION_INCOMPLETE || conflict;
  gboolean done = zc_draft_section_get_confirmed (self->section) && state == ZC_SECTION_COMPLETE && !conflict;
  g_autofree char *text = dup_state_text (self->section, state);

  gtk_image_set_from_icon_name (self->icon, conflict ? "zc-incomplete-symbolic" : icon_name (state));
  set_style (GTK_WIDGET (self->icon), "success", done);
  set_style (GTK_WIDGET (self->icon), "warning", warn);
  set_style (GTK_WIDGET (self->icon), "dimmed", !warn && !done);
  gtk_label_set_label (self->state, text);
  describe (self);
  gtk_widget_set_visible (GTK_WIDGET (self), zc_draft_section_get_visible (self->section));
}

static void
zc_section_row_dispose (GObject *object)
{
  ZcSectionRow *self = ZC_SECTION_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SECTION_ROW);
  g_clear_object (&self->section);
  G_OBJECT_CLASS (zc_section_row_parent_class)->dispose (object);
}

static void
zc_section_row_class_init (ZcSectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_section_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-section-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSectionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ZcSectionRow, title);
  gtk_widget_class_bind_template_child (widget_class, ZcSectionRow, state);
  gtk_widget_class_bind_template_child (widget_class, ZcSectionRow, marks);
}

static void
zc_section_row_init (ZcSectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
zc_section_row_new (ZcDraftSection *section)
{
  ZcSectionRow *self = g_object_new (ZC_TYPE_SECTION_ROW, NULL);
  static const char *const watched[]
      = { "notify::state", "notify::confirmed", "notify::n-problems", "notify::n-conflicts", "notify::visible" };

  self->section = g_object_ref (section);
  gtk_label_set_label (self->title, zc_draft_section_get_definition (section)->title);
  for (gsize i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (section, watched[i], G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  state_cb (self);
  return GTK_WIDGET (self);
}

ZcDraftSection *
zc_section_row_get_section (ZcSectionRow *self)
{
  return self->section;
}

/**
 * zc_section_row_get_state_text:
 *
 * Returns: (transfer none): the state in words
 */
const char *
zc_section_row_get_state_text (ZcSectionRow *self)
{
  return gtk_label_get_label (self->state);
}

/**
 * zc_section_row_set_marks:
 * @text: what is noted or changed there (P9); ""
 */
void
zc_section_row_set_marks (ZcSectionRow *self,
                          const char *text)
{
  gtk_label_set_label (self->marks, text);
  gtk_widget_set_visible (GTK_WIDGET (self->marks), *text != '\0');
  describe (self);
}

static void
scroll_to (GtkWidget *row)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT);

  if (viewport != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), row, NULL);
}

/* Another row may have been chosen until the list is on the screen. */
static gboolean
laid_out_cb (GtkWidget *row,
             GdkFrameClock *clock,
             gpointer data)
{
  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;
  if (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (row)))
    scroll_to (row);
  return G_SOURCE_REMOVE;
}

/**
 * zc_section_row_bring_into_view:
 *
 * Scrolls the list so far that the row is to be seen; in a list that is not on the screen yet, once it is.
 */
void
zc_section_row_bring_into_view (ZcSectionRow *self)
{
  if (gtk_widget_get_height (GTK_WIDGET (self)) > 0)
    scroll_to (GTK_WIDGET (self));
  else
    gtk_widget_add_tick_callback (GTK_WIDGET (self), laid_out_cb, NULL, NULL);
}
