/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-acts.h"

struct _ZcAction
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcAction, zc_action, G_TYPE_OBJECT)
static void zc_action_class_init (ZcActionClass *klass) {}
static void zc_action_init (ZcAction *self) {}

ZcAction *
zc_action_new (const char *dossier, ZcAct act, gint64 version)
{
  return NULL;
}

void
zc_action_set_opinion (ZcAction *self, const char *opinion)
{
  
}

void
zc_action_add_note (ZcAction *self, ZcNote *note)
{
  
}

void
zc_action_add_section (ZcAction *self, const char *section, gint64 version)
{
  
}

void
zc_action_set_department (ZcAction *self, const char *body)
{
  
}

const char *
zc_action_get_key (ZcAction *self)
{
  return NULL;
}

void
zc_action_perform_async (ZcAction *self, ZcClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  
}

ZcDossier *
zc_action_perform_finish (ZcAction *self, GAsyncResult *result, GError **error)
{
  return NULL;
}
