/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"
#include "zc-problem.h"
#include "zc-time.h"

/* Why a request was refused: RFC 9457's type is "urn:zhicheng:problem:" and the name of the code.
 * One table holds, for each code, the HTTP status, an English title for logs, and the rule behind it
 * (N12): what forbids it and who can lift it, as ids that the client words.
 */
typedef enum
{
  ZC_REFUSAL_BAD_REQUEST,        /* 400 "bad-request": framing, path, query */
  ZC_REFUSAL_BAD_JSON,           /* 400 "bad-json" */
  ZC_REFUSAL_INVALID,            /* 422 "invalid": carries problems */
  ZC_REFUSAL_SIGNED_OUT,         /* 401 "signed-out": no, unknown, expired or ended token */
  ZC_REFUSAL_WRONG_PASSWORD,     /* 401 "wrong-credentials": one neutral answer (S2.1) */
  ZC_REFUSAL_WRONG_CODE,         /* 422 "wrong-code" */
  ZC_REFUSAL_LOCKED,             /* 429 "locked", retry_after */
  ZC_REFUSAL_TOO_MANY,           /* 429 "too-many-requests", retry_after */
  ZC_REFUSAL_IMAGES_UNNAMED,     /* 429 "images-unnamed", retry_after: too many uploaded images that no section names yet */
  ZC_REFUSAL_FORBIDDEN,          /* 403 "forbidden" */
  ZC_REFUSAL_OWN_DOSSIER,        /* 403 "own-dossier": nobody acts on their own */
  ZC_REFUSAL_ONESELF,            /* 403 "oneself": nobody takes away or gives themselves a right */
  ZC_REFUSAL_SECOND_FACTOR,      /* 403 "second-factor": show a code of it first */
  ZC_REFUSAL_NO_FACTOR,          /* 403 "second-factor-missing": set one up first */
  ZC_REFUSAL_STEP_UP,            /* 403 "step-up": a session made by a code alone does not allow it (SEC-S15) */
  ZC_REFUSAL_NOT_FOUND,          /* 404 "not-found" */
  ZC_REFUSAL_METHOD,             /* 405 "method" */
  ZC_REFUSAL_NOTICE,             /* 422 "notice-version": the notice of this version was not accepted */
  ZC_REFUSAL_ID_TAKEN,           /* 409 "id-number-taken" */
  ZC_REFUSAL_MOBILE_TAKEN,       /* 409 "mobile-taken" */
  ZC_REFUSAL_EMAIL_TAKEN,        /* 409 "email-taken" */
  ZC_REFUSAL_ONE_SERIES,         /* 409 "one-series-per-year", existing: the dossier that holds the place */
  ZC_REFUSAL_ONE_OPEN,           /* 409 "one-open-per-person", existing: the one that is not done with */
  ZC_REFUSAL_CREDIT_CODE_TAKEN,  /* 409 "credit-code-taken": a body with that credit code is registered already */
  ZC_REFUSAL_NO_HEAD,            /* 422 "head-unknown": no unit has the credit code that was given as the head's */
  ZC_REFUSAL_HEAD_BELOW,         /* 422 "head-below": that unit is this one, or a branch below it */
  ZC_REFUSAL_NOT_LEADER,         /* 403 "not-a-leader": only a leader of the unit may ask that */
  ZC_REFUSAL_WINDOW_CLOSED,      /* 409 "window-closed", window: before it opens or after it closed */
  ZC_REFUSAL_TARGET,             /* 422 "target": this combination cannot be filed */
  ZC_REFUSAL_EXAM_ONLY,          /* 422 "exam-only": titles of that level come from the national exam alone */
  ZC_REFUSAL_NO_COMMITTEE,       /* 422 "no-committee": that committee does not evaluate this series and level */
  ZC_REFUSAL_DEPARTMENT,         /* 422 "department": no such department, or nobody of that name may act there */
  ZC_REFUSAL_COLLEAGUE,          /* 422 "colleague": nobody of that id may act for this body on this dossier */
  ZC_REFUSAL_NOT_EDITABLE,       /* 409 "not-editable" */
  ZC_REFUSAL_FORM_CURRENT,       /* 409 "form-current": the dossier has the newest form already */
  ZC_REFUSAL_NOT_ALLOWED,        /* 409 "not-allowed": the act does not fit stage and state */
  ZC_REFUSAL_ALREADY_ACCEPTED,   /* 409 "already-accepted": withdraw after the unit began (S3.1.5b) */
  ZC_REFUSAL_WITH_DEPARTMENT,    /* 409 "with-department": the same where a department has it, whose it is then to return it */
  ZC_REFUSAL_WITH_OFFICE,        /* 409 "with-office": likewise */
  ZC_REFUSAL_WITH_COMMITTEE,     /* 409 "with-committee": likewise */
  ZC_REFUSAL_EXAMINED,           /* 409 "examined": withdraw after the papers were examined: nobody returns it any more */
  ZC_REFUSAL_HELD,               /* 409 "held-by-other" */
  ZC_REFUSAL_NOT_HELD,           /* 409 "not-accepted-yet": decide without having accepted */
  ZC_REFUSAL_STALE,              /* 409 "stale": the act named another version; current */
  ZC_REFUSAL_INCOMPLETE,         /* 422 "incomplete": carries problems */
  ZC_REFUSAL_UNIT_PART,          /* 422 "unit-part-incomplete": carries problems of the unit's own sections (U5) */
  ZC_REFUSAL_PUBLIC_NOTICE,      /* 422 "public-notice-incomplete": likewise, the record of its notice among them (U7) */
  ZC_REFUSAL_NOTICE_RUNNING,     /* 409 "public-notice-running": likewise, and all that is left is that it ends */
  ZC_REFUSAL_CALENDAR,           /* 409 "calendar-missing": likewise, a year of it has no published calendar (decisions 7) */
  ZC_REFUSAL_OPINION,            /* 422 "opinion-required" */
  ZC_REFUSAL_NOTES_UNSEEN,       /* 422 "notes-unseen": what the applicant is told stands where they see nothing (P9) */
  ZC_REFUSAL_PRECONDITION,       /* 412 "precondition-failed": a stale If-Match; current */
  ZC_REFUSAL_NO_PRECONDITION,    /* 428 "precondition-required" */
  ZC_REFUSAL_KEY_REUSED,         /* 422 "idempotency-key-reused" */
  ZC_REFUSAL_KEY_RUNNING,        /* 409 "idempotency-key-running", retry_after */
  ZC_REFUSAL_NO_KEY,             /* 400 "idempotency-key-required" */
  ZC_REFUSAL_TOO_LARGE,          /* 413 "too-large", limit */
  ZC_REFUSAL_MEDIA_TYPE,         /* 415 "media-type" */
  ZC_REFUSAL_IMAGE,              /* 422 "image": carries one problem */
  ZC_REFUSAL_GONE,               /* 410 "gone": a cursor of another epoch or too old */
  ZC_REFUSAL_BUSY,               /* 503 "busy", retry_after */
  ZC_REFUSAL_STORAGE,            /* 507 "storage": the disk is full or broken */
  ZC_REFUSAL_TIMEOUT,            /* 408 "timeout": the request came too slowly */
  ZC_REFUSAL_HEADERS,            /* 431 "headers-too-large" */
  ZC_REFUSAL_INTERNAL,           /* 500 "internal": carries only an id for the log */
  ZC_REFUSAL_OFFLINE,            /* client only: the server could not be reached */
  ZC_REFUSAL_LAST
} ZcRefusal;

