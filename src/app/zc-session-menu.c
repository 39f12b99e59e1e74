/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-session-menu.h"
#include "zc-stage-text.h"
#include "zc-window.h"

struct _ZcSessionMenu
{
  GtkBox parent_instance;

  ZcSession *session;

  GtkMenuButton *acting;
};

G_DEFINE_FINAL_TYPE (ZcSessionMenu, zc_session_menu, GTK_TYPE_BOX)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
add_choice (GMenu *menu, const char *label, const char *membership)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, "win.act-for", "s", membership);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (ZcAccount *account)
{
  GMenu *menu = g_menu_new ();
  GListModel *memberships = zc_account_get_memberships (account);
  add_choice (menu, _ ("Myself"), "");
  for (guint i = 0; i < g_list_model_get_n_items (memberships); i++)
    {
      g_autoptr (ZcMembership) membership = g_list_model_get_item (memberships, i);
      g_autofree char *label
          = g_strdup_printf ("%s · %s", zc_membership_get_body_name (membership),
                             zc_membership_role_text (zc_membership_get_role (membership)));
      add_choice (menu, label, zc_membership_get_id (membership));
    }
  return G_MENU_MODEL (menu);
}

/* The switch is for those who have something to switch between. */
static void
account_cb (ZcSessionMenu *self)
{
  ZcAccount *account = zc_session_get_account (self->session);
  gboolean staff
      = account != NULL && g_list_model_get_n_items (zc_account_get_memberships (account)) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->acting), staff);
  if (!staff)
    return;
  g_autoptr (GMenuModel) menu = make_menu (account);
  gtk_menu_button_set_menu_model (self->acting, menu);
}

static char *
acting_text_closure (ZcSessionMenu *self, const char *name)
{
  return name != NULL ? g_strdup_printf (_ ("Acting for: %s"), name) : NULL;
}

/* What staff type says itself beside its form how far it is: up here they are told of trouble alone. */
static gboolean
sync_visible_closure (ZcSessionMenu *self, gboolean staff, ZcSyncState state, gboolean online)
{
  return !staff || !online || state < ZC_SYNC_SAVED;
}

static char *
sync_icon_closure (ZcSessionMenu *self, ZcSyncState state, gboolean online)
{
  if (state == ZC_SYNC_ON_SERVER)
    return g_strdup (online ? "object-select-symbolic" : "network-offline-symbolic");
  if (state == ZC_SYNC_WAITING || state == ZC_SYNC_SENDING)
    return g_strdup ("view-refresh-symbolic");
  if (state == ZC_SYNC_OFFLINE)
    return g_strdup ("network-offline-symbolic");
  return g_strdup (state == ZC_SYNC_SAVED ? "object-select-symbolic" : "dialog-warning-symbolic");
}

static void
set_session (ZcSessionMenu *self, ZcSession *session)
{
  if (session == NULL || !g_set_object (&self->session, session))
    return;
  g_signal_connect_object (session, "notify::account", G_CALLBACK (account_cb), self,
                           G_CONNECT_SWAPPED);
  account_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
zc_session_menu_root (GtkWidget *widget)
{
  ZcSessionMenu *self = ZC_SESSION_MENU (widget);
  GTK_WIDGET_CLASS (zc_session_menu_parent_class)->root (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  if (self->session == NULL && ZC_IS_WINDOW (root))
    set_session (self, zc_window_get_session (ZC_WINDOW (root)));
}

static void
zc_session_menu_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, ZC_SESSION_MENU (object)->session);
}

static void
zc_session_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_session (ZC_SESSION_MENU (object), g_value_get_object (value));
}

static void
zc_session_menu_dispose (GObject *object)
{
  ZcSessionMenu *self = ZC_SESSION_MENU (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SESSION_MENU);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_session_menu_parent_class)->dispose (object);
}

static void
zc_session_menu_class_init (ZcSessionMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_session_menu_dispose;
  object_class->get_property = zc_session_menu_get_property;
  object_class->set_property = zc_session_menu_set_property;
  widget_class->root = zc_session_menu_root;
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-session-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSessionMenu, acting);
  gtk_widget_class_bind_template_callback (widget_class, acting_text_closure);
  gtk_widget_class_bind_template_callback (widget_class, sync_icon_closure);
  gtk_widget_class_bind_template_callback (widget_class, sync_visible_closure);
}

static void
zc_session_menu_init (ZcSessionMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
