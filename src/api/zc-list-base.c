/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-list-base.h"

/* A GListStore can neither be subclassed nor keep others from changing it: so it is held, and its
 * model handed on. */

typedef struct
{
  GListStore *items;
} ZcListBasePrivate;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (ZcListBase,
                                  zc_list_base,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (ZcListBase)
                                      G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return ZC_LIST_BASE_GET_CLASS (model)->get_item_type ();
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (zc_list_base_get_store (ZC_LIST_BASE (model))));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (zc_list_base_get_store (ZC_LIST_BASE (model))),
                                position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
zc_list_base_constructed (GObject *object)
{
  ZcListBasePrivate *self = zc_list_base_get_instance_private (ZC_LIST_BASE (object));

  self->items = g_list_store_new (get_item_type (G_LIST_MODEL (object)));
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           object, G_CONNECT_SWAPPED);
  G_OBJECT_CLASS (zc_list_base_parent_class)->constructed (object);
}

static void
zc_list_base_finalize (GObject *object)
{
  ZcListBasePrivate *self = zc_list_base_get_instance_private (ZC_LIST_BASE (object));

  g_object_unref (self->items);
  G_OBJECT_CLASS (zc_list_base_parent_class)->finalize (object);
}

static void
zc_list_base_class_init (ZcListBaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = zc_list_base_constructed;
  object_class->finalize = zc_list_base_finalize;
}

static void
zc_list_base_init (ZcListBase *self)
{
}

/**
 * zc_list_base_get_store:
 * @self: a list; for its own type alone
 *
 * Returns: (transfer none): what @self is a model of: a change of it is told as a change of @self
 */
GListStore *
zc_list_base_get_store (ZcListBase *self)
{
  ZcListBasePrivate *priv = zc_list_base_get_instance_private (self);

  return priv->items;
}
