/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-start-page.h"

struct _ZcStartPage
{
  AdwNavigationPage parent_instance;
};

G_DEFINE_FINAL_TYPE (ZcStartPage, zc_start_page, ADW_TYPE_NAVIGATION_PAGE)

static void
zc_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_START_PAGE);
  G_OBJECT_CLASS (zc_start_page_parent_class)->dispose (object);
}

static void
zc_start_page_class_init (ZcStartPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_start_page_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/io/github/zhicheng/zhicheng/zc-start-page.ui");
}

static void
zc_start_page_init (ZcStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
zc_start_page_new (void)
{
  return g_object_new (ZC_TYPE_START_PAGE, NULL);
}
