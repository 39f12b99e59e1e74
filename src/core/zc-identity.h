/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-problem.h"
#include "zc-time.h"

/* Identity documents (domain 4). The 15-digit ID card is not taken. */
typedef enum
{
  ZC_IDENTITY_ID_CARD,            /* "id-card": 18 digits, ISO 7064 MOD 11-2 */
  ZC_IDENTITY_RESIDENCE_PERMIT,   /* "residence-permit": 810000, 820000, 830000 … */
  ZC_IDENTITY_FOREIGN_PERMANENT,  /* "foreign-permanent": new, 18 digits beginning 9; old, 3 letters and 12 digits */
} ZcIdentityKind;

typedef enum
{
  ZC_SEX_UNKNOWN,
  ZC_SEX_MALE,
  ZC_SEX_FEMALE,
} ZcSex;

gboolean       zc_identity_kind_from_string (const char     *name,
                                             ZcIdentityKind *kind);
const char    *zc_identity_kind_to_string   (ZcIdentityKind  kind);

/* Returns ZC_PROBLEM_NONE or what is wrong. birth_date: 11 bytes ("1990-03-07"); empty where the document does not tell. */
ZcProblemCode  zc_identity_check            (ZcIdentityKind  kind,
                                             const char     *number,
                                             ZcTime          now,
                                             char            birth_date[11],
                                             ZcSex          *sex);
gboolean       zc_birth_date_is_valid       (const char     *date,
                                             ZcTime          now);
ZcProblemCode  zc_credit_code_check         (const char     *code);
ZcProblemCode  zc_mobile_check              (const char     *mobile);
ZcProblemCode  zc_email_check               (const char     *email);
ZcProblemCode  zc_name_check                (const char     *name);
#define ZC_PASSWORD_MIN_LENGTH 10   /* characters: the limit that ZC_PROBLEM_PASSWORD_SHORT goes with */
#define ZC_PASSWORD_LONG_ENOUGH 15  /* characters: from here on no classes are asked for */
#define ZC_PASSWORD_MAX_BYTES 1024  /* the limit that ZC_PROBLEM_PASSWORD_LONG goes with */
/* 10 characters and three classes, or 15 of anything; not in the block list; holds none of name, number, mobile, birthday (SEC-S02, S03). */
ZcProblemCode  zc_password_check            (const char     *password,
                                             const char     *name,
                                             const char     *id_number,
                                             const char     *mobile);

/* Normal forms, for uniqueness only (decisions 12): (transfer full) */
char          *zc_normal_id_number          (const char     *number);
char          *zc_normal_mobile             (const char     *mobile);
char          *zc_normal_email              (const char     *email);

/* (transfer full) "4501**********123X", "138****8000", "z***@example.org" */
char          *zc_mask_id_number            (const char     *number);
char          *zc_mask_mobile               (const char     *mobile);
char          *zc_mask_email                (const char     *email);
