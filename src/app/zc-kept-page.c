/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-dossier.h"
#include "zc-kept-page.h"

struct _ZcKeptPage
{
  AdwNavigationPage parent_instance;

  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (ZcKeptPage, zc_kept_page, ADW_TYPE_NAVIGATION_PAGE)

static void
add_row (ZcKeptPage *self, const char *title, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_list_box_append (self->rows, GTK_WIDGET (row));
}

/* What the person knows it by: the titles of the form. */
static void
add_place (ZcKeptPage *self, const ZcBusiness *business, ZcNote *note)
{
  const ZcSection *section = zc_business_find_section (business, zc_note_get_section (note), NULL);
  const ZcField *field = NULL;

  if (section == NULL)
    return;
  field = zc_section_find_field (section, zc_note_get_field (note));
  if (field != NULL)
    add_row (self, field->label, section->title);
  else
    add_row (self, section->title, _ ("The whole section"));
}

static void
zc_kept_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_KEPT_PAGE);
  G_OBJECT_CLASS (zc_kept_page_parent_class)->dispose (object);
}

static void
zc_kept_page_class_init (ZcKeptPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_kept_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-kept-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcKeptPage, rows);
}

static void
zc_kept_page_init (ZcKeptPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_kept_page_new:
 * @business: the dossier's, for the titles
 * @kept: of #ZcNote with section, and field where the section stays
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
zc_kept_page_new (const ZcBusiness *business, GListModel *kept)
{
  ZcKeptPage *self = g_object_new (ZC_TYPE_KEPT_PAGE, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (kept); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (kept, i);

      add_place (self, business, note);
    }
  return ADW_NAVIGATION_PAGE (self);
}
