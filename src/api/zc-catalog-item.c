/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-catalog-item.h"

struct _ZcCatalogItem
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcCatalogItem, zc_catalog_item, G_TYPE_OBJECT)
static void zc_catalog_item_class_init (ZcCatalogItemClass *klass) {}
static void zc_catalog_item_init (ZcCatalogItem *self) {}

ZcCatalogItem *
zc_catalog_item_new_from_json (const ZcJsonValue *value, GError **error)
{
  return NULL;
}

const char *
zc_catalog_item_get_id (ZcCatalogItem *self)
{
  return NULL;
}

const char *
zc_catalog_item_get_name (ZcCatalogItem *self)
{
  return NULL;
}

const char *
zc_catalog_item_get_detail (ZcCatalogItem *self)
{
  return NULL;
}

int
zc_catalog_item_get_year (ZcCatalogItem *self)
{
  return 0;
}

int
zc_catalog_item_get_revision (ZcCatalogItem *self)
{
  return 0;
}

gboolean
zc_catalog_item_get_open (ZcCatalogItem *self)
{
  return 0;
}

gint64
zc_catalog_item_get_window_end (ZcCatalogItem *self)
{
  return 0;
}

gboolean
zc_catalog_item_has_level (ZcCatalogItem *self, const char *level)
{
  return 0;
}

gboolean
zc_catalog_item_is_exam_only (ZcCatalogItem *self, const char *level)
{
  return 0;
}

const char * const *
zc_catalog_item_get_level_names (ZcCatalogItem *self, const char *level)
{
  return NULL;
}
