/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-amendment.h"
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

static gboolean
refuse_window (ZcTime start, ZcTime end, ZcTime now, GError **error)
{
  GError *refusal
      = zc_refusal_new (ZC_REFUSAL_WINDOW_CLOSED,
                        now < start ? "the window is not open yet" : "the window is closed");

  zc_refusal_set_window (refusal, start, end);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* Titles of that level come from the national exam alone: nobody evaluates or recognises them (decisions 14). A title that was
 * gained so is confirmed, reissued and verified like any other. */
static gboolean
check_not_exam_only (ZcStore *store, const ZcTarget *target, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT 1 FROM series_level WHERE series = $1 AND level = $2 AND exam_only = 1",
      ZC_TEXT (target->series), ZC_TEXT (target->level));
  gboolean exam_only = zc_rows_next (rows);

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (exam_only)
    zc_refusal_set (error, ZC_REFUSAL_EXAM_ONLY, "that level is gained by the national exam");
  return !exam_only;
}

/* The open window; where none is open, the next one or else the last tells when it opens or closed
 * (S3.1.1a). */
static gboolean
find_window (ZcStore *store, ZcTarget *target, ZcTime now, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store,
      "SELECT w.year, c.office, w.starts_at, w.ends_at FROM committee_scope w"
      " JOIN body c ON c.id = w.committee"
      " WHERE w.committee = $1 AND w.series = $2 AND w.level = $3 ORDER BY"
      " CASE WHEN w.ends_at <= $4 THEN 2 WHEN w.starts_at > $4 THEN 1 ELSE 0 END,"
      " CASE WHEN w.ends_at <= $4 THEN -w.ends_at ELSE w.starts_at END LIMIT 1",
      ZC_TEXT (target->committee), ZC_TEXT (target->series), ZC_TEXT (target->level), ZC_INT (now));
  gboolean known = zc_rows_next (rows);
  ZcTime start = 0, end = 0;

  if (known)
    {
      target->year = (int)zc_rows_integer (rows, 0);
      g_free (target->office);
      target->office = zc_rows_dup_text (rows, 1);
      start = zc_rows_integer (rows, 2);
      end = zc_rows_integer (rows, 3);
    }
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!known)
    zc_refusal_set (error, ZC_REFUSAL_NO_COMMITTEE, "the committee does not evaluate that");
  else if (now < start || now >= end)
    return refuse_window (start, end, now, error);
  return known;
}

static gboolean
check_committee (ZcStore *store, ZcTarget *target, ZcTime now, GError **error)
{
  return target->committee == NULL
         || (check_body (store, target->committee, "committee", "committee", NULL, error)
             && find_window (store, target, now, error));
}

/**
 * zc_target_read:
 * @request: whose moment counts
 * @store: where the catalogue is
 * @business: which asks for it
 * @json: the members that the business asks for: {"unit": id, "series": id, "level": id,
 * "committee": id}
 * @error: bad-json, target, exam-only, no-committee, not-a-leader, window-closed with the window
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
      || !zc_amendment_check (business, target->unit, request->caller.account, request->received,
                              store, error)
      || !check_level (store, target, error)
      || (zc_business_grants (business) && !check_not_exam_only (store, target, error))
      || !check_committee (store, target, request->received, error))
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
