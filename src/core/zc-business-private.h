/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"

/* What the loader, the linker of conditions and the exporter share. */

/* Bounds of the format itself: beyond them a file is refused, so that no reader needs to fear one. */
enum
{
  ZC_BUSINESS_MAX_SECTIONS = 64,
  ZC_BUSINESS_MAX_FIELDS = 128,   /* of a section */
  ZC_BUSINESS_MAX_CHOICES = 500,
  ZC_BUSINESS_MAX_ENTRIES = 500,
  ZC_BUSINESS_MAX_CONDITIONS = 8,  /* keys of a condition */
  ZC_BUSINESS_MAX_VALUES = 100,    /* of a key of a condition */
  ZC_BUSINESS_MAX_COST = 200,      /* conditions asked, by way of others, until one field is decided */
  ZC_BUSINESS_MAX_LABEL = 200,
  ZC_BUSINESS_MAX_HINT = 1000,
  ZC_BUSINESS_MAX_INSTRUCTIONS = 20000,
  ZC_BUSINESS_MAX_LENGTH = 100000, /* characters of an answer */
  ZC_BUSINESS_MAX_IMAGES = 500,
  ZC_BUSINESS_MAX_SHARE = 1000,    /* parts of a whole */
  ZC_BUSINESS_MAX_WORKING_DAYS = 200,
  ZC_BUSINESS_MAX_PIXELS = 65500,  /* of an edge: more than JPEG can say */
};
#define ZC_BUSINESS_MAX_IMAGE_BYTES (64 * G_GINT64_CONSTANT (1024) * 1024)
#define ZC_BUSINESS_MAX_NUMBER 9007199254740991.0

struct _ZcBusiness
{
  ZcJson     *json; /* owns every string below */
  char       *text;
  gsize       length;
  GPtrArray  *blocks; /* owns every array below */

  const char  *id;
  const char  *title;
  const char  *instructions;
  const char **target;
  const char **stages;
  ZcSection   *sections;
  const ZcAdmission *admission; /* (nullable) */
  const ZcAmendment *amendment; /* (nullable) */
  guint        n_sections;
  int          revision;
  gboolean     one_series_per_year;
  gboolean     one_open_per_person;
  gboolean     resubmits_to_returning_stage;
  gboolean     grants; /* a title that was not held before */
  gboolean     asks_account; /* a condition reads what the account tells */
};

/* One loading: where it is in the file, for the message. */
typedef struct
{
  ZcBusiness *business;
  GString    *path;
  GError    **error;
} ZcLoader;

gsize        zc_loader_enter   (ZcLoader          *loader,
                                const char        *format,
                                ...) G_GNUC_PRINTF (2, 3);
void         zc_loader_leave   (ZcLoader          *loader,
                                gsize              mark);
gboolean     zc_loader_fail    (ZcLoader          *loader,
                                const char        *member,
                                const char        *format,
                                ...) G_GNUC_PRINTF (3, 4); /* always FALSE */
gboolean     zc_loader_expect  (ZcLoader           *loader,
                                const ZcJsonValue  *value,
                                const ZcJsonMember *members,
                                guint               n_members);
gboolean     zc_loader_id      (ZcLoader          *loader,
                                const ZcJsonValue *object,
                                const char       **id);
gboolean     zc_loader_words   (ZcLoader          *loader,
                                const ZcJsonValue *object,
                                const char        *member,
                                guint              max,
                                const char       **text);
gboolean     zc_loader_count   (ZcLoader          *loader,
                                const ZcJsonValue *object,
                                const char        *member,
                                gint64             low,
                                gint64             high,
                                gint64            *count);
gboolean     zc_loader_strings (ZcLoader          *loader,
                                const ZcJsonValue *array,
                                const char        *member,
                                guint              max,
                                const char      ***strings);
void        *zc_loader_block   (ZcLoader          *loader,
                                gsize              count,
                                gsize              size);

/* First pass, inside of a section: a field by itself. */
gboolean     zc_business_parse_field (ZcLoader          *loader,
                                      const ZcJsonValue *object,
                                      ZcField           *field);

/* Second pass: what names something elsewhere in the file. */
gboolean     zc_business_link  (ZcLoader          *loader);
gboolean     zc_business_link_admission (ZcLoader *loader);
gboolean     zc_business_link_amendment (ZcLoader *loader);
