/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-session-private.h"

/* What pages load through the session: from memory, from the server, and where that cannot be
 * reached from the local store. */

/* --- businesses
 * -----------------------------------------------------------------------------------------------
 */
typedef struct
{
  char *id;
  int revision;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;
  g_free (wanted->id);
  g_free (wanted);
}

static char *
name_business (const char *id, int revision)
{
  return g_strdup_printf ("%s@%d", id, revision);
}

static void
keep_business (ZcSession *self, ZcBusiness *business)
{
  g_hash_table_replace (
      self->loaded,
      name_business (zc_business_get_id (business), zc_business_get_revision (business)),
      zc_business_ref (business));
}

static void
business_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
}

static void
store_business (ZcSession *self, ZcBusiness *business)
{
  gsize length;
  if (self->store != NULL)
    zc_local_store_put_business_async (
        self->store, zc_business_get_id (business), zc_business_get_revision (business),
        zc_business_get_text (business, &length), business_kept_cb, NULL);
}

static void
stored_business_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBusiness) business
      = text != NULL ? zc_business_parse (text, strlen (text), &error) : NULL;
  if (business == NULL)
    {
      g_task_return_error (
          task, zc_refusal_new (ZC_REFUSAL_OFFLINE, "the business is not on this computer"));
      return;
    }
  keep_business (g_task_get_source_object (task), business);
  g_task_return_pointer (task, g_steal_pointer (&business), (GDestroyNotify)zc_business_unref);
}

static void
business_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcSession *self = g_task_get_source_object (task);
  Wanted *wanted = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcBusiness) business
      = zc_client_get_business_finish (ZC_CLIENT (source), result, &error);
  if (business != NULL)
    {
      keep_business (self, business);
      store_business (self, business);
      g_task_return_pointer (task, g_steal_pointer (&business), (GDestroyNotify)zc_business_unref);
    }
  else if (self->store != NULL && g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE))
    zc_local_store_get_business_async (self->store, wanted->id, wanted->revision,
                                       stored_business_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
zc_session_load_business_async (
    ZcSession *self, const char *id, int revision, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *name = name_business (id, revision);
  ZcBusiness *known = g_hash_table_lookup (self->loaded, name);
  if (known != NULL)
    {
      g_task_return_pointer (task, zc_business_ref (known), (GDestroyNotify)zc_business_unref);
      return;
    }
  Wanted *wanted = g_new0 (Wanted, 1);
  wanted->id = g_strdup (id);
  wanted->revision = revision;
  g_task_set_task_data (task, wanted, wanted_free);
  zc_client_get_business_async (self->client, id, revision, NULL, business_cb,
                                g_steal_pointer (&task));
}

ZcBusiness *
zc_session_load_business_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
businesses_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSession) self = user_data;
  g_autoptr (GListModel) items
      = zc_client_list_businesses_finish (ZC_CLIENT (source), result, NULL);
  if (items == NULL || self->businesses == NULL)
    return;
  g_list_store_remove_all (self->businesses);
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ZcCatalogItem) item = g_list_model_get_item (items, i);
      g_list_store_append (self->businesses, item);
    }
}

void
zc_session_list_businesses (ZcSession *self)
{
  zc_client_list_businesses_async (self->client, NULL, businesses_cb, g_object_ref (self));
}

/* --- dossiers
 * -----------------------------------------------------------------------------------------------------
 */
static void
stored_dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcDossier) dossier = zc_dossier_new_from_text (text);
  if (dossier != NULL)
    g_task_return_pointer (task, g_steal_pointer (&dossier), g_object_unref);
  else
    g_task_return_error (
        task, zc_refusal_new (ZC_REFUSAL_OFFLINE, "the dossier is not on this computer"));
}

/* The list's object is the one that every page shares. */
static ZcDossier *
share_dossier (ZcSession *self, ZcDossier *dossier)
{
  zc_session_learn (self, dossier);
  ZcDossier *listed = self->dossiers != NULL
                          ? zc_dossier_list_find (self->dossiers, zc_dossier_get_id (dossier))
                          : NULL;
  if (listed == NULL || !zc_dossier_get_detailed (listed))
    return g_object_ref (dossier);
  return g_object_ref (listed);
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcSession *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_client_get_dossier_finish (ZC_CLIENT (source), result, &error);
  if (dossier != NULL)
    g_task_return_pointer (task, share_dossier (self, dossier), g_object_unref);
  else if (self->store != NULL && !zc_session_get_staff (self)
           && g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE))
    zc_local_store_get_dossier_async (self->store, id, stored_dossier_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
zc_session_load_dossier_async (ZcSession *self,
                               const char *id,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, g_strdup (id), g_free);
  zc_client_get_dossier_async (self->client, id, NULL, dossier_cb, task);
}

ZcDossier *
zc_session_load_dossier_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- where the person was
 * ------------------------------------------------------------------------------------------ */
static void
place_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL);
}

void
zc_session_keep_place (ZcSession *self, const char *place)
{
  if (self->store != NULL)
    zc_local_store_put_setting_async (self->store, ZC_LOCAL_STORE_PLACE, place, place_kept_cb,
                                      NULL);
}

static void
place_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *place = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, place, g_free);
}

void
zc_session_get_place_async (ZcSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (self->store != NULL)
    {
      zc_local_store_get_setting_async (self->store, ZC_LOCAL_STORE_PLACE, place_cb, task);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

char *
zc_session_get_place_finish (ZcSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
