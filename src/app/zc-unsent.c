/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-unsent.h"

/* Read from the store alone, so that it can be told without the network: rows, then the dossier's title, then the form for the
 * titles of its sections. */

typedef struct
{
  ZcSession *session;
  ZcLocalStore *store;
  GPtrArray *list; /* ZcUnsent */
  guint next;
} Listing;

static void
listing_free (Listing *listing)
{
  g_object_unref (listing->session);
  g_object_unref (listing->store);
  g_clear_pointer (&listing->list, g_ptr_array_unref);
  g_free (listing);
}

void
zc_unsent_free (ZcUnsent *unsent)
{
  g_free (unsent->dossier);
  g_free (unsent->title);
  g_ptr_array_unref (unsent->section_ids);
  g_ptr_array_unref (unsent->sections);
  g_free (unsent);
}

static ZcUnsent *
get_unsent (Listing *listing, const char *dossier)
{
  ZcUnsent *unsent;

  for (guint i = 0; i < listing->list->len; i++)
    if (strcmp (((ZcUnsent *) g_ptr_array_index (listing->list, i))->dossier, dossier) == 0)
      return g_ptr_array_index (listing->list, i);
  unsent = g_new0 (ZcUnsent, 1);
  unsent->dossier = g_strdup (dossier);
  unsent->title = g_strdup ("");
  unsent->section_ids = g_ptr_array_new_with_free_func (g_free);
  unsent->sections = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (listing->list, unsent);
  return unsent;
}

static void name_next (GTask *task);

static void
name_sections (ZcUnsent *unsent, ZcBusiness *business)
{
  for (guint i = 0; i < unsent->section_ids->len; i++)
    {
      const ZcSection *section
          = zc_business_find_section (business, g_ptr_array_index (unsent->section_ids, i), NULL);

      if (section != NULL)
        g_ptr_array_add (unsent->sections, g_strdup (section->title));
    }
}

static void
business_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (ZcBusiness) business
      = zc_session_load_business_finish (ZC_SESSION (source), result, NULL);

  if (business != NULL)
    name_sections (g_ptr_array_index (listing->list, listing->next - 1), business);
  name_next (task);
}

static void
dossier_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *listing = g_task_get_task_data (task);
  ZcUnsent *unsent = g_ptr_array_index (listing->list, listing->next - 1);
  g_autofree char *text
      = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcDossier) dossier = zc_dossier_new_from_text (text);

  if (dossier == NULL)
    {
      name_next (task);
      return;
    }
  g_set_str (&unsent->title, zc_dossier_get_title (dossier));
  zc_session_load_business_async (listing->session, zc_dossier_get_business (dossier),
                                  zc_dossier_get_revision (dossier), business_cb, task);
}

static void
name_next (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);

  if (listing->next < listing->list->len)
    {
      ZcUnsent *unsent = g_ptr_array_index (listing->list, listing->next++);

      zc_local_store_get_dossier_async (listing->store, unsent->dossier, dossier_cb, task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&listing->list), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
images_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) images
      = zc_local_store_list_images_finish (ZC_LOCAL_STORE (source), result, &error);

  for (guint i = 0; images != NULL && i < images->len; i++)
    get_unsent (listing, ((ZcStoredImage *) g_ptr_array_index (images, i))->dossier)->n_images++;
  if (images != NULL)
    {
      name_next (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
sections_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = zc_local_store_list_sections_finish (ZC_LOCAL_STORE (source), result, &error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const ZcStoredSection *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (get_unsent (listing, row->dossier)->section_ids, g_strdup (row->section));
    }
  if (rows != NULL)
    {
      zc_local_store_list_unsent_images_async (listing->store, images_cb, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * zc_unsent_list_async:
 * @session: somebody is signed in
 */
void
zc_unsent_list_async (ZcSession *session, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  listing->session = g_object_ref (session);
  listing->store = g_object_ref (zc_session_get_store (session));
  listing->list = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_unsent_free);
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  zc_local_store_list_unsent_async (listing->store, sections_cb, task);
}

GPtrArray *
zc_unsent_list_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- discarding --- */
static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * zc_unsent_discard_async:
 * @list: of zc_unsent_list_finish(): what the person was shown, and no more
 */
void
zc_unsent_discard_async (ZcSession *session,
                         GPtrArray *list,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  ZcLocalStore *store = zc_session_get_store (session);

  for (guint i = 0; i < list->len; i++)
    {
      const ZcUnsent *unsent = g_ptr_array_index (list, i);
      gboolean last = i + 1 == list->len;

      for (guint j = 0; j < unsent->section_ids->len; j++)
        zc_local_store_discard_section_async (store, unsent->dossier,
                                              g_ptr_array_index (unsent->section_ids, j), NULL, NULL);
      /* calls take effect in their order: the last one answers for all */
      zc_local_store_discard_images_async (store, unsent->dossier, last ? discarded_cb : NULL,
                                           last ? task : NULL);
    }
  if (list->len > 0)
    return;
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
zc_unsent_discard_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
