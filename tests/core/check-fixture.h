/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-check.h"

/* A whole dossier of an invented business, of which each case spoils one piece; ' stands for ". */

#define NOW "2026-11-24T00:00:00+08:00" /* the 24th in China, still the 23rd in UTC */
#define A "018f0000-0000-7000-8000-00000000000a"
#define B "018f0000-0000-7000-8000-00000000000b"
#define PICTURE(n, rest)                                                                           \
  "{'sha256':'000000000000000000000000000000000000000000000000000000000000000" n "'," rest "}"
#define SMALL "'bytes':400,'width':900,'height':900,'name':'a.jpg'"

extern const char check_whole[];

typedef struct
{
  ZcBusiness *business;
  ZcJson *json;
  const ZcJsonValue **sections;
  ZcAnswers answers;
} CheckDossier;

ZcBusiness *check_load     (const char   *path);
ZcJson     *check_parse    (const char   *text);
/* Takes the business; the moment is NOW. */
void        check_open     (CheckDossier *dossier,
                            ZcBusiness   *business,
                            const char   *text);
void        check_close    (CheckDossier *dossier);
/* The text with the first of each piece replaced. */
char       *check_replace  (const char   *text,
                            const char   *piece,
                            const char   *instead);
/* "section.field code limit; …", an entry by the last digit of its id, an image by that of its digest. */
char       *check_describe (GPtrArray    *problems);
