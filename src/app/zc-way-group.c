/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-choice-page.h"
#include "zc-way-group.h"

struct _ZcWayGroup
{
  AdwPreferencesGroup parent_instance;

  ZcSession *session;        /* (nullable) until it is offered */
  ZcCatalogItem *department; /* (nullable) */
  ZcCatalogItem *person;     /* (nullable) */

  AdwActionRow *direct_row;
  GtkCheckButton *through;
  AdwActionRow *department_row;
  AdwActionRow *person_row;
};

G_DEFINE_FINAL_TYPE (ZcWayGroup, zc_way_group, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

static gboolean
goes_through (ZcWayGroup *self)
{
  return gtk_check_button_get_active (self->through);
}

static void
show_chosen (AdwActionRow *row, ZcCatalogItem *item, const char *prompt)
{
  adw_action_row_set_subtitle (row, item != NULL ? zc_catalog_item_get_name (item) : prompt);
  if (item != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "property");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "property");
}

static void
update (ZcWayGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->department_row), goes_through (self));
  gtk_widget_set_visible (GTK_WIDGET (self->person_row), goes_through (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->person_row), self->department != NULL);
  show_chosen (self->department_row, self->department, _ ("Please choose"));
  show_chosen (self->person_row, self->person, _ ("Please choose"));
  g_signal_emit (self, changed_signal, 0);
}

static void
way_cb (ZcWayGroup *self)
{
  if (self->department_row != NULL)
    update (self);
}

static AdwNavigationView *
find_pages (ZcWayGroup *self)
{
  return ADW_NAVIGATION_VIEW (
      gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW));
}

static void
push_choice (ZcWayGroup *self,
             const char *title,
             const char *list,
             GListModel *items,
             void (*chosen) (ZcWayGroup *, ZcCatalogItem *))
{
  const ZcChoice choice = { .title = title, .list = list };
  AdwNavigationPage *page = zc_choice_page_new (self->session, &choice, items);

  g_signal_connect_object (page, "chosen", G_CALLBACK (chosen), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (find_pages (self), page);
}

static void
person_chosen_cb (ZcWayGroup *self, ZcCatalogItem *item)
{
  g_set_object (&self->person, item);
  update (self);
  adw_navigation_view_pop (find_pages (self));
}

/* Where only one person can act there is nothing to ask. */
static void
department_chosen_cb (ZcWayGroup *self, ZcCatalogItem *item)
{
  GListModel *people = zc_catalog_item_get_people (item);

  g_set_object (&self->department, item);
  g_clear_object (&self->person);
  if (people != NULL && g_list_model_get_n_items (people) == 1)
    self->person = g_list_model_get_item (people, 0);
  update (self);
  adw_navigation_view_pop (find_pages (self));
}

static void
choose_department_cb (ZcWayGroup *self)
{
  push_choice (self, C_ ("role", "Department"), "departments", NULL, department_chosen_cb);
}

static void
choose_person_cb (ZcWayGroup *self)
{
  push_choice (self, _ ("Responsible person"), "people",
               zc_catalog_item_get_people (self->department), person_chosen_cb);
}

static void
zc_way_group_dispose (GObject *object)
{
  ZcWayGroup *self = ZC_WAY_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_WAY_GROUP);
  g_clear_object (&self->department);
  g_clear_object (&self->person);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_way_group_parent_class)->dispose (object);
}

static void
zc_way_group_class_init (ZcWayGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_way_group_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-way-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcWayGroup, direct_row);
  gtk_widget_class_bind_template_child (widget_class, ZcWayGroup, through);
  gtk_widget_class_bind_template_child (widget_class, ZcWayGroup, department_row);
  gtk_widget_class_bind_template_child (widget_class, ZcWayGroup, person_row);
  gtk_widget_class_bind_template_callback (widget_class, way_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_department_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_person_cb);
}

static void
zc_way_group_init (ZcWayGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * zc_way_group_offer:
 * @self: a group, hidden so far
 * @session: whose server knows the departments
 * @stage: name of the stage that follows
 * @body: (nullable): who has it there
 *
 * Shows the choice; straight on is what is chosen at first.
 */
void
zc_way_group_offer (ZcWayGroup *self, ZcSession *session, const char *stage, const char *body)
{
  g_set_object (&self->session, session);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->direct_row), stage);
  adw_action_row_set_subtitle (self->direct_row, body != NULL ? body : "");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

const char *
zc_way_group_get_department (ZcWayGroup *self)
{
  return goes_through (self) && self->department != NULL ? zc_catalog_item_get_id (self->department)
                                                         : NULL;
}

const char *
zc_way_group_get_person (ZcWayGroup *self)
{
  return goes_through (self) && self->person != NULL ? zc_catalog_item_get_id (self->person) : NULL;
}

/**
 * zc_way_group_get_fault:
 * @self: a group
 *
 * Returns: (transfer none): "" or what is still to be chosen before it can be sent
 */
const char *
zc_way_group_get_fault (ZcWayGroup *self)
{
  if (!goes_through (self))
    return "";
  if (self->department == NULL)
    return _ ("Please choose the department first.");
  return self->person == NULL ? _ ("Please choose the responsible person first.") : "";
}
