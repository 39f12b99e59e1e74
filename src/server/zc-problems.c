/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-problems.h"
#include "zc-refusal.h"

/* The refusal of a request whose members are wrong. */

GPtrArray *
zc_problems_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)zc_problem_free);
}

/**
 * zc_problems_add:
 * @problems: those so far
 * @field: the member that was looked at
 * @code: what is wrong with it; #ZC_PROBLEM_NONE adds nothing
 */
void
zc_problems_add (GPtrArray *problems, const char *field, ZcProblemCode code)
{
  if (code != ZC_PROBLEM_NONE)
    g_ptr_array_add (problems, zc_problem_new (code, NULL, NULL, field, NULL, -1));
}

/**
 * zc_problems_check:
 * @problems: all there are
 * @error: #ZC_REFUSAL_INVALID, which tells them
 *
 * Returns: whether there are none
 */
gboolean
zc_problems_check (GPtrArray *problems, GError **error)
{
  GError *refusal;

  if (problems->len == 0)
    return TRUE;
  refusal = zc_refusal_new (ZC_REFUSAL_INVALID, "%u problems", problems->len);
  zc_refusal_take_problems (refusal, g_ptr_array_ref (problems));
  g_propagate_error (error, refusal);
  return FALSE;
}

/**
 * zc_problems_refuse:
 * @field: the one member that was looked at
 * @code: what is wrong with it
 * @limit: which limit it breaks; -1: none
 * @error: #ZC_REFUSAL_INVALID, which tells it
 *
 * Returns: FALSE
 */
gboolean
zc_problems_refuse (const char *field, ZcProblemCode code, gint64 limit, GError **error)
{
  GPtrArray *problems = zc_problems_new ();
  GError *refusal
      = zc_refusal_new (ZC_REFUSAL_INVALID, "%s: %s", field, zc_problem_code_to_string (code));

  g_ptr_array_add (problems, zc_problem_new (code, NULL, NULL, field, NULL, limit));
  zc_refusal_take_problems (refusal, problems);
  g_propagate_error (error, refusal);
  return FALSE;
}
