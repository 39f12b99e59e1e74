/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-focus.h"
#include "zc-queue-page-private.h"
#include "zc-queue-row-text.h"
#include "zc-refusal-text.h"
#include "zc-session-menu.h"
#include "zc-trouble-page.h"
#include "zc-why-button.h"

#define UNIT_COLUMN 3 /* behind the number */

/* The list loads, follows the server and sorts by itself (ZcDossierList): this only shows it and says what to look for. What is done
 * to several at once is in zc-queue-several.c. */
G_DEFINE_FINAL_TYPE (ZcQueuePage, zc_queue_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_SESSION = 1,
  PROP_DOSSIERS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* --- what the page says -------------------------------------------------------------------------------------------------------- */
/* A state with how many there are in it, as far as that is known. */
static char *
dup_counted (const char *name, int n)
{
  return n < 0 ? g_strdup (name) : g_strdup_printf ("%s %d", name, n);
}

static char *
dup_waiting_closure (gpointer object, int n)
{
  return dup_counted (_("To be accepted"), n);
}

static char *
dup_in_review_closure (gpointer object, int n)
{
  return dup_counted (_("In review"), n);
}

static gboolean
is_narrowed (const char *text, const char *state)
{
  return (text != NULL && *text != '\0') || (state != NULL && *state != '\0' && !g_str_equal (state, "all-open"));
}

static char *
dup_subtitle_closure (ZcQueuePage *self,
                      const char *body,
                      int total,
                      const char *text,
                      const char *unit,
                      const char *state,
                      const char *business,
                      const char *level,
                      int year)
{
  gboolean filtered = (text != NULL && *text != '\0') || unit != NULL || business != NULL || level != NULL || year != 0;
  const char *format = ngettext ("%s · %d to handle", "%s · %d to handle", MAX (total, 0));

  if (body == NULL || total < 0)
    return g_strdup (body != NULL ? body : "");
  if (filtered)
    format = ngettext ("%s · %d found", "%s · %d found", total);
  else if (g_strcmp0 (state, "waiting") == 0)
    format = ngettext ("%s · %d to be accepted", "%s · %d to be accepted", total);
  else if (g_strcmp0 (state, "in-review") == 0)
    format = ngettext ("%s · %d in review", "%s · %d in review", total);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, body, total);
#pragma GCC diagnostic pop
}

static char *
dup_child_closure (ZcQueuePage *self,
                   guint n_items,
                   gboolean loading,
                   const GError *error,
                   const char *text,
                   const char *state,
                   const char *business,
                   const char *level,
                   const char *unit,
                   int year)
{
  if (n_items > 0)
    return g_strdup ("list");
  if (loading)
    return g_strdup ("loading");
  if (error != NULL)
    return g_strdup ("trouble");
  return g_strdup (is_narrowed (text, state) || business != NULL || level != NULL || unit != NULL || year != 0 ? "nothing" : "empty");
}

static char *
dup_error_closure (ZcQueuePage *self, const GError *error)
{
  return error != NULL ? zc_refusal_dup_text (error) : g_strdup ("");
}

/* Rows that are still shown while the newest could not be loaded. */
static gboolean
is_stale_closure (ZcQueuePage *self, guint n_items, const GError *error)
{
  return n_items > 0 && error != NULL;
}

/* What no trying again mends leads to its rule (N12); to try again there is a key as well. */
static void
stale_cb (ZcQueuePage *self)
{
  const char *rule = zc_why_code (zc_dossier_list_get_error (self->dossiers));

  if (self->stale == NULL)
    return;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->stale), NULL); /* the two differ in what they take */
  zc_why_offer (self->stale, NULL, rule);
  if (rule != NULL)
    return;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->stale), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->stale), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->stale), "queue.retry");
  adw_banner_set_button_label (self->stale, _("Try again"));
}

