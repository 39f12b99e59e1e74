/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "zc-businesses.h"
#include "zc-id.h"
#include "zc-store.h"
#include "zc-time.h"

/* Every business and revision there is, by id and newest first. */

struct _ZcBusinesses
{
  GPtrArray *all;    /* ZcBusiness: by id, newest revision first */
  GPtrArray *newest; /* ZcBusiness, borrowed: one an id */
};

ZcBusinesses *
zc_businesses_new (void)
{
  ZcBusinesses *businesses = g_new0 (ZcBusinesses, 1);

  businesses->all = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_business_unref);
  businesses->newest = g_ptr_array_new ();
  return businesses;
}

void
zc_businesses_free (ZcBusinesses *businesses)
{
  if (businesses == NULL)
    return;
  g_ptr_array_unref (businesses->newest);
  g_ptr_array_unref (businesses->all);
  g_free (businesses);
}

/* Whether @store has this very text under its id and revision; FALSE with an error: it has another.
 */
static gboolean
is_stored (ZcStore *store, const ZcBusiness *business, const char *digest, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT digest FROM business WHERE id = $1 AND revision = $2",
      ZC_TEXT (zc_business_get_id (business)), ZC_INT (zc_business_get_revision (business)));
  gboolean found = zc_rows_next (rows);

  if (!zc_rows_end (rows, error) || !found)
    return FALSE;
  if (strcmp (zc_rows_text (rows, 0), digest) != 0)
    g_set_error (
        error, ZC_BUSINESS_ERROR, ZC_BUSINESS_ERROR_INVALID,
        "revision %d of %s is there with another text: give the changed file a new revision",
        zc_business_get_revision (business), zc_business_get_id (business));
  return TRUE;
}

static gboolean
import_business (ZcStore *store, const ZcBusiness *business, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *digest = NULL;
  const char *text;
  gsize length;

  text = zc_business_get_text (business, &length);
  digest = zc_sha256_hex (text, length);
  if (is_stored (store, business, digest, &failure) && failure == NULL)
    return TRUE;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return zc_store_exec (store, error,
                        "INSERT INTO business (id, revision, title, text, digest, at) VALUES ($1, "
                        "$2, $3, $4, $5, $6)",
                        ZC_TEXT (zc_business_get_id (business)),
                        ZC_INT (zc_business_get_revision (business)),
                        ZC_TEXT (zc_business_get_title (business)), ZC_TEXT (text),
                        ZC_TEXT (digest), ZC_INT (zc_time_now ()));
}

static gboolean
import_file (const char *path, ZcStore *store, GError **error)
{
  g_autoptr (ZcBusiness) business = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  business = zc_business_parse (text, length, error);
  if (business != NULL && import_business (store, business, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

gboolean
zc_businesses_import (const char *directory, ZcStore *store, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json")
          && !import_file (path, store, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_business (ZcBusinesses *businesses, ZcBusiness *business)
{
  guint n = businesses->newest->len;
  ZcBusiness *last = n > 0 ? businesses->newest->pdata[n - 1] : NULL;

  g_ptr_array_add (businesses->all, business);
  if (last == NULL || strcmp (zc_business_get_id (last), zc_business_get_id (business)) != 0)
    g_ptr_array_add (businesses->newest, business);
}

gboolean
zc_businesses_load (ZcBusinesses *businesses, ZcStore *store, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT text, id, revision FROM business ORDER BY id, revision DESC");

  while (zc_rows_next (rows))
    {
      const char *text = zc_rows_text (rows, 0);
      ZcBusiness *business = zc_business_parse (text, strlen (text), error);

      if (business == NULL)
        {
          g_prefix_error (error, "business %s, revision %d: ", zc_rows_text (rows, 1),
                          (int)zc_rows_integer (rows, 2));
          return FALSE;
        }
      add_business (businesses, business);
    }
  return zc_rows_end (rows, error);
}

guint
zc_businesses_count (ZcBusinesses *businesses)
{
  return businesses->newest->len;
}

ZcBusiness *
zc_businesses_nth (ZcBusinesses *businesses, guint index)
{
  return businesses->newest->pdata[index];
}

ZcBusiness *
zc_businesses_get (ZcBusinesses *businesses, const char *id, int revision)
{
  for (guint i = 0; i < businesses->all->len; i++)
    {
      ZcBusiness *business = businesses->all->pdata[i];

      if (strcmp (zc_business_get_id (business), id) == 0
          && (revision == 0 || revision == zc_business_get_revision (business)))
        return business;
    }
  return NULL;
}
