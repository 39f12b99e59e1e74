/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

/* A row of a catalogue (level, series, region, unit, office, committee, department, person) or of the list of businesses: read-only.
 * Properties: id, name: string; detail: string (unit: credit code; committee: its office's name; person: role; else ""); year: int;
 *   revision: int (businesses); open: boolean (committees: its window is open now; others TRUE);
 *   window-start, window-end: gint64 (ZcTime, 0: none); taken: string (committees: the own dossier of that year, else "");
 *   superior: boolean (departments: above the caller's body); admits: string (businesses: the kind of body that passing takes in, else "");
 *   amends: string (businesses: the kind of body that passing changes, else "").
 */
#define ZC_TYPE_CATALOG_ITEM (zc_catalog_item_get_type ())
G_DECLARE_FINAL_TYPE (ZcCatalogItem, zc_catalog_item, ZC, CATALOG_ITEM, GObject)

ZcCatalogItem *zc_catalog_item_new_from_json  (const ZcJsonValue *value,
                                               GError           **error);
const char    *zc_catalog_item_get_id         (ZcCatalogItem *self);
const char    *zc_catalog_item_get_name       (ZcCatalogItem *self);
const char    *zc_catalog_item_get_detail     (ZcCatalogItem *self);
const char    *zc_catalog_item_get_admits     (ZcCatalogItem *self);
const char    *zc_catalog_item_get_amends     (ZcCatalogItem *self);
int            zc_catalog_item_get_year       (ZcCatalogItem *self);
int            zc_catalog_item_get_revision   (ZcCatalogItem *self);
gboolean       zc_catalog_item_get_open       (ZcCatalogItem *self);
gint64         zc_catalog_item_get_window_end (ZcCatalogItem *self);
gint64         zc_catalog_item_get_window_start (ZcCatalogItem *self);
const char    *zc_catalog_item_get_taken      (ZcCatalogItem *self);
GListModel    *zc_catalog_item_get_people     (ZcCatalogItem *self);
const char * const *zc_catalog_item_get_levels (ZcCatalogItem *self); /* (nullable): ids, of series */
/* Series: until when its level can be filed, 0: not now; when it will be, when it was. */
gint64         zc_catalog_item_get_level_window (ZcCatalogItem *self,
                                                 const char    *level,
                                                 gint64        *opens_at,
                                                 gint64        *closed_at);
/* Series: whether it offers that level, whether only by the national exam, and the names there ("助理工程师 …"); else TRUE, FALSE, NULL. */
gboolean       zc_catalog_item_has_level      (ZcCatalogItem *self,
                                               const char    *level);
gboolean       zc_catalog_item_is_exam_only   (ZcCatalogItem *self,
                                               const char    *level);
const char * const *zc_catalog_item_get_level_names (ZcCatalogItem *self,
                                                     const char    *level);
