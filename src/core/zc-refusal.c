/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-refusal.h"

/* One table of all refusals, errors that carry what a reply carries, and the reply itself (RFC
 * 9457). */

#define TYPE_PREFIX "urn:zhicheng:problem:"

static const struct
{
  const char *name;
  int status;
  const char *title;
  const char *rule;      /* what forbids it; NULL where no rule of the procedure does */
  const char *lifted_by; /* who can change that; NULL where nobody can or needs to */
} table[ZC_REFUSAL_LAST] = {
  [ZC_REFUSAL_BAD_REQUEST] = { "bad-request", 400, "The request is malformed", NULL, NULL },
  [ZC_REFUSAL_BAD_JSON] = { "bad-json", 400, "The body is not the JSON expected", NULL, NULL },
  [ZC_REFUSAL_INVALID]
  = { "invalid", 422, "Some values are not valid", "valid-values", "applicant" },
  [ZC_REFUSAL_SIGNED_OUT] = { "signed-out", 401, "Sign in first", "session", "applicant" },
  [ZC_REFUSAL_WRONG_PASSWORD]
  = { "wrong-credentials", 401, "The credentials are wrong", "credentials", "applicant" },
  [ZC_REFUSAL_WRONG_CODE] = { "wrong-code", 422, "The verification code is wrong, used or expired",
                              "verification-code", "applicant" },
  [ZC_REFUSAL_LOCKED] = { "locked", 429, "Too many wrong tries", "wrong-tries", "time" },
  [ZC_REFUSAL_TOO_MANY] = { "too-many-requests", 429, "Too many requests", "request-rate", "time" },
  [ZC_REFUSAL_IMAGES_UNNAMED] = { "images-unnamed", 429, "Too many images that no section names yet",
                                  "images-unnamed", "time" },
  [ZC_REFUSAL_FORBIDDEN] = { "forbidden", 403, "This role may not do that", "role", "operator" },
  [ZC_REFUSAL_OWN_DOSSIER]
  = { "own-dossier", 403, "Nobody acts on their own dossier", "nobody-on-their-own", "body" },
  [ZC_REFUSAL_ONESELF]
  = { "oneself", 403, "Nobody changes their own rights", "nobody-on-their-own", "body" },
  [ZC_REFUSAL_SECOND_FACTOR]
  = { "second-factor", 403, "Show the second factor first", "second-factor", "applicant" },
  [ZC_REFUSAL_NO_FACTOR]
  = { "second-factor-missing", 403, "Set up the second factor first", "second-factor", "applicant" },
  [ZC_REFUSAL_STEP_UP]
  = { "step-up", 403, "Sign in with the password for that", "password", "applicant" },
  [ZC_REFUSAL_NOT_FOUND] = { "not-found", 404, "There is no such thing", NULL, NULL },
  [ZC_REFUSAL_METHOD] = { "method", 405, "The method does not fit the path", NULL, NULL },
  [ZC_REFUSAL_NOTICE] = { "notice-version", 422, "The present notice was not accepted",
                          "notice-accepted", "applicant" },
  [ZC_REFUSAL_ID_TAKEN] = { "id-number-taken", 409, "The ID number is registered already",
                            "one-account-per-id-number", "operator" },
  [ZC_REFUSAL_MOBILE_TAKEN] = { "mobile-taken", 409, "The mobile is registered already",
                                "one-account-per-mobile", "applicant" },
  [ZC_REFUSAL_EMAIL_TAKEN] = { "email-taken", 409, "The e-mail is registered already",
                               "one-account-per-email", "applicant" },
  [ZC_REFUSAL_ONE_SERIES] = { "one-series-per-year", 409, "There is a dossier of this year already",
                              "one-series-per-year", "applicant" },
  [ZC_REFUSAL_ONE_OPEN] = { "one-open-per-person", 409, "There is one that is not done with",
                            "one-open-per-person", "applicant" },
  [ZC_REFUSAL_CREDIT_CODE_TAKEN] = { "credit-code-taken", 409, "That credit code is registered already",
                                     "one-body-per-credit-code", "unit" },
  [ZC_REFUSAL_NO_HEAD] = { "head-unknown", 422, "No unit has the credit code given as the head's",
                           "head-is-registered", "applicant" },
  [ZC_REFUSAL_HEAD_BELOW] = { "head-below", 422, "That unit is this one, or a branch below it",
                              "head-is-above", "applicant" },
  [ZC_REFUSAL_NOT_LEADER]
  = { "not-a-leader", 403, "Only a leader of the unit may ask that", "leader-of-the-unit", "unit" },
  [ZC_REFUSAL_WINDOW_CLOSED]
  = { "window-closed", 409, "The filing window is closed", "filing-window", "office" },
  [ZC_REFUSAL_TARGET]
  = { "target", 422, "This combination cannot be filed", "target", "applicant" },
  [ZC_REFUSAL_EXAM_ONLY]
  = { "exam-only", 422, "That level is gained by the national exam alone", "national-exam", NULL },
  [ZC_REFUSAL_NO_COMMITTEE]
  = { "no-committee", 422, "The committee does not evaluate that", "committee-scope", "office" },
  [ZC_REFUSAL_DEPARTMENT] = { "department", 422, "There is no such department with such a person",
                              "department-and-person", "unit" },
  [ZC_REFUSAL_COLLEAGUE] = { "colleague", 422, "No such person acts for this body",
                             "colleague-of-the-body", "body" },
  [ZC_REFUSAL_NOT_EDITABLE] = { "not-editable", 409, "What was submitted cannot be edited",
                                "edit-before-submission", "holder" },
  [ZC_REFUSAL_FORM_CURRENT]
  = { "form-current", 409, "The form is the newest already", "newest-form", NULL },
  [ZC_REFUSAL_NOT_ALLOWED]
  = { "not-allowed", 409, "The act does not fit stage and state", "stage-and-state", NULL },
  [ZC_REFUSAL_ALREADY_ACCEPTED]
  = { "already-accepted", 409, "The review has begun", "withdraw-before-acceptance", "unit" },
  [ZC_REFUSAL_WITH_DEPARTMENT] = { "with-department", 409, "A department has it",
                                   "withdraw-before-acceptance", "department" },
  [ZC_REFUSAL_WITH_OFFICE]
  = { "with-office", 409, "The office has it", "withdraw-before-acceptance", "office" },
  [ZC_REFUSAL_WITH_COMMITTEE] = { "with-committee", 409, "The committee has it",
                                  "withdraw-before-acceptance", "committee" },
  [ZC_REFUSAL_EXAMINED] = { "examined", 409, "Its papers have been examined",
                            "withdraw-before-acceptance", "nobody" },
  [ZC_REFUSAL_HELD]
  = { "held-by-other", 409, "Somebody else has accepted it", "holder-decides", "body" },
  [ZC_REFUSAL_NOT_HELD]
  = { "not-accepted-yet", 409, "Accept it before deciding", "accept-before-deciding", "body" },
  [ZC_REFUSAL_STALE] = { "stale", 409, "The dossier has changed since", "present-version", NULL },
  [ZC_REFUSAL_INCOMPLETE] = { "incomplete", 422, "Something required is missing or wrong",
                              "complete-before-submission", "applicant" },
  [ZC_REFUSAL_UNIT_PART]
  = { "unit-part-incomplete", 422, "The unit's own part is not complete",
      "unit-part-before-sending-on", "unit" },
  [ZC_REFUSAL_PUBLIC_NOTICE]
  = { "public-notice-incomplete", 422, "The unit's public notice is not complete",
      "public-notice-before-sending-on", "unit" },
  [ZC_REFUSAL_NOTICE_RUNNING]
  = { "public-notice-running", 409, "The unit's public notice is still running",
      "public-notice-before-sending-on", "time" },
  [ZC_REFUSAL_CALENDAR]
  = { "calendar-missing", 409, "A year of the notice has no published calendar",
      "published-calendar", "operator" },
  [ZC_REFUSAL_OPINION]
  = { "opinion-required", 422, "This decision needs an opinion", "opinion", "body" },
  [ZC_REFUSAL_NOTES_UNSEEN]
  = { "notes-unseen", 422, "The applicant does not see the sections that the notes stand in",
      "notes-where-they-are-seen", "body" },
  [ZC_REFUSAL_PRECONDITION]
  = { "precondition-failed", 412, "It has changed since", "present-version", NULL },
  [ZC_REFUSAL_NO_PRECONDITION]
  = { "precondition-required", 428, "If-Match is required", NULL, NULL },
  [ZC_REFUSAL_KEY_REUSED]
  = { "idempotency-key-reused", 422, "The key belongs to another request", NULL, NULL },
  [ZC_REFUSAL_KEY_RUNNING]
  = { "idempotency-key-running", 409, "The same request is still running", NULL, "time" },
  [ZC_REFUSAL_NO_KEY]
  = { "idempotency-key-required", 400, "Idempotency-Key is required", NULL, NULL },
  [ZC_REFUSAL_TOO_LARGE] = { "too-large", 413, "The body is too large", "size", NULL },
  [ZC_REFUSAL_MEDIA_TYPE] = { "media-type", 415, "The media type is not taken", NULL, NULL },
  [ZC_REFUSAL_IMAGE] = { "image", 422, "The image is not taken", "image-rules", "applicant" },
  [ZC_REFUSAL_GONE] = { "gone", 410, "The cursor is of another time", NULL, NULL },
  [ZC_REFUSAL_BUSY] = { "busy", 503, "The server is busy", NULL, "time" },
  [ZC_REFUSAL_STORAGE] = { "storage", 507, "The server cannot store anything", NULL, "operator" },
  [ZC_REFUSAL_TIMEOUT] = { "timeout", 408, "The request came too slowly", NULL, NULL },
  [ZC_REFUSAL_HEADERS] = { "headers-too-large", 431, "The headers are too large", NULL, NULL },
  [ZC_REFUSAL_INTERNAL] = { "internal", 500, "Something failed in the server", NULL, "operator" },
  [ZC_REFUSAL_OFFLINE] = { "offline", 0, "The server could not be reached", NULL, "time" },
};

