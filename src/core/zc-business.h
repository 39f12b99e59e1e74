/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"

/* A business is data: one file of data/businesses, or one imported into a running server (decisions 15).
 * Loaded once, immutable, reference counted, shared by threads. Strings are borrowed from it.
 * Nothing in src/ knows the id of a section or a field.
 */
typedef struct _ZcBusiness ZcBusiness;

typedef enum
{
  ZC_FIELD_TEXT,
  ZC_FIELD_PARAGRAPH,
  ZC_FIELD_INTEGER,
  ZC_FIELD_DECIMAL,
  ZC_FIELD_DATE,
  ZC_FIELD_MONTH,
  ZC_FIELD_CHOICE,
  ZC_FIELD_FLAG,
  ZC_FIELD_ID_NUMBER,
  ZC_FIELD_CREDIT_CODE,
  ZC_FIELD_MOBILE,
  ZC_FIELD_EMAIL,
  ZC_FIELD_IMAGES,
  ZC_FIELD_COMPUTED,
} ZcFieldType;

typedef enum
{
  ZC_FILLS_APPLICANT,
  ZC_FILLS_UNIT,
} ZcFills;

typedef struct _ZcField ZcField;

/* What a condition looks at, found when the business is loaded. */
typedef enum
{
  ZC_SCOPE_TARGET,  /* "target.level": an id of the target */
  ZC_SCOPE_ACCOUNT, /* "account.has_title": "true" or "false" */
  ZC_SCOPE_SECTION, /* "section.field", or ".field" in a section that does not repeat */
  ZC_SCOPE_ENTRY,   /* ".field": the same entry of a repeating section */
} ZcScope;

/* {key: [values]}, all of which must hold; a key is "target.level", "section.field" or ".field" (same entry).
 * A field that does not apply answers nothing: no condition on it holds. A flag nobody touched is "false". */
typedef struct
{
  const char    *key;
  const char   **values;  /* NULL-terminated; flags compare as "true" and "false", integers in decimal */
  ZcScope        scope;
  const char    *member;  /* target, account: "level", "has_title" */
  guint          section; /* section, entry: index of the section */
  const ZcField *field;   /* section, entry */
} ZcCondition;

typedef struct
{
  const ZcCondition *items;
  guint              n_items; /* 0: always holds */
} ZcConditions;

typedef struct
{
  guint  min;           /* least count */
  guint  max;           /* greatest count */
  gint64 max_bytes;
  int    min_width;     /* pixels; 0: no limit */
  int    min_height;
  int    min_long_edge;
} ZcImageLimits;

/* A number should be at least parts/whole of another one: 2/3 of the hours of a year, say. */
typedef struct
{
  const char *of;    /* (nullable): id of the field beside it; NULL: no advice */
  guint       parts;
  guint       whole;
} ZcShare;

struct _ZcField
{
  const char    *id;
  const char    *label;
  const char    *hint;            /* (nullable) */
  const char    *group;           /* (nullable): heading above it in the form */
  const char    *from;            /* (nullable): "account.name", "target.unit" …: resolved when read, never stored */
  const char   **choices;         /* (nullable): NULL-terminated */
  const char    *catalog;         /* (nullable): "nations" …: choices of a catalogue */
  const char   **sum;             /* (nullable): computed: ids of the fields added up */
  ZcConditions   when;
  ZcConditions   unless;
  ZcConditions   required_when;
  ZcFieldType    type;
  gboolean       required;
  gboolean       consent;         /* flag: only true is an answer (a pledge) */
  gboolean       not_in_future;   /* date, month */
  const char    *same_as;         /* (nullable): "account.name": text that must be what the account tells (a signature) */
  const char    *not_before;      /* (nullable): id of the field of the same entry or section that must not be later */
  guint          min_working_days; /* date: of a notice that ends then, from the day of not_before, both counted (U7); 0: none */
  guint          min_length;      /* characters; 0: none */
  guint          max_length;      /* characters; 0: none */
  gboolean       has_min, has_max;
  double         min, max;        /* integer, decimal */
  ZcImageLimits  images;          /* images: per entry in repeating sections */
  gboolean       advised;         /* advice: better answered, and not required (P8) */
  ZcConditions   advised_when;
  gboolean       has_advise_min;
  double         advise_min;      /* advice: integer, decimal, computed */
  ZcShare        advise_share;
};

typedef struct
{
  const char    *id;
  const char    *title;
  const char    *hint;            /* (nullable) */
  const char    *locked_until;    /* (nullable): "notice-ended" */
  const char    *entry_title;     /* (nullable): id of the field that names an entry in lists */
  const ZcField *fields;
  guint          n_fields;
  ZcConditions   when;
  ZcConditions   unless;
  ZcFills        fills;
  gboolean       repeats;
  guint          min_entries;
  guint          max_entries;
  ZcConditions   min_when;        /* min_entries is asked for only when they hold */
  guint          advise_entries;  /* advice: so many are better; 0: none */
} ZcSection;

