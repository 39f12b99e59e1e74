/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-calendar.h"
#include "zc-refusal.h"
#include "zc-time.h"

/* The one check of answers, which client and server run alike: pure, the clock an argument.
 *
 * Answers are one JSON document a section, by the section's place in the business; NULL for one that was
 * never written. {"values": {field: value}} or {"entries": [{"id": uuid, "values": {…}}]}.
 * Values: text, paragraph, date ("2026-11-23"), month ("2026-11"), choice, id-number, credit-code, mobile,
 * email: string; integer: integer; decimal: number; flag: true or false; images: an array of
 * {"sha256": hex, "bytes": n, "width": n, "height": n, "name": "…"}. An absent member, null, "" and [] are all "empty".
 */
typedef struct
{
  const ZcBusiness   *business;
  const ZcJsonValue **sections;   /* one for each section of the business, NULL where empty */
  const ZcJsonValue  *target;     /* {"unit": id, "series": id, "level": id, "committee": id …}: ids only */
  const ZcCalendar   *calendar;   /* (nullable): NULL: the State Council's, as this program brings it */
  ZcTime              now;
  gboolean            has_title;  /* whether the applicant holds a title already (first title: no) */
  const char         *name;       /* (nullable): the account's; NULL: not known here, nothing is compared with it */
} ZcAnswers;

/* Whose sections: the applicant's before submitting, the unit's before sending on. */
GPtrArray *zc_check            (const ZcAnswers    *answers,
                                ZcFills             fills);      /* ZcProblem, (transfer full), empty: nothing wrong */
GPtrArray *zc_check_section    (const ZcAnswers    *answers,
                                guint               section);
/* Whether a section records a public notice: one of its dates asks for working days (U7). */
gboolean   zc_section_is_notice (const ZcSection   *section);
/* What these problems of the unit's sections keep the unit from sending on by (N12): ZC_REFUSAL_LAST: none of them blocks. */
ZcRefusal  zc_check_attestation (const ZcBusiness  *business,
                                 GPtrArray         *problems);   /* ZcProblem, by zc_check() */
/* Structure alone: shape, types, unknown fields, control characters, upper limits of text, entries and counts, and every
 * limit of an image. What breaks it is never stored, whether the field applies or not. */
GPtrArray *zc_check_structure  (const ZcBusiness   *business,
                                guint               section,
                                const ZcJsonValue  *document);
gboolean   zc_section_applies  (const ZcAnswers    *answers,
                                guint               section);
/* entry: NULL outside a repeating section, else the entry's "values" */
gboolean   zc_field_applies    (const ZcAnswers    *answers,
                                guint               section,
                                const ZcField      *field,
                                const ZcJsonValue  *entry);
gboolean   zc_field_is_required (const ZcAnswers   *answers,
                                 guint              section,
                                 const ZcField     *field,
                                 const ZcJsonValue *entry);
gboolean   zc_field_is_advised (const ZcAnswers    *answers,
                                guint               section,
                                const ZcField      *field,
                                const ZcJsonValue  *entry);
guint      zc_section_min_entries (const ZcAnswers *answers,
                                   guint            section);
/* Whether a condition of that section reads the given section: then its state follows from that one's answers too. */
gboolean   zc_section_depends_on (const ZcBusiness *business,
                                  guint             section,
                                  guint             on);

/* What a computed field shows: the sum of the numbers that apply in these values. */
double     zc_field_sum        (const ZcAnswers    *answers,
                                guint               section,
                                const ZcField      *field,
                                const ZcJsonValue  *values);

typedef enum
{
  ZC_SECTION_EMPTY,       /* "empty": nothing entered, something required */
  ZC_SECTION_INCOMPLETE,  /* "incomplete" */
  ZC_SECTION_COMPLETE,    /* "complete" */
  ZC_SECTION_OPTIONAL,    /* "optional": nothing entered, nothing required: counts as complete (可不填) */
  ZC_SECTION_HIDDEN,      /* "hidden": its when does not hold */
} ZcSectionState;

ZcSectionState  zc_section_judge             (const ZcAnswers *answers,
                                              guint            section,
                                              GPtrArray       *found,      /* by zc_check_section() */
                                              guint           *n_problems); /* (out) (optional) */
ZcSectionState  zc_section_state             (const ZcAnswers *answers,
                                              guint            section,
                                              guint           *n_problems); /* (out) (optional) */
const char     *zc_section_state_to_string   (ZcSectionState   state);
gboolean        zc_section_state_from_string (const char      *name,
                                              ZcSectionState  *state);

/* The images that a document names, in order, without doubles: digests as (transfer none) strings. */
GPtrArray      *zc_answers_list_images       (const ZcSection   *section,
                                              const ZcJsonValue *document);
/* One image against its field's limits: ZC_PROBLEM_NONE or the first limit it breaks, with the limit. */
ZcProblemCode   zc_check_image_limits        (const ZcImageLimits *limits,
                                              gint64               bytes,
                                              int                  width,
                                              int                  height,
                                              gint64              *limit);
/* The document as it is submitted: values whose when is false left out: JSON, (transfer full). */
char           *zc_answers_submitted_section (const ZcAnswers   *answers,
                                              guint              section);