typedef struct
{
  GPtrArray *problems;
  char *current;
  char *existing;
  gint64 limit; /* -1: none */
  ZcTime start; /* of the window */
  ZcTime end;   /* 0: none */
  int retry;    /* seconds, 0: none */
} ZcRefusalErrorPrivate;

static void
zc_refusal_error_private_init (ZcRefusalErrorPrivate *priv)
{
  priv->limit = -1;
}

static void
zc_refusal_error_private_copy (const ZcRefusalErrorPrivate *from, ZcRefusalErrorPrivate *to)
{
  to->problems = from->problems == NULL ? NULL : g_ptr_array_ref (from->problems);
  to->current = g_strdup (from->current);
  to->existing = g_strdup (from->existing);
  to->limit = from->limit;
  to->start = from->start;
  to->end = from->end;
  to->retry = from->retry;
}

static void
zc_refusal_error_private_clear (ZcRefusalErrorPrivate *priv)
{
  g_clear_pointer (&priv->problems, g_ptr_array_unref);
  g_clear_pointer (&priv->current, g_free);
  g_clear_pointer (&priv->existing, g_free);
}

/* GLib's macro reaches the private part through a byte pointer, which clang takes for a slip of
 * alignment. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-align"
G_DEFINE_EXTENDED_ERROR (ZcRefusalError, zc_refusal_error)
#pragma GCC diagnostic pop

static gboolean
is_code (int code)
{
  return code >= 0 && code < ZC_REFUSAL_LAST;
}

/**
 * zc_refusal_to_string:
 * @code: a code
 *
 * Returns: (transfer none): its published name, the last part of RFC 9457's type
 */
