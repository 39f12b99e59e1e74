/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-body-page.h"
#include "zc-choice-page.h"
#include "zc-client-staff.h"
#include "zc-record.h"
#include "zc-session-menu.h"
#include "zc-thumbnail.h"
#include "zc-time-text.h"
#include "zc-trouble-page.h"

/* of a seal, in pixels: large enough to be compared with an imprint on paper */
#define SEAL_EDGE 160

struct _ZcBodyPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
  char *body;
  GCancellable *cancellable;

  GtkStack *stack;
  AdwWindowTitle *title;
  ZcTroublePage *trouble;
  GtkListBox *facts;
  GtkWidget *how;
  GtkWidget *branches_group;
  GtkListBox *branches;
  GtkWidget *changes_group;
  GtkListBox *changes;
};

G_DEFINE_FINAL_TYPE (ZcBodyPage, zc_body_page, ADW_TYPE_NAVIGATION_PAGE)

/* --- the pictures of seals --- */

typedef struct
{
  ZcBodyPage *page;
  GtkPicture *picture;
} Showing;

static void
showing_free (Showing *self)
{
  g_object_unref (self->page);
  g_object_unref (self->picture);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Showing, showing_free)

/* Without its picture a change is still told: whoever looks sees that it could not be shown. */
static void
show_seal (const Showing *showing, GdkTexture *texture)
{
  if (texture != NULL)
    gtk_picture_set_paintable (showing->picture, GDK_PAINTABLE (texture));
  else
    gtk_picture_set_alternative_text (showing->picture, _ ("The seal cannot be shown now"));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GdkTexture) texture = zc_thumbnail_load_finish (ZC_IMAGE_POOL (source), result, NULL);

  show_seal (showing, texture);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Showing) showing = user_data;
  g_autoptr (GBytes) bytes = zc_client_get_image_finish (ZC_CLIENT (source), result, NULL);
  ZcBodyPage *page = showing->page;

  if (bytes == NULL || page->session == NULL)
    {
      show_seal (showing, NULL);
      return;
    }
  zc_thumbnail_load_async (zc_session_get_pool (page->session), NULL, bytes,
                           SEAL_EDGE * gtk_widget_get_scale_factor (GTK_WIDGET (page)),
                           page->cancellable, decoded_cb, g_steal_pointer (&showing));
}

static GtkWidget *
make_seal (ZcBodyPage *self, const char *sha256)
{
  GtkWidget *picture = gtk_picture_new ();
  Showing *showing = g_new0 (Showing, 1);

  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _ ("Imprint of the seal"));
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_widget_set_size_request (picture, SEAL_EDGE, SEAL_EDGE);
  gtk_widget_set_margin_top (picture, 6);
  gtk_widget_set_margin_bottom (picture, 6);
  showing->page = g_object_ref (self);
  showing->picture = g_object_ref (GTK_PICTURE (picture));
  zc_client_get_seal_async (zc_session_get_client (self->session), self->body, sha256,
                            self->cancellable, fetched_cb, showing);
  return picture;
}

/* --- what is shown --- */

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  return row;
}

static void
add_fact (ZcBodyPage *self, const char *label, const char *text)
{
  GtkWidget *row;

  if (text == NULL || *text == '\0')
    return;
  row = make_row (label, text);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (self->facts, row);
}

static char *
dup_unit (const ZcJsonValue *unit)
{
  const char *name = zc_json_get_string (unit, "name");
  const char *code = zc_json_get_string (unit, "credit_code");

  return name != NULL && code != NULL ? g_strdup_printf ("%s · %s", name, code) : g_strdup (name);
}

static void
show_facts (ZcBodyPage *self, const ZcJsonValue *root)
{
  g_autofree char *head = dup_unit (zc_json_get (root, "head"));

  gtk_list_box_remove_all (self->facts);
  add_fact (self, _ ("Unit name"), zc_json_get_string (root, "name"));
  add_fact (self, _ ("Unified social credit code"), zc_json_get_string (root, "credit_code"));
  add_fact (self, _ ("Reports to"), zc_json_get_string (zc_json_get (root, "office"), "name"));
  add_fact (self, _ ("Branch of"), head);
}

static void
show_branches (ZcBodyPage *self, const ZcJsonValue *branches)
{
  gtk_list_box_remove_all (self->branches);
  for (guint i = 0; i < zc_json_size (branches); i++)
    {
      const ZcJsonValue *branch = zc_json_at (branches, i);

      gtk_list_box_append (self->branches, make_row (zc_json_get_string (branch, "name"),
                                                     zc_json_get_string (branch, "credit_code")));
    }
  gtk_widget_set_visible (self->branches_group, zc_json_size (branches) > 0);
}

/* Who decided: the office, and to itself who of it. */
static char *
dup_decider (const ZcJsonValue *by)
{
  const char *body = zc_json_get_string (by, "body");
  const char *name = zc_json_get_string (by, "name");

  return name != NULL ? g_strdup_printf (_ ("%s (%s)"), body != NULL ? body : "", name)
                      : g_strdup (body);
}