/* Where one answer of a section that does not repeat stands. */
typedef struct
{
  guint          section;
  const ZcField *field;
} ZcAnswerPlace;

/* What passing takes in (U1): a new body, named by two answers; it reports to the target's office. */
typedef struct
{
  const char    *kind; /* "unit" */
  ZcAnswerPlace  name;
  ZcAnswerPlace  credit_code;
  ZcAnswerPlace  seal;         /* field NULL: none is asked for; else one image */
  ZcAnswerPlace  head;         /* field NULL: none is asked for; else the credit code of the body it is a branch of (U2) */
  guint          working_days; /* within which it should be decided; 0: nothing is said */
} ZcAdmission;

/* What passing changes of the target's unit (U2): its name, its seal, its head, or several. */
typedef struct
{
  const char    *kind; /* "unit" */
  ZcAnswerPlace  name; /* field NULL: stays as it is */
  ZcAnswerPlace  seal; /* field NULL: stays as it is; else one image */
  ZcAnswerPlace  head; /* field NULL: stays as it is; else the head's credit code, unanswered: it has none any more */
  guint          working_days; /* within which it should be decided; 0: nothing is said */
} ZcAmendment;

#define ZC_BUSINESS_ERROR (zc_business_error_quark ())
typedef enum
{
  ZC_BUSINESS_ERROR_INVALID, /* the message names the place: "sections[3].fields[1].images.max: …" */
} ZcBusinessError;
GQuark              zc_business_error_quark      (void);

ZcBusiness         *zc_business_parse            (const char         *text,
                                                  gsize               length,
                                                  GError            **error);
ZcBusiness         *zc_business_ref              (ZcBusiness         *business);
void                zc_business_unref            (ZcBusiness         *business);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcBusiness, zc_business_unref)

const char         *zc_business_get_id           (const ZcBusiness   *business);
int                 zc_business_get_revision     (const ZcBusiness   *business);
const char         *zc_business_get_title        (const ZcBusiness   *business);
const char         *zc_business_get_instructions (const ZcBusiness   *business);
gboolean            zc_business_is_one_series_per_year (const ZcBusiness *business); /* "year_rule" */
gboolean            zc_business_is_one_open_per_person (const ZcBusiness *business); /* "year_rule": one open dossier a person */
const char * const *zc_business_get_target       (const ZcBusiness   *business); /* "unit", "series", "level", "committee", "office", "body" */
const char * const *zc_business_get_stages       (const ZcBusiness   *business);
gboolean            zc_business_resubmits_to_returning_stage (const ZcBusiness *business);
gboolean            zc_business_grants           (const ZcBusiness   *business); /* "grants": a title that was not held before: by exam alone at some levels (decisions 14) */
gboolean            zc_business_asks_account     (const ZcBusiness   *business); /* whether a condition reads "account.has_title" */
const char         *zc_business_get_text         (const ZcBusiness   *business,
                                                  gsize              *length); /* as published */
guint               zc_business_get_n_sections   (const ZcBusiness   *business);
const ZcSection    *zc_business_get_section      (const ZcBusiness   *business,
                                                  guint               index);
const ZcSection    *zc_business_find_section     (const ZcBusiness   *business,
                                                  const char         *id,
                                                  guint              *index); /* (out) (optional) */
const ZcField      *zc_section_find_field        (const ZcSection    *section,
                                                  const char         *id);
const ZcAdmission  *zc_business_get_admission    (const ZcBusiness   *business); /* (nullable) */
const ZcAmendment  *zc_business_get_amendment    (const ZcBusiness   *business); /* (nullable) */
const char         *zc_answer_place_get_text     (const ZcAnswerPlace *place,    /* (nullable) */
                                                  const ZcJsonValue * const *sections);
const char         *zc_answer_place_get_image    (const ZcAnswerPlace *place,    /* (nullable): its digest */
                                                  const ZcJsonValue * const *sections);
gint64              zc_business_get_max_image_bytes (const ZcBusiness *business); /* the largest limit of any field */
const char         *zc_field_type_to_string      (ZcFieldType         type);

/* Choices of catalogues that businesses name ("nations": the 56 ethnic groups …): static, NULL-terminated; NULL: no such one. */
const char * const *zc_catalog_choices           (const char         *catalog);
const char * const *zc_field_get_choices         (const ZcField      *field);

/* JSON Schema 2020-12 of {"target": {ids}, "account": {"has_title": flag}, section id: its document …}, made from the same
 * file (B4): its verdict is zc_check()'s but for the codes it lists under "x-server-only". (transfer full) */
char               *zc_business_export_schema    (const ZcBusiness   *business);
