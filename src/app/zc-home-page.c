/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-dossier-card.h"
#include "zc-home-page.h"
#include "zc-session-menu.h"
#include "zc-stage-text.h"
#include "zc-target-dialog.h"
#include "zc-time-text.h"
#include "zc-trouble-page.h"

struct _ZcHomePage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
  ZcDossierList *dossiers; /* (nullable): the one that is shown */

  GtkLabel *greeting;
  AdwBanner *banner;
  GtkWidget *todo_group;
  GtkListBox *todo;
  GtkWidget *business_group;
  GtkListBox *businesses;
  GtkWidget *unit_group;
  GtkListBox *unit_businesses;
  GtkStack *stack;
  GtkBox *cards;
  ZcTroublePage *trouble;

  GStrv todo_shown; /* (nullable): of what the rows were made; the same again keeps them */
  GStrv businesses_shown; /* (nullable) */
  GStrv unit_shown; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ZcHomePage, zc_home_page, ADW_TYPE_NAVIGATION_PAGE)

/* How near a deadline stands among what needs doing now: seven days. */
#define NEAR_MS (G_GINT64_CONSTANT (7) * 24 * 60 * 60 * 1000)

static GtkWidget *
make_button (const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_row (const char *title, const char *subtitle, GtkWidget *button)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_add_suffix (row, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title, -1);
  return GTK_WIDGET (row);
}

/* Rows that would say the same again leave those that stand: news from the server must not take away what is under a finger.
 * rows: (element-type GtkWidget): floating; told: (transfer full): what they say */
static void
take_rows (GtkListBox *list, GStrv *shown, GPtrArray *rows, GStrv told)
{
  gboolean same = *shown != NULL && g_strv_equal ((const char *const *)*shown, (const char *const *)told);
  if (!same)
    gtk_list_box_remove_all (list);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GtkWidget) row = g_object_ref_sink (g_ptr_array_index (rows, i));
      if (!same)
        gtk_list_box_append (list, row);
    }
  g_strfreev (*shown);
  *shown = told;
}

static guint
get_n_dossiers (ZcHomePage *self)
{
  return self->dossiers != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->dossiers)) : 0;
}

/* --- what needs doing now
 * ---------------------------------------------------------------------------------------------------
 */
/* (transfer full) (nullable): why it needs doing now */
static char *
dup_urgency (ZcHomePage *self, ZcDossier *dossier)
{
  ZcTime now = zc_session_get_now (self->session);
  ZcTime deadline = zc_dossier_get_deadline (dossier);
  if (!zc_dossier_has_action (dossier, "edit"))
    return NULL;
  if (zc_dossier_is_returned (dossier))
    return g_strdup_printf (_ ("Returned: %s"), zc_dossier_get_returned_opinion (dossier));
  if (deadline > now && deadline - now <= NEAR_MS)
    return zc_time_dup_deadline (deadline, now);
  return NULL;
}

static GtkWidget *
new_todo_row (ZcDossier *dossier, const char *urgency)
{
  GtkWidget *button = make_button (_ ("Edit"), "win.edit", zc_dossier_get_id (dossier));
  gtk_widget_add_css_class (button, "suggested-action");
  GtkWidget *row = make_row (zc_dossier_get_title (dossier), urgency, button);
  GtkWidget *icon = gtk_image_new_from_icon_name (
      zc_dossier_is_returned (dossier) ? "dialog-warning-symbolic" : "alarm-symbolic");
  gtk_widget_add_css_class (icon, "warning");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
show_todo (ZcHomePage *self)
{
  guint n = get_n_dossiers (self);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) told = g_strv_builder_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (self->dossiers), i);
      g_autofree char *urgency = dup_urgency (self, dossier);
      if (urgency == NULL)
        continue;
      g_strv_builder_add_many (told, zc_dossier_get_id (dossier), zc_dossier_get_title (dossier), urgency, NULL);
      g_ptr_array_add (rows, new_todo_row (dossier, urgency));
    }
  gtk_widget_set_visible (self->todo_group, rows->len > 0);
  take_rows (self->todo, &self->todo_shown, rows, g_strv_builder_end (told));
}

/* --- businesses
 * ----------------------------------------------------------------------------------------------------------------
 */
static ZcDossier *
find_unfinished (ZcHomePage *self, const char *business)
{
  guint n = get_n_dossiers (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (self->dossiers), i);
      if (g_strcmp0 (zc_dossier_get_business (dossier), business) == 0
          && zc_dossier_has_action (dossier, "edit"))
        return dossier;
    }
  return NULL;
}

