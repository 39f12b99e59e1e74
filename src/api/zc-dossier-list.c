/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-dossier-list.h"

struct _ZcDossierList
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcDossierList, zc_dossier_list, G_TYPE_OBJECT)
static void zc_dossier_list_class_init (ZcDossierListClass *klass) {}
static void zc_dossier_list_init (ZcDossierList *self) {}

ZcDossierList *
zc_dossier_list_new (ZcClient *client, ZcLocalStore *store)
{
  return NULL;
}

void
zc_dossier_list_reload (ZcDossierList *self)
{
  
}

ZcDossier *
zc_dossier_list_find (ZcDossierList *self, const char *id)
{
  return NULL;
}

void
zc_dossier_list_update (ZcDossierList *self, ZcDossier *dossier)
{
  
}

gboolean
zc_dossier_list_get_loading (ZcDossierList *self)
{
  return 0;
}

const GError *
zc_dossier_list_get_error (ZcDossierList *self)
{
  return NULL;
}
