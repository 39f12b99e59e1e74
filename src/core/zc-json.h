/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* JSON from outside, read strictly (decisions: duplicate keys, numbers that do not fit, lone
 * surrogates, bad UTF-8, NUL in strings, depth over 32 and anything behind the end are refused), kept
 * as one immutable block of memory. No tree of objects is built: the hot paths of the server live on it.
 */

#define ZC_JSON_MAX_DEPTH 32

typedef struct _ZcJson ZcJson;            /* a document: reference counted, immutable, thread-safe */
typedef struct _ZcJsonValue ZcJsonValue;  /* a value in it: lives as long as its document */

typedef enum
{
  ZC_JSON_NULL = 1 << 0,
  ZC_JSON_BOOL = 1 << 1,
  ZC_JSON_INTEGER = 1 << 2, /* a whole number within ±(2^53 − 1), however written: 1.0 and 1e0 are 1 */
  ZC_JSON_DECIMAL = 1 << 3,
  ZC_JSON_STRING = 1 << 4,
  ZC_JSON_ARRAY = 1 << 5,
  ZC_JSON_OBJECT = 1 << 6,
} ZcJsonType;

#define ZC_JSON_ERROR (zc_json_error_quark ())
typedef enum
{
  ZC_JSON_ERROR_SYNTAX,
  ZC_JSON_ERROR_DEPTH,
  ZC_JSON_ERROR_DUPLICATE_KEY,
  ZC_JSON_ERROR_NUMBER,
  ZC_JSON_ERROR_UTF8,
  ZC_JSON_ERROR_MEMBER, /* unknown, missing or of another type: zc_json_expect() */
} ZcJsonError;
GQuark             zc_json_error_quark (void);

ZcJson            *zc_json_parse       (const char         *text,
                                        gsize               length,
                                        GError            **error);
ZcJson            *zc_json_ref         (ZcJson             *json);
void               zc_json_unref       (ZcJson             *json);
const ZcJsonValue *zc_json_root        (const ZcJson       *json);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcJson, zc_json_unref)

/* Values: every function below takes NULL for "absent" and then answers with its fallback (zc_json_type(): null). */
ZcJsonType         zc_json_type        (const ZcJsonValue  *value);
guint              zc_json_size        (const ZcJsonValue  *value);
const ZcJsonValue *zc_json_at          (const ZcJsonValue  *value,
                                        guint               index);
const char        *zc_json_key         (const ZcJsonValue  *object,
                                        guint               index);
const ZcJsonValue *zc_json_get         (const ZcJsonValue  *object,
                                        const char         *key);
const char        *zc_json_string      (const ZcJsonValue  *value);
gint64             zc_json_integer     (const ZcJsonValue  *value,
                                        gint64              fallback);
double             zc_json_decimal     (const ZcJsonValue  *value,
                                        double              fallback);
gboolean           zc_json_bool        (const ZcJsonValue  *value,
                                        gboolean            fallback);
const char        *zc_json_get_string  (const ZcJsonValue  *object,
                                        const char         *key);
gint64             zc_json_get_integer (const ZcJsonValue  *object,
                                        const char         *key,
                                        gint64              fallback);
gboolean           zc_json_get_bool    (const ZcJsonValue  *object,
                                        const char         *key,
                                        gboolean            fallback);
gboolean           zc_json_equal       (const ZcJsonValue  *a,
                                        const ZcJsonValue  *b);

/* The shape of an object: types may be or-ed; any member that is not listed is an error. */
typedef struct
{
  const char *name;
  guint       types; /* ZcJsonType, or-ed */
  gboolean    required;
} ZcJsonMember;

gboolean           zc_json_expect      (const ZcJsonValue  *object,
                                        const ZcJsonMember *members,
                                        guint               n_members,
                                        GError            **error);

/* Writing: appends to a GString, no tree. Keys are NULL inside arrays and at the top. */
typedef struct
{
  GString *out;
  gboolean comma; /* private: the next value needs one before it */
} ZcJsonWriter;

void               zc_json_writer_init  (ZcJsonWriter      *writer,
                                         GString           *out);
void               zc_json_begin_object (ZcJsonWriter      *writer,
                                         const char        *key);
void               zc_json_end_object   (ZcJsonWriter      *writer);
void               zc_json_begin_array  (ZcJsonWriter      *writer,
                                         const char        *key);
void               zc_json_end_array    (ZcJsonWriter      *writer);
void               zc_json_add_string   (ZcJsonWriter      *writer,
                                         const char        *key,
                                         const char        *value); /* NULL writes null */
void               zc_json_add_integer  (ZcJsonWriter      *writer,
                                         const char        *key,
                                         gint64             value);
void               zc_json_add_decimal  (ZcJsonWriter      *writer,
                                         const char        *key,
                                         double             value);
void               zc_json_add_bool     (ZcJsonWriter      *writer,
                                         const char        *key,
                                         gboolean           value);
void               zc_json_add_time     (ZcJsonWriter      *writer,
                                         const char        *key,
                                         gint64             time); /* 0 writes null */
void               zc_json_add_value    (ZcJsonWriter      *writer,
                                         const char        *key,
                                         const ZcJsonValue *value);
void               zc_json_add_raw      (ZcJsonWriter      *writer,
                                         const char        *key,
                                         const char        *json); /* already JSON */

/* RFC 8785: the one text of a value, which digests are taken of (B1). */
char              *zc_json_canonical    (const ZcJsonValue *value,
                                         gsize             *length);