static gboolean
is_about_unit (ZcCatalogItem *business)
{
  return *zc_catalog_item_get_admits (business) != '\0'
         || *zc_catalog_item_get_amends (business) != '\0';
}

static const char *
word_button (ZcCatalogItem *business)
{
  if (*zc_catalog_item_get_amends (business) != '\0')
    return _ ("Request a Change");
  return *zc_catalog_item_get_admits (business) != '\0' ? _ ("Register") : _ ("Apply");
}

static const char *
explain (ZcCatalogItem *business)
{
  if (*zc_catalog_item_get_amends (business) != '\0')
    return _ ("For leaders of a unit: the office that the unit reports to decides");
  if (*zc_catalog_item_get_admits (business) != '\0')
    return _ ("For whoever acts for a unit that is not on the platform yet: fill in, submit to the "
              "office, and once admitted invite its staff");
  return _ ("Choose unit, series, level and committee, then fill in and submit");
}

/* Begun and not finished: the button leads there, not to a second one (S3.1.1b). */
static GtkWidget *
new_business_row (ZcCatalogItem *business, ZcDossier *unfinished)
{
  const char *id = zc_catalog_item_get_id (business);
  GtkWidget *button = unfinished != NULL
                          ? make_button (_ ("Edit"), "win.edit", zc_dossier_get_id (unfinished))
                          : make_button (word_button (business), "home.apply", id);
  const char *subtitle
      = unfinished != NULL ? _ ("You have begun one; go on with it") : explain (business);
  return make_row (zc_catalog_item_get_name (business), subtitle, button);
}

/* What changes a unit only a leader of one may file (U2). */
static gboolean
is_offered (ZcHomePage *self, ZcCatalogItem *business)
{
  ZcAccount *account = zc_session_get_account (self->session);
  return *zc_catalog_item_get_amends (business) == '\0'
         || (account != NULL && zc_account_find_led_unit (account) != NULL);
}

/* of_units: those by which units register (U1) or change (U2), which are no applications of one's own. */
static void
list_businesses (ZcHomePage *self, gboolean of_units, GtkWidget *group, GtkListBox *list, GStrv *shown)
{
  GListModel *businesses = zc_session_get_businesses (self->session);
  guint n = g_list_model_get_n_items (businesses);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) told = g_strv_builder_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcCatalogItem) business = g_list_model_get_item (businesses, i);
      ZcDossier *unfinished = find_unfinished (self, zc_catalog_item_get_id (business));
      if (of_units != is_about_unit (business) || !is_offered (self, business))
        continue;
      g_strv_builder_add_many (told, zc_catalog_item_get_id (business), zc_catalog_item_get_name (business),
                               unfinished != NULL ? zc_dossier_get_id (unfinished) : "", NULL);
      g_ptr_array_add (rows, new_business_row (business, unfinished));
    }
  gtk_widget_set_visible (group, rows->len > 0);
  take_rows (list, shown, rows, g_strv_builder_end (told));
}

static void
show_businesses (ZcHomePage *self)
{
  list_businesses (self, FALSE, self->business_group, self->businesses, &self->businesses_shown);
  list_businesses (self, TRUE, self->unit_group, self->unit_businesses, &self->unit_shown);
}

/* --- dossiers
 * ---------------------------------------------------------------------------------------------------------------------
 */
static const char *
choose_state (ZcHomePage *self, guint n)
{
  if (n > 0)
    return "list";
  if (self->dossiers == NULL || zc_dossier_list_get_loading (self->dossiers))
    return "loading";
  return zc_dossier_list_get_error (self->dossiers) != NULL ? "trouble" : "empty";
}

static void
show_state (ZcHomePage *self)
{
  guint n = get_n_dossiers (self);
  const GError *error = self->dossiers != NULL ? zc_dossier_list_get_error (self->dossiers) : NULL;
  gtk_stack_set_visible_child_name (self->stack, choose_state (self, n));
  zc_trouble_page_explain (self->trouble, error);
}

/* (nullable): the card of that dossier, there or behind */
static GtkWidget *
find_card (GtkWidget *from, ZcDossier *dossier)
{
  while (from != NULL && zc_dossier_card_get_dossier (ZC_DOSSIER_CARD (from)) != dossier)
    from = gtk_widget_get_next_sibling (from);
  return from;
}

