/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-import-value.h"

/* Checks of what an operator imports, each with the place where it fails. */

#define ID_MAX 64
#define NAME_MAX_CHARACTERS 100

G_DEFINE_QUARK (zc - import - error - quark, zc_import_error)

/**
 * zc_import_prefix:
 * @error: set
 * @list: the array's name
 * @position: in it
 *
 * Puts the place in front: a fault of a member begins with ".member", one of the whole does not.
 */
void
zc_import_prefix (GError **error, const char *list, guint position)
{
  gboolean inside = error != NULL && *error != NULL && strchr (".[", (*error)->message[0]) != NULL;

  g_prefix_error (error, "%s[%u]%s", list, position, inside ? "" : ": ");
}

/**
 * zc_import_each:
 * @import: where to
 * @list: the array's name, for errors
 * @items: (nullable): the array
 * @func: checks and writes one
 * @error: what @func said, with its place
 *
 * Returns: whether all were taken
 */
gboolean
zc_import_each (const ZcImport *import,
                const char *list,
                const ZcJsonValue *items,
                ZcImportItem func,
                GError **error)
{
  for (guint i = 0; i < zc_json_size (items); i++)
    if (!func (import, zc_json_at (items, i), i, error))
      {
        zc_import_prefix (error, list, i);
        return FALSE;
      }
  return TRUE;
}

/**
 * zc_import_refuse:
 * @member: that is wrong
 * @reason: English, for the operator
 *
 * Returns: %FALSE, with @error set
 */
gboolean
zc_import_refuse (GError **error, const char *member, const char *reason)
{
  g_set_error (error, ZC_IMPORT_ERROR, 0, ".%s: %s", member, reason);
  return FALSE;
}

/**
 * zc_import_check_id:
 * @item: with a text "id"
 *
 * Returns: whether it can name something in paths and files
 */
gboolean
zc_import_check_id (const ZcJsonValue *item, GError **error)
{
  const char *id = zc_json_get_string (item, "id");
  gsize length = strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-");

  if (length > 0 && length <= ID_MAX && id[length] == '\0')
    return TRUE;
  return zc_import_refuse (error, "id", "small letters, digits and hyphens, at most 64");
}

/**
 * zc_import_check_name:
 * @member: what it is called, for errors
 * @name: what people will read
 *
 * Returns: whether it says something, in one line of bearable length
 */
gboolean
zc_import_check_name (const char *member, const char *name, GError **error)
{
  gboolean says = FALSE;

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        return zc_import_refuse (error, member, "it has control characters");
      says = says || g_unichar_isgraph (g_utf8_get_char (c));
    }
  if (says && g_utf8_strlen (name, -1) <= NAME_MAX_CHARACTERS)
    return TRUE;
  return zc_import_refuse (error, member, "1 to 100 characters");
}

/**
 * zc_import_check_known:
 * @import: where to look
 * @sql: a literal with $1
 * @member: what it is called, for errors
 * @id: (nullable): %NULL: nothing is referred to
 *
 * Returns: whether what is referred to is there
 */
gboolean
zc_import_check_known (
    const ZcImport *import, const char *sql, const char *member, const char *id, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;
  gboolean known;

  if (id == NULL)
    return TRUE;
  rows = zc_store_query (import->store, sql, ZC_TEXT (id));
  known = zc_rows_next (rows);
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    g_set_error (error, ZC_IMPORT_ERROR, 0, ".%s: there is no \"%s\"", member, id);
  return known;
}
