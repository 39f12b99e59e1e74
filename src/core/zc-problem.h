/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What is wrong with a form or an image, as published codes. The client words them; the server sends them. */
typedef enum
{
  ZC_PROBLEM_NONE,
  /* of a value */
  ZC_PROBLEM_REQUIRED,          /* "required" */
  ZC_PROBLEM_TYPE,              /* "type": another JSON type than the field's */
  ZC_PROBLEM_UNKNOWN_FIELD,     /* "unknown-field" */
  ZC_PROBLEM_UNKNOWN_SECTION,   /* "unknown-section" */
  ZC_PROBLEM_TOO_LONG,          /* "too-long", limit: characters as people count them */
  ZC_PROBLEM_TOO_SHORT,         /* "too-short", limit */
  ZC_PROBLEM_TOO_SMALL,         /* "too-small", limit: least number */
  ZC_PROBLEM_TOO_LARGE,         /* "too-large", limit: greatest number */
  ZC_PROBLEM_NOT_A_CHOICE,      /* "not-a-choice" */
  ZC_PROBLEM_DATE,              /* "date" */
  ZC_PROBLEM_MONTH,             /* "month" */
  ZC_PROBLEM_DATE_ORDER,        /* "date-order": the end lies before the start */
  ZC_PROBLEM_IN_FUTURE,         /* "in-future" */
  ZC_PROBLEM_FEW_WORKING_DAYS,  /* "too-few-working-days", limit: of a notice, start and end counted */
  ZC_PROBLEM_NOT_OVER,          /* "not-over": the last day of a notice is not over yet */
  ZC_PROBLEM_CALENDAR,          /* "calendar": a year of it has no published calendar, so nothing is counted */
  ZC_PROBLEM_ID_FORMAT,         /* "id-format" */
  ZC_PROBLEM_ID_CHECKSUM,       /* "id-checksum" */
  ZC_PROBLEM_ID_DATE,           /* "id-date" */
  ZC_PROBLEM_ID_REGION,         /* "id-region" */
  ZC_PROBLEM_CREDIT_CODE,       /* "credit-code" */
  ZC_PROBLEM_MOBILE,            /* "mobile" */
  ZC_PROBLEM_EMAIL,             /* "email" */
  ZC_PROBLEM_NAME,              /* "name" */
  ZC_PROBLEM_CONTROL_CHARACTER, /* "control-character" */
  ZC_PROBLEM_COMPUTED,          /* "computed": the sum sent is not the sum */
  ZC_PROBLEM_NOT_THE_SAME,      /* "not-the-same": not what the account tells */
  /* of entries */
  ZC_PROBLEM_TOO_FEW_ENTRIES,   /* "too-few-entries", limit */
  ZC_PROBLEM_TOO_MANY_ENTRIES,  /* "too-many-entries", limit */
  ZC_PROBLEM_DUPLICATE_ENTRY,   /* "duplicate-entry": two entries of one id */
  /* of a list of images */
  ZC_PROBLEM_TOO_FEW_IMAGES,    /* "too-few-images", limit */
  ZC_PROBLEM_TOO_MANY_IMAGES,   /* "too-many-images", limit */
  ZC_PROBLEM_DUPLICATE_IMAGE,   /* "duplicate-image" */
  ZC_PROBLEM_IMAGE_MISSING,     /* "image-missing": the server does not hold it */
  /* of an image */
  ZC_PROBLEM_IMAGE_EMPTY,       /* "image-empty" */
  ZC_PROBLEM_NOT_JPEG,          /* "not-jpeg" */
  ZC_PROBLEM_IMAGE_TRUNCATED,   /* "image-truncated" */
  ZC_PROBLEM_TRAILING_BYTES,    /* "trailing-bytes" */
  ZC_PROBLEM_METADATA,          /* "metadata": EXIF, GPS, comments … */
  ZC_PROBLEM_IMAGE_DAMAGED,     /* "image-damaged": the structure contradicts itself */
  ZC_PROBLEM_BIT_DEPTH,         /* "bit-depth" */
  ZC_PROBLEM_CODING,            /* "coding": lossless, hierarchical or arithmetic */
  ZC_PROBLEM_COMPONENTS,        /* "components": neither 1 nor 3 */
  ZC_PROBLEM_TOO_MANY_PIXELS,   /* "too-many-pixels", limit */
  ZC_PROBLEM_TOO_MANY_BYTES,    /* "too-many-bytes", limit */
  ZC_PROBLEM_TOO_NARROW,        /* "too-narrow", limit: least width */
  ZC_PROBLEM_TOO_LOW,           /* "too-low", limit: least height */
  ZC_PROBLEM_EDGE_TOO_SHORT,    /* "edge-too-short", limit: least long edge */
  ZC_PROBLEM_DIGEST,            /* "digest": the bytes are not those named */
  /* of an account */
  ZC_PROBLEM_PASSWORD_SHORT,    /* "password-short", limit */
  ZC_PROBLEM_PASSWORD_CLASSES,  /* "password-classes" */
  ZC_PROBLEM_PASSWORD_COMMON,   /* "password-common" */
  ZC_PROBLEM_PASSWORD_PERSONAL, /* "password-personal" */
  ZC_PROBLEM_PASSWORD_LONG,     /* "password-long", limit */
  ZC_PROBLEM_CODE,              /* "code": wrong, used or expired verification code */
  ZC_PROBLEM_QUESTIONS,         /* "questions": three different ones with an answer each */
  ZC_PROBLEM_LAST
} ZcProblemCode;

const char    *zc_problem_code_to_string   (ZcProblemCode  code);
ZcProblemCode  zc_problem_code_from_string (const char    *name);

/* One problem and where it is. Every place may be NULL; limit is -1 where the code has none. */
typedef struct
{
  char          *section;
  char          *entry;  /* id of the entry */
  char          *field;
  char          *image;  /* digest */
  ZcProblemCode  code;
  gint64         limit;
  gboolean       advice; /* advice does not block (P8) */
} ZcProblem;

ZcProblem     *zc_problem_new              (ZcProblemCode    code,
                                            const char      *section,
                                            const char      *entry,
                                            const char      *field,
                                            const char      *image,
                                            gint64           limit);
ZcProblem     *zc_problem_copy             (const ZcProblem *problem);
void           zc_problem_free             (ZcProblem       *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcProblem, zc_problem_free)