#define ZC_REFUSAL_ERROR (zc_refusal_error_quark ())
GQuark             zc_refusal_error_quark  (void);

const char        *zc_refusal_to_string    (ZcRefusal           code);
gboolean           zc_refusal_from_string  (const char         *name,
                                            ZcRefusal          *code);
int                zc_refusal_status       (ZcRefusal           code);
const char        *zc_refusal_title        (ZcRefusal           code);
const char        *zc_refusal_rule         (ZcRefusal           code); /* (nullable): id of the rule */
const char        *zc_refusal_lifted_by    (ZcRefusal           code); /* (nullable): "applicant", "holder", "body", "unit", "department", "office", "committee", "nobody", "time", "operator" */

/* An error of this domain carries what its reply carries (GLib's extended errors). */
GError            *zc_refusal_new          (ZcRefusal           code,
                                            const char         *detail,
                                            ...) G_GNUC_PRINTF (2, 3);
void               zc_refusal_set          (GError            **error,
                                            ZcRefusal           code,
                                            const char         *detail,
                                            ...) G_GNUC_PRINTF (3, 4);
void               zc_refusal_take_problems (GError            *error,
                                             GPtrArray         *problems); /* ZcProblem, (transfer full) */
void               zc_refusal_set_retry    (GError             *error,
                                            int                 seconds);
void               zc_refusal_set_limit    (GError             *error,
                                            gint64              limit);
void               zc_refusal_set_window   (GError             *error,
                                            ZcTime              start,
                                            ZcTime              end);
void               zc_refusal_take_current (GError             *error,
                                            char               *json); /* the present state, as JSON, (transfer full) */
void               zc_refusal_set_existing (GError             *error,
                                            const char         *id);
GPtrArray         *zc_refusal_get_problems (const GError       *error); /* (transfer none) (nullable) */
int                zc_refusal_get_retry    (const GError       *error); /* 0: none */
gint64             zc_refusal_get_limit    (const GError       *error); /* -1: none */
gboolean           zc_refusal_get_window   (const GError       *error, /* FALSE: it does not say */
                                            ZcTime             *start,
                                            ZcTime             *end);
const char        *zc_refusal_get_current  (const GError       *error);
const char        *zc_refusal_get_existing (const GError       *error);

char              *zc_refusal_to_json      (const GError       *error);  /* application/problem+json */
GError            *zc_refusal_from_json    (int                 status,
                                            const char         *json,
                                            gsize               length);

void               zc_problems_write       (ZcJsonWriter       *writer,
                                            const char         *key,
                                            GPtrArray          *problems);
GPtrArray         *zc_problems_read        (const ZcJsonValue  *array,
                                            GError            **error);