const char *
zc_refusal_to_string (ZcRefusal code)
{
  g_return_val_if_fail (is_code ((int)code), NULL);

  return table[code].name;
}

/**
 * zc_refusal_from_string:
 * @name: a published name
 * @code: (out): its code; untouched where there is none
 *
 * Returns: whether there is such a code
 */
gboolean
zc_refusal_from_string (const char *name, ZcRefusal *code)
{
  for (guint i = 0; i < ZC_REFUSAL_LAST; i++)
    if (g_str_equal (table[i].name, name))
      {
        *code = (ZcRefusal)i;
        return TRUE;
      }
  return FALSE;
}

/**
 * zc_refusal_status:
 * @code: a code
 *
 * Returns: its HTTP status; 0 for what no server says
 */
int
zc_refusal_status (ZcRefusal code)
{
  g_return_val_if_fail (is_code ((int)code), 500);

  return table[code].status;
}

/**
 * zc_refusal_title:
 * @code: a code
 *
 * Returns: (transfer none): what it means, in English, for logs
 */
const char *
zc_refusal_title (ZcRefusal code)
{
  g_return_val_if_fail (is_code ((int)code), NULL);

  return table[code].title;
}

/**
 * zc_refusal_rule:
 * @code: a code
 *
 * Returns: (transfer none) (nullable): id of the rule that forbids it (N12)
 */
const char *
zc_refusal_rule (ZcRefusal code)
{
  g_return_val_if_fail (is_code ((int)code), NULL);

  return table[code].rule;
}

/**
 * zc_refusal_lifted_by:
 * @code: a code
 *
 * Returns: (transfer none) (nullable): who can lift it: "applicant"; "holder", whoever has the
 * dossier now; "body", the one that the person acts for; "unit", "department", "office",
 * "committee"; "nobody" any more; "time"; "operator"
 */
const char *
zc_refusal_lifted_by (ZcRefusal code)
{
  g_return_val_if_fail (is_code ((int)code), NULL);

  return table[code].lifted_by;
}

