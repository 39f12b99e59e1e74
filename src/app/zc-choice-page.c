/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-choice-page.h"
#include "zc-stage-text.h"
#include "zc-time-text.h"
#include "zc-trouble-page.h"

#define OUTDATED -1 /* the position of a row that is not listed any more */

/* What can be chosen stands first; below it, dimmed, what cannot be now, each with its reason (S3.1.1a). */
struct _ZcChoicePage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
  ZcChoice choice;           /* owns what it names */
  GListModel *items;         /* (nullable) */
  GCancellable *cancellable; /* (nullable): of the search under way */

  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListBox *rows;
  GtkWidget *others_title;
  GtkListBox *others;
  AdwStatusPage *empty;
  ZcTroublePage *trouble;
};

G_DEFINE_FINAL_TYPE (ZcChoicePage, zc_choice_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_list (ZcChoicePage *self, const char *list)
{
  return g_strcmp0 (self->choice.list, list) == 0;
}

static gboolean
is_of_units (ZcChoicePage *self)
{
  return is_list (self, "units") || is_list (self, "led-units") || is_list (self, "reporting-units");
}

static gboolean
is_searched_at_server (ZcChoicePage *self)
{
  return is_of_units (self) || is_list (self, "departments");
}

static char *
dup_level_names (ZcChoicePage *self, ZcCatalogItem *item)
{
  const char *const *names
      = self->choice.series != NULL
            ? zc_catalog_item_get_level_names (self->choice.series, zc_catalog_item_get_id (item))
            : NULL;
  return names != NULL ? g_strjoinv (_ (", "), (char **)names) : g_strdup ("");
}

static char *
dup_committee_facts (ZcChoicePage *self, ZcCatalogItem *item, gboolean open)
{
  g_autofree char *deadline = NULL;
  if (!open)
    return g_strdup_printf (_ ("%s · year %d"), zc_catalog_item_get_detail (item),
                            zc_catalog_item_get_year (item));
  deadline = zc_time_dup_deadline (zc_catalog_item_get_window_end (item),
                                   zc_session_get_now (self->session));
  return g_strdup_printf (_ ("%s · year %d · %s"), zc_catalog_item_get_detail (item),
                          zc_catalog_item_get_year (item), deadline);
}

static char *
dup_people (ZcCatalogItem *item)
{
  GListModel *people = zc_catalog_item_get_people (item);
  guint n = people != NULL ? g_list_model_get_n_items (people) : 0;
  return n > 0 ? g_strdup_printf (ngettext ("%u person can act", "%u people can act", n), n)
               : g_strdup ("");
}

static char *
dup_facts (ZcChoicePage *self, ZcCatalogItem *item, gboolean open)
{
  const char *detail = zc_catalog_item_get_detail (item);
  if (is_list (self, "levels"))
    return dup_level_names (self, item);
  if (is_of_units (self))
    return *detail != '\0' ? g_strdup_printf (_ ("Social credit code %s"), detail) : g_strdup ("");
  if (is_list (self, "departments"))
    return dup_people (item);
  if (is_list (self, "people"))
    return g_strdup (zc_membership_role_text (detail));
  if (is_list (self, "committees"))
    return dup_committee_facts (self, item, open);
  return g_strdup (detail);
}

static char *
dup_subtitle (ZcChoicePage *self, ZcCatalogItem *item, const char *hindrance)
{
  g_autofree char *facts = dup_facts (self, item, hindrance == NULL);
  if (hindrance == NULL)
    return g_steal_pointer (&facts);
  return *facts != '\0' ? g_strdup_printf ("%s\n%s", facts, hindrance) : g_strdup (hindrance);
}

/* It keeps the focus, unlike an insensitive one: whoever hears the screen must come to the reason. */
static void
mark_hindered (AdwActionRow *row, const char *hindrance)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (row), "zc-hindered");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_DISABLED, TRUE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  hindrance, -1);
}

static ZcCatalogItem *
get_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "zc-item");
}

