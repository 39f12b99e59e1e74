/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-problem.h"

/* The published names of what can be wrong, and one problem with its place. */

static const char *const names[ZC_PROBLEM_LAST] = {
  [ZC_PROBLEM_NONE] = "none",
  [ZC_PROBLEM_REQUIRED] = "required",
  [ZC_PROBLEM_TYPE] = "type",
  [ZC_PROBLEM_UNKNOWN_FIELD] = "unknown-field",
  [ZC_PROBLEM_UNKNOWN_SECTION] = "unknown-section",
  [ZC_PROBLEM_TOO_LONG] = "too-long",
  [ZC_PROBLEM_TOO_SHORT] = "too-short",
  [ZC_PROBLEM_TOO_SMALL] = "too-small",
  [ZC_PROBLEM_TOO_LARGE] = "too-large",
  [ZC_PROBLEM_NOT_A_CHOICE] = "not-a-choice",
  [ZC_PROBLEM_DATE] = "date",
  [ZC_PROBLEM_MONTH] = "month",
  [ZC_PROBLEM_DATE_ORDER] = "date-order",
  [ZC_PROBLEM_IN_FUTURE] = "in-future",
  [ZC_PROBLEM_FEW_WORKING_DAYS] = "too-few-working-days",
  [ZC_PROBLEM_NOT_OVER] = "not-over",
  [ZC_PROBLEM_CALENDAR] = "calendar",
  [ZC_PROBLEM_ID_FORMAT] = "id-format",
  [ZC_PROBLEM_ID_CHECKSUM] = "id-checksum",
  [ZC_PROBLEM_ID_DATE] = "id-date",
  [ZC_PROBLEM_ID_REGION] = "id-region",
  [ZC_PROBLEM_CREDIT_CODE] = "credit-code",
  [ZC_PROBLEM_MOBILE] = "mobile",
  [ZC_PROBLEM_EMAIL] = "email",
  [ZC_PROBLEM_NAME] = "name",
  [ZC_PROBLEM_CONTROL_CHARACTER] = "control-character",
  [ZC_PROBLEM_COMPUTED] = "computed",
  [ZC_PROBLEM_NOT_THE_SAME] = "not-the-same",
  [ZC_PROBLEM_TOO_FEW_ENTRIES] = "too-few-entries",
  [ZC_PROBLEM_TOO_MANY_ENTRIES] = "too-many-entries",
  [ZC_PROBLEM_DUPLICATE_ENTRY] = "duplicate-entry",
  [ZC_PROBLEM_TOO_FEW_IMAGES] = "too-few-images",
  [ZC_PROBLEM_TOO_MANY_IMAGES] = "too-many-images",
  [ZC_PROBLEM_DUPLICATE_IMAGE] = "duplicate-image",
  [ZC_PROBLEM_IMAGE_MISSING] = "image-missing",
  [ZC_PROBLEM_IMAGE_EMPTY] = "image-empty",
  [ZC_PROBLEM_NOT_JPEG] = "not-jpeg",
  [ZC_PROBLEM_IMAGE_TRUNCATED] = "image-truncated",
  [ZC_PROBLEM_TRAILING_BYTES] = "trailing-bytes",
  [ZC_PROBLEM_METADATA] = "metadata",
  [ZC_PROBLEM_IMAGE_DAMAGED] = "image-damaged",
  [ZC_PROBLEM_BIT_DEPTH] = "bit-depth",
  [ZC_PROBLEM_CODING] = "coding",
  [ZC_PROBLEM_COMPONENTS] = "components",
  [ZC_PROBLEM_TOO_MANY_PIXELS] = "too-many-pixels",
  [ZC_PROBLEM_TOO_MANY_BYTES] = "too-many-bytes",
  [ZC_PROBLEM_TOO_NARROW] = "too-narrow",
  [ZC_PROBLEM_TOO_LOW] = "too-low",
  [ZC_PROBLEM_EDGE_TOO_SHORT] = "edge-too-short",
  [ZC_PROBLEM_DIGEST] = "digest",
  [ZC_PROBLEM_PASSWORD_SHORT] = "password-short",
  [ZC_PROBLEM_PASSWORD_CLASSES] = "password-classes",
  [ZC_PROBLEM_PASSWORD_COMMON] = "password-common",
  [ZC_PROBLEM_PASSWORD_PERSONAL] = "password-personal",
  [ZC_PROBLEM_PASSWORD_LONG] = "password-long",
  [ZC_PROBLEM_CODE] = "code",
  [ZC_PROBLEM_QUESTIONS] = "questions",
};

/**
 * zc_problem_code_to_string:
 * @code: a code
 *
 * Returns: (transfer none): its published name
 */
const char *
zc_problem_code_to_string (ZcProblemCode code)
{
  g_return_val_if_fail ((int)code >= 0 && code < ZC_PROBLEM_LAST, names[ZC_PROBLEM_NONE]);

  return names[code];
}

/**
 * zc_problem_code_from_string:
 * @name: a name
 *
 * Returns: the code of that name; %ZC_PROBLEM_NONE when there is none
 */
ZcProblemCode
zc_problem_code_from_string (const char *name)
{
  for (guint i = ZC_PROBLEM_NONE + 1; i < ZC_PROBLEM_LAST; i++)
    if (g_str_equal (names[i], name))
      return (ZcProblemCode)i;
  return ZC_PROBLEM_NONE;
}

/**
 * zc_problem_new:
 * @code: what is wrong
 * @section: (nullable): id of the section
 * @entry: (nullable): id of the entry
 * @field: (nullable): id of the field
 * @image: (nullable): digest of the image
 * @limit: the limit that was broken, -1 where the code has none
 *
 * Returns: (transfer full): a problem that blocks
 */
ZcProblem *
zc_problem_new (ZcProblemCode code,
                const char *section,
                const char *entry,
                const char *field,
                const char *image,
                gint64 limit)
{
  ZcProblem *problem = g_new0 (ZcProblem, 1);

  problem->section = g_strdup (section);
  problem->entry = g_strdup (entry);
  problem->field = g_strdup (field);
  problem->image = g_strdup (image);
  problem->code = code;
  problem->limit = limit;
  return problem;
}

/**
 * zc_problem_copy:
 * @problem: a problem
 *
 * Returns: (transfer full): another like it
 */
ZcProblem *
zc_problem_copy (const ZcProblem *problem)
{
  ZcProblem *copy = zc_problem_new (problem->code, problem->section, problem->entry, problem->field,
                                    problem->image, problem->limit);

  copy->advice = problem->advice;
  return copy;
}

/**
 * zc_problem_free:
 * @problem: (transfer full) (nullable): a problem
 */
void
zc_problem_free (ZcProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->section);
  g_free (problem->entry);
  g_free (problem->field);
  g_free (problem->image);
  g_free (problem);
}