/* --- what the person does ------------------------------------------------------------------------------------------------------- */
static void
activate_cb (ZcQueuePage *self, guint position)
{
  g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (dossier != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.review", "s", zc_dossier_get_id (dossier));
}

static void
search_cb (ZcQueuePage *self)
{
  if (self->dossiers != NULL)
    g_object_set (self->dossiers, "text", gtk_editable_get_text (GTK_EDITABLE (self->search)), NULL);
}

static void
state_cb (ZcQueuePage *self)
{
  if (self->dossiers != NULL)
    g_object_set (self->dossiers, "state", adw_toggle_group_get_active_name (self->states), NULL);
}

static const char *
get_sort (ZcQueuePage *self, GtkColumnViewColumn *column, gboolean descending)
{
  if (column == self->applicant)
    return descending ? "-name" : "name";
  if (column == self->sought)
    return descending ? "-level" : "level";
  return descending ? "-submitted_at" : "submitted_at";
}

/* The server sorts: the header only says by what and which way. */
static void
sort_cb (ZcQueuePage *self)
{
  GtkColumnViewSorter *sorter;
  gboolean descending;

  if (self->view == NULL || self->dossiers == NULL)
    return;
  sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->view));
  descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;
  g_object_set (self->dossiers, "sort", get_sort (self, gtk_column_view_sorter_get_primary_sort_column (sorter), descending), NULL);
}

/* A saved view has set what the header and the toggles show. */
static void
show_view (ZcQueuePage *self)
{
  g_autofree char *state = NULL, *sort = NULL;
  GtkColumnViewColumn *columns[] = { self->applicant, self->sought, self->submitted };

  if (self->states == NULL)
    return;
  g_object_get (self->dossiers, "state", &state, "sort", &sort, NULL);
  adw_toggle_group_set_active_name (self->states, state != NULL ? state : "all-open");
  for (guint i = 0; sort != NULL && i < G_N_ELEMENTS (columns); i++)
    if (strcmp (sort, get_sort (self, columns[i], *sort == '-')) == 0)
      gtk_column_view_sort_by_column (self->view, columns[i], *sort == '-' ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static int
keep_order (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return 0;
}

static void
search_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (ZC_QUEUE_PAGE (widget)->search));
}

static void
clear_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (widget);

  self->begun = FALSE; /* the button goes with what it stood on: the rows that come take the focus */
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  adw_toggle_group_set_active_name (self->states, "all-open");
  zc_queue_tools_clear (self->filters);
  search_cb (self);
}

static void
retry_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (widget);

  if (self->dossiers != NULL)
    zc_dossier_list_reload (self->dossiers);
}