static char *
dup_story (const ZcJsonValue *change)
{
  g_autofree char *minute = zc_time_dup_minute (zc_record_time (change, "at"));
  g_autofree char *decider = dup_decider (zc_json_get (change, "decided_by"));

  return g_strdup_printf (_ ("%s · asked for by %s · approved by %s"), minute,
                          zc_json_get_string (change, "requested_by"),
                          decider != NULL ? decider : "");
}

static char *
dup_move (const char *from, const char *to)
{
  if (from == NULL)
    return g_strdup_printf (_ ("Branch of “%s”"), to);
  return to != NULL ? g_strdup_printf (_ ("Moved from “%s” to “%s”"), from, to)
                    : g_strdup_printf (_ ("No branch of “%s” any more"), from);
}

static char *
dup_change (const ZcJsonValue *change, gboolean seal)
{
  const char *from = zc_json_get_string (change, "from");
  const char *to = zc_json_get_string (change, "to");

  if (g_strcmp0 (zc_json_get_string (change, "what"), "head") == 0)
    return dup_move (from, to);
  if (seal)
    return g_strdup (from != NULL ? _ ("Seal replaced by this one") : _ ("First seal"));
  return from != NULL ? g_strdup_printf (_ ("Renamed from “%s” to “%s”"), from, to)
                      : g_strdup_printf (_ ("Registered as “%s”"), to);
}

static void
add_change (ZcBodyPage *self, const ZcJsonValue *change)
{
  gboolean seal = g_strcmp0 (zc_json_get_string (change, "what"), "seal") == 0;
  g_autofree char *title = dup_change (change, seal);
  g_autofree char *story = dup_story (change);
  GtkWidget *row = make_row (title, story);

  if (seal)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               make_seal (self, zc_json_get_string (change, "to")));
  gtk_list_box_append (self->changes, row);
}

static void
show_body (ZcBodyPage *self, const ZcJsonValue *root)
{
  const ZcJsonValue *changes = zc_json_get (root, "changes");

  adw_window_title_set_subtitle (self->title, zc_json_get_string (root, "name"));
  show_facts (self, root);
  show_branches (self, zc_json_get (root, "branches"));
  gtk_list_box_remove_all (self->changes);
  for (guint i = 0; i < zc_json_size (changes); i++)
    add_change (self, zc_json_at (changes, i));
  gtk_widget_set_visible (self->changes_group, zc_json_size (changes) > 0);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcBodyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  if (self->session == NULL)
    return;
  if (reply != NULL)
    {
      show_body (self, zc_reply_root (reply));
      return;
    }
  zc_trouble_page_explain (self->trouble, error);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
load (ZcBodyPage *self)
{
  zc_client_get_body_async (zc_session_get_client (self->session), self->body, self->cancellable,
                            loaded_cb, g_object_ref (self));
}

static void
reload_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_stack_set_visible_child_name (ZC_BODY_PAGE (widget)->stack, "loading");
  load (ZC_BODY_PAGE (widget));
}

static void
zc_body_page_dispose (GObject *object)
{
  ZcBodyPage *self = ZC_BODY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_BODY_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_body_page_parent_class)->dispose (object);
}

static void
zc_body_page_finalize (GObject *object)
{
  ZcBodyPage *self = ZC_BODY_PAGE (object);

  g_clear_object (&self->cancellable);
  g_free (self->body);
  G_OBJECT_CLASS (zc_body_page_parent_class)->finalize (object);
}

static void
zc_body_page_class_init (ZcBodyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_body_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_body_page_finalize;
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-body-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, title);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, facts);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, how);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, branches_group);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, branches);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, changes_group);
  gtk_widget_class_bind_template_child (widget_class, ZcBodyPage, changes);
  gtk_widget_class_install_action (widget_class, "body.reload", NULL, reload_cb);
}

static void
zc_body_page_init (ZcBodyPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_body_page_new:
 * @session: acts for that body, or for the office that it reports to
 * @body: its id
 *
 * Returns: (transfer floating): the page; it loads what it shows
 */
AdwNavigationPage *
zc_body_page_new (ZcSession *session, const char *body)
{
  g_autofree char *tag = g_strconcat ("body:", body, NULL);
  ZcBodyPage *self = g_object_new (ZC_TYPE_BODY_PAGE, "tag", tag, NULL);
  ZcMembership *membership = zc_session_get_membership (session);

  self->session = g_object_ref (session);
  self->body = g_strdup (body);
  gtk_widget_set_visible (
      self->how, membership != NULL && g_str_equal (zc_membership_get_body (membership), body));
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}

static void
chosen_cb (GtkWidget *list, ZcCatalogItem *unit)
{
  gtk_widget_activate_action (list, "win.body", "s", zc_catalog_item_get_id (unit));
}

/**
 * zc_body_page_new_list:
 * @session: acts for an office
 *
 * Returns: (transfer floating): a page of the units that report to it, each of which leads to its own
 */
AdwNavigationPage *
zc_body_page_new_list (ZcSession *session)
{
  const ZcChoice choice = { .title = _ ("Units of This Office"), .list = "reporting-units" };
  AdwNavigationPage *page = zc_choice_page_new (session, &choice, NULL);

  adw_navigation_page_set_tag (page, "units");
  g_signal_connect (page, "chosen", G_CALLBACK (chosen_cb), NULL);
  return page;
}
