/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-review-page.h"

struct _ZcReviewPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
};

G_DEFINE_FINAL_TYPE (ZcReviewPage, zc_review_page, ADW_TYPE_NAVIGATION_PAGE)

static void
zc_review_page_dispose (GObject *object)
{
  g_clear_object (&ZC_REVIEW_PAGE (object)->session);
  G_OBJECT_CLASS (zc_review_page_parent_class)->dispose (object);
}

static void
zc_review_page_class_init (ZcReviewPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zc_review_page_dispose;
}

static void
zc_review_page_init (ZcReviewPage *self)
{
}

AdwNavigationPage *
zc_review_page_new (ZcSession *session, const char *dossier_id)
{
  g_autofree char *tag = g_strconcat ("review:", dossier_id, NULL);
  ZcReviewPage *self = g_object_new (ZC_TYPE_REVIEW_PAGE, "tag", tag, NULL);

  self->session = g_object_ref (session);
  return ADW_NAVIGATION_PAGE (self);
}
