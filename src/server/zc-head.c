/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-head.h"
#include "zc-refusal.h"

/* Heads and branches (U2). */

/* Whether @unit is @head or stands above it, however far. */
static gboolean
stands_above (ZcStore *store, const char *unit, const char *head, gboolean *above, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "WITH RECURSIVE above (id) AS (SELECT $1 UNION SELECT b.head FROM body b JOIN above a"
      " ON b.id = a.id WHERE b.head IS NOT NULL) SELECT 1 FROM above WHERE id = $2",
      ZC_TEXT (head), ZC_TEXT (unit));

  *above = zc_rows_next (rows);
  return zc_rows_end (rows, error);
}

static gboolean
check_circle (ZcStore *store, const char *unit, const char *head, GError **error)
{
  gboolean above = FALSE;

  if (unit == NULL)
    return TRUE;
  if (!stands_above (store, unit, head, &above, error))
    return FALSE;
  if (above)
    zc_refusal_set (error, ZC_REFUSAL_HEAD_BELOW, "that unit is this one, or a branch below it");
  return !above;
}

/**
 * zc_head_find:
 * @store: of this thread
 * @credit_code: (nullable): of the head; %NULL where there is none
 * @unit: (nullable): the branch; %NULL while it is yet to be made, when nothing can lie below it
 * @head: (out) (transfer full) (nullable): the unit with that code
 * @error: head-unknown, head-below
 *
 * A head is a unit that is there, neither the branch itself nor below it: no circle can come about (U2).
 *
 * Returns: whether it can be the head
 */
gboolean
zc_head_find (
    ZcStore *store, const char *credit_code, const char *unit, char **head, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  *head = NULL;
  if (credit_code == NULL)
    return TRUE;
  rows = zc_store_query (store, "SELECT id FROM body WHERE credit_code = $1 AND kind = 'unit'",
                         ZC_TEXT (credit_code));
  if (zc_rows_next (rows))
    *head = zc_rows_dup_text (rows, 0);
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (*head != NULL)
    return check_circle (store, unit, *head, error);
  zc_refusal_set (error, ZC_REFUSAL_NO_HEAD, "no unit has the credit code of the head");
  return FALSE;
}