/* Escape gives the search up, and only then what is chosen. */
static void
stop_search_cb (ZcQueuePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

/* From the search straight into what it found. */
static void
to_list_cb (ZcQueuePage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  gtk_column_view_scroll_to (self->view, 0, NULL, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* The bar of what is done to several stands below the rows before any is chosen: coming with the first click of two, it would move
 * the row from under the pointer. The first rows get the focus: from then on the keyboard is enough. Who searches before they come
 * goes on. */
static void
shown_cb (ZcQueuePage *self)
{
  gboolean rows = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0;

  adw_toolbar_view_set_reveal_bottom_bars (self->toolbar, rows);
  if (self->begun || !rows)
    return;
  self->begun = TRUE;
  if (!zc_focus_is_free (GTK_WIDGET (self)))
    return;
  gtk_column_view_scroll_to (self->view, 0, NULL, GTK_LIST_SCROLL_FOCUS, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Back from a dossier that was decided and has left the list: what had the focus went with it, and the next row takes it. */
static void
zc_queue_page_shown (AdwNavigationPage *page)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (page);

  if (!self->begun || !zc_focus_is_lost (GTK_WIDGET (self)))
    return;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* --- the object ------------------------------------------------------------------------------------------------------------------ */
/* A unit's are all its own: only others are told where one comes from. The column's own visibility is the breakpoints'. */
static void
offer_unit (ZcQueuePage *self)
{
  ZcMembership *membership = zc_session_get_membership (self->session);
  gboolean wanted = membership != NULL && g_strcmp0 (zc_membership_get_body_kind (membership), "unit") != 0;
  gboolean there = gtk_column_view_column_get_column_view (self->unit) != NULL;

  if (wanted && !there)
    gtk_column_view_insert_column (self->view, UNIT_COLUMN, self->unit);
  else if (!wanted && there)
    gtk_column_view_remove_column (self->view, self->unit);
}

static void
follow_session (ZcQueuePage *self)
{
  g_set_object (&self->dossiers, zc_session_get_dossiers (self->session));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOSSIERS]);
  if (self->dossiers == NULL)
    return;
  offer_unit (self);
  zc_queue_page_open_reasons (self);
  g_signal_connect_object (self->dossiers, "notify::error", G_CALLBACK (stale_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dossiers, "notify::state", G_CALLBACK (show_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dossiers, "notify::sort", G_CALLBACK (show_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dossiers, "notify::total", G_CALLBACK (zc_queue_page_show_chosen), self, G_CONNECT_SWAPPED);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  adw_toggle_group_set_active_name (self->states, "all-open");
}

static void
set_session (ZcQueuePage *self, ZcSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_signal_connect_object (session, "notify::dossiers", G_CALLBACK (follow_session), self, G_CONNECT_SWAPPED);
  follow_session (self);
}

static void
zc_queue_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_DOSSIERS:
      g_value_set_object (value, self->dossiers);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_queue_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (ZC_QUEUE_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zc_queue_page_dispose (GObject *object)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (object);

  g_cancellable_cancel (self->freezing);
  g_clear_object (&self->freezing);
  g_clear_pointer (&self->frozen, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_QUEUE_PAGE);
  g_clear_object (&self->reasons);
  g_clear_object (&self->dossiers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_queue_page_parent_class)->dispose (object);
}

static void
zc_queue_page_finalize (GObject *object)
{
  g_hash_table_unref (ZC_QUEUE_PAGE (object)->versions);
  G_OBJECT_CLASS (zc_queue_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-queue-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, search);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, states);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, filters);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, view);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, applicant);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, unit);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, sought);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, submitted);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, stale);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, chosen);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, all);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, none);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, acts);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, selection);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_row_dup_minute);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_row_dup_waited);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_row_is_waiting);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_row_dup_waited_classes);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_row_dup_state);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_row_dup_text);
  gtk_widget_class_bind_template_callback (widget_class, dup_subtitle_closure);
  gtk_widget_class_bind_template_callback (widget_class, dup_waiting_closure);
  gtk_widget_class_bind_template_callback (widget_class, dup_in_review_closure);
  gtk_widget_class_bind_template_callback (widget_class, zc_queue_page_check);
  gtk_widget_class_bind_template_callback (widget_class, dup_child_closure);
  gtk_widget_class_bind_template_callback (widget_class, dup_error_closure);
  gtk_widget_class_bind_template_callback (widget_class, is_stale_closure);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, state_cb);
  gtk_widget_class_bind_template_callback (widget_class, to_list_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
zc_queue_page_class_init (ZcQueuePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_queue_page_dispose;
  object_class->finalize = zc_queue_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = zc_queue_page_shown;
  object_class->get_property = zc_queue_page_get_property;
  object_class->set_property = zc_queue_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DOSSIERS] = g_param_spec_object ("dossiers", NULL, NULL, ZC_TYPE_DOSSIER_LIST, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  g_type_ensure (ZC_TYPE_QUEUE_TOOLS);
  g_type_ensure (ZC_TYPE_DOSSIER);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "queue.search", NULL, search_action_cb);
  gtk_widget_class_install_action (widget_class, "queue.clear", NULL, clear_action_cb);
  gtk_widget_class_install_action (widget_class, "queue.retry", NULL, retry_action_cb);
  zc_queue_page_install_acts (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "queue.search", NULL);
}

static void
zc_queue_page_init (ZcQueuePage *self)
{
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (keep_order, NULL, NULL));

  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  gtk_column_view_column_set_sorter (self->applicant, sorter);
  gtk_column_view_column_set_sorter (self->sought, sorter);
  gtk_column_view_column_set_sorter (self->submitted, sorter);
  gtk_column_view_sort_by_column (self->view, self->submitted, GTK_SORT_ASCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sort_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (zc_queue_page_choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (zc_queue_page_mark_again), self, G_CONNECT_SWAPPED);
}

/**
 * zc_queue_page_new:
 * @session: acts for a body
 *
 * Returns: (transfer floating): the staff's home
 */
AdwNavigationPage *
zc_queue_page_new (ZcSession *session)
{
  return g_object_new (ZC_TYPE_QUEUE_PAGE, "session", session, NULL);
}