/* (nullable): the row of what has that id */
static GtkListBoxRow *
find_row (GtkListBox *list, const char *id)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_strcmp0 (zc_catalog_item_get_id (get_item (row)), id) == 0)
      return row;
  return NULL;
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer data)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (a), "zc-position"))
         - GPOINTER_TO_INT (g_object_get_data (G_OBJECT (b), "zc-position"));
}

static GtkListBoxRow *
add_row (GtkListBox *list)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (list, row);
  return GTK_LIST_BOX_ROW (row);
}

/* What is there already keeps its row, and with it the focus and a press under way. */
static void
show_item (ZcChoicePage *self, ZcCatalogItem *item, int position)
{
  g_autofree char *hindrance
      = zc_choice_dup_hindrance (&self->choice, item, zc_session_get_now (self->session));
  g_autofree char *subtitle = dup_subtitle (self, item, hindrance);
  GtkListBox *list = hindrance == NULL ? self->rows : self->others;
  GtkListBoxRow *row = find_row (list, zc_catalog_item_get_id (item));
  if (row == NULL)
    row = add_row (list);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), zc_catalog_item_get_name (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (hindrance != NULL)
    mark_hindered (ADW_ACTION_ROW (row), hindrance);
  g_object_set_data_full (G_OBJECT (row), "zc-item", g_object_ref (item), g_object_unref);
  g_object_set_data (G_OBJECT (row), "zc-position", GINT_TO_POINTER (position));
}

static void
mark_outdated (GtkListBox *list)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    g_object_set_data (G_OBJECT (row), "zc-position", GINT_TO_POINTER (OUTDATED));
}

static void
remove_outdated (GtkListBox *list)
{
  GtkListBoxRow *row;
  gtk_list_box_invalidate_sort (list);
  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL
         && GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "zc-position")) == OUTDATED)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static gboolean
is_wanted (ZcChoicePage *self, ZcCatalogItem *item)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  return is_searched_at_server (self) || *text == '\0'
         || strstr (zc_catalog_item_get_name (item), text) != NULL
         || strstr (zc_catalog_item_get_detail (item), text) != NULL;
}

static const char *
word_nothing_found (ZcChoicePage *self)
{
  if (is_list (self, "units"))
    return _ ("Please check the name, or search by the social credit code. A unit that is missing "
              "must register first.");
  return _ ("Please search for another word.");
}

static const char *
word_nothing_there (ZcChoicePage *self)
{
  if (is_list (self, "committees"))
    return _ ("No committee takes applications of this series and level at the moment. "
              "Please ask the title reform office about its next window.");
  if (is_list (self, "reporting-units"))
    return _ ("No unit reports to this office yet.");
  if (is_list (self, "departments"))
    return _ ("No department is registered; the dossier can be sent to the office.");
  return "";
}

static void
explain_empty (ZcChoicePage *self)
{
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  adw_status_page_set_title (self->empty,
                             searching ? _ ("Nothing found") : _ ("Nothing to choose"));
  adw_status_page_set_description (self->empty, searching ? word_nothing_found (self)
                                                          : word_nothing_there (self));
}

static void
show_items (ZcChoicePage *self)
{
  gboolean any, others;
  if (self->items == NULL)
    return;
  mark_outdated (self->rows);
  mark_outdated (self->others);
  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (ZcCatalogItem) item = g_list_model_get_item (self->items, i);
      if (is_wanted (self, item))
        show_item (self, item, (int) i);
    }
  remove_outdated (self->rows);
  remove_outdated (self->others);
  any = gtk_list_box_get_row_at_index (self->rows, 0) != NULL;
  others = gtk_list_box_get_row_at_index (self->others, 0) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->rows), any);
  gtk_widget_set_visible (GTK_WIDGET (self->others), others);
  gtk_widget_set_visible (self->others_title, others);
  explain_empty (self);
  gtk_stack_set_visible_child_name (self->stack, any || others ? "list" : "empty");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcChoicePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) items = zc_client_get_catalog_finish (ZC_CLIENT (source), result, &error);
  if (items != NULL)
    {
      g_set_object (&self->items, items);
      show_items (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      zc_trouble_page_explain (self->trouble, error);
      gtk_stack_set_visible_child_name (self->stack, "trouble");
    }
}

