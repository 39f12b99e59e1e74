/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-queue-tools-private.h"

/* Saved views of the queue (U3): filters and order under a name, kept on this computer for each body that one acts for. */

/* What a view holds: properties of the list. */
static const char *const kept[] = { "business", "level", "state", "unit-name", "sort" };

static void show_views (ZcQueueTools *self);

static void
settle (ZcQueueTools *self)
{
  g_clear_pointer (&self->removed, g_free);
  g_clear_pointer (&self->renaming, g_free);
}

static char *
dup_setting_name (ZcQueueTools *self)
{
  return g_strconcat ("queue-views-", zc_membership_get_id (zc_session_get_membership (self->session)), NULL);
}

static void
keep_views (ZcQueueTools *self)
{
  g_autofree char *name = dup_setting_name (self);
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < self->views->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (char *) g_ptr_array_index (self->views, i));
  g_string_append_c (text, ']');
  if (zc_session_get_store (self->session) != NULL)
    zc_local_store_put_setting_async (zc_session_get_store (self->session), name, text->str, NULL, NULL);
}

static void
views_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcQueueTools) self = user_data;
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;

  if (json == NULL || self->list == NULL)
    return;
  g_ptr_array_set_size (self->views, 0);
  for (guint i = 0; i < zc_json_size (zc_json_root (json)); i++)
    g_ptr_array_add (self->views, zc_json_canonical (zc_json_at (zc_json_root (json), i), NULL));
  show_views (self);
}

void
zc_queue_tools_load_views (ZcQueueTools *self)
{
  g_autofree char *name = NULL;

  settle (self);
  g_ptr_array_set_size (self->views, 0);
  show_views (self);
  if (zc_session_get_store (self->session) == NULL || zc_session_get_membership (self->session) == NULL)
    return;
  name = dup_setting_name (self);
  zc_local_store_get_setting_async (zc_session_get_store (self->session), name, views_cb, g_object_ref (self));
}

static char *
write_view (ZcQueueTools *self, const char *name)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;
  int year = 0;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", name);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *value = NULL;

      g_object_get (self->dossiers, kept[i], &value, NULL);
      if (value != NULL)
        zc_json_add_string (&writer, kept[i], value);
    }
  g_object_get (self->dossiers, "year", &year, NULL);
  zc_json_add_integer (&writer, "year", year);
  zc_json_end_object (&writer);
  return g_string_free_and_steal (out);
}

/* The same view under another name. (transfer full) */
static char *
write_renamed (const char *view, const char *name)
{
  GString *out = g_string_new (NULL);
  g_autoptr (ZcJson) json = zc_json_parse (view, strlen (view), NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", name);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (zc_json_get_string (zc_json_root (json), kept[i]) != NULL)
      zc_json_add_string (&writer, kept[i], zc_json_get_string (zc_json_root (json), kept[i]));
  zc_json_add_integer (&writer, "year", zc_json_get_integer (zc_json_root (json), "year", 0));
  zc_json_end_object (&writer);
  return g_string_free_and_steal (out);
}

/* The place of the view of that name, -1 when there is none. */
static int
find_view (ZcQueueTools *self, const char *name)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      const char *text = g_ptr_array_index (self->views, i);
      g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);

      if (g_strcmp0 (zc_json_get_string (zc_json_root (json), "name"), name) == 0)
        return (int) i;
    }
  return -1;
}

static void
remove_view (ZcQueueTools *self, const char *name)
{
  int place = find_view (self, name);

  if (place >= 0)
    g_ptr_array_remove_index (self->views, (guint) place);
}

/* What had the focus went when the rows were drawn anew. */
static void
focus_row (ZcQueueTools *self, guint place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) place);

  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->name));
}

void
zc_queue_tools_save_view (ZcQueueTools *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (*name == '\0' || self->dossiers == NULL)
    return;
  settle (self);
  remove_view (self, name);
  g_ptr_array_add (self->views, write_view (self, name));
  adw_entry_row_set_show_apply_button (self->name, FALSE); /* nothing is left to apply */
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  adw_entry_row_set_show_apply_button (self->name, TRUE);
  keep_views (self);
  show_views (self);
}

static void
apply_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (widget);
  int place = find_view (self, g_variant_get_string (parameter, NULL));
  const char *text = place >= 0 ? g_ptr_array_index (self->views, (guint) place) : "{}";
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);

  if (self->dossiers == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_object_set (self->dossiers, kept[i], zc_json_get_string (zc_json_root (json), kept[i]), NULL);
  g_object_set (self->dossiers, "year", (int) zc_json_get_integer (zc_json_root (json), "year", 0), NULL);
  gtk_menu_button_popdown (self->button);
}

