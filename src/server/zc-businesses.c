/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-businesses.h"
#include "zc-change.h"
#include "zc-id.h"
#include "zc-refusal.h"
#include "zc-store.h"
#include "zc-time.h"

/* Businesses, parsed once each. The store is the truth: what "zhichengd import" adds while this
 * process runs is found there at the next request that asks for it (B5). */

struct _ZcBusinesses
{
  GRWLock lock;
  GPtrArray *all; /* ZcBusiness: in the order in which they were asked for; none is ever dropped */
};

ZcBusinesses *
zc_businesses_new (void)
{
  ZcBusinesses *businesses = g_new0 (ZcBusinesses, 1);

  g_rw_lock_init (&businesses->lock);
  businesses->all = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_business_unref);
  return businesses;
}

void
zc_businesses_free (ZcBusinesses *businesses)
{
  if (businesses == NULL)
    return;
  g_ptr_array_unref (businesses->all);
  g_rw_lock_clear (&businesses->lock);
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

/**
 * zc_business_import:
 * @business: checked by having been parsed
 * @store: in a transaction
 * @error: of the store, or %ZC_BUSINESS_ERROR_INVALID: there is another text under its id and
 * revision (decisions 16)
 *
 * Whoever has a draft of a former revision hears of it.
 *
 * Returns: whether it is in the store
 */
gboolean
zc_business_import (const ZcBusiness *business, ZcStore *store, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *digest = NULL;
  ZcTime now = zc_time_now ();
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
                        ZC_TEXT (digest), ZC_INT (now))
         && zc_change_business (store, zc_business_get_id (business),
                                zc_business_get_revision (business), now, error);
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
  if (business != NULL && zc_business_import (business, store, error))
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

static ZcBusiness *
find_known (ZcBusinesses *businesses, const char *id, int revision)
{
  for (guint i = 0; i < businesses->all->len; i++)
    {
      ZcBusiness *business = businesses->all->pdata[i];

      if (revision == zc_business_get_revision (business)
          && strcmp (zc_business_get_id (business), id) == 0)
        return business;
    }
  return NULL;
}

/* Two threads may have parsed the same one: the first stays, as it may be in use already. */
static ZcBusiness *
keep (ZcBusinesses *businesses, ZcBusiness *business)
{
  ZcBusiness *known;

  g_rw_lock_writer_lock (&businesses->lock);
  known
      = find_known (businesses, zc_business_get_id (business), zc_business_get_revision (business));
  if (known == NULL)
    g_ptr_array_add (businesses->all, known = zc_business_ref (business));
  g_rw_lock_writer_unlock (&businesses->lock);
  return known;
}

static ZcBusiness *
read_stored (ZcBusinesses *businesses, ZcStore *store, const char *id, int revision, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT text FROM business WHERE id = $1 AND revision = $2",
                        ZC_TEXT (id), ZC_INT (revision));
  g_autoptr (ZcBusiness) business = NULL;

  if (zc_rows_next (rows))
    {
      const char *text = zc_rows_text (rows, 0);

      business = zc_business_parse (text, strlen (text), error);
      if (business == NULL)
        {
          g_prefix_error (error, "business %s, revision %d: ", id, revision);
          return NULL;
        }
    }
  if (!zc_rows_end (rows, error))
    return NULL;
  if (business == NULL)
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such business or revision");
      return NULL;
    }
  return keep (businesses, business);
}

static gboolean
find_newest (ZcStore *store, const char *id, int *revision, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT revision FROM business WHERE id = $1 ORDER BY revision DESC LIMIT 1",
      ZC_TEXT (id));

  *revision = zc_rows_next (rows) ? (int)zc_rows_integer (rows, 0) : 0;
  return zc_rows_end (rows, error);
}

/**
 * zc_businesses_get:
 * @businesses: those known
 * @store: where the others are
 * @id: of a business
 * @revision: 0: the newest
 * @error: not-found, of the store, or a text that this program cannot read
 *
 * Returns: (transfer none): lives as long as @businesses
 */
ZcBusiness *
zc_businesses_get (
    ZcBusinesses *businesses, ZcStore *store, const char *id, int revision, GError **error)
{
  ZcBusiness *known;

  if (revision == 0 && !find_newest (store, id, &revision, error))
    return NULL;
  g_rw_lock_reader_lock (&businesses->lock);
  known = find_known (businesses, id, revision);
  g_rw_lock_reader_unlock (&businesses->lock);
  return known != NULL ? known : read_stored (businesses, store, id, revision, error);
}

/**
 * zc_businesses_list:
 * @businesses: those known
 * @store: where all are
 * @error: of the store, or a text that this program cannot read
 *
 * Returns: (transfer container) (element-type ZcBusiness): the newest revision of each, by id
 */
GPtrArray *
zc_businesses_list (ZcBusinesses *businesses, ZcStore *store, GError **error)
{
  g_autoptr (GPtrArray) newest = g_ptr_array_new ();
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT id, max (revision) FROM business GROUP BY id ORDER BY id");

  while (zc_rows_next (rows))
    {
      ZcBusiness *business = zc_businesses_get (businesses, store, zc_rows_text (rows, 0),
                                                (int)zc_rows_integer (rows, 1), error);

      if (business == NULL)
        return NULL;
      g_ptr_array_add (newest, business);
    }
  return zc_rows_end (rows, error) ? g_steal_pointer (&newest) : NULL;
}
