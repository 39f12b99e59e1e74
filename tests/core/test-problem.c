/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-refusal.h"

/* Problems and refusals: their names, their table, and what crosses the wire and comes back. */

#define TYPE(name) "urn:zhicheng:problem:" name

static gboolean
is_kebab (const char *name)
{
  return name != NULL && *name != 0
         && strspn (name, "abcdefghijklmnopqrstuvwxyz-") == strlen (name);
}

static void
test_problem_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = ZC_PROBLEM_NONE + 1; i < ZC_PROBLEM_LAST; i++)
    {
      const char *name = zc_problem_code_to_string ((ZcProblemCode)i);

      g_assert_true (is_kebab (name));
      g_assert_true (g_hash_table_add (seen, (gpointer)name));
      g_assert_cmpint (zc_problem_code_from_string (name), ==, i);
    }
  g_assert_cmpint (zc_problem_code_from_string ("none"), ==, ZC_PROBLEM_NONE);
  g_assert_cmpint (zc_problem_code_from_string (""), ==, ZC_PROBLEM_NONE);
  g_assert_cmpint (zc_problem_code_from_string ("Required"), ==, ZC_PROBLEM_NONE);
}

static void
test_problem_copy (void)
{
  g_autoptr (ZcProblem) problem
      = zc_problem_new (ZC_PROBLEM_TOO_LONG, "summary", NULL, "text", NULL, 1500);
  g_autoptr (ZcProblem) copy = NULL;

  problem->advice = TRUE;
  copy = zc_problem_copy (problem);
  g_assert_cmpstr (copy->section, ==, "summary");
  g_assert_true (copy->section != problem->section);
  g_assert_null (copy->entry);
  g_assert_cmpstr (copy->field, ==, "text");
  g_assert_null (copy->image);
  g_assert_cmpint (copy->code, ==, ZC_PROBLEM_TOO_LONG);
  g_assert_cmpint (copy->limit, ==, 1500);
  g_assert_true (copy->advice);
  zc_problem_free (NULL);
}

