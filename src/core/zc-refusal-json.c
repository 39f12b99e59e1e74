/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-refusal.h"

/* Refusals and problems on the wire: application/problem+json (RFC 9457), written and read. */

#define TYPE_PREFIX "urn:zhicheng:problem:"

static void
add_if (ZcJsonWriter *writer, const char *key, const char *value)
{
  if (value != NULL)
    zc_json_add_string (writer, key, value);
}

/**
 * zc_problems_write:
 * @writer: a writer
 * @key: (nullable): the member's name
 * @problems: (element-type ZcProblem): problems
 *
 * Places that are not known are left out, and so is a limit that there is not.
 */
void
zc_problems_write (ZcJsonWriter *writer, const char *key, GPtrArray *problems)
{
  zc_json_begin_array (writer, key);
  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];

      zc_json_begin_object (writer, NULL);
      add_if (writer, "section", problem->section);
      add_if (writer, "entry", problem->entry);
      add_if (writer, "field", problem->field);
      add_if (writer, "image", problem->image);
      zc_json_add_string (writer, "code", zc_problem_code_to_string (problem->code));
      if (problem->limit >= 0)
        zc_json_add_integer (writer, "limit", problem->limit);
      zc_json_add_bool (writer, "advice", problem->advice);
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
}

/**
 * zc_problems_read:
 * @array: (nullable): what zc_problems_write() wrote
 * @error: of #ZC_JSON_ERROR: no array, or a problem without a known code
 *
 * Members that are not known are passed over: a newer server may tell more.
 *
 * Returns: (transfer full) (nullable) (element-type ZcProblem): the problems
 */
GPtrArray *
zc_problems_read (const ZcJsonValue *array, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_problem_free);

  if (zc_json_type (array) != ZC_JSON_ARRAY)
    {
      g_set_error_literal (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "problems are an array");
      return NULL;
    }
  for (guint i = 0; i < zc_json_size (array); i++)
    {
      const ZcJsonValue *item = zc_json_at (array, i);
      const char *name = zc_json_get_string (item, "code");
      ZcProblemCode code = name == NULL ? ZC_PROBLEM_NONE : zc_problem_code_from_string (name);
      ZcProblem *problem;

      if (code == ZC_PROBLEM_NONE)
        {
          g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "problem %u has no known code",
                       i);
          return NULL;
        }
      problem = zc_problem_new (
          code, zc_json_get_string (item, "section"), zc_json_get_string (item, "entry"),
          zc_json_get_string (item, "field"), zc_json_get_string (item, "image"),
          zc_json_get_integer (item, "limit", -1));
      problem->advice = zc_json_get_bool (item, "advice", FALSE);
      g_ptr_array_add (problems, problem);
    }
  return g_steal_pointer (&problems);
}

static void
write_rule (ZcJsonWriter *writer, ZcRefusal code)
{
  const char *rule = zc_refusal_rule (code), *lifted_by = zc_refusal_lifted_by (code);

  if (rule == NULL && lifted_by == NULL)
    return;
  zc_json_begin_object (writer, "rule");
  zc_json_add_string (writer, "id", rule == NULL ? zc_refusal_to_string (code) : rule);
  zc_json_add_string (writer, "lifted_by", lifted_by);
  zc_json_end_object (writer);
}

static void
write_window (ZcJsonWriter *writer, const GError *error)
{
  ZcTime start, end;

  if (!zc_refusal_get_window (error, &start, &end))
    return;
  zc_json_begin_object (writer, "window");
  zc_json_add_time (writer, "start", start);
  zc_json_add_time (writer, "end", end);
  zc_json_end_object (writer);
}

static void
write_details (ZcJsonWriter *writer, const GError *error)
{
  GPtrArray *problems = zc_refusal_get_problems (error);
  const char *current = zc_refusal_get_current (error);

  zc_json_add_string (writer, "detail", error->message);
  if (problems != NULL)
    zc_problems_write (writer, "problems", problems);
  if (zc_refusal_get_retry (error) > 0)
    zc_json_add_integer (writer, "retry_after", zc_refusal_get_retry (error));
  if (zc_refusal_get_limit (error) >= 0)
    zc_json_add_integer (writer, "limit", zc_refusal_get_limit (error));
  write_window (writer, error);
  if (current != NULL)
    zc_json_add_raw (writer, "current", current);
  add_if (writer, "existing", zc_refusal_get_existing (error));
}

