/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-queue-page.h"
#include "zc-refusal-text.h"
#include "zc-session-menu.h"
#include "zc-stage-text.h"
#include "zc-time-text.h"

struct _ZcQueuePage
{
  AdwNavigationPage parent_instance;

  ZcSession      *session;
  ZcDossierList  *dossiers; /* (nullable) */

  AdwWindowTitle *title;
  GtkSearchEntry *search;
  GtkDropDown    *state;
  GtkStack       *stack;
  GtkColumnView  *view;
  AdwStatusPage  *empty;
  AdwStatusPage  *trouble;
};

G_DEFINE_FINAL_TYPE (ZcQueuePage, zc_queue_page, ADW_TYPE_NAVIGATION_PAGE)

/* The states in the order of the drop-down; the words of the wire. */
static const char *const state_filters[] = { "all-open", "waiting", "in-review" };

/* --- columns --------------------------------------------------------------------------------------------------------------- */
static char *
dup_applicant (ZcDossier *dossier)
{
  char *name = NULL;
  g_object_get (dossier, "applicant-name", &name, NULL);
  return name;
}

static char *
dup_id_number (ZcDossier *dossier)
{
  char *number = NULL;
  g_object_get (dossier, "applicant-id-number", &number, NULL);
  return number;
}

static char *
dup_sought (ZcDossier *dossier)
{
  g_autofree char *business = NULL;
  g_autofree char *series = NULL;
  g_autofree char *level = NULL;
  g_object_get (dossier, "business-title", &business, "series", &series, "level", &level, NULL);
  return g_strdup_printf ("%s · %s · %s", business, series, level);
}

static char *
dup_committee (ZcDossier *dossier)
{
  char *committee = NULL;
  g_object_get (dossier, "committee", &committee, NULL);
  return committee;
}

static char *
dup_submitted (ZcDossier *dossier)
{
  return zc_time_dup_minute (zc_dossier_get_submitted_at (dossier));
}

static char *
dup_status (ZcDossier *dossier)
{
  return g_strdup (zc_status_text (zc_dossier_get_stage (dossier), zc_dossier_get_state (dossier)));
}

static char *
dup_holder (ZcDossier *dossier)
{
  g_autofree char *holder = NULL;
  gboolean mine = FALSE;
  g_object_get (dossier, "holder-name", &holder, "held-by-me", &mine, NULL);
  return g_strdup (mine ? _("Me") : holder);
}

typedef char *(*DupText) (ZcDossier *dossier);

static const struct
{
  const char *title;
  DupText     dup_text;
  gboolean    expand;
} columns[] = {
  { N_("Applicant"), dup_applicant, FALSE },
  { N_("Status"), dup_status, FALSE },
  { N_("Title sought"), dup_sought, TRUE },
  { N_("Evaluation committee"), dup_committee, TRUE },
  { N_("Submitted on"), dup_submitted, FALSE },
  { N_("Accepted by"), dup_holder, FALSE },
  { N_("ID number"), dup_id_number, FALSE },
};

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
show_text (GtkListItem *item)
{
  ZcDossier *dossier = gtk_list_item_get_item (item);
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), "zc-column"));
  if (dossier == NULL)
    return;
  g_autofree char *text = columns[column].dup_text (dossier);
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text != NULL ? text : "");
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_object_set_data (G_OBJECT (item), "zc-column", user_data);
  g_signal_connect_object (gtk_list_item_get_item (item), "changed", G_CALLBACK (show_text), item, G_CONNECT_SWAPPED);
  show_text (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

static void
add_column (ZcQueuePage *self, guint i)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_(columns[i].title), factory);
  gtk_column_view_column_set_expand (column, columns[i].expand);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

/* --- state ------------------------------------------------------------------------------------------------------------------ */
static gboolean
is_filtered (ZcQueuePage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' || gtk_drop_down_get_selected (self->state) != 0;
}

static const char *
choose_page (ZcQueuePage *self)
{
  if (self->dossiers == NULL)
    return "loading";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->dossiers)) > 0)
    return "list";
  if (zc_dossier_list_get_loading (self->dossiers))
    return "loading";
  return zc_dossier_list_get_error (self->dossiers) != NULL ? "trouble" : "empty";
}

static void
show_title (ZcQueuePage *self)
{
  g_autofree char *name = NULL;
  int total = -1;
  g_object_get (self->session, "acting-name", &name, NULL);
  if (self->dossiers != NULL)
    g_object_get (self->dossiers, "total", &total, NULL);
  adw_window_title_set_subtitle (self->title, name);
  g_autofree char *title = total > 0 ? g_strdup_printf (ngettext ("%d application to review", "%d applications to review", (gulong) total), total) : g_strdup (_("Applications to review"));
  adw_window_title_set_title (self->title, title);
}

static void
show_state (ZcQueuePage *self)
{
  const GError *error = self->dossiers != NULL ? zc_dossier_list_get_error (self->dossiers) : NULL;
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  adw_status_page_set_title (self->empty, is_filtered (self) ? _("Nothing found") : _("Nothing waits for you"));
  adw_status_page_set_description (self->empty, is_filtered (self) ? _("Please search for the beginning of the name, or choose another state.") : _("New applications appear here by themselves."));
  show_title (self);
  if (error == NULL)
    return;
  g_autofree char *text = zc_refusal_dup_text (error);
  adw_status_page_set_description (self->trouble, text);
}

static void
filter_cb (ZcQueuePage *self)
{
  if (self->dossiers == NULL)
    return;
  g_object_set (self->dossiers, "text", gtk_editable_get_text (GTK_EDITABLE (self->search)), "state",
                state_filters[MIN (gtk_drop_down_get_selected (self->state), G_N_ELEMENTS (state_filters) - 1)], NULL);
}

static void
dossiers_cb (ZcQueuePage *self)
{
  if (self->dossiers != NULL)
    g_signal_handlers_disconnect_by_data (self->dossiers, self);
  ZcDossierList *dossiers = zc_session_get_staff (self->session) ? zc_session_get_dossiers (self->session) : NULL;
  g_set_object (&self->dossiers, dossiers);
  g_autoptr (GtkNoSelection) model = NULL;
  if (self->dossiers != NULL)
    {
      model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->dossiers)));
      g_signal_connect_object (self->dossiers, "items-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->dossiers, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
    }
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (model));
  show_state (self);
}

static void
activate_cb (ZcQueuePage *self, guint position)
{
  g_autoptr (ZcDossier) dossier = g_list_model_get_item (G_LIST_MODEL (self->dossiers), position);
  if (dossier != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.review", "s", zc_dossier_get_id (dossier));
}

static void
zc_queue_page_dispose (GObject *object)
{
  ZcQueuePage *self = ZC_QUEUE_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_QUEUE_PAGE);
  g_clear_object (&self->dossiers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_queue_page_parent_class)->dispose (object);
}

static void
zc_queue_page_class_init (ZcQueuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_queue_page_dispose;
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-queue-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, search);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, state);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, view);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, empty);
  gtk_widget_class_bind_template_child (widget_class, ZcQueuePage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
zc_queue_page_init (ZcQueuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, i);
}

AdwNavigationPage *
zc_queue_page_new (ZcSession *session)
{
  ZcQueuePage *self = g_object_new (ZC_TYPE_QUEUE_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::dossiers", G_CALLBACK (dossiers_cb), self, G_CONNECT_SWAPPED);
  dossiers_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
