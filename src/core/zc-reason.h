/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-json.h"

/* Why a dossier is returned, as published codes (P9). The client words them; the server takes no other. */
typedef enum
{
  ZC_REASON_NONE,         /* none was chosen: the text says it all */
  ZC_REASON_MISSING,      /* "missing": something that is asked for is not there */
  ZC_REASON_UNCLEAR,      /* "unclear": cannot be read, or not understood */
  ZC_REASON_WRONG,        /* "wrong": filled in wrongly */
  ZC_REASON_INCONSISTENT, /* "inconsistent": says something else than the papers, or than another place */
  ZC_REASON_UNPROVEN,     /* "unproven": no paper shows it */
  ZC_REASON_UNSIGNED,     /* "unsigned": a seal or a signature is missing */
  ZC_REASON_EXPIRED,      /* "expired": no longer valid, or too old */
  ZC_REASON_INELIGIBLE,   /* "ineligible": does not meet a condition of what is applied for */
  ZC_REASON_OTHER,        /* "other" */
  ZC_REASON_LAST
} ZcReason;

/* How much may be written: the server refuses more, the client stops there. */
#define ZC_NOTE_MAX_CHARACTERS 500
#define ZC_NOTES_MAX 200   /* of one decision */
#define ZC_PHRASES_MAX 100 /* usual phrases of one body, each as long as a note */

const char *zc_reason_to_string   (ZcReason            reason); /* (nullable): of ZC_REASON_NONE */
gboolean    zc_reason_from_string (const char         *name,    /* (nullable): ZC_REASON_NONE */
                                   ZcReason           *reason);
/* Whether a note may stand there: everything behind section may be NULL. */
gboolean    zc_place_exists       (const ZcSection    *section,
                                   const ZcJsonValue  *document,
                                   const char         *entry,
                                   const char         *field,
                                   const char         *image);
