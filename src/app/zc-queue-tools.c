/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-queue-tools-private.h"

#define YEARS_BACK 5 /* that the choice of years goes back */

G_DEFINE_FINAL_TYPE (ZcQueueTools, zc_queue_tools, ADW_TYPE_BIN)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* The headings of the columns set the same, which no key reaches. */
static const struct
{
  const char *sort;
  const char *label;
} orders[] = {
  { "submitted_at", N_ ("Submitted first") },
  { "-submitted_at", N_ ("Submitted last") },
  { "name", N_ ("By name") },
  { "-name", N_ ("By name, backwards") },
  { "level", N_ ("Lowest level first") },
  { "-level", N_ ("Highest level first") },
};

/* --- choices --- */

static void
fill_row (AdwComboRow *row, const char *any, GPtrArray *ids, GPtrArray *names)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new ((const char *[]) { any, NULL });

  for (guint i = 1; i < ids->len; i++)
    gtk_string_list_append (model, g_ptr_array_index (names, i));
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
}

static void
fill_from_catalog (AdwComboRow *row, const char *any, GPtrArray *ids, GListModel *items)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_set_size (ids, 1);
  g_ptr_array_add (names, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ZcCatalogItem) item = g_list_model_get_item (items, i);

      g_ptr_array_add (ids, g_strdup (zc_catalog_item_get_id (item)));
      g_ptr_array_add (names, g_strdup (zc_catalog_item_get_name (item)));
    }
  fill_row (row, any, ids, names);
}

static guint
find_place (GPtrArray *ids, const char *id)
{
  for (guint i = 1; i < ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (ids, i), id) == 0)
      return i;
  return 0;
}

static void
show_order (ZcQueueTools *self)
{
  g_autofree char *sort = NULL;

  g_object_get (self->dossiers, "sort", &sort, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_strcmp0 (sort, orders[i].sort) == 0)
      adw_combo_row_set_selected (self->order, i);
}

/* The choices show what the list is narrowed and ordered by. */
static void
show_filters (ZcQueueTools *self)
{
  g_autofree char *business = NULL, *level = NULL, *unit = NULL, *year = NULL, *label = NULL;
  int number = 0, n;

  if (self->dossiers == NULL || self->business == NULL)
    return;
  g_object_get (self->dossiers, "business", &business, "level", &level, "unit-name", &unit, "year", &number, NULL);
  year = number != 0 ? g_strdup_printf ("%d", number) : NULL;
  self->filling = TRUE;
  adw_combo_row_set_selected (self->business, find_place (self->businesses, business));
  adw_combo_row_set_selected (self->level, find_place (self->levels, level));
  adw_combo_row_set_selected (self->year, find_place (self->years, year));
  show_order (self);
  self->filling = FALSE;
  n = (business != NULL) + (level != NULL) + (unit != NULL) + (year != NULL);
  label = n > 0 ? g_strdup_printf (_("Filter (%d)"), n) : g_strdup (_("Filter"));
  gtk_menu_button_set_label (self->button, label);
}

/* Only when another name is looked for: whatever else the list tells, what is being typed stays. */
static void
show_unit (ZcQueueTools *self)
{
  g_autofree char *unit = NULL;

  if (self->unit == NULL)
    return;
  g_object_get (self->dossiers, "unit-name", &unit, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->unit), unit != NULL ? unit : "");
}

static void
fill_businesses (ZcQueueTools *self)
{
  self->filling = TRUE;
  fill_from_catalog (self->business, _("All businesses"), self->businesses, zc_session_get_businesses (self->session));
  self->filling = FALSE;
  show_filters (self);
}

static void
levels_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcQueueTools) self = user_data;
  g_autoptr (GListModel) items = zc_client_get_catalog_finish (ZC_CLIENT (source), result, NULL);

  if (items == NULL || self->level == NULL)
    return;
  self->filling = TRUE;
  fill_from_catalog (self->level, _("All levels"), self->levels, items);
  self->filling = FALSE;
  show_filters (self);
}

static void
fill_years (ZcQueueTools *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (zc_session_get_now (self->session) / 1000);

  g_ptr_array_set_size (self->years, 1);
  for (int year = g_date_time_get_year (now) + 1; year > g_date_time_get_year (now) - YEARS_BACK; year--)
    g_ptr_array_add (self->years, g_strdup_printf ("%d", year));
  self->filling = TRUE;
  fill_row (self->year, _("All years"), self->years, self->years);
  self->filling = FALSE;
}

static const char *
get_choice (AdwComboRow *row, GPtrArray *ids)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected < ids->len ? g_ptr_array_index (ids, selected) : NULL;
}

static void
chosen_cb (ZcQueueTools *self)
{
  const char *year;

  if (self->filling || self->dossiers == NULL)
    return;
  year = get_choice (self->year, self->years);
  g_object_set (self->dossiers, "business", get_choice (self->business, self->businesses), "level",
                get_choice (self->level, self->levels), "year", year != NULL ? (int) g_ascii_strtoll (year, NULL, 10) : 0, NULL);
}

