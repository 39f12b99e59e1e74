/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-check.h"

/* Answers given in one revision of a business, carried into another one (decisions 16). */
typedef struct
{
  const ZcBusiness *to;
  const ZcBusiness *drafted; /* (nullable): the revision that a draft is of: what breaks its structure already goes along too */
  gboolean          anew; /* into another dossier: what a person declares or signs is not carried, and not told */
} ZcCarry;

/* The document of that section in the other revision, as JSON: (transfer full); NULL: there is no such section, or of another
 * kind. What found no place is added to the array that left is writing. */
char *zc_carry_document (const ZcCarry     *carry,
                         const ZcSection   *from,
                         const ZcJsonValue *document,
                         ZcJsonWriter      *left);
