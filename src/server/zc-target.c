/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-target.h"

/* Reading a target: only what a committee may evaluate and whose window is open can be chosen
 * (S3.1.1a). */

static gboolean
refuse_target (const char *member, GError **error)
{
  zc_refusal_set (error, ZC_REFUSAL_TARGET, "target.%s: cannot be filed", member);
  return FALSE;
}

/* Members other than the business's are refused, missing ones too. */
static gboolean
expect_target (const ZcBusiness *business, const ZcJsonValue *json, GError **error)
{
  const char *const *names = zc_business_get_target (business);
  g_autofree ZcJsonMember *members = g_new0 (ZcJsonMember, g_strv_length ((char **)names));
  g_autoptr (GError) shape = NULL;
  guint n = 0;

  for (; names[n] != NULL; n++)
    members[n] = (ZcJsonMember){ names[n], ZC_JSON_STRING, TRUE };
  if (zc_json_expect (json, members, n, &shape))
    return TRUE;
  zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "target: %s", shape->message);
  return FALSE;
}

static gboolean
check_known (ZcRows *rows, const char *member, char **office, GError **error)
{
  gboolean known = zc_rows_next (rows);

  if (known && office != NULL && *office == NULL)
    *office = zc_rows_dup_text (rows, 0);
  if (!zc_rows_end (rows, error))
    return FALSE;
  return known || refuse_target (member, error);
}

static gboolean
check_body (ZcStore *store,
            const char *id,
            const char *kind,
            const char *member,
            char **office,
            GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (id == NULL)
    return TRUE;
  rows = zc_store_query (store, "SELECT office FROM body WHERE id = $1 AND kind = $2", ZC_TEXT (id),
                         ZC_TEXT (kind));
  return check_known (rows, member, office, error);
}

static gboolean
check_level (ZcStore *store, const ZcTarget *target, GError **error)
{
  g_autoptr (ZcRows) rows = NULL;

  if (target->level == NULL)
    return TRUE;
  if (target->series == NULL)
    rows = zc_store_query (store, "SELECT id FROM level WHERE id = $1", ZC_TEXT (target->level));
  else
    rows = zc_store_query (store, "SELECT level FROM series_level WHERE level = $1 AND series = $2",
                           ZC_TEXT (target->level), ZC_TEXT (target->series));
  return check_known (rows, "level", NULL, error);
}

/* The open window; where none is open, the next or the last one tells that it is closed. */
static gboolean
find_window (ZcStore *store, ZcTarget *target, ZcTime now, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT w.year, c.office, w.starts_at <= $4 AND w.ends_at > $4 AS open FROM committee_scope w"
      " JOIN body c ON c.id = w.committee"
      " JOIN series_level sl ON sl.series = w.series AND sl.level = w.level AND sl.exam_only = 0"
      " WHERE w.committee = $1 AND w.series = $2 AND w.level = $3 ORDER BY open DESC, w.year DESC "
      "LIMIT 1",
      ZC_TEXT (target->committee), ZC_TEXT (target->series), ZC_TEXT (target->level), ZC_INT (now));
  gboolean known = zc_rows_next (rows), open = FALSE;

  if (known)
    {
      target->year = (int)zc_rows_integer (rows, 0);
      g_free (target->office);
      target->office = zc_rows_dup_text (rows, 1);
      open = zc_rows_integer (rows, 2) != 0;
    }
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    return refuse_target ("committee", error);
  if (!open)
    zc_refusal_set (error, ZC_REFUSAL_WINDOW_CLOSED, "the committee's window is not open");
  return open;
}

/**
 * zc_target_read:
 * @request: whose moment counts
 * @store: where the catalogue is
 * @business: which asks for it
 * @json: the members that the business asks for: {"unit": id, "series": id, "level": id,
 * "committee": id}
 * @error: bad-json, target, window-closed
 *
 * Returns: (transfer full): the target
 */
ZcTarget *
zc_target_read (const ZcRequest *request,
                ZcStore *store,
                const ZcBusiness *business,
                const ZcJsonValue *json,
                GError **error)
{
  g_autoptr (ZcTarget) target = g_new0 (ZcTarget, 1);

  const char *office = zc_json_get_string (json, "office");
  const char *granting = zc_json_get_string (json, "body");

  if (!expect_target (business, json, error))
    return NULL;
  target->unit = g_strdup (zc_json_get_string (json, "unit"));
  target->series = g_strdup (zc_json_get_string (json, "series"));
  target->level = g_strdup (zc_json_get_string (json, "level"));
  target->committee = g_strdup (zc_json_get_string (json, "committee"));
  target->office = g_strdup (office != NULL ? office : granting);
  target->year = zc_time_china_year (request->received);
  if (!check_body (store, office, "office", "office", NULL, error)
      || !check_body (store, granting, "granting-body", "body", NULL, error)
      || !check_body (store, target->unit, "unit", "unit", &target->office, error)
      || !check_level (store, target, error)
      || (target->committee != NULL && !find_window (store, target, request->received, error)))
    return NULL;
  return g_steal_pointer (&target);
}

void
zc_target_free (ZcTarget *target)
{
  g_free (target->unit);
  g_free (target->series);
  g_free (target->level);
  g_free (target->committee);
  g_free (target->office);
  g_free (target);
}
