/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-refusal-text.h"
#include "zc-trouble-page.h"
#include "zc-why-button.h"

/* The one way in which a page or dialog says that it could not be loaded. */

struct _ZcTroublePage
{
  AdwBin parent_instance;

  AdwStatusPage *page;
  GtkButton *again;
  ZcWhyButton *why;
};

G_DEFINE_FINAL_TYPE (ZcTroublePage, zc_trouble_page, ADW_TYPE_BIN)

enum
{
  PROP_ICON_NAME = 1,
  PROP_TITLE,
  PROP_COMPACT,
  PROP_ACTION_NAME,
  PROP_ERROR,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
zc_trouble_page_set_property (GObject *object,
                              guint id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  ZcTroublePage *self = ZC_TROUBLE_PAGE (object);

  switch (id)
    {
    case PROP_ICON_NAME:
      adw_status_page_set_icon_name (self->page, g_value_get_string (value));
      break;
    case PROP_TITLE:
      adw_status_page_set_title (self->page, g_value_get_string (value));
      break;
    case PROP_COMPACT:
      if (g_value_get_boolean (value))
        gtk_widget_add_css_class (GTK_WIDGET (self->page), "compact");
      break;
    case PROP_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->again), g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->again), g_value_get_string (value) != NULL);
      break;
    case PROP_ERROR:
      zc_trouble_page_explain (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_trouble_page_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL); /* before the template lets go of it, which AdwBin would not notice */
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_TROUBLE_PAGE);
  G_OBJECT_CLASS (zc_trouble_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_COMPACT] = g_param_spec_boolean ("compact", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags); /* what tries again; NULL: nothing does */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zc_trouble_page_class_init (ZcTroublePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = zc_trouble_page_set_property;
  object_class->dispose = zc_trouble_page_dispose;
  install_properties (object_class);
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcTroublePage, page);
  gtk_widget_class_bind_template_child (widget_class, ZcTroublePage, again);
  gtk_widget_class_bind_template_child (widget_class, ZcTroublePage, why);
}

static void
zc_trouble_page_init (ZcTroublePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_trouble_page_explain:
 * @error: (nullable): why it could not be loaded; %NULL: it is not known yet, or was
 */
void
zc_trouble_page_explain (ZcTroublePage *self,
                         const GError *error)
{
  g_autofree char *text = error != NULL ? zc_refusal_dup_text (error) : NULL;

  adw_status_page_set_description (self->page, text);
  zc_why_button_explain (self->why, error);
}