static void
order_cb (ZcQueueTools *self)
{
  guint selected = adw_combo_row_get_selected (self->order);

  if (!self->filling && self->dossiers != NULL && selected < G_N_ELEMENTS (orders))
    g_object_set (self->dossiers, "sort", orders[selected].sort, NULL);
}

static void
fill_orders (ZcQueueTools *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    gtk_string_list_append (model, _(orders[i].label));
  self->filling = TRUE;
  adw_combo_row_set_model (self->order, G_LIST_MODEL (model));
  self->filling = FALSE;
}

/* Pressed Return, or closed what it was typed into: a whole name is looked for, not each letter of it. */
static void
unit_cb (ZcQueueTools *self)
{
  g_autofree char *unit = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->unit))));

  if (self->dossiers != NULL)
    g_object_set (self->dossiers, "unit-name", unit, NULL);
}

static gboolean
take_focus_idle (gpointer user_data)
{
  if (gtk_widget_get_mapped (user_data))
    gtk_widget_grab_focus (user_data);
  return G_SOURCE_REMOVE;
}

/* Chosen or not, a list over these choices gives the keys back to its row; by itself it leaves them, once it is closed, to the
 * button below. */
static void
list_closed_cb (GtkWidget *row)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_focus_idle, g_object_ref (row), g_object_unref);
}

static void
keep_focus (GtkWidget *row, GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget))
    g_signal_connect_object (widget, "closed", G_CALLBACK (list_closed_cb), row, G_CONNECT_SWAPPED);
  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    keep_focus (row, next);
}

static void
closed_cb (ZcQueueTools *self)
{
  unit_cb (self);
  zc_queue_tools_settle_views (self);
}

/* --- the object --- */

/* Whatever a unit has to handle comes from itself. */
static void
offer_unit (ZcQueueTools *self)
{
  ZcMembership *membership = zc_session_get_membership (self->session);
  gboolean is_unit = membership != NULL && g_strcmp0 (zc_membership_get_body_kind (membership), "unit") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->unit), !is_unit);
}

static void
follow_session (ZcQueueTools *self)
{
  if (self->dossiers != NULL)
    g_signal_handlers_disconnect_by_data (self->dossiers, self);
  g_set_object (&self->dossiers, zc_session_get_dossiers (self->session));
  if (self->dossiers == NULL)
    return;
  g_signal_connect_object (self->dossiers, "notify", G_CALLBACK (show_filters), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dossiers, "notify::unit-name", G_CALLBACK (show_unit), self, G_CONNECT_SWAPPED);
  show_unit (self);
  offer_unit (self);
  fill_years (self);
  fill_businesses (self);
  zc_client_get_catalog_async (zc_session_get_client (self->session), "levels", NULL, NULL, NULL, NULL, NULL, levels_cb,
                               g_object_ref (self));
  zc_queue_tools_load_views (self);
}

static void
zc_queue_tools_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, ZC_QUEUE_TOOLS (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zc_queue_tools_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (object);

  if (id != PROP_SESSION)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (!g_set_object (&self->session, g_value_get_object (value)) || self->session == NULL)
    return;
  g_signal_connect_object (self->session, "notify::dossiers", G_CALLBACK (follow_session), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_session_get_businesses (self->session), "items-changed", G_CALLBACK (fill_businesses), self,
                           G_CONNECT_SWAPPED);
  follow_session (self);
}

static void
zc_queue_tools_dispose (GObject *object)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_QUEUE_TOOLS);
  g_clear_object (&self->dossiers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_queue_tools_parent_class)->dispose (object);
}

static void
zc_queue_tools_finalize (GObject *object)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (object);

  g_ptr_array_unref (self->businesses);
  g_ptr_array_unref (self->levels);
  g_ptr_array_unref (self->years);
  g_ptr_array_unref (self->views);
  g_free (self->removed);
  g_free (self->renaming);
  G_OBJECT_CLASS (zc_queue_tools_parent_class)->finalize (object);
}

static void
zc_queue_tools_class_init (ZcQueueToolsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_queue_tools_dispose;
  object_class->finalize = zc_queue_tools_finalize;
  object_class->get_property = zc_queue_tools_get_property;
  object_class->set_property = zc_queue_tools_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-queue-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, button);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, business);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, level);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, year);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, order);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, unit);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, list);
  gtk_widget_class_bind_template_child (widget_class, ZcQueueTools, name);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_tools_save_view);
  zc_queue_tools_install_views (widget_class);
}

static GPtrArray *
new_ids (void)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, NULL);
  return ids;
}

static void
zc_queue_tools_init (ZcQueueTools *self)
{
  GtkWidget **rows[] = { (GtkWidget **) &self->business, (GtkWidget **) &self->level, (GtkWidget **) &self->year,
                         (GtkWidget **) &self->order };

  self->businesses = new_ids ();
  self->levels = new_ids ();
  self->years = new_ids ();
  self->views = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_orders (self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    keep_focus (*rows[i], *rows[i]);
}

void
zc_queue_tools_clear (ZcQueueTools *self)
{
  if (self->dossiers != NULL)
    g_object_set (self->dossiers, "business", NULL, "level", NULL, "unit-name", NULL, "year", 0, NULL);
}