/* The published table, said again: a changed name or status breaks clients. */
static const struct
{
  ZcRefusal code;
  const char *name;
  int status;
} published[] = {
  { ZC_REFUSAL_BAD_REQUEST, "bad-request", 400 },
  { ZC_REFUSAL_BAD_JSON, "bad-json", 400 },
  { ZC_REFUSAL_INVALID, "invalid", 422 },
  { ZC_REFUSAL_SIGNED_OUT, "signed-out", 401 },
  { ZC_REFUSAL_WRONG_PASSWORD, "wrong-credentials", 401 },
  { ZC_REFUSAL_WRONG_CODE, "wrong-code", 422 },
  { ZC_REFUSAL_LOCKED, "locked", 429 },
  { ZC_REFUSAL_TOO_MANY, "too-many-requests", 429 },
  { ZC_REFUSAL_IMAGES_UNNAMED, "images-unnamed", 429 },
  { ZC_REFUSAL_FORBIDDEN, "forbidden", 403 },
  { ZC_REFUSAL_OWN_DOSSIER, "own-dossier", 403 },
  { ZC_REFUSAL_ONESELF, "oneself", 403 },
  { ZC_REFUSAL_SECOND_FACTOR, "second-factor", 403 },
  { ZC_REFUSAL_NO_FACTOR, "second-factor-missing", 403 },
  { ZC_REFUSAL_STEP_UP, "step-up", 403 },
  { ZC_REFUSAL_NOT_FOUND, "not-found", 404 },
  { ZC_REFUSAL_METHOD, "method", 405 },
  { ZC_REFUSAL_NOTICE, "notice-version", 422 },
  { ZC_REFUSAL_ID_TAKEN, "id-number-taken", 409 },
  { ZC_REFUSAL_MOBILE_TAKEN, "mobile-taken", 409 },
  { ZC_REFUSAL_EMAIL_TAKEN, "email-taken", 409 },
  { ZC_REFUSAL_ONE_SERIES, "one-series-per-year", 409 },
  { ZC_REFUSAL_ONE_OPEN, "one-open-per-person", 409 },
  { ZC_REFUSAL_CREDIT_CODE_TAKEN, "credit-code-taken", 409 },
  { ZC_REFUSAL_NO_HEAD, "head-unknown", 422 },
  { ZC_REFUSAL_HEAD_BELOW, "head-below", 422 },
  { ZC_REFUSAL_NOT_LEADER, "not-a-leader", 403 },
  { ZC_REFUSAL_WINDOW_CLOSED, "window-closed", 409 },
  { ZC_REFUSAL_TARGET, "target", 422 },
  { ZC_REFUSAL_EXAM_ONLY, "exam-only", 422 },
  { ZC_REFUSAL_NO_COMMITTEE, "no-committee", 422 },
  { ZC_REFUSAL_DEPARTMENT, "department", 422 },
  { ZC_REFUSAL_COLLEAGUE, "colleague", 422 },
  { ZC_REFUSAL_NOT_EDITABLE, "not-editable", 409 },
  { ZC_REFUSAL_FORM_CURRENT, "form-current", 409 },
  { ZC_REFUSAL_NOT_ALLOWED, "not-allowed", 409 },
  { ZC_REFUSAL_ALREADY_ACCEPTED, "already-accepted", 409 },
  { ZC_REFUSAL_WITH_DEPARTMENT, "with-department", 409 },
  { ZC_REFUSAL_WITH_OFFICE, "with-office", 409 },
  { ZC_REFUSAL_WITH_COMMITTEE, "with-committee", 409 },
  { ZC_REFUSAL_EXAMINED, "examined", 409 },
  { ZC_REFUSAL_HELD, "held-by-other", 409 },
  { ZC_REFUSAL_NOT_HELD, "not-accepted-yet", 409 },
  { ZC_REFUSAL_STALE, "stale", 409 },
  { ZC_REFUSAL_INCOMPLETE, "incomplete", 422 },
  { ZC_REFUSAL_UNIT_PART, "unit-part-incomplete", 422 },
  { ZC_REFUSAL_PUBLIC_NOTICE, "public-notice-incomplete", 422 },
  { ZC_REFUSAL_NOTICE_RUNNING, "public-notice-running", 409 },
  { ZC_REFUSAL_CALENDAR, "calendar-missing", 409 },
  { ZC_REFUSAL_OPINION, "opinion-required", 422 },
  { ZC_REFUSAL_NOTES_UNSEEN, "notes-unseen", 422 },
  { ZC_REFUSAL_PRECONDITION, "precondition-failed", 412 },
  { ZC_REFUSAL_NO_PRECONDITION, "precondition-required", 428 },
  { ZC_REFUSAL_KEY_REUSED, "idempotency-key-reused", 422 },
  { ZC_REFUSAL_KEY_RUNNING, "idempotency-key-running", 409 },
  { ZC_REFUSAL_NO_KEY, "idempotency-key-required", 400 },
  { ZC_REFUSAL_TOO_LARGE, "too-large", 413 },
  { ZC_REFUSAL_MEDIA_TYPE, "media-type", 415 },
  { ZC_REFUSAL_IMAGE, "image", 422 },
  { ZC_REFUSAL_GONE, "gone", 410 },
  { ZC_REFUSAL_BUSY, "busy", 503 },
  { ZC_REFUSAL_STORAGE, "storage", 507 },
  { ZC_REFUSAL_TIMEOUT, "timeout", 408 },
  { ZC_REFUSAL_HEADERS, "headers-too-large", 431 },
  { ZC_REFUSAL_INTERNAL, "internal", 500 },
  { ZC_REFUSAL_OFFLINE, "offline", 0 },
};

