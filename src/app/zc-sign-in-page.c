/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-sign-in-form.h"
#include "zc-sign-in-page.h"

struct _ZcSignInPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;

  ZcSignInForm *form;
  GtkWidget *registering;

  guint staff : 1;
};

G_DEFINE_FINAL_TYPE (ZcSignInPage, zc_sign_in_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_SESSION = 1,
  PROP_STAFF,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static char *
title_closure (ZcSignInPage *self, gboolean staff)
{
  return g_strdup (staff ? _ ("Sign In as Staff") : _ ("Sign In as Applicant"));
}

static void
info_cb (ZcSignInPage *self)
{
  gtk_widget_set_visible (self->registering,
                          !self->staff && zc_session_offers (self->session, "registration"));
}

static void
zc_sign_in_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (ZC_SIGN_IN_PAGE (page)->form));
}

static void
zc_sign_in_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcSignInPage *self = ZC_SIGN_IN_PAGE (object);
  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    g_value_set_boolean (value, self->staff);
}

static void
zc_sign_in_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcSignInPage *self = ZC_SIGN_IN_PAGE (object);
  if (id == PROP_SESSION)
    g_set_object (&self->session, g_value_get_object (value));
  else
    self->staff = g_value_get_boolean (value);
}

static void
zc_sign_in_page_dispose (GObject *object)
{
  ZcSignInPage *self = ZC_SIGN_IN_PAGE (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_sign_in_page_parent_class)->dispose (object);
}

static void
zc_sign_in_page_class_init (ZcSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_sign_in_page_dispose;
  object_class->get_property = zc_sign_in_page_get_property;
  object_class->set_property = zc_sign_in_page_set_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = zc_sign_in_page_shown;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STAFF] = g_param_spec_boolean ("staff", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (ZC_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInPage, registering);
  gtk_widget_class_bind_template_callback (widget_class, title_closure);
}

static void
zc_sign_in_page_init (ZcSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
zc_sign_in_page_new (ZcSession *session, gboolean staff)
{
  ZcSignInPage *self
      = g_object_new (ZC_TYPE_SIGN_IN_PAGE, "session", session, "staff", staff, NULL);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (info_cb), self, G_CONNECT_SWAPPED);
  info_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