/**
 * zc_refusal_to_json:
 * @error: an error; one of another domain becomes "internal", without its message, which may tell
 * too much
 *
 * Returns: (transfer full): application/problem+json (RFC 9457)
 */
char *
zc_refusal_to_json (const GError *error)
{
  gboolean ours = error->domain == ZC_REFUSAL_ERROR;
  ZcRefusal code = ours ? (ZcRefusal)error->code : ZC_REFUSAL_INTERNAL;
  g_autofree char *type = g_strconcat (TYPE_PREFIX, zc_refusal_to_string (code), NULL);
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "type", type);
  zc_json_add_string (&writer, "title", zc_refusal_title (code));
  zc_json_add_integer (&writer, "status", zc_refusal_status (code));
  if (ours)
    write_details (&writer, error);
  write_rule (&writer, code);
  zc_json_end_object (&writer);
  return g_string_free_and_steal (out);
}

/* What a bare status means: the first code of the table that has it. */
static ZcRefusal
code_of_status (int status)
{
  for (guint i = 0; i < ZC_REFUSAL_LAST; i++)
    if (zc_refusal_status ((ZcRefusal)i) == status)
      return (ZcRefusal)i;
  return status >= 500 ? ZC_REFUSAL_INTERNAL : ZC_REFUSAL_BAD_REQUEST;
}

static ZcRefusal
read_code (const ZcJsonValue *root, int status)
{
  const char *type = zc_json_get_string (root, "type");
  ZcRefusal code;

  if (type != NULL && g_str_has_prefix (type, TYPE_PREFIX)
      && zc_refusal_from_string (type + strlen (TYPE_PREFIX), &code))
    return code;
  return code_of_status (status);
}

static char *
write_value (const ZcJsonValue *value)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_add_value (&writer, NULL, value);
  return g_string_free_and_steal (out);
}

static void
read_window (const ZcJsonValue *window, GError *error)
{
  const char *start_text = zc_json_get_string (window, "start");
  const char *end_text = zc_json_get_string (window, "end");
  ZcTime start, end;

  if (start_text != NULL && end_text != NULL && zc_time_parse (start_text, &start)
      && zc_time_parse (end_text, &end))
    zc_refusal_set_window (error, start, end);
}

static void
read_details (const ZcJsonValue *root, GError *error)
{
  const ZcJsonValue *current = zc_json_get (root, "current");
  GPtrArray *problems = zc_problems_read (zc_json_get (root, "problems"), NULL);

  if (problems != NULL)
    zc_refusal_take_problems (error, problems);
  if (current != NULL)
    zc_refusal_take_current (error, write_value (current));
  zc_refusal_set_existing (error, zc_json_get_string (root, "existing"));
  zc_refusal_set_limit (error, zc_json_get_integer (root, "limit", -1));
  read_window (zc_json_get (root, "window"), error);
  zc_refusal_set_retry (error,
                        (int)CLAMP (zc_json_get_integer (root, "retry_after", 0), 0, G_MAXINT));
}

/**
 * zc_refusal_from_json:
 * @status: the reply's HTTP status, which decides where the body is not one of ours
 * @json: (array length=length): the body
 * @length: its bytes
 *
 * Returns: (transfer full): the refusal; always one
 */
GError *
zc_refusal_from_json (int status, const char *json, gsize length)
{
  g_autoptr (ZcJson) document = zc_json_parse (json, length, NULL);
  const ZcJsonValue *root = document == NULL ? NULL : zc_json_root (document);
  const char *detail = zc_json_get_string (root, "detail");
  ZcRefusal code = read_code (root, status);
  GError *error = zc_refusal_new (code, "%s", detail == NULL ? zc_refusal_title (code) : detail);

  read_details (root, error);
  return error;
}