static void
test_refusal_table (void)
{
  static const char *const lifters[] = { "applicant", "holder",    "body",   "unit", "department",
                                           "office",    "committee", "nobody", "time", "operator",
                                           NULL };

  g_assert_cmpuint (G_N_ELEMENTS (published), ==, ZC_REFUSAL_LAST);
  for (guint i = 0; i < ZC_REFUSAL_LAST; i++)
    {
      ZcRefusal code = ZC_REFUSAL_LAST;
      const char *lifted_by = zc_refusal_lifted_by (published[i].code);

      g_assert_cmpint (published[i].code, ==, i);
      g_assert_cmpstr (zc_refusal_to_string (published[i].code), ==, published[i].name);
      g_assert_true (zc_refusal_from_string (published[i].name, &code));
      g_assert_cmpint (code, ==, i);
      g_assert_cmpint (zc_refusal_status (published[i].code), ==, published[i].status);
      g_assert_nonnull (zc_refusal_title (published[i].code));
      g_assert_true (zc_refusal_rule (published[i].code) == NULL
                     || is_kebab (zc_refusal_rule (published[i].code)));
      g_assert_true (lifted_by == NULL || g_strv_contains (lifters, lifted_by));
    }
  g_assert_false (zc_refusal_from_string ("", &(ZcRefusal){ 0 }));
}

static GError *
make_full_refusal (void)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_problem_free);
  GError *error = zc_refusal_new (ZC_REFUSAL_INCOMPLETE, "%d \"problems\"", 2);
  ZcProblem *advice = zc_problem_new (ZC_PROBLEM_TOO_LONG, "summary", NULL, "text", NULL, 0);

  advice->advice = TRUE;
  g_ptr_array_add (problems,
                   zc_problem_new (ZC_PROBLEM_TOO_MANY_BYTES, "s", "e", "f", "i", 614400));
  g_ptr_array_add (problems, advice);
  g_ptr_array_add (problems, zc_problem_new (ZC_PROBLEM_REQUIRED, NULL, NULL, NULL, NULL, -1));
  zc_refusal_take_problems (error, problems);
  zc_refusal_set_retry (error, 30);
  zc_refusal_set_limit (error, 1048576);
  zc_refusal_take_current (error, g_strdup ("{\"version\":7}"));
  zc_refusal_set_existing (error, "0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061");
  return error;
}

static void
assert_full_refusal (const GError *error)
{
  GPtrArray *problems = zc_refusal_get_problems (error);
  const ZcProblem *first;

  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_INCOMPLETE);
  g_assert_cmpstr (error->message, ==, "2 \"problems\"");
  g_assert_cmpint (zc_refusal_get_retry (error), ==, 30);
  g_assert_cmpint (zc_refusal_get_limit (error), ==, 1048576);
  g_assert_cmpstr (zc_refusal_get_current (error), ==, "{\"version\":7}");
  g_assert_cmpstr (zc_refusal_get_existing (error), ==, "0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061");
  g_assert_cmpuint (problems->len, ==, 3);
  first = problems->pdata[0];
  g_assert_cmpstr (first->section, ==, "s");
  g_assert_cmpstr (first->entry, ==, "e");
  g_assert_cmpstr (first->field, ==, "f");
  g_assert_cmpstr (first->image, ==, "i");
  g_assert_cmpint (first->code, ==, ZC_PROBLEM_TOO_MANY_BYTES);
  g_assert_cmpint (first->limit, ==, 614400);
  g_assert_false (first->advice);
  g_assert_true (((ZcProblem *)problems->pdata[1])->advice);
  g_assert_cmpint (((ZcProblem *)problems->pdata[1])->limit, ==, 0);
  g_assert_null (((ZcProblem *)problems->pdata[2])->section);
  g_assert_cmpint (((ZcProblem *)problems->pdata[2])->limit, ==, -1);
}

