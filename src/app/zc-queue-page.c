/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-queue-page.h"

struct _ZcQueuePage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
};

G_DEFINE_FINAL_TYPE (ZcQueuePage, zc_queue_page, ADW_TYPE_NAVIGATION_PAGE)

static void
zc_queue_page_dispose (GObject *object)
{
  g_clear_object (&ZC_QUEUE_PAGE (object)->session);
  G_OBJECT_CLASS (zc_queue_page_parent_class)->dispose (object);
}

static void
zc_queue_page_class_init (ZcQueuePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_queue_page_dispose;
}

static void
zc_queue_page_init (ZcQueuePage *self)
{
}

AdwNavigationPage *
zc_queue_page_new (ZcSession *session)
{
  ZcQueuePage *self = g_object_new (ZC_TYPE_QUEUE_PAGE, "tag", "queue", NULL);

  self->session = g_object_ref (session);
  return ADW_NAVIGATION_PAGE (self);
}
