/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What a type is made from that is a GListModel and fills itself: the model over a list store of its own, which only its
 * subclass changes. Every change is told on as it comes. */
#define ZC_TYPE_LIST_BASE (zc_list_base_get_type ())
G_DECLARE_DERIVABLE_TYPE (ZcListBase, zc_list_base, ZC, LIST_BASE, GObject)

struct _ZcListBaseClass
{
  GObjectClass parent_class;

  GType (*get_item_type) (void);
};

GListStore *zc_list_base_get_store (ZcListBase *self); /* (transfer none) */