static void
test_json (void)
{
  g_autoptr (GError) error = make_full_refusal ();
  g_autofree char *json = zc_refusal_to_json (error);

  g_assert_cmpstr (json, ==,
                   "{\"type\":\"urn:zhicheng:problem:incomplete\",\"title\":\"Something required "
                   "is missing or wrong\","
                   "\"status\":422,\"detail\":\"2 \\\"problems\\\"\",\"problems\":["
                   "{\"section\":\"s\",\"entry\":\"e\",\"field\":\"f\",\"image\":\"i\",\"code\":"
                   "\"too-many-bytes\","
                   "\"limit\":614400,\"advice\":false},"
                   "{\"section\":\"summary\",\"field\":\"text\",\"code\":\"too-long\",\"limit\":0,"
                   "\"advice\":true},"
                   "{\"code\":\"required\",\"advice\":false}],"
                   "\"retry_after\":30,\"limit\":1048576,\"current\":{\"version\":7},"
                   "\"existing\":\"0199a3b4-5c6d-7e8f-9a0b-1c2d3e4f5061\","
                   "\"rule\":{\"id\":\"complete-before-submission\",\"lifted_by\":\"applicant\"}}");
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = make_full_refusal ();
  g_autoptr (GError) copy = g_error_copy (error);
  g_autofree char *json = zc_refusal_to_json (error);
  g_autoptr (GError) back = zc_refusal_from_json (422, json, strlen (json));

  assert_full_refusal (error);
  assert_full_refusal (copy);
  assert_full_refusal (back);
}

/* When it opens or closes, for whoever comes too early or too late (S3.1.1a). */
static void
test_window (void)
{
  g_autoptr (GError) error = zc_refusal_new (ZC_REFUSAL_WINDOW_CLOSED, "closed");
  g_autofree char *json = NULL;
  g_autoptr (GError) back = NULL;
  ZcTime start = 0, end = 0;

  g_assert_false (zc_refusal_get_window (error, &start, &end));
  zc_refusal_set_window (error, 1767200400000, 1772269200000);
  json = zc_refusal_to_json (error);
  g_assert_nonnull (strstr (json, "\"window\":{\"start\":\"2025-12-31T17:00:00.000Z\","
                                  "\"end\":\"2026-02-28T09:00:00.000Z\"}"));
  back = zc_refusal_from_json (409, json, strlen (json));
  g_assert_true (zc_refusal_get_window (back, &start, &end));
  g_assert_cmpint (start, ==, 1767200400000);
  g_assert_cmpint (end, ==, 1772269200000);
}

/* Each code by itself crosses the wire and comes back, with its rule where it has one (N12). */
static void
test_every_code (void)
{
  for (guint i = 0; i < ZC_REFUSAL_LAST; i++)
    {
      g_autoptr (GError) error = zc_refusal_new ((ZcRefusal)i, "why");
      g_autofree char *json = zc_refusal_to_json (error);
      g_autoptr (GError) back = zc_refusal_from_json (0, json, strlen (json));
      g_autoptr (ZcJson) document = zc_json_parse (json, strlen (json), NULL);
      const ZcJsonValue *rule = zc_json_get (zc_json_root (document), "rule");

      g_assert_error (back, ZC_REFUSAL_ERROR, (int)i);
      g_assert_cmpint (zc_refusal_get_limit (back), ==, -1);
      g_assert_cmpint (zc_refusal_get_retry (back), ==, 0);
      g_assert_null (zc_refusal_get_problems (back));
      g_assert_null (zc_refusal_get_current (back));
      g_assert_null (zc_refusal_get_existing (back));
      if (zc_refusal_rule ((ZcRefusal)i) != NULL)
        g_assert_cmpstr (zc_json_get_string (rule, "id"), ==, zc_refusal_rule ((ZcRefusal)i));
      g_assert_cmpstr (zc_json_get_string (rule, "lifted_by"), ==,
                       zc_refusal_lifted_by ((ZcRefusal)i));
    }
}