/* It can be brought back until the filters are closed. */
static void
forget_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (widget);
  int place = find_view (self, g_variant_get_string (parameter, NULL));

  if (place < 0)
    return;
  settle (self);
  self->removed = g_ptr_array_steal_index (self->views, (guint) place);
  self->removed_at = (guint) place;
  keep_views (self);
  show_views (self);
  focus_row (self, self->removed_at);
}

static void
restore_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (widget);
  guint place = self->removed_at;

  if (self->removed == NULL)
    return;
  g_ptr_array_insert (self->views, (int) place, g_steal_pointer (&self->removed));
  keep_views (self);
  show_views (self);
  focus_row (self, place);
}

static void
rename_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZcQueueTools *self = ZC_QUEUE_TOOLS (widget);
  int place = find_view (self, g_variant_get_string (parameter, NULL));

  settle (self);
  self->renaming = g_variant_dup_string (parameter, NULL);
  show_views (self);
  focus_row (self, (guint) MAX (place, 0));
}

/* Two views of one name could not be told apart: the entry says so and waits for another. */
static void
renamed_cb (ZcQueueTools *self, GtkWidget *entry)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  int place = find_view (self, self->renaming), other = find_view (self, name);

  if (*name == '\0' || (other >= 0 && other != place))
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry),
                                     *name == '\0' ? _("Please write a name") : _("Another view has this name"));
      gtk_widget_add_css_class (entry, "error");
      return;
    }
  if (place >= 0)
    {
      char *text = write_renamed (g_ptr_array_index (self->views, (guint) place), name);

      g_free (g_ptr_array_index (self->views, (guint) place));
      g_ptr_array_index (self->views, (guint) place) = text;
    }
  settle (self);
  keep_views (self);
  show_views (self);
  focus_row (self, (guint) MAX (place, 0));
}

static void
add_button (GtkWidget *row, const char *icon, const char *action, const char *name, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_row (ZcQueueTools *self, const char *name)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *rename = g_strdup_printf (_("Rename the view “%s”"), name);
  g_autofree char *forget = g_strdup_printf (_("Forget the view “%s”"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "tools.apply");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", name);
  add_button (row, "document-edit-symbolic", "tools.rename", name, rename);
  add_button (row, "user-trash-symbolic", "tools.forget", name, forget);
  gtk_list_box_append (self->list, row);
}

static void
add_entry (ZcQueueTools *self, const char *name)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("New name of the view"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (entry), adw_entry_row_get_max_length (self->name));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_connect_object (entry, "apply", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "entry-activated", G_CALLBACK (renamed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, entry);
}

/* Stands where the view stood. */
static void
add_removed (ZcQueueTools *self)
{
  g_autoptr (ZcJson) json = zc_json_parse (self->removed, strlen (self->removed), NULL);
  g_autofree char *title = g_strdup_printf (_("“%s” was removed"), zc_json_get_string (zc_json_root (json), "name"));
  GtkWidget *row = adw_action_row_new (), *undo = gtk_button_new_with_label (_("Undo"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "tools.restore");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (undo), "tools.restore");
  gtk_widget_set_valign (undo, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), undo);
  gtk_list_box_append (self->list, row);
}

static void
show_views (ZcQueueTools *self)
{
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i <= self->views->len; i++)
    {
      const char *text = i < self->views->len ? g_ptr_array_index (self->views, i) : "{}";
      g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
      const char *name = zc_json_get_string (zc_json_root (json), "name");

      if (self->removed != NULL && i == self->removed_at)
        add_removed (self);
      if (name != NULL && g_strcmp0 (name, self->renaming) == 0)
        add_entry (self, name);
      else if (name != NULL)
        add_row (self, name);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->views->len > 0 || self->removed != NULL);
}

void
zc_queue_tools_settle_views (ZcQueueTools *self)
{
  if (self->list == NULL || (self->removed == NULL && self->renaming == NULL))
    return;
  settle (self);
  show_views (self);
}

void
zc_queue_tools_install_views (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "tools.apply", "s", apply_cb);
  gtk_widget_class_install_action (widget_class, "tools.forget", "s", forget_cb);
  gtk_widget_class_install_action (widget_class, "tools.restore", NULL, restore_cb);
  gtk_widget_class_install_action (widget_class, "tools.rename", "s", rename_cb);
}