/**
 * zc_refusal_new:
 * @code: a code
 * @detail: a format, English, for logs: no personal data
 * @...: its arguments
 *
 * Returns: (transfer full): an error of #ZC_REFUSAL_ERROR
 */
GError *
zc_refusal_new (ZcRefusal code, const char *detail, ...)
{
  GError *error;
  va_list args;

  va_start (args, detail);
  error = g_error_new_valist (ZC_REFUSAL_ERROR, (int)code, detail, args);
  va_end (args);
  return error;
}

/**
 * zc_refusal_set:
 * @error: (nullable): where to put it
 * @code: a code
 * @detail: a format, as for zc_refusal_new()
 * @...: its arguments
 */
void
zc_refusal_set (GError **error, ZcRefusal code, const char *detail, ...)
{
  va_list args;

  va_start (args, detail);
  if (error != NULL)
    g_propagate_error (error, g_error_new_valist (ZC_REFUSAL_ERROR, (int)code, detail, args));
  va_end (args);
}

static ZcRefusalErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == ZC_REFUSAL_ERROR ? zc_refusal_error_get_private (error)
                                                            : NULL;
}

/**
 * zc_refusal_take_problems:
 * @error: a refusal
 * @problems: (transfer full) (element-type ZcProblem): what is wrong, not to be changed afterwards
 */
void
zc_refusal_take_problems (GError *error, GPtrArray *problems)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  g_clear_pointer (&priv->problems, g_ptr_array_unref);
  priv->problems = problems;
}

/**
 * zc_refusal_set_retry:
 * @error: a refusal
 * @seconds: after which to try again
 */
void
zc_refusal_set_retry (GError *error, int seconds)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  priv->retry = seconds;
}

/**
 * zc_refusal_set_limit:
 * @error: a refusal
 * @limit: the limit that was broken
 */
void
zc_refusal_set_limit (GError *error, gint64 limit)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  priv->limit = limit;
}

/**
 * zc_refusal_set_window:
 * @error: a refusal
 * @start: the first instant at which it was or will be possible
 * @end: the first at which it no longer is
 */
void
zc_refusal_set_window (GError *error, ZcTime start, ZcTime end)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  priv->start = start;
  priv->end = end;
}

/**
 * zc_refusal_take_current:
 * @error: a refusal
 * @json: (transfer full): the present state, as JSON
 */
void
zc_refusal_take_current (GError *error, char *json)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  g_free (priv->current);
  priv->current = json;
}

/**
 * zc_refusal_set_existing:
 * @error: a refusal
 * @id: (nullable): the dossier that stands in the way
 */
void
zc_refusal_set_existing (GError *error, const char *id)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);
  g_set_str (&priv->existing, id);
}

/**
 * zc_refusal_get_problems:
 * @error: (nullable): any error
 *
 * Returns: (transfer none) (nullable) (element-type ZcProblem): the problems it carries
 */
GPtrArray *
zc_refusal_get_problems (const GError *error)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  return priv == NULL ? NULL : priv->problems;
}

/**
 * zc_refusal_get_retry:
 * @error: (nullable): any error
 *
 * Returns: seconds after which to try again; 0 where it does not say
 */
int
zc_refusal_get_retry (const GError *error)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  return priv == NULL ? 0 : priv->retry;
}

/**
 * zc_refusal_get_limit:
 * @error: (nullable): any error
 *
 * Returns: the limit that was broken; -1 where it does not say
 */
gint64
zc_refusal_get_limit (const GError *error)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  return priv == NULL ? -1 : priv->limit;
}

/**
 * zc_refusal_get_window:
 * @error: (nullable): any error
 * @start: (out): when it opens or opened
 * @end: (out): when it closes or closed
 *
 * Returns: whether it says; both are untouched when not
 */
gboolean
zc_refusal_get_window (const GError *error, ZcTime *start, ZcTime *end)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  if (priv == NULL || priv->end == 0)
    return FALSE;
  *start = priv->start;
  *end = priv->end;
  return TRUE;
}

/**
 * zc_refusal_get_current:
 * @error: (nullable): any error
 *
 * Returns: (transfer none) (nullable): the present state, as JSON
 */
const char *
zc_refusal_get_current (const GError *error)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  return priv == NULL ? NULL : priv->current;
}

/**
 * zc_refusal_get_existing:
 * @error: (nullable): any error
 *
 * Returns: (transfer none) (nullable): id of the dossier that stands in the way
 */
const char *
zc_refusal_get_existing (const GError *error)
{
  ZcRefusalErrorPrivate *priv = get_private (error);

  return priv == NULL ? NULL : priv->existing;
}