/* An error that is none of ours tells a stranger nothing. */
static void
test_foreign_error (void)
{
  g_autoptr (GError) error
      = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "/var/lib/zhicheng/db: no such table");
  g_autofree char *json = zc_refusal_to_json (error);

  g_assert_null (strstr (json, "/var/lib"));
  g_assert_nonnull (strstr (json, TYPE ("internal")));
  g_assert_nonnull (strstr (json, "\"status\":500"));
  g_assert_null (zc_refusal_get_problems (error));
  g_assert_cmpint (zc_refusal_get_limit (NULL), ==, -1);
  g_assert_cmpint (zc_refusal_get_retry (NULL), ==, 0);
}

/* Replies of a proxy, of a newer server, of nobody one knows. */
static void
test_strange_replies (void)
{
  static const struct
  {
    int status;
    const char *body;
    ZcRefusal code;
  } rows[] = {
    { 404, "", ZC_REFUSAL_NOT_FOUND },
    { 404, "<html>Not found</html>", ZC_REFUSAL_NOT_FOUND },
    { 502, "Bad gateway", ZC_REFUSAL_INTERNAL },
    { 503, "null", ZC_REFUSAL_BUSY },
    { 418, "[]", ZC_REFUSAL_BAD_REQUEST },
    { 413, "{\"type\":\"about:blank\"}", ZC_REFUSAL_TOO_LARGE },
    { 409, "{\"type\":\"urn:zhicheng:problem:of-next-year\",\"detail\":\"x\"}",
      ZC_REFUSAL_ID_TAKEN },
    { 409, "{\"type\":\"urn:zhicheng:problem:stale\",\"problems\":7,\"retry_after\":\"soon\"}",
      ZC_REFUSAL_STALE },
    { 422, "{\"type\":\"urn:zhicheng:problem:invalid\",\"problems\":[{\"code\":\"of-next-year\"}]}",
      ZC_REFUSAL_INVALID },
    { 429, "{\"type\":\"urn:zhicheng:problem:locked\",\"retry_after\":-5}", ZC_REFUSAL_LOCKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error
          = zc_refusal_from_json (rows[i].status, rows[i].body, strlen (rows[i].body));

      g_assert_error (error, ZC_REFUSAL_ERROR, (int)rows[i].code);
      g_assert_null (zc_refusal_get_problems (error));
      g_assert_cmpint (zc_refusal_get_retry (error), ==, 0);
    }
}

static void
test_read_problems (void)
{
  static const char *const bad[]
      = { "{}", "null", "[1]", "[{}]", "[{\"code\":1}]", "[{\"code\":\"none\"}]" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ZcJson) json = zc_json_parse (bad[i], strlen (bad[i]), NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (zc_problems_read (zc_json_root (json), &error));
      g_assert_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER);
    }
}

static void
test_set (void)
{
  g_autoptr (GError) error = NULL;

  zc_refusal_set (NULL, ZC_REFUSAL_BUSY, "nobody looks");
  zc_refusal_set (&error, ZC_REFUSAL_BUSY, "queue %d", 5);
  g_assert_error (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_BUSY);
  g_assert_cmpstr (error->message, ==, "queue 5");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/S3.1.2c/names", test_problem_names);
  g_test_add_func ("/problem/copy", test_problem_copy);
  g_test_add_func ("/problem/read", test_read_problems);
  g_test_add_func ("/refusal/N12/table", test_refusal_table);
  g_test_add_func ("/refusal/N12/every-code", test_every_code);
  g_test_add_func ("/refusal/json", test_json);
  g_test_add_func ("/refusal/round-trip", test_round_trip);
  g_test_add_func ("/refusal/S3.1.1a/window", test_window);
  g_test_add_func ("/refusal/set", test_set);
  g_test_add_func ("/refusal/SEC-S43/foreign-error", test_foreign_error);
  g_test_add_func ("/refusal/S0.1/strange-replies", test_strange_replies);
  return g_test_run ();
}