/* A dossier keeps its card, which follows it by itself. */
static void
show_cards (ZcHomePage *self)
{
  guint n = get_n_dossiers (self);
  GtkWidget *before = NULL;
  GtkWidget *last;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (self->dossiers), i);
      GtkWidget *next = before != NULL ? gtk_widget_get_next_sibling (before)
                                       : gtk_widget_get_first_child (GTK_WIDGET (self->cards));
      GtkWidget *card = find_card (next, dossier);
      if (card == NULL)
        gtk_box_insert_child_after (self->cards, card = zc_dossier_card_new (self->session, dossier), before);
      else if (card != next)
        gtk_box_reorder_child_after (self->cards, card, before);
      before = card;
    }
  while ((last = gtk_widget_get_last_child (GTK_WIDGET (self->cards))) != before)
    gtk_box_remove (self->cards, last);
}

static void
show_dossiers (ZcHomePage *self)
{
  show_cards (self);
  show_todo (self);
  show_businesses (self);
  show_state (self);
}

static void
dossiers_cb (ZcHomePage *self)
{
  if (self->dossiers != NULL)
    g_signal_handlers_disconnect_by_data (self->dossiers, self);
  ZcDossierList *dossiers
      = zc_session_get_staff (self->session) ? NULL : zc_session_get_dossiers (self->session);
  g_set_object (&self->dossiers, dossiers);
  if (self->dossiers != NULL)
    {
      g_signal_connect_object (self->dossiers, "items-changed", G_CALLBACK (show_dossiers), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->dossiers, "notify", G_CALLBACK (show_state), self,
                               G_CONNECT_SWAPPED);
      /* one that has only changed is the same item: the end of a load is the news of it */
      g_signal_connect_object (self->dossiers, "notify::loading", G_CALLBACK (show_dossiers), self,
                               G_CONNECT_SWAPPED);
    }
  show_dossiers (self);
}

static void
account_cb (ZcHomePage *self)
{
  ZcAccount *account = zc_session_get_account (self->session);
  g_autofree char *text
      = g_strdup_printf (_ ("Hello, %s"), account != NULL ? zc_account_get_name (account) : "");
  gtk_label_set_label (self->greeting, text);
  show_businesses (self);
}

/* One word about what the person should know and cannot see elsewhere. */
static void
banner_cb (ZcHomePage *self)
{
  gboolean online = TRUE;
  gboolean persistent = TRUE;
  g_object_get (self->session, "online", &online, "persistent", &persistent, NULL);
  if (!online)
    adw_banner_set_title (self->banner, _ ("No network: you can go on filling in, it is sent later "
                                           "by itself. Submitting needs the network."));
  else if (!persistent)
    adw_banner_set_title (
        self->banner, _ ("This computer has no password store: please sign in again next time."));
  adw_banner_set_revealed (self->banner, !online || !persistent);
}

static void
apply_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcHomePage *self = ZC_HOME_PAGE (widget);
  AdwDialog *dialog
      = zc_target_dialog_new (self->session, g_variant_get_string (parameter, NULL), NULL);
  adw_dialog_present (dialog, widget);
}

static void
zc_home_page_dispose (GObject *object)
{
  ZcHomePage *self = ZC_HOME_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_HOME_PAGE);
  g_clear_pointer (&self->todo_shown, g_strfreev);
  g_clear_pointer (&self->businesses_shown, g_strfreev);
  g_clear_pointer (&self->unit_shown, g_strfreev);
  g_clear_object (&self->dossiers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_home_page_parent_class)->dispose (object);
}

static void
zc_home_page_class_init (ZcHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_home_page_dispose;
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-home-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, greeting);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, banner);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, todo_group);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, todo);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, business_group);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, businesses);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, unit_group);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, unit_businesses);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, cards);
  gtk_widget_class_bind_template_child (widget_class, ZcHomePage, trouble);
  gtk_widget_class_install_action (widget_class, "home.apply", "s", apply_cb);
}

static void
zc_home_page_init (ZcHomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
zc_home_page_new (ZcSession *session)
{
  ZcHomePage *self = g_object_new (ZC_TYPE_HOME_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::dossiers", G_CALLBACK (dossiers_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::account", G_CALLBACK (account_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::online", G_CALLBACK (banner_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::persistent", G_CALLBACK (banner_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "dossier-changed", G_CALLBACK (show_dossiers), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (zc_session_get_businesses (session), "items-changed",
                           G_CALLBACK (show_businesses), self, G_CONNECT_SWAPPED);
  account_cb (self);
  banner_cb (self);
  dossiers_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