static void
load (ZcChoicePage *self)
{
  const char *text
      = is_searched_at_server (self) ? gtk_editable_get_text (GTK_EDITABLE (self->search)) : NULL;
  gboolean committees = is_list (self, "committees");
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  zc_client_get_catalog_async (zc_session_get_client (self->session), self->choice.list,
                               text != NULL && *text != '\0' ? text : NULL,
                               committees ? self->choice.series_id : NULL,
                               committees ? self->choice.level : NULL,
                               committees ? self->choice.business : NULL, self->cancellable,
                               loaded_cb, g_object_ref (self));
}

static void
search_cb (ZcChoicePage *self)
{
  if (is_searched_at_server (self))
    load (self);
  else
    show_items (self);
}

/* From the search straight into what it found, not into the area that scrolls it (P21). */
static void
to_rows_cb (ZcChoicePage *self)
{
  GtkWidget *list = GTK_WIDGET (gtk_widget_get_visible (GTK_WIDGET (self->rows)) ? self->rows : self->others);

  gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

static void
activated_cb (ZcChoicePage *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, get_item (row));
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcChoicePage *self = ZC_CHOICE_PAGE (widget);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  load (self);
}

static void
zc_choice_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (ZC_CHOICE_PAGE (page)->search));
}

static void
zc_choice_page_dispose (GObject *object)
{
  ZcChoicePage *self = ZC_CHOICE_PAGE (object);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_CHOICE_PAGE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);
  g_clear_object (&self->choice.series);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_choice_page_parent_class)->dispose (object);
}

static void
zc_choice_page_finalize (GObject *object)
{
  ZcChoicePage *self = ZC_CHOICE_PAGE (object);
  g_free ((char *)self->choice.list);
  g_free ((char *)self->choice.series_id);
  g_free ((char *)self->choice.level);
  g_free ((char *)self->choice.business);
  g_free ((char *)self->choice.own);
  G_OBJECT_CLASS (zc_choice_page_parent_class)->finalize (object);
}

static void
zc_choice_page_class_init (ZcChoicePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_choice_page_dispose;
  object_class->finalize = zc_choice_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = zc_choice_page_shown;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, ZC_TYPE_CATALOG_ITEM);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-choice-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, search);
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, rows);
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, others_title);
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, others);
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, empty);
  gtk_widget_class_bind_template_child (widget_class, ZcChoicePage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_rows_cb);
  gtk_widget_class_install_action (widget_class, "choice.retry", NULL, retry_cb);
}

static void
zc_choice_page_init (ZcChoicePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->rows, compare_rows, NULL, NULL);
  gtk_list_box_set_sort_func (self->others, compare_rows, NULL, NULL);
}

static void
copy_choice (ZcChoicePage *self, const ZcChoice *choice)
{
  self->choice = (ZcChoice){
    .list = g_strdup (choice->list),
    .series = choice->series != NULL ? g_object_ref (choice->series) : NULL,
    .series_id = g_strdup (choice->series_id),
    .level = g_strdup (choice->level),
    .business = g_strdup (choice->business),
    .own = g_strdup (choice->own),
    .evaluated = choice->evaluated,
    .grants = choice->grants,
  };
}

/**
 * zc_choice_page_new:
 * @session: whose server has the catalogue
 * @choice: what is chosen; copied
 * @items: (nullable): of #ZcCatalogItem: what is known already; %NULL: the catalogue is asked
 *
 * Returns: (transfer floating): push it
 */
AdwNavigationPage *
zc_choice_page_new (ZcSession *session, const ZcChoice *choice, GListModel *items)
{
  ZcChoicePage *self = g_object_new (ZC_TYPE_CHOICE_PAGE, "title", choice->title, NULL);
  self->session = g_object_ref (session);
  copy_choice (self, choice);
  gtk_search_entry_set_placeholder_text (
      self->search, is_of_units (self) ? _ ("Name or social credit code") : _ ("Search"));
  g_set_object (&self->items, items);
  if (items != NULL)
    show_items (self);
  else
    load (self);
  return ADW_NAVIGATION_PAGE (self);
}
